from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.segments import (
    OTHERS,
    Box,
    Purchases,
    Rfm,
    midrank_scores,
    overbooked,
    rfm_scores,
    segment_of,
    segment_sizes,
    threshold_scores,
    tier_history,
    tier_of,
)

CUTS = ((115, 181, 297, 482), (4, 5, 6, 8), (256, 382, 506, 666))
"""The limits that the R package rfm prints for its own example."""


@pytest.mark.parametrize(
    ("bought", "scores"),
    [
        ((205, 6, 472), "343"),
        ((140, 3, 340), "412"),
        ((194, 4, 405), "323"),
        ((98, 7, 596), "544"),
        ((132, 5, 448), "433"),
    ],
)
def test_scores_by_threshold_as_published(bought: tuple[float, float, float], scores: str) -> None:
    (found,) = rfm_scores([Purchases(*bought)], "threshold", CUTS)
    assert str(found) == scores


def test_a_limit_belongs_to_the_score_above() -> None:
    assert threshold_scores([3.9, 4, 5, 6, 8, 99], (4, 5, 6, 8)) == [1, 2, 3, 4, 5, 5]


@pytest.mark.parametrize("cuts", [(1, 2, 3), (1, 2, 2, 3), (4, 3, 2, 1)])
def test_limits_must_rise(cuts: tuple[float, ...]) -> None:
    with pytest.raises(ValueError):
        threshold_scores([1], cuts)


def test_scores_by_threshold_need_limits() -> None:
    with pytest.raises(ValueError):
        rfm_scores([Purchases(1, 1, 1)], "threshold")


def test_midrank_scores_give_ties_one_score() -> None:
    assert midrank_scores([1, 1, 1, 1, 2, 2, 3, 5, 8, 8]) == [2, 2, 2, 2, 3, 3, 4, 4, 5, 5]
    assert midrank_scores([7]) == [3]
    assert midrank_scores([7] * 9) == [3] * 9
    assert midrank_scores([]) == []
    assert midrank_scores(range(10)) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@given(st.lists(st.integers(-5, 5) | st.floats(-1e9, 1e9), max_size=40), st.randoms(use_true_random=False))
def test_midrank_scores_follow_the_values_and_not_the_rows(
    values: list[float], luck: random.Random
) -> None:
    scores = dict(zip(values, midrank_scores(values), strict=True))
    assert all(1 <= score <= 5 for score in scores.values())
    ordered = sorted(scores)
    assert [scores[it] for it in ordered] == sorted(scores[it] for it in ordered)
    shuffled = luck.sample(values, len(values))
    assert midrank_scores(shuffled) == [scores[value] for value in shuffled]


def test_lately_seen_is_best() -> None:
    customers = [Purchases(day, 1, 1) for day in range(10)]
    assert [it.recency for it in rfm_scores(customers)] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert {it.frequency for it in rfm_scores(customers)} == {3}


def test_nested_scores_differ_from_independent_ones() -> None:
    """Buying twice is much among the lost and little among the loyal."""
    customers = [Purchases(1, 10 + it, 1) for it in range(5)] + [Purchases(99, it, 1) for it in range(5)]
    nested = rfm_scores(customers, "nested")
    assert [it.frequency for it in nested] == [1, 2, 3, 4, 5] * 2
    assert [it.frequency for it in rfm_scores(customers)] == [3, 4, 4, 5, 5, 1, 1, 2, 2, 3]
    assert {it.recency for it in nested[:5]} == {4}
    assert {it.recency for it in nested[5:]} == {2}


def test_nested_value_is_scored_within_recency_and_frequency() -> None:
    customers = [Purchases(1, 1, 5), Purchases(1, 1, 9), Purchases(1, 8, 1), Purchases(1, 8, 2)]
    assert [str(it) for it in rfm_scores(customers, "nested")] == ["322", "324", "342", "344"]


BOXES = (Box("champions", (5, 5), (5, 5), (5, 5)), Box("loyal", (3, 5), (4, 5)), Box("lost", (1, 2)))


def test_the_first_box_that_fits_counts() -> None:
    assert segment_of(Rfm(5, 5, 5), BOXES) == "champions"
    assert segment_of(Rfm(5, 5, 4), BOXES) == "loyal"
    assert segment_of(Rfm(3, 3, 5), BOXES) == OTHERS
    scores = [Rfm(5, 5, 5), Rfm(1, 1, 1), Rfm(2, 5, 5), Rfm(3, 1, 1)]
    assert segment_sizes(scores, BOXES) == {"champions": 1, "loyal": 0, "lost": 2, OTHERS: 1}
    assert OTHERS not in segment_sizes(scores[:3], BOXES)


TIERS = {"gold": 100.0, "silver": 50.0, "basic": 0.0}


@given(st.floats(-10, 200), st.floats(0, 100))
def test_more_points_never_give_a_lower_tier(points: float, more: float) -> None:
    order = [None, "basic", "silver", "gold"]
    assert order.index(tier_of(points + more, TIERS)) >= order.index(tier_of(points, TIERS))


def test_up_at_once_and_down_after_two_bad_periods() -> None:
    found = tier_history([60, 120, 40, 110, 60, 10, 70, 5, 5], TIERS)
    assert [it.tier for it in found] == [
        "silver", "gold", "gold", "gold", "gold", "silver", "silver", "silver", "basic",
    ]  # fmt: skip
    assert [it.warned for it in found] == [0, 0, 1, 0, 1, 0, 0, 1, 0]
    assert [it.earned for it in found][4:6] == ["silver", "basic"]


def test_a_customer_falls_to_the_best_tier_of_the_bad_periods() -> None:
    assert [it.tier for it in tier_history([100, 0, 60], TIERS)] == ["gold", "gold", "silver"]
    assert [it.tier for it in tier_history([100, 0], TIERS, patience=1)] == ["gold", "basic"]


@given(st.lists(st.floats(0, 150), max_size=30), st.integers(1, 4))
def test_nobody_falls_without_a_warning(points: list[float], patience: int) -> None:
    order = list(reversed(TIERS))
    history = tier_history(points, TIERS, patience=patience)
    for at in range(1, len(history)):
        before, now = order.index(history[at - 1].tier), order.index(history[at].tier)
        assert now >= order.index(history[at].earned)
        if now < before:
            recent = [order.index(it.earned) for it in history[at + 1 - patience : at + 1]]
            assert len(recent) == patience
            assert max(recent) < before


@pytest.mark.parametrize(("tiers", "patience"), [({}, 2), (TIERS, 0)])
def test_tiers_that_make_no_sense(tiers: dict[str, float], patience: int) -> None:
    with pytest.raises(ValueError):
        tier_history([1], tiers, patience=patience)


def test_tiers_with_more_customers_than_means() -> None:
    assert overbooked({"gold": 30, "silver": 5, "basic": 900}, {"gold": 20, "silver": 5}) == {"gold": 10}
