"""The peak of large journeys: all thresholds at once, component by component (domain section 1.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from blueprint.analysis.components import Components, Matrix, Vector, pivot, system
from blueprint.analysis.peaks import DIGITS, Joint

if TYPE_CHECKING:
    from blueprint.analysis.chain import Chain

Flows = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]
Places = np.ndarray[tuple[int], np.dtype[np.int64]]

CELLS = 6_000_000
"""About how many numbers are held at once for the exits (50 MB each time)."""

FEW = 128
"""Up to so many members, a component is solved at every threshold rather than only where flow changes."""

LEVELS = 1_000
"""Beyond so many different emotions, values of peak-end are rounded to so many levels of their range."""


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
    """A component with its members in the order of their keys.

    Attributes:
        members: the states.
        ranks: their places in the order of keys.
        onward: ways out of the component: (member's place, target, share).
        pivot: probability to leave, for a component of one.
        lower: L⁻¹ of `I − Q = L U` within the component, None for a component of one.
        upper: U⁻¹ of the same.
    """

    members: tuple[int, ...]
    ranks: Places
    onward: tuple[tuple[int, int, float], ...]
    pivot: float
    lower: Matrix | None
    upper: Matrix | None

    def flow(self, entered: Flows, first: int) -> Flows:
        """Return visits per member, lane and threshold from what enters the component.

        With y U = a, the visits within the members up to a threshold are `y, zeroed beyond it, times L⁻¹`.
        """
        size, lanes, count = entered.shape
        if self.lower is None or self.upper is None:
            entered[:, :, : max(0, int(self.ranks[0]) - first)] = 0.0
            entered /= self.pivot
            return entered
        starts = np.arange(count)
        if size > FEW:
            changes = (entered[:, :, 1:] != entered[:, :, :-1]).any(axis=(0, 1))
            starts = np.concatenate(([0], np.flatnonzero(changes) + 1))
        met = (self.upper.T @ entered[:, :, starts].reshape(size, -1)).reshape(size, lanes, -1)
        within = self.ranks[:, None] <= first + starts[None, :]
        begun = met * within[:, None, :]
        begun = (self.lower.T @ begun.reshape(size, -1)).reshape(size, lanes, -1)
        if len(starts) == count:
            return begun
        # between two changes of what enters, each threshold adds what one more member brings
        run = np.searchsorted(starts, np.arange(count), side="right") - 1
        at = self.ranks - first
        more = np.flatnonzero((at >= 0) & (at < count))
        more = more[starts[run[at[more]]] != at[more]]
        added = np.zeros((size, lanes, count))
        added[:, :, at[more]] = self.lower[more].T[:, None, :] * met[more, :, run[at[more]]].T[None]
        total = np.cumsum(added, axis=2)
        flows: Flows = begun[:, :, run] + total - total[:, :, starts[run]]
        return flows


def _groups(chain: Chain, parts: Components, rank: dict[int, int]) -> list[_Group]:
    found = []
    for group in parts.groups:
        members = sorted(group, key=rank.__getitem__)
        place = {state: at for at, state in enumerate(members)}
        lower, upper = _inverse_factors(system(chain, members)) if len(members) > 1 else (None, None)
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
                pivot=pivot(chain, members[0]),
                lower=lower,
                upper=upper,
            )
        )
    return found


def _last_up_to(chain: Chain, order: Sequence[int]) -> Iterator[tuple[int, Matrix]]:
    """Yield chunks of `F_j(k) = P(peak is among the first k, last is j)`: (first k, exits × thresholds).

    Flow has a lane for what comes from the entry and one for what comes from each hub; how often each
    hub is met is settled per threshold when all lanes are known.
    """
    parts = chain.factors
    parts = parts if isinstance(parts, Components) else Components(chain)
    rank = {state: at for at, state in enumerate(order)}
    groups = _groups(chain, parts, rank)
    exits = {state: at for at, state in enumerate(s for s in chain.reached if chain.leave[s])}
    hubs = {hub: at for at, hub in enumerate(parts.hubs)}
    lanes, size = 1 + len(hubs), len(order)
    sources = [chain.alpha, *(chain.q[hub] for hub in parts.hubs)]
    width = min(size, max(64, CELLS // (lanes * (len(exits) + size // 4 + 1))))
    for first in range(0, size, width):
        count = min(width, size - first)
        inflow: dict[int, Matrix] = {}
        for lane, source in enumerate(sources):
            for state, share in source.items():
                inflow.setdefault(state, np.zeros((lanes, count)))[lane] += share
        last = np.zeros((len(exits), lanes, count))
        for group in groups:
            if not any(state in inflow for state in group.members):
                continue
            zero = np.zeros((lanes, count)) if len(group.members) > 1 else None
            met = group.flow(np.array([inflow.pop(state, zero) for state in group.members]), first)
            for place, target, share in group.onward:
                if target in inflow:
                    inflow[target] += share * met[place]
                else:
                    inflow[target] = share * met[place]
            for place, state in enumerate(group.members):
                if state in exits:
                    last[exits[state]] = chain.leave[state] * met[place]
        yield first, _settled(chain, hubs, exits, rank, inflow, last, first) if hubs else last[:, 0]


def _settled(
    chain: Chain,
    hubs: dict[int, int],
    exits: dict[int, int],
    rank: dict[int, int],
    arrived: dict[int, Matrix],
    last: Flows,
    first: int,
) -> Matrix:
    """Add to the entry's lane what passes through hubs: `z = (a + z M)` per threshold, hubs below it."""
    _, lanes, count = last.shape
    thresholds = np.arange(first, first + count)
    none = np.zeros((lanes, count))
    arrivals = np.array([arrived.get(hub, none) for hub in hubs])
    for hub, at in hubs.items():
        arrivals[at] *= thresholds >= rank[hub]
    between = np.eye(len(hubs))[None] - arrivals[:, 1:].transpose(2, 0, 1)
    times = np.linalg.solve(between, arrivals[:, 0].T[:, :, None])[:, :, 0]
    total: Matrix = last[:, 0] + np.einsum("ehk,kh->ek", last[:, 1:], times)
    for hub, at in hubs.items():
        if hub in exits:
            total[exits[hub]] = chain.leave[hub] * times[:, at]
    return total


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
    for first, up_to in _last_up_to(chain, order):
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


def _levels(felt: Vector) -> tuple[Vector, Places]:
    levels, at = np.unique(felt, return_inverse=True)
    if len(levels) > LEVELS:
        low, high = levels[0], levels[-1]
        step = (high - low) / LEVELS
        levels, at = np.unique(np.round((felt - low) / step), return_inverse=True)
        levels = low + levels * step
    return levels, at
