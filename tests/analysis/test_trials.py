"""Two ways tried by lot: published intervals and tests, power by simulation, and what documents say."""

from __future__ import annotations

import random
from itertools import product
from math import comb
from statistics import NormalDist

import pytest
from scipy import stats

from blueprint.analysis import trials
from blueprint.analysis.trials import fisher, mean_difference, needed_each, share_difference
from blueprint.model.touchpoint import Metric

# Newcombe 1998, table II: method 10.
NEWCOMBE = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((10, 10, 0, 10), (0.6075, 1.0)),
]


@pytest.mark.parametrize(("counts", "interval"), NEWCOMBE)
def test_newcombes_published_intervals(counts, interval) -> None:
    found = share_difference(*counts).interval
    assert found == pytest.approx(interval, abs=6e-5)


def test_fishers_lady_and_twins() -> None:
    assert fisher(3, 4, 1, 4) == pytest.approx(34 / 70)
    assert fisher(10, 12, 3, 18) == pytest.approx(0.0005367, abs=5e-8)  # R, ?fisher.test, Convictions


def test_fisher_is_the_sum_over_tables() -> None:
    for n, m in product(range(1, 7), range(1, 7)):
        for a, b in product(range(n + 1), range(m + 1)):
            weights = [comb(n, k) * comb(m, a + b - k) for k in range(a + b + 1) if a + b - k >= 0]
            seen = comb(n, a) * comb(m, b)
            assert fisher(a, n, b, m) == pytest.approx(sum(w for w in weights if w <= seen) / sum(weights))


def test_welch_is_scipys() -> None:
    luck = random.Random(4)
    one = [luck.gauss(5, 1) for _ in range(23)]
    other = [luck.gauss(5.4, 2) for _ in range(31)]

    def summary(xs):
        mean = sum(xs) / len(xs)
        return mean, (sum((x - mean) ** 2 for x in xs) / (len(xs) - 1)) ** 0.5, len(xs)

    found = mean_difference(*summary(one), *summary(other))
    assert found is not None
    known = stats.ttest_ind(one, other, equal_var=False)
    assert found.p == pytest.approx(known.pvalue, rel=1e-9)
    span = known.confidence_interval()
    assert found.interval == pytest.approx((span.low, span.high), rel=1e-9)
    assert mean_difference(5, 0, 9, 4, 0, 9) is None
    assert mean_difference(5, 1, 1, 4, 1, 9) is None


def test_the_sample_size_has_its_power() -> None:
    assert needed_each(0.4, 0.6) == 97  # the usual textbook case, without continuity correction
    assert needed_each(0.3, 0.3) is None
    n, luck, found = needed_each(0.2, 0.35), random.Random(11), 0
    assert n is not None
    for _ in range(1500):
        a = sum(luck.random() < 0.2 for _ in range(n))
        b = sum(luck.random() < 0.35 for _ in range(n))
        low, high = share_difference(a, n, b, n).interval
        found += not low <= 0 <= high
    assert found / 1500 == pytest.approx(0.8, abs=0.04)


def metric(better: str = "higher", **variants) -> Metric:
    return Metric.model_validate({"metric": "Works", "better": better, "variants": variants})


def test_three_variants_are_all_held_against_each_other() -> None:
    found = trials.trials(
        metric(a={"n": 400, "hits": 80}, b={"n": 400, "hits": 82}, c={"n": 400, "hits": 160})
    )
    assert [(it.first, it.second, it.better) for it in found] == [
        ("a", "b", "undetermined"),
        ("a", "c", "second"),
        ("b", "c", "second"),
    ]


def test_what_is_less_may_be_better() -> None:
    (found,) = trials.trials(metric("lower", a={"n": 400, "hits": 80}, b={"n": 400, "hits": 160}))
    assert found.better == "first"


@pytest.mark.parametrize(
    ("variants", "words"),
    [
        ({"a": {"n": 9, "hits": 10}, "b": {"n": 9, "hits": 1}}, "more hits than customers"),
        ({"a": {"n": 9, "hits": 1}, "b": {"n": 9, "mean": 1.0, "sd": 1.0}}, "the same kind"),
        (
            {"a": {"n": 9, "mean": 1.0}, "b": {"n": 9, "mean": 1.0, "sd": 1.0}},
            "without its standard deviation",
        ),
        ({"a": {"n": 1, "mean": 1.0, "sd": 0.0}, "b": {"n": 9, "mean": 1.0, "sd": 1.0}}, "too few"),
    ],
)
def test_what_cannot_be_said_has_its_reason(variants, words: str) -> None:
    (found,) = trials.trials(metric(**variants))
    assert found.difference is None
    assert found.reason is not None
    assert words in found.reason.en
    assert found.reason.zh


def test_with_very_many_answers_the_test_of_shares_takes_over_without_a_step() -> None:
    # 100,000 hits in all are still gone through, 102,010 are not.
    below, above = fisher(49_700, 500_000, 50_300, 500_000), fisher(50_710, 510_000, 51_300, 510_000)
    pooled = (50_710 + 51_300) / 1_020_000
    z = (51_300 - 50_710) / 510_000 / (pooled * (1 - pooled) * 2 / 510_000) ** 0.5
    assert above == pytest.approx(2 * (1 - NormalDist().cdf(z)), rel=1e-9)
    assert below == pytest.approx(0.0461, abs=2e-3)
    assert fisher(10**20, 10**21, 10**20, 10**21) == 1.0
    assert fisher(0, 10**21, 0, 10**21) == 1.0
