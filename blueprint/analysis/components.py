"""Large journeys: the chain solved component by component, all thresholds of the peak at once.

Journeys are mostly sequences with short loops: their strongly connected components are small. Within one
the systems are dense and solved as such; between components flow only runs ahead, in topological order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from blueprint.analysis.peaks import DIGITS, Joint

if TYPE_CHECKING:
    from blueprint.analysis.chain import Chain

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

CELLS = 6_000_000
"""How many states × thresholds are held at once (about 50 MB each time)."""

LEVELS = 1_000
"""Beyond so many different emotions, values of peak-end are rounded to so many levels of their range."""


class Components:
    """`I − Q` of a chain by strongly connected components; see `chain.Factors`."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.groups = components(chain)
        self.inverses = {
            at: np.linalg.inv(_system(chain, group))
            for at, group in enumerate(self.groups)
            if len(group) > 1
        }

    def visits(self, start: Mapping[int, float]) -> list[float]:
        """Return `α N`; 0 for states never reached."""
        flow = [0.0] * len(self.chain.names)
        for state, share in start.items():
            flow[state] = share
        for at, group in enumerate(self.groups):
            if at in self.inverses:
                inside = set(group)
                met = np.array([flow[state] for state in group]) @ self.inverses[at]
                for state, times in zip(group, met.tolist(), strict=True):
                    flow[state] = times
            else:
                inside = {group[0]}
                flow[group[0]] /= _pivot(self.chain, group[0])
            for state in group:
                for target, share in self.chain.q[state].items():
                    if target not in inside:
                        flow[target] += flow[state] * share
        return flow

    def expected(self, rewards: Sequence[float]) -> list[float]:
        """Return `N c`; only reached states have a meaning."""
        total = list(rewards)
        for at in reversed(range(len(self.groups))):
            group = self.groups[at]
            inside = set(group)
            for state in group:
                total[state] += sum(
                    share * total[t] for t, share in self.chain.q[state].items() if t not in inside
                )
            if at in self.inverses:
                met = self.inverses[at] @ np.array([total[state] for state in group])
                for state, value in zip(group, met.tolist(), strict=True):
                    total[state] = value
            else:
                total[group[0]] /= _pivot(self.chain, group[0])
        return total

    def returns(self) -> list[float]:
        """Return the diagonal of `N`: who returns to a state stays within its component meanwhile."""
        diagonal = [1.0] * len(self.chain.names)
        for at, group in enumerate(self.groups):
            if at in self.inverses:
                for state, value in zip(group, self.inverses[at].diagonal().tolist(), strict=True):
                    diagonal[state] = value
            else:
                diagonal[group[0]] = 1 / _pivot(self.chain, group[0])
        return diagonal


def components(chain: Chain) -> list[list[int]]:
    """Return the strongly connected components of the reached states in topological order."""
    import networkx

    graph: networkx.DiGraph[int] = networkx.DiGraph()
    graph.add_nodes_from(chain.reached)
    graph.add_edges_from((state, target) for state in chain.reached for target in chain.q[state])
    condensed = networkx.condensation(graph)
    return [sorted(condensed.nodes[at]["members"]) for at in networkx.topological_sort(condensed)]


def _pivot(chain: Chain, state: int) -> float:
    """The probability to leave a state, as a sum: 1 − p would lose digits where p is near 1."""
    return chain.leave[state] + sum(share for target, share in chain.q[state].items() if target != state)


def _system(chain: Chain, group: Sequence[int]) -> Matrix:
    """`I − Q` within a group, in the order given."""
    place = {state: at for at, state in enumerate(group)}
    system = np.zeros((len(group), len(group)))
    for at, state in enumerate(group):
        system[at, at] = _pivot(chain, state)
        for target, share in chain.q[state].items():
            if target in place and target != state:
                system[at, place[target]] = -share
    return system


def _inverse_factors(system: Matrix) -> tuple[Matrix, Matrix]:
    """Return L⁻¹ and U⁻¹ of `system = L U`, unpivoted, which suits a row-dominant M-matrix.

    Leading blocks of the factors are the factors of the leading blocks: that is what the thresholds need.
    """
    size = len(system)
    if size == 1:
        return np.ones((1, 1)), 1 / system
    half = size // 2
    low, up = _inverse_factors(system[:half, :half])
    right = low @ system[:half, half:]
    down = system[half:, :half] @ up
    low_end, up_end = _inverse_factors(system[half:, half:] - down @ right)
    lower, upper = np.zeros_like(system), np.zeros_like(system)
    lower[:half, :half], lower[half:, half:] = low, low_end
    lower[half:, :half] = -low_end @ (down @ low)
    upper[:half, :half], upper[half:, half:] = up, up_end
    upper[:half, half:] = -(up @ right) @ up_end
    return lower, upper


@dataclass(frozen=True)
class _Group:
    """A component with its members in the order of their keys."""

    members: tuple[int, ...]
    ranks: np.ndarray[tuple[int], np.dtype[np.int64]]
    onward: tuple[tuple[int, int, float], ...]
    """Ways out of the component: (member's place, target, share)."""
    pivot: float
    lower: Matrix | None
    upper: Matrix | None

    def flow(self, entered: Matrix, first: int) -> Matrix:
        """Return visits per member and threshold from what enters the component.

        With (I − Q) = L U in the order of keys, and y U = a, the visits within the members up to a
        threshold are `y, zeroed beyond the threshold, times L⁻¹`.
        """
        beyond = self.ranks[:, None] > np.arange(first, first + entered.shape[1])[None, :]
        if self.lower is None or self.upper is None:
            entered[beyond] = 0.0
            entered /= self.pivot
            return entered
        met = self.upper.T @ entered
        met[beyond] = 0.0
        return self.lower.T @ met


def _groups(chain: Chain, order: Sequence[int]) -> list[_Group]:
    rank = {state: at for at, state in enumerate(order)}
    factors = chain.factors
    found = []
    for group in factors.groups if isinstance(factors, Components) else components(chain):
        members = sorted(group, key=rank.__getitem__)
        place = {state: at for at, state in enumerate(members)}
        lower, upper = _inverse_factors(_system(chain, members)) if len(members) > 1 else (None, None)
        found.append(
            _Group(
                members=tuple(members),
                ranks=np.array([rank[state] for state in members]),
                onward=tuple(
                    (place[state], target, share)
                    for state in members
                    for target, share in chain.q[state].items()
                    if target not in place
                ),
                pivot=_pivot(chain, members[0]) if len(members) == 1 else 1.0,
                lower=lower,
                upper=upper,
            )
        )
    return found


def _last_up_to(chain: Chain, groups: Sequence[_Group], size: int) -> Iterator[tuple[int, Matrix]]:
    """Yield chunks of `F_j(k) = P(peak is among the first k, last is j)`: (first k, exits × thresholds)."""
    exits = {state: at for at, state in enumerate(s for s in chain.reached if chain.leave[s])}
    width = min(size, max(64, CELLS // size))
    for first in range(0, size, width):
        count = min(width, size - first)
        inflow: dict[int, Vector] = {state: np.full(count, share) for state, share in chain.alpha.items()}
        last = np.zeros((len(exits), count))
        for group in groups:
            entered = [inflow.pop(state, None) for state in group.members]
            if all(it is None for it in entered):
                continue
            stacked = np.array([np.zeros(count) if it is None else it for it in entered])
            met = group.flow(stacked, first)
            for place, target, share in group.onward:
                if target in inflow:
                    inflow[target] += share * met[place]
                else:
                    inflow[target] = share * met[place]
            for place, state in enumerate(group.members):
                if state in exits:
                    last[exits[state]] = chain.leave[state] * met[place]
        yield first, last


def joint_by_components(
    chain: Chain, order: Sequence[int], emotions: Sequence[float], weight: float
) -> Joint:
    """Compute what `peaks.joint` does, for large chains. Thresholds are worked off in chunks."""
    exits = [state for state in chain.reached if chain.leave[state]]
    felt = np.array([emotions[state] for state in order])
    felt_last = np.array([emotions[state] for state in exits])
    peak_levels, peak_of = _levels(felt)
    last_levels, last_of = _levels(felt_last)
    by_last = np.argsort(last_of, kind="stable")
    last_starts = np.searchsorted(last_of[by_last], np.arange(len(last_levels)))
    mass = np.zeros((len(last_levels), len(peak_levels)))
    peak = [0.0] * len(chain.names)
    ends = np.zeros(len(exits))
    before = np.zeros((len(exits), 1))
    for first, up_to in _last_up_to(chain, _groups(chain, order), len(order)):
        exact = np.diff(up_to, axis=1, prepend=before)
        before = up_to[:, -1:].copy()
        exact[exact <= 4e-16 * up_to] = 0.0  # what subtraction leaves of equal numbers
        here = slice(first, first + exact.shape[1])
        for state, share in zip(order[here], exact.sum(axis=0).tolist(), strict=True):
            peak[state] = share
        ends += exact @ felt[here]
        at = np.argsort(peak_of[here], kind="stable")
        present, starts = np.unique(peak_of[here][at], return_index=True)
        rows = np.add.reduceat(exact[by_last], last_starts, axis=0)
        mass[:, present] += np.add.reduceat(rows[:, at], starts, axis=1)
    peak_sum = [0.0] * len(chain.outcomes)
    for state, total in zip(exits, ends.tolist(), strict=True):
        for outcome, p in chain.r[state].items():
            peak_sum[outcome] += total * p / chain.leave[state]
    all_values = np.round(weight * peak_levels[None, :] + (1 - weight) * last_levels[:, None], DIGITS) + 0.0
    possible = mass > 0
    values, place = np.unique(all_values[possible], return_inverse=True)
    shares = np.bincount(place, weights=mass[possible], minlength=len(values))
    return Joint(peak, peak_sum, values.tolist(), shares.tolist())


def _levels(felt: Vector) -> tuple[Vector, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    levels, at = np.unique(felt, return_inverse=True)
    if len(levels) > LEVELS:
        low, high = levels[0], levels[-1]
        step = (high - low) / LEVELS
        levels, at = np.unique(np.round((felt - low) / step), return_inverse=True)
        levels = low + levels * step
    return levels, at
