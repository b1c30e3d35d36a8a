"""How far a conflict may run, and where it can still be left (S000, 冲突升级5阶段).

Touchpoints say which stage of a course to keep away from they are (`follows: {escalation-path5: heat}`).
How many journeys reach a stage is the chance that a journey visits any of its touchpoints; how many get out
there is the share of visits to them that go on to none of the course.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from blueprint.analysis.chain import Chain, chain_of
from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.practice import Protocol


@dataclass(frozen=True, slots=True)
class ConflictStage:
    """One stage of the course."""

    stage: str
    touchpoints: tuple[str, ...]
    """Empty: the journey never comes so far, as far as it says."""
    reached: float
    """Share of journeys that come so far."""
    exits: float | None
    """Share of the visits here that leave the course at once; None where nobody comes here."""


@dataclass(frozen=True, slots=True)
class Course:
    """A course of events to keep away from, along a journey."""

    protocol: str
    stages: tuple[ConflictStage, ...]
    furthest: str | None
    """The last stage that any journey reaches."""
    earliest_exit: str | None
    """The first stage that can be left."""


def reached(chain: Chain, names: Iterable[str]) -> float:
    """Return the chance that a journey visits any of the touchpoints.

    They are made ends of the chain: what is absorbed there is the chance of a first visit.
    """
    wanted = {at for at, name in enumerate(chain.names) if name in set(names)}
    if not wanted:
        return 0.0
    end = len(chain.outcomes)
    cut = Chain(
        chain.names,
        (*chain.outcomes, "reached"),
        tuple({} if at in wanted else dict(row) for at, row in enumerate(chain.q)),
        tuple({end: 1.0} if at in wanted else dict(row) for at, row in enumerate(chain.r)),
        chain.alpha,
    )
    return min(1.0, cut.absorption[end])


def course(analysis: JourneyAnalysis, name: str, protocol: Protocol) -> Course | None:
    """Follow a course along a journey; None where no touchpoint says it belongs to it."""
    points = analysis.journey.touchpoints
    by_stage = {
        step.id: tuple(id for id, point in points.items() if step.id in point.follows.get(name, ()))
        for step in protocol.steps
    }
    members = {id for ids in by_stage.values() for id in ids}
    if not members:
        return None
    chain, figures = chain_of(analysis.journey), analysis.chain
    stages: list[ConflictStage] = []
    for stage, ids in by_stage.items():
        visits = sum(figures.visits[id] for id in ids)
        staying = sum(
            times
            for (source, target), times in figures.traversals.items()
            if source in ids and target in members
        )
        stages.append(
            ConflictStage(stage, ids, reached(chain, ids), 1 - staying / visits if visits > 0 else None)
        )
    come = [it.stage for it in stages if it.reached > 1e-12]
    left = [it.stage for it in stages if it.exits is not None and it.exits > 1e-12]
    return Course(name, tuple(stages), come[-1] if come else None, left[0] if left else None)


def told(analysis: JourneyAnalysis, protocols: Mapping[str, Protocol]) -> dict[str, Any] | None:
    """Return the `conflict` key of the analysis as plain data; None where no touchpoint names a course."""
    found: dict[str, Any] = {}
    for name, protocol in protocols.items():
        it = course(analysis, name, protocol) if protocol.avoid else None
        if it is not None:
            found[name] = {
                "stages": {
                    stage.stage: {
                        "touchpoints": list(stage.touchpoints),
                        "reached": stage.reached,
                        "exits": stage.exits,
                    }
                    for stage in it.stages
                },
                "furthest": it.furthest,
                "earliest_exit": it.earliest_exit,
            }
    return found or None
