"""Driver importance against published results, closed forms, brute force and what theory demands."""

from __future__ import annotations

import csv
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.analysis.drivers import (
    Unanswerable,
    importance,
    importance_of_correlations,
    importance_performance,
    penalty_reward,
)
from blueprint.analysis.relative_weights import johnson, lmg

NAMES = ["Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"]


@pytest.fixture(scope="module")
def swiss() -> list[list[float]]:
    """Fertility in 47 Swiss provinces in 1888: the drivers, then the outcome."""
    with (Path(__file__).parents[1] / "data" / "swiss.csv").open(encoding="utf-8") as lines:
        return [[float(row[name]) for name in (*NAMES, "Fertility")] for row in csv.DictReader(lines)]


def test_published_importance_of_the_swiss_data(swiss) -> None:
    found = importance(NAMES, swiss)
    assert [d.name for d in found.drivers] == NAMES
    assert [d.importance for d in found.drivers] == pytest.approx(
        [0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592], abs=5e-9
    )
    assert found.r_squared == pytest.approx(0.70673500, abs=5e-9)
    assert johnson(np.corrcoef(np.array(swiss), rowvar=False)) == pytest.approx(
        [0.048417, 0.154708, 0.271964, 0.114680, 0.116966], abs=5e-7
    )
    for driver in found.drivers:
        assert driver.interval is not None
        assert driver.interval.low < driver.importance < driver.interval.high
    assert not found.ranked, "the intervals of Education and Examination overlap"
    assert found == importance(NAMES, swiss), "the draws are seeded"


def test_two_drivers_have_a_closed_form() -> None:
    found = importance_of_correlations(["a", "b"], [[1, 0.3, 0.6], [0.3, 1, 0.5], [0.6, 0.5, 1]], n=90)
    r2 = (0.36 + 0.25 - 2 * 0.6 * 0.5 * 0.3) / (1 - 0.09)
    assert found.r_squared == pytest.approx(r2)
    assert found.r_squared == pytest.approx(0.472527, abs=5e-7)
    assert [d.importance for d in found.drivers] == pytest.approx([0.291264, 0.181264], abs=5e-7)
    assert [d.importance for d in found.drivers] == pytest.approx(
        [(0.36 + r2 - 0.25) / 2, (0.25 + r2 - 0.36) / 2]
    )
    assert (found.n, found.ranked, found.drivers[0].interval) == (90, False, None)


def by_orders_of_entry(correlations: np.ndarray) -> list[float]:
    """Average what each driver adds to R² over every order of entry, by least squares."""
    k = len(correlations) - 1

    def r2(chosen: tuple[int, ...]) -> float:
        if not chosen:
            return 0.0
        x, y = correlations[np.ix_(chosen, chosen)], correlations[list(chosen), -1]
        return float(y @ np.linalg.solve(x, y))

    orders = list(permutations(range(k)))
    return [
        sum(r2((*o[: o.index(j)], j)) - r2(o[: o.index(j)]) for o in orders) / len(orders) for j in range(k)
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10**6))
def test_lmg_is_the_mean_over_all_orders_of_entry(k: int, seed: int) -> None:
    luck = np.random.default_rng(seed)
    table = luck.normal(size=(40, k + 1)) + luck.normal(size=(40, 1))
    correlations = np.corrcoef(table, rowvar=False)
    shares = lmg(correlations)
    assert shares == pytest.approx(by_orders_of_entry(correlations), abs=1e-9)
    assert shares.min() >= -1e-12
    beta = np.linalg.solve(correlations[:-1, :-1], correlations[:-1, -1])
    r2 = float(beta @ correlations[:-1, -1])
    assert shares.sum() == pytest.approx(r2)
    assert johnson(correlations).sum() == pytest.approx(r2)


def test_uncorrelated_drivers_keep_their_squared_correlation() -> None:
    correlations = np.eye(5)
    correlations[:4, 4] = correlations[4, :4] = [0.1, 0.2, 0.3, 0.4]
    assert lmg(correlations) == pytest.approx([0.01, 0.04, 0.09, 0.16])
    assert johnson(correlations) == pytest.approx([0.01, 0.04, 0.09, 0.16])


def test_twelve_drivers_are_exact_and_thirteen_are_weighed() -> None:
    luck = np.random.default_rng(5)
    base = luck.normal(size=(80, 14)) + luck.normal(size=(80, 1))
    twelve = importance([f"d{j}" for j in range(12)], base[:, 1:].tolist(), draws=50)
    thirteen = importance([f"d{j}" for j in range(13)], base.tolist(), draws=50)
    assert (twelve.method, thirteen.method) == ("lmg", "johnson")
    assert sum(d.importance for d in twelve.drivers) == pytest.approx(twelve.r_squared)


def test_a_clear_winner_is_ranked() -> None:
    luck = np.random.default_rng(1)
    drivers = luck.normal(size=(200, 2))
    outcome = drivers @ [3.0, 0.2] + luck.normal(size=200)
    found = importance(["strong", "weak"], np.column_stack([drivers, outcome]).tolist())
    assert found.ranked


def test_bootstrap_interval_covers_the_truth() -> None:
    truth, covered, rounds = 0.36, 0, 60
    luck = np.random.default_rng(2)
    for _ in range(rounds):
        drivers = luck.normal(size=(150, 2))
        outcome = drivers @ [0.6, 0.4] + luck.normal(size=150) * (1 - 0.36 - 0.16) ** 0.5
        rows = np.column_stack([drivers, outcome]).tolist()
        interval = importance(["a", "b"], rows, draws=200).drivers[0].interval
        assert interval is not None
        covered += interval.low <= truth <= interval.high
    assert covered / rounds > 0.85


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([[1, 2, 3]], "too few"),
        ([[4, 1, 1], [4, 2, 3], [4, 3, 2], [4, 1, 4], [4, 2, 5]], "all scores of a are equal"),
        ([[1, 2, 9], [2, 4, 9], [3, 1, 9], [4, 2, 9]], "outcome are equal"),
        ([[1, 2, 1], [2, 4, 5], [3, 6, 2], [4, 8, 9]], "combination of others"),
        ([[1, 2], [2, 4], [3, 6], [4, 8]], "every row"),
        ([[1, 2, 3], [2, 4], [3, 6, 1], [4, 8, 2]], "every row"),
        ([[1, float("nan"), 3], [2, 4, 1], [3, 6, 1], [4, 8, 2]], "missing"),
    ],
)
def test_data_that_allow_no_importance(rows: list[list[float]], says: str) -> None:
    with pytest.raises(Unanswerable, match=says):
        importance(["a", "b"], rows)


@pytest.mark.parametrize(
    ("correlations", "says"),
    [
        ([[1, 0.3], [0.3, 1]], "3 rows"),
        ([[1, 0.3, 0.6], [0.2, 1, 0.5], [0.6, 0.5, 1]], "mirror"),
        ([[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]], "no data"),
        ([[1, 1, 0.5], [1, 1, 0.5], [0.5, 0.5, 1]], "combination"),
    ],
)
def test_correlations_that_are_none(correlations: list[list[float]], says: str) -> None:
    with pytest.raises(Unanswerable, match=says):
        importance_of_correlations(["a", "b"], correlations)


def test_importance_performance_is_cut_at_the_means() -> None:
    points = [("a", 9, 0.4), ("b", 5, 0.4), ("c", 9, 0.1), ("d", 5, 0.1)]
    assert importance_performance(points) == {
        "a": "keep-up",
        "b": "concentrate-here",
        "c": "possible-overkill",
        "d": "low-priority",
    }
    assert importance_performance([]) == {}


def test_penalty_and_reward_are_the_coefficients_of_the_dummies() -> None:
    scores, outcome = [1, 2, 3, 3, 4, 5, 5, 1], [2.0, 3, 6, 8, 7, 9, 7, 1]
    found = penalty_reward(scores, outcome, low=2, high=5)
    assert found is not None
    dummies = np.array([[1, s <= 2, s >= 5] for s in scores], dtype=float)
    _, penalty, reward = np.linalg.lstsq(dummies, np.array(outcome), rcond=None)[0]
    assert (found.penalty, found.reward) == pytest.approx((penalty, reward))
    assert (found.kind, found.low, found.middle, found.high) == ("basic", 3, 3, 2)
    flipped = penalty_reward([6 - s for s in scores], [10 - y for y in outcome], low=1, high=4)
    assert flipped is not None
    assert flipped.kind == "excitement"
    backwards = penalty_reward([1, 3, 5], [9, 5, 1], low=2, high=4)
    assert backwards is not None
    assert backwards.kind is None
    assert penalty_reward([1, 5], [0, 1], low=2, high=4) is None
    with pytest.raises(ValueError, match="low below high"):
        penalty_reward([1], [1], low=3, high=3)
