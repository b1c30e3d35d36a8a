"""Files written anew by `fmt` and `check --fix`: every byte that is not meant to change stays."""

from __future__ import annotations

import codecs
import difflib
import errno
import os
import sys
from pathlib import Path

from blueprint.cli.speech import RefusedError
from blueprint.cli.writing import write_atomically
from blueprint.report.display import visible

_NO_BREAK = "\n\\ No newline at end of file\n"


def text_of(data: bytes) -> str | None:
    """Return the text of a file; None where it is not UTF-8 and could not be written back as it was."""
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return None


def mark_of_standard_input() -> bytes:
    """Return the byte-order mark with which standard input begins, without reading it."""
    buffer = getattr(sys.stdin, "buffer", None)
    head: bytes = buffer.peek(3)[:3] if buffer is not None and hasattr(buffer, "peek") else b""
    return head if head == codecs.BOM_UTF8 else b""


def put(path: Path, before: bytes, text: str) -> None:
    """Put a text in the place of a file's, keeping its byte-order mark, its permissions and links to it.

    Raises:
        OSError: it cannot be written.
        RefusedError: somebody else has written the file since it was read.
    """
    if path.read_bytes() != before:
        raise RefusedError(
            f"{path}: it was changed by somebody else meanwhile; nothing was written",
            f"{path}：文件刚刚被别处修改，未写入",
        )
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    write_atomically(path, mark + text.encode("utf-8"))


def difference(name: str, before: str, after: str) -> str:
    """Return a unified diff of two texts, as `patch` and `git apply` read it."""
    shown = name.replace(os.sep, "/")
    lines = difflib.unified_diff(
        _lines(before),
        _lines(after),
        shown if shown != "-" else "stdin",
        shown if shown != "-" else "stdin",
    )
    told = "".join(line if line.endswith("\n") else line + _NO_BREAK for line in lines)
    if sys.stdout is not None and sys.stdout.isatty():
        return "".join(visible(line) + "\n" for line in told.split("\n")[:-1])
    return told


def _lines(text: str) -> list[str]:
    """Split after each line feed, and there only: other breaks are characters of a line to a diff."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
