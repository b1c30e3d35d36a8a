"""The documents that belong together: read when they are needed, found by their ids."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from blueprint.diagnostic import Diagnostic, Message, Range
from blueprint.source.faults import NO_DOCUMENT
from blueprint.source.files import digest_at, digest_of, read_file, unreadable, why_unreadable
from blueprint.source.folders import Heading, excluded, heading, is_closed, walk

if TYPE_CHECKING:
    from blueprint.model.journey import Journey
    from blueprint.model.persona import Persona
    from blueprint.model.playbook import Playbook
    from blueprint.model.service import ServiceBlueprint
    from blueprint.model.standards import Standards
    from blueprint.source.document import Document

    Model = Journey | ServiceBlueprint | Persona | Playbook

# Without a configuration nobody has said where the documents of a file's references are. They are
# looked for around the file, but not in a whole home folder.
_NEAR_DEPTH = 3
_NEAR_FILES = 5_000
_REMEMBERED = 64
"""A document of 15 KB takes half a megabyte once it is read."""


@dataclass
class Asked:
    """What was asked of a workspace while one document was checked: what its findings rest on."""

    files: dict[str, str] = field(default_factory=dict)
    """Absolute path → digest of what was read there; empty where nothing could be."""
    index: bool = False
    """Whether it mattered which documents there are."""


class Workspace:
    """Documents to look at, and those around them that they refer to.

    Nothing is read before it is asked for. What a reference names is found by the first lines of the
    files around, so that only the file it means is read.

    Args:
        paths: Files and folders to look at. Folders are walked for YAML files that begin as documents of
            ours do (`folders.heading`), and for those that may not be read; a file that is named is read
            whatever it holds.
        root: The project's folder: patterns are relative to it, and references are looked up in it.
            Where it is None, references are looked up around the paths.
        exclude: Patterns of files and folders that a walk leaves out, such as `drafts` or `old/*.yaml`.
        around: Folders in which references are looked up, instead of the root.
    """

    def __init__(
        self,
        paths: Iterable[Path | str] = (),
        *,
        root: Path | None = None,
        exclude: Sequence[str] = (),
        around: Iterable[Path] = (),
    ) -> None:
        self.root = root
        self.exclude = tuple(exclude)
        self._paths = tuple(Path(path) for path in paths)
        self._around = tuple(around)
        self._given: list[Document] = []
        self._read: dict[str, Document] = {}
        self._trouble: list[Diagnostic] = []
        self._heads: dict[str, Heading | None] = {}
        self._absolute: dict[Path, str] = {}
        self._asked: Asked | None = None

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Workspace:
        """Make a workspace of documents already read, with no files around them."""
        workspace = cls()
        for document in documents:
            workspace.add(document)
        return workspace

    def add(self, document: Document) -> None:
        """Add a document that is no file, such as standard input."""
        self._given.append(document)
        self._outdate()

    def replace(self, document: Document) -> None:
        """Take a document for what stands under its name, in the file or given, until it is forgotten."""
        name = document.source.name
        given = [known.source.name for known in self._given]
        if name in given:
            self._given[given.index(name)] = document
        else:
            self._read[os.path.abspath(name)] = document
        self._outdate()

    def forget(self, path: Path | str) -> None:
        """Read a file anew when it is asked for again."""
        self._read.pop(os.path.abspath(path), None)
        self._outdate()

    def absolute(self, path: Path) -> str:
        """Return the whole path of a file: it is asked for several times of each of many files."""
        found = self._absolute.get(path)
        if found is None:
            found = self._absolute[path] = os.path.abspath(path)
        return found

    def _outdate(self) -> None:
        for known in ("_claims", "_playbooks", "_standards", "_written", "fingerprint"):
            self.__dict__.pop(known, None)

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files to look at: those named, in their order, and those found in folders, sorted."""
        found: dict[Path, None] = {}
        for path in self._paths:
            if not os.path.isdir(path):
                found.setdefault(path)
                continue
            before, troubles = len(found), len(self._trouble)
            for file in walk(path, skip=self._skip, trouble=self._troubled):
                # What cannot be looked into may well be a journey: it is reported, not passed over.
                if self._heading(file) is not None or is_closed(file):
                    found.setdefault(file)
            if len(found) == before and len(self._trouble) == troubles:
                self._trouble.append(
                    NO_DOCUMENT.at(
                        str(path),
                        Range(0, 0),
                        Message(
                            "no journey, blueprint, persona or playbook is in this folder",
                            "此文件夹中没有旅程、服务蓝图、画像或手册",
                        ),
                        Message(
                            "a document's first key is `journey:`, `blueprint:`, `persona:` or `playbook:`",
                            "文档的第一个键应为 `journey:`、`blueprint:`、`persona:` 或 `playbook:`",
                        ),
                    )
                )
        return tuple(found)

    @property
    def documents_given(self) -> tuple[Document, ...]:
        """The documents that were added and are no files."""
        return tuple(self._given)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents to look at, in order. This reads them all."""
        return (*self._given, *(self.read(path) for path in self.files))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What went wrong while looking for files."""
        _ = self.files
        return tuple(self._trouble)

    def read(self, path: Path) -> Document:
        """Return a file's document. The last few hundred are remembered, so that any number can be read."""
        key = self.absolute(path)
        document = self._read.pop(key, None) or read_file(path)
        self._read[key] = document
        if len(self._read) > _REMEMBERED:
            del self._read[next(iter(self._read))]
        if self._asked is not None:
            self._asked.files[key] = document.digest
        return document

    @contextmanager
    def noting(self) -> Iterator[Asked]:
        """Take down what is asked from here on, so that an answer that rests on it can be remembered."""
        before, self._asked = self._asked, Asked()
        try:
            yield self._asked
        finally:
            self._asked = before

    def note_file(self, path: Path) -> None:
        """Take down that somebody else read a file."""
        if self._asked is not None:
            key = self.absolute(path)
            self._asked.files[key] = digest_at(key)

    def _note_index(self) -> None:
        if self._asked is not None:
            self._asked.index = True

    @cached_property
    def fingerprint(self) -> str:
        """A digest of which documents there are, where, and which of them are looked at."""
        heads = sorted((self.absolute(head.path), head.kind, head.id) for head in self._headings)
        return digest_of(repr((heads, sorted(self._claims.items()))).encode("utf-8", "surrogateescape"))

    def _heading(self, path: Path) -> Heading | None:
        key = self.absolute(path)
        if key not in self._heads:
            self._heads[key] = heading(path)
        document = self._read.get(key)
        if document is not None and document.kind is not None:
            return Heading(
                path, document.kind.key, document.id
            )  # What was read knows better than a glance.
        return self._heads[key]

    def _skip(self, path: Path) -> bool:
        return excluded(path, self.root or Path(), self.exclude)

    def _troubled(self, error: OSError) -> None:
        self._trouble += unreadable(str(error.filename), why_unreadable(error)).diagnostics

    @property
    def headings(self) -> tuple[Heading, ...]:
        """What the files to look at, and the files around them, hold by their first key."""
        self._note_index()
        return self._headings

    @cached_property
    def _headings(self) -> tuple[Heading, ...]:
        found: dict[str, Heading] = {}
        for path in (*self.files, *self._near()):
            head = self._heading(path)
            if head is not None:
                found.setdefault(self.absolute(path), head)
        return tuple(found.values())

    @cached_property
    def _by_id(self) -> Mapping[str, Sequence[Heading]]:
        found: dict[str, list[Heading]] = {}
        for head in self._headings:
            found.setdefault(head.id, []).append(head)
        return found

    def _near(self) -> Iterator[Path]:
        known = self._around or ((self.root,) if self.root else ())
        for folder in known:
            yield from walk(folder, skip=self._skip)
        if not known:
            folders = dict.fromkeys(path.parent for path in self._paths if not os.path.isdir(path))
            for folder in folders:
                yield from walk(folder, skip=self._skip, depth=_NEAR_DEPTH, most=_NEAR_FILES)

    def find(self, id: str, kind: str | None = None) -> Document | None:
        """Return the document with an id, of one kind or of any; of several, the first that can be read."""
        self._note_index()
        found: Document | None = None
        for document in self._given:
            if document.kind and document.id == id and kind in (None, document.kind.key):
                found = found or document
        for head in self._by_id.get(id, ()):
            if kind in (None, head.kind):
                document = self.read(head.path)
                if document.model is not None:
                    return document if found is None or found.model is None else found
                found = found or document
        return found

    def ids(self, kind: str | None = None) -> tuple[str, ...]:
        """Return every id that a reference may name, sorted."""
        self._note_index()
        return self._written.get(kind, ())

    @cached_property
    def _written(self) -> Mapping[str | None, tuple[str, ...]]:
        """Kind → its ids, sorted, and under None those of any kind: rules ask again for every file."""
        found: dict[str | None, set[str]] = {None: set()}
        given = ((d.kind.key, d.id) for d in self._given if d.kind)
        for kind, id in (*given, *((head.kind, head.id) for head in self._headings)):
            if id:
                found.setdefault(kind, set()).add(id)
                found[None].add(id)
        return {kind: tuple(sorted(ids)) for kind, ids in found.items()}

    @property
    def claims(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the files, among those to look at, that claim each document id."""
        self._note_index()
        return self._claims

    @cached_property
    def _claims(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for document in self._given:
            if document.id:
                found.setdefault(document.id, []).append(document.source.name)
        for path in self.files:
            head = self._heading(path)
            if head is not None and head.id:
                found.setdefault(head.id, []).append(str(path))
        return {id: tuple(names) for id, names in found.items()}

    def journey(self, id: str) -> Journey | None:
        """Return the journey with an id; None where there is none that could be read."""
        from blueprint.model.journey import Journey

        document = self.find(id, "journey")
        return document.model if document and isinstance(document.model, Journey) else None

    def persona(self, id: str) -> Persona | None:
        """Return the persona that a document describes; None where there is none that could be read."""
        from blueprint.model.persona import Persona

        document = self.find(id, "persona")
        return document.model if document and isinstance(document.model, Persona) else None

    def personas_of(self, journey: Journey) -> dict[str, Persona]:
        """Return a journey's personas by id, written inline or referred to, as far as they are known."""
        found: dict[str, Persona] = {}
        for named in journey.persona:
            persona = self.persona(named) if isinstance(named, str) else named
            if persona is not None:
                found.setdefault(persona.id, persona)
        return found

    def blueprints_of(self, journey_id: str) -> tuple[ServiceBlueprint, ...]:
        """Return the blueprints that deliver a journey, in the order of their files."""
        from blueprint.model.service import ServiceBlueprint

        documents = [*self._given, *(self.read(h.path) for h in self.headings if h.kind == "blueprint")]
        models = (document.model for document in documents)
        return tuple(m for m in models if isinstance(m, ServiceBlueprint) and m.journey == journey_id)

    @property
    def playbooks(self) -> tuple[Playbook, ...]:
        """The team's own playbooks, as far as they can be read, in the order of their files."""
        self._note_index()
        if self._asked is not None:
            for document in self._playbooks:
                self._asked.files[os.path.abspath(document.source.name)] = document.digest
        return tuple(cast("Playbook", document.model) for document in self._playbooks if document.model)

    @cached_property
    def _playbooks(self) -> tuple[Document, ...]:
        paths = [head.path for head in self._headings if head.kind == "playbook"]
        documents = [*self._given, *(self.read(path) for path in paths)]
        return tuple(d for d in documents if d.kind is not None and d.kind.key == "playbook")

    @property
    def standards(self) -> Standards:
        """The standards in force: the built-in ones, and over them what the team's playbooks say."""
        _ = self.playbooks
        return self._standards

    @cached_property
    def _standards(self) -> Standards:
        from blueprint.source.standards import standards_with

        return standards_with(self.playbooks)
