"""The gaps model: the published identity, roll-up by hand, what promises do to expectations."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.expectations import expectation, expectation_after, outcome
from blueprint.analysis.gaps import (
    ADDITIVE,
    GAPS,
    PZB_WEIGHTS,
    REMEDIES,
    Estimate,
    gap_between,
    gaps_of,
    journey_quality,
    relative_gap,
    time_utility,
)
from blueprint.analysis.quality_told import told
from blueprint.model.touchpoint import Quality
from blueprint.source.standards import builtin_standards

SIDES = ("expected", "believed", "standard", "delivered", "promised", "perceived")
WORKED = dict(zip(SIDES, (6.2, 5.8, 5.5, 5.0, 6.0, 4.9), strict=True))
score = st.floats(-100, 100)


def test_worked_example() -> None:
    gaps = gaps_of(Quality(**WORKED))
    assert [gaps.of(gap) for gap in GAPS] == pytest.approx([-0.4, -0.3, -0.5, -1.0, -0.1, -1.3])
    assert gaps.largest == "delivery"
    assert gaps.shares["delivery"] == pytest.approx(0.5 / 1.3)
    assert round(gaps.shares["delivery"], 2) == 0.38


def test_remedies_and_weights_are_those_of_the_playbook() -> None:
    standards = builtin_standards()
    for at, gap in enumerate(("listening", "standards", "delivery", "communication"), 1):
        shipped = standards.coverage[f"gap-remedies-{at}"].items
        assert [remedy.id for remedy in REMEDIES[gap]] == [item.id for item in shipped]
        for remedy, item in zip(REMEDIES[gap], shipped, strict=True):
            assert remedy.title.zh.startswith(item.title.pick("zh")[:2])
    assert len(REMEDIES) == 4
    asked = standards.instruments["servqual"].dimensions
    assert {dimension.id: dimension.weight for dimension in asked} == PZB_WEIGHTS


@given(*[score] * 6)
def test_the_gaps_telescope(e, m, s, d, c, p) -> None:
    gaps = gaps_of(Quality(expected=e, believed=m, standard=s, delivered=d, promised=c, perceived=p))
    assert gaps.customer == pytest.approx(sum(gaps.of(gap) for gap in ADDITIVE), abs=1e-9)
    assert sum(gaps.shares.values()) == pytest.approx(1 if gaps.shares else 0)
    if gaps.customer < -1e-6:
        assert gaps.largest is not None
        assert gaps.of(gaps.largest) == min(gaps.of(gap) for gap in ADDITIVE)


@pytest.mark.parametrize("side", SIDES)
def test_what_is_missing_makes_gaps_none_not_zero(side: str) -> None:
    gaps = gaps_of(Quality(**{k: v for k, v in WORKED.items() if k != side}))
    lost = {
        "expected": {"listening", "customer"},
        "believed": {"listening", "standards"},
        "standard": {"standards", "delivery"},
        "delivered": {"delivery", "communication", "perception"},
        "promised": {"communication"},
        "perceived": {"perception", "customer"},
    }[side]
    assert {gap for gap in GAPS if gaps.of(gap) is None} == lost
    assert bool(gaps.shares) is (side == "promised"), "shares of a whole that is not known are none"


def test_no_gap_is_negative_where_all_is_well() -> None:
    gaps = gaps_of(Quality(expected=5, believed=5, standard=6, delivered=6, perceived=6))
    assert (gaps.largest, gaps.shares) == (None, {})


@pytest.mark.parametrize(
    ("perceived", "expected", "delta", "verdict"),
    [
        (6.0, 5.0, 0.5, "delighted"),
        (5.5, 5.0, 0.5, "satisfied"),
        (4.3, 3.8, 0.5, "satisfied"),  # 0.5 in decimals, a little more in binary
        (4.5, 5.0, 0.5, "satisfied"),
        (4.4, 5.0, 0.5, "disappointed"),
        (5.0, 5.0, 0.0, "satisfied"),
        (4.99, 5.0, 0.0, "disappointed"),
    ],
)
def test_three_outcomes(perceived, expected, delta, verdict) -> None:
    assert outcome(perceived, expected, delta) == verdict


def test_a_delta_below_zero_is_none() -> None:
    with pytest.raises(ValueError, match="distance"):
        outcome(1, 2, -0.5)


@given(st.floats(1, 7), st.floats(1, 7), st.floats(0, 0.99), st.floats(0, 6))
def test_promising_less_lowers_expectations_by_kappa_until_it_pulls_no_more(
    base, promised, kappa, cut
) -> None:
    expected = expectation(base, promised, kappa)
    assert min(base, promised) - 1e-9 <= expected <= max(base, promised) + 1e-9
    after = expectation_after(expected, promised, cut, kappa)
    if promised <= base:
        assert after == pytest.approx(expected)
    elif promised - cut >= base + 1e-3:
        assert after == pytest.approx(expected - kappa * cut, abs=1e-6)
    else:
        assert after == pytest.approx(base, abs=1e-3)


@pytest.mark.parametrize(("kappa", "cut"), [(1, 1), (-0.1, 1), (0.5, -1), (float("nan"), 1)])
def test_expectation_after_needs_a_base(kappa, cut) -> None:
    with pytest.raises(ValueError):
        expectation_after(5, 6, cut, kappa)
    if not 0 <= kappa <= 1:
        with pytest.raises(ValueError):
            expectation(5, 6, kappa)


def test_times_turn_into_what_is_better_the_more_it_is() -> None:
    assert [time_utility(x, 60, 300) for x in (30, 60, 120, 300, 900)] == [1, 1, 0.75, 0, 0]
    assert relative_gap(300, 360) == pytest.approx(-0.2)
    for call in (lambda: time_utility(1, 5, 5), lambda: relative_gap(0, 1)):
        with pytest.raises(ValueError):
            call()


def test_the_error_of_a_gap_is_that_of_simulated_means() -> None:
    luck = random.Random(11)
    gaps = []
    for _ in range(4000):
        p = sum(luck.gauss(5, 1.2) for _ in range(40)) / 40
        e = sum(luck.gauss(6, 0.9) for _ in range(25)) / 25
        gaps.append(p - e)
    mean = sum(gaps) / len(gaps)
    spread = (sum((gap - mean) ** 2 for gap in gaps) / (len(gaps) - 1)) ** 0.5
    found = gap_between(Estimate(5, 1.2 / 40**0.5), Estimate(6, 0.9 / 25**0.5))
    assert found.mean == -1
    assert found.error == pytest.approx(spread, rel=0.05)


@pytest.fixture
def asked(make_journey):
    return make_journey(
        {
            "a": {
                "importance": 2,
                "quality": {"reliability": WORKED, "empathy": {"expected": 6, "perceived": 5}},
            },
            "b": {},
            "c": {"quality": {"reliability": {**WORKED, "perceived": 6.4, "promised": 5.5}}},
        }
    )


def test_roll_up_by_hand(asked) -> None:
    found = journey_quality(asked, {"a": 1, "b": 1, "c": 3})
    customer = found.journey["customer"]
    reliability = (1 * 2 * -1.3 + 3 * 1 * 0.2) / (2 + 3)
    assert customer.by_dimension == pytest.approx({"reliability": reliability, "empathy": -1})
    assert customer.unweighted == pytest.approx((reliability - 1) / 2)
    assert customer.weighted == pytest.approx((0.32 * reliability - 0.16) / 0.48)
    assert customer.touchpoints == ("a", "c")
    assert found.journey["delivery"].by_dimension == pytest.approx({"reliability": -0.5})
    assert found.worst == (("a", "reliability"), ("a", "empathy"))
    assert found.blind == (("a", "empathy"),)
    assert found.over_promised == (("a", "reliability"),)


def test_rolled_up_gaps_telescope_where_all_are_known(asked) -> None:
    rolled = journey_quality(asked, {"a": 0.7, "b": 1, "c": 2}).journey
    parts = sum(rolled[gap].by_dimension["reliability"] for gap in ADDITIVE)
    assert rolled["customer"].by_dimension["reliability"] == pytest.approx(parts)


def test_what_is_never_visited_does_not_count(asked) -> None:
    found = journey_quality(asked, {"a": 0, "b": 1, "c": 0})
    assert found.journey["customer"].weighted is None
    assert found.journey["customer"].by_dimension == {}
    assert set(found.at) == {"a", "c"}, "but its own gaps are told"


def test_negative_weights_are_refused(asked) -> None:
    with pytest.raises(ValueError, match="never negative"):
        journey_quality(asked, {"a": 1, "c": 1}, {"reliability": -1})


def test_weights_of_a_touchpoint_stand_before_the_usual_ones(make_journey) -> None:
    def asked(perceived: float, weight: float) -> dict[str, float]:
        return {"expected": 6, "perceived": perceived, "weight": weight}

    journey = make_journey(
        {
            "a": {"quality": {"reliability": asked(5, 0.2), "empathy": asked(3, 0.8)}},
            "b": {"quality": {"reliability": {"expected": 6, "perceived": 4}}},
        }
    )
    customer = journey_quality(journey, {"a": 1, "b": 3}).journey["customer"]
    reliability, weight = (-1 - 3 * 2) / 4, (0.2 + 3 * 0.32) / 4
    assert customer.weighted == pytest.approx((weight * reliability + 0.8 * -3) / (weight + 0.8))


def test_the_width_of_the_interval_decides_what_is_equal(make_journey) -> None:
    sides = {"expected": 6.0, "perceived": 5.8, "competitor": 6.1, "best": 6.6, "sd": 1.0}
    journey = make_journey(
        {
            "few": {"quality": {"empathy": {**sides, "n": 20}}},
            "many": {"quality": {"empathy": {**sides, "n": 400}}},
            "one": {"quality": {"empathy": {**sides, "n": 1}}},
        }
    )
    page = told(journey, {"few": 1, "many": 1, "one": 1})["touchpoints"]
    few, many, one = (page[name]["empathy"] for name in ("few", "many", "one"))
    assert [it["outcome"] for it in (few, many, one)] == ["satisfied", "disappointed", "satisfied"]
    assert many["test"]["t"] == pytest.approx(-0.2 * 20)
    assert many["test"]["p"] < 0.001 < 0.3 < few["test"]["p"]
    assert one["test"] is None
    assert (few["to_competitor"], few["to_best"]) == pytest.approx((-0.3, -0.8))


def test_told_names_the_largest_gap_and_its_remedies(asked) -> None:
    page = told(asked, {"a": 1, "b": 1, "c": 1})
    here = page["touchpoints"]["a"]["reliability"]
    assert (here["largest"], here["outcome"], here["communication"]) == ("delivery", "disappointed", -1.0)
    assert here["remedies"] == ["hire", "empower", "support", "keep"]
    assert page["touchpoints"]["a"]["empathy"]["listening"] is None


def test_told_says_what_keeping_promises_to_the_standard_may_do(asked) -> None:
    (place,) = told(asked, {"a": 1, "b": 1, "c": 1})["over_promised"]
    # promised 6.0 against a standard of 5.5; customers expect 6.2 anyway
    assert place == {
        "touchpoint": "a",
        "dimension": "reliability",
        "excess": 0.5,
        "expectation_may_fall": [0, 0],
    }


def test_nothing_asked_nothing_told(make_journey) -> None:
    assert told(make_journey({"a": {}}), {"a": 1}) is None
