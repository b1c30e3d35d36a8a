"""Market damage as plain data, for `blueprint analyse --format json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from blueprint.analysis import what_if
from blueprint.analysis.damage import Damage, Lever
from blueprint.analysis.journey_damage import (
    JourneyDamage,
    MarketDamage,
    journey_damage,
    market_damage,
)
from blueprint.analysis.market_inputs import IncompleteMarketError, value_of
from blueprint.model.journey import Journey

if TYPE_CHECKING:
    from blueprint.model.standards import Standards


def told(
    journey: Journey, visits: Mapping[str, float], standards: Standards | None = None
) -> dict[str, Any] | None:
    """Return what problems cost; None where neither a market nor a problem rate is written.

    What cannot be computed is null, with the reason beside it.

    Args:
        journey: the journey.
        visits: expected visits per journey by touchpoint.
        standards: the playbooks in force, for the parameters that the market names.
    """
    rated = any(p.problems and p.problems.rate for p in journey.touchpoints.values())
    if journey.market is None and not rated:
        return None
    parameters, source = _parameters(journey, standards)
    page: dict[str, Any] = {"market": None, "touchpoints": None, "parameters": source, "reasons": []}
    page["what_if"] = None
    if journey.market is not None:
        try:
            page["market"] = _market(market_damage(journey, parameters))
        except IncompleteMarketError as error:
            page["reasons"].append(error.reason)
    if rated:
        try:
            page["touchpoints"] = _touchpoints(journey_damage(journey, visits, parameters))
        except IncompleteMarketError as error:
            page["reasons"].append(error.reason)
    page["reasons"] = list(dict.fromkeys(page["reasons"]))
    if journey.market is not None:
        lost = page["market"]["damage"] if page["market"] is not None else None
        page["what_if"] = what_if.told(journey.market, value_of(journey), lost, standards)
    return page


def _parameters(
    journey: Journey, standards: Standards | None
) -> tuple[Mapping[str, float], dict[str, Any] | None]:
    """Return the numbers of the entry that the market names, and where they come from."""
    id = journey.market.parameters if journey.market is not None else None
    entry = standards.parameters.get(id) if id is not None and standards is not None else None
    if entry is None:
        return {}, None
    return entry.values, {"id": id, "source": entry.source, "verified": entry.verified}


def _market(it: MarketDamage) -> dict[str, Any]:
    return {
        "currency": it.currency,
        **_figures(it.found),
        "money_range": list(it.money_range),
        "ordering": it.ordering._asdict(),
        "levers": _levers(it.levers),
        "swings": [swing._asdict() for swing in it.swings],
        "scenarios": [
            {**scenario._asdict(), "saved_range": list(scenario.saved_range)} for scenario in it.scenarios
        ],
        "break_even_per_complaint": it.break_even,
        "word_of_mouth": None
        if it.word_of_mouth is None
        else {**asdict(it.word_of_mouth), "currency": it.word_of_mouth_currency},
        "iceberg": None
        if it.iceberg is None
        else {"counted": it.counted, **{name: list(ends) for name, ends in it.iceberg._asdict().items()}},
    }


def _touchpoints(it: JourneyDamage) -> dict[str, Any]:
    return {
        "currency": it.currency,
        "money": it.money,
        "money_range": list(it.money_range),
        "any_problem": it.any_problem,
        "ranked": [
            {
                "touchpoint": point.touchpoint,
                "problems_per_journey": point.problems_per_journey,
                **_figures(point.found),
                "money_range": list(point.money_range),
                "levers": _levers(point.levers),
                "not_told_apart": list(point.not_told_apart),
            }
            for point in it.touchpoints
        ],
    }


def _figures(found: Damage) -> dict[str, Any]:
    return asdict(found)


def _levers(found: tuple[Lever, ...]) -> dict[str, Any]:
    return {
        lever.name: {"lost": lever.lost, "damage": lever.damage, "money": lever.money} for lever in found
    }
