"""The cards of the flow: touchpoints by kind, terminals with their probability, the start."""

from __future__ import annotations

from dataclasses import dataclass

from blueprint.analysis.results import JourneyAnalysis
from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Rect, Shape
from blueprint.views.flow_graph import FlowGraph, Node
from blueprint.views.link_labels import Area
from blueprint.views.typeset import CARD, LABEL, STAGE, Block, block, line
from blueprint.views.words import Words, number, percent

WIDTH, TERMINAL_WIDTH, START_SIZE = 216.0, 176.0, 28.0
_PAD, _STRIP = 12.0, 24.0


@dataclass(frozen=True, slots=True)
class FlowCard:
    """A node, measured."""

    node: Node
    width: float
    height: float
    title: Block
    stage: Block
    visits: Block | None
    story: str

    def draw(self, area: Area) -> Group:
        """Draw the card into an area that is at least as large as it asks."""
        x, y = area.left, area.top
        if self.node.outcome is not None:
            return self._terminal(area)
        if self.node.place is None:
            bar = Rect(x, y, area.right - x, area.bottom - y, Paint("ink"), radius=START_SIZE / 2)
            return Group((bar,), id=self.node.id, role="start", title=self.story)
        touchpoint = self.node.place.touchpoint
        kind = touchpoint.kinds[0] if touchpoint.kinds else None
        color = kind or "line"
        width, bottom = area.right - x, area.bottom
        shapes: list[Shape] = [
            Rect(
                x, y, width, bottom - y, Paint("card", color, 1.75 if kind else 1.0), radius=10, role="card"
            ),
            Rect(x + 6, y + 6, width - 12, _STRIP - 4, Paint(f"stage-{self.node.stage % 8 + 1}"), radius=5),
            line(str(self.node.number), LABEL, weight="bold").at(x + _PAD + 2, y + 8.5),
            self.stage.at(x + _PAD + 22, y + 8.5),
        ]
        right = area.right - _PAD
        for name in reversed(touchpoint.kinds[:3]):
            right -= 16
            shapes.append(Icon(name, right, y + 8, 16, name))
            right -= 4
        shapes.append(self.title.at(x + _PAD, y + _STRIP + 10))
        if self.visits:
            shapes.append(self.visits.at(x + _PAD, bottom - self.visits.height - 8))
        return Group(
            tuple(shapes),
            id=self.node.id,
            role="touchpoint",
            title=self.story,
            data=(("touchpoint", touchpoint.id),),
        )

    def _terminal(self, area: Area) -> Group:
        outcome = self.node.outcome
        x, middle = area.left, (area.top + area.bottom) / 2
        token = outcome.result if outcome else "neutral"
        shapes: list[Shape] = [
            Rect(
                x,
                area.top,
                area.right - x,
                area.bottom - area.top,
                Paint("card", token, 2.0),
                radius=28,
                role="card",
            ),
            Ellipse(x + 28, middle, 14, 14, Paint(token)),
            Icon(token, x + 19, middle - 9, 18, "ink-inverse"),
        ]
        top = middle - (self.title.height + (self.visits.height if self.visits else 0)) / 2
        if self.visits:
            shapes.append(self.visits.at(x + 52, top))
            top += self.visits.height
        shapes.append(self.title.at(x + 52, top))
        return Group(tuple(shapes), id=self.node.id, role="outcome", title=self.story)


def flow_cards(
    graph: FlowGraph, analysis: JourneyAnalysis | None, words: Words, languages: tuple[str, ...]
) -> dict[str, FlowCard]:
    """Measure every node."""
    return {node.id: _card(node, analysis, words, languages) for node in graph.nodes}


def _card(
    node: Node, analysis: JourneyAnalysis | None, words: Words, languages: tuple[str, ...]
) -> FlowCard:
    nothing = line("", LABEL)
    if node.outcome is not None:
        id_ = node.id.removeprefix("outcome-")
        share = None
        if analysis:
            share = analysis.chain.outcomes.get(id_) if node.share is None else node.share
        title = block(node.name, TERMINAL_WIDTH - 50 - 24, CARD, weight="bold", max_lines=3)
        chance = None
        if share is not None:
            said = words["in-all"].format(percent(share)) if node.total else percent(share)
            if node.share is not None and 0.01 <= share < 0.1:
                said = f"{number(share * 100, 1)}%"  # so that small parts are seen to add up
            chance = line(said, STAGE, weight="bold", color=node.outcome.result)
        height = max(56.0, title.height + (chance.height if chance else 0) + 16)
        story = words.pairs(node.name, percent(share) if share is not None else "")
        return FlowCard(node, TERMINAL_WIDTH, height, title, nothing, chance, story)
    if node.place is None:
        return FlowCard(node, START_SIZE, START_SIZE, nothing, nothing, None, words["start"])
    touchpoint = node.place.touchpoint
    title = block(node.name, WIDTH - 2 * _PAD, CARD, weight="bold", max_lines=5)
    room = WIDTH - 2 * _PAD - 22 - 20 * min(3, len(touchpoint.kinds))
    stage = block(node.place.stage.heading.pick(*languages), room, LABEL, color="ink-soft", max_lines=1)
    visits = None
    if analysis is not None:
        count = analysis.chain.visits.get(touchpoint.id, 0.0)
        ever = analysis.chain.ever_visited.get(touchpoint.id, 0.0)
        facts = words.pairs(
            words["reach"].format(percent(ever)),
            words["rework"].format(number(count)) if count > ever + 0.005 else "",
        )
        visits = block(facts, WIDTH - 2 * _PAD, LABEL, color="ink-soft", max_lines=2)
    height = _STRIP + 10 + title.height + (visits.height + 6 if visits else 0) + 10
    kinds = words.comma.join(words.kinds[kind] for kind in touchpoint.kinds)
    story = words.sentence(words.pairs(node.name, kinds, " ".join(visits.lines) if visits else ""))
    return FlowCard(node, WIDTH, -(-height // 8) * 8, title, stage, visits, story)
