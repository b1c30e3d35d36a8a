"""The risks of a journey or a blueprint, told as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blueprint.analysis import case_library, complaint_trends
from blueprint.analysis.action_priority import table_in
from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.analysis.risk import Risk, pareto, register, right_first_time, vital_few
from blueprint.model.journey import Journey

if TYPE_CHECKING:
    from blueprint.model.standards import Standards


def told(
    analysis: JourneyAnalysis | BlueprintAnalysis, standards: Standards | None = None
) -> dict[str, Any] | None:
    """Return the `risk` key of the analysis as plain data; None where no risk is written."""
    risks = register(analysis, table_in(standards))
    complaints = _complaints(analysis.journey) if isinstance(analysis, JourneyAnalysis) else None
    if not risks and complaints is None:
        return None
    found: dict[str, Any] = {
        "register": [_told(risk) for risk in risks],
        "priorities": {
            letter: sum(1 for risk in risks if risk.rating and risk.rating.reading.priority == letter)
            for letter in "HML"
        },
        "unrated": sum(1 for risk in risks if risk.rating is None),
        "unanswered": sum(
            1 for risk in risks if risk.rating and risk.rating.reading.priority == "H" and not risk.answered
        ),
    }
    if isinstance(analysis, JourneyAnalysis):
        found |= _of_journey(analysis) | {"complaints": complaints}
    return found


def _complaints(journey: Journey) -> dict[str, Any] | None:
    """Return the types of complaint, heaviest first, and how many came back; None where none is counted."""
    cases: dict[str, float] = {}
    counted = repeated = 0
    for point in journey.touchpoints.values():
        if point.complaint is None:
            continue
        for kind, count in point.complaint.cases.items():
            cases[kind] = cases.get(kind, 0) + count
        if point.complaint.repeated is not None and point.complaint.cases:
            counted += sum(point.complaint.cases.values())
            repeated += point.complaint.repeated
    rows = pareto(cases)
    known = case_library.told(journey)
    if not rows and known is None:
        return None
    few = vital_few(rows)
    return {
        "types": [
            {
                "type": row.cause,
                "cases": row.weight,
                "share": row.share,
                "cumulative": row.cumulative,
                "vital": row.cause in few,
            }
            for row in rows
        ],
        "repeat_rate": min(1.0, repeated / counted) if counted else None,
        "trends": complaint_trends.told(journey),
        "library": known,
    }


def _of_journey(analysis: JourneyAnalysis) -> dict[str, Any]:
    chain, weights = analysis.chain, dict[str, float]()
    for pain in analysis.pains:
        weights[f"{pain.touchpoint} {pain.index}"] = pain.weight
    rows = pareto(weights)
    few = set(vital_few(rows))
    visits = sum(chain.visits.values())
    return {
        "pareto": [
            {
                "touchpoint": row.cause.split()[0],
                "index": int(row.cause.split()[1]),
                "share": row.share,
                "cumulative": row.cumulative,
                "vital": row.cause in few,
            }
            for row in rows
        ],
        "right_first_time": {
            "journey": right_first_time(visits, sum(chain.ever_visited.values())),
            "touchpoints": {
                name: right_first_time(visits, chain.ever_visited[name])
                for name, visits in chain.visits.items()
            },
        },
    }


def _told(risk: Risk) -> dict[str, Any]:
    rating, whys = risk.rating, risk.whys
    return {
        "element": risk.element,
        "index": risk.index,
        "risk": risk.what.root,
        "severity": rating.severity if rating else None,
        "occurrence": rating.occurrence if rating else None,
        "detection": rating.detection if rating else None,
        "action_priority": rating.reading.priority if rating else None,
        "contested": rating.reading.contested if rating else None,
        "versions": list(rating.reading.versions) if rating else [],
        "answered": risk.answered,
        "aim": risk.aim.reading.priority if risk.aim else None,
        "controls": list(risk.controls),
        "considered": list(risk.considered),
        "whys": None
        if whys is None
        else {
            "length": whys.length,
            "repeats": [list(pair) for pair in whys.repeats],
            "blames": [{"link": at, "word": word} for at, word in whys.blames],
            "ending": whys.ending,
            "sound": whys.sound,
        },
    }
