"""The flow in columns by stage: our own layout.

It serves machines without Graphviz, graphs too large for it, and journeys that print larger this way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from blueprint.scene.shapes import Point
from blueprint.views.flow_graph import FlowGraph, Node
from blueprint.views.flow_layout import FlowLayout, How
from blueprint.views.link_labels import Area, Areas, gutters_of, needs, stand
from blueprint.views.routing import Axis, Box, Grid
from blueprint.views.tracks import Band, settle

_BETWEEN_STAGES, _BETWEEN_CARDS = 72.0, 44.0


def columns(
    graph: FlowGraph, sizes: Mapping[str, tuple[float, float]], *, how: How = "columns"
) -> FlowLayout:
    """Stack the touchpoints of a stage in the order written, stage beside stage, outcomes last.

    Args:
        graph: What to lay out.
        sizes: Width and height of every node, px.
        how: Why in columns, for `FlowLayout.how`.
    """
    boxes = _boxes(graph)
    width = 1 + max(box.first for box in boxes.values())
    height = 1 + max(box.row for box in boxes.values())
    ends = [(boxes[edge.source], boxes[edge.target]) for edge in graph.edges]
    routes = Grid(width, height, boxes.values()).route_all(ends)
    labels = {at: edge.label for at, edge in enumerate(graph.edges) if edge.label}
    wanted = needs(routes, labels)
    room = dict(wanted.room)
    for at, edge in enumerate(graph.edges):
        for index in range(len(routes[at])):
            room[at, index] = max(room.get((at, index), 0.0), edge.thickness + 12)
    columns_wide = [0.0] * width
    rows_high = [0.0] * height
    for node in graph.nodes:
        box, (w, h) = boxes[node.id], sizes[node.id]
        columns_wide[box.first] = max(columns_wide[box.first], w)
        rows_high[box.row] = max(rows_high[box.row], h)
    heights = {boxes[node.id]: sizes[node.id][1] for node in graph.nodes}
    cramped: set[tuple[Axis, int]] = set()
    for _ in range(2):
        across = _bands("v", columns_wide, _BETWEEN_STAGES, wanted.sizes, cramped)
        down = _bands("h", rows_high, _BETWEEN_CARDS, wanted.sizes, cramped)
        layout = settle(routes, ends, across, down, room=room, heights=heights)
        nodes = {node.id: Area(*layout.box(boxes[node.id])) for node in graph.nodes}
        taken = Areas()
        for area in nodes.values():
            taken.add(area)
        placed = stand(layout.routes, labels, taken, Area(*layout.edges))
        left_out = labels.keys() - placed.keys()
        if not left_out:
            break
        cramped = {gutter for at in left_out for gutter in gutters_of(routes[at])}
    return FlowLayout(
        how,
        layout.across[-1][1],
        layout.down[-1][1],
        nodes,
        layout.routes,
        False,
        {at: Point((a.left + a.right) / 2, (a.top + a.bottom) / 2) for at, a in placed.items()},
        {node.stage: layout.across[2 * boxes[node.id].first + 1] for node in graph.nodes if node.place},
    )


def _boxes(graph: FlowGraph) -> dict[str, Box]:
    """The start, then a column per stage that has touchpoints, then the outcomes, successes on top."""
    stages = sorted({node.stage for node in graph.nodes})
    column = {stage: at for at, stage in enumerate(stages)}
    filled: dict[int, int] = {}
    boxes: dict[str, Box] = {}
    for node in sorted(graph.nodes, key=_rank):
        row = filled.get(node.stage, 0)
        boxes[node.id] = Box(column[node.stage], column[node.stage], row)
        filled[node.stage] = row + 1
    return boxes


def _rank(node: Node) -> tuple[int, int]:
    failed = node.outcome is not None and node.outcome.result == "failure"
    return node.stage, int(failed)


def _bands(
    axis: Axis,
    cells: list[float],
    gap: float,
    wanted: Mapping[tuple[Axis, int], float],
    cramped: Collection[tuple[Axis, int]],
) -> list[Band]:
    """Cells as large as their largest node, gutters as wide as labels ask.

    Tracks keep out of the tail of a cramped gutter, so that a label finds its own line there uncrossed.
    """
    bands: list[Band] = []
    for at in range(len(cells) + 1):
        least = gap if 0 < at < len(cells) else 8.0
        label = wanted.get((axis, 2 * at), 0.0)
        tail = max(label, least) if (axis, 2 * at) in cramped else 0.0
        bands.append(Band(max(least, label), tail=tail))
        if at < len(cells):
            bands.append(Band(cells[at]))
    return bands
