"""Pains by how badly they hurt and how likely they are; the size says how many visits meet them."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from blueprint.scene.shapes import Paint, Rect, Scene, Shape
from blueprint.views.charts.plane import PAD, WIDTH, Mark, Plane, axes, chart, key, numbered
from blueprint.views.words import words

MOST = 12
"""Pains that one chart can hold; the rest are in the table beside it."""
_SIDE = 310.0
_LEAST, _GREATEST = 9.0, 17.0


class Bubble(NamedTuple):
    """One pain."""

    pain: str
    place: str
    severity: int
    likelihood: int
    visits: float
    label: str
    """Its number."""


def pain_matrix(bubbles: Sequence[Bubble], *, language: str, prefix: str) -> Scene:
    """Draw pains on severity (across) and likelihood (up), 1 to 10 each.

    Args:
        bubbles: the pains, heaviest first.
        language: of our own labels.
        prefix: of ids, unique on the page.
    """
    zh = words(language).language == "zh"
    shown = bubbles[:MOST]
    plane = Plane(PAD + 26, PAD + 26, _SIDE, _SIDE - 30, (0.5, 10.5), (0.5, 10.5))
    most = max((bubble.visits for bubble in shown), default=0.0) or 1.0
    marks = [
        Mark(
            plane.at(bubble.severity, bubble.likelihood),
            round(_LEAST + (_GREATEST - _LEAST) * sqrt(bubble.visits / most), 2),
            "pain",
            "card",
            bubble.pain,
            bubble.place,
            bubble.label,
        )
        for bubble in shown
    ]
    ticks = [(float(n), str(n)) for n in range(1, 11)]
    names = ("严重度", "可能性") if zh else ("Severity", "Likelihood")
    shapes: list[Shape] = [*_alarm(plane), *axes(plane, (ticks, ticks), names), *numbered(marks, plane)]
    listed, end = key(marks, plane.right + 24, PAD + 26, width=WIDTH - PAD - plane.right - 24)
    title = "痛点矩阵" if zh else "Pain matrix"
    told = (
        f"{b.pain}（{b.place}）：严重度 {b.severity}，可能性 {b.likelihood}"
        if zh
        else f"{b.pain} ({b.place}): severity {b.severity}, likelihood {b.likelihood}"
        for b in shown
    )
    height = max(plane.bottom + 44, end + PAD)
    description = f"{title}{'：' if zh else ': '}{('；' if zh else '; ').join(told)}"
    return chart([*shapes, *listed], height, title, description, prefix=prefix, language=language)


def _alarm(plane: Plane) -> list[Shape]:
    """Shade where both are high: from 7 on each, the upper third."""
    corner = plane.at(6.5, 10.5)
    return [
        Rect(
            corner.x, corner.y, plane.right - corner.x, plane.at(6.5, 6.5).y - corner.y, Paint("pain-tint")
        )
    ]
