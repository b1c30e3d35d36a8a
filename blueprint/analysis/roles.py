"""How much each role has to do, what is handed over, whom the customer meets (domain section 12).

Load per role: `Σ executions · standard time` over the steps the role is responsible for, compared with its
working time. A handover is complete when it says what, by when, and that the other side confirms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blueprint.analysis import posts
from blueprint.analysis.delivery import visits_of
from blueprint.analysis.process import process_of
from blueprint.analysis.raci import first_steps, handoffs, raci_faults
from blueprint.analysis.results import BlueprintAnalysis
from blueprint.model.journey import Journey
from blueprint.model.service import Actor, HandoffSpec, ServiceBlueprint, Step
from blueprint.model.values import Text


@dataclass(frozen=True, slots=True)
class Load:
    """How much time a role needs for the journeys that are expected."""

    actor: str
    steps: int
    """Steps the role is responsible for."""
    untimed: int
    """Of these, steps without a standard time: the load is at least what is said."""
    seconds_per_journey: float
    seconds_per_period: float | None
    """None where the journey names no traffic."""
    capacity_seconds: float | None
    """Working time in the period; None where nobody wrote it."""
    utilisation: float | None
    """Load over capacity; None where one of the two is not written."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """How complete one handover is."""

    source: str
    target: str
    content: bool
    """Says what is handed over."""
    deadline: bool
    confirmed: bool
    payload: float | None
    """`|provided ∩ required| / |required|`; None where nobody says what is required."""
    missing: tuple[Text, ...]
    """What is required and not handed over."""

    @property
    def complete(self) -> bool:
        """Nothing is missing."""
        return self.content and self.deadline and self.confirmed and not self.missing


def responsible_for(step: Step) -> tuple[str, ...]:
    """Return who does a step: as its RACI says, else its actor."""
    return step.raci.responsible if step.raci and step.raci.responsible else (step.actor,)


def contacts(blueprint: ServiceBlueprint) -> dict[str, tuple[str, ...]]:
    """Return the people whom the customer meets, by touchpoint, in the order of the steps."""
    found: dict[str, dict[str, None]] = {}
    for step in blueprint.steps:
        actor = blueprint.actors.get(step.actor)
        if actor is not None and actor.zone == "frontstage" and not actor.technology:
            found.setdefault(step.at, {})[step.actor] = None
    return {column: tuple(people) for column, people in found.items()}


def handoff_of(source: str, target: str, spec: HandoffSpec) -> Handoff:
    """Judge one handover: what, by when, whether the other side confirms, and what is missing of it.

    What is needed is handed over where the two are written with the same words, in any language.

    Args:
        source: the step before.
        target: the step after.
        spec: what is written of the way between them.
    """
    provided = {word for text in spec.hands_over for word in _words(text)}
    needed = tuple(dict.fromkeys(spec.needs))
    missing = tuple(item for item in needed if not provided & _words(item))
    return Handoff(
        source=source,
        target=target,
        content=bool(spec.hands_over),
        deadline=spec.within is not None,
        confirmed=bool(spec.confirmed),
        payload=1 - len(missing) / len(needed) if needed else None,
        missing=missing,
    )


def _words(text: Text) -> set[str]:
    written = [text.root] if isinstance(text.root, str) else text.root.values()
    return {" ".join(words.casefold().split()) for words in written}


def capacity_of(actor: Actor) -> float | None:
    """Return the seconds of work an actor has per period: people (one where left out) times their time."""
    return None if actor.capacity is None else actor.capacity * (actor.people or 1.0)


def loads(blueprint: ServiceBlueprint, journey: Journey | None = None) -> tuple[Load, ...]:
    """Compute the load of each role that does something, in the order of the actors.

    Steps are weighted by their expected executions per journey; the time of a step counts in full for
    each of those responsible for it. Waiting is no work.

    Args:
        blueprint: the blueprint.
        journey: the journey it delivers, for visits and traffic; without it each column is visited once.
    """
    process = process_of(blueprint, visits_of(journey))
    seconds: dict[str, float] = {}
    steps: dict[str, int] = {}
    untimed: dict[str, int] = {}
    for name, step in first_steps(blueprint).items():
        time = step.time.standard if step.time else None
        for role in dict.fromkeys(responsible_for(step)):
            steps[role] = steps.get(role, 0) + 1
            untimed[role] = untimed.get(role, 0) + (time is None)
            seconds[role] = seconds.get(role, 0.0) + process.executions[name] * (time or 0.0)
    times = journey.traffic.journeys if journey and journey.traffic else None
    found = []
    for role in blueprint.actors:
        if role in steps:
            per_period = None if times is None else times * seconds[role]
            able = capacity_of(blueprint.actors[role])
            found.append(
                Load(
                    actor=role,
                    steps=steps[role],
                    untimed=untimed[role],
                    seconds_per_journey=seconds[role],
                    seconds_per_period=per_period,
                    capacity_seconds=able,
                    utilisation=per_period / able if per_period is not None and able else None,
                )
            )
    return tuple(found)


def told(analysis: BlueprintAnalysis) -> dict[str, Any]:
    """Return the `roles` key of the analysis of a blueprint as plain data."""
    blueprint = analysis.blueprint
    judged = [handoff_of(link.source, link.target, link.spec) for link, _, _ in handoffs(blueprint)]
    return {
        "raci_steps": sum(1 for step in first_steps(blueprint).values() if step.raci is not None),
        "faults": [
            {
                "fault": it.fault,
                "step": it.step,
                "actors": list(it.actors),
                "figure": it.figure,
            }
            for it in raci_faults(blueprint)
        ],
        "loads": {
            it.actor: {
                "steps": it.steps,
                "untimed": it.untimed,
                "seconds_per_journey": it.seconds_per_journey,
                "seconds_per_period": it.seconds_per_period,
                "capacity_seconds": it.capacity_seconds,
                "utilisation": it.utilisation,
            }
            for it in loads(blueprint, analysis.journey)
        },
        "handovers": {
            "count": len(judged),
            "content": sum(it.content for it in judged),
            "deadline": sum(it.deadline for it in judged),
            "confirmed": sum(it.confirmed for it in judged),
            "complete": sum(it.complete for it in judged),
            "payloads": [
                {
                    "from": it.source,
                    "to": it.target,
                    "payload": it.payload,
                    "missing": [item.root for item in it.missing],
                }
                for it in judged
                if it.payload is not None
            ],
        },
        "indicators": posts.told(blueprint),
        "contacts": {column: list(people) for column, people in contacts(blueprint).items()},
    }
