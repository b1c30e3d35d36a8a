"""Whether a document uses a part of the language at all; where nobody does, its rules stay calm."""

from __future__ import annotations

from blueprint.analysis.results import JourneyAnalysis
from blueprint.lint.rule import Delivery
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.model.touchpoint import Touchpoint


def times(journey: Journey) -> bool:
    """Some touchpoint says how long it takes."""
    return any(point.time is not None for point in journey.touchpoints.values())


def peaks(journey: Journey) -> bool:
    """Some touchpoint has a designed peak."""
    return any(point.peak for point in journey.touchpoints.values())


def principles(journey: Journey) -> bool:
    """Some peak names the principles it keeps."""
    return any(point.principles for point in journey.touchpoints.values())


def promises_or_evidence(journey: Journey) -> bool:
    """Some touchpoint promises something or shows physical evidence."""
    return any(point.promises or point.evidence for point in journey.touchpoints.values())


def metrics(journey: Journey) -> bool:
    """Some touchpoint is measured."""
    return any(point.metrics for point in journey.touchpoints.values())


def scores(journey: Journey) -> bool:
    """Some touchpoint has an emotion."""
    return any(point.scores for point in journey.touchpoints.values())


def measured_scores(analysis: JourneyAnalysis) -> bool:
    """Some emotion was measured, not assumed."""
    points = analysis.journey.touchpoints.values()
    return any(score.measured for point in points for score in point.scores.values())


def evidence(delivery: Delivery) -> bool:
    """Some touchpoint of the journey shows physical evidence."""
    return any(point.evidence for point in delivery.journey.touchpoints.values())


def step_times(blueprint: ServiceBlueprint) -> bool:
    """Some step says how long it takes."""
    return any(step.time is not None for step in blueprint.steps)


def handovers(blueprint: ServiceBlueprint) -> bool:
    """Some way on says what is handed over, by when or whether it is confirmed."""
    return any(
        link.spec.hands_over or link.spec.within is not None or link.spec.confirmed is not None
        for link in blueprint.links_between
    )


def feeling(point: Touchpoint) -> float | None:
    """Return the emotion of a touchpoint, the plain mean over personas; None where nobody scored it."""
    found = [score.mean for score in point.scores.values()]
    return sum(found) / len(found) if found else None
