"""A course to keep away from: stages reached and left, by hand and by playing journeys."""

from __future__ import annotations

import random

import pytest

from blueprint.analysis.conflict import told
from blueprint.analysis.journey import analyse_journey
from blueprint.source.standards import builtin_standards

PROTOCOLS = builtin_standards().protocols


def follows(stage: str) -> dict:
    return {"follows": {"escalation-path5": stage}}


POINTS = {
    "start": {"kinds": ["first"], "next": {"hurt": 0.6, "done": 0.4}},
    "hurt": {**follows("trigger"), "next": {"wait": 0.5, "shout": 0.3, "done": 0.2}},
    "wait": {"next": {"hurt": 0.25, "shout": 0.5, "done": 0.25}},
    "shout": {**follows("heat"), "next": {"excuse": 0.7, "dropped": 0.3}},
    "excuse": {**follows("defence"), "next": {"shout": 0.4, "dropped": 0.6}},
}


def test_reached_is_what_happens_when_it_is_played(make_journey) -> None:
    found = told(analyse_journey(make_journey(POINTS)), PROTOCOLS)
    assert found is not None
    stages = found["escalation-path5"]["stages"]
    luck, times = random.Random(5), 20_000
    seen = dict.fromkeys(POINTS, 0)
    for _ in range(times):
        at, met = "start", set()
        while at in POINTS:
            met.add(at)
            ways = POINTS[at]["next"]
            at = luck.choices(list(ways), weights=list(ways.values()))[0]
        for name in met:
            seen[name] += 1
    for stage, name in (("trigger", "hurt"), ("heat", "shout"), ("defence", "excuse")):
        assert stages[stage]["reached"] == pytest.approx(seen[name] / times, abs=0.012)


def test_exits_and_ends_by_hand(make_journey) -> None:
    found = told(analyse_journey(make_journey(POINTS)), PROTOCOLS)
    assert found is not None
    course = found["escalation-path5"]
    # to wait and to done the course is left; from heat only to dropped
    assert course["stages"]["trigger"]["exits"] == pytest.approx(0.7)
    assert course["stages"]["heat"]["exits"] == pytest.approx(0.3)
    assert course["stages"]["defence"]["exits"] == pytest.approx(0.6)
    assert course["stages"]["publicity"] == {"touchpoints": [], "reached": 0.0, "exits": None}
    assert (course["furthest"], course["earliest_exit"]) == ("defence", "trigger")


def test_a_stage_without_a_way_out_is_no_exit(make_journey) -> None:
    points = {"a": {"kinds": ["first"], **follows("trigger"), "next": "b"}, "b": {**follows("heat")}}
    found = told(analyse_journey(make_journey(points)), PROTOCOLS)
    assert found is not None
    assert found["escalation-path5"]["earliest_exit"] == "heat"


def test_none_where_nobody_names_it(make_journey) -> None:
    assert told(analyse_journey(make_journey({"a": {"kinds": ["first"]}})), PROTOCOLS) is None
