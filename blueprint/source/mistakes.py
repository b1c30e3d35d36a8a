"""The errors of a model as mistakes in a text: each once, each at the place somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from blueprint.diagnostic import Message
from blueprint.source.salvage import Salvage
from blueprint.source.spans import KEY, Loc, SpanMap
from blueprint.source.tree import Tree

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

# Of several errors at one place, the one that says most: an empty value before a wrong kind, and for a
# text in one or several languages the plain form before the other.
_TELLING = ("too_short", "string_too_short", "string_type", "dict_type")


class Mistake:
    """One error of the model, tied to a place in the text.

    Attributes:
        type: pydantic's name for the error.
        context: What pydantic says about it, such as the bound that was passed.
        path: The place in the text: of the value at fault, or of the element that lacks a key.
        on_key: Whether the key itself is at fault, not its value.
        missing: The key that is missing.
        value: The value at fault, or the key.
    """

    def __init__(self, error: ErrorDetails, salvage: Salvage) -> None:
        self.type: str = error["type"]
        self.context: dict[str, Any] = error.get("ctx") or {}
        loc: Loc = error["loc"]
        self.on_key = loc[-1:] == (KEY,)
        self.missing = str(loc[-1]) if self.type == "missing" else None
        self.path = salvage.spans.resolve(loc[:-1] if self.on_key or self.missing else loc)
        self.value = self.path[-1] if self.on_key else salvage.value(self.path)

    @property
    def unknown_key(self) -> bool:
        """Whether the element has no such key."""
        return self.type == "extra_forbidden"

    @property
    def own_key(self) -> bool:
        """Whether it is one of the author's own keys, `x-…`, and no mistake at all."""
        return self.unknown_key and str(self.path[-1]).startswith("x-")

    @property
    def key(self) -> str:
        """The nearest key: the value's own, or the list's for an item."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def name(self) -> Message:
        """Name the value at fault: `emotion`, or item 2 of `kinds`."""
        if not self.path:
            return Message("the document", "文档")
        if isinstance(last := self.path[-1], int):
            return Message(f"item {last + 1} of `{self.key}`", f"`{self.key}` 的第 {last + 1} 项")
        return Message(f"`{last}`", f"`{last}`")


def mistakes_in(error: ValidationError, salvage: Salvage) -> Iterator[Mistake]:
    """Yield what a validation found, without its echoes.

    Echoes are errors that only follow from others: a list that looks empty because its items are
    invalid, and branches of a union that nobody meant to take.
    """
    every = [Mistake(details, salvage) for details in error.errors(include_url=False)]
    places = {m.path for m in every if m.type != "too_short" or not m.value}
    above = {place[:depth] for place in places for depth in range(len(place))}
    seen: set[tuple[Loc, str | None, bool]] = set()
    for mistake in sorted(every, key=_rank):
        path = mistake.path
        if mistake.type == "too_short" and mistake.value:
            continue
        if mistake.type == "string_type" and isinstance(mistake.value, dict) and path in above:
            continue  # A text in several languages, of which one is at fault.
        mark = (path, mistake.missing, mistake.on_key)
        if mark not in seen:
            seen.add(mark)
            yield mistake


class Explained:
    """What the tree reported explains some mistakes: the text breaks off there or was misread."""

    def __init__(self, tree: Tree, spans: SpanMap) -> None:
        self._tree = tree
        self._spans = spans
        self._starts = {found.span.start for found in tree.diagnostics}
        self._lost = set(tree.lost)
        self._around_lost = {lost[:depth] for lost in tree.lost for depth in range(len(lost) + 1)}

    def __contains__(self, mistake: Mistake) -> bool:
        path, tree = mistake.path, self._tree
        if tree.cut is not None and tree.cut[: len(path)] == path and not mistake.on_key:
            return True
        if tree.spoilt is not None and path[: len(tree.spoilt)] == tree.spoilt:
            return True
        if mistake.missing is not None and self._lost & {path, (*path, mistake.missing)}:
            return True
        if not mistake.value and path in self._around_lost:
            return True
        return self._spans.closest((*path, KEY) if mistake.on_key else path).start in self._starts


def _rank(mistake: Mistake) -> int:
    return _TELLING.index(mistake.type) if mistake.type in _TELLING else 0
