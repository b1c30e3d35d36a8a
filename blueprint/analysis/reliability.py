"""How far answers can be trusted: means with t tests, Cronbach's alpha, the reliability of differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from blueprint.analysis.distributions import f_quantile, t_p, t_two_sided


@dataclass(frozen=True, slots=True)
class MeanTest:
    """A mean with its interval, and the t test of its being 0. Of differences: the paired t test."""

    n: int
    mean: float
    sd: float | None
    """None for a single respondent."""
    low: float | None
    """95% interval; None for a single respondent."""
    high: float | None
    t: float | None
    """None where there is no spread to compare with, or 0 means nothing (scores that are no gaps)."""
    p: float | None
    d: float | None
    """Cohen's d_z, mean / sd."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's α with its interval after Feldt (1965); acceptable from about 0.7."""

    alpha: float
    low: float
    high: float
    items: int
    n: int


def mean_test(values: Sequence[float], confidence: float = 0.95, *, tested: bool = True) -> MeanTest:
    """Return a mean with interval, t and d. Of differences within respondents this is the paired t test.

    Args:
        values: one per respondent.
        confidence: of the interval.
        tested: whether 0 means something; otherwise t, p and d are None.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("a mean of nothing")
    n = len(values)
    mean = fsum(values) / n
    if n < 2:
        return MeanTest(n, mean, None, None, None, None, None, None)
    return summary_test(mean, sqrt(variance(values)), n, confidence, tested=tested)


def summary_test(
    mean: float, sd: float, n: int, confidence: float = 0.95, *, tested: bool = True
) -> MeanTest:
    """Return what `mean_test` does, from a mean and a standard deviation somebody else computed.

    Raises:
        ValueError: the standard deviation is negative or there are fewer than two respondents.
    """
    if not (sd >= 0 and n >= 2):
        raise ValueError(f"a test needs sd ≥ 0 and n ≥ 2, not sd={sd:g}, n={n}")
    error = sd / sqrt(n)
    half = t_two_sided(confidence, n - 1) * error
    # Answers that are all alike differ by rounding only; a t of 10¹⁵ would be an artefact.
    spread = tested and sd > 1e-12 * max(1.0, abs(mean))
    t = mean / error if spread else None
    return MeanTest(
        n=n,
        mean=mean,
        sd=sd,
        low=mean - half,
        high=mean + half,
        t=t,
        p=None if t is None else t_p(t, n - 1),
        d=mean / sd if spread else None,
    )


def cronbach(rows: Sequence[Sequence[float]], confidence: float = 0.95) -> Alpha | None:
    """Return α = k/(k−1) · (1 − Σ s_i² / s_T²) of respondents × items, with Feldt's interval.

    L = 1 − (1−α) F(1−a/2; n−1, (n−1)(k−1)) and U likewise with a/2 (Feldt 1965). None where it cannot
    be said: one item, one respondent, or totals that are all alike.

    Raises:
        ValueError: rows of different lengths.
    """
    if len({len(row) for row in rows}) > 1:
        raise ValueError("respondents answered different numbers of items")
    n, k = len(rows), len(rows[0]) if rows else 0
    if n < 2 or k < 2:
        return None
    total = variance([fsum(row) for row in rows])
    if total < 1e-12:
        return None
    alpha = k / (k - 1) * (1 - fsum(variance([row[i] for row in rows]) for i in range(k)) / total)
    tail, a, b = (1 - confidence) / 2, n - 1, (n - 1) * (k - 1)
    return Alpha(
        alpha=alpha,
        low=1 - (1 - alpha) * f_quantile(1 - tail, a, b),
        high=1 - (1 - alpha) * f_quantile(tail, a, b),
        items=k,
        n=n,
    )


def difference_reliability(
    sd_p: float, reliability_p: float, sd_e: float, reliability_e: float, correlation: float
) -> float | None:
    """Return the reliability of P − E: lower than that of P or E, the more so the more they go together.

    ρ_G = (σ_P²ρ_P + σ_E²ρ_E − 2rσ_Pσ_E) / (σ_P² + σ_E² − 2rσ_Pσ_E) (Peter, Churchill and Brown 1993).
    None where the differences do not vary.
    """
    shared = 2 * correlation * sd_p * sd_e
    total = sd_p**2 + sd_e**2 - shared
    return (sd_p**2 * reliability_p + sd_e**2 * reliability_e - shared) / total if total > 1e-12 else None


def variance(values: Sequence[float]) -> float:
    """Return the sample variance, with n − 1."""
    return covariance(values, values)


def covariance(left: Sequence[float], right: Sequence[float]) -> float:
    """Return the sample covariance of pairs, with n − 1."""
    a, b = fsum(left) / len(left), fsum(right) / len(right)
    return fsum((x - a) * (y - b) for x, y in zip(left, right, strict=True)) / (len(left) - 1)
