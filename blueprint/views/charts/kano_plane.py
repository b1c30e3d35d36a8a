"""The Kano plane: what is lost by missing a need against what is won by meeting it, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from blueprint.figures import percent
from blueprint.scene.shapes import Point, Scene, Shape
from blueprint.views.charts.plane import PAD, WIDTH, Mark, Plane, axes, chart, key, numbered, stroke
from blueprint.views.typeset import line
from blueprint.views.words import words

MOST = 12
_SIDE = 320.0


class Spot(NamedTuple):
    """One need; better and worse as (value, low, high), all in [0, 1]."""

    need: str
    note: str
    better: tuple[float, float, float]
    worse: tuple[float, float, float]


def kano_plane(spots: Sequence[Spot], *, language: str, prefix: str) -> Scene:
    """Draw needs by worse (across) and better (up), with crosses as wide as their intervals.

    Args:
        spots: the needs, in the order of their numbers.
        language: of our own labels.
        prefix: of ids, unique on the page.
    """
    say = words(language)
    zh = say.language == "zh"
    shown = spots[:MOST]
    plane = Plane(PAD + 38, PAD + 26, _SIDE, _SIDE - 30, (0.0, 1.0), (0.0, 1.0))
    ticks = [(n / 4, f"{n * 25}%") for n in range(5)]
    names = (
        ("未满足的损失 Worse", "满足的收益 Better")
        if zh
        else ("Worse: lost if missed", "Better: won if met")
    )
    shapes: list[Shape] = axes(plane, (ticks, ticks), names)
    half = (plane.at(0.5, 0), plane.at(0.5, 1), plane.at(0, 0.5), plane.at(1, 0.5))
    shapes += [stroke(half[0], half[1], "line", 1.2), stroke(half[2], half[3], "line", 1.2)]
    shapes += _quadrants(plane, say.kano)
    marks = []
    for order, spot in enumerate(shown, 1):
        at = plane.at(spot.worse[0], spot.better[0])
        across = (plane.at(spot.worse[1], spot.better[0]), plane.at(spot.worse[2], spot.better[0]))
        up = (plane.at(spot.worse[0], spot.better[1]), plane.at(spot.worse[0], spot.better[2]))
        shapes += [stroke(*across, "need", 1.5), stroke(*up, "need", 1.5)]
        for end in across:
            shapes.append(stroke(Point(end.x, end.y - 4), Point(end.x, end.y + 4), "need", 1.5))
        for end in up:
            shapes.append(stroke(Point(end.x - 4, end.y), Point(end.x + 4, end.y), "need", 1.5))
        marks.append(Mark(at, 9.5, "need", "card", spot.need, spot.note, str(order)))
    listed, foot = key(marks, plane.right + 24, PAD + 26, width=WIDTH - PAD - plane.right - 24)
    title = "Kano 象限图" if zh else "Kano plane"
    told = [
        f"{s.need}{'：' if zh else ': '}Better {percent(s.better[0])} "
        f"({percent(s.better[1])}–{percent(s.better[2])}), "
        f"Worse {percent(s.worse[0])} ({percent(s.worse[1])}–{percent(s.worse[2])})"
        for s in shown
    ]
    description = f"{title}{'：' if zh else ': '}{('；' if zh else '; ').join(told)}"
    height = max(plane.bottom + 44, foot + PAD)
    return chart(
        [*shapes, *numbered(marks, plane), *listed],
        height,
        title,
        description,
        prefix=prefix,
        language=language,
    )


def _quadrants(plane: Plane, names: Mapping[str, str]) -> list[Shape]:
    corners = (
        ("attractive", plane.left + 8, plane.top + 5, "start"),
        ("performance", plane.right - 8, plane.top + 5, "end"),
        ("indifferent", plane.left + 8, plane.bottom - 21, "start"),
        ("must-be", plane.right - 8, plane.bottom - 21, "end"),
    )
    return [
        line(names[name], color="ink-faint").at(x, top, "start" if anchor == "start" else "end")
        for name, x, top, anchor in corners
    ]
