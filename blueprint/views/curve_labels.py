"""Figures and flags beside the dots of the curve: each where the line leaves room, none on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from blueprint.model.values import Score
from blueprint.scene.shapes import Group, Paint, Rect, Shape
from blueprint.views.plot import Curve, Marks, Plot, radius_at
from blueprint.views.typeset import LABEL, Block, line
from blueprint.views.words import percent

_CLEAR = 13.0
"""Between the middle of a dot and the nearest label, px."""
_SAME = 0.05
"""Scores no further apart than this read as one."""


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


def labels(plot: Plot, curves: Sequence[Curve], marks: Marks, names: tuple[str, str, str]) -> list[Shape]:
    """Write the figure of every score, and flags for peak, pit and end (called by `names`)."""
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
    x, r = plot.centres[at], radius_at(marks, at, len(curves))
    for curve in curves:
        if score := curve.scores[at]:
            y = plot.y(score.mean)
            up, down = plot.error(score, 1) or 0.0, plot.error(score, -1) or 0.0
            yield _Box(x - r - 2, y - max(r, -up) - 1, x + r + 2, y + max(r, down) + 1)


def _column(
    plot: Plot,
    curves: Sequence[Curve],
    marks: Marks,
    names: tuple[str, str, str],
    at: int,
    taken: list[_Box],
) -> Iterable[Shape]:
    """Place the labels of one column and add the boxes they take."""
    here = [(which, score) for which, curve in enumerate(curves) if (score := curve.scores[at])]
    if not here:
        return
    flags = _flags(at, here, marks, names)
    told: list[float] = []
    for which, score in sorted(here, key=lambda one: (one[0] not in flags, -one[1].mean)):
        name, token = flags.get(which, ("", ""))
        if not name and any(abs(score.mean - other) < _SAME for other in told):
            continue  # two personas of one mind: one figure is enough
        told.append(score.mean)
        shared = sum(abs(score.mean - other.mean) < _SAME for _, other in here) > 1
        ink = "paper" if name else curves[which].color if len(curves) > 1 and not shared else "ink"
        text = line(f"{name} {plot.written(score.mean)}".strip(), LABEL, weight="bold", color=ink)
        if box := _room(text, plot, curves[which].scores, at, taken, bool(name)):
            taken.append(box)
            yield _label(text, box, token)


def _flags(
    at: int, here: list[tuple[int, Score]], marks: Marks, names: tuple[str, str, str]
) -> dict[int, tuple[str, str]]:
    """Return which of the curves here carry a flag: its words and its colour."""
    found: dict[int, tuple[str, str]] = {}
    best = max(here, key=lambda one: one[1].mean)[0]
    worst = min(here, key=lambda one: one[1].mean)[0]
    for place, name, share, token, which in (
        (marks.peak, names[0], marks.shares[0], "positive", best),
        (marks.pit, names[1], marks.shares[1], "negative", worst),
        (marks.end, names[2], marks.shares[2], "ink", here[0][0]),
    ):
        if place != at:
            continue
        # A mark that holds for every journey needs no share.
        told = f"{name} ({percent(share)})" if share < 0.995 else name
        before = found.get(which)
        found[which] = (f"{before[0]} · {told}", before[1]) if before else (told, token)
    return found


def _room(
    text: Block, plot: Plot, scores: Sequence[Score | None], at: int, taken: list[_Box], flagged: bool
) -> _Box | None:
    """Find a place near the dot: on the open side of the line first, clear of everything taken."""
    score = scores[at]
    if score is None:
        return None
    x, y = plot.centres[at], plot.y(score.mean)
    half = text.width / 2 + (10 if flagged else 3)
    tall = text.height + (5 if flagged else 0)
    up, lean = _open_side(scores, at, score, plot.neutral, half)
    for step in range(24):
        side = up if step % 2 == 0 else not up
        away = _CLEAR + 6 * (step // 2)
        top = y - away - tall if side else y + away
        middle = x + (lean if side == up else -lean) if step < 8 else x
        box = _Box(middle - half, top, middle + half, top + tall)
        inside = (
            plot.left - 8 <= box.left
            and box.right <= plot.right + 8
            and plot.top + 1 <= box.top
            and box.bottom <= plot.top + plot.height - 1
        )
        if inside and not any(box.meets(other) for other in taken):
            return box
    return None


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
