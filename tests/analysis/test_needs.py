"""Needs of a journey: what is found wins over what is declared, and nothing is made up."""

from __future__ import annotations

import json

import pytest

from blueprint.analysis.kano import Tally
from blueprint.analysis.needs import counts_of, read_needs, told, uncovered, unmet
from blueprint.model.need import Need

LIFETIME = {"M": 8, "O": 15, "A": 1, "I": 2, "R": 0, "Q": 0}


def journey_of(make_journey, *needs, **point):
    return make_journey({"one": {"kinds": ["first"], "needs": list(needs), **point}})


def test_declared_and_asked_needs(make_journey) -> None:
    found = told(
        journey_of(
            make_journey,
            {"need": "Lasts", "kano": LIFETIME, "met": False},
            {"need": "Is safe", "kano": "must-be", "met": False},
            {"need": "Surprises", "kano": "attractive", "met": True},
            {"need": "Nobody knows"},
        )
    )
    assert found is not None
    lasts, safe, _, unknown = found["stated"]
    assert (lasts["categories"], lasts["basis"]) == (["performance"], "questionnaire")
    asked = lasts["questionnaire"]
    assert asked["better"] == pytest.approx(16 / 26)
    assert asked["worse"] == pytest.approx(-23 / 26)
    assert asked["worse_interval"][0] < asked["worse"] < asked["worse_interval"][1]
    assert (asked["sufficient"], asked["clarity"]["significant"], asked["clarity"]["fong_significant"]) == (
        False,
        False,
        True,
    )
    assert (safe["basis"], safe["questionnaire"]) == ("declared", None)
    assert (unknown["categories"], unknown["basis"], found["unclassified"]) == ([], None, 1)
    assert found["count"]["must-be"] == 1
    assert found["unmet"] == [{"touchpoint": "one", "index": 1}, {"touchpoint": "one", "index": 0}]
    assert "NaN" not in json.dumps(found, allow_nan=False)


def test_pairs_of_answers_are_counted_and_scored(make_journey) -> None:
    table = [[1] * 5 for _ in range(5)]
    (reading,) = read_needs(journey_of(make_journey, {"need": "x", "answers": table}))
    assert reading.asked is not None
    assert reading.asked.counts == Tally(Q=2, A=3, O=1, R=7, I=9, M=3)
    assert reading.asked.scores is not None
    assert reading.asked.scores.n == 23
    assert reading.categories == ("I",)


def test_the_category_is_decided_by_cqm_and_may_stay_open(make_journey) -> None:
    split, tied = {"M": 9, "O": 8, "A": 8, "I": 14, "R": 1}, {"M": 10, "I": 6, "R": 4}
    first, second = read_needs(
        journey_of(make_journey, {"need": "x", "kano": split}, {"need": "y", "kano": tied})
    )
    assert (first.categories, first.surely("M")) == (("M",), True)
    assert (second.categories, second.surely("M")) == (("M", "I"), False)


def test_a_questionnaire_nobody_answered_says_nothing(make_journey) -> None:
    zeros = dict.fromkeys("MOAIRQ", 0)
    (reading,) = read_needs(journey_of(make_journey, {"need": "x", "kano": zeros, "met": False}))
    assert (reading.asked, reading.categories, unmet((reading,))) == (None, (), ())
    assert counts_of(Need.model_validate({"need": "x", "kano": "must-be"})) is None


def test_huge_counts_cost_nothing(make_journey) -> None:
    table = [[10**15] * 5 for _ in range(5)]
    (reading,) = read_needs(journey_of(make_journey, {"need": "x", "answers": table}))
    assert reading.asked is not None
    assert reading.asked.measures.n == 25 * 10**15


def test_what_should_be_known_where(make_journey) -> None:
    points = {
        "a": {"kinds": ["high-frequency"], "needs": [{"need": "x", "kano": "performance"}]},
        "b": {"kinds": ["complaint"], "needs": [{"need": "x", "kano": "must-be"}]},
        "c": {"kinds": ["high-perception"]},
        "d": {"kinds": ["end"]},
    }
    journey = make_journey(points)
    assert uncovered(journey, read_needs(journey)) == {
        "a": ("must-be",),
        "c": ("attractive",),
        "d": ("attractive",),
    }
    points["d"]["needs"] = [{"need": "y", "kano": "attractive"}]
    journey = make_journey(points)
    assert uncovered(journey, read_needs(journey)) == {"a": ("must-be",)}


def test_no_needs_no_key(make_journey) -> None:
    assert told(journey_of(make_journey)) is None
