"""The page that shows a folder of pictures: one card per document, every format a link."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import quote

from blueprint.scene.theme import Theme


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view of one document, in the formats that were written."""

    label: str
    """What the link says, such as `Journey map (中文)`."""
    files: tuple[tuple[str, str], ...]
    """(format, file name relative to the page)."""
    preview: str | None
    """The file shown on the card, or None."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One document of the gallery."""

    id: str
    title: str
    summary: str
    kind: Literal["journey", "blueprint"]
    badge: str
    """as-is, to-be, or empty."""
    facts: tuple[str, ...]
    """Short figures, such as `peak-end +0.8`."""
    drawings: tuple[Drawing, ...]
    language: str


_STYLE = """
*{box-sizing:border-box}
body{margin:0;background:var(--panel);color:var(--ink);
 font:16px/1.5 "Blueprint Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
header,main,footer{max-width:1360px;margin:0 auto;padding:0 32px}
header{padding-top:48px;padding-bottom:8px}
h1{font-size:28px;line-height:1.2;margin:0 0 8px}
header p{margin:0;color:var(--ink-soft)}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));gap:24px;
 padding-top:32px;padding-bottom:48px}
article{background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden;
 display:flex;flex-direction:column}
.look{display:block;background:var(--paper);border-bottom:1px solid var(--line);height:232px;overflow:hidden}
.look img{display:block;width:100%;height:100%;object-fit:cover;object-position:left top}
.look:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.words{padding:20px 24px 24px;display:flex;flex-direction:column;gap:8px;flex:1}
h2{font-size:18px;line-height:1.35;margin:0}
.badge{font-size:12px;border:1px solid var(--ink-soft);border-radius:999px;padding:1px 8px;margin-left:8px;
 color:var(--ink-soft);font-weight:400;white-space:nowrap;vertical-align:2px}
.words p{margin:0;color:var(--ink-soft);font-size:14px}
.facts{color:var(--ink);font-size:14px;margin:0;padding:0;list-style:none;
 display:flex;flex-wrap:wrap;gap:2px 16px}
dl{margin:auto 0 0;padding-top:8px;font-size:14px;display:grid;grid-template-columns:auto 1fr;gap:2px 12px}
dt{color:var(--ink-soft)}dd{margin:0}
a{color:var(--accent)}dd a{margin-right:10px}
footer{padding-bottom:48px;color:var(--ink-soft);font-size:14px}
@media print{article{break-inside:avoid}}
"""


def _colors(theme: Theme) -> str:
    names = ("paper", "panel", "card", "line", "ink", "ink-soft", "accent")
    return ";".join(f"--{name}:{theme.colors[name]}" for name in names)


def _drawing(drawing: Drawing) -> str:
    links = " ".join(
        f'<a href="{escape(quote(file))}">{escape(form.upper())}</a>' for form, file in drawing.files
    )
    return f"<dt>{escape(drawing.label)}</dt><dd>{links}</dd>"


def _exhibit(exhibit: Exhibit) -> str:
    shown = next((d for d in exhibit.drawings if d.preview), None)
    look = ""
    if shown is not None and shown.preview is not None:
        target = next((f for form, f in shown.files if form == "html"), shown.preview)
        alt = escape(f"{exhibit.title}: {shown.label}")
        look = (
            f'<a class="look" href="{escape(quote(target))}">'
            f'<img loading="lazy" src="{escape(quote(shown.preview))}" alt="{alt}"></a>'
        )
    badge = f'<span class="badge">{escape(exhibit.badge)}</span>' if exhibit.badge else ""
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in exhibit.facts)
    return (
        f'<article lang="{escape(exhibit.language)}">{look}<div class="words">'
        f"<h2>{escape(exhibit.title)}{badge}</h2><p>{escape(exhibit.summary)}</p>"
        + (f'<ul class="facts">{facts}</ul>' if facts else "")
        + f"<dl>{''.join(map(_drawing, exhibit.drawings))}</dl></div></article>"
    )


def export(exhibits: tuple[Exhibit, ...], light: Theme, dark: Theme, *, title: str) -> bytes:
    """Return one HTML page for the pictures beside it; it loads nothing but those pictures."""
    journeys = sum(e.kind == "journey" for e in exhibits)
    blueprints = len(exhibits) - journeys
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " img-src 'self' file: data:; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>:root{{color-scheme:light dark;{_colors(light)}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{_colors(dark)}}}}}{_STYLE}</style></head>"
        f"<body><header><h1>{escape(title)}</h1>"
        f"<p>{journeys} journeys, {blueprints} service blueprints. Open a card to look closer;"
        " the PDF is what you print.</p></header>"
        f"<main>{''.join(map(_exhibit, exhibits))}</main>"
        "<footer>Made by <code>blueprint build</code> from the YAML files; edit those, not these.</footer>"
        "</body></html>\n"
    )
    return page.encode("utf-8", "replace")
