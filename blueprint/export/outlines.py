"""The outlines of links: rounded corners, and arrow heads as shapes, so that all backends draw the same."""

from __future__ import annotations

import math
from typing import NamedTuple

from blueprint.scene.shapes import Link, Point, Segment

Segments = tuple[Segment, ...]


class Outline(NamedTuple):
    """What a link looks like: its line, and its head as a closed shape (empty without an arrow)."""

    line: Segments
    head: Segments


def outline(link: Link) -> Outline:
    """Return the line and the arrow head of a link; the line ends where the head begins."""
    points = _distinct(link.points)
    if len(points) < 2:
        return Outline((), ())
    if link.smooth and (len(link.points) - 1) % 3 == 0 and len(link.points) >= 4:
        points = link.points
        tip, before = points[-1], next(p for p in reversed(_distinct(points)[:-1]))
        head, neck = _head(before, tip, link)
        curve = (*points[:-1], neck)
        line = [Segment("M", (curve[0],))]
        line += [Segment("C", curve[i : i + 3]) for i in range(1, len(curve), 3)]
        return Outline(tuple(line), head)
    head, neck = _head(points[-2], points[-1], link)
    return Outline(_rounded((*points[:-1], neck), link.rounded), head)


def _distinct(points: tuple[Point, ...]) -> tuple[Point, ...]:
    kept: list[Point] = []
    for point in points:
        if not kept or math.dist(kept[-1], point) > 1e-6:
            kept.append(point)
    return tuple(kept)


def _head(before: Point, tip: Point, link: Link) -> tuple[Segments, Point]:
    """Return the arrow head at the tip, and the point where the line should stop."""
    if link.arrow == "none":
        return (), tip
    length = 5.5 + 1.5 * link.paint.width
    half = 0.42 * length + 0.4
    distance = math.dist(before, tip)
    dx, dy = (tip.x - before.x) / distance, (tip.y - before.y) / distance
    back = Point(tip.x - dx * length, tip.y - dy * length)
    left, right = (Point(back.x - dy * side, back.y + dx * side) for side in (half, -half))
    neck = min(length * 0.8, distance)
    shape = (Segment("M", (tip,)), Segment("L", (left,)), Segment("L", (right,)), Segment("Z"))
    return shape, Point(tip.x - dx * neck, tip.y - dy * neck)


def _rounded(points: tuple[Point, ...], radius: float) -> Segments:
    line = [Segment("M", (points[0],))]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        if reach < 0.5:
            line.append(Segment("L", (corner,)))
            continue
        line.append(Segment("L", (_towards(corner, before, reach),)))
        line.append(Segment("Q", (corner, _towards(corner, after, reach))))
    line.append(Segment("L", (points[-1],)))
    return tuple(line)


def _towards(start: Point, end: Point, distance: float) -> Point:
    share = distance / math.dist(start, end)
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
