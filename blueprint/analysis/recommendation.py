"""The net promoter score with what it is worth: intervals, two samples, sample sizes (domain 6.1).

Sources: Reichheld 2003, Harvard Business Review 81(12), for the score; Rocks 2016, The American
Statistician 70:365, for its adjusted-Wald interval; MeasuringU for tests and sample sizes on the same
footing. Scores are in points, −100 … 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist
from typing import Final

from blueprint.analysis.distributions import normal_p, z_two_sided
from blueprint.analysis.proportion import Interval
from blueprint.analysis.survey import Comparison, Counts, checked

ADDED: Final = 3.0
"""Rocks adds three answers to every sample, ¾ each to promoters and detractors and 1½ to the passives."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Answers to "would you recommend us?" on 0 … 10: 9–10 promote, 7–8 are passive, 0–6 detract.

    The figures need not be whole where only a score and a sample size are known (`least_favourable`).

    Raises:
        ValueError: a count is negative, or nobody was asked.
    """

    promoters: float
    passives: float
    detractors: float

    def __post_init__(self) -> None:
        if min(self.promoters, self.passives, self.detractors) < 0:
            raise ValueError("a count of answers is never negative")
        if not self.n > 0:
            raise ValueError("nobody was asked")

    @classmethod
    def of_ratings(cls, counts: Counts) -> Recommendation:
        """Sort ratings of 0 … 10.

        Raises:
            ValueError: a rating is off the scale, or a count negative or not whole.
        """
        checked(counts, (0, 10))
        return cls(
            promoters=sum(n for rating, n in counts.items() if rating >= 9),
            passives=sum(n for rating, n in counts.items() if 7 <= rating <= 8),
            detractors=sum(n for rating, n in counts.items() if rating <= 6),
        )

    @classmethod
    def least_favourable(cls, points: float, n: int) -> Recommendation:
        """Return the answers that make a score known only by its value and n least certain: no passives.

        Every real sample with this score has a smaller variance, so its interval lies within.

        Raises:
            ValueError: the score is no NPS, or nobody was asked.
        """
        if not -100 <= points <= 100:
            raise ValueError(f"{points} is no NPS; it lies between −100 and 100")
        return cls(n * (100 + points) / 200, 0.0, n * (100 - points) / 200)

    @property
    def n(self) -> float:
        """How many were asked."""
        return self.promoters + self.passives + self.detractors

    @property
    def points(self) -> float:
        """100 · (share of promoters − share of detractors)."""
        return 100 * (self.promoters - self.detractors) / self.n

    @property
    def variance(self) -> float:
        """Variance of one answer scored 1, 0, −1: p + d − (p − d)²."""
        return _variance(self.promoters, self.detractors, self.n)

    @property
    def standard_error(self) -> float:
        """√(variance / n), in points."""
        return 100 * sqrt(self.variance / self.n)

    @property
    def adjusted(self) -> tuple[float, float]:
        """Score and standard error after Rocks's three answers, in points."""
        promoters, detractors, n = self.promoters + 0.75, self.detractors + 0.75, self.n + ADDED
        variance = _variance(promoters, detractors, n)
        return 100 * (promoters - detractors) / n, 100 * sqrt(variance / n)

    def wald(self, *, confidence: float = 0.95) -> Interval:
        """Return the plain interval, in points; too narrow for small samples."""
        return _around(self.points, z_two_sided(confidence) * self.standard_error)

    def interval(self, *, confidence: float = 0.95) -> Interval:
        """Return the adjusted-Wald interval, in points: the one to use."""
        middle, error = self.adjusted
        return _around(middle, z_two_sided(confidence) * error)


def _variance(promoters: float, detractors: float, n: float) -> float:
    p, d = promoters / n, detractors / n
    return max(0.0, p + d - (p - d) ** 2)


def _around(middle: float, half: float) -> Interval:
    return Interval(max(-100.0, middle - half), min(100.0, middle + half))


def compare(first: Recommendation, second: Recommendation, *, confidence: float = 0.95) -> Comparison:
    """Test two independent NPS by z, each sample with its own three added answers; in points."""
    (a, error_a), (b, error_b) = first.adjusted, second.adjusted
    error = sqrt(error_a**2 + error_b**2)
    half = z_two_sided(confidence) * error
    z = (a - b) / error
    return Comparison(a - b, z, normal_p(z), Interval(a - b - half, a - b + half))


def nps_sample_size(margin: float, *, variance: float = 1.0, confidence: float = 0.95) -> int:
    """Return how many answers make the half-width of an NPS at most `margin` points: z²σ²/h² − 3.

    Args:
        margin: in points, above 0.
        variance: of one answer, from an earlier wave; 1 is the worst case.
        confidence: the level of the interval.

    Raises:
        ValueError: the margin is not positive, or the variance is none of a −1, 0, 1 answer.
    """
    _check_variances(variance)
    if not margin > 0:
        raise ValueError(f"a margin of {margin} points cannot be reached")
    return max(1, _whole(z_two_sided(confidence) ** 2 * variance / (margin / 100) ** 2 - ADDED))


def nps_sample_size_each(
    difference: float,
    *,
    variances: tuple[float, float] = (1.0, 1.0),
    alpha: float = 0.05,
    power: float = 0.8,
) -> int:
    """Return how many answers each of two groups needs to find a difference of so many points.

    (σ₁² + σ₂²)(z_α/2 + z_β)² / δ² − 3; two-sided.

    Raises:
        ValueError: the difference is 0, or a variance is none of a −1, 0, 1 answer.
    """
    _check_variances(*variances)
    if not difference:
        raise ValueError("no sample is large enough to find a difference of 0")
    z = z_two_sided(1 - alpha) + NormalDist().inv_cdf(power)
    return max(1, _whole(sum(variances) * z**2 / (difference / 100) ** 2 - ADDED))


def _check_variances(*variances: float) -> None:
    if not all(0 < variance <= 1 for variance in variances):
        raise ValueError("the variance of a −1, 0, 1 answer lies between 0 and 1")


def _whole(n: float) -> int:
    return ceil(n - 1e-9)
