"""Kano against published counts, exact sums and simulation."""

from __future__ import annotations

import random
from collections import Counter
from itertools import product
from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.kano import (
    CATEGORIES,
    Tally,
    clarity,
    classify,
    continuous,
    decide,
    measure,
    sample_size,
    tally,
)

ALL_PAIRS = Counter(product(range(1, 6), repeat=2))
COUNTS = st.lists(st.integers(0, 200), min_size=6, max_size=6).map(lambda c: Tally(*c))


def moai(m: int, o: int, a: int, i: int, r: int, q: int) -> Tally:
    return Tally(M=m, O=o, A=a, I=i, R=r, Q=q)


SAFETY = moai(18, 5, 1, 1, 1, 1)
ACCELERATION = moai(3, 11, 6, 6, 1, 0)
LIFETIME = moai(8, 15, 1, 2, 0, 0)
EXTRAS = moai(2, 3, 16, 1, 5, 0)
SUNROOF = moai(4, 3, 2, 18, 0, 0)
FIRST = Tally(M=9, O=10, A=1, I=2, R=3, Q=0)
SECOND = Tally(M=9, O=5, A=4, I=2, R=4, Q=1)


def test_every_pair_once() -> None:
    assert tally(ALL_PAIRS) == Tally(Q=2, A=3, O=1, R=7, I=9, M=3)
    assert tally(ALL_PAIRS, "pouliot") == Tally(Q=4, A=3, O=1, R=7, I=7, M=3)
    assert (classify(2, 2), classify(2, 2, "pouliot"), classify(4, 4, "pouliot")) == ("I", "Q", "Q")


def test_the_opposite_requirement_turns_reverse_round() -> None:
    turned = tally(ALL_PAIRS, inverted=True)
    assert turned == tally({(d, f): n for (f, d), n in ALL_PAIRS.items()})
    for pair in ALL_PAIRS:
        wanted, opposite = classify(*pair), classify(pair[1], pair[0])
        assert (opposite == "R") == (wanted in "MOA")
        assert (wanted == opposite) == (wanted in "IQ")


@pytest.mark.parametrize(
    ("counts", "category", "better", "worse", "total", "strength", "difference", "limit"),
    [
        (FIRST, "O", 0.5, -0.863636, 0.80, 0.04, 1, 5.6631),
        (SECOND, "M", 0.45, -0.70, 0.72, 0.16, 4, 5.2386),
        (SAFETY, "M", 0.240, -0.920, 0.8889, 0.4815, 13, 5.996),
        (ACCELERATION, "O", 0.654, -0.538, None, None, 5, 5.631),
        (LIFETIME, "O", 0.615, -0.885, None, None, 7, 5.909),
        (EXTRAS, "A", 0.864, -0.227, None, None, None, None),
        (SUNROOF, "I", None, None, None, None, None, None),
    ],
)
def test_published_counts(counts, category, better, worse, total, strength, difference, limit) -> None:
    found, clear = measure(counts), clarity(counts)
    assert decide(counts, "mode") == (category,)
    assert clear is not None
    assert clear.first == category
    if better is not None:
        assert found.better == pytest.approx(better, abs=6e-4)
        assert found.worse == pytest.approx(worse, abs=6e-4)
    if total is not None:
        assert found.total_strength == pytest.approx(total, abs=5e-5)
        assert found.category_strength == pytest.approx(strength, abs=5e-5)
    if limit is not None:
        held = counts.counts
        assert held[clear.first] - held[clear.second] == difference
        assert clear.fong_limit == pytest.approx(limit, abs=6e-4)
        assert clear.fong_significant == (difference > limit)


def test_exact_test_corrects_fong() -> None:
    first, safety, lifetime = (clarity(counts) for counts in (FIRST, SAFETY, LIFETIME))
    assert first
    assert safety
    assert lifetime
    assert first.p == 1.0
    assert safety.p == pytest.approx(0.0106, abs=5e-5)
    assert safety.significant
    assert lifetime.p == pytest.approx(0.21, abs=5e-3)
    assert lifetime.fong_significant
    assert not lifetime.significant


def test_under_equal_probabilities_fong_errs_too_often_and_the_exact_test_does_not() -> None:
    luck = random.Random(7)
    fong = exact = 0
    rounds = 4000
    for _ in range(rounds):
        drawn = Counter(luck.choices("MOI", weights=(45, 45, 10), k=60))
        a, b = drawn["M"], drawn["O"]
        clear = clarity(Tally(M=a, O=b, I=drawn["I"]))
        assert clear is not None
        if {clear.first, clear.second} == {"M", "O"}:
            fong += clear.fong_significant
            exact += clear.significant
    assert exact / rounds <= 0.05
    assert fong / rounds > 0.15


@pytest.mark.parametrize(
    ("percent", "better", "worse"),
    [
        ((49.3, 32.3, 7, 9.5), 0.40, -0.83),
        ((30.5, 45.1, 10.4, 11.5), 0.57, -0.78),
        ((2.9, 21.6, 63.8, 8.5), 0.88, -0.25),
    ],
    ids=["edge grip", "ease of turn", "service"],
)
def test_skis_of_sauerwein(percent: tuple[float, ...], better: float, worse: float) -> None:
    m, o, a, i = (round(share * 10) for share in percent)
    found = measure(Tally(M=m, O=o, A=a, I=i))
    assert found.better == pytest.approx(better, abs=6e-3)
    assert found.worse == pytest.approx(worse, abs=6e-3)


def test_decisions_differ_where_they_should() -> None:
    split = Tally(M=9, O=8, A=8, I=14, R=1, Q=0)
    assert decide(split, "mode") == ("I",)
    assert decide(split, "cqm") == ("M",)
    assert decide(Tally(M=10, I=6, R=4), "cqm") == ("M", "I")
    assert decide(FIRST, "moai") == ("M",)
    assert decide(FIRST, "moai", threshold=0.03) == ("O",)
    assert decide(Tally(M=5, O=5, A=5), "mode") == ("M",)
    assert decide(Tally()) == ()


def test_missing_classes_say_nothing_instead_of_something() -> None:
    rust = measure(Tally(R=27))
    assert (rust.better, rust.better_interval, rust.worse, rust.worse_interval, rust.quadrant) == (
        None,
    ) * 5
    assert (rust.reverse_share, rust.total_strength, rust.category_strength) == (1.0, 0.0, 1.0)
    puzzled = measure(Tally(Q=4))
    assert puzzled.category_strength is None
    assert puzzled.questionable_share == 1.0
    nobody = measure(Tally())
    assert (nobody.n, nobody.total_strength, nobody.category_strength, nobody.sufficient) == (
        0,
        None,
        None,
        False,
    )
    assert clarity(Tally()) is None


@pytest.mark.parametrize("count", [-1, 2.5, True, "3"])
def test_counts_are_whole_and_not_negative(count) -> None:
    with pytest.raises(ValueError, match="whole number"):
        Tally(M=count)


@pytest.mark.parametrize("pair", [(0, 3), (3, 6), (2.0, 3), (True, 2)])
def test_answers_are_one_to_five(pair) -> None:
    with pytest.raises(ValueError, match="no answer"):
        classify(*pair)


def test_continuous_prototypes_and_errors() -> None:
    attractive = continuous({(1, 3): 3})
    assert attractive is not None
    assert (attractive.functional, attractive.dysfunctional, attractive.quadrant) == (4, 0, "attractive")
    assert (attractive.functional_error, attractive.dysfunctional_error) == (0, 0)
    for answer, quadrant in (((3, 5), "must-be"), ((1, 5), "performance"), ((3, 3), "indifferent")):
        found = continuous({answer: 2})
        assert found is not None
        assert found.quadrant == quadrant
    mixed = continuous(Counter([(1, 5), (2, 5), (3, 4), (1, 1)]))
    assert mixed is not None
    assert mixed.n == 3
    assert mixed.functional == pytest.approx(2.0)
    assert mixed.functional_error == pytest.approx(2 / sqrt(3))
    assert mixed.dysfunctional == pytest.approx(10 / 3)
    one = continuous({(1, 5): 1})
    assert one is not None
    assert one.functional_error is None
    assert continuous({(1, 1): 1}) is None


def test_continuous_scores_are_the_means_and_errors_of_the_people() -> None:
    luck = random.Random(4)
    people = [(luck.randint(1, 5), luck.randint(1, 5)) for _ in range(200)]
    found = continuous(Counter(people))
    clear = [pair for pair in people if pair not in ((1, 1), (5, 5))]
    present = [{1: 4, 2: 2, 3: 0, 4: -1, 5: -2}[f] for f, _ in clear]
    absent = [{1: -2, 2: -1, 3: 0, 4: 2, 5: 4}[d] for _, d in clear]
    assert found is not None
    assert found.n == len(clear)
    assert (found.functional, found.dysfunctional) == pytest.approx((fmean(present), fmean(absent)))
    assert found.functional_error == pytest.approx(stdev(present) / sqrt(len(clear)))
    assert found.dysfunctional_error == pytest.approx(stdev(absent) / sqrt(len(clear)))
    for wrong in (-1, 1.5):
        with pytest.raises(ValueError, match="whole number"):
            continuous({(1, 5): wrong})


def test_sample_size() -> None:
    assert sample_size(0.40, 0.25) == 225
    for wrong in ((0.25, 0.40), (0.3, 0.3), (0.8, 0.4), (0.3, -0.1)):
        with pytest.raises(ValueError, match="shares"):
            sample_size(*wrong)


def test_sample_size_gives_the_power_it_promises() -> None:
    luck = random.Random(3)
    found = 0
    rounds = 1500
    for _ in range(rounds):
        drawn = Counter(luck.choices("abc", weights=(40, 25, 35), k=225))
        a, b = drawn["a"], drawn["b"]
        found += (a - b) / sqrt(a + b) > 1.959964
    assert found / rounds == pytest.approx(0.8, abs=0.04)


@given(COUNTS)
def test_measures_stay_in_their_ranges(counts: Tally) -> None:
    found = measure(counts)
    assert set(decide(counts)) | set(decide(counts, "mode")) | set(decide(counts, "moai")) <= set(
        CATEGORIES
    )
    if found.better is not None and found.better_interval and found.worse_interval:
        assert 0 <= found.better_interval.low <= found.better <= found.better_interval.high <= 1
        assert -1 <= found.worse_interval.low <= found.worse <= found.worse_interval.high <= 0
    assert all(held > 0 for category, held in counts.counts.items() if category in decide(counts, "mode"))
    if clear := clarity(counts):
        assert 0 <= clear.p <= 1
