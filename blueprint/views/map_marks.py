"""Which dots of the map carry a flag: the highest, the lowest, and where journeys end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.views.map_plan import Column
from blueprint.views.plot import Curve, Mark, Marks


def marks_of(
    journey: Journey,
    analysis: JourneyAnalysis | None,
    curves: Sequence[Curve],
    columns: Sequence[Column],
) -> Marks:
    """Flag what a reader sees as highest, lowest and last, with the share of journeys that get there.

    The flags follow the eye, so that nobody asks why the pit is not the lowest dot; how likely a touchpoint
    is to become the peak of a journey is told by the size of its dot.
    """
    at: dict[str, int] = {}
    for place, column in enumerate(columns):
        if column.touchpoint:
            at.setdefault(column.touchpoint.id, place)
    reach = _by_place(analysis.chain.ever_visited, at) if analysis else {}
    ended = _by_place(analysis.chain.last_touchpoint, at) if analysis else {}
    likely = (
        _by_place(analysis.peak_end.intensity.peak_probability, at)
        if analysis and analysis.peak_end
        else {}
    )
    neutral = journey.neutral_emotion
    dots = [
        (score.mean, reach.get(place, 1.0), place, which)
        for which, curve in enumerate(curves)
        for place, score in enumerate(curve.scores)
        if score and reach.get(place, 1.0) > 0
    ]
    if not dots:
        return Marks(likely=likely)
    # Of equal dots the one that more journeys reach, then the later: it is remembered.
    best = max(dots, key=lambda dot: (dot[0], dot[1], dot[2], -dot[3]))
    worst = min(dots, key=lambda dot: (dot[0], -dot[1], -dot[2], dot[3]))
    # A best moment that still hurts is no peak, and a worst one that delights no pit.
    return Marks(
        Mark(best[2], best[3], best[1]) if best[0] > neutral else None,
        Mark(worst[2], worst[3], worst[1]) if worst[0] < neutral else None,
        _end(columns, sorted({dot[2] for dot in dots}), ended, len(curves)),
        likely,
    )


def _end(columns: Sequence[Column], scored: Sequence[int], ended: Mapping[int, float], curves: int) -> Mark:
    """Return where most journeys end; without figures, the last touchpoint that says it is an end."""
    whose = 0 if curves == 1 else None
    if known := [place for place in scored if ended.get(place, 0.0) > 0]:
        place = max(known, key=lambda place: (ended[place], place))
        return Mark(place, whose, ended[place])
    ends = [place for place in scored if (t := columns[place].touchpoint) and "end" in t.kinds]
    return Mark(ends[-1] if ends else scored[-1], whose)


def _by_place(shares: Mapping[str, float], at: Mapping[str, int]) -> dict[int, float]:
    return {at[touchpoint]: share for touchpoint, share in shares.items() if touchpoint in at}
