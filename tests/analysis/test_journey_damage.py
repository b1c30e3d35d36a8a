"""Market damage of journeys: J1 by hand, problems simulated, what is missing named."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from blueprint.analysis.chain import chain_of
from blueprint.analysis.damage import Inputs, damage
from blueprint.analysis.damage_told import told
from blueprint.analysis.journey_damage import (
    any_problem,
    journey_damage,
    market_damage,
)
from blueprint.analysis.market_inputs import IncompleteMarketError
from blueprint.model.journey import Journey
from blueprint.model.playbook import Playbook
from blueprint.model.standards import standards_of

LOYALTY = {"untroubled": 0.85, "satisfied": 0.82, "mollified": 0.54, "dissatisfied": 0.19, "silent": 0.09}
MARKET = {
    "customers": 10_000,
    "value": "1000 CNY",
    "problems": 0.40,
    "complaints": 0.25,
    "satisfied": 0.40,
    "mollified": 0.35,
    "dissatisfied": 0.25,
    "loyalty": LOYALTY,
}
HEARD = ("satisfied", "mollified", "dissatisfied", "silent", "lost", "won")
TWO = {
    "a": {"next": {"b": 0.75, "a": 0.25}, "kinds": ["first"], "problems": {"rate": 0.1}},
    "b": {
        "problems": {"rate": [0.05, 0.2, 0.3], "complaints": 0.5, "satisfied": 0.7, "mollified": 0.2},
        "complaint": {"cases": {"late": 30, "rude": 6}},
    },
}


@pytest.fixture
def make(make_journey):
    def with_market(points: dict[str, Any] = TWO, market: Any = MARKET, **fields: Any) -> Journey:
        return make_journey(points, **({"market": market} if market is not None else {}), **fields)

    return with_market


def test_market_a_from_a_document(make) -> None:
    found = market_damage(make())
    assert found.found == damage(
        Inputs(10_000, 1000, 0.4, 0.25, 0.4, 0.35, 0.25, 0.85, 0.82, 0.54, 0.19, 0.09)
    )
    assert found.found.money == pytest.approx(2_565_500)
    assert found.money_range == (found.found.money,) * 2
    assert found.currency == "CNY"
    assert found.break_even == pytest.approx(63)
    assert {s.name: round(s.lost, 2) for s in found.scenarios}["more-complaints"] == 2975.7
    # 36 complaints, of whom a quarter speak up
    assert found.counted == 36
    assert found.iceberg is not None
    assert found.iceberg.unhappy == pytest.approx((144, 144))


def test_touchpoints_by_hand(make) -> None:
    visits = {"a": 4 / 3, "b": 1.0}
    found = journey_damage(make(traffic={"journeys": 3000, "per": "year"}), visits)
    by_name = {it.touchpoint: it for it in found.touchpoints}
    complained_a = 0.40 * 0.82 + 0.35 * 0.54 + 0.25 * 0.19
    per_a = 0.75 * (0.85 - 0.09) + 0.25 * (0.85 - complained_a)
    assert by_name["a"].found.money == pytest.approx(3000 * 4 / 3 * 0.1 * per_a * 1000)
    complained_b = 0.70 * 0.82 + 0.20 * 0.54 + 0.10 * 0.19
    per_b = 0.5 * (0.85 - 0.09) + 0.5 * (0.85 - complained_b)
    assert by_name["b"].found.money == pytest.approx(3000 * 0.2 * per_b * 1000)
    assert by_name["b"].money_range == pytest.approx(
        (3000 * 0.05 * per_b * 1000, 3000 * 0.3 * per_b * 1000)
    )
    assert [it.touchpoint for it in found.touchpoints] == ["b", "a"]
    assert by_name["a"].not_told_apart == ("b",), "its figure lies within the range of b"
    assert found.money == pytest.approx(sum(it.found.money for it in found.touchpoints))
    slopes = {lever.name: lever.money for lever in by_name["b"].levers}
    assert slopes["problems"] == pytest.approx(3000 * per_b * 1000)
    assert slopes["complaints"] == pytest.approx(3000 * 0.2 * (0.09 - complained_b) * 1000)
    assert slopes["to_satisfied"] == pytest.approx(-3000 * 0.2 * 0.5 * (0.82 - 0.19) * 1000)


def test_share_of_journeys_with_a_problem_is_that_of_simulated_ones(j1: Journey) -> None:
    chain = chain_of(j1)
    rates = dict(zip(chain.names, (0.05, 0.2, 0.9, 0.1, 0.02), strict=True))
    luck, hit, n = random.Random(4), 0, 100_000
    for _ in range(n):
        state: int | None = 0
        met = False
        while state is not None and not met:
            met = luck.random() < rates[chain.names[state]]
            ways = [*chain.q[state].items(), (None, chain.leave[state])]
            state = luck.choices([to for to, _ in ways], [share for _, share in ways])[0]
        hit += met
    assert any_problem(chain, rates) == pytest.approx(hit / n, abs=0.006)
    assert any_problem(chain, {}) == 0
    assert any_problem(chain, {chain.names[0]: 1.0}) == pytest.approx(1)


def test_the_third_share_of_complainants_follows_from_two(make) -> None:
    two = {k: v for k, v in MARKET.items() if k != "mollified"}
    assert market_damage(make(market=two)).found == market_damage(make()).found
    spread = market_damage(make(market={**two, "satisfied": [0.3, 0.4, 0.6]}))
    assert spread.inputs.spans["mollified"] == pytest.approx((0.15, 0.35, 0.45))
    low, high = spread.money_range
    assert low < spread.found.money < high
    assert [swing.name for swing in spread.swings] == ["handling"]


def test_the_paradox_must_be_asked_for(make) -> None:
    keen = {**MARKET, "loyalty": {**LOYALTY, "satisfied": 0.95}}
    capped, believed = (
        market_damage(make(market=keen)),
        market_damage(make(market={**keen, "paradox": True})),
    )
    assert capped.ordering.satisfied_above_untroubled
    assert capped.found.lost_satisfied == pytest.approx(1000 * 0.4 * 0.15)
    assert believed.found.lost_satisfied == pytest.approx(1000 * 0.4 * 0.05)


def test_customers_and_value_come_from_the_traffic(make) -> None:
    bare = {k: v for k, v in MARKET.items() if k not in ("customers", "value")}
    found = market_damage(make(market=bare, traffic={"journeys": 500, "value": "20 EUR"}))
    assert (found.inputs.customers, found.inputs.value, found.currency) == (500, 20, "EUR")


def test_what_is_left_out_is_taken_from_parameters(make) -> None:
    bare = {
        k: v for k, v in MARKET.items() if k not in ("loyalty", "satisfied", "mollified", "dissatisfied")
    }
    parameters = {f"loyalty_{k}": v for k, v in LOYALTY.items()} | {
        "satisfied": 0.4, "mollified": 0.35, "dissatisfied": 0.25, "complaints": 0.9, "horizon": 5.0,
    }  # fmt: skip
    assert market_damage(make(market=bare), parameters).found == market_damage(make()).found


def test_what_is_said_nowhere_is_named(make) -> None:
    half = {"problems": 0.4, "satisfied": 0.4, "loyalty": {"untroubled": 0.9}}
    with pytest.raises(IncompleteMarketError) as caught:
        market_damage(make(market=half))
    assert str(caught.value) == (
        "nothing says `market.customers` or `traffic.journeys`, `market.value` or `traffic.value`, "
        "`market.complaints`, `market.mollified` or `market.dissatisfied`, `market.loyalty.satisfied`, "
        "`market.loyalty.mollified`, `market.loyalty.dissatisfied`, `market.loyalty.silent`"
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"satisfied": 0.5}, "sum to 1.1"),
        ({"problems": 1.4}, "problems: 1.4"),
        ({"loyalty": {**LOYALTY, "silent": [0.1, 0.2, 1.3]}}, "loyalty_silent"),
        ({"word_of_mouth": dict.fromkeys(HEARD, 2)}, "word of mouth"),
    ],
)
def test_what_cannot_be_is_a_reason_not_a_number(make, change, reason) -> None:
    page = told(make(market={**MARKET, **change}), {"a": 1, "b": 1})
    assert page is not None
    assert page["market"] is None
    assert reason in page["reasons"][0].en


def test_word_of_mouth_in_its_own_currency(make) -> None:
    heard = {"satisfied": 5, "mollified": 2, "dissatisfied": 9, "silent": 4, "lost": "2%", "won": "1%"}
    page = told(make(market={**MARKET, "word_of_mouth": {**heard, "value": "800 EUR"}}), {})
    assert page is not None
    assert page["market"]["word_of_mouth"]["prospects_lost"] == pytest.approx(279)
    assert page["market"]["word_of_mouth"]["currency"] == "EUR"
    del heard["won"]
    half = told(make(market={**MARKET, "word_of_mouth": heard}), {})
    assert half["market"]["word_of_mouth"] is None


def test_parameters_of_a_playbook_are_named_with_their_source(make) -> None:
    ours = {
        "title": "TARP, losses above 100 dollars", "source": "Fast Company 2003", "verified": True,
        "model": "damage", "values": {f"loyalty_{k}": v for k, v in LOYALTY.items()},
    }  # fmt: skip
    standards = standards_of([Playbook.model_validate({"playbook": "ours", "parameters": {"tarp": ours}})])
    bare = {**{k: v for k, v in MARKET.items() if k != "loyalty"}, "parameters": "tarp"}
    page = told(make(market=bare), {"a": 1, "b": 1}, standards)
    assert page["market"]["money"] == pytest.approx(2_565_500)
    assert page["parameters"] == {"id": "tarp", "source": "Fast Company 2003", "verified": True}
    assert told(make(market=bare), {"a": 1, "b": 1})["market"] is None


def test_nothing_written_nothing_told(make_journey) -> None:
    assert told(make_journey({"a": {}}), {"a": 1}) is None


def test_told_is_plain_data_without_nan(make) -> None:
    page = told(make(traffic={"journeys": 3000}), {"a": 4 / 3, "b": 1.0})
    json.dumps(page, allow_nan=False)
    assert page["reasons"] == []
    assert [it["touchpoint"] for it in page["touchpoints"]["ranked"]] == ["b", "a"]
    assert page["touchpoints"]["any_problem"] == pytest.approx(1 - (0.9 * 0.75 / (1 - 0.9 * 0.25)) * 0.8)


def test_what_nobody_visits_costs_nothing(make) -> None:
    found = journey_damage(make(), {"a": 0.0, "b": 0.0})
    assert found.money == 0
