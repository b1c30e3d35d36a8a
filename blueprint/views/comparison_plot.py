"""Both emotion curves in one plot: the old one thin behind the new one, what was won and lost between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from blueprint.model.values import Score
from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.comparison_plan import Column
from blueprint.views.curve_labels import labels
from blueprint.views.monotone import Cubic, height, monotone
from blueprint.views.plot import Curve, MarkNames, Marks, Plot
from blueprint.views.typeset import LABEL, line

OLD, NEW = "ink-faint", "curve-1"
THIN, THICK = 1.5, 3.0
DASH = (5.0, 4.0)
_STEP = 4.0
"""Between two samples of the area, px."""
_FLAT = 0.75
"""Curves no further apart than this enclose nothing that could be seen, px."""
GAIN, LOSS = Paint("positive-tint", pattern="dots"), Paint("negative-tint", pattern="lines")

_Run = list[tuple[Point, Score]]


def draw(plot: Plot, columns: Sequence[Column], names: tuple[str, str], *, areas: bool = True) -> Group:
    """Draw grid, areas, curves, dots, figures and the names of the curves.

    Args:
        plot: The scale laid onto px.
        columns: What to draw, with the scores before and after.
        names: What the two curves are called.
        areas: Whether the two can be compared: not where they are on different scales.
    """
    old = [column.before for column in columns]
    new = [column.after for column in columns]
    before, after = _both(plot, columns)
    shapes: list[Shape] = [_level(plot, plot.low + (plot.high - plot.low) * at / 4) for at in range(5)]
    if areas:
        shapes.extend(_areas(before, after, _moved(plot, columns)))
    shapes.append(_level(plot, plot.neutral, Paint(None, "neutral", 1.5)))
    shapes.extend(_steps(plot, columns))
    for run in before:
        shapes.extend(_stroke(run, OLD, THIN * plot.k, plot.k))
    for run in after:
        shapes.extend(_stroke(run, NEW, THICK * plot.k, plot.k))
    shapes.extend(_dots(plot, old, OLD, 3.2))
    shapes.extend(_dots(plot, new, NEW, 5.0))
    told = tuple(
        None if b is not None and a is not None and abs(b.mean - a.mean) < 1e-9 else b
        for b, a in zip(old, new, strict=True)
    )
    shown = [Curve("", "ink", tuple(new))]
    if areas:
        shown.append(Curve("", OLD, told))
    shapes.extend(labels(plot, shown, Marks(), MarkNames("", "", "")))
    shapes.extend(_names(plot, before, after, names))
    return Group(tuple(shapes), role="curve")


def shaded(plot: Plot, columns: Sequence[Column]) -> frozenset[str]:
    """Return which areas `draw` shades: gain, loss, both or none."""
    before, after = _both(plot, columns)
    return frozenset(area.role for area in _areas(before, after, _moved(plot, columns)))


def _both(plot: Plot, columns: Sequence[Column]) -> tuple[list[_Run], list[_Run]]:
    before = [column.before for column in columns]
    after = [column.after for column in columns]
    return (
        _runs(plot, columns, before, lambda column: column.old is not None),
        _runs(plot, columns, after, lambda column: column.new is not None),
    )


def _level(plot: Plot, emotion: float, paint: Paint | None = None) -> Path:
    y = round(plot.y(emotion), 2)
    ends = Segment("M", (Point(plot.left, y),)), Segment("L", (Point(plot.right, y),))
    return Path(ends, paint or Paint(None, "grid", 1))


def _runs(
    plot: Plot,
    columns: Sequence[Column],
    scores: Sequence[Score | None],
    there: Callable[[Column], bool],
) -> list[_Run]:
    """Return the scored columns in unbroken rows; a column that a version lacks is no gap in it."""
    runs: list[_Run] = [[]]
    for x, column, score in zip(plot.centres, columns, scores, strict=True):
        if not there(column):
            continue
        if score is None:
            runs.append([])
        else:
            runs[-1].append((Point(x, plot.y(score.mean)), score))
    return [run for run in runs if run]


def _stroke(run: _Run, color: str, width: float, k: float) -> Iterator[Shape]:
    """Draw a curve: solid between two measured scores, dashed wherever one of them is assumed."""
    pieces = monotone([point for point, _ in run])
    solid = [a.measured and b.measured for (_, a), (_, b) in pairwise(run)]
    for measured, group in groupby(zip(solid, pieces, strict=True), key=lambda pair: pair[0]):
        part = [piece for _, piece in group]
        steps = (
            Segment("M", (_r(part[0].a),)),
            *(Segment("C", (_r(p.b), _r(p.c), _r(p.d))) for p in part),
        )
        dash = () if measured else tuple(one * k for one in DASH)
        yield Path(steps, Paint(None, color, width, dash=dash), role="emotion")


def _r(point: Point) -> Point:
    return Point(round(point.x, 2), round(point.y, 2))


def _moved(plot: Plot, columns: Sequence[Column]) -> list[tuple[float, float]]:
    """Return the stretches beside a score that moved, came or went, joined where they meet.

    Elsewhere the two curves part only because of what their neighbours do; nobody won or lost there.
    """
    stretches: list[tuple[float, float]] = []
    for at, column in enumerate(columns):
        if column.before is not None and column.after is not None:
            if abs(column.before.mean - column.after.mean) < 1e-9:
                continue
        elif column.before is None and column.after is None:
            continue
        left = plot.centres[max(0, at - 1)]
        right = plot.centres[min(len(columns) - 1, at + 1)]
        if stretches and left <= stretches[-1][1]:
            left = stretches.pop()[0]
        stretches.append((left, right))
    return stretches


def _areas(
    before: Sequence[_Run], after: Sequence[_Run], stretches: Sequence[tuple[float, float]]
) -> Iterator[Path]:
    """Fill what lies between the curves, where both are known: won or lost."""
    for one in before:
        for other in after:
            a, b = (monotone([point for point, _ in run]) for run in (one, other))
            if not a or not b:
                continue
            for start, end in stretches:
                left, right = max(a[0].a.x, b[0].a.x, start), min(a[-1].d.x, b[-1].d.x, end)
                if right - left > _STEP:
                    yield from _between(a, b, left, right)


def _between(a: Sequence[Cubic], b: Sequence[Cubic], left: float, right: float) -> Iterator[Path]:
    count = max(2, round((right - left) / _STEP))
    xs = {left + (right - left) * at / count for at in range(count + 1)}
    xs |= {piece.a.x for piece in (*a, *b) if left < piece.a.x < right}
    rows = [(x, _at(a, x), _at(b, x)) for x in sorted(xs)]
    run: list[tuple[float, float, float]] = []
    side = 0
    for row in rows:
        here = 0 if abs(row[1] - row[2]) < _FLAT else 1 if row[2] < row[1] else -1
        if here != side and run:
            if side:
                yield _area([*run, row], side)
            run = [run[-1]] if run else []
        side = here
        run.append(row)
    if side and len(run) > 1:
        yield _area(run, side)


def _area(rows: Sequence[tuple[float, float, float]], side: int) -> Path:
    points = [Point(x, y) for x, y, _ in rows] + [Point(x, y) for x, _, y in reversed(rows)]
    steps = [
        Segment("M", (_r(points[0]),)),
        *(Segment("L", (_r(point),)) for point in points[1:]),
        Segment("Z"),
    ]
    return Path(tuple(steps), GAIN if side > 0 else LOSS, role="gain" if side > 0 else "loss")


def _at(pieces: Sequence[Cubic], x: float) -> float:
    piece = next((p for p in pieces if x <= p.d.x), pieces[-1])
    return height(piece, min(1.0, max(0.0, (x - piece.a.x) / (piece.d.x - piece.a.x))))


def _steps(plot: Plot, columns: Sequence[Column]) -> Iterator[Shape]:
    """Draw an arrow from each score to the one that takes its place."""
    for x, column in zip(plot.centres, columns, strict=True):
        if column.before is None or column.after is None:
            continue
        y1, y2 = plot.y(column.before.mean), plot.y(column.after.mean)
        if abs(y2 - y1) < 16 * plot.k:
            continue
        color = "positive" if y2 < y1 else "negative"
        sign = 1 if y2 > y1 else -1
        tip, r = y2 - sign * 7 * plot.k, 4 * plot.k
        steps = (Segment("M", (_r(Point(x, y1)),)), Segment("L", (_r(Point(x, tip - sign * r)),)))
        yield Path(steps, Paint(None, color, 2 * plot.k), role="step")
        head = (
            Segment("M", (_r(Point(x, tip)),)),
            Segment("L", (_r(Point(x - r, tip - sign * r * 1.6)),)),
            Segment("L", (_r(Point(x + r, tip - sign * r * 1.6)),)),
            Segment("Z"),
        )
        yield Path(head, Paint(color), role="step")


def _dots(plot: Plot, scores: Sequence[Score | None], color: str, radius: float) -> Iterator[Shape]:
    """Draw a dot at every score: filled where measured, a ring where assumed."""
    r = radius * plot.k
    for x, score in zip(plot.centres, scores, strict=True):
        if score is not None:
            paint = Paint(color if score.measured else "paper", color, (2 if radius > 4 else 1.5) * plot.k)
            yield Ellipse(x, round(plot.y(score.mean), 2), r, r, paint, role="dot")


def _names(
    plot: Plot, before: Sequence[_Run], after: Sequence[_Run], names: tuple[str, str]
) -> Iterator[Shape]:
    """Name the curves at their right ends, each at its own height."""
    ends = []
    for run, name, color in ((before, names[0], "ink-soft"), (after, names[1], NEW)):
        if run:
            text = line(name, LABEL * plot.k, weight="bold", color=color)
            ends.append((run[-1][-1][0].y, text))
    ends.sort(key=lambda end: end[0])
    if len(ends) == 2 and ends[1][0] - ends[0][0] < ends[0][1].height + 2:
        middle = (ends[0][0] + ends[1][0]) / 2
        apart = (ends[0][1].height + 2) / 2
        ends = [(middle - apart, ends[0][1]), (middle + apart, ends[1][1])]
    for y, text in ends:
        yield text.at(plot.right + 16, y - text.height / 2)


def scale(plot: Plot) -> tuple[Shape, ...]:
    """Draw the ground and the scale with its faces at the left."""
    shapes: list[Shape] = [
        Rect(plot.left - 8, plot.top, plot.right - plot.left + 16, plot.height, Paint("card"), radius=8)
    ]
    face = 20 * plot.k
    for at in range(5):
        value = plot.low + (plot.high - plot.low) * at / 4
        middle = plot.y(value)
        text = line(plot.tick(value), LABEL * plot.k, color="ink-soft")
        mood = "positive" if value > plot.neutral else "negative" if value < plot.neutral else "ink-soft"
        shapes += [
            Icon(f"face-{at + 1}", plot.left - 14 - face, middle - face / 2, face, mood),
            text.at(plot.left - 22 - face, middle - text.height / 2, "end"),
        ]
    return tuple(shapes)
