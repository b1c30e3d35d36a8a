"""Two indices watched together, wave by wave: do CSAT and NPS move, and do they part (domain 6.5).

Each wave is held against a baseline, the inverse-variance mean of up to four waves before it. CSAT tells
how the transaction went, NPS what is left of the relationship; where they move apart, that is the news.
Many touchpoints make some alarm by chance, so p-values are adjusted by Holm 1979, Scandinavian Journal of
Statistics 6:65.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt
from typing import Final, Literal, NamedTuple, TypeVar

from blueprint.analysis.distributions import normal_p

BEFORE: Final = 4
"""Waves in the baseline: the four quarters before."""
ALARM_Z: Final = 1.96
PARTING_Z: Final = 1.28
"""Both indices must have moved this far, in opposite directions, to be called diverging."""

Key = TypeVar("Key", bound=Hashable)


class Reading(NamedTuple):
    """An index with its standard error, in its own unit."""

    value: float
    error: float


class Change(NamedTuple):
    """A reading against its baseline."""

    baseline: Reading
    difference: float
    z: float
    p: float
    """Two-sided."""
    alarm: bool
    """|z| ≥ 1.96."""


def baseline(waves: Sequence[Reading]) -> Reading | None:
    """Return the inverse-variance mean Σ(x/s²)/Σ(1/s²) with error 1/√Σ(1/s²); None without waves.

    Raises:
        ValueError: an error is not positive, so that its wave would weigh infinitely.
    """
    if not all(isfinite(wave.value) and wave.error > 0 and isfinite(wave.error) for wave in waves):
        raise ValueError("a wave needs a value and a standard error above 0")
    if not waves:
        return None
    weights = [1 / wave.error**2 for wave in waves]
    total = fsum(weights)
    mean = fsum(w * wave.value for w, wave in zip(weights, waves, strict=True)) / total
    return Reading(mean, 1 / sqrt(total))


def change(waves: Sequence[Reading]) -> Change | None:
    """Hold the last wave against the up to four before it; None where there is none before.

    z = (x − baseline) / √(s² + s_baseline²).
    """
    if len(waves) < 2:
        return None
    latest, before = waves[-1], baseline(waves[-1 - BEFORE : -1])
    if before is None or baseline([latest]) is None:
        return None
    difference = latest.value - before.value
    z = difference / sqrt(latest.error**2 + before.error**2)
    return Change(before, difference, z, normal_p(z), abs(z) >= ALARM_Z)


Quadrant = Literal[
    "both-up", "transaction-fine-relationship-eroding", "loyal-despite-friction", "both-down"
]


@dataclass(frozen=True, slots=True)
class DualIndex:
    """What CSAT and NPS say together about the last wave."""

    csat: Change
    nps: Change
    diverging: bool
    """The indices moved in opposite directions, each with |z| ≥ 1.28."""
    quadrant: Quadrant | None
    """By the signs of the two changes; None where one did not change at all."""


def dual_index(csat: Sequence[Reading], nps: Sequence[Reading]) -> DualIndex | None:
    """Watch two indices of one touchpoint; None where one of them has no earlier wave."""
    satisfied, loyal = change(csat), change(nps)
    if satisfied is None or loyal is None:
        return None
    apart = satisfied.difference * loyal.difference < 0
    return DualIndex(
        satisfied,
        loyal,
        diverging=apart and min(abs(satisfied.z), abs(loyal.z)) >= PARTING_Z,
        quadrant=_quadrant(satisfied.difference, loyal.difference),
    )


def _quadrant(csat: float, nps: float) -> Quadrant | None:
    if not csat or not nps:
        return None
    if csat > 0:
        return "both-up" if nps > 0 else "transaction-fine-relationship-eroding"
    return "loyal-despite-friction" if nps > 0 else "both-down"


def holm(p_values: Mapping[Key, float]) -> dict[Key, float]:
    """Return Holm's adjusted p-values, in the order given.

    The i-th smallest of m is multiplied by m − i + 1, never below the one before and never above 1; all
    that stay under α together err with a probability of at most α.

    Raises:
        ValueError: a p-value is not between 0 and 1.
    """
    if not all(0 <= p <= 1 for p in p_values.values()):
        raise ValueError("a p-value lies between 0 and 1")
    adjusted: dict[Key, float] = {}
    least = 0.0
    for rank, (key, p) in enumerate(sorted(p_values.items(), key=lambda item: item[1])):
        least = max(least, min(1.0, (len(p_values) - rank) * p))
        adjusted[key] = least
    return {key: adjusted[key] for key in p_values}
