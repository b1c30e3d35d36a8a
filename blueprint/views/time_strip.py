"""The timeline beneath a blueprint: what each touchpoint takes, how much is waiting, what is accepted.

In every column the tolerance lies at the same place, so that one look along the row finds what comes
close to it and what goes beyond. A strip over all columns then shows where the whole time goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from blueprint.analysis.results import ColumnTime, ToleranceBreach
from blueprint.scene.shapes import Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.action_cards import WIDEST
from blueprint.views.typeset import CARD, LABEL, Block, block, line
from blueprint.views.words import Words, percent

_BAR, _STRIP = 12.0, 20.0
_ACCEPTED = 0.75
"""Where in a column its tolerance lies, as a share of the column's width."""


@dataclass(frozen=True, slots=True)
class TimeCell:
    """The times of one column, measured."""

    time: ColumnTime
    total: Block
    share: Block | None
    notes: tuple[Block, ...]
    width: float
    beyond: float
    """How far beyond the tolerance it goes, as a share of the tolerance; 0 where it keeps it."""

    @property
    def height(self) -> float:
        """Of the cell, px."""
        return self.total.height + 8 + _BAR + 10 + sum(note.height for note in self.notes)

    def draw(self, x: float, y: float, touchpoint: str) -> Group:
        """Draw the cell with its top left corner at a place."""
        shapes: list[Shape] = [self.total.at(x, y)]
        if self.share:
            shapes.append(
                self.share.at(x + self.width, y + self.total.height - self.share.height - 1, "end")
            )
        y += self.total.height + 8
        shapes += _bar(self.time, x, y, self.width, self.beyond)
        y += _BAR + 10
        for note in self.notes:
            shapes.append(note.at(x, y))
            y += note.height
        return Group(
            tuple(shapes), id=f"time-{touchpoint}", role="time", data=(("touchpoint", touchpoint),)
        )


def time_cell(
    time: ColumnTime, all_seconds: float, width: float, words: Words, breach: ToleranceBreach | None = None
) -> TimeCell:
    """Measure the times of one column.

    Args:
        time: What its steps take.
        all_seconds: What all columns take together.
        width: Of the column, px.
        words: Our labels.
        breach: Where the customer really waits longer than accepted.
    """
    width = min(width, WIDEST)
    total = time.standard + time.wait
    late = [(breach.observed, breach.tolerance, "p90 " if breach.basis == "p90" else "")] if breach else []
    if not late and time.tolerance and total > time.tolerance:
        late.append((total, time.tolerance, ""))
    notes: list[Block] = []
    if time.wait:
        parts = words.pairs(
            f"{words['standard']} {words.duration(time.standard)}",
            f"{words['wait-time']} {words.duration(time.wait)}",
        )
        notes.append(block(parts, width, LABEL, color="ink-soft"))
    for seconds, accepted, basis in late:
        text = f"{basis}{words.duration(seconds)} > {words['tolerance']} {words.duration(accepted)}"
        notes.append(block(text, width, LABEL, weight="bold", color="fail"))
    if not late and time.tolerance is not None:
        text = f"{words['tolerance']} {words.duration(time.tolerance)}"
        notes.append(block(text, width, LABEL, color="ink-soft"))
    share = line(percent(total / all_seconds), LABEL, color="ink-soft") if all_seconds and total else None
    head = line(words.duration(total), CARD, weight="bold")
    beyond = max((seconds / accepted - 1 for seconds, accepted, _ in late if accepted), default=0.0)
    return TimeCell(time, head, share, tuple(notes), width, beyond)


def _bar(time: ColumnTime, x: float, y: float, width: float, beyond: float) -> list[Shape]:
    """Standard and wait end to end, the tolerance at its place; without one, the width is the total."""
    total = time.standard + time.wait
    shapes: list[Shape] = [Rect(x, y, width, _BAR, Paint("shade"), radius=2)]
    accepted = _ACCEPTED * width
    if total > 0:
        scale = accepted / time.tolerance if time.tolerance else width / total
        # What goes beyond the column is cut off there: the words beneath say how much it is.
        parts = ((time.standard, "accent"), (time.wait, "wait"))
        shapes += _spans(parts, x, y, min(scale, width / total), _BAR)
    if beyond > 0:
        long = max(3.0, min(beyond * accepted, width - accepted))
        shapes.append(
            Rect(round(x + accepted, 2), y - 4, round(long, 2), _BAR + 8, Paint("fail", pattern="cross"), 2)
        )
    if time.tolerance or beyond > 0:
        at = round(x + accepted, 2)
        tick = (Segment("M", (Point(at, y - 5),)), Segment("L", (Point(at, y + _BAR + 5),)))
        shapes.append(Path(tick, Paint(None, "ink", 2.0)))
    return shapes


def _spans(
    parts: Sequence[tuple[float, str]], x: float, y: float, scale: float, height: float
) -> list[Shape]:
    """Bars end to end, each as long as its seconds, never thinner than can be seen."""
    shapes: list[Shape] = []
    for seconds, token in parts:
        if seconds:
            wide = max(seconds * scale, 2.0)
            paint = Paint(token, pattern="lines" if token == "wait" else None)
            shapes.append(Rect(round(x, 2), y, round(wide, 2), height, paint, radius=2))
            x += seconds * scale
    return shapes


def whole_strip(
    times: Sequence[tuple[int, ColumnTime]], x: float, y: float, width: float, words: Words
) -> tuple[Group, float]:
    """Draw all columns' times end to end, as long as they take, and return the strip with its height.

    Args:
        times: Number and times of every column.
        x: Left edge, px.
        y: Top edge, px.
        width: Of the whole strip, px.
        words: Our labels.
    """
    total = sum(time.standard + time.wait for _, time in times)
    scale = width / total if total else 0.0
    shapes: list[Shape] = [Rect(x, y, width, _STRIP, Paint("shade"), radius=2)]
    for number, time in times:
        wide = (time.standard + time.wait) * scale
        parts = [
            part for part in ((time.standard, "accent"), (time.wait, "wait")) if part[0] * scale >= 0.5
        ]
        shapes += _spans(parts, x, y, scale, _STRIP)
        if wide >= 4:
            # A cut of paper parts one column from the next, also where both are all wait.
            shapes.append(Rect(round(x - 1, 2), y - 4, 2, _STRIP + 8, Paint("paper"), role="cut"))
        name = line(f"{number} · {words.duration(time.standard + time.wait)}", LABEL, weight="bold")
        if wide >= name.width + 12:
            shapes.append(name.at(x + 3, y + _STRIP + 5))
        x += wide
    return Group(tuple(shapes), role="whole-time"), _STRIP + 24
