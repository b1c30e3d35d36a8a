"""Percentiles of a sample with intervals that assume no distribution: a mean hides its tail (domain 6.7).

The interval runs from the l-th to the u-th smallest value, with ranks chosen so that each side misses the
percentile with at most half of what may go wrong: P(B < l) ≤ α/2 and P(B ≥ u) ≤ α/2 for B binomial with n
and q (David and Nagaraja 2003, Order Statistics, 7.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from blueprint.analysis.distributions import binomial_at_most
from blueprint.analysis.proportion import Interval


@dataclass(frozen=True, slots=True)
class Percentile:
    """A percentile of a sample."""

    share: float
    """0.9 for the ninetieth."""
    value: float
    """The smallest value that at least this share of the sample does not exceed."""
    interval: Interval | None
    """Between two values of the sample; None where it is too small to bound it on both sides."""


def percentile(values: Sequence[float], share: float, *, confidence: float = 0.95) -> Percentile | None:
    """Return a percentile with its interval; None of an empty sample.

    Raises:
        ValueError: the share is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"a percentile lies between 0 and 1, not at {share:g}")
    if not values:
        return None
    ordered, n, miss = sorted(values), len(values), (1 - confidence) / 2
    value = ordered[max(0, ceil(round(share * n, 9)) - 1)]
    # l: the last rank that is above the percentile at most that often; u: the first one below it as rarely
    low = _first_rank(n, share, miss) - 1
    high = _first_rank(n, share, 1 - miss, reach=True) + 1
    interval = Interval(ordered[low - 1], ordered[high - 1]) if low >= 1 and high <= n else None
    return Percentile(share, value, interval)


def _first_rank(n: int, share: float, bound: float, *, reach: bool = False) -> int:
    """Return the smallest k with P(B ≤ k − 1) > bound, or with P(B ≤ k) ≥ bound where `reach`."""
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        cumulated = binomial_at_most(middle if reach else middle - 1, n, share)
        if cumulated >= bound if reach else cumulated > bound:
            high = middle
        else:
            low = middle + 1
    return low
