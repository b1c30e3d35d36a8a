"""The ladder of needs, 规范→个性化→增值 (S002): what is added counts only above a standard that is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from blueprint.model.journey import Journey
from blueprint.model.people import NeedLevel
from blueprint.model.touchpoint import Touchpoint

RUNGS: tuple[NeedLevel, ...] = get_args(NeedLevel)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A need that is met while one below it, at the same touchpoint, is not."""

    met: int
    """Its index among the needs of the touchpoint."""
    unmet: int
    """The index of the lower one."""


def reached(point: Touchpoint) -> NeedLevel | None:
    """Return the highest rung that holds: its needs, and all below it, are met; None where none does.

    A rung of which no need is stated does not stand in the way.
    """
    last: NeedLevel | None = None
    for rung in RUNGS:
        here = [need.met for need in point.needs if need.level == rung]
        if any(met is not True for met in here):
            return last
        if here:
            last = rung
    return last


def skipped(point: Touchpoint) -> tuple[Skipped, ...]:
    """Return the needs met above one that is not; of several below, the lowest and first counts."""
    found = []
    for at, need in enumerate(point.needs):
        if need.level is None or not need.met:
            continue
        below = [
            (RUNGS.index(other.level), index)
            for index, other in enumerate(point.needs)
            if other.level is not None and other.met is False
        ]
        lower = [index for rung, index in sorted(below) if rung < RUNGS.index(need.level)]
        if lower:
            found.append(Skipped(at, lower[0]))
    return tuple(found)


def told(journey: Journey) -> dict[str, Any] | None:
    """Return the `needs_ladder` key of the analysis; None where no need stands on the ladder."""
    placed = {
        name: point
        for name, point in journey.touchpoints.items()
        if any(need.level is not None for need in point.needs)
    }
    if not placed:
        return None
    every = [need.level for point in placed.values() for need in point.needs]
    return {
        "count": {rung: every.count(rung) for rung in RUNGS},
        "reached": {name: reached(point) for name, point in placed.items()},
        "skipped": [
            {"touchpoint": name, "met": it.met, "unmet": it.unmet}
            for name, point in placed.items()
            for it in skipped(point)
        ],
    }
