"""Where to read on after a syntax error: the entry that is broken, as a stretch of whole lines.

YAML in block style is a list of entries told apart by indentation, so a broken entry can be left out
and the rest read as if it had never been there.
"""

from __future__ import annotations

import re

from blueprint.diagnostic import Range

_ID = re.compile(r"(?:^|[\s{,-])(?:id|stage):[ \t]*[\"']?([^\s\"',}#]+)")
_NO_BREAK = re.compile(r"[^\r\n]")


def entry(text: str, start: int, at: int, *, listed: bool) -> Range:
    """Return the lines of the entry that begins at `start`: a key with its value, or a list's item.

    Args:
        text: The text.
        start: Where the key or the item begins.
        at: Where it is broken; that line belongs to it however it is indented.
        listed: Whether it is an item. After a key, `- ` at the key's own indentation still belongs to it.
    """
    begin = _line_start(text, start)
    indent = _indent(text, begin)
    end = _line_end(text, max(start, at))
    while end < len(text):
        if not _blank(text, end):
            deeper = _indent(text, end) > indent
            dashed = text[end + indent : end + indent + 2] in ("- ", "-\n", "-")
            own = _indent(text, end) == indent and dashed and not listed and text[begin + indent] != "-"
            if not (deeper or own):
                break
        end = _line_end(text, end)
    return Range(begin, end)


def blanked(text: str, gap: Range) -> str:
    """Return the text with the gap's characters turned into spaces; every place keeps its offset."""
    return text[: gap.start] + spaces(text[gap.start : gap.end]) + text[gap.end :]


def spaces(text: str) -> str:
    """Return as many spaces, with the breaks of lines where they are."""
    return _NO_BREAK.sub(" ", text)


def ids_in(text: str, gap: Range) -> frozenset[str]:
    """Return the ids that seem to be written in a gap."""
    return frozenset(_ID.findall(text[gap.start : gap.end]))


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    end = re.compile(r"\r\n|\n|\r").search(text, at)
    return end.end() if end else len(text)


def _indent(text: str, line: int) -> int:
    at = line
    while at < len(text) and text[at] == " ":
        at += 1
    return at - line


def _blank(text: str, line: int) -> bool:
    """Whether a line holds nothing but space or a comment."""
    return text[line : _line_end(text, line)].lstrip()[:1] in ("", "#")
