"""The sheet around every drawing: whose journey it is, the figures that matter, the legend.

A view says how wide its body is and draws it where the frame puts it; header and footer take their
height from what they have to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Path, Point, Rect, Scene, Segment, Shape
from blueprint.views.typeset import BODY, CARD, LABEL, STAGE, TITLE, Block, block, line
from blueprint.views.words import words

MARGIN = 48.0
NARROWEST = 1120.0
"""No sheet is narrower, so that the header keeps its shape; px."""
_FIGURE, _WORST = 144.0, 216.0
_TEXT_WIDTH = 760.0


class Gauge(NamedTuple):
    """Where a figure lies on a scale, and where its companion (the mean) lies."""

    low: float
    high: float
    neutral: float
    value: float
    beside: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures that matter, at the top right."""

    label: str
    value: str
    note: str = ""
    tone: str = "ink"
    """Colour token of the gauge's dot or of the bar."""
    gauge: Gauge | None = None
    share: float | None = None
    """Draws a bar filled to this part."""
    wordy: bool = False
    """The value is words, not a number: set smaller, over several lines."""


Mark = Callable[[float, float], Shape]
"""Draws a sample for the legend into the 28 × 16 px box whose top left is given."""


class LegendEntry(NamedTuple):
    """What one sign on the drawing means."""

    mark: Mark
    label: str


class PersonaChip(NamedTuple):
    """Whose journey it is, with the words they would say."""

    name: str
    quote: str = ""
    color: str = "accent"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the top left."""

    view: str
    """The name of the kind of drawing, in the reader's language."""
    title: str
    summary: str = ""
    state: Literal["as-is", "to-be"] | None = None
    personas: tuple[PersonaChip, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Owner, review date …: label and value."""


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
) -> Scene:
    """Put header and footer around a body that wants to be `width` px wide; it may be given more."""
    sheet = max(width + 2 * MARGIN, NARROWEST)
    inner = sheet - 2 * MARGIN
    header, top = _header(heading, figures, inner, language)
    drawn, height = body(MARGIN, top, inner)
    footer, bottom = _footer(legend, file, digest, top + height + 40, inner, language)
    return Scene(
        width=sheet,
        height=bottom,
        root=Group((Rect(0, 0, sheet, bottom, Paint("paper"), role="sheet"), header, drawn, footer)),
        title=heading.title,
        description=description,
        prefix=prefix,
        language=language,
        view=view,
    )


def _grid(value: float) -> float:
    """Round up to the 8 px grid."""
    return -(-value // 8) * 8


def _header(
    heading: Heading, figures: tuple[Figure, ...], inner: float, language: str
) -> tuple[Group, float]:
    """Return the header and the y at which the body begins."""
    wide = sum(_WORST if figure.wordy else _FIGURE for figure in figures)
    beside = bool(figures) and inner - wide - 56 >= 440
    text_width = min(_TEXT_WIDTH, inner - wide - 56) if beside else min(inner, 960)
    left, text_bottom = _heading(heading, text_width, language)
    shapes = [left]
    bottom = text_bottom
    if figures:
        x = MARGIN + inner - wide if beside else MARGIN
        y = 44.0 if beside else text_bottom + 32
        drawn, end = _figures(figures, x, y)
        shapes.append(drawn)
        bottom = max(bottom, end)
    return Group(tuple(shapes), role="header"), _grid(bottom + 32)


def _heading(heading: Heading, width: float, language: str) -> tuple[Group, float]:
    label = words(language)
    y = 40.0
    kicker = line(heading.view, LABEL, weight="bold", color="accent")
    shapes: list[Shape] = [kicker.at(MARGIN, y + 3)]
    x = MARGIN + kicker.width + 12
    if heading.state:
        badge = line(label[heading.state], LABEL, weight="bold", color="ink-soft")
        dash = (3.0, 2.0) if heading.state == "to-be" else ()
        pill = Rect(x, y, badge.width + 20, 20, Paint("panel", "line", dash=dash), radius=10)
        shapes += [pill, badge.at(x + 10, y + (20 - badge.height) / 2)]
    y += 28
    title = block(heading.title, width, TITLE, weight="bold", max_lines=3)
    shapes.append(Group((title.at(MARGIN, y),), title=title.whole, role="title"))
    y += title.height + 4
    if heading.summary:
        summary = block(heading.summary, width, CARD, color="ink-soft", max_lines=5)
        shapes.append(Group((summary.at(MARGIN, y),), title=summary.whole, role="summary"))
        y += summary.height
    facts, y = _facts(heading, width, y + 14)
    return Group((*shapes, *facts), role="heading"), y


def _facts(heading: Heading, width: float, top: float) -> tuple[list[Shape], float]:
    """Persona chips and facts, flowing over as many rows as they need."""
    shapes: list[Shape] = []
    x, y, row = MARGIN, top, 0.0
    for persona in heading.personas:
        chip, w, h = _persona_chip(persona, x, y, width)
        if x > MARGIN and x + w > MARGIN + width:
            x, y, row = MARGIN, y + row + 8, 0.0
            chip, w, h = _persona_chip(persona, x, y, width)
        shapes.append(chip)
        x, row = x + w + 12, max(row, h)
    if heading.personas and heading.facts and row > 32:
        x, y, row = MARGIN, y + row + 8, 0.0
    for name, value in heading.facts:
        key = line(name, LABEL, color="ink-soft")
        text = block(value, max(80.0, min(320.0, width - key.width - 6)), LABEL, weight="bold", max_lines=1)
        w = key.width + 6 + text.width
        if x > MARGIN and x + w > MARGIN + width:
            x, y, row = MARGIN, y + row + 8, 0.0
        height = max(row, 24.0)
        inset = (height - key.height) / 2
        both = (key.at(x, y + inset), text.at(x + key.width + 6, y + inset))
        shapes.append(Group(both, title=text.whole, role="fact"))
        x, row = x + w + 20, height
    return shapes, y + row


def _persona_chip(persona: PersonaChip, x: float, y: float, width: float) -> tuple[Group, float, float]:
    name = block(persona.name, min(280.0, width - 56), BODY, weight="bold", max_lines=2)
    quote = (
        block(
            f"“{persona.quote}”", min(440.0, width - 64), LABEL, color="ink-soft", slant=True, max_lines=3
        )
        if persona.quote
        else None
    )
    inner = max(name.width, quote.width if quote else 0.0)
    tall = name.height + (quote.height + 2 if quote else 0.0)
    w, h = 40 + inner + 16, max(32.0, tall + 12)
    middle = y + h / 2
    shapes: list[Shape] = [
        Rect(x, y, w, h, Paint("panel", "line"), radius=16),
        Ellipse(x + 20, middle, 11, 11, Paint(persona.color)),
        *_person(x + 20, middle),
    ]
    top = y + (h - tall) / 2
    shapes.append(name.at(x + 40, top))
    if quote:
        shapes.append(quote.at(x + 40, top + name.height + 2))
    whole = name.whole or (quote.whole if quote else "")
    return Group(tuple(shapes), role="persona", title=whole), w, h


def _person(x: float, y: float) -> tuple[Shape, ...]:
    """Head and shoulders inside a disc of radius 11."""
    shoulders = Path(
        (
            Segment("M", (Point(x - 5.5, y + 6.5),)),
            Segment("C", (Point(x - 5.5, y - 0.5), Point(x + 5.5, y - 0.5), Point(x + 5.5, y + 6.5))),
            Segment("Z"),
        ),
        Paint("paper"),
    )
    return Ellipse(x, y - 3, 3, 3, Paint("paper")), shoulders


def _figures(figures: tuple[Figure, ...], x: float, top: float) -> tuple[Group, float]:
    shapes: list[Shape] = []
    bottom = top
    for figure in figures:
        width = _WORST if figure.wordy else _FIGURE
        drawn, end = _figure(figure, x + 16, top, width - 28)
        shapes.append(drawn)
        bottom = max(bottom, end)
        x += width
    rules = []
    x -= sum(_WORST if figure.wordy else _FIGURE for figure in figures)
    for figure in figures:
        rules.append(Rect(x, top, 1, bottom - top, Paint("line"), role="rule"))
        x += _WORST if figure.wordy else _FIGURE
    return Group((*rules, *shapes), role="figures"), bottom


def _figure(figure: Figure, x: float, top: float, width: float) -> tuple[Group, float]:
    name = block(figure.label, width, LABEL, color="ink-soft", max_lines=2)
    shapes: list[Shape] = [name.at(x, top)]
    y = top + name.height + 2
    if figure.wordy:
        value = block(figure.value, width, CARD, weight="bold", max_lines=3)
        y += 4
    else:
        # A long figure ("12 d 14 h") steps down rather than breaking over two lines.
        value = block(figure.value, width, TITLE, weight="bold", max_lines=1)
        if value.whole or len(value.lines) > 1:
            value = block(figure.value, width, STAGE, weight="bold", max_lines=2)
            y += 8
    shapes.append(value.at(x, y))
    y += value.height
    if figure.gauge:
        shapes += _gauge(figure.gauge, x, y + 8, width - 8, figure.tone)
        y += 16
    elif figure.share is not None:
        shapes += [
            Rect(x, y + 5, width - 8, 6, Paint("grid"), radius=3),
            Rect(x, y + 5, max(6.0, (width - 8) * min(1.0, figure.share)), 6, Paint(figure.tone), radius=3),
        ]
        y += 16
    if figure.note:
        note = block(figure.note, width, LABEL, color="ink-soft", max_lines=4)
        shapes.append(note.at(x, y + 4))
        y += note.height + 4
    return Group(
        tuple(shapes), role="figure", title=f"{figure.label}: {figure.value} {figure.note}".strip()
    ), y


def _gauge(gauge: Gauge, x: float, y: float, width: float, tone: str) -> list[Shape]:
    """A scale with a tick at neutral, a dot at the figure and a ring at its companion."""
    span = gauge.high - gauge.low

    def place(value: float) -> float:
        return x + 5 + (width - 10) * min(1.0, max(0.0, (value - gauge.low) / span))

    at, middle = place(gauge.value), place(gauge.neutral)
    shapes: list[Shape] = [
        Rect(x, y - 1, width, 2, Paint("grid"), radius=1),
        Rect(min(at, middle), y - 1.5, abs(at - middle), 3, Paint(tone), radius=1),
        Rect(middle - 0.5, y - 5, 1, 10, Paint("ink-faint")),
    ]
    if gauge.beside is not None:
        shapes.append(Ellipse(place(gauge.beside), y, 4, 4, Paint("paper", "ink-soft", 1.5)))
    shapes.append(Ellipse(at, y, 4.5, 4.5, Paint(tone)))
    return shapes


def _footer(
    legend: tuple[LegendEntry, ...], file: str, digest: str, top: float, inner: float, language: str
) -> tuple[Group, float]:
    """Legend in rows, then the file's name and the hash of its content; returns the sheet's height."""
    shapes: list[Shape] = [Rect(MARGIN, top, inner, 1, Paint("line"), role="rule")]
    origin = block(
        " · ".join(part for part in (file, digest[:12]) if part), 320, LABEL, color="ink-soft", max_lines=2
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
        name = line(words(language)["legend"], LABEL, weight="bold", color="ink-soft")
        shapes.append(name.at(x, y + 1))
        start = x = x + name.width + 20
        for entry in legend:
            text = line(entry.label, LABEL, color="ink-soft")
            w = 28 + 8 + text.width
            if x > start and x + w > edge:
                x, y = start, y + 24
            mark = Group(
                (entry.mark(x, y), text.at(x + 36, y + (16 - text.height) / 2)), role="legend-entry"
            )
            shapes.append(mark)
            x += w + 24
    bottom = max(y + 16, top + 16 + origin.height)
    return Group(tuple(shapes), role="footer"), _grid(bottom + 32)


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
