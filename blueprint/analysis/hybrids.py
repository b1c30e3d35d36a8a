"""Versions in between: an old document with some of the changes made and the others not.

Each change that can move a figure becomes a factor; any set of factors makes a whole document again. Ways
on are compared as resolved, so that a way that follows from the order of the file is a way like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from blueprint.analysis.changes import JourneyMatch, routes_of
from blueprint.analysis.emotions import shares_of_personas
from blueprint.analysis.matching import moved
from blueprint.model.exits import RouteSpec
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.touchpoint import Touchpoint

MOST = 60
"""Of more factors than this, those of one kind are taken together."""


@dataclass(frozen=True, slots=True)
class Factor:
    """Changes that are made together, or not at all."""

    kind: str
    """rescored, retimed, rerouted, structure, moved, channel, owner, pains, problems, entry, outcomes,
    personas, neutral, traffic, market; of a blueprint: structure, step, actor, journey."""
    ids: tuple[str, ...] = ()
    """The elements concerned: those added, removed or changed."""
    ways: tuple[str, ...] = ()
    """Touchpoints whose ways on change with a structure."""


_FIELDS: dict[str, tuple[str, ...]] = {
    "rescored": ("emotion",), "retimed": ("time",), "channel": ("channel",), "owner": ("owner",),
    "pains": ("pains",), "problems": ("problems",),
}  # fmt: skip
_WHOLE: dict[str, tuple[str, ...]] = {
    "neutral": ("neutral", "emotion_scale"),
    "traffic": ("traffic",),
    "market": ("market",),
}


class Groups:
    """Things that belong together, by what they share."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, one: str) -> str:
        """Return the one that stands for all that belong together."""
        self._parent.setdefault(one, one)
        while self._parent[one] != one:
            one = self._parent[one]
        return one

    def join(self, one: str, other: str) -> None:
        """Say that two belong together."""
        a, b = sorted((self.find(one), self.find(other)))
        self._parent[b] = a


class JourneyHybrids:
    """All journeys between two versions of one. Ids are the new ones throughout.

    Args:
        old: the old version.
        new: the new version.
        match: which parts of them are the same.
        personas: persona documents of the old and of the new version.
        whole: Take everything that changes the graph as one factor: for graphs that allow no figures
            halfway.
    """

    def __init__(
        self,
        old: Journey,
        new: Journey,
        match: JourneyMatch,
        personas: tuple[Mapping[str, Persona], Mapping[str, Persona]] = ({}, {}),
        *,
        whole: bool = False,
    ) -> None:
        self.old, self.new, self.personas = old, new, personas
        names = match.touchpoints
        self._was = {names.get(id, f"-{id}"): point for id, point in old.touchpoints.items()}
        self._is = dict(new.touchpoints)
        renamed = {id: names.get(id, f"-{id}") for id in old.touchpoints}
        self._old_ways = {renamed[id]: routes_of(old.routes[id], renamed) for id in old.touchpoints}
        self._new_ways = {id: routes_of(new.routes[id]) for id in new.touchpoints}
        self._old_entry, self._new_entry = routes_of(old.entries, renamed), routes_of(new.entries)
        self._both = [id for id in self._was if id in self._is]
        back = {now: was for was, now in names.items()}
        self._shifted = moved(self._both, [id for id in self._is if id in self._was], back)
        self._of: dict[tuple[str, str], Factor] = {}
        self.factors = self._found(whole)

    def _found(self, whole: bool) -> tuple[Factor, ...]:
        found: list[Factor] = [*self._structures(whole)]
        for kind, fields in _FIELDS.items():
            ids = [id for id in self._both if differ(self._was[id], self._is[id], fields)]
            several: list[tuple[str, ...]] = [(id,) for id in ids]
            for these in [tuple(ids)] if len(ids) > MOST else several:
                factor = Factor(kind, these)
                self._of |= {(kind, id): factor for id in these}
                found.append(factor)
        for kind, fields in _WHOLE.items():
            if differ(self.old, self.new, fields):
                found.append(self._of.setdefault((kind, ""), Factor(kind)))
        shares = [
            shares_of_personas(journey, known)
            for journey, known in zip((self.old, self.new), self.personas, strict=True)
        ]
        if shares[0] != shares[1]:
            found.append(self._of.setdefault(("personas", ""), Factor("personas")))
        if self._shifted:
            shifted = tuple(id for id in self._is if id in self._shifted)
            found.append(self._of.setdefault(("moved", ""), Factor("moved", shifted)))
        return tuple(found)

    def _structures(self, whole: bool) -> Iterable[Factor]:
        """Yield what changes the graph: what came and went with the ways to it, and other ways."""
        single = {*(set(self._was) ^ set(self._is))}
        ends = {id for id in {**self.old.outcomes, **self.new.outcomes} if self._outcome(id)}
        loose = single | {f"={id}" for id in ends}
        groups = Groups()
        for id in loose:
            groups.find(id)
        ways: dict[str, set[str]] = {}
        for id in self._both:
            before, after = _shares(self._old_ways[id]), _shares(self._new_ways[id])
            if before != after:
                ways[id] = {*before, *after}
        for id in single:
            ways[id] = {*self._old_ways.get(id, {}), *self._new_ways.get(id, {})}
        if _shares(self._old_entry) != _shares(self._new_entry):
            ways["entry"] = {*self._old_entry, *self._new_entry}
        for id, targets in ways.items():
            for target in targets:
                # A touchpoint goes before an outcome of the same name.
                known = target if target in self._was or target in self._is else f"={target}"
                if known in loose:
                    groups.join(id, known)
            if whole:
                groups.join(id, "whole")
        for id in loose if whole else ():
            groups.join(id, "whole")
        members: dict[str, list[str]] = {}
        for id in sorted(loose | ways.keys()):
            members.setdefault(groups.find(id), []).append(id)
        if len(members) > MOST:
            members = {"whole": sorted(loose | ways.keys())}
        for group in members.values():
            factor = self._structure(group, single)
            self._of |= {("graph", id): factor for id in group}
            yield factor

    def _structure(self, group: list[str], single: set[str]) -> Factor:
        came = tuple(id for id in (*self._is, *self._was) if id in group and id in single)
        ways = tuple(id for id in self._both if id in group)
        ends = tuple(id[1:] for id in group if id.startswith("="))
        if came:
            return Factor("structure", tuple(id.removeprefix("-") for id in came), ways)
        if ends:
            return Factor("outcomes", ends, ways)
        return Factor("rerouted", ways) if ways else Factor("entry")

    def _outcome(self, id: str) -> bool:
        one, other = self.old.outcomes.get(id), self.new.outcomes.get(id)
        return one is None or other is None or one.result != other.result

    def build(self, made: frozenset[Factor]) -> tuple[Journey, Mapping[str, Persona]]:
        """Return the old journey with these changes made, and the personas that go with it."""

        def on(kind: str, id: str = "") -> bool:
            factor = self._of.get((kind, id))
            return factor is not None and factor in made

        points: dict[str, Touchpoint] = {}
        for id in self._order(on("moved")):
            known = self._is.get(id)
            was = self._was.get(id)
            if was is None or known is None:
                present = on("graph", id) == (known is not None)
                if not present:
                    continue
            base = was if was is not None else known
            assert base is not None
            change: dict[str, Any] = {}
            if was is not None and known is not None:
                change = {
                    field: getattr(known, field)
                    for kind, fields in _FIELDS.items()
                    if on(kind, id)
                    for field in fields
                }
            gone = was is None
            ways = self._new_ways if gone or (on("graph", id) and id in self._is) else self._old_ways
            points[id] = base.model_copy(update={**change, "id": id, "next": _written(ways[id])})
        source = self.new if on("personas") else self.old
        update: dict[str, Any] = {
            field: getattr(self.new if on(kind) else self.old, field)
            for kind, fields in _WHOLE.items()
            for field in fields
        }
        stage = self.old.stages[0].model_copy(update={"touchpoints": tuple(points.values())})
        update |= {
            "stages": (stage,),
            "persona": source.persona,
            "entry": _written(self._new_entry if on("graph", "entry") else self._old_entry) or None,
            "outcomes": self._outcomes(made),
        }
        journey = self.old.model_copy(update=update)
        for cached in ("places", "touchpoints", "routes", "entries"):
            journey.__dict__.pop(cached, None)
        return journey, self.personas[1] if on("personas") else self.personas[0]

    def _outcomes(self, made: frozenset[Factor]) -> dict[str, Any]:
        found = {}
        for id in {**self.old.outcomes, **self.new.outcomes}:
            factor = self._of.get(("graph", f"={id}"))
            side = self.new if factor is None or factor in made else self.old
            if id in side.outcomes:
                found[id] = side.outcomes[id]
        return found

    def _order(self, shifted: bool) -> list[str]:
        """Return all touchpoints: in the order of one version, the others after their neighbours."""
        first, second = (self._is, self._was) if shifted or not self._shifted else (self._was, self._is)
        order = list(first)
        at: str | None = None
        for id in second:
            if id not in first:
                order.insert(order.index(at) + 1 if at is not None else 0, id)
            at = id
        return order


def differ(one: Any, other: Any, fields: Iterable[str]) -> bool:
    """Whether any of these fields is different."""
    return any(getattr(one, field) != getattr(other, field) for field in fields)


def _shares(ways: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    return {target: spec["share"] for target, spec in ways.items() if spec["share"] > 0}


def _written(ways: Mapping[str, Mapping[str, Any]]) -> dict[str, RouteSpec]:
    return {target: RouteSpec.model_construct(p=spec["share"]) for target, spec in ways.items()}
