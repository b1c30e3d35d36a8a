"""Whether groups answer alike: the χ² test of homogeneity, and exact p where counts are small (domain 3.8).

`X² = Σ (observed − expected)² / expected` over the cells of groups × answers, on (r − 1)(c − 1) degrees of
freedom (Pearson 1900). Where more than a fifth of the expected counts are below 5 (Cochran 1954) χ² is a
poor guide: then all tables with the same margins are enumerated (Freeman and Halton 1951), or, where there
are too many of them, drawn at random with a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb, exp, lgamma, log
from typing import Final, Literal

MOST_TABLES: Final = 20_000
"""Tables that are enumerated at most; beyond, tables are drawn."""
DRAWS: Final = 4_999
SEED: Final = 38
_SMALL = 5.0
_FEW = 0.2
_SAME = 1e-9
_NEAR = 1e-15


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """Whether groups could have one and the same distribution of answers."""

    statistic: float
    """X²."""
    degrees: int
    p: float
    method: Literal["chi-square", "exact", "drawn"]
    """How p was found."""


def homogeneity(groups: Mapping[str, Sequence[int]]) -> Homogeneity | None:
    """Test whether groups answer alike.

    Args:
        groups: per group how often each answer was given, the answers in one order.

    Returns:
        The test; None where fewer than two groups answered, or all gave the same answer.

    Raises:
        ValueError: the groups have different numbers of answers, or a count is negative.
    """
    rows = [list(counts) for counts in groups.values()]
    if any(len(row) != len(rows[0]) for row in rows) or any(n < 0 for row in rows for n in row):
        raise ValueError("every group needs one count per answer, none negative")
    rows = [row for row in rows if sum(row)]
    columns = [list(column) for column in zip(*rows, strict=True) if sum(column)]
    if len(rows) < 2 or len(columns) < 2:
        return None
    table = [list(row) for row in zip(*columns, strict=True)]
    expected = _expected(table)
    statistic = _statistic(table, expected)
    degrees = (len(table) - 1) * (len(columns) - 1)
    cells = [cell for row in expected for cell in row]
    if sum(cell < _SMALL for cell in cells) <= _FEW * len(cells):
        return Homogeneity(statistic, degrees, chi_square_p(statistic, degrees), "chi-square")
    exact = _enumerated(table)
    if exact is not None:
        return Homogeneity(statistic, degrees, exact, "exact")
    return Homogeneity(statistic, degrees, _drawn(table, statistic, expected), "drawn")


def _expected(table: Sequence[Sequence[int]]) -> list[list[float]]:
    n = sum(map(sum, table))
    columns = [sum(column) for column in zip(*table, strict=True)]
    return [[sum(row) * column / n for column in columns] for row in table]


def _statistic(table: Sequence[Sequence[int]], expected: Sequence[Sequence[float]]) -> float:
    return sum(
        (seen - hoped) ** 2 / hoped
        for row, even in zip(table, expected, strict=True)
        for seen, hoped in zip(row, even, strict=True)
    )


def chi_square_p(statistic: float, degrees: int) -> float:
    """Return P(χ² ≥ statistic): the regularised incomplete gamma Q(ν/2, x/2).

    By series below ν/2 + 1, by Lentz's continued fraction above (Numerical Recipes, third edition, 6.2).
    """
    a, x = degrees / 2, statistic / 2
    if x <= 0:
        return 1.0
    front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        k = a
        while abs(term) > abs(total) * _NEAR:
            k += 1
            term *= x / k
            total += term
        return max(0.0, 1 - front * total)
    b = x + 1 - a
    c, d = 1e300, 1 / b
    fraction = d
    for i in range(1, 10_000):
        weight = -i * (i - a)
        b += 2
        d = 1 / (weight * d + b or 1e-300)
        c = b + weight / c or 1e-300
        fraction *= c * d
        if abs(c * d - 1) < _NEAR:
            break
    return min(1.0, front * fraction)


def _weight(table: Sequence[Sequence[int]]) -> float:
    """Return −Σ ln n!, which orders tables with the same margins by their probability."""
    return -sum(lgamma(cell + 1) for row in table for cell in row)


def _enumerated(table: Sequence[Sequence[int]]) -> float | None:
    """Sum the probabilities of all tables that are no likelier than this one; None for too many tables."""
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    if _many(rows, columns):
        return None
    seen, every, extreme = _weight(table), 0.0, 0.0
    for weight in _weights(rows, columns):
        share = exp(weight - seen)
        every += share
        if weight <= seen + _SAME:
            extreme += share
    return min(1.0, extreme / every)


def _many(rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether there may be too many tables: the ways to fill each row but one, multiplied."""
    ways = 1
    for row in sorted(rows)[:-1]:
        ways *= comb(row + len(columns) - 1, len(columns) - 1)
        if ways > 50 * MOST_TABLES:
            return True
    return False


def _weights(rows: Sequence[int], columns: Sequence[int]) -> Iterator[float]:
    """Yield the weight of every table with these margins; the fullest row is what is left over."""
    order = sorted(rows)

    def fill(at: int, left: tuple[int, ...], weight: float) -> Iterator[float]:
        if at == len(order) - 1:
            yield weight - sum(lgamma(cell + 1) for cell in left)
            return
        for row in _splits(order[at], left):
            rest = tuple(have - took for have, took in zip(left, row, strict=True))
            yield from fill(at + 1, rest, weight - sum(lgamma(cell + 1) for cell in row))

    return fill(0, tuple(columns), 0.0)


def _splits(total: int, most: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the ways to split a total over cells, none above its limit."""
    if len(most) == 1:
        if total <= most[0]:
            yield (total,)
        return
    room = sum(most[1:])
    for first in range(max(0, total - room), min(total, most[0]) + 1):
        for rest in _splits(total - first, most[1:]):
            yield (first, *rest)


def _drawn(table: Sequence[Sequence[int]], statistic: float, expected: Sequence[Sequence[float]]) -> float:
    """Return the share of shuffled tables at least as far from even; this one counts among them."""
    source = random.Random(SEED)
    answers = [at for row in table for at, count in enumerate(row) for _ in range(count)]
    sizes, width = [sum(row) for row in table], len(table[0])
    extreme = 1
    for _ in range(DRAWS):
        source.shuffle(answers)
        shuffled, begin = [], 0
        for size in sizes:
            row = [0] * width
            for answer in answers[begin : begin + size]:
                row[answer] += 1
            shuffled.append(row)
            begin += size
        extreme += _statistic(shuffled, expected) >= statistic - _SAME
    return extreme / (DRAWS + 1)
