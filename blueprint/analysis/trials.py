"""Two ways tried on customers by lot: which is better, and was it asked of enough of them (S004, A/B 测试).

Shares: Newcombe's hybrid score interval of the difference (1998, Statistics in Medicine 17:873, method 10),
which stays within [−1, 1] and holds its level for small samples; Fisher's exact test for p. Means: Welch
1947. The sample size for two shares is Fleiss's without continuity correction (Statistical Methods for
Rates and Proportions, 1981, 3.18).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import ceil, erfc, exp, lgamma, sqrt
from statistics import NormalDist
from typing import Any, Literal

from blueprint.analysis.distributions import t_p, t_two_sided, z_two_sided
from blueprint.analysis.monitoring import holm
from blueprint.analysis.proportion import Interval, wilson
from blueprint.diagnostic import Message
from blueprint.model.feedback import Variant
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Metric

TrialVerdict = Literal["first", "second", "undetermined"]
POWER = 0.8
_TABLES = 100_000
"""Tables that Fisher's test goes through at most."""
_LARGE = 10**9
"""Answers beyond which logarithms of factorials lose the digits that count."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way held against another: first minus second."""

    value: float
    interval: Interval
    """95 %."""
    p: float
    """Two-sided."""


def share_difference(hits: int, n: int, others: int, m: int, *, confidence: float = 0.95) -> Difference:
    """Hold `hits` of `n` against `others` of `m`.

    With (l₁, u₁) and (l₂, u₂) by Wilson, the interval of d = p₁ − p₂ is
    d − √((p₁−l₁)² + (u₂−p₂)²) … d + √((u₁−p₁)² + (p₂−l₂)²).

    Raises:
        ValueError: nobody was asked, or the hits are not between 0 and those asked.
    """
    first, second = wilson(hits, n, confidence=confidence), wilson(others, m, confidence=confidence)
    if first is None or second is None:
        raise ValueError("a share of nobody cannot be compared")
    p, q = hits / n, others / m
    low = p - q - sqrt((p - first.low) ** 2 + (second.high - q) ** 2)
    high = p - q + sqrt((first.high - p) ** 2 + (q - second.low) ** 2)
    return Difference(p - q, Interval(low, high), fisher(hits, n, others, m))


def fisher(hits: int, n: int, others: int, m: int) -> float:
    """Return Fisher's exact two-sided p: all tables with these margins that are no likelier than this.

    Where there are too many tables to go through, or counts too large for their logarithms, the test of
    two shares with a pooled variance takes its place: with so many answers both say the same.

    Raises:
        ValueError: the hits are not between 0 and those asked.
    """
    if not (0 <= hits <= n and 0 <= others <= m):
        raise ValueError(f"{hits} of {n} and {others} of {m} are no table")
    came = hits + others
    if min(n, came) - max(0, came - m) > _TABLES or n + m > _LARGE:
        pooled = came / (n + m)
        error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        return erfc(abs(hits / n - others / m) / error / sqrt(2)) if error else 1.0

    def chosen(k: int, of: int) -> float:
        return lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1)

    whole = chosen(came, n + m)
    logs = {
        k: chosen(k, n) + chosen(came - k, m) - whole for k in range(max(0, came - m), min(n, came) + 1)
    }
    # As in R: tables as likely as this one up to rounding count too.
    limit = logs[hits] + 1e-7
    return min(1.0, sum(exp(it) for it in logs.values() if it <= limit))


def mean_difference(
    mean: float, sd: float, n: int, other: float, other_sd: float, m: int, *, confidence: float = 0.95
) -> Difference | None:
    """Hold two means against each other by Welch's t; None where nothing estimates the error."""
    if n < 2 or m < 2 or sd < 0 or other_sd < 0:
        return None
    a, b = sd * sd / n, other_sd * other_sd / m
    if not a + b:
        return None
    degrees = (a + b) ** 2 / (a * a / (n - 1) + b * b / (m - 1))
    error, value = sqrt(a + b), mean - other
    half = t_two_sided(confidence, degrees) * error
    return Difference(value, Interval(value - half, value + half), t_p(value / error, degrees))


def needed_each(p: float, q: float, *, power: float = POWER, confidence: float = 0.95) -> int | None:
    """Return how many each way needs so that p against q is found with this power; None for equals.

    n = (z₁₋α⸝₂ √(2 p̄(1−p̄)) + z_power √(p(1−p) + q(1−q)))² / (p − q)².

    Raises:
        ValueError: a share or the power is outside its range.
    """
    if not (0 <= p <= 1 and 0 <= q <= 1 and 0 < power < 1):
        raise ValueError(f"shares lie in [0, 1] and a power in (0, 1), not {p}, {q}, {power}")
    if p == q:
        return None
    middle, z = (p + q) / 2, NormalDist().inv_cdf(power)
    root = z_two_sided(confidence) * sqrt(2 * middle * (1 - middle)) + z * sqrt(p * (1 - p) + q * (1 - q))
    return ceil((root / (p - q)) ** 2 - 1e-9)


@dataclass(frozen=True, slots=True)
class Trial:
    """Two variants of one metric held against each other."""

    first: str
    second: str
    difference: Difference | None
    better: TrialVerdict | None
    """By the whole interval, and by p after Holm over the pairs of the metric."""
    needed: int | None
    """How many each would have needed to find the difference seen, where it is one of shares."""
    reason: Message | None


def trials(metric: Metric) -> tuple[Trial, ...]:
    """Hold every pair of variants of a metric against each other, in the order written."""
    pairs = list(combinations(metric.variants.items(), 2))
    found = {(a, b): _difference(one, other) for (a, one), (b, other) in pairs}
    known = {pair: it.p for pair, it in found.items() if isinstance(it, Difference)}
    adjusted = holm(known)
    told: list[Trial] = []
    for (a, one), (b, other) in pairs:
        it = found[a, b]
        if isinstance(it, Message):
            told.append(Trial(a, b, None, None, None, it))
            continue
        needed = None
        if one.hits is not None and other.hits is not None:
            needed = needed_each(one.hits / one.n, other.hits / other.n)
        told.append(Trial(a, b, it, _better(it, adjusted[a, b], metric), needed, None))
    return tuple(told)


def _better(found: Difference, p: float, metric: Metric) -> TrialVerdict:
    low, high = found.interval
    if p >= 0.05 or low <= 0 <= high:
        return "undetermined"
    return "first" if (low > 0) == (metric.better == "higher") else "second"


def _difference(one: Variant, other: Variant) -> Difference | Message:
    if one.hits is not None and other.hits is not None:
        if one.hits > one.n or other.hits > other.n:
            return Message("more hits than customers", "有效人数多于参与人数")
        return share_difference(one.hits, one.n, other.hits, other.n)
    if one.mean is not None and other.mean is not None:
        if one.sd is None or other.sd is None:
            return Message("a mean without its standard deviation", "均值缺少标准差")
        found = mean_difference(one.mean, one.sd, one.n, other.mean, other.sd, other.n)
        return found or Message("too few answers to know the error", "样本太少，无法估计误差")
    return Message("the variants do not state the same kind of figure", "各方案给出的不是同一种数值")


def told(journey: Journey) -> list[dict[str, Any]]:
    """Return every trial of the journey as plain data, metrics of the journey first."""
    metrics = [(None, at, it) for at, it in enumerate(journey.metrics)] + [
        (place.touchpoint.id, at, it)
        for place in journey.places
        for at, it in enumerate(place.touchpoint.metrics)
    ]
    return [
        {
            "touchpoint": touchpoint,
            "index": at,
            "metric": metric.metric.root,
            "between": [trial.first, trial.second],
            "difference": trial.difference.value if trial.difference else None,
            "interval": list(trial.difference.interval) if trial.difference else None,
            "p": trial.difference.p if trial.difference else None,
            "better": {"first": trial.first, "second": trial.second}.get(trial.better or "", trial.better),
            "needed_each": trial.needed,
            "reason": trial.reason,
        }
        for touchpoint, at, metric in metrics
        for trial in trials(metric)
    ]
