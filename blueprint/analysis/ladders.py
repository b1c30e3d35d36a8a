"""Ladders of service levels in themselves: their rungs, who is called when, the parts of a timeline.

Times are seconds. What a ladder means for one complaint is in `service_levels`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from blueprint.analysis.business_time import DAY
from blueprint.model.complaint import Escalation, Priority
from blueprint.model.practice import Ladder, Level, Moment

PRIORITIES: tuple[Priority, ...] = ("P0", "P1", "P2", "P3")


def level_of(ladder: Ladder, priority: Priority) -> Level | None:
    """Return the rung of a priority; None where the ladder has none."""
    return next((level for level in ladder.levels if level.priority == priority), None)


class LadderFault(NamedTuple):
    """What is wrong with a ladder."""

    kind: Literal["respond-after-resolve", "not-monotone", "twice"]
    at: int
    """The place of the level in the ladder."""
    clock: Literal["respond", "resolve", "priority"]
    other: int
    """The level it is held against."""


def ladder_faults(levels: Sequence[Level]) -> tuple[LadderFault, ...]:
    """Return where a ladder contradicts itself (SL01, SL02).

    Nobody may answer later than the matter is solved, and what is more urgent may not take longer, in
    either clock. The end of the day counts as 24 hours at most.
    """
    found: list[LadderFault] = []
    for at, level in enumerate(levels):
        resolve = _resolve(level)
        if resolve is not None and level.respond > resolve:
            found.append(LadderFault("respond-after-resolve", at, "respond", at))
    order = sorted(range(len(levels)), key=lambda at: (levels[at].priority, at))
    for before, after in pairwise(order):
        upper, lower = levels[before], levels[after]
        if upper.priority == lower.priority:
            found.append(LadderFault("twice", after, "priority", before))
            continue
        if upper.respond > lower.respond:
            found.append(LadderFault("not-monotone", before, "respond", after))
        slow, quick = _resolve(upper), _resolve(lower)
        if slow is not None and quick is not None and slow > quick:
            found.append(LadderFault("not-monotone", before, "resolve", after))
    return tuple(found)


def _resolve(level: Level) -> float | None:
    return level.resolve if level.resolve is not None else DAY if level.end_of_day else None


class PriorityScore(NamedTuple):
    """How urgent a case is, and why."""

    priority: Priority
    score: float
    """Σ w_k x_k over what was rated, in [0, 3]."""
    trigger: str | None
    """What made it P0 at once, if anything did."""


def priority_score(
    ladder: Ladder, ratings: Mapping[str, float], triggers: Iterable[str] = ()
) -> PriorityScore | None:
    """Grade a case by its ratings of 0 to 3, or by a hard trigger (domain 11.1).

    Args:
        ladder: the ladder, with weights that sum to 1 and cuts from P0 downwards (2.25, 1.5, 0.75).
        ratings: per weight a rating from 0 to 3; turn round what makes a case less urgent.
        triggers: what applies to the case; a level that lists one of them takes the case at once.

    Returns:
        The priority; None where the ladder weighs nothing or a rating is missing or off the scale.
    """
    applies = set(triggers)
    known = bool(ladder.weights) and all(0 <= ratings.get(name, -1) <= 3 for name in ladder.weights)
    score = sum(w * ratings[name] for name, w in ladder.weights.items()) if known else 0.0
    for level in sorted(ladder.levels, key=lambda level: level.priority):
        for trigger in level.triggers:
            if trigger in applies:
                return PriorityScore(level.priority, score, trigger)
    if not known:
        return None
    rung = next((at for at, cut in enumerate(ladder.cuts) if score >= cut - 1e-12), len(ladder.cuts))
    return PriorityScore(PRIORITIES[min(rung, 3)], score, None)


def in_charge(escalation: Sequence[Escalation], elapsed: float = 0.0, called: Iterable[int] = ()) -> int:
    """Return how far a case has moved up: 0 the first line, k the k-th of the escalation (domain 11.2).

    The highest rung of those that time calls and those that other triggers call (importance, complexity,
    emotion) takes the case. A rung without a time is never called by time.
    """
    timed = [
        at for at, rung in enumerate(escalation, 1) if rung.after is not None and elapsed >= rung.after
    ]
    return min(max([0, *timed, *called]), len(escalation))


class TimelineFault(NamedTuple):
    """A stretch of time that nobody answers for, or that two parts claim."""

    kind: Literal["gap", "overlap", "backwards"]
    at: int
    """The place of the later part."""
    start: float
    end: float


def timeline_faults(moments: Sequence[Moment]) -> tuple[TimelineFault, ...]:
    """Return gaps and overlaps between the parts of a timeline, in the order written (domain 11.3)."""
    found = [
        TimelineFault("backwards", at, m.end, m.begin) for at, m in enumerate(moments) if m.end < m.begin
    ]
    order = sorted(range(len(moments)), key=lambda at: (moments[at].begin, moments[at].end, at))
    reached: float | None = None
    for at in order:
        moment = moments[at]
        if reached is not None and moment.begin > reached:
            found.append(TimelineFault("gap", at, reached, moment.begin))
        elif reached is not None and moment.begin < reached and moment.end > moment.begin:
            found.append(TimelineFault("overlap", at, moment.begin, min(reached, moment.end)))
        reached = max(moment.end, reached or 0.0)
    return tuple(found)
