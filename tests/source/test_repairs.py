"""Fixes that reading itself offers."""

from __future__ import annotations

import pytest

from blueprint.diagnostic import Diagnostic
from blueprint.lint.mend import apply
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.source.words import one_slip

JOURNEY = """\
journey: refund
title: refund_ask
stages:
  - stage: claim
    touchpoints:
      - {id: ask, title: Asks, kinds: [first], next: {NEXT}}
      - {id: paid, title: Is paid, kinds: [end]}
"""


def fault(text: str, code: str) -> Diagnostic:
    (found,) = [d for d in read_document(Source("t", text)).diagnostics if d.code == code]
    return found


def mended(text: str) -> tuple[str, bool]:
    """Make every fix that reading offers; whether all are safe."""
    fixes = [d.fix for d in read_document(Source("t", text)).diagnostics if d.fix]
    return apply(text, [edit for fix in fixes for edit in fix.edits]), all(fix.safe for fix in fixes)


@pytest.mark.parametrize(
    ("written", "expected", "safe"),
    [
        ("{paid: 80, dropped: 20}", "{paid: 80%, dropped: 20%}", True),
        ("{paid: 33.4, ask: 33.3, dropped: 33.3}", "{paid: 33.4%, ask: 33.3%, dropped: 33.3%}", True),
        ("{paid: {p: 90, when: dry}, dropped: 10}", "{paid: {p: 90%, when: dry}, dropped: 10%}", True),
        ("{paid: 80, dropped: rest}", "{paid: 80%, dropped: rest}", False),
        ("{paid: 1.2, dropped: 0.1}", "{paid: 1.2%, dropped: 0.1}", False),
        ("{paid: 180, dropped: 0.1}", "{paid: 180, dropped: 0.1}", True),
    ],
)
def test_shares_written_as_per_cent(written: str, expected: str, safe: bool) -> None:
    assert mended(JOURNEY.replace("{NEXT}", written)) == (JOURNEY.replace("{NEXT}", expected), safe)


def test_an_id_is_renamed_wherever_it_is_named_and_nowhere_else() -> None:
    text = JOURNEY.replace("{NEXT}", "{refund_ask: 0.1, paid: rest}").replace("id: ask", 'id: "refund_ask"')
    after, safe = mended(text)
    assert after == text.replace('id: "refund_ask"', "id: refund-ask").replace(
        "{refund_ask:", "{refund-ask:"
    )
    assert "title: refund_ask" in after
    assert not safe


def test_an_id_is_not_renamed_to_one_that_is_there() -> None:
    text = JOURNEY.replace("{NEXT}", "paid").replace("id: ask", "id: Paid")
    assert fault(text, "YM007").fix is None


@pytest.mark.parametrize(
    ("key", "right", "safe"),
    [
        ("titel", "title", True),
        ("Title", "title", True),
        ("moments", "moment", True),
        ("chnl", "channel", False),
    ],
)
def test_a_misspelt_key_is_certain_only_after_a_single_slip(key: str, right: str, safe: bool) -> None:
    text = f"journey: j\nstages:\n  - stage: s\n    touchpoints:\n      - {{id: a, {key}: x}}\n"
    found = [d for d in read_document(Source("t", text)).diagnostics if d.code == "YM003"]
    assert [(edit.text, d.fix.safe) for d in found if d.fix for edit in d.fix.edits] == [(right, safe)]


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("pya", ["pay", "pan"], ["pay"]),
        ("pa", ["pay", "pan", "pain"], ["pan", "pay"]),
        ("must_be", ["must-be"], ["must-be"]),
        ("payy", ["pay"], ["pay"]),
        ("apy", ["pay", "ape"], ["ape", "pay"]),
        ("yap", ["pay"], []),
        ("", ["a"], ["a"]),
    ],
)
def test_one_slip(word: str, known: list[str], expected: list[str]) -> None:
    assert one_slip(word, known) == expected
