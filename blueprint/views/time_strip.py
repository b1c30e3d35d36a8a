"""The timeline beneath a blueprint: what each touchpoint takes, how much is waiting, what is accepted."""

from __future__ import annotations

from dataclasses import dataclass

from blueprint.analysis.results import ColumnTime
from blueprint.scene.shapes import Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.typeset import CARD, LABEL, Block, block, line
from blueprint.views.words import Words, percent

WIDEST = 320.0
_BAR = 8.0


@dataclass(frozen=True, slots=True)
class TimeCell:
    """The times of one column, measured."""

    time: ColumnTime
    total: Block
    share: Block | None
    notes: tuple[Block, ...]
    width: float

    @property
    def height(self) -> float:
        """Of the cell, px."""
        return self.total.height + 10 + _BAR + 10 + sum(note.height for note in self.notes)

    def draw(self, x: float, y: float, touchpoint: str) -> Group:
        """Draw the cell with its top left corner at a place."""
        shapes: list[Shape] = [self.total.at(x, y)]
        if self.share:
            shapes.append(
                self.share.at(x + self.width, y + self.total.height - self.share.height - 1, "end")
            )
        y += self.total.height + 8
        shapes += _bar(self.time, x, y, self.width)
        y += _BAR + 10
        for note in self.notes:
            shapes.append(note.at(x, y))
            y += note.height
        return Group(
            tuple(shapes), id=f"time-{touchpoint}", role="time", data=(("touchpoint", touchpoint),)
        )


def time_cell(time: ColumnTime, all_seconds: float, width: float, words: Words) -> TimeCell:
    """Measure the times of one column, `width` px wide."""
    width = min(width, WIDEST)
    total = time.standard + time.wait
    notes: list[Block] = []
    if time.wait:
        notes.append(
            block(
                words.pairs(
                    f"{words['standard']} {words.duration(time.standard)}",
                    f"{words['wait-time']} {words.duration(time.wait)}",
                ),
                width,
                LABEL,
                color="ink-soft",
            )
        )
    if time.tolerance is not None:
        over = total > time.tolerance
        notes.append(
            block(
                f"{words['tolerance']} {words.duration(time.tolerance)}",
                width,
                LABEL,
                weight="bold" if over else "regular",
                color="fail" if over else "ink-soft",
            )
        )
    share = line(percent(total / all_seconds), LABEL, color="ink-soft") if all_seconds and total else None
    return TimeCell(time, line(words.duration(total), CARD, weight="bold"), share, tuple(notes), width)


def _bar(time: ColumnTime, x: float, y: float, width: float) -> list[Shape]:
    """Standard and wait end to end, with a tick at the tolerance: each column on a scale of its own."""
    total = time.standard + time.wait
    full = max(total, time.tolerance or 0.0)
    shapes: list[Shape] = [Rect(x, y, width, _BAR, Paint("grid"), radius=2)]
    if full <= 0:
        return shapes
    standard, waited = width * time.standard / full, width * time.wait / full
    if standard:
        shapes.append(Rect(x, y, round(max(standard, 2.0), 2), _BAR, Paint("accent"), radius=2))
    if waited:
        left = min(x + standard, x + width - 2)
        shapes.append(
            Rect(
                round(left, 2),
                y,
                round(max(waited, 2.0), 2),
                _BAR,
                Paint("wait", pattern="lines"),
                radius=2,
            )
        )
    if time.tolerance is not None:
        at = round(x + width * time.tolerance / full, 2)
        tick = (Segment("M", (Point(at, y - 4),)), Segment("L", (Point(at, y + _BAR + 4),)))
        shapes.append(Path(tick, Paint(None, "ink", 1.5)))
    return shapes
