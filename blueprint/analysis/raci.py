"""The RACI matrix of a blueprint: who answers, does, is asked, is told, and where that does not add up.

Every row has exactly one accountable role and somebody responsible; the accountable may be responsible too.
Consulted roles are asked before, informed ones told after (domain section 12, RA01–RA08).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from blueprint.model.service import Link, Raci, ServiceBlueprint, Step

CROWD: Final = 3
"""More than so many responsible or consulted roles on one step are a bottleneck."""
OVERLOAD: Final = 0.4
"""A role accountable for more than this share of the steps answers for too much."""
FEWEST: Final = 5
"""Of fewer steps with an accountable role no share says anything."""

Fault = Literal[
    "no-accountable",
    "no-responsible",
    "crowd",
    "no-entry",
    "overload",
    "other-lane",
    "uninformed",
    "several-contacts",
    "unseen-contact",
]


@dataclass(frozen=True, slots=True)
class RaciFault:
    """One check of a RACI matrix that a blueprint fails."""

    fault: Fault
    step: str | None
    """The step it is about; None where it is about a role."""
    actors: tuple[str, ...]
    """The roles concerned; for `uninformed` the accountable of the next step."""
    figure: float | None = None
    """How many, or which share; None where the fault has no figure."""
    field: str | None = None
    """For `crowd`: `responsible` or `consulted`."""
    to: str | None = None
    """For `uninformed`: the step that follows."""


def raci_faults(
    blueprint: ServiceBlueprint, *, crowd: int = CROWD, overload: float = OVERLOAD
) -> tuple[RaciFault, ...]:
    """Check the RACI matrix of a blueprint; only its contacts where no step has one.

    Systems are not checked: they answer for nothing. Whoever does a step need not be named informed of it,
    and an actor that is accountable, responsible, consulted or informed anywhere has an entry.

    Args:
        blueprint: the blueprint.
        crowd: the most responsible, and the most consulted, roles on a step.
        overload: the largest share of the steps that one role may be accountable for.
    """
    rows = [(step, step.raci) for step in first_steps(blueprint).values() if step.raci is not None]
    if not rows:
        return tuple(_contacts(blueprint))
    return (
        *(fault for step, raci in rows for fault in _of_row(blueprint, step, raci, crowd)),
        *_without_entry(blueprint, [raci for _, raci in rows]),
        *_overloaded([raci for _, raci in rows], overload),
        *_uninformed(blueprint),
        *_contacts(blueprint),
    )


def _of_row(blueprint: ServiceBlueprint, step: Step, raci: Raci, crowd: int) -> Iterable[RaciFault]:
    if raci.accountable is None:
        yield RaciFault("no-accountable", step.id, ())
    if not raci.responsible:
        yield RaciFault("no-responsible", step.id, ())
    for field, roles in (("responsible", raci.responsible), ("consulted", raci.consulted)):
        if len(set(roles)) > crowd:
            yield RaciFault("crowd", step.id, tuple(dict.fromkeys(roles)), len(set(roles)), field)
    acting = blueprint.actors.get(step.actor)
    if acting is None or acting.zone != "frontstage" or not raci.responsible:
        return
    zones = {actor.zone for role in raci.responsible if (actor := blueprint.actors.get(role))}
    # A screen in front of the customer is run from behind the line: only people must stand where they act.
    if zones and "frontstage" not in zones and not acting.technology:
        yield RaciFault("other-lane", step.id, tuple(dict.fromkeys(raci.responsible)))


def _without_entry(blueprint: ServiceBlueprint, rows: Iterable[Raci]) -> Iterable[RaciFault]:
    named: set[str] = set()
    for raci in rows:
        named |= {*raci.responsible, *raci.consulted, *raci.informed}
        named |= {raci.accountable} if raci.accountable else set()
    for name, actor in blueprint.actors.items():
        if not actor.technology and name not in named:
            yield RaciFault("no-entry", None, (name,))


def _overloaded(rows: Iterable[Raci], overload: float) -> Iterable[RaciFault]:
    answers = [raci.accountable for raci in rows if raci.accountable is not None]
    if len(answers) < FEWEST or len(set(answers)) < 2:
        return
    for name in dict.fromkeys(answers):
        share = answers.count(name) / len(answers)
        if share > overload + 1e-9:
            yield RaciFault("overload", None, (name,), share)


def _uninformed(blueprint: ServiceBlueprint) -> Iterable[RaciFault]:
    """Find handoffs between steps of different accountable roles of which the next one is not told."""
    for link, before, after in handoffs(blueprint):
        if before.raci is None or after.raci is None:
            continue
        answers, next_ = before.raci.accountable, after.raci.accountable
        if answers is None or next_ is None or answers == next_:
            continue
        told_of = {*before.raci.informed, *before.raci.consulted, *before.raci.responsible, before.actor}
        if not told_of & {next_, *after.raci.responsible, after.actor}:
            yield RaciFault("uninformed", before.id, (next_,), to=link.target)


def first_steps(blueprint: ServiceBlueprint) -> dict[str, Step]:
    """Return the steps by id; of two with one id, the first."""
    found: dict[str, Step] = {}
    for step in blueprint.steps:
        found.setdefault(step.id, step)
    return found


def _contacts(blueprint: ServiceBlueprint) -> Iterable[RaciFault]:
    """Find more than one "one contact", and one whom the customer never meets."""
    named = tuple(name for name, actor in blueprint.actors.items() if actor.contact)
    if len(named) > 1:
        yield RaciFault("several-contacts", None, named, len(named))
    acting = {step.actor for step in blueprint.steps}
    for name in named:
        if blueprint.actors[name].zone != "frontstage" or name not in acting:
            yield RaciFault("unseen-contact", None, (name,))


def handoffs(blueprint: ServiceBlueprint) -> tuple[tuple[Link, Step, Step], ...]:
    """Return the links on which work passes from one actor to another, with the steps before and after."""
    steps = first_steps(blueprint)
    return tuple(
        (link, steps[link.source], steps[link.target])
        for link in blueprint.links_between
        if link.source in steps
        and link.target in steps
        and steps[link.source].actor != steps[link.target].actor
    )
