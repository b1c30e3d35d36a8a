"""Service quality asked of customers: SERVQUAL and SERVPERF (domain 4).

Parasuraman, Zeithaml and Berry (1988, 1991) ask for every item what an excellent service would do (E)
and what this one does (P); quality is P − E. Cronin and Taylor (1992) ask only for P (SERVPERF). Items
are averaged within a dimension, and dimensions are averaged or weighted by what customers find
important: averaging all 22 items at once would give the longer dimensions more weight.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import TYPE_CHECKING

from blueprint.analysis.reliability import (
    Alpha,
    MeanTest,
    covariance,
    cronbach,
    difference_reliability,
    mean_test,
    variance,
)

if TYPE_CHECKING:
    from blueprint.model.yardstick import Instrument

Answers = Sequence[float | None]
"""One respondent's answers in the order of the instrument's items; None where there is none."""
Weights = Mapping[str, float]
"""Parts of a whole by dimension."""


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """What was asked about one dimension."""

    n: int
    """Respondents who answered all of its items."""
    expected: float | None
    """None for SERVPERF."""
    perceived: float
    score: MeanTest
    """P − E with its paired t test; for SERVPERF P alone, not tested."""
    alpha_perceived: Alpha | None
    """None with one item, one respondent, or answers that are all alike."""
    alpha_expected: Alpha | None
    alpha_gap: Alpha | None
    """Of the items' differences."""
    reliability_gap: float | None
    """Of the difference of the two scores, from their alphas and their correlation."""


@dataclass(frozen=True, slots=True)
class ServiceQuality:
    """What a survey of service quality says."""

    dimensions: dict[str, DimensionScore]
    unanswered: tuple[str, ...]
    """Dimensions that nobody answered completely."""
    unweighted: MeanTest | None
    """Mean over dimensions, of the respondents who answered every dimension; None where nobody did."""
    weighted: MeanTest | None
    """The same by weights; None where there are none."""


def service_quality(
    perceived: Sequence[Answers],
    expected: Sequence[Answers] | None = None,
    *,
    instrument: Instrument,
    allocations: Sequence[Weights] | None = None,
) -> ServiceQuality:
    """Score a survey: SERVQUAL where expectations were asked, SERVPERF where not.

    G_rk is the mean of P − E over the items of dimension k, answered by respondent r; overall is the mean,
    or Σ w_k G_rk, over dimensions. A respondent counts for a dimension when all its items were answered.

    Args:
        perceived: one row of answers per respondent, as written down: negatively worded items are turned.
        expected: the same respondents in the same order.
        instrument: which items belong together, how they are worded, what each dimension weighs.
        allocations: weights each respondent gave, in place of the instrument's; each sums to 1.

    Raises:
        ValueError: rows of the wrong length, answers outside the scale, weights that do not sum to 1.
    """
    places = _places(instrument)
    seen_by = [_read(row, instrument, f"row {at}, perceived") for at, row in enumerate(perceived, 1)]
    hoped_by = None
    if expected is not None:
        if len(expected) != len(perceived):
            raise ValueError(f"{len(perceived)} rows of perceptions, but {len(expected)} of expectations")
        hoped_by = [_read(row, instrument, f"row {at}, expected") for at, row in enumerate(expected, 1)]
    weights = _weights(instrument, places, allocations, len(seen_by))

    found: dict[str, DimensionScore] = {}
    scores_by: list[dict[str, float]] = [{} for _ in seen_by]
    for name, items in places.items():
        seen = [_answered(row, items) for row in seen_by]
        hoped = None if hoped_by is None else [_answered(row, items) for row in hoped_by]
        whole = [
            at
            for at, row in enumerate(seen)
            if row is not None and (hoped is None or hoped[at] is not None)
        ]
        if not whole:
            continue
        found[name], scores = _dimension(
            [row for at in whole if (row := seen[at]) is not None],
            None if hoped is None else [row for at in whole if (row := hoped[at]) is not None],
        )
        for at, score in zip(whole, scores, strict=True):
            scores_by[at][name] = score
    complete = [at for at, scores in enumerate(scores_by) if scores and len(scores) == len(places)]
    plain = [fsum(scores_by[at].values()) / len(places) for at in complete]
    heavy = [
        fsum(weights[at][name] * score for name, score in scores_by[at].items())
        for at in complete
        if weights is not None
    ]
    tested = expected is not None
    return ServiceQuality(
        dimensions=found,
        unanswered=tuple(name for name in places if name not in found),
        unweighted=mean_test(plain, tested=tested) if plain else None,
        weighted=mean_test(heavy, tested=tested) if heavy else None,
    )


def overall(scores: Mapping[str, float], weights: Weights | None = None) -> float | None:
    """Return the overall score of dimension means: their mean, or Σ w g / Σ w over those that are known.

    None where nothing is known, or all that is known weighs nothing.
    """
    if weights is None:
        return fsum(scores.values()) / len(scores) if scores else None
    total = fsum(weights.get(k, 0.0) for k in scores)
    return fsum(weights.get(k, 0.0) * score for k, score in scores.items()) / total if total > 0 else None


def check_weights(weights: Weights, dimensions: Collection[str]) -> None:
    """Make sure that weights are parts of one whole.

    Raises:
        ValueError: one is negative, missing or foreign, or they do not sum to 1 (±1e-6).
    """
    missing = [name for name in dimensions if name not in weights]
    if missing:
        raise ValueError(f"no weight for {', '.join(missing)}")
    foreign = sorted(set(weights) - set(dimensions))
    if foreign:
        raise ValueError(f"a weight for {', '.join(foreign)}, which is no dimension here")
    if not all(weight >= 0 for weight in weights.values()):
        raise ValueError("a weight is negative")
    total = fsum(weights.values())
    if not abs(total - 1) <= 1e-6:
        raise ValueError(f"weights sum to {total:g}, not to 1")


def _places(instrument: Instrument) -> dict[str, tuple[int, ...]]:
    """Return the places of each dimension's items in a row of answers."""
    places: dict[str, tuple[int, ...]] = {}
    at = 0
    for dimension in instrument.dimensions:
        places[dimension.id] = tuple(range(at, at + len(dimension.items)))
        at += len(dimension.items)
    if not at or not all(places.values()):
        raise ValueError("a dimension of the questionnaire has no items")
    return places


def _weights(
    instrument: Instrument,
    places: Mapping[str, tuple[int, ...]],
    allocations: Sequence[Weights] | None,
    respondents: int,
) -> Sequence[Weights] | None:
    if allocations is None:
        weights = {d.id: d.weight for d in instrument.dimensions if d.weight is not None}
        if not weights:
            return None
        check_weights(weights, places)
        return [weights] * respondents
    if len(allocations) != respondents:
        raise ValueError(f"{respondents} respondents, but {len(allocations)} allocations of weights")
    for allocation in allocations:
        check_weights(allocation, places)
    return allocations


def _read(row: Answers, instrument: Instrument, where: str) -> list[float | None]:
    items = [item for dimension in instrument.dimensions for item in dimension.items]
    low, high = instrument.scale or (1.0, 7.0)
    if len(row) != len(items):
        raise ValueError(f"{where} has {len(row)} answers, the questionnaire {len(items)} items")
    for place, answer in enumerate(row):
        if answer is not None and not low <= answer <= high:
            raise ValueError(f"{where} item {place + 1}: {answer:g} is not between {low:g} and {high:g}")
    return [
        low + high - answer if answer is not None and item.reversed else answer
        for answer, item in zip(row, items, strict=True)
    ]


def _answered(row: Answers, items: Sequence[int]) -> list[float] | None:
    found = [answer for place in items if (answer := row[place]) is not None]
    return found if len(found) == len(items) else None


def _means(rows: list[list[float]]) -> list[float]:
    return [fsum(row) / len(row) for row in rows]


def _dimension(
    seen: list[list[float]], hoped: list[list[float]] | None
) -> tuple[DimensionScore, list[float]]:
    """Return a dimension's score, and each respondent's."""
    perceived, alpha_p = _means(seen), cronbach(seen)
    mean_perceived = fsum(perceived) / len(perceived)
    if hoped is None:
        score = mean_test(perceived, tested=False)
        return DimensionScore(len(seen), None, mean_perceived, score, alpha_p, None, None, None), perceived
    expected, alpha_e = _means(hoped), cronbach(hoped)
    gaps = [p - e for p, e in zip(perceived, expected, strict=True)]
    reliability = None
    if alpha_p and alpha_e:  # so that neither spread is 0
        sd_p, sd_e = sqrt(variance(perceived)), sqrt(variance(expected))
        together = covariance(perceived, expected) / (sd_p * sd_e)
        reliability = difference_reliability(sd_p, alpha_p.alpha, sd_e, alpha_e.alpha, together)
    rows = [[p - e for p, e in zip(*pair, strict=True)] for pair in zip(seen, hoped, strict=True)]
    scored = DimensionScore(
        n=len(seen),
        expected=fsum(expected) / len(expected),
        perceived=mean_perceived,
        score=mean_test(gaps),
        alpha_perceived=alpha_p,
        alpha_expected=alpha_e,
        alpha_gap=cronbach(rows),
        reliability_gap=reliability,
    )
    return scored, gaps
