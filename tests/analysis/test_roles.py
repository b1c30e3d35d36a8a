from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.raci import raci_faults
from blueprint.analysis.requests import completeness
from blueprint.analysis.roles import contacts, handoff_of, loads, told
from blueprint.model.service import HandoffSpec, ServiceBlueprint
from blueprint.model.touchpoint import Request

ACTORS: dict[str, dict[str, Any]] = {
    "agent": {"zone": "frontstage"},
    "lead": {"zone": "frontstage"},
    "clerk": {"zone": "backstage"},
    "app": {"zone": "frontstage", "technology": True},
}


@pytest.fixture
def make_blueprint() -> Callable[..., ServiceBlueprint]:
    def make(steps: list[dict[str, Any]], actors: dict[str, dict[str, Any]] = ACTORS) -> ServiceBlueprint:
        written = [{"id": f"s{at}", "at": "t", "does": "Works", **step} for at, step in enumerate(steps, 1)]
        return ServiceBlueprint.model_validate(
            {"blueprint": "b", "journey": "j", "actors": actors, "steps": written}
        )

    return make


def raci(
    accountable: str | None = None, responsible: list[str] | None = None, **more: Any
) -> dict[str, Any]:
    row = {"accountable": accountable, "responsible": responsible, **more}
    return {"raci": {key: value for key, value in row.items() if value is not None}}


def faults(blueprint: ServiceBlueprint, **options: Any) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(it.fault, it.step, it.actors) for it in raci_faults(blueprint, **options)]


EVERYBODY = {"informed": ["agent", "lead", "clerk"]}


def test_a_row_has_one_accountable_and_somebody_responsible(make_blueprint) -> None:
    steps = [
        {"actor": "agent", **raci("agent", ["agent"], **EVERYBODY)},
        {"actor": "agent", **raci(None, ["agent"])},
        {"actor": "agent", **raci("lead")},
        {"actor": "agent"},
    ]
    assert faults(make_blueprint(steps)) == [("no-accountable", "s2", ()), ("no-responsible", "s3", ())]


def test_a_blueprint_without_raci_has_no_raci_faults(make_blueprint) -> None:
    assert faults(make_blueprint([{"actor": "agent"}])) == []


def test_too_many_cooks(make_blueprint) -> None:
    actors = {f"a{at}": {"zone": "frontstage"} for at in range(5)}
    step = {"actor": "a0", **raci("a0", ["a0", "a1", "a2", "a3"], consulted=["a4", "a0", "a1"])}
    blueprint = make_blueprint([step], actors)
    assert faults(blueprint) == [("crowd", "s1", ("a0", "a1", "a2", "a3"))]
    assert faults(blueprint, crowd=4) == []
    assert [it.field for it in raci_faults(blueprint, crowd=2)] == ["responsible", "consulted"]


def test_roles_without_an_entry_but_not_systems(make_blueprint) -> None:
    step = {"actor": "agent", **raci("agent", ["agent"], consulted=["lead"])}
    assert faults(make_blueprint([step])) == [("no-entry", None, ("clerk",))]


@pytest.mark.parametrize(("owned", "expected"), [(2, []), (3, [("overload", None, ("lead",))])])
def test_a_role_answers_for_too_much(make_blueprint, owned: int, expected: list[Any]) -> None:
    others = ["agent", "clerk", "app"]
    answers = ["lead"] * owned + others[: 5 - owned]
    steps = [{"actor": "agent", **raci(it, ["agent"], **EVERYBODY)} for it in answers]
    assert [it for it in faults(make_blueprint(steps)) if it[0] == "overload"] == expected


def test_of_few_steps_no_share_says_anything(make_blueprint) -> None:
    steps = [{"actor": "agent", **raci(it, ["agent"], **EVERYBODY)} for it in ("lead", "lead", "agent")]
    assert faults(make_blueprint(steps)) == []


def test_who_does_a_visible_step_stands_where_it_is_seen(make_blueprint) -> None:
    steps = [
        {"actor": "agent", **raci("agent", ["clerk"], **EVERYBODY)},
        {"actor": "agent", **raci("agent", ["clerk", "agent"])},
        {"actor": "app", **raci("clerk", ["clerk"])},
        {"actor": "clerk", **raci("clerk", ["agent"])},
    ]
    assert faults(make_blueprint(steps)) == [("other-lane", "s1", ("clerk",))]


@pytest.mark.parametrize(
    ("more", "after", "uninformed"),
    [
        ({}, raci("clerk", ["clerk"]), True),
        ({"informed": ["clerk"]}, raci("clerk", ["clerk"]), False),
        ({"consulted": ["clerk"]}, raci("clerk", ["clerk"]), False),
        ({}, raci("agent", ["clerk"]), False),
        ({"informed": ["app"]}, raci("lead", ["app"]), False),
        ({}, {}, False),
    ],
)
def test_the_next_accountable_hears_of_a_handoff(
    make_blueprint, more: dict[str, Any], after: dict[str, Any], uninformed: bool
) -> None:
    steps = [
        {"actor": "agent", "next": "s2", **raci("agent", ["agent"], **more)},
        {"actor": "clerk", **after},
    ]
    found = [it for it in raci_faults(make_blueprint(steps)) if it.fault == "uninformed"]
    assert [(it.step, it.to) for it in found] == ([("s1", "s2")] if uninformed else [])


def test_one_contact_is_one_and_is_met(make_blueprint) -> None:
    actors = {
        "agent": {"zone": "frontstage", "contact": True},
        "lead": {"zone": "frontstage", "contact": True},
        "clerk": {"zone": "backstage", "contact": True},
    }
    found = faults(make_blueprint([{"actor": "agent"}, {"actor": "clerk"}], actors))
    assert found == [
        ("several-contacts", None, ("agent", "lead", "clerk")),
        ("unseen-contact", None, ("lead",)),
        ("unseen-contact", None, ("clerk",)),
    ]


def test_contacts_are_people_in_the_frontstage(make_blueprint) -> None:
    steps = [{"actor": "agent"}, {"actor": "app"}, {"actor": "lead", "at": "u"}, {"actor": "agent"}]
    assert contacts(make_blueprint(steps)) == {"t": ("agent",), "u": ("lead",)}


def test_load_is_executions_times_standard_time(make_blueprint, make_journey) -> None:
    journey = make_journey(
        {
            "t": {"kinds": ["first"], "next": {"t": 0.5, "u": 0.25, "dropped": 0.25}},
            "u": {"kinds": ["end"]},
        },
        traffic={"journeys": 1000, "per": "month"},
    )
    actors = {
        "agent": {"zone": "frontstage", "people": 2, "capacity": "50h"},
        "clerk": {"zone": "backstage", "capacity": "1h"},
        "lead": {"zone": "support"},
    }
    steps = [
        {"actor": "agent", "time": {"standard": "3m", "wait": "1h"}},
        {"actor": "clerk", "at": "u", "time": {"standard": "1m"}, **raci("lead", ["clerk", "agent"])},
        {"actor": "agent"},
    ]
    agent, clerk = loads(make_blueprint(steps, actors), journey)
    # t is visited 2 times, u 0.5 times
    assert agent.seconds_per_journey == pytest.approx(2 * 180 + 0.5 * 60)
    assert (agent.steps, agent.untimed) == (3, 1)
    assert agent.seconds_per_period == pytest.approx(390_000)
    assert agent.utilisation == pytest.approx(390_000 / (2 * 50 * 3600))
    assert clerk.utilisation == pytest.approx(30_000 / 3600)
    assert [it.actor for it in (agent, clerk)] == ["agent", "clerk"]


def test_load_without_traffic_or_capacity_is_not_made_up(make_blueprint) -> None:
    (load,) = loads(make_blueprint([{"actor": "clerk", "time": {"standard": "1m"}}]))
    assert (load.seconds_per_journey, load.seconds_per_period, load.utilisation) == (60, None, None)


def test_load_agrees_with_a_simulation(make_blueprint, make_journey) -> None:
    journey = make_journey(
        {
            "t": {"kinds": ["first"], "next": {"t": 0.2, "u": 0.5, "dropped": 0.3}},
            "u": {"kinds": ["end"], "next": {"t": 0.4, "done": 0.6}},
        }
    )
    steps = [
        {"actor": "agent", "time": {"standard": "60s"}, "next": {"s2": 0.25, "s3": 0.75}},
        {"actor": "agent", "time": {"standard": "40s"}},
        {"actor": "agent", "time": {"standard": "10s"}},
        {"actor": "agent", "at": "u", "time": {"standard": "7s"}},
    ]
    (load,) = loads(make_blueprint(steps), journey)
    luck, spent, runs = random.Random(3), 0.0, 40_000
    for _ in range(runs):
        at = "t"
        while at in "tu":
            draw = luck.random()
            if at == "t":
                spent += 60 + (40 if luck.random() < 0.25 else 10)
                at = "t" if draw < 0.2 else "u" if draw < 0.7 else "out"
            else:
                spent += 7
                at = "t" if draw < 0.4 else "out"
    assert load.seconds_per_journey == pytest.approx(spent / runs, rel=0.02)


def test_what_is_needed_is_handed_over() -> None:
    spec = HandoffSpec.model_validate(
        {
            "hands_over": ["Order  Number", {"en": "photos", "zh": "照片"}],
            "needs": ["order number", "照片", "history", {"en": "wish", "zh": "诉求"}],
            "within": "5m",
        }
    )
    found = handoff_of("a", "b", spec)
    assert found.payload == pytest.approx(0.5)
    assert [item.root for item in found.missing] == ["history", {"en": "wish", "zh": "诉求"}]
    assert (found.content, found.deadline, found.confirmed, found.complete) == (True, True, False, False)
    assert handoff_of("a", "b", HandoffSpec()).payload is None
    whole = {"hands_over": ["all"], "within": "5m", "confirmed": True}
    assert handoff_of("a", "b", HandoffSpec.model_validate(whole)).complete


FEAST = {
    "what": "70th birthday dinner",
    "why": "three generations together",
    "when": "Saturday 18:00 to 22:00",
    "where": "the garden",
    "who": "15 people",
    "how": "with a car that fetches the grandparents",
    "how_much": "300k CNY",
}


def test_seven_answers_make_a_request() -> None:
    found = completeness(Request.model_validate(FEAST))
    assert (found.score, found.complete) == (1, True)
    chinese = {**FEAST, "when": "周六晚六点到十点", "how_much": "三十万元"}
    assert completeness(Request.model_validate(chinese)).complete


def test_what_a_request_leaves_open() -> None:
    found = completeness(Request.model_validate({"what": "a dinner", "when": "soon", "how_much": "a lot"}))
    assert found.missing == ("why", "where", "who", "how")
    assert found.vague == ("when", "how_much")
    assert found.score == pytest.approx(3 / 7)
    assert not found.complete


def test_what_is_told_of_roles(make_blueprint) -> None:
    steps = [
        {
            "actor": "agent", "next": {"s2": {"hands_over": ["case"], "needs": ["case", "photos"]}},
            **raci(None, ["agent"], **EVERYBODY),
        },
        {"actor": "clerk"},
    ]  # fmt: skip
    found = told(analyse_blueprint(make_blueprint(steps)))
    assert found["raci_steps"] == 1
    assert [it["fault"] for it in found["faults"]] == ["no-accountable"]
    assert found["handovers"] == {
        "count": 1, "content": 1, "deadline": 0, "confirmed": 0, "complete": 0,
        "payloads": [{"from": "s1", "to": "s2", "payload": 0.5, "missing": ["photos"]}],
    }  # fmt: skip
    assert found["loads"]["agent"]["untimed"] == 1
    assert found["contacts"] == {"t": ["agent"]}
