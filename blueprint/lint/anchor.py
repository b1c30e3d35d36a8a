"""Where findings stand in a document, in words that stay the same while the file is edited around them.

A touchpoint, a step or a stage is told by its id, other items of lists by what they say, and the keys below
them follow. Lines, layout, quotes, the order of touchpoints, the stage they are in and the names of the
places they lead to have no part in it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from blueprint.diagnostic import Diagnostic, Range
from blueprint.source.spans import Branch, Node
from blueprint.source.text import Source

Place = tuple[str, ...]
"""Where in a document, in words: ("touchpoint arrive", "emotion")."""

_ELEMENTS = {"stages": "stage", "touchpoints": "touchpoint", "steps": "step"}
"""Lists whose items have ids that are unique in the document: a path begins anew with them."""
_WAYS = frozenset({"next", "entry"})
"""Below these, the keys and words are the ids of neighbours."""
_NAMES = (
    "id", "stage", "pain", "opportunity", "need", "metric", "promise", "mode", "survey", "to", "agent",
    "customer", "title", "text", "en", "zh",
)  # fmt: skip
"""What the items of other lists are told apart by; the first of these keys that an item has."""
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\n")


def anchored(
    found: Iterable[Diagnostic], document: str, source: Source, root: Node | None
) -> tuple[Diagnostic, ...]:
    """Return the findings of a document with their anchors; those that stand at no value keep none.

    Args:
        found: The findings.
        document: The document's kind and id, such as `journey ticket`.
        source: Its text.
        root: The place of the document and of everything in it; None where nothing could be read.
    """
    every = tuple(found)
    at = dict(places(source, root, {d.span for d in every}))
    return tuple(replace(d, anchor=(document, *at[d.span])) if d.span in at else d for d in every)


def places(source: Source, root: Node | None, wanted: set[Range]) -> Iterator[tuple[Range, Place]]:
    """Yield the places of values and keys that begin and end where a finding does."""
    if root is None:
        return
    starts = sorted(span.start for span in wanted)
    found: set[Range] = set()
    waiting: list[tuple[Node, Place, str]] = [(root, (), "")]

    def begins_in(start: int, end: int) -> bool:
        nearest = bisect_left(starts, start)
        return nearest < len(starts) and starts[nearest] <= end

    while waiting:
        node, place, under = waiting.pop()
        span = _span(node)
        if span in wanted and span not in found:
            found.add(span)
            yield span, place
        if not isinstance(node, Branch):
            continue
        parts: Iterable[tuple[str | int, Node]] = (
            node.items.items() if isinstance(node.items, dict) else enumerate(node.items)
        )
        for part, child in parts:
            key = node.keys.get(part) if isinstance(part, str) else None
            start, end = (child.start, child.end) if isinstance(child, Branch) else child
            # Of an alias the value stands elsewhere; and where no finding begins, nothing is looked for.
            enters = node.start <= start <= node.end and begins_in(start, end)
            if not enters and key not in wanted:
                continue
            below = _below(source, place, under, part, child)
            if key is not None and (at := Range(*key)) in wanted and at not in found:
                found.add(at)
                yield at, below
            if enters:
                led = isinstance(part, str) and under not in _WAYS
                waiting.append((child, below, str(part) if led else ""))


def _span(node: Node) -> Range:
    return Range(node.start, node.end) if isinstance(node, Branch) else Range(*node)


def _below(source: Source, place: Place, under: str, part: str | int, child: Node) -> Place:
    """Return the place of a part: an element begins anew, other items go by what they say."""
    if under in _WAYS:
        return (*place, "*")
    if isinstance(part, str):
        return (*place, part)
    name = _name(source, child)
    if under in _ELEMENTS and name and isinstance(child, Branch):
        return (f"{_ELEMENTS[under]} {name}",)
    return (*place, f"[{name}]")


def _name(source: Source, node: Node) -> str:
    """Return what an item of a list is told apart by: its id, what it says, or nothing."""
    while isinstance(node, Branch):
        if not isinstance(node.items, dict) or not node.items:
            return ""
        key = next((name for name in _NAMES if name in node.items), next(iter(node.items)))
        node = node.items[key]
    return " ".join(_said(source.text[node[0] : node[1]]).split())


def _said(written: str) -> str:
    """Return what a scalar says, as far as that tells items apart: without quotes, breaks and dashes."""
    if written.startswith('"'):
        try:
            return str(json.loads(written))
        except ValueError:  # Broken over lines, or with an escape that JSON does not have.
            return written[1:-1]
    if written.startswith("'"):
        return written[1:-1].replace("''", "'")
    if match := _BLOCK.match(written):
        return written[match.end() :]
    return written
