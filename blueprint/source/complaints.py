"""What a model finds wrong with the data, in our words and in two languages: one mistake, one diagnostic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from blueprint.diagnostic import Diagnostic, Edit, Fix, Message
from blueprint.source import advice
from blueprint.source.faults import (
    BAD_ID,
    EMPTY_VALUE,
    MALFORMED_VALUE,
    MISSING_KEY,
    OUT_OF_RANGE,
    UNKNOWN_KEY,
    UNKNOWN_WORD,
    WRONG_TYPE,
    Fault,
)
from blueprint.source.salvage import Faulty, Salvage
from blueprint.source.spans import KEY, Loc
from blueprint.source.text import Source
from blueprint.source.tree import Tree
from blueprint.source.words import FLAG, LIST, MAPPING, NUMBER, TEXT, WHOLE, choices, naming, near, shown

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

_EXPECTED = {
    "string_type": TEXT, "float_type": NUMBER, "int_type": WHOLE, "bool_type": FLAG, "tuple_type": LIST,
    "dict_type": MAPPING, "model_type": MAPPING,
}  # fmt: skip
_AT_LEAST = {"greater_than_equal": "ge", "greater_than": "gt"}
_AT_MOST = {"less_than_equal": "le", "less_than": "lt"}


class Complaint:
    """One error of the model, tied to a place in the text."""

    def __init__(self, error: ErrorDetails, salvage: Salvage) -> None:
        self.type: str = error["type"]
        self.context: dict[str, Any] = error.get("ctx") or {}
        loc: Loc = error["loc"]
        self.on_key = bool(loc) and loc[-1] == KEY
        self.missing = str(loc[-1]) if self.type == "missing" else None
        self.path = salvage.spans.resolve(loc[:-1] if self.on_key or self.missing else loc)
        self.value = self.path[-1] if self.on_key else salvage.value(self.path)
        self.tail = loc[-1] if loc else ""

    @property
    def name(self) -> Message:
        """Name the value: `emotion`, or item 2 of `kinds`."""
        last = self.path[-1] if self.path else ""
        if isinstance(last, str):
            return Message(f"`{last}`", f"`{last}`") if last else Message("the document", "文档")
        owner = next((part for part in reversed(self.path) if isinstance(part, str)), "")
        return Message(f"item {last + 1} of `{owner}`", f"`{owner}` 的第 {last + 1} 项")


class Complaints:
    """All that one validation found, without the echoes."""

    def __init__(
        self, source: Source, tree: Tree, model: type[BaseModel], salvage: Salvage, error: ValidationError
    ) -> None:
        self.source = source
        self.model = model
        self.salvage = salvage
        self.spans = salvage.spans
        every = [Complaint(e, salvage) for e in error.errors(include_url=False)]
        self.extras = [
            c for c in every if c.type == "extra_forbidden" and str(c.path[-1:][0]).startswith("x-")
        ]
        self.complaints = list(_without_echoes([c for c in every if c not in self.extras], tree.cut))
        self._echoes = [c for c in every if c not in self.extras and c.type != "too_short"]

    @property
    def faulty(self) -> list[Faulty]:
        """What has to be dropped for the rest to be valid."""
        dropped = [
            Faulty(
                c.path,
                c.missing,
                near(c.path[-1], self.known_keys(c.path[:-1])) if c.type == "extra_forbidden" else None,
            )
            for c in self.complaints
        ]
        return dropped + [Faulty(c.path, harmless=True) for c in self.extras]

    def known_keys(self, loc: Loc) -> list[str]:
        """Return the keys an element may have."""
        from blueprint.model.outline import element_at, keys_of

        element = element_at(self.model, loc)
        return [] if element is None else list(keys_of(element))

    def diagnostics(self) -> list[Diagnostic]:
        """Explain each mistake."""
        return [self._explain(complaint) for complaint in self.complaints]

    def _explain(self, c: Complaint) -> Diagnostic:
        fault, message, help_, fix = self._reading(c)
        if c.on_key or c.type == "extra_forbidden":
            span = self.spans.key(c.path)
        elif c.missing is not None:
            span = self._head(c.path)
        elif (
            fault is WRONG_TYPE
            and isinstance(c.value, (list, dict))
            and c.path
            and isinstance(c.path[-1], str)
        ):
            span = self.spans.key(c.path)
        else:
            span = self.spans.closest(c.path)
        return fault.at(self.source.name, span, message, help_, element=self._element(c.path), fix=fix)

    def _head(self, path: Loc) -> Any:
        """Return the place that stands for an element: its first key, which says what it is."""
        value = self.salvage.value(path)
        if isinstance(value, dict) and value:
            first = next(iter(value))
            key, held = self.spans.key((*path, first)), self.spans[(*path, first)]
            return key._replace(end=held.end) if not isinstance(value[first], (list, dict)) else key
        return self.spans.closest(path)

    def _element(self, path: Loc) -> str:
        """Return the id of the innermost element around a place."""
        for depth in range(len(path), -1, -1):
            value = self.salvage.value(path[:depth])
            if isinstance(value, dict):
                for key in ("id", "stage", "blueprint", "journey", "persona"):
                    if isinstance(value.get(key), str):
                        return str(value[key])
        return ""

    def _reading(self, c: Complaint) -> tuple[Fault, Message, Message | None, Fix | None]:
        name, value = c.name, c.value
        if c.missing is not None:
            return self._missing(c, c.missing)
        if c.type == "extra_forbidden":
            return self._unknown_key(c)
        if c.type == "literal_error":
            return self._unknown_word(c)
        if c.type in ("string_too_short", "too_short"):
            return (
                EMPTY_VALUE, Message(f"{name.en} is empty", f"{name.zh} 是空的"),
                Message("fill it in or delete it", "请填写或删除"), None,
            )  # fmt: skip
        if c.type == "string_pattern_mismatch":
            return self._pattern(c)
        if c.type in _AT_LEAST or c.type in _AT_MOST or c.type == "finite_number":
            return self._range(c)
        if c.type in advice.FORMATS:
            form = advice.FORMATS[c.type]
            written = f" ({shown(value)})" if shown(value) else ""
            written_zh = f"（{shown(value)}）" if shown(value) else ""
            what = naming(value)
            en = (
                f"{name.en} is {shown(value)}, which is not {form.what.en}"
                if shown(value)
                else f"{name.en} is {what.en}, not {form.what.en}"
            )
            zh = (
                f"{name.zh} 是 {shown(value)}，不是{form.what.zh}"
                if shown(value)
                else f"{name.zh} 是{what.zh}，不是{form.what.zh}"
            )
            del written, written_zh
            return MALFORMED_VALUE, Message(en, zh), advice.for_format(c.type, value), None
        return self._wrong_type(c)

    def _missing(self, c: Complaint, key: str) -> tuple[Fault, Message, Message | None, Fix | None]:
        owner = advice.element_name(c.path)
        return (
            MISSING_KEY,
            Message(f"{owner.en} has no `{key}`", f"{owner.zh}缺少 `{key}`"),
            advice.for_missing(key),
            None,
        )

    def _unknown_key(self, c: Complaint) -> tuple[Fault, Message, Message | None, Fix | None]:
        from blueprint.model.outline import elements, keys_of

        key = str(c.path[-1])
        owner = advice.element_name(c.path[:-1])
        known = self.known_keys(c.path[:-1])
        siblings = self.salvage.value(c.path[:-1])
        free = [k for k in known if not isinstance(siblings, dict) or k not in siblings]
        message = Message(f"{owner.en} has no key `{key}`", f"{owner.zh}没有 `{key}` 这个键")
        if meant := near(key, free):
            span = self.spans.key(c.path)
            return (
                UNKNOWN_KEY,
                message,
                Message(f"did you mean `{meant}`?", f"是否应为 `{meant}`？"),
                Fix(Message(f"write `{meant}`", f"改为 `{meant}`"), (Edit(*span, meant),), safe=False),
            )
        homes = [e for e in elements(self.model) if key in keys_of(e)]
        if homes:
            place = advice.class_name(homes[0].__name__)
            hint = Message(f"`{key}` belongs to {place.en}", f"`{key}` 应写在{place.zh}里")
        else:
            listed = choices(sorted(free or known))
            hint = Message(
                f"known keys: {listed.en}; begin your own with `x-`",
                f"可用的键：{listed.zh}；自定义的键请以 `x-` 开头",
            )
        return UNKNOWN_KEY, message, hint, None

    def _unknown_word(self, c: Complaint) -> tuple[Fault, Message, Message | None, Fix | None]:
        allowed = re.findall(r"'([^']*)'", str(c.context.get("expected", "")))
        listed = choices(allowed)
        name = c.name if not c.on_key else _owner_name(c.path)
        if not isinstance(c.value, str):
            what = naming(c.value)
            return (
                WRONG_TYPE,
                Message(
                    f"{name.en} is {what.en}, but a word belongs here",
                    f"{name.zh} 是{what.zh}，这里应是一个词",
                ),
                Message(f"write {listed.en}", f"请写 {listed.zh}"),
                None,
            )
        message = Message(
            f"{name.en} knows no `{shown(c.value)}`"
            if c.on_key
            else f"{name.en} cannot be `{shown(c.value)}`",
            f"{name.zh} 不能是 `{shown(c.value)}`",
        )
        if meant := near(c.value, allowed):
            span = self.spans.key(c.path) if c.on_key else self.spans.closest(c.path)
            fix = Fix(Message(f"write `{meant}`", f"改为 `{meant}`"), (Edit(*span, meant),), safe=False)
            return (
                UNKNOWN_WORD, message,
                Message(f"did you mean `{meant}`? Possible: {listed.en}", f"是否应为 `{meant}`？可用：{listed.zh}"), fix,
            )  # fmt: skip
        return UNKNOWN_WORD, message, Message(f"write {listed.en}", f"请写 {listed.zh}"), None

    def _pattern(self, c: Complaint) -> tuple[Fault, Message, Message | None, Fix | None]:
        pattern, written = str(c.context.get("pattern", "")), shown(c.value)
        if form := advice.PATTERNS.get(pattern):
            return (
                MALFORMED_VALUE,
                Message(f"`{written}` is not {form.what.en}", f"`{written}` 不是{form.what.zh}"),
                form.advice,
                None,
            )
        return BAD_ID, *advice.bad_id(str(c.value)), None

    def _range(self, c: Complaint) -> tuple[Fault, Message, Message | None, Fix | None]:
        name, written = c.name, shown(c.value)
        bounds = advice.bounds(self.model, c)
        return (
            OUT_OF_RANGE,
            Message(
                f"{name.en} is {written}, but it must be {bounds.en}",
                f"{name.zh} 是 {written}，应{bounds.zh}",
            ),
            advice.for_range(c.path, c.value),
            None,
        )

    def _wrong_type(self, c: Complaint) -> tuple[Fault, Message, Message | None, Fix | None]:
        name, what = c.name, naming(c.value)
        expected = _EXPECTED.get(c.type, TEXT)
        if c.type == "int_type" and isinstance(c.value, float):
            what = NUMBER
        written = f" ({shown(c.value)})" if c.value is not None and shown(c.value) else ""
        written_zh = f"（{shown(c.value)}）" if written else ""
        message = Message(
            f"{name.en} is {what.en}{written}, but {expected.en} belongs here",
            f"{name.zh} 是{what.zh}{written_zh}，这里应是{expected.zh}",
        )
        fix = None
        if expected is TEXT and isinstance(c.value, (int, float)):
            span = self.spans.closest(c.path)
            quoted = f'"{self.source.text[span.start : span.end]}"'
            fix = Fix(Message(f"write {quoted}", f"改为 {quoted}"), (Edit(*span, quoted),))
        return WRONG_TYPE, message, advice.for_type(c.path, c.value, expected), fix


def _owner_name(path: Loc) -> Message:
    owner = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
    return Message(f"`{owner}`", f"`{owner}`")


def _without_echoes(complaints: list[Complaint], cut: Loc | None) -> Iterable[Complaint]:
    """Leave out what only follows from another mistake, and the branches nobody meant to take."""
    places = {c.path for c in complaints if c.type != "too_short" or not c.value}
    seen: set[tuple[Loc, str | None, bool]] = set()
    for c in sorted(complaints, key=_priority):
        if cut is not None and cut[: len(c.path)] == c.path and not c.on_key:
            continue  # The text breaks off inside it: what is missing or odd here may be set right later.
        if c.type == "too_short" and c.value:
            continue  # It looks empty to the model only because what is in it is invalid.
        if c.type == "string_type" and isinstance(c.value, dict) and _text_branch(c):
            if any(place != c.path and place[: len(c.path)] == c.path for place in places):
                continue  # Texts in several languages, of which one is wrong.
        mark = (c.path, c.missing, c.on_key)
        if mark not in seen:
            seen.add(mark)
            yield c


def _text_branch(c: Complaint) -> bool:
    return isinstance(c.tail, str) and c.tail.startswith("constrained-")


def _priority(c: Complaint) -> int:
    """Of several errors at one place, an empty value says more than a wrong kind, and text more than mapping."""
    order = ("string_too_short", "too_short", "string_type", "dict_type")
    if c.type == "too_short" or (c.type == "string_type" and c.value == {}):
        return 0 if c.type == "too_short" else 2
    return order.index(c.type) if c.type in order else 0
