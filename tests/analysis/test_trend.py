"""Counts over periods: the score test by hand and by lot, the factor against an optimiser."""

from __future__ import annotations

import random
from math import exp, log

import numpy as np
import pytest
from scipy import optimize, stats

from blueprint.analysis.complaint_trends import history, told
from blueprint.analysis.trend import trend


def test_the_score_by_hand() -> None:
    # t 0 1 2, x 2 4 6: Σtx = 16, N·t̄ = 12, Var = 12·2/3 = 8
    found = trend([2, 4, 6])
    assert found is not None
    assert found.z == pytest.approx(4 / 8**0.5)
    assert found.p == pytest.approx(2 * stats.norm.sf(4 / 8**0.5))


def test_the_factor_maximises_the_likelihood() -> None:
    counts, visits = [17, 12, 8, 4], [300.0, 310.0, 306.0, 322.0]
    times = np.arange(4)

    def loss(at):
        rate = np.array(visits) * np.exp(at[0] + at[1] * times)
        return float(np.sum(rate - counts * np.log(rate)))

    best = optimize.minimize(
        loss, [log(0.05), 0.0], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12}
    )
    found = trend(counts, visits)
    assert found is not None
    assert found.per_period == pytest.approx(exp(best.x[1]), rel=1e-5)
    # Wald's error from the information matrix of both parameters
    rate = np.array(visits) * np.exp(best.x[0] + best.x[1] * times)
    information = np.array(
        [[rate.sum(), (rate * times).sum()], [(rate * times).sum(), (rate * times**2).sum()]]
    )
    half = 1.959964 * np.linalg.inv(information)[1, 1] ** 0.5
    assert found.interval == pytest.approx((exp(best.x[1] - half), exp(best.x[1] + half)), rel=1e-4)


def test_it_holds_its_level_and_visits_explain_what_they_explain() -> None:
    luck = np.random.default_rng(8)
    visits = [100.0, 200.0, 300.0, 400.0]
    false = sum(
        (it := trend(luck.poisson([v * 0.1 for v in visits]).tolist(), visits)) is not None and it.p < 0.05
        for _ in range(2000)
    )
    assert false / 2000 == pytest.approx(0.05, abs=0.015)
    growing = trend([10, 20, 30, 40], visits)
    assert growing is not None
    assert growing.z == pytest.approx(0)
    assert growing.per_period == pytest.approx(1)


def test_ends_that_run_away_and_too_little() -> None:
    found = trend([0, 0, 9])
    assert found is not None
    assert found.per_period is None
    assert trend([3, 4]) is None
    assert trend([0, 0, 0]) is None
    with pytest.raises(ValueError, match="never negative"):
        trend([1, -1, 2])


def test_a_period_that_one_touchpoint_lacks_is_left_out(make_journey) -> None:
    day = random.Random(1).choice(["2026-01-31"])
    one = [{"date": day, "cases": {"late": 4}}, {"date": "2026-02-28", "cases": {"late": 5}}]
    other = [{"date": "2026-02-28", "cases": {"late": 2, "rude": 1}}]
    journey = make_journey({"a": {"complaint": {"history": one}}, "b": {"complaint": {"history": other}}})
    found = history(journey)
    assert found is not None
    assert found.counts == {"late": (7,), "rude": (1,)}
    page = told(journey)
    assert page is not None
    assert page["types"]["late"]["trend"] is None
    assert page["reason"].zh
