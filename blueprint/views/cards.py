"""The touchpoint cards: number, title, kinds, channel, time, and how many journeys get here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from blueprint.model.touchpoint import Kind, Touchpoint
from blueprint.scene.icons import channel_icon
from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Rect, Shape
from blueprint.views.reading import Reading
from blueprint.views.typeset import CARD, LABEL, Block, block, heading, line
from blueprint.views.words import percent

PAD = 12.0
_DISC = 24.0
TITLE_LINES = 6
_LINE = 1.5
"""Of a card's outline, px."""


class Card(NamedTuple):
    """A card that knows how tall it must be and can be drawn taller."""

    height: float
    draw: Callable[[float, float, float], Group]
    """At (x, y), with the height of the whole row."""


class Chip(NamedTuple):
    """A small sign and its name."""

    icon: str
    color: str
    name: Block

    @property
    def width(self) -> float:
        """Of sign and name, px."""
        return 18 + self.name.width


def card(
    touchpoint: Touchpoint,
    order: int,
    stage_token: str,
    width: float,
    read: Reading,
    *,
    scene_id: str,
    reach: float | None = None,
    k: float = 1.0,
) -> Card:
    """Make the card of a touchpoint.

    Args:
        touchpoint: What it is about.
        order: Its number.
        stage_token: Colour of its stage.
        width: Of the card, px.
        read: The reader's language.
        scene_id: Id of the card.
        reach: Share of the journeys that get here.
        k: How much larger than usual the title is.
    """
    whole = read.say(touchpoint.title)
    inner = width - 2 * PAD
    title = heading(whole, inner, CARD * k, max_lines=TITLE_LINES)
    # Number and kinds share the first line; what does not fit goes beneath.
    chips = [_kind(kind, inner, read) for kind in touchpoint.kinds]
    if touchpoint.moment:
        moment = block(touchpoint.moment, inner - 18, LABEL, color="ink-soft", max_lines=1)
        chips.append(Chip("star", "ink-soft", moment))
    beside = inner - _DISC - 8
    first = 0
    while first < len(chips) and sum(chip.width + 12 for chip in chips[: first + 1]) - 12 <= beside:
        first += 1
    under = _flow(chips[first:], inner)
    foot = _foot(touchpoint, inner, read)
    show_reach = reach is not None and reach < 0.9995
    height = PAD + _DISC + 18 * len(under) + 8 + title.height + PAD
    if foot:
        height += 8 + 18 * len(foot)
    if show_reach:
        height += 22

    def draw(x: float, y: float, tall: float) -> Group:
        primary = touchpoint.kinds[0] if touchpoint.kinds else None
        shapes: list[Shape] = [Rect(x, y, width, tall, Paint("card", "grid", _LINE), radius=8, role="card")]
        if primary:
            shapes.append(Rect(x + PAD, y - 1.5, width - 2 * PAD, 4, Paint(primary), radius=2, role="kind"))
        number = line(str(order), LABEL, weight="bold")
        shapes += [
            Ellipse(x + PAD + 12, y + PAD + 12, 12, 12, Paint(stage_token)),
            number.at(x + PAD + 12, y + PAD + 12 - number.height / 2, "middle"),
            title.at(x + PAD, y + PAD + _DISC + 18 * len(under) + 8),
        ]
        shapes.extend(_rows([chips[:first]], x + PAD + _DISC + 8, y + PAD + 3))
        shapes.extend(_rows(under, x + PAD, y + PAD + _DISC + 2))
        bottom = y + tall - PAD
        if show_reach and reach is not None:
            shapes.extend(_reach(reach, x + PAD, bottom - 16, inner, read))
            bottom -= 22
        shapes.extend(_rows(foot, x + PAD, bottom - 18 * len(foot)))
        return Group(
            tuple(shapes),
            id=scene_id,
            role="touchpoint",
            title=_spoken(touchpoint, order, whole, read),
            data=(("touchpoint", touchpoint.id),),
        )

    return Card(height, draw)


def _kind(kind: Kind, width: float, read: Reading) -> Chip:
    return Chip(kind, kind, block(read.label.kinds[kind], width - 18, LABEL, max_lines=1))


def _foot(touchpoint: Touchpoint, width: float, read: Reading) -> list[list[Chip]]:
    chips = []
    if touchpoint.channel:
        name = block(
            read.label.channel(touchpoint.channel), width - 18, LABEL, color="ink-soft", max_lines=1
        )
        chips.append(Chip(channel_icon(touchpoint.channel), "ink-soft", name))
    seconds = touchpoint.time.total if touchpoint.time else None
    if seconds is not None:
        time = block(read.label.duration(seconds), width - 18, LABEL, color="ink-soft", max_lines=1)
        chips.append(Chip("clock", "ink-soft", time))
    return _flow(chips, width)


def _flow(chips: list[Chip], width: float) -> list[list[Chip]]:
    """Put chips into rows no wider than `width`."""
    rows: list[list[Chip]] = []
    used = 0.0
    for chip in chips:
        if rows and used + 12 + chip.width <= width:
            rows[-1].append(chip)
            used += 12 + chip.width
        else:
            rows.append([chip])
            used = chip.width
    return rows


def _rows(rows: list[list[Chip]], x: float, y: float) -> list[Shape]:
    shapes: list[Shape] = []
    for at, row in enumerate(rows):
        left, top = x, y + 18 * at
        for chip in row:
            shapes += [
                Icon(chip.icon, left, top + 2, 14, chip.color),
                chip.name.at(left + 18, top + 9 - chip.name.height / 2),
            ]
            left += chip.width + 12
    return shapes


def _reach(reach: float, x: float, y: float, width: float, read: Reading) -> tuple[Shape, ...]:
    text = line(read.label["reach"].format(percent(reach)), LABEL, color="ink-soft")
    rest = width - text.width - 8
    bars: tuple[Shape, ...] = ()
    if rest >= 24:
        left = x + text.width + 8
        bars = (
            Rect(left, y + 7, rest, 4, Paint("grid"), radius=2),
            Rect(left, y + 7, max(2.0, rest * reach), 4, Paint("ink-faint"), radius=2),
        )
    return text.at(x, y + 9 - text.height / 2), *bars


def _spoken(touchpoint: Touchpoint, order: int, title: str, read: Reading) -> str:
    label = read.label
    kinds = label.comma.join(label.kinds[kind] for kind in touchpoint.kinds)
    channel = label.channel(touchpoint.channel) if touchpoint.channel else ""
    return label.pairs(f"{order}. {title}", kinds, channel)
