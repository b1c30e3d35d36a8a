"""Moments of truth: how many, in which order, which are critical, and what each one carries (domain 2, 14).

Carlzon counted contacts (10 million passengers × 5 employees = 50 million moments a year at SAS). The
labels <ZMOT, ZMOT, FMOT, IMOT (AMOT), SMOT, TMOT are those of the trade; others are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from blueprint.analysis.chain import Chain, chain_of
from blueprint.analysis.results import JourneyAnalysis

MOMENTS: Final = ("<ZMOT", "ZMOT", "FMOT", "IMOT", "SMOT", "TMOT")
"""Trigger, research, first encounter, between purchase and receipt, use, telling others."""

_ALIASES: Final = {"AMOT": "IMOT", "＜ZMOT": "<ZMOT"}


@dataclass(frozen=True, slots=True)
class Criticality:
    """How much a touchpoint decides, and what is there to hold it."""

    touchpoint: str
    score: float
    """`H · importance · |emotion − neutral| · (1 + dropoff)`."""
    ever_visited: float
    importance: float
    strength: float
    """|emotion − neutral|."""
    dropoff: float
    """Probability that a visit is followed at once by a failure."""
    missing: tuple[str, ...]
    """Which of `script` and `owner` nobody wrote."""


@dataclass(frozen=True, slots=True)
class Disorder:
    """A moment that comes after one which should follow it."""

    touchpoint: str
    moment: str
    after: str
    """The touchpoint of the later moment that came before."""
    after_moment: str


def moment_rank(label: str | None) -> int | None:
    """Return the place of a label in the order of moments; None for labels of one's own."""
    if label is None:
        return None
    plain = label.strip().upper()
    plain = _ALIASES.get(plain, plain)
    return MOMENTS.index(plain) if plain in MOMENTS else None


def disordered(labels: Iterable[tuple[str, str | None]]) -> tuple[Disorder, ...]:
    """Find moments that come too late along a path.

    Args:
        labels: touchpoint and label, in the order of the path.
    """
    found: list[Disorder] = []
    latest: tuple[int, str, str] | None = None
    for touchpoint, label in labels:
        rank = moment_rank(label)
        if rank is None or label is None:
            continue
        if latest is not None and rank < latest[0]:
            found.append(Disorder(touchpoint, label, latest[1], latest[2]))
        else:
            latest = (rank, touchpoint, label)
    return tuple(found)


def carlzon_count(analysis: JourneyAnalysis) -> float | None:
    """Return how many moments of truth the service has in the period of its traffic.

    `journeys · Σ v_j`: every visit to a touchpoint is one. None where no traffic is written.
    """
    traffic = analysis.journey.traffic
    return traffic.journeys * sum(analysis.chain.visits.values()) if traffic else None


def criticality(analysis: JourneyAnalysis) -> tuple[Criticality, ...]:
    """Rank touchpoints by how much they decide, the most critical first (domain 2).

    `crit_j = H_j · importance_j · |e_j − ν| · (1 + dropoff_j)`, a decision of this project; an importance
    that nobody wrote is 1. Touchpoints without an emotion are left out: nobody knows how they feel.
    """
    journey, chain = analysis.journey, analysis.chain
    failures = {name for name, outcome in journey.outcomes.items() if outcome.result == "failure"}
    failures -= journey.touchpoints.keys()
    lost: dict[str, float] = {}
    for (source, to), times in chain.traversals.items():
        if to in failures:
            lost[source] = lost.get(source, 0.0) + times
    found = []
    for name, emotion in analysis.emotions.items():
        point, visits = journey.touchpoints[name], chain.visits[name]
        weight = 1.0 if point.importance is None else point.importance
        strength = abs(emotion - journey.neutral_emotion)
        dropoff = lost.get(name, 0.0) / visits if visits else 0.0
        present = {
            "script": point.script is not None and bool(point.script.lines),
            "owner": point.owner is not None,
        }
        found.append(
            Criticality(
                touchpoint=name,
                score=chain.ever_visited[name] * weight * strength * (1 + dropoff),
                ever_visited=chain.ever_visited[name],
                importance=weight,
                strength=strength,
                dropoff=dropoff,
                missing=tuple(part for part, there in present.items() if not there),
            )
        )
    return tuple(sorted(found, key=lambda it: -round(it.score, 12)))


def removal_effects(chain: Chain, goals: Iterable[str]) -> dict[str, float] | None:
    """Return per touchpoint the share of successes lost if everybody who got there were lost.

    `1 − P(goal | j leads to failure) / P(goal)`. Redirecting j loses just those who get to j and would
    have succeeded from there, so this is `H_j h_j / β` with `h = N R_goal`: one linear system for all
    touchpoints. None where nobody succeeds.
    """
    wanted = {at for at, name in enumerate(chain.outcomes) if name in set(goals)}
    hope = chain.factors.expected([sum(row.get(at, 0.0) for at in wanted) for row in chain.r])
    total = sum(chain.absorption[at] for at in wanted)
    if not total > 0:
        return None
    return {
        name: min(1.0, ever * hope[state] / total) if ever else 0.0
        for state, (name, ever) in enumerate(zip(chain.names, chain.ever, strict=True))
    }


def credits(effects: Mapping[str, float], successes: float = 1.0) -> dict[str, float]:
    """Share out successes among touchpoints by removal effect; nothing where all effects are 0."""
    total = sum(effects.values())
    return {name: successes * effect / total for name, effect in effects.items()} if total else {}


def removal_effects_of(analysis: JourneyAnalysis) -> dict[str, float] | None:
    """Return the removal effect of each touchpoint of a journey on its success."""
    goals = [name for name, outcome in analysis.journey.outcomes.items() if outcome.result == "success"]
    return removal_effects(chain_of(analysis.journey), goals)
