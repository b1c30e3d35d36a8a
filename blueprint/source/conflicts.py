"""Merge conflicts that were left in a text: told as what they are, and read as our side has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from blueprint.diagnostic import Diagnostic, Message, Range
from blueprint.source import gaps
from blueprint.source.faults import SYNTAX_ERROR
from blueprint.source.text import Source

# As git and others write them: seven signs at the beginning of a line, then nothing or a name.
_MARK = re.compile(r"(?<![^\r\n])(<{7}|\|{7}|={7}|>{7})(?:[ \t][^\r\n]*)?(?![^\r\n])")
_SHOWN = 20

_BOTH = Message(
    "a merge conflict is left here: both sides stand in the lines up to {line}",
    "此处留有未解决的合并冲突：到第 {line} 行为止，两边的内容都在",
)
_CHOOSE = Message(
    "keep what is meant of the two, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
    "请保留两边中需要的内容，并删除以 <<<<<<<、======= 和 >>>>>>> 开头的行",
)
_STRAY = Message("a line of a merge conflict is left here", "此处留有合并冲突的标记行")
_DELETE = Message(
    "delete it, once what stands around it is what is meant", "确认前后内容无误后，请删除这一行"
)


class Settled(NamedTuple):
    """A text in which every conflict is settled in favour of one side."""

    text: str
    """Marks and the other side are turned into spaces; every place keeps its offset."""
    diagnostics: tuple[Diagnostic, ...] = ()
    lost_ids: frozenset[str] = frozenset()
    """The ids that seem to stand on the other side."""


class _Conflict(NamedTuple):
    opened: Range
    """Its first mark."""
    other: Range
    """From the end of our side to the end of the last mark; empty for a mark without its companions."""


def settle(source: Source) -> Settled:
    """Read a text as the side of the branch that was merged into; where there is no conflict, as it is."""
    text = source.text
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return Settled(text)
    found = list(_conflicts(text))
    pieces, ids, at = [], set[str](), 0
    for opened, other in found:
        for gap in (opened, other):
            pieces += [text[at : gap.start], gaps.spaces(text[gap.start : gap.end])]
            at = gap.end
        ids |= gaps.ids_in(text, other)
    told = tuple(_told(source, conflict) for conflict in found[:_SHOWN])
    return Settled("".join([*pieces, text[at:]]), told, frozenset(ids))


def _conflicts(text: str) -> Iterator[_Conflict]:
    """Yield conflicts in order; what is between the first mark and the next is our side."""
    marks: list[re.Match[str]] = []
    for mark in _MARK.finditer(text):
        sign = mark[1][0]
        if sign == "<":
            yield from map(_stray, marks)
            marks = [mark]
        elif not marks:
            if sign == ">":
                yield _stray(mark)
        elif sign != ">":
            marks.append(mark)
        elif any(other[1][0] == "=" for other in marks):
            yield _Conflict(Range(*marks[0].span()), Range(marks[1].start(), mark.end()))
            marks = []
        else:
            yield from map(_stray, [*marks, mark])
            marks = []
    yield from map(_stray, marks)


def _stray(mark: re.Match[str]) -> _Conflict:
    return _Conflict(Range(*mark.span()), Range(mark.end(), mark.end()))


def _told(source: Source, conflict: _Conflict) -> Diagnostic:
    opened, other = conflict
    if other.start == other.end:
        return SYNTAX_ERROR.at(source.name, opened, _STRAY, _DELETE)
    line = str(source.position(other.end).line)
    message = Message(*(words.replace("{line}", line) for words in _BOTH))
    return SYNTAX_ERROR.at(source.name, opened, message, _CHOOSE)
