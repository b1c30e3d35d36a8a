"""Analyses as plain data: the documented, versioned shape that programs read."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from blueprint.analysis import (
    channels,
    clientele,
    conflict,
    coverage,
    customers,
    damage_told,
    dashboard,
    delights,
    experience,
    house,
    known_cases,
    lifecycles,
    need_ladder,
    needs,
    promises,
    quality_told,
    question_bank,
    risk_told,
    role_sheets,
    roles,
    scripts_told,
    service_levels_told,
    urgency,
    voice,
    work,
)
from blueprint.analysis.results import (
    BlueprintAnalysis,
    ChainFigures,
    JourneyAnalysis,
    PeakEnd,
    PeakEndMode,
    RankedPain,
)
from blueprint.diagnostic import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blueprint.model.persona import Persona
    from blueprint.model.sheet import Sheet
    from blueprint.model.standards import Standards

SCHEMA: Final = "blueprint.analysis/1"
"""Grows by new keys; a key never changes its meaning within one number."""


def as_json(
    analysis: JourneyAnalysis | BlueprintAnalysis,
    standards: Standards | None = None,
    sheets: Mapping[str, Sheet] | None = None,
    *,
    personas: Mapping[str, Persona] | None = None,
    language: str = "en",
) -> dict[str, Any]:
    """Return an analysis as plain data for JSON; what cannot be said is null, never NaN.

    Shares are in [0, 1], times in seconds, emotions on the journey's own scale; maps are keyed by the id
    of the touchpoint (or outcome), in the order of the document.

    Args:
        analysis: what to tell.
        standards: the playbooks in force, for figures that are held against their lists and numbers.
        sheets: the tables that the document names, by these names; what rests on others is null.
        personas: the journey's personas by id, for what is held against them.
        language: in which the reasons are said, why something holds or cannot be said.
    """
    if isinstance(analysis, JourneyAnalysis):
        page = _journey(analysis, standards, sheets or {}, personas or {})
    else:
        page = _blueprint(analysis, standards)
    return {key: _said(part, language) for key, part in page.items()}


def _said(page: object, language: str) -> object:
    """Return a part of the page with every sentence of ours in one language.

    A figure beyond what a machine can hold cannot be said either, however large the numbers in the file.
    """
    if isinstance(page, Message):
        return page.pick(language)
    if isinstance(page, float) and not isfinite(page):
        return None
    if isinstance(page, dict):
        return {key: _said(value, language) for key, value in page.items()}
    return [_said(value, language) for value in page] if isinstance(page, list) else page


def _journey(
    analysis: JourneyAnalysis,
    standards: Standards | None,
    sheets: Mapping[str, Sheet],
    personas: Mapping[str, Persona],
) -> dict[str, Any]:
    journey, chain, remembered = analysis.journey, analysis.chain, analysis.peak_end
    low, high = journey.emotion_scale
    return {
        "schema": SCHEMA,
        "kind": "journey",
        "id": journey.id,
        "state": journey.state,
        "persona": analysis.persona,
        "personas": list(journey.persona_ids),
        "scale": {"lowest": low, "highest": high, "neutral": journey.neutral_emotion},
        "assumed": {
            "shares": list(chain.assumed),
            "emotions": list(remembered.assumed) if remembered else [],
        },
        "unscored": list(remembered.unscored) if remembered else list(journey.touchpoints),
        "emotions": analysis.emotions,
        "peak_end": _peak_end(remembered),
        "ending": {
            "expected": remembered.ending if remembered else None,
            "by_outcome": remembered.ending_by_outcome if remembered else {},
        },
        "mean": {
            "visit_weighted": remembered.mean_visit_weighted if remembered else None,
            "time_weighted": remembered.mean_time_weighted if remembered else None,
        },
        **_chain(chain),
        "kinds": {
            name: {
                "declared": list(verdict.declared),
                "computed": list(verdict.computed),
                "reasons": dict(verdict.reasons),
            }
            for name, verdict in analysis.kinds.items()
        },
        "pains": [_pain(analysis, pain) for pain in analysis.pains],
        "valleys": [
            {"touchpoints": list(valley.touchpoints), "depth": valley.depth} for valley in analysis.valleys
        ],
        "effort": {
            "total": analysis.effort.total,
            "visits": analysis.effort.visits,
            "channel_switches": analysis.effort.channel_switches,
            "handoffs": analysis.effort.handoffs,
            "rework": analysis.effort.rework,
            "wait_seconds": analysis.effort.wait_seconds,
        },
        "main_path": list(analysis.main_path),
        "needs": needs.told(journey),
        "metrics": dashboard.told(journey, sheets, standards),
        "quality": quality_told.told(journey, chain.visits, standards, sheets),
        "damage": damage_told.told(journey, chain.visits, standards),
        "coverage": coverage.told(journey, chain.visits, standards, personas),
        "risk": risk_told.told(analysis, standards),
        "experience": experience.told(analysis),
        "segments": customers.told(
            journey, {name: sheet.columns for name, sheet in sheets.items()}, standards
        ),
        "service_levels": service_levels_told.told(journey, standards.ladders if standards else {}),
        "promises": promises.told(journey),
        "scripts": scripts_told.told(journey, standards),
        "clientele": None
        if standards is None
        else clientele.told(journey, chain.visits, standards, personas),
        "lifecycles": None if standards is None else lifecycles.told(journey, standards, personas),
        "needs_ladder": need_ladder.told(journey),
        "delights": delights.told(journey, chain.visits),
        "knowledge": known_cases.told(journey),
        "house": None if standards is None else house.told(journey, standards),
        "urgency": None if standards is None else urgency.told(journey, standards),
        "conflict": conflict.told(analysis, standards.protocols if standards else {}),
        "voice": voice.told(journey, sheets),
        "question_bank": question_bank.told(journey),
        "private_channels": channels.private(
            analysis, standards.vocabularies.get(channels.PRIVATE) if standards else None
        ),
    }


def _peak_end(remembered: PeakEnd | None) -> dict[str, Any] | None:
    if remembered is None:
        return None
    return {
        "weight": remembered.weight,
        "intensity": _mode(remembered.intensity),
        "positive": _mode(remembered.positive),
        "negative": _mode(remembered.negative),
    }


def _mode(mode: PeakEndMode) -> dict[str, Any]:
    return {
        "expected": mode.expected,
        "expected_peak": mode.expected_peak,
        "by_outcome": mode.by_outcome,
        "quantiles": mode.quantiles,
        "below_neutral": mode.below_neutral,
        "distribution": [[value, share] for value, share in mode.distribution],
        "peak_probability": mode.peak_probability,
        "gradient": mode.gradient,
        "best_lever": mode.best_lever,
    }


def _chain(chain: ChainFigures) -> dict[str, Any]:
    return {
        "outcomes": chain.outcomes,
        "completion": chain.completion,
        "visits": chain.visits,
        "ever_visited": chain.ever_visited,
        "rework": chain.rework,
        "last_touchpoint": chain.last_touchpoint,
        "last_before": chain.last_before,
        "traversals": [
            {"from": source, "to": target, "expected": times}
            for (source, target), times in chain.traversals.items()
        ],
        "steps": {"expected": chain.steps, "variance": chain.steps_variance},
        "time": {"expected_seconds": chain.seconds, "variance": chain.seconds_variance},
    }


def _pain(analysis: JourneyAnalysis, pain: RankedPain) -> dict[str, Any]:
    written = analysis.journey.touchpoints[pain.touchpoint].pains[pain.index]
    return {
        "touchpoint": pain.touchpoint,
        "index": pain.index,
        "pain": written.pain.root,
        "visits": pain.visits,
        "severity": pain.severity,
        "weight": pain.weight,
        "money_per_period": pain.money_per_period,
        "action_priority": pain.action_priority,
    }


def _blueprint(analysis: BlueprintAnalysis, standards: Standards | None) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": "blueprint",
        "id": analysis.blueprint.id,
        "journey": analysis.blueprint.journey,
        "weighted_by_journey": analysis.journey is not None,
        "crossings": analysis.crossings,
        "crossings_by_line": analysis.crossings_by_line,
        "handoffs": analysis.handoffs,
        "handoff_links": [{"from": source, "to": target} for source, target in analysis.handoff_links],
        "wait_share": analysis.wait_share,
        "standard_seconds": analysis.standard_seconds,
        "wait_seconds": analysis.wait_seconds,
        "columns": {
            name: {
                "standard": column.standard,
                "wait": column.wait,
                "tolerance": column.tolerance,
                "steps": column.steps,
            }
            for name, column in analysis.columns.items()
        },
        "critical_path": list(analysis.critical_path),
        "critical_path_seconds": analysis.critical_path_seconds,
        "breaches": [
            {
                "step": breach.step,
                "observed": breach.observed,
                "tolerance": breach.tolerance,
                "basis": breach.basis,
            }
            for breach in analysis.breaches
        ],
        "fail_points": list(analysis.fail_points),
        "wait_points": list(analysis.wait_points),
        "decision_points": list(analysis.decision_points),
        "evidence_coverage": analysis.evidence_coverage,
        "risk": risk_told.told(analysis, standards),
        "roles": roles.told(analysis),
        "work": work.told(analysis, standards.protocols if standards else {}),
        "role_sheets": role_sheets.told(analysis.blueprint, analysis.journey, standards),
        "coverage": coverage.told_roles(analysis.blueprint, standards),
    }
