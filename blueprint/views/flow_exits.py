"""Where people leave: a terminal at the foot of the stage they leave from, not at the far end of the sheet.

In columns, one terminal for all who give up is reached by lines across the whole drawing, which bury the
ways that people stay on. So every stage gets a terminal of its own, and the last column sums them up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from blueprint.views.flow_graph import Edge, FlowGraph


def exits_at_hand(graph: FlowGraph) -> FlowGraph:
    """Return the graph with a terminal per stage for failures that people leave to before the last stage.

    A failure that is reached from one stage alone moves there. One that is reached from several gets a
    terminal in each, with the share that leaves from there, and a last one for the sum.
    """
    nodes = {node.id: node for node in graph.nodes}
    last = max((node.stage for node in graph.nodes if node.place), default=0)
    leaving: dict[str, dict[int, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in graph.edges:
        if edge.meaning == "abandon":
            leaving[edge.target][nodes[edge.source].stage].append(edge)
    targets: dict[tuple[str, int], str] = {}
    for id_, stages in leaving.items():
        if set(stages) == {last}:
            continue
        node = nodes[id_]
        if len(stages) == 1:
            nodes[id_] = replace(node, stage=next(iter(stages)))
            continue
        nodes[id_] = replace(node, total=True)
        for stage, ways in sorted(stages.items()):
            # No id of a document holds a space, so no outcome can have this name.
            targets[id_, stage] = here = f"{id_} {stage + 1}"
            nodes[here] = replace(node, id=here, stage=stage, share=sum(edge.weight for edge in ways))
    edges = tuple(
        replace(edge, target=targets.get((edge.target, nodes[edge.source].stage), edge.target))
        for edge in graph.edges
    )
    return FlowGraph(tuple(nodes.values()), edges)
