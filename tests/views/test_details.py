"""What a page tells of a touchpoint: everything that is known, and nothing that says nothing."""

from __future__ import annotations

from typing import Any

from blueprint.analysis.journey import analyse_journey
from blueprint.model.journey import Journey
from blueprint.views.details import journey_details

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
