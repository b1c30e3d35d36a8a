"""Two indices over time, against direct computation and simulation."""

from __future__ import annotations

import random
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.monitoring import Reading, baseline, change, dual_index, holm


def waves(*values: float, error: float = 1.0) -> list[Reading]:
    return [Reading(value, error) for value in values]


def test_baseline_weighs_by_precision() -> None:
    found = baseline([Reading(10, 1), Reading(20, 2)])
    assert found is not None
    assert found.value == pytest.approx((10 / 1 + 20 / 4) / (1 + 1 / 4))
    assert found.error == pytest.approx(1 / sqrt(1.25))
    assert baseline([]) is None
    for wrong in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="above 0"):
            baseline([Reading(10, wrong)])


def test_only_four_waves_before_count() -> None:
    found = change(waves(-500, 50, 50, 50, 50, 53))
    assert found is not None
    assert found.baseline == pytest.approx((50, 0.5))
    assert found.difference == pytest.approx(3)
    assert found.z == pytest.approx(3 / sqrt(1.25))
    assert found.alarm
    assert change(waves(50)) is None
    assert change([]) is None


def test_alarm_errs_as_often_as_it_says() -> None:
    luck = random.Random(9)
    rounds = 4000
    alarms = sum(
        change([Reading(luck.gauss(0, e), e) for e in (1, 2, 1, 3, 2)]).alarm for _ in range(rounds)
    )
    assert alarms / rounds == pytest.approx(0.05, abs=0.012)


@pytest.mark.parametrize(
    ("csat", "nps", "quadrant", "diverging"),
    [
        (3, 3, "both-up", False),
        (3, -3, "transaction-fine-relationship-eroding", True),
        (-3, 3, "loyal-despite-friction", True),
        (-3, -3, "both-down", False),
        (3, -0.5, "transaction-fine-relationship-eroding", False),
        (0, 3, None, False),
    ],
)
def test_quadrants(csat: float, nps: float, quadrant: str | None, diverging: bool) -> None:
    found = dual_index(waves(50, 50 + csat), waves(20, 20 + nps))
    assert found is not None
    assert (found.quadrant, found.diverging) == (quadrant, diverging)


def test_one_index_alone_is_no_dual_index() -> None:
    assert dual_index(waves(50, 51), waves(20)) is None


def test_holm_of_the_textbook() -> None:
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert found == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})
    assert list(found) == ["a", "b", "c", "d"]
    assert holm({}) == {}
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm({"a": 1.2})


@given(st.dictionaries(st.integers(), st.floats(0, 1), max_size=12))
def test_holm_lies_between_none_and_bonferroni_and_keeps_the_order(p: dict[int, float]) -> None:
    found = holm(p)
    for key, value in p.items():
        assert value <= found[key] <= min(1.0, len(p) * value) + 1e-12
    order = sorted(p, key=lambda key: p[key])
    assert all(found[a] <= found[b] for a, b in pairwise(order))
