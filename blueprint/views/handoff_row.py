"""The hand-overs beneath a blueprint: what leaves each touchpoint's steps, for whom, and by when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from blueprint.model.service import Link, ServiceBlueprint, Step
from blueprint.scene.shapes import Ellipse, Group, Paint, Shape
from blueprint.views.action_cards import WIDEST
from blueprint.views.typeset import BODY, LABEL, Block, block
from blueprint.views.words import Words

_SIGN, _GAP = 16.0, 8.0


_FEW = 3
"""So many hand-overs of which nobody wrote what passes are told one by one; of more, the margin speaks."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """One hand-over, measured."""

    way: Block
    """From whom to whom."""
    what: Block
    """What is handed over, by when, and whether it is confirmed; no lines where the margin says it."""
    unsaid: bool
    """Nobody wrote what is handed over."""

    @property
    def height(self) -> float:
        """Of both texts, px."""
        return self.way.height + self.what.height


@dataclass(frozen=True, slots=True)
class HandoffCell:
    """The hand-overs that begin in one column."""

    handoffs: tuple[Handoff, ...]

    @property
    def height(self) -> float:
        """Of the cell, px."""
        return sum(handoff.height + _GAP for handoff in self.handoffs)

    def draw(self, x: float, y: float, touchpoint: str) -> Group:
        """Draw the cell with its top left corner at a place."""
        shapes: list[Shape] = []
        for handoff in self.handoffs:
            middle = y + handoff.way.height / len(handoff.way.lines) / 2
            ring = "fail" if handoff.unsaid else "handoff"
            shapes += [
                Ellipse(x + 5, middle, 4.0, 4.0, Paint("card", ring, 2.0)),
                handoff.way.at(x + _SIGN, y),
            ]
            if handoff.what.lines:
                shapes.append(handoff.what.at(x + _SIGN, y + handoff.way.height))
            y += handoff.height + _GAP
        return Group(tuple(shapes), role="handoffs", data=(("touchpoint", touchpoint),))


def handoff_cells(
    blueprint: ServiceBlueprint,
    steps: Mapping[str, Step],
    widths: Mapping[str, float],
    words: Words,
    languages: tuple[str, ...],
) -> dict[str, HandoffCell]:
    """Measure the hand-overs of every column; empty where nobody wrote what is handed over.

    Where many say nothing, each carries a question mark, and `unsaid_of` tells the margin how many.

    Args:
        blueprint: The delivery side.
        steps: The steps that are drawn, by id.
        widths: Of the columns, by touchpoint, px.
        words: Our labels.
        languages: The reader's language and the document's.
    """
    links = [
        link
        for link in blueprint.links_between
        if link.source in steps
        and link.target in steps
        and steps[link.source].actor != steps[link.target].actor
    ]
    if not any(link.spec.hands_over or link.spec.within is not None for link in links):
        return {}
    many = sum(not link.spec.hands_over for link in links) > _FEW
    found: dict[str, list[Handoff]] = defaultdict(list)
    for link in links:
        at = steps[link.source].at
        room = min(widths[at], WIDEST) - _SIGN
        names = (blueprint.actor_heading(steps[id_].actor).pick(*languages) for id_ in link[:2])
        unsaid = not link.spec.hands_over
        text = " → ".join(names) + (words.colon.rstrip() + " ?" if unsaid and many else "")
        way = block(
            text, room, LABEL, weight="bold", color="fail" if unsaid and many else "ink", max_lines=4
        )
        found[at].append(Handoff(way, _what(link, room, words, languages, brief=many), unsaid))
    return {at: HandoffCell(tuple(handoffs)) for at, handoffs in found.items()}


def unsaid_of(cells: Mapping[str, HandoffCell], words: Words, width: float) -> Block | None:
    """Say in the margin how many hand-overs say nothing, where they are too many to say it at each."""
    handoffs = [handoff for cell in cells.values() for handoff in cell.handoffs]
    unsaid = sum(handoff.unsaid for handoff in handoffs)
    if unsaid <= _FEW:
        return None
    return block(words["unsaid-of"].format(unsaid, len(handoffs)), width, BODY, color="fail")


def _what(link: Link, room: float, words: Words, languages: tuple[str, ...], *, brief: bool) -> Block:
    """Set what is handed over, and on a line of its own by when and whether it is confirmed."""
    spec = link.spec
    what = words.comma.join(item.pick(*languages) for item in spec.hands_over)
    if not what and not brief:
        what = words["unsaid"]
    within = words["within"].format(words.duration(spec.within)) if spec.within is not None else ""
    confirmed = ""
    if spec.confirmed is not None:
        confirmed = words["confirmed" if spec.confirmed else "unconfirmed"]
    lacks = not spec.hands_over or spec.confirmed is False
    color = "fail" if lacks else "ink-soft"
    first = block(what, room, LABEL, color=color, max_lines=5)
    return first._replace(lines=first.lines + block(words.pairs(within, confirmed), room, LABEL).lines)
