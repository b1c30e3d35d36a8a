"""A scene as SVG: one file that every browser, editor and printer draws alike.

The markup keeps to what all of them understand: presentation attributes instead of style sheets, arrow
heads and rounded corners as paths, text as measured lines. Whatever a document says arrives as text: markup
characters are escaped and characters that XML forbids are left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import assert_never
from unicodedata import bidirectional, normalize

from blueprint.export.exporter import Exporter, Order
from blueprint.export.outlines import outline
from blueprint.export.typeface import characters, font_faces, font_stack
from blueprint.scene.icons import GRID, ICONS, STROKE
from blueprint.scene.shapes import (
    Ellipse,
    Group,
    Icon,
    Link,
    Paint,
    Path,
    Rect,
    Scene,
    Segment,
    Shape,
    Text,
)
from blueprint.scene.text import line_height, measure, missing
from blueprint.scene.theme import Theme

SLANT = 0.2
"""How far slanted text leans: it is sheared, for the font has no italics and Chinese has none anywhere."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile('[&<>"]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_TILES = {
    "dots": '<circle cx="2" cy="2" r=".9" fill="{0}" fill-opacity=".4"/>',
    "lines": '<path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="{0}" stroke-width=".8" stroke-opacity=".4"/>',
    "cross": '<path d="M0 0L8 8M0 8L8 0" stroke="{0}" stroke-width=".7" stroke-opacity=".3"/>',
}
_BARE_ATTRIBUTE = re.compile(r"[^a-z0-9]+")


def export(scene: Scene, theme: Theme, *, embed_font: bool = False) -> bytes:
    """Write a scene in the colours of a theme.

    Args:
        scene: What to draw.
        theme: Gives each token its colour, and says whether patterns show.
        embed_font: Carry the characters used as a WOFF2 font; without it the reader's machine draws the
            text with what it has of `typeface.FALLBACKS`.

    Returns:
        A whole SVG file in UTF-8, the same bytes for the same scene and theme.
    """
    faces = font_faces(characters(scene)) if embed_font else ""
    body = markup(scene, theme.colors.__getitem__, patterns=theme.patterns, style=faces)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def markup(
    scene: Scene,
    color: Callable[[str], str],
    *,
    patterns: bool = False,
    style: str = "",
    live: frozenset[tuple[str, str]] | None = None,
) -> str:
    """Return the `<svg>` element of a scene.

    Args:
        scene: What to draw.
        color: A token's colour as CSS writes it.
        patterns: Whether shapes with a pattern show it.
        style: A style sheet to carry; not escaped, so never from a document.
        live: For a page that reacts: the facts (pairs of `Group.data`) that can be focused and pressed.
    """
    return _Writer(scene, color, patterns=patterns, live=live).write(style)


def escape(text: str) -> str:
    """Return a text so that XML and HTML show it as it is, in elements and in quoted attributes."""
    text = printable(text)
    return _MARKUP.sub(lambda match: _ENTITIES[match[0]], text) if _MARKUP.search(text) else text


def printable(text: str) -> str:
    """Return a text without the control characters and lone surrogates that XML forbids."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


@lru_cache(maxsize=65536)
def number(value: float) -> str:
    """Return a number with at most two decimals, as short as it goes."""
    if value == (whole := round(value)):
        return str(whole)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@lru_cache(maxsize=4096)
def path_data(segments: tuple[Segment, ...]) -> str:
    """Return the `d` of a path."""
    return "".join(
        segment.op + " ".join(f"{number(point.x)} {number(point.y)}" for point in segment.points)
        for segment in segments
    )


@dataclass(slots=True)
class _Writer:
    scene: Scene
    color: Callable[[str], str]
    patterns: bool
    live: frozenset[tuple[str, str]] | None
    parts: list[str] = field(default_factory=list)
    tiles: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    pressed: set[tuple[str, str]] = field(default_factory=set)

    def write(self, style: str) -> str:
        scene = self.scene
        self.draw(scene.root)
        width, height = (number(math.ceil(side)) for side in (scene.width, scene.height))
        title, description = self.own_id("title"), self.own_id("desc")
        head = [
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{self.own_id("drawing")}" width="{width}"'
            f' height="{height}" viewBox="0 0 {width} {height}" lang="{escape(scene.language)}"'
            f' xml:lang="{escape(scene.language)}" role="{"img" if self.live is None else "group"}"'
            f' aria-labelledby="{title}" aria-describedby="{description}" font-family="{font_stack()}">\n'
            f'<title id="{title}">{escape(scene.title)}</title>\n'
            f'<desc id="{description}">{escape(scene.description)}</desc>\n'
        ]
        if style:
            head.append(f"<style>{style}</style>\n")
        if self.tiles:
            head.append(f"<defs>{''.join(self.patterns_used())}</defs>\n")
        return "".join((*head, *self.parts, "</svg>"))

    def own_id(self, name: str) -> str:
        return escape("-".join(f"{self.scene.prefix}-{name}".split()))

    def marks(self, shape: Shape) -> str:
        """Return the attributes that say what a shape is; an id is given once, to the first that asks."""
        found = ""
        if shape.id and (name := self.own_id(shape.id)) not in self.ids:
            self.ids.add(name)
            found = f' id="{name}"'
        if shape.role:
            found += f' data-role="{escape(shape.role)}"'
        return found

    def draw(self, shape: Shape) -> None:
        match shape:
            case Group():
                self.group(shape)
            case Rect():
                radius = min(shape.radius, shape.width / 2, shape.height / 2)
                rounded = f' rx="{number(radius)}"' if radius > 0 else ""
                self.solid(
                    f'<rect x="{number(shape.x)}" y="{number(shape.y)}"'
                    f' width="{number(max(shape.width, 0))}"'
                    f' height="{number(max(shape.height, 0))}"{rounded}',
                    shape,
                )
            case Ellipse():
                self.solid(
                    f'<ellipse cx="{number(shape.x)}" cy="{number(shape.y)}"'
                    f' rx="{number(shape.rx)}" ry="{number(shape.ry)}"',
                    shape,
                )
            case Path():
                self.solid(f'<path d="{path_data(shape.segments)}"', shape)
            case Text():
                self.text(shape)
            case Icon():
                self.icon(shape)
            case Link():
                self.link(shape)
            case _:
                assert_never(shape)

    def group(self, group: Group) -> None:
        facts = "".join(
            f' data-{_BARE_ATTRIBUTE.sub("-", key.lower())}="{escape(value)}"' for key, value in group.data
        )
        if self.live is None:
            title = f"<title>{escape(group.title)}</title>" if group.title else ""
        else:
            title = ""
            facts += self.live_marks(group, self.live)
        self.parts.append(f"<g{self.marks(group)}{facts}>{title}")
        for child in group.children:
            self.draw(child)
        self.parts.append("</g>\n")

    def live_marks(self, group: Group, live: frozenset[tuple[str, str]]) -> str:
        """Return what makes a group a button (the first of each fact), or names it to a screen reader."""
        label = f' aria-label="{escape(group.title)}"' if group.title else ""
        fact = next((fact for fact in group.data if fact in live and fact not in self.pressed), None)
        if fact and label:
            self.pressed.add(fact)
            return f'{label} tabindex="0" role="button" aria-pressed="false"'
        return f'{label} role="group"' if label else ""

    def solid(self, start: str, shape: Rect | Ellipse | Path) -> None:
        """Write a shape, and once more over itself if it carries a pattern."""
        title = (
            f"><title>{escape(shape.title)}</title></{start[1 : start.index(' ')]}>"
            if shape.title
            else "/>"
        )
        paint = shape.paint
        if not (self.patterns and paint.pattern):
            self.parts.append(f"{start}{self.painted(paint)}{self.marks(shape)}{title}")
            return
        under = Paint(fill=paint.fill, opacity=paint.opacity)
        over = Paint(stroke=paint.stroke, width=paint.width, dash=paint.dash)
        tile = self.tile(paint.pattern, paint.stroke or "line")
        self.parts.append(f"{start}{self.painted(under)}{self.marks(shape)}{title}")
        self.parts.append(f"{start}{self.painted(over).replace('none', f'url(#{tile})', 1)}/>")

    def painted(self, paint: Paint) -> str:
        fill = self.color(paint.fill) if paint.fill else "none"
        found = f' fill="{fill}"'
        if paint.fill and paint.opacity < 1:
            found += f' fill-opacity="{number(paint.opacity)}"'
        if paint.stroke and paint.width > 0:
            found += f' stroke="{self.color(paint.stroke)}"'
            if paint.width != 1:
                found += f' stroke-width="{number(paint.width)}"'
            if paint.dash:
                found += f' stroke-dasharray="{" ".join(map(number, paint.dash))}"'
        return found

    def tile(self, pattern: str, token: str) -> str:
        return self.tiles.setdefault((pattern, token), self.own_id(f"{pattern}-{token}"))

    def patterns_used(self) -> Iterator[str]:
        for (pattern, token), name in sorted(self.tiles.items()):
            side = 6 if pattern == "dots" else 8
            yield (
                f'<pattern id="{name}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
                f"{_TILES[pattern].format(self.color(token))}</pattern>"
            )

    def text(self, text: Text) -> None:
        look = f' font-size="{number(text.size)}" fill="{self.color(text.color)}"'
        if text.weight == "bold":
            look = ' font-weight="700"' + look
        marks = self.marks(text)
        step = text.line_height or line_height(text.size)
        for place, line in enumerate(text.lines):
            if not line:
                continue
            y = text.y + place * step
            lean = f' transform="matrix(1 0 -{SLANT} 1 {number(SLANT * y)} 0)"' if text.slant else ""
            x, anchor, runs = _set(line, text)
            self.parts.append(f'<text x="{x}" y="{number(y)}"{look}{anchor}{marks}{lean}>{runs}</text>')
            marks = ""

    def icon(self, icon: Icon) -> None:
        title = f"<title>{escape(icon.title)}</title>" if icon.title else ""
        self.parts.append(
            f'<path transform="translate({number(icon.x)} {number(icon.y)}) scale({icon.size / GRID:.4g})"'
            f' d="{ICONS[icon.name]}" fill="none" stroke="{self.color(icon.color)}" stroke-width="{STROKE}"'
            f' stroke-linecap="round" stroke-linejoin="round"{self.marks(icon)}'
            + (f">{title}</path>" if title else "/>")
        )

    def link(self, link: Link) -> None:
        line, head = outline(link)
        if not line:
            return
        title = f"<title>{escape(link.title)}</title>" if link.title else ""
        ends = f' data-source="{escape(link.source)}" data-target="{escape(link.target)}"'
        bare = Paint(stroke=link.paint.stroke, width=link.paint.width, dash=link.paint.dash)
        self.parts.append(
            f"<g{self.marks(link)}{ends}>{title}"
            f'<path d="{path_data(line)}"{self.painted(bare)} stroke-linejoin="round"/>'
        )
        if head and link.paint.stroke:
            self.parts.append(f'<path d="{path_data(head)}" fill="{self.color(link.paint.stroke)}"/>')
        self.parts.append("</g>\n")


def _set(line: str, text: Text) -> tuple[str, str, str]:
    """Return the x, the anchor attribute and the markup of one line.

    Where our font lacks a character, its run is put at its own measured place: otherwise a backend that
    looks for another font gives it the whole line. Lines with right-to-left letters stay whole.
    """
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    if line.isascii():
        return number(text.x), anchor, escape(line)
    line = normalize("NFC", line)  # our font has é as one character, not as a letter and a mark
    if not (runs := _foreign_runs(line)):
        return number(text.x), anchor, escape(line)
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    x = start = text.x - share * measure(line, text.size, text.weight)
    spans = []
    for run in runs:
        spans.append(f'<tspan x="{number(x)}">{escape(run)}</tspan>')
        x += measure(run, text.size, text.weight)
    return number(start), "", "".join(spans)


@lru_cache(maxsize=8192)
def _foreign_runs(line: str) -> tuple[str, ...]:
    """Return a line cut where it passes from what our font has to what it lacks; nothing if uncut."""
    lacking = missing(line)
    if not lacking or any(bidirectional(character) in ("R", "AL") for character in lacking):
        return ()
    joined = "\u200c\u200d\ufe0e\ufe0f\u0300-\u036f\U0001f3fb-\U0001f3ff"
    foreign = f"[{''.join(map(re.escape, lacking))}][{joined}]*"
    return tuple(run for run in re.split(f"((?:{foreign})+)", line) if run)


def _run(order: Order) -> bytes:
    return export(order.scene, order.theme, embed_font=order.embed_font)


EXPORTER = Exporter(_run)
