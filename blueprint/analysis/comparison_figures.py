"""The figures that two versions are compared by: which way is better, and how far apart is worth a word."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from blueprint.analysis.chain import chain_figures, chain_of
from blueprint.analysis.damage import ImpossibleInputsError, damage
from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.effort import effort
from blueprint.analysis.emotions import emotions_of
from blueprint.analysis.market_inputs import IncompleteMarketError, inputs_from, known_shares, value_of
from blueprint.analysis.pains import ranked_pains, valleys
from blueprint.analysis.peak_end import peak_end
from blueprint.model.journey import Journey
from blueprint.model.market import Market
from blueprint.model.persona import Persona
from blueprint.model.service import ServiceBlueprint

Unit = Literal["emotion", "share", "seconds", "number", "count", "money"]
Better = Literal["higher", "lower", ""]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a comparison."""

    name: str
    unit: Unit
    better: Better
    """Which way is good; empty where neither is."""
    rests_on: frozenset[str]
    """What it is computed from: kinds of `hybrids.Factor`."""
    watched: bool = True
    """Whether becoming worse is a regression when nobody says otherwise."""


_GRAPH = frozenset({"structure", "rerouted", "entry", "outcomes"})
_FELT = _GRAPH | {"rescored", "personas", "neutral", "moved"}
_MARKET = _GRAPH | {"problems", "market", "traffic"}
JOURNEY_MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("peak_end", "emotion", "higher", _FELT),
        Measure("peak_end_positive", "emotion", "higher", _FELT, watched=False),
        Measure("peak_end_negative", "emotion", "higher", _FELT, watched=False),
        Measure("ending", "emotion", "higher", _FELT),
        Measure("mean", "emotion", "higher", _FELT),
        Measure("longest_valley", "count", "lower", _FELT - _GRAPH | {"structure"}),
        Measure("completion", "share", "higher", _GRAPH),
        Measure("time", "seconds", "lower", _GRAPH | {"retimed"}),
        Measure("steps", "number", "", _GRAPH, watched=False),
        Measure("rework", "number", "lower", _GRAPH, watched=False),
        Measure("effort", "number", "lower", _GRAPH | {"retimed", "channel", "owner"}, watched=False),
        Measure("handoffs", "number", "lower", _GRAPH | {"owner"}, watched=False),
        Measure("wait_share", "share", "lower", _GRAPH | {"retimed"}),
        Measure("pains", "number", "lower", _GRAPH | {"pains"}, watched=False),
        Measure("damage", "money", "lower", _MARKET),
    )
}
"""Not watched by default: what only says how long the way is, what somebody newly wrote down (a pain
that is known is no worse than one that is not), and what a better journey may cost.
`pains` is Σ expected visits × severity; `damage` is money per period, of the touchpoints with a
problem rate, else of the market."""

_PROCESS = frozenset({"structure", "step", "actor", "journey"})
BLUEPRINT_MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("crossings", "number", "lower", _PROCESS),
        Measure("handoffs", "number", "lower", _PROCESS),
        Measure("standard_time", "seconds", "lower", _PROCESS),
        Measure("wait_time", "seconds", "lower", _PROCESS),
        Measure("wait_share", "share", "lower", _PROCESS),
        Measure("critical_path", "seconds", "lower", _PROCESS),
        Measure("breaches", "count", "lower", _PROCESS),
        Measure("evidence_coverage", "share", "higher", _PROCESS, watched=False),
        Measure("fail_points", "count", "", _PROCESS, watched=False),
    )
}

TOLERANCE: dict[Unit, float] = {
    "emotion": 0.01, "share": 0.01, "seconds": 0.1, "number": 0.1, "count": 0.0, "money": 0.1,
}  # fmt: skip
"""How much worse is still no regression: of the emotion scale's width, in points of a share, of the old
value of any other figure."""


def tolerated(
    measure: Measure, before: float, width: float, given: Mapping[str, float] = {}
) -> float | None:
    """Return by how much a figure may become worse; None where it is not watched.

    Args:
        measure: the figure.
        before: its old value.
        width: of the emotion scale.
        given: tolerances that somebody chose, by figure: naming a figure watches it, an infinite
            tolerance does not.
    """
    share = given.get(measure.name)
    if not measure.better or share == float("inf") or (share is None and not measure.watched):
        return None
    share = TOLERANCE[measure.unit] if share is None else share
    if measure.unit == "emotion":
        return share * width
    return share if measure.unit == "share" else share * abs(before)


def tolerances(watch: Collection[str] | None, given: Mapping[str, float]) -> dict[str, float]:
    """Return tolerances under which only some figures are watched, and those that have one of their own.

    Args:
        watch: the figures that count instead of the usual ones; None for the usual ones.
        given: tolerances that somebody chose, by figure.
    """
    if watch is None:
        return dict(given)
    known = {**BLUEPRINT_MEASURES, **JOURNEY_MEASURES}
    usual = {name: TOLERANCE[m.unit] if name in watch else float("inf") for name, m in known.items()}
    return {**usual, **given}


def journey_values(
    journey: Journey,
    personas: Mapping[str, Persona] = {},
    parameters: Mapping[str, float] | None = None,
    wanted: frozenset[str] = frozenset(JOURNEY_MEASURES),
) -> dict[str, float | None]:
    """Compute the figures of a journey; None for what cannot be said.

    Args:
        journey: the journey.
        personas: persona documents by id, for their shares.
        parameters: what the market leaves out (see `journey_damage`).
        wanted: which figures.

    Raises:
        Uncomputable: the graph allows no figures.
    """
    if wanted == {"longest_valley"}:
        return {"longest_valley": _longest_valley(journey, emotions_of(journey, personas)[0])}
    chain = chain_of(journey)
    figures = chain_figures(journey, chain)
    found: dict[str, float | None] = {
        "completion": figures.completion,
        "time": figures.seconds,
        "steps": figures.steps,
        "rework": sum(figures.rework.values()),
    }
    if wanted & {"peak_end", "ending", "mean", "longest_valley"}:
        emotions, _ = emotions_of(journey, personas)
        found["longest_valley"] = _longest_valley(journey, emotions)
        if emotions:
            seconds = [None] * len(chain.names)
            told = peak_end(chain, emotions, journey.neutral_emotion, seconds=seconds)
            found |= {
                "peak_end": told.intensity.expected,
                "peak_end_positive": told.positive.expected,
                "peak_end_negative": told.negative.expected,
                "ending": told.ending,
                "mean": told.mean_visit_weighted,
            }
    if wanted & {"effort", "handoffs", "wait_share"}:
        strain = effort(journey, figures)
        found["effort"], found["handoffs"] = strain.total, strain.handoffs
        found["wait_share"] = strain.wait_seconds / figures.seconds if figures.seconds else None
    if "pains" in wanted:
        found["pains"] = sum(pain.weight for pain in ranked_pains(journey, figures))
    if "damage" in wanted:
        found["damage"] = _money(journey, figures.visits, parameters)
    return {name: found.get(name) for name in JOURNEY_MEASURES if name in wanted}


def _longest_valley(journey: Journey, emotions: Mapping[str, float]) -> float:
    return float(max((len(v.touchpoints) for v in valleys(journey, emotions)), default=0))


def _money(
    journey: Journey, visits: Mapping[str, float], parameters: Mapping[str, float] | None
) -> float | None:
    """Return what problems cost, as `journey_damage` and `market_damage` do, without their ranges."""
    market, value = journey.market or Market(), value_of(journey)
    rated = {n: p.problems for n, p in journey.touchpoints.items() if p.problems and p.problems.rate}
    if journey.market is None and not rated:
        return None
    try:
        if not rated:
            customers = market.customers or (journey.traffic.journeys if journey.traffic else None)
            spans = known_shares(market, parameters)
            return damage(inputs_from(customers, value, spans, paradox=market.paradox).likely).money
        from blueprint.analysis.journey_damage import journey_damage

        return journey_damage(journey, visits, parameters).money
    except (IncompleteMarketError, ImpossibleInputsError):
        return None


def blueprint_values(blueprint: ServiceBlueprint, journey: Journey | None) -> dict[str, float | None]:
    """Compute the figures of a service blueprint; None for what cannot be said."""
    found = analyse_blueprint(blueprint, journey)
    return {
        "crossings": found.crossings,
        "handoffs": found.handoffs,
        "standard_time": found.standard_seconds,
        "wait_time": found.wait_seconds,
        "wait_share": found.wait_share,
        "critical_path": found.critical_path_seconds,
        "breaches": float(len(found.breaches)),
        "evidence_coverage": found.evidence_coverage,
        "fail_points": float(len(found.fail_points)),
    }
