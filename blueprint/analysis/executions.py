"""How often each step of a blueprint is executed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_LOOPS = 100
MOST_EXECUTIONS = 1e9
"""Loops beyond this number, or walked more often than this, are a tangle and not a figure."""

Shares = Mapping[str, Mapping[str, float]]
"""Per step the steps it leads to, with the share of its executions that go there."""


def executions(
    columns: Mapping[str, str],
    shares: Shares,
    order: Sequence[str],
    closing: frozenset[tuple[str, str]],
    fully: frozenset[str],
    visits: Mapping[str, float],
) -> dict[str, float]:
    """Compute expected executions per step.

    Flow runs ahead from the steps that no other leads to. Branches of a fork that meet again are one
    execution, not several: a step is executed at most as often as the last step that every way to it
    passes (its immediate dominator), or as its column is visited where the ways have no step in common.

    The flows on the links that close loops solve a small linear system, found by sending one unit along
    each. Loops are counted as walked once where their shares never let them end, where they begin at a
    step whose ways all count fully, and where there are more than a hundred of them.

    Args:
        columns: per step its touchpoint.
        shares: per step the steps it leads to.
        order: the steps, so that links lead ahead but for those that close a loop.
        closing: the links that close a loop.
        fully: steps with several ways that all count fully.
        visits: expected visits per touchpoint; those left out are visited once.
    """
    gate = _dominators(shares, order, closing)

    def forward(start: Mapping[str, float], entry: str | None) -> dict[str, float]:
        flow = {name: start.get(name, 0.0) for name in order}
        for name in order:
            before = gate[name]
            if name == entry:
                limit = 1.0
            elif before is not None and flow[before] > 0:
                limit = flow[before] * kept(visits, columns[before], columns[name])
            elif entry is not None:
                limit = kept(visits, columns[entry], columns[name])
            else:
                limit = visits.get(columns[name], 1.0)
            flow[name] = min(flow[name], limit)
            for target, share in shares[name].items():
                if (name, target) not in closing:
                    flow[target] += flow[name] * share
        return flow

    led_to = {target for name, ways in shares.items() for target in ways if (name, target) not in closing}
    first = forward({n: visits.get(at, 1.0) for n, at in columns.items() if n not in led_to}, None)
    # visits of a column count the returns to it already: only loops that they do not know add to them
    loops = [
        (name, target)
        for name, target in sorted(closing)
        if name not in fully and (columns[name] == columns[target] or columns[target] not in visits)
    ]
    if not 0 < len(loops) <= MOST_LOOPS:
        return first
    units = [forward({target: 1.0}, target) for _, target in loops]
    rows = [[unit[name] * shares[name][target] for unit in units] for name, target in loops]
    right = [first[name] * shares[name][target] for name, target in loops]
    flows = _solved(rows, right)
    if not max(flows) < MOST_EXECUTIONS:
        return first
    return {
        name: times + sum(flow * unit[name] for flow, unit in zip(flows, units, strict=True))
        for name, times in first.items()
    }


def kept(visits: Mapping[str, float], source: str, target: str) -> float:
    """Return how many visits to one touchpoint come on each visit to another; 1 where nobody knows."""
    before, after = visits.get(source, 0.0), visits.get(target)
    return after / before if source != target and before > 0 and after is not None else 1.0


def _dominators(
    shares: Shares, order: Sequence[str], closing: frozenset[tuple[str, str]]
) -> dict[str, str | None]:
    """Return the last step that all ways to each step pass, None where there is none.

    Without loops one pass in topological order is enough (Cooper, Harvey and Kennedy's intersection).
    """
    place = {name: at for at, name in enumerate(order)}
    into: dict[str, list[str]] = {name: [] for name in order}
    for name, ways in shares.items():
        for target in ways:
            if (name, target) not in closing:
                into[target].append(name)
    gate: dict[str, str | None] = {}
    for name in order:
        common: str | None = into[name][0] if into[name] else None
        for other in into[name][1:]:
            finger: str | None = other
            while common != finger and common is not None and finger is not None:
                if place[common] > place[finger]:
                    common = gate[common]
                else:
                    finger = gate[finger]
            if finger is None:
                common = None
        gate[name] = common
    return gate


def _solved(rows: list[list[float]], right: list[float]) -> list[float]:
    """Solve z = M z + b for M ≥ 0 by elimination; unknowns that would grow without end stay 0."""
    size = len(right)
    kept: list[int] = []
    for k in range(size):
        pivot = 1.0 - rows[k][k]
        if pivot <= 1e-6:
            continue
        kept.append(k)
        rows[k] = [value / pivot for value in rows[k]]
        right[k] /= pivot
        for i in range(k + 1, size):
            if share := rows[i][k]:
                for j in range(k + 1, size):
                    rows[i][j] += share * rows[k][j]
                right[i] += share * right[k]
    found = [0.0] * size
    for k in reversed(kept):
        found[k] = right[k] + sum(rows[k][j] * found[j] for j in kept if j > k)
    return found
