"""What is said of bad conditions, pairs, factors and counts: where, what, and what to write."""

from __future__ import annotations

import pytest

from blueprint.source.document import read_document
from blueprint.source.text import Source

STAGES = """
stages:
  - stage: check
    touchpoints:
      - {id: come, title: Comes, kinds: [first, end], complaint: {factors: {severity: FACTOR}}}
"""


@pytest.mark.parametrize(
    ("written", "code", "words"),
    [
        ("customers: {tags: {a: {when: {parcels: '5'}}}}", "YM019", "not a condition"),
        ("customers: {tags: {a: {when: {parcels: '== 5'}}}}", "YM019", "not a condition"),
        ("revenue: {pairs: [[86, 120], [87]]}", "YM019", "item 2 of `pairs` is [87]"),
        ("revenue: {pairs: [[86, yes]]}", "YM019", "not a pair of numbers"),
        ("scorecards: {performance: {business: {score: 120}}}", "YM008", "must be from 0 to 100"),
        ("voice: {feedback: [{channel: phone, n: -3}]}", "YM008", "must be 0 or more"),
        ("voice: {feedback: [{channel: phone, n: 3, sentiment: cross}]}", "YM009", "cannot be `cross`"),
        ("voice: {data: ../secret.csv}", "YM", "secret.csv"),
        ("forecasts: [{forecast: Leaves, bins: []}]", "YM018", "`bins` is empty"),
        ("market: {what_if: {premium: [3, 2, 1]}}", "YM019", "not a figure or a range"),
    ],
)
def test_it_is_located_and_said_in_both_languages(written: str, code: str, words: str) -> None:
    text = f"journey: j\n{written}{STAGES.replace('FACTOR', '1')}"
    (found,) = read_document(Source("a.yaml", text)).diagnostics
    assert found.code.startswith(code)
    assert words in found.message.en
    assert found.help is not None
    assert any("\u4e00" <= it <= "\u9fff" for it in found.message.zh + found.help.zh)
    assert text[: found.span.start].count("\n") == 1


def test_factors_are_not_rated_like_fmea() -> None:
    (found,) = read_document(Source("a.yaml", "journey: j" + STAGES.replace("FACTOR", "4"))).diagnostics
    assert found.message.en == "`severity` is 4, but it must be 3 or less"
    assert found.help is not None
    assert "ten" not in found.help.en
