"""What the customer will remember: peak and end, and the means beside them (domain section 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from blueprint.analysis.chain import Chain
from blueprint.analysis.peaks import Joint, joint
from blueprint.analysis.results import PeakEnd, PeakEndMode

LONGEST_DISTRIBUTION = 1000
"""Beyond so many values, neighbours in `PeakEndMode.distribution` are merged at their mean."""


def peak_end(
    chain: Chain,
    emotions: Mapping[str, float],
    neutral: float,
    *,
    seconds: Sequence[float | None],
    assumed: tuple[str, ...] = (),
    weight: float = 0.5,
) -> PeakEnd:
    """Compute peak-end in its three modes.

    `PE = w·peak + (1−w)·end` (Kahneman et al. 1993; Redelmeier and Kahneman 1996). Peaks are taken per
    path and then averaged, never on the averaged curve. Where two touchpoints are equally strong on one
    path, the intensity mode takes the negative one, then the one written later; the positive and
    negative modes the one written later.

    Args:
        chain: the journey.
        emotions: score per touchpoint; those left out count as neutral.
        neutral: where neither good nor bad is.
        seconds: time of one visit per touchpoint, None where not named.
        assumed: touchpoints whose score nobody measured.
        weight: w in [0, 1].
    """
    felt = [emotions.get(name, neutral) for name in chain.names]
    last = [v * out for v, out in zip(chain.visits, chain.leave, strict=True)]
    ending_sum = [0.0] * len(chain.outcomes)
    for state in chain.reached:
        for outcome, p in chain.r[state].items():
            ending_sum[outcome] += chain.visits[state] * p * felt[state]

    keys: dict[str, Callable[[int], Any]] = {
        "intensity": lambda at: (round(abs(felt[at] - neutral), 12), felt[at] < neutral, at),
        "positive": lambda at: (felt[at], at),
        "negative": lambda at: (-felt[at], at),
    }

    def compute(mode: str) -> PeakEndMode:
        order = sorted(chain.reached, key=keys[mode])
        return _mode(chain, joint(chain, order, felt, weight), felt, last, ending_sum, neutral, weight)

    times = [v * (time or 0.0) for v, time in zip(chain.visits, seconds, strict=True)]
    return PeakEnd(
        compute=compute,
        ending=_dot(last, felt),
        ending_by_outcome={
            name: total / share
            for name, total, share in zip(chain.outcomes, ending_sum, chain.absorption, strict=True)
            if share > 0
        },
        mean_visit_weighted=_dot(chain.visits, felt) / sum(chain.visits),
        mean_time_weighted=_dot(times, felt) / sum(times) if sum(times) > 0 else None,
        unscored=tuple(name for name in chain.names if name not in emotions),
        assumed=assumed,
        weight=weight,
    )


def _mode(
    chain: Chain,
    found: Joint,
    felt: Sequence[float],
    last: Sequence[float],
    ending_sum: Sequence[float],
    neutral: float,
    weight: float,
) -> PeakEndMode:
    expected_peak = _dot(found.peak, felt)
    # ∂E[PE]/∂e_j = w·P(peak = j) + (1−w)·P(end = j): raising e_j a little changes no order (domain 1.5)
    gradient = [weight * p + (1 - weight) * end for p, end in zip(found.peak, last, strict=True)]
    lever = max(range(len(gradient)), key=lambda state: round(gradient[state], 12))
    remembered = [
        weight * high + (1 - weight) * end for high, end in zip(found.peak_sum, ending_sum, strict=True)
    ]
    return PeakEndMode(
        expected=weight * expected_peak + (1 - weight) * _dot(last, felt),
        expected_peak=expected_peak,
        by_outcome={
            name: total / share
            for name, total, share in zip(chain.outcomes, remembered, chain.absorption, strict=True)
            if share > 0
        },
        quantiles={"p10": found.quantile(0.1), "p50": found.quantile(0.5), "p90": found.quantile(0.9)},
        below_neutral=found.below(neutral),
        distribution=_thinned(found),
        peak_probability=dict(zip(chain.names, found.peak, strict=True)),
        gradient=dict(zip(chain.names, gradient, strict=True)),
        best_lever=chain.names[lever],
    )


def _thinned(found: Joint) -> tuple[tuple[float, float], ...]:
    pairs = list(zip(found.values, found.shares, strict=True))
    if len(pairs) <= LONGEST_DISTRIBUTION:
        return tuple(pairs)
    size = -(-len(pairs) // LONGEST_DISTRIBUTION)
    merged = []
    for start in range(0, len(pairs), size):
        part = pairs[start : start + size]
        share = sum(p for _, p in part)
        if share > 0:
            merged.append((sum(value * p for value, p in part) / share, share))
    return tuple(merged)


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))
