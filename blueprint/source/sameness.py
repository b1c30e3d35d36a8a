"""The proof that a text laid out anew says what it said before, and holds the same comments."""

from __future__ import annotations

from collections import Counter
from typing import Any

from blueprint.source import margins, old_breaks, written
from blueprint.source.builder import Tree, events_of
from blueprint.source.text import Source
from blueprint.source.tree import parse


def says_the_same(tree: Tree, remarks: list[str], result: Source) -> bool:
    """Whether a result says what its source says, to the type, and holds the same comments."""
    again = parse(result)
    if not _alike(tree.data, again.data) or len(tree.diagnostics) != len(again.diagnostics):
        return False
    return Counter(remarks) == _all_comments(result.text)


def _alike(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_alike(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other or (one != one and other != other))


def _all_comments(text: str) -> Counter[str]:
    """Count the comments of a text."""
    legible = old_breaks.hidden(text)
    root, _ = written.read(legible, events_of(legible))
    leaves: list[tuple[int, int]] = []
    headers: list[str] = []
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if node.kind in ("scalar", "alias"):
            if node.start < node.end:
                leaves.append((node.start, node.end))
            headers += margins.on_header(legible, node)
        for entry in node.entries:
            waiting.append(entry.value)
            if entry.key is not None:
                waiting.append(entry.key)
    found = margins.comments(legible, sorted(leaves))
    return Counter([*(comment.text for comment in found), *headers])
