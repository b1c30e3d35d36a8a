"""Metrics and surveys as documents have them: intervals, verdicts, reasons, waves."""

from __future__ import annotations

import json
import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.dashboard import told, watch
from blueprint.analysis.measures import (
    Reason,
    measure_metric,
    measure_survey,
    read_metrics,
    read_surveys,
)
from blueprint.analysis.measures_told import WHY, why
from blueprint.analysis.monitoring import Reading, change
from blueprint.analysis.proportion import wilson
from blueprint.analysis.recommendation import Recommendation
from blueprint.model.sheet import Sheet
from blueprint.model.survey import Survey
from blueprint.model.touchpoint import Metric


def metric(**fields) -> Metric:
    return Metric.model_validate({"metric": "Solved at once", **fields})


def survey(name: str, **fields) -> Survey:
    return Survey.model_validate({"survey": name, **fields})


def verdict(make_journey, **fields):
    journey = make_journey({"one": {"metrics": [{"metric": "Solved at once", **fields}]}})
    (placed,) = read_metrics(journey)
    return placed.verdict, placed.reason


def test_a_percentage_is_a_share_with_wilsons_interval() -> None:
    found = measure_metric(metric(value="85%", n=200))
    assert (found.unit, found.value, found.reason) == ("share", 0.85, None)
    assert found.interval == wilson(170, 200)


def test_an_nps_known_by_its_value_has_the_widest_interval_it_can_have() -> None:
    found = measure_metric(metric(metric="净推荐值", value=33, n=100))
    assert (found.unit, found.bound) == ("points", True)
    assert found.interval is not None
    for passives in (0, 20, 66):
        promoters = (100 - passives + 33) / 2
        real = Recommendation(promoters, passives, 100 - passives - promoters).interval()
        assert found.interval.low <= real.low + 1e-9
        assert real.high <= found.interval.high + 1e-9


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "no-value"),
        ({"value": "85%"}, "no-sample-size"),
        ({"value": "120%", "n": 10}, "off-scale"),
        ({"value": 4.2, "n": 10}, "no-spread"),
        ({"value": 4.2, "n": 1, "sd": 0.5}, "one-answer"),
        ({"value": 4.2, "sd": 0.5}, "no-sample-size"),
        ({"metric": "NPS", "value": 120, "n": 10}, "off-scale"),
        ({"metric": "NPS", "value": 20}, "no-sample-size"),
    ],
)
def test_what_cannot_be_said_has_a_reason(fields, reason) -> None:
    found = measure_metric(metric(**fields))
    assert (found.interval, found.reason) == (None, reason)


def test_a_mean_with_its_spread() -> None:
    found = measure_metric(metric(value=5.0, n=16, sd=2.0))
    assert found.interval == pytest.approx((5 - 2.13145 / 2, 5 + 2.13145 / 2), abs=1e-5)
    equal = measure_metric(metric(value=5.0, n=16, sd=0))
    assert equal.interval == (5, 5)
    assert equal.reading is None, "an error of 0 would weigh infinitely in a baseline"


def test_verdicts(make_journey) -> None:
    assert verdict(make_journey, value="85%", n=200, target="85%") == ("undetermined", None)
    assert verdict(make_journey, value="85%", n=200, target=0.79) == ("met", None)
    assert verdict(make_journey, value=0.85, n=200, target="79%") == ("undetermined", "no-spread")
    assert verdict(make_journey, value="28%", n=412, target="8%", better="lower") == ("missed", None)
    assert verdict(make_journey, value="2%", n=412, target="8%", better="lower") == ("met", None)
    assert verdict(make_journey, value="85%", target="85%") == ("undetermined", "no-sample-size")
    assert verdict(make_journey, value="85%", n=200, target=40) == (None, "mixed-scales")
    assert verdict(make_journey, value=42, n=200, target="40%") == (None, "mixed-scales")
    assert verdict(make_journey, value="85%", n=200) == (None, "no-target")
    assert verdict(make_journey, target="85%") == (None, "no-value")


@pytest.mark.parametrize(
    ("written", "unit", "value", "n"),
    [
        (survey("nps", answers=[0, 0, 0, 0, 0, 0, 54, 0, 108, 0, 162]), "points", 100 / 3, 324),
        (survey("nps", promoters=162, passives=108, detractors=54), "points", 100 / 3, 324),
        (survey("nps", promoters=162, detractors=54, n=324), "points", 100 / 3, 324),
        (survey("nps", mean=8.1, sd=1.5, n=40), "mean", 8.1, 40),
        (survey("csat", answers=[3, 2, 5, 30, 60]), "share", 0.9, 100),
        (survey("csat", satisfied=90, n=100), "share", 0.9, 100),
        (survey("csat", mean=4.3, sd=0.8, n=100), "mean", 4.3, 100),
        (survey("ces", answers=[0, 2, 0, 0, 4, 0, 4]), "share", 0.8, 10),
        (survey("ces", answers=[6, 0, 0, 0, 4]), "mean", 2.6, 10),
        (survey("our-own", satisfied=3, n=4), "share", 0.75, 4),
        (survey("our-own", answers=[1, 2, 1], mean=2.0, sd=1), "mean", 2.0, 4),
    ],
)
def test_surveys_by_their_instrument(written: Survey, unit: str, value: float, n: int) -> None:
    found = measure_survey(written)
    assert (found.unit, found.n, found.reason) == (unit, n, None)
    assert found.value == pytest.approx(value)
    assert found.interval is not None
    assert found.interval.low < value < found.interval.high


def test_effort_of_the_first_version_is_better_when_lower() -> None:
    assert measure_survey(survey("ces", answers=[6, 0, 0, 0, 4])).better == "lower"
    assert measure_survey(survey("ces", answers=[0, 2, 0, 0, 4, 0, 4])).better == "higher"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (survey("csat", answers=[1, 2, 3]), "wrong-number-of-answers"),
        (survey("nps", answers=[1] * 5), "wrong-number-of-answers"),
        (survey("csat", answers=[0] * 5), "no-answers"),
        (survey("csat"), "no-answers"),
        (survey("nps"), "no-answers"),
        (survey("nps", promoters=4), "counts-do-not-fit"),
        (survey("nps", promoters=4, passives=1, detractors=1, n=9), "counts-do-not-fit"),
        (survey("nps", promoters=0, passives=0, detractors=0), "no-answers"),
        (survey("csat", answers=[1] * 5, n=9), "counts-do-not-fit"),
        (survey("csat", satisfied=9, n=5), "counts-do-not-fit"),
        (survey("csat", satisfied=9), "no-sample-size"),
        (survey("our-own", mean=4.0, n=30), "no-spread"),
    ],
)
def test_surveys_that_say_nothing_say_why(written: Survey, reason: str) -> None:
    found = measure_survey(written)
    assert (found.interval, found.reason) == (None, reason)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_readings_of_shares_always_have_an_error(pair: tuple[int, int]) -> None:
    found = measure_survey(survey("csat", satisfied=pair[0], n=pair[1]))
    assert found.reading is not None
    assert found.reading.error > 0
    interval = found.interval
    assert interval is not None
    assert interval.low < found.reading.value < interval.high


def wave(name: str, month: int, **fields) -> dict:
    return {"survey": name, "date": f"2026-{month:02d}-28", **fields}


def test_waves_are_held_against_the_ones_before(make_journey) -> None:
    csat = [wave("csat", month, satisfied=k, n=400) for month, k in ((9, 372), (3, 340), (6, 344))]
    nps = [
        wave("nps", m, promoters=p, passives=400 - p - d, detractors=d)
        for m, p, d in ((3, 220, 60), (6, 216, 64), (9, 160, 100))
    ]
    undated = {"survey": "csat", "satisfied": 1, "n": 400}
    journey = make_journey({"one": {"surveys": [*csat, *nps, undated]}, "two": {"surveys": [csat[0]]}})
    one, two = watch(read_surveys(journey))
    assert (one.touchpoint, one.waves) == ("one", {"csat": 3, "nps": 3})
    assert one.dual is not None
    assert one.dual.diverging
    assert one.dual.quadrant == "transaction-fine-relationship-eroding"
    before = [
        Reading(*Recommendation(p, 400 - p - d, d).adjusted) for p, d in ((220, 60), (216, 64), (160, 100))
    ]
    assert one.changes["nps"] == change(before)
    assert one.changes["nps"].difference < 0 < one.changes["csat"].difference
    assert one.adjusted_p["nps"] == pytest.approx(
        min(1, 2 * one.changes["nps"].p)
        if one.changes["nps"].p < one.changes["csat"].p
        else max(one.changes["nps"].p, 2 * one.changes["csat"].p)
    )
    assert (two.touchpoint, two.changes, two.dual) == ("two", {}, None)


def test_a_share_is_held_against_its_baseline(make_journey) -> None:
    surveys = [
        {"survey": "csat", "satisfied": 90, "n": 100, "baseline": 0.8},
        {"survey": "csat", "satisfied": 90, "n": 100, "baseline": "85%"},
        {"survey": "csat", "satisfied": 90, "n": 100, "baseline": 0.97},
        {"survey": "csat", "mean": 4.1, "sd": 1.0, "n": 100, "baseline": 0.97},
    ]
    found = told(make_journey({"one": {"surveys": surveys}}))
    assert found is not None
    assert [it["against_baseline"] for it in found["surveys"]] == ["above", "unclear", "below", None]


def test_a_wave_whose_table_is_not_at_hand_silences_its_index(make_journey) -> None:
    waves = [wave("csat", month, satisfied=90, n=100) for month in (1, 2)]
    nps = [wave("nps", month, promoters=40, detractors=20, n=100) for month in (1, 2)]
    journey = make_journey({"one": {"surveys": [*waves, wave("csat", 3, data="a.csv"), *nps]}})
    (found,) = watch(read_surveys(journey))
    assert set(found.changes) == {"nps"}
    table = Sheet({"csat": ("5",) * 30})
    (found,) = watch(read_surveys(journey, {"a.csv": table}))
    assert found.waves == {"csat": 3, "nps": 2}


def test_told_is_plain_and_complete(make_journey) -> None:
    journey = make_journey(
        {
            "one": {
                "metrics": [{"metric": "NPS", "class": "perceptual", "value": 50, "n": 40, "target": 20}],
                "surveys": [
                    wave("csat", 3, satisfied=90, n=100, invited=400, target=0.92),
                    wave("csat", 6, satisfied=99, n=100),
                ],
            }
        },
        metrics=[{"metric": "Stayed", "value": "80%", "n": 900, "target": "75%"}],
    )
    found = json.loads(json.dumps(told(journey), allow_nan=False))
    stayed, score = found["figures"]
    assert (stayed["touchpoint"], stayed["verdict"]) == (None, "met")
    assert (score["touchpoint"], score["verdict"], score["bound"]) == ("one", "met", True)
    assert found["surveys"][0]["response_rate"] == 0.25
    assert found["surveys"][0]["verdict"] == "undetermined"
    assert found["targets"] == {"met": 2, "missed": 0, "undetermined": 0}, "of two waves the later counts"
    assert found["monitoring"][0]["changes"]["csat"]["alarm"] is True
    assert told(make_journey({"one": {}})) is None


def test_an_nps_says_how_many_answers_it_would_take(make_journey) -> None:
    """162, 108 and 54 of 324 (domain 6.1): with Rocks's three answers σ² = 0.5602, so 213 and 877."""
    from blueprint.analysis.dashboard import told

    survey = {"survey": "nps", "promoters": 162, "passives": 108, "detractors": 54}
    csat = {"survey": "csat", "answers": [1, 2, 3, 4, 5]}
    page = told(make_journey({"a": {"kinds": "first", "surveys": [survey, csat]}}))
    assert page is not None
    nps, other = page["surveys"]
    p, d = 162.75 / 327, 54.75 / 327
    variance = p + d - (p - d) ** 2
    assert nps["sample_sizes"] == {
        "margin_of_ten": math.ceil(1.959964**2 * variance / 0.01 - 3),
        "difference_of_ten_each": math.ceil(2 * variance * (1.959964 + 0.841621) ** 2 / 0.01 - 3),
    }
    assert other["sample_sizes"] is None


def test_every_reason_is_told_in_both_languages() -> None:
    assert set(WHY) == set(get_args(Reason))
    assert len({it.en for it in WHY.values()}) == len({it.zh for it in WHY.values()}) == len(WHY)


def test_a_target_inside_the_interval_is_told_as_the_reason(make_journey) -> None:
    figure = {"metric": "Solved", "value": "85%", "n": 200, "target": "85%"}
    journey = make_journey({"one": {"metrics": [figure]}})
    (placed,) = read_metrics(journey)
    told = why(placed)
    assert placed.verdict == "undetermined"
    assert told is not None
    assert told.en == "the interval holds the target"
