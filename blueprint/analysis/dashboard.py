"""What the measures of a journey say together: verdicts, and whether CSAT and NPS part (domain 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Any, Final, Literal

from blueprint.analysis import answers, yardsticks
from blueprint.analysis.measures import Measured, Placed, current, read_metrics, read_surveys
from blueprint.analysis.measures_told import why
from blueprint.analysis.monitoring import Change, DualIndex, Reading, change, dual_index, holm
from blueprint.analysis.recommendation import ADDED, nps_sample_size, nps_sample_size_each
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.sheet import Sheet
from blueprint.model.survey import Survey
from blueprint.model.touchpoint import Metric

if TYPE_CHECKING:
    from blueprint.model.standards import Standards

WATCHED: Final = ("csat", "nps")
UNREAD: Final = ("no-table", "unfit-table")


@dataclass(frozen=True, slots=True)
class Watch:
    """CSAT and NPS of one place over their waves."""

    touchpoint: str | None
    """None for the journey as a whole."""
    waves: dict[str, int]
    """Index → how many dated waves it has."""
    changes: dict[str, Change]
    """Index → the last wave against those before it, where there are any."""
    dual: DualIndex | None
    """Where both indices have an earlier wave."""
    adjusted_p: dict[str, float]
    """Index → p after Holm, over every index of every place."""


def watch(surveys: Iterable[Placed[Survey]]) -> tuple[Watch, ...]:
    """Hold the last wave of CSAT and NPS against the four before it, at every place that has waves.

    Waves are the dated surveys of one instrument at one place, in the order of their dates. One without a
    date, or without a usable figure, is left out; where the table of a wave is not at hand, so are the
    other waves of its index there, for the last of them would not be the last.
    """
    waves: dict[str | None, dict[str, list[tuple[str, Reading]]]] = {}
    every = tuple(surveys)
    unread = {(p.touchpoint, p.written.survey) for p in every if p.measured.reason in UNREAD}
    for placed in every:
        it, reading = placed.written, placed.measured.reading
        if (placed.touchpoint, it.survey) in unread:
            continue
        if it.survey in WATCHED and it.date is not None and reading is not None:
            here = waves.setdefault(placed.touchpoint, {})
            here.setdefault(it.survey, []).append((it.date.isoformat(), reading))
    ordered = {
        place: {index: _in_order(found) for index, found in sorted(here.items())}
        for place, here in waves.items()
    }
    changes = {
        (place, index): moved
        for place, here in ordered.items()
        for index, found in here.items()
        if (moved := change(found)) is not None
    }
    adjusted = holm({key: moved.p for key, moved in changes.items()})
    return tuple(
        Watch(
            place,
            {index: len(found) for index, found in here.items()},
            {index: changes[place, index] for index in here if (place, index) in changes},
            dual_index(here.get("csat", ()), here.get("nps", ())),
            {index: adjusted[place, index] for index in here if (place, index) in changes},
        )
        for place, here in ordered.items()
    )


def _in_order(found: Sequence[tuple[str, Reading]]) -> list[Reading]:
    return [reading for _, reading in sorted(found, key=lambda wave: wave[0])]


def told(
    journey: Journey, sheets: Mapping[str, Sheet] | None = None, standards: Standards | None = None
) -> dict[str, Any] | None:
    """Return the `metrics` key of the analysis as plain data; None where nothing is measured."""
    metrics, surveys = read_metrics(journey), read_surveys(journey, sheets)
    # Rules read surveys too, and need none of these.
    from blueprint.analysis import forecasts, revenue, scorecards, trials

    link = revenue.told(journey.revenue, sheets or {}, standards)
    cards = scorecards.told(journey.scorecards, standards.scorecards if standards else {})
    if not (metrics or surveys or link or cards or journey.forecasts):
        return None
    verdicts = [placed.verdict for placed in metrics] + [placed.verdict for placed in current(surveys)]
    return {
        "figures": [_told_metric(placed) for placed in metrics],
        "surveys": [_told_survey(placed) for placed in surveys],
        "targets": {it: verdicts.count(it) for it in ("met", "missed", "undetermined")},
        "standards": yardsticks.told((*metrics, *current(surveys)), standards),
        "monitoring": [_told_watch(found) for found in watch(surveys)],
        "trials": trials.told(journey),
        "scorecards": cards,
        "revenue": link,
        "forecasts": forecasts.told(journey.forecasts),
    }


def _told_metric(placed: Placed[Metric]) -> dict[str, Any]:
    it = placed.written
    return {
        "touchpoint": placed.touchpoint,
        "index": placed.index,
        "metric": it.metric.root,
        "class": it.class_,
        **_told_figure(placed),
    }


def _told_survey(placed: Placed[Survey]) -> dict[str, Any]:
    it = placed.written
    n = placed.measured.n
    return {
        "touchpoint": placed.touchpoint,
        "index": placed.index,
        "survey": it.survey,
        "type": it.type,
        "date": it.date.isoformat() if it.date else None,
        "response_rate": n / it.invited if n is not None and it.invited and n <= it.invited else None,
        **_told_figure(placed),
        "against_baseline": _against(placed.measured, it.baseline),
        "sample_sizes": _sample_sizes(placed.measured) if it.survey == "nps" else None,
        "bands": _bands(placed.measured, it.bands),
        "table": None if placed.answered is None else answers.told(placed.answered),
    }


def _sample_sizes(found: Measured) -> dict[str, int] | None:
    """Return how many answers an NPS as spread as this one needs, for ten points; None without an error."""
    if found.reading is None or found.n is None or found.unit != "points" or found.bound:
        return None
    # Rocks's three answers are in the error, and so they are in the variance of one answer
    variance = min(1.0, (found.reading.error / 100) ** 2 * (found.n + ADDED))
    if variance <= 0:
        return None
    return {
        "margin_of_ten": nps_sample_size(10, variance=variance),
        "difference_of_ten_each": nps_sample_size_each(10, variances=(variance, variance)),
    }


def _against(found: Measured, baseline: float | None) -> Literal["above", "below", "unclear"] | None:
    """Say on which side of a share that counts as no change the whole interval lies."""
    if baseline is None or found.interval is None or found.unit != "share":
        return None
    low, high = found.interval
    return "above" if low > baseline else "below" if high < baseline else "unclear"


def _bands(found: Measured, bands: Mapping[str, float]) -> dict[str, Any] | None:
    """Say in which of the house's own bands a figure lies, by its whole interval (S003, NPS 利润分界)."""
    if not bands:
        return None
    starts = list(bands.items())
    page: dict[str, Any] = {"band": None, "possible": [], "reason": None}
    if any(low >= high for (_, low), (_, high) in pairwise(starts)):
        return page | {"reason": Message("the bands do not rise", "分界点没有递增")}
    if found.interval is None:
        return page | {"reason": Message("the figure has no interval", "数值没有置信区间")}
    low, high = found.interval
    ends = [start for _, start in starts[1:]] + [inf]
    possible = [
        name for (name, start), end in zip(starts, ends, strict=True) if high >= start and low < end
    ]
    if low < starts[0][1]:
        possible.insert(0, "below")
    band = possible[0] if len(possible) == 1 else "undetermined"
    return page | {"band": band, "possible": possible}


def _told_figure(placed: Placed[Metric] | Placed[Survey]) -> dict[str, Any]:
    found: Measured = placed.measured
    return {
        "unit": found.unit,
        "value": found.value,
        "n": found.n,
        "interval": None if found.interval is None else list(found.interval),
        "bound": found.bound,
        "better": found.better,
        "target": placed.target,
        "verdict": placed.verdict,
        "reason": found.reason or placed.reason,
        "why": why(placed),
    }


def _told_watch(found: Watch) -> dict[str, Any]:
    dual = found.dual
    return {
        "touchpoint": found.touchpoint,
        "waves": found.waves,
        "changes": {
            index: {
                "baseline": moved.baseline.value,
                "baseline_error": moved.baseline.error,
                "difference": moved.difference,
                "z": moved.z,
                "p": moved.p,
                "p_holm": found.adjusted_p[index],
                "alarm": moved.alarm,
            }
            for index, moved in found.changes.items()
        },
        "diverging": dual.diverging if dual else None,
        "quadrant": dual.quadrant if dual else None,
        "reason": _why_no_quadrant(found),
    }


def _why_no_quadrant(found: Watch) -> Message | None:
    """Return why the two indices cannot be read together; None where they can."""
    if found.dual is None:
        lacking = [index for index in WATCHED if index not in found.changes]
        names = [index.upper() for index in lacking]
        return Message(
            f"no two dated waves of {' or '.join(names)} can be compared",
            f"{'、'.join(names)} 没有两次注明日期且可比较的测量",
        )
    if found.dual.quadrant is None:
        return Message("an index has not moved at all", "有一项指标毫无变化")
    return None
