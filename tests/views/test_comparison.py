"""The drawing of a comparison: readable in every size and language, and true."""

from __future__ import annotations

import dataclasses
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint import api
from blueprint.scene.shapes import Group, Link, Scene, Shape
from blueprint.scene.themes import THEMES

sys.path.insert(0, str(Path(__file__).parent))
from audit import audit, box_of, crosses, every

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


WORK = """\
blueprint: behind
journey: j
actors:
  desk: {title: Desk, zone: frontstage}
  store: {title: Store, zone: backstage}
  files: {title: Files, zone: support, technology: true}
steps:
  - id: ask
    at: t0
    actor: desk
    does: Asks for the number
    time: {standard: 2m}
    next: fetch
  - id: fetch
    at: t0
    actor: store
    does: Fetches the parcel
    time: {standard: 5m, wait: 10m}
    decision: true
    next: {hand: {p: 0.9, when: found}, note: {p: 0.1, when: missing}}
  - {id: note, at: t1, actor: files, does: Notes what is missing, next: hand}
  - {id: hand, at: t1, actor: desk, does: Hands it over, time: {standard: 1m}}
"""
_CHANGES = {
    "standard: 5m, wait: 10m": "standard: 3m",
    "{p: 0.9, when: found}, note: {p: 0.1, when: missing}": "{p: 0.8, when: found}, call: {p: 0.2}",
    "{id: note, at: t1, actor: files, does: Notes what is missing": (
        "{id: call, at: t2, actor: clerk, does: Calls the depot and waits"
    ),
    "  files: {title: Files, zone: support, technology: true}": "  clerk: {title: Clerk, zone: backstage}",
}
LEANER = WORK
for _old, _new in _CHANGES.items():
    LEANER = LEANER.replace(_old, _new)


def legible(scene: Scene) -> list[str]:
    """Return the faults; labels stand on their own way, as in the blueprint itself, and on no other."""
    found = [fault for fault in audit(scene) if "runs through" not in fault]
    patches = [box_of(g.children[0]) for g in roles(scene, "link-label") if isinstance(g, Group)]
    links = [link for link in every(scene.root) if isinstance(link, Link)]
    for patch in patches:
        through = {
            link.id for link in links for one, two in pairwise(link.points) if crosses(one, two, patch, 0.0)
        }
        if len(through) > 1:
            found.append(f"{sorted(through)} run through one label")
    return found


def draw_work(folder: Path, old: str, new: str, *, journey: bool = True, language: str = "en") -> Scene:
    loaded = []
    for name, text in (("one", old), ("two", new)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "behind.yaml").write_text(text, encoding="utf-8")
        if journey:
            write(folder / name / "j.yaml", [0.0] * (2 if name == "one" else 3))
        loaded.append(api.load([folder / name]))
    comparison = api.compare(("old", loaded[0], None), ("new", loaded[1], None))
    chosen = [it for it in comparison.documents if it.version.id == "behind"]
    found = api.draw_comparison(dataclasses.replace(comparison, documents=tuple(chosen)), language=language)
    assert found is not None
    return found


def words_of(shapes: list[Shape]) -> str:
    return " ".join(
        line for group in shapes for shape in every(group) for line in getattr(shape, "lines", ())
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("journey", [True, False])
def test_both_versions_of_the_work_stand_on_one_grid(tmp_path: Path, language: str, journey: bool) -> None:
    scene = draw_work(tmp_path, WORK, LEANER, journey=journey, language=language)
    assert legible(scene) == []
    steps = [g for g in roles(scene, "step") if isinstance(g, Group)]
    assert {g.id for g in steps} == {"step-ask", "step-fetch", "step-old-note", "step-call", "step-hand"}
    ways = {(link.source, link.target): link.role for link in every(scene.root) if isinstance(link, Link)}
    assert ways == {
        ("step-ask", "step-fetch"): "way-same",
        ("step-fetch", "step-hand"): "way-changed",
        ("step-fetch", "step-old-note"): "way-removed",
        ("step-old-note", "step-hand"): "way-removed",
        ("step-fetch", "step-call"): "way-added",
        ("step-call", "step-hand"): "way-added",
    }
    assert len(roles(scene, "actor-sign")) == 2
    assert scene == draw_work(tmp_path, WORK, LEANER, journey=journey, language=language)


def test_times_are_told_before_and_after(tmp_path: Path) -> None:
    scene = draw_work(tmp_path, WORK, LEANER)
    first, second = (words_of([cell]) for cell in roles(scene, "time"))
    assert "17m → 5m" in first
    assert "▼ 12m shorter" in first
    assert second == "1m"
    assert "90% → 80%" in words_of(roles(scene, "link-label"))


@given(st.data())
@settings(max_examples=25)
def test_any_two_blueprints_can_be_drawn(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    def version(name: str) -> str:
        ids = data.draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True), label=name)
        steps = [
            {
                "id": id,
                "at": data.draw(st.sampled_from(["t0", "t1", "t2", "elsewhere"])),
                "actor": data.draw(st.sampled_from(["desk", "store", "nobody"])),
                "does": data.draw(st.sampled_from(["Does it", "Does something quite different", "做点事"])),
                "next": data.draw(st.lists(st.sampled_from(["a", "b", "c", "z"]), min_size=1, unique=True)),
            }
            for id in ids
        ]
        actors = {
            id: {"zone": data.draw(st.sampled_from(["frontstage", "backstage", "support"]))}
            for id in data.draw(st.sampled_from([["desk"], ["desk", "store"], ["store"]]))
        }
        return yaml.safe_dump({"blueprint": "behind", "journey": "j", "actors": actors, "steps": steps})

    folder = tmp_path_factory.mktemp("two")
    for name in ("one", "two"):
        (folder / name).mkdir()
        write(folder / name / "j.yaml", [0.0] * data.draw(st.integers(1, 3)))
        (folder / name / "behind.yaml").write_text(version(name), encoding="utf-8")
    found = api.compare(
        ("old", api.load([folder / "one"]), None), ("new", api.load([folder / "two"]), None)
    )
    for compared in (it for it in found.documents if it.version.id == "behind"):
        if (scene := api.draw_comparison(dataclasses.replace(found, documents=(compared,)))) is not None:
            assert legible(scene) == []
