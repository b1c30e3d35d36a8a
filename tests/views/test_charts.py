"""Charts of the report: nothing clips or overlaps, whatever is put on them, and the figures stand right."""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import hypot
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.export import svg
from blueprint.scene.shapes import Ellipse, Group, Point, Rect, Scene, Text
from blueprint.scene.themes import THEMES
from blueprint.views.charts.damage_waterfall import Step, damage_waterfall
from blueprint.views.charts.gap_bars import Bar, Part, gap_bars
from blueprint.views.charts.kano_plane import Spot, kano_plane
from blueprint.views.charts.opportunity_matrix import Idea, opportunity_matrix
from blueprint.views.charts.pain_matrix import Bubble, pain_matrix
from blueprint.views.charts.plane import Mark, Plane, apart

sys.path.insert(0, str(Path(__file__).parent))
from audit import audit, every

LONG = (
    "The refund arrives after three weeks although two were promised, and nobody says why it takes so long"
)
LANG = "退款三周之后才到账，而承诺是两周，而且没有任何人说明为什么需要这么长的时间，客户只好再次来电"


def pains(language: str) -> Scene:
    text = LANG if language == "zh" else LONG
    bubbles = [Bubble(text, text, 8, 8 + n % 2, 0.1 * n, str(n)) for n in range(1, 20)]
    return pain_matrix(bubbles, language=language, prefix="p")


def kano(language: str) -> Scene:
    text = LANG if language == "zh" else LONG
    edges = [(0.0, 0.0, 0.04), (1.0, 0.96, 1.0), (0.5, 0.4, 0.6), (0.5, 0.4, 0.6)]
    return kano_plane([Spot(text, text, a, b) for a in edges for b in edges], language=language, prefix="k")


def gaps(language: str) -> Scene:
    name = LANG[:9] if language == "zh" else "Responsiveness to complaints"
    parts = tuple(
        Part(part, value) for part, value in (("one", -0.4), ("two", -1.3), ("three", 0.2), ("four", -3))
    )
    bars = [Bar(name, -4.5, parts), Bar("Empathy", 0.4), Bar("Tangibles", 0.0), Bar("Reliability", -6.0)]
    return gap_bars(bars, language=language, prefix="g")


def waterfall(language: str) -> Scene:
    name = LANG[:12] if language == "zh" else "complained, was half content"
    steps = [Step(name, 4_100_000.0, "4,100,000 EUR"), Step(name, 0.0, "0 EUR"), Step(name, 9.0, "9 EUR")]
    steps += [Step(name, -5_200_000.0, "−5,200,000 EUR"), Step(name, 300_000.0, "300,000 EUR")]
    return damage_waterfall(
        [*steps, Step(name, 0, "−799,991 EUR", total=True)], language=language, prefix="w"
    )


def ideas(language: str) -> Scene:
    text = LANG if language == "zh" else LONG
    shown = [Idea(text, text, 5, 1) for _ in range(9)] + [Idea("a", "", 1, 5)]
    return opportunity_matrix(shown, language=language, prefix="o")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("draw", [pains, kano, gaps, waterfall, ideas])
def test_nothing_clips_or_overlaps(draw: Callable[[str], Scene], language: str) -> None:
    scene = draw(language)
    assert audit(scene) == []
    assert scene.width == 640
    for theme in THEMES.values():
        assert svg.export(scene, theme) == svg.export(draw(language), theme)


@pytest.mark.parametrize(
    "scene",
    [
        pain_matrix([], language="en", prefix="p"),
        kano_plane([], language="en", prefix="k"),
        gap_bars([Bar("Empathy", 0.0)], language="zh", prefix="g"),
        damage_waterfall([Step("none", 0, "0 EUR")], language="en", prefix="w"),
        opportunity_matrix([], language="zh", prefix="o"),
    ],
)
def test_little_is_drawn_too(scene: Scene) -> None:
    assert audit(scene) == []


def discs(scene: Scene) -> dict[str, Ellipse]:
    found = {}
    for shape in every(scene.root):
        if isinstance(shape, Group) and shape.role == "mark-on-plane":
            disc, number = shape.children
            assert isinstance(disc, Ellipse)
            assert isinstance(number, Text)
            found[number.lines[0]] = disc
    return found


def test_worse_pains_stand_further_right_and_likelier_ones_higher() -> None:
    bubbles = [Bubble("a", "", 3, 2, 1, "1"), Bubble("b", "", 9, 2, 4, "2"), Bubble("c", "", 9, 7, 0, "5")]
    found = discs(pain_matrix(bubbles, language="en", prefix="p"))
    assert found["1"].x < found["2"].x == found["5"].x
    assert found["1"].y == found["2"].y > found["5"].y
    assert found["2"].rx > found["1"].rx > found["5"].rx


def test_the_kano_plane_is_a_plane_of_shares() -> None:
    spots = [Spot("a", "", (0, 0, 0), (0, 0, 0)), Spot("b", "", (1, 1, 1), (0.5, 0.5, 0.5))]
    scene = kano_plane(spots, language="en", prefix="k")
    found = discs(scene)
    texts = [shape for shape in every(scene.root) if isinstance(shape, Text)]
    half = next(text.x for text in texts if text.lines == ("50%",) and text.anchor == "middle")
    # Marks keep inside the plane, so the one at the corner stands its own radius away from it.
    assert found["1"].x < found["2"].x
    assert found["2"].x == pytest.approx(half)
    assert found["1"].y > found["2"].y


def test_bars_reach_as_far_as_their_gap() -> None:
    scene = gap_bars([Bar("a", -2.0), Bar("b", -1.0), Bar("c", 0.5)], language="en", prefix="g")
    rects = [
        next(shape for shape in group.children if isinstance(shape, Rect))
        for group in every(scene.root)
        if isinstance(group, Group) and group.role == "gap"
    ]
    widths = [rect.width for rect in rects]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.1)
    assert widths[1] == pytest.approx(2 * widths[2], abs=0.1)
    assert rects[0].x + rects[0].width == pytest.approx(rects[2].x, abs=0.1)


def test_a_bar_ends_where_the_scale_says_so() -> None:
    scene = gap_bars([Bar("a", -2.0), Bar("b", 1.0)], language="en", prefix="g")
    ticks = {t.lines[0]: t.x for t in every(scene.root) if isinstance(t, Text) and t.anchor == "middle"}
    bars = [shape for shape in every(scene.root) if isinstance(shape, Rect) and shape.height == 18]
    assert bars[0].x == pytest.approx(ticks["−2"], abs=0.1)
    assert bars[1].x + bars[1].width == pytest.approx(ticks["+1"], abs=0.1)


def test_a_total_stands_on_the_ground_as_high_as_all_before_it() -> None:
    steps = [
        Step("a", 30, "30"),
        Step("b", 20, "20"),
        Step("c", -10, "−10"),
        Step("sum", 40, "40", total=True),
    ]
    scene = damage_waterfall(steps, language="en", prefix="w")
    bars = [
        next(shape for shape in group.children if isinstance(shape, Rect))
        for group in every(scene.root)
        if isinstance(group, Group) and group.role == "bar"
    ]
    a, b, c, total = bars
    assert total.y + total.height == pytest.approx(a.y + a.height)
    assert total.height == pytest.approx(a.height + b.height - c.height, abs=0.1)
    assert b.y + b.height == pytest.approx(a.y, abs=0.1)
    assert c.y == pytest.approx(b.y, abs=0.1)


places = st.tuples(st.floats(0, 10), st.floats(0, 10), st.floats(8, 17))


@given(st.lists(places, max_size=12))
@settings(max_examples=60, deadline=None)
def test_marks_part_and_stay_on_the_plane(spots: list[tuple[float, float, float]]) -> None:
    plane = Plane(40, 30, 300, 280, (0, 10), (0, 10))
    marks = [Mark(plane.at(x, y), r, "pain", "card", "", "", "1") for x, y, r in spots]
    found = apart(marks, plane)
    assert found == apart(marks, plane)
    for at, mark in zip(found, marks, strict=True):
        assert plane.left + mark.radius <= at.x + 0.01 <= plane.right - mark.radius + 0.02 or at == mark.at
    for a in range(len(found)):
        for b in range(a + 1, len(found)):
            away = hypot(found[a].x - found[b].x, found[a].y - found[b].y)
            assert away >= (marks[a].radius + marks[b].radius) * 0.8


def test_marks_that_touch_nobody_stay_where_they_are() -> None:
    plane = Plane(0, 0, 300, 300, (0, 10), (0, 10))
    marks = [Mark(plane.at(x, 5), 10, "pain", "card", "", "", "1") for x in (2, 5, 8)]
    assert apart(marks, plane) == [Point(60, 150), Point(150, 150), Point(240, 150)]
