"""The emotion curve: what is known, what is assumed, and where the peak, the pit and the end lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from math import sqrt
from typing import Literal, NamedTuple

from blueprint.model.values import Score
from blueprint.scene.shapes import Ellipse, Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.monotone import Cubic, crossing, monotone, split
from blueprint.views.typeset import LABEL, Block, block, line
from blueprint.views.words import number, percent, signed

NAMES = 144.0
"""Room for the personas' names at the ends of their curves, px."""
_EDGE = 40.0
"""Above and below the scale, where flags and figures stand."""
_MEASURED, _ASSUMED = 2.5, 2.0
_DASH = (6.0, 4.0)
_SMALLEST_WHISKER = 8.0
"""A shorter one would hide behind its dot, px."""
_ABOVE: tuple[str, Literal["dots", "lines"]] = ("positive-tint", "dots")
_BELOW: tuple[str, Literal["dots", "lines"]] = ("negative-tint", "lines")
"""Fill and, for print, the pattern that tells the two apart without colour."""


@dataclass(frozen=True)
class Curve:
    """One persona's scores by column; None where nobody scored."""

    name: str
    """Written at its end; empty where it is the only one."""
    color: str
    scores: tuple[Score | None, ...]


@dataclass(frozen=True)
class Marks:
    """Which columns are the peak, the pit and the end, and how likely each column is the peak."""

    peak: int | None = None
    pit: int | None = None
    end: int | None = None
    likely: dict[int, float] = field(default_factory=dict)
    shares: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Of the journeys of which this is the peak, the pit, the end; 1 where nothing is known."""


@dataclass(frozen=True)
class Plot:
    """The lane of the curve: the scale laid onto px."""

    low: float
    high: float
    neutral: float
    top: float
    centres: tuple[float, ...]
    """x of every column's middle."""
    left: float
    right: float
    height: float
    """Of the lane, px."""

    def y(self, emotion: float) -> float:
        """Return the height of an emotion; scores outside the scale stay at its end."""
        share = (min(self.high, max(self.low, emotion)) - self.low) / (self.high - self.low)
        return self.top + self.height - _EDGE - share * (self.height - 2 * _EDGE)

    def written(self, emotion: float) -> str:
        """Write an emotion: with its sign where neutral is zero."""
        return signed(emotion, 1) if self.neutral == 0 else number(emotion, 1)


def draw(plot: Plot, curves: tuple[Curve, ...], marks: Marks, names: tuple[str, str, str]) -> Group:
    """Draw the curves over their scale; `names` are the words for peak, pit and end."""
    shapes: list[Shape] = list(_grid(plot))
    tints: list[Shape] = []
    areas: list[Shape] = []
    lines: list[Shape] = []
    for curve in curves:
        for run in _runs(curve, plot):
            pieces = monotone([point for point, _, _ in run])
            areas.extend(_band(run, pieces, plot, curve.color))
            tints.extend(_tints(pieces, plot.y(plot.neutral)))
            lines.extend(_strokes(run, pieces, curve.color))
    # Tints of one side share one colour, so that the areas of several personas simply join.
    shapes += tints + areas
    shapes.append(Path(_level(plot, plot.neutral), Paint(None, "neutral", 1.5), role="neutral"))
    shapes += lines
    dots, labels = _dots(plot, curves, marks, names)
    return Group((*shapes, *dots, *labels, *_ends(plot, curves)), role="curve")


def _level(plot: Plot, emotion: float) -> tuple[Segment, ...]:
    y = round(plot.y(emotion), 2)
    return Segment("M", (Point(plot.left, y),)), Segment("L", (Point(plot.right, y),))


def _grid(plot: Plot) -> tuple[Shape, ...]:
    return tuple(
        Path(_level(plot, plot.low + (plot.high - plot.low) * at / 4), Paint(None, "grid", 1))
        for at in range(5)
    )


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


def _strokes(run: list[Scored], pieces: tuple[Cubic, ...], color: str) -> list[Shape]:
    """Draw the line: solid between two measured scores, dashed wherever one of them is assumed."""
    shapes: list[Shape] = []
    start = 0
    solid = [a[1].measured and b[1].measured for a, b in pairwise(run)]
    for at in range(len(pieces)):
        if at + 1 == len(pieces) or solid[at + 1] != solid[at]:
            paint = Paint(
                None, color, _MEASURED if solid[at] else _ASSUMED, dash=() if solid[at] else _DASH
            )
            shapes.append(Path(_path(pieces[start : at + 1]), paint, role="emotion"))
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
    above = [_error(plot, score, 1) for _, score, _ in run]
    below = [_error(plot, score, -1) for _, score, _ in run]
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


def _error(plot: Plot, score: Score, sign: int) -> float | None:
    """Return how far one standard error lies from the score on the drawing, px down."""
    error = score.standard_error
    return None if error is None else plot.y(score.mean + sign * error) - plot.y(score.mean)


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


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def dot_radius(likely: float) -> float:
    """Return the radius of a dot whose area grows with the chance of being the peak, px."""
    return round(4.5 + 6 * sqrt(min(1.0, max(0.0, likely))), 2)


def _dots(
    plot: Plot, curves: tuple[Curve, ...], marks: Marks, names: tuple[str, str, str]
) -> tuple[list[Shape], list[Shape]]:
    dots: list[Shape] = []
    labels: list[Shape] = []
    for at, x in enumerate(plot.centres):
        here = [(curve, score) for curve in curves if (score := curve.scores[at])]
        if not here:
            continue
        named = _named(at, here, marks, names)
        zero = plot.y(plot.neutral)
        taken: list[_Box] = [_Box(plot.left, zero - 1, plot.right, zero + 1)]
        written: list[tuple[float, str]] = []
        radius = dot_radius(marks.likely.get(at, 0.0))
        for curve, score in here:
            y = round(plot.y(score.mean), 2)
            r = radius if len(curves) == 1 else min(radius, 7.0)
            fill = curve.color if score.measured else "paper"
            dots.append(Ellipse(x, y, r, r, Paint(fill, curve.color, 2), role="dot"))
            up, down = _error(plot, score, 1) or 0.0, _error(plot, score, -1) or 0.0
            taken.append(_Box(x - r - 2, y - max(r, -up) - 1, x + r + 2, y + max(r, down) + 1))
        for curve, score in sorted(here, key=lambda pair: (pair[0].color not in named, -pair[1].mean)):
            value = plot.written(score.mean)
            said, token = named.get(curve.color, ("", ""))
            if not said and any(value == other and abs(y - score.mean) < 0.05 for y, other in written):
                continue  # two personas of one mind: one figure is enough
            written.append((score.mean, value))
            shared = sum(abs(score.mean - other.mean) < 0.05 for _, other in here) > 1
            ink = "paper" if said else curve.color if len(curves) > 1 and not shared else "ink"
            text = line(f"{said} {value}".strip(), LABEL, weight="bold", color=ink)
            box = _room(text, x, plot, curve, at, taken, bool(said))
            if box is None:
                continue
            taken.append(box)
            labels.append(_flag(text, box, token))
    return dots, labels


def _named(
    at: int, here: list[tuple[Curve, Score]], marks: Marks, names: tuple[str, str, str]
) -> dict[str, tuple[str, str]]:
    """Return which of the curves here carries which mark, and the mark's colour."""
    found: dict[str, tuple[str, str]] = {}
    best = max(here, key=lambda pair: pair[1].mean)
    worst = min(here, key=lambda pair: pair[1].mean)
    for place, name, share, token, (curve, _) in (
        (marks.peak, names[0], marks.shares[0], "positive", best),
        (marks.pit, names[1], marks.shares[1], "negative", worst),
        (marks.end, names[2], marks.shares[2], "ink", here[0]),
    ):
        if place != at:
            continue
        # A mark that holds for every journey needs no share.
        told = f"{name} ({percent(share)})" if share < 0.995 else name
        before = found.get(curve.color)
        found[curve.color] = (f"{before[0]} · {told}", before[1]) if before else (told, token)
    return found


def _room(
    text: Block, x: float, plot: Plot, curve: Curve, at: int, taken: list[_Box], flagged: bool
) -> _Box | None:
    """Find a place for a figure near its dot: on the open side of the line, clear of what is there."""
    score = curve.scores[at]
    if score is None:
        return None
    y = plot.y(score.mean)
    half = text.width / 2 + (10 if flagged else 3)
    tall = text.height + (5 if flagged else 0)
    before = curve.scores[at - 1] if at else None
    after = curve.scores[at + 1] if at + 1 < len(curve.scores) else None
    ahead = [s.mean - score.mean for s in (before, after) if s]
    up = sum(ahead) < 0 or (sum(ahead) == 0 and score.mean >= plot.neutral)
    # On a slope the line runs through both sides: step away from where it comes and goes.
    slope = (after.mean if after else score.mean) - (before.mean if before else score.mean)
    lean = 0.0
    if before and after and (before.mean - score.mean) * (after.mean - score.mean) < 0:
        up = score.mean >= plot.neutral
        lean = half + 4 if (slope < 0) == up else -half - 4
    reach = 8.0
    for step in range(24):
        side = up if step % 2 == 0 else not up
        away = reach + 5 + 6 * (step // 2)
        top = y - away - tall if side else y + away
        middle = x + (lean if side == up else -lean) if step < 8 else x
        box = _Box(middle - half, top, middle + half, top + tall)
        inside = plot.top + 1 <= box.top and box.bottom <= plot.top + plot.height - 1
        if inside and not any(box.meets(other) for other in taken):
            return box
    return None


def _flag(text: Block, box: _Box, token: str) -> Shape:
    inset = (box.bottom - box.top - text.height) / 2
    said = text.at((box.left + box.right) / 2, box.top + inset, "middle")
    w, h = box.right - box.left, box.bottom - box.top
    if not token:
        return Group(
            (Rect(box.left, box.top, w, h, Paint("card", opacity=0.75), radius=3), said), role="value"
        )
    return Group((Rect(box.left, box.top, w, h, Paint(token), radius=h / 2), said), role="mark")


def _ends(plot: Plot, curves: tuple[Curve, ...]) -> list[Shape]:
    """Write each curve's name at its end, pushed apart where ends are close."""
    ends: list[tuple[float, float, Curve]] = []
    for curve in curves:
        last = next((at for at in range(len(curve.scores) - 1, -1, -1) if curve.scores[at]), None)
        score = None if last is None else curve.scores[last]
        if curve.name and score is not None and last is not None:
            ends.append((plot.y(score.mean), plot.centres[last], curve))
    return [] if not ends else _spread(ends, plot)


def _spread(ends: list[tuple[float, float, Curve]], plot: Plot) -> list[Shape]:
    shapes: list[Shape] = []
    floor = plot.top + 4
    for y, _, curve in sorted(ends, key=lambda end: (end[0], end[2].name)):
        name = block(curve.name, NAMES - 16, LABEL, weight="bold", color=curve.color, max_lines=4)
        top = max(floor, y - name.height / 2)
        shapes.append(Group((name.at(plot.right + 12, top),), title=name.whole, role="curve-name"))
        floor = top + name.height + 2
    return shapes
