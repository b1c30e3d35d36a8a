"""Metrics and surveys of a journey as its document states them: score, interval, verdict (domain 6).

A metric is a figure somebody took elsewhere, a survey has its answers here. What cannot be computed is None
with a reason from `Reason`, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from blueprint.analysis.distributions import t_two_sided, z_two_sided
from blueprint.analysis.experience import metric_name
from blueprint.analysis.monitoring import Reading
from blueprint.analysis.proportion import Better, Interval, Verdict, held_against, wilson
from blueprint.analysis.questionnaires import is_questionnaire
from blueprint.analysis.recommendation import Recommendation
from blueprint.analysis.survey import effort_score, top_box
from blueprint.model.journey import Journey
from blueprint.model.sheet import Sheet
from blueprint.model.survey import Survey
from blueprint.model.touchpoint import Metric
from blueprint.model.values import Loc, Text

if TYPE_CHECKING:
    from blueprint.analysis.answers import Answered

Unit = Literal["share", "points", "mean"]
Reason = Literal[
    "no-value",
    "no-sample-size",
    "no-spread",
    "one-answer",
    "no-target",
    "mixed-scales",
    "off-scale",
    "no-answers",
    "wrong-number-of-answers",
    "counts-do-not-fit",
    "no-table",
    "unfit-table",
]
"""Why there is no interval, or no verdict."""

SCALES: Final = {"nps": ((0, 10),), "csat": ((1, 5),), "ces": ((1, 7), (1, 5))}
"""Scales of the instruments that are known by name; the second CES is its first version, where high is
bad."""
_CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with what is known about it."""

    unit: Unit
    value: float | None
    n: int | None
    interval: Interval | None
    """95 %; by Wilson for shares, adjusted Wald for NPS, Student's t for means."""
    reason: Reason | None
    """Why there is no interval."""
    bound: bool = False
    """The interval is a bound: the answers behind an NPS are not known, the least certain are taken."""
    better: Better = "higher"
    reading: Reading | None = None
    """Score and error for comparing waves, made so that neither a full nor an empty share has error 0."""


W = TypeVar("W", Metric, Survey)


@dataclass(frozen=True, slots=True)
class Placed(Generic[W]):
    """A metric or survey where it stands, read and held against its target."""

    loc: Loc
    touchpoint: str | None
    """None for the journey as a whole."""
    index: int
    written: W
    measured: Measured
    target: float | None
    """In the unit of the figure."""
    verdict: Verdict | None
    """None where there is no target, or no figure to hold against it."""
    reason: Reason | None
    """Why there is no verdict, or why it is undetermined without an interval."""
    answered: Answered | None = None
    """What the survey's table says, where it has one."""


def read_metrics(journey: Journey) -> tuple[Placed[Metric], ...]:
    """Read every metric: those of the journey first, then touchpoint by touchpoint."""
    found = [placed_metric(("metrics", at), None, at, metric) for at, metric in enumerate(journey.metrics)]
    for place in journey.places:
        for at, metric in enumerate(place.touchpoint.metrics):
            found.append(placed_metric((*place.loc, "metrics", at), place.touchpoint.id, at, metric))
    return tuple(found)


def read_surveys(journey: Journey, sheets: Mapping[str, Sheet] | None = None) -> tuple[Placed[Survey], ...]:
    """Read every survey: those of the journey first, then touchpoint by touchpoint.

    Questionnaires with a column per item have no single figure; `questionnaires` scores them.

    Args:
        journey: where the surveys stand.
        sheets: tables by the names that surveys call them by; a survey whose table is not there, or does
            not hold what it says, has no figure.
    """
    tables = sheets or {}
    placed: list[tuple[Loc, str | None, int, Survey]] = [
        (("surveys", at), None, at, survey) for at, survey in enumerate(journey.surveys)
    ]
    for loc, _, point in journey.places:
        placed += [((*loc, "surveys", at), point.id, at, survey) for at, survey in enumerate(point.surveys)]
    return tuple(
        _survey(loc, touchpoint, at, survey, tables)
        for loc, touchpoint, at, survey in placed
        if not is_questionnaire(survey)
    )


def current(surveys: Iterable[Placed[Survey]]) -> tuple[Placed[Survey], ...]:
    """Leave out the waves that a later wave of the same survey at the same place has overtaken."""
    every = tuple(surveys)
    latest: dict[tuple[str | None, str], Date] = {}
    for placed in every:
        key, date = (placed.touchpoint, placed.written.survey), placed.written.date
        if date is not None and date >= latest.get(key, date):
            latest[key] = date
    return tuple(
        placed
        for placed in every
        if placed.written.date is None
        or placed.written.date == latest[placed.touchpoint, placed.written.survey]
    )


def texts(text: Text) -> tuple[str, ...]:
    """Return the words of a text in every language it is written in."""
    return (text.root,) if isinstance(text.root, str) else tuple(text.root.values())


def measure_metric(metric: Metric) -> Measured:
    """Read a metric: a percentage as a share, what is called NPS as points, the rest as a mean."""
    if metric.value is None:
        return Measured("mean", None, metric.n, None, "no-value", better=metric.better)
    value, n = metric.value.number, metric.n
    if metric_name(texts(metric.metric)) == "NPS" and not metric.value.percent:
        return _score_only(value, n, metric.better)
    if metric.value.percent:
        if not 0 <= value <= 1:
            return Measured("share", value, n, None, "off-scale", better=metric.better)
        if n is None:
            return Measured("share", value, n, None, "no-sample-size", better=metric.better)
        return share(value, n, metric.better)
    return mean(value, n, metric.sd, metric.better)


def _score_only(points: float, n: int | None, better: Better) -> Measured:
    if not -100 <= points <= 100:
        return Measured("points", points, n, None, "off-scale", better=better)
    if n is None:
        return Measured("points", points, n, None, "no-sample-size", better=better)
    worst = Recommendation.least_favourable(points, n)
    return Measured(
        "points",
        points,
        n,
        worst.interval(),
        None,
        bound=True,
        better=better,
        reading=Reading(*worst.adjusted),
    )


def share(value: float, n: int, better: Better = "higher") -> Measured:
    """Read a share of n answers; the reading for comparisons is Agresti and Coull's 1998."""
    squared = z_two_sided(_CONFIDENCE) ** 2
    middle = (value * n + squared / 2) / (n + squared)
    reading = Reading(middle, sqrt(middle * (1 - middle) / (n + squared)))
    interval = wilson(value * n, n, confidence=_CONFIDENCE)
    return Measured("share", value, n, interval, None, better=better, reading=reading)


def mean(value: float, n: int | None, sd: float | None, better: Better = "higher") -> Measured:
    """Read a mean; without its sample size and spread it has no interval."""
    reason: Reason | None = None
    if n is None:
        reason = "no-sample-size"
    elif n < 2:
        reason = "one-answer"
    elif sd is None:
        reason = "no-spread"
    if n is None or sd is None or reason:
        return Measured("mean", value, n, None, reason, better=better)
    error = sd / sqrt(n)
    half = t_two_sided(_CONFIDENCE, n - 1) * error
    if not isfinite(half) or not isfinite(value - half) or not isfinite(value + half):
        return Measured("mean", value, n, None, "off-scale", better=better)
    reading = Reading(value, error) if error else None
    return Measured(
        "mean", value, n, Interval(value - half, value + half), None, better=better, reading=reading
    )


def placed_metric(loc: Loc, touchpoint: str | None, at: int, metric: Metric) -> Placed[Metric]:
    """Read a metric where it stands and hold it against its target."""
    measured = measure_metric(metric)
    if metric.target is None:
        return Placed(loc, touchpoint, at, metric, measured, None, None, "no-target")
    target = metric.target.number
    if metric.value is None:
        return Placed(loc, touchpoint, at, metric, measured, target, None, "no-value")
    # A plain 0.9 beside 90% is the same scale written differently; a plain 40 is not.
    plain = target if metric.value.percent else metric.value.number
    if metric.value.percent != metric.target.percent and not 0 <= plain <= 1:
        return Placed(loc, touchpoint, at, metric, measured, target, None, "mixed-scales")
    verdict = held_against(measured.interval, target, metric.better)
    return Placed(loc, touchpoint, at, metric, measured, target, verdict, measured.reason)


def _survey(
    loc: Loc, touchpoint: str | None, at: int, survey: Survey, sheets: Mapping[str, Sheet]
) -> Placed[Survey]:
    rows, measured = None, measure_survey(survey)
    if survey.data is not None:
        from blueprint.analysis.answers import answered
        from blueprint.analysis.tables import UnfitTableError

        measured = Measured(_unit(survey), None, None, None, "no-table")
        if survey.data in sheets:
            try:
                rows = answered(survey, sheets[survey.data])
                measured = measure_survey(rows.survey)
            except UnfitTableError:
                measured = Measured(_unit(survey), None, None, None, "unfit-table")
    verdict: Verdict | None = None
    reason: Reason | None = "no-target"
    if survey.target is not None:
        reason = measured.reason
        if measured.value is not None:
            mixed = measured.unit == "share" and not 0 <= survey.target <= 1
            verdict = None if mixed else held_against(measured.interval, survey.target, measured.better)
            reason = "mixed-scales" if mixed else measured.reason
    return Placed(loc, touchpoint, at, survey, measured, survey.target, verdict, reason, rows)


def measure_survey(survey: Survey) -> Measured:
    """Read the answers of a survey by its instrument: nps, csat, ces; of others their share or mean."""
    known = SCALES.get(survey.survey)
    if survey.answers:
        if known is None:
            return _by_summary(survey)
        fits = [scale for scale in known if scale[1] - scale[0] + 1 == len(survey.answers)]
        if not fits:
            return Measured(_unit(survey), None, None, None, "wrong-number-of-answers")
        if not sum(survey.answers):
            return Measured(_unit(survey), None, 0, None, "no-answers")
        return _by_answers(survey, fits[0])
    if survey.survey == "nps":
        groups = (survey.promoters, survey.passives, survey.detractors)
        if any(count is not None for count in groups):
            return _by_groups(survey)
        if survey.mean is not None:  # of ratings, not of the score
            return mean(survey.mean, survey.n, survey.sd)
        return Measured("points", None, survey.n, None, "no-answers")
    return _by_summary(survey)


def _unit(survey: Survey) -> Unit:
    return "points" if survey.survey == "nps" else "share"


def _by_answers(survey: Survey, scale: tuple[int, int]) -> Measured:
    n = sum(survey.answers)
    if survey.n is not None and survey.n != n:
        return Measured(_unit(survey), None, survey.n, None, "counts-do-not-fit")
    counts = dict(enumerate(survey.answers, scale[0]))
    if survey.survey == "nps":
        return _nps(Recommendation.of_ratings(counts))
    if survey.survey == "ces" and scale == (1, 5):
        effort = effort_score(counts, "v1")
        assert effort is not None
        return mean(effort.mean.mean, n, effort.mean.sd, "lower")
    happy = top_box(counts, scale=scale, least=scale[1] - 2 if survey.survey == "ces" else None)
    assert happy is not None
    return share(happy.share, n)


def _by_groups(survey: Survey) -> Measured:
    promoters, passives, detractors, n = survey.promoters, survey.passives, survey.detractors, survey.n
    known = [count for count in (promoters, passives, detractors) if count is not None]
    if len(known) == 2 and n is not None and n >= sum(known):
        rest = n - sum(known)
        promoters = rest if promoters is None else promoters
        passives = rest if passives is None else passives
        detractors = rest if detractors is None else detractors
    if promoters is None or passives is None or detractors is None:
        return Measured("points", None, n, None, "counts-do-not-fit")
    total = promoters + passives + detractors
    if n is not None and n != total:
        return Measured("points", None, n, None, "counts-do-not-fit")
    if not total:
        return Measured("points", None, 0, None, "no-answers")
    return _nps(Recommendation(promoters, passives, detractors))


def _nps(found: Recommendation) -> Measured:
    return Measured(
        "points", found.points, int(found.n), found.interval(), None, reading=Reading(*found.adjusted)
    )


def _by_summary(survey: Survey) -> Measured:
    n = sum(survey.answers) or survey.n
    if survey.satisfied is not None:
        if n is None:
            return Measured("share", None, None, None, "no-sample-size")
        if survey.satisfied > n:
            return Measured("share", None, n, None, "counts-do-not-fit")
        return share(survey.satisfied / n, n)
    if survey.mean is not None:
        return mean(survey.mean, n, survey.sd)
    return Measured("mean", None, n, None, "no-answers")
