"""Names for findings that stay the same while a file is edited around them.

A fingerprint is made of the rule, the document's id and where in the document the finding stands, as
`lint.anchor` tells it. The language of messages and the figures in them have no part in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from blueprint.diagnostic import Diagnostic, Range
from blueprint.lint.anchor import Place, anchored
from blueprint.source.text import Source

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
        sources: The texts by file name. They are read again only for findings that have no anchor.
    """
    return [identity.fingerprint for identity in identities(found, sources)]


def identities(found: Sequence[Diagnostic], sources: Mapping[str, Source]) -> list[Identity]:
    """Return what each finding is about, in their order; arguments as for `fingerprints`."""
    import hashlib

    known = _all_anchored(found, sources)
    seen: Counter[tuple[str, ...]] = Counter()
    made: dict[int, Identity] = {}
    for at in sorted(range(len(known)), key=lambda i: _order(known[i])):
        d = known[at]
        key = (d.code, d.element, *d.anchor)
        seen[key] += 1
        digest = hashlib.sha256("\x1f".join((*key, str(seen[key]))).encode(errors="surrogatepass"))
        document, *place = d.anchor
        if place[:1] == ["?"]:
            place = [d.element] if d.element else []
        made[at] = Identity(document, tuple(place), digest.hexdigest()[:_LENGTH])
    return [made[at] for at in range(len(known))]


def _order(d: Diagnostic) -> tuple[str, Range, str, str]:
    return d.file, d.span, d.code, d.message.en


def _all_anchored(found: Sequence[Diagnostic], sources: Mapping[str, Source]) -> list[Diagnostic]:
    """Return findings that all have anchors: those without are looked up in their files."""
    known = list(found)
    lacking: dict[str, list[int]] = {}
    for number, d in enumerate(found):
        if not d.anchor:
            lacking.setdefault(d.file, []).append(number)
    for file, numbers in lacking.items():
        source = sources.get(file)
        for number, d in zip(numbers, _read_again([found[n] for n in numbers], source), strict=True):
            known[number] = d
    return known


def _read_again(found: Sequence[Diagnostic], source: Source | None) -> Iterator[Diagnostic]:
    """Yield findings with their anchors: what is no value and no key, such as a comment, by its words."""
    document, placed = PurePath(found[0].file).as_posix(), tuple(found)
    if source is not None:
        from blueprint.source.kinds import kind_of
        from blueprint.source.tree import parse

        tree = parse(source)
        kind = kind_of(tree.data)
        if kind is not None:
            document = document_name(found[0].file, kind.key, kind.id_in(tree.data))
        placed = anchored(found, document, source, tree.spans.root)
    for d in placed:
        yield d if d.anchor else replace(d, anchor=(document, "?", _quoted(d, source)))


def _quoted(d: Diagnostic, source: Source | None) -> str:
    """Return the text under a finding without its layout."""
    text = source.text[d.span.start : d.span.end] if source else ""
    return " ".join(text.replace('"', "").replace("'", "").split())


def document_name(file: str, kind: str, id: str) -> str:
    """Return how a document is called: by kind and id, and by its file where it has none."""
    return f"{kind} {id}" if kind and id else PurePath(file).as_posix()
