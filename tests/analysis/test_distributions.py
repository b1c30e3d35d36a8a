"""Against printed tables, exact sums and each other."""

from __future__ import annotations

from fractions import Fraction
from math import comb, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.distributions import (
    binomial_half_p,
    f_cdf,
    f_quantile,
    incomplete_beta,
    normal_p,
    t_p,
    t_two_sided,
    z_two_sided,
)


@pytest.mark.parametrize(
    ("df", "printed"), [(1, 12.7062), (2, 4.3027), (5, 2.5706), (10, 2.2281), (30, 2.0423), (120, 1.9799)]
)
def test_t_quantiles_of_the_printed_table(df: int, printed: float) -> None:
    assert t_two_sided(0.95, df) == pytest.approx(printed, abs=5e-5)
    assert t_p(t_two_sided(0.95, df), df) == pytest.approx(0.05, abs=1e-12)


@pytest.mark.parametrize(
    ("a", "b", "printed"), [(1, 1, 161.4476), (5, 10, 3.3258), (10, 5, 4.7351), (3, 120, 2.6802)]
)
def test_f_quantiles_of_the_printed_table(a: int, b: int, printed: float) -> None:
    assert f_quantile(0.95, a, b) == pytest.approx(printed, abs=5e-5)


def test_t_is_the_root_of_f() -> None:
    assert 1 - f_cdf(2.5**2, 1, 7) == pytest.approx(t_p(2.5, 7), abs=1e-13)


def test_normal() -> None:
    assert z_two_sided(0.95) == pytest.approx(1.959963985, abs=1e-9)
    assert normal_p(-1.959963985) == pytest.approx(0.05, abs=1e-9)
    for confidence in (0.0, 1.0, -1.0, 95.0):
        with pytest.raises(ValueError, match="between 0 and 1"):
            z_two_sided(confidence)


@given(st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_binomial_is_the_exact_sum(pair: tuple[int, int]) -> None:
    k, n = pair
    tail = Fraction(sum(comb(n, i) for i in range(min(k, n - k) + 1)), 2**n)
    assert isclose(binomial_half_p(k, n), float(min(Fraction(1), 2 * tail)), rel_tol=1e-10)


def test_binomial_of_a_million_is_near_the_normal() -> None:
    assert binomial_half_p(501_000, 1_000_000) == pytest.approx(normal_p(999.5 / 500), rel=1e-4)


@given(st.floats(0.1, 500), st.floats(0.1, 500), st.integers(0, 1024).map(lambda k: k / 1024))
def test_beta_mirrors_itself(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) + incomplete_beta(b, a, 1 - x) == pytest.approx(1, abs=1e-8)
