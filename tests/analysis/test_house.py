from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from blueprint.analysis import delights, house, known_cases, need_ladder
from blueprint.analysis.house import COUNTS, as_taught, gates, reached, reversals, shut_gates
from blueprint.model.customers import Customers
from blueprint.model.people import Policy, ServicePhase
from blueprint.source.standards import builtin_standards

READY: dict[str, Any] = {
    "owner": "Claims",
    "persona": [{"persona": "p"}],
    "budgets": {"completion": ">= 80%"},
    "reviewed": "2026-01-01",
    "metrics": [{"metric": "CSAT", "value": "90%", "n": 40}],
}
POINT = {"owner": "Desk", "time": {"standard": "1m"}}
POINTS = {
    "a": {**POINT, "kinds": ["first"], "needs": [{"need": "Money"}]},
    "b": {**POINT, "kinds": ["complaint"], "script": {"lines": [{"agent": "Yes"}]}},
    "c": {**POINT, "kinds": ["end"]},
}


def test_a_journey_with_everything_written_is_in_operation(make_journey) -> None:
    assert reached(make_journey(POINTS, **READY)) == "operation"


@pytest.mark.parametrize(
    ("without", "point", "phase", "lacking"),
    [
        ("owner", None, None, {"strategy": ("owner",)}),
        ("persona", None, None, {"strategy": ("persona",)}),
        ("budgets", None, None, {"strategy": ("budgets",)}),
        ("needs", "a", "strategy", {"design": ("needs",)}),
        ("kinds", "c", "strategy", {"design": ("end",)}),
        ("owner", "b", "design", {"transition": ("touchpoint-owners",)}),
        ("time", "c", "design", {"transition": ("times",)}),
        ("script", "b", "design", {"transition": ("complaint-scripts",)}),
        ("metrics", None, "transition", {"operation": ("measured",)}),
        ("reviewed", None, "transition", {"operation": ("reviewed",)}),
    ],
)
def test_each_condition_shuts_its_own_gate(
    make_journey, without: str, point: str | None, phase: str | None, lacking: dict[str, tuple[str, ...]]
) -> None:
    points = {
        name: {k: v for k, v in it.items() if (name, k) != (point, without)} for name, it in POINTS.items()
    }
    fields = {key: value for key, value in READY.items() if point or key != without}
    journey = make_journey(points, **fields)
    assert reached(journey) == phase
    assert {gate: it for gate, it in gates(journey).items() if it} == lacking


def test_only_gates_up_to_the_phase_said_are_asked_for(make_journey) -> None:
    bare = {"a": {}}
    assert shut_gates(make_journey(bare)) == {}
    for at, phase in enumerate(get_args(ServicePhase)):
        journey = make_journey(bare, governance={"phase": phase})
        assert list(shut_gates(journey)) == list(get_args(ServicePhase))[: at + 1]


@pytest.mark.parametrize(
    ("group", "policy", "kept"),
    [
        ("high-value", {"within": "24h"}, True),
        ("high-value", {"within": "24h 1m"}, False),
        ("high-value", {"contact": "A manager"}, None),
        ("mass", {"automated": "80%"}, True),
        ("mass", {"automated": "79%"}, False),
        ("mass", {"within": "1h"}, None),
        ("potential", {"within": "90d"}, None),
        ("churning", {"automated": "1%"}, None),
    ],
)
def test_a_policy_keeps_the_figure_the_source_names(
    group: Any, policy: dict[str, Any], kept: bool | None
) -> None:
    assert as_taught(group, Policy.model_validate(policy)) is kept


def test_what_a_lower_tier_has_the_higher_one_keeps() -> None:
    customers = Customers.model_validate(
        {
            "tiers": {"silver": 3, "gold": 2, "black": 1},
            "entitlements": {"silver": ["package", "partners"], "gold": "package", "top": ["manager"]},
        }
    )
    assert [(it.lower, it.higher, it.item) for it in reversals(customers)] == [
        ("silver", "gold", "partners"),
        ("gold", "top", "package"),
    ]
    assert house.bare_tiers(customers) == ("black",)


def test_the_form_of_a_summary_is_its_counts() -> None:
    assert {form: tuple(map(int, form.split("-"))) for form in COUNTS} == COUNTS


def test_deliverables_count_what_is_written(make_journey) -> None:
    points = {
        "a": {
            "kinds": ["first"],
            "level": "good",
            "needs": [{"need": "x", "kano": "must-be"}, {"need": "y"}],
            "time": {"tolerance": "5m"},
        },
        "b": {
            "needs": [
                {"need": "z", "kano": "attractive"},
                {"need": "w", "kano": "must-be", "level": "personal"},
            ],
            "promises": [{"promise": "p", "due": "1h"}],
            "script": {"lines": [{"agent": "Yes"}]},
            "quality": {"empathy": {"expected": 6, "perceived": 5}, "reliability": {"expected": 6}},
        },
    }
    assert house.deliverables(make_journey(points)) == {
        "strategy": 2,
        "touchpoints": 1,
        "standards": 2,
        "scripts": 1,
        "gaps": 1,
    }


def test_what_is_told_of_a_house_is_plain_data(make_journey) -> None:
    journey = make_journey(
        {"a": {}},
        governance={"phase": "design"},
        culture={"drive": {"score": 4}, "difficulty": {"score": 2}},
        lessons={"form": "3-2-1", "learned": ["a", "b", "c"], "ideas": ["d", "e"], "actions": ["f"]},
        cases=["c30", "nowhere"],
        customers={
            "policies": {"mass": {"automated": 0.5}},
            "entitlements": {"gold": []},
            "tiers": {"gold": 1},
        },
    )
    page = house.told(journey, builtin_standards())
    json.dumps(page, allow_nan=False)
    assert page["governance"]["reached"] is None
    assert page["culture"] == {
        "scores": {"drive": 4, "difficulty": 2},
        "missing": ["direction"],
        "weakest": "difficulty",
    }
    assert page["lessons"] == {"form": "3-2-1", "counts": [3, 2, 1], "whole": True}
    assert [case["claim"] for case in page["cases"]] == ["c30"]
    assert page["policies"]["as_taught"] == {"mass": False}
    assert page["entitlements"]["bare"] == []
    empty = house.told(make_journey({"a": {}}), builtin_standards())
    assert {key for key, value in empty.items() if value is not None} == {"deliverables"}


def needs(*written: tuple[str | None, bool | None]) -> dict[str, Any]:
    return {
        "needs": [
            {
                "need": str(at),
                **({"level": level} if level else {}),
                **({} if met is None else {"met": met}),
            }
            for at, (level, met) in enumerate(written)
        ]
    }


@pytest.mark.parametrize(
    ("written", "rung", "skipped"),
    [
        ([("standard", True), ("personal", True), ("added-value", True)], "added-value", []),
        ([("standard", True), ("personal", None), ("added-value", True)], "standard", []),
        ([("standard", False), ("added-value", True)], None, [(1, 0)]),
        ([("added-value", True), ("personal", False), ("standard", False)], None, [(0, 2)]),
        ([("added-value", True)], "added-value", []),
        ([("standard", True), ("standard", False), ("personal", True)], None, [(2, 1)]),
        ([(None, False), ("personal", True)], "personal", []),
        ([("personal", True), ("personal", False)], None, []),
    ],
)
def test_the_ladder_is_climbed_from_below(
    make_journey,
    written: list[tuple[str | None, bool | None]],
    rung: str | None,
    skipped: list[tuple[int, int]],
) -> None:
    point = make_journey({"a": needs(*written)}).touchpoints["a"]
    assert need_ladder.reached(point) == rung
    assert [(it.met, it.unmet) for it in need_ladder.skipped(point)] == skipped


def test_the_ladder_is_told_only_where_a_need_stands_on_it(make_journey) -> None:
    assert need_ladder.told(make_journey({"a": needs((None, True))})) is None
    page = need_ladder.told(make_journey({"a": needs(("standard", False), ("personal", True)), "b": {}}))
    assert page == {
        "count": {"standard": 1, "personal": 1, "added-value": 0},
        "reached": {"a": None},
        "skipped": [{"touchpoint": "a", "met": 1, "unmet": 0}],
    }


def test_a_surprise_wears_off_by_how_often_it_is_met(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"delight": {"what": "A card"}},
            "b": {"delight": {"what": "A drink", "share": "40%"}},
            "c": {"delight": {"what": "A call", "again": "90d"}},
            "d": {},
        }
    )
    visits = {"a": 1.0, "b": 3.0, "c": 1.0, "d": 1.0}
    found = {it.touchpoint: (it.per_journey, it.kept, it.worn) for it in delights.delights(journey, visits)}
    assert found == {
        "a": (1.0, False, False),
        "b": (pytest.approx(1.2), True, True),
        "c": (1.0, True, False),
    }
    assert delights.told(make_journey({"a": {}}), {}) is None


def test_cases_are_known_by_type_and_number(make_journey) -> None:
    complaint = {"cases": {"late": 12, "broken": 5, "rude": 9, "none": 0}, "knowledge": {"late": "KB-1"}}
    journey = make_journey({"a": {"complaint": complaint}, "b": {"complaint": {"cases": {"late": 90}}}})
    (found,) = known_cases.known_cases(journey)
    assert (found.cases, found.written, found.unwritten) == (26, 12, ("rude", "broken"))
    page = known_cases.told(journey)
    assert page is not None
    assert page["share"] == pytest.approx(12 / 26)
    assert known_cases.told(make_journey({"a": {"complaint": {"cases": {"late": 90}}}})) is None
    without = known_cases.told(make_journey({"a": {"complaint": {"knowledge": {"late": "KB-1"}}}}))
    assert without is not None
    assert without["share"] is None
