"""How one text is written: plain where nothing can be misread, in quotes otherwise, folded where long."""

from __future__ import annotations

import re
from functools import lru_cache

WIDTH = 120
"""Columns of a line, as many as a pull request shows; Chinese characters take two."""

# What YAML 1.1 or 1.2 takes for something else than text: other programs may read the same file.
_ANOTHER_TYPE = re.compile(
    r"""(?:[yYnN]|yes|no|true|false|on|off|null|~|=|<<|
    [-+]?[\d._,]+(?:e[-+]?\d+)?|0o?[0-7_]+|[-+]?0x[\da-f_]+|[-+]?0b[01_]+|[-+]?\.(?:inf|nan)|
    [-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|
    \d{4}-\d\d?-\d\d?(?:(?:t|\s+)[\d:.]+\s*(?:z|[-+][\d:]+)?)?)""",
    re.VERBOSE | re.IGNORECASE,
)
_UNSAFE_PLAIN = re.compile(
    r"""^[-?:,\[\]{}\#&*!|>'"%@`\s.]|:(?:\s|$)|\s\#|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]"""
)
_UNSAFE_IN_BRACKETS = re.compile(r"[,\[\]{}:#]")
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./%+-]*")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", '"': '\\"', "\\": "\\\\"}
# A line of a folded text: no blanks at its ends, none doubled, nothing that a reader might not show.
_FOLDABLE = re.compile(r"\S+(?: \S+)+")


def width(text: str) -> int:
    """Return the columns a text takes; CJK and emoji take two."""
    return len(text) if text.isascii() else _wide(text)


@lru_cache(maxsize=2048)
def _wide(text: str) -> int:
    from wcwidth import wcswidth

    columns: int = wcswidth(text)
    return columns if columns >= 0 else len(text)


def is_word(text: str) -> bool:
    """Whether a text is one plain word, such as an id: then quotes say nothing."""
    return _WORD.fullmatch(text) is not None and _ANOTHER_TYPE.fullmatch(text) is None


def can_be_plain(text: str, *, in_brackets: bool = False) -> bool:
    """Whether a text needs no quotes, whoever reads it."""
    return not (
        not text
        or _UNSAFE_PLAIN.search(text)
        or _ANOTHER_TYPE.fullmatch(text)
        or (in_brackets and _UNSAFE_IN_BRACKETS.search(text))
    )


def quoted(text: str) -> str:
    """Return a text in double quotes; in single ones where that spares escapes."""
    escapes = text.count('"') + text.count("\\")
    if escapes > text.count("'") and not _UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    if not escapes and not _UNPRINTABLE.search(text):
        return f'"{text}"'
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not _UNPRINTABLE.match(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def folded(text: str, columns: int) -> list[str] | None:
    """Break a text at its spaces into lines that YAML folds back into the very same text.

    Returns:
        The lines; None where the text has a line break or spaces that folding would lose, parts (such as
        Chinese, which is written without spaces) that are longer than a line, or a backslash: a regular
        expression is read in one piece.
    """
    if "\\" in text or not _FOLDABLE.fullmatch(text) or _UNPRINTABLE.search(text):
        return None
    lines: list[str] = []
    line, room = "", columns
    for word in text.split(" "):
        needed = width(word)
        if needed > columns:
            return None
        if not line:
            line, room = word, columns - needed
        elif needed + 1 <= room:
            line, room = f"{line} {word}", room - needed - 1
        else:
            lines.append(line)
            line, room = word, columns - needed
    return [*lines, line]


def verbatim(text: str) -> list[str] | None:
    """Return the lines of a `|` block for a text; None where such a block cannot hold it."""
    if not text.strip() or "\r" in text or _UNPRINTABLE.search(text.replace("\n", "").replace("\t", "")):
        return None
    return text.removesuffix("\n").split("\n")
