"""How urgent a complaint is by its class, by five factors and by what makes it P0 at once (S000, S001).

Six classes of problem have a priority of their own (问题分类6). Five factors, each from 0 to 3, are weighed
by the ladder's weights, which are this project's (domain 11.1); a hard trigger takes the case to its level
whatever the score. The two axes of S000 are read off the factors: urgency, and importance as the weighted
mean of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blueprint.analysis.ladders import PRIORITIES, priority_score
from blueprint.diagnostic import Message
from blueprint.model.complaint import Complaint, Priority
from blueprint.model.journey import Journey
from blueprint.model.practice import ComplaintType, Ladder

if TYPE_CHECKING:
    from blueprint.model.standards import Standards

CLASSES = (
    "safety-hazard", "financial-risk", "core-function", "process-obstacle", "poor-experience", "question",
)  # fmt: skip
"""The six classes of problem of S000, most urgent first."""
_URGENCY = "urgency"


@dataclass(frozen=True, slots=True)
class Urgency:
    """What a complaint says about its own urgency."""

    declared: Priority | None
    by_class: Priority | None
    """The most urgent one among the six classes it names, else among all its types."""
    class_of: str | None
    """The type that makes it so."""
    by_factors: Priority | None
    """By the factors, or by a trigger."""
    score: float | None
    """Σ w x of 0 to 3."""
    trigger: str | None
    axes: tuple[float, float] | None
    """Urgency and importance, 0 to 3."""
    missing: tuple[str, ...]
    """Factors that the ladder weighs and nobody rated, where some are."""
    reason: Message | None

    @property
    def understated(self) -> bool:
        """Whether the declared priority is less urgent than its factors or triggers say."""
        return (
            self.declared is not None
            and self.by_factors is not None
            and PRIORITIES.index(self.declared) > PRIORITIES.index(self.by_factors)
        )


def ladder_of(complaint: Complaint, ladders: Mapping[str, Ladder]) -> Ladder | None:
    """Return the ladder that the complaint names, or the only one there is."""
    if complaint.ladder is not None:
        return ladders.get(complaint.ladder)
    return next(iter(ladders.values())) if len(ladders) == 1 else None


def urgency(
    complaint: Complaint, ladders: Mapping[str, Ladder], types: Mapping[str, ComplaintType]
) -> Urgency:
    """Say how urgent a complaint is, from each of the three sides.

    Args:
        complaint: how it is graded and handled.
        ladders: ladders by id.
        types: kinds of complaint by id, with their priorities.
    """
    named = list(dict.fromkeys([*complaint.types, *complaint.cases]))
    named = [it for it in named if it in CLASSES] or named
    graded = [(types[it].priority, it) for it in named if it in types]
    classes = sorted((priority, it) for priority, it in graded if priority is not None)
    ladder = ladder_of(complaint, ladders)
    rated, reason = None, None
    missing: tuple[str, ...] = ()
    if complaint.factors or complaint.triggers:
        if ladder is None:
            reason = Message("no ladder says how factors weigh", "没有服务等级阶梯说明各因素的权重")
        else:
            missing = tuple(it for it in ladder.weights if it not in complaint.factors)
            rated = priority_score(ladder, complaint.factors, complaint.triggers)
            if rated is None:
                names = ", ".join(missing)
                reason = Message(f"not rated: {names}", f"未评级：{names}")
    scored = rated is not None and not missing
    return Urgency(
        declared=complaint.priority,
        by_class=classes[0][0] if classes else None,
        class_of=classes[0][1] if classes else None,
        by_factors=rated.priority if rated else None,
        score=rated.score if rated and scored else None,
        trigger=rated.trigger if rated else None,
        axes=_axes(complaint.factors, ladder) if scored and ladder else None,
        missing=missing if complaint.factors else (),
        reason=reason,
    )


def _axes(factors: Mapping[str, float], ladder: Ladder) -> tuple[float, float] | None:
    others = {name: w for name, w in ladder.weights.items() if name != _URGENCY}
    whole = sum(others.values())
    if _URGENCY not in ladder.weights or not whole:
        return None
    return factors[_URGENCY], sum(w * factors[name] for name, w in others.items()) / whole


def told(journey: Journey, standards: Standards) -> list[dict[str, Any]] | None:
    """Return the urgency of each complaint as plain data; None where nothing says anything of it."""
    found = []
    for name, point in journey.touchpoints.items():
        if point.complaint is None:
            continue
        it = urgency(point.complaint, standards.ladders, standards.complaint_types)
        if it.by_class is None and it.by_factors is None and it.reason is None:
            continue
        found.append(
            {
                "touchpoint": name,
                "declared": it.declared,
                "by_class": it.by_class,
                "class": it.class_of,
                "by_factors": it.by_factors,
                "score": it.score,
                "trigger": it.trigger,
                "urgency": it.axes[0] if it.axes else None,
                "importance": it.axes[1] if it.axes else None,
                "missing": list(it.missing),
                "understated": it.understated,
                "reason": it.reason,
            }
        )
    return found or None
