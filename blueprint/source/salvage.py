"""Drops what is invalid in a document, so that what is left can still be checked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from blueprint.source.spans import Branch, Loc, Node, SpanMap
from blueprint.source.tree import Tree

# What stands in for a required value, so that its element survives; findings about it are muted.
_STAND_INS: dict[str, Any] = {
    "id": "unnamed", "stage": "unnamed", "journey": "unnamed", "blueprint": "unnamed",
    "persona": "unnamed", "playbook": "unnamed", "at": "unnamed", "actor": "unnamed", "title": "…",
    "does": "…", "zone": "backstage", "result": "failure",
}  # fmt: skip
_DROP = object()
_COUNTED_WHOLE = frozenset({"answers", "kano", "segments", "revenue", "cases"})
"""Counts that make one figure together: without one of them the others would make another figure."""
_COUNTED_BESIDE = frozenset({"promoters", "passives", "detractors", "satisfied", "n"})
"""Keys of a survey that make one figure together."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """Something to be dropped."""

    loc: Loc
    missing: str | None = None
    """The required key that is missing at `loc`; None where the value at `loc` itself is at fault."""
    meant: str | None = None
    """The key that a misspelt one at `loc` probably stands for."""
    harmless: bool = False
    """An `x-…` key: kept aside, not lost."""


class Salvage:
    """A document's data and places, less what was dropped so far. The tree itself is never changed."""

    def __init__(self, tree: Tree) -> None:
        self.data: Any = tree.data
        self.spans = tree.spans
        self.pruned: tuple[Loc, ...] = tuple(sorted(tree.lost, key=_order))
        self.lost_ids: set[str] = set(tree.lost_ids)
        self.extras: dict[Loc, Any] = {}
        self._unnamed = 0

    def value(self, loc: Loc) -> Any:
        """Return the value at a path of the text; None where there is none."""
        value = self.data
        for part in loc:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    def prune(self, faulty: Iterable[Faulty]) -> bool:
        """Drop the faulty values; return False where that would leave nothing."""
        changes: dict[Loc, Any] = {}
        gone: list[Loc] = list(self.pruned)
        for fault in faulty:
            if fault.missing is None:
                if not fault.loc:
                    return False
                changes[_whole(fault.loc)] = _DROP
            elif fault.missing in _STAND_INS:
                changes[(*fault.loc, fault.missing)] = self._stand_in(fault.missing)
                gone.append((*fault.loc, fault.missing))
            elif not fault.loc:
                return False
            else:
                changes[fault.loc] = _DROP
            if fault.harmless:
                self.extras[fault.loc] = self.value(fault.loc)
            elif fault.meant is not None:
                gone.append((*fault.loc[:-1], fault.meant))
        if not changes:
            return False
        drops = sorted((loc for loc, new in changes.items() if new is _DROP), key=_order, reverse=True)
        harmless = {fault.loc for fault in faulty if fault.harmless}
        for loc in drops:
            if loc not in harmless:
                gone.append(loc)
                self._lose(self.value(loc), loc)
        self.data, root = _changed(self.data, self.spans.root, _trie(changes))
        self.spans = SpanMap(root)
        dropped_items: dict[Loc, list[int]] = {}
        for loc in reversed(drops):
            if isinstance(loc[-1], int):
                dropped_items.setdefault(loc[:-1], []).append(loc[-1])
        self.pruned = tuple(sorted({_after_drops(path, dropped_items) for path in gone}, key=_order))
        return True

    def _stand_in(self, key: str) -> Any:
        if _STAND_INS[key] != "unnamed":
            return _STAND_INS[key]
        self._unnamed += 1
        return f"unnamed-{self._unnamed}"

    def _lose(self, value: Any, loc: Loc) -> None:
        """Remember the ids of dropped elements."""
        if isinstance(loc[-1], str) and loc[-2:-1] in (("actors",), ("outcomes",)):
            self.lost_ids.add(loc[-1])
        if loc[-1] in ("id", "stage") and isinstance(value, str):
            self.lost_ids.add(value)
        waiting = [value]
        while waiting:
            held = waiting.pop()
            if isinstance(held, dict):
                self.lost_ids |= {held[key] for key in ("id", "stage") if isinstance(held.get(key), str)}
                waiting += [held[key] for key in ("stages", "touchpoints", "steps") if key in held]
            elif isinstance(held, list):
                waiting += held


def _whole(loc: Loc) -> Loc:
    """Return the path of what has to be dropped where the value at a path is at fault."""
    for depth, part in enumerate(loc):
        if part in _COUNTED_WHOLE:
            return loc[: depth + 1]
    beside = len(loc) > 2 and loc[-1] in _COUNTED_BESIDE and loc[-3] == "surveys"
    return loc[:-1] if beside else loc


def _order(loc: Loc) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, part, "") if isinstance(part, int) else (1, 0, part) for part in loc)


def _after_drops(path: Loc, dropped: dict[Loc, list[int]]) -> Loc:
    """Return a path as it reads once list items are gone; a path into such an item becomes the list's.

    Args:
        path: The path before.
        dropped: The numbers of the items that are gone, in order, by the path of their list.
    """
    after: list[str | int] = []
    for depth, part in enumerate(path):
        if isinstance(part, int) and (numbers := dropped.get(path[:depth])):
            before = bisect_left(numbers, part)
            if before < len(numbers) and numbers[before] == part:
                break
            part -= before
        after.append(part)
    return tuple(after)


def _trie(changes: dict[Loc, Any]) -> dict[Any, Any]:
    """Group changes by the first part of their paths; a change above swallows those below."""
    root: dict[Any, Any] = {}
    for loc in sorted(changes, key=len, reverse=True):
        level = root
        for part in loc[:-1]:
            level = level.setdefault(part, {})
        level[loc[-1]] = _Change(changes[loc])
    return root


@dataclass(frozen=True, slots=True)
class _Change:
    new: Any


def _changed(data: Any, node: Node | None, changes: dict[Any, Any]) -> tuple[Any, Node | None]:
    """Return data and places with the changes made, copying only what lies on the way to them."""
    if isinstance(data, dict) and isinstance(node, Branch) and isinstance(node.items, dict):
        values, places = dict(data), dict(node.items)
        for part, change in changes.items():
            if not isinstance(change, _Change):
                if part in values:
                    values[part], below = _changed(values[part], places.get(part), change)
                    if below is not None:
                        places[part] = below
            elif change.new is _DROP:
                values.pop(part, None)
                places.pop(part, None)
            else:
                values[part] = change.new
        return values, Branch(node.start, node.end, places, node.keys)
    if isinstance(data, list) and isinstance(node, Branch) and isinstance(node.items, list):
        kept: list[Any] = []
        kept_places: list[Node] = []
        for at, (item, place) in enumerate(zip(data, node.items, strict=False)):
            change = changes.get(at, {})
            if isinstance(change, _Change):
                continue
            new, below = _changed(item, place, change) if change else (item, place)
            kept.append(new)
            kept_places.append(below if below is not None else place)
        return kept, Branch(node.start, node.end, kept_places, node.keys)
    return data, node
