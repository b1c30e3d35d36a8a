"""Which document of a new state is which of an old one: by id, then by path, then by what it says."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from blueprint.analysis.matching import assign
from blueprint.source.folders import heading
from blueprint.source.workspace import Workspace

ALIKE = 0.5
"""How many of their lines two documents of different ids must share to count as one that was renamed."""

_WORD = re.compile(rb"[a-z0-9][a-z0-9-]{0,63}")
_TABLE = re.compile(rb"[\w./-]+\.csv")
_ENOUGH = 4_000_000


@dataclass(frozen=True)
class File:
    """A file that holds a document."""

    path: Path
    shown: str
    """Its path as people know it."""
    kind: str
    id: str
    digest: str
    """Of its bytes and of those of the tables it names."""
    data: bytes = field(compare=False, repr=False)

    # Of most files nothing is asked: only of those that differ, or where something that differs is named.
    @cached_property
    def words(self) -> frozenset[bytes]:
        """Everything in it that could be an id."""
        return frozenset(_WORD.findall(self.data[:_ENOUGH]))

    @cached_property
    def lines(self) -> frozenset[bytes]:
        """Its lines without their indentation."""
        return frozenset(line.strip() for line in self.data[:_ENOUGH].splitlines() if line.strip())

    def names(self, ids: Iterable[bytes]) -> bool:
        """Whether one of these ids stands in it."""
        return any(id in self.data and id in self.words for id in ids)


class Pair(NamedTuple):
    """One document in two states; None where it is not there."""

    old: File | None
    new: File | None

    @property
    def same(self) -> bool:
        """Whether nothing in its file is different."""
        return self.old is not None and self.new is not None and self.old.digest == self.new.digest


def files_of(workspace: Workspace, base: Path | None = None) -> tuple[File, ...]:
    """Return the documents among the files to look at; paths are shown from `base`, or as given."""
    found = []
    for path in workspace.files:
        head = heading(path)
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        shown = os.path.relpath(path, base) if base is not None else str(path)
        found.append(
            File(
                path,
                shown.replace(os.sep, "/"),
                head.kind if head else "",
                head.id if head else "",
                _digest(path, data),
                data,
            )
        )
    return tuple(found)


def _digest(path: Path, data: bytes) -> str:
    made = hashlib.sha256(data)
    for name in sorted(set(_TABLE.findall(data))):
        try:
            made.update((path.parent / os.fsdecode(name)).read_bytes())
        except (OSError, ValueError):
            made.update(b"?")
    return made.hexdigest()


def pairs_of(old: Iterable[File], new: Iterable[File]) -> tuple[Pair, ...]:
    """Match the documents of two states one to one, in the order of their paths.

    Of what is left after ids and paths, documents of one kind that share at least half of their lines are
    the same one, renamed.
    """
    gone, come = {file.path: file for file in old}, {file.path: file for file in new}
    found: list[Pair] = []

    def settle(one: File, other: File) -> None:
        found.append(Pair(gone.pop(one.path), come.pop(other.path)))

    for key in (lambda file: (file.kind, file.id) if file.id else None, lambda file: file.shown):
        known: dict[object, File] = {}
        for file in come.values():
            known.setdefault(key(file), file)
        for file in [*gone.values()]:
            name = key(file)
            other = known.pop(name, None) if name is not None else None
            if other is not None:
                settle(file, other)
    rows, columns = list(gone.values()), list(come.values())
    if rows and columns and len(rows) * len(columns) <= 40_000:
        table = [[_likeness(one, other) for other in columns] for one in rows]
        for row, column in assign(table):
            settle(rows[row], columns[column])
    found += [Pair(file, None) for file in gone.values()]
    found += [Pair(None, file) for file in come.values()]
    return tuple(sorted(found, key=lambda pair: (pair.new or pair.old or _NOWHERE).shown))


_NOWHERE = File(Path(), "", "", "", "", b"")


def _likeness(one: File, other: File) -> float:
    if one.kind != other.kind:
        return 0.0
    both = len(one.lines & other.lines)
    share = 2 * both / (len(one.lines) + len(other.lines)) if both else 0.0
    return share if share >= ALIKE else 0.0


def to_compare(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pairs that differ, and those whose figures or findings rest on one that does.

    A changed playbook can change what is found anywhere; else a document is taken along where it and one
    that changed name one another.
    """
    pairs = tuple(pairs)
    changed = [pair for pair in pairs if not pair.same]
    sides = [file for pair in changed for file in pair if file is not None]
    if any(file.kind == "playbook" for file in sides):
        return pairs
    ids = {file.id.encode() for file in sides if file.id}
    named = frozenset().union(*(file.words for file in sides if file.kind == "blueprint"))
    return tuple(
        pair
        for pair in pairs
        if not pair.same or (pair.new is not None and (pair.new.names(ids) or _delivered(pair.new, named)))
    )


def _delivered(file: File, named: frozenset[bytes]) -> bool:
    return file.kind == "journey" and file.id.encode() in named
