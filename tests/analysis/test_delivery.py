from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.analysis.as_json import as_json
from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.journey import analyse_journey, figures
from blueprint.model.service import ServiceBlueprint

ACTORS = {"front": "frontstage", "desk": "frontstage", "back": "backstage", "it": "support"}


@pytest.fixture(scope="module")
def make_blueprint() -> Callable[..., ServiceBlueprint]:
    """Build a blueprint from short steps: id → fields; by default at touchpoint `a`, done by `front`."""

    def make(steps: dict[str, dict[str, Any]]) -> ServiceBlueprint:
        full = [
            {"id": name, "at": "a", "actor": "front", "does": name, **step} for name, step in steps.items()
        ]
        actors = {name: {"zone": zone} for name, zone in ACTORS.items()}
        return ServiceBlueprint.model_validate(
            {"blueprint": "b", "journey": "j", "actors": actors, "steps": full}
        )

    return make


def test_edges_are_counted_where_no_shares_are_written(make_blueprint) -> None:
    found = analyse_blueprint(
        make_blueprint(
            {
                "greet": {"next": ["check", "note"], "decision": True},
                "check": {"actor": "back", "next": "look-up"},
                "look-up": {"actor": "it", "next": "answer"},
                "note": {"actor": "desk"},
                "answer": {},
            }
        )
    )
    # the customer meets the frontstage once; greet → check 1, check → look-up 1, look-up → answer 2 lines
    assert found.crossings_by_line == {"interaction": 1, "visibility": 2, "internal-interaction": 2}
    assert found.crossings == 5
    assert found.handoffs == 4
    assert found.handoff_links == (
        ("greet", "check"),
        ("greet", "note"),
        ("check", "look-up"),
        ("look-up", "answer"),
    )
    assert found.decision_points == ("greet",)


def test_shares_weigh_edges_and_what_follows_them(make_blueprint) -> None:
    found = analyse_blueprint(
        make_blueprint(
            {
                "greet": {"next": {"check": 0.2, "answer": "rest"}},
                "check": {"actor": "back", "next": "answer"},
                "answer": {"actor": "desk"},
            }
        )
    )
    assert found.crossings_by_line["visibility"] == pytest.approx(0.4)
    assert found.handoffs == pytest.approx(0.2 + 0.8 + 0.2)


def test_a_loop_is_executed_as_often_as_its_share_says(make_blueprint) -> None:
    found = analyse_blueprint(
        make_blueprint(
            {
                "ask": {"actor": "front", "next": "check"},
                "check": {"actor": "back", "next": {"ask": 0.2, "answer": "rest"}},
                "answer": {"actor": "front"},
            }
        )
    )
    assert found.crossings_by_line["visibility"] == pytest.approx(1.25 * (1 + 0.2 + 0.8))
    assert found.critical_path == ()


def test_a_loop_over_several_steps_is_walked_as_often_as_its_share_says(make_blueprint) -> None:
    found = analyse_blueprint(
        make_blueprint(
            {
                "ask": {"next": "check"},
                "check": {"next": {"mend": 0.5, "answer": "rest"}},
                "mend": {"actor": "desk", "next": "ask"},
                "answer": {},
            }
        )
    )
    assert found.handoffs == pytest.approx(2 * (0.5 + 0.5))


def test_a_loop_without_an_end_is_walked_once(make_blueprint) -> None:
    found = analyse_blueprint(
        make_blueprint({"one": {"next": "two"}, "two": {"actor": "desk", "next": "one"}})
    )
    assert found.handoffs == 2


def test_branches_that_meet_again_are_one_execution(make_blueprint) -> None:
    found = analyse_blueprint(
        make_blueprint(
            {
                "start": {"next": {"fork": 0.2, "end": "rest"}},
                "fork": {"next": ["one", "two", "three"], "parallel": True},
                "one": {"actor": "desk", "next": "join"},
                "two": {"actor": "desk", "next": "join"},
                "three": {"actor": "desk"},
                "join": {"actor": "desk", "next": "more"},
                "more": {"next": ["last", "log"], "parallel": True},
                "log": {"next": "last"},
                "last": {"actor": "desk", "next": "end"},
                "end": {},
            }
        )
    )
    forked, back, to_last, to_end = 3 * 0.2, 0.2, 2 * 0.2, 0.2
    assert found.handoffs == pytest.approx(forked + back + to_last + to_end)


def test_visits_of_the_journey_weigh_the_columns(make_blueprint, make_journey) -> None:
    journey = make_journey(
        {
            "a": {"kinds": "first", "next": {"b": 0.5, "done": "rest"}},
            "b": {"next": {"b": 0.5, "done": "rest"}},
        }
    )
    blueprint = make_blueprint({"one": {"next": "two"}, "two": {"at": "b", "actor": "back"}})
    found = analyse_blueprint(blueprint, journey)
    assert found.handoffs == pytest.approx(1)  # b is visited 0.5 / 0.5 = once per journey
    halved = make_journey({"a": {"kinds": "first", "next": {"b": 0.5, "done": "rest"}}, "b": {}})
    assert analyse_blueprint(blueprint, halved).handoffs == pytest.approx(0.5)
    assert figures(analyse_journey(halved), analyse_blueprint(blueprint, halved))["handoffs"] == 0.5


def test_a_journey_without_figures_weighs_nothing(make_blueprint, make_journey) -> None:
    found = analyse_blueprint(
        make_blueprint({"one": {"next": "two"}, "two": {"actor": "it"}}), make_journey({"a": {}})
    )
    assert found.handoffs == 1


def test_forks_wait_for_the_slowest_branch(make_blueprint) -> None:
    found = analyse_blueprint(
        make_blueprint(
            {
                "start": {"time": {"standard": "1m"}, "next": ["fast", "slow"], "parallel": True},
                "fast": {"actor": "back", "time": {"standard": "2m"}, "next": "join"},
                "slow": {"actor": "it", "time": {"standard": "1m", "wait": "9m"}, "next": "join"},
                "join": {"time": {"standard": "1m"}, "next": "end"},
                "end": {},
            }
        )
    )
    assert found.critical_path == ("start", "slow", "join", "end")
    assert found.critical_path_seconds == 12 * 60
    assert found.wait_share == pytest.approx(9 / 14)
    assert (found.standard_seconds, found.wait_seconds) == (300, 540)
    assert found.handoffs == 4


def test_columns_breaches_points_and_evidence(make_blueprint, make_journey) -> None:
    journey = make_journey(
        {
            "z": {"kinds": "first", "evidence": ["a ticket"]},
            "a": {"time": {"standard": "3m", "tolerance": "2m"}},
            "unserved": {"time": {"standard": "3m", "tolerance": "2m"}},
        }
    )
    blueprint = make_blueprint(
        {
            "ok": {"time": {"standard": "5m", "tolerance": "4m", "observed": {"p90": "4m"}}},
            "late": {
                "time": {"standard": "1m", "tolerance": "2m", "observed": {"p90": "3m"}},
                "wait": {"max": "1m"},
            },
            "slow": {"at": "z", "time": {"standard": "3m", "tolerance": "1m"}, "fails": [{"mode": "down"}]},
            "free": {"at": "z", "time": {"wait": "1m"}},
        }
    )
    found = analyse_blueprint(blueprint, journey)
    assert list(found.columns) == ["z", "a"]
    assert (found.columns["a"].standard, found.columns["a"].tolerance, found.columns["a"].steps) == (
        360,
        360,
        2,
    )
    assert (found.columns["z"].wait, found.columns["z"].tolerance) == (60, None)
    assert [(b.step, b.observed, b.tolerance, b.basis) for b in found.breaches] == [
        ("late", 180, 120, "p90"),
        ("slow", 180, 60, "standard"),
        ("a", 180, 120, "standard"),
    ]
    assert (found.fail_points, found.wait_points, found.evidence_coverage) == (("slow",), ("late",), 0.5)


def test_json_shape(make_blueprint) -> None:
    found = json.loads(json.dumps(as_json(analyse_blueprint(make_blueprint({"one": {}}))), allow_nan=False))
    assert found["schema"] == "blueprint.analysis/1"
    assert (found["crossings"], found["handoffs"], found["wait_share"], found["critical_path"]) == (
        1,
        0,
        None,
        [],
    )


@given(data=st.data(), size=st.integers(1, 12))
@settings(max_examples=80, deadline=None)
def test_any_tangle_of_steps_gives_finite_figures(make_blueprint, data: st.DataObject, size: int) -> None:
    names = [f"s{at}" for at in range(size)]
    targets = st.lists(st.sampled_from([*names, "nowhere"]), min_size=1, max_size=3, unique=True)
    steps: dict[str, dict[str, Any]] = {}
    for name in names:
        ways = data.draw(st.none() | targets)
        shares = data.draw(st.booleans())
        steps[name] = {
            "actor": data.draw(st.sampled_from([*ACTORS, "stranger"])),
            "at": data.draw(st.sampled_from(["a", "b"])),
            "parallel": data.draw(st.booleans()),
            "time": data.draw(st.sampled_from([{}, {"standard": "2m", "wait": "1m"}])),
        }
        if ways:
            steps[name]["next"] = dict.fromkeys(ways, 1 / len(ways)) if shares else ways
    found = analyse_blueprint(make_blueprint(steps))
    assert json.dumps(as_json(found), allow_nan=False)
    assert found.handoffs >= 0
    assert found.crossings >= 0
    walked = list(zip(found.critical_path, found.critical_path[1:], strict=False))
    links = {(link.source, link.target) for link in found.blueprint.links_between}
    assert set(walked) <= links
    assert len(set(found.critical_path)) == len(found.critical_path)
    if found.critical_path:
        longest = sum(180 for name in found.critical_path if steps[name]["time"])
        assert found.critical_path_seconds == longest
