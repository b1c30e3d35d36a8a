"""Counts over periods: do they rise or fall, and by how much (S001, 投诉数据分析).

Counts are taken as Poisson with a rate per visit that changes by the same factor each period. The test is
the score test of that factor, which is Cochran and Armitage's for rare events: with periods t, counts x,
visits e, N = Σx and w = e/Σe, z = (Σtx − NΣwt) / √(N(Σwt² − (Σwt)²)). The factor itself is the likeliest
one, with Wald's interval of its logarithm (Cameron and Trivedi 1998, Regression Analysis of Count Data, 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, isfinite, sqrt

from blueprint.analysis.distributions import normal_p, z_two_sided
from blueprint.analysis.proportion import Interval


@dataclass(frozen=True, slots=True)
class Trend:
    """How counts move over periods."""

    n: int
    """All of them together."""
    z: float
    p: float
    """Two-sided."""
    per_period: float | None
    """The factor from one period to the next; None where it runs away (all in the first or last period)."""
    interval: Interval | None
    """Of the factor, 95 %."""


def trend(
    counts: Sequence[int], visits: Sequence[float] | None = None, *, confidence: float = 0.95
) -> Trend | None:
    """Test counts of equal periods in the order of time; None below three periods or without any count.

    Args:
        counts: how many in each period.
        visits: how many customers were there in each; all alike where left out.
        confidence: of the interval.

    Raises:
        ValueError: a count is negative, or there is not one number of visits above 0 per count.
    """
    times = range(len(counts))
    exposed = [1.0] * len(counts) if visits is None else list(visits)
    if min(counts, default=0) < 0 or len(exposed) != len(counts) or min(exposed, default=1.0) <= 0:
        raise ValueError("counts are never negative, and visits stand beside each of them, above 0")
    n = sum(counts)
    if len(counts) < 3 or not n:
        return None
    whole = fsum(exposed)
    weights = [it / whole for it in exposed]
    middle = fsum(w * t for w, t in zip(weights, times, strict=True))
    spread = fsum(w * (t - middle) ** 2 for w, t in zip(weights, times, strict=True))
    above = fsum(x * (t - middle) for x, t in zip(counts, times, strict=True))
    z = above / sqrt(n * spread)
    slope = _likeliest(fsum(x * t for x, t in zip(counts, times, strict=True)) / n, exposed)
    if slope is None:
        return Trend(n, z, normal_p(z), None, None)
    factor, error = slope[0], 1 / sqrt(n * slope[1])
    half = z_two_sided(confidence) * error
    return Trend(n, z, normal_p(z), exp(factor), Interval(exp(factor - half), exp(factor + half)))


def _likeliest(mean: float, exposed: Sequence[float]) -> tuple[float, float] | None:
    """Return b with Σ t e exp(bt) / Σ e exp(bt) = the mean period of the counts, and the variance there."""

    def moments(b: float) -> tuple[float, float]:
        last = len(exposed) - 1
        parts = [e * exp(b * (t - (last if b > 0 else 0))) for t, e in enumerate(exposed)]
        whole = fsum(parts)
        centre = fsum(t * it for t, it in enumerate(parts)) / whole
        return centre, fsum((t - centre) ** 2 * it for t, it in enumerate(parts)) / whole

    low, high = -30.0, 30.0
    if not moments(low)[0] < mean < moments(high)[0]:
        return None
    for _ in range(200):
        b = (low + high) / 2
        if moments(b)[0] < mean:
            low = b
        else:
            high = b
    spread = moments(b)[1]
    return (b, spread) if isfinite(b) and spread > 1e-9 else None
