"""Time that runs only while a house is open: how long a business clock takes by the calendar.

A moment is the seconds since a Monday, 00:00. Without holidays every week is like the first; with them,
moments count from the Monday before the first holiday. A working day is as long as the house is open, so
that `3d` on a business clock are three openings, and `2h` are two open hours.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from blueprint.model.hours import Hours

DAY = 86_400.0
WEEK = 7 * DAY
_TINY = 1e-6
_ALIKE = 60
"""Weeks in a row without a holiday; longer stretches are cut to these, for their weeks are alike."""


class Span(NamedTuple):
    """How long something takes by the calendar, depending on when it begins, seconds."""

    least: float
    most: float


def opening_seconds(hours: Hours) -> float:
    """Return how long the house is open on a day, over midnight too; 24 hours where it never closes."""
    return 60.0 * ((_minutes(hours.closes) - _minutes(hours.opens)) % 1440 or 1440)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


@dataclass(frozen=True)
class BusinessTime:
    """The openings of a house.

    Attributes:
        opens: when it opens, seconds after midnight.
        length: how long an opening lasts, at most 24 hours.
        days: on how many days of the week, from Monday on.
        closed: days, counted from the first Monday, on which it stays closed.
    """

    opens: float
    length: float
    days: int = 5
    closed: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, hours: Hours) -> BusinessTime:
        """Read opening hours."""
        holidays = sorted(set(hours.holidays))
        closed: list[int] = []
        for at, day in enumerate(holidays):
            if at == 0:
                closed.append(day.weekday() + 7)
                continue
            apart = (day - holidays[at - 1]).days
            closed.append(closed[-1] + apart - 7 * max(0, apart // 7 - _ALIKE))
        return cls(60.0 * _minutes(hours.opens), opening_seconds(hours), hours.days, frozenset(closed))

    def working(self, seconds: float) -> float:
        """Return the open time that a length of time means: each full day is one opening."""
        days, rest = divmod(seconds, DAY)
        return days * self.length + min(rest, self.length)

    @cached_property
    def _weeks(self) -> int:
        """Weeks until every week is like any other."""
        return max(self.closed, default=-1) // 7 + 1

    @cached_property
    def _openings(self) -> tuple[tuple[float, float], ...]:
        """The openings of the weeks with holidays, and of the three after them."""
        found: list[tuple[float, float]] = []
        for day in range(7 * (self._weeks + 3)):
            if day % 7 < self.days and day not in self.closed:
                begin = day * DAY + self.opens
                if found and begin <= found[-1][1]:
                    found[-1] = (found[-1][0], begin + self.length)
                else:
                    found.append((begin, begin + self.length))
        return tuple(found)

    @cached_property
    def _begins(self) -> tuple[float, ...]:
        return tuple(begin for begin, _ in self._openings)

    @cached_property
    def _before(self) -> tuple[float, ...]:
        """Open time before each opening, and after the last."""
        return tuple(accumulate((end - begin for begin, end in self._openings), initial=0.0))

    @property
    def _weekly(self) -> float:
        return self.days * self.length

    def open_by(self, moment: float) -> float:
        """Return the open time from the first Monday, 00:00, until a moment that is not before it."""
        regular = (self._weeks + 1) * WEEK
        weeks = max(0.0, (moment - regular) // WEEK)
        moment -= weeks * WEEK
        at = bisect_right(self._begins, moment) - 1
        if at < 0:
            return weeks * self._weekly
        begin, end = self._openings[at]
        return weeks * self._weekly + self._before[at] + min(moment, end) - begin

    def open_between(self, start: float, end: float) -> float:
        """Return the open time between two moments."""
        return self.open_by(end) - self.open_by(start)

    def reached(self, amount: float) -> float:
        """Return the first moment by which so much open time has passed since the first Monday."""
        weeks, rest = self._regular(amount)
        at = max(0, bisect_right(self._before, rest - _TINY) - 1)
        return weeks * WEEK + self._openings[at][0] + max(0.0, rest - self._before[at])

    def _regular(self, amount: float) -> tuple[float, float]:
        """Split open time into weeks like any other and what is before them."""
        weeks = max(0.0, (amount - self.open_by((self._weeks + 1) * WEEK)) // self._weekly)
        return weeks, amount - weeks * self._weekly

    def due(self, start: float, amount: float) -> float:
        """Return when so much open time has passed since a moment: when a business clock runs out."""
        return self.reached(self.open_by(start) + amount)

    def calendar(self, amount: float) -> Span:
        """Return how long so much open time takes by the calendar, by the luckiest and unluckiest start.

        Only starts while the house is open count. While it is open, a later start never has less by the
        calendar: the time is shortest from some opening, and longest from just before some closing.
        """
        if amount <= 0:
            return Span(0.0, 0.0)
        usual = [it for it in self._openings if it[0] < (self._weeks + 1) * WEEK]
        closings = [end for _, end in usual if end < (self._weeks + 2) * WEEK]
        least = min(self.due(begin, amount) - begin for begin, _ in usual)
        return Span(least, max((self.due(end, amount) - end for end in closings), default=least))

    def arrival(self, share: float) -> float:
        """Return a start while the house is open: at a share of the open time of a year, or of a week."""
        weeks = 52 * -(-self._weeks // 52) if self.closed else 1
        first = self.open_by(WEEK)
        return self.reached(first + share * (self.open_by((1 + weeks) * WEEK) - first))
