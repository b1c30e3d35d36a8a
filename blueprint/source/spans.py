"""Where the values and keys of a document stand in its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from blueprint.diagnostic import Range

Loc = tuple[str | int, ...]
"""A path into a document: ("stages", 0, "touchpoints", 2, "emotion")."""


@dataclass(slots=True, eq=False)
class Branch:
    """The place of a list or mapping and of everything in it. Parts behind an alias are shared."""

    start: int
    end: int
    items: dict[str, Node] | list[Node]
    keys: dict[str, tuple[int, int]]
    """Where the keys of a mapping stand; empty for a list."""


Node = Branch | tuple[int, int]
"""The place of a list or mapping (a branch) or of a scalar (start and end)."""

KEY = "[key]"
"""Ends a path that means a key itself, not its value, as pydantic writes it."""


def _span(node: Node) -> Range:
    return Range(node.start, node.end) if isinstance(node, Branch) else Range(*node)


def _child(node: Node, part: str | int) -> Node | None:
    if not isinstance(node, Branch):
        return None
    if isinstance(node.items, dict):
        return node.items.get(part) if isinstance(part, str) else None
    return node.items[part] if isinstance(part, int) and 0 <= part < len(node.items) else None


class SpanMap(Mapping[Loc, Range]):
    """Path → place of the value, in code points, half-open; the root's path is `()`.

    Built as a tree that mirrors the data, so that it costs one small object per value and
    aliased parts cost nothing; paths are walked when asked for.
    """

    def __init__(self, root: Node | None = None) -> None:
        self._root = root

    @property
    def root(self) -> Node | None:
        """The place of the document and of everything in it; None where nothing could be read."""
        return self._root

    def _find(self, loc: Loc) -> Node | None:
        node = self._root
        for part in loc:
            if node is None:
                return None
            node = _child(node, part)
        return node

    def at(self, loc: Loc) -> Node | None:
        """Return the place of a value with everything in it; None where the text has nothing there."""
        return self._find(loc)

    def __getitem__(self, loc: Loc) -> Range:
        node = self._find(loc)
        if node is None:
            raise KeyError(loc)
        return _span(node)

    def __contains__(self, loc: object) -> bool:
        return isinstance(loc, tuple) and self._find(loc) is not None

    def __iter__(self) -> Iterator[Loc]:
        waiting: list[tuple[Loc, Node]] = [] if self._root is None else [((), self._root)]
        while waiting:
            loc, node = waiting.pop()
            yield loc
            if isinstance(node, Branch):
                inside = node.items.items() if isinstance(node.items, dict) else enumerate(node.items)
                waiting += reversed([((*loc, part), child) for part, child in inside])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def node(self, loc: Loc) -> Node | None:
        """Return the place of a value and of everything in it; None where the text has nothing there."""
        return self._find(loc)

    def key(self, loc: Loc) -> Range:
        """Return the place of the key that leads to a value; for a list's item or the root, its own place.

        Raises:
            KeyError: The text has nothing at this path.
        """
        if loc and (parent := self._find(loc[:-1])) is not None and isinstance(parent, Branch):
            last = loc[-1]
            if isinstance(last, str) and last in parent.keys:
                return Range(*parent.keys[last])
        return self[loc]

    def resolve(self, loc: Loc) -> Loc:
        """Return the longest path in the text that `loc` means.

        Union branches that pydantic names in its paths ("score", "mapping", "constrained-str") and
        everything below a shorthand are left out. Where a part could be both such a name and a key
        of the text, the reading wins under which more of the path is found.
        """
        best: tuple[Loc, Node | None] = ((), self._root)
        readings = [best]
        for part in loc:
            read: list[tuple[Loc, Node | None]] = []
            for path, node in readings:
                child = None if node is None else _child(node, part)
                if child is not None:
                    read.append(((*path, part), child))
                # A number that the text has is a list's index, never the name of a branch.
                if child is None or isinstance(part, str):
                    read.append((path, node))
            # Reading on with the deepest few keeps this linear; real paths never have more than two.
            readings = sorted(read, key=lambda r: -len(r[0]))[:8]
        return max(readings, key=lambda reading: len(reading[0]))[0]

    def closest(self, loc: Loc) -> Range:
        """Return the place of the value at `loc`, or of the nearest thing around it that the text has.

        A path that ends in "[key]" means the key itself. A value that is left blank (`title:`) has no
        extent of its own, so its key stands for it.
        """
        path = self.resolve(loc[:-1] if loc and loc[-1] == KEY else loc)
        if not path and self._root is None:
            return Range(0, 0)
        if loc and loc[-1] == KEY:
            return self.key(path)
        span = self[path]
        return self.key(path) if span.start == span.end and path else span
