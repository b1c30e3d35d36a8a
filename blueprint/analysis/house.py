"""What a house says of itself, held against the courses: the service's own cycle, culture, groups, tiers.

S003 lets a service pass from strategy to design, transition and operation; what opens each gate is read
from the document, by this project's own conditions. S004 talks to four groups differently and names two
figures: a high-value customer has an answer within 24 hours, machines answer 80 % of common questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, get_args

from blueprint.model.customers import Customers
from blueprint.model.journey import Journey
from blueprint.model.people import CultureAxis, CustomerGroup, Policy, ServicePhase, Summary

if TYPE_CHECKING:
    from blueprint.model.standards import Standards

ANSWER_WITHIN: Final = 24 * 3600.0
"""How soon a high-value customer is answered (S004: 高价值专属 24 小时)."""
AUTOMATED: Final = 0.8
"""The share of common questions that machines answer (S004: 自动化处理80%常规)."""
COUNTS: Final[dict[str, tuple[int, int, int]]] = {"5-3-1": (5, 3, 1), "3-2-1": (3, 2, 1)}
"""Form of a summary → how many things learned, ideas, actions (S003)."""


def gates(journey: Journey) -> dict[ServicePhase, tuple[str, ...]]:
    """Return what each gate still lacks, in the order of the phases; nothing where it is open.

    strategy: an owner, whose journey it is, what it must keep. design: needs, first and end touchpoint.
    transition: an owner and a time at every touchpoint, words for complaints. operation: a measured figure,
    a date of review.
    """
    points = list(journey.touchpoints.values())
    kinds = {kind for point in points for kind in point.kinds}
    complaints = [point for point in points if "complaint" in point.kinds]
    figures = [*journey.metrics, *(metric for point in points for metric in point.metrics)]
    conditions: dict[ServicePhase, dict[str, bool]] = {
        "strategy": {
            "owner": journey.owner is not None,
            "persona": bool(journey.persona),
            "budgets": bool(journey.budgets),
        },
        "design": {
            "needs": any(point.needs for point in points),
            "first": "first" in kinds,
            "end": "end" in kinds,
        },
        "transition": {
            "touchpoint-owners": all(point.owner is not None for point in points),
            "times": all(point.time is not None for point in points),
            "complaint-scripts": any(point.script is not None for point in complaints) or not complaints,
        },
        "operation": {
            "measured": any(figure.value is not None and figure.n is not None for figure in figures),
            "reviewed": journey.reviewed is not None,
        },
    }
    return {phase: tuple(it for it, holds in its.items() if not holds) for phase, its in conditions.items()}


def reached(journey: Journey) -> ServicePhase | None:
    """Return the last phase whose gate, and every gate before it, is open; None where the first is shut."""
    last: ServicePhase | None = None
    for phase, lacking in gates(journey).items():
        if lacking:
            return last
        last = phase
    return last


def shut_gates(journey: Journey) -> dict[ServicePhase, tuple[str, ...]]:
    """Return the shut gates up to the phase that the journey says it is in."""
    if journey.governance is None:
        return {}
    order = get_args(ServicePhase)
    upto = order.index(journey.governance.phase)
    return {
        phase: lacking
        for phase, lacking in gates(journey).items()
        if lacking and order.index(phase) <= upto
    }


def as_taught(group: CustomerGroup, policy: Policy) -> bool | None:
    """Return whether a policy keeps the figure S004 names for its group; None where none is written."""
    if group == "high-value":
        return None if policy.within is None else policy.within <= ANSWER_WITHIN
    if group == "mass":
        return None if policy.automated is None else policy.automated >= AUTOMATED - 1e-9
    return None


@dataclass(frozen=True, slots=True)
class Reversal:
    """Something that a lower tier has and the next higher one has not."""

    lower: str
    higher: str
    item: str


def reversals(customers: Customers) -> Iterator[Reversal]:
    """Find what is lost on the way up; tiers are written lowest first."""
    for (lower, held), (higher, above) in pairwise(customers.entitlements.items()):
        yield from (Reversal(lower, higher, item) for item in held if item not in above)


def bare_tiers(customers: Customers) -> tuple[str, ...]:
    """Return the tiers with customers of which nobody says what belongs to them."""
    return tuple(tier for tier in customers.tiers if tier not in customers.entitlements)


def counts(summary: Summary) -> tuple[int, int, int]:
    """Return how many things learned, ideas and actions a summary has."""
    return len(summary.learned), len(summary.ideas), len(summary.actions)


def deliverables(journey: Journey) -> dict[str, int]:
    """Count what a service design hands over (S003: 服务设计成果物), as far as the journey holds it.

    strategy: needs that have a category and a level of service meant for them. touchpoints: those of a
    kind. standards: touchpoints with a time that is accepted, or a promise with a time. scripts: those with
    words. gaps: quality dimensions with both what is expected and what is perceived.
    """
    points = list(journey.touchpoints.values())
    return {
        "strategy": sum(
            need.kano is not None and (need.level or point.level or journey.level) is not None
            for point in points
            for need in point.needs
        ),
        "touchpoints": sum(bool(point.kinds) for point in points),
        "standards": sum(
            bool(point.time and point.time.tolerance is not None)
            or any(promise.due is not None for promise in point.promises)
            for point in points
        ),
        "scripts": sum(bool(point.script and point.script.lines) for point in points),
        "gaps": sum(
            asked.expected is not None and asked.perceived is not None
            for point in points
            for asked in point.quality.values()
        ),
    }


def told(journey: Journey, standards: Standards) -> dict[str, Any]:
    """Return the `house` key of the analysis; parts of which nothing is written are null."""
    customers = journey.customers or Customers()
    found = deliverables(journey)
    axes = {axis: it.score for axis, it in journey.culture.items()}
    known = {axis: score for axis, score in axes.items() if score is not None}
    return {
        "governance": None
        if journey.governance is None
        else {
            "phase": journey.governance.phase,
            "reached": reached(journey),
            "gates": {phase: list(lacking) for phase, lacking in gates(journey).items()},
        },
        "culture": {
            "scores": axes,
            "missing": [axis for axis in get_args(CultureAxis) if axis not in axes],
            "weakest": min(known, key=lambda axis: known[axis]) if known else None,
        }
        if journey.culture
        else None,
        "policies": {
            "as_taught": {group: as_taught(group, it) for group, it in customers.policies.items()},
            "missing": [group for group in get_args(CustomerGroup) if group not in customers.policies],
        }
        if customers.policies
        else None,
        "entitlements": {
            "tiers": {tier: list(items) for tier, items in customers.entitlements.items()},
            "bare": list(bare_tiers(customers)),
            "reversals": [
                {"lower": it.lower, "higher": it.higher, "item": it.item} for it in reversals(customers)
            ],
        }
        if customers.entitlements
        else None,
        "lessons": None
        if journey.lessons is None
        else {
            "form": journey.lessons.form,
            "counts": list(counts(journey.lessons)),
            "whole": counts(journey.lessons) == COUNTS[journey.lessons.form],
        },
        "deliverables": {**found, "missing": [name for name, count in found.items() if not count]},
        "cases": [
            {"claim": id, "source": claim.source, "verified": claim.verified, "use": list(claim.use)}
            for id in journey.cases
            if (claim := standards.claims.get(id)) is not None
        ]
        or None,
    }
