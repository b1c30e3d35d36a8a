"""Points: by hand, and against customers who collect and spend them."""

from __future__ import annotations

import pytest

from blueprint.analysis.points import told
from blueprint.model.customers import Points

WRITTEN = {
    "value": "0.01 EUR",
    "redeemed": 0.6,
    "outstanding": 1_000_000,
    "tiers": {
        "basic": {"spend": "200 EUR", "visits": 10, "earn": 1},
        "gold": {"spend": "900 EUR", "visits": 20, "earn": 2, "members": 50},
    },
    "rewards": {"cup": {"title": "A cup", "points": 250}},
}


def page(members=None, **parts):
    found = told(Points.model_validate(WRITTEN | parts), members)
    assert found is not None
    return found


def test_by_hand() -> None:
    found = page({"basic": 400})
    assert found["liability"] == pytest.approx(6_000)
    gold = found["tiers"]["gold"]
    assert (gold["points"], gold["cost"], gold["cost_of_all"]) == (
        1800,
        pytest.approx(10.8),
        pytest.approx(540),
    )
    assert found["yearly_cost"] == pytest.approx(540 + 400 * 200 * 0.6 * 0.01)
    assert [found["tiers"][it]["rebate"] for it in ("basic", "gold")] == pytest.approx([0.006, 0.012])
    assert found["rising"]


@pytest.mark.parametrize(
    ("spend", "visits", "earn", "price"),
    [(200, 10, 1, 250), (200, 10, 1, 240), (90, 3, 2, 60), (1, 7, 1, 5)],
)
def test_visits_are_those_of_somebody_who_collects(spend: int, visits: int, earn: int, price: int) -> None:
    tiers = {"one": {"spend": f"{spend} EUR", "visits": visits, "earn": earn}}
    found = page(tiers=tiers, rewards={"cup": {"title": "A cup", "points": price}})
    saved = came = 0
    while saved * earn < price * visits:  # in whole numbers: points · visits
        came, saved = came + 1, saved + spend
    assert found["tiers"]["one"]["visits_to_reward"] == {"cup": came}


def test_what_is_not_known_is_null() -> None:
    found = page(outstanding=None)
    assert found["liability"] is None
    assert found["yearly_cost"] is None  # nobody says how many are basic
    tiers = {"one": {"spend": "5 EUR", "earn": 0, "visits": 2}, "two": {"spend": "5 EUR", "earn": 1}}
    found = page(tiers=tiers)
    assert found["tiers"]["one"]["visits_to_reward"] == {"cup": None}
    assert found["tiers"]["two"]["visits_to_reward"] == {"cup": None}
    mixed = page(value="0.01 USD")
    assert mixed["tiers"] == {}
    assert mixed["reason"].zh


def test_none_without_a_scheme() -> None:
    assert told(None) is None
