"""Scores of surveys with what they are worth: CSAT, CES, index, and the paired test (domain 6).

The NPS is in `recommendation`, targets are in `proportion`. Sources: Fornell et al. 1996, Journal of
Marketing 60:7, for the index; Dixon, Freeman and Toman 2010, Harvard Business Review 88(7), for effort.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import fmean, stdev
from typing import Final, Literal

from blueprint.analysis.distributions import t_p, t_two_sided
from blueprint.analysis.proportion import Interval, wilson

Counts = Mapping[int, int]
"""Rating → how many gave it."""

OHIO: Final = (0.3885, 0.3190, 0.2925)
"""Weights of the three index items in a published Ohio survey; equal weights are the default."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two samples held against each other."""

    difference: float
    """First minus second, in the unit of the scores."""
    statistic: float
    p: float
    """Two-sided."""
    interval: Interval
    """Of the difference."""
    degrees: int | None = None
    """Degrees of freedom of a t; None for a z."""


def paired(
    before: Sequence[float], after: Sequence[float], *, confidence: float = 0.95
) -> Comparison | None:
    """Test two answers of the same people by the paired t; after minus before.

    For NPS give each person's 1, 0 or −1. None where the test says nothing: fewer than two people, or
    everybody changed by the same amount, so that nothing estimates the error.

    Raises:
        ValueError: the two lists are not of one length.
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} answers before and {len(after)} after: these are no pairs")
    changes = [late - early for early, late in zip(before, after, strict=True)]
    if len(changes) < 2 or not (error := stdev(changes) / sqrt(len(changes))):
        return None
    change, degrees = fmean(changes), len(changes) - 1
    half = t_two_sided(confidence, degrees) * error
    t = change / error
    return Comparison(change, t, t_p(t, degrees), Interval(change - half, change + half), degrees)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of those asked, with Wilson's interval."""

    successes: int
    n: int
    share: float
    interval: Interval


def share_of(successes: int, n: int, *, confidence: float = 0.95) -> Share | None:
    """Return a share with its interval; None where nobody was asked.

    Raises:
        ValueError: the successes are not between 0 and n.
    """
    interval = wilson(successes, n, confidence=confidence)
    return None if interval is None else Share(successes, n, successes / n, interval)


def top_box(
    counts: Counts, *, scale: tuple[int, int] = (1, 5), least: int | None = None, confidence: float = 0.95
) -> Share | None:
    """Return the share of the best ratings: CSAT as the two best of five, unless `least` says from where.

    Raises:
        ValueError: a rating is off the scale, or a count negative or not whole.
    """
    checked(counts, scale)
    from_ = scale[1] - 1 if least is None else least
    happy = sum(n for rating, n in counts.items() if rating >= from_)
    return share_of(happy, sum(counts.values()), confidence=confidence)


def checked(counts: Counts, scale: tuple[int, int]) -> None:
    """Make sure that ratings are on one scale and counts are whole.

    Raises:
        ValueError: they are not; the text says which.
    """
    low, high = scale
    for rating, count in counts.items():
        if isinstance(rating, bool) or not isinstance(rating, int) or not low <= rating <= high:
            raise ValueError(f"a rating of {rating} is not on the scale {low} to {high}; are scales mixed?")
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise ValueError(f"{count} answers of {rating}: a count is a whole number, 0 or more")


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of ratings; the error and interval are None below two answers."""

    n: int
    mean: float
    sd: float | None
    standard_error: float | None
    interval: Interval | None
    """By Student's t, within the scale."""


def mean_of(counts: Counts, scale: tuple[int, int], *, confidence: float = 0.95) -> Mean | None:
    """Return the mean of ratings with its interval; None where nobody was asked.

    Where all answers are equal the sd is 0 and the interval a single value: as certain as the sample is
    large, no more.

    Raises:
        ValueError: a rating is off the scale, or a count negative or not whole.
    """
    checked(counts, scale)
    if not (n := sum(counts.values())):
        return None
    mean = fsum(rating * count for rating, count in counts.items()) / n
    if n < 2:
        return Mean(n, mean, None, None, None)
    sd = sqrt(fsum(count * (rating - mean) ** 2 for rating, count in counts.items()) / (n - 1))
    error = sd / sqrt(n)
    half = t_two_sided(confidence, n - 1) * error
    interval = Interval(max(scale[0], mean - half), min(scale[1], mean + half))
    return Mean(n, mean, sd, error, interval)


@dataclass(frozen=True, slots=True)
class EffortScore:
    """A customer effort score with its direction, which the two versions have opposite."""

    version: Literal["v1", "v2"]
    better: Literal["higher", "lower"]
    """v1 asks for the effort itself (1–5, high is bad), v2 whether it was easy (1–7, high is good)."""
    mean: Mean
    easy: Share | None
    """v2: the share of 5 to 7. None for v1, which knows no such convention."""


def effort_score(counts: Counts, version: Literal["v1", "v2"] = "v2") -> EffortScore | None:
    """Read answers to the effort question; None where nobody was asked.

    Raises:
        ValueError: a rating is off the version's scale, or a count negative or not whole.
    """
    scale = (1, 5) if version == "v1" else (1, 7)
    if (mean := mean_of(counts, scale)) is None:
        return None
    if version == "v1":
        return EffortScore("v1", "lower", mean, None)
    return EffortScore("v2", "higher", mean, top_box(counts, scale=scale, least=5))


def satisfaction_index(means: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return an ACSI-style index of 0 … 100 from mean ratings on 1 … 10: Σ w (x̄ − 1) / 9 · 100.

    Args:
        means: one per item, usually satisfaction, expectations met, nearness to the ideal.
        weights: equal where left out; they must sum to 1.

    Raises:
        ValueError: a mean is off the scale, or the weights do not fit.
    """
    if not means or not all(1 <= mean <= 10 for mean in means):
        raise ValueError("the index takes mean ratings on a scale of 1 to 10; are scales mixed?")
    return weighted([(mean - 1) / 9 * 100 for mean in means], weights)


def weighted(scores: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return Σ w s, as on a scorecard (S000: satisfaction 40 %, results 30 %, speed 20 %, teamwork 10 %).

    Raises:
        ValueError: there is not one weight per score, one is negative, or they do not sum to 1.
    """
    if not scores:
        raise ValueError("there is nothing to weigh")
    if weights is None:
        return fmean(scores)
    if len(weights) != len(scores) or min(weights) < 0 or abs(fsum(weights) - 1) > 1e-6:
        raise ValueError(f"{len(scores)} scores need as many weights, none negative, that sum to 1")
    return fsum(w * s for w, s in zip(weights, scores, strict=True))
