"""Files → documents: what is read from a path, and why nothing can be."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint.diagnostic import Message, Range
from blueprint.source.faults import UNREADABLE_FILE
from blueprint.source.reading import MAX_BYTES, read_source
from blueprint.source.spans import SpanMap
from blueprint.source.text import Source

if TYPE_CHECKING:
    from blueprint.source.document import Document


_MORE = 65_536
"""So many bytes at a time are read of what grows, or has no size: a pipe."""


def digest_of(data: bytes) -> str:
    """Return a digest of a file's bytes, for telling whether it has changed."""
    return blake2b(data, digest_size=16).hexdigest()


def digest_at(path: str) -> str:
    """Return the digest of what is in a file now; empty where it cannot be read."""
    try:
        return digest_of(read_data(path))
    except (OSError, ValueError):
        return ""


def read_bytes(name: str, data: bytes) -> Document:
    """Read a document from a file's bytes. Never raises: what is wrong with it becomes diagnostics."""
    # Models are loaded with the first document that is read: a run that remembers everything reads none.
    from blueprint.source.document import Document, read_document

    source, found = read_source(name, data)
    if source is None:
        return Document(Source(name, ""), None, SpanMap(), tuple(found))
    document = read_document(source)
    return replace(document, diagnostics=(*found, *document.diagnostics), digest=digest_of(data))


def read_file(path: Path) -> Document:
    """Read a document from a file. A file that cannot be read becomes a diagnostic about the file."""
    name = str(path)
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            return unreadable(name, Message("this is a folder, not a file", "这是文件夹，不是文件"))
        if not stat.S_ISREG(mode):
            return unreadable(
                name,
                Message("this is a pipe or a device, not a regular file", "这是管道或设备，不是普通文件"),
            )
        data = read_data(path)
    except (OSError, ValueError) as error:
        return unreadable(name, why_unreadable(error))
    return read_bytes(name, data)


def read_data(path: Path | str) -> bytes:
    """Return the bytes of a file, and of one that is too large so many that it shows.

    Raises:
        OSError: it cannot be read.
        ValueError: the path cannot be one.
    """
    with open(path, "rb", buffering=0) as file:
        # To ask at once for as much as is allowed would make room for as much, for each file.
        data = file.read(min(os.fstat(file.fileno()).st_size, MAX_BYTES) + 1)
        while len(data) <= MAX_BYTES and (more := file.read(min(_MORE, MAX_BYTES + 1 - len(data)))):
            data += more
    return data


def why_unreadable(error: OSError | ValueError) -> Message:
    """Say why a file or folder cannot be read."""
    if isinstance(error, FileNotFoundError):
        return Message("there is no such file or folder", "找不到这个文件或文件夹")
    if isinstance(error, PermissionError):
        return Message("you have no permission to read it", "没有读取权限")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Message(f"it cannot be read: {reason}", f"无法读取：{reason}")


def unreadable(name: str, why: Message) -> Document:
    """Return the empty document of a file that cannot be read, with the diagnostic that says so."""
    from blueprint.source.document import Document

    advice = Message("check the path and its permissions", "请检查路径和权限")
    found = UNREADABLE_FILE.at(name, Range(0, 0), why, advice)
    return Document(Source(name, ""), None, SpanMap(), (found,))
