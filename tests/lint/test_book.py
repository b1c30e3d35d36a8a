"""The rule book as people and programs read it."""

from __future__ import annotations

import json

import pytest

from blueprint.lint import book, reference


def test_explain_prints_the_page_by_code_or_name() -> None:
    page = reference.explain("ex101")
    assert page == reference.explain("Low-Ending")
    assert page.startswith("# EX101 low-ending\n")
    assert "```yaml\njourney: refund\nstages:\n  - stage: claim\n" in page
    assert "- `floor` (default `0.0`)" in page


@pytest.mark.parametrize("card", book.all_rules(), ids=lambda card: card.code)
def test_every_code_has_a_page_in_plain_markdown(card: book.RuleCard) -> None:
    page = reference.explain(card.code)
    assert "**Why**" in page
    fenced = page.split("```")
    assert len(fenced) % 2 == 1, "a fence is left open"
    assert all(not line.startswith("    ") for text in fenced[::2] for line in text.splitlines())


def test_table_is_aligned_in_both_languages() -> None:
    for language in ("en", "zh"):
        rows = [line for line in reference.rules_table(language).splitlines() if line.startswith("  ")]
        assert len(rows) == len(book.all_rules())
        assert {row.index(row.split(maxsplit=3)[3]) for row in rows} == {46}


def test_json_holds_every_rule() -> None:
    rules = json.loads(reference.rules_json())
    assert [rule["code"] for rule in rules] == [card.code for card in book.all_rules()]
    low = next(rule for rule in rules if rule["code"] == "EX101")
    assert (low["severity"], low["default"], low["options"]) == ("warning", True, {"floor": 0.0})
    assert low["title"]["zh"]


def test_families_stand_in_the_order_of_the_book() -> None:
    found = list(dict.fromkeys(card.code[:2] for card in book.all_rules()))
    assert found == list(book.FAMILIES)
