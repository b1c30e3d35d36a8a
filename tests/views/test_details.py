"""What a page tells of a touchpoint: everything that is known, and nothing that says nothing."""

from __future__ import annotations

from typing import Any

from blueprint.analysis.journey import analyse_journey
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.views.detail_words import detail_words
from blueprint.views.details import blueprint_details, journey_details

STAGE: dict[str, Any] = {
    "stage": "s",
    "touchpoints": [
        {
            "id": "a",
            "title": "A",
            "kinds": ["first"],
            "emotion": 2,
            "pains": [
                {
                    "pain": "Cold",
                    "severity": 7,
                    "causes": ["No lid", "Nobody asked"],
                    "action": "Buy lids",
                    "owner": "Kitchen",
                }
            ],
            "quality": {"empathy": {"expected": 6.5, "believed": 5, "perceived": 3.1}},
        },
        {"id": "b", "title": "B", "emotion": 0},
        {"id": "c", "title": "C", "kinds": ["end"], "emotion": 1},
    ],
}


def told(language: str = "en") -> dict[str, dict[str, tuple[str, ...]]]:
    model = Journey.model_validate({"journey": "j", "stages": [STAGE]})
    found = journey_details(model, analyse_journey(model), language)
    return {detail.id: {row.label: row.lines for row in detail.rows} for detail in found}


def test_a_pain_is_told_with_its_causes_and_what_is_done_each_on_its_own_line() -> None:
    assert told()["a"]["Pains"] == ("Cold · S 7", "← No lid ← Nobody asked", "→ Buy lids · Kitchen")


def test_quality_is_told_from_every_side_that_was_asked() -> None:
    assert told()["a"]["Quality"] == ("Empathy: expected 6.5 · believed by management 5 · perceived 3.1",)
    assert told("zh")["a"]["服务质量"] == ("移情性：期望 6.5 · 管理者认知 5 · 感知 3.1",)


def test_a_chance_or_a_lever_of_nothing_is_not_told() -> None:
    assert any("the peak of 100%" in line for line in told()["a"]["In figures"])
    assert told()["b"]["In figures"] == ("100% get here",)


def test_how_work_is_meant_to_be_done_is_told_of_touchpoints() -> None:
    touchpoint = {
        "id": "a",
        "title": "A",
        "kinds": ["first", "complaint", "end"],
        "trigger": "customer",
        "asks": ["Her name"],
        "delight": {"what": "A cake", "share": 0.1, "again": "1w"},
        "complaint": {
            "signals": ["Looks around"],
            "respond": "5m",
            "compensation": "20 EUR",
            "alternatives": ["A voucher"],
        },
        "personal_data": {"data": ["Birthday"], "purpose": "A cake", "kept": "2w"},
    }
    stage = {"stage": "s", "touchpoints": [touchpoint]}
    model = Journey.model_validate({"journey": "j", "stages": [stage]})
    (detail,) = journey_details(model, None, "en")
    rows = {row.label: row.lines for row in detail.rows}
    assert rows["Begun by"] == ("the customer",)
    assert rows["The customer must tell"] == ("Her name",)
    assert rows["Surprise"] == ("A cake · 10% · not again for 7 d",)
    assert rows["How trouble shows"] == ("Looks around",)
    assert rows["Putting it right"] == ("answered within: 5 min", "compensation: 20 EUR", "A voucher")
    assert rows["Personal data"] == ("Birthday · A cake · kept for 2 wk",)
    (chinese,) = journey_details(model, None, "zh")
    assert {"发起方", "如何补救", "个人信息"} <= {row.label for row in chinese.rows}


def test_who_answers_for_a_step_and_how_far_it_may_be_left_is_told() -> None:
    step = {
        "id": "s1",
        "at": "a",
        "actor": "waiter",
        "does": "Serves",
        "standard": "SOP 7",
        "raci": {"accountable": "chef", "responsible": "waiter", "informed": ["chef", "waiter"]},
        "exceptions": [{"when": "A birthday", "who": "waiter", "limit": "30 EUR", "told": "chef"}],
    }
    people = {"waiter": {"zone": "frontstage"}, "chef": {"zone": "backstage", "title": "Head chef"}}
    model = ServiceBlueprint.model_validate(
        {"blueprint": "b", "journey": "j", "actors": people, "steps": [step]}
    )
    (detail,) = blueprint_details(model, None, None, "en")
    rows = {row.label: row.lines for row in detail.rows}
    assert rows["Who answers for it"] == (
        "accountable: Head chef", "responsible: waiter", "informed: Head chef, waiter",
    )  # fmt: skip
    assert rows["Procedure"] == ("SOP 7",)
    assert rows["May be left"] == ("A birthday · waiter · up to 30 EUR · Head chef is told",)


def test_both_languages_name_the_same_practice() -> None:
    english, chinese = (detail_words(language).practice for language in ("en", "zh-Hant"))
    assert english.keys() == chinese.keys()
    assert {key: text.count("{}") for key, text in english.items()} == {
        key: text.count("{}") for key, text in chinese.items()
    }
