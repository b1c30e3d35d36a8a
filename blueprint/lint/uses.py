"""Whether a document uses a part of the language at all; where nobody does, its rules stay calm."""

from __future__ import annotations

from blueprint.analysis.results import JourneyAnalysis
from blueprint.lint.rule import Delivery, Judged, Scope
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


def needs(journey: Journey) -> bool:
    """Some touchpoint says what customers need there."""
    return any(point.needs for point in journey.touchpoints.values())


def metrics(journey: Journey) -> bool:
    """Something is measured, at a touchpoint or for the journey as a whole."""
    points = journey.touchpoints.values()
    return bool(journey.metrics or journey.surveys) or any(p.metrics or p.surveys for p in points)


def surveys(journey: Journey) -> bool:
    """Customers were asked, at a touchpoint or about the journey as a whole."""
    return bool(journey.surveys) or any(point.surveys for point in journey.touchpoints.values())


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


def actions(scope: Scope) -> bool:
    """Some risk says what is being done about it."""
    model = scope.model
    if isinstance(model, Journey):
        return any(pain.action is not None for p in model.touchpoints.values() for pain in p.pains)
    return isinstance(model, ServiceBlueprint) and any(
        failure.action is not None for step in model.steps for failure in step.fails
    )


def whole_raci(blueprint: ServiceBlueprint) -> bool:
    """Every step that a person takes says who answers for it: the matrix is meant to be complete."""
    people = {name for name, actor in blueprint.actors.items() if not actor.technology}
    return all(step.raci is not None for step in blueprint.steps if step.actor in people)


def tiers(judged: Judged) -> bool:
    """Some touchpoint says what customers of a tier get there."""
    return any(point.tiers for point in judged.journey.touchpoints.values())


def variants(judged: Judged) -> bool:
    """Some script is written for customers of one style."""
    points = judged.journey.touchpoints.values()
    return any(point.script is not None and point.script.variants for point in points)


def most_of_quality(journey: Journey) -> bool:
    """Four of the five quality dimensions are measured, or a whole questionnaire about them was asked."""
    points = journey.touchpoints.values()
    measured = {k for point in points for k, q in point.quality.items() if q.perceived is not None}
    surveys = (*journey.surveys, *(survey for point in points for survey in point.surveys))
    return len(measured) >= 4 or any(survey.survey in ("servqual", "servperf") for survey in surveys)


def gap_model(journey: Journey) -> bool:
    """Some quality dimension says what management believes or what the standard asks for."""
    points = journey.touchpoints.values()
    asked = (quality for point in points for quality in point.quality.values())
    return any(quality.believed is not None or quality.standard is not None for quality in asked)


def market(judged: Judged) -> bool:
    """What problems cost is written down, for the market or at some touchpoint."""
    points = judged.journey.touchpoints.values()
    return judged.journey.market is not None or any(point.problems is not None for point in points)


def feeling(point: Touchpoint) -> float | None:
    """Return the emotion of a touchpoint, the plain mean over personas; None where nobody scored it."""
    found = [score.mean for score in point.scores.values()]
    return sum(found) / len(found) if found else None
