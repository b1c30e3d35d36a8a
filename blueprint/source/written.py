"""How a text is written: its values with their quotes, brackets, anchors and places, as libyaml saw them.

`tree.py` says what a text holds; this says what it looks like, so that it can be written anew. Comments
and blank lines are added by `margins.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

_PROPERTY = re.compile(r"&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*")
_SPACE = re.compile(r"(?:[ \t\n]|(?:(?<=[ \t\n])|^)#[^\n]*)*")


@dataclass(slots=True, eq=False)
class Written:
    """A value as it is written."""

    kind: Literal["scalar", "alias", "map", "list"]
    start: int
    """Where it begins, its anchor and tag included."""
    end: int
    """Where its last visible character ends; of a list or mapping in block style, its last value's end."""
    value: str = ""
    """What a scalar says, what an alias names."""
    style: str = ""
    r"""Of a scalar: nothing, `'`, `"`, `|` or `>`; of a list or mapping in brackets `[`, else nothing."""
    properties: str = ""
    """Its anchor and tag, as written."""
    column: int = 0
    """Of a list or mapping in block style, where its dashes or keys stand."""
    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    """Comments after the last entry; an empty text is a blank line."""

    @property
    def flow(self) -> bool:
        """Whether it is a list or mapping in brackets."""
        return self.style == "["


@dataclass(slots=True, eq=False)
class Entry:
    """A list's item, or a mapping's key and value, with the comments that belong to it."""

    value: Written
    key: Written | None = None
    before: list[str] = field(default_factory=list)
    """Comments above it; an empty text is a blank line."""
    head: list[str] = field(default_factory=list)
    """Comments at the end of the key's line, before what it holds."""
    beside: list[str] = field(default_factory=list)
    """Comments at the end of its last line."""

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.value.start if self.key is None else self.key.start


class TooUnusualError(ValueError):
    """A text with parts that have no other way of being written."""


def read(text: str, next_event: Callable[[], Any]) -> tuple[Written | None, str]:
    r"""Build the tree of one document.

    Args:
        text: The text the events are made from, with `\n` for every line break.
        next_event: Yields libyaml's events, one a call, None at the end.

    Returns:
        The root, None where the document is empty; and the text up to an explicit `---`, with it.

    Raises:
        TooUnusualError: a key is a list or a mapping, or an alias stands for a key.
    """
    from yaml import events

    open_: list[Written] = []
    keys: list[Written | None] = []  # The key that waits for its value, for each open mapping.
    root: Written | None = None
    prologue = ""
    while (event := next_event()) is not None:
        kind = type(event)
        if kind is events.ScalarEvent:
            node = _scalar(text, event)
        elif kind is events.AliasEvent:
            node = _alias(event)
        elif kind is events.MappingStartEvent:
            node = _collection(text, event, "map")
        elif kind is events.SequenceStartEvent:
            node = _collection(text, event, "list")
        else:
            if kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                closed = open_.pop()
                keys.pop()
                closed.end = event.end_mark.index if closed.flow else _last_end(closed)
            elif kind is events.DocumentStartEvent and event.explicit:
                prologue = text[: event.end_mark.index]
            continue
        if not open_:
            root = node
        elif open_[-1].kind == "list":
            open_[-1].entries.append(Entry(node))
        elif (key := keys[-1]) is None:
            if node.kind != "scalar":
                raise TooUnusualError
            keys[-1] = node
        else:
            open_[-1].entries.append(Entry(node, key))
            keys[-1] = None
        if node.kind in ("map", "list"):
            open_.append(node)
            keys.append(None)
    return root, prologue


def _alias(event: Any) -> Written:
    return Written("alias", event.start_mark.index, event.end_mark.index, event.anchor)


def _scalar(text: str, event: Any) -> Written:
    start, end = event.start_mark.index, event.end_mark.index
    style = event.style or ""
    node = Written("scalar", start, end, event.value, style)
    if event.anchor is not None or event.tag is not None:
        node.properties, _ = _properties(text, start)
    if style in ("|", ">"):
        node.end = start + len(text[start:end].rstrip())
    return node


def _collection(text: str, event: Any, kind: Literal["map", "list"]) -> Written:
    start = event.start_mark.index
    node = Written(kind, start, event.end_mark.index, style="[" if event.flow_style else "")
    at = start
    if event.anchor is not None or event.tag is not None:
        node.properties, at = _properties(text, start)
    node.column = at - (text.rfind("\n", 0, at) + 1)
    return node


def _properties(text: str, at: int) -> tuple[str, int]:
    """Return the anchor and tag that stand at a place, and where what they belong to begins."""
    found = []
    while match := _PROPERTY.match(text, at):
        found.append(match[0])
        space = _SPACE.match(text, match.end())
        at = space.end() if space else match.end()
    return " ".join(found), at


def _last_end(node: Written) -> int:
    if not node.entries:
        return node.end
    last = node.entries[-1]
    if last.key is not None and last.value.kind == "scalar" and last.value.start == last.value.end:
        return max(last.key.end, last.value.end)
    return last.value.end
