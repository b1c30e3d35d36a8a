"""Service quality as plain data, for `blueprint analyse --format json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from blueprint.analysis import questionnaires
from blueprint.analysis.expectations import Outcome, outcome
from blueprint.analysis.gaps import GAPS, PZB_WEIGHTS, REMEDIES, Gaps, journey_quality
from blueprint.analysis.measures_told import WHY
from blueprint.analysis.reliability import MeanTest, summary_test
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Quality

if TYPE_CHECKING:
    from blueprint.model.sheet import Sheet
    from blueprint.model.standards import Standards

DELTA = 0.5
"""What counts as equal where no interval is known, in points of the scale."""


def told(
    journey: Journey,
    visits: Mapping[str, float],
    standards: Standards | None = None,
    sheets: Mapping[str, Sheet] | None = None,
) -> dict[str, Any] | None:
    """Return the figures of a journey's quality; None where no dimension is written and none was asked.

    Args:
        journey: the journey.
        visits: expected visits per journey by touchpoint.
        standards: the playbooks in force, for their questionnaires and weights.
        sheets: the tables that surveys name.
    """
    weights = _weights(standards)
    found = journey_quality(journey, visits, weights)
    surveys = questionnaires.told(journey, standards, sheets or {})
    if not found.at and not surveys:
        return None
    asked: dict[tuple[str, str], Quality] = {
        (name, dimension): quality
        for name in found.at
        for dimension, quality in journey.touchpoints[name].quality.items()
    }
    return {
        "weights": dict(weights),
        "touchpoints": {
            name: {dimension: _dimension(gaps, asked[name, dimension]) for dimension, gaps in here.items()}
            for name, here in found.at.items()
        },
        "journey": {
            gap: {
                "weighted": rolled.weighted,
                "unweighted": rolled.unweighted,
                "by_dimension": rolled.by_dimension,
                "touchpoints": list(rolled.touchpoints),
            }
            for gap, rolled in found.journey.items()
        },
        "surveys": surveys,
        "worst": _places(found.worst),
        "blind": _places(found.blind),
        "over_promised": [
            {**place, **_over_promise(asked[place["touchpoint"], place["dimension"]])}
            for place in _places(found.over_promised)
        ],
    }


def _weights(standards: Standards | None) -> Mapping[str, float]:
    """Return the weights of the questionnaire in force, where it weighs every dimension."""
    instrument = standards.instruments.get("servqual") if standards is not None else None
    weights = {d.id: d.weight for d in instrument.dimensions if d.weight is not None} if instrument else {}
    return weights if set(weights) == set(PZB_WEIGHTS) else PZB_WEIGHTS


def customer_test(gaps: Gaps, asked: Quality) -> MeanTest | None:
    """Return the paired t test of P − E, where n ≥ 2 and the spread of the differences are written."""
    if gaps.customer is None or asked.sd is None or asked.n is None or asked.n < 2:
        return None
    return summary_test(gaps.customer, asked.sd, asked.n)


def verdict(gaps: Gaps, asked: Quality) -> Outcome | None:
    """Say which of the three outcomes a place is; what counts as equal is the half-width where known."""
    if asked.perceived is None or asked.expected is None:
        return None
    test = customer_test(gaps, asked)
    half = None if test is None or test.high is None or test.low is None else (test.high - test.low) / 2
    return outcome(asked.perceived, asked.expected, DELTA if half is None else half)


def _dimension(gaps: Gaps, asked: Quality) -> dict[str, Any]:
    test, largest, perceived = customer_test(gaps, asked), gaps.largest, asked.perceived
    return {
        **{gap: gaps.of(gap) for gap in GAPS},
        "test": None if test is None else asdict(test),
        "reason": _why_untested(gaps, asked, test),
        "outcome": verdict(gaps, asked),
        "to_competitor": _less(perceived, asked.competitor),
        "to_best": _less(perceived, asked.best),
        "largest": largest,
        "shares": dict(gaps.shares),
        "remedies": [remedy.id for remedy in REMEDIES.get(largest, ())] if largest else [],
    }


def _why_untested(gaps: Gaps, asked: Quality, test: MeanTest | None) -> Message | None:
    """Return why customers' gap has no test, or a test without t; None where it has one."""
    if gaps.customer is None:
        if asked.perceived is None and asked.expected is None:
            return Message("customers were not asked", "未询问客户")
        if asked.perceived is None:
            return Message("nobody wrote what customers perceived", "未写客户感知")
        return Message("nobody wrote what customers expected", "未写客户期望")
    if asked.n is None:
        return WHY["no-sample-size"]
    if asked.n < 2:
        return WHY["one-answer"]
    if test is None:
        return WHY["no-spread"]
    if test.t is None:
        return Message("all differences are alike, so that nothing can be tested", "差值全都相同，无从检验")
    return None


def _over_promise(asked: Quality) -> dict[str, Any]:
    """Return by how much the promise exceeds the standard, and what keeping to it may do to E.

    Expectations fall by κ times the cut, and nobody wrote down κ: so from nothing to all of it, and by
    nothing where customers expect no less than is promised.
    """
    excess = (asked.promised or 0.0) - (asked.standard or 0.0)
    pulled = asked.expected is not None and asked.promised is not None and asked.expected < asked.promised
    return {"excess": excess, "expectation_may_fall": [0.0, excess if pulled else 0.0]}


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _places(found: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"touchpoint": name, "dimension": dimension} for name, dimension in found]
