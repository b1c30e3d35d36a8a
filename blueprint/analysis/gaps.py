"""The gaps model of service quality: where between expecting and perceiving it is lost (domain 5).

Per touchpoint and dimension, on one scale: what customers expect (E), what management believes they
expect (M), what the standard asks for (S), what is delivered (D), promised (C) and perceived (P)
(Parasuraman, Zeithaml and Berry 1985; S003, 5 GAP). What is missing makes a gap None, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Final, Literal, NamedTuple, get_args

from blueprint.analysis.servqual import overall
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Dimension, Quality, Touchpoint

Gap = Literal["listening", "standards", "delivery", "communication", "perception", "customer"]
GAPS: Final[tuple[Gap, ...]] = get_args(Gap)
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
ADDITIVE: Final[tuple[Gap, ...]] = ("listening", "standards", "delivery", "perception")
"""The gaps that sum to the customer's. Communication is not one of them: it works through E."""

_SIDES: Final[dict[Gap, tuple[str, str]]] = {
    "listening": ("believed", "expected"),
    "standards": ("standard", "believed"),
    "delivery": ("delivered", "standard"),
    "communication": ("delivered", "promised"),
    "perception": ("perceived", "delivered"),
    "customer": ("perceived", "expected"),
}
"""Gap → what it is the first of, less the second."""

PZB_WEIGHTS: Final[dict[str, float]] = {
    "reliability": 0.32,
    "responsiveness": 0.22,
    "assurance": 0.19,
    "empathy": 0.16,
    "tangibles": 0.11,
}
"""How customers of four services shared out 100 points (Zeithaml, Parasuraman and Berry 1990): a default
where a house has not asked its own. Assurance and tangibles were found again in a second source."""


class Remedy(NamedTuple):
    """A way to close a gap."""

    id: str
    title: Message


REMEDIES: Final[dict[Gap, tuple[Remedy, ...]]] = {
    "listening": (
        Remedy("research", Message("research what customers experience", "客户体验研究")),
        Remedy("upward", Message("let the front line report upwards", "向上沟通机制")),
        Remedy("recovery", Message("recover at the first moment", "第一时间服务补救机制")),
    ),
    "standards": (
        Remedy("system", Message("design the service as a system", "系统服务设计")),
        Remedy("loop", Message("manage in a closed loop", "闭环管理")),
        Remedy("visible", Message("set standards one can see and measure", "可视化可量化的标准")),
    ),
    "delivery": (
        Remedy("hire", Message("hire the people who fit", "聘用合适的人")),
        Remedy("empower", Message("train and enable them, again and again", "持续赋能")),
        Remedy("support", Message("give them systems that support them", "支持系统")),
        Remedy("keep", Message("keep the best", "留住最好的人")),
    ),
    "communication": (
        Remedy("no-hype", Message("advertise what is there", "避免过度宣传")),
        Remedy("no-overpromise", Message("promise only what can be kept", "杜绝过度承诺")),
    ),
}
"""S003, the remedies of the first four gaps, by the ids of the playbook lists `gap-remedies-1` to `-4`."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The six differences of one dimension at one place; negative is bad."""

    listening: float | None
    """g1 = M − E: management does not know what is expected."""
    standards: float | None
    """g2 = S − M: it is known, but the standard asks for less."""
    delivery: float | None
    """g3 = D − S: the standard is not kept."""
    communication: float | None
    """g4 = D − C: more is promised than delivered."""
    perception: float | None
    """gp = P − D: more is delivered than is seen."""
    customer: float | None
    """g5 = P − E = gp + g3 + g2 + g1."""

    def of(self, gap: Gap) -> float | None:
        """Return one of them by name."""
        found: float | None = getattr(self, gap)
        return found

    @property
    def shares(self) -> dict[Gap, float]:
        """What part of the loss each additive gap has; empty unless all are known and one is negative."""
        known = [(gap, value) for gap in ADDITIVE if (value := self.of(gap)) is not None]
        lost = -fsum(value for _, value in known if value < 0)
        if len(known) < len(ADDITIVE) or lost <= 0:
            return {}
        return {gap: -value / lost for gap, value in known if value < 0}

    @property
    def largest(self) -> Gap | None:
        """Where most is lost: the additive gap with the largest share; of equal ones the first."""
        shares = self.shares
        order: list[Gap] = sorted(shares, key=lambda gap: -round(shares[gap], 12))
        return order[0] if order else None


def gaps_of(quality: Quality) -> Gaps:
    """Return the gaps of one dimension at one touchpoint."""
    return Gaps(**{gap: _less(getattr(quality, a), getattr(quality, b)) for gap, (a, b) in _SIDES.items()})


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def time_utility(seconds: float, best: float, worst: float) -> float:
    """Return u = 1 − (x − best) / (worst − best) in [0, 1], so that for times, too, more is better.

    Raises:
        ValueError: worst is not longer than best.
    """
    if not worst > best:
        raise ValueError(f"the worst time must be longer than the best, not {worst:g} against {best:g}")
    return min(1.0, max(0.0, 1 - (seconds - best) / (worst - best)))


def relative_gap(standard: float, actual: float) -> float:
    """Return (standard − actual) / standard for what is better the less it is: negative is bad.

    Raises:
        ValueError: the standard is not positive.
    """
    if not standard > 0:
        raise ValueError(f"a standard is above 0, not {standard:g}")
    return (standard - actual) / standard


class Estimate(NamedTuple):
    """A mean and its standard error."""

    mean: float
    error: float


def gap_between(one: Estimate, other: Estimate) -> Estimate:
    """Return `one` less `other` when different people were asked: Var g is the sum of the variances."""
    return Estimate(one.mean - other.mean, (one.error**2 + other.error**2) ** 0.5)


@dataclass(frozen=True, slots=True)
class RolledUp:
    """One gap over the whole journey."""

    by_dimension: dict[str, float]
    """Σ_j v_j·imp_j·g_kj / Σ_j v_j·imp_j, over the touchpoints where it is known."""
    unweighted: float | None
    """Mean over these dimensions; None where none is known."""
    weighted: float | None
    """Σ w_k g_k / Σ w_k over these dimensions, w_k averaged over touchpoints like g_k; None where the
    weights that a touchpoint writes do not sum to 1."""
    touchpoints: tuple[str, ...]
    """Where it is known for some dimension."""


@dataclass(frozen=True, slots=True)
class JourneyQuality:
    """The gaps of a journey: at each place, and rolled up."""

    at: dict[str, dict[str, Gaps]]
    """touchpoint → dimension → gaps."""
    journey: dict[Gap, RolledUp]
    blind: tuple[tuple[str, str], ...]
    """(touchpoint, dimension) where customers were asked, but not what management believes or asks for."""
    over_promised: tuple[tuple[str, str], ...]
    """(touchpoint, dimension) where more is promised than the house's own standard asks for."""
    worst: tuple[tuple[str, str], ...]
    """(touchpoint, dimension) with a negative customer gap, the largest visit-weighted loss first."""


def journey_quality(
    journey: Journey, visits: Mapping[str, float], weights: Mapping[str, float] = PZB_WEIGHTS
) -> JourneyQuality:
    """Compute every gap of a journey and roll them up by expected visits and importance.

    Args:
        journey: the journey.
        visits: expected visits per journey by touchpoint.
        weights: of dimensions, for touchpoints that weigh none themselves.

    Raises:
        ValueError: a weight is negative.
    """
    if any(not weight >= 0 for weight in weights.values()):
        raise ValueError("weights are never negative")
    at: dict[str, dict[str, Gaps]] = {
        name: {dimension: gaps_of(asked) for dimension, asked in point.quality.items()}
        for name, point in journey.touchpoints.items()
        if point.quality
    }
    masses = {name: _Mass(journey.touchpoints[name], visits.get(name, 0.0), weights) for name in at}
    losses = [
        (-masses[name].of(dimension) * gaps.customer, (name, dimension))
        for name, found in at.items()
        for dimension, gaps in found.items()
        if gaps.customer is not None and gaps.customer < 0
    ]
    asked = [
        (name, dimension, quality)
        for name in at
        for dimension, quality in journey.touchpoints[name].quality.items()
    ]
    return JourneyQuality(
        at=at,
        journey={gap: _rolled_up(gap, at, masses) for gap in GAPS},
        blind=tuple((name, dimension) for name, dimension, quality in asked if is_blind(quality)),
        over_promised=tuple((name, dimension) for name, dimension, q in asked if is_over_promised(q)),
        worst=tuple(place for _, place in sorted(losses, key=lambda it: -round(it[0], 12))),
    )


class _Mass:
    """How much a touchpoint, and each dimension at it, counts."""

    def __init__(self, point: Touchpoint, visits: float, weights: Mapping[str, float]) -> None:
        self.total = visits * (1.0 if point.importance is None else point.importance)
        own: dict[str, float] = {k: q.weight for k, q in point.quality.items() if q.weight is not None}
        self._weights = own or weights
        self.whole = not own or abs(fsum(own.values()) - 1) <= 1e-6

    def weight(self, dimension: str) -> float:
        """Return the weight of a dimension here; a dimension left out of written weights has none."""
        return self._weights.get(dimension, 0.0)

    def of(self, dimension: str) -> float:
        """Return visits × importance × weight."""
        return self.total * self.weight(dimension)


def is_blind(quality: Quality) -> bool:
    """Whether customers were asked, but nobody wrote down what management believes or asks for."""
    heard = quality.expected is not None or quality.perceived is not None
    return heard and (quality.believed is None or quality.standard is None)


def is_over_promised(quality: Quality) -> bool:
    """Whether more is promised than the house's own standard asks for (S002, 只见承诺，不见兑现)."""
    return (
        quality.promised is not None
        and quality.standard is not None
        and quality.promised > quality.standard + 1e-9
    )


def _rolled_up(gap: Gap, at: Mapping[str, Mapping[str, Gaps]], masses: Mapping[str, _Mass]) -> RolledUp:
    known = [
        (name, dimension, value)
        for name, found in at.items()
        for dimension, gaps in found.items()
        if (value := gaps.of(gap)) is not None and masses[name].total > 0
    ]
    means: dict[str, float] = {}
    weights: dict[str, float] = {}
    for dimension in DIMENSIONS:
        here = [(masses[name], value) for name, k, value in known if k == dimension]
        total = fsum(mass.total for mass, _ in here)
        if here:
            means[dimension] = fsum(mass.total * value for mass, value in here) / total
            weights[dimension] = fsum(mass.of(dimension) for mass, _ in here) / total
    places = tuple(dict.fromkeys(name for name, _, _ in known))
    whole = all(masses[name].whole for name in places)
    return RolledUp(means, overall(means), overall(means, weights) if whole else None, places)
