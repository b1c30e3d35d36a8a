"""Service levels: what holds for a complaint, and whether that is possible at all (domain 11).

Times are seconds. A level is impossible where even the quickest way to a solution takes longer by plan;
how many cases keep it is simulated on the journey's own times. An end of the day is read as the whole time
the house is open on a day, the most that anybody can have. The journey's times are the customer's, by the
calendar; a business clock runs only while the house is open, so that what it allows by the calendar depends
on when the complaint is made: a level is possible where the quickest way fits whenever that is, and
simulated complaints are made at any open time alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from blueprint.analysis.business_time import DAY, BusinessTime, Span, opening_seconds
from blueprint.analysis.ladders import level_of
from blueprint.analysis.proportion import Interval, wilson
from blueprint.analysis.recovery import Attainment, Recovery, recovery
from blueprint.analysis.results import Uncomputable
from blueprint.diagnostic import Message
from blueprint.model.complaint import Clock, Complaint, Priority, Promise
from blueprint.model.hours import Hours
from blueprint.model.journey import Journey
from blueprint.model.practice import Ladder


class Deadlines(NamedTuple):
    """What holds for one complaint."""

    priority: Priority | None
    ladder: str | None
    respond: float | None
    resolve: float | None
    end_of_day: bool
    """Whether `resolve` is the end of a business day rather than a time of its own."""
    reason: Message | None
    """Why there is nothing to hold it against."""
    clock: Clock = "calendar"
    """Whether the times run always, or only while the house is open."""
    respond_span: Span | None = None
    """How long `respond` takes by the calendar; None where nobody says, or when the house is open."""
    resolve_span: Span | None = None
    """How long `resolve` takes by the calendar."""
    business: BusinessTime | None = None
    """When the house is open, where that is written."""

    @property
    def resolve_clock(self) -> Clock:
        """The clock of `resolve`; the end of the day is by the calendar already."""
        return "calendar" if self.end_of_day else self.clock

    def allows(self, seconds: float, clock: Clock) -> bool | None:
        """Whether a time on a clock always ends before `resolve` does; None where nobody can tell."""
        if self.resolve is None:
            return None
        if clock == self.resolve_clock:
            return seconds <= self.resolve + 1e-9
        span = calendar_span(seconds, clock, self.business)
        if span is None or self.resolve_span is None:
            return None
        return span.most <= self.resolve_span.least + 1e-9


def deadlines_of(
    complaint: Complaint, ladders: Mapping[str, Ladder], hours: Hours | None = None
) -> Deadlines:
    """Return the clocks of a complaint: its own ones first, then those of its ladder.

    Args:
        complaint: how it is graded and handled.
        ladders: ladders by id; where the complaint names none, the only one with its priority holds.
        hours: when the house is open, for business clocks and levels that end with the day; the ladder's
            own hours where it is None.
    """
    name = complaint.ladder or _only_one(ladders, complaint.priority)
    ladder = ladders.get(name)
    level = level_of(ladder, complaint.priority) if ladder and complaint.priority else None
    hours = hours or (ladder.hours if ladder else None)
    respond = complaint.respond if complaint.respond is not None else level.respond if level else None
    resolve, end_of_day = complaint.resolve, False
    if resolve is None and level is not None:
        end_of_day = level.end_of_day and level.resolve is None
        resolve = (DAY if hours is None else opening_seconds(hours)) if end_of_day else level.resolve
    reason = _why_no_clock(complaint, ladders, name) if respond is None and resolve is None else None
    clock = complaint.clock or (ladder.clock if ladder else "calendar")
    business = BusinessTime.of(hours) if hours is not None else None
    if clock == "business" and business is None and reason is None:
        reason = Message(
            "the clock is a business clock, but nothing says when the house is open (`hours:`)",
            "按营业时间计时，但没有写明营业时间（`hours:`）",
        )
    return Deadlines(
        complaint.priority,
        name if level else None,
        respond,
        resolve,
        end_of_day,
        reason,
        clock,
        calendar_span(respond, clock, business),
        # the end of the day is by the calendar already: the whole time the house is open
        calendar_span(resolve, "calendar" if end_of_day else clock, business),
        business,
    )


def calendar_span(seconds: float | None, clock: Clock, business: BusinessTime | None) -> Span | None:
    """Return how long a time takes by the calendar, which on a business clock depends on when it begins.

    None where there is no time, or where nothing says when the house is open.
    """
    if seconds is None or (clock == "business" and business is None):
        return None
    if clock == "calendar" or business is None:
        return Span(seconds, seconds)
    return business.calendar(business.working(seconds))


def _only_one(ladders: Mapping[str, Ladder], priority: Priority | None) -> str:
    """Return the id of the one ladder that can be meant; empty where there are several or none."""
    fitting = [id for id, it in ladders.items() if priority is None or level_of(it, priority) is not None]
    known = list(ladders) if len(ladders) == 1 else fitting
    return known[0] if len(known) == 1 else ""


def _why_no_clock(complaint: Complaint, ladders: Mapping[str, Ladder], name: str) -> Message:
    if complaint.priority is None:
        return Message("the complaint has no priority", "投诉没有标明优先级")
    if complaint.ladder is not None and complaint.ladder not in ladders:
        return Message(f"there is no ladder `{complaint.ladder}`", f"没有服务等级阶梯 `{complaint.ladder}`")
    if len(ladders) > 1 and not name:
        return Message(
            "the complaint names none of several ladders", "有多个服务等级阶梯，投诉没有指明用哪一个"
        )
    if not name:
        return Message("no ladder of service levels is known", "没有任何服务等级阶梯")
    return Message(
        f"the ladder has no level {complaint.priority}", f"该阶梯没有 {complaint.priority} 这一级"
    )


class Kept(NamedTuple):
    """How often promises were kept."""

    kept: int
    made: int
    share: float
    interval: Interval


def kept_promises(promises: Iterable[Promise]) -> Kept | None:
    """Return the share of promises kept, of those counted; None where nobody counts."""
    counted = [(p.kept, p.made) for p in promises if p.kept is not None and p.made]
    kept, made = sum(k for k, _ in counted), sum(m for _, m in counted)
    if not made or kept > made:
        return None
    interval = wilson(kept, made)
    return None if interval is None else Kept(kept, made, kept / made, interval)


@dataclass(frozen=True, slots=True)
class Feasibility:
    """A complaint touchpoint held against its service level."""

    touchpoint: str
    deadlines: Deadlines
    way: Recovery | None
    """None where the graph allows no figures."""
    attained: Attainment | None
    """How many are solved in time; None where there is no level, no time or nothing is solved."""
    reason: Message | None
    """Why something is missing."""

    @property
    def possible(self) -> bool | None:
        """Whether the quickest way fits the level whenever the complaint is made; None for nobody knows."""
        way, span = self.way, self.deadlines.resolve_span
        if way is None or span is None or not way.stays or not way.confirmed:
            return None
        shortest = way.shortest
        return None if shortest is None else shortest[0] <= span.least + 1e-9


def feasibility(
    journey: Journey, ladders: Mapping[str, Ladder], *, simulate: bool = True
) -> tuple[Feasibility, ...]:
    """Hold every graded complaint of a journey against its level, in the order of the document.

    Args:
        journey: the journey.
        ladders: ladders by id.
        simulate: whether to play journeys for the share that keeps the level.
    """
    found: list[Feasibility] = []
    for name, touchpoint in journey.touchpoints.items():
        if (complaint := touchpoint.complaint) is None:
            continue
        clocks = deadlines_of(complaint, ladders, journey.hours)
        try:
            way = recovery(journey, name)
            reason = _why_not(way) or clocks.reason
        except Uncomputable as error:
            way, reason = None, error.reason
        attained = None
        known = way is not None and way.stays and way.shortest and way.confirmed
        if way is not None and known and simulate and clocks.resolve is not None and clocks.resolve_span:
            business = clocks.business if clocks.resolve_clock == "business" else None
            attained = way.within(clocks.resolve, business)
        found.append(Feasibility(name, clocks, way, attained, reason))
    return tuple(found)


def _why_not(way: Recovery) -> Message | None:
    if way.shortest is None:
        return Message("no way from the complaint leads to a solution", "从投诉出发没有路通向解决")
    if not way.stays:
        return Message("no touchpoint on the way names a time", "途中没有触点写明时间")
    if not way.confirmed:
        return Message(
            "no touchpoint confirms the solution (`purpose: confirm`); times run to the end of the journey",
            "没有触点确认已经解决（`purpose: confirm`）；时间一直算到旅程结束",
        )
    return None
