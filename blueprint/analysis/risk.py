"""Risks: the register by action priority, causes, first-time-right (domain section 9).

Ratings run from 1 to 10: severity of the worst effect on the customer, occurrence of the cause, detection
before the customer notices (10: never). Action priority ranks, then severity, then occurrence ×
detection. The old product S·O·D is a product of ranks (120 values, half of its 1000 cells above 100) and
is never used to rank here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Final

from blueprint.analysis.action_priority import STANDARD, ActionTable, Reading
from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.analysis.whys import WhyChain, why_chain
from blueprint.model.pain import CauseCategory, Pain
from blueprint.model.service import Failure
from blueprint.model.values import Text

OCCURRENCE_RATES: Final = (
    (10, 0.1), (9, 0.05), (8, 0.02), (7, 0.01), (6, 0.002), (5, 5e-4), (4, 1e-4), (3, 1e-5), (2, 1e-6),
)  # fmt: skip
"""Rating and the lowest rate per journey that earns it (the ppm scale of AIAG's FMEA, 4th edition)."""

WINDOW: Final = 90
"""Days within which the same complaint of the same customer counts as repeated."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One risk with its three ratings read off the table."""

    severity: int
    occurrence: int
    detection: int
    reading: Reading

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sorts the worst first: action priority, severity, occurrence × detection."""
        return ("HML".index(self.reading.priority), -self.severity, -self.occurrence * self.detection)


@dataclass(frozen=True, slots=True)
class Risk:
    """One row of the register: a pain of a touchpoint or a failure of a step."""

    element: str
    """The touchpoint or the step."""
    index: int
    """Its place among the pains or failures there."""
    what: Text
    rating: Rating | None
    """None where a rating is missing."""
    answered: bool
    """Somebody does something by a date: action, owner and due are all written."""
    whys: WhyChain | None
    """None where no cause is written."""
    controls: tuple[str, ...]
    """Which of before, during and after are planned; for a step `prevent`, `warn` or `detect`."""
    considered: tuple[CauseCategory, ...]
    """Bones of the fish on which causes were looked for; at least three should be."""
    aim: Rating | None
    """The ratings that the action should bring, the present ones where it says nothing; None where no
    aim is written or a rating is missing."""


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """One cause with its weight, in the order of a Pareto chart."""

    cause: str
    weight: float
    share: float
    cumulative: float
    """Share of this cause and all heavier ones."""


def rate(severity: int, occurrence: int, detection: int, table: ActionTable = STANDARD) -> Rating:
    """Read three ratings of 1 to 10 off an action table."""
    return Rating(severity, occurrence, detection, table.read(severity, occurrence, detection))


def occurrence_of(share: float) -> int:
    """Return the occurrence rating (1–10) of a share of journeys in which the cause strikes.

    For a touchpoint that is `P(ever visited) · failure rate per visited journey`.

    Raises:
        ValueError: the share lies outside [0, 1].
    """
    if not 0 <= share <= 1:
        raise ValueError("a share lies in [0, 1]")
    return next((rating for rating, least in OCCURRENCE_RATES if share >= least), 1)


def register(
    analysis: JourneyAnalysis | BlueprintAnalysis, table: ActionTable = STANDARD
) -> tuple[Risk, ...]:
    """Return every risk of a journey or a blueprint, worst first; unrated ones last, as written."""
    found = [
        _risk(name, index, row, table) for name, rows in _rows(analysis) for index, row in enumerate(rows)
    ]
    return tuple(sorted(found, key=lambda risk: risk.rating.rank if risk.rating else (3, 0, 0)))


def _rows(
    analysis: JourneyAnalysis | BlueprintAnalysis,
) -> Iterable[tuple[str, Sequence[Pain | Failure]]]:
    if isinstance(analysis, JourneyAnalysis):
        return [(name, point.pains) for name, point in analysis.journey.touchpoints.items()]
    return [(step.id, step.fails) for step in analysis.blueprint.steps]


def _risk(element: str, index: int, row: Pain | Failure, table: ActionTable) -> Risk:
    controls: tuple[str, ...]
    if isinstance(row, Failure):
        what, controls = row.mode, (row.poka_yoke.mode,) if row.poka_yoke else ()
    else:
        planned = {"before": row.before, "during": row.during, "after": row.after}
        what, controls = row.pain, tuple(name for name, words in planned.items() if words is not None)
    return Risk(
        element=element,
        index=index,
        what=what,
        rating=_rating(row.severity, row.occurrence, row.detection, table),
        answered=row.action is not None and row.owner is not None and row.due is not None,
        whys=why_chain([cause.pick("en") for cause in row.causes]) if row.causes else None,
        controls=controls,
        considered=tuple(dict.fromkeys(row.considered)),
        aim=_rating(
            row.aim.severity or row.severity,
            row.aim.occurrence or row.occurrence,
            row.aim.detection or row.detection,
            table,
        )
        if row.aim
        else None,
    )


def _rating(
    severity: int | None, occurrence: int | None, detection: int | None, table: ActionTable
) -> Rating | None:
    if severity is None or occurrence is None or detection is None:
        return None
    return rate(severity, occurrence, detection, table)


def pareto(weights: Mapping[str, float]) -> tuple[ParetoRow, ...]:
    """Order causes by weight, with cumulative shares; of equal weights the one written first.

    Returns nothing where the weights are all 0: there is no share of nothing.

    Raises:
        ValueError: a weight is negative.
    """
    if any(not weight >= 0 for weight in weights.values()):
        raise ValueError("a weight is negative")
    total = sum(weights.values())
    if not total:
        return ()
    rows, so_far = [], 0.0
    for cause, weight in sorted(weights.items(), key=lambda item: -item[1]):
        so_far += weight
        rows.append(ParetoRow(cause, weight, weight / total, min(1.0, so_far / total)))
    return tuple(rows)


def vital_few(rows: Sequence[ParetoRow], share: float = 0.8) -> tuple[str, ...]:
    """Return the fewest causes that together carry a share of the weight."""
    found = []
    for row in rows:
        found.append(row.cause)
        if row.cumulative >= share - 1e-9:
            break
    return tuple(found)


def right_first_time(visits: float, ever_visited: float) -> float | None:
    """Return the share of a touchpoint's visits that are not repeats, `H_j / v_j`.

    In the chain this is also `1 / N_jj`, the probability that a customer who is there never has to come
    back. None where nobody gets there.
    """
    return ever_visited / visits if visits > 0 else None


def repeat_rate(complaints: Iterable[tuple[str, str, Date]], window: int = WINDOW) -> float | None:
    """Return the share of complaints that repeat an earlier one; None without complaints.

    A complaint repeats another one of the same customer for the same cause at most `window` days earlier.

    Args:
        complaints: customer, cause, day; in any order.
        window: days.
    """
    latest: dict[tuple[str, str], Date] = {}
    count = repeated = 0
    for customer, cause, day in sorted(complaints, key=lambda complaint: complaint[2]):
        count += 1
        before = latest.get((customer, cause))
        repeated += before is not None and (day - before).days <= window
        latest[customer, cause] = day
    return repeated / count if count else None
