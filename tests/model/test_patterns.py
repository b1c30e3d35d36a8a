"""Patterns that people write: they are compiled, and none can run away."""

from __future__ import annotations

import re
import time

import pytest
from pydantic import TypeAdapter, ValidationError

from blueprint.model.patterns import LONGEST, MOST_WAYS, Pattern, ways

READ = TypeAdapter(Pattern)


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("abc", 1),
        ("[ab]c", 1),
        ("ab|cd", 1),
        ("[ab]c|[ad]e", 2),
        ("([ab]c|[ad]e)([fg]h|[fi]j|[fk]l)", 6),
        ("ab?c", 2),
        (".{0,20}x", 21),
        ("a{3}", 1),
        ("([ab]c|[ad]e){2}", 4),
        ("([ab]c|[ad]e){0,2}", 1 + 2 + 4),
        ("(?=[ab]c|[ad]e)x", 2),
        ("x*", 2001),
    ],
)
def test_ways_are_counted(pattern: str, count: int) -> None:
    assert ways(pattern) == count


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|aa)+$",
        "(.*a){12}",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        ".*.*=.*",
        "(ab|a|b){0,30}x",
        "(a?){30}a{30}",
    ],
)
def test_what_may_explode_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError) as refused:
        READ.validate_python(pattern)
    assert refused.value.errors()[0]["type"] == "slow_pattern"


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", "(?P<x>a)(?P<x>b)", "\\", "*a"])
def test_what_is_no_regular_expression_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError) as refused:
        READ.validate_python(pattern)
    assert refused.value.errors()[0]["type"] == "pattern"


def test_what_is_long_is_refused() -> None:
    with pytest.raises(ValidationError):
        READ.validate_python("a" * (LONGEST + 1))


@pytest.mark.parametrize("pattern", ["(ab|a|b){0,8}x", "x*y", "(?:a|b).{0,60}(?:c|d)"])
def test_what_is_accepted_ends_in_time(pattern: str) -> None:
    assert ways(READ.validate_python(pattern)) <= MOST_WAYS
    compiled, text = re.compile(pattern), "abx" * 60 + "a" * 300
    begun = time.process_time()
    compiled.search(text)
    assert time.process_time() - begun < 2
