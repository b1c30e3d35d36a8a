"""Forecasts held against what came: published AUC, brute force over pairs, exact decomposition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.forecasts import Group, auc, auc_error, judged, told
from blueprint.model.feedback import Forecast

# Hanley and McNeil 1982, table I: 109 CT images rated 1 to 5, 58 normal and 51 abnormal.
NORMAL, ABNORMAL = (33, 6, 6, 11, 2), (3, 2, 2, 11, 33)
CT = [Group(at / 10, n + a, a) for at, (n, a) in enumerate(zip(NORMAL, ABNORMAL, strict=True))]

groups = st.lists(
    st.tuples(st.integers(0, 10), st.integers(0, 12), st.integers(0, 12)).map(
        lambda it: Group(it[0] / 10, it[1] + it[2], it[1])
    ),
    min_size=1,
    max_size=6,
)


def test_the_published_area_and_error() -> None:
    area = auc(CT)
    assert area == pytest.approx(0.893, abs=5e-4)
    assert auc_error(0.893, 51, 58) == pytest.approx(0.032, abs=6e-4)  # by their formula .0325
    found = judged(CT)
    assert found is not None
    assert found.auc_interval == pytest.approx((0.83, 0.956), abs=2e-3)


@given(groups)
def test_area_is_the_share_of_pairs(found) -> None:
    came = [g.p for g in found for _ in range(g.came)]
    not_ = [g.p for g in found for _ in range(g.n - g.came)]
    pairs = [(a > b) + (a == b) / 2 for a in came for b in not_]
    area = auc(found)
    assert area is None if not pairs else area == pytest.approx(sum(pairs) / len(pairs))


@given(groups)
def test_brier_is_the_mean_square_and_falls_into_its_parts(found) -> None:
    cases = [(g.p, 1) for g in found for _ in range(g.came)]
    cases += [(g.p, 0) for g in found for _ in range(g.n - g.came)]
    it = judged(found)
    if not cases:
        assert it is None
        return
    assert it is not None
    assert it.brier == pytest.approx(sum((p - y) ** 2 for p, y in cases) / len(cases), abs=1e-12)
    assert it.brier == pytest.approx(it.reliability - it.resolution + it.uncertainty, abs=1e-12)


def test_a_group_is_off_where_its_chance_is_outside_of_what_came() -> None:
    it = judged([Group(0.1, 200, 20), Group(0.5, 200, 160)])
    assert it is not None
    assert it.off == (1,)


def test_documents_are_told_and_nonsense_has_a_reason() -> None:
    written = {"forecast": "Leaves", "bins": [{"p": 0.1, "n": 5, "came": 6}]}
    (page,) = told([Forecast.model_validate(written)])
    assert page["brier"] is None
    assert page["reason"].zh
    (page,) = told(
        [Forecast.model_validate({"forecast": "Leaves", "bins": [{"p": 0.1, "n": 5, "came": 0}]})]
    )
    assert page["brier"] == pytest.approx(0.01)
    assert (page["auc"], page["skill"]) == (None, None)
