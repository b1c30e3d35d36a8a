"""Text for terminals: what it looks like, how wide it is, and never a control character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

TAB = 4
"""Columns a tab is shown with."""


def visible(text: str) -> str:
    r"""Return text with everything that could steer a terminal written out: `\x1b`, `\u202e`.

    Tabs become spaces. Zero-width joiners stay, for they only join emoji.
    """
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\t":
        return " " * TAB
    if character in "\u200d\ufe0f" or character.isprintable():
        return character
    # Cc, Cf (direction marks too), Cs, Co, Cn, Zl, Zp; other spaces (Zs) are harmless.
    if unicodedata.category(character) == "Zs":
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


# Letters that are one column wide and characters that are two, whatever stands beside them.
_PLAIN = re.compile("[ -~À-ʯ‐-‧\u3001-\u3029\u3041-\u3096\u30a1-\u30fa一-龥！-｠]*")


def width(text: str) -> int:
    """Return the columns a visible text takes; CJK and emoji take two."""
    if text.isascii():
        return len(text)
    if _PLAIN.fullmatch(text):  # Most texts, without loading the tables for all others.
        return len(text) + sum(character > "\u3000" for character in text)
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill a text with spaces to a number of columns; a longer one is left as it is."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def clip(text: str, columns: int) -> str:
    """Cut a visible text to a number of columns, with an ellipsis where something was cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def fold(text: str, columns: int, *, indent: str = "") -> list[str]:
    """Break a text into lines of at most so many columns; Chinese may break between characters.

    A closing mark never begins a line. `indent` stands before every line but the first.
    """
    lines: list[str] = []
    line, room = "", columns
    for piece in _pieces(text):
        if line.strip() and width(line) + width(piece.rstrip()) > room:
            lines.append(line.rstrip())
            line, room = "", columns - width(indent)
            piece = piece.lstrip()
        line += piece
    lines.append(line.rstrip())
    return [lines[0], *(indent + line for line in lines[1:])]


_CLOSING = frozenset("，。、；：！？）》」』】”’…％,.;:!?)%]")


def _pieces(text: str) -> Iterable[str]:
    """Split where a line may break: after spaces, and around wide characters."""
    piece = ""
    for at, character in enumerate(text):
        piece += character
        after = text[at + 1 : at + 2]
        if not after or after in _CLOSING:
            continue
        if character == " " or width(character) == 2 or width(after) == 2:
            yield piece
            piece = ""
    if piece:
        yield piece
