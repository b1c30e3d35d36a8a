from __future__ import annotations

import json

import pytest

from blueprint.analysis.customers import told
from blueprint.source.standards import builtin_standards


def test_a_journey_that_says_nothing_of_its_customers(make_journey) -> None:
    assert told(make_journey({"a": {"kinds": ["first"]}}, persona=["ann", {"persona": "ben"}])) is None


def test_what_is_told_of_customers(make_journey) -> None:
    journey = make_journey(
        {"a": {"kinds": ["first"]}},
        persona=[{"persona": "ann", "churn": {"csat": 1.0, "nps": 3}, "rfm": {"scores": [1, 2, 5]}}],
        customers={
            "revenue": [500, 300, 50, 40, 30, 25, 20, 15, 12, 8],
            "tiers": {"gold": 3, "basic": 7},
            "capacity": {"gold": 2},
            "lifecycle": {
                "discount": 0.9,
                "states": {"active": {"margin": "100 EUR", "next": {"active": 0.8}}},
            },
        },
    )
    found = told(journey)
    assert found is not None
    assert found["concentration"]["top_share"] == pytest.approx(0.8)
    assert found["concentration"]["verdict"] == "undetermined"
    assert found["overbooked"] == {"gold": 1}
    assert found["lifetime"]["value"] == pytest.approx(100 / 0.28)
    assert (found["lifetime"]["currency"], found["lifetime"]["expected"]) == ("EUR", pytest.approx(5))
    assert found["personas"]["ann"] == {
        "scores": [1, 2, 5], "signs": ["csat", "nps"], "unknown": ["recency", "frequency", "complaint"],
        "churn": [0.4, 1.0], "at_risk": True,
    }  # fmt: skip
    json.dumps(found, allow_nan=False)


def test_what_cannot_be_computed_has_a_reason(make_journey) -> None:
    states = {"a": {"next": {"b": 1.0}}, "b": {"next": {"a": 1.0}}}
    customers = {"revenue": [5, -3], "lifecycle": {"states": states}}
    found = told(make_journey({"a": {"kinds": ["first"]}}, customers=customers))
    assert found is not None
    assert found["concentration"] is None
    assert "never out" in found["lifetime"]["reason"].en


def test_a_table_of_customers_is_scored_and_sorted(make_journey) -> None:
    customers = {"data": "data/customers.csv", "segmentation": "rfm-champions"}
    journey = make_journey({"a": {"kinds": ["first"]}}, customers=customers)
    columns = {
        "recency": [str(20 - it) for it in range(20)],
        "frequency": [str(it) for it in range(20)],
        "monetary": [*(str(100 * it) for it in range(19)), ""],
    }
    found = told(journey, {"data/customers.csv": columns}, builtin_standards())
    assert found is not None
    assert (found["table"]["scored"], found["table"]["incomplete"]) == (19, 1)
    assert sum(found["table"]["segments"].values()) == 19
    assert found["concentration"]["n"] == 19


def test_a_table_that_cannot_be_used_has_a_reason(make_journey) -> None:
    journey = make_journey({"a": {"kinds": ["first"]}}, customers={"data": "c.csv"})
    missing, unfit = told(journey), told(journey, {"c.csv": {"recency": ["soon"]}})
    assert missing is not None
    assert unfit is not None
    assert missing["table"]["reason"].en == "the table could not be read"
    assert "row 1 of column recency is 'soon'" in unfit["table"]["reason"].en


def test_tiers_follow_points_up_at_once_and_down_after_patience(make_journey) -> None:
    limits = {"basic": 0, "silver": 100, "gold": 300}
    points = {"wen": [350, 120, 310, 120, 90, 90], "li": [10, 320]}
    customers = {"tier_limits": limits, "tier_points": points}
    found = told(make_journey({"a": {"kinds": "first"}}, customers=customers))
    assert found is not None
    held = {name: [place["tier"] for place in places] for name, places in found["tier_history"].items()}
    assert held["wen"] == ["gold", "gold", "gold", "gold", "silver", "silver"]
    assert held["li"] == ["basic", "gold"]
    assert [place["warned"] for place in found["tier_history"]["wen"]] == [0, 1, 0, 1, 0, 1]
    at_once = told(make_journey({"a": {"kinds": "first"}}, customers={**customers, "patience": 1}))
    assert at_once is not None
    assert [place["tier"] for place in at_once["tier_history"]["wen"]][1] == "silver"
