"""The sheet around every drawing: whose journey it is, the figures that matter, the legend.

A view says how wide its body is and draws it where the frame puts it; header and footer take their
height from what they have to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Path, Point, Rect, Scene, Segment, Shape
from blueprint.views.header import MARGIN, Figure, Gauge, Heading, PersonaChip, header, on_grid, type_scale
from blueprint.views.typeset import CARD, LABEL, Block, block, line
from blueprint.views.words import words

NARROWEST = 1120.0
"""No sheet is narrower, so that the header keeps its shape; px."""
_RIM = 16.0
"""Paper around a bare body, px."""


Mark = Callable[[float, float], Shape]
"""Draws a sample for the legend into the 28 × 16 px box whose top left is given."""


class LegendEntry(NamedTuple):
    """What one sign on the drawing means."""

    mark: Mark
    label: str


Body = Callable[[float, float, float], tuple[Group, float]]
"""Draws the body at (x, y), `width` px wide, and returns it with its height."""


def frame(
    heading: Heading,
    body: Body,
    *,
    width: float,
    language: str,
    prefix: str,
    view: str,
    description: str,
    figures: tuple[Figure, ...] = (),
    legend: tuple[LegendEntry, ...] = (),
    file: str = "",
    digest: str = "",
    bare: bool = False,
) -> Scene:
    """Put header and footer around a body that wants to be `width` px wide; it may be given more.

    A bare sheet is the body alone, as narrow as it can be: for pages that say the rest in words.
    """
    if bare:
        drawn, height = body(_RIM, _RIM, width)
        across, down = width + 2 * _RIM, on_grid(height + 2 * _RIM)
        return Scene(
            width=across,
            height=down,
            root=Group((Rect(0, 0, across, down, Paint("paper"), role="sheet"), drawn)),
            title=heading.title,
            description=description,
            prefix=prefix,
            language=language,
            view=view,
        )
    sheet = max(width + 2 * MARGIN, NARROWEST)
    inner = sheet - 2 * MARGIN
    head, top = header(heading, figures, inner, language)
    drawn, height = body(MARGIN, top, inner)
    footer, bottom = _footer(legend, file, digest, top + height + 40, inner, language)
    return Scene(
        width=sheet,
        height=bottom,
        root=Group((Rect(0, 0, sheet, bottom, Paint("paper"), role="sheet"), head, drawn, footer)),
        title=heading.title,
        description=description,
        prefix=prefix,
        language=language,
        view=view,
    )


def _footer(
    legend: tuple[LegendEntry, ...], file: str, digest: str, top: float, inner: float, language: str
) -> tuple[Group, float]:
    """Legend in rows, then the file's name and the hash of its content; returns the sheet's height."""
    # The samples keep their size, so the type beside them grows only as far as fits them.
    size = min(CARD, LABEL * (1 + type_scale(inner)) / 2)
    shapes: list[Shape] = [Rect(MARGIN, top, inner, 1, Paint("line"), role="rule")]
    origin = block(
        " · ".join(part for part in (file, digest[:12]) if part), 320, size, color="ink-soft", max_lines=2
    )
    y = top + 16
    right = MARGIN + inner
    edge = right - (origin.width + 32 if origin.lines else 0)
    if origin.lines:
        shapes.append(
            Group((origin.at(right, y + 1, "end"),), role="origin", title=f"{file} {digest}".strip())
        )
    x = MARGIN
    if legend:
        name = line(words(language)["legend"], size, weight="bold", color="ink-soft")
        shapes.append(name.at(x, y + (16 - name.height) / 2))
        start = x = x + name.width + 20
        for entry in legend:
            text = line(entry.label, size, color="ink-soft")
            w = 28 + 8 + text.width
            if x > start and x + w > edge:
                x, y = start, y + 24
            mark = Group(
                (entry.mark(x, y), text.at(x + 36, y + (16 - text.height) / 2)), role="legend-entry"
            )
            shapes.append(mark)
            x += w + 24
    bottom = max(y + 16, top + 16 + origin.height)
    return Group(tuple(shapes), role="footer"), on_grid(bottom + 32)


def icon_mark(name: str, color: str) -> Mark:
    """Return a legend sample that shows an icon."""
    return lambda x, y: Icon(name, x + 6, y, 16, color)


def line_mark(paint: Paint) -> Mark:
    """Return a legend sample that shows a line."""

    def draw(x: float, y: float) -> Shape:
        return Path((Segment("M", (Point(x, y + 8),)), Segment("L", (Point(x + 28, y + 8),))), paint)

    return draw


def patch_mark(paint: Paint, radius: float = 3) -> Mark:
    """Return a legend sample that shows a filled area."""
    return lambda x, y: Rect(x, y + 1, 28, 14, paint, radius)


def badge(block_: Block, x: float, y: float, paint: Paint) -> Group:
    """Draw a letter in a disc of 16 px."""
    return Group(
        (Ellipse(x + 8, y + 8, 8, 8, paint), block_.at(x + 8, y + 8 - block_.height / 2, "middle"))
    )


__all__ = [
    "MARGIN", "NARROWEST", "Body", "Figure", "Gauge", "Heading", "LegendEntry", "Mark", "PersonaChip",
    "badge", "frame", "icon_mark", "line_mark", "patch_mark",
]  # fmt: skip
