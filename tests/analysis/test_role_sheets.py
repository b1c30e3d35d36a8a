from __future__ import annotations

import json
from typing import Any

import pytest

from blueprint.analysis.coverage import role_coverage, told_roles
from blueprint.analysis.role_sheets import (
    emergencies,
    gaps,
    hard_contacts,
    inner_customers,
    plan_faults,
    standard_met,
    told,
)
from blueprint.model.journey import Journey, Traffic
from blueprint.model.people import Plan, Standard
from blueprint.model.service import Actor, ServiceBlueprint
from blueprint.source.standards import builtin_standards


def blueprint(actors: dict[str, dict[str, Any]], steps: list[dict[str, Any]]) -> ServiceBlueprint:
    written = [{"id": f"s{at}", "does": "Works", **step} for at, step in enumerate(steps, 1)]
    return ServiceBlueprint.model_validate(
        {"blueprint": "b", "journey": "j1", "actors": actors, "steps": written}
    )


@pytest.mark.parametrize(
    ("written", "met"),
    [
        ({"value": 0.9, "target": 0.9}, True),
        ({"value": "85%", "target": "90%"}, False),
        ({"value": 13, "target": 15, "better": "lower"}, True),
        ({"value": 16, "target": 15, "better": "lower"}, False),
        ({"value": 16}, None),
        ({"target": 16}, None),
    ],
)
def test_a_standard_keeps_its_target(written: dict[str, Any], met: bool | None) -> None:
    assert standard_met(Standard.model_validate(written)) is met


def test_gaps_of_competence_are_what_is_short_and_known() -> None:
    actor = Actor.model_validate(
        {
            "zone": "frontstage",
            "competence": {"a": {"needed": 4, "has": 1}, "b": {"needed": 2, "has": 5}, "c": {"needed": 3}},
        }
    )
    assert gaps(actor) == {"a": 3}


def test_a_plan_is_held_against_seventy_twenty_ten_and_three_reviews() -> None:
    goals = [{"after": after, "goal": "x"} for after in ("30d", "8w", "90d")]
    plan = Plan.model_validate({"work": "70%", "others": 0.3, "goals": goals})
    assert plan_faults(plan) == ({"others": 0.3}, (60,))
    whole = {"work": "70%", "others": "20%", "courses": "10%"}
    taught = Plan.model_validate(
        {**whole, "goals": [{"after": f"{d}d", "goal": "x"} for d in (90, 30, 60, 180)]}
    )
    assert plan_faults(taught) == ({}, ())


def test_hard_contacts_are_meetings_at_complaints_by_shift(j1: Journey) -> None:
    """J1 of domain 1.6 visits its complaint C .257143 times: that figure, times traffic, by shifts."""
    complaint = next(name for name, point in j1.touchpoints.items() if "complaint" in point.kinds)
    journey = j1.model_copy(update={"traffic": Traffic(journeys=7000.0)})
    actors = {
        "agent": {
            "zone": "frontstage",
            "people": 2,
            "capacity": "900h",
            "shift": "9h",
            "relief": {"after": 4},
        },
        "clerk": {"zone": "backstage", "people": 1, "capacity": "900h", "shift": "9h"},
        "app": {"zone": "frontstage", "technology": True},
        "host": {"zone": "frontstage", "shift": "9h"},
    }
    steps = [
        {"at": complaint, "actor": "agent"},
        {"at": complaint, "actor": "agent"},
        {"at": complaint, "actor": "clerk"},
        {"at": complaint, "actor": "app"},
        {"at": "e", "actor": "host"},
    ]
    found = hard_contacts(blueprint(actors, steps), journey)
    assert list(found) == ["agent"], "neither machines nor people whom no upset customer meets"
    met = found["agent"]
    assert met.per_journey == pytest.approx(0.257143, abs=1e-6)
    # two people have 200 shifts of nine hours; 1800 contacts are nine in each: two breaks after four
    assert met.per_period == pytest.approx(1800, abs=0.01)
    assert met.per_shift == pytest.approx(9, abs=1e-4)
    assert met.breaks == 2
    assert hard_contacts(blueprint(actors, steps), j1)["agent"].per_shift is None
    assert hard_contacts(blueprint(actors, steps), None) == {}


def test_an_urgent_complaint_needs_an_owner_and_somebody_else(make_journey) -> None:
    urgent = {"kinds": ["complaint"], "complaint": {"priority": "P1", "escalation": ["Boss"]}}
    journey = make_journey(
        {"a": {**urgent, "owner": "Claims"}, "b": urgent, "c": {"complaint": {"priority": "P2"}}}
    )
    one = {"agent": {"zone": "frontstage"}}
    for actors, provided in (
        (one, [False, False]),
        ({"agent": {"zone": "frontstage", "people": 3}}, [True, False]),
        ({"agent": {"zone": "frontstage", "stand_in": "boss"}}, [True, False]),
    ):
        found = emergencies(blueprint(actors, [{"at": name, "actor": "agent"} for name in "abc"]), journey)
        assert [it.touchpoint for it in found] == ["a", "b"]
        assert [it.provided for it in found] == provided
        assert [it.escalation for it in found] == [1, 1]


def test_handovers_that_serve_an_inner_customer_are_counted() -> None:
    actors = {"a": {"zone": "frontstage"}, "b": {"zone": "backstage"}}
    ways = [
        {"s2": {"customer": "process", "needs": ["x"], "confirmed": True}},
        {"s3": {"customer": "rank"}},
        {"s4": {"hands_over": ["x"]}},
        None,
    ]
    steps = [
        {"at": "t", "actor": "ab"[at % 2], **({"next": way} if way else {})} for at, way in enumerate(ways)
    ]
    assert inner_customers(blueprint(actors, steps)) == {
        "handovers": 3,
        "named": 2,
        "by_kind": {"function": 0, "rank": 1, "process": 1, "operation": 0},
        "asked": 1,
        "confirmed": 1,
    }
    assert (
        inner_customers(
            blueprint(actors, [{"at": "t", "actor": "a", "next": "s2"}, {"at": "t", "actor": "b"}])
        )
        is None
    )


def test_roles_are_held_against_lists_of_roles() -> None:
    standards = builtin_standards()
    actors = {
        "a": {
            "zone": "frontstage",
            "standards": {"fast": {}, "own": {}},
            "covers": {"self-control": ["pause"]},
        },
        "b": {"zone": "backstage", "covers": {"five-standards": ["empathy"]}},
        "m": {"zone": "support", "technology": True, "covers": {"five-standards": ["expert"]}},
    }
    made = blueprint(actors, [{"at": "t", "actor": "a"}])
    found = role_coverage("five-standards", standards.coverage["five-standards"], made)
    assert found is not None
    assert found.covered == {"a": ("fast",), "b": ("empathy",)}
    assert found.nowhere == ("expert", "priorities", "promises")
    page = told_roles(made, standards)
    assert page is not None
    assert list(page) == ["five-standards", "self-control"]
    assert role_coverage("trust3", standards.coverage["trust3"], made) is None
    assert (
        told_roles(blueprint({"a": {"zone": "frontstage"}}, [{"at": "t", "actor": "a"}]), standards) is None
    )


def test_what_is_told_is_plain_data_and_nothing_where_no_role_has_a_sheet(make_journey) -> None:
    journey = make_journey({"t": {"kinds": ["complaint"]}}, traffic={"journeys": 10})
    sheet = {
        "zone": "frontstage",
        "standards": {"fast": {"value": 1, "target": 1}},
        "competence": {"law": {"needed": 2}},
        "plan": {"work": 0.5},
        "relief": {"after": 2},
    }
    page = told(blueprint({"a": sheet}, [{"at": "t", "actor": "a"}]), journey, builtin_standards())
    assert page is not None
    json.dumps(page, allow_nan=False)
    role = page["roles"]["a"]
    assert role["standards"] == {
        "met": {"fast": True},
        "lacking": ["expert", "priorities", "empathy", "promises"],
    }
    assert role["competence"] == {"gaps": {}, "unknown": ["law"]}
    assert role["plan"] == {"goals": 0, "not_as_taught": {"work": 0.5}, "reviews_missing": [30, 60, 90]}
    assert role["hard_contacts"]["per_shift"] is None
    assert (
        told(blueprint({"a": {"zone": "frontstage"}}, [{"at": "t", "actor": "a"}]), journey, None) is None
    )
