"""Probabilities of the distributions that tests need: normal, binomial, Student's t, F.

All but the normal are one function, the regularised incomplete beta I_x(a, b): the binomial's is
P(X ≤ k) = I_{1−p}(n−k, k+1), Student's P(|T| ≥ t) = I_{ν/(ν+t²)}(ν/2, ½) and Fisher's
P(F ≤ f) = I_{af/(af+b)}(a/2, b/2) (Abramowitz and Stegun 1964, 26.5). So nothing here needs scipy.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, isfinite, lgamma, log, log1p
from statistics import NormalDist

_TINY = 1e-300
_NEAR = 1e-15
_STANDARD = NormalDist()


def z_two_sided(confidence: float) -> float:
    """Return z with P(|Z| ≤ z) = confidence: 1.959964 for 0.95.

    Raises:
        ValueError: the confidence is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not at {confidence}")
    return _STANDARD.inv_cdf((1 + confidence) / 2)


def normal_p(z: float) -> float:
    """Return the two-sided p of a standard normal statistic."""
    return 2 * _STANDARD.cdf(-abs(z))


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta I_x(a, b) by Lentz's continued fraction.

    Numerical Recipes, third edition, 6.4; good to about 1e-12 for a, b up to a million.

    Raises:
        ValueError: a or b is not positive, or x is outside [0, 1].
    """
    if not (a > 0 and b > 0 and 0 <= x <= 1):
        raise ValueError(f"I_x(a, b) needs a, b > 0 and 0 ≤ x ≤ 1, not a={a}, b={b}, x={x}")
    if x in (0.0, 1.0):
        return float(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 100_000):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            c, d = _away(1 + numerator / c), 1 / _away(1 + numerator * d)
            fraction *= c * d
        if abs(c * d - 1) < _NEAR:
            break
    return min(1.0, front * fraction)


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def binomial_half_p(k: int, n: int) -> float:
    """Return the exact two-sided p of k successes in n trials at ½; 1 for no trials.

    Raises:
        ValueError: k is not between 0 and n.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no count of successes")
    fewer = min(k, n - k)
    return 1.0 if 2 * fewer == n else min(1.0, 2 * incomplete_beta(n - fewer, fewer + 1, 0.5))


def binomial_at_most(k: int, n: int, p: float) -> float:
    """Return P(X ≤ k) of a binomial with n trials, each a success with probability p in (0, 1)."""
    return 0.0 if k < 0 else 1.0 if k >= n else incomplete_beta(n - k, k + 1, 1 - p)


def t_p(t: float, df: float) -> float:
    """Return the two-sided p of Student's t with df degrees of freedom."""
    return incomplete_beta(df / 2, 0.5, df / (df + t * t)) if isfinite(t) else 0.0


def t_two_sided(confidence: float, df: float) -> float:
    """Return t with P(|T| ≤ t) = confidence: 2.228139 for 0.95 and 10 degrees of freedom."""
    return _root(lambda t: 1 - t_p(t, df) - confidence)


def f_cdf(f: float, a: float, b: float) -> float:
    """Return P(F ≤ f) with a and b degrees of freedom."""
    return incomplete_beta(a / 2, b / 2, a * f / (a * f + b)) if f > 0 else 0.0


def f_quantile(p: float, a: float, b: float) -> float:
    """Return f with P(F ≤ f) = p: 3.325835 for 0.95 with 5 and 10 degrees of freedom."""
    return _root(lambda f: f_cdf(f, a, b) - p)


def _root(rising: Callable[[float], float]) -> float:
    """Return where a function that rises from below 0 meets 0, on the positive half-line."""
    low, high = 0.0, 1.0
    while rising(high) < 0:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2
