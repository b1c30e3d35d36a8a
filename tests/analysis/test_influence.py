"""What a change is said to do to a figure is what it does: each is made, and everything computed anew."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.influence import Influence, influences, largest
from blueprint.analysis.journey import analyse_journey, figures
from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint

Written = dict[str, Any]


def written(seed: int, size: int = 7) -> Written:
    """Make a journey with loops, failures on the way, owners, channels, times and feelings."""
    chance = random.Random(seed)
    names = [f"t{number}" for number in range(size)]
    points = []
    for number, name in enumerate(names):
        # Ahead there is always a way, so that every touchpoint reaches an outcome.
        ahead = names[number + 1] if number + 1 < size else "done"
        ways = {ahead: 1.0 + chance.random()}
        for other in chance.sample(names, 2):
            if chance.random() < 0.5:
                ways[other] = ways.get(other, 0.0) + chance.random()
        if chance.random() < 0.6:
            ways["dropped"] = 0.5 * chance.random()
        total = sum(ways.values())
        point: Written = {
            "id": name,
            "title": name,
            "emotion": round(chance.uniform(-1.9, 1.9), 3),
            "next": {target: share / total for target, share in ways.items()},
            "owner": chance.choice(["sales", "service", "depot"]),
            "channel": chance.choice(["app", "shop"]),
            "time": {"standard": f"{chance.randint(1, 50)}s", "wait": f"{chance.randint(1, 90)}s"},
        }
        points.append(point)
    points[0]["kinds"] = ["first"]
    return {"journey": "j", "stages": [{"stage": "all", "touchpoints": points}]}


def analysed(data: Written) -> JourneyAnalysis:
    return analyse_journey(Journey.model_validate(json.loads(json.dumps(data))))


def point_of(data: Written, name: str) -> Written:
    found: Written = next(p for p in data["stages"][0]["touchpoints"] if p["id"] == name)
    return found


def without(data: Written, name: str) -> None:
    """Take a touchpoint out: whoever came there goes where it led."""
    points = data["stages"][0]["touchpoints"]
    ways = dict(point_of(data, name)["next"])
    stay = ways.pop(name, 0.0)
    onward = {target: share / (1 - stay) for target, share in ways.items()}
    points.remove(point_of(data, name))
    for point in points:
        share = point["next"].pop(name, 0.0)
        for target, part in onward.items():
            point["next"][target] = point["next"].get(target, 0.0) + share * part
        point["next"] = {target: share for target, share in point["next"].items() if share > 0}
    if name == "t0":
        data["entry"] = {target: share for target, share in onward.items() if target not in OUTCOMES}


OUTCOMES = ("done", "dropped")


def changed(data: Written, influence: Influence, step: float) -> Written:
    """Make the change that an influence speaks of."""
    data = copy.deepcopy(data)
    point = point_of(data, influence.at)
    match influence.change:
        case "emotion":
            point["emotion"] += step
        case "carry-on":
            lost = point["next"].pop("dropped")
            point["next"] = {target: share / (1 - lost) for target, share in point["next"].items()}
        case "come-through":
            point["next"]["done"] = point["next"].get("done", 0.0) + point["next"].pop("dropped")
        case "time":
            point["time"] = {"standard": "0s", "wait": "0s"}
        case "wait":
            point["time"]["wait"] = "0s"
        case "leave-out" | "repeat":
            without(data, influence.at)
        case "lift":
            point["emotion"] = 0
        case "hand":
            point["owner"] = influence.by
    return data


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    "figure",
    ["peak_end", "ending", "mean", "completion", "time", "steps", "rework", "wait_share", "longest_valley",
     "handoffs"],
)  # fmt: skip
def test_every_change_does_what_it_says(seed: int, figure: Any) -> None:
    data = written(seed)
    before = analysed(data)
    up = figure in ("peak_end", "ending", "mean", "completion")
    every = list(influences(before, figure, up=up))
    for influence in every:
        if influence.at == "t0" and influence.change in ("leave-out", "repeat"):
            ways = point_of(data, "t0")["next"]
            if any(outcome in ways for outcome in OUTCOMES):
                continue  # Journeys that are over before they begin cannot be written.
        step = 1e-6 if figure == "peak_end" else 0.05
        after = analysed(changed(data, influence, step))
        moved = figures(after)[figure] - figures(before)[figure]
        if influence.change == "emotion":
            moved /= step
        assert moved == pytest.approx(influence.effect, abs=1e-4 if figure == "peak_end" else 1e-9)
    best = largest(before, figure, up=up)
    gains = [i.effect if up else -i.effect for i in every]
    if best is None:
        assert max(gains, default=0) <= 1e-9
    else:
        assert abs(best.effect) == pytest.approx(max(gains))


@pytest.mark.parametrize("seed", range(6))
def test_effort_is_shared_out_without_a_rest(seed: int) -> None:
    data = written(seed)
    before = analysed(data)
    every = {i.at: i.effect for i in influences(before, "effort", up=False)}
    assert -sum(every.values()) == pytest.approx(before.effort.total)
    for name in every:
        # Who waits there no longer, and changes nothing on the way, asks that much less.
        quick = copy.deepcopy(data)
        point_of(quick, name)["time"]["wait"] = "0s"
        saved = before.effort.total - analysed(quick).effort.total
        after = {i.at: i.effect for i in influences(analysed(quick), "effort", up=False)}
        assert after[name] - every[name] == pytest.approx(saved)


def test_what_cannot_feel_better_is_no_lever(make_journey: Any) -> None:
    journey = make_journey(
        {
            "a": {"kinds": ["first"], "emotion": -1, "next": {"b": 0.9, "done": 0.1}},
            "b": {"emotion": 2},
        }
    )
    found = largest(analyse_journey(journey), "ending", up=True)
    assert found is not None
    assert (found.at, found.effect) == ("a", pytest.approx(0.1))
    assert largest(analyse_journey(journey), "ending", up=False) == Influence("b", "emotion", -0.9)


def test_where_nobody_goes_on_at_best_all_come_through(make_journey: Any) -> None:
    journey = make_journey(
        {
            "a": {"kinds": ["first"], "next": {"b": 0.3, "done": 0.7}},
            "b": {"next": {"dropped": 1}},
        }
    )
    assert largest(analyse_journey(journey), "completion", up=True) == Influence(
        "b", "come-through", pytest.approx(0.3)
    )


def test_no_lever_where_no_single_change_helps(make_journey: Any) -> None:
    journey = make_journey({"a": {"kinds": ["first"], "emotion": 1}})
    analysis = analyse_journey(journey)
    assert largest(analysis, "time", up=False) is None
    assert largest(analysis, "time", up=True) is None
    assert largest(analysis, "longest_valley", up=False) is None
    assert largest(analysis, "crossings", up=False) is None


STEPS: Written = {
    "blueprint": "b",
    "journey": "j",
    "actors": {
        "agent": {"title": "Agent", "zone": "frontstage"},
        "clerk": {"title": "Clerk", "zone": "backstage"},
        "tms": {"title": "System", "zone": "support"},
    },
    "steps": [
        {"id": "ask", "at": "a", "actor": "agent", "does": "asks", "time": {"standard": "2m", "wait": "9m"},
         "next": "look"},
        {"id": "look", "at": "a", "actor": "tms", "does": "looks", "time": {"standard": "1m", "wait": "1m"},
         "next": {"tell": 0.7, "judge": 0.3}},
        {"id": "judge", "at": "a", "actor": "clerk", "does": "judges", "time": {"standard": "5m"},
         "next": "tell"},
        {"id": "tell", "at": "a", "actor": "agent", "does": "tells"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("figure", ["handoffs", "crossings", "wait_share"])
def test_steps_are_tried_in_other_hands(make_journey: Any, figure: Any) -> None:
    journey = make_journey({"a": {"kinds": ["first"], "emotion": 1}})
    analysis = analyse_journey(journey)
    delivery = analyse_blueprint(ServiceBlueprint.model_validate(STEPS), journey)
    every = list(influences(analysis, figure, up=False, delivery=delivery))
    assert every
    for influence in every:
        data = copy.deepcopy(STEPS)
        step = next(step for step in data["steps"] if step["id"] == influence.at)
        if influence.change == "hand":
            step["actor"] = influence.by
        else:
            del step["time"]["wait"]
        after = analyse_blueprint(ServiceBlueprint.model_validate(data), journey)
        moved = getattr(after, figure) - getattr(delivery, figure)
        assert moved == pytest.approx(influence.effect)
    best = largest(analysis, figure, up=False, delivery=delivery)
    assert best is not None
    assert best.at == ("ask" if figure == "wait_share" else "look")
