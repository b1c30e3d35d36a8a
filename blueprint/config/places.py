"""Where the keys and values of a TOML text stand; `tomllib` reads values and forgets their places.

Only texts that `tomllib` has accepted are looked at, so that nothing here needs to be checked twice.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and list indexes: ("ignores", 0, "rule")."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^,\]}\s#]+(?: \d\d:[^,\]}\s#]+)?")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\]|\\.)*"'),
    re.compile(r"'[^']*'"),
)


class Place(NamedTuple):
    """A key with its value, or a table's heading, in code points, half-open."""

    start: int
    end: int


def places_of(text: str) -> dict[Path, Place]:
    """Return the place of every key, list item and table of a valid TOML text."""
    return _Scan(text).run()


def line_of(text: str, offset: int) -> int:
    """Return the line, from 1, of an offset."""
    return text.count("\n", 0, offset) + 1


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, Place] = {}
        self.lengths: dict[Path, int] = {}
        """How many tables each list of tables has so far."""

    def run(self) -> dict[Path, Place]:
        table: Path = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.heading()
            else:
                self.pair(table)
            self.skip(_BLANK)
        return self.found

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def heading(self) -> Path:
        start = self.at
        many = self.text.startswith("[[", start)
        self.at += 2 if many else 1
        names = self.key()
        self.at += 2 if many else 1
        path: Path = ()
        for number, name in enumerate(names):
            path = (*path, name)
            if many and number == len(names) - 1:
                self.found.setdefault(path, Place(start, self.at))
                self.lengths[path] = self.lengths.get(path, 0) + 1
            if path in self.lengths:
                path = (*path, self.lengths[path] - 1)
            self.found.setdefault(path, Place(start, self.at))
        return path

    def key(self) -> list[str]:
        """Read a key, dotted or not."""
        names: list[str] = []
        while True:
            self.skip(_SPACE)
            if self.text[self.at : self.at + 1] in ('"', "'"):
                start = self.at
                self.string()
                names.append(_unquoted(self.text[start : self.at]))
            else:
                match = _BARE.match(self.text, self.at)
                if match is None:  # No TOML after all; go on rather than fail in an error's message.
                    self.at += 1
                    return names
                names.append(match[0])
                self.at = match.end()
            self.skip(_SPACE)
            if self.text[self.at : self.at + 1] != ".":
                return names
            self.at += 1

    def pair(self, table: Path) -> None:
        start = self.at
        path = table
        names = self.key()
        self.at += 1  # the equals sign
        self.skip(_SPACE)
        for name in names[:-1]:
            path = (*path, name)
            self.found.setdefault(path, Place(start, self.at))
        self.value((*path, *names[-1:]), start)

    def value(self, path: Path, start: int) -> None:
        opening = self.text[self.at : self.at + 1]
        if opening in ("[", "{"):
            self.at += 1
            number = 0
            self.skip(_BLANK)
            while self.at < len(self.text) and self.text[self.at] not in "]}":
                if opening == "{":
                    self.pair(path)
                else:
                    self.value((*path, number), self.at)
                number += 1
                self.skip(_BLANK)
                if self.text[self.at : self.at + 1] == ",":
                    self.at += 1
                self.skip(_BLANK)
            self.at += 1
        elif opening in ('"', "'"):
            self.string()
        else:
            before = self.at
            self.skip(_PLAIN)
            self.at = max(self.at, before + 1)
        self.found.setdefault(path, Place(start, min(self.at, len(self.text))))

    def string(self) -> None:
        for pattern in _STRINGS:
            if match := pattern.match(self.text, self.at):
                self.at = match.end()
                return
        self.at += 1


def _unquoted(written: str) -> str:
    """Return a quoted key as `tomllib` reads it."""
    if written.startswith("'"):
        return written[1:-1]
    if "\\" not in written:
        return written[1:-1]
    import tomllib

    return next(iter(tomllib.loads(f"{written} = 0")))
