"""The figures that matter, at the top right of a sheet: a number, where it lies on its scale, a remark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from blueprint.scene.shapes import Ellipse, Group, Paint, Rect, Shape
from blueprint.views.typeset import CARD, LABEL, STAGE, TITLE, block, line

_FIGURE, _LONGEST, _WORST = 144.0, 208.0, 216.0
"""Widths of a figure: usually, for a long number, for words; px."""


class Gauge(NamedTuple):
    """Where a figure lies on a scale, and where its companion (the mean) lies."""

    low: float
    high: float
    neutral: float
    value: float
    beside: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures that matter, at the top right."""

    label: str
    value: str
    note: str = ""
    tone: str = "ink"
    """Colour token of the gauge's dot or of the bar."""
    gauge: Gauge | None = None
    share: float | None = None
    """Draws a bar filled to this part."""
    wordy: bool = False
    """The value is words, not a number: set smaller, over several lines."""
    told: bool = False
    """The note takes several facts: the figure is as wide as one of words."""


def figure_width(figure: Figure, k: float) -> float:
    """Return the room a figure asks for, px: a long number gets more, within reason."""
    if figure.wordy or figure.told:
        return _WORST * k
    value = line(figure.value, TITLE * k, weight="bold").width
    return max(_FIGURE * k, min(_LONGEST * k, value + 32 * k))


def draw_figures(figures: tuple[Figure, ...], x: float, top: float, k: float) -> tuple[Group, float]:
    """Draw the figures side by side from (x, top), k times as large as usual; returns where they end."""
    placed: list[tuple[float, Group, float]] = []
    for figure in figures:
        width = figure_width(figure, k)
        drawn, end = _figure(figure, x + 16 * k, top, width - 28 * k, k)
        placed.append((x, drawn, end))
        x += width
    bottom = max(end for *_, end in placed)
    rules = [Rect(left, top, 1, bottom - top, Paint("line"), role="rule") for left, *_ in placed]
    return Group((*rules, *(drawn for _, drawn, _ in placed)), role="figures"), bottom


def _figure(figure: Figure, x: float, top: float, width: float, k: float) -> tuple[Group, float]:
    name = block(figure.label, width, LABEL * k, color="ink-soft", max_lines=2)
    shapes: list[Shape] = [name.at(x, top)]
    y = top + name.height
    if figure.wordy:
        value = block(figure.value, width, CARD * k, weight="bold", max_lines=3)
        y += 4 * k
    else:
        # A long figure ("12 d 14 h") steps down rather than breaking over two lines.
        value = block(figure.value, width, TITLE * k, weight="bold", max_lines=1)
        if value.whole or len(value.lines) > 1:
            value = block(figure.value, width, STAGE * k, weight="bold", max_lines=2)
            y += 8 * k
    shapes.append(value.at(x, y))
    y += value.height
    bar = width - 8
    if figure.gauge:
        shapes += _gauge(figure.gauge, x, y + 7 * k, bar, figure.tone, k)
        y += 15 * k
    elif figure.share is not None:
        full = max(6.0, bar * min(1.0, figure.share))
        shapes += [
            Rect(x, y + 4 * k, bar, 6 * k, Paint("grid"), radius=3 * k),
            Rect(x, y + 4 * k, full, 6 * k, Paint(figure.tone), radius=3 * k),
        ]
        y += 15 * k
    if figure.note:
        note = block(figure.note, width, LABEL * k, color="ink-soft", max_lines=4)
        shapes.append(note.at(x, y + 2))
        y += note.height + 2
    told = f"{figure.label}: {figure.value} {figure.note}".strip()
    return Group(tuple(shapes), role="figure", title=told), y


def _gauge(gauge: Gauge, x: float, y: float, width: float, tone: str, k: float) -> list[Shape]:
    """A scale with a tick at neutral, a dot at the figure and a ring at its companion."""
    span = gauge.high - gauge.low

    def place(value: float) -> float:
        return x + 5 * k + (width - 10 * k) * min(1.0, max(0.0, (value - gauge.low) / span))

    at, middle = place(gauge.value), place(gauge.neutral)
    shapes: list[Shape] = [
        Rect(x, y - 1.5 * k, width, 3 * k, Paint("grid"), radius=1.5 * k),
        Rect(min(at, middle), y - 1.5 * k, abs(at - middle), 3 * k, Paint(tone), radius=1.5 * k),
        Rect(middle - 0.5 * k, y - 5 * k, k, 10 * k, Paint("ink-faint")),
    ]
    if gauge.beside is not None:
        shapes.append(Ellipse(place(gauge.beside), y, 4 * k, 4 * k, Paint("paper", "ink-soft", 1.5 * k)))
    shapes.append(Ellipse(at, y, 4.5 * k, 4.5 * k, Paint(tone)))
    return shapes
