"""The tree: values by YAML 1.2, exact places, limits, and a diagnostic for everything else."""

from __future__ import annotations

import json
import time

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blueprint.source import builder
from blueprint.source.builder import pure_events
from blueprint.source.spans import Branch, Loc, Node
from blueprint.source.text import Source
from blueprint.source.tree import MAX_DEPTH, MAX_NODES, Tree, parse


def read(text: str) -> Tree:
    return parse(Source("t.yaml", text))


def codes(text: str) -> list[str]:
    return [d.code for d in read(text).diagnostics]


def at(text: str, loc: Loc) -> str:
    span = read(text).spans[loc]
    return text[span.start : span.end]


# Values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        # YAML 1.2.2, chapter 10.2, and the words that YAML 1.1 read otherwise.
        *(("null", None), ("~", None), ("", None), ("Null", None)),
        *(("true", True), ("False", False), ("yes", "yes"), ("no", "no"), ("on", "on"), ("Off", "Off")),
        *(
            ("12:30", "12:30"),
            ("1_000", "1_000"),
            ("2026-11-22", "2026-11-22"),
            ("017", 17),
            ("0b1", "0b1"),
        ),
        *(("0o17", 15), ("0xFF", 255), ("-3", -3), ("+4", 4), ("1e3", 1000.0), ("-.5", -0.5), ("3.", 3.0)),
        *(
            (".inf", float("inf")),
            ("-.INF", float("-inf")),
            (".", "."),
            ("-", [None]),
            ("+", "+"),
            ("1.2.3", "1.2.3"),
        ),
        *(
            ('"12"', "12"),
            ("'no'", "no"),
            ('"\\u4e2d"', "中"),
            ("!!str 12", "12"),
            ("!!int 12", 12),
            ("! 7", "7"),
        ),
    ],
)
def test_scalars_follow_the_core_schema(written: str, value: object) -> None:
    tree = read(f"key: {written}\n" if written != "-" else "key:\n  -\n")
    assert tree.data == {"key": value}
    assert type(tree.data["key"]) is type(value)
    assert tree.diagnostics == ()


def test_not_a_number_is_a_number() -> None:
    assert read("a: .nan").data["a"] != read("a: .nan").data["a"]


def test_a_number_too_long_for_any_use_stays_text() -> None:
    digits = "9" * 6000
    assert read(f"a: {digits}").data == {"a": digits}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text("abcdé中😀 :#-", max_size=6), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(json_values)
def test_json_is_read_as_json(value: object) -> None:
    # JSON is a subset of YAML 1.2, and json.loads an oracle that shares no code with us.
    text = json.dumps(value, ensure_ascii=False)
    tree = read(text)
    assert tree.data == json.loads(text)
    assert tree.diagnostics == ()


@given(json_values)
def test_places_lead_back_to_the_values(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    tree = read(text)
    for loc, span in tree.spans.items():
        held = tree.data
        for part in loc:
            held = held[part]
        assert json.loads(text[span.start : span.end]) == held
        if loc and isinstance(loc[-1], str):
            key = tree.spans.key(loc)
            assert json.loads(text[key.start : key.end]) == loc[-1]


@given(json_values.filter(lambda v: isinstance(v, (dict, list))), st.booleans())
def test_places_agree_with_the_parser_s_own_nodes(value: object, flow: bool) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, width=40)
    root = yaml.compose(text, Loader=yaml.SafeLoader)

    def compare(ours: Node, theirs: yaml.Node) -> None:
        start = ours.start if isinstance(ours, Branch) else ours[0]
        assert start == theirs.start_mark.index
        if isinstance(theirs, yaml.SequenceNode):
            assert isinstance(ours, Branch)
            assert isinstance(ours.items, list)
            for mine, other in zip(ours.items, theirs.value, strict=True):
                compare(mine, other)
        elif isinstance(theirs, yaml.MappingNode):
            assert isinstance(ours, Branch)
            assert isinstance(ours.items, dict)
            for mine, (key, other) in zip(ours.items.values(), theirs.value, strict=True):
                assert key.value in ours.keys
                compare(mine, other)

    compare(read(text).spans.root, root)  # type: ignore[arg-type]


# Places -----------------------------------------------------------------------------------------------

PLACES = """\
# a comment
title: Opens  the parcel   # trailing
zh: 打开 📦 包裹
list:
- 'one'
- two: "a
    b"

block: |
  first 😀
  second

folded: >-
  text

flow: {a: 1, b: [x, 'y' ]}
blank:
nested:
    deep: yes

# the end
"""


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("loc", "expected"),
    [
        (("title",), "Opens  the parcel"),
        (("zh",), "打开 📦 包裹"),
        (("list",), "- 'one'\n- two: \"a\n    b\""),
        (("list", 0), "'one'"),
        (("list", 1), 'two: "a\n    b"'),
        (("list", 1, "two"), '"a\n    b"'),
        (("block",), "|\n  first 😀\n  second"),
        (("folded",), ">-\n  text"),
        (("flow",), "{a: 1, b: [x, 'y' ]}"),
        (("flow", "b"), "[x, 'y' ]"),
        (("flow", "b", 1), "'y'"),
        (("blank",), ""),
        (("nested",), "deep: yes"),
    ],
)
def test_a_place_is_exactly_what_was_written(loc: Loc, expected: str, breaks: str) -> None:
    assert at(PLACES.replace("\n", breaks), loc) == expected.replace("\n", breaks)


def test_columns_count_code_points_and_utf16_units() -> None:
    text = "title: 打开📦\nnext: {好📦: x}\n"
    source = Source("t", text)
    span = parse(source).spans[("next", "好📦")]
    assert source.position(span.start) == (2, 12)
    assert source.position(span.start, utf16=True) == (2, 13)
    assert source.position(parse(source).spans[("title",)].end, utf16=True) == (1, 12)


def test_breaks_that_only_yaml_1_1_knew_are_characters() -> None:
    text = "a: one\u2028two\u0085three\nb: 1\n"
    tree = read(text)
    assert tree.data == {"a": "one\u2028two\u0085three", "b": 1}
    assert at(text, ("b",)) == "1"


def test_both_parsers_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read(PLACES)
    monkeypatch.setattr(builder, "events_of", pure_events)
    slow = read(PLACES)
    assert slow.data == fast.data
    assert dict(slow.spans) == dict(fast.spans)


# What is wrong ----------------------------------------------------------------------------------------


def test_a_duplicate_key_names_both_places_and_the_first_counts() -> None:
    text = "a: 1\nb:\n  c: 2\n  c: {d: 3}\n  e: 4\n"
    tree = read(text)
    (found,) = tree.diagnostics
    assert found.code == "YM002"
    assert text[found.span.start :].startswith("c: {d")
    assert [text[r.span.start : r.span.end] for r in found.related] == ["c"]
    assert found.related[0].span.start < found.span.start
    assert tree.data == {"a": 1, "b": {"c": 2, "e": 4}}


@pytest.mark.parametrize(
    ("text", "expected", "place"),
    [
        ("a:\n\t- b\n", "YM001", "\t- b"),
        ("a: b: c\n", "YM001", ": c"),
        ("a: 'x\nb: 1\n", "YM001", "'x"),
        ("a: [1, 2\n", "YM001", "[1, 2"),
        ("a: [1, 2\nb: 3\n", "YM001", "[1, 2"),
        ("- a\nb: c\n", "YM001", "b: c"),
        ("a: @b\n", "YM001", "@b"),
        ("a: 1\na b\nc: 2\n", "YM001", "a b"),
        ("a: [1 2}\n", "YM001", "}"),
        ("a: &x 1\nb: *y\n", "YM016", "*y"),
        ("a: &x [*x]\n", "YM016", "*x"),
        ("a: !ruby/object x\n", "YM014", "!ruby/object"),
        ("a: !!binary x\n", "YM014", "!!binary"),
        ("a: !!int x\n", "YM014", "!!int"),
        ("a: !!set {b}\n", "YM014", "!!set"),
        ("1: x\n", "YM015", "1"),
        ("true: x\n", "YM015", "true"),
        ("? [a]\n: x\n", "YM015", "["),
        ("{a: b}: x\n", "YM015", "{"),
        ("a: 1\n---\nb: 2\n", "YM012", "---"),
        ("a: {<<: {b: 1}}\n", "YM013", "<<"),
        ("a: \x07\n", "YM011", "\x07"),
        ("a: b\0c\n", "YM011", "\0"),
        ("a: b\ufeffc\n", "YM011", "\ufeff"),
        ("%YAML 3.0\n---\na: 1\n", "YM001", "%YAML 3.0"),
    ],
)
def test_what_is_wrong_is_said_once_and_where(text: str, expected: str, place: str) -> None:
    (found,) = read(text).diagnostics
    assert found.code == expected
    assert text[found.span.start : found.span.end] == place
    for message in (found.message, found.help):
        assert message is not None
        assert message.en
        assert message.zh
        assert message.en != message.zh


def test_a_closing_marker_begins_no_second_document() -> None:
    assert codes("a: 1\n---\n") == []
    assert codes("---\na: 1\n...\n") == []


def test_what_came_before_a_syntax_error_is_kept() -> None:
    tree = read(
        "journey: j\nstages:\n  - stage: a\n    touchpoints:\n      - {id: x}\n      - {id: y, z: [}\n"
    )
    assert tree.data["stages"][0]["touchpoints"] == [{"id": "x"}]
    assert tree.lost == (("stages", 0, "touchpoints"),)
    assert tree.lost_ids == {"y"}
    assert tree.cut is None
    assert [d.code for d in tree.diagnostics] == ["YM001"]


def test_merged_keys_are_taken_over_so_that_checking_can_go_on() -> None:
    tree = read("base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\ntwo: {<<: [*b, {z: 4}]}\n")
    assert tree.data["one"] == {"x": 1, "y": 3}
    assert tree.data["two"] == {"x": 1, "y": 2, "z": 4}
    assert [d.code for d in tree.diagnostics] == ["YM013", "YM013"]
    assert set(tree.spans) >= {("one", "x"), ("two", "z")}


def test_many_control_characters_are_not_many_diagnostics() -> None:
    found = read("a: " + "\x01" * 500 + "\n").diagnostics
    assert len(found) == 3
    assert "497 more" in found[-1].message.en


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
@pytest.mark.parametrize("base", ["", "||||||| 1a2b3c\n  - {id: old}\n"])
def test_a_merge_conflict_is_told_once_and_read_as_our_side(breaks: str, base: str) -> None:
    text = (
        "journey: j\nstages:\n  - {id: x}\n<<<<<<< HEAD\n  - {id: ours}\n" + base
        + "=======\n  - {id: theirs}\n>>>>>>> topic: reworded\n  - {id: z}\n"
    ).replace("\n", breaks)  # fmt: skip
    tree = read(text)
    assert tree.data["stages"] == [{"id": "x"}, {"id": "ours"}, {"id": "z"}]
    assert "theirs" in tree.lost_ids
    assert "ours" not in tree.lost_ids
    (found,) = tree.diagnostics
    assert found.code == "YM001"
    assert text[found.span.start : found.span.end] == "<<<<<<< HEAD"
    assert f"up to {10 if base else 8}" in found.message.en
    assert at(text, ("stages", 2, "id")) == "z"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("a: 1\n<<<<<<< HEAD\nb: 2\n", ["<<<<<<< HEAD"]),
        ("a: 1\n>>>>>>> topic\nb: 2\n", [">>>>>>> topic"]),
        ("<<<<<<<\na: 1\n<<<<<<<\nb: 2\n=======\nb: 3\n>>>>>>>\n", ["<<<<<<<", "<<<<<<<"]),
        ("<<<<<<< x\na: 1\n>>>>>>> y\nb: 2\n", ["<<<<<<< x", ">>>>>>> y"]),
        ("{a: 1,\n<<<<<<< x\nb: 2\n=======\nb: 3\n>>>>>>> y\n}\n", ["<<<<<<< x"]),
    ],
)
def test_marks_of_a_conflict_are_told_even_where_others_are_gone(text: str, marks: list[str]) -> None:
    tree = read(text)
    assert tree.data == {"a": 1, "b": 2}
    assert [text[d.span.start : d.span.end] for d in tree.diagnostics] == marks


@pytest.mark.parametrize(
    ("ours", "theirs", "value"),
    [
        ("b: 2", "<<<<<<< x\nb: 3\n=======\nb: 4\n>>>>>>> y", {"b": 2}),
        ("<<<<<<< x\nb: 3\n=======\nb: 4\n>>>>>>> y", "b: 2", {"b": 3}),
        ("<<<<<<< x\nb: 3\n=======\nb: 4\n>>>>>>> y\nc: 5", "<<<<<<<\n=======\n>>>>>>>", {"b": 3, "c": 5}),
    ],
)
def test_a_conflict_in_a_conflict_is_told_with_it(ours: str, theirs: str, value: dict[str, int]) -> None:
    tree = read(f"a: 1\n<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> topic\nz: 9\n")
    assert tree.data == {"a": 1, **value, "z": 9}
    (found,) = tree.diagnostics
    assert found.span.start == len("a: 1\n")


def test_signs_that_are_no_marks_are_left_alone() -> None:
    text = "a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> x\nb: <<<<<<< HEAD\n# =======\n"
    assert codes(text) == []
    assert read(text).data["b"] == "<<<<<<< HEAD"


# Aliases and limits -----------------------------------------------------------------------------------


def test_an_alias_stands_at_its_own_place_and_its_parts_where_they_were_written() -> None:
    text = "a: &x {b: [1, two]}\nc: *x\n"
    assert read(text).data["c"] == {"b": [1, "two"]}
    assert at(text, ("c",)) == "*x"
    assert at(text, ("c", "b", 1)) == "two"


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [bomb(9), bomb(40), "a: [" + "x," * (MAX_NODES + 5) + "]", "- x\n" * (MAX_NODES + 5)],
    ids=["nine-levels", "forty-levels", "one-long-list", "one-long-block"],
)
def test_too_many_values_are_counted_and_never_built(text: str) -> None:
    begin = time.process_time()
    tree = read(text)
    assert time.process_time() - begin < 5
    assert [d.code for d in tree.diagnostics] == ["YM006"]
    assert tree.cut is not None


def test_just_as_many_values_as_allowed_are_read() -> None:
    assert codes("- x\n" * (MAX_NODES - 1)) == []
    assert codes("- x\n" * MAX_NODES) == ["YM006"]


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("depth", [10_000, 200_000])
def test_depth_is_bounded(unit: str, depth: int) -> None:
    begin = time.process_time()
    tree = read(unit * depth)
    assert time.process_time() - begin < 5
    assert "YM006" in [d.code for d in tree.diagnostics]


def test_depth_counts_what_an_alias_brings() -> None:
    assert codes("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert codes("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ["YM006"]
    half = MAX_DEPTH // 2
    fits = f"a: &a {'[' * half}{']' * half}\nb: {'[' * (half - 1)}*a{']' * (half - 1)}\n"
    assert codes(fits) == []
    assert codes(f"a: &a {'[' * half}{']' * half}\nb: {'[' * half}*a{']' * half}\n") == ["YM006"]


# Anything ---------------------------------------------------------------------------------------------

pieces = st.sampled_from(
    [
        *"a[]{},:>'\"#%@\\中😀\n\r\t\0\ufeff\u2028\x85~1",
        "b: ",
        "- ",
        "  ",
        "&x ",
        "*x",
        "!t ",
        "|\n",
        "\r\n",
    ]
)
marks = st.sampled_from(["---\n", "...\n", "? ", "<<: ", "journey: j\n"])
conflicts = st.sampled_from(["\n<<<<<<< a\n", "\n=======\n", "\n>>>>>>> b\n"])


@settings(max_examples=400)
@example("---\n[")
@given(st.lists(pieces | marks | conflicts, max_size=40).map("".join) | st.text(max_size=80))
def test_any_text_gives_places_inside_it(text: str) -> None:
    tree = read(text)
    for span in [*tree.spans.values(), *(d.span for d in tree.diagnostics)]:
        assert 0 <= span.start <= span.end <= len(text)
    for loc in tree.spans:
        assert tree.spans.resolve(loc) == loc
