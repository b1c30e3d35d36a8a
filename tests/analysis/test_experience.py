from __future__ import annotations

from typing import Any

import pytest

from blueprint.analysis.experience import (
    journey_level,
    levels,
    metric_coverage,
    metric_name,
    proactive_share,
    told,
    unpaired,
)
from blueprint.analysis.journey import analyse_journey

MET = {"needs": [{"need": "n", "kano": "must-be", "met": True}]}
EASY = {**MET, "time": {"standard": "5m", "tolerance": "8m"}}


def ces(value: float) -> dict[str, Any]:
    return {"metrics": [{"metric": {"en": "Customer effort", "zh": "客户费力度"}, "value": value}]}


@pytest.mark.parametrize(
    ("point", "level", "stop"),
    [
        ({}, None, "no-need"),
        ({"needs": [{"need": "n", "kano": "attractive", "met": True}]}, None, "no-need"),
        ({"needs": [{"need": "n", "kano": "must-be"}]}, None, "need-unknown"),
        ({"needs": [{"need": "n", "kano": "must-be", "met": False}]}, 0, "need-unmet"),
        ({"needs": [{"need": "n", "kano": {"M": 9, "O": 9, "A": 3}, "met": False}]}, 0, "need-unmet"),
        (MET, 1, "effort-unknown"),
        ({**MET, **ces(5.4)}, 1, "effort-high"),
        ({**MET, "time": {"standard": "5m", "wait": "4m", "tolerance": "8m"}}, 1, "effort-high"),
        (
            {**MET, "time": {"standard": "5m", "tolerance": "8m", "observed": {"p90": "9m"}}},
            1,
            "effort-high",
        ),
        (
            {**MET, "time": {"standard": "9m", "tolerance": "8m", "observed": {"p90": "8m"}}},
            2,
            "no-delight",
        ),
        ({**MET, **ces(5.5)}, 2, "no-delight"),
        # the survey beats the clock: what counts is how much effort it felt like
        ({**EASY, **ces(3)}, 1, "effort-high"),
        ({**EASY, "peak": "pride", "emotion": 0.79}, 2, "not-felt"),
        ({**EASY, "peak": "pride"}, 2, "not-felt"),
        ({**EASY, "peak": "pride", "emotion": 0.8}, 3, None),
    ],
)
def test_pyramid(make_journey, point: dict[str, Any], level: int | None, stop: str | None) -> None:
    other = {"kinds": ["first"], "emotion": 0}
    found = levels(analyse_journey(make_journey({"other": other, "point": point})))["point"]
    assert (found.level, found.stop) == (level, stop)


def test_a_peak_on_a_broken_base_is_a_skipped_level(make_journey) -> None:
    broken = {"needs": [{"need": "n", "kano": "must-be", "met": False}], "peak": "pride"}
    hard = {**MET, **ces(2), "peak": "pride"}
    unknown = {**MET, "peak": "pride"}
    journey = make_journey({"broken": {"kinds": ["first"], **broken}, "hard": hard, "unknown": unknown})
    found = levels(analyse_journey(journey))
    assert [place.skipped for place in found.values()] == [True, True, False]


def test_a_journey_is_as_good_as_its_worst_busy_touchpoint(make_journey) -> None:
    points = {
        "often": {**EASY, "kinds": ["first"], "next": {"often": 0.9, "rare": 0.01, "also": 0.09}},
        "rare": {"needs": [{"need": "n", "kano": "must-be", "met": False}], "next": "also"},
        "also": MET,
    }
    analysis = analyse_journey(make_journey(points))
    found = levels(analysis)
    assert [place.level for place in found.values()] == [2, 0, 1]
    assert journey_level(analysis, found) == 2
    bare = analyse_journey(make_journey({"a": {"kinds": ["first"]}}))
    assert journey_level(bare, levels(bare)) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["NPS after settlement", "结案后净推荐值"], "NPS"),
        (["处理满意度"], "CSAT"),
        (["CAST"], "CSAT"),
        (["Customer effort, 1 hard to 7 easy"], "CES"),
        (["Broadcasts"], None),
        (["Processes"], None),
    ],
)
def test_metrics_are_known_by_name(words: list[str], name: str | None) -> None:
    assert metric_name(words) == name


def test_each_level_has_its_metric(make_journey) -> None:
    csat = {"metrics": [{"metric": "CSAT"}]}
    points = {"right": {**MET, **csat}, "wrong": {**EASY, **csat}, "none": EASY, "unknown": csat}
    points["right"]["kinds"] = ["first"]
    analysis = analyse_journey(make_journey(points))
    assert unpaired(analysis.journey, levels(analysis)) == {"wrong": "CES"}


def test_classes_of_metrics(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"kinds": ["first"], "metrics": [{"metric": "x"}]},
            "b": {"kinds": ["complaint"], "metrics": [{"metric": "w", "class": "descriptive"}]},
            "c": {
                "kinds": ["end", "high-perception"],
                "metrics": [
                    {"metric": "w", "class": "descriptive"},
                    {"metric": "v", "class": "perceptual"},
                ],
            },
            "d": {"kinds": ["end"]},
        }
    )
    found = metric_coverage(journey)
    assert found.missing == {"b": ("perceptual",), "d": ("descriptive", "perceptual")}
    assert found.by_class == {"descriptive": 2, "perceptual": 1, "outcome": 0, "unclassed": 1}
    assert not found.outcome


def test_the_share_of_visits_that_the_company_begins(make_journey) -> None:
    points = {
        "a": {"kinds": ["first"], "trigger": "customer", "next": {"a": 0.5, "b": 0.5}},
        "b": {"trigger": "company"},
        "c": {},
    }
    assert proactive_share(analyse_journey(make_journey(points))) == pytest.approx(1 / 3)
    assert proactive_share(analyse_journey(make_journey({"a": {"kinds": ["first"]}}))) is None


def test_what_is_told_of_j1(j1) -> None:
    found = told(analyse_journey(j1))
    assert found["level"] is None
    assert (found["level_distribution"], found["level_unknown"]) == ([0, 0, 0, 0], 5)
    assert found["removal_effect"]["c"] == pytest.approx(0.189815, abs=1e-6)
    assert found["criticality"][0]["touchpoint"] == "h"
    assert found["metric_classes"]["outcome"] is False
