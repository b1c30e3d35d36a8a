"""The curve of a journey at a glance."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from blueprint.analysis.journey import analyse_journey
from blueprint.model.journey import Journey
from blueprint.scene.shapes import Ellipse, Rect, Text
from blueprint.views import cover

sys.path.insert(0, str(Path(__file__).parent))
from audit import audit, every


def journey(*emotions: Any) -> Journey:
    touchpoints = [
        {"id": f"t{at}", "title": f"T{at}", **({} if emotion is None else {"emotion": emotion})}
        for at, emotion in enumerate(emotions)
    ]
    touchpoints[0]["kinds"] = ["first"]
    stages = [
        {"stage": "one", "touchpoints": touchpoints[:1]},
        {"stage": "two", "touchpoints": touchpoints[1:]},
    ]
    return Journey.model_validate({"journey": "j", "title": "Tea", "stages": stages})


def test_it_marks_the_highest_the_lowest_and_the_last_dot_without_a_word() -> None:
    model = journey(1, -2, 2, 0.5)
    scene = cover.draw(model, analyse_journey(model), "en")
    assert scene is not None
    assert audit(scene) == []
    dots = {s.paint.fill: s for s in every(scene.root) if isinstance(s, Ellipse)}
    assert dots["positive"].y < dots["ink"].y < dots["negative"].y
    assert dots["negative"].x < dots["positive"].x < dots["ink"].x
    assert not any(isinstance(s, Text) for s in every(scene.root))
    assert "highest point is “T2” (+2)" in scene.description


def test_the_stages_fill_the_foot() -> None:
    model = journey(1, 0, -1, 1)
    scene = cover.draw(model, None, "en")
    assert scene is not None
    bands = [s for s in every(scene.root) if isinstance(s, Rect) and s.role == "stage"]
    assert [band.paint.fill for band in bands] == ["stage-1", "stage-2"]
    assert sum(band.width for band in bands) == cover.WIDTH


def test_what_nobody_scored_has_no_curve() -> None:
    assert cover.draw(journey(None, None), None, "en") is None
