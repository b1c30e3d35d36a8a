"""Versions in between of a service blueprint: some of the changes made and the others not."""

from __future__ import annotations

from blueprint.analysis.hybrids import MOST, Factor, Groups, differ
from blueprint.analysis.matching import match_actors, match_steps
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint, Step


class BlueprintHybrids:
    """All service blueprints between two versions of one. Ids are the new ones throughout.

    Args:
        old: the old version with its journey.
        new: the new version with its journey.
    """

    def __init__(
        self,
        old: tuple[ServiceBlueprint, Journey | None],
        new: tuple[ServiceBlueprint, Journey | None],
    ) -> None:
        self.old, self.new = old, new
        steps, actors = match_steps(old[0], new[0]), match_actors(old[0], new[0])
        renamed = {s.id: steps.get(s.id, f"-{s.id}") for s in old[0].steps}
        parts = {id: actors.get(id, f"-{id}") for id in old[0].actors}
        self._actors_was = {parts[id]: actor for id, actor in old[0].actors.items()}
        self._was: dict[str, Step] = {}
        for step in old[0].steps:
            ways = {
                renamed.get(link.target, link.target): link.spec
                for link in old[0].links_between
                if link.source == step.id
            }
            copy = {
                "id": renamed[step.id],
                "actor": parts.get(step.actor, step.actor),
                "next": ways or None,
            }
            self._was.setdefault(renamed[step.id], step.model_copy(update=copy))
        self._is: dict[str, Step] = {}
        for step in new[0].steps:
            ways = {link.target: link.spec for link in new[0].links_between if link.source == step.id}
            self._is.setdefault(step.id, step.model_copy(update={"next": ways or None}))
        self._of: dict[tuple[str, str], Factor] = {}
        self.factors = self._found()

    def _found(self) -> tuple[Factor, ...]:
        single = set(self._was) ^ set(self._is)
        fields = ("at", "actor", "time", "next", "parallel", "fails", "wait", "decision")
        changed = [id for id in self._was if id in self._is and differ(self._was[id], self._is[id], fields)]
        groups = Groups()
        for id in (*single, *changed):
            groups.find(id)
            for side in (self._was, self._is):
                step = side.get(id)
                for target in step.next or {} if step is not None else {}:
                    if target in single:
                        groups.join(id, target)
        members: dict[str, list[str]] = {}
        for id in sorted((*single, *changed)):
            members.setdefault(groups.find(id), []).append(id)
        if len(members) > MOST:
            members = {"whole": sorted((*single, *changed))}
        found = []
        for group in members.values():
            came = tuple(
                id.removeprefix("-") for id in (*self._is, *self._was) if id in group and id in single
            )
            ways = tuple(id for id in self._is if id in group and id not in single)
            factor = Factor("structure", tuple(dict.fromkeys(came)), ways) if came else Factor("step", ways)
            self._of |= {("step", id): factor for id in group}
            found.append(factor)
        actors = [
            id
            for id, actor in self._actors_was.items()
            if (other := self.new[0].actors.get(id)) and differ(actor, other, ("zone",))
        ]
        found += [self._of.setdefault(("actor", id), Factor("actor", (id,))) for id in actors]
        if self.old[1] != self.new[1]:
            found.append(self._of.setdefault(("journey", ""), Factor("journey")))
        return tuple(found)

    def build(self, made: frozenset[Factor]) -> tuple[ServiceBlueprint, Journey | None]:
        """Return the old blueprint with these changes made, and the journey that goes with it."""
        steps = []
        order = list(self._is)
        at: str | None = None
        for id in self._was:
            if id not in self._is:
                order.insert(order.index(at) + 1 if at is not None else 0, id)
            at = id
        for id in order:
            side = self._is if self._of.get(("step", id)) in made else self._was
            step = side.get(id)
            if step is None and ("step", id) not in self._of:
                step = self._is[id]
            if step is not None:
                steps.append(step)
        actors = {**self._actors_was, **self.new[0].actors}
        actors |= {
            id: actor
            for id, actor in self._actors_was.items()
            if ("actor", id) in self._of and self._of["actor", id] not in made
        }
        update = {"steps": tuple(steps), "actors": actors}
        blueprint = self.old[0].model_copy(update=update)
        blueprint.__dict__.pop("links_between", None)
        journey = self.new[1] if self._of.get(("journey", "")) in made else self.old[1]
        return blueprint, journey
