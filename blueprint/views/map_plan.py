"""What a map shows, read from the journey before anything is placed: columns, ways, curves, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.touchpoint import Touchpoint
from blueprint.scene.text import measure
from blueprint.views import routes
from blueprint.views.cards import TITLE_INSET
from blueprint.views.figures import CURVES
from blueprint.views.plot import Curve, Marks
from blueprint.views.reading import Reading, people
from blueprint.views.typeset import BODY, CARD

WIDEST = 320.0
"""Of a column, px."""
_BUSY = 56.0
"""What a column gains whose ways on need it, px."""


class Column(NamedTuple):
    """One column of the map: a touchpoint, or a stage that has none."""

    order: int
    """From 1 for the first touchpoint; 0 where a stage has none."""
    touchpoint: Touchpoint | None
    stage: int
    width: float
    id: str


class Step(NamedTuple):
    """A way to the next card."""

    source: int
    target: int
    share: float
    condition: str
    traffic: float


def columns_of(journey: Journey, read: Reading, base: float) -> list[Column]:
    """One column per touchpoint (and one per stage without any), as wide as its longest word asks."""
    columns: list[Column] = []
    used: set[str] = set()
    order = 0
    for at, stage in enumerate(journey.stages):
        for touchpoint in stage.touchpoints:
            order += 1
            name, copy = f"tp-{touchpoint.id}", 1
            while name in used:  # the same id twice is a finding, not a reason to draw nothing
                copy += 1
                name = f"tp-{touchpoint.id}.{copy}"
            used.add(name)
            width = _width(touchpoint, read, base)
            if _is_busy(journey, touchpoint.id):
                width = min(WIDEST, width + _BUSY)
            columns.append(Column(order, touchpoint, at, width, name))
        if not stage.touchpoints:
            columns.append(Column(0, None, at, base, f"stage-{stage.id}"))
    return columns


def _is_busy(journey: Journey, touchpoint: str) -> bool:
    """Tell whether both a loop onto itself and a list of exits must find room under one card."""
    ways = journey.routes.get(touchpoint, ())
    return any(way.target == touchpoint for way in ways) and any(
        way.target in journey.outcomes or way.when for way in ways if way.target != touchpoint
    )


def _width(touchpoint: Touchpoint, read: Reading, base: float) -> float:
    wanted = base
    texts = [touchpoint.doing, touchpoint.thinking, *(pain.pain for pain in touchpoint.pains)]
    for word in read.say(touchpoint.title).split():
        if len(word) > 10 and word.isalpha() and ord(word[0]) < 0x2E80:
            wanted = max(wanted, measure(word, CARD, "bold") + TITLE_INSET)
    for text in texts:
        for word in read.say(text).split():
            if len(word) > 18 and word.isalpha() and ord(word[0]) < 0x2E80:
                wanted = max(wanted, measure(word, BODY) + 24)
    return min(WIDEST, -(-wanted // 8) * 8)


def ways_of(
    journey: Journey, analysis: JourneyAnalysis | None, columns: Sequence[Column], read: Reading
) -> tuple[list[routes.Arc], list[routes.Exit], list[Step]]:
    """Sort the routes: to the next card, elsewhere, and out of the journey."""
    at: dict[str, int] = {}
    for place, column in enumerate(columns):
        if column.touchpoint:
            at.setdefault(column.touchpoint.id, place)
    arcs, exits, steps = [], [], []
    passages = analysis.chain.traversals if analysis else {}
    for source, ways in journey.routes.items():
        if source not in at:
            continue
        place = at[source]
        for way in ways:
            said = read.say(way.when)
            traffic = passages.get((source, way.target), way.share)
            if way.target in at:
                target = at[way.target]
                if target == place + 1:
                    steps.append(Step(place, target, way.share, said, traffic))
                    if said:
                        # The short way has no room for its condition: it is listed under the card.
                        order = f"→ {columns[target].order}"
                        exits.append(routes.Exit(place, order, way.share, None, said, way.assumed, traffic))
                else:
                    arcs.append(routes.Arc(place, target, way.share, said, way.assumed, traffic))
            elif outcome := journey.outcomes.get(way.target):
                name = read.say(outcome.title) or read.label.labels.get(way.target, way.target)
                good = outcome.result == "success"
                exits.append(routes.Exit(place, name, way.share, good, said, way.assumed, traffic))
    return arcs, exits, steps


def curves_of(
    journey: Journey,
    analysis: JourneyAnalysis | None,
    personas: Mapping[str, Persona],
    columns: Sequence[Column],
    read: Reading,
) -> tuple[Curve, ...]:
    """One curve per persona with scores of their own, else one for everybody."""
    scores = [c.touchpoint.scores if c.touchpoint else {} for c in columns]
    named = {who for here in scores for who in here if who}
    known = people(journey, personas, read)
    if analysis and analysis.persona:
        wanted = [analysis.persona]
    else:
        wanted = [who for who in known if who in named] + sorted(named - set(known))
    if not wanted:
        return (Curve("", CURVES[0], tuple(here.get("") for here in scores)),)
    order = list(known)
    return tuple(
        Curve(
            known.get(who, (who, ""))[0] if len(wanted) > 1 else "",
            CURVES[(order.index(who) if who in order else at) % 4],
            tuple(here.get(who, here.get("")) for here in scores),
        )
        for at, who in enumerate(wanted)
    )


def marks_of(
    journey: Journey,
    analysis: JourneyAnalysis | None,
    curves: Sequence[Curve],
    columns: Sequence[Column],
) -> Marks:
    """Say which column is the peak, the pit and the end: by probability, or by eye without an analysis."""
    at: dict[str, int] = {}
    for place, column in enumerate(columns):
        if column.touchpoint:
            at.setdefault(column.touchpoint.id, place)
    scored = [place for place in range(len(columns)) if any(c.scores[place] for c in curves)]
    if analysis and analysis.peak_end:
        found = analysis.peak_end
        likely = {at[t]: p for t, p in found.intensity.peak_probability.items() if t in at}
        peak = _likeliest(found.positive.peak_probability, at, scored)
        pit = _likeliest(found.negative.peak_probability, at, scored)
        end = _likeliest(analysis.chain.last_touchpoint, at, scored)
        neutral = journey.neutral_emotion
        emotions = analysis.emotions
        by_place = {at[t]: emotion for t, emotion in emotions.items() if t in at}
        # A best moment that still hurts is no peak, and a worst one that delights no pit.
        return Marks(
            peak if peak is not None and by_place.get(peak, neutral) > neutral else None,
            pit if pit is not None and by_place.get(pit, neutral) < neutral else None,
            end,
            likely,
            (
                _share(found.positive.peak_probability, at, peak),
                _share(found.negative.peak_probability, at, pit),
                _share(analysis.chain.last_touchpoint, at, end),
            ),
        )
    if not scored:
        return Marks()
    means = {
        place: sum(here) / len(here)
        for place in scored
        if (here := [score.mean for c in curves if (score := c.scores[place])])
    }
    ends = [p for p in scored if (t := columns[p].touchpoint) and "end" in t.kinds]
    return Marks(
        max(means, key=lambda p: (means[p], p)) if max(means.values()) > journey.neutral_emotion else None,
        min(means, key=lambda p: (means[p], -p)) if min(means.values()) < journey.neutral_emotion else None,
        ends[-1] if ends else scored[-1],
    )


def _share(shares: Mapping[str, float], at: Mapping[str, int], place: int | None) -> float:
    return next((share for touchpoint, share in shares.items() if at.get(touchpoint) == place), 1.0)


def _likeliest(shares: Mapping[str, float], at: Mapping[str, int], scored: Sequence[int]) -> int | None:
    known = [(share, at[t]) for t, share in shares.items() if t in at and at[t] in scored and share > 0]
    return max(known)[1] if known else None
