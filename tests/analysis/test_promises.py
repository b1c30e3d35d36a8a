"""Promises: their times, and where two about one thing collide."""

from __future__ import annotations

import pytest

from blueprint.analysis.promises import collisions, pledges, told

HOUR = 3600.0


def promised(make_journey, *promises, **fields):
    """Put each promise at a touchpoint of its own: a, b, c …"""
    points = {chr(97 + at): {"promises": [promise]} for at, promise in enumerate(promises)}
    next(iter(points.values()))["kinds"] = "first"
    return make_journey(points, **fields)


def collided(journey) -> list[tuple[str, str]]:
    return [(one.touchpoint, other.touchpoint) for one, other in collisions(pledges(journey))]


@pytest.mark.parametrize(
    ("first", "second", "collide"),
    [
        ({"promise": "Money back", "due": "3d"}, {"promise": "money back.", "due": "10d"}, True),
        ({"promise": "Money back", "due": "3d"}, {"promise": "Money back", "due": "72h"}, False),
        ({"promise": "Money back", "due": "3d"}, {"promise": "A letter", "due": "10d"}, False),
        ({"promise": "Money back within 3 days"}, {"promise": "Money back within ten days"}, True),
        ({"promise": "三天内退款"}, {"promise": "十天内退款"}, True),
        (
            {"promise": {"en": "A refund", "zh": "退款"}, "due": "3d"},
            {"promise": "退款", "due": "4d"},
            True,
        ),
        (
            {"promise": "Refund", "due": "3d", "about": "r"},
            {"promise": "Cash", "due": "4d", "about": "r"},
            True,
        ),
        (
            {"promise": "Refund", "due": "3d", "about": "r"},
            {"promise": "Refund", "due": "4d", "about": "s"},
            False,
        ),
        ({"promise": "Refund", "due": "3d"}, {"promise": "Refund"}, False),
        ({"promise": "Refund", "due": "8h"}, {"promise": "Refund", "due": "8h", "clock": "business"}, True),
    ],
)
def test_promises_about_one_thing_name_one_time(make_journey, first, second, collide) -> None:
    assert collided(promised(make_journey, first, second)) == ([("a", "b")] if collide else [])


def test_clocks_that_agree_by_the_calendar_do_not_collide(make_journey) -> None:
    always = {"opens": "00:00", "closes": "00:00", "days": 7}
    one, other = {"promise": "Refund", "due": "3d"}, {"promise": "Refund", "due": "3d", "clock": "business"}
    assert collided(promised(make_journey, one, other, hours=always)) == []
    by_day = {"opens": "09:00", "closes": "17:00"}
    assert collided(promised(make_journey, one, other, hours=by_day)) == [("a", "b")]


def test_told(make_journey) -> None:
    journey = promised(
        make_journey,
        {"promise": "Refund", "due": "1d", "clock": "business", "made": 50, "kept": 45},
        {"promise": "Refund", "due": "2d", "clock": "business"},
        {"promise": "A call"},
        hours={"opens": "09:00", "closes": "17:00"},
    )
    page = told(journey)
    assert page is not None
    refund, _, call = page["made"]
    assert refund["calendar_seconds"] == pytest.approx([8 * HOUR, 72 * HOUR])
    assert (call["due_seconds"], call["calendar_seconds"], page["undated"]) == (None, None, 1)
    assert (refund["kept"]["share"], page["kept"]["n"], call["kept"]) == (0.9, 50, None)
    (found,) = page["collisions"]
    assert (found["touchpoints"], found["due_seconds"]) == (["a", "b"], [86_400, 172_800])
    assert told(make_journey({"a": {"kinds": "first"}})) is None
