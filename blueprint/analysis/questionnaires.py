"""Questionnaires of service quality read from the tables that surveys name (domain 4.2, 4.3).

A table has a row per answer sheet and a column per item, called by the item's id in the playbook:
`on-time` holds what was perceived, `expected-on-time` what was expected. Without any column of
expectations it is scored as SERVPERF. Columns `weight-reliability` … hold the points (100 in all) that a
respondent gave each dimension; without them the questionnaire's own weights count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from math import nan
from typing import TYPE_CHECKING, Any

from blueprint.analysis.reliability import Alpha, MeanTest
from blueprint.analysis.servqual import ServiceQuality, service_quality
from blueprint.diagnostic import ExplainedError, Message
from blueprint.model.journey import Journey
from blueprint.model.sheet import Sheet
from blueprint.model.survey import Survey

if TYPE_CHECKING:
    from blueprint.model.standards import Standards
    from blueprint.model.yardstick import Instrument


class UnscorableError(ExplainedError):
    """A table is no set of answers to the questionnaire; rows are counted below the header."""


def is_questionnaire(survey: Survey) -> bool:
    """Whether a survey has a table with a column per item, not one column of answers."""
    return (
        survey.data is not None
        and survey.column is None
        and survey.survey.startswith(("servqual", "servperf"))
    )


def scored(sheet: Sheet, instrument: Instrument) -> ServiceQuality:
    """Score a table.

    Raises:
        UnscorableError: a column is missing, a cell is no number or off the scale, or points do not sum to
            100.
    """
    items = [item.id for dimension in instrument.dimensions for item in dimension.items]
    scale = instrument.scale or (1.0, 7.0)
    seen = _rows(sheet, items, scale)
    expected = [f"expected-{item}" for item in items]
    hoped = _rows(sheet, expected, scale) if any(name in sheet.columns for name in expected) else None
    points = {d.id: f"weight-{d.id}" for d in instrument.dimensions}
    allocations = None
    if any(name in sheet.columns for name in points.values()):
        given = _rows(sheet, list(points.values()), (0.0, 100.0))
        allocations = [_shares(row, list(points), at) for at, row in enumerate(given, 1)]
    return service_quality(seen, hoped, instrument=instrument, allocations=allocations)


def _rows(sheet: Sheet, names: list[str], scale: tuple[float, float]) -> list[list[float | None]]:
    missing = [name for name in names if name not in sheet.columns]
    if missing:
        en, zh = (mark.join(f"`{name}`" for name in missing[:3]) for mark in (", ", "、"))
        more = len(missing) - 3
        raise UnscorableError(
            f"the table has no column {en}" + (f" and {more} more" if more > 0 else ""),
            f"表格中没有 {zh} 列" + (f"，另缺 {more} 列" if more > 0 else ""),
        )
    return [
        [_number(sheet.columns[name][at], name, at + 1, scale) for name in names]
        for at in range(sheet.rows)
    ]


def _number(cell: str, column: str, row: int, scale: tuple[float, float]) -> float | None:
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = nan
    low, high = scale
    if not low <= value <= high:
        raise UnscorableError(
            f"row {row} of column `{column}` is `{cell[:40]}`, not a number from {low:g} to {high:g}",
            f"`{column}` 列第 {row} 行是 `{cell[:40]}`，不是 {low:g} 到 {high:g} 之间的数",
        )
    return value


def _shares(row: list[float | None], dimensions: list[str], at: int) -> dict[str, float]:
    points = [point for point in row if point is not None]
    if len(points) < len(row) or abs(sum(points) - 100) > 1e-6:
        raise UnscorableError(
            f"row {at}: the points of the dimensions (`weight-…`) do not sum to 100",
            f"第 {at} 行：各维度的权重分（`weight-…`）之和不是 100",
        )
    return {name: point / 100 for name, point in zip(dimensions, points, strict=True)}


def _surveys(journey: Journey) -> Iterator[tuple[str | None, int, Survey]]:
    yield from ((None, at, survey) for at, survey in enumerate(journey.surveys))
    for point in journey.touchpoints.values():
        yield from ((point.id, at, survey) for at, survey in enumerate(point.surveys))


def told(
    journey: Journey, standards: Standards | None, sheets: Mapping[str, Sheet]
) -> list[dict[str, Any]]:
    """Return every questionnaire with a table, scored, as plain data; where it cannot be, the reason."""
    page: list[dict[str, Any]] = []
    for touchpoint, index, survey in _surveys(journey):
        instrument = standards.instruments.get(survey.survey) if standards is not None else None
        if not is_questionnaire(survey) or survey.data is None or instrument is None:
            continue
        entry: dict[str, Any] = {"touchpoint": touchpoint, "index": index, "survey": survey.survey}
        found: ServiceQuality | None = None
        reason: Message | None = None
        if survey.data not in sheets:
            reason = Message(f"the table {survey.data} could not be read", f"无法读取表格 {survey.data}")
        else:
            try:
                found = scored(sheets[survey.data], instrument)
            except UnscorableError as error:
                reason = error.reason
        page.append({**entry, **_told(found), "reason": reason})
    return page


def _told(found: ServiceQuality | None) -> dict[str, Any]:
    if found is None:
        return {"dimensions": None, "unanswered": [], "unweighted": None, "weighted": None}
    return {
        "dimensions": {
            name: {
                "n": it.n,
                "expected": it.expected,
                "perceived": it.perceived,
                "score": _plain(it.score),
                "alpha_perceived": _plain(it.alpha_perceived),
                "alpha_expected": _plain(it.alpha_expected),
                "alpha_gap": _plain(it.alpha_gap),
                "reliability_gap": it.reliability_gap,
            }
            for name, it in found.dimensions.items()
        },
        "unanswered": list(found.unanswered),
        "unweighted": _plain(found.unweighted),
        "weighted": _plain(found.weighted),
    }


def _plain(figure: MeanTest | Alpha | None) -> dict[str, Any] | None:
    return None if figure is None else asdict(figure)
