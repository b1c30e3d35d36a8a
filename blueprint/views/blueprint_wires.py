"""The arrows of a blueprint: from step to step, and where the customer meets the service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from blueprint.model.service import Link as StepLink
from blueprint.model.service import ServiceBlueprint, Step
from blueprint.scene.shapes import Ellipse, Group, Link, Paint, Point, Rect, Shape
from blueprint.views.blueprint_plan import Plan
from blueprint.views.link_labels import Area
from blueprint.views.routing import Box
from blueprint.views.typeset import LABEL, Block, block
from blueprint.views.words import Words, percent

LABEL_WIDTH = 128.0
CRITICAL = 3.0
"""Breadth of the critical path, px."""


@dataclass(frozen=True, slots=True)
class Wire:
    """An arrow of the drawing, before it has a way."""

    ends: tuple[Box, Box]
    ids: tuple[str, str]
    """Of the shapes it joins."""
    story: str = ""
    label: Block | None = None
    handoff: bool = False
    """The work changes hands."""
    technology: bool = False
    """It goes to a system."""
    critical: bool = False
    quiet: bool = False
    """Not a step's exit but the customer's meeting with the service."""

    @property
    def paint(self) -> Paint:
        """How the line looks."""
        dash = (6.0, 4.0) if self.technology else ()
        if self.critical:
            return Paint(None, "accent", CRITICAL, dash)
        return Paint(None, "ink-faint" if self.quiet else "route", 1.25 if self.quiet else 1.5, dash)

    @property
    def role(self) -> str:
        """What kind of arrow it is."""
        if self.quiet:
            return "meeting"
        return "handoff" if self.handoff else "flow"


def step_wires(
    blueprint: ServiceBlueprint,
    placed: Plan,
    steps: Mapping[str, Step],
    critical_path: Sequence[str],
    words: Words,
    languages: tuple[str, ...],
) -> list[Wire]:
    """Return an arrow for every link between two steps that are drawn, each pair once."""
    critical = frozenset(pairwise(critical_path))
    wires: dict[tuple[str, str], Wire] = {}
    for link in blueprint.links_between:
        source, target = steps.get(link.source), steps.get(link.target)
        pair = (link.source, link.target)
        if source is None or target is None or pair in wires:
            continue
        share = percent(link.share) if link.share is not None and link.share < 1 else ""
        when = link.spec.when.pick(*languages) if link.spec.when else ""
        text = words.pairs(share, when)
        handoff = source.actor != target.actor
        wires[pair] = Wire(
            ends=(placed.boxes[source.id], placed.boxes[target.id]),
            ids=(f"step-{source.id}", f"step-{target.id}"),
            story=_story(source, target, link, text, words, languages),
            label=block(text, LABEL_WIDTH, LABEL, max_lines=3) if text else None,
            handoff=handoff,
            technology=handoff and blueprint.actors[target.actor].technology,
            critical=pair in critical,
        )
    return list(wires.values())


def _story(
    source: Step, target: Step, link: StepLink, text: str, words: Words, languages: tuple[str, ...]
) -> str:
    handed = words.comma.join(what.pick(*languages) for what in link.spec.hands_over)
    within = words["within"].format(words.duration(link.spec.within)) if link.spec.within else ""
    way = f"{source.does.pick(*languages)} → {target.does.pick(*languages)}"
    return words.pairs(way, text, handed, within)


def meetings(blueprint: ServiceBlueprint, placed: Plan, steps: Mapping[str, Step]) -> list[Wire]:
    """Join the customer to the first frontstage step of a column, one that nothing before it leads to.

    The arrow points to the customer where the company is the one that starts.
    """
    order = {id_: at for at, id_ in enumerate(steps)}
    fed = {
        link.target
        for link in blueprint.links_between
        if link.source in steps
        and link.target in steps
        and steps[link.source].at == steps[link.target].at
        and order[link.source] < order[link.target]
    }
    highest: dict[int, int] = {}
    for box in placed.boxes.values():
        highest[box.first] = min(box.row, highest.get(box.first, box.row))
    contacts = [step for step in steps.values() if blueprint.actors[step.actor].zone == "frontstage"]
    # The first contact that can be seen from above; failing that the first one, around what is in the way.
    seen = [step for step in contacts if placed.boxes[step.id].row == highest[placed.boxes[step.id].first]]
    firsts: dict[str, Step] = {}
    for step in (*(step for step in seen if step.id not in fed), *seen, *contacts):
        firsts.setdefault(step.at, step)
    wires: list[Wire] = []
    for column in placed.columns:
        first = firsts.get(column.id)
        if column.place is None or first is None:
            continue
        ends = (placed.actions[column.id], placed.boxes[first.id])
        ids = (f"action-{column.id}", f"step-{first.id}")
        if column.place.touchpoint.trigger == "company":
            ends, ids = (ends[1], ends[0]), (ids[1], ids[0])
        technology = blueprint.actors[first.actor].technology
        wires.append(Wire(ends, ids, technology=technology, quiet=True))
    return wires


def draw_wire(wire: Wire, points: Sequence[Point], at: int) -> list[Shape]:
    """Draw an arrow and, where the work changes hands, the ring it starts from."""
    shapes: list[Shape] = [
        Link(
            *wire.ids,
            tuple(points),
            wire.paint,
            rounded=8.0,
            id=f"link-{at + 1}",
            role=wire.role,
            title=wire.story,
        )
    ]
    if wire.handoff:
        start = points[0]
        shapes.append(
            Ellipse(start.x, start.y, 4.0, 4.0, Paint("card", "handoff", 2.0), role="handoff-mark")
        )
    return shapes


def draw_label(label: Block, area: Area, ground: str, story: str) -> Group:
    """Draw a label over its own line, on a patch of the ground it lies on."""
    return Group(
        (
            Rect(
                round(area.left, 2),
                round(area.top, 2),
                round(area.right - area.left, 2),
                round(area.bottom - area.top, 2),
                Paint(ground),
                radius=3,
            ),
            label.at((area.left + area.right) / 2, area.top + 1, "middle"),
        ),
        role="link-label",
        title=story,
    )
