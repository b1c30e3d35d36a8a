"""How much of the drawing a shape takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from blueprint.scene.shapes import Ellipse, Group, Icon, Link, Path, Point, Rect, Segment, Shape, Text
from blueprint.scene.text import ascent, line_height, measure


class Extent(NamedTuple):
    """A rectangle by its edges, px."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Extent:
        """Return it with room on every side."""
        return Extent(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def within(self, other: Extent) -> Extent:
        """Return the part of it that lies in another."""
        return Extent(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def meets(self, other: Extent) -> bool:
        """Whether both share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def extent(*shapes: Shape) -> Extent | None:
    """Return the smallest rectangle around shapes; None where they show nothing.

    Curves are taken by their control points, which never leave anything out; strokes by their middle.
    """
    found = [at for shape in shapes if (at := _extent(shape))]
    if not found:
        return None
    return Extent(
        min(at.left for at in found),
        min(at.top for at in found),
        max(at.right for at in found),
        max(at.bottom for at in found),
    )


def _extent(shape: Shape) -> Extent | None:
    match shape:
        case Group():
            return extent(*shape.children)
        case Rect():
            return Extent(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
        case Ellipse():
            return Extent(shape.x - shape.rx, shape.y - shape.ry, shape.x + shape.rx, shape.y + shape.ry)
        case Icon():
            return Extent(shape.x, shape.y, shape.x + shape.size, shape.y + shape.size)
        case Text():
            return _text(shape)
        case Link():
            return _points(shape.points)
        case Path():
            return _points(point for segment in shape.segments for point in segment.points)


def _points(points: Iterable[Point]) -> Extent | None:
    every = tuple(points)
    if not every:
        return None
    xs, ys = [point.x for point in every], [point.y for point in every]
    return Extent(min(xs), min(ys), max(xs), max(ys))


def _text(text: Text) -> Extent | None:
    if not any(text.lines):
        return None
    wide = max(measure(line, text.size, text.weight) for line in text.lines)
    step = text.line_height or line_height(text.size)
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    top = text.y - ascent(text.size)
    return Extent(left, top, left + wide, top + step * len(text.lines))


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """Return a shape somewhere else."""
    match shape:
        case Group():
            return replace(shape, children=tuple(moved(child, dx, dy) for child in shape.children))
        case Link():
            return replace(shape, points=_shifted(shape.points, dx, dy))
        case Path():
            return replace(
                shape,
                segments=tuple(Segment(step.op, _shifted(step.points, dx, dy)) for step in shape.segments),
            )
        case _:
            return replace(shape, x=round(shape.x + dx, 2), y=round(shape.y + dy, 2))


def _shifted(points: Iterable[Point], dx: float, dy: float) -> tuple[Point, ...]:
    return tuple(Point(round(x + dx, 2), round(y + dy, 2)) for x, y in points)
