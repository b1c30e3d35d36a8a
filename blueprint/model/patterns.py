"""Regular expressions that a person may write: compiled when they are read, and unable to run away."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

LONGEST = 400
"""Characters in one pattern."""
MOST_WAYS = 20_000
"""Ways in which a pattern may try to match from one place of a text."""
_UNBOUNDED = 2_000
"""What `*` and `+` are counted as: no line of a script is longer."""


def ways(pattern: str) -> int:
    """Return in how many ways a pattern can try to match from one place of a text.

    A matcher that goes back tries each of them at worst, so that this number, times the length of the
    text, bounds its time. `(a|b)` has 2, `.{0,20}` has 21, `(a+)+` has more than anybody can wait for.

    Raises:
        re.error: It is no regular expression.
    """
    parsed: Any = import_module("re._parser").parse(pattern)  # what `re` itself compiles from
    return _sequence(parsed)


def _sequence(parsed: Any) -> int:
    total = 1
    for operator, argument in parsed:
        total = min(total * _one(str(operator), argument), MOST_WAYS + 1)
    return total


def _one(operator: str, argument: Any) -> int:
    match operator:
        case "BRANCH":
            return _branches(argument[1])
        case "SUBPATTERN":
            return _sequence(argument[3])
        case "ATOMIC_GROUP":
            return _sequence(argument)
        case "ASSERT" | "ASSERT_NOT":
            return _sequence(argument[1])
        case "GROUPREF_EXISTS":
            return _sequence(argument[1]) + (_sequence(argument[2]) if argument[2] else 1)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeat(*argument)
    return 1


def _branches(branches: Any) -> int:
    """Count the branches that one place can enter: those that begin with its character, or with none."""
    by_first: dict[int | None, int] = {}
    for branch in branches:
        first = _first(branch)
        by_first[first] = by_first.get(first, 0) + _sequence(branch)
    anywhere = by_first.pop(None, 0)
    return anywhere + max(by_first.values(), default=0)


def _first(branch: Any) -> int | None:
    """Return the character that a branch has to begin with, lower case; None where there is a choice."""
    for operator, argument in branch:
        match str(operator):
            case "LITERAL":
                return ord(chr(argument).lower()[0])
            case "AT":
                continue
            case "SUBPATTERN":
                return _first(argument[3])
        return None
    return None


def _repeat(least: int, most: int, body: Any) -> int:
    inner, most = _sequence(body), min(int(most), _UNBOUNDED)
    if inner == 1:
        return most - min(least, most) + 1
    total = 0
    for times in range(least, most + 1):
        total += inner**times if times < 16 else MOST_WAYS + 1
        if total > MOST_WAYS:
            return MOST_WAYS + 1
    return total


TRUSTED = {"patterns": "trusted"}
"""The validation context of what ships with the program: its patterns are checked once, by its tests."""


def _checked(written: str, info: ValidationInfo) -> str:
    if info.context is TRUSTED:
        return written
    try:
        re.compile(written)
        found = ways(written)
    except (re.error, OverflowError, RecursionError) as error:
        reason = error.msg if isinstance(error, re.error) else str(error)
        raise PydanticCustomError("pattern", "not a regular expression", {"reason": reason}) from None
    if found > MOST_WAYS:
        raise PydanticCustomError("slow_pattern", "a regular expression that may run away", {})
    return written


Pattern = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST),
    AfterValidator(_checked),
    WithJsonSchema({"type": "string", "format": "regex", "minLength": 1, "maxLength": LONGEST}),
]
"""A regular expression of Python's, searched for in a line of text; upper and lower case are alike."""
