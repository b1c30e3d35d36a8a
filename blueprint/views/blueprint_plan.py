"""Where every step of a blueprint stands: touchpoints across, actors down, before any px.

A touchpoint is as many sub-columns wide as its story needs. A step stands under its predecessor where
the same actor carries on, beside or across the lanes where the work changes hands, and one sub-column
further where its place is taken: time runs to the right and, within one actor's run, downwards.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from blueprint.model.journey import Journey, Place
from blueprint.model.service import ZONES, ServiceBlueprint, Step, Zone
from blueprint.views.routing import Box

DEEPEST = 2
"""Most steps of one actor on top of one another before the run moves one sub-column on."""


@dataclass(frozen=True, slots=True)
class Column:
    """A touchpoint and the sub-columns it spans, inclusive."""

    id: str
    place: Place | None
    """None where the journey does not know the touchpoint, or no journey was given."""
    number: int
    """As on the map: its place in the journey, from 1."""
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lane:
    """An actor and the rows of steps it spans, inclusive."""

    actor: str
    zone: Zone
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The grid of a blueprint: row 0 holds the customer's actions, lanes follow by zone."""

    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    boxes: dict[str, Box]
    """Steps by id."""
    actions: dict[str, Box]
    """The customer's actions by touchpoint id."""
    width: int
    """In sub-columns."""
    height: int
    """In rows, the customer's included."""


def plan(blueprint: ServiceBlueprint, journey: Journey | None) -> Plan:
    """Place every step whose actor is known; of two steps with one id, the first."""
    steps = known_steps(blueprint)
    by_column: dict[str, list[Step]] = defaultdict(list)
    for step in steps.values():
        by_column[step.at].append(step)
    predecessors = _predecessors(blueprint, steps)

    columns: list[Column] = []
    spots: dict[str, tuple[int, int]] = {}
    depth: dict[str, int] = defaultdict(lambda: 1)
    at = 0
    lanes = _order(blueprint)
    rank = {actor: index for index, (actor, _) in enumerate(lanes)}
    for number, (id_, place) in enumerate(_touchpoints(journey, by_column), start=1):
        here = by_column.get(id_, [])
        if not here and not _acts(place):
            continue
        found = _arrange(here, predecessors, rank)
        width = 1 + max((across for across, _ in found.values()), default=0)
        for step in here:
            across, down = found[step.id]
            spots[step.id] = (at + across, down)
            depth[step.actor] = max(depth[step.actor], down + 1)
        columns.append(Column(id_, place, number, at, at + width - 1))
        at += width

    rows = 1
    placed: list[Lane] = []
    for actor, zone in lanes:
        placed.append(Lane(actor, zone, rows, rows + depth[actor] - 1))
        rows += depth[actor]
    top = {lane.actor: lane.first for lane in placed}
    return Plan(
        columns=tuple(columns),
        lanes=tuple(placed),
        boxes={
            id_: Box(across, across, top[steps[id_].actor] + down) for id_, (across, down) in spots.items()
        },
        actions={column.id: Box(column.first, column.last, 0) for column in columns if column.place},
        width=max(at, 1),
        height=rows,
    )


def known_steps(blueprint: ServiceBlueprint) -> dict[str, Step]:
    """Return the steps that can be placed, by id: those of known actors; of one id, the first."""
    steps: dict[str, Step] = {}
    for step in blueprint.steps:
        if step.actor in blueprint.actors:
            steps.setdefault(step.id, step)
    return steps


def _order(blueprint: ServiceBlueprint) -> list[tuple[str, Zone]]:
    return [(id_, zone) for zone in ZONES for id_, actor in blueprint.actors.items() if actor.zone == zone]


def _touchpoints(
    journey: Journey | None, by_column: dict[str, list[Step]]
) -> list[tuple[str, Place | None]]:
    """Return the journey's touchpoints in order, then those only the steps name."""
    found: dict[str, Place | None] = {}
    if journey is not None:
        for place in journey.places:
            found.setdefault(place.touchpoint.id, place)
    for id_ in by_column:
        found.setdefault(id_, None)
    return list(found.items())


def _acts(place: Place | None) -> bool:
    """Whether the customer does something there that is worth a column without any step."""
    return place is not None and bool(place.touchpoint.doing or place.touchpoint.evidence)


def _predecessors(blueprint: ServiceBlueprint, steps: dict[str, Step]) -> dict[str, list[str]]:
    """Return the steps of the same touchpoint that lead to a step and are written before it."""
    order = {id_: index for index, id_ in enumerate(steps)}
    found: dict[str, list[str]] = defaultdict(list)
    for source, target, *_ in blueprint.links_between:
        if (
            source in steps
            and target in steps
            and steps[source].at == steps[target].at
            and order[source] < order[target]
        ):
            found[target].append(source)
    return found


def _arrange(
    steps: list[Step], predecessors: dict[str, list[str]], rank: dict[str, int]
) -> dict[str, tuple[int, int]]:
    """Give the steps of one touchpoint their sub-column and their place in their lane's stack."""
    spots: dict[str, tuple[int, int]] = {}
    actor = {step.id: step.actor for step in steps}
    stacks: dict[tuple[str, int], int] = defaultdict(int)
    lanes: dict[int, list[int]] = defaultdict(list)  # by sub-column: the lanes taken in it
    for step in steps:
        before = [id_ for id_ in predecessors.get(step.id, ()) if id_ in spots]
        across = max((spots[id_][0] for id_ in before), default=0)
        own = [id_ for id_ in before if actor[id_] == step.actor and spots[id_][0] == across]
        continues = len(own) == 1 and len(before) == 1
        while True:
            height = stacks[step.actor, across]
            free = height == 0 and not _between(
                [rank[actor[id_]] for id_ in before if spots[id_][0] == across],
                rank[step.actor],
                lanes[across],
            )
            if free or (continues and 0 < height < DEEPEST and spots[own[0]] == (across, height - 1)):
                break
            across += 1
        spots[step.id] = (across, stacks[step.actor, across])
        stacks[step.actor, across] += 1
        lanes[across].append(rank[step.actor])
    return spots


def _between(sources: list[int], target: int, taken: list[int]) -> bool:
    """Whether a card stands between a predecessor's lane and the lane wanted, in one sub-column."""
    return any(min(source, target) < lane < max(source, target) for source in sources for lane in taken)
