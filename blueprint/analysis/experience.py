"""The experience pyramid, the levels of service and the classes of metrics (domain 6.4, 13).

The pyramid has three levels (S003): 1 it works, 2 it is easy, 3 it is memorable. They are cumulative: a
peak on a broken base is not level 3. When a level is reached is this project's definition, see `levels`.
What nobody wrote is not known, and is never taken for fulfilled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from blueprint.analysis.moments import carlzon_count, criticality, disordered, removal_effects_of
from blueprint.analysis.results import JourneyAnalysis
from blueprint.analysis.risk import pareto, vital_few
from blueprint.model.journey import Journey
from blueprint.model.need import Need
from blueprint.model.touchpoint import Touchpoint

EASY: Final = 5.5
"""From this customer effort score on, of 7, a touchpoint is easy."""

MEMORABLE: Final = 0.4
"""A memorable emotion is this part of the way from neutral to the best."""

CLASSES: Final = ("descriptive", "perceptual", "outcome")
_AT_TOUCHPOINT: Final = ("descriptive", "perceptual")
_MEASURED_KINDS: Final = ("high-perception", "end", "complaint")

LEVEL_METRICS: Final = {1: "CSAT", 2: "CES", 3: "NPS"}
"""What each level of service is measured by: satisfaction, effort, loyalty (S003)."""

_NAMES: Final = {
    "CSAT": re.compile(r"\bcsat\b|\bcast\b|satisfaction|满意|滿意", re.IGNORECASE),
    "CES": re.compile(r"\bces\b|customer effort|effort score|费力|費力", re.IGNORECASE),
    "NPS": re.compile(r"\bnps\b|net promoter|净推荐|淨推薦", re.IGNORECASE),
}

Stop = Literal[
    "no-need", "need-unknown", "need-unmet", "effort-unknown", "effort-high", "no-delight", "not-felt"
]
"""Why a touchpoint is not a level higher: what is missing or not written."""


@dataclass(frozen=True, slots=True)
class Level:
    """How high a touchpoint stands on the pyramid, as far as its document says."""

    level: int | None
    """0 below the base … 3; None where not even the base is known."""
    stop: Stop | None
    """Why it is no higher; None at 3."""
    skipped: bool
    """It means to delight although a lower level is known to be broken."""


@dataclass(frozen=True, slots=True)
class MetricCoverage:
    """Which classes of metrics are missing where (S003, 描述性 · 感知性 · 结果性)."""

    by_class: dict[str, int]
    """Metrics per class; those without a class stand under "unclassed"."""
    missing: dict[str, tuple[str, ...]]
    """High-perception, end and complaint touchpoints → the classes they lack, of descriptive and
    perceptual."""
    outcome: bool
    """Whether some metric of the journey is an outcome."""


def metric_name(words: Iterable[str]) -> str | None:
    """Return CSAT, CES or NPS where the name of a metric, in any language, is one of them."""
    texts = tuple(words)
    return next((name for name, known in _NAMES.items() if any(map(known.search, texts))), None)


def levels(analysis: JourneyAnalysis) -> dict[str, Level]:
    """Place every touchpoint on the pyramid.

    Level 1: it names must-be needs, and all of them are met. Level 2: level 1, and it is easy: the
    customer effort score is at least 5.5 of 7, or, where none is measured, the observed p90 (else the
    standard time and wait) stays within the tolerance. Level 3: level 2, a peak is designed or an
    attractive need met, and the emotion is at least 40 % of the way from neutral to the best.
    """
    journey = analysis.journey
    felt = journey.neutral_emotion + MEMORABLE * (journey.emotion_scale[1] - journey.neutral_emotion)
    return {
        name: _level(point, analysis.emotions.get(name), felt)
        for name, point in journey.touchpoints.items()
    }


def _level(point: Touchpoint, emotion: float | None, felt: float) -> Level:
    basics = [need.met for need in point.needs if category(need) == "must-be"]
    delights = bool(point.peak) or any(category(n) == "attractive" and n.met for n in point.needs)
    if False in basics:
        return Level(0, "need-unmet", delights)
    if not basics or None in basics:
        return Level(None, "need-unknown" if basics else "no-need", False)
    easy = _easy(point)
    if not easy:
        return Level(1, "effort-unknown" if easy is None else "effort-high", delights and easy is False)
    if not delights:
        return Level(2, "no-delight", False)
    if emotion is None or emotion < felt - 1e-9:
        return Level(2, "not-felt", False)
    return Level(3, None, False)


def category(need: Need) -> str | None:
    """Return the Kano category of a need: as written, or the commonest of its counts."""
    if need.kano is None or isinstance(need.kano, str):
        return need.kano
    counts = {
        "must-be": need.kano.M,
        "performance": need.kano.O,
        "attractive": need.kano.A,
        "indifferent": need.kano.I,
        "reverse": need.kano.R,
    }
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def _easy(point: Touchpoint) -> bool | None:
    for metric in point.metrics:
        value = metric.value
        scored = value is not None and not value.percent and 1 <= value.value <= 7
        if value is not None and scored and metric_name(_words(metric.metric.root)) == "CES":
            return value.value >= EASY
    time = point.time
    if time is None or time.tolerance is None:
        return None
    taken = time.observed.p90 if time.observed and time.observed.p90 is not None else time.total
    return None if taken is None else taken <= time.tolerance


def journey_level(analysis: JourneyAnalysis, found: Mapping[str, Level]) -> int | None:
    """Return the level of a journey: the lowest of its busy touchpoints whose level is known.

    Busy are the fewest touchpoints that carry 80 % of the visits. None where none of them is known.
    """
    busy = vital_few(pareto(analysis.chain.visits))
    known = [level for name in busy if (level := found[name].level) is not None]
    return min(known, default=None)


def unpaired(journey: Journey, found: Mapping[str, Level]) -> dict[str, str]:
    """Return touchpoints of a known level that lack the metric of that level (CSAT, CES or NPS)."""
    missing = {}
    for name, place in found.items():
        wanted = LEVEL_METRICS.get(place.level or 0)
        metrics = journey.touchpoints[name].metrics
        if wanted and metrics and wanted not in {metric_name(_words(m.metric.root)) for m in metrics}:
            missing[name] = wanted
    return missing


def _words(root: str | dict[str, str]) -> tuple[str, ...]:
    return (root,) if isinstance(root, str) else tuple(root.values())


def metric_coverage(journey: Journey) -> MetricCoverage:
    """Count metrics by class and find where a class is missing."""
    counts = dict.fromkeys((*CLASSES, "unclassed"), 0)
    missing: dict[str, tuple[str, ...]] = {}
    for name, point in journey.touchpoints.items():
        classes = [metric.class_ for metric in point.metrics]
        for it in classes:
            counts[it or "unclassed"] += 1
        lacking = tuple(it for it in _AT_TOUCHPOINT if it not in classes)
        if lacking and any(kind in _MEASURED_KINDS for kind in point.kinds):
            missing[name] = lacking
    return MetricCoverage(counts, missing, counts["outcome"] > 0)


def proactive_share(analysis: JourneyAnalysis) -> float | None:
    """Return the share of visits that the company begins (未诉先应), of those whose trigger is written."""
    begun = {"customer": 0.0, "company": 0.0}
    for name, point in analysis.journey.touchpoints.items():
        if point.trigger is not None:
            begun[point.trigger] += analysis.chain.visits[name]
    total = sum(begun.values())
    return begun["company"] / total if total else None


def told(analysis: JourneyAnalysis) -> dict[str, Any]:
    """Return the `experience` key of the analysis as plain data."""
    journey, found, coverage = analysis.journey, levels(analysis), metric_coverage(analysis.journey)
    known = [place.level for place in found.values()]
    labels = [(n, journey.touchpoints[n].moment) for n in analysis.main_path if n in journey.touchpoints]
    return {
        "levels": {
            name: {"level": place.level, "stop": place.stop, "skipped": place.skipped}
            for name, place in found.items()
        },
        "level": journey_level(analysis, found),
        "level_distribution": [known.count(level) for level in range(4)],
        "level_unknown": known.count(None),
        "level_metric_missing": unpaired(journey, found),
        "moments": carlzon_count(analysis),
        "moments_out_of_order": [
            {"touchpoint": it.touchpoint, "moment": it.moment, "after": it.after}
            for it in disordered(labels)
        ],
        "criticality": [
            {
                "touchpoint": it.touchpoint,
                "score": it.score,
                "dropoff": it.dropoff,
                "missing": list(it.missing),
            }
            for it in criticality(analysis)
        ],
        "removal_effect": removal_effects_of(analysis),
        "metric_classes": {
            "count": coverage.by_class,
            "missing": {name: list(classes) for name, classes in coverage.missing.items()},
            "outcome": coverage.outcome,
        },
        "proactive_share": proactive_share(analysis),
    }
