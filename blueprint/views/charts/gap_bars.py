"""Gaps of service quality per dimension: how far perceived lies from expected, and where it is lost."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import NamedTuple

from blueprint.scene.shapes import Group, Paint, Point, Rect, Scene, Shape
from blueprint.views.charts.plane import PAD, WIDTH, Plane, chart, stroke
from blueprint.views.typeset import BODY, LABEL, block, line
from blueprint.views.words import signed, words

_NAMES = 132.0
_ROW = 44.0
_PAINTS = (
    Paint("curve-1"),
    Paint("curve-2", pattern="lines"),
    Paint("curve-3", pattern="dots"),
    Paint("curve-4", pattern="cross"),
)
"""Of the parts, in their order."""


class Part(NamedTuple):
    """One of the gaps that add up to the customer's."""

    name: str
    value: float


class Bar(NamedTuple):
    """One dimension."""

    name: str
    gap: float
    parts: tuple[Part, ...] = ()
    """What the gap is made of; empty where a side is not known."""


def gap_bars(bars: Sequence[Bar], *, language: str, prefix: str) -> Scene:
    """Draw a bar per dimension from 0 (as expected), and under it the parts end to end.

    Args:
        bars: the dimensions.
        language: of our own labels.
        prefix: of ids, unique on the page.
    """
    zh = words(language).language == "zh"
    low, high = _reach(bars)
    plane = Plane(
        PAD + _NAMES, PAD + 24, WIDTH - 2 * PAD - _NAMES - 48, len(bars) * _ROW, (low, high), (0, 1)
    )
    shapes = _scale(plane, zh)
    for order, bar in enumerate(bars):
        shapes.append(_row(plane, bar, plane.top + order * _ROW))
    foot = plane.bottom + 24
    names = list(dict.fromkeys(part.name for bar in bars for part in bar.parts))
    if names:
        shapes += _legend(names, foot)
        foot += 24
    title = "服务质量差距" if zh else "Gaps of service quality"
    told = [
        f"{bar.name} {signed(bar.gap)}"
        + (f" ({', '.join(f'{p.name} {signed(p.value)}' for p in bar.parts)})" if bar.parts else "")
        for bar in bars
    ]
    description = f"{title}{'：' if zh else ': '}{('；' if zh else '; ').join(told)}"
    return chart(shapes, foot + PAD, title, description, prefix=prefix, language=language)


def _reach(bars: Sequence[Bar]) -> tuple[float, float]:
    """Return the ends of the scale: whole or half points around everything drawn."""
    ends = [0.0]
    for bar in bars:
        ends.append(bar.gap)
        at = 0.0
        for part in bar.parts:
            at += part.value
            ends.append(at)
    low, high = floor(min(ends) * 2 - 0.05) / 2, ceil(max(ends) * 2 + 0.05) / 2
    return (low, high) if high - low >= 1 else (low - 0.5, high + 0.5)


def _scale(plane: Plane, zh: bool) -> list[Shape]:
    shapes: list[Shape] = []
    low, high = plane.x
    steps = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
    wide = 10.0 ** ceil(log10(high - low)) if high > low else 1.0
    step = next((s for s in steps if (high - low) / s <= 9), wide)
    at = ceil(low / step - 1e-9)
    while at * step <= high + 1e-9:
        x = plane.at(at * step, 0).x
        zero = at == 0
        shapes.append(
            stroke(
                Point(x, plane.top - 2),
                Point(x, plane.bottom),
                "line" if zero else "grid",
                1.4 if zero else 1,
            )
        )
        name = ("符合期望" if zh else "as expected") if zero else signed(at * step)
        text = line(name, weight="bold" if zero else "regular", color="ink-soft" if zero else "ink-faint")
        shapes.append(text.at(x, plane.bottom + 4, "middle"))
        at += 1
    return shapes


def _row(plane: Plane, bar: Bar, top: float) -> Group:
    good = bar.gap >= 0
    name = block(bar.name, _NAMES - 16, BODY, weight="bold", max_lines=2)
    middle = top + _ROW / 2
    shapes: list[Shape] = [name.at(PAD, middle - name.height / 2)]
    height = 14.0 if bar.parts else 18.0
    y = middle - (height + 8) / 2 if bar.parts else middle - height / 2
    zero, end = plane.at(0, 0).x, plane.at(bar.gap, 0).x
    paint = Paint("positive" if good else "negative")
    shapes.append(Rect(min(zero, end), y, max(abs(end - zero), 1.5), height, paint, 2))
    at = 0.0
    reached = [zero, end]
    for order, part in enumerate(bar.parts):
        a, b = plane.at(at, 0).x, plane.at(at + part.value, 0).x
        at += part.value
        reached.append(b)
        if abs(b - a) >= 0.5:
            tone = _PAINTS[order % len(_PAINTS)]
            shapes.append(Rect(min(a, b), y + height + 2 + order % 2 * 4, abs(b - a), 4, tone))
    value = line(signed(bar.gap), BODY, weight="bold", color="positive" if good else "negative")
    x, anchor = (max(reached) + 6, "start") if good else (min(reached) - 6, "end")
    if not good and x - value.width < plane.left:
        x, anchor = max(reached) + 6, "start"
    shapes.append(value.at(x, y + height / 2 - value.height / 2, "start" if anchor == "start" else "end"))
    return Group(tuple(shapes), role="gap", title=f"{bar.name} {signed(bar.gap)}")


def _legend(names: Sequence[str], top: float) -> list[Shape]:
    shapes: list[Shape] = []
    x = PAD + _NAMES
    for order, name in enumerate(names):
        text = line(name, LABEL, color="ink-soft")
        tone = _PAINTS[order % len(_PAINTS)]
        shapes += [Rect(x, top + text.height / 2 - 3, 14, 6, tone), text.at(x + 20, top)]
        x += 20 + text.width + 22
    return shapes
