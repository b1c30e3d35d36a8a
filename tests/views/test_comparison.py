"""The drawing of a comparison: readable in every size and language, and true."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint import api
from blueprint.scene.shapes import Group, Scene, Shape
from blueprint.scene.themes import THEMES

sys.path.insert(0, str(Path(__file__).parent))
from audit import audit, every

JOURNEYS = Path(__file__).parents[2] / "journeys"


def draw(old: Path, new: Path, language: str = "en") -> Scene:
    found = api.compare(("old", api.load([old]), None), ("new", api.load([new]), None), one=True)
    scene = api.draw_comparison(found, language=language)
    assert scene is not None
    return scene


def roles(scene: Scene, role: str) -> list[Shape]:
    return [shape for shape in every(scene.root) if getattr(shape, "role", "") == role]


def write(path: Path, emotions: list[float | None], **more: object) -> Path:
    points = [
        {"id": f"t{at}", "title": f"Step {at}"} | ({} if e is None else {"emotion": e})
        for at, e in enumerate(emotions)
    ]
    points[0]["kinds"] = ["first"]
    stages = [
        {"stage": f"s{at // 5}", "touchpoints": points[at : at + 5]} for at in range(0, len(points), 5)
    ]
    path.write_text(yaml.safe_dump({"journey": "j", **more, "stages": stages}), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wrong-steak", "wrong-steak-to-be"),
        ("parcel-damage-claim", "late-order"),
        ("first-day", "clinic-visit"),
    ],
)
def test_nothing_clips_or_overlaps(old: str, new: str, language: str) -> None:
    scene = draw(JOURNEYS / f"{old}.yaml", JOURNEYS / f"{new}.yaml", language)
    assert audit(scene) == []
    assert scene == draw(JOURNEYS / f"{old}.yaml", JOURNEYS / f"{new}.yaml", language)


@given(
    st.lists(st.one_of(st.none(), st.sampled_from([-2.0, -0.5, 0.0, 1.0, 2.0])), min_size=1, max_size=24),
    st.lists(st.one_of(st.none(), st.sampled_from([-2.0, -0.5, 0.0, 1.0, 2.0])), min_size=1, max_size=24),
)
@settings(max_examples=25)
def test_any_two_journeys_can_be_drawn(
    tmp_path_factory: pytest.TempPathFactory, one: list[float | None], other: list[float | None]
) -> None:
    folder = tmp_path_factory.mktemp("two")
    old, new = write(folder / "old.yaml", one), write(folder / "new.yaml", other)
    found = api.compare(("old", api.load([old]), None), ("new", api.load([new]), None), one=True)
    scene = api.draw_comparison(found, language="en")
    assert (scene is None) == (not found.documents)
    if scene is not None:
        assert audit(scene) == []


def test_loss_and_gain_are_shaded_where_they_are(tmp_path: Path) -> None:
    old = write(tmp_path / "old.yaml", [0, 1, 1, 0, -1, 0])
    new = write(tmp_path / "new.yaml", [0, -1, 1, 0, 1, 0])
    scene = draw(old, new)
    losses, gains = roles(scene, "loss"), roles(scene, "gain")
    assert losses
    assert gains

    def reach(shapes: list[Shape]) -> tuple[float, float]:
        xs = [p.x for shape in shapes for step in shape.segments for p in step.points]  # type: ignore[union-attr]  # areas are paths
        return min(xs), max(xs)

    assert reach(losses)[1] < reach(gains)[0] + 1e-6
    assert {area.paint.fill for area in losses} == {"negative-tint"}  # type: ignore[union-attr]  # areas are paths
    assert {area.paint.fill for area in gains} == {"positive-tint"}  # type: ignore[union-attr]  # areas are paths
    assert len(roles(scene, "delta")) == 2
    assert not roles(draw(old, write(tmp_path / "same.yaml", [0, 1, 1, 0, -1, 0], owner="X")), "loss")


def test_scores_on_another_scale_are_not_shaded(tmp_path: Path) -> None:
    old = write(tmp_path / "old.yaml", [0, 1, 2])
    new = write(tmp_path / "new.yaml", [3, 4, 5], emotion_scale=[1, 5])
    scene = draw(old, new)
    assert not roles(scene, "gain") + roles(scene, "loss") + roles(scene, "delta")
    assert "scale is another" in " ".join(
        line for shape in every(scene.root) for line in getattr(shape, "lines", ())
    )


def test_a_long_journey_shows_what_changed_and_shrinks_the_rest(tmp_path: Path) -> None:
    emotions: list[float | None] = [0.5] * 40
    old = write(tmp_path / "old.yaml", emotions)
    scene = draw(old, write(tmp_path / "new.yaml", [*emotions[:20], -1.0, *emotions[21:]]))
    assert scene.width < 40 * 104
    cards = {dict(g.data)["touchpoint"] for g in roles(scene, "touchpoint") if isinstance(g, Group)}
    assert len(cards) == 40
    assert audit(scene) == []


def test_the_story_is_told_in_words(tmp_path: Path) -> None:
    scene = draw(write(tmp_path / "old.yaml", [0, 1, 2]), write(tmp_path / "new.yaml", [0, 1, -1]))
    assert "Ending +2 → −1" in scene.description
    assert "rescored +2 → −1" in scene.description


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_every_theme_and_format(tmp_path: Path, theme: str) -> None:
    scene = draw(write(tmp_path / "old.yaml", [0, 1, 2]), write(tmp_path / "new.yaml", [0, 1, -1]))
    assert api.render(scene, "svg", THEMES[theme]).startswith(b"<?xml")
    assert api.render(scene, "png", THEMES[theme], scale=0.2).startswith(b"\x89PNG")
