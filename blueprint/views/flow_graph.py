"""The touchpoint graph as it is drawn: cards, terminals, and routes told apart by what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.exits import Route
from blueprint.model.journey import Journey, Outcome, Place
from blueprint.scene.shapes import Paint
from blueprint.views.typeset import LABEL, Block, block
from blueprint.views.words import Words, percent

START = "start"
"""Id of the point where journeys begin; never a touchpoint's, those carry `touchpoint-`."""
Meaning = Literal["forward", "loop", "recovery", "abandon", "success"]
THINNEST, THICKEST = 1.25, 7.0
"""Of a line, px."""
_LABEL_WIDTH = 128.0

STYLES: dict[Meaning, tuple[str, tuple[float, ...]]] = {
    "forward": ("route", ()),
    "success": ("success", ()),
    "loop": ("route-loop", (8.0, 5.0)),
    "recovery": ("route-recovery", (14.0, 3.0, 3.0, 3.0)),
    "abandon": ("route-abandon", (2.5, 4.0)),
}
"""Colour token and dash by meaning: no meaning rests on colour alone."""


@dataclass(frozen=True, slots=True)
class Node:
    """A touchpoint, an outcome or the start, in the order it is drawn."""

    id: str
    """Unique among all of the drawing: `touchpoint-search`, `outcome-done`, `start`."""
    stage: int
    """Its stage's place; one past the last for outcomes, -1 for the start."""
    place: Place | None = None
    outcome: Outcome | None = None
    name: str = ""
    number: int = 0
    share: float | None = None
    """Of a terminal for one stage: how many leave from there, per journey."""
    total: bool = False
    """A terminal that adds up those of the stages; no way leads to it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A route of the drawing."""

    source: str
    target: str
    meaning: Meaning
    weight: float
    """Expected passages per journey, or the share where nothing was analysed."""
    thickness: float
    label: Block | None
    story: str

    @property
    def paint(self) -> Paint:
        """How the line looks."""
        token, dash = STYLES[self.meaning]
        return Paint(None, token, self.thickness, dash)


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """Everything that has to be laid out."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def reach(self) -> int:
        """How many ranks all edges span together, were every node a rank of its own."""
        rank = {node.id: at for at, node in enumerate(self.nodes)}
        return sum(abs(rank[edge.source] - rank[edge.target]) for edge in self.edges)


def flow_graph(
    journey: Journey, analysis: JourneyAnalysis | None, words: Words, languages: tuple[str, ...]
) -> FlowGraph:
    """Collect touchpoints, the outcomes that are reached, and every route between them, each pair once."""
    stages = {stage.id: at for at, stage in enumerate(journey.stages)}
    nodes: dict[str, Node] = {START: Node(START, -1)}
    numbers: dict[str, int] = {}
    for number, place in enumerate(journey.places, start=1):
        id_ = place.touchpoint.id
        if id_ not in numbers:
            numbers[id_] = number
            nodes[f"touchpoint-{id_}"] = Node(
                f"touchpoint-{id_}",
                stages[place.stage.id],
                place=place,
                name=place.touchpoint.title.pick(*languages),
                number=number,
            )
    reached = {route.target for routes in journey.routes.values() for route in routes}
    for id_, outcome in journey.outcomes.items():
        if id_ in reached and id_ not in numbers:
            name = outcome.title.pick(*languages) if outcome.title else words.labels.get(id_, id_)
            nodes[f"outcome-{id_}"] = Node(
                f"outcome-{id_}", len(journey.stages), outcome=outcome, name=name
            )

    found: dict[tuple[str, str], tuple[Route, Meaning, float]] = {}
    for route in journey.entries:
        if route.target in numbers:
            found.setdefault((START, f"touchpoint-{route.target}"), (route, "forward", route.share))
    for source, routes in journey.routes.items():
        for route in routes:
            target = f"touchpoint-{route.target}" if route.target in numbers else f"outcome-{route.target}"
            if target in nodes:
                meaning = _meaning(journey, numbers, source, route.target)
                weight = route.share
                if analysis is not None:
                    weight = analysis.chain.traversals.get((source, route.target), 0.0)
                found.setdefault((f"touchpoint-{source}", target), (route, meaning, weight))
    most = max((weight for _, _, weight in found.values()), default=1.0) or 1.0
    edges = tuple(
        Edge(
            source,
            target,
            meaning,
            weight,
            round(THINNEST + (THICKEST - THINNEST) * weight / most, 2),
            _label(route, words, languages),
            _story(nodes[source], nodes[target], route, words, languages),
        )
        for (source, target), (route, meaning, weight) in found.items()
    )
    return FlowGraph(tuple(nodes.values()), edges)


def _meaning(journey: Journey, numbers: dict[str, int], source: str, target: str) -> Meaning:
    """Abandoning beats going back, going back beats recovering: what hurts most is said first."""
    if target not in numbers:
        return "abandon" if journey.outcomes[target].result == "failure" else "success"
    if numbers[target] <= numbers[source]:
        return "loop"
    return "recovery" if "complaint" in journey.touchpoints[source].kinds else "forward"


def _label(route: Route, words: Words, languages: tuple[str, ...]) -> Block | None:
    when = route.when.pick(*languages) if route.when else ""
    share = percent(route.share) if route.share < 1 else ""
    text = words.pairs(share, when, words["assumed"] if route.assumed else "")
    return block(text, _LABEL_WIDTH, LABEL, max_lines=3) if text else None


def _story(source: Node, target: Node, route: Route, words: Words, languages: tuple[str, ...]) -> str:
    when = route.when.pick(*languages) if route.when else ""
    way = f"{source.name} → {target.name}" if source.name else f"→ {target.name}"
    return words.pairs(way, percent(route.share), when)
