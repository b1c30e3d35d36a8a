"""Percentiles: coverage counted, ranks against the binomial written out."""

from __future__ import annotations

import random
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.percentiles import percentile


@given(st.integers(1, 120), st.sampled_from([0.5, 0.75, 0.9, 0.95]))
def test_ranks_are_those_of_the_binomial(n: int, share: float) -> None:
    found = percentile(list(range(1, n + 1)), share)
    assert found is not None
    pmf = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    lows = [rank for rank in range(1, n + 1) if sum(pmf[:rank]) <= 0.025]
    highs = [rank for rank in range(1, n + 1) if sum(pmf[rank:]) <= 0.025]
    if lows and highs:
        assert found.interval == (max(lows), min(highs))
    else:
        assert found.interval is None
    assert sum(value <= found.value for value in range(1, n + 1)) >= share * n - 1e-9
    assert sum(value < found.value for value in range(1, n + 1)) < share * n


def test_the_interval_holds_the_true_percentile_as_often_as_it_says() -> None:
    source, held, rounds = random.Random(7), 0, 800
    for _ in range(rounds):
        found = percentile([source.expovariate(1.0) for _ in range(150)], 0.9)
        assert found is not None
        assert found.interval is not None
        held += found.interval.low <= 2.302585 <= found.interval.high
    assert 0.935 <= held / rounds <= 0.985


def test_small_samples_bound_no_tail_and_empty_ones_have_none() -> None:
    few = percentile([4.0, 9.0, 30.0], 0.9)
    assert few is not None
    assert (few.value, few.interval) == (30.0, None)
    assert percentile([], 0.9) is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        percentile([1.0], 1.0)
