"""What a scalar means in YAML 1.2's core schema."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    **{sign + inf: float(sign + "inf") for sign in ("", "+", "-") for inf in (".inf", ".Inf", ".INF")},
    **{nan: float("nan") for nan in (".nan", ".NaN", ".NAN")},
}  # fmt: skip
"""Plain scalars that are no text: everything else that is none begins with one of `NUMERIC`."""
NUMERIC = frozenset("0123456789+-.")

# A number of more than a hundred digits is text: Python would refuse to read or print some of them.
_INT = re.compile(r"[-+]?[0-9]{1,100}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,100}|[0-9]{1,100}(?:\.[0-9]{0,100})?)(?:[eE][-+]?[0-9]{1,9})?")
_BASED = re.compile(r"0o[0-7]{1,100}|0x[0-9a-fA-F]{1,100}")

_SHORT = 16
"""The same few numbers are written again and again: what is no longer than this is remembered."""

_PREFIX = "tag:yaml.org,2002:"
_TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,), "float": (int, float), "bool": (bool,), "null": (type(None),),
}  # fmt: skip


def plain(text: str) -> Any:
    """Return what a plain scalar is: a number, a truth value, None, or the text itself."""
    return _plain(text) if len(text) > _SHORT else _known(text)


def _plain(text: str) -> Any:
    if text in WORDS:
        return WORDS[text]
    if text[0] in NUMERIC:
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if _BASED.fullmatch(text):
            return int(text[2:], 8 if text[1] == "o" else 16)
    return text


_known = lru_cache(4096)(_plain)


def tagged(tag: str, text: str) -> tuple[Any, bool]:
    """Return what a scalar with a tag is, and whether the tag is one of the core schema and fits."""
    if tag in ("!", f"{_PREFIX}str"):
        return text, True
    value = plain(text)
    return value, type(value) in _TYPES.get(tag.removeprefix(_PREFIX), ())


def fits(tag: str | None, *, mapping: bool) -> bool:
    """Whether a mapping or list may carry the tag."""
    return tag in (None, "!", f"{_PREFIX}{'map' if mapping else 'seq'}")


def written(tag: str) -> str:
    """Return a tag as it is written in a text."""
    return f"!!{tag.removeprefix(_PREFIX)}" if tag.startswith(_PREFIX) else tag
