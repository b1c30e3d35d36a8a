"""Survey scores against published figures, exact sums and simulation."""

from __future__ import annotations

import random
from collections import Counter
from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.proportion import Interval, held_against, wilson
from blueprint.analysis.recommendation import (
    Recommendation,
    compare,
    nps_sample_size,
    nps_sample_size_each,
)
from blueprint.analysis.survey import (
    OHIO,
    effort_score,
    mean_of,
    paired,
    satisfaction_index,
    share_of,
    top_box,
    weighted,
)

HALF = Recommendation(162, 108, 54)


def test_nps_of_the_published_sample() -> None:
    assert HALF.points == pytest.approx(100 / 3)
    assert HALF.variance == pytest.approx(5 / 9)
    assert sqrt(HALF.variance) == pytest.approx(0.745356, abs=5e-7)
    assert HALF.standard_error == pytest.approx(4.141, abs=5e-4)
    assert HALF.wald() == pytest.approx((25.22, 41.45), abs=5e-3)
    assert HALF.adjusted[0] == pytest.approx(33.03, abs=5e-3)
    assert HALF.interval() == pytest.approx((24.95, 41.11), abs=5e-3)


def test_two_samples() -> None:
    found = compare(HALF, Recommendation(130, 124, 70))
    assert found.difference == pytest.approx(14.68, abs=5e-3)
    assert found.statistic == pytest.approx(2.4876, abs=5e-5)
    assert found.p == pytest.approx(0.01286, abs=5e-6)
    assert found.interval.low > 0
    back = compare(Recommendation(130, 124, 70), HALF)
    assert (back.difference, back.p) == (-found.difference, found.p)


def test_sample_sizes() -> None:
    assert nps_sample_size(10) == 382
    assert nps_sample_size(10, variance=5 / 9) == 211
    assert nps_sample_size_each(10, variances=(5 / 9, 5 / 9)) == 870
    assert nps_sample_size(300) == 1
    for margin, variance in ((0, 1), (-1, 1), (10, 0), (10, 1.2)):
        with pytest.raises(ValueError):
            nps_sample_size(margin, variance=variance)
    with pytest.raises(ValueError, match="difference of 0"):
        nps_sample_size_each(0)


def test_ratings_are_sorted_into_three() -> None:
    ratings = {rating: rating + 1 for rating in range(11)}
    found = Recommendation.of_ratings(ratings)
    assert (found.promoters, found.passives, found.detractors) == (10 + 11, 8 + 9, sum(range(1, 8)))
    scores = [(rating >= 9) - (rating <= 6) for rating, n in ratings.items() for _ in range(n)]
    assert found.points == pytest.approx(100 * fmean(scores))
    assert found.variance == pytest.approx(fmean(s * s for s in scores) - fmean(scores) ** 2)


def test_adjusted_interval_covers_where_the_plain_one_does_not() -> None:
    luck = random.Random(11)
    truth, plain, adjusted, rounds = 100 * (0.85 - 0.05), 0, 0, 3000
    for _ in range(rounds):
        drawn = Counter(luck.choices("pad", weights=(85, 10, 5), k=20))
        sample = Recommendation(drawn["p"], drawn["a"], drawn["d"])
        plain += sample.wald().low <= truth <= sample.wald().high
        adjusted += sample.interval().low <= truth <= sample.interval().high
    assert plain / rounds < 0.93
    assert adjusted / rounds >= 0.93


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 300))
def test_what_is_known_by_score_and_n_alone_is_least_certain(p: int, a: int, d: int) -> None:
    real = Recommendation(p, a, d)
    bound = Recommendation.least_favourable(real.points, int(real.n))
    assert bound.points == pytest.approx(real.points, abs=1e-9)
    assert bound.variance >= real.variance - 1e-12
    assert bound.interval().low <= real.interval().low + 1e-9
    assert bound.interval().high >= real.interval().high - 1e-9


@pytest.mark.parametrize("counts", [(-1, 2, 3), (0, 0, 0)])
def test_impossible_counts(counts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        Recommendation(*counts)


@pytest.mark.parametrize(
    ("counts", "says"), [({11: 1}, "scale"), ({7: -1}, "whole"), ({7: 1.5}, "whole"), ({True: 2}, "scale")]
)
def test_ratings_off_the_scale_and_counts_that_are_none(counts, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Recommendation.of_ratings(counts)


def test_paired_t_against_the_formula() -> None:
    before, after = [0, -1, 1, 0, 1, -1, 0, 1], [1, 0, 1, 1, 1, -1, 1, 0]
    found = paired(before, after)
    changes = [b - a for a, b in zip(before, after, strict=True)]
    assert found is not None
    assert found.degrees == 7
    assert found.statistic == pytest.approx(fmean(changes) / (stdev(changes) / sqrt(8)))
    assert found.interval.low < found.difference < found.interval.high
    assert (found.p < 0.05) == (found.interval.low > 0 or found.interval.high < 0)
    # Student's sleep data (1908): t = 4.0621, 9 degrees of freedom, p = 0.002833.
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    sleep = paired(first, second)
    assert sleep is not None
    assert (sleep.statistic, sleep.p) == pytest.approx((4.0621, 0.002833), abs=5e-5)
    assert sleep.interval == pytest.approx((0.7001, 2.4599), abs=5e-5)


def test_paired_says_nothing_where_nothing_can_be_said() -> None:
    assert paired([1], [0]) is None
    assert paired([1, 0, 1], [1, 0, 1]) is None
    assert paired([0, 0], [1, 1]) is None
    with pytest.raises(ValueError, match="no pairs"):
        paired([1, 2], [1])


def test_wilson_and_targets_that_stay_open() -> None:
    interval = wilson(170, 200)
    assert interval == pytest.approx((0.794, 0.893), abs=5e-4)
    assert held_against(interval, 0.85) == "undetermined"
    assert held_against(interval, 0.79) == "met"
    assert held_against(interval, 0.90) == "missed"
    assert held_against(interval, 0.90, "lower") == "met"
    assert held_against(interval, 0.79, "lower") == "missed"
    assert held_against(None, 0.5) == "undetermined"
    assert held_against(Interval(0.9, 0.95), 0.9) == "met"


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_where_the_score_test_changes_its_mind(pair: tuple[int, int]) -> None:
    k, n = pair
    interval = wilson(k, n)
    assert interval is not None
    assert 0 <= interval.low <= k / n <= interval.high <= 1
    for end in interval:
        if 0 < end < 1:
            assert abs(k / n - end) / sqrt(end * (1 - end) / n) == pytest.approx(1.959964, abs=1e-5)


def test_shares() -> None:
    csat = top_box({1: 3, 2: 2, 3: 5, 4: 30, 5: 60})
    assert csat is not None
    assert (csat.successes, csat.n, csat.share) == (90, 100, 0.9)
    only = top_box({4: 1, 5: 1}, least=5)
    assert only is not None
    assert only.share == 0.5
    assert top_box({}) is None
    assert share_of(0, 0) is None
    for wrong in ((5, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no share"):
            share_of(*wrong)
    with pytest.raises(ValueError, match="mixed"):
        top_box({4: 1, 9: 1})


def test_index() -> None:
    assert satisfaction_index([8, 7, 7], OHIO) == pytest.approx(70.98, abs=5e-3)
    assert satisfaction_index([8, 7, 7]) == pytest.approx(70.37, abs=5e-3)
    assert satisfaction_index([1, 1, 1]) == 0
    assert satisfaction_index([10, 10, 10]) == 100
    for means, weights in (
        ([8, 11], None),
        ([], None),
        ([8, 7], [0.5, 0.6]),
        ([8, 7], [1.0]),
        ([8, 7], [2, -1]),
    ):
        with pytest.raises(ValueError):
            satisfaction_index(means, weights)


def test_scorecard() -> None:
    assert weighted([90, 80, 70, 100], [0.4, 0.3, 0.2, 0.1]) == pytest.approx(84)


def test_effort_has_two_directions() -> None:
    new, old = effort_score({7: 4, 5: 4, 2: 2}), effort_score({1: 6, 5: 4}, "v1")
    assert new is not None
    assert old is not None
    assert (new.better, new.mean.mean) == ("higher", 5.2)
    assert new.easy is not None
    assert new.easy.share == 0.8
    assert (old.better, old.mean.mean, old.easy) == ("lower", 2.6, None)
    assert effort_score({}) is None
    with pytest.raises(ValueError, match="scale 1 to 5"):
        effort_score({6: 1}, "v1")


def test_means() -> None:
    found = mean_of({1: 2, 3: 1, 5: 3}, (1, 5))
    answers = [1, 1, 3, 5, 5, 5]
    assert found is not None
    assert found.mean == pytest.approx(fmean(answers))
    assert found.sd == pytest.approx(stdev(answers))
    equal, one = mean_of({4: 9}, (1, 5)), mean_of({4: 1}, (1, 5))
    assert equal is not None
    assert (equal.sd, equal.interval) == (0, (4, 4))
    assert one is not None
    assert (one.sd, one.standard_error, one.interval) == (None, None, None)
    assert mean_of({}, (1, 5)) is None
