"""Ideas by what they would cost and what they would bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from blueprint.scene.shapes import Paint, Rect, Scene, Shape
from blueprint.views.charts.plane import PAD, WIDTH, Mark, Plane, axes, chart, key, numbered
from blueprint.views.typeset import line
from blueprint.views.words import words

MOST = 12
_SIDE = 290.0


class Idea(NamedTuple):
    """One opportunity; impact and effort from 1 to 5."""

    idea: str
    place: str
    impact: int
    effort: int


def opportunity_matrix(ideas: Sequence[Idea], *, language: str, prefix: str) -> Scene:
    """Draw ideas by effort (across) and impact (up), quick wins at the top left.

    Args:
        ideas: in the order of their numbers.
        language: of our own labels.
        prefix: of ids, unique on the page.
    """
    zh = words(language).language == "zh"
    shown = ideas[:MOST]
    plane = Plane(PAD + 22, PAD + 26, _SIDE, _SIDE - 40, (0.5, 5.5), (0.5, 5.5))
    marks = [
        Mark(plane.at(one.effort, one.impact), 10.5, "opportunity", "card", one.idea, one.place, str(order))
        for order, one in enumerate(shown, 1)
    ]
    ticks = [(float(n), str(n)) for n in range(1, 6)]
    names = ("投入", "影响") if zh else ("Effort", "Impact")
    corner = plane.at(0.5, 5.5)
    quick = Rect(
        corner.x,
        corner.y,
        plane.at(3, 3).x - corner.x,
        plane.at(3, 3).y - corner.y,
        Paint("opportunity-tint"),
    )
    wins = line("速赢区" if zh else "quick wins", color="ink-soft").at(
        plane.at(3, 3).x, plane.top - 20, "end"
    )
    shapes: list[Shape] = [quick, *axes(plane, (ticks, ticks), names), wins, *numbered(marks, plane)]
    listed, foot = key(marks, plane.right + 24, PAD + 26, width=WIDTH - PAD - plane.right - 24)
    title = "机会矩阵" if zh else "Opportunity matrix"
    told = (
        f"{one.idea}：影响 {one.impact}，投入 {one.effort}"
        if zh
        else f"{one.idea}: impact {one.impact}, effort {one.effort}"
        for one in shown
    )
    description = f"{title}{'：' if zh else ': '}{('；' if zh else '; ').join(told)}"
    height = max(plane.bottom + 44, foot + PAD)
    return chart([*shapes, *listed], height, title, description, prefix=prefix, language=language)
