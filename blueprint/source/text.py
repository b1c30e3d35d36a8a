"""The text of a file and the places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, repeat
from operator import add
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\r|\n")
_FEW = 12
"""So many places are found one by one before every line's start is."""


class Position(NamedTuple):
    """A place in a text, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A file's text with its byte-order mark removed."""

    name: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        # As YAML reads it: \r\n is one line break, a lone \r or \n one each.
        if "\r" not in self.text:  # Six times as fast, and nearly every text is so.
            return list(accumulate(map(add, map(len, self.text.split("\n")[:-1]), repeat(1)), initial=0))
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    @cached_property
    def _asked(self) -> dict[int, tuple[int, int]]:
        return {}

    def _line_around(self, offset: int) -> tuple[int, int]:
        """Return the number of a line, from 0, and where it starts."""
        if "_starts" in self.__dict__ or "\r" in self.text:
            line = bisect_right(self._starts, offset) - 1
            return line, self._starts[line]
        # Most texts are asked for few places: counting up to them costs less than finding every line.
        found = self._asked.get(offset)
        if found is None:
            if len(self._asked) >= _FEW:
                _ = self._starts
                return self._line_around(offset)
            found = self.text.count("\n", 0, offset), self.text.rfind("\n", 0, offset) + 1
            self._asked[offset] = found
        return found

    def position(self, offset: int, *, utf16: bool = False) -> Position:
        """Return line and column, from 1, of an offset in code points.

        Columns count code points, or UTF-16 units where `utf16` (SARIF, editors) is asked for.
        """
        offset = max(0, min(offset, len(self.text)))
        line, start = self._line_around(offset)
        if not utf16:
            return Position(line + 1, offset - start + 1)
        return Position(line + 1, len(self.text[start:offset].encode("utf-16-le")) // 2 + 1)

    def line_around(self, offset: int) -> tuple[int, int, str]:
        """Return the number of the line an offset lies in, how far in, and the line without its break."""
        offset = max(0, min(offset, len(self.text)))
        number, start = self._line_around(offset)
        match = _BREAK.search(self.text, start)
        return number + 1, offset - start, self.text[start : match.start() if match else len(self.text)]

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line break; empty past the end."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
