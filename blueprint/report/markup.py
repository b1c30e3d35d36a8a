"""Text from files in Markdown: it is shown as it is and never becomes markup, a link or a mention."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\\`*_\[\]<>&|~$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What starts markup inside a line, and what makes a link of an address."""
_CALLS = re.compile(r"([@#](?=\w)|:(?=[\w+-]*[A-Za-z][\w+-]*:))")
"""Platforms look for @names, #numbers and :emoji: once more after Markdown has been read."""
_NOTHING = "&#8203;"
"""A space without width."""


def plain(text: str) -> str:
    """Return one line of text as Markdown that shows it unchanged inside a line or a table."""
    # Every second piece is a sign that would call somebody.
    pieces = _CALLS.split(" ".join(text.split()))
    return "".join(
        piece + _NOTHING if at % 2 else _MARKS.sub(r"\\\g<0>", piece) for at, piece in enumerate(pieces)
    )


def inline(text: str) -> str:
    """Return one line of text with what stands in backquotes as code, the rest as `plain`."""
    line = " ".join(text.split())
    pieces = line.split("`")
    if len(pieces) % 2 == 0 or not all(piece.strip() for piece in pieces[1::2]):
        return plain(line)
    return "".join(_code(piece) if at % 2 else _around(piece) for at, piece in enumerate(pieces))


def _around(piece: str) -> str:
    """Return what stands around code; `plain` drops the spaces at its ends."""
    if not piece.strip():
        return piece
    return " " * (piece[0] == " ") + plain(piece) + " " * (piece[-1] == " ")


def _code(piece: str) -> str:
    return "`" + piece.replace("|", r"\|") + "`"
