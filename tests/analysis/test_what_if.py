"""Questions put to the figures: by hand, by profit, and never unasked."""

from __future__ import annotations

import pytest

from blueprint.analysis.what_if import break_even_lost, told
from blueprint.model.market import Market
from blueprint.model.values import Money
from blueprint.source.standards import builtin_standards

VALUE = Money(amount=300, currency="EUR")


def asked(value=VALUE, lost=120.0, **what_if):
    market = Market.model_validate({"customers": 20_000, "acquisition": 5, "what_if": what_if})
    page = told(market, value, lost, builtin_standards())
    assert page is not None
    return page


def test_a_premium_breaks_even_where_the_profit_is_the_same() -> None:
    # Nagle: a price up by 5 % at a margin of 45 % pays while no more than 10 % of the sales are lost.
    assert break_even_lost(0.05, 0.45) == pytest.approx(0.10)
    for rise in (0.02, 0.2, 0.5):
        for margin in (0.1, 0.4, 1.0):
            kept = 1 - break_even_lost(rise, margin)
            assert kept * (margin + rise) == pytest.approx(margin)


@pytest.mark.parametrize(("rise", "margin"), [(0, 0.4), (-0.1, 0.4), (0.1, 0), (0.1, 1.2)])
def test_a_premium_needs_a_rise_and_a_margin(rise: float, margin: float) -> None:
    with pytest.raises(ValueError, match="margin"):
        break_even_lost(rise, margin)


def test_customers_of_high_value_by_hand() -> None:
    found = asked(vips=10, vip_factor=[5, 7, 10])["vip_loss"]
    assert (found["money"], found["money_range"]) == (21_000, [15_000, 30_000])
    assert found["claim"] == {"id": "c04", "source": "S000", "verified": False}


def test_keeping_against_winning_by_hand() -> None:
    found = asked(keeping="12 EUR", retention=0.01)["replacement"]
    assert found["per_customer"] == 60
    assert found["for_the_lost"] == 120 * 60
    assert (found["kept"], found["kept_worth"], found["winning_as_many"]) == (200, 60_000, 12_000)
    assert found["claim"]["id"] == "c16"


def test_satisfaction_and_revenue_by_corners() -> None:
    found = asked(satisfaction=[-1, 1, 2], elasticity=[0, 0.5, 2.3])["revenue"]
    assert found["share"] == pytest.approx(0.005)
    assert found["share_range"] == pytest.approx([-0.023, 0.046])
    assert found["money_range"] == pytest.approx([-0.023 * 6e6, 0.046 * 6e6])


def test_nothing_is_computed_unasked() -> None:
    assert told(Market(acquisition=5), VALUE, 120.0, builtin_standards()) is None
    page = asked()
    assert [page[key] for key in ("vip_loss", "replacement", "premium", "revenue")] == [None] * 4
    assert asked(vips=10)["vip_loss"] is None  # no factor is taken from the sources
    assert asked(premium=0.2)["premium"] is None
    assert asked(value=None, vips=10, vip_factor=5)["vip_loss"] is None
