"""Customers through their life with the house: phases, lifetime value, signs of leaving (domain 10.4)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from blueprint.analysis.chain import Chain
from blueprint.analysis.results import Uncomputable
from blueprint.model.customers import ChurnSigns, Lifecycle, Recency

LEFT: Final = "left"
"""Where customers are who came to no phase any more."""

SIGNS: Final = ("recency", "frequency", "complaint", "csat", "nps")
OVERDUE: Final = 2.0
"""So many times the usual gap without a purchase is a sign."""
DISSATISFIED: Final = 2
DETRACTOR: Final = 6
AT_RISK: Final = 0.4
"""From two of the five signs on a customer counts as at risk."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """What becomes of a customer who begins in one phase."""

    start: str
    periods: dict[str, float]
    """Expected periods in each phase before leaving; empty where some never leave."""
    expected: float | None
    """Expected periods before leaving, all phases together; None where some never leave."""
    ever: dict[str, float]
    """Probability to be in the phase at all."""
    value: float | None
    """Lifetime value: discounted margins, the first period in full; None where no margin is written."""
    value_by_start: dict[str, float]
    """The same for customers who are in a phase today; empty without margins."""


@dataclass(frozen=True, slots=True)
class ChurnScore:
    """How many of the five signs of leaving are there."""

    signs: tuple[str, ...]
    """Those that are there, of `SIGNS`."""
    unknown: tuple[str, ...]
    """Those nobody wrote: neither counted nor taken for absent."""

    @property
    def low(self) -> float:
        """The score if none of the unknown signs is there."""
        return len(self.signs) / len(SIGNS)

    @property
    def high(self) -> float:
        """The score if all of the unknown signs are there."""
        return (len(self.signs) + len(self.unknown)) / len(SIGNS)

    @property
    def at_risk(self) -> bool | None:
        """Whether at least two signs are there; None where the unknown ones decide."""
        return True if self.low >= AT_RISK - 1e-9 else False if self.high < AT_RISK - 1e-9 else None


def lifetime(
    moves: Mapping[str, Mapping[str, float]],
    *,
    start: str | None = None,
    margins: Mapping[str, float] | None = None,
    discount: float = 1.0,
) -> Lifetime:
    """Follow customers through phases until they leave (an absorbing chain, Kemeny and Snell).

    `CLV = Σ_t δ^t m_(phase at t) = [(I − δQ)^(-1) m]_start`. Discounting is the same as leaving with
    probability 1 − δ each period, so the value is read off the chain thinned by δ.

    Args:
        moves: phase → phase one period later → share; what is missing from 1 has left.
        start: the phase in which a customer begins; the first one where left out.
        margins: what a customer in a phase brings per period; 0 where left out.
        discount: δ in (0, 1], what a sum one period from now is worth today.

    Raises:
        Uncomputable: a phase is unknown, shares exceed 1, or some customers never leave though nothing is
            discounted.
        ValueError: the discount lies outside (0, 1].
    """
    if not 0 < discount <= 1:
        raise ValueError("a discount lies in (0, 1]")
    names = tuple(moves)
    begin = names[0] if start is None else start
    unknown = sorted({to for row in moves.values() for to in row} - set(names) | {begin} - set(names))
    if unknown:
        raise Uncomputable(
            "a customer moves to a phase that is not there", "客户转入了一个不存在的阶段", tuple(unknown)
        )
    ever: dict[str, float]
    try:
        chain = _chain(names, moves, begin, 1.0)
        periods = dict(zip(names, chain.visits, strict=True))
        ever = dict(zip(names, chain.ever, strict=True))
    except Uncomputable:
        if discount == 1:
            raise
        # for ever is a long time: only what is discounted can be said
        periods, ever = {}, {}
    values: dict[str, float] = {}
    if margins is not None:
        rewards = [margins.get(name, 0.0) for name in names]
        for name in names:
            thinned = _chain(names, moves, name, discount)
            values[name] = thinned.factors.expected(rewards)[names.index(name)]
    return Lifetime(
        start=begin,
        periods=periods,
        expected=sum(periods.values()) if periods else None,
        ever=ever,
        value=values.get(begin),
        value_by_start=values,
    )


def _chain(
    names: tuple[str, ...], moves: Mapping[str, Mapping[str, float]], start: str, thin: float
) -> Chain:
    places = {name: at for at, name in enumerate(names)}
    q, r = [], []
    for name in names:
        row = {places[to]: share * thin for to, share in moves[name].items() if share > 0}
        if sum(moves[name].values()) > 1 + 1e-9:
            raise Uncomputable("the shares of a phase exceed 1", "某阶段的比例之和超过 1", (name,))
        leaving = 1 - sum(row.values())
        q.append(row)
        r.append({0: leaving} if leaving > 1e-12 else {})
    return Chain(names, (LEFT,), tuple(q), tuple(r), {places[start]: 1.0})


def lifetime_of(lifecycle: Lifecycle) -> Lifetime:
    """Follow the customers of a document through their phases; see `lifetime`.

    Raises:
        Uncomputable: margins are in several currencies, a phase is unknown, or shares exceed 1.
    """
    cash = {name: state.margin for name, state in lifecycle.states.items() if state.margin is not None}
    if len({money.currency for money in cash.values()}) > 1:
        raise Uncomputable("margins are in several currencies", "利润使用了多种货币", tuple(cash))
    if lifecycle.discount == 0:
        raise Uncomputable(
            "a discount of 0 leaves nothing of what is to come", "折现率为 0，未来的价值全部归零"
        )
    return lifetime(
        {name: state.next for name, state in lifecycle.states.items()},
        start=lifecycle.start,
        margins={name: money.amount for name, money in cash.items()} or None,
        discount=1.0 if lifecycle.discount is None else lifecycle.discount,
    )


def churn_score(signs: ChurnSigns, rfm: Recency | None = None) -> ChurnScore:
    """Count signs of leaving: a rule of thumb until there is a model (domain 10.4).

    No purchase for more than twice the usual gap, ever fewer purchases, an open complaint, satisfaction of
    at most 2 of 5, likelihood to recommend of at most 6 of 10.
    """
    since = rfm.recency if rfm else None
    found: dict[str, bool | None] = {
        "recency": None if since is None or signs.usual_gap is None else since > OVERDUE * signs.usual_gap,
        "frequency": None if signs.frequency_trend is None else signs.frequency_trend < 0,
        "complaint": signs.open_complaint,
        "csat": None if signs.csat is None else signs.csat <= DISSATISFIED,
        "nps": None if signs.nps is None else signs.nps <= DETRACTOR,
    }
    return ChurnScore(
        signs=tuple(name for name in SIGNS if found[name]),
        unknown=tuple(name for name in SIGNS if found[name] is None),
    )


def brier(forecasts: Sequence[float], left: Sequence[bool]) -> float | None:
    """Return the mean squared error of forecasts in [0, 1]; 0 is perfect, ¼ is a coin. None of nobody."""
    if len(forecasts) != len(left):
        raise ValueError("a forecast and an outcome are needed of everybody")
    return sum((p - y) ** 2 for p, y in zip(forecasts, left, strict=True)) / len(left) if left else None


def auc(scores: Sequence[float], left: Sequence[bool]) -> float | None:
    """Return the probability that somebody who left scored higher than somebody who stayed.

    Equal scores count half (Mann and Whitney). None where nobody left, or nobody stayed.
    """
    gone = [score for score, it in zip(scores, left, strict=True) if it]
    stayed = sorted(score for score, it in zip(scores, left, strict=True) if not it)
    if not gone or not stayed:
        return None
    wins = sum(bisect_left(stayed, score) + bisect_right(stayed, score) for score in gone) / 2
    return wins / (len(gone) * len(stayed))
