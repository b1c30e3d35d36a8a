"""What a journey covers of the lists of the trade without saying so: read from the fields that hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from blueprint.model.journey import Journey
from blueprint.model.need import KanoCounts
from blueprint.model.persona import Persona
from blueprint.model.touchpoint import Touchpoint


def _quality(point: Touchpoint) -> Iterator[str]:
    return (name for name, asked in point.quality.items() if asked.perceived is not None)


def _reference_lines(point: Touchpoint) -> Iterator[str]:
    sides = {"customer": "expected", "competitor": "competitor", "best": "best"}
    for asked in point.quality.values():
        yield from (line for line, side in sides.items() if getattr(asked, side) is not None)


def _tier_axes(point: Touchpoint) -> Iterator[str]:
    for service in point.tiers.values():
        yield from (name for name in type(service).model_fields if getattr(service, name) is not None)


def _need_classes(point: Touchpoint) -> Iterator[str]:
    """Read declared categories, and of questionnaires the one most answers fall into."""
    for need in point.needs:
        if isinstance(need.kano, KanoCounts):
            counts = {"must-be": need.kano.M, "performance": need.kano.O, "attractive": need.kano.A}
            most = max(*counts.values(), need.kano.I, need.kano.R, need.kano.Q)
            yield from (name for name, count in counts.items() if count == most > 0)
        elif need.kano is not None:
            yield need.kano


def _demand_types(point: Touchpoint) -> Iterator[str]:
    return (need.type for need in point.needs if need.type is not None)


def _pain_sources(point: Touchpoint) -> Iterator[str]:
    return (way for pain in point.pains for way in pain.found_by)


def _cause_categories(point: Touchpoint) -> Iterator[str]:
    return (bone for pain in point.pains for bone in pain.considered)


def _prevention(point: Touchpoint) -> Iterator[str]:
    for pain in point.pains:
        yield from (phase for phase in ("before", "during", "after") if getattr(pain, phase) is not None)


def _promises(point: Touchpoint) -> Iterator[str]:
    for promise in point.promises:
        if promise.feasible:
            yield "sure"
        if promise.due is not None:
            yield "time"
        if promise.made is not None:
            yield "recorded"
        if promise.kept is not None:
            yield "followed"


def _metric_classes(point: Touchpoint | Journey) -> Iterator[str]:
    yield from (metric.class_ for metric in point.metrics if metric.class_ is not None)


def _survey_types(point: Touchpoint | Journey) -> Iterator[str]:
    yield from (metric.survey for metric in point.metrics if metric.survey is not None)
    yield from (survey.type for survey in point.surveys if survey.type is not None)


def _cautions(point: Touchpoint) -> Iterator[str]:
    if point.reversible:
        yield "undo"
    if "after-sales" in point.purpose:
        yield "after-sales"
    if "disclose-price" in point.purpose:
        yield "clear-fees"


AT_TOUCHPOINTS: Final[dict[str, Callable[[Touchpoint], Iterator[str]]]] = {
    "peak-types": lambda point: iter(point.peak),
    "peak-principles": lambda point: iter(point.principles),
    "servqual-dimensions": _quality,
    "reference-lines": _reference_lines,
    "vip-axes": _tier_axes,
    "need-classes": _need_classes,
    "demand-types": _demand_types,
    "pain-sources": _pain_sources,
    "cause-categories": _cause_categories,
    "prevention-phases": _prevention,
    "promise-principles": _promises,
    "metric-classes": _metric_classes,
    "survey-types": _survey_types,
    "service-cautions6": _cautions,
}
"""List of a playbook → what a touchpoint shows of it."""

IN_JOURNEYS: Final[dict[str, Callable[[Journey], Iterator[str]]]] = {
    "metric-classes": _metric_classes,
    "survey-types": _survey_types,
}
"""List of a playbook → what the journey as a whole shows of it."""


def _culture(persona: Persona) -> Iterator[str]:
    if persona.culture is not None:
        yield from (item for item in ("language", "taboos", "customs") if getattr(persona.culture, item))


IN_PERSONAS: Final[dict[str, Callable[[Persona], Iterator[str]]]] = {
    "cross-culture": _culture,
    "profile-data4": lambda persona: iter(persona.profile),
}
"""List of a playbook → what a persona shows of it."""


def seen_of(id: str, persona: Persona) -> list[str]:
    """Return the items of a list that a persona shows."""
    return list(IN_PERSONAS[id](persona)) if id in IN_PERSONAS else []


def seen_at(id: str, point: Touchpoint) -> list[str]:
    """Return the items of a list that a touchpoint shows."""
    return list(AT_TOUCHPOINTS[id](point)) if id in AT_TOUCHPOINTS else []


def seen_in(id: str, journey: Journey) -> list[str]:
    """Return the items of a list that the journey as a whole shows."""
    return list(IN_JOURNEYS[id](journey)) if id in IN_JOURNEYS else []
