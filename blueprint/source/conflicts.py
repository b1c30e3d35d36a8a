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
    inner: bool = False
    """Whether it stands in our side of another one, which tells of both."""


def settle(source: Source) -> Settled:
    """Read a text as the side of the branch that was merged into; where there is no conflict, as it is."""
    text = source.text
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return Settled(text)
    found = sorted(_conflicts(text))
    pieces, at = [], 0
    for gap in sorted(gap for conflict in found for gap in (conflict.opened, conflict.other)):
        pieces += [text[at : gap.start], gaps.spaces(text[gap.start : gap.end])]
        at = gap.end
    ids = {name for conflict in found for name in gaps.ids_in(text, conflict.other)}
    outermost = [conflict for conflict in found if not conflict.inner]
    told = tuple(_told(source, conflict) for conflict in outermost[:_SHOWN])
    return Settled("".join([*pieces, text[at:]]), told, frozenset(ids))


def _conflicts(text: str) -> Iterator[_Conflict]:
    """Yield conflicts; what is between the first mark and the next is our side.

    A merge of merges leaves conflicts inside conflicts. Of these only those in our side of the outer one
    count by themselves; what stands in the other side goes with it.
    """
    open_: list[list[re.Match[str]]] = []
    closed: list[_Conflict] = []
    for mark in _MARK.finditer(text):
        sign = mark[1][0]
        if sign == "<":
            open_.append([mark])
        elif not open_:
            if sign == ">":
                closed.append(_stray(mark))
        elif sign != ">":
            open_[-1].append(mark)
        elif any(other[1][0] == "=" for other in open_[-1]):
            marks = open_.pop()
            opened, other = Range(*marks[0].span()), Range(marks[1].start(), mark.end())
            inside = [it for it in closed if opened.start < it.opened.start < other.start]
            closed = [it for it in closed if it.opened.start < opened.start]
            closed += [*(it._replace(inner=True) for it in inside), _Conflict(opened, other)]
        else:
            closed += map(_stray, [*open_.pop(), mark])
    yield from closed
    yield from (_stray(mark) for marks in open_ for mark in marks)


def _stray(mark: re.Match[str]) -> _Conflict:
    return _Conflict(Range(*mark.span()), Range(mark.end(), mark.end()))


def _told(source: Source, conflict: _Conflict) -> Diagnostic:
    opened, other = conflict.opened, conflict.other
    if other.start == other.end:
        return SYNTAX_ERROR.at(source.name, opened, _STRAY, _DELETE)
    line = str(source.position(other.end).line)
    message = Message(*(words.replace("{line}", line) for words in _BOTH))
    return SYNTAX_ERROR.at(source.name, opened, message, _CHOOSE)
