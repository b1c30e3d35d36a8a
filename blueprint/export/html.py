"""A drawing as one self-contained page: pan and zoom, details on a press, findings and figures beside it.

The page asks for nothing from anywhere: script, style and font are in it, and its content security policy
forbids the rest. Everything a document says is escaped; the details are plain markup that the script only
shows and hides, so that the page can be read and printed without any script.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from blueprint.export.exporter import Exporter, Order
from blueprint.export.page import Words, words
from blueprint.export.svg import escape, markup
from blueprint.export.typeface import characters, font_faces
from blueprint.scene.page import Detail, Figure, FindingLine
from blueprint.scene.shapes import Scene
from blueprint.scene.theme import TOKENS, Theme
from blueprint.scene.themes import THEMES

_FOLDER = Path(__file__).parent
_SIGNS = {
    "in": "M12 5v14M5 12h14",
    "out": "M5 12h14",
    "fit": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    "theme": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 3v18M12 7.500h4.500M12 12h9M12 16.500h4.500",
    "close": "M6 6l12 12M18 6L6 18",
}


def export(
    scene: Scene,
    theme: Theme,
    *,
    details: Sequence[Detail] = (),
    findings: Sequence[FindingLine] = (),
    figures: Sequence[Figure] = (),
    language: str = "en",
) -> bytes:
    """Write a page in UTF-8 with everything in it.

    Args:
        scene: What to draw.
        theme: The light theme follows the reader's choice of light or dark; any other is kept as it is.
        details: What to show when a part of the drawing is pressed.
        findings: What the check found, worst first.
        figures: The numbers that matter.
        language: Of the controls: English or Chinese.
    """
    say = words(language)
    follows = theme.name == "light"
    live = frozenset((detail.kind, detail.id) for detail in details)
    body = "".join(
        (
            f'<a class="skip" href="#panel">{say.skip}</a>\n',
            f'<main aria-label="{say.drawing}">\n<div class="stage" tabindex="0" role="region"'
            f' aria-label="{escape(scene.title)}" aria-describedby="hint"><div class="sheet">\n',
            markup(scene, "var(--{})".format, patterns=theme.patterns, live=live),
            f'\n</div></div>\n<p class="unseen" id="hint">{say.hint}</p>\n{_tools(say, follows)}</main>\n',
            f'<aside id="panel" tabindex="-1" aria-label="{say.figures} · {say.findings}">\n',
            f"<h1>{escape(scene.title)}</h1>\n",
            *_details(details, say),
            *_figures(figures, say),
            *_findings(findings, say, live),
            f'<p class="quiet keys">{say.keys}</p>\n</aside>\n',
        )
    )
    script = _asset("page.js")
    style = _font(scene, body) + colors(theme, follows) + _asset("page.css")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    page = (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="{_scheme(theme, follows)}">\n'
        f"<title>{escape(scene.title)}</title>\n"
        f'<meta name="description" content="{escape(scene.description)}">\n'
        f"<style>{style}</style>\n</head>\n<body>\n{body}<script>{script}</script>\n</body>\n</html>\n"
    )
    return page.encode()


def _tools(say: Words, follows: bool) -> str:
    buttons = [("out", say.zoom_out), ("in", say.zoom_in), ("fit", say.fit)]
    if follows:
        buttons.append(("theme", say.theme))
    parts = [
        f'<button type="button" data-act="{act}" title="{name}" aria-label="{name}">{_sign(act)}</button>'
        for act, name in buttons
    ]
    parts.insert(1, "<output></output>")
    return f'<div class="tools" role="toolbar" aria-label="{say.drawing}">{"".join(parts)}</div>\n'


def _sign(name: str) -> str:
    return f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{_SIGNS[name]}"/></svg>'


def _details(details: Sequence[Detail], say: Words) -> Iterator[str]:
    if not details:
        return
    yield f'<section id="details" aria-live="polite"><h2>{say.details}</h2>\n'
    yield f'<p class="quiet" id="none-chosen">{say.nothing_chosen}</p>\n'
    for detail in details:
        yield (
            f'<article class="detail" data-kind="{escape(detail.kind)}" data-for="{escape(detail.id)}">'
            f'<h3 tabindex="-1">{escape(detail.title)}</h3>'
            f'<button type="button" class="close" title="{say.close}" aria-label="{say.close}">'
            f"{_sign('close')}</button>"
        )
        if detail.subtitle:
            yield f"<p>{escape(detail.subtitle)}</p>"
        if detail.rows:
            yield "<dl>"
            for row in detail.rows:
                yield f"<dt>{escape(row.label)}</dt>" + "".join(
                    f"<dd>{escape(line)}</dd>" for line in row.lines
                )
            yield "</dl>"
        yield "</article>\n"
    yield "</section>\n"


def _figures(figures: Sequence[Figure], say: Words) -> Iterator[str]:
    if not figures:
        return
    yield f'<section><h2>{say.figures}</h2><ul class="figures">\n'
    for figure in figures:
        note = f"<span>{escape(figure.note)}</span>" if figure.note else ""
        room = " wide" if len(figure.value) > 14 else ""
        yield (
            f'<li class="{figure.tone}{room}"><span>{escape(figure.label)}</span>'
            f"<b>{escape(figure.value)}</b>{note}</li>\n"
        )
    yield "</ul></section>\n"


def _findings(
    findings: Sequence[FindingLine], say: Words, live: frozenset[tuple[str, str]]
) -> Iterator[str]:
    count = f" · {len(findings)}" if findings else ""
    yield f"<section><h2>{say.findings}{count}</h2>"
    if not findings:
        yield f'<p class="quiet">{say.no_findings}</p></section>\n'
        return
    yield "<ul>\n"
    for finding in findings:
        yield (
            f'<li class="finding {finding.severity}"><p class="head">'
            f"<b>{say.severities[finding.severity]} {escape(finding.code)}</b>"
            f"<span>{escape(finding.place)}</span></p><p>{escape(finding.message)}</p>"
        )
        if finding.help:
            yield f'<p class="help">{escape(finding.help)}</p>'
        if finding.target and finding.target in live:
            kind, name = map(escape, finding.target)
            yield f'<button type="button" data-kind="{kind}" data-for="{name}">{say.show}</button>'
        yield "</li>\n"
    yield "</ul></section>\n"


def colors(theme: Theme, follows: bool) -> str:
    """Return the tokens as custom properties: of one theme, or of light and dark as the reader prefers."""
    if not follows:
        return f":root{{{_properties(theme)}}}\n" + _on_paper(theme)
    light, dark = _properties(theme), _properties(THEMES["dark"])
    return (
        f":root{{{light}}}\n"
        f"@media (prefers-color-scheme: dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n" + _on_paper(theme)
    )


def _on_paper(theme: Theme) -> str:
    """Return colours for printing: no dark page uses up a cartridge."""
    paper = THEMES["light"] if theme.dark else theme
    return f"@media print{{:root:root:root{{{_properties(paper)}--paper:#fff;--panel:#fff;}}}}\n"


def _properties(theme: Theme) -> str:
    scheme = "dark" if theme.dark else "light"
    return f"color-scheme:{scheme};" + "".join(f"--{token}:{theme.colors[token]};" for token in TOKENS)


def _scheme(theme: Theme, follows: bool) -> str:
    return "light dark" if follows else "dark" if theme.dark else "light"


def _font(scene: Scene, body: str) -> str:
    """Return the font with the characters of the drawing, and in regular and bold those of the panel."""
    used = characters(scene)
    panel = frozenset(body[body.index("<aside") :]) | frozenset("0123456789 %")
    return font_faces({weight: letters | panel for weight, letters in used.items()})


@lru_cache(maxsize=2)
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8").strip()


def _run(order: Order) -> bytes:
    return export(order.scene, order.theme, language=order.scene.language)


EXPORTER = Exporter(_run)
