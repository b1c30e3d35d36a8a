from __future__ import annotations

import json
import subprocess
import sys

import pytest

from blueprint.analysis.action_priority import action_priority, contested
from blueprint.analysis.as_json import as_json
from blueprint.analysis.journey import analyse_journey, figures
from blueprint.model.persona import Persona

# --- kinds (domain 0.2)


def test_kinds_of_the_worked_example(j1) -> None:
    kinds = analyse_journey(j1).kinds
    assert kinds["s"].computed == ("first",)
    assert "high-frequency" in kinds["q"].computed  # 1.29 visits, twice the median of 0.69
    assert "complaint" in kinds["q"].computed  # leads to complaint handling
    assert kinds["c"].computed == ("complaint",)
    assert kinds["h"].computed == ("high-perception",)
    assert kinds["e"].computed == ("end",)
    assert kinds["e"].declared == ("end",)
    assert kinds["q"].reasons["complaint"].en == "20% of visits go on to complaint handling (c)"
    assert "1.29" in kinds["q"].reasons["high-frequency"].en


def test_even_traffic_makes_nothing_high_frequency(make_journey) -> None:
    points = {f"t{at}": {"kinds": "first"} if at == 0 else {} for at in range(10)}
    kinds = analyse_journey(make_journey(points)).kinds
    assert not any("high-frequency" in verdict.computed for verdict in kinds.values())


def test_the_few_that_carry_most_visits_are_high_frequency(make_journey) -> None:
    rare = {f"r{at}": {"next": "done"} for at in range(6)}
    ways = {"b": 0.94, **dict.fromkeys(rare, 0.01)}
    journey = make_journey({"a": {"kinds": "first", "next": ways}, "b": {"next": "done"}, **rare})
    often = {
        n for n, verdict in analyse_journey(journey).kinds.items() if "high-frequency" in verdict.computed
    }
    assert often == {"a", "b"}


def test_neutral_touchpoints_are_never_high_perception(make_journey) -> None:
    journey = make_journey({"a": {"kinds": "first", "emotion": 0}, "b": {"emotion": 0}, "c": {}})
    assert all(
        "high-perception" not in verdict.computed for verdict in analyse_journey(journey).kinds.values()
    )


# --- pains and valleys


def test_pains_rank_by_visits_times_severity(make_journey) -> None:
    journey = make_journey(
        {
            "a": {
                "kinds": "first",
                "next": {"b": 0.5, "done": "rest"},
                "pains": [{"pain": "mild", "severity": 3}, {"pain": "unscored"}],
            },
            "b": {
                "next": {"b": 0.5, "dropped": 0.1, "done": "rest"},
                "pains": [{"pain": "bad", "severity": 8, "occurrence": 7, "detection": 1}],
            },
        },
        traffic={"journeys": 1000, "per": "year", "value": "200 CNY"},
    )
    pains = analyse_journey(journey).pains
    assert [(p.touchpoint, p.index) for p in pains] == [("b", 0), ("a", 1), ("a", 0)]
    assert [p.weight for p in pains] == pytest.approx([8.0, 5.0, 3.0])
    assert [p.severity for p in pains] == [8, None, 3]
    assert [p.action_priority for p in pains] == ["M", None, None]
    assert pains[0].money_per_period == pytest.approx(1000 * 200 * 0.1)
    assert pains[1].money_per_period == 0


def test_equal_weights_rank_by_action_priority(make_journey) -> None:
    pains = [
        {"pain": "rare", "severity": 8, "occurrence": 1, "detection": 1},
        {"pain": "likely", "severity": 8, "occurrence": 9, "detection": 9},
    ]
    found = analyse_journey(make_journey({"a": {"kinds": "first", "pains": pains}})).pains
    assert [(pain.index, pain.action_priority) for pain in found] == [(1, "H"), (0, "L")]


# examples on which all published versions agree (domain 9.2)
@pytest.mark.parametrize(
    ("ratings", "letter"),
    [
        ((10, 10, 10), "H"), ((8, 7, 1), "M"), ((5, 10, 1), "M"), ((5, 5, 6), "L"), ((3, 10, 10), "M"),
        ((7, 5, 7), "H"), ((7, 5, 5), "M"), ((5, 8, 10), "H"), ((1, 10, 10), "L"), ((9, 6, 1), "H"),
    ],
)  # fmt: skip
def test_action_priority_of_uncontested_cells(ratings: tuple[int, int, int], letter: str) -> None:
    assert not contested(*ratings)
    assert action_priority(*ratings) == letter


def test_action_priority_never_falls_when_a_rating_rises() -> None:
    grade = {"L": 0, "M": 1, "H": 2}
    ratings = range(1, 11)
    table = {(s, o, d): grade[action_priority(s, o, d)] for s in ratings for o in ratings for d in ratings}
    for (s, o, d), level in table.items():
        for higher in ((s + 1, o, d), (s, o + 1, d), (s, o, d + 1)):
            assert table.get(higher, 2) >= level
    assert sum(contested(*ratings) for ratings in table) == 60


def test_valleys_run_across_stages_and_end_at_gaps(make_journey) -> None:
    emotions = {"a": -1, "b": -2, "c": None, "d": -1, "e": 1, "f": -1.5}
    journey = make_journey(
        {
            n: ({} if e is None else {"emotion": e}) | ({"kinds": "first"} if n == "a" else {})
            for n, e in emotions.items()
        }
    )
    analysis = analyse_journey(journey)
    assert [valley.touchpoints for valley in analysis.valleys] == [("a", "b"), ("f",), ("d",)]
    assert analysis.valleys[0].depth == -2
    assert figures(analysis)["longest_valley"] == 2


# --- effort, main path


def test_effort_of_the_worked_example(j1) -> None:
    found = analyse_journey(j1).effort
    assert found.channel_switches == pytest.approx(1.722857, abs=1e-6)  # domain 6.3
    assert found.rework == pytest.approx(0.417857, abs=1e-6)
    assert found.visits == pytest.approx(3.88)
    assert found.total == pytest.approx(3.88 + 2 * 1.722857 + 2 * 0.417857, abs=1e-5)


def test_effort_counts_changes_of_owner_and_waits(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"kinds": "first", "owner": "sales", "time": {"wait": "20m"}},
            "b": {"owner": "service"},
            "c": {},
            "d": {"owner": "sales"},
        }
    )
    found = analyse_journey(journey).effort
    assert (found.handoffs, found.wait_seconds) == (1, 1200)
    assert found.total == 4 + 2 * 1 + 2


def test_main_path(j1, make_journey) -> None:
    assert analyse_journey(j1).main_path == ("s", "q", "h", "e", "done")
    # a rare short cut is more probable than the whole long way, and still not the main path
    points = {f"t{at}": {"next": {f"t{at + 1}": 0.7, "side": 0.3}} for at in range(6)}
    points["t0"] = {"kinds": "first", "next": {"t1": 0.8, "done": 0.2}}
    points["t6"] = {"next": "done"}
    points["side"] = {"next": "t6"}
    assert analyse_journey(make_journey(points)).main_path == (
        "t0",
        "t1",
        "t2",
        "t3",
        "t4",
        "t5",
        "t6",
        "done",
    )


def test_main_path_walks_loops_once(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"kinds": "first", "next": "b"},
            "b": {"next": {"c": 0.9, "done": 0.1}},
            "c": {"next": "b"},
        }
    )
    assert analyse_journey(journey).main_path == ("a", "b", "done")


# --- personas


def test_scores_of_several_personas_count_by_share(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"kinds": "first", "emotion": {"ann": 2, "bo": -1}},
            "b": {"emotion": {"bo": {"mean": 1, "n": 12}}},
            "c": {"emotion": 0.5},
        },
        persona=["ann", {"persona": "bo", "share": 0.75}],
    )
    everybody = analyse_journey(journey)
    assert everybody.emotions == pytest.approx({"a": 2 * 0.25 - 0.75, "b": 1, "c": 0.5})
    assert everybody.peak_end is not None
    assert everybody.peak_end.assumed == ("a", "c")
    ann = analyse_journey(journey, persona="ann")
    assert ann.emotions == {"a": 2, "c": 0.5}
    assert ann.peak_end is not None
    assert ann.peak_end.unscored == ("b",)
    told = {"ann": Persona.model_validate({"persona": "ann", "share": 0.25})}
    assert analyse_journey(journey, personas=told).emotions == pytest.approx(everybody.emotions)
    silent = make_journey({"a": {"kinds": "first", "emotion": {"ann": 2, "bo": -1}}}, persona=["ann", "bo"])
    assert analyse_journey(silent).emotions == {"a": 0.5}


# --- figures and the JSON shape


def test_budget_figures(j1) -> None:
    found = figures(analyse_journey(j1))
    assert found["peak_end"] == pytest.approx(1.803571, abs=1e-6)
    assert found["ending"] == pytest.approx(1.257143, abs=1e-6)
    assert found["mean"] == pytest.approx(1.079529, abs=1e-6)
    assert found["completion"] == pytest.approx(0.694286, abs=1e-6)
    assert found["time"] == pytest.approx(24.654286, abs=1e-6)
    assert found["steps"] == pytest.approx(3.88)
    assert found["longest_valley"] == 1
    assert "crossings" not in found


def test_json_of_the_worked_example(j1) -> None:
    found = json.loads(json.dumps(as_json(analyse_journey(j1)), allow_nan=False))
    assert found["schema"] == "blueprint.analysis/1"
    assert found["id"] == "j1"
    assert found["peak_end"]["intensity"]["expected"] == pytest.approx(1.803571, abs=1e-6)
    assert found["peak_end"]["positive"]["expected"] == pytest.approx(2.118571, abs=1e-6)
    assert found["peak_end"]["negative"]["expected"] == pytest.approx((1.257143 - 0.575) / 2, abs=1e-6)
    assert found["peak_end"]["intensity"]["peak_probability"]["c"] == pytest.approx(0.144643, abs=1e-6)
    assert found["peak_end"]["positive"]["gradient"]["e"] == pytest.approx(0.372857, abs=1e-6)
    assert found["mean"]["visit_weighted"] == pytest.approx(1.079529, abs=1e-6)
    assert found["mean"]["time_weighted"] == pytest.approx(0.354386, abs=1e-6)
    assert found["outcomes"] == pytest.approx({"done": 0.694286, "drop": 0.305714}, abs=1e-6)
    assert found["completion"] == pytest.approx(0.694286, abs=1e-6)
    assert found["visits"]["q"] == pytest.approx(1.285714, abs=1e-6)
    assert found["steps"]["expected"] == pytest.approx(3.88)
    assert found["steps"]["variance"] == pytest.approx(2.454171, abs=1e-6)
    assert found["time"]["expected_seconds"] == pytest.approx(24.654286, abs=1e-6)
    assert found["ever_visited"]["c"] == pytest.approx(0.225)
    assert found["last_touchpoint"]["e"] == pytest.approx(0.694286, abs=1e-6)
    assert found["ending"]["expected"] == pytest.approx(1.257143, abs=1e-6)
    assert found["pains"] == []
    assert found["assumed"] == {"shares": [], "emotions": ["s", "q", "c", "h", "e"]}


def test_json_says_null_where_nothing_can_be_said(make_journey) -> None:
    journey = make_journey({"a": {"kinds": "first", "pains": [{"pain": {"en": "slow", "zh": "慢"}}]}})
    found = json.loads(json.dumps(as_json(analyse_journey(journey)), allow_nan=False))
    assert found["peak_end"] is None
    assert found["mean"] == {"visit_weighted": None, "time_weighted": None}
    assert found["time"]["expected_seconds"] is None
    assert found["unscored"] == ["a"]
    assert found["pains"][0]["pain"] == {"en": "slow", "zh": "慢"}
    assert found["pains"][0]["severity"] is None


def test_short_journeys_need_neither_numpy_nor_networkx() -> None:
    """They cost more to import than the whole analysis of a file takes."""
    program = """
import sys
from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.journey import analyse_journey
from blueprint.model.journey import Journey
stage = {"stage": "s", "touchpoints": [{"id": "a", "title": "A", "kinds": "first", "emotion": 1}]}
analyse_journey(Journey.model_validate({"journey": "j", "stages": [stage]}))
print(sorted({"numpy", "scipy", "networkx"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
