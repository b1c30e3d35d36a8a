"""The service levels of a journey as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blueprint.analysis.service_levels import Feasibility, feasibility, kept_promises
from blueprint.model.journey import Journey
from blueprint.model.practice import Ladder


def told(journey: Journey, ladders: Mapping[str, Ladder]) -> list[dict[str, Any]] | None:
    """Return the service levels of a journey as plain data; None where it handles no complaint."""
    return [_told(journey, found) for found in feasibility(journey, ladders)] or None


def _told(journey: Journey, found: Feasibility) -> dict[str, Any]:
    way, clocks = found.way, found.deadlines
    shortest = way.shortest if way is not None and way.stays else None
    promises = kept_promises(journey.touchpoints[found.touchpoint].promises)
    return {
        "touchpoint": found.touchpoint,
        "priority": clocks.priority,
        "ladder": clocks.ladder,
        "respond_seconds": clocks.respond,
        "resolve_seconds": clocks.resolve,
        "end_of_day": clocks.end_of_day,
        "clock": clocks.clock,
        "calendar_seconds": {
            "respond": list(clocks.respond_span) if clocks.respond_span else None,
            "resolve": list(clocks.resolve_span) if clocks.resolve_span else None,
        },
        "until": None if way is None else "confirmed" if way.confirmed else "end",
        "possible": found.possible,
        "shortest_seconds": shortest[0] if shortest else None,
        "shortest_way": list(shortest[1]) if shortest else [],
        "expected_seconds": way.expected if shortest and way is not None else None,
        "solved": way.solved_share if way is not None else None,
        "at_first_contact": way.at_first_contact if way is not None else None,
        "repeated": way.repeated if way is not None else None,
        "within_level": {
            "share": found.attained.share,
            "interval": list(found.attained.interval),
            "runs": found.attained.runs,
        }
        if found.attained
        else None,
        "untimed": list(way.untimed) if way is not None else [],
        "fast_lane": _told_lane(journey, found),
        "promises_kept": {
            "share": promises.share,
            "interval": list(promises.interval),
            "n": promises.made,
        }
        if promises
        else None,
        "reason": found.reason,
    }


def _told_lane(journey: Journey, found: Feasibility) -> dict[str, Any] | None:
    from blueprint.analysis.fast_lane import fast_lane

    lane = fast_lane(journey, found.touchpoint, found.deadlines)
    if lane is None:
        return None
    return {
        "begins": lane.begins,
        "expected_seconds": lane.expected,
        "ordinary_seconds": lane.ordinary,
        "keeps_level": lane.keeps,
        "quicker": lane.quicker,
    }
