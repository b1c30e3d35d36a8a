"""What is different between two versions of a document, told element by element; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from blueprint.analysis.differences import Detail, Plain, differences, plain
from blueprint.analysis.matching import (
    match_actors,
    match_stages,
    match_steps,
    match_touchpoints,
    moved,
)
from blueprint.model.exits import Route
from blueprint.model.journey import Journey, Stage
from blueprint.model.service import ServiceBlueprint
from blueprint.model.touchpoint import Touchpoint
from blueprint.model.values import Text

ChangeKind = Literal["added", "removed", "moved", "renamed", "rescored", "rerouted", "retimed", "changed"]
Element = Literal["document", "stage", "touchpoint", "outcome", "budget", "entry", "actor", "step"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one element."""

    kind: ChangeKind
    element: Element
    id: str
    """Its id in the new version; in the old one where it was removed."""
    title: Text | None
    field: str = ""
    """The field that is different; empty where the element as a whole is meant."""
    before: Plain = None
    after: Plain = None
    details: tuple[Detail, ...] = ()
    """What exactly, where a field holds more than one value."""


@dataclass(frozen=True, slots=True)
class JourneyMatch:
    """Which parts of two journeys are the same: old id → new id."""

    stages: dict[str, str]
    touchpoints: dict[str, str]


def match_journeys(old: Journey, new: Journey) -> JourneyMatch:
    """Find out which stages and touchpoints of two journeys are the same."""
    return JourneyMatch(match_stages(old, new), match_touchpoints(old, new))


def journey_changes(old: Journey, new: Journey, match: JourneyMatch) -> tuple[Change, ...]:
    """Return every change from one journey to another: the document, its ends, stages, touchpoints."""
    return (
        *_document(old, new, frozenset({"stages", "outcomes", "budgets", "entry"})),
        *_entry(old, new, match),
        *_mapping("outcome", old.outcomes, new.outcomes),
        *_mapping("budget", old.budgets, new.budgets),
        *_stages(old, new, match),
        *_touchpoints(old, new, match),
    )


def blueprint_changes(old: ServiceBlueprint, new: ServiceBlueprint) -> tuple[Change, ...]:
    """Return every change from one service blueprint to another: the document, actors, steps with ways."""
    steps, actors = match_steps(old, new), match_actors(old, new)
    return (
        *_document(old, new, frozenset({"actors", "steps"})),
        *_actors(old, new, actors),
        *_steps(old, new, steps, actors),
    )


def document_changes(old: BaseModel, new: BaseModel) -> tuple[Change, ...]:
    """Return the changes of a document without figures, such as a persona or a playbook."""
    return tuple(_document(old, new, frozenset()))


def _document(old: BaseModel, new: BaseModel, aside: frozenset[str]) -> Iterator[Change]:
    id, title = str(getattr(new, "id", "")), getattr(new, "title", None)
    if getattr(old, "id", "") != id:
        yield Change("renamed", "document", id, title, "id", getattr(old, "id", ""), id)
    for field in type(new).model_fields:
        if field not in aside and field != "id":
            yield from _field("document", id, title, field, getattr(old, field), getattr(new, field))


def _field(
    element: Element,
    id: str,
    title: Text | None,
    field: str,
    one: Any,
    other: Any,
    kind: ChangeKind = "changed",
) -> Iterator[Change]:
    if one == other:
        return
    before, after = plain(one), plain(other)
    if before != after:
        found = tuple(differences(before, after, (field,)))
        yield Change(kind, element, id, title, field, before, after, found)


def _mapping(element: Element, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[Change]:
    for id in dict.fromkeys((*old, *new)):
        one, other = old.get(id), new.get(id)
        title = getattr(other if other is not None else one, "title", None)
        if one is None:
            yield Change("added", element, id, title, "", None, _written(other))
        elif other is None:
            yield Change("removed", element, id, title, "", _written(one), None)
        elif one != other and _written(one) != _written(other):
            before, after = _written(one), _written(other)
            yield Change(
                "changed", element, id, title, "", before, after, tuple(differences(before, after))
            )


def _written(value: Any) -> Plain:
    return getattr(value, "written", None) or plain(value)


def routes_of(ways: Sequence[Route], names: Mapping[str, str] = {}) -> dict[str, dict[str, Plain]]:
    """Return resolved ways as plain data by target; `names` gives targets their new ids."""
    found: dict[str, dict[str, Plain]] = {}
    for way in ways:
        target = names.get(way.target, way.target)
        spec: dict[str, Plain] = {"share": round(way.share, 9)}
        if way.when is not None:
            spec["when"] = plain(way.when)
        if way.assumed:
            spec["assumed"] = True
        if target in found:
            spec["share"] = round(found[target]["share"] + spec["share"], 9)
        found[target] = spec
    return found


def _entry(old: Journey, new: Journey, match: JourneyMatch) -> Iterator[Change]:
    before, after = routes_of(old.entries, match.touchpoints), routes_of(new.entries)
    if before != after:
        yield Change(
            "rerouted", "entry", new.id, None, "entry", before, after, tuple(differences(before, after))
        )


def _stages(old: Journey, new: Journey, match: JourneyMatch) -> Iterator[Change]:
    a, b = {s.id: s for s in reversed(old.stages)}, {s.id: s for s in reversed(new.stages)}
    back = {n: o for o, n in match.stages.items()}
    shifted = moved(
        [match.stages[id] for id in dict.fromkeys(s.id for s in old.stages) if id in match.stages],
        [id for id in dict.fromkeys(s.id for s in new.stages) if id in back],
        back,
    )
    for id in dict.fromkeys(s.id for s in old.stages):
        if id not in match.stages:
            yield Change("removed", "stage", id, a[id].title)
    for id in dict.fromkeys(s.id for s in new.stages):
        stage: Stage = b[id]
        if id not in back:
            yield Change("added", "stage", id, stage.title)
            continue
        before = a[back[id]]
        if before.id != id:
            yield Change("renamed", "stage", id, stage.title, "stage", before.id, id)
        if id in shifted:
            yield Change("moved", "stage", id, stage.title)
        for field in type(stage).model_fields:
            if field not in ("id", "touchpoints"):
                yield from _field(
                    "stage", id, stage.title, field, getattr(before, field), getattr(stage, field)
                )


_KIND_OF: dict[str, ChangeKind] = {
    "emotion": "rescored",
    "time": "retimed",
    "title": "renamed",
    "does": "renamed",
}


def _touchpoints(old: Journey, new: Journey, match: JourneyMatch) -> Iterator[Change]:
    back = {n: o for o, n in match.touchpoints.items()}
    kept_old = [match.touchpoints[id] for id in old.touchpoints if id in match.touchpoints]
    kept_new = [id for id in new.touchpoints if id in back]
    shifted = moved(kept_old, kept_new, back)
    before_of, after_of = _after(kept_old), _after(kept_new)
    stage_old = {p.touchpoint.id: p.stage for p in reversed(old.places)}
    stage_new = {p.touchpoint.id: p.stage for p in reversed(new.places)}
    for id, point in old.touchpoints.items():
        if id not in match.touchpoints:
            yield Change("removed", "touchpoint", id, point.title, "", _summary(point), None)
    for id, point in new.touchpoints.items():
        if id not in back:
            yield Change("added", "touchpoint", id, point.title, "", None, _summary(point))
            continue
        was = old.touchpoints[back[id]]
        if was.id != id:
            yield Change("renamed", "touchpoint", id, point.title, "id", was.id, id)
        here, there = stage_old[was.id], stage_new[id]
        changed_stage = match.stages.get(here.id) != there.id
        if changed_stage or id in shifted:
            yield Change(
                "moved", "touchpoint", id, point.title, "",
                {"stage": here.id, "after": before_of[id]},
                {"stage": there.id, "after": after_of[id]},
            )  # fmt: skip
        yield from _ways(old, new, was, point, match.touchpoints)
        for field in type(point).model_fields:
            if field not in ("id", "next"):
                yield from _field(
                    "touchpoint", id, point.title, field, getattr(was, field), getattr(point, field),
                    _KIND_OF.get(field, "changed"),
                )  # fmt: skip


def _after(names: Sequence[str]) -> dict[str, str]:
    return {name: names[at - 1] if at else "" for at, name in enumerate(names)}


def _summary(point: Touchpoint) -> Plain:
    scores = point.scores
    return {"title": plain(point.title)} | ({"emotion": plain(point.emotion)} if scores else {})


def _ways(
    old: Journey, new: Journey, was: Touchpoint, point: Touchpoint, names: Mapping[str, str]
) -> Iterator[Change]:
    if was.next is None and point.next is None:
        return  # It goes to what is written after it; what came or went there is told by itself.
    before, after = routes_of(old.routes[was.id], names), routes_of(new.routes[point.id])
    if before == after:
        before, after = _carried(was, names), _carried(point, {})
    if before != after:
        found = tuple(differences(before, after))
        yield Change("rerouted", "touchpoint", point.id, point.title, "next", before, after, found)


def _carried(point: Touchpoint, names: Mapping[str, str]) -> Plain:
    if not isinstance(point.next, dict):
        return {}
    return {names.get(t, t): {"carries": plain(s.carries)} for t, s in point.next.items() if s.carries}


def _actors(old: ServiceBlueprint, new: ServiceBlueprint, names: Mapping[str, str]) -> Iterator[Change]:
    back = {n: o for o, n in names.items()}
    for id, actor in old.actors.items():
        if id not in names:
            yield Change("removed", "actor", id, actor.title)
    for id, actor in new.actors.items():
        if id not in back:
            yield Change("added", "actor", id, actor.title)
            continue
        if back[id] != id:
            yield Change("renamed", "actor", id, actor.title, "id", back[id], id)
        was = old.actors[back[id]]
        for field in type(actor).model_fields:
            yield from _field("actor", id, actor.title, field, getattr(was, field), getattr(actor, field))


def _steps(
    old: ServiceBlueprint, new: ServiceBlueprint, names: Mapping[str, str], actors: Mapping[str, str]
) -> Iterator[Change]:
    a, b = {s.id: s for s in reversed(old.steps)}, {s.id: s for s in reversed(new.steps)}
    back = {n: o for o, n in names.items()}
    kept_old = [names[id] for id in dict.fromkeys(s.id for s in old.steps) if id in names]
    kept_new = [id for id in dict.fromkeys(s.id for s in new.steps) if id in back]
    shifted = moved(kept_old, kept_new, back)
    for id in dict.fromkeys(s.id for s in old.steps):
        if id not in names:
            yield Change("removed", "step", id, a[id].does)
    for id in dict.fromkeys(s.id for s in new.steps):
        step = b[id]
        if id not in back:
            yield Change("added", "step", id, step.does)
            continue
        was = a[back[id]]
        if was.id != id:
            yield Change("renamed", "step", id, step.does, "id", was.id, id)
        if id in shifted:
            yield Change("moved", "step", id, step.does)
        if actors.get(was.actor, was.actor) != step.actor:
            yield Change("changed", "step", id, step.does, "actor", was.actor, step.actor)
        before, after = _links(old, was.id, names), _links(new, id, {})
        if before != after:
            found = tuple(differences(before, after))
            yield Change("rerouted", "step", id, step.does, "next", before, after, found)
        for field in type(step).model_fields:
            if field not in ("id", "actor", "next"):
                yield from _field(
                    "step", id, step.does, field, getattr(was, field), getattr(step, field),
                    _KIND_OF.get(field, "changed"),
                )  # fmt: skip


def _links(blueprint: ServiceBlueprint, step: str, names: Mapping[str, str]) -> dict[str, Plain]:
    return {
        names.get(link.target, link.target): plain(link.spec)
        for link in blueprint.links_between
        if link.source == step
    }
