"""The emotion curve: what is known, what is assumed, and where the peak, the pit and the end lie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Literal

from blueprint.model.values import Score
from blueprint.scene.shapes import Ellipse, Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.curve_labels import labels
from blueprint.views.curve_names import ends
from blueprint.views.monotone import Cubic, crossing, monotone, split
from blueprint.views.plot import Curve, MarkNames, Marks, Plot

_MEASURED, _ASSUMED = 2.5, 2.0
_DASH = (6.0, 4.0)
_CORE = 0.4
"""Of the width of a twin's line: what shows of the paper inside it."""
_SMALLEST_WHISKER = 8.0
"""A shorter one would hide behind its dot, px."""
_ABOVE: tuple[str, Literal["dots", "lines"]] = ("positive-tint", "dots")
_BELOW: tuple[str, Literal["dots", "lines"]] = ("negative-tint", "lines")
"""Fill and, for print, the pattern that tells the two apart without colour."""


def draw(plot: Plot, curves: tuple[Curve, ...], marks: Marks, names: MarkNames) -> Group:
    """Draw the curves over their scale; `names` are the words of the flags."""
    grid = (
        Path(_level(plot, plot.low + (plot.high - plot.low) * at / 4), Paint(None, "grid", 1))
        for at in range(5)
    )
    named = ends(plot, curves, marks)
    drawn, dots = silhouette(plot, curves), _dots(plot, curves, marks)
    return Group((*grid, *drawn, *named, *dots, *labels(plot, curves, marks, names)), role="curve")


def silhouette(plot: Plot, curves: Sequence[Curve]) -> tuple[Shape, ...]:
    """Draw areas, neutral and lines without a word and without dots."""
    tints: list[Shape] = []
    areas: list[Shape] = []
    lines: list[Shape] = []
    for curve in curves:
        for run in _runs(curve, plot):
            pieces = monotone([point for point, _, _ in run])
            areas.extend(_band(run, pieces, plot, curve.color))
            tints.extend(_tints(pieces, plot.y(plot.neutral)))
            lines.extend(_strokes(run, pieces, curve, plot.k))
    # Tints of one side share one colour, so that the areas of several personas simply join.
    neutral = Path(_level(plot, plot.neutral), Paint(None, "neutral", 1.5), role="neutral")
    return (*tints, *areas, neutral, *lines)


def _level(plot: Plot, emotion: float) -> tuple[Segment, ...]:
    y = round(plot.y(emotion), 2)
    return Segment("M", (Point(plot.left, y),)), Segment("L", (Point(plot.right, y),))


Scored = tuple[Point, Score, int]


def _runs(curve: Curve, plot: Plot) -> list[list[Scored]]:
    """Return the scored touchpoints in unbroken rows: a gap is a gap."""
    runs: list[list[Scored]] = [[]]
    for at, score in enumerate(curve.scores):
        if score is None:
            runs.append([])
        else:
            runs[-1].append((Point(plot.centres[at], plot.y(score.mean)), score, at))
    return [run for run in runs if run]


def _path(pieces: Sequence[Cubic]) -> tuple[Segment, ...]:
    return (
        Segment("M", (_r(pieces[0].a),)),
        *(Segment("C", (_r(p.b), _r(p.c), _r(p.d))) for p in pieces),
    )


def _r(point: Point) -> Point:
    return Point(round(point.x, 2), round(point.y, 2))


def _strokes(run: list[Scored], pieces: tuple[Cubic, ...], curve: Curve, k: float) -> list[Shape]:
    """Draw the line: solid between two measured scores, dashed wherever one of them is assumed."""
    shapes: list[Shape] = []
    start = 0
    solid = [a[1].measured and b[1].measured for a, b in pairwise(run)]
    for at in range(len(pieces)):
        if at + 1 == len(pieces) or solid[at + 1] != solid[at]:
            steps = _path(pieces[start : at + 1])
            dash = () if solid[at] else tuple(part * k for part in _DASH)
            width = (_MEASURED if solid[at] else _ASSUMED) * k * (1.6 if curve.twin else 1)
            shapes.append(Path(steps, Paint(None, curve.color, width, dash=dash), role="emotion"))
            if curve.twin:
                shapes.append(Path(steps, Paint(None, "card", width * _CORE)))
            start = at + 1
    return shapes


def _tints(pieces: tuple[Cubic, ...], neutral: float) -> list[Shape]:
    """Fill what lies between the line and neutral, cut where the line passes it."""
    cut: list[Cubic] = []
    for piece in pieces:
        t = crossing(piece, neutral)
        cut.extend((piece,) if t is None else split(piece, t))
    shapes: list[Shape] = []
    for above, group in groupby(cut, key=lambda piece: piece.a.y + piece.d.y < 2 * neutral):
        side = list(group)
        steps = (
            Segment("M", (_r(Point(side[0].a.x, neutral)),)),
            Segment("L", (_r(side[0].a),)),
            *_path(side)[1:],
            Segment("L", (_r(Point(side[-1].d.x, neutral)),)),
            Segment("Z"),
        )
        fill, pattern = _ABOVE if above else _BELOW
        shapes.append(Path(steps, Paint(fill, pattern=pattern), role="area"))
    return shapes


def _band(run: list[Scored], pieces: tuple[Cubic, ...], plot: Plot, color: str) -> list[Shape]:
    """Draw ± one standard error: a band between neighbours, a whisker at each."""
    shapes: list[Shape] = []
    above = [plot.error(score, 1) for _, score, _ in run]
    below = [plot.error(score, -1) for _, score, _ in run]
    start = 0
    for at in range(len(run)):
        if at + 1 < len(run) and above[at] is not None and above[at + 1] is not None:
            continue
        if at > start and above[start] is not None:
            upper = [_beside(pieces[i], above[i], above[i + 1]) for i in range(start, at)]
            lower = [_beside(pieces[i], below[i], below[i + 1]) for i in range(start, at)]
            back = [Cubic(p.d, p.c, p.b, p.a) for p in reversed(lower)]
            steps = (*_path(upper), Segment("L", (_r(back[0].a),)), *_path(back)[1:], Segment("Z"))
            shapes.append(Path(steps, Paint(color, opacity=0.2), role="standard-error"))
        start = at + 1
    for (point, _, _), up, down in zip(run, above, below, strict=True):
        if up is not None and down is not None and max(-up, down) > _SMALLEST_WHISKER:
            shapes.append(_whisker(point.x, point.y + up, point.y + down, color))
    return shapes


def _beside(piece: Cubic, start: float | None, end: float | None) -> Cubic:
    """Return the curve that lies `start` px below a piece at its start and `end` px at its end."""
    first, last = start or 0.0, end or 0.0
    a, b, c, d = piece
    return Cubic(
        Point(a.x, a.y + first),
        Point(b.x, b.y + first + (last - first) / 3),
        Point(c.x, c.y + first + (last - first) * 2 / 3),
        Point(d.x, d.y + last),
    )


def _whisker(x: float, top: float, bottom: float, color: str) -> Path:
    top, bottom = round(top, 2), round(bottom, 2)
    strokes = ((x - 4, top, x + 4, top), (x, top, x, bottom), (x - 4, bottom, x + 4, bottom))
    steps = tuple(
        step
        for x1, y1, x2, y2 in strokes
        for step in (Segment("M", (Point(x1, y1),)), Segment("L", (Point(x2, y2),)))
    )
    return Path(steps, Paint(None, color, 1), role="whisker")


def _dots(plot: Plot, curves: tuple[Curve, ...], marks: Marks) -> list[Shape]:
    """Draw a dot at every score: filled where measured, a ring where assumed."""
    dots: list[Shape] = []
    for at, x in enumerate(plot.centres):
        r = plot.radius(marks, at, len(curves))
        for curve in curves:
            if score := curve.scores[at]:
                paint = Paint(curve.color if score.measured else "paper", curve.color, 2 * plot.k)
                dots.append(dot(x, round(plot.y(score.mean), 2), r, paint, square=curve.twin))
    return dots


def dot(x: float, y: float, r: float, paint: Paint, *, square: bool = False) -> Shape:
    """Draw a dot of radius r around (x, y), or the square of about its area."""
    if square:
        r = round(r * 0.9, 2)
        return Rect(x - r, y - r, 2 * r, 2 * r, paint, radius=1.5, role="dot")
    return Ellipse(x, y, r, r, paint, role="dot")
