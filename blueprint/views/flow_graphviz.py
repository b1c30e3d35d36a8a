"""The flow laid out by Graphviz: it gets sizes and ids of ours, never a word of the document.

First choice is `pygraphviz`, which carries Graphviz and runs it in this process; second a `dot` on PATH.
Both are optional: where neither works, `lay_out` returns None and the flow is drawn in columns.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from blueprint.scene.shapes import Point
from blueprint.views.flow_graph import START, FlowGraph
from blueprint.views.flow_labels import clear
from blueprint.views.flow_layout import FlowLayout
from blueprint.views.link_labels import Area

_POINTS = 72.0
"""Graphviz measures nodes in inches and places them in points; one px is one point here."""


def lay_out(graph: FlowGraph, sizes: Mapping[str, tuple[float, float]]) -> FlowLayout | None:
    """Let Graphviz place nodes of given sizes (px) and route the edges; None where there is no Graphviz."""
    answer = _run(_dot(graph, sizes))
    return None if answer is None else _read(answer, graph, sizes)


def _dot(graph: FlowGraph, sizes: Mapping[str, tuple[float, float]]) -> str:
    import graphviz

    dot = graphviz.Digraph(
        graph_attr={
            "rankdir": "TB", "splines": "spline", "nodesep": "0.55", "ranksep": "0.45",
            "charset": "UTF-8", "outputorder": "nodesfirst",
        },
        node_attr={"shape": "box", "fixedsize": "true", "label": ""},
        edge_attr={"dir": "none", "label": ""},
    )  # fmt: skip
    names = {node.id: f"n{at}" for at, node in enumerate(graph.nodes)}
    for node in graph.nodes:
        width, height = sizes[node.id]
        dot.node(names[node.id], width=f"{width / _POINTS:.4f}", height=f"{height / _POINTS:.4f}")
    with dot.subgraph() as last:
        last.attr(rank="sink")
        for node in graph.nodes:
            if node.outcome is not None and node.outcome.result == "success":
                last.node(names[node.id])
    for at, edge in enumerate(graph.edges):
        # The heavier the traffic, the straighter the line; what goes back or out must not shape the ranks.
        weight = 1 + round(8 * min(1.0, edge.weight)) if edge.meaning in ("forward", "success") else 1
        attributes = {"id": f"e{at}", "weight": str(weight)}
        if edge.label is not None:
            attributes["label"] = _room(edge.label.width + 20, edge.label.height + 4)
        if edge.source == START:
            attributes["weight"] = "9"
        ends = (names[edge.source], names[edge.target])
        # What goes back is laid out as if it went forward: so the ranks follow the order of the document.
        dot.edge(*(ends[::-1] if edge.meaning == "loop" else ends), **attributes)
    return str(dot.source)


def _room(width: float, height: float) -> str:
    """Ask for an empty area: our own measure, so that no font of this machine decides."""
    size = f'FIXEDSIZE="TRUE" WIDTH="{round(width)}" HEIGHT="{round(height)}"'
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" {size}><TR><TD></TD></TR></TABLE>>'


def _run(dot: str) -> dict[str, Any] | None:
    """Lay out in process, else by the program, else not at all."""
    for way in (_in_process, _by_program):
        answer = way(dot)
        if answer is not None:
            try:
                parsed = json.loads(answer)
            except ValueError:
                continue
            if isinstance(parsed, dict):
                return parsed
    return None


def _in_process(dot: str) -> bytes | None:
    try:
        import pygraphviz
    except (ImportError, OSError):  # the wheel wants system libraries that may be missing
        return None
    try:
        drawn = pygraphviz.AGraph(string=dot).draw(format="json0", prog="dot")
    except (OSError, ValueError, RuntimeError):
        return None
    return drawn if isinstance(drawn, bytes) else None


def _by_program(dot: str) -> bytes | None:
    import shutil

    if shutil.which("dot") is None:
        return None
    import graphviz

    try:
        return bytes(graphviz.Source(dot, engine="dot").pipe(format="json0", quiet=True))
    except (OSError, graphviz.CalledProcessError, graphviz.ExecutableNotFound):
        return None


def _read(
    answer: Mapping[str, Any], graph: FlowGraph, sizes: Mapping[str, tuple[float, float]]
) -> FlowLayout:
    """Turn Graphviz's answer, y upwards and by middles, into ours; rounded to a tenth of a px."""
    left, low, right, high = (float(value) for value in answer["bb"].split(","))
    by_name = {item["name"]: item for item in answer["objects"]}
    nodes: dict[str, Area] = {}
    for at, node in enumerate(graph.nodes):
        x, y = (float(value) for value in by_name[f"n{at}"]["pos"].split(","))
        width, height = sizes[node.id]
        x, y = round(x - left - width / 2, 1), round(high - y - height / 2, 1)
        nodes[node.id] = Area(x, y, x + width, y + height)
    ways: list[tuple[Point, ...]] = [()] * len(graph.edges)
    labels: dict[int, Point] = {}
    for item in answer.get("edges", ()):
        at = int(item["id"][1:])
        pairs = [part.split(",") for part in item["pos"].split(" ")]
        way = tuple(Point(round(float(x) - left, 1), round(high - float(y), 1)) for x, y in pairs)
        loop = graph.edges[at].meaning == "loop" and graph.edges[at].source != graph.edges[at].target
        ways[at] = way[::-1] if loop else way
        if "lp" in item:
            x, y = (float(value) for value in item["lp"].split(","))
            labels[at] = Point(round(x - left, 1), round(high - y, 1))
    width, height = round(right - left, 1), round(high - low, 1)
    labels = clear(graph, ways, nodes, labels, width, height)
    return FlowLayout("graphviz", width, height, nodes, tuple(ways), True, labels)
