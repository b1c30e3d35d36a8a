from __future__ import annotations

import random
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.concentration import concentration, few_for, gini, pareto_alpha, share_top

TEN = [500, 300, 50, 40, 30, 25, 20, 15, 12, 8]
POSITIVE = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=40)


def test_ten_customers_as_in_the_domain_sheet() -> None:
    assert share_top(TEN, 0.2) == pytest.approx(0.8)
    assert gini(TEN) == pytest.approx(0.6684)
    assert few_for(TEN) == pytest.approx(0.2)


def test_a_fraction_of_a_customer_counts_as_a_fraction() -> None:
    assert share_top([60, 30, 10], 0.5) == pytest.approx(0.75)
    assert share_top([60, 30, 10], 0) == 0
    assert share_top([60, 30, 10], 1) == pytest.approx(1)
    assert few_for([60, 30, 10], 0.75) == pytest.approx(0.5)
    assert few_for([5, 0, 0, 0]) == pytest.approx(0.2)


def test_eighty_twenty_is_one_law_of_pareto() -> None:
    assert pareto_alpha() == pytest.approx(1.160964, abs=1e-6)
    assert pareto_alpha() == pytest.approx(log(5) / log(4))
    with pytest.raises(ValueError):
        pareto_alpha(0.5, 0.4)


@given(POSITIVE)
def test_gini_is_half_the_relative_mean_difference(values: list[float]) -> None:
    n, mean = len(values), sum(values) / len(values)
    difference = sum(abs(a - b) for a in values for b in values) / n**2
    assert gini(values) == pytest.approx(difference / (2 * mean), abs=1e-9)


@given(POSITIVE, st.floats(0.05, 0.95))
def test_few_and_share_undo_each_other(values: list[float], share: float) -> None:
    assert share_top(values, few_for(values, share)) == pytest.approx(share, rel=1e-6)


@given(POSITIVE, st.floats(0.1, 1000))
def test_nothing_depends_on_the_currency(values: list[float], rate: float) -> None:
    other = [value * rate for value in values]
    assert share_top(other, 0.2) == pytest.approx(share_top(values, 0.2))
    assert gini(other) == pytest.approx(gini(values), abs=1e-9)


@pytest.mark.parametrize("values", [[], [1], [0, 0], [5, -1]])
def test_of_nothing_nothing_is_said(values: list[float]) -> None:
    assert concentration(values) is None


def test_of_few_customers_no_verdict_is_given() -> None:
    found = concentration(TEN)
    assert found is not None
    assert found.verdict == "undetermined"
    assert found.top_interval[0] < 0.8 < found.top_interval[1]
    assert found == concentration(TEN[::-1]), "the order of the rows counts for nothing"


def test_of_few_customers_not_even_equal_ones_settle_it() -> None:
    few, many = concentration([10.0] * 10), concentration([10.0] * 30)
    assert few is not None
    assert many is not None
    assert few.top_interval == pytest.approx((0.2, 0.2))
    assert (few.verdict, many.verdict) == ("undetermined", "fails")


def test_the_verdict_goes_by_the_interval() -> None:
    even = concentration([100 + it for it in range(200)], draws=200)
    steep = concentration([10_000 if it < 20 else 1 for it in range(200)], draws=200)
    assert even is not None
    assert steep is not None
    assert (even.verdict, steep.verdict) == ("fails", "holds")
    assert even.top_interval[1] < 0.3
    assert steep.gini_interval[0] > 0.7


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Of an exponential law a fifth of the customers has 0.2 (1 + ln 5), and Gini is a half."""
    luck, truth, shares, ginis = random.Random(11), 0.2 * (1 + log(5)), 0, 0
    for _ in range(60):
        found = concentration([luck.expovariate(1) for _ in range(200)], draws=250)
        assert found is not None
        shares += found.top_interval[0] <= truth <= found.top_interval[1]
        ginis += found.gini_interval[0] <= 0.5 <= found.gini_interval[1]
    assert min(shares, ginis) >= 51
