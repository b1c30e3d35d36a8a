"""The head of every sheet: what it is called, whose journey it is, and the figures that matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from blueprint.scene.shapes import Ellipse, Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views import typeset
from blueprint.views.typeset import BODY, CARD, LABEL, STAGE, TITLE, block, line
from blueprint.views.words import words

MARGIN = 48.0
"""Around the sheet, px."""
_FIGURE, _LONGEST, _WORST = 144.0, 208.0, 216.0
"""Widths of a figure: usually, for a long number, for words; px."""
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


def on_grid(value: float) -> float:
    """Round up to the 8 px grid."""
    return -(-value // 8) * 8


def header(
    heading: Heading, figures: tuple[Figure, ...], inner: float, language: str
) -> tuple[Group, float]:
    """Return the head of a sheet whose content is `inner` px wide, and the y at which the body begins."""
    k = _type_scale(inner)
    wide = sum(_figure_width(figure, k) for figure in figures)
    beside = bool(figures) and inner - wide - 56 >= 440
    text_width = min(_TEXT_WIDTH * k, inner - wide - 56) if beside else min(inner, 960)
    drawn, bottom = _heading(heading, text_width, k, language)
    shapes: list[Shape] = [drawn]
    if figures:
        x = MARGIN + inner - wide if beside else MARGIN
        drawn, end = _figures(figures, x, 44.0 if beside else bottom + 32, k)
        shapes.append(drawn)
        bottom = max(bottom, end)
    return Group(tuple(shapes), role="header"), on_grid(bottom + 32)


def _type_scale(inner: float) -> float:
    """Let the head grow with the poster, so that it is still read first from across the room."""
    return 1.0 if inner < 1800 else 1.25 if inner < 2800 else 1.5


def _heading(heading: Heading, width: float, k: float, language: str) -> tuple[Group, float]:
    y = 40.0
    kicker = line(heading.view, LABEL * k, weight="bold", color="accent")
    shapes: list[Shape] = []
    tall = 20 * k
    shapes.append(kicker.at(MARGIN, y + (tall - kicker.height) / 2))
    if heading.state:
        x = MARGIN + kicker.width + 12
        state = line(words(language)[heading.state], LABEL * k, weight="bold", color="ink-soft")
        # A plan is outlined with dashes: what is not yet there never looks like what is.
        dash = (3.0, 2.0) if heading.state == "to-be" else ()
        shapes += [
            Rect(x, y, state.width + 20, tall, Paint("panel", "line", dash=dash), radius=tall / 2),
            state.at(x + 10, y + (tall - state.height) / 2),
        ]
    y += tall + 6
    title = typeset.heading(heading.title, width, TITLE * k, max_lines=3)
    shapes.append(Group((title.at(MARGIN, y),), title=title.whole, role="title"))
    y += title.height + 4
    if heading.summary:
        summary = block(heading.summary, width, CARD * k, color="ink-soft", max_lines=5)
        shapes.append(Group((summary.at(MARGIN, y),), title=summary.whole, role="summary"))
        y += summary.height
    if not heading.personas and not heading.facts:
        return Group(tuple(shapes), role="heading"), y
    facts, y = _facts(heading, width, y + 14, k)
    return Group((*shapes, *facts), role="heading"), y


def _facts(heading: Heading, width: float, top: float, k: float) -> tuple[list[Shape], float]:
    """Persona chips and facts, flowing over as many rows as they need."""
    shapes: list[Shape] = []
    x, y, row = MARGIN, top, 0.0
    tallest = max((_persona_chip(one, 0, 0, width, k)[2] for one in heading.personas), default=0.0)
    for persona in heading.personas:
        chip, w, h = _persona_chip(persona, x, y, width, k, tallest)
        if x > MARGIN and x + w > MARGIN + width:
            x, y, row = MARGIN, y + row + 8, 0.0
            chip, w, h = _persona_chip(persona, x, y, width, k, tallest)
        shapes.append(chip)
        x, row = x + w + 12, max(row, h)
    if heading.personas and heading.facts:
        x, y, row = MARGIN, y + row + 10, 0.0
    for name, value in heading.facts:
        key = line(name, LABEL * k, color="ink-soft")
        room = max(80.0, min(320.0 * k, width - key.width - 6))
        text = block(value, room, LABEL * k, weight="bold", max_lines=1)
        w = key.width + 6 + text.width
        if x > MARGIN and x + w > MARGIN + width:
            x, y = MARGIN, y + row + 4
        both = (key.at(x, y), text.at(x + key.width + 6, y))
        shapes.append(Group(both, title=text.whole, role="fact"))
        x, row = x + w + 20, key.height
    return shapes, y + row


def _persona_chip(
    persona: PersonaChip, x: float, y: float, width: float, k: float, tallest: float = 0.0
) -> tuple[Group, float, float]:
    text_width = min(440.0 * k, width - 64)
    name = block(persona.name, text_width, BODY * k, weight="bold", max_lines=2)
    said = f"“{persona.quote}”" if persona.quote else ""
    # Chinese has no italics: a slanted character only looks like a mistake.
    latin = all(ord(character) < 0x2E80 for character in said)
    quote = block(said, text_width, LABEL * k, color="ink-soft", slant=latin, max_lines=3)
    tall = name.height + quote.height
    disc = 11 * k
    inset = 2 * disc + 20
    w, h = inset + max(name.width, quote.width) + 20, max(32.0 * k, tall + 12, tallest)
    middle = y + h / 2
    shapes: list[Shape] = [
        Rect(x, y, w, h, Paint("panel", "line"), radius=16),
        Ellipse(x + disc + 10, middle, disc, disc, Paint(persona.color)),
        *_person(x + disc + 10, middle, k),
        name.at(x + inset, y + (h - tall) / 2),
    ]
    if quote.lines:
        shapes.append(quote.at(x + inset, y + (h - tall) / 2 + name.height))
    return Group(tuple(shapes), role="persona", title=name.whole or quote.whole), w, h


def _person(x: float, y: float, k: float) -> tuple[Shape, ...]:
    """Head and shoulders inside a disc of radius 11 k."""

    def at(dx: float, dy: float) -> Point:
        return Point(x + dx * k, y + dy * k)

    shoulders = (
        Segment("M", (at(-5.5, 6.5),)),
        Segment("C", (at(-5.5, -0.5), at(5.5, -0.5), at(5.5, 6.5))),
        Segment("Z"),
    )
    return Ellipse(x, y - 3 * k, 3 * k, 3 * k, Paint("paper")), Path(shoulders, Paint("paper"))


def _figure_width(figure: Figure, k: float) -> float:
    """Return the room a figure asks for, px: a long number gets more, within reason."""
    if figure.wordy:
        return _WORST * k
    value = line(figure.value, TITLE * k, weight="bold").width
    return max(_FIGURE * k, min(_LONGEST * k, value + 32 * k))


def _figures(figures: tuple[Figure, ...], x: float, top: float, k: float) -> tuple[Group, float]:
    placed: list[tuple[float, Group, float]] = []
    for figure in figures:
        width = _figure_width(figure, k)
        drawn, end = _figure(figure, x + 16 * k, top, width - 28 * k, k)
        placed.append((x, drawn, end))
        x += width
    bottom = max(end for *_, end in placed)
    rules = [Rect(left, top, 1, bottom - top, Paint("line"), role="rule") for left, *_ in placed]
    return Group((*rules, *(drawn for _, drawn, _ in placed)), role="figures"), bottom


def _figure(figure: Figure, x: float, top: float, width: float, k: float) -> tuple[Group, float]:
    name = block(figure.label, width, LABEL * k, color="ink-soft", max_lines=2)
    shapes: list[Shape] = [name.at(x, top)]
    y = top + name.height
    if figure.wordy:
        value = block(figure.value, width, CARD * k, weight="bold", max_lines=3)
        y += 4 * k
    else:
        # A long figure ("12 d 14 h") steps down rather than breaking over two lines.
        value = block(figure.value, width, TITLE * k, weight="bold", max_lines=1)
        if value.whole or len(value.lines) > 1:
            value = block(figure.value, width, STAGE * k, weight="bold", max_lines=2)
            y += 8 * k
    shapes.append(value.at(x, y))
    y += value.height
    bar = width - 8
    if figure.gauge:
        shapes += _gauge(figure.gauge, x, y + 6 * k, bar, figure.tone)
        y += 14 * k
    elif figure.share is not None:
        full = max(6.0, bar * min(1.0, figure.share))
        shapes += [
            Rect(x, y + 3 * k, bar, 6, Paint("grid"), radius=3),
            Rect(x, y + 3 * k, full, 6, Paint(figure.tone), radius=3),
        ]
        y += 14 * k
    if figure.note:
        note = block(figure.note, width, LABEL * k, color="ink-soft", max_lines=4)
        shapes.append(note.at(x, y + 2))
        y += note.height + 2
    told = f"{figure.label}: {figure.value} {figure.note}".strip()
    return Group(tuple(shapes), role="figure", title=told), y


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
