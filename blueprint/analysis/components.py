"""Large journeys: the chain solved component by component.

Journeys are mostly sequences with short loops: their strongly connected components are small. Within one
the systems are dense and solved as such; between components flow only runs ahead, in topological order.
Where a few touchpoints tie everything together (the home page that everybody returns to), these hubs are
taken out, the rest is solved once per hub, and the flows through the hubs are settled at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from networkx import DiGraph

    from blueprint.analysis.chain import Chain

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

LARGE = 200
"""Components beyond this size are searched for hubs."""

MOST_HUBS = 8
"""More hubs cost more than they save."""


class Components:
    """`I − Q` of a chain by strongly connected components; see `chain.Factors`.

    Attributes:
        hubs: states taken out of the graph.
        groups: the components of the rest, in topological order.
    """

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.hubs, self.groups = _decomposed(chain)
        self._inverses = {
            at: np.linalg.inv(system(chain, group))
            for at, group in enumerate(self.groups)
            if len(group) > 1
        }
        self._hub_of = {hub: at for at, hub in enumerate(self.hubs)}
        start = np.zeros((len(chain.names), len(self.hubs)))
        arrive = np.zeros_like(start)
        for at, hub in enumerate(self.hubs):
            for target, share in chain.q[hub].items():
                start[target, at] = share
        for state in chain.reached:
            for target, share in chain.q[state].items():
                if target in self._hub_of and state not in self._hub_of:
                    arrive[state, self._hub_of[target]] = share
        self._from_hub = self._ahead(start)
        """Per state and hub: visits to the state after the hub, before any hub."""
        self._to_hub = self._back(arrive)
        """Per state and hub: the probability that this hub is the next hub met."""
        self._to_hub[list(self.hubs)] = np.eye(len(self.hubs))
        self._between = np.linalg.inv(np.eye(len(self.hubs)) - self._from_hub[list(self.hubs)].T)
        """Expected visits from hub to hub."""

    def visits(self, start: Mapping[int, float]) -> list[float]:
        """Return `α N`; 0 for states never reached."""
        first = np.zeros((len(self.chain.names), 1))
        for state, share in start.items():
            first[state] = share
        met = self._ahead(first)[:, 0]
        hubs = list(self.hubs)
        times = met[hubs] @ self._between
        met += self._from_hub @ times
        met[hubs] = times
        found: list[float] = met.tolist()
        return found

    def expected(self, rewards: Sequence[float]) -> list[float]:
        """Return `N c`; only reached states have a meaning."""
        hubs = list(self.hubs)
        paid = np.array(rewards, dtype=float)
        total = self._back(paid[:, None])[:, 0]
        total[hubs] = 0.0
        at_hubs = paid[hubs] + np.array([self._onward(hub, total) for hub in hubs])
        total += self._to_hub @ (self._between @ at_hubs)
        found: list[float] = total.tolist()
        return found

    def returns(self) -> list[float]:
        """Return the diagonal of `N`: returns within the component, and those by way of a hub."""
        diagonal = np.ones(len(self.chain.names))
        for at, group in enumerate(self.groups):
            inverse = self._inverses.get(at)
            diagonal[group] = 1 / pivot(self.chain, group[0]) if inverse is None else inverse.diagonal()
        diagonal += np.einsum("jh,hk,jk->j", self._to_hub, self._between, self._from_hub)
        diagonal[list(self.hubs)] = self._between.diagonal()
        found: list[float] = diagonal.tolist()
        return found

    def _onward(self, state: int, total: Vector) -> float:
        return float(sum(share * total[target] for target, share in self.chain.q[state].items()))

    def _ahead(self, flow: Matrix) -> Matrix:
        """Turn what enters each state into visits, column by column; hubs keep what arrives at them."""
        for at, group in enumerate(self.groups):
            inside = set(group)
            if at in self._inverses:
                flow[group] = self._inverses[at].T @ flow[group]
            else:
                flow[group[0]] /= pivot(self.chain, group[0])
            for state in group:
                for target, share in self.chain.q[state].items():
                    if target not in inside:
                        flow[target] += share * flow[state]
        return flow

    def _back(self, paid: Matrix) -> Matrix:
        """Turn rewards per visit into expected sums until a hub or the end, column by column."""
        total = paid.copy()
        for at in reversed(range(len(self.groups))):
            group = self.groups[at]
            inside = set(group)
            for state in group:
                for target, share in self.chain.q[state].items():
                    if target not in inside and target not in self._hub_of:
                        total[state] += share * total[target]
            if at in self._inverses:
                total[group] = self._inverses[at] @ total[group]
            else:
                total[group[0]] /= pivot(self.chain, group[0])
        return total


def _decomposed(chain: Chain) -> tuple[tuple[int, ...], list[list[int]]]:
    """Choose hubs; return them and the components of the rest in topological order."""
    import networkx

    graph: DiGraph[int] = networkx.DiGraph()
    graph.add_nodes_from(chain.reached)
    graph.add_edges_from((state, target) for state in chain.reached for target in chain.q[state])
    removed: list[int] = []
    largest = _largest(graph)
    cheapest, hubs = len(largest) ** 2, 0
    while len(largest) > LARGE and len(removed) < MOST_HUBS:
        inner = graph.subgraph(largest)
        removed.append(
            max(inner, key=lambda state: (inner.in_degree(state) * inner.out_degree(state), -state))
        )
        largest = _largest(graph.subgraph(graph.nodes - set(removed)))
        cost = (1 + len(removed)) * max(len(largest), LARGE) ** 2  # one lane more per hub
        if cost < cheapest:
            cheapest, hubs = cost, len(removed)
    del removed[hubs:]
    graph.remove_nodes_from(removed)
    condensed = networkx.condensation(graph)
    ordered = networkx.topological_sort(condensed)
    return tuple(sorted(removed)), [sorted(condensed.nodes[at]["members"]) for at in ordered]


def _largest(graph: DiGraph[int]) -> set[int]:
    import networkx

    return max(
        networkx.strongly_connected_components(graph), key=lambda it: (len(it), -min(it)), default=set()
    )


def pivot(chain: Chain, state: int) -> float:
    """Return the probability to leave a state, as a sum: 1 − p would lose digits where p is near 1."""
    return chain.leave[state] + sum(share for target, share in chain.q[state].items() if target != state)


def system(chain: Chain, group: Sequence[int]) -> Matrix:
    """Return `I − Q` within a group of states, in the order given."""
    place = {state: at for at, state in enumerate(group)}
    matrix = np.zeros((len(group), len(group)))
    for at, state in enumerate(group):
        matrix[at, at] = pivot(chain, state)
        for target, share in chain.q[state].items():
            if target in place and target != state:
                matrix[at, place[target]] = -share
    return matrix
