"""Curves that never overshoot: monotone cubics through given points.

Between two scored touchpoints the line never rises above the higher of them nor falls below the lower
(Fritsch and Carlson 1980), so the picture claims no emotion that nobody scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from blueprint.scene.shapes import Point


class Cubic(NamedTuple):
    """One piece of a curve: a cubic Bézier."""

    a: Point
    b: Point
    c: Point
    d: Point


def monotone(points: Sequence[Point]) -> tuple[Cubic, ...]:
    """Join points, ascending in x, by a monotone cubic (Fritsch and Carlson 1980, as Béziers)."""
    if len(points) < 2:
        return ()
    slopes = [(q.y - p.y) / (q.x - p.x) for p, q in pairwise(points)]
    tangents = [slopes[0], *(_tangent(before, after) for before, after in pairwise(slopes)), slopes[-1]]
    pieces = []
    for at, (p, q) in enumerate(pairwise(points)):
        third = (q.x - p.x) / 3
        inner = (
            Point(p.x + third, p.y + tangents[at] * third),
            Point(q.x - third, q.y - tangents[at + 1] * third),
        )
        pieces.append(Cubic(p, *inner, q))
    return tuple(pieces)


def _tangent(before: float, after: float) -> float:
    """Return the slope at a score: flat at a turn, else the mean of its sides.

    Three times the flatter side is the most it may be: within that square the cubic cannot turn
    (de Boor and Swartz 1977), and no division can blow up on sides that are almost flat.
    """
    if before > 0 < after:
        return min((before + after) / 2, 3 * before, 3 * after)
    if before < 0 > after:
        return max((before + after) / 2, 3 * before, 3 * after)
    return 0.0


def split(piece: Cubic, t: float) -> tuple[Cubic, Cubic]:
    """Cut a cubic in two at t (de Casteljau)."""

    def mix(p: Point, q: Point) -> Point:
        return Point(p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t)

    ab, bc, cd = mix(piece.a, piece.b), mix(piece.b, piece.c), mix(piece.c, piece.d)
    abc, bcd = mix(ab, bc), mix(bc, cd)
    middle = mix(abc, bcd)
    return Cubic(piece.a, ab, abc, middle), Cubic(middle, bcd, cd, piece.d)


def crossing(piece: Cubic, y: float) -> float | None:
    """Return where a monotone piece passes y, or None where it does not."""
    if (piece.a.y - y) * (piece.d.y - y) >= 0:
        return None
    low, high = 0.0, 1.0
    rising = piece.d.y > piece.a.y
    for _ in range(40):
        t = (low + high) / 2
        if (height(piece, t) > y) == rising:
            high = t
        else:
            low = t
    return (low + high) / 2


def height(piece: Cubic, t: float) -> float:
    """Return y at t."""
    s = 1 - t
    return (
        s * s * s * piece.a.y
        + 3 * s * s * t * piece.b.y
        + 3 * s * t * t * piece.c.y
        + t * t * t * piece.d.y
    )
