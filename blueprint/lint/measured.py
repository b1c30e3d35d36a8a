"""What is measured in a journey, as rules ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from blueprint.figures import number, percent
from blueprint.lint import uses
from blueprint.model.journey import Journey
from blueprint.model.survey import Survey
from blueprint.model.touchpoint import Metric

if TYPE_CHECKING:
    from blueprint.analysis.measures import Placed

    Measure: TypeAlias = Placed[Metric] | Placed[Survey]


def measures(journey: Journey) -> tuple[Measure, ...]:
    """Read metrics and surveys; what does so is loaded only for journeys that have some."""
    if not uses.metrics(journey):
        return ()
    from blueprint.analysis.measures import read_metrics, read_surveys

    return (*read_metrics(journey), *read_surveys(journey))


def current_measures(journey: Journey) -> tuple[Measure, ...]:
    """Read metrics, and of the waves of each survey the latest."""
    if not uses.metrics(journey):
        return ()
    from blueprint.analysis.measures import current, read_metrics, read_surveys

    return (*read_metrics(journey), *current(read_surveys(journey)))


def key_of(measure: Measure, *keys: str) -> tuple[str | int, ...]:
    """Return the path of the first of the keys that is written, else that of the measure's name."""
    written = measure.written.model_fields_set
    name = "metric" if isinstance(measure.written, Metric) else "survey"
    return (*measure.loc, next((key for key in keys if key in written), name))


def shown(value: float, measure: Measure) -> str:
    """Write a value in the unit of a measure."""
    return percent(value) if measure.measured.unit == "share" else number(value)
