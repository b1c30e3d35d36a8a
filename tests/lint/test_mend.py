"""Fixes applied: what is not mended stays to the byte, nothing gets worse, a second time does nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.diagnostic import Diagnostic, Edit, Fix, Message, Range, Severity
from blueprint.lint.engine import check_document
from blueprint.lint.mend import apply, mend
from blueprint.source.document import read_document
from blueprint.source.text import Source

TITLE = Message("mend", "修正")


def finding(*edits: Edit, code: str = "XX101", safe: bool = True, error: bool = False) -> Diagnostic:
    severity = Severity.ERROR if error else Severity.WARNING
    fix = Fix(TITLE, edits, safe) if edits else None
    return Diagnostic(code, severity, TITLE, None, "t", Range(0, 0), fix=fix)


def replace_all(text: str, old: str, new: str, *, safe: bool = True) -> list[Diagnostic]:
    return [finding(Edit(m.start(), m.end(), new), safe=safe) for m in re.finditer(re.escape(old), text)]


def test_fixes_apply_together_and_again_until_nothing_is_left() -> None:
    done = mend("aab", replace_all("aab", "ab", "b"), lambda text: replace_all(text, "ab", "b"))
    assert (done.text, len(done.applied), list(done.found)) == ("b", 2, [])


def test_of_two_that_overlap_the_first_is_applied_and_the_other_has_its_turn() -> None:
    first, second = finding(Edit(0, 2, "x")), finding(Edit(1, 3, "y"), code="XX102")
    for found in ([first, second], [second, first]):
        done = mend("abc", found, lambda text: [])
        assert (done.text, [d.code for d in done.applied]) == ("xc", ["XX101"])


def test_unsafe_fixes_are_made_only_when_asked_for() -> None:
    found = replace_all("ab", "a", "x", safe=False)
    assert mend("ab", found, lambda text: []).text == "ab"
    assert mend("ab", found, lambda text: [], unsafe=True).text == "xb"


def test_a_fix_that_brings_an_error_or_makes_the_text_unreadable_is_left_out() -> None:
    bad, good = finding(Edit(0, 1, "!"), code="XX102"), finding(Edit(2, 3, "z"))

    def check(text: str) -> list[Diagnostic]:
        return [finding(error=True)] if "!" in text else []

    assert mend("abc", [bad, good], check).text == "abz"
    assert mend("abc", [bad, good], lambda text: None if "!" in text else []).text == "abz"


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    def check(text: str) -> list[Diagnostic]:
        return replace_all(text, "a", "b") or replace_all(text, "b", "a")

    done = mend("a", check("a"), check)
    assert (done.text, done.applied, len(done.found)) == ("a", (), 1)
    done = mend("b", check("b"), check)
    assert (done.text, done.applied) == ("b", ())


@pytest.mark.parametrize("text", ["a1", "b1", "a2", "c2b1"])
def test_what_is_mended_beside_them_is_kept_and_a_second_time_does_nothing(text: str) -> None:
    def check(text: str) -> list[Diagnostic]:
        turning = [*replace_all(text, "a", "b"), *replace_all(text, "b", "c"), *replace_all(text, "c", "a")]
        return [*turning, *replace_all(text, "1", "2")]

    once = mend(text, check(text), check)
    assert "1" not in once.text
    assert mend(once.text, check(once.text), check).text == once.text


@given(st.text("ab\r\n#é😀", max_size=30), st.data())
def test_text_outside_the_edits_stays(text: str, drawn: st.DataObject) -> None:
    points = sorted(drawn.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    pairs = list(zip(points[::2], points[1::2], strict=False))
    edits = [Edit(start, end, f"<{at}>") for at, (start, end) in enumerate(pairs)]
    result = apply(text, drawn.draw(st.permutations(edits)))
    kept = re.split(r"<\d>", result)
    ends = [0, *(end for _, end in pairs)]
    starts = [*(start for start, _ in pairs), len(text)]
    assert kept == [text[end:start] for end, start in zip(ends, starts, strict=True)]


SLIPS = {
    "title:": ["titel:", "Title:", "tilte:"],
    "kinds:": ["kind:", "kinds :", "kinsd:"],
    "[first]": ["[frist]", "[First]", "[first, frist]"],
    "channel:": ["chanel:", "cahnnel:"],
    "next: pay": ["next: payy", "next: [pay, payy]", "next: {pya: 1}", "next: {pay: 90, dropped: 10}",
                  "next: {pay: 0.33, ask: 0.33, dropped: 0.33}"],
    "[end]": ["[high-perception]", "[ennd]", "[]"],
    "id: pay": ["id: Pay", "id: pay_it", "id: 付"],
    "# plain": ["# blueprint: ignore EX101 -- why", "# blueprint: ignroe EX101",
                "# blueprint: ignore XX9, EX101"],
}  # fmt: skip
TEXT = """\
# plain
journey: refund  # beside
title: "Refund"

stages:
  - stage: claim
    touchpoints:
      # plain
      - id: ask
        title: 'Asks'   # why
        kinds: [first]
        channel: web
        emotion: 0
        next: pay
      - {id: pay, title: Is paid, kinds: [end], emotion: 1}   # last
"""


@given(st.data(), st.sampled_from(["\n", "\r\n"]), st.booleans())
@settings(max_examples=120)
def test_mending_what_slipped(drawn: st.DataObject, breaks: str, unsafe: bool) -> None:
    text = TEXT
    for right, wrong in SLIPS.items():
        if drawn.draw(st.booleans()):
            text = text.replace(right, drawn.draw(st.sampled_from(wrong)))
    text = text.replace("\n", breaks)
    if drawn.draw(st.booleans()):
        text = text.rstrip()

    def check(text: str) -> list[Diagnostic] | None:
        document = read_document(Source("t.yaml", text))
        return None if document.model is None else list(check_document(document))

    found = check(text)
    if found is None:
        return
    done = mend(text, found, check, unsafe=unsafe)
    assert mend(done.text, check(done.text) or [], check, unsafe=unsafe).text == done.text, "once is enough"
    assert read_document(Source("t.yaml", done.text)).model is not None
    errors = [d for d in found if d.severity is Severity.ERROR]
    assert len([d for d in done.found if d.severity is Severity.ERROR]) <= len(errors)
    assert text.count(breaks) - done.text.count(breaks) in (0, 1, 2), (
        "whole lines go only with their comment"
    )
    assert ("\r" in done.text) == ("\r" in text)
    remarks = re.findall(r"# (?!blueprint)[^\r\n]*", text)
    assert re.findall(r"# (?!blueprint)[^\r\n]*", done.text) == remarks
    if not done.applied:
        assert done.text == text


SHIPPED = sorted((Path(__file__).parents[2] / "journeys").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED[:4], ids=lambda path: path.stem)
def test_a_clean_file_is_not_touched(path: Path) -> None:
    text = path.read_text("utf-8")
    found = check_document(read_document(Source(path.name, text)))
    assert mend(text, found, lambda text: [], unsafe=False).text == text
