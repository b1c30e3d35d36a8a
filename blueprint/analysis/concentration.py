"""How much of the business hangs on few customers: Pareto shares and Gini (domain 10.2).

Never assumed to be 80/20: the share is computed, with a bootstrap interval, and the verdict may be that the
data do not say.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log
from statistics import NormalDist
from typing import Final, Literal

DRAWS: Final = 1000
SEED: Final = 20
FEW: Final = 30
"""Below so many customers the interval is shown and no verdict is given."""

Verdict = Literal["holds", "fails", "undetermined"]


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unevenly customers contribute."""

    n: int
    top_share: float
    """What the best fifth of the customers contributes."""
    top_interval: tuple[float, float]
    """95 % bias-corrected bootstrap interval of it."""
    gini: float
    """0: all alike … 1 − 1/n: one has everything."""
    gini_interval: tuple[float, float]
    few: float
    """The smallest share of customers that contributes four fifths."""
    verdict: Verdict
    """Whether a fifth of the customers brings at least 80 %: by the interval, not by the point."""


def share_top(values: Sequence[float], part: float) -> float:
    """Return the share of the total that the largest `part` of the values contributes.

    A fraction of a customer contributes that fraction.

    Raises:
        ValueError: a value is negative, all are 0, or the part lies outside [0, 1].
    """
    ordered = _descending(values)
    if not 0 <= part <= 1:
        raise ValueError("a part lies in [0, 1]")
    return _top([0.0, *accumulate(ordered)], part)


def _top(cumulative: Sequence[float], part: float) -> float:
    exact = part * (len(cumulative) - 1)
    whole = min(int(exact + 1e-9), len(cumulative) - 1)
    sum_ = cumulative[whole]
    if whole + 1 < len(cumulative):
        sum_ += max(0.0, exact - whole) * (cumulative[whole + 1] - cumulative[whole])
    return sum_ / cumulative[-1]


def few_for(values: Sequence[float], share: float = 0.8) -> float:
    """Return the smallest part of the customers that contributes a share of the total, interpolated."""
    cumulative = [0.0, *accumulate(_descending(values))]
    wanted = share * cumulative[-1]
    at = bisect_left(cumulative, wanted * (1 - 1e-12))
    if at == 0:
        return 0.0
    step = cumulative[at] - cumulative[at - 1]
    return (at - 1 + (wanted - cumulative[at - 1]) / step) / (len(cumulative) - 1)


def gini(values: Sequence[float]) -> float:
    """Return the Gini coefficient `2 Σ i x_(i) / (n Σ x) − (n + 1) / n`, values ascending from i = 1."""
    return _gini(_descending(values)[::-1])


def _gini(ascending: Sequence[float]) -> float:
    n, total = len(ascending), sum(ascending)
    ranked = sum(at * value for at, value in enumerate(ascending, 1))
    return max(0.0, 2 * ranked / (n * total) - (n + 1) / n)


def pareto_alpha(part: float = 0.2, share: float = 0.8) -> float:
    """Return the exponent of the Pareto law under which the best `part` contributes `share`.

    `share = part^(1 − 1/α)`; 80/20 is α = ln 5 / ln 4 = 1.160964.

    Raises:
        ValueError: not 0 < part < share < 1.
    """
    if not 0 < part < share < 1:
        raise ValueError("0 < part < share < 1 is needed")
    return log(part) / (log(part) - log(share))


def concentration(values: Sequence[float], *, draws: int = DRAWS, seed: int = SEED) -> Concentration | None:
    """Describe how unevenly customers contribute; None where nothing can be said.

    That is so of fewer than two customers, of nothing but zeros, and of negative values: where some
    customers cost more than they bring there is no share of the whole; use revenue instead of profit.

    Args:
        values: revenue per customer.
        draws: bootstrap samples.
        seed: of the samples; the same seed gives the same interval everywhere.
    """
    if len(values) < 2 or min(values) < 0 or not sum(values) > 0:
        return None
    ordered = _descending(values)
    top = share_top(ordered, 0.2)
    tops, ginis = _resampled(ordered, draws, seed)
    uneven = gini(ordered)
    interval = _middle(tops, top)
    verdict: Verdict = "holds" if interval[0] >= 0.8 else "fails" if interval[1] < 0.8 else "undetermined"
    return Concentration(
        n=len(values),
        top_share=top,
        top_interval=interval,
        gini=uneven,
        gini_interval=_middle(ginis, uneven),
        few=few_for(ordered),
        verdict=verdict if len(values) >= FEW else "undetermined",
    )


def _resampled(ordered: Sequence[float], draws: int, seed: int) -> tuple[list[float], list[float]]:
    """Return share and Gini of samples drawn with replacement; a sample of zeros is drawn again."""
    luck = random.Random(seed)
    n = len(ordered)
    places = range(n)
    tops: list[float] = []
    ginis: list[float] = []
    while len(tops) < draws:
        sample = [ordered[at] for at in sorted(luck.choices(places, k=n))]
        if sample[0] > 0:
            tops.append(_top([0.0, *accumulate(sample)], 0.2))
            ginis.append(_gini(sample[::-1]))
    return tops, ginis


def _middle(samples: list[float], estimate: float) -> tuple[float, float]:
    """Return the 95 % bias-corrected interval (Efron 1981): samples of few rows look too unequal."""
    samples.sort()
    normal, size = NormalDist(), len(samples)
    below = (bisect_left(samples, estimate) + bisect_right(samples, estimate)) / (2 * size)
    bias = normal.inv_cdf(min(1 - 0.5 / size, max(0.5 / size, below)))
    low, high = (normal.cdf(2 * bias + z) for z in (normal.inv_cdf(0.025), normal.inv_cdf(0.975)))
    return samples[round(low * (size - 1))], samples[round(high * (size - 1))]


def _descending(values: Sequence[float]) -> list[float]:
    ordered = sorted(values, reverse=True)
    if not ordered or ordered[-1] < 0 or not ordered[0] > 0:
        raise ValueError("shares need values that are not negative and not all 0")
    return ordered
