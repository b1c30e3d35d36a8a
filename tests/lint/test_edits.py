"""What rules want changed, as edits: in the style of the text, and none where something would be lost."""

from __future__ import annotations

import pytest

from blueprint.lint.edits import edits_for
from blueprint.lint.mend import apply
from blueprint.lint.rule import Add, Change, Drop, Put
from blueprint.source.document import Document
from blueprint.source.text import Source
from blueprint.source.tree import parse


def edited(text: str, *changes: Change) -> str | None:
    source = Source("t", text)
    edits = edits_for(changes, Document(source, None, parse(source).spans))
    return None if edits is None else apply(text, edits)


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        # Another value, another key.
        ("a: 'b'  # c\n", Put(("a",), "x"), "a: x  # c\n"),
        ("a: {b: 1}\n", Put(("a", "b", "[key]"), "x"), "a: {x: 1}\n"),
        ("a: {b: 1, x: 2}\n", Put(("a", "b", "[key]"), "x"), None),
        ("a: [b, x]\n", Put(("a", 0), "x"), None),
        ("a: b\n", Put(("a", 0), "x"), "a: x\n"),
        ("a: &k b\nc: *k\n", Put(("a",), "x"), None),
        ("a: &k [b]\nc: *k\n", Put(("c", 0), "x"), None),
        ("a:\n", Put(("a",), "x"), None),
        # An item more.
        ("a: [b]\n", Add(("a",), "x"), "a: [b, x]\n"),
        ("a: []\n", Add(("a",), "x"), "a: [x]\n"),
        ("a:\n  - b  # c\n  # d\ne: 1\n", Add(("a",), "x"), "a:\n  - b  # c\n  - x\n  # d\ne: 1\n"),
        ("a:\n- b", Add(("a",), "x"), "a:\n- b\n- x"),
        ("a:\r\n  - b\r\n", Add(("a",), "x"), "a:\r\n  - b\r\n  - x\r\n"),
        # A key more.
        ("a: {b: 1, c: 2}\n", Add(("a",), "[x]", "k", "b"), "a: {b: 1, k: [x], c: 2}\n"),
        ("a: {b: 1, c: 2}\n", Add(("a",), "x", "k", "z"), "a: {b: 1, c: 2, k: x}\n"),
        ("- b: 1  # one\n  c: 2\n", Add((0,), "x", "k", "b"), "- b: 1  # one\n  k: x\n  c: 2\n"),
        ("- b: |\n    one\n  c: 2\n", Add((0,), "x", "k", "b"), "- b: |\n    one\n  k: x\n  c: 2\n"),
        ("- b: 1\n", Add((0,), "x", "b"), None),
        # One less.
        ("a: [b, c, d]\n", Drop(("a", 0)), "a: [c, d]\n"),
        ("a: [b, c, d]\n", Drop(("a", 2)), "a: [b, c]\n"),
        ("a: {b: 1, c: 2}\n", Drop(("a", "c")), "a: {b: 1}\n"),
        ("a:\n  - b\n  - c\nd: 1\n", Drop(("a", 0)), "a:\n  - c\nd: 1\n"),
        ("a:\n  b: {x: 1}\n  c: 2\n", Drop(("a", "b")), "a:\n  c: 2\n"),
        ("- b: 1\n  c: 2\n", Drop((0, "b")), "- c: 2\n"),
        ("- b: 1\n  c: 2\n", Drop((0, "c")), "- b: 1\n"),
        ("- b: 1\n  c: 2", Drop((0, "c")), "- b: 1\n"),
        ("x: 1\na: [b]\n", Drop(("a", 0)), "x: 1\n"),
        # A comment in what would go, or an anchor that something may need.
        ("a:\n  - b  # why\n  - c\n", Drop(("a", 0)), None),
        ("a:\n  - &k b\n  - *k\n", Drop(("a", 0)), None),
        ("a: [b]\n", Drop(("z", 0)), None),
        ("a: 1\n", Drop(()), None),
    ],
)
def test_changes(text: str, change: Change, expected: str | None) -> None:
    assert edited(text, change) == expected


def test_several_changes_are_made_together_or_not_at_all() -> None:
    text = "a: [b, c]\nd: 1\n"
    assert edited(text, Put(("a", 0), "x"), Put(("d",), "2")) == "a: [x, c]\nd: 2\n"
    assert edited(text, Put(("a", 0), "x"), Put(("z",), "2")) is None
