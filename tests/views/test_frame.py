"""The sheet around a drawing: header, figures, legend, story."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from blueprint.analysis.journey import analyse_journey
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.scene.shapes import Group, Paint, Rect, Scene, Text
from blueprint.views import journey_map
from blueprint.views.frame import NARROWEST, frame, patch_mark
from blueprint.views.frame import LegendEntry as Entry
from blueprint.views.header import MARGIN, Figure, Gauge, Heading, PersonaChip

sys.path.insert(0, str(Path(__file__).parent))
from audit import audit, every


def sheet(width: float = 900, **more: Any) -> Scene:
    heading = more.pop("heading", Heading("Journey map", "A title"))

    def body(x: float, y: float, given: float) -> tuple[Group, float]:
        return Group((Rect(x, y, given, 100, Paint("card")),), role="body"), 100

    return frame(
        heading,
        body,
        width=width,
        language=more.pop("language", "en"),
        prefix="p",
        view="map",
        description="d",
        **more,
    )


def texts(scene: Scene, role: str = "") -> list[str]:
    groups = [s for s in every(scene.root) if isinstance(s, Group) and (not role or s.role == role)]
    return [
        " ".join(t.lines) for g in groups[: None if role else 1] for t in every(g) if isinstance(t, Text)
    ]


@pytest.mark.parametrize("width", [10, 900, 1500, 2400, 5000])
def test_the_body_gets_the_width_it_asks_for_or_more(width: float) -> None:
    scene = sheet(width)
    (body,) = (s for s in every(scene.root) if isinstance(s, Group) and s.role == "body")
    (rect,) = body.children
    assert isinstance(rect, Rect)
    assert scene.width == max(width + 2 * MARGIN, NARROWEST)
    assert (rect.x, rect.width) == (MARGIN, scene.width - 2 * MARGIN)
    assert rect.y % 8 == 0
    assert scene.height % 8 == 0


FIGURES = (
    Figure("Peak-end", "+1.35", "mean +0.33", "positive", Gauge(-2, 2, 0, 1.35, 0.33)),
    Figure("Completion", "88%", "8 steps", "success", share=0.88),
    Figure("Expected time", "12 d 14 h and more than fits", "per journey"),
    Figure("Worst pain", "Nobody calls back " * 9, "severity 8", "pain", wordy=True),
)


@pytest.mark.parametrize("width", [10, 1500, 2400, 5000])
def test_head_and_legend_never_clip(width: float) -> None:
    heading = Heading(
        "Journey map",
        "A long title that goes on and on " * 20,
        "A summary " * 100,
        "to-be",
        tuple(PersonaChip(f"Somebody {at}", "Says something at length " * at) for at in range(5)),
        (("Owner", "A department with a very long name " * 4), ("Reviewed", "2026-09-14")),
    )
    legend = tuple(Entry(patch_mark(Paint("pain-tint")), f"the meaning of sign {at}") for at in range(30))
    scene = sheet(width, heading=heading, figures=FIGURES, legend=legend, file="a" * 200, digest="0" * 64)
    assert audit(scene) == []


def test_the_head_grows_with_the_poster() -> None:
    def title(width: float) -> float:
        return max(s.size for s in every(sheet(width).root) if isinstance(s, Text))

    assert title(900) < title(2000) < title(4000)


def test_the_footer_names_the_file_and_what_was_in_it_and_no_time() -> None:
    (origin,) = texts(sheet(file="parcel.yaml", digest="0123456789abcdef"), "origin")
    assert origin == "parcel.yaml · 0123456789ab"
    assert texts(sheet(), "origin") == []


def journey(**more: Any) -> Journey:
    stages = [
        {
            "stage": "s",
            "touchpoints": [
                {
                    "id": "a",
                    "title": "Opens",
                    "kinds": ["first"],
                    "emotion": {"ann": -1, "bo": 1},
                    "time": {"standard": "1h"},
                },
                {
                    "id": "b",
                    "title": "Leaves",
                    "kinds": ["end"],
                    "emotion": 2,
                    "pains": [{"pain": "Cold", "severity": 6}],
                },
            ],
        }
    ]
    return Journey.model_validate(
        {"journey": "j", "title": "Tea", "stages": stages, "persona": ["ann", "bo"], **more}
    )


PERSONAS = {"ann": Persona.model_validate({"persona": "ann", "title": "Ann"})}


def draw(model: Journey, language: str = "en", persona: str | None = None) -> Scene:
    analysis = analyse_journey(model, personas=PERSONAS, persona=persona)
    return journey_map.draw(model, analysis, personas=PERSONAS, language=language)


def test_the_figures_that_matter_stand_at_the_top() -> None:
    labels = [
        group.title.split(":")[0]
        for group in every(draw(journey()).root)
        if getattr(group, "role", "") == "figure"
    ]
    assert labels == ["Peak-end", "Ending", "Completion", "Expected time", "Worst pain"]
    said = " ".join(texts(draw(journey()), "figures"))
    assert "mean" in said
    assert "1 h" in said
    assert "Cold" in said


def test_without_an_analysis_there_are_none() -> None:
    scene = journey_map.draw(journey(), None, personas={}, language="en")
    assert texts(scene, "figures") == []
    assert audit(scene) == []


def test_an_unknown_persona_is_named_by_its_id_and_one_can_be_drawn_alone() -> None:
    assert texts(draw(journey()), "persona") == ["Ann", "bo"]
    alone = draw(journey(), persona="bo")
    assert texts(alone, "persona") == ["bo"]
    assert texts(alone, "curve-name") == []


def test_the_legend_explains_only_what_is_there() -> None:
    entries = texts(draw(journey()), "legend-entry")
    assert "assumed emotion" in entries
    assert "ends in success" in entries
    assert not {"measured emotion", "goes back", "ends in failure", "metric with sample"} & set(entries)


def test_the_story_tells_what_the_drawing_shows() -> None:
    english, chinese = draw(journey()).description, draw(journey(), "zh").description
    for part in (
        "“Tea”",
        "2 touchpoints in 1 stage",
        "Opens (emotion 0)",
        "“Leaves” (+2)",
        "100% of journeys",
        "1 h",
        "Cold",
    ):
        assert part in english
    for part in ("客户旅程图“Tea”", "2 个触点", "情绪", "100% 的旅程"):
        assert part in chinese


def test_a_scale_with_its_own_middle_writes_plain_numbers() -> None:
    scene = draw(journey(emotion_scale=[1, 7]))
    assert "+2" not in "\n".join(texts(scene))
    # 2 on a scale whose middle is 4 is no peak, though nothing is better.
    assert not any("Peak" in flag for flag in texts(scene, "mark"))
    assert any("Pit" in flag for flag in texts(scene, "mark"))


def test_a_sheet_too_wide_to_be_seen_at_once_keeps_its_head_together() -> None:
    figures = (Figure("Ending", "+1"), Figure("Completion", "39%"))
    people = (PersonaChip("Ana"), PersonaChip("Bo"), PersonaChip("Chen"))
    heading = Heading("Journey map", "The long way", "Told in a sentence.", personas=people)
    near, far = (sheet(width, heading=heading, figures=figures) for width in (5000, 9000))
    for scene in (near, far):
        assert audit(scene) == []

    def right(scene: Scene, role: str) -> float:
        groups = [s for s in every(scene.root) if isinstance(s, Group) and s.role == role]
        return max((t.x for g in groups for t in every(g) if isinstance(t, Text)), default=0.0)

    assert right(near, "figures") > near.width - 500, "at both corners of what is seen at once"
    assert right(far, "personas") < right(far, "figures") < far.width / 2
    assert texts(near, "again") == []
    assert texts(far, "again") == ["Journey map", "The long way"]
    assert right(far, "again") == far.width - MARGIN
