"""The page that shows a folder of pictures: every journey by its curve, every view and format a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from blueprint.export.svg import markup
from blueprint.export.typeface import font_faces
from blueprint.scene.page import Figure
from blueprint.scene.shapes import Scene
from blueprint.scene.theme import TOKENS, Theme

_LEGIBLE = 1400.0
"""Width of a part of a drawing whose headings can be read in a preview, px."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A view in one language."""

    language: str
    """Its name; empty where there is only one."""
    files: tuple[tuple[str, str], ...]
    """(format, file name relative to the page)."""

    def file(self, *forms: str) -> str | None:
        """Return the file in the first of these formats that there is."""
        found = dict(self.files)
        return next((found[form] for form in forms if form in found), None)


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view of a journey or of the service behind it."""

    label: str
    """What it is called, such as `Journey map`."""
    editions: tuple[Edition, ...]
    width: float = 0.0
    """Of the drawing, px; a wide one is shown larger and cut off, so that a corner of it can be read."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A journey with the service behind it, or a service alone."""

    id: str
    title: str
    summary: str
    badge: str
    """As-is, To-be, or empty."""
    figures: tuple[Figure, ...]
    drawings: tuple[Drawing, ...]
    language: str
    other_titles: tuple[tuple[str, str], ...] = ()
    """(language, title)."""
    cover: Scene | None = None
    """Its curve, drawn into the page so that it follows light and dark."""


@cache
def _style() -> str:
    return Path(__file__).with_name("gallery.css").read_text(encoding="utf-8")


def _colors(theme: Theme) -> str:
    return "".join(f"--{token}:{theme.colors[token]};" for token in TOKENS)


def _link(file: str, text: str) -> str:
    return f'<a href="{escape(quote(file))}">{escape(text)}</a>'


def _drawing(drawing: Drawing, exhibit: Exhibit) -> str:
    first = drawing.editions[0]
    preview = first.file("svg", "png")
    look = ""
    magnified = min(300.0, max(100.0, drawing.width / _LEGIBLE * 100))
    if preview is not None:
        target = first.file("html", "svg", "png") or preview
        alt = escape(f"{drawing.label}: {exhibit.title}")
        look = (
            f'<a class="look" href="{escape(quote(target))}">'
            f'<img loading="lazy" decoding="async" style="width:{magnified:.0f}%"'
            f' src="{escape(quote(preview))}" alt="{alt}"></a>'
        )
    lines = "".join(
        "<p>"
        + (f"<span>{escape(edition.language)}</span>" if edition.language else "")
        + " ".join(_link(file, form.upper()) for form, file in edition.files)
        + "</p>"
        for edition in drawing.editions
    )
    return f"<li>{look}<h3>{escape(drawing.label)}</h3>{lines}</li>"


def _exhibit(exhibit: Exhibit) -> Iterator[str]:
    target = next(
        (file for d in exhibit.drawings for e in d.editions if (file := e.file("html", "svg", "png"))), None
    )
    language = escape(exhibit.language)
    yield f'<article id="{escape(exhibit.id)}">'
    if exhibit.cover is not None:
        curve = markup(exhibit.cover, "var(--{})".format)
        opened = f'<a class="cover" href="{escape(quote(target))}">' if target else '<div class="cover">'
        yield f"{opened}{curve}{'</a>' if target else '</div>'}"
    title = escape(exhibit.title)
    named = f'<a href="{escape(quote(target))}">{title}</a>' if target else title
    plan = " plan" if exhibit.badge == "To-be" else ""
    badge = f'<span class="badge{plan}">{escape(exhibit.badge)}</span>' if exhibit.badge else ""
    yield f'<div class="words"><div><h2><span lang="{language}">{named}</span>{badge}</h2>'
    for spoken, other in exhibit.other_titles:
        yield f'<p class="other" lang="{escape(spoken)}">{escape(other)}</p>'
    if exhibit.summary:
        yield f'<p class="summary" lang="{language}">{escape(exhibit.summary)}</p>'
    yield "</div>"
    short = [figure for figure in exhibit.figures if len(figure.value) <= 16]
    if short:
        yield '<dl class="figures">'
        for figure in short:
            yield (
                f'<div class="{figure.tone}" title="{escape(figure.note)}"><dt>{escape(figure.label)}</dt>'
                f"<dd>{escape(figure.value)}</dd></div>"
            )
        yield "</dl>"
    for figure in exhibit.figures:
        if figure not in short:
            yield (
                f'<p class="pain">{escape(figure.label)}: '
                f"<b>{escape(figure.value)}</b> <span>{escape(figure.note)}</span></p>"
            )
    views = "".join(_drawing(drawing, exhibit) for drawing in exhibit.drawings)
    yield f'</div><ul class="views">{views}</ul></article>'


def export(exhibits: tuple[Exhibit, ...], light: Theme, dark: Theme, *, title: str) -> bytes:
    """Return one HTML page for the pictures beside it; it loads nothing but those pictures."""
    places = "".join(
        f'<li><a href="#{escape(quote(one.id))}" lang="{escape(one.language)}">{escape(one.title)}'
        f"{' (to-be)' if one.badge == 'To-be' else ''}</a></li>"
        for one in exhibits
    )
    entries = "\n".join("".join(_exhibit(one)) for one in exhibits)
    body = (
        f'<body><header class="top"><h1>{escape(title)}</h1>'
        "<p>What customers live through, as a curve: above the line it feels good, below it hurts."
        " The dots are the highest, the lowest and the usual last moment."
        " Press a curve to open its map.</p>"
        f'<nav aria-label="Journeys"><ul>{places}</ul></nav></header>\n'
        f"<main>{entries}</main>\n"
        "<footer>Made by <code>blueprint build</code> from the YAML files; edit those, not these.</footer>"
    )
    # The page reads the same everywhere, as the pictures do: it carries the letters it needs.
    letters = frozenset(body)
    fonts = font_faces({"regular": letters, "bold": letters})
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " font-src data:; img-src 'self' file: data:; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{fonts}:root{{color-scheme:light dark;{_colors(light)}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{_colors(dark)}}}}}{_style()}</style></head>{body}"
        "</body></html>\n"
    )
    return page.encode("utf-8", "replace")
