"""The flow: how journeys really run through the touchpoints, where they loop, and where they end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, get_args

from blueprint.analysis.results import JourneyAnalysis
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.scene.shapes import Ellipse, Group, Link, Paint, Point, Rect, Scene, Shape
from blueprint.views.flow_cards import START_SIZE, FlowCard, flow_cards
from blueprint.views.flow_columns import columns
from blueprint.views.flow_exits import exits_at_hand
from blueprint.views.flow_graph import START, STYLES, FlowGraph, Meaning, flow_graph
from blueprint.views.flow_graphviz import lay_out
from blueprint.views.flow_layout import FlowLayout, How
from blueprint.views.frame import Figure, Heading, LegendEntry, frame, icon_mark, line_mark
from blueprint.views.link_labels import Area
from blueprint.views.typeset import STAGE, Block, block
from blueprint.views.view import CannotDrawError, Sitting, View
from blueprint.views.words import Words, number, percent, words

NO_GRAPHVIZ = Message(
    en="Graphviz is not available: drew the flow in columns by stage (pip install pygraphviz would help)",
    zh="没有可用的 Graphviz：流程图已按阶段分列绘制（可运行 pip install pygraphviz）",
)
"""What a caller says where `layout_of` a scene is "columns" and nobody asked for columns."""
FARTHEST = 1000
"""Reach of a graph (`FlowGraph.reach`) beyond which Graphviz takes seconds, then minutes."""
_HEAD = 48.0
"""Height of the heads of stage columns, px."""


class GraphvizMissingError(RuntimeError):
    """Graphviz was asked for by name and neither `pygraphviz` nor a `dot` on PATH works."""


def draw(
    journey: Journey,
    analysis: JourneyAnalysis | None,
    *,
    language: str,
    file: str = "",
    digest: str = "",
    layout: Literal["auto", "graphviz", "columns"] = "auto",
) -> Scene:
    """Draw the touchpoint graph.

    Args:
        journey: What to draw.
        analysis: Visits, passages and outcomes; without it lines are as thick as their share says.
        language: Which of the document's languages to show, as a tag (`en`, `zh-Hant`).
        file: Name of the file, for the footer.
        digest: Hash of its content, for the footer.
        layout: Who places the cards; `auto` takes Graphviz where it works, the graph is of a size it
            handles in a second, and columns by stage would not print larger.

    Raises:
        GraphvizMissingError: Where `layout` is "graphviz" and there is none.
    """
    label = words(language)
    languages = (language, journey.language)
    graph = flow_graph(journey, analysis, label, languages)
    graph, cards, placed = _place(
        graph, lambda known: flow_cards(known, analysis, label, languages), layout
    )

    def body(x: float, y: float, width: float) -> tuple[Group, float]:
        inset = max(0.0, (width - placed.width) / 2)
        return _body(graph, placed, cards, journey, languages, x + inset, y)

    return frame(
        _heading(journey, label, languages),
        body,
        width=placed.width,
        language=language,
        prefix=journey.id,
        view="flow",
        description=_story(journey, graph, analysis, label, languages),
        figures=_figures(analysis, label) if analysis else (),
        legend=_legend(graph, label),
        file=file,
        digest=digest,
    )


class _Placed(NamedTuple):
    """A graph with its cards and where they stand."""

    graph: FlowGraph
    cards: dict[str, FlowCard]
    layout: FlowLayout


def _place(
    graph: FlowGraph,
    cards_of: Callable[[FlowGraph], dict[str, FlowCard]],
    layout: Literal["auto", "graphviz", "columns"],
) -> _Placed:
    """Let Graphviz or the columns place the cards.

    Graphviz draws from top to bottom, which makes a long journey a strip that no paper fits. So, where
    the choice is ours, the layout wins that prints larger: it can be read from farther away.
    """

    def in_columns(how: How = "columns") -> _Placed:
        near = exits_at_hand(graph)
        cards = cards_of(near)
        return _Placed(near, cards, columns(near, _sizes(cards), how=how))

    if layout == "columns":
        return in_columns()
    if layout == "auto" and graph.reach > FARTHEST:
        return in_columns("columns-by-size")
    cards = cards_of(graph)
    found = lay_out(graph, _sizes(cards))
    if found is None:
        if layout == "graphviz":
            raise GraphvizMissingError(NO_GRAPHVIZ.en)
        return in_columns()
    if layout == "auto":
        told = sum(edge.label is not None for edge in graph.edges)
        ours = in_columns("columns-by-size")
        if ours.layout.scale > found.scale and len(ours.layout.labels) == told:
            return ours
    return _Placed(graph, cards, found)


def _sizes(cards: dict[str, FlowCard]) -> dict[str, tuple[float, float]]:
    return {id_: (card.width, card.height) for id_, card in cards.items()}


def layout_of(scene: Scene) -> How | None:
    """Return who placed the cards of a flow; None for a scene of another view."""
    for shape in scene.root.children:
        if isinstance(shape, Group) and shape.role == "flow":
            how = dict(shape.data)["layout"]
            return next(known for known in get_args(How) if known == how)
    return None


def _body(
    graph: FlowGraph,
    found: FlowLayout,
    cards: dict[str, FlowCard],
    journey: Journey,
    languages: tuple[str, ...],
    x: float,
    y: float,
) -> tuple[Group, float]:
    head = _HEAD if found.stages else 0.0
    moved = found.moved(x, y + head)
    heads = _heads(moved, journey, languages, y)
    # Thin lines over thick ones, so that the rare ways are not lost under the common one.
    order = sorted(range(len(graph.edges)), key=lambda at: (-graph.edges[at].thickness, at))
    links: list[Shape] = []
    for at in order:
        edge = graph.edges[at]
        links.append(
            Link(
                edge.source,
                edge.target,
                moved.ways[at],
                edge.paint,
                rounded=10.0,
                smooth=moved.smooth,
                id=f"route-{at + 1}",
                role=edge.meaning,
                title=edge.story,
            )
        )
    labels = [
        _label(text, middle, graph.edges[at].story)
        for at, middle in sorted(moved.labels.items())
        if (text := graph.edges[at].label)
    ]
    areas = {**moved.nodes, START: _start_area(graph, moved)}
    nodes = tuple(cards[node.id].draw(areas[node.id]) for node in graph.nodes)
    return (
        Group(
            (
                *heads,
                Group(tuple(links), role="routes"),
                Group(tuple(labels), role="route-labels"),
                Group(nodes, role="nodes"),
            ),
            role="flow",
            data=(("layout", found.how),),
        ),
        found.height + head,
    )


def _start_area(graph: FlowGraph, found: FlowLayout) -> Area:
    """Keep the start a dot where its row has grown: no taller than the ways that leave at its side ask."""
    area = found.nodes[START]
    leaving = [way[0] for edge, way in zip(graph.edges, found.ways, strict=True) if edge.source == START]
    heights = [y for x, y in leaving if abs(x - area.right) < 1]
    if len(heights) < len(leaving) or not heights:
        return area
    half = START_SIZE / 2
    return area._replace(
        top=max(area.top, min(heights) - half), bottom=min(area.bottom, max(heights) + half)
    )


def _heads(found: FlowLayout, journey: Journey, languages: tuple[str, ...], y: float) -> tuple[Shape, ...]:
    """A band over every stage's column."""
    shapes: list[Shape] = []
    for at, (left, right) in found.stages.items():
        name = journey.stages[at].heading.pick(*languages)
        title = block(name, right - left - 24, STAGE, weight="bold", max_lines=1)
        band = Rect(left, y, right - left, 32, Paint(f"stage-{at % 8 + 1}"), radius=6)
        shapes.append(Group((band, title.at(left + 12, y + 5)), role="stage", title=name))
    return tuple(shapes)


def _label(text: Block, middle: Point, story: str) -> Group:
    """Draw a label on a patch of paper, so that no line runs through it: its own, or one that is near."""
    w, h = round(text.width + 8, 2), text.height + 2
    ground = Rect(round(middle.x - w / 2, 2), round(middle.y - h / 2, 2), w, h, Paint("paper"), radius=3)
    said = text.at(middle.x, middle.y - text.height / 2, "middle")
    return Group((ground, said), role="route-label", title=story)


def _heading(journey: Journey, label: Words, languages: tuple[str, ...]) -> Heading:
    facts: list[tuple[str, str]] = []
    if journey.owner:
        facts.append((label["owner"], journey.owner.pick(*languages)))
    if journey.reviewed:
        facts.append((label["reviewed"], journey.reviewed.isoformat()))
    return Heading(
        view=label["flow"],
        title=journey.heading.pick(*languages),
        summary=journey.summary.pick(*languages) if journey.summary else "",
        state=journey.state,
        facts=tuple(facts),
    )


def _figures(analysis: JourneyAnalysis, label: Words) -> tuple[Figure, ...]:
    chain = analysis.chain
    found = [
        Figure(
            label["completion"],
            percent(chain.completion),
            label["of-journeys"],
            "success",
            share=chain.completion,
        ),
        Figure(label["touchpoints"], number(chain.steps, 1), label["per-journey"]),
    ]
    if chain.seconds is not None:
        found.append(Figure(label["expected-time"], label.duration(chain.seconds), label["per-journey"]))
    return tuple(found)


def _legend(graph: FlowGraph, label: Words) -> tuple[LegendEntry, ...]:
    entries = [LegendEntry(lambda x, y: Ellipse(x + 14, y + 8, 6, 6, Paint("ink")), label["start"])]
    used = {edge.meaning for edge in graph.edges}
    names: dict[Meaning, str] = {
        "forward": "legend-route", "loop": "legend-loop", "recovery": "legend-recovery",
        "abandon": "legend-abandon", "success": "legend-success",
    }  # fmt: skip
    for meaning, name in names.items():
        if meaning in used:
            token, dash = STYLES[meaning]
            entries.append(LegendEntry(line_mark(Paint(None, token, 2.5, dash)), label[name]))
    kinds = {kind for node in graph.nodes if node.place for kind in node.place.touchpoint.kinds}
    entries += [
        LegendEntry(icon_mark(kind, kind), label.kinds[kind]) for kind in label.kinds if kind in kinds
    ]
    return tuple(entries)


def _story(
    journey: Journey,
    graph: FlowGraph,
    analysis: JourneyAnalysis | None,
    label: Words,
    languages: tuple[str, ...],
) -> str:
    sentences = [f"{label['flow']}{label.colon}{journey.heading.pick(*languages)}"]
    if analysis is not None:
        sentences.append(label["story-completion"].format(percent(analysis.chain.completion)))
    sentences += [edge.story for edge in graph.edges if edge.story]
    gap = "" if label.language == "zh" else " "
    return gap.join(label.sentence(sentence) for sentence in sentences)


def _draw(given: Sitting) -> Scene:
    if given.journey is None:
        raise CannotDrawError("only a journey has this picture", "只有旅程才有这种图")
    return draw(
        given.journey, given.analysis, language=given.language, file=given.file, digest=given.digest
    )


VIEW = View(_draw, of=("journey",))
