"""Service levels: the sheet's example, exact distributions against simulation, ladders and timelines."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import exp, isclose, log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.ladders import in_charge, ladder_faults, priority_score, timeline_faults
from blueprint.analysis.recovery import Recovery, Stay, recovery
from blueprint.analysis.service_levels import deadlines_of, feasibility, kept_promises
from blueprint.analysis.service_levels_told import told
from blueprint.model.complaint import Complaint, Escalation, Promise
from blueprint.model.hours import Hours
from blueprint.model.journey import Journey
from blueprint.model.practice import Ladder, Level, Moment

MINUTE, HOUR = 60.0, 3600.0
P0_P3 = Ladder.model_validate(
    {
        "title": "S000",
        "source": "S000",
        "levels": [
            {"priority": "P0", "respond": "60s", "resolve": "1h", "triggers": ["safety"]},
            {"priority": "P1", "respond": "15m", "resolve": "2h"},
            {"priority": "P2", "respond": "30m", "end_of_day": True},
            {"priority": "P3", "respond": "2h", "resolve": "3d"},
        ],
        "weights": {"severity": 0.35, "customer": 0.2, "reach": 0.2, "urgency": 0.2, "resources": 0.05},
        "cuts": [2.25, 1.5, 0.75],
    }
)
LADDERS = {"s000": P0_P3}


def complaint_journey(priority: str, *, back: float = 0.0) -> Journey:
    return Journey.model_validate(written(priority, back))


def written(priority: str, back: float = 0.0) -> dict[str, Any]:
    """Assess 30 min, solve 60 min, confirm 15 min (domain 11.2)."""
    onward = {"confirm": 1 - back, "assess": back} if back else "confirm"
    return {
        "journey": "claim",
        "stages": [
            {
                "stage": "one",
                "touchpoints": [
                    {
                        "id": "assess",
                        "title": "Assess",
                        "kinds": ["first", "complaint"],
                        "complaint": {"priority": priority},
                        "time": {"standard": "30m"},
                    },
                    {"id": "solve", "title": "Solve", "time": {"standard": "60m"}, "next": onward},
                    {
                        "id": "confirm",
                        "title": "Confirm",
                        "purpose": ["confirm"],
                        "time": {"standard": "15m"},
                    },
                    {"id": "later", "title": "Rates us", "time": {"standard": "14d"}, "kinds": ["end"]},
                ],
            }
        ],
    }


def test_the_sheets_example_fits_p1_and_not_p0() -> None:
    (p1,) = feasibility(complaint_journey("P1"), LADDERS)
    (p0,) = feasibility(complaint_journey("P0"), LADDERS)
    assert p1.way is not None
    assert p1.way.shortest == (105 * MINUTE, ("assess", "solve", "confirm"))
    assert (p1.possible, p0.possible) == (True, False)
    assert p1.attained is not None
    assert p0.attained is not None
    assert (p1.attained.share, p0.attained.share) == (1.0, 0.0)


def test_a_loop_back_is_expected_the_way_a_geometric_series_says() -> None:
    (found,) = feasibility(complaint_journey("P1", back=0.25), LADDERS)
    assert found.way is not None
    assert found.way.expected == pytest.approx(90 * MINUTE / 0.75 + 15 * MINUTE)
    assert found.way.repeated == pytest.approx(0.25)
    assert found.way.at_first_contact == pytest.approx(0.75)
    assert found.attained is not None
    low, high = found.attained.interval
    assert low <= 0.75 <= high  # the first pass takes 105 minutes, the second 195


def exact(way: Recovery, limit: float) -> float:
    """P(T ≤ limit | solved) by carrying the whole distribution of time forward, fixed times only."""
    mass: dict[tuple[str, float], float] = {(way.start, 0.0): 1.0}
    solved = within = 0.0
    for _ in range(400):
        following: dict[tuple[str, float], float] = defaultdict(float)
        for (name, time), p in mass.items():
            after = time + (way.stays[name].plan if name in way.stays else 0.0)
            done = p * way.solved.get(name, 0.0)
            solved += done
            within += done if after <= limit + 1e-9 else 0.0
            for target, share in way.ways[name].items():
                if p * share > 1e-14:
                    following[target, after] += p * share
        mass = following
    return within / solved


@given(
    st.lists(st.integers(1, 9), min_size=3, max_size=3),
    st.floats(0.05, 0.9),
    st.floats(0.05, 0.5),
    st.integers(2, 40),
)
def test_simulation_covers_the_exact_distribution(
    times: list[int], again: float, lost: float, limit: int
) -> None:
    way = Recovery(
        "a",
        {"a": {"b": 1.0}, "b": {"a": again * (1 - lost), "c": (1 - again) * (1 - lost)}, "c": {}},
        {"c": 1.0},
        {name: Stay(float(t)) for name, t in zip("abc", times, strict=True)},
    )
    found = way.within(limit, runs=1500)
    assert found is not None
    assert found.share == pytest.approx(exact(way, limit), abs=0.075)  # 5 to 6 standard errors


def test_expected_time_of_the_solved_agrees_with_brute_force() -> None:
    way = Recovery(
        "a",
        {"a": {"b": 0.6, "a": 0.2}, "b": {"a": 0.3}},
        {"a": 0.1, "b": 0.5},
        {"a": Stay(7.0), "b": Stay(11.0)},
    )
    mass = {"a": [(0.0, 1.0)]}
    total = solved = 0.0
    for _ in range(60):
        following: dict[str, dict[float, float]] = {"a": defaultdict(float), "b": defaultdict(float)}
        for name, atoms in mass.items():
            for time, p in atoms:
                after = time + way.stays[name].plan
                solved += p * way.solved[name]
                total += p * way.solved[name] * after
                for target, share in way.ways[name].items():
                    following[target][after] += p * share
        mass = {name: list(atoms.items()) for name, atoms in following.items()}
    assert way.solved_share == pytest.approx(solved)
    assert way.expected == pytest.approx(total / solved)


def test_observed_times_are_lognormal_through_median_and_ninth_decile() -> None:
    journey = written("P1")
    point = journey["stages"][0]["touchpoints"][1]
    point["time"] = {"standard": "60m", "observed": {"p50": "40m", "p90": "100m"}}
    point["next"] = "done"
    journey["stages"][0]["touchpoints"][0]["time"] = {"standard": "0s"}
    way = recovery(Journey.model_validate(journey), "assess")
    for limit, share in ((40, 0.5), (100, 0.9)):
        found = way.within(limit * MINUTE)
        assert found is not None
        assert found.share == pytest.approx(share, abs=0.015)
    sigma = log(100 / 40) / 1.2815515655446004
    assert way.expected == pytest.approx(40 * MINUTE * exp(sigma**2 / 2))


def test_what_is_never_solved_says_so() -> None:
    journey = written("P1")
    journey["stages"][0]["touchpoints"][1]["next"] = "dropped"
    (found,) = feasibility(Journey.model_validate(journey), LADDERS)
    assert (found.possible, found.attained) == (None, None)
    assert found.reason is not None
    assert found.reason.en == "no way from the complaint leads to a solution"
    (plain,) = told(Journey.model_validate(journey), LADDERS) or [{}]
    assert plain["expected_seconds"] is None
    assert plain["solved"] == 0


def test_a_journey_without_complaints_tells_nothing() -> None:
    journey = {"journey": "j", "stages": [{"stage": "s", "touchpoints": [{"id": "a", "title": "A"}]}]}
    assert told(Journey.model_validate(journey), LADDERS) is None


def test_own_clocks_come_before_the_ladders_and_a_day_is_as_long_as_the_house_is_open() -> None:
    own = Complaint.model_validate({"priority": "P1", "resolve": "30m"})
    assert deadlines_of(own, LADDERS)[2:4] == (900, 1800)
    p2 = Complaint.model_validate({"priority": "P2"})
    hours = Hours.model_validate({"opens": "09:00", "closes": "17:30"})
    assert deadlines_of(p2, LADDERS, hours).resolve == 8.5 * HOUR
    assert deadlines_of(p2, LADDERS).resolve == 24 * HOUR
    several = deadlines_of(p2, LADDERS | {"own": P0_P3}).reason
    assert several is not None
    assert several.en == "the complaint names none of several ladders"


def levels(*clocks: tuple[str, float, float | None]) -> list[Level]:
    return [
        Level.model_construct(priority=p, respond=respond, resolve=resolve, end_of_day=resolve is None)
        for p, respond, resolve in clocks
    ]


def test_the_ladder_of_s000_is_in_order() -> None:
    assert ladder_faults(P0_P3.levels) == ()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=4, max_size=4))
def test_ladder_faults_are_found_where_brute_force_finds_them(clocks: list[tuple[int, int]]) -> None:
    ladder = levels(*((f"P{at}", float(a), float(b)) for at, (a, b) in enumerate(clocks)))
    late = {at for at, (a, b) in enumerate(clocks) if a > b}
    found = ladder_faults(ladder)
    assert {f.at for f in found if f.kind == "respond-after-resolve"} == late
    rising = all(clocks[i][k] <= clocks[j][k] for k in (0, 1) for i in range(4) for j in range(i + 1, 4))
    assert any(f.kind == "not-monotone" for f in found) is not rising


def test_a_trigger_takes_a_case_at_once_and_scores_are_cut_from_above() -> None:
    middle = dict.fromkeys(P0_P3.weights, 1.5)
    graded = priority_score(P0_P3, middle)
    assert graded is not None
    assert (graded.priority, graded.trigger) == ("P1", None)
    assert isclose(graded.score, 1.5)
    assert priority_score(P0_P3, middle, ["safety"]) == ("P0", graded.score, "safety")
    for level, priority in ((3, "P0"), (2.25, "P0"), (2.2, "P1"), (0.75, "P2"), (0.7, "P3"), (0, "P3")):
        scored = priority_score(P0_P3, dict.fromkeys(P0_P3.weights, level))
        assert scored is not None
        assert scored.priority == priority
    assert priority_score(P0_P3, {"severity": 3}) is None
    assert priority_score(P0_P3, middle | {"reach": 4}) is None


def test_the_highest_rung_called_takes_the_case() -> None:
    rungs = [Escalation.model_validate(r) for r in ({"to": "lead", "after": "30m"}, {"to": "head"})]
    assert [in_charge(rungs, t) for t in (0, 1799, 1800, 9e9)] == [0, 0, 1, 1]
    assert in_charge(rungs, 0, called=[2]) == 2
    assert in_charge(rungs, 0, called=[7]) == 2
    assert in_charge([], 9e9) == 0


def moments(*spans: tuple[float, float]) -> list[Moment]:
    return [Moment.model_construct(id=f"m{at}", begin=a, end=b) for at, (a, b) in enumerate(spans)]


def test_the_crisis_timeline_of_s000_leaves_an_hour_to_a_day_to_nobody() -> None:
    (gap,) = timeline_faults(moments((0, 300), (300, 900), (900, 3600), (86400, 259200)))
    assert gap == ("gap", 3, 3600, 86400)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5)), min_size=1, max_size=6))
def test_timeline_faults_say_what_counting_minutes_says(parts: list[tuple[int, int]]) -> None:
    spans = [(float(a), float(a + length)) for a, length in parts]
    covered = [sum(a <= minute < b for a, b in spans) for minute in range(20)]
    first, last = int(min(a for a, _ in spans)), int(max(b for _, b in spans))
    kinds = {fault.kind for fault in timeline_faults(moments(*spans))}
    assert ("gap" in kinds) is (0 in covered[first:last])
    assert ("overlap" in kinds) is any(n > 1 for n in covered)


def test_promises_are_counted_only_where_somebody_counts() -> None:
    counted = Promise.model_validate({"promise": "A", "made": 40, "kept": 38})
    silent = Promise.model_validate({"promise": "B"})
    found = kept_promises([counted, silent])
    assert found is not None
    assert (found.kept, found.made) == (38, 40)
    assert found.interval.low < 0.95 < found.interval.high
    assert kept_promises([silent]) is None


def business_journey(resolve: str, hours: dict[str, Any] | None, seconds: float = 0.0) -> Journey:
    journey = written("P1")
    journey["stages"][0]["touchpoints"][0]["complaint"] |= {"resolve": resolve, "clock": "business"}
    if seconds:
        journey["stages"][0]["touchpoints"][1]["time"] = {"standard": f"{seconds:g}s"}
    return Journey.model_validate(journey | ({"hours": hours} if hours else {}))


def test_a_business_clock_is_possible_where_the_quickest_way_fits_whenever_the_complaint_is_made() -> None:
    """Three working days of nine to five are at least 56 hours: from Monday nine to Wednesday five."""
    hours = {"opens": "09:00", "closes": "17:00"}
    for solving, possible in ((55 * HOUR, True), (56 * HOUR, False)):  # 45 minutes come on top
        (found,) = feasibility(business_journey("3d", hours, solving), LADDERS, simulate=False)
        assert found.deadlines.resolve_span == pytest.approx((56 * HOUR, 120 * HOUR))
        assert found.possible is possible


def test_a_share_in_open_time_is_that_of_a_count_of_minutes() -> None:
    """Ten hours of work after a complaint at any open minute of the week, held against two open hours."""
    taken, allowed = 10 * 60, 2 * 60
    is_open = [day < 5 and 9 * 60 <= minute < 17 * 60 for day in range(7) for minute in range(1440)] * 2
    starts = [minute for minute, it in enumerate(is_open[:10080]) if it]
    share = sum(sum(is_open[start : start + taken]) <= allowed for start in starts) / len(starts)
    journey = business_journey("2h", {"opens": "09:00", "closes": "17:00"}, taken * 60 - 45 * MINUTE)
    (found,) = feasibility(journey, LADDERS)
    assert found.attained is not None
    assert 0 < share < 1
    assert found.attained.interval.low - 0.01 <= share <= found.attained.interval.high + 0.01
    assert found.possible is False


def test_a_business_clock_needs_opening_hours_which_a_ladder_may_bring() -> None:
    (found,) = feasibility(business_journey("2h", None), LADDERS)
    assert (found.possible, found.attained) == (None, None)
    assert found.reason is not None
    assert "hours:" in found.reason.en
    own = Hours(opens="08:00", closes="20:00", days=7, holidays=(date(2026, 10, 1),))
    ladders = {"s000": P0_P3.model_copy(update={"hours": own})}
    (known,) = feasibility(business_journey("2h", None), ladders)
    assert known.deadlines.resolve_span == pytest.approx((2 * HOUR, 38 * HOUR))  # over night and holiday
    assert known.possible is True


def test_a_time_on_one_clock_is_held_against_a_level_on_the_other() -> None:
    level = deadlines_of(
        Complaint.model_validate({"priority": "P1", "resolve": "1d", "clock": "business"}),
        LADDERS,
        Hours(opens="09:00", closes="17:00"),
    )
    assert level.allows(86_400, "business") is True
    assert level.allows(2 * 86_400, "business") is False
    assert level.allows(8 * HOUR, "calendar") is True
    assert (
        level.allows(9 * HOUR, "calendar") is False
    )  # who asks at nine is promised six, and closing is five
    unknown = deadlines_of(
        Complaint.model_validate({"priority": "P1", "resolve": "1d", "clock": "business"}), LADDERS
    )
    assert unknown.allows(HOUR, "calendar") is None


def test_of_several_ladders_the_only_one_with_the_priority_holds() -> None:
    def ladder(**resolve: str) -> Ladder:
        levels = [{"priority": name, "respond": "5m", "resolve": time} for name, time in resolve.items()]
        return Ladder.model_validate({"title": "L", "source": "S", "clock": "calendar", "levels": levels})

    ladders = {"all": ladder(P1="4h", P3="3d"), "vip": ladder(P1="2h")}

    def resolve(**written: str) -> float | None:
        return deadlines_of(Complaint.model_validate(written), ladders).resolve

    assert resolve(priority="P3") == 3 * 86400
    assert resolve(priority="P1") is None, "two could be meant: nothing is guessed"
    assert resolve(priority="P1", ladder="vip") == 2 * 3600
    assert resolve(priority="P2") is None
