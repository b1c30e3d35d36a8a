"""The emotion curve never claims what nobody scored."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.model.values import Score
from blueprint.scene.shapes import Ellipse, Group, Path, Point, Rect
from blueprint.views.curve import draw
from blueprint.views.curve_names import spread
from blueprint.views.monotone import crossing, height, monotone, split
from blueprint.views.plot import Curve, Mark, MarkNames, Marks, Plot, dot_radius

sys.path.insert(0, str(File(__file__).parent))
from audit import every

heights = st.lists(st.floats(-1000, 1000, allow_nan=False), min_size=2, max_size=30)
steps = st.floats(1, 400)
PARTS = [at / 40 for at in range(41)]


@st.composite
def points(draw: st.DrawFn) -> list[Point]:
    ys = draw(heights)
    x, found = 0.0, []
    for y in ys:
        found.append(Point(x, y))
        x += draw(steps)
    return found


@given(points())
def test_it_passes_through_every_score_and_never_overshoots(given_points: list[Point]) -> None:
    pieces = monotone(given_points)
    assert [pieces[0].a, *(piece.d for piece in pieces)] == given_points
    for piece in pieces:
        low, high = sorted((piece.a.y, piece.d.y))
        slack = 1e-9 * max(1.0, abs(low), abs(high))
        assert all(low - slack <= height(piece, t) <= high + slack for t in PARTS)


@given(points())
def test_it_never_turns_between_two_scores(given_points: list[Point]) -> None:
    for piece in monotone(given_points):
        ys = [height(piece, t) for t in PARTS]
        rises = [b - a for a, b in pairwise(ys)]
        slack = 1e-9 * max(1.0, *map(abs, ys))
        assert all(rise >= -slack for rise in rises) or all(rise <= slack for rise in rises)


@given(points())
def test_it_has_no_corners(given_points: list[Point]) -> None:
    for before, after in pairwise(monotone(given_points)):
        arriving = (before.d.y - before.c.y) / (before.d.x - before.c.x)
        leaving = (after.b.y - after.a.y) / (after.b.x - after.a.x)
        assert arriving == pytest.approx(leaving, abs=1e-6, rel=1e-6)


def test_a_straight_row_of_scores_is_a_straight_line() -> None:
    pieces = monotone([Point(0, 0), Point(10, 5), Point(20, 10)])
    assert all(height(piece, t) == pytest.approx(piece.a.y + 5 * t) for piece in pieces for t in PARTS)


@given(st.floats(-100, -0.01), st.floats(0.01, 100), st.floats(-100, 100))
def test_a_crossing_lies_on_the_line(low: float, high: float, more: float) -> None:
    (piece, *_) = monotone([Point(0, low), Point(10, high), Point(20, more)])
    t = crossing(piece, 0.0)
    assert t is not None
    assert height(piece, t) == pytest.approx(0, abs=1e-6)
    left, right = split(piece, t)
    assert left.d == right.a
    assert left.d.y == pytest.approx(0, abs=1e-6)
    assert crossing(piece, 1000.0) is None


def plot(columns: int) -> Plot:
    return Plot(-2, 2, 0, 0, tuple(100.0 + 200 * at for at in range(columns)), 0, 200.0 * columns, 240)


NAMES = MarkNames("Peak", "Pit", "End", "{} get here", "{} end here")


def picture(*scores: Any, marks: Marks = Marks()) -> list[Any]:  # noqa: B008 - frozen
    curve = Curve("", "curve-1", tuple(None if s is None else Score.model_validate(s) for s in scores))
    group = draw(plot(len(scores)), (curve,), marks, NAMES)
    return [shape for shape in every(group) if not isinstance(shape, Group) or shape.role]


def of(shapes: list[Any], role: str) -> list[Any]:
    return [shape for shape in shapes if getattr(shape, "role", "") == role]


def test_both_sides_of_neutral_are_filled_up_to_where_the_line_crosses() -> None:
    areas = of(picture({"mean": 1}, {"mean": -1}), "area")
    assert [area.paint.fill for area in areas] == ["positive-tint", "negative-tint"]
    assert [area.paint.pattern for area in areas] == ["dots", "lines"]
    ends = [segment.points[-1] for area in areas for segment in area.segments if segment.points]
    assert all(point.x == pytest.approx(200, abs=0.1) for point in (ends[2], ends[4]))


def bounds(path: Path) -> tuple[float, float]:
    ys = [point.y for segment in path.segments for point in segment.points]
    return min(ys), max(ys)


def test_the_band_holds_the_line_and_is_one_standard_error_high() -> None:
    shapes = picture({"mean": 1, "sd": 4, "n": 64}, {"mean": 0, "sd": 4, "n": 64})
    (band,) = of(shapes, "standard-error")
    # 0.5 emotions are 20 px of the 160 that the scale of 4 has.
    assert bounds(band) == pytest.approx((120 - 40 - 20, 120 + 20))
    assert len(of(shapes, "whisker")) == 2


def test_an_error_beyond_the_scale_stays_on_the_sheet() -> None:
    (band,) = of(picture({"mean": 2, "sd": 9, "n": 2}, {"mean": 2, "sd": 9, "n": 2}), "standard-error")
    assert bounds(band)[0] >= 40
    assert bounds(band)[1] <= 200


def test_scores_outside_the_scale_stay_at_its_end_but_say_their_value() -> None:
    shapes = picture({"mean": 7})
    (dot,) = of(shapes, "dot")
    assert dot.y == 40
    assert any(getattr(s, "lines", ()) == ("+7.0",) for s in shapes)


def test_the_dot_grows_in_area_with_the_chance_of_being_the_peak() -> None:
    shapes = picture({"mean": 1}, {"mean": 0}, {"mean": -1}, marks=Marks(likely={0: 1.0, 1: 0.25}))
    first, second, third = (dot.rx for dot in of(shapes, "dot") if isinstance(dot, Ellipse))
    assert first > second > third
    assert (dot_radius(0.25) - dot_radius(0)) * 2 == pytest.approx(dot_radius(1) - dot_radius(0), abs=0.02)


def test_marks_are_named_beside_their_dots_and_never_on_them() -> None:
    shapes = picture({"mean": 2}, {"mean": -2}, {"mean": 1}, marks=Marks(Mark(0), Mark(1), Mark(2)))
    flags = of(shapes, "mark")
    assert [flag.children[1].lines[0] for flag in flags] == ["Peak +2.0", "Pit −2.0", "End +1.0"]
    for flag, dot in zip(flags, of(shapes, "dot"), strict=True):
        pill = flag.children[0]
        assert isinstance(pill, Rect)
        assert pill.y + pill.height < dot.y - dot.ry or pill.y > dot.y + dot.ry


def test_one_column_can_be_peak_and_end_at_once() -> None:
    (flag,) = of(picture({"mean": 1}, {"mean": 2}, marks=Marks(peak=Mark(1), end=Mark(1))), "mark")
    assert flag.children[1].lines == ("Peak / End +2.0",)


def test_a_flag_says_how_many_journeys_get_there() -> None:
    shapes = picture({"mean": 1}, {"mean": -2}, marks=Marks(pit=Mark(1, 0, 0.23), end=Mark(0, 0, 0.6)))
    told = [flag.children[1].lines[0] for flag in of(shapes, "mark")]
    assert told == ["End +1.0 · 60% end here", "Pit −2.0 · 23% get here"]


def crowd(people: int, mean: float = 0.0, step: float = 0.06) -> list[Any]:
    curves = tuple(
        Curve(f"p{at}", f"curve-{at % 4 + 1}", (Score(mean=mean + step * at),) * 3, twin=at >= 4)
        for at in range(people)
    )
    return list(every(draw(plot(3), curves, Marks(), NAMES)))


@pytest.mark.parametrize("people", [2, 3, 5])
def test_no_score_goes_without_its_figure_however_close_they_are(people: int) -> None:
    shapes = crowd(people)
    assert len(of(shapes, "value")) == people * 3


def test_a_fifth_persona_is_told_from_the_first_by_more_than_colour() -> None:
    shapes = crowd(5, step=0.4)
    dots = of(shapes, "dot")
    assert sum(isinstance(dot, Rect) for dot in dots) == 3
    assert sum(isinstance(dot, Ellipse) for dot in dots) == 12


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), min_size=1, max_size=6).map(sorted),
)
def test_names_are_spread_without_overlap_and_no_further_than_needed(
    wanted: list[tuple[float, float]],
) -> None:
    middles = spread(wanted, 4, -1000, 1000)
    edges = [
        (middle - height / 2, middle + height / 2)
        for middle, (_, height) in zip(middles, wanted, strict=True)
    ]
    assert all(above[1] + 4 <= below[0] + 1e-6 for above, below in pairwise(edges))
    if all(a[0] + a[1] / 2 + 4 <= b[0] - b[1] / 2 for a, b in pairwise(wanted)):
        assert middles == pytest.approx([middle for middle, _ in wanted])
    # A block is pushed up as much as down.
    assert sum(middles) == pytest.approx(sum(middle for middle, _ in wanted), abs=1e-6 * len(wanted) + 1e-6)
