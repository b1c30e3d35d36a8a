"""Eliminate the states of an absorbing Markov chain one by one, without ever subtracting.

This is Gaussian elimination of `I − Q` in the form of Grassmann, Taksar and Heyman (1985): the pivot is
the sum of the shares that lead away, so every operation adds, multiplies or divides non-negative numbers
and the results keep nearly full relative accuracy, also where a loop is almost never left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class Elimination:
    """A chain with its states eliminated in a given order; answers linear systems in `I − Q`.

    Args:
        rows: per state the shares of its ways on. Targets ≥ 0 are states, negative targets are places
            outside the chain. Every state must be able to leave the chain, else a pivot is 0.
        order: the states to eliminate, which must be closed: no row of theirs leads to a state outside.

    Attributes:
        upper: per state its row at the moment of its elimination: ways on to later states and outside,
            with the detours over earlier states folded in.
        lower: per state k the later states p that led to it, as (p, p's share into k / pivot of k).
        pivot: per state the probability to leave it, detours over earlier states folded in.
    """

    def __init__(self, rows: Sequence[Mapping[int, float]], order: Sequence[int]) -> None:
        self.order = tuple(order)
        size = len(rows)
        self.upper: list[dict[int, float]] = [{} for _ in range(size)]
        self.lower: list[list[tuple[int, float]]] = [[] for _ in range(size)]
        self.pivot = [1.0] * size
        into: list[set[int]] = [set() for _ in range(size)]
        upper, lower = self.upper, self.lower
        for state in order:
            upper[state] = dict(rows[state])
            for target in upper[state]:
                if target >= 0:
                    into[target].add(state)
        for state in order:
            row = upper[state]
            if state in row:
                del row[state]
                into[state].discard(state)
            pivot = self.pivot[state] = sum(row.values())
            ways = list(row.items())
            for target, _ in ways:
                if target >= 0:
                    into[target].discard(state)
            for source in into[state]:
                other = upper[source]
                share = other.pop(state) / pivot
                lower[state].append((source, share))
                for target, way in ways:
                    if target in other:
                        other[target] += share * way
                    else:
                        other[target] = share * way
                        if target >= 0:
                            into[target].add(source)

    def entered(self, start: Mapping[int, float]) -> list[float]:
        """Return per state its expected visits while only states up to it in the order are allowed."""
        flow = [0.0] * len(self.upper)
        for state, share in start.items():
            flow[state] = share
        for state in self.order:
            if flow[state]:
                flow[state] /= self.pivot[state]
                for target, way in self.upper[state].items():
                    if target >= 0:
                        flow[target] += flow[state] * way
        return flow

    def visits(self, start: Mapping[int, float]) -> list[float]:
        """Return expected visits per state for a start distribution: `α N`."""
        flow = self.entered(start)
        for state in reversed(self.order):
            for source, share in self.lower[state]:
                flow[state] += flow[source] * share
        return flow

    def expected(self, rewards: Sequence[float]) -> list[float]:
        """Return per start state the expected sum of a reward paid on each visit: `N c`."""
        total = list(rewards)
        for state in self.order:
            if total[state]:
                for source, share in self.lower[state]:
                    total[source] += share * total[state]
        for state in reversed(self.order):
            onward = sum(way * total[t] for t, way in self.upper[state].items() if t >= 0)
            total[state] = (total[state] + onward) / self.pivot[state]
        return total

    def returns(self) -> list[float]:
        """Return the diagonal of `N`: visits of a state by those who start there.

        Takahashi's equations: entries of the inverse are computed only where the factors have entries.
        """
        inverse: dict[tuple[int, int], float] = {}
        diagonal = [1.0] * len(self.upper)
        for k in reversed(self.order):
            row = [(j, way) for j, way in self.upper[k].items() if j >= 0]
            column = self.lower[k]
            pivot = self.pivot[k]
            for j, _ in row:
                inverse[j, k] = sum(inverse[j, p] * share for p, share in column)
            for p, _ in column:
                inverse[k, p] = sum(way * inverse[j, p] for j, way in row) / pivot
            diagonal[k] = (1.0 + sum(way * inverse[j, k] for j, way in row)) / pivot
            inverse[k, k] = diagonal[k]
        return diagonal
