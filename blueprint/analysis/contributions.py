"""How much each of several changes did to a figure, so that the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import combinations
from math import factorial

EXACT = 6
"""Up to so many changes every combination is computed: 2⁶ = 64 journeys, a tenth of a second."""

Value = Callable[[frozenset[int]], Mapping[str, float | None]]
"""Figures with these changes made and no others."""


def contributions(count: int, value: Value, exact: int = EXACT) -> dict[str, tuple[float, ...]] | None:
    """Return per figure what each of `count` changes did to it; the parts of a figure sum to its delta.

    The Shapley value (1953): what a change adds, averaged over all orders in which the changes could be
    made. Of more than `exact` changes the mean over two orders, as given and reversed, which is the
    same as long as no three changes act on one another, and adds up in any case.

    Args:
        count: how many changes there are.
        value: the figures for a set of changes.
        exact: up to how many changes all combinations are computed.

    Returns:
        Parts by figure; None where a combination in between allows no figures at all. Figures that some
        combination lacks are left out.
    """
    if count == 0:
        return {}
    known = lru_cache(maxsize=None)(value)
    everything = frozenset(range(count))
    names = [name for name, found in known(everything).items() if found is not None]
    try:
        parts = _all_orders(count, known, names) if count <= exact else _two_orders(count, known, names)
    except ValueError:
        return None
    return {name: tuple(part) for name, part in parts.items() if all(p == p for p in part)}


def _step(
    known: Value, names: list[str], before: frozenset[int], after: frozenset[int]
) -> dict[str, float]:
    one, other = known(before), known(after)
    step = {}
    for name in names:
        a, b = one.get(name), other.get(name)
        step[name] = float("nan") if a is None or b is None else b - a
    return step


def _all_orders(count: int, known: Value, names: list[str]) -> dict[str, list[float]]:
    parts = {name: [0.0] * count for name in names}
    for change in range(count):
        others = [other for other in range(count) if other != change]
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for chosen in combinations(others, size):
                before = frozenset(chosen)
                for name, step in _step(known, names, before, before | {change}).items():
                    parts[name][change] += weight * step
    return parts


def _two_orders(count: int, known: Value, names: list[str]) -> dict[str, list[float]]:
    parts = {name: [0.0] * count for name in names}
    for order in (range(count), reversed(range(count))):
        made: frozenset[int] = frozenset()
        for change in order:
            for name, step in _step(known, names, made, made | {change}).items():
                parts[name][change] += step / 2
            made |= {change}
    return parts
