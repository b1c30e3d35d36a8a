"""A mistake in words: what is wrong, what to do about it, and the edit where one suggests itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from blueprint.diagnostic import Edit, Fix, Message
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
from blueprint.source.mistakes import Mistake
from blueprint.source.repairs import per_cent, renamed
from blueprint.source.salvage import Salvage
from blueprint.source.spans import Loc
from blueprint.source.text import Source
from blueprint.source.words import (
    FLAG,
    LIST,
    MAPPING,
    NUMBER,
    TEXT,
    WHOLE,
    choices,
    either,
    naming,
    near,
    one_slip,
    shown,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

_EXPECTED = {
    "string_type": TEXT, "float_type": NUMBER, "int_type": WHOLE, "bool_type": FLAG, "tuple_type": LIST,
    "dict_type": MAPPING, "model_type": MAPPING,
}  # fmt: skip
_BOUNDS = frozenset({"greater_than_equal", "greater_than", "less_than_equal", "less_than", "finite_number"})


class Explanation(NamedTuple):
    """What a diagnostic says."""

    fault: Fault
    message: Message
    advice: Message | None
    fix: Fix | None = None


class Explainer:
    """Explains the mistakes of one document."""

    def __init__(self, source: Source, model: type[BaseModel], salvage: Salvage) -> None:
        self.source = source
        self.model = model
        self.salvage = salvage

    def explain(self, mistake: Mistake) -> Explanation:
        """Put one mistake into words."""
        if mistake.missing is not None:
            return self._missing(mistake, mistake.missing)
        if mistake.unknown_key:
            return self._unknown_key(mistake)
        if mistake.type == "literal_error":
            return self._unknown_word(mistake)
        if mistake.type in ("string_too_short", "too_short"):
            return self._empty(mistake)
        if mistake.type == "string_pattern_mismatch":
            return self._pattern(mistake)
        if mistake.type in _BOUNDS:
            return self._out_of_range(mistake)
        if mistake.type == "incomplete":
            return self._missing(mistake, str(mistake.context.get("key", "")))
        if mistake.type == "weights":
            return self._weights(mistake)
        if mistake.type in advice.FORMS:
            return self._malformed(mistake)
        return self._wrong_type(mistake)

    def known_keys(self, loc: Loc) -> list[str]:
        """Return the keys that an element may have."""
        from blueprint.model.outline import element_at, keys_of

        element = element_at(self.model, loc)
        return [] if element is None else list(keys_of(element))

    def meant(self, mistake: Mistake) -> str | None:
        """Return the key that a misspelt one probably stands for."""
        if not mistake.unknown_key:
            return None
        siblings = self.salvage.value(mistake.path[:-1])
        known = self.known_keys(mistake.path[:-1])
        return near(mistake.path[-1], [key for key in known if key not in siblings])

    def _missing(self, mistake: Mistake, key: str) -> Explanation:
        owner = advice.element_name(mistake.path)
        message = Message(f"{owner.en} has no `{key}`", f"{owner.zh}缺少 `{key}`")
        return Explanation(MISSING_KEY, message, advice.for_missing(key))

    def _unknown_key(self, mistake: Mistake) -> Explanation:
        key = str(mistake.path[-1])
        owner = advice.element_name(mistake.path[:-1])
        message = Message(f"{owner.en} has no key `{key}`", f"{owner.zh}没有 `{key}` 这个键")
        meant, home = self.meant(mistake), None
        siblings = self.salvage.value(mistake.path[:-1])
        free = [name for name in self.known_keys(mistake.path[:-1]) if name not in siblings]
        slipped = meant is not None and one_slip(key, free) == [meant]
        if not slipped:
            home = self._home(key)  # A word of the format in the wrong place is no misspelling of another.
        if home is not None:
            beside = " " if home.zh.startswith("`") else ""
            hint = Message(f"`{key}` belongs to {home.en}", f"`{key}` 属于{beside}{home.zh}")
            return Explanation(UNKNOWN_KEY, message, hint)
        if meant:
            return Explanation(
                UNKNOWN_KEY, message, _did_you_mean(meant), self._replace(mistake, meant, safe=slipped)
            )
        known = choices(sorted(self.known_keys(mistake.path[:-1])))
        hint = Message(
            f"known keys: {known.en}; begin your own with `x-`",
            f"可用的键：{known.zh}；自定义的键请以 `x-` 开头",
        )
        return Explanation(UNKNOWN_KEY, message, hint)

    def _home(self, key: str) -> Message | None:
        """Return where a key can stand: in this kind of document, else in another; None for nowhere."""
        from blueprint.model.outline import homes, keys_of
        from blueprint.source.kinds import KINDS

        kinds = [(kind, kind.model()) for kind in KINDS if kind.readable]
        for kind, model in sorted(kinds, key=lambda it: it[1] is not self.model):
            title = Message(kind.en.replace("a ", "the ", 1), kind.zh)
            ways = [way for element, way in homes(model) if key in keys_of(element)]
            names = list(dict.fromkeys(advice.home_name(way, title) for way in ways))[:3]
            if names:
                found = either(names)
                if model is not self.model and ways[0]:
                    return Message(f"{found.en} of {kind.en}", f"{kind.zh}的{found.zh}")
                return found
        return None

    def _unknown_word(self, mistake: Mistake) -> Explanation:
        allowed = re.findall(r"'([^']*)'", str(mistake.context.get("expected", "")))
        listed = choices(allowed)
        write = Message(f"write {listed.en}", f"请写 {listed.zh}")
        name = mistake.name
        if mistake.on_key:
            owner = next((part for part in reversed(mistake.path[:-1]) if isinstance(part, str)), "")
            name = Message(f"a key of `{owner}`", f"`{owner}` 的键")
        if not isinstance(mistake.value, str):
            what = naming(mistake.value)
            message = Message(
                f"{name.en} is {what.en}, but a word belongs here", f"{name.zh} 是{what.zh}，这里应是一个词"
            )
            return Explanation(WRONG_TYPE, message, write)
        written = shown(mistake.value)
        message = Message(f"{name.en} cannot be `{written}`", f"{name.zh} 不能是 `{written}`")
        if meant := near(mistake.value, allowed):
            hint = _did_you_mean(meant)
            hint = Message(f"{hint.en} Possible: {listed.en}", f"{hint.zh}可用：{listed.zh}")
            fix = self._replace(mistake, meant, safe=one_slip(mistake.value, allowed) == [meant])
            return Explanation(UNKNOWN_WORD, message, hint, fix)
        return Explanation(UNKNOWN_WORD, message, write)

    def _empty(self, mistake: Mistake) -> Explanation:
        name = mistake.name
        message = Message(f"{name.en} is empty", f"{name.zh} 是空的")
        return Explanation(EMPTY_VALUE, message, Message("fill it in or delete it", "请填写或删除"))

    def _pattern(self, mistake: Mistake) -> Explanation:
        written = shown(mistake.value)
        form = advice.PATTERNS.get(str(mistake.context.get("pattern", "")))
        if form is None:
            told = advice.bad_id(str(mistake.value))
            return Explanation(BAD_ID, *told, renamed(mistake, self.salvage, self.source))
        message = Message(f"`{written}` is not {form.what.en}", f"`{written}` 不是{form.what.zh}")
        return Explanation(MALFORMED_VALUE, message, form.advice)

    def _out_of_range(self, mistake: Mistake) -> Explanation:
        name, written = mistake.name, shown(mistake.value)
        bounds = advice.bounds(self.model, mistake.path, mistake.context)
        message = Message(
            f"{name.en} is {written}, but it must be {bounds.en}", f"{name.zh} 是 {written}，应{bounds.zh}"
        )
        fix = per_cent(mistake, self.salvage, self.source)
        return Explanation(OUT_OF_RANGE, message, advice.for_range(mistake.path, mistake.value), fix)

    def _weights(self, mistake: Mistake) -> Explanation:
        name, total = mistake.name, mistake.context.get("sum", "")
        message = Message(
            f"the weights of {name.en} sum to {total}, not to 1", f"{name.zh} 的权重之和为 {total}，应为 1"
        )
        hint = Message("change them until they do, or leave them all out", "请调整到总和为 1，或全部删去")
        return Explanation(OUT_OF_RANGE, message, hint)

    def _malformed(self, mistake: Mistake) -> Explanation:
        name, form = mistake.name, advice.FORMS[mistake.type]
        span = self.salvage.spans.closest(mistake.path)
        if written := shown(mistake.value) or shown(self.source.text[span.start : span.end]):
            message = Message(
                f"{name.en} is {written}, which is not {form.what.en}",
                f"{name.zh} 是 {written}，不是{form.what.zh}",
            )
        else:
            message = Message(f"{name.en} is not {form.what.en}", f"{name.zh} 不是{form.what.zh}")
        return Explanation(MALFORMED_VALUE, message, advice.for_form(mistake.type, mistake.value))

    def _wrong_type(self, mistake: Mistake) -> Explanation:
        name, value = mistake.name, mistake.value
        expected, what = _EXPECTED.get(mistake.type, TEXT), naming(value)
        written = shown(value) if value is not None else ""
        message = Message(
            f"{name.en} is {what.en}{f' ({written})' if written else ''}, but {expected.en} belongs here",
            f"{name.zh} 是{what.zh}{f'（{written}）' if written else ''}，这里应是{expected.zh}",
        )
        fix = None
        if expected is TEXT and isinstance(value, (int, float)):
            span = self.salvage.spans.closest(mistake.path)
            fix = self._replace(mistake, f'"{self.source.text[span.start : span.end]}"', safe=True)
        return Explanation(WRONG_TYPE, message, advice.for_type(mistake.path, value, expected), fix)

    def _replace(self, mistake: Mistake, text: str, *, safe: bool = False) -> Fix:
        spans = self.salvage.spans
        on_key = mistake.on_key or mistake.unknown_key
        span = spans.key(mistake.path) if on_key else spans.closest(mistake.path)
        return Fix(Message(f"write {text}", f"改为 {text}"), (Edit(span.start, span.end, text),), safe)


def _did_you_mean(word: str) -> Message:
    return Message(f"did you mean `{word}`?", f"是否应为 `{word}`？")
