"""What customers are promised: by when, on which clock, how often it was kept, and where promises collide.

S000, managing promises (承诺管理): a definite time, and one answer for one thing wherever it is asked
(服务承诺一致性). Two promises are about one thing where both name it (`about:`), or where their words are
the same but for the time they name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from blueprint.analysis.business_time import BusinessTime, Span
from blueprint.analysis.deadlines import deadlines
from blueprint.analysis.service_levels import calendar_span, kept_promises
from blueprint.model.complaint import Clock, Promise
from blueprint.model.journey import Journey

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise with its time."""

    touchpoint: str
    index: int
    """Its place in the touchpoint's `promises`."""
    promise: Promise
    due: float | None
    """As written, else as its words name it; seconds on its clock."""
    clock: Clock
    span: Span | None
    """How long that is by the calendar; None without a time, or without the opening hours it needs."""


def pledges(journey: Journey) -> tuple[Pledge, ...]:
    """Return every promise of a journey, in the order written."""
    business = BusinessTime.of(journey.hours) if journey.hours else None
    found = []
    for name, point in journey.touchpoints.items():
        for index, promise in enumerate(point.promises):
            due = promise.due if promise.due is not None else _spoken(promise)
            clock = promise.clock or "calendar"
            found.append(Pledge(name, index, promise, due, clock, calendar_span(due, clock, business)))
    return tuple(found)


def _spoken(promise: Promise) -> float | None:
    words = (promise.promise.pick(language) for language in (*promise.promise.languages, "en"))
    named = (deadline.seconds for text in words for deadline in deadlines(text))
    return next((seconds for seconds in named if seconds is not None), None)


class Collision(NamedTuple):
    """Two promises about one thing that name different times."""

    first: Pledge
    second: Pledge


def collisions(made: tuple[Pledge, ...]) -> tuple[Collision, ...]:
    """Return promises that name another time than the first one about the same thing."""
    first: dict[str, Pledge] = {}
    found: list[Collision] = []
    for pledge in made:
        if pledge.due is None:
            continue
        keys = _subjects(pledge.promise)
        before = next((first[key] for key in keys if key in first), None)
        if before is not None and not _alike(before, pledge):
            found.append(Collision(before, pledge))
        for key in keys:
            first.setdefault(key, before or pledge)
    return tuple(found)


def _subjects(promise: Promise) -> list[str]:
    """Return what a promise is about, in the words of each of its languages."""
    if promise.about is not None:
        return [f"about {promise.about}"]
    subjects = []
    for language in promise.promise.languages or ("en",):
        text = promise.promise.pick(language)
        for deadline in reversed(deadlines(text)):
            text = text[: deadline.span.start] + " " + text[deadline.span.end :]
        if words := _NO_WORD.sub(" ", text.casefold()).strip():
            subjects.append(words)
    return subjects


def _alike(one: Pledge, other: Pledge) -> bool:
    if one.clock == other.clock:
        return one.due == other.due
    if one.span is None or other.span is None:
        return False
    return all(abs(a - b) < 1 for a, b in zip(one.span, other.span, strict=True))


def told(journey: Journey) -> dict[str, Any] | None:
    """Return the `promises` key of the analysis as plain data; None where nothing is promised."""
    made = pledges(journey)
    if not made:
        return None
    return {
        "made": [_told(pledge) for pledge in made],
        "undated": sum(pledge.due is None for pledge in made),
        "collisions": [
            {
                "touchpoints": [first.touchpoint, second.touchpoint],
                "indices": [first.index, second.index],
                "due_seconds": [first.due, second.due],
            }
            for first, second in collisions(made)
        ],
        "kept": _kept([pledge.promise for pledge in made]),
    }


def _told(pledge: Pledge) -> dict[str, Any]:
    return {
        "touchpoint": pledge.touchpoint,
        "index": pledge.index,
        "promise": pledge.promise.promise.root,
        "about": pledge.promise.about,
        "due_seconds": pledge.due,
        "clock": pledge.clock,
        "calendar_seconds": list(pledge.span) if pledge.span else None,
        "kept": _kept([pledge.promise]),
    }


def _kept(promises: list[Promise]) -> dict[str, Any] | None:
    found = kept_promises(promises)
    if found is None:
        return None
    return {"share": found.share, "interval": list(found.interval), "n": found.made}
