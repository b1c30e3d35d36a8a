"""The quick way for key problems beside the ordinary one: red and green channel (S000, domain 11.2).

A fast lane is worth its name where the expected time along it is within the service level, and shorter than
by the ordinary way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from blueprint.analysis.recovery import Recovery, recovery, stay
from blueprint.analysis.results import Uncomputable
from blueprint.analysis.service_levels import Deadlines
from blueprint.model.journey import Journey


@dataclass(frozen=True, slots=True)
class FastLane:
    """A fast lane and the ordinary way, in expected seconds from the complaint to the solution."""

    begins: str
    """The touchpoint at which it begins."""
    expected: float | None
    """Along the lane; None where nothing is solved there, or no time is written."""
    ordinary: float | None
    """Along the other ways."""
    keeps: bool | None
    """Whether it is expected to keep the level whenever the complaint is made; None for nobody knows."""

    @property
    def quicker(self) -> bool | None:
        """Whether the lane is quicker than the ordinary way."""
        if self.expected is None or self.ordinary is None:
            return None
        return self.expected < self.ordinary - 1e-9


def fast_lane(journey: Journey, complaint: str, clocks: Deadlines) -> FastLane | None:
    """Return the fast lane of a complaint touchpoint; None where it names none that a way leads to.

    Args:
        journey: the journey.
        complaint: the id of the complaint touchpoint.
        clocks: what holds for it.
    """
    point = journey.touchpoints[complaint]
    begins = point.complaint.fast_lane if point.complaint else None
    leads = any(route.target == begins and route.share > 0 for route in journey.routes[complaint])
    if begins is None or begins not in journey.touchpoints or not leads:
        return None
    own = stay(point.time)
    after = _expected(lambda: recovery(journey, begins))
    expected = None if after is None else after + (own.mean if own else 0.0)
    ordinary = _expected(lambda: _without(recovery(journey, complaint), begins))
    span = clocks.resolve_span
    keeps = None if expected is None or span is None else expected <= span.least + 1e-9
    return FastLane(begins, expected, ordinary, keeps)


def _expected(way_of: Callable[[], Recovery | None]) -> float | None:
    try:
        way = way_of()
    except Uncomputable:
        return None
    return way.expected if way is not None and way.stays else None


def _without(way: Recovery, lane: str) -> Recovery | None:
    """Return the ways of those who are not let into the lane; None where nobody is kept out."""
    start = way.start
    kept = 1 - way.ways[start].get(lane, 0.0)
    if kept <= 1e-9:
        return None
    onward = {target: share / kept for target, share in way.ways[start].items() if target != lane}
    solved = way.solved | ({start: way.solved[start] / kept} if start in way.solved else {})
    return replace(way, ways=way.ways | {start: onward}, solved=solved)
