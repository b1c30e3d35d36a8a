"""The personas' names at the ends of their curves: apart from each other, each tied to its own end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from blueprint.scene.shapes import Group, Paint, Path, Point, Segment, Shape
from blueprint.views.plot import Curve, Marks, Plot
from blueprint.views.typeset import LABEL, Block, block

NAMES = 168.0
"""Room for the names to the right of the plot, px."""
_GAP = 8.0
_ELBOW = 22.0
"""Between the plot and a name, where the line from the dot bends, px."""


class _End(NamedTuple):
    x: float
    """Where the dot of the last score ends."""
    y: float
    curve: Curve
    name: Block


def ends(plot: Plot, curves: Sequence[Curve], marks: Marks) -> list[Shape]:
    """Write each curve's name beside its last dot, spread where ends are close, with a thin line to it."""
    found: list[_End] = []
    for curve in curves:
        last = next((at for at in range(len(curve.scores) - 1, -1, -1) if curve.scores[at]), None)
        score = None if last is None else curve.scores[last]
        if curve.name and score is not None and last is not None:
            x = plot.centres[last] + plot.radius(marks, last, len(curves)) + 2
            name = block(
                curve.name,
                (NAMES - _ELBOW - 8) * plot.k,
                LABEL * plot.k,
                weight="bold",
                color=curve.color,
                max_lines=3,
            )
            found.append(_End(x, plot.y(score.mean), curve, name))
    found.sort(key=lambda end: (end.y, end.name.lines))
    middles = spread(
        [(end.y, end.name.height) for end in found], _GAP, plot.top + 4, plot.top + plot.height - 4
    )
    return [_named(end, middle, plot) for end, middle in zip(found, middles, strict=True)]


def _named(end: _End, middle: float, plot: Plot) -> Group:
    left = plot.right + _ELBOW
    steps = (
        Segment("M", (Point(round(end.x, 2), round(end.y, 2)),)),
        Segment("L", (Point(plot.right - 2, round(end.y, 2)),)),
        Segment("L", (Point(left - 8, round(middle, 2)),)),
        Segment("L", (Point(left - 4, round(middle, 2)),)),
    )
    return Group(
        (
            end.name.at(left, middle - end.name.height / 2),
            Path(steps, Paint(None, end.curve.color, 1, opacity=0.7), role="leader"),
        ),
        title=end.name.whole,
        role="curve-name",
    )


def spread(wanted: Sequence[tuple[float, float]], gap: float, low: float, high: float) -> list[float]:
    """Move things apart, each as little as may be.

    Args:
        wanted: (middle, height) of each, from top to bottom, px.
        gap: Least distance between two of them.
        low: Where the first may begin.
        high: Where the last should end; too many things reach beyond.

    Returns:
        Their middles, in the same order.
    """
    # Things that push each other form a block, which lies where its members want it on average.
    blocks: list[tuple[float, float, int]] = []  # top, height, members
    for middle, height in wanted:
        top, tall, members = middle - height / 2, height, 1
        while blocks and blocks[-1][0] + blocks[-1][1] + gap > top:
            above, over, more = blocks.pop()
            # The lower block's wish for its own top, seen from the top of both.
            wish = top - over - gap
            top = (above * more + wish * members) / (more + members)
            tall, members = over + gap + tall, more + members
        blocks.append((top, tall, members))
    placed: list[float] = []
    floor = low
    heights = iter(wanted)
    total = sum(tall for _, tall, _ in blocks) + gap * (len(blocks) - 1)
    for top, tall, members in blocks:
        # What still comes must fit above the lower edge.
        top = max(floor, min(top, max(low, high - total)))
        total -= tall + gap
        floor = top + tall + gap
        for _ in range(members):
            height = next(heights)[1]
            placed.append(top + height / 2)
            top += height + gap
    return placed
