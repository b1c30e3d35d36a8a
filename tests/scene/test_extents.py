"""How much room shapes take, and shapes somewhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blueprint.scene.extents import Extent, extent, moved
from blueprint.scene.shapes import (
    Ellipse,
    Group,
    Icon,
    Link,
    Paint,
    Path,
    Point,
    Rect,
    Segment,
    Shape,
    Text,
)
from blueprint.scene.text import measure

INK = Paint("ink")
SHAPES: tuple[Shape, ...] = (
    Rect(1, 2, 30, 40, INK),
    Ellipse(10, 20, 3, 4, INK),
    Icon("peak", 5, 6, 14),
    Path((Segment("M", (Point(-3, 1),)), Segment("Q", (Point(9, 9), Point(4, 12))), Segment("Z")), INK),
    Link("a", "b", (Point(0, 0), Point(7, 0), Point(7, -5)), INK),
    Text(50, 60, ("Asks", "for its money"), 12, anchor="end"),
)
numbers = st.integers(-400, 400).map(lambda n: n / 4)


def test_simple_shapes() -> None:
    assert [extent(shape) for shape in SHAPES[:5]] == [
        Extent(1, 2, 31, 42),
        Extent(7, 16, 13, 24),
        Extent(5, 6, 19, 20),
        Extent(-3, 1, 9, 12),
        Extent(0, -5, 7, 0),
    ]


def test_words_take_their_measured_width_on_the_side_they_are_set() -> None:
    wide = measure("for its money", 12)
    for anchor, left in (("start", 50.0), ("middle", 50 - wide / 2), ("end", 50 - wide)):
        at = extent(Text(50, 60, ("Asks", "for its money"), 12, anchor=anchor))  # type: ignore[arg-type]  # a loop over the three
        assert at is not None
        assert abs(at.left - left) < 1e-9
        assert abs(at.right - at.left - wide) < 1e-9
        assert at.top < 60 < at.bottom


def test_nothing_takes_no_room() -> None:
    assert extent() is None
    assert extent(Group(())) is None
    assert extent(Text(0, 0, (), 12)) is None


@given(numbers, numbers)
def test_moving_moves_the_extent_and_back_again(dx: float, dy: float) -> None:
    group = Group((*SHAPES, Group(SHAPES[:2], id="inner")), id="outer")
    there = moved(group, dx, dy)
    before, after = extent(group), extent(there)
    assert before is not None
    assert after is not None
    shift = (dx, dy, dx, dy)
    assert all(abs(a - b - d) < 0.011 for a, b, d in zip(after, before, shift, strict=True))
    assert moved(there, -dx, -dy) == moved(group, 0, 0)
