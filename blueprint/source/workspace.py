"""The documents that belong together: finds files, reads them when they are needed, resolves ids."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint.diagnostic import Diagnostic, Message, Range
from blueprint.source.document import Document, read_document
from blueprint.source.faults import UNREADABLE_FILE
from blueprint.source.reading import MAX_BYTES, read_source
from blueprint.source.spans import SpanMap
from blueprint.source.text import Source

if TYPE_CHECKING:
    from blueprint.model.journey import Journey
    from blueprint.model.persona import Persona
    from blueprint.model.service import ServiceBlueprint

SUFFIXES = (".yaml", ".yml")
SKIPPED_FOLDERS = frozenset({"exports", "node_modules", "__pycache__", "venv"})
_HEAD_BYTES = 4096
_FIRST_KEY = re.compile(
    r"""(?:\ufeff)?(?:\s*\n|[ \t]*\#[^\n]*\n|%[^\n]*\n|---[^\n]*\n)*\s*\{?\s*
    (["']?)(journey|blueprint|persona|playbook|atlas)\1\s*:(?:[ \t]+(["']?)([^\s"'\#,}]*)\3|\s)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file's first key says: which document it seems to hold."""

    path: Path
    kind: str
    id: str


def read_document_bytes(name: str, data: bytes) -> Document:
    """Read a document from a file's bytes. Never raises: what is wrong with it becomes diagnostics."""
    source, found = read_source(name, data)
    if source is None:
        return Document(Source(name, ""), None, SpanMap(), tuple(found))
    document = read_document(source)
    if not found:
        return document
    from dataclasses import replace

    return replace(document, diagnostics=(*found, *document.diagnostics))


def read_file(path: Path, name: str | None = None) -> Document:
    """Read a document from a file. A file that cannot be read becomes a diagnostic about the file."""
    name = str(path) if name is None else name
    try:
        data = _bytes(path)
    except OSError as error:
        return _unreadable(name, _why(error))
    if isinstance(data, Message):
        return _unreadable(name, data)
    return read_document_bytes(name, data)


def _bytes(path: Path) -> bytes | Message:
    """Return a regular file's bytes, at most one more than the limit, or why it is no file to read."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return Message("this is a folder", "这是文件夹")
    if not stat.S_ISREG(mode):
        return Message("this is not a regular file", "这不是普通文件")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _why(error: OSError) -> Message:
    if isinstance(error, FileNotFoundError):
        return Message("there is no such file or folder", "找不到这个文件或文件夹")
    if isinstance(error, PermissionError):
        return Message("it may not be read", "没有读取权限")
    reason = error.strerror or type(error).__name__
    return Message(f"it cannot be read: {reason}", f"无法读取：{reason}")


def _unreadable(name: str, why: Message) -> Document:
    diagnostic = UNREADABLE_FILE.at(
        name, Range(0, 0), why, Message("check the path and its permissions", "请检查路径和权限")
    )
    return Document(Source(name, ""), None, SpanMap(), (diagnostic,))


class Workspace:
    """Documents to look at, and those beside them that they refer to.

    Args:
        paths: Files and folders to read. Folders are walked for YAML files whose first key is one of ours.
        root: The folder in which references are looked up; the folder of each file where it is None.
        exclude: Patterns of paths, relative to the root, that a walk leaves out.
    """

    def __init__(
        self, paths: Iterable[Path | str] = (), *, root: Path | None = None, exclude: Sequence[str] = ()
    ) -> None:
        self.root = root
        self.exclude = tuple(exclude)
        self._paths = [Path(path) for path in paths]
        self._read: dict[Path, Document] = {}
        self._added: list[Document] = []
        self._trouble: list[Diagnostic] = []

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Workspace:
        """Make a workspace of documents already read, with no files behind it."""
        workspace = cls()
        workspace._added = list(documents)
        return workspace

    def add(self, document: Document) -> None:
        """Add a document that is no file, such as standard input."""
        self._added.append(document)
        self.__dict__.pop("documents", None)
        self.__dict__.pop("_index", None)

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files to read: those named, in order, and those found in folders, sorted."""
        found: dict[Path, None] = {}
        for path in self._paths:
            for file in self._walk(path) if path.is_dir() else (path,):
                found.setdefault(file)
        return tuple(found)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents that were asked for, in order. Reading them happens here."""
        return (*self._added, *(self._document(path) for path in self.files))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What went wrong while looking for files."""
        _ = self.files
        return tuple(self._trouble)

    def _document(self, path: Path) -> Document:
        key = Path(os.path.abspath(path))
        if key not in self._read:
            self._read[key] = read_file(path)
        return self._read[key]

    def _walk(self, folder: Path) -> Iterator[Path]:
        """Yield the documents in a folder, sorted; links to folders are not followed, so there are no loops."""

        def trouble(error: OSError) -> None:
            name = str(error.filename or folder)
            self._trouble += _unreadable(name, _why(error)).diagnostics

        for at, folders, files in os.walk(folder, onerror=trouble):
            folders[:] = sorted(
                name for name in folders
                if not name.startswith(".") and name not in SKIPPED_FOLDERS and not self._excluded(Path(at, name))
            )  # fmt: skip
            for name in sorted(files):
                path = Path(at, name)
                if name.endswith(SUFFIXES) and not self._excluded(path) and heading(path) is not None:
                    yield path

    def _excluded(self, path: Path) -> bool:
        base = self.root or Path()
        written = os.path.relpath(path, base).replace(os.sep, "/")
        return any(
            fnmatchcase(written, pattern.rstrip("/")) or fnmatchcase(written, f"{pattern.rstrip('/')}/*")
            for pattern in self.exclude
        )

    @cached_property
    def _index(self) -> Mapping[tuple[str, str], list[Document]]:
        """The documents that were asked for, by kind and id."""
        index: dict[tuple[str, str], list[Document]] = {}
        for document in self.documents:
            if document.kind is not None and document.id:
                index.setdefault((document.kind.key, document.id), []).append(document)
        return index

    @cached_property
    def _headings(self) -> tuple[Heading, ...]:
        """What the files around the documents seem to hold, by their first lines."""
        if self.root is not None:
            folders = [self.root]
        else:
            folders = list(dict.fromkeys(path if path.is_dir() else path.parent for path in self._paths))
        quiet = Workspace(folders, root=self.root, exclude=self.exclude)
        found = (heading(path) for path in quiet.files)
        return tuple(head for head in found if head is not None)

    def find(self, kind: str, id: str) -> Document | None:
        """Return the document of a kind with an id, reading the file beside the others that holds it."""
        if found := self._index.get((kind, id)):
            return found[0]
        for head in self._headings:
            if (head.kind, head.id) == (kind, id):
                return self._document(head.path)
        return None

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return every id of a kind, sorted: what a reference may name."""
        here = {id for held, id in self._index if held == kind}
        inline = {p.id for p in self._inline_personas()} if kind == "persona" else set()
        return tuple(
            sorted(here | inline | {head.id for head in self._headings if head.kind == kind and head.id})
        )

    def duplicates(self) -> Iterator[tuple[str, str, tuple[Document, ...]]]:
        """Yield kind, id and documents wherever several documents of a kind share an id."""
        for (kind, id), documents in self._index.items():
            if len(documents) > 1:
                yield kind, id, tuple(documents)

    def journey(self, id: str) -> Journey | None:
        """Return the journey with an id; None where there is none that could be read."""
        from blueprint.model.journey import Journey

        document = self.find("journey", id)
        return document.model if document and isinstance(document.model, Journey) else None

    def persona(self, id: str) -> Persona | None:
        """Return the persona with an id: a document's, or one written inside a journey."""
        from blueprint.model.persona import Persona

        document = self.find("persona", id)
        if document is not None and isinstance(document.model, Persona):
            return document.model
        return next((persona for persona in self._inline_personas() if persona.id == id), None)

    def _inline_personas(self) -> Iterator[Persona]:
        from blueprint.model.journey import Journey

        for document in self.documents:
            if isinstance(document.model, Journey):
                yield from (persona for persona in document.model.persona if not isinstance(persona, str))

    def personas_of(self, journey: Journey) -> dict[str, Persona]:
        """Return the journey's personas by id, written inline or referred to, as far as they are known."""
        found: dict[str, Persona] = {}
        for named in journey.persona:
            persona = self.persona(named) if isinstance(named, str) else named
            if persona is not None:
                found.setdefault(persona.id, persona)
        return found

    def blueprints_of(self, journey_id: str) -> tuple[ServiceBlueprint, ...]:
        """Return the blueprints among the documents that deliver a journey, in order."""
        from blueprint.model.service import ServiceBlueprint

        return tuple(
            document.model
            for document in self.documents
            if isinstance(document.model, ServiceBlueprint) and document.model.journey == journey_id
        )


def heading(path: Path) -> Heading | None:
    """Return what a file's first key says; None where it is not one of ours or cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return None
    match = _FIRST_KEY.match(head.replace("\r\n", "\n"))
    return Heading(path, match[2], match[4] or "") if match else None
