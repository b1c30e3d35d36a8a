"""The unhappy customers behind the complaints that were voiced (domain 7.4)."""

from __future__ import annotations

from math import exp, factorial, fsum, sqrt
from typing import NamedTuple

from blueprint.analysis.distributions import z_two_sided

FEW = 100
"""Up to so many complaints, chance is reckoned exactly."""


class Iceberg(NamedTuple):
    """How many unhappy customers stand behind the complaints that were voiced."""

    hidden_per_complaint: tuple[float, float]
    """h = σ/(1 − σ), for the least and the largest silent share."""
    unhappy: tuple[float, float]
    """n/(1 − σ)."""
    unhappy_with_chance: tuple[float, float]
    """The same with the 95% interval of a count of n (Poisson) besides."""


def iceberg(complaints: int, silent_low: float, silent_high: float) -> Iceberg:
    """Estimate what complaints do not show; the range is that of the silent share, not of chance alone.

    Args:
        complaints: n, those that were counted.
        silent_low: the least share of unhappy customers thought to say nothing.
        silent_high: the largest.

    Raises:
        ValueError: n is negative, or not 0 ≤ low ≤ high < 1.
    """
    if complaints < 0 or not 0 <= silent_low <= silent_high < 1:
        raise ValueError("needs n ≥ 0 and silent shares with 0 ≤ low ≤ high < 1")
    voiced = 1 - silent_low, 1 - silent_high
    few, many = count_interval(complaints)
    return Iceberg(
        (silent_low / voiced[0], silent_high / voiced[1]),
        (complaints / voiced[0], complaints / voiced[1]),
        (few / voiced[0], many / voiced[1]),
    )


def count_interval(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the interval of a Poisson count: exact (Garwood 1936) for few, Byar's approximation for many.

    Byar's is good to a part in a thousand beyond 100 (Breslow and Day 1987).
    """
    tail = (1 - confidence) / 2
    if count <= FEW:
        low = _mean_with(count - 1, 1 - tail) if count else 0.0
        return low, _mean_with(count, tail)
    z = z_two_sided(confidence)

    def end(n: int, sign: int) -> float:
        return n * (1 - 1 / (9 * n) + sign * z / (3 * sqrt(n))) ** 3

    return end(count, -1), end(count + 1, 1)


def _mean_with(most: int, chance: float) -> float:
    """Return the mean at which a Poisson count is at most `most` with a chance."""
    low, high = 0.0, 3 * most + 20.0
    for _ in range(60):
        mean = (low + high) / 2
        up_to = exp(-mean) * fsum(mean**i / factorial(i) for i in range(most + 1))
        low, high = (mean, high) if up_to > chance else (low, mean)
    return (low + high) / 2
