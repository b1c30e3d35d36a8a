from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.analysis.lifetime import auc, brier, churn_score, lifetime, lifetime_of
from blueprint.analysis.results import Uncomputable
from blueprint.model.customers import ChurnSigns, Lifecycle, Recency

MOVES = {
    "new": {"new": 0.1, "growing": 0.5},
    "growing": {"growing": 0.6, "mature": 0.3},
    "mature": {"mature": 0.8, "dormant": 0.15},
    "dormant": {"dormant": 0.5, "mature": 0.1},
}
MARGINS = {"new": 20.0, "growing": 60.0, "mature": 120.0}


def test_one_phase_is_the_formula_of_the_textbook() -> None:
    """Constant margin and retention: CLV = m / (1 − δ r), lifetime 1 / (1 − r)."""
    found = lifetime({"active": {"active": 0.8}}, margins={"active": 100}, discount=0.9)
    assert found.value == pytest.approx(100 / (1 - 0.72))
    assert found.expected == pytest.approx(5)
    assert found.ever == {"active": 1}


def test_value_is_the_sum_over_the_periods() -> None:
    found = lifetime(MOVES, margins=MARGINS, discount=0.9)
    at, value, alive = {"new": 1.0}, 0.0, 0.0
    for period in range(2000):
        value += 0.9**period * sum(share * MARGINS.get(phase, 0) for phase, share in at.items())
        alive += sum(at.values())
        following: dict[str, float] = {}
        for phase, share in at.items():
            for to, p in MOVES[phase].items():
                following[to] = following.get(to, 0) + share * p
        at = following
    assert found.value == pytest.approx(value)
    assert found.expected == pytest.approx(alive)
    assert found.value_by_start["mature"] > found.value_by_start["dormant"]


def test_value_agrees_with_a_simulation() -> None:
    found = lifetime(MOVES, start="growing", margins=MARGINS, discount=0.95)
    luck, total, runs, seen = random.Random(5), 0.0, 20_000, 0
    for _ in range(runs):
        phase, worth, dormant = "growing", 1.0, False
        while phase:
            total += worth * MARGINS.get(phase, 0)
            dormant |= phase == "dormant"
            worth *= 0.95
            draw, next_ = luck.random(), ""
            for to, p in MOVES[phase].items():
                if draw < p:
                    next_ = to
                    break
                draw -= p
            phase = next_
        seen += dormant
    assert found.value == pytest.approx(total / runs, rel=0.02)
    assert found.ever["dormant"] == pytest.approx(seen / runs, abs=0.01)


@settings(max_examples=50)
@given(st.floats(0.05, 1), st.floats(0, 0.9), st.floats(0, 0.1))
def test_patience_is_worth_money(discount: float, stay: float, more: float) -> None:
    less = lifetime({"a": {"a": stay}}, margins={"a": 1}, discount=discount * 0.9).value
    same = lifetime({"a": {"a": stay}}, margins={"a": 1}, discount=discount).value
    best = lifetime({"a": {"a": min(0.95, stay + more)}}, margins={"a": 1}, discount=discount).value
    assert less is not None
    assert same is not None
    assert best is not None
    assert 1 <= less <= same + 1e-12 <= best + 1e-9


def test_customers_who_never_leave_have_a_value_only_discounted() -> None:
    found = lifetime({"a": {"b": 1}, "b": {"a": 1}}, margins={"a": 10}, discount=0.5)
    assert found.value == pytest.approx(10 / (1 - 0.25))
    assert found.expected is None
    assert found.periods == {}
    with pytest.raises(Uncomputable):
        lifetime({"a": {"a": 1}})


@pytest.mark.parametrize(
    "moves", [{"a": {"b": 0.5}}, {"a": {"a": 0.7, "b": 0.7}, "b": {}}], ids=["unknown", "over"]
)
def test_moves_that_make_no_sense(moves: dict[str, dict[str, float]]) -> None:
    with pytest.raises(Uncomputable):
        lifetime(moves)


def test_an_unknown_start_and_no_margins() -> None:
    with pytest.raises(Uncomputable):
        lifetime({"a": {}}, start="b")
    assert lifetime({"a": {}}).value is None
    with pytest.raises(ValueError):
        lifetime({"a": {}}, discount=0)


def test_a_lifecycle_of_a_document() -> None:
    written = {
        "discount": 0.9,
        "states": {"active": {"margin": "100 EUR", "next": {"active": "80%"}}, "asleep": {}},
    }
    assert lifetime_of(Lifecycle.model_validate(written)).value == pytest.approx(100 / (1 - 0.72))
    written["states"] = {"a": {"margin": "1 EUR"}, "b": {"margin": "1 USD"}}
    with pytest.raises(Uncomputable, match="currencies"):
        lifetime_of(Lifecycle.model_validate(written))
    with pytest.raises(Uncomputable, match="discount"):
        lifetime_of(Lifecycle.model_validate({**written, "states": {"a": {}}, "discount": 0.0}))


def signs(**written: object) -> ChurnSigns:
    return ChurnSigns.model_validate(written)


def test_five_signs_of_leaving() -> None:
    every = signs(usual_gap="30d", frequency_trend=-0.1, open_complaint=True, csat=2.0, nps=6)
    late = Recency.model_validate({"recency": "61d"})
    assert churn_score(every, late).low == 1
    calm = signs(usual_gap="30d", frequency_trend=0, open_complaint=False, csat=2.1, nps=7)
    assert churn_score(calm, Recency.model_validate({"recency": "60d"})).high == 0


def test_what_nobody_wrote_is_neither_counted_nor_taken_for_absent() -> None:
    found = churn_score(signs(open_complaint=True, csat=5.0))
    assert found.signs == ("complaint",)
    assert found.unknown == ("recency", "frequency", "nps")
    assert (found.low, found.high, found.at_risk) == (0.2, 0.8, None)
    assert churn_score(signs(open_complaint=True, nps=0)).at_risk is True
    calm = signs(open_complaint=False, csat=5.0, nps=9, frequency_trend=1)
    assert churn_score(calm).at_risk is False


def test_forecasts_are_judged_by_brier_and_auc() -> None:
    assert brier([1, 0, 0.5], [True, False, True]) == pytest.approx(0.25 / 3)
    assert brier([], []) is None
    assert auc([0.9, 0.8, 0.3, 0.8], [True, True, False, False]) == pytest.approx(3.5 / 4)
    assert auc([1, 2], [True, True]) is None
    with pytest.raises(ValueError):
        brier([0.5], [])


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=30))
def test_auc_counts_pairs(rows: list[tuple[int, bool]]) -> None:
    gone = [score for score, left in rows if left]
    stayed = [score for score, left in rows if not left]
    pairs = [(a > b) + (a == b) / 2 for a, b in product(gone, stayed)]
    found = auc([score for score, _ in rows], [left for _, left in rows])
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)
