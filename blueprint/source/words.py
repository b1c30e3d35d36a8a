"""Human words for the things a YAML text is made of."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from blueprint.diagnostic import Message

TEXT = Message("text", "文字")
NUMBER = Message("a number", "数字")
WHOLE = Message("a whole number", "整数")
FLAG = Message("true or false", "true 或 false")
LIST = Message("a list", "列表")
MAPPING = Message("a mapping", "映射")
NOTHING = Message("empty", "空值")


def naming(value: Any) -> Message:
    """Name a value's kind of YAML node: text, a number, a list."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return Message("a truth value", "真假值")
    if isinstance(value, (int, float)):
        return NUMBER
    if isinstance(value, str):
        return TEXT
    return LIST if isinstance(value, (list, tuple)) else MAPPING


def shown(value: Any) -> str:
    """Show a value as it would be written, cut after 40 characters; empty for lists and mappings."""
    if isinstance(value, (list, tuple, dict)):
        return ""
    text = (
        {True: "true", False: "false", None: "null"}.get(value) if isinstance(value, bool | None) else None
    )
    text = str(value) if text is None else text
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def near(word: Any, known: Iterable[str]) -> str | None:
    """Return the known word somebody probably meant."""
    if not isinstance(word, str) or len(word) > 64:
        return None
    names = list(known)
    plain = word.strip().lower().replace("_", "-").replace(" ", "-")
    for name in names:
        if name.lower().replace("_", "-") == plain:
            return name
    close = difflib.get_close_matches(word.lower(), [n.lower() for n in names], 1, 0.6)
    return next((n for n in names if n.lower() == close[0]), None) if close else None


def one_slip(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words that one slip of the finger turns into this one.

    A slip is a character too many, too few, mistaken for another, or two in each other's place; capitals
    and `_` for `-` count as no slip at all.
    """
    plain = word.strip().lower().replace("_", "-")
    return sorted({name for name in known if _slipped(plain, name.lower().replace("_", "-"))})


def _slipped(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    if len(one) != len(other):
        return one[at + 1 :] == other[at:] or one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or one[at + 1 :] == other[at + 1 :]


def choices(words: Iterable[str]) -> Message:
    """Join words as code: `a`, `b` or `c`."""
    return either([Message(f"`{word}`", f"`{word}`") for word in words])


def either(several: Sequence[Message]) -> Message:
    """Join what may be one or the other: a, b or c."""
    if len(several) < 2:
        return several[0] if several else Message("", "")
    *most, last = several
    either_en = f"{', '.join(it.en for it in most)} or {last.en}"
    # Chinese takes a space beside code, and none beside Chinese.
    either_zh = re.sub(r"(?<=[\u4e00-\u9fff]) 或", "或", f"{'、'.join(it.zh for it in most)} 或 {last.zh}")
    return Message(either_en, re.sub(r"或 (?=[\u4e00-\u9fff])", "或", either_zh))
