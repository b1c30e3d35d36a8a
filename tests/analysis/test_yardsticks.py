"""Figures beside the targets and benchmarks of playbooks."""

from __future__ import annotations

import pytest

from blueprint.analysis.measures import Measured, current, read_metrics, read_surveys
from blueprint.analysis.proportion import Interval
from blueprint.analysis.yardsticks import named_by, told, where
from blueprint.model.standards import Standards

STANDARDS = Standards.model_validate(
    {
        "targets": {
            "fcr": {
                "title": "FCR",
                "source": "S001",
                "metric": "FCR",
                "target": ">= 85%",
                "aliases": ["首次解决率"],
            },
            "all": {
                "title": "Solved",
                "source": "S001",
                "metric": "resolution",
                "target": ">= 95%",
                "aliases": ["解决率"],
            },
            "csat": {"title": "CSAT", "source": "S001", "metric": "CSAT", "target": ">= 90%"},
            "wait": {
                "title": "Wait",
                "source": "S001",
                "metric": "wait",
                "target": "<= 30m",
                "statistic": "mean",
            },
            "ease": {
                "title": "Ease",
                "source": "ours",
                "metric": "CES",
                "target": ">= 5.5",
                "statistic": "mean",
            },
        },
        "benchmarks": {
            "bank": {"title": "Banks", "source": "S000", "metric": "NPS", "low": 40, "high": 50}
        },
    }
)


def test_the_longest_name_wins_and_latin_words_stand_alone() -> None:
    assert named_by(["首次解决率（30天）"], ["解决率", "首次解决率"]) == 5
    assert named_by(["Success rate"], ["CES"]) == 0
    assert named_by(["CES after the call"], ["ces"]) == 3


def test_figures_are_held_by_their_interval(make_journey) -> None:
    metrics = [
        {"metric": "首次解决率", "value": "85%", "n": 200},
        {"metric": "Wait", "value": 12, "n": 40, "sd": 3},
        {"metric": "CES", "value": 6.1, "n": 40, "sd": 1},
        {"metric": "NPS", "value": 45, "n": 30},
        {"metric": "FCR"},
    ]
    surveys = [{"survey": "csat", "satisfied": 70, "n": 100}]
    journey = make_journey({"one": {"metrics": metrics, "surveys": surveys}})
    found = told([*read_metrics(journey), *current(read_surveys(journey))], STANDARDS)
    assert [(it["in"], it["index"], it["standard"], it["verdict"]) for it in found] == [
        ("figures", 0, "targets/fcr", "undetermined"),
        ("figures", 2, "targets/ease", "met"),
        ("figures", 3, "benchmarks/bank", "undetermined"),
        ("surveys", 0, "targets/csat", "missed"),
    ]
    assert {it["verified"] for it in found} == {False}
    assert told(read_metrics(journey), None) == []


@pytest.mark.parametrize(
    ("interval", "says"),
    [
        ((10, 30), "below"),
        ((41, 49), "within"),
        ((51, 60), "above"),
        ((30, 60), "undetermined"),
        (None, "undetermined"),
    ],
)
def test_where_an_interval_lies(interval, says: str) -> None:
    found = Measured("points", 45, 100, None if interval is None else Interval(*interval), None)
    assert where(found, 40, 50) == says
    assert where(found, None, None) == "undetermined"
