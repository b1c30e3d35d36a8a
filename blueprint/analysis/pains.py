"""Where it hurts: pains by weight, and valleys of the emotion curve."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from blueprint.analysis.action_priority import STANDARD, ActionTable, Priority
from blueprint.analysis.results import ChainFigures, RankedPain, Valley
from blueprint.model.journey import Journey

UNSCORED_SEVERITY = 5
"""What a pain without a severity is ranked with: the middle of the scale."""


def ranked_pains(
    journey: Journey, chain: ChainFigures, table: Callable[[], ActionTable] | None = None
) -> tuple[RankedPain, ...]:
    """Rank pains by expected visits × severity, worst first.

    Equal weights are told apart by action priority, then severity, then occurrence × detection (domain
    9.2), then by the order of the document.

    Args:
        journey: the journey.
        chain: its figures, for the visits.
        table: gives the table of action priorities in force; asked only where a pain is rated, since
            reading playbooks takes time. The built-in table where it is None.
    """
    found = []
    priorities: ActionTable | None = None
    for name, point in journey.touchpoints.items():
        for index, pain in enumerate(point.pains):
            ratings = (pain.severity, pain.occurrence, pain.detection)
            severity, occurrence, detection = ratings
            letter: Priority | None = None
            if severity is not None and occurrence is not None and detection is not None:
                priorities = priorities or (table() if table else STANDARD)
                letter = priorities.read(severity, occurrence, detection).priority
            weight = chain.visits[name] * (severity if severity is not None else UNSCORED_SEVERITY)
            ranked = RankedPain(
                touchpoint=name,
                index=index,
                visits=chain.visits[name],
                severity=severity,
                weight=weight,
                money_per_period=_money(journey, chain, name),
                action_priority=letter,
            )
            rank = (
                -round(weight, 12),
                "HML".index(letter) if letter else 3,
                -(severity or 0),
                -(occurrence or 0) * (detection or 0),
            )
            found.append((rank, ranked))
    return tuple(ranked for _, ranked in sorted(found, key=lambda pair: pair[0]))


def _money(journey: Journey, chain: ChainFigures, touchpoint: str) -> float | None:
    traffic = journey.traffic
    if traffic is None or traffic.value is None:
        return None
    lost = sum(
        before.get(touchpoint, 0.0)
        for outcome, before in chain.last_before.items()
        if journey.outcomes[outcome].result == "failure"
    )
    return traffic.journeys * traffic.value.amount * lost


def valleys(journey: Journey, emotions: Mapping[str, float]) -> tuple[Valley, ...]:
    """Find touchpoints in a row, as written, that all feel worse than neutral; longest first.

    A touchpoint without a score ends a valley: nobody said that it feels bad. Of two valleys of equal
    length the deeper comes first, then the earlier.
    """
    neutral = journey.neutral_emotion
    found: list[Valley] = []
    run: list[str] = []
    for name in (*journey.touchpoints, None):
        if name is not None and emotions.get(name, neutral) < neutral:
            run.append(name)
        elif run:
            found.append(Valley(tuple(run), min(emotions[it] for it in run)))
            run = []
    return tuple(sorted(found, key=lambda valley: (-len(valley.touchpoints), valley.depth)))
