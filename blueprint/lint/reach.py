"""Which places of a graph can be reached from which, without knowing any shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from blueprint.model.journey import Journey

Graph = Mapping[str, Iterable[str]]


def reachable(graph: Graph, starts: Iterable[str]) -> set[str]:
    """Return every node that can be reached from the starts, the starts included."""
    found = set(starts)
    open_ = list(found)
    while open_:
        for target in graph.get(open_.pop(), ()):
            if target not in found:
                found.add(target)
                open_.append(target)
    return found


def reversed_graph(graph: Graph) -> dict[str, list[str]]:
    """Return the graph with every edge turned around."""
    turned: dict[str, list[str]] = {}
    for node, targets in graph.items():
        for target in targets:
            turned.setdefault(target, []).append(node)
    return turned


def ways(journey: Journey) -> dict[str, list[str]]:
    """Return where each touchpoint leads; ways with a share of 0 lead nowhere."""
    return {
        name: [route.target for route in routes if route.share > 0]
        for name, routes in journey.routes.items()
    }


def successes(journey: Journey) -> set[str]:
    """Return the outcomes in which the customer got what they came for."""
    return {name for name, outcome in journey.outcomes.items() if outcome.result == "success"}
