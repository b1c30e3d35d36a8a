"""The fast lane beside the ordinary way, against simulated journeys and by hand."""

from __future__ import annotations

import random

import pytest

from blueprint.analysis.fast_lane import fast_lane
from blueprint.analysis.service_levels import deadlines_of
from blueprint.analysis.service_levels_told import told

MINUTE = 60.0
POINTS = {
    "complain": {
        "kinds": ["first", "complaint"],
        "complaint": {"fast_lane": "expert", "resolve": "1h", "respond": "5m", "clock": "calendar"},
        "time": {"standard": "5m"},
        "next": {"expert": 0.2, "clerk": 0.7, "dropped": 0.1},
    },
    "expert": {"time": {"standard": "20m"}, "next": {"confirm": 0.8, "clerk": 0.2}},
    "clerk": {"time": {"standard": "60m"}, "next": {"confirm": 0.5, "clerk": 0.5}},
    "confirm": {"purpose": ["confirm"], "time": {"standard": "10m"}},
    "paid": {"kinds": "end"},
}


def test_expected_times_of_both_ways(make_journey) -> None:
    """By hand: expert 5 + 20 + 0.2·120 + 10; clerk 5 + 120 + 10 (two turns on average)."""
    (found,) = told(make_journey(POINTS), {}) or [{}]
    lane = found["fast_lane"]
    assert lane["expected_seconds"] == pytest.approx(59 * MINUTE)
    assert lane["ordinary_seconds"] == pytest.approx(135 * MINUTE)
    assert (lane["begins"], lane["keeps_level"], lane["quicker"]) == ("expert", True, True)


def test_the_same_by_walking(make_journey) -> None:
    source, minutes = random.Random(3), {"complain": 5, "expert": 20, "clerk": 60, "confirm": 10}
    journey = make_journey(POINTS)

    def walk(first: str) -> float:
        at, total = first, 5.0
        while at != "confirm":
            total += minutes[at]
            at = "confirm" if source.random() < (0.8 if at == "expert" else 0.5) else "clerk"
        return total + 10

    clocks = deadlines_of(journey.touchpoints["complain"].complaint, {})
    lane = fast_lane(journey, "complain", clocks)
    assert lane is not None
    assert lane.expected is not None
    assert lane.ordinary is not None
    for first, expected in (("expert", lane.expected), ("clerk", lane.ordinary)):
        mean = sum(walk(first) for _ in range(20_000)) / 20_000
        assert mean * MINUTE == pytest.approx(expected, rel=0.03)


def test_a_lane_without_a_way_is_none_and_one_that_is_all_there_is_has_nothing_beside(make_journey) -> None:
    elsewhere = {**POINTS, "complain": {**POINTS["complain"], "next": {"clerk": 0.9, "dropped": 0.1}}}
    clocks = deadlines_of(make_journey(POINTS).touchpoints["complain"].complaint, {})
    assert fast_lane(make_journey(elsewhere), "complain", clocks) is None
    alone = {**POINTS, "complain": {**POINTS["complain"], "next": "expert"}}
    lane = fast_lane(make_journey(alone), "complain", clocks)
    assert lane is not None
    assert (lane.ordinary, lane.quicker) == (None, None)
