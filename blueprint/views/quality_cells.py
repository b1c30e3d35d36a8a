"""Quality dimensions on the map: what customers expect, what they perceive, and the gap between the two."""

from __future__ import annotations

from typing import NamedTuple

from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Quality, Touchpoint
from blueprint.scene.shapes import Ellipse, Group, Paint, Rect, Shape
from blueprint.views.cells import Cell, stack
from blueprint.views.reading import Reading
from blueprint.views.typeset import LABEL, block, line
from blueprint.views.words import number, signed

_USUAL = ((1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (0.0, 100.0))
"""Scales that questionnaires use; a journey gets the first that holds all its answers."""


class Scale(NamedTuple):
    """On which the answers of a journey lie."""

    low: float
    high: float


def scale_of(journey: Journey) -> Scale:
    """Return the scale that holds what customers expect and perceive anywhere on the journey."""
    told = [
        value
        for place in journey.places
        for asked in place.touchpoint.quality.values()
        for value in (asked.expected, asked.perceived)
        if value is not None
    ]
    least, most = min(told, default=1.0), max(told, default=5.0)
    found = (Scale(low, high) for low, high in _USUAL if low <= least and most <= high)
    return next(found, Scale(min(least, 0.0), most))


def quality(touchpoint: Touchpoint, width: float, scale: Scale, read: Reading) -> Cell | None:
    """Set the dimensions that were asked about: name, expected → perceived, and the gap as a bar."""
    return stack(
        (
            _dimension(read.label.dimensions[name], asked, width - 8, scale)
            for name, asked in touchpoint.quality.items()
            if asked.expected is not None or asked.perceived is not None
        ),
        10,
    )


def gap_of(asked: Quality) -> float | None:
    """Return what is perceived less what is expected; None where one of them is not known."""
    if asked.expected is None or asked.perceived is None:
        return None
    return asked.perceived - asked.expected


def _dimension(name: str, asked: Quality, width: float, scale: Scale) -> Cell:
    gap = gap_of(asked)
    sides = ("?" if value is None else number(value, 1) for value in (asked.expected, asked.perceived))
    told = line(" → ".join(sides), color="ink-soft")
    by = line("" if gap is None else signed(gap, 1), weight="bold", color=_token(asked))
    beside = told.width + (by.width + 8 if gap is not None else 0)
    title = block(name, max(48.0, width - beside - 10), LABEL, weight="bold", max_lines=2)
    tall = max(title.height, told.height)

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        shapes: list[Shape] = [title.at(x, y), told.at(x + width - beside, y)]
        if gap is not None:
            shapes.append(by.at(x + width, y, "end"))
        shapes += gap_bar(asked, x, y + tall + 7, width, scale)
        return (Group(tuple(shapes), role="quality", title=title.whole),)

    return Cell(tall + 13, draw)


def gap_bar(asked: Quality, x: float, y: float, width: float, scale: Scale) -> list[Shape]:
    """Draw a scale of `width` px around y: a ring at what is expected, a dot at what is perceived."""

    def place(value: float) -> float:
        share = (value - scale.low) / ((scale.high - scale.low) or 1.0)
        return round(x + 5 + (width - 10) * min(1.0, max(0.0, share)), 2)

    shapes: list[Shape] = [Rect(x, y - 1, width, 2, Paint("grid"), radius=1)]
    if asked.expected is not None and asked.perceived is not None:
        left, right = sorted((place(asked.expected), place(asked.perceived)))
        shapes.append(Rect(left, y - 2, right - left, 4, Paint(_token(asked))))
    if asked.expected is not None:
        shapes.append(Ellipse(place(asked.expected), y, 4, 4, Paint("paper", "ink-soft", 1.5)))
    if asked.perceived is not None:
        shapes.append(Ellipse(place(asked.perceived), y, 4.5, 4.5, Paint(_token(asked))))
    return shapes


def _token(asked: Quality) -> str:
    gap = gap_of(asked)
    return "ink-soft" if gap is None else "negative" if gap < 0 else "positive"
