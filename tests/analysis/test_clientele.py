from __future__ import annotations

import json

import pytest

from blueprint.analysis import clientele
from blueprint.analysis.clientele import (
    answered,
    missed_channels,
    preferred_share,
    taboos_said,
    time_cost,
    unspoken_at,
)
from blueprint.model.persona import Persona
from blueprint.source.standards import builtin_standards

LISTS = builtin_standards().coverage


def persona(**fields: object) -> Persona:
    return Persona.model_validate({"persona": "p", **fields})


def test_a_trait_is_answered_where_a_touchpoint_says_so_and_nowhere_else(make_journey) -> None:
    journey = make_journey(
        {"a": {"covers": {"vip-traits": "time"}}, "b": {"covers": {"vip-traits": ["time", "personal"]}}},
        covers={"vip-traits": ["privacy"]},
    )
    found = answered(
        "vip-traits", LISTS["vip-traits"], persona(covers={"vip-traits": ["time", "privacy"]}), journey
    )
    assert found is not None
    assert found.by == {"time": ("a", "b"), "privacy": ()}
    assert found.unanswered == ("privacy",), "what the journey says as a whole is felt by nobody"


def test_only_touchpoints_of_the_lists_kinds_answer(make_journey) -> None:
    point = {"covers": {"vip-needs": "respect"}}
    wants = persona(covers={"vip-needs": "respect"})
    for kinds, unanswered in (([], ("respect",)), (["high-perception"], ())):
        found = answered(
            "vip-needs", LISTS["vip-needs"], wants, make_journey({"a": {**point, "kinds": kinds}})
        )
        assert found is not None
        assert found.unanswered == unanswered


def test_silence_on_either_side_is_no_gap(make_journey) -> None:
    entry = LISTS["vip-traits"]
    speaks, silent = make_journey({"a": {"covers": {"vip-traits": "time"}}}), make_journey({"a": {}})
    assert answered("vip-traits", entry, persona(covers={"vip-traits": "privacy"}), silent) is None
    assert answered("vip-traits", entry, persona(), speaks) is None
    assert answered("vip-traits", entry, persona(covers={"vip-traits": "typo"}), speaks) is None


def test_time_is_what_an_hour_is_worth_times_the_hours_they_are_busy(make_journey) -> None:
    journey = make_journey(
        {"a": {"time": {"standard": "30m", "wait": "9h"}}, "b": {"time": {"standard": "15m"}}, "c": {}}
    )
    visits = {"a": 2.0, "b": 0.4, "c": 5.0}
    # 2 × ½ h + 0.4 × ¼ h = 1.1 h; the nine hours of waiting are their own
    assert time_cost(persona(value_of_time="60 EUR"), journey, visits) == pytest.approx(66)
    assert time_cost(persona(), journey, visits) is None
    assert time_cost(persona(value_of_time="60 EUR"), make_journey({"a": {}}), {"a": 1.0}) is None


def test_liked_channels_are_counted_by_visits(make_journey) -> None:
    journey = make_journey({"a": {"channel": "Phone"}, "b": {"channel": "web"}, "c": {}})
    visits = {"a": 1.0, "b": 3.0, "c": 9.0}
    likes = persona(channels=["phone", "letter"])
    assert preferred_share(likes, journey, visits) == pytest.approx(0.25)
    assert missed_channels(likes, journey) == ("letter",)
    assert preferred_share(persona(), journey, visits) is None
    assert preferred_share(likes, make_journey({"a": {}}), {"a": 1.0}) is None


@pytest.mark.parametrize(
    ("word", "line", "found"),
    [
        ("clock", "A clock for you.", True),
        ("clock", "Two CLOCKS for you.", True),
        ("clock", "I ring you at five o'clock.", False),
        ("clock", "I ring you at five o’clock.", False),
        ("clock", "The clockwork is fine.", False),
        ("Mr Salcedo", "Is Mr Salcedo there?", True),
        ("送钟", "我们送钟给您", True),
        ("a.b", "axb", False),
        (" ", "A clock for you.", False),
    ],
)
def test_taboo_words_are_found_whole(make_journey, word: str, line: str, found: bool) -> None:
    lines = [{"customer": word}, {"agent": line}]
    journey = make_journey({"a": {"script": {"lines": lines}}})
    hits = list(taboos_said(persona(culture={"taboos": [word]}), journey))
    assert [(hit.touchpoint, hit.loc) for hit in hits] == [("a", ("lines", 1))] * found


def test_a_script_without_their_language_is_named(make_journey) -> None:
    both = {"script": {"lines": [{"agent": {"en": "Yes", "zh-Hant": "是"}}]}}
    journey = make_journey({"a": both, "b": {"script": {"lines": [{"agent": "Yes"}]}}, "c": {}})
    assert unspoken_at(persona(culture={"language": "zh"}), journey) == ("b",)
    assert unspoken_at(persona(culture={"language": "en"}), journey) == ()
    assert unspoken_at(persona(), journey) == ()


def test_what_is_told_is_plain_data(make_journey) -> None:
    who = persona(
        industry="luxury",
        type="silent",
        channels=["web"],
        value_of_time="9 CHF",
        culture={"taboos": ["no"], "language": "fr"},
        profile={"basic": [{"data": "Name"}], "social": [{"data": "Friends", "purpose": "None"}]},
    )
    script = {"lines": [{"agent": "No."}], "variants": {"silent": [{"agent": "Well?"}]}}
    journey = make_journey({"a": {"channel": "web", "time": {"standard": "1h"}, "script": script}})
    told = clientele.told(journey, {"a": 1.0}, builtin_standards(), {"p": who})
    assert told is not None
    json.dumps(told, allow_nan=False)
    page = told["p"]
    assert (page["industry"], page["type"], page["type_script"]) == ("luxury", "silent", "a")
    assert page["profile"] == {
        "classes": ["basic", "social"],
        "missing": ["behaviour", "interaction"],
        "without_purpose": 1,
    }
    assert page["culture"]["said"] == [{"touchpoint": "a", "word": "no"}]
    assert page["culture"]["unspoken"] == ["a"]
    assert page["time_cost"] == {"amount": 9.0, "currency": "CHF"}
    assert clientele.told(journey, {}, builtin_standards(), {}) is None
