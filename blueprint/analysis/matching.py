"""Which element of a new version is which of the old one: by id first, then by likeness, one to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.model.values import Text

RENAMED = 0.6
"""How alike two elements of different ids must at least be to count as one that was renamed."""

_TITLE, _STAGE, _BEFORE, _AFTER, _KINDS = 0.5, 0.2, 0.1, 0.1, 0.1
"""What the parts of a likeness count; they sum to 1."""
_MOST = 40_000
"""Of more pairs than this only those with the same title are looked at."""

E = TypeVar("E")


def alike(one: Text | None, other: Text | None) -> float:
    """Return how alike two texts read, 0 to 1: by pairs of letters, in the language that is closest.

    Texts in different languages are compared as far as they share one; plain texts with any.
    """
    if one is None or other is None:
        return 1.0 if one is other else 0.0
    a = {"": one.root} if isinstance(one.root, str) else one.root
    b = {"": other.root} if isinstance(other.root, str) else other.root
    shared = a.keys() & b.keys()
    pairs = [(a[k], b[k]) for k in shared] or [(x, y) for x in a.values() for y in b.values()]
    return max(words_alike(x, y) for x, y in pairs)


def words_alike(one: str, other: str) -> float:
    """Return Dice's coefficient over the pairs of neighbouring letters of two texts, 0 to 1."""
    one, other = " ".join(one.lower().split()), " ".join(other.lower().split())
    if one == other:
        return 1.0
    a, b = _bigrams(one), _bigrams(other)
    total = sum(a.values()) + sum(b.values())
    return 2 * sum(min(n, b.get(pair, 0)) for pair, n in a.items()) / total if total else 0.0


def _bigrams(text: str) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for pair in pairwise(text):
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the one-to-one assignment with the greatest sum as (row, column); weights of 0 stay out.

    The Hungarian method with potentials (Kuhn 1955; Jonker and Volgenant's shortest augmenting paths).
    Needs no more rows than columns.
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    if rows > columns:
        return sorted((r, c) for c, r in assign([*map(list, zip(*weights, strict=True))]))
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)  # the row of each column, from 1; 0 is nobody
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        least = [float("inf")] * (columns + 1)
        way, used = [0] * (columns + 1), [False] * (columns + 1)
        while owner[at]:
            used[at] = True
            r, delta, following = owner[at], float("inf"), 0
            for c in range(1, columns + 1):
                if not used[c]:
                    cost = -weights[r - 1][c - 1] - u[r] - v[c]
                    if cost < least[c]:
                        least[c], way[c] = cost, at
                    if least[c] < delta:
                        delta, following = least[c], c
            for c in range(columns + 1):
                if used[c]:
                    u[owner[c]] += delta
                    v[c] -= delta
                else:
                    least[c] -= delta
            at = following
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    return sorted(
        (owner[c] - 1, c - 1)
        for c in range(1, columns + 1)
        if owner[c] and weights[owner[c] - 1][c - 1] > 0
    )


def pair_up(
    old: Mapping[str, E],
    new: Mapping[str, E],
    likeness: Callable[[str, str], float],
    title: Callable[[E], Text | None],
) -> dict[str, str]:
    """Match elements by id, and those left over by likeness; return old id → new id, in the old order.

    Matching is symmetric: new against old gives the same pairs.
    """
    pairs = {id: id for id in old if id in new}
    gone, come = [id for id in old if id not in new], [id for id in new if id not in old]
    if gone and come:
        # The same question must have the same answer from both sides, also where several are as good.
        turned = (len(gone), gone) > (len(come), come)
        rows, columns = (come, gone) if turned else (gone, come)
        if len(rows) * len(columns) > _MOST:
            found = _same_title(rows, columns, (new if turned else old), (old if turned else new), title)
        else:
            table = [[_kept(likeness(c, r) if turned else likeness(r, c)) for c in columns] for r in rows]
            found = [(rows[r], columns[c]) for r, c in assign(table)]
        pairs |= {(c if turned else r): (r if turned else c) for r, c in found}
    return {id: pairs[id] for id in old if id in pairs}


def _kept(value: float) -> float:
    return round(value, 9) if value >= RENAMED - 1e-9 else 0.0


def _same_title(
    rows: Sequence[str],
    columns: Sequence[str],
    of_rows: Mapping[str, E],
    of_columns: Mapping[str, E],
    title: Callable[[E], Text | None],
) -> list[tuple[str, str]]:
    waiting: dict[Text | None, list[str]] = {}
    for id in columns:
        waiting.setdefault(title(of_columns[id]), []).append(id)
    found = []
    for id in rows:
        words = title(of_rows[id])
        if words is not None and (same := waiting.get(words)):
            found.append((id, same.pop(0)))
    return found


def match_touchpoints(old: Journey, new: Journey) -> dict[str, str]:
    """Return old id → new id of the touchpoints that both journeys have.

    A likeness counts the title half, the stage a fifth, the neighbours before and after a tenth each, and
    kinds with channel a tenth; from `RENAMED` on it is one touchpoint under two names.
    """
    stages = match_stages(old, new)
    stage_old = {p.touchpoint.id: p.stage.id for p in reversed(old.places)}
    stage_new = {p.touchpoint.id: p.stage.id for p in reversed(new.places)}
    around_old, around_new = _neighbours([*old.touchpoints]), _neighbours([*new.touchpoints])

    def likeness(a: str, b: str) -> float:
        one, other = old.touchpoints[a], new.touchpoints[b]
        (before, after), (earlier, later) = around_old[a], around_new[b]
        return (
            _TITLE * alike(one.title, other.title)
            + _STAGE * (stages.get(stage_old[a]) == stage_new[b])
            + _BEFORE * (before == earlier)
            + _AFTER * (after == later)
            + _KINDS * (one.kinds == other.kinds and one.channel == other.channel)
        )

    return pair_up(old.touchpoints, new.touchpoints, likeness, lambda point: point.title)


def _neighbours(names: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    row = [None, *names, None]
    return {name: (row[at], row[at + 2]) for at, name in enumerate(names)}


def match_stages(old: Journey, new: Journey) -> dict[str, str]:
    """Return old id → new id of the stages that both journeys have: by title and by what is in them."""
    a, b = {s.id: s for s in reversed(old.stages)}, {s.id: s for s in reversed(new.stages)}
    a, b = {s.id: a[s.id] for s in old.stages}, {s.id: b[s.id] for s in new.stages}

    def likeness(one: str, other: str) -> float:
        here = {p.id for p in a[one].touchpoints}
        there = {p.id for p in b[other].touchpoints}
        shared = len(here & there) / len(here | there) if here | there else 0.0
        return max(shared, alike(a[one].heading, b[other].heading))

    return pair_up(a, b, likeness, lambda stage: stage.heading)


def match_steps(old: ServiceBlueprint, new: ServiceBlueprint) -> dict[str, str]:
    """Return old id → new id of the steps that both blueprints have."""
    a, b = {s.id: s for s in reversed(old.steps)}, {s.id: s for s in reversed(new.steps)}
    a, b = {s.id: a[s.id] for s in old.steps}, {s.id: b[s.id] for s in new.steps}
    around_old, around_new = _neighbours([*a]), _neighbours([*b])

    def likeness(one: str, other: str) -> float:
        (before, after), (earlier, later) = around_old[one], around_new[other]
        return (
            _TITLE * alike(a[one].does, b[other].does)
            + _STAGE * (a[one].at == b[other].at)
            + _BEFORE * (before == earlier)
            + _AFTER * (after == later)
            + _KINDS * (a[one].actor == b[other].actor)
        )

    return pair_up(a, b, likeness, lambda step: step.does)


def match_actors(old: ServiceBlueprint, new: ServiceBlueprint) -> dict[str, str]:
    """Return old id → new id of the actors that both blueprints have."""

    def likeness(one: str, other: str) -> float:
        a, b = old.actors[one], new.actors[other]
        return 0.8 * alike(a.title, b.title) + 0.2 * (a.zone == b.zone) if a.title and b.title else 0.0

    return pair_up(dict(old.actors), dict(new.actors), likeness, lambda actor: actor.title)


def moved(old: Sequence[str], new: Sequence[str], once: Mapping[str, str] = {}) -> frozenset[str]:
    """Return the elements of two orders of the same names that changed their place among the others.

    The longest part that kept its order stays; all else moved. The answer is the same from both sides.

    Args:
        old: the names in the old order.
        new: the same names in the new order.
        once: what some of them were called in the old version.
    """
    if list(old) == list(new):
        return frozenset()

    def known(names: Sequence[str]) -> list[list[str]]:
        # Two names in the order of the alphabet do not say which of them is the old one.
        return [sorted((name, once.get(name, name))) for name in names]

    first, second = sorted((list(old), list(new)), key=known)
    place = {name: at for at, name in enumerate(second)}
    numbers = [place[name] for name in first]
    from bisect import bisect_left

    ends: list[int] = []
    tail: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        spot = bisect_left(ends, number)
        before.append(tail[spot - 1] if spot else -1)
        if spot == len(ends):
            ends.append(number)
            tail.append(at)
        else:
            ends[spot], tail[spot] = number, at
    stays = set()
    at = tail[-1] if tail else -1
    while at >= 0:
        stays.add(first[at])
        at = before[at]
    return frozenset(name for name in old if name not in stays)
