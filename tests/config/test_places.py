"""Every key of a TOML text has a place, whatever way it is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.config.places import line_of, places_of

SAMPLE = '''\
# a remark = 1
paths = ["a", # one
  "b]"]   # two
"a.b" = 'it''s'
dotted . key = 1
inline = {k = [1, {x.y = 2}], "q r" = """
a = 3
[no]
"""}
when = 1979-05-27 07:32:00

[rules.EX101]
floor = -0.5e3
[[ignores]]
rule = "A \\" ]"
[[ignores]]
rule = "B"
expires = 2026-12-31
[ignores.sub]
deep = true
'''.replace("'it''s'", "'its'")


def paths(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if at:
        yield at
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from paths(inside, (*at, key))
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            yield from paths(inside, (*at, number))


def test_every_key_and_item_is_found_where_it_stands() -> None:
    places = places_of(SAMPLE)
    assert set(places) == set(paths(tomllib.loads(SAMPLE)))
    shown = {path: SAMPLE[start:end] for path, (start, end) in places.items()}
    assert shown["paths", 1] == '"b]"'
    assert shown["inline", "k", 1, "x", "y"] == "x.y = 2"
    assert shown["rules", "EX101", "floor"] == "floor = -0.5e3"
    assert shown["ignores", 0, "rule"] == 'rule = "A \\" ]"'
    assert shown["ignores", 1, "expires"] == "expires = 2026-12-31"
    assert line_of(SAMPLE, places["ignores", 1].start) == 16
    assert line_of(SAMPLE, places["ignores", 1, "sub", "deep"].start) == 20


KEYS = st.one_of(st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True), st.just("a b"), st.just("x.y"))
SCALARS = st.one_of(
    st.integers(-99, 99),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
    st.dates().map(str),
)
VALUES = st.recursive(
    SCALARS,
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(KEYS, inside, max_size=3)),
    max_leaves=8,
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=3)


def inline(value: Any, between: str = " ") -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{between}{f',{between}'.join(inline(item, between) for item in value)}{between}]"
    return "{" + ", ".join(f"{quoted(key)} = {inline(item)}" for key, item in value.items()) + "}"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(
    st.dictionaries(KEYS, VALUES, max_size=3),
    st.dictionaries(KEYS.map(lambda key: f"t-{key}"), TABLES, max_size=3),
    st.dictionaries(KEYS.map(lambda key: f"l-{key}"), st.lists(TABLES, min_size=1, max_size=3), max_size=2),
    st.sampled_from([" ", "\n  # remark = [\n", "\r\n"]),
)
def test_no_text_is_too_odd(
    top: dict[str, Any], tables: dict[str, Any], lists: dict[str, Any], between: str
) -> None:
    lines = [f"{quoted(key)} = {inline(value, between)}" for key, value in top.items()]
    for name, table in tables.items():
        lines += [f"[{quoted(name)}] # {name}"]
        lines += [f"{quoted(key)} = {inline(value, between)}" for key, value in table.items()]
    for name, items in lists.items():
        for table in items:
            lines += ["", f"[[ {quoted(name)} ]]"]
            lines += [f"{quoted(key)}={inline(value, between)}" for key, value in table.items()]
    text = "\n".join(lines) + "\n"
    data = tomllib.loads(text)
    places = places_of(text)
    assert set(places) == set(paths(data))
    for path, (start, end) in places.items():
        value: Any = data
        for part in path:
            value = value[part]
        if isinstance(value, str):
            assert text[start:end].endswith(inline(value))


@pytest.mark.parametrize("text", ["[", "a", "a = ", "a = [", '= "', "[[x", "a.", '"', "a = {b"])
def test_what_is_no_toml_ends_all_the_same(text: str) -> None:
    places_of(text)
