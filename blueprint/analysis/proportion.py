"""Shares: their interval, and whether a target is met.

Wilson 1927, JASA 22:209; good for any n (Brown, Cai and DasGupta 2001, Statistical Science 16:101).
"""

from __future__ import annotations

from math import sqrt
from typing import Literal, NamedTuple

from blueprint.analysis.distributions import z_two_sided

Verdict = Literal["met", "missed", "undetermined"]
Better = Literal["higher", "lower"]


class Interval(NamedTuple):
    """A confidence interval."""

    low: float
    high: float


def wilson(successes: float, n: int, *, confidence: float = 0.95) -> Interval | None:
    """Return Wilson's score interval of a share; None where nobody was asked.

    Args:
        successes: how many said yes; need not be whole where only a rounded share is known.
        n: how many were asked.
        confidence: the level of the interval.

    Raises:
        ValueError: n is negative, or successes are not between 0 and n.
    """
    if n < 0 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    if n == 0:
        return None
    z, share = z_two_sided(confidence), successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(
        0.0 if successes == 0 else max(0.0, middle - half),
        1.0 if successes == n else min(1.0, middle + half),
    )


def held_against(interval: Interval | None, target: float, better: Better = "higher") -> Verdict:
    """Say whether a target is met, missed or not yet decided by the whole interval (domain 6.7).

    Met if even the worse end reaches the target, missed if even the better end does not; `undetermined`
    between these, and where there is no interval.
    """
    if interval is None:
        return "undetermined"
    worse, good = (interval.low, interval.high) if better == "higher" else (-interval.high, -interval.low)
    limit = target if better == "higher" else -target
    return "met" if worse >= limit - 1e-12 else "missed" if good < limit - 1e-12 else "undetermined"
