"""Names for findings that stay the same while a file is edited around them.

A fingerprint is made of the rule, the document's id and where in the document the finding stands: the
touchpoint, step or stage by its id, then the keys below it. Lines, layout, quotes, the order of
touchpoints, the stage they are in, the names of the places they lead to, the language of messages and the
figures in them have no part in it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from blueprint.diagnostic import Diagnostic, Range
from blueprint.source.kinds import kind_of
from blueprint.source.spans import Branch, Node
from blueprint.source.text import Source
from blueprint.source.tree import parse

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
_LENGTH = 32


class Identity(NamedTuple):
    """What a finding is about, whatever line it stands on today."""

    document: str
    """Kind and id, such as `journey ticket`; the file's name where the document has no id."""
    place: Place
    fingerprint: str


def fingerprints(found: Sequence[Diagnostic], sources: Mapping[str, Source]) -> list[str]:
    """Return a fingerprint for each finding, in their order; no two are the same.

    Args:
        found: The findings of one run. Those that are alike in everything are numbered in the order of
            their files and places, so that the fingerprints of a run do not depend on how it is sorted.
        sources: The texts by file name. Findings in other files are told by their element alone.
    """
    return [identity.fingerprint for identity in identities(found, sources)]


def identities(found: Sequence[Diagnostic], sources: Mapping[str, Source]) -> list[Identity]:
    """Return what each finding is about, in their order; arguments as for `fingerprints`."""
    by_file: dict[str, set[Range]] = {}
    for d in found:
        by_file.setdefault(d.file, set()).add(d.span)
    about = {file: _About(file, sources.get(file), spans) for file, spans in by_file.items()}
    seen: Counter[tuple[str, ...]] = Counter()
    made: dict[int, Identity] = {}
    for at in sorted(range(len(found)), key=lambda i: _order(found[i])):
        d, text = found[at], about[found[at].file]
        place = text.place(d.span)
        key = (d.code, text.document, d.element, *(place if place is not None else ("?", text.quoted(d))))
        seen[key] += 1
        digest = hashlib.sha256("\x1f".join((*key, str(seen[key]))).encode(errors="surrogatepass"))
        shown = place if place is not None else ((d.element,) if d.element else ())
        made[at] = Identity(text.document, shown, digest.hexdigest()[:_LENGTH])
    return [made[at] for at in range(len(found))]


def _order(d: Diagnostic) -> tuple[str, Range, str, str]:
    return d.file, d.span, d.code, d.message.en


class _About:
    """One file, as far as its findings need it."""

    def __init__(self, file: str, source: Source | None, spans: set[Range]) -> None:
        self.document = PurePath(file).as_posix()
        self._text = source.text if source else ""
        self._places: dict[Range, Place] = {}
        if source is None:
            return
        tree = parse(source)
        kind = kind_of(tree.data)
        if kind is not None and (id := kind.id_in(tree.data)):
            self.document = f"{kind.key} {id}"
        if tree.spans.root is not None:
            self._places = dict(_places(tree.spans.root, tree.data, spans))

    def place(self, span: Range) -> Place | None:
        """Return where a place of the text is in the document; None for what is no value and no key."""
        return self._places.get(span)

    def quoted(self, d: Diagnostic) -> str:
        """Return the text under a finding without its layout: for comments and what is no YAML."""
        return " ".join(self._text[d.span.start : d.span.end].replace('"', "").replace("'", "").split())


def _places(root: Node, data: Any, wanted: set[Range]) -> Iterator[tuple[Range, Place]]:
    """Yield the places of values and keys that begin and end where a finding does."""
    starts = sorted(span.start for span in wanted)
    found: set[Range] = set()
    waiting: list[tuple[Node, Any, Place, str]] = [(root, data, (), "")]
    while waiting:
        node, value, place, under = waiting.pop()
        span = Range(node.start, node.end) if isinstance(node, Branch) else Range(*node)
        nearest = bisect_left(starts, span.start)
        if nearest == len(starts) or starts[nearest] > span.end:
            continue  # No finding begins in here.
        if span in wanted and span not in found:
            found.add(span)
            yield span, place
        if not isinstance(node, Branch):
            continue
        for part, child, inside in _children(node, value):
            below = _below(place, under, part, inside)
            key = node.keys.get(part) if isinstance(part, str) else None
            if key is not None and (at := Range(*key)) in wanted and at not in found:
                found.add(at)
                yield at, below
            start = child.start if isinstance(child, Branch) else child[0]
            if node.start <= start <= node.end:  # An alias stands here and its value elsewhere.
                led = isinstance(part, str) and under not in _WAYS
                waiting.append((child, inside, below, str(part) if led else ""))


def _children(node: Branch, value: Any) -> Iterator[tuple[str | int, Node, Any]]:
    if isinstance(node.items, dict):
        known = value if isinstance(value, dict) else {}
        for key, child in node.items.items():
            yield key, child, known.get(key)
    else:
        listed = value if isinstance(value, list) else []
        for index, child in enumerate(node.items):
            yield index, child, listed[index] if index < len(listed) else None


def _below(place: Place, under: str, part: str | int, value: Any) -> Place:
    """Return the place of a part: an element begins anew, other items go by what they say."""
    if isinstance(part, str):
        return (*place, "*" if under in _WAYS else part)
    if under in _WAYS:
        return (*place, "*")
    name = _name(value)
    if under in _ELEMENTS and name and isinstance(value, dict):
        return (f"{_ELEMENTS[under]} {name}",)
    return (*place, f"[{name}]")


def _name(value: Any) -> str:
    """Return what an item of a list is told apart by: its id, what it says, or nothing."""
    while isinstance(value, dict):
        value = next((value[key] for key in _NAMES if key in value), next(iter(value.values()), None))
    if value is None or isinstance(value, list):
        return ""
    return " ".join(str(value).split())
