"""Labels beside smooth routes: where Graphviz put one on the way of another line, a free place is found.

Graphviz keeps room for every label but draws its splines afterwards, some of them through that room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from blueprint.scene.shapes import Point
from blueprint.views.flow_graph import FlowGraph
from blueprint.views.link_labels import Area, Areas
from blueprint.views.typeset import Block

_PIECES = 16
"""Straight pieces that one Bézier curve is taken for."""
_BESIDE = (8.0, 16.0, 28.0, 44.0)
"""From a line to its label, px."""
_AT = tuple(step / 40 for step in (20, 16, 24, 12, 28, 8, 32, 18, 22, 14, 26, 10, 30, 6, 34, 4, 36))
"""Where along its line a label may stand, the best first."""


def clear(
    graph: FlowGraph,
    ways: Sequence[Sequence[Point]],
    cards: Mapping[str, Area],
    labels: Mapping[int, Point],
    width: float,
    height: float,
) -> dict[int, Point]:
    """Move the labels that a line or a card runs through; one without any free place stays.

    Args:
        graph: Whose edges carry the labels.
        ways: Bézier control points of every edge.
        cards: Areas of the nodes.
        labels: Middles of the labels by index of the edge, as Graphviz wants them.
        width: Of the layout, px.
        height: Of the layout, px.
    """
    taken = Areas()
    for area in cards.values():
        taken.add(_wider(area, 4.0))
    lines = [_points(way) for way in ways]
    for at, line in enumerate(lines):
        margin = graph.edges[at].thickness / 2 + 2
        for one, two in pairwise(line):
            taken.add(_wider(_around(one, two), margin))
    # Graphviz keeps labels apart: nobody's place is given away before all have theirs.
    texts = {at: text for at in labels if (text := graph.edges[at].label)}
    for at, text in texts.items():
        taken.add(_area(labels[at], text), at)
    sheet = Area(0.0, 0.0, width, height)
    found: dict[int, Point] = {}
    for at, text in texts.items():
        places = (_area(spot, text) for spot in (labels[at], *_spots(lines[at], text)))
        place = next((spot for spot in places if sheet.holds(spot) and taken.free(spot, at)), None)
        if place is None:
            found[at] = labels[at]
        else:
            found[at] = Point(
                round((place.left + place.right) / 2, 1), round((place.top + place.bottom) / 2, 1)
            )
            taken.add(place)
    return found


def _spots(line: Sequence[Point], text: Block) -> Iterator[Point]:
    for beside in _BESIDE:
        for part in _AT:
            x, y = line[round(part * (len(line) - 1))]
            for side in (1, -1):
                yield Point(round(x + side * (text.width / 2 + beside), 1), y)


def _area(middle: Point, text: Block) -> Area:
    half, tall = text.width / 2 + 2, text.height / 2
    return Area(middle.x - half, middle.y - tall, middle.x + half, middle.y + tall)


def _wider(area: Area, margin: float) -> Area:
    return Area(area.left - margin, area.top - margin, area.right + margin, area.bottom + margin)


def _around(one: Point, two: Point) -> Area:
    return Area(min(one.x, two.x), min(one.y, two.y), max(one.x, two.x), max(one.y, two.y))


def _points(way: Sequence[Point]) -> list[Point]:
    """Walk along the curves of a way."""
    found = [way[0]] if way else []
    for first in range(0, len(way) - 3, 3):
        a, b, c, d = way[first : first + 4]
        for at in range(1, _PIECES + 1):
            t = at / _PIECES
            u = 1 - t
            p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            found.append(
                Point(
                    round(p * a.x + q * b.x + r * c.x + s * d.x, 1),
                    round(p * a.y + q * b.y + r * c.y + s * d.y, 1),
                )
            )
    return found
