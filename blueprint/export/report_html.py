"""A report as one self-contained page: readable without script, printable on A4, charts in light and dark.

Nothing is fetched from anywhere, no script runs, and everything a document says is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import assert_never

from blueprint.export.html import colors
from blueprint.export.svg import escape, markup
from blueprint.export.typeface import characters, font_faces
from blueprint.scene.report import (
    Block,
    Chapter,
    Figures,
    Paragraph,
    Picture,
    Points,
    Report,
    Section,
    Table,
)
from blueprint.scene.shapes import Weight
from blueprint.scene.text import measure
from blueprint.scene.theme import Theme

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)

_SIZE = 14.0
"""Of type in tables, px."""
_SHORT = 112.0
"""Columns up to this width are never wrapped, px."""


def export(report: Report, theme: Theme) -> bytes:
    """Write a report as a page in UTF-8.

    Args:
        report: What to say.
        theme: The light theme follows the reader's choice of light or dark; any other is kept as it is.
    """
    follows = theme.name == "light"
    several = len(report.chapters) > 1
    body = "".join(
        (
            f"<header><h1>{escape(report.title)}</h1>\n",
            *_contents(report, several),
            "</header>\n<main>\n",
            *(_chapter(chapter, at, several, theme) for at, chapter in enumerate(report.chapters, 1)),
            "</main>\n",
        )
    )
    scheme = "light dark" if follows else "dark" if theme.dark else "light"
    style = _font(report, body) + colors(theme, follows) + _style()
    return (
        f'<!doctype html>\n<html lang="{escape(report.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="{scheme}">\n<title>{escape(report.title)}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    ).encode()


def _contents(report: Report, several: bool) -> Iterator[str]:
    yield f'<nav aria-label="{escape(report.contents)}"><ul>\n'
    for at, chapter in enumerate(report.chapters, 1):
        if several:
            yield f'<li><a href="#c{at}">{escape(chapter.title)}</a></li>\n'
        else:
            for order, section in enumerate(chapter.sections, 1):
                yield f'<li><a href="#c{at}-{order}">{escape(section.title)}</a></li>\n'
    yield "</ul></nav>\n"


def _chapter(chapter: Chapter, at: int, several: bool, theme: Theme) -> str:
    parts = [f'<article id="c{at}">\n']
    if several:
        parts.append(f"<h2>{escape(chapter.title)}</h2>\n")
    if chapter.summary:
        parts.append(f'<p class="lead">{escape(chapter.summary)}</p>\n')
    if chapter.facts:
        parts.append(f'<p class="quiet">{escape(" · ".join(chapter.facts))}</p>\n')
    level = "h3" if several else "h2"
    for order, section in enumerate(chapter.sections, 1):
        parts.extend(_section(section, f"c{at}-{order}", level, theme))
    return "".join((*parts, "</article>\n"))


def _section(section: Section, anchor: str, level: str, theme: Theme) -> Iterator[str]:
    apart = ' class="apart"' if section.apart else ""
    yield f'<section id="{anchor}"{apart}><{level}>{escape(section.title)}</{level}>\n'
    for block in section.blocks:
        yield from _block(block, theme)
    yield "</section>\n"


def _block(block: Block, theme: Theme) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"<p{' class=quiet' if block.quiet else ''}>{escape(block.text)}</p>\n"
        case Points():
            tag = "ol" if block.numbered else "ul"
            items = "".join(f"<li>{escape(item)}</li>\n" for item in block.items)
            yield f'<{tag} class="points">{items}</{tag}>\n'
        case Figures():
            yield '<ul class="figures">\n'
            for figure in block.figures:
                note = f"<span>{escape(figure.note)}</span>" if figure.note else ""
                yield (
                    f'<li class="{figure.tone}"><span>{escape(figure.label)}</span>'
                    f"<b>{escape(figure.value)}</b>{note}</li>\n"
                )
            yield "</ul>\n"
        case Table():
            yield from _table(block)
        case Picture():
            drawn = markup(block.scene, "var(--{})".format, patterns=theme.patterns)
            wide = ' class="wide" tabindex="0"' if block.wide else ""
            yield f"<figure{wide}>{drawn}\n<figcaption>{escape(block.caption)}</figcaption></figure>\n"
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    short = {
        at
        for at in range(len(table.columns))
        if max((measure(row[at], _SIZE) for row in table.rows), default=0.0) <= _SHORT
    }

    def kind(at: int) -> str:
        return ' class="n"' if at in table.numeric else ' class="s"' if at in short else ""

    heads = "".join(
        f'<th scope="col"{kind(at)}>{escape(name)}</th>' for at, name in enumerate(table.columns)
    )
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.caption)}"><table>'
    yield f"<caption>{escape(table.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for row in table.rows:
        first, *rest = row
        cells = "".join(f"<td{kind(at)}>{escape(cell)}</td>" for at, cell in enumerate(rest, 1))
        yield f'<tr><th scope="row"{kind(0)}>{escape(first)}</th>{cells}</tr>\n'
    yield "</tbody></table></div>\n"


def _font(report: Report, body: str) -> str:
    """Return the font with the characters of the page, in both weights, and those of the drawings."""
    page = frozenset(body) | frozenset("0123456789 %")
    used: dict[Weight, frozenset[str]] = {"regular": page, "bold": page}
    for chapter in report.chapters:
        for section in chapter.sections:
            for block in section.blocks:
                if isinstance(block, Picture):
                    for weight, letters in characters(block.scene).items():
                        used[weight] |= letters
    return font_faces(used)


@lru_cache(maxsize=1)
def _style() -> str:
    return (Path(__file__).parent / "report.css").read_text(encoding="utf-8").strip()
