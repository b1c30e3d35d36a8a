"""Business clocks, held against a count of open minutes on a calendar of minutes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.analysis.business_time import DAY, WEEK, BusinessTime, Span
from blueprint.model.hours import Hours

HOUR = 3600.0
NINE_TO_FIVE = Hours(opens="09:00", closes="17:00")
MINUTES = 1440
FIRST = date(2024, 1, 1)
"""A Monday."""


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def open_minutes(opens: int, closes: int, days: int, holidays: set[int], weeks: int) -> list[bool]:
    """Minute by minute whether the house is open, the spill of a night included."""
    length = (closes - opens) % MINUTES or MINUTES
    calendar = [False] * ((weeks + 1) * 7 * MINUTES)
    for day in range(weeks * 7):
        if day % 7 < days and day not in holidays:
            for minute in range(length):
                calendar[day * MINUTES + opens + minute] = True
    return calendar


houses = st.tuples(
    st.integers(0, 47).map(lambda half: half * 30),
    st.integers(0, 47).map(lambda half: half * 30),
    st.integers(1, 7),
    st.sets(st.integers(7, 20), max_size=4),
)


@settings(max_examples=40, deadline=None)
@given(houses, st.integers(1, 3000), st.integers(7 * MINUTES, 21 * MINUTES))
def test_open_time_is_what_a_count_of_minutes_says(house, amount: int, start: int) -> None:
    opens, closes, days, holidays = house
    calendar = open_minutes(opens, closes, days, holidays, 40)
    # moments count from the Monday before the first holiday: the same days, shifted by whole weeks
    first = min(holidays, default=7)
    shift = (first // 7 - 1) * 7 * DAY if holidays else 0.0
    time = BusinessTime.of(
        Hours(
            opens=clock(opens),
            closes=clock(closes),
            days=days,
            holidays=tuple(FIRST + timedelta(days=day) for day in sorted(holidays)),
        )
    )
    if time.days * time.length == 0:
        return
    begin = start * 60.0 - shift
    if begin < WEEK:  # the night before the first Monday is not on the calendar
        begin += WEEK
        start += 7 * MINUTES
    left, minute = amount, start
    while left:
        left -= calendar[minute]
        minute += 1
    assert time.due(begin, amount * 60.0) == pytest.approx(minute * 60.0 - shift, abs=1e-3)
    passed = sum(calendar[start:minute])
    assert time.open_between(begin, minute * 60.0 - shift) == pytest.approx(passed * 60.0, abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(houses, st.integers(1, 40).map(lambda half: half * 30))
def test_the_span_holds_every_start_and_is_reached(house, amount: int) -> None:
    """The luckiest start is met to the minute; the unluckiest is the last instant of a minute."""
    opens, closes, days, holidays = house
    calendar = open_minutes(opens, closes, days, holidays, 60)
    time = BusinessTime.of(
        Hours(
            opens=clock(opens),
            closes=clock(closes),
            days=days,
            holidays=tuple(FIRST + timedelta(days=day) for day in sorted(holidays)),
        )
    )
    places = [minute for minute, is_open in enumerate(calendar) if is_open]
    starts = range(sum(p < 6 * 7 * MINUTES for p in places))
    lengths = [places[at + amount - 1] + 1 - places[at] for at in starts]
    span = time.calendar(amount * 60.0)
    assert span.least == pytest.approx(min(lengths) * 60.0, abs=1e-3)
    late = [places[at + amount] - places[at] for at in starts]  # an instant later it runs out next morning
    assert span.most == pytest.approx(max(*lengths, *late) * 60.0, abs=60.001)
    assert span.most >= max(lengths) * 60.0 - 1e-3


@pytest.mark.parametrize(
    ("amount", "least", "most"),
    [
        (2 * HOUR, 2 * HOUR, 2 * HOUR + 64 * HOUR),  # from Friday a quarter to five until Monday
        (8 * HOUR, 8 * HOUR, 72 * HOUR),  # one working day: from an opening, or over the weekend
        (
            24 * HOUR,
            56 * HOUR,
            120 * HOUR,
        ),  # three: Monday nine to Wednesday five; Friday five to Wednesday
        (40 * HOUR, 104 * HOUR, 168 * HOUR),
    ],
)
def test_nine_to_five(amount: float, least: float, most: float) -> None:
    assert BusinessTime.of(NINE_TO_FIVE).calendar(amount) == pytest.approx(Span(least, most))


def test_a_house_that_never_closes_has_the_calendars_time() -> None:
    always = BusinessTime.of(Hours(opens="00:00", closes="00:00", days=7))
    assert always.working(3 * DAY + HOUR) == 3 * DAY + HOUR
    for amount in (HOUR, DAY, 30 * DAY):
        assert always.calendar(amount) == pytest.approx(Span(amount, amount))


def test_full_days_are_openings_and_the_rest_is_open_time() -> None:
    time = BusinessTime.of(NINE_TO_FIVE)
    assert time.working(3 * DAY) == 24 * HOUR
    assert time.working(2 * HOUR) == 2 * HOUR
    assert time.working(DAY + 90 * 60) == 9.5 * HOUR
    assert time.working(12 * HOUR) == 8 * HOUR  # nobody is there for more than a day's opening


def test_a_holiday_makes_the_longest_way_longer() -> None:
    monday = Hours(opens="09:00", closes="17:00", holidays=(date(2026, 1, 5),))
    assert BusinessTime.of(monday).calendar(8 * HOUR) == pytest.approx(Span(8 * HOUR, 96 * HOUR))
    far = Hours(opens="09:00", closes="17:00", holidays=(date(1900, 1, 1), date(9999, 12, 31)))
    assert BusinessTime.of(far).calendar(8 * HOUR).least == pytest.approx(8 * HOUR)


def test_arrivals_are_spread_over_the_open_time() -> None:
    time = BusinessTime.of(NINE_TO_FIVE)
    moments = [time.arrival((k + 0.5) / 40) % WEEK for k in range(40)]
    assert all(9 * HOUR <= moment % DAY < 17 * HOUR for moment in moments)
    per_day = [sum(moment // DAY == day for moment in moments) for day in range(7)]
    assert per_day == [8, 8, 8, 8, 8, 0, 0]
