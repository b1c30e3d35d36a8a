"""A survey's table of answer sheets: counts, paired comparison, and what drives it (domain 6.1, 6.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isfinite
from statistics import fmean
from typing import Any

from blueprint.analysis.drivers import (
    DRAWS,
    Contrast,
    Importance,
    Unanswerable,
    importance,
    importance_performance,
    penalty_reward,
)
from blueprint.analysis.homogeneity import Homogeneity, homogeneity
from blueprint.analysis.percentiles import Percentile, percentile
from blueprint.analysis.survey import Comparison, paired
from blueprint.analysis.tables import UnfitTableError
from blueprint.diagnostic import Message
from blueprint.model.sheet import Sheet
from blueprint.model.survey import Survey

SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


def _of_nps(rating: float) -> float:
    return float((rating >= 9) - (rating <= 6))


@dataclass(frozen=True, slots=True)
class Answered:
    """What a survey's table says."""

    survey: Survey
    """The survey with the counts (or mean and spread) of the table."""
    missing: int
    """Rows without an answer."""
    change: Comparison | None
    """After minus before, of the same customers; NPS in scores of −1, 0, 1."""
    importance: Importance | None
    quadrants: Mapping[str, str]
    """Driver → what to do about it."""
    contrasts: Mapping[str, Contrast]
    """Driver → what a low score costs and a high one brings (thirds of the range that was used)."""
    reason: Message | None
    """Why there is no importance, where drivers are named."""
    percentiles: tuple[Percentile, ...] = ()
    """The median and the ninetieth percentile of answers on no scale, such as times."""
    segments: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    """Segment → how many answered, and their mean answer."""
    segments_differ: Homogeneity | None = None
    """Whether segments answer alike: NPS by its three groups, other scales by their answers."""


def answered(survey: Survey, sheet: Sheet, *, draws: int = DRAWS) -> Answered:
    """Read a survey's table.

    Args:
        survey: what its columns are called, and on which scale it asks.
        sheet: the table.
        draws: bootstrap samples for the intervals of the drivers; 0 for none.

    Raises:
        UnfitTableError: a column is missing, a cell is no number, or a rating is off the scale.
    """
    column = survey.column or survey.survey
    answers = _numbers(sheet, "column", column)
    scale = SCALES.get(survey.survey)
    if scale is not None:
        _on_scale(answers, scale, "column", column, sheet)
    weights = [1] * sheet.rows if survey.weight is None else _weights(sheet, survey.weight)
    given = [
        (answer, weight) for answer, weight in zip(answers, weights, strict=True) if answer is not None
    ]
    reason: Message | None = None
    found: Importance | None = None
    if survey.drivers:
        try:
            found = _importance(survey, sheet, answers, draws)
        except Unanswerable as why:
            reason = why.reason
    return Answered(
        _counted(survey, scale, given),
        answers.count(None),
        _change(survey, sheet, answers, scale),
        found,
        _quadrants(survey, sheet, found),
        _contrasts(survey, sheet, answers),
        reason,
        () if scale else _percentiles(given),
        *_segments(survey, sheet, answers, weights),
    )


def _percentiles(given: Sequence[tuple[float, int]]) -> tuple[Percentile, ...]:
    if any(weight > 1 for _, weight in given):
        return ()  # rows that stand for several customers are not several answers
    values = [answer for answer, weight in given if weight]
    return tuple(found for share in (0.5, 0.9) if (found := percentile(values, share)) is not None)


def _segments(
    survey: Survey, sheet: Sheet, answers: Sequence[float | None], weights: Sequence[int]
) -> tuple[dict[str, tuple[int, float]], Homogeneity | None]:
    if survey.segment is None:
        return {}, None
    names = sheet.columns.get(survey.segment)
    if names is None:
        raise UnfitTableError("segment", survey.segment)
    scale, counts = SCALES.get(survey.survey), dict[str, Counter[float]]()
    for name, answer, weight in zip(names, answers, weights, strict=True):
        if name and answer is not None and weight:
            counts.setdefault(name, Counter())[answer] += weight
    means = {
        name: (found.total(), sum(answer * n for answer, n in found.items()) / found.total())
        for name, found in sorted(counts.items())
    }
    if scale is None:
        return means, None
    groups: dict[str, Counter[float]] = {}
    for name, found in counts.items():
        groups[name] = Counter()
        for answer, n in found.items():
            groups[name][_of_nps(answer) if survey.survey == "nps" else answer] += n
    given = sorted({answer for found in groups.values() for answer in found})
    return means, homogeneity({name: [found[it] for it in given] for name, found in groups.items()})


def _numbers(sheet: Sheet, key: str, column: str) -> list[float | None]:
    """Return the numbers of a column; None for an empty cell."""
    cells = sheet.columns.get(column)
    if cells is None:
        raise UnfitTableError(key, column)
    found: list[float | None] = []
    for row, cell in enumerate(cells, 1):
        if not cell:
            found.append(None)
            continue
        try:
            value = float(cell)
        except ValueError:
            raise UnfitTableError(key, column, row, cell) from None
        if not isfinite(value) or "_" in cell:
            raise UnfitTableError(key, column, row, cell)
        found.append(value)
    return found


def _on_scale(
    answers: Sequence[float | None], scale: tuple[int, int], key: str, column: str, sheet: Sheet
) -> None:
    for row, answer in enumerate(answers, 1):
        if answer is not None and not (answer == int(answer) and scale[0] <= answer <= scale[1]):
            raise UnfitTableError(key, column, row, sheet.columns[column][row - 1])


def _weights(sheet: Sheet, column: str) -> list[int]:
    found = []
    for row, weight in enumerate(_numbers(sheet, "weight", column), 1):
        if weight is None or weight < 0 or weight != int(weight):
            raise UnfitTableError("weight", column, row, sheet.columns[column][row - 1])
        found.append(int(weight))
    return found


def _counted(survey: Survey, scale: tuple[int, int] | None, given: Sequence[tuple[float, int]]) -> Survey:
    if scale is not None:
        counts: Counter[int] = Counter()
        for answer, weight in given:
            counts[int(answer)] += weight
        every = tuple(counts[rating] for rating in range(scale[0], scale[1] + 1))
        return survey.model_copy(update={"answers": every, "n": None})
    n = sum(weight for _, weight in given)
    if not n:
        return survey.model_copy(update={"n": None, "mean": None, "sd": None})
    mean = sum(answer * weight for answer, weight in given) / n
    squares = sum(weight * (answer - mean) ** 2 for answer, weight in given)
    sd = (squares / (n - 1)) ** 0.5 if n > 1 else None
    return survey.model_copy(update={"n": n, "mean": mean, "sd": sd})


def _change(
    survey: Survey, sheet: Sheet, answers: Sequence[float | None], scale: tuple[int, int] | None
) -> Comparison | None:
    if survey.before is None:
        return None
    earlier = _numbers(sheet, "before", survey.before)
    if scale is not None:
        _on_scale(earlier, scale, "before", survey.before, sheet)
    pairs = [(a, b) for a, b in zip(earlier, answers, strict=True) if a is not None and b is not None]
    score = _of_nps if survey.survey == "nps" else float
    return paired([score(a) for a, _ in pairs], [score(b) for _, b in pairs])


def _importance(survey: Survey, sheet: Sheet, answers: Sequence[float | None], draws: int) -> Importance:
    columns = [_numbers(sheet, "drivers", name) for name in survey.drivers]
    rows = [row for row in zip(*columns, answers, strict=True) if None not in row]
    return importance(survey.drivers, [[x for x in row if x is not None] for row in rows], draws=draws)


def _quadrants(survey: Survey, sheet: Sheet, found: Importance | None) -> dict[str, str]:
    if found is None:
        return {}
    points = []
    for driver in found.drivers:
        scores = [x for x in _numbers(sheet, "drivers", driver.name) if x is not None]
        points.append((driver.name, fmean(scores), driver.importance))
    return dict(importance_performance(points))


def _contrasts(survey: Survey, sheet: Sheet, answers: Sequence[float | None]) -> dict[str, Contrast]:
    found = {}
    for name in survey.drivers:
        both = zip(_numbers(sheet, "drivers", name), answers, strict=True)
        pairs = [(score, y) for score, y in both if score is not None and y is not None]
        if not pairs or (low := min(s for s, _ in pairs)) == (high := max(s for s, _ in pairs)):
            continue
        third = (high - low) / 3
        contrast = penalty_reward(
            [s for s, _ in pairs], [y for _, y in pairs], low=low + third, high=high - third
        )
        if contrast is not None:
            found[name] = contrast
    return found


def told(found: Answered) -> dict[str, Any]:
    """Return what a table says beyond the score, as plain data."""
    change, drivers = found.change, found.importance
    return {
        "missing": found.missing,
        "change": None
        if change is None
        else {
            "difference": change.difference,
            "t": change.statistic,
            "degrees": change.degrees,
            "p": change.p,
            "interval": list(change.interval),
        },
        "drivers": None
        if drivers is None
        else {
            "method": drivers.method,
            "n": drivers.n,
            "r_squared": drivers.r_squared,
            "ranked": drivers.ranked,
            "importance": {
                d.name: {
                    "share": d.importance,
                    "interval": None if d.interval is None else list(d.interval),
                    "quadrant": found.quadrants.get(d.name),
                    "contrast": _told_contrast(found.contrasts.get(d.name)),
                }
                for d in drivers.drivers
            },
        },
        "no_drivers_because": found.reason,
        "percentiles": [asdict(it) for it in found.percentiles],
        "segments": {name: {"n": n, "mean": mean} for name, (n, mean) in found.segments.items()},
        "segments_differ": None if found.segments_differ is None else asdict(found.segments_differ),
    }


def _told_contrast(contrast: Contrast | None) -> dict[str, Any] | None:
    if contrast is None:
        return None
    return {"penalty": contrast.penalty, "reward": contrast.reward, "kind": contrast.kind}
