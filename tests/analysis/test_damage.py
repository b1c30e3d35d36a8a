"""Market damage against the worked figures, finite differences, simulation and brute force."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from math import exp, factorial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blueprint.analysis.damage import (
    SHARES,
    Inputs,
    Tellings,
    break_even_handling,
    damage,
    levers,
    one_step,
    ordering,
    replacement_cost,
    return_on,
    word_of_mouth,
)
from blueprint.analysis.iceberg import count_interval, iceberg
from blueprint.analysis.scenarios import (
    HANDLING,
    Span,
    Uncertain,
    better_handling,
    damage_range,
    fewer_problems,
    more_complaints,
    scenarios,
    swings,
)

A = Inputs(10_000, 1000, 0.40, 0.25, 0.40, 0.35, 0.25, 0.85, 0.82, 0.54, 0.19, 0.09)
B = Inputs(100_000, 500, 0.4, 0.25, 0.4, 0.35, 0.25, 0.9, 0.85, 0.65, 0.40, 0.60)

share = st.floats(0, 1)


@st.composite
def markets(draw: st.DrawFn) -> Inputs:
    s, m = sorted((draw(share), draw(share)))
    return Inputs(
        draw(st.floats(1, 1e6)), draw(st.floats(0, 1e4)), draw(share), draw(share), s, m - s, 1 - m,
        *(draw(share) for _ in range(5)),
    )  # fmt: skip


def test_worked_market_a() -> None:
    found = damage(A)
    assert (found.problems, found.complaints, found.silent) == (4000, 1000, 3000)
    lost = (found.lost_silent, found.lost_satisfied, found.lost_mollified, found.lost_dissatisfied)
    assert lost == pytest.approx((2730, 72, 161, 202.5))
    assert found.lost == pytest.approx(3165.5)
    assert (found.baseline, found.damage) == pytest.approx((600, 2565.5))
    assert (found.money, found.money_gross) == pytest.approx((2_565_500, 3_165_500))


def test_worked_changes_of_market_a() -> None:
    assert damage(more_complaints(A, 0.10)).lost == pytest.approx(2975.7)
    assert damage(better_handling(A, 0.10)).lost == pytest.approx(3102.5)
    assert damage(fewer_problems(A, 0.10)).lost == pytest.approx(2848.95)


def test_worked_market_b_and_the_warning_about_order() -> None:
    found = damage(B)
    assert (found.lost, found.damage, found.money) == pytest.approx((15_325, 11_325, 5_662_500))
    by_name = {lever.name: lever for lever in levers(B)}
    assert by_name["complaints"].lost == pytest.approx(-2700)
    harsh = replace(B, loyalty_dissatisfied=0.60 - 0.22)
    assert damage(harsh).lost == pytest.approx(15_375)
    assert ordering(harsh) == (True, True, False, True)
    assert not ordering(replace(B, loyalty_dissatisfied=0.6)).silent_above_dissatisfied
    # satisfied less often, the same market loses by asking for complaints
    sour = replace(harsh, satisfied=0.2, dissatisfied=0.45)
    assert not ordering(sour).soliciting_helps
    assert {lever.name: lever.lost > 0 for lever in levers(sour)}["complaints"]


def test_one_step_of_ctma() -> None:
    assert one_step(10_000, 0.40, 0.25, 1000) == pytest.approx(1_000_000)


@given(markets())
def test_levers_are_the_slopes_that_finite_differences_find(market: Inputs) -> None:
    h = 1e-6
    moved = {
        "problems": lambda d: replace(market, problems=market.problems + d),
        "complaints": lambda d: more_complaints(market, d),
        "to_satisfied": lambda d: better_handling(market, d),
        "to_mollified": lambda d: replace(
            market, mollified=market.mollified + d, dissatisfied=market.dissatisfied - d
        ),
        "loyalty_silent": lambda d: replace(market, loyalty_silent=market.loyalty_silent + d),
    }
    assume(
        all(
            h < getattr(market, name) < 1 - h
            for name in (*HANDLING, "problems", "complaints", "loyalty_silent")
        )
    )
    found = {lever.name: lever for lever in levers(market)}
    assert set(found) == set(moved)
    for name, change in moved.items():
        up, down = damage(change(h)), damage(change(-h))
        near = {"rel": 1e-5, "abs": 1e-4 * max(1.0, market.customers)}
        assert found[name].lost == pytest.approx((up.lost - down.lost) / (2 * h), **near)
        assert found[name].damage == pytest.approx((up.damage - down.damage) / (2 * h), **near)
        assert found[name].money == pytest.approx(market.value * found[name].damage)


def test_damage_is_what_simulated_customers_lose() -> None:
    luck = random.Random(5)
    stayed = {
        name: getattr(A, f"loyalty_{name}") for name in ("satisfied", "mollified", "dissatisfied", "silent")
    }
    n, left, would = 200_000, 0, 0
    for _ in range(n):
        if luck.random() >= A.problems:
            continue
        group = "silent"
        if luck.random() < A.complaints:
            group = luck.choices(HANDLING, (A.satisfied, A.mollified, A.dissatisfied))[0]
        left += luck.random() >= stayed[group]
        would += luck.random() >= A.loyalty_untroubled
    assert damage(A).lost / A.customers == pytest.approx(left / n, abs=0.004)
    assert damage(A).damage / A.customers == pytest.approx((left - would) / n, abs=0.005)


@given(markets())
def test_soliciting_helps_if_and_only_if_complainants_stay_more_often(market: Inputs) -> None:
    slope = next(lever.lost for lever in levers(market) if lever.name == "complaints")
    if abs(slope) > 1e-6:
        assert (slope < 0) == ordering(market).soliciting_helps


@given(markets())
def test_nothing_lost_where_problems_change_no_loyalty(market: Inputs) -> None:
    level = {f.name: market.loyalty_silent for f in fields(Inputs) if f.name.startswith("loyalty_")}
    assert damage(replace(market, **level)).damage == pytest.approx(0, abs=1e-6 * market.customers)


def test_word_of_mouth_by_hand() -> None:
    told = word_of_mouth(damage(A), A, Tellings(5, 2, 9, 4, 0.02, 0.01), 800)
    # 3000·4 + 1000·(.35·2 + .25·9), 1000·.40·5
    assert (told.told_bad, told.told_good) == pytest.approx((14_950, 2000))
    assert told.prospects_lost == pytest.approx(14_950 * 0.02 - 2000 * 0.01)
    assert told.money == pytest.approx(800 * told.prospects_lost)
    for wrong in (Tellings(5, 2, -1, 4, 0.02, 0.01), Tellings(5, 2, 9, 4, 1.2, 0.01)):
        with pytest.raises(ValueError):
            word_of_mouth(damage(A), A, wrong, 800)


def test_cost_of_handling_that_pays() -> None:
    worth = break_even_handling(A, 0.10)
    assert worth == pytest.approx(1000 * (0.82 - 0.19) * 0.10)
    # at that cost per complaint, the return is exactly nothing
    saved = damage(A).money - damage(better_handling(A, 0.10)).money
    assert return_on(saved, worth * damage(A).complaints) == pytest.approx(0)
    assert return_on(63_000, 21_000) == pytest.approx(2)
    assert return_on(63_000, 0) is None
    assert replacement_cost(100, 5, 40) == 20_000


@pytest.mark.parametrize(
    ("low", "high", "hidden"),
    [(0.96, 0.96, 24), (0.90, 0.90, 9), (26 / 27, 26 / 27, 26), (20 / 21, 30 / 31, None)],
)
def test_published_icebergs(low, high, hidden) -> None:
    found = iceberg(10, low, high)
    if hidden is None:
        assert (round(low, 4), round(high, 4)) == (0.9524, 0.9677)
        assert found.hidden_per_complaint == pytest.approx((20, 30))
        assert 20 <= iceberg(1, 0.96, 0.96).hidden_per_complaint[0] <= 30, "S000's two numbers agree"
    else:
        assert found.hidden_per_complaint == pytest.approx((hidden, hidden))
        assert found.unhappy == pytest.approx((10 * (hidden + 1),) * 2)
    assert (
        found.unhappy_with_chance[0] < found.unhappy[0] <= found.unhappy[1] < found.unhappy_with_chance[1]
    )


def test_published_interval_of_ten_events() -> None:
    assert count_interval(10) == pytest.approx((4.795, 18.390), abs=5e-4)  # Garwood 1936


@pytest.mark.parametrize("count", [1, 4, 60, 101, 125])
def test_count_interval_leaves_a_fortieth_on_either_side(count: int) -> None:
    def up_to(k: int, mean: float) -> float:
        return sum(exp(-mean) * mean**i / factorial(i) for i in range(k + 1))

    low, high = count_interval(count)
    assert 1 - up_to(count - 1, low) == pytest.approx(0.025, abs=1e-4)
    assert up_to(count, high) == pytest.approx(0.025, abs=1e-4)
    assert count_interval(0)[0] == 0


@pytest.mark.parametrize("wrong", [(-1, 0.9, 0.95), (5, 0.9, 1.0), (5, 0.95, 0.9), (5, float("nan"), 0.9)])
def test_icebergs_that_cannot_be(wrong) -> None:
    with pytest.raises(ValueError):
        iceberg(*wrong)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"problems": 1.2}, "problems is 1.2"),
        ({"loyalty_silent": -0.1}, "loyalty_silent"),
        ({"satisfied": 0.5}, "sum to 1.1"),
        ({"customers": -1}, "customers"),
        ({"value": float("nan")}, "value"),
        ({"complaints": float("nan")}, "complaints"),
    ],
)
def test_markets_that_cannot_be(change, reason) -> None:
    with pytest.raises(ValueError, match=reason):
        replace(A, **change)


WIDE = {
    "problems": Span(0.3, 0.4, 0.5),
    "complaints": Span(0.05, 0.25, 0.4),
    "satisfied": Span(0.2, 0.4, 0.6),
    "mollified": Span(0.3, 0.35, 0.5),
    "dissatisfied": Span(0.1, 0.25, 0.4),
    "loyalty_untroubled": Span(0.8, 0.85, 0.95),
    "loyalty_satisfied": Span(0.7, 0.82, 0.9),
    "loyalty_mollified": Span(0.4, 0.54, 0.65),
    "loyalty_dissatisfied": Span(0.1, 0.19, 0.45),
    "loyalty_silent": Span(0.05, 0.09, 0.6),
}


def uncertain(**spans: Span) -> Uncertain:
    exact = {name: Span.at(getattr(A, name)) for name in SHARES}
    return Uncertain(A.customers, A.value, exact | spans)


def inside(box: Uncertain, luck: random.Random) -> Inputs:
    """Draw a market from a box."""
    while True:
        shares = {name: luck.uniform(span.low, span.high) for name, span in box.spans.items()}
        if not box.paradox:
            shares["loyalty_satisfied"] = min(shares["loyalty_satisfied"], shares["loyalty_untroubled"])
        shares["dissatisfied"] = 1 - shares["satisfied"] - shares["mollified"]
        if box.spans["dissatisfied"].low <= shares["dissatisfied"] <= box.spans["dissatisfied"].high:
            return Inputs(box.customers, box.value, **shares)


def test_ranges_hold_whatever_lies_inside_and_are_reached() -> None:
    luck, box = random.Random(2), uncertain(**WIDE)
    low, high = damage_range(box, lambda found: found.money)
    seen = [damage(inside(box, luck)).money for _ in range(5000)]
    assert low <= min(seen) <= max(seen) <= high
    every = [damage(corner).money for corner in box.corners()]
    assert (low, high) == pytest.approx((min(every), max(every))), "two settings of loyalty are enough"
    assert len(every) == 2**7 * len(box.handlings())


def test_corners_of_handling_lie_in_their_spans_and_sum_to_1() -> None:
    corners = uncertain(**WIDE).handlings()
    assert len(corners) >= 3
    for corner in corners:
        assert sum(corner) == pytest.approx(1)
        for name, value in zip(HANDLING, corner, strict=True):
            assert WIDE[name].low - 1e-9 <= value <= WIDE[name].high + 1e-9


def test_recovery_is_not_credited_above_the_loyalty_of_the_untroubled() -> None:
    keen = {"loyalty_satisfied": Span(0.8, 0.95, 1.0), "loyalty_untroubled": Span(0.7, 0.85, 0.9)}
    capped, believed = uncertain(**keen), replace(uncertain(**keen), paradox=True)
    assert capped.likely.loyalty_satisfied == 0.85
    assert believed.likely.loyalty_satisfied == 0.95
    assert damage(believed.likely).money < damage(capped.likely).money
    luck = random.Random(6)
    low, high = damage_range(capped, lambda found: found.money)
    assert all(low - 1e-6 <= damage(inside(capped, luck)).money <= high + 1e-6 for _ in range(2000))


def test_without_uncertainty_the_range_is_the_figure() -> None:
    box = uncertain()
    assert box.certain
    assert damage_range(box, lambda found: found.money) == (damage(A).money,) * 2
    assert swings(box) == ()


def test_swings_tell_what_to_find_out_first() -> None:
    box = uncertain(**{name: WIDE[name] for name in ("problems", "loyalty_silent", "loyalty_mollified")})
    found = swings(box)
    assert [swing.name for swing in found] == ["loyalty_silent", "problems", "loyalty_mollified"]
    ends = [damage(replace(A, loyalty_silent=end)).money for end in (0.6, 0.05)]
    assert (found[0].least, found[0].greatest) == pytest.approx(tuple(ends))
    together = uncertain(**{name: WIDE[name] for name in HANDLING})
    assert [swing.name for swing in swings(together)] == ["handling"]


def test_scenarios_of_market_a() -> None:
    found = {scenario.name: scenario for scenario in scenarios(uncertain())}
    assert {name: round(it.lost, 2) for name, it in found.items()} == {
        "fewer-problems": 2848.95, "more-complaints": 2975.7, "better-handling": 3102.5,
    }  # fmt: skip
    assert list(found) == ["fewer-problems", "more-complaints", "better-handling"]
    assert found["more-complaints"].saved == pytest.approx(189_800)
    assert found["fewer-problems"].saved == pytest.approx(256_550)


def test_ranges_of_scenarios_hold_and_can_change_their_sign() -> None:
    luck, box = random.Random(9), uncertain(**WIDE)
    found = {scenario.name: scenario for scenario in scenarios(box)}
    names = ("fewer-problems", "more-complaints", "better-handling")
    for name, change in zip(names, (fewer_problems, more_complaints, better_handling), strict=True):
        low, high = found[name].saved_range
        for _ in range(1000):
            market = inside(box, luck)
            saved = damage(market).money - damage(change(market, found[name].change)).money
            assert low - 1e-6 <= saved <= high + 1e-6
    assert found["more-complaints"].saved_range[0] < 0 < found["more-complaints"].saved_range[1]


def test_a_step_is_no_longer_than_there_is_room() -> None:
    box = uncertain(complaints=Span(0.25, 0.25, 0.97), dissatisfied=Span.at(0.25))
    assert {s.name: s.change for s in scenarios(box)}["more-complaints"] == pytest.approx(0.03)
    full = Uncertain(1, 1, uncertain().spans | {"complaints": Span.at(1.0)})
    assert "more-complaints" not in {s.name for s in scenarios(full)}
    with pytest.raises(ValueError):
        scenarios(box, 0)


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("problems", Span(0.5, 0.4, 0.6)),
        ("problems", Span(0.5, 0.6, 1.2)),
        ("satisfied", Span.at(0.5)),
        ("problems", Span.at(float("nan"))),
    ],
)
def test_spans_that_cannot_be(name, span) -> None:
    with pytest.raises(ValueError):
        uncertain(**{name: span})
