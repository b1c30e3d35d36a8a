"""A report as PDF: A4, set by Typst in our own font, charts as vectors, the poster on a page across.

What to say goes to Typst as data (JSON), never as source, so that nothing a document says is markup.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, assert_never

from blueprint.export.press import press_report
from blueprint.export.svg import markup, printable
from blueprint.export.typeface import missing
from blueprint.scene.report import Block, Chapter, Figures, Paragraph, Picture, Points, Report, Table
from blueprint.scene.text import measure
from blueprint.scene.text import missing as lacking
from blueprint.scene.theme import Theme
from blueprint.scene.themes import THEMES

_INKS = ("ink", "ink-faint", "ink-soft", "grid", "line", "accent", "positive", "negative", "panel")
_SIZE = 8.0
"""Of type in tables, pt."""
_SHORT = 64.0
"""Columns up to this width are never wrapped, pt."""


def export(report: Report) -> bytes:
    """Write a report as a PDF on white, without any date: the same bytes every time."""
    theme = THEMES["light"]
    pictures: list[str] = []
    chapters = [_chapter(chapter, theme, pictures) for chapter in report.chapters]
    data = {
        "title": printable(report.title),
        "language": report.language,
        "colors": {name: theme.colors[name] for name in _INKS},
        "chapters": chapters,
    }
    written = json.dumps(data, ensure_ascii=False)
    helped = bool(lacking(written)) or any(
        missing(block.scene)
        for chapter in report.chapters
        for section in chapter.sections
        for block in section.blocks
        if isinstance(block, Picture)
    )
    return press_report(_source(), written, pictures, system_fonts=helped)


def _chapter(chapter: Chapter, theme: Theme, pictures: list[str]) -> dict[str, Any]:
    return {
        "title": printable(chapter.title),
        "summary": printable(chapter.summary),
        "facts": printable(" · ".join(chapter.facts)),
        "sections": [
            {
                "title": printable(section.title),
                "apart": section.apart,
                "blocks": [_block(block, theme, pictures) for block in section.blocks],
            }
            for section in chapter.sections
        ],
    }


def _block(block: Block, theme: Theme, pictures: list[str]) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": printable(block.text), "quiet": block.quiet}
        case Points():
            return {
                "kind": "points",
                "items": [printable(it) for it in block.items],
                "numbered": block.numbered,
            }
        case Figures():
            return {
                "kind": "figures",
                "figures": [
                    {
                        "label": printable(it.label),
                        "value": printable(it.value),
                        "note": printable(it.note),
                        "tone": it.tone,
                    }
                    for it in block.figures
                ],
            }
        case Table():
            return {
                "kind": "table",
                "caption": printable(block.caption),
                "columns": [printable(name) for name in block.columns],
                "rows": [[printable(cell) for cell in row] for row in block.rows],
                "numeric": sorted(block.numeric),
                "widths": _widths(block),
            }
        case Picture():
            # The ground of a drawing is white here, so that no tinted box stands on the page.
            pictures.append(markup(block.scene, (theme.colors | {"paper": "#ffffff"}).__getitem__))
            return {
                "kind": "picture",
                "at": len(pictures) - 1,
                "caption": printable(block.caption),
                "told": printable(block.scene.description),
                "wide": block.wide,
                "ratio": block.scene.width / block.scene.height,
            }
        case _:
            assert_never(block)


def _widths(table: Table) -> list[dict[str, float]]:
    """Return how wide columns are: short ones as wide as they need, pt, the others by what they hold."""
    found = []
    for at, name in enumerate(table.columns):
        words = max((measure(word, _SIZE, "bold") for word in name.split()), default=0.0)
        cells = max((measure(row[at], _SIZE) for row in table.rows), default=0.0)
        needed = max(words, cells)
        if needed <= _SHORT and at:
            found.append({"points": round(needed + 11, 1)})
        else:
            found.append({"share": round(min(needed, 3 * _SHORT), 1)})
    return found


@lru_cache(maxsize=1)
def _source() -> str:
    return (Path(__file__).parent / "report.typ").read_text(encoding="utf-8")
