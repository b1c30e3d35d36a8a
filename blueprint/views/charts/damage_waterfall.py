"""What problems cost, step by step: what each group takes along, less those who would have left anyway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from blueprint.scene.shapes import Group, Paint, Point, Rect, Scene, Shape
from blueprint.views.charts.plane import PAD, WIDTH, Plane, chart, stroke
from blueprint.views.typeset import BODY, LABEL, block, line
from blueprint.views.words import words

_HEIGHT = 210.0


class Step(NamedTuple):
    """One bar: what it adds, or what everything before it comes to."""

    name: str
    amount: float
    told: str
    """The amount as written for people."""
    total: bool = False


def damage_waterfall(steps: Sequence[Step], *, language: str, prefix: str) -> Scene:
    """Draw amounts end to end from left to right, totals from the ground up.

    Args:
        steps: the bars in their order; a total stands at the sum of what came before it.
        language: of our own labels.
        prefix: of ids, unique on the page.
    """
    zh = words(language).language == "zh"
    levels: list[tuple[float, float]] = []
    at = 0.0
    for step in steps:
        levels.append((0.0, at) if step.total else (at, at + step.amount))
        at = at if step.total else at + step.amount
    low, high = min(0.0, *(min(pair) for pair in levels)), max(0.0, *(max(pair) for pair in levels))
    plane = Plane(
        PAD,
        PAD + 22,
        WIDTH - 2 * PAD,
        _HEIGHT,
        (0, max(1, len(steps))),
        (low, high if high > low else low + 1),
    )
    ground = plane.at(0, 0).y
    shapes: list[Shape] = []
    column = plane.width / max(1, len(steps))
    deepest = plane.bottom
    for order, (step, (start, end)) in enumerate(zip(steps, levels, strict=True)):
        bar, foot = _bar(plane, step, order * column + plane.left, column, (start, end))
        shapes.append(bar)
        deepest = max(deepest, foot)
        if order + 1 < len(steps):
            y = plane.at(0, end).y
            x = plane.left + (order + 1) * column
            shapes.append(
                stroke(Point(x - column * 0.16, y), Point(x + column * 0.16, y), "line", 1, (3, 3))
            )
    shapes.append(stroke(Point(plane.left, ground), Point(plane.right, ground), "line", 1.4))
    title = "体验损害" if zh else "Market damage"
    told = ("；" if zh else "; ").join(f"{step.name} {step.told}" for step in steps)
    description = f"{title}{'：' if zh else ': '}{told}"
    return chart(shapes, deepest + PAD, title, description, prefix=prefix, language=language)


def _bar(
    plane: Plane, step: Step, left: float, column: float, span: tuple[float, float]
) -> tuple[Group, float]:
    top, bottom = (plane.at(0, level).y for level in (max(span), min(span)))
    paint = (
        Paint("pain", pattern="lines")
        if step.total
        else Paint("pain-tint", "pain", 1.2)
        if step.amount >= 0
        else Paint("positive-tint", "positive", 1.2, pattern="dots")
    )
    middle = left + column / 2
    value = line(step.told, BODY if step.total else LABEL, weight="bold" if step.total else "regular")
    name = block(step.name, column - 8, LABEL, weight="bold" if step.total else "regular", color="ink-soft")
    children: tuple[Shape, ...] = (
        Rect(left + column * 0.16, top, column * 0.68, max(bottom - top, 1.5), paint, 2),
        value.at(middle, top - value.height - 2, "middle"),
        name.at(middle, plane.bottom + 6, "middle"),
    )
    return Group(children, role="bar", title=f"{step.name} {step.told}"), plane.bottom + 6 + name.height
