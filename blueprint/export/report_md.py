"""A report as Markdown: sentences, lists and tables; a picture is told in words.

Everything a document says is escaped, so that none of it becomes markup: what could begin anything stands
behind a backslash or is written as an entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from blueprint.export.svg import printable
from blueprint.scene.report import Block, Figures, Paragraph, Picture, Points, Report, Table

_ANYWHERE = re.compile(r"[\\`*_{}\[\]#|~$]")
_ADDRESS = re.compile(r":(?=[A-Za-z/])|(?<=[Ww]{3})\.")
"""What makes an address, or the short name of a picture, of a word."""
_FIRST = re.compile(r"^([-+](?=[-+\s]|$)|=|\d+(?=[.)](\s|$)))")
"""What makes a list or a heading of a line."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}


def export(report: Report) -> bytes:
    """Write a report as Markdown (CommonMark with tables) in UTF-8."""
    return ("\n".join(_lines(report)).rstrip("\n") + "\n").encode()


def plain(text: str) -> str:
    """Return a text so that Markdown shows it as it is, on one line."""
    folded = " ".join(printable(text).split())
    marked = _ADDRESS.sub(r"\\\g<0>", _ANYWHERE.sub(r"\\\g<0>", folded))
    marked = re.sub("[&<>@]", lambda found: _ENTITIES[found[0]], marked)
    return _FIRST.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], marked)


def _lines(report: Report) -> Iterator[str]:
    several = len(report.chapters) > 1
    yield f"# {plain(report.title)}"
    yield ""
    for chapter in report.chapters:
        if several:
            yield f"## {plain(chapter.title)}"
            yield ""
        if chapter.summary:
            yield plain(chapter.summary)
            yield ""
        if chapter.facts:
            yield plain(" · ".join(chapter.facts))
            yield ""
        for section in chapter.sections:
            yield f"{'###' if several else '##'} {plain(section.title)}"
            yield ""
            for block in section.blocks:
                yield from _block(block)
                yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield plain(block.text)
        case Points():
            for at, item in enumerate(block.items, 1):
                yield f"{f'{at}.' if block.numbered else '-'} {plain(item)}"
        case Figures():
            for figure in block.figures:
                note = f" ({plain(figure.note)})" if figure.note else ""
                yield f"- {plain(figure.label)}: **{plain(figure.value)}**{note}"
        case Table():
            yield from _table(block)
        case Picture():
            yield f"> {plain(block.caption)}"
            yield ">"
            yield f"> {plain(block.scene.description)}"
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    yield f"**{plain(table.caption)}**"
    yield ""
    yield f"| {' | '.join(map(plain, table.columns))} |"
    yield "|" + "|".join("---:" if at in table.numeric else "---" for at in range(len(table.columns))) + "|"
    for row in table.rows:
        yield f"| {' | '.join(map(plain, row))} |"
