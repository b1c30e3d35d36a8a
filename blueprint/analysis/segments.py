"""Customers scored by recency, frequency and value, and sorted into segments and tiers (domain 10.1, 10.3).

Scores run from 1 to 5, 5 is best; a customer seen lately scores high on recency. Equal values always get
equal scores, whatever the order of the rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from blueprint.diagnostic import ExplainedError

Method = Literal["midrank", "threshold", "nested"]
HIGHEST: Final = 5
PATIENCE: Final = 2
"""Periods in a row below a tier before a customer leaves it."""
OTHERS: Final = "others"
"""The segment of those whom no box holds."""


@dataclass(frozen=True, slots=True)
class Purchases:
    """What one customer bought: days since the last purchase, how many, for how much."""

    recency: float
    frequency: float
    monetary: float


@dataclass(frozen=True, slots=True)
class Rfm:
    """Scores of one customer, 1 to 5 each."""

    recency: int
    frequency: int
    monetary: int

    def __str__(self) -> str:
        return f"{self.recency}{self.frequency}{self.monetary}"


@dataclass(frozen=True, slots=True)
class Box:
    """A segment as a box of scores, both ends included."""

    id: str
    recency: tuple[int, int] = (1, HIGHEST)
    frequency: tuple[int, int] = (1, HIGHEST)
    monetary: tuple[int, int] = (1, HIGHEST)

    def holds(self, scores: Rfm) -> bool:
        """Whether all three scores lie in the box."""
        return (
            self.recency[0] <= scores.recency <= self.recency[1]
            and self.frequency[0] <= scores.frequency <= self.frequency[1]
            and self.monetary[0] <= scores.monetary <= self.monetary[1]
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A customer's tier after one period."""

    tier: str
    earned: str
    """The tier that the period alone would give."""
    warned: int
    """Periods in a row below the tier, this one included; 0 where it was earned."""


def threshold_scores(values: Sequence[float], cuts: Sequence[float]) -> list[int]:
    """Score by written limits: `1 + #{t ≤ x}`, so that a limit belongs to the score above it.

    Args:
        values: the values.
        cuts: the limits, rising; four make five scores.

    Raises:
        ValueError: the limits do not rise, or are not four.
    """
    if len(cuts) != HIGHEST - 1 or any(low >= high for low, high in pairwise(cuts)):
        raise ExplainedError("five scores need four limits that rise", "五档分数需要四个递增的界限")
    return [1 + bisect_right(cuts, value) for value in values]


def midrank_scores(values: Sequence[float]) -> list[int]:
    """Score by rank: `min(5, 1 + ⌊5 · pr⌋)` with `pr = (#{< x} + ½ #{= x}) / n`.

    Equal values share their middle rank, so no tie is broken by the order of the rows.
    """
    ordered = sorted(values)
    scores = []
    for value in values:
        below, to = bisect_left(ordered, value), bisect_right(ordered, value)
        # ⌊5 (below + (to − below)/2) / n⌋ in whole numbers: no rounding can move a customer
        scores.append(min(HIGHEST, 1 + HIGHEST * (below + to) // (2 * len(ordered))))
    return scores


def rfm_scores(
    customers: Sequence[Purchases],
    method: Method = "midrank",
    cuts: tuple[Sequence[float], Sequence[float], Sequence[float]] | None = None,
) -> list[Rfm]:
    """Score customers by recency, frequency and value, in the order given.

    Args:
        customers: what each bought.
        method: `midrank` by rank, each of the three by itself; `threshold` by written limits; `nested` by
            rank: recency first, frequency among those of one recency score, value among those of both.
        cuts: for `threshold` the limits of recency (in days), frequency and value.

    Raises:
        ValueError: `threshold` without limits, or limits that do not rise.
    """
    days = [customer.recency for customer in customers]
    times = [customer.frequency for customer in customers]
    sums = [customer.monetary for customer in customers]
    if method == "threshold":
        if cuts is None:
            raise ExplainedError("scores by threshold need limits", "按界限打分需要写明界限")
        # `6 − score` turns recency around: the fewer days, the better, the limit itself is the worse side
        r = [HIGHEST + 1 - score for score in threshold_scores(days, cuts[0])]
        f, m = threshold_scores(times, cuts[1]), threshold_scores(sums, cuts[2])
    else:
        r = midrank_scores([-day for day in days])
        if method == "midrank":
            f, m = midrank_scores(times), midrank_scores(sums)
        else:
            f = _within(times, r)
            m = _within(sums, list(zip(r, f, strict=True)))
    return [Rfm(*scores) for scores in zip(r, f, m, strict=True)]


def _within(values: Sequence[float], groups: Sequence[object]) -> list[int]:
    members: dict[object, list[int]] = {}
    for at, group in enumerate(groups):
        members.setdefault(group, []).append(at)
    scores = [0] * len(values)
    for its in members.values():
        for at, score in zip(its, midrank_scores([values[at] for at in its]), strict=True):
            scores[at] = score
    return scores


def segment_of(scores: Rfm, boxes: Sequence[Box]) -> str:
    """Return the first segment whose box holds the scores, else `others`."""
    return next((box.id for box in boxes if box.holds(scores)), OTHERS)


def segment_sizes(scores: Sequence[Rfm], boxes: Sequence[Box]) -> dict[str, int]:
    """Count customers per segment, in the order of the boxes; `others` come last, where there are any."""
    sizes = dict.fromkeys((*(box.id for box in boxes), OTHERS), 0)
    for it in scores:
        sizes[segment_of(it, boxes)] += 1
    return {name: size for name, size in sizes.items() if name != OTHERS or size}


def tier_of(points: float, tiers: Mapping[str, float]) -> str | None:
    """Return the highest tier whose limit the points reach; None below the lowest.

    More points never give a lower tier, whatever the order in which the tiers are written.

    Args:
        points: what the tier is measured by.
        tiers: tier → the fewest points it takes.
    """
    reached = [(limit, name) for name, limit in tiers.items() if points >= limit]
    return max(reached, key=lambda it: it[0])[1] if reached else None


def tier_history(
    points: Sequence[float], tiers: Mapping[str, float], *, patience: int = PATIENCE
) -> tuple[Place, ...]:
    """Follow a customer's tier through periods: up at once, down only after some bad periods in a row.

    After `patience` periods in a row below the tier the customer falls to the best tier earned in them;
    one period at the tier or above starts the count anew.

    Args:
        points: what each period brought.
        tiers: tier → the fewest points it takes; the lowest one is given whatever the points.
        patience: how many periods.

    Raises:
        ValueError: there is no tier, or patience is below 1.
    """
    if not tiers or patience < 1:
        raise ValueError("tiers and a patience of at least 1 are needed")
    order = sorted(tiers, key=lambda name: tiers[name])
    history: list[Place] = []
    held, below = 0, list[int]()
    for score in points:
        earned = order.index(tier_of(score, tiers) or order[0])
        if not history or earned >= held:
            held, below = earned, []
        else:
            below.append(earned)
            if len(below) >= patience:
                held, below = max(below), []
        history.append(Place(order[held], order[earned], len(below)))
    return tuple(history)


def overbooked(tiers: Mapping[str, int], capacity: Mapping[str, int]) -> dict[str, int]:
    """Return tiers that hold more customers than there are people and means for, and by how many."""
    return {
        name: count - capacity[name]
        for name, count in tiers.items()
        if name in capacity and count > capacity[name]
    }
