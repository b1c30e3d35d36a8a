"""Figures and flags beside the dots of the curve: each where the line leaves room, none on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from blueprint.model.values import Score
from blueprint.scene.shapes import Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.plot import Curve, MarkNames, Marks, Plot
from blueprint.views.typeset import LABEL, Block, line
from blueprint.views.words import percent

_CLEAR = 13.0
"""Between the middle of a dot and the nearest label, px."""
_SAME = 0.05
"""Scores no further apart than this read as one."""
_SEPARATOR = " · "


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


def labels(plot: Plot, curves: Sequence[Curve], marks: Marks, names: MarkNames) -> list[Shape]:
    """Write the figure of every score, and flags for peak, pit and end."""
    shapes: list[Shape] = []
    dots = [list(_around(plot, curves, marks, at)) for at in range(len(plot.centres))]
    zero = plot.y(plot.neutral)
    axis = _Box(plot.left, zero - 1, plot.right, zero + 1)
    written: list[list[_Box]] = []
    for at in range(len(plot.centres)):
        # Only the neighbours' boxes can reach into this column.
        taken = [axis, *(box for near in dots[max(0, at - 1) : at + 2] for box in near)]
        taken += [box for near in written[-2:] for box in near]
        before = len(taken)
        shapes.extend(_column(plot, curves, marks, names, at, taken))
        written.append(taken[before:])
    return shapes


def _around(plot: Plot, curves: Sequence[Curve], marks: Marks, at: int) -> Iterable[_Box]:
    """Yield what the dots and whiskers of a column cover."""
    x, r = plot.centres[at], plot.radius(marks, at, len(curves))
    for curve in curves:
        if score := curve.scores[at]:
            y = plot.y(score.mean)
            up, down = plot.error(score, 1) or 0.0, plot.error(score, -1) or 0.0
            yield _Box(x - r - 2, y - max(r, -up) - 1, x + r + 2, y + max(r, down) + 1)


def _column(
    plot: Plot,
    curves: Sequence[Curve],
    marks: Marks,
    names: MarkNames,
    at: int,
    taken: list[_Box],
) -> Iterable[Shape]:
    """Place the labels of one column and add the boxes they take."""
    here = [(which, score) for which, curve in enumerate(curves) if (score := curve.scores[at])]
    if not here:
        return
    flags, of_column = _flags(at, here, marks, names, plot)
    told: list[float] = []
    rest: list[tuple[int, Block]] = []
    for which, score in sorted(here, key=lambda one: (one[0] not in flags, -one[1].mean)):
        if which in flags:
            words, token = flags[which]
            flag = line(words, LABEL * plot.k, weight="bold", color="ink-inverse")
            if box := _room(flag, plot, curves[which].scores, at, taken, flagged=True):
                told.append(score.mean)
                taken.append(box)
                yield _label(flag, box, token)
                continue
        if any(abs(score.mean - other) < _SAME for other in told):
            continue  # two personas of one mind: one figure is enough
        told.append(score.mean)
        shared = sum(abs(score.mean - other.mean) < _SAME for _, other in here) > 1
        ink = curves[which].color if len(curves) > 1 and not shared else "ink"
        figure = line(plot.written(score.mean), LABEL * plot.k, weight="bold", color=ink)
        crowded = len(here) > 2
        if box := _room(figure, plot, curves[which].scores, at, taken, flagged=False, near=crowded):
            taken.append(box)
            yield _label(figure, box, "")
        else:
            rest.append((which, figure))
    for which, figure in rest:
        yield from _aside(figure, plot, curves[which], at, taken)
    if of_column:
        flag = line(of_column, LABEL * plot.k, weight="bold", color="ink-inverse")
        lowest = min(here, key=lambda one: one[1].mean)[0]
        if box := _room(flag, plot, curves[lowest].scores, at, taken, flagged=True):
            taken.append(box)
            yield _label(flag, box, "ink")


def _flags(
    at: int, here: list[tuple[int, Score]], marks: Marks, names: MarkNames, plot: Plot
) -> tuple[dict[int, tuple[str, str]], str]:
    """Return the words and colours of the flags here by curve, and the words of a flag of the column."""
    scores = dict(here)
    told: dict[int, tuple[list[str], list[str], str]] = {}
    of_column = ""
    for mark, name, share_told, token in (
        (marks.peak, names.peak, names.reached, "positive"),
        (marks.pit, names.pit, names.reached, "negative"),
        (marks.end, names.end, names.ended, "ink"),
    ):
        if mark is None or mark.column != at:
            continue
        # What holds for every journey needs no share.
        share = share_told.format(percent(mark.share)) if mark.share < 0.995 else ""
        if mark.curve is None:
            of_column = _SEPARATOR.join(filter(None, (name, share)))
        elif mark.curve in scores:
            labels_, shares, _ = told.setdefault(mark.curve, ([], [], token))
            labels_.append(name)
            if share:
                shares.append(share)
    return {
        which: (
            _SEPARATOR.join((f"{' / '.join(named)} {plot.written(scores[which].mean)}", *shares)),
            color,
        )
        for which, (named, shares, color) in told.items()
    }, of_column


def _room(
    text: Block,
    plot: Plot,
    scores: Sequence[Score | None],
    at: int,
    taken: list[_Box],
    *,
    flagged: bool,
    near: bool = False,
) -> _Box | None:
    """Find a place near the dot: on the open side of the line first, clear of everything taken."""
    score = scores[at]
    if score is None:
        return None
    x, y = plot.centres[at], plot.y(score.mean)
    half = text.width / 2 + (10 if flagged else 3)
    tall = text.height + (6 if flagged else 0)
    up, lean = _open_side(scores, at, score, plot.neutral, half)
    low, high = plot.left - 8 + half, plot.right + 8 - half
    # Of several curves a figure must not be taken for a neighbour's: it stays near or goes to the side.
    for step in range(6 if near else 24):
        side = up if step % 2 == 0 else not up
        away = _CLEAR * plot.k + 6 * (step // 2)
        top = y - away - tall if side else y + away
        middle = x + (lean if side == up else -lean) if step < 8 else x
        if low <= high:
            middle = min(high, max(low, middle))
        box = _Box(middle - half, top, middle + half, top + tall)
        if _inside(box, plot) and not any(box.meets(other) for other in taken):
            return box
    return None


def _inside(box: _Box, plot: Plot) -> bool:
    return (
        plot.left - 8 <= box.left
        and box.right <= plot.right + 8
        and plot.top + 1 <= box.top
        and box.bottom <= plot.top + plot.height - 1
    )


def _aside(text: Block, plot: Plot, curve: Curve, at: int, taken: list[_Box]) -> Iterable[Shape]:
    """Write a figure beside its dot, tied to it by a thin line, where there is no room above or below."""
    score = curve.scores[at]
    if score is None:
        return
    x, y = plot.centres[at], plot.y(score.mean)
    half, tall = text.width / 2 + 3, text.height
    for step in range(40):
        # Right and left by turns, then further up and down.
        side = 1 if step % 2 == 0 else -1
        off = (step // 4 + 1) // 2 * 7.0 * (1 if step // 4 % 2 else -1)
        middle = x + side * (22 * plot.k + half)
        box = _Box(middle - half, y + off - tall / 2, middle + half, y + off + tall / 2)
        if _inside(box, plot) and not any(box.meets(other) for other in taken):
            taken.append(box)
            near = box.left if side > 0 else box.right
            steps = (
                Segment("M", (Point(round(x, 2), round(y, 2)),)),
                Segment("L", (Point(round(near, 2), round(y + off, 2)),)),
            )
            yield Path(steps, Paint(None, curve.color, 1), role="leader")
            yield _label(text, box, "")
            return


def _open_side(
    scores: Sequence[Score | None], at: int, score: Score, neutral: float, half: float
) -> tuple[bool, float]:
    """Return whether above is free of the line, and how far to step aside on a slope, px."""
    before = scores[at - 1] if at else None
    after = scores[at + 1] if at + 1 < len(scores) else None
    rises = [near.mean - score.mean for near in (before, after) if near]
    if len(rises) == 2 and rises[0] * rises[1] < 0:
        # On a slope the line runs through both sides: step away from where it comes and goes.
        up = score.mean >= neutral
        falling = rises[1] < 0
        return up, half + 4 if falling == up else -half - 4
    return sum(rises) < 0 or (sum(rises) == 0 and score.mean >= neutral), 0.0


def _label(text: Block, box: _Box, token: str) -> Group:
    said = text.at((box.left + box.right) / 2, box.top + (box.bottom - box.top - text.height) / 2, "middle")
    w, h = box.right - box.left, box.bottom - box.top
    if not token:
        return Group(
            (Rect(box.left, box.top, w, h, Paint("card", opacity=0.75), radius=3), said), role="value"
        )
    return Group((Rect(box.left, box.top, w, h, Paint(token), radius=h / 2), said), role="mark")
