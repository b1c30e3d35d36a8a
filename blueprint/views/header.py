"""The head of every sheet: what it is called, whose journey it is, and the figures that matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from blueprint.scene.shapes import Ellipse, Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views import typeset
from blueprint.views.header_figures import Figure, Gauge, draw_figures, figure_width
from blueprint.views.typeset import BODY, CARD, LABEL, STAGE, TITLE, block, line
from blueprint.views.words import words

MARGIN = 48.0
"""Around the sheet, px."""
_TEXT_WIDTH = 640.0
_NARROWEST_TEXT = 440.0
"""What a title needs beside the figures, px."""
_CHIP = 340.0
"""What a persona needs beside the text, times the scale of type, px."""
_CHIP_LEAST = 250.0
"""How narrow a persona may become to stand beside others, times the scale of type, px."""
_APART = 56.0
"""Between text and figures, px."""
_TOP = 40.0
_FAR = 6000.0
"""From here on nobody sees both ends of a sheet at once: the head stays together at the left, px."""


class PersonaChip(NamedTuple):
    """Whose journey it is, with the words they would say."""

    name: str
    quote: str = ""
    color: str = "accent"
    twin: bool = False
    """Another persona has this colour: its portrait is square, as the dots of its curve are."""


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
    """Return the head of a sheet whose content is `inner` px wide, and the y at which the body begins.

    From the left: what it is and what it is about, whose journey it is, the figures that matter. What does
    not fit beside goes beneath. The head of a sheet too wide to be seen at once stays together at the left,
    and its name is found again at the right.
    """
    k = type_scale(inner)
    size = _figure_scale(figures, inner, k)
    wide = sum(figure_width(figure, size) for figure in figures)
    beside = bool(figures) and inner - wide - _APART >= _NARROWEST_TEXT
    left = inner - wide - _APART if beside else inner
    text_width = min(_TEXT_WIDTH * k, left)
    people_width = left - text_width - 40 * k
    apart = bool(heading.personas) and people_width >= _CHIP * k
    far = inner >= _FAR
    if far:
        people_width = min(2, len(heading.personas)) * (_CHIP + 40) * k
    drawn, bottom = _heading(heading, text_width, k, language)
    shapes: list[Shape] = [drawn]
    if apart:
        chips, end = _personas(heading.personas, MARGIN + text_width + 40 * k, _TOP, people_width, k)
        shapes.append(chips)
        bottom = max(bottom, end)
    elif heading.personas:
        chips, bottom = _personas(heading.personas, MARGIN, bottom + 14 * k, left, k)
        shapes.append(chips)
    if figures:
        x = MARGIN + inner - wide if beside else MARGIN
        if far:
            x = MARGIN + text_width + 40 * k + people_width
        drawn, end = draw_figures(figures, x, _TOP + 4 if beside else bottom + 32, size)
        shapes.append(drawn)
        bottom = max(bottom, end)
    if far:
        shapes.append(_again(heading, MARGIN + inner, k))
    return Group(tuple(shapes), role="header"), on_grid(bottom + 32)


def _again(heading: Heading, right: float, k: float) -> Group:
    """Name the sheet at its right end, for whoever begins to read there."""
    kicker = line(heading.view, LABEL * k, weight="bold", color="accent")
    title = typeset.heading(heading.title, _TEXT_WIDTH * k, STAGE * k, max_lines=2)
    y = _TOP + 20 * k - kicker.height
    return Group((kicker.at(right, y, "end"), title.at(right, y + kicker.height + 4, "end")), role="again")


def type_scale(inner: float) -> float:
    """Return how much larger the head of a poster is, so that it is read first from across the room."""
    return 1.0 if inner < 1800 else 1.25 if inner < 2800 else 1.5 if inner < _FAR else 2.0


def _figure_scale(figures: tuple[Figure, ...], inner: float, k: float) -> float:
    """Let the figures grow into the room that is left beside a comfortable column of text."""
    for size in (k * 1.4, k * 1.2):
        wide = sum(figure_width(figure, size) for figure in figures)
        if k > 1 and inner - wide - _APART >= (_TEXT_WIDTH + _CHIP) * k:
            return size
    return k


def _heading(heading: Heading, width: float, k: float, language: str) -> tuple[Group, float]:
    y = _TOP
    kicker = line(heading.view, LABEL * k, weight="bold", color="accent")
    shapes: list[Shape] = []
    tall = 20 * k
    shapes.append(kicker.at(MARGIN, y + (tall - kicker.height) / 2))
    x = MARGIN + kicker.width + 12 * k
    if heading.state:
        state = line(words(language)[heading.state], LABEL * k, weight="bold", color="ink-soft")
        # A plan is outlined with dashes: what is not yet there never looks like what is.
        dash = (3.0, 2.0) if heading.state == "to-be" else ()
        shapes += [
            Rect(x, y, state.width + 20 * k, tall, Paint("panel", "line", dash=dash), radius=tall / 2),
            state.at(x + 10 * k, y + (tall - state.height) / 2),
        ]
        x += state.width + 36 * k
    facts, end = _facts(heading.facts, x, y + (tall - kicker.height) / 2, MARGIN + width, k)
    shapes += facts
    y = max(y + tall, end) + 6 * k
    title = typeset.heading(heading.title, width, TITLE * k, max_lines=3)
    shapes.append(Group((title.at(MARGIN, y),), title=title.whole, role="title"))
    y += title.height + 4
    if heading.summary:
        summary = block(heading.summary, width, CARD * k, color="ink-soft", max_lines=5)
        shapes.append(Group((summary.at(MARGIN, y),), title=summary.whole, role="summary"))
        y += summary.height
    return Group(tuple(shapes), role="heading"), y


def _facts(
    facts: tuple[tuple[str, str], ...], x: float, y: float, right: float, k: float
) -> tuple[list[Shape], float]:
    """Owner, review date …: after the name of the view, then on lines of their own."""
    shapes: list[Shape] = []
    bottom = y
    for name, value in facts:
        key = line(name, LABEL * k, color="ink-soft")
        room = max(80.0, min(320.0 * k, right - MARGIN - key.width - 6))
        text = block(value, room, LABEL * k, weight="bold", max_lines=1)
        w = key.width + 6 + text.width
        if x > MARGIN and x + w > right:
            x, y = MARGIN, y + key.height + 4
        both = (key.at(x, y), text.at(x + key.width + 6, y))
        shapes.append(Group(both, title=text.whole, role="fact"))
        x, bottom = x + w + 20 * k, y + key.height
    return shapes, bottom


def _personas(
    personas: tuple[PersonaChip, ...], left: float, top: float, width: float, k: float
) -> tuple[Group, float]:
    """Set the people side by side, as many in a row as can still say something."""
    beside = max(1, min(len(personas), int((width + 12 * k) // ((_CHIP_LEAST + 12) * k))))
    most = (width + 12 * k) / beside - 12 * k
    tallest = max(_persona_chip(one, 0, 0, most, k)[2] for one in personas)
    shapes: list[Shape] = []
    x, y = left, top
    for persona in personas:
        chip, w, _ = _persona_chip(persona, x, y, most, k, tallest)
        if x > left and x + w > left + width + 0.01:
            x, y = left, y + tallest + 10 * k
            chip, w, _ = _persona_chip(persona, x, y, most, k, tallest)
        shapes.append(chip)
        x += w + 12 * k
    return Group(tuple(shapes), role="personas"), y + tallest


def _persona_chip(
    persona: PersonaChip, x: float, y: float, width: float, k: float, tallest: float = 0.0
) -> tuple[Group, float, float]:
    text_width = min(400.0 * k, width - 64 * k)
    name = block(persona.name, text_width, BODY * k, weight="bold", max_lines=2)
    said = f"“{persona.quote}”" if persona.quote else ""
    # Chinese has no italics: a slanted character only looks like a mistake.
    latin = all(ord(character) < 0x2E80 for character in said)
    quote = block(said, text_width, LABEL * k, color="ink-soft", slant=latin, max_lines=4)
    tall = name.height + quote.height
    disc = 11 * k
    inset = 2 * disc + 20 * k
    w, h = inset + max(name.width, quote.width) + 20 * k, max(32.0 * k, tall + 16 * k, tallest)
    middle = y + h / 2
    portrait = Paint(persona.color)
    around: Shape = Ellipse(x + disc + 10 * k, middle, disc, disc, portrait)
    if persona.twin:
        around = Rect(x + 10 * k, middle - disc, 2 * disc, 2 * disc, portrait, radius=3 * k)
    shapes: list[Shape] = [
        Rect(x, y, w, h, Paint("panel", "grid"), radius=12 * k),
        around,
        *_person(x + disc + 10 * k, middle, k),
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


__all__ = ["MARGIN", "Figure", "Gauge", "Heading", "PersonaChip", "header", "on_grid", "type_scale"]
