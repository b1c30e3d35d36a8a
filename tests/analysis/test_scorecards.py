"""Scorecards: the published sum, keys that do not make up for each other, and parts that are missing."""

from __future__ import annotations

import pytest

from blueprint.analysis.scorecards import scored, told
from blueprint.model.feedback import Result
from blueprint.source.standards import builtin_standards

CARDS = builtin_standards().scorecards
PARTS = ("customer-satisfaction", "business", "efficiency", "teamwork")


def results(**scores):
    return {
        id.replace("_", "-"): Result.model_validate(it if isinstance(it, dict) else {"score": it})
        for id, it in scores.items()
    }


def test_the_published_vector() -> None:
    # domain sheet 6.7: (90, 80, 70, 100) by 40/30/20/10 is 84
    found = scored(
        "performance",
        CARDS["performance"],
        results(customer_satisfaction=90, business=80, efficiency=70, teamwork=100),
    )
    assert found.score == pytest.approx(84)
    assert (found.missing, found.passed, found.reason) == ((), None, None)


@pytest.mark.parametrize("lacking", PARTS)
def test_no_figure_while_a_part_is_missing(lacking: str) -> None:
    parts = {part: Result(score=80) for part in PARTS if part != lacking}
    found = scored("performance", CARDS["performance"], parts)
    assert found.score is None
    assert found.missing == (lacking,)
    assert found.reason is not None
    assert lacking in found.reason.zh


def test_both_keys_must_turn() -> None:
    def passed(kpi: float, happy: float):
        parts = results(kpi={"score": kpi, "target": 85}, satisfaction={"score": happy, "target": 90})
        return scored("two-keys", CARDS["two-keys"], parts).passed

    assert passed(85, 90) is True
    assert passed(100, 89.9) is False
    assert passed(84, 100) is False
    assert scored("two-keys", CARDS["two-keys"], results(kpi={"score": 99, "target": 85})).passed is None
    assert scored("two-keys", CARDS["two-keys"], results(kpi={"score": 1, "target": 85})).passed is False


def test_unknown_cards_and_parts_are_named() -> None:
    (page,) = told({"nowhere": results(kpi=3)}, CARDS)
    assert page["score"] is None
    assert "nowhere" in page["reason"].en
    parts = dict.fromkeys(PARTS, Result(score=50)) | {"luck": Result(score=100)}
    (page,) = told({"performance": parts}, CARDS)
    assert page["score"] == pytest.approx(50)
    assert page["unknown"] == ["luck"]
