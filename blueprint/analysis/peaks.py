"""Which touchpoint is the peak of a journey, jointly with the last one and the outcome (domain 1.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from blueprint.analysis.chain import SMALL, Chain
from blueprint.analysis.elimination import Elimination

DIGITS = 10
"""Values of peak-end that agree to so many decimals are one value."""


@dataclass(frozen=True, slots=True)
class Joint:
    """What the joint distribution of peak, last touchpoint and outcome says.

    Attributes:
        peak: per state the probability that it is the peak.
        peak_sum: per outcome E[emotion of the peak · 1(outcome)].
        values: possible values of w·peak + (1−w)·end, ascending.
        shares: their probabilities.
    """

    peak: list[float]
    peak_sum: list[float]
    values: list[float]
    shares: list[float]

    def quantile(self, level: float) -> float:
        """Return the smallest value that is not exceeded with at least this probability."""
        reached = 0.0
        for value, share in zip(self.values, self.shares, strict=True):
            reached += share
            if reached >= level - 1e-12:
                return value
        return self.values[-1]

    def below(self, limit: float) -> float:
        """Return the probability of a value less than the limit."""
        pairs = zip(self.values, self.shares, strict=True)
        return sum(share for value, share in pairs if value < limit - 10**-DIGITS)


def joint(chain: Chain, order: Sequence[int], emotions: Sequence[float], weight: float) -> Joint:
    """Compute the joint distribution of peak, last touchpoint and outcome.

    The threshold method: `F_x = α_A (I − Q_AA)⁻¹ R` over A = {key ≤ x} is the distribution of (last,
    outcome) on journeys whose peak is at most x. Eliminating the states in the order of their keys visits
    every such A once: when state k's turn comes, its row holds what happens from k on while only
    states below k are met, so P(peak = k, last = j) is `visits to k within A_k` times that row. One
    elimination therefore stands for the n linear systems of the formula.

    Args:
        chain: the journey.
        order: the reached states by ascending key, ties already broken: the last one met is the peak.
        emotions: emotion per state.
        weight: the weight w of the peak.
    """
    if len(order) > SMALL:
        from blueprint.analysis.thresholds import joint_by_components

        return joint_by_components(chain, order, emotions, weight)
    rows = [{**row, -1 - s: chain.leave[s]} if chain.leave[s] else row for s, row in enumerate(chain.q)]
    eliminated = Elimination(rows, order)
    entered = eliminated.entered(chain.alpha)
    peak = [0.0] * len(rows)
    ends = [0.0] * len(rows)
    peak_sum = [0.0] * len(chain.outcomes)
    found: dict[float, float] = {}
    for state in order:
        visits, high, ends_after = entered[state], emotions[state], 0.0
        if not visits:
            continue
        for target, share in eliminated.upper[state].items():
            if target < 0:
                last = -1 - target
                p = visits * share
                ends_after += p
                ends[last] += p * high
                value = round(weight * high + (1 - weight) * emotions[last], DIGITS) + 0.0
                found[value] = found.get(value, 0.0) + p
        peak[state] = ends_after
    for last, total in enumerate(ends):
        if total:
            for outcome, p in chain.r[last].items():
                peak_sum[outcome] += total * p / chain.leave[last]
    values = sorted(found)
    return Joint(peak, peak_sum, values, [found[value] for value in values])
