"""Which complaints were solved and written down: cases against articles of a knowledge base (S001)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blueprint.model.journey import Journey


@dataclass(frozen=True, slots=True)
class Known:
    """The cases of one touchpoint, and those of a type that an article tells how to solve."""

    touchpoint: str
    cases: int
    written: int
    unwritten: tuple[str, ...]
    """Types with cases and without an article, most cases first."""


def known_cases(journey: Journey) -> tuple[Known, ...]:
    """Hold counted cases against articles, at each touchpoint that has any article."""
    found = []
    for name, point in journey.touchpoints.items():
        complaint = point.complaint
        if complaint is None or not complaint.knowledge:
            continue
        cases = {type_: count for type_, count in complaint.cases.items() if count}
        without = {type_: count for type_, count in cases.items() if type_ not in complaint.knowledge}
        found.append(
            Known(
                name,
                sum(cases.values()),
                sum(cases.values()) - sum(without.values()),
                tuple(sorted(without, key=lambda type_: (-without[type_], type_))),
            )
        )
    return tuple(found)


def told(journey: Journey) -> dict[str, Any] | None:
    """Return the `knowledge` key of the analysis; None where no complaint names an article."""
    found = known_cases(journey)
    if not found:
        return None
    cases = sum(it.cases for it in found)
    return {
        "share": sum(it.written for it in found) / cases if cases else None,
        "touchpoints": [
            {
                "touchpoint": it.touchpoint,
                "cases": it.cases,
                "written": it.written,
                "unwritten": list(it.unwritten),
            }
            for it in found
        ],
    }
