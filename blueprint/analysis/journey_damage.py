"""Market damage of a journey: for its market as a whole, and touchpoint by touchpoint (domain 7.2).

Problems at touchpoint j happen M·v_j·ρ_j times (M journeys, v_j expected visits, ρ_j the share of visits
with a problem), so that Damage_j = M·v_j·ρ_j·[(1−c_j)(L₀−L_n) + c_j(L₀−L̄_c)]·V: the same model with M·v_j
in the place of the customers. The sum over touchpoints counts a journey with two problems twice, which is
why the share of journeys with any problem stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import fsum

from blueprint.analysis.chain import Chain, chain_of
from blueprint.analysis.damage import (
    Damage,
    ImpossibleInputsError,
    Lever,
    Ordering,
    Tellings,
    WordOfMouth,
    break_even_handling,
    damage,
    levers,
    ordering,
    word_of_mouth,
)
from blueprint.analysis.iceberg import Iceberg, iceberg
from blueprint.analysis.market_inputs import IncompleteMarketError, inputs_from, known_shares, value_of
from blueprint.analysis.scenarios import (
    HANDLING,
    Scenario,
    Swing,
    Uncertain,
    damage_range,
    scenarios,
    swings,
)
from blueprint.model.journey import Journey
from blueprint.model.market import Market
from blueprint.model.values import Money

STEP = 0.1
"""The change that scenarios make: a tenth of the problems, ten points of the rest."""


@dataclass(frozen=True, slots=True)
class MarketDamage:
    """What problems cost a market."""

    inputs: Uncertain
    currency: str
    found: Damage
    money_range: tuple[float, float]
    ordering: Ordering
    """As written, before a loyalty of the satisfied above that of the untroubled is capped."""
    levers: tuple[Lever, ...]
    swings: tuple[Swing, ...]
    scenarios: tuple[Scenario, ...]
    break_even: float
    """What handling may cost per complaint if it moves ten points of complainants to satisfied."""
    word_of_mouth: WordOfMouth | None
    word_of_mouth_currency: str | None
    iceberg: Iceberg | None
    """From complaints counted along the journey; None where none were, or nobody may speak up."""
    counted: int
    """Those complaints."""


@dataclass(frozen=True, slots=True)
class TouchpointDamage:
    """What problems at one touchpoint cost."""

    touchpoint: str
    inputs: Uncertain
    problems_per_journey: float
    """v_j·ρ_j."""
    found: Damage
    money_range: tuple[float, float]
    levers: tuple[Lever, ...]
    not_told_apart: tuple[str, ...]
    """Touchpoints whose ranges overlap with this one: the order may be the other way round."""


@dataclass(frozen=True, slots=True)
class JourneyDamage:
    """The damage of a journey by touchpoint, most money first."""

    currency: str
    touchpoints: tuple[TouchpointDamage, ...]
    money: float
    money_range: tuple[float, float]
    """From the sum of the least to the sum of the greatest: never narrower than the true range."""
    any_problem: float
    """The share of journeys with at least one problem, problems at visits being independent."""


def market_damage(journey: Journey, parameters: Mapping[str, float] | None = None) -> MarketDamage:
    """Compute what problems cost the market of a journey.

    Args:
        journey: with its market and traffic.
        parameters: shares by the names of `damage.SHARES`, for what the market leaves out.

    Raises:
        IncompleteMarketError: something is left out everywhere, or cannot be.
    """
    market = journey.market or Market()
    customers = market.customers
    if customers is None and journey.traffic is not None:
        customers = journey.traffic.journeys
    spans = known_shares(market, parameters)
    inputs = inputs_from(customers, value_of(journey), spans, paradox=market.paradox)
    likely = inputs.likely
    found = damage(likely)
    value = value_of(journey)
    told, told_currency = _word_of_mouth(market, inputs, found, value)
    counted = sum(sum(p.complaint.cases.values()) for p in journey.touchpoints.values() if p.complaint)
    silent = 1 - spans["complaints"].high, 1 - spans["complaints"].low
    return MarketDamage(
        inputs=inputs,
        currency=value.currency if value else "",
        found=found,
        money_range=damage_range(inputs, lambda it: it.money),
        ordering=ordering(replace(inputs, paradox=True).likely),
        levers=levers(likely),
        swings=swings(inputs),
        scenarios=scenarios(inputs, STEP),
        break_even=break_even_handling(likely, STEP),
        word_of_mouth=told,
        word_of_mouth_currency=told_currency,
        iceberg=iceberg(counted, *silent) if counted and silent[1] < 1 else None,
        counted=counted,
    )


def journey_damage(
    journey: Journey, visits: Mapping[str, float], parameters: Mapping[str, float] | None = None
) -> JourneyDamage:
    """Compute what problems at each touchpoint cost; touchpoints without a problem rate are left out.

    Args:
        journey: with `problems` at its touchpoints; what they leave out is taken from the market.
        visits: expected visits per journey by touchpoint.
        parameters: shares by the names of `damage.SHARES`, for what the market leaves out.

    Raises:
        IncompleteMarketError: something is left out everywhere, or cannot be.
    """
    market, value = journey.market or Market(), value_of(journey)
    journeys = journey.traffic.journeys if journey.traffic is not None else market.customers
    shared = known_shares(market, parameters)
    found: list[tuple[str, Uncertain, Damage, tuple[float, float]]] = []
    rates: dict[str, float] = {}
    for name, point in journey.touchpoints.items():
        trouble = point.problems
        if trouble is None or trouble.rate is None:
            continue
        own = known_shares(trouble)
        rest = {k: v for k, v in shared.items() if not (k in HANDLING and own.keys() & set(HANDLING))}
        times = None if journeys is None else journeys * visits.get(name, 0.0)
        inputs = inputs_from(times, value, rest | own, name, paradox=market.paradox)
        rates[name] = inputs.likely.problems
        found.append((name, inputs, damage(inputs.likely), damage_range(inputs, lambda it: it.money)))
    found.sort(key=lambda it: -round(it[2].money, 9))
    return JourneyDamage(
        currency=value.currency if value else "",
        touchpoints=tuple(
            TouchpointDamage(
                touchpoint=name,
                inputs=inputs,
                problems_per_journey=visits.get(name, 0.0) * rates[name],
                found=figures,
                money_range=span,
                levers=levers(inputs.likely),
                not_told_apart=tuple(
                    other for other, _, _, its in found if other != name and _overlap(span, its)
                ),
            )
            for name, inputs, figures, span in found
        ),
        money=fsum(figures.money for _, _, figures, _ in found),
        money_range=(fsum(span[0] for *_, span in found), fsum(span[1] for *_, span in found)),
        any_problem=any_problem(chain_of(journey), rates),
    )


def any_problem(chain: Chain, rates: Mapping[str, float]) -> float:
    """Return the share of journeys that meet at least one problem.

    A journey that meets one is taken out of the chain at that visit: Q and R are scaled by 1 − ρ_j, and
    the share is Σ v'_j ρ_j with the visits of what is left.
    """
    rate = [rates.get(name, 0.0) for name in chain.names]
    trouble = len(chain.outcomes)
    taken = Chain(
        chain.names,
        (*chain.outcomes, "problem"),
        tuple(_thinned(row, rate[at]) for at, row in enumerate(chain.q)),
        tuple(
            _thinned(row, rate[at]) | ({trouble: rate[at]} if rate[at] else {})
            for at, row in enumerate(chain.r)
        ),
        chain.alpha,
    )
    return min(1.0, taken.absorption[trouble])


def _thinned(row: Mapping[int, float], rate: float) -> dict[int, float]:
    return {to: share * (1 - rate) for to, share in row.items()} if rate < 1 else {}


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1] and (one[0] < one[1] or other[0] < other[1])


def _word_of_mouth(
    market: Market, inputs: Uncertain, found: Damage, value: Money | None
) -> tuple[WordOfMouth | None, str | None]:
    written = market.word_of_mouth
    if written is None:
        return None, None
    likely = {
        name: span.likely for name in Tellings._fields if (span := getattr(written, name)) is not None
    }
    worth = written.value or value
    if len(likely) < len(Tellings._fields) or worth is None:
        return None, None
    try:
        told = word_of_mouth(found, inputs.likely, Tellings(**likely), worth.amount)
    except ImpossibleInputsError as error:
        why = error.reason
        raise IncompleteMarketError(f"word of mouth: {why.en}", f"口碑：{why.zh}") from error
    return told, worth.currency
