"""How platforms know a file: by its place in the repository, with forward slashes, as a URI."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import NamedTuple


class Base(NamedTuple):
    """Where a run takes place."""

    here: PurePath
    """The folder that file names are relative to, absolute; empty where it does not matter."""
    root: PurePath
    """The repository's folder, absolute; empty where it does not matter."""
    web: str = ""
    """The address of the repository's files at this revision; empty where there is none."""


HERE = Base(PurePath(), PurePath())
"""File names are left as they are."""


def portable(file: str, base: Base = HERE) -> str:
    """Return a file's path from the repository's folder, with forward slashes.

    A file outside the repository, for which no platform has a name, keeps its absolute path.
    """
    path = _folded(base.here / file)
    try:
        return path.relative_to(base.root).as_posix() if base.root.parts else path.as_posix()
    except ValueError:
        return path.as_posix()


def uri(file: str, base: Base = HERE) -> str:
    """Return a file's place as a URI reference: relative to the repository where it is in there."""
    known = type(base.here)(portable(file, base))
    if known.is_absolute():
        return known.as_uri()
    return _quoted(known)


def web(file: str, line: int, base: Base) -> str:
    """Return the address of a line on the repository's site; empty where there is none."""
    known = type(base.here)(portable(file, base))
    if not base.web or known.is_absolute() or ".." in known.parts:
        return ""
    return f"{base.web}/{_quoted(known)}#L{line}"


def _quoted(path: PurePath) -> str:
    from urllib.parse import quote  # Most runs write no address.

    name = path.as_posix()
    try:
        return quote(os.fsencode(name))  # A name need not be UTF-8.
    except UnicodeEncodeError:
        return quote(name.encode("utf-8", "surrogatepass"))  # Nor UTF-16, elsewhere.


def _folded(path: PurePath) -> PurePath:
    """Take out `..` as far as names alone allow; links are not looked at."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != ".." and parts[-1] != path.anchor:
            parts.pop()
        elif part != ".." or not path.anchor:
            parts.append(part)
    return type(path)(*parts)
