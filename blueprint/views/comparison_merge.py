"""Two versions of a service blueprint made one: every actor, column, step and way of both, each once.

What is only in the old version gets a hyphen before its id, which no id of a document begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from blueprint.analysis.changes import Change
from blueprint.analysis.comparison_results import Difference
from blueprint.analysis.matching import match_actors, match_stages, match_steps, match_touchpoints
from blueprint.model.journey import Journey, Stage
from blueprint.model.service import HandoffSpec, Link, ServiceBlueprint, Step
from blueprint.model.touchpoint import Touchpoint
from blueprint.model.values import Text
from blueprint.views.comparison_plan import Status

NOWHERE = "-"
"""The stage of touchpoints that no journey has."""


class Way(NamedTuple):
    """One way from step to step in both versions, by the keys of its ends."""

    source: str
    target: str
    was: Link | None
    now: Link | None

    @property
    def status(self) -> Status:
        """What became of it."""
        if self.was is None:
            return "added"
        if self.now is None:
            return "removed"
        same = self.was.spec == self.now.spec and self.was.share == self.now.share
        return "same" if same else "changed"


@dataclass(frozen=True, slots=True)
class Merged:
    """Both versions on one grid."""

    blueprint: ServiceBlueprint
    """Actors and steps of both by key, for the plan; its ways carry no shares."""
    journey: Journey
    """The touchpoints of both by key, without what customers do there."""
    ways: tuple[Way, ...]
    columns: Mapping[str, tuple[str | None, str | None]]
    """Touchpoints by key: the old id and the new one."""
    numbers: Mapping[str, str]
    """Places in the new journey."""
    status: Mapping[str, Status]
    """Of steps."""
    changes: Mapping[str, tuple[Change, ...]]
    """Of steps that are in both versions."""
    actors: Mapping[str, Status]


def merge(old: ServiceBlueprint, new: ServiceBlueprint, d: Difference) -> Merged:
    """Lay two versions of a service blueprint upon one another."""
    one, other = d.journeys
    points = match_touchpoints(old=one, new=other) if one and other else None
    actors, steps = match_actors(old, new), match_steps(old, new)
    parts = {id: actors.get(id, f"-{id}") for id in old.actors}
    spots = {s.id: steps.get(s.id, f"-{s.id}") for s in old.steps}

    def place(at: str) -> str:
        """Return the key of a touchpoint that a step of the old version names."""
        if points is None or one is None:
            return at
        return points.get(at, f"-{at}" if at in one.touchpoints else at)

    was: dict[str, Step] = {}
    for step in old.steps:
        moved = {"id": spots[step.id], "actor": parts.get(step.actor, step.actor), "at": place(step.at)}
        was.setdefault(spots[step.id], step.model_copy(update=moved))
    now = {step.id: step for step in reversed(new.steps)}
    order = woven(list(spots.values()), list(dict.fromkeys(step.id for step in new.steps)))
    ways = _ways(old, new, spots)
    exits: dict[str, dict[str, HandoffSpec]] = {}
    for way in ways:
        exits.setdefault(way.source, {})[way.target] = HandoffSpec()
    merged = tuple((now.get(key) or was[key]).model_copy(update={"next": exits.get(key)}) for key in order)
    known = {parts[id]: a.model_copy(update={"title": a.title or Text(id)}) for id, a in old.actors.items()}
    known |= new.actors
    blueprint = new.model_copy(
        update={
            "actors": {key: known[key] for key in woven(list(parts.values()), list(new.actors))},
            "steps": merged,
        }
    )
    blueprint.__dict__.pop("links_between", None)
    journey, numbers = _journey(one, other, points, [step.at for step in merged])
    told = {id: tuple(c for c in d.changes if c.element == "step" and c.id == id) for id in now}
    back = {key: id for id, key in (points or {}).items()}
    return Merged(
        blueprint,
        journey,
        ways,
        {key: _sides(key, one, other, back) for key in journey.touchpoints},
        numbers,
        {key: _status(key in was, key in now, bool(told.get(key))) for key in order},
        told,
        {
            key: _status(
                key in parts.values(),
                key in new.actors,
                any(c.element == "actor" and c.id == key for c in d.changes),
            )
            for key in blueprint.actors
        },
    )


def _status(before: bool, after: bool, changed: bool) -> Status:
    if not before:
        return "added"
    if not after:
        return "removed"
    return "changed" if changed else "same"


def woven(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the new keys in their order, and each that is gone after the one it followed."""
    order, kept = list(new), frozenset(new)
    before: str | None = None
    for key in old:
        if key not in kept:
            order.insert(order.index(before) + 1 if before is not None else 0, key)
        before = key
    return order


def _ways(old: ServiceBlueprint, new: ServiceBlueprint, spots: Mapping[str, str]) -> tuple[Way, ...]:
    was: dict[tuple[str, str], Link] = {}
    for link in old.links_between:
        if link.target in spots:
            was.setdefault((spots[link.source], spots[link.target]), link)
    now: dict[tuple[str, str], Link] = {}
    for link in new.links_between:
        now.setdefault((link.source, link.target), link)
    return tuple(Way(*ends, was.get(ends), now.get(ends)) for ends in dict.fromkeys((*now, *was)))


def _sides(
    key: str, one: Journey | None, other: Journey | None, back: Mapping[str, str]
) -> tuple[str | None, str | None]:
    if key.startswith("-"):
        return key[1:], None
    before = back.get(key) if one and other else key
    if one and other and key not in other.touchpoints:
        before = key
    return before, key if other is None or one is None or key in other.touchpoints else None


def _journey(
    one: Journey | None,
    other: Journey | None,
    points: Mapping[str, str] | None,
    named: Sequence[str],
) -> tuple[Journey, dict[str, str]]:
    """Return the touchpoints of both journeys, those that steps name and none has, and their numbers."""
    stages: dict[str, Stage] = {}
    inside: dict[str, list[Touchpoint]] = {}
    base = other or one
    numbers: dict[str, str] = {}
    if base is not None:
        kept = match_stages(one, other) if one and other else {s.id: s.id for s in base.stages}
        stages = {stage.id: stage for stage in reversed(base.stages)}
        home = {p.touchpoint.id: p.stage.id for p in reversed(base.places)}
        found = {id: (point, home[id]) for id, point in base.touchpoints.items()}
        numbers = {id: str(at) for at, id in enumerate(base.touchpoints, 1)}
        rows = list(dict.fromkeys(stage.id for stage in base.stages))
        order = list(base.touchpoints)
        if one and other and points is not None:
            was = {p.touchpoint.id: p.stage for p in reversed(one.places)}
            for id, point in one.touchpoints.items():
                if id not in points:
                    stage = was[id]
                    key = kept.get(stage.id, f"-{stage.id}")
                    stages.setdefault(key, stage.model_copy(update={"title": stage.heading}))
                    found[f"-{id}"] = (point, key)
            past = list(dict.fromkeys(kept.get(stage.id, f"-{stage.id}") for stage in one.stages))
            rows = [row for row in woven(past, rows) if row in stages]
            order = woven([points.get(id, f"-{id}") for id in one.touchpoints], order)
        for key in order:
            point, row = found[key]
            # What customers do there is the map's; a column without steps has nothing to show.
            bare = {"id": key, "title": point.title, "next": None, "doing": None, "evidence": ()}
            inside.setdefault(row, []).append(point.model_copy(update=bare))
        stages = {row: stages[row] for row in rows}
    known = {point.id for points_ in inside.values() for point in points_}
    unknown = list(dict.fromkeys(at for at in named if at not in known))
    if unknown:
        stages[NOWHERE] = Stage.model_construct(id=NOWHERE, title=Text("?"), touchpoints=())
        inside[NOWHERE] = [
            Touchpoint.model_construct(id=at, title=Text(at.removeprefix("-"))) for at in unknown
        ]
    made = tuple(
        stage.model_copy(update={"id": key, "touchpoints": tuple(inside[key])})
        for key, stage in stages.items()
        if inside.get(key)
    )
    return Journey.model_construct(id="merged", stages=made), numbers
