"""Branches and loops under the cards: arcs on levels of their own, and where journeys leave.

Every arc that does not simply go to the next card runs through a channel below the cards: down from the
card it leaves, along a level, up into the card it reaches. Short arcs lie nearer to the cards, so that
nested arcs do not cross, and a label only stands where no deeper arc passes through it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from blueprint.scene.shapes import Group, Link, Paint, Path, Point, Segment, Shape
from blueprint.views.reading import Reading
from blueprint.views.typeset import LABEL, Block, block
from blueprint.views.words import percent

_PORT = 14.0
"""Between two arcs that meet one card, px."""
_LABEL_WIDTH = 260.0
_BESIDE_LOOP = 84.0
"""Room for the words of an arc that returns to its own card, to its right, px."""
_DROP_INSET = 36.0
"""From a card's left edge to the words of an exit, px."""


class Column(NamedTuple):
    """Where a touchpoint's card stands."""

    id: str
    """Of its card in the scene."""
    x: float
    width: float


@dataclass(frozen=True)
class Arc:
    """A way on that skips cards or goes back, by the positions of its columns."""

    source: int
    target: int
    share: float
    condition: str = ""
    assumed: bool = False
    traffic: float = 1.0
    """Passages per journey; the share of visits where nothing better is known."""

    @property
    def kind(self) -> Literal["loop", "forward"]:
        """Whether it goes back (or to itself) or ahead."""
        return "loop" if self.target <= self.source else "forward"

    @property
    def span(self) -> tuple[int, int]:
        """First and last column."""
        return min(self.source, self.target), max(self.source, self.target)


@dataclass(frozen=True)
class Exit:
    """A way that is listed under its card: out of the journey, or on to the next card on a condition."""

    source: int
    outcome: str
    share: float
    success: bool | None
    """Whether the customer got what they came for; None for a way that goes on."""
    condition: str = ""
    assumed: bool = False
    traffic: float = 1.0


@dataclass(frozen=True)
class Channel:
    """The arcs and exits, laid out; `height` px beneath the cards."""

    height: float
    arcs: tuple[_Laid, ...] = ()
    drops: tuple[_Drop, ...] = ()
    columns: tuple[Column, ...] = field(default=())


class _Laid(NamedTuple):
    arc: Arc
    start: float
    """x where it leaves."""
    end: float
    """x where it arrives."""
    level: float
    """y of its horizontal run, below the cards."""
    label: Block
    label_x: float


class _Drop(NamedTuple):
    way: Exit
    x: float
    """Of its stem."""
    y: float
    """Of its label's top, below the cards."""
    name: Block
    condition: Block


def thickness(traffic: float) -> float:
    """Return the width of a line that so many passages per journey take, px."""
    return round(1.25 + 1.5 * min(1.0, max(0.0, traffic)), 2)


_COLORS = {"loop": "route-loop", "forward": "route"}


def lay_out(
    columns: Sequence[Column], arcs: Sequence[Arc], exits: Sequence[Exit], read: Reading
) -> Channel:
    """Give every arc a level, a port at both ends and a free place for its words."""
    if not arcs and not exits:
        return Channel(0.0)
    columns = tuple(columns)
    levels = _levels(arcs)
    with_exit = {way.source for way in exits}
    ports = _ports(columns, arcs, levels, with_exit)
    left_port = _leftmost(ports, arcs)
    drops, drop_height = _drops(columns, exits, left_port, read)
    laid: list[_Laid] = []
    y = (drop_height + 12) if drops else 14.0
    for level in range(max(levels.values(), default=-1) + 1):
        here = [at for at, which in levels.items() if which == level]
        walls = sorted(x for at, which in levels.items() if which > level for x in ports[at])
        placed = {at: _label(arcs[at], ports[at], walls, read) for at in here}
        y += max(text.height for text, _ in placed.values()) + 4
        for at in here:
            text, x = placed[at]
            laid.append(_Laid(arcs[at], *ports[at], y, text, x))
        y += 10
    return Channel(y + 4 if laid else drop_height + 8, tuple(laid), tuple(drops), columns)


def _levels(arcs: Sequence[Arc]) -> dict[int, int]:
    """Assign levels: short arcs first, each on the uppermost level where its columns are free."""
    levels: dict[int, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for at in sorted(
        range(len(arcs)), key=lambda at: (arcs[at].span[1] - arcs[at].span[0], arcs[at].span, at)
    ):
        low, high = arcs[at].span
        # Deeper than every arc inside it, so that nested arcs never cross.
        inside = [levels[o] for o in levels if low <= arcs[o].span[0] and arcs[o].span[1] <= high]
        level = max(inside, default=-1) + 1
        while level < len(taken) and any(low <= b and a <= high for a, b in taken[level]):
            level += 1
        while len(taken) <= level:
            taken.append([])
        taken[level].append((low, high))
        levels[at] = level
    return dict(sorted(levels.items()))


def _ports(
    columns: tuple[Column, ...], arcs: Sequence[Arc], levels: dict[int, int], with_exit: set[int]
) -> dict[int, tuple[float, float]]:
    """Return where each arc leaves and arrives.

    At one card, arcs to the left keep left and arcs to the right keep right; the deeper an arc, the
    nearer to the middle, so that no arc cuts through another's stem.
    """
    meets: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for at, arc in enumerate(arcs):
        if arc.source == arc.target:
            meets[arc.source] += [(1, -levels[at], at * 2), (1, -levels[at], at * 2 + 1)]
            continue
        ahead = 1 if arc.target > arc.source else -1
        meets[arc.source].append((ahead, -ahead * levels[at], at * 2))
        meets[arc.target].append((-ahead, ahead * levels[at], at * 2 + 1))
    places: dict[int, float] = {}
    for column, ends in meets.items():
        ends.sort()
        x, width = columns[column].x, columns[column].width
        # Where journeys also leave, the left of the card's edge is for that.
        low, high = (x + width * 0.5, x + width - 16) if column in with_exit else (x + 20, x + width - 20)
        if any(arcs[end // 2].source == arcs[end // 2].target for *_, end in ends):
            high -= _BESIDE_LOOP - 24
        step = min(_PORT, (high - low) / max(1, len(ends) - 1))
        spread = step * (len(ends) - 1)
        first = high - spread if column in with_exit else (low + high - spread) / 2
        for place, (_, _, end) in enumerate(ends):
            places[end] = round(first + step * place, 2)
    return {at: (places[at * 2], places[at * 2 + 1]) for at in range(len(arcs))}


def _leftmost(ports: dict[int, tuple[float, float]], arcs: Sequence[Arc]) -> dict[int, float]:
    found: dict[int, float] = {}
    for at, (start, end) in ports.items():
        for column, x in ((arcs[at].source, start), (arcs[at].target, end)):
            found[column] = min(x, found.get(column, x))
    return found


def _words(share: float, condition: str, assumed: bool, read: Reading) -> str:
    text = percent(share) if share < 1 else ""
    if assumed:
        text = f"{text} ({read.label['assumed']})"
    return read.label.pairs(text, condition)


def _label(arc: Arc, ports: tuple[float, float], walls: list[float], read: Reading) -> tuple[Block, float]:
    """Wrap an arc's words into the widest stretch of its level that no deeper arc passes."""
    low, high = min(ports), max(ports)
    if arc.source == arc.target:
        low, high = high, high + _BESIDE_LOOP
    stops = [low, *(x for x in walls if low < x < high), high]
    gaps = [(a, b) for a, b in itertools.pairwise(stops)]
    enough = [gap for gap in gaps if gap[1] - gap[0] >= 120]
    if enough:
        left, right = min(enough, key=lambda gap: min(abs(gap[0] - ports[0]), abs(gap[1] - ports[0])))
    else:
        left, right = max(gaps, key=lambda gap: gap[1] - gap[0])
    room = max(24.0, min(_LABEL_WIDTH, right - left - 12))
    text = block(
        _words(arc.share, arc.condition, arc.assumed, read),
        room,
        LABEL,
        color=_COLORS[arc.kind],
        max_lines=4,
    )
    near_end = abs(right - ports[0]) < abs(left - ports[0])
    return text, right - 6 - text.width if near_end else left + 6


def _drops(
    columns: tuple[Column, ...], exits: Sequence[Exit], left_port: dict[int, float], read: Reading
) -> tuple[list[_Drop], float]:
    """Hang the ways out of each column under its card, beside the arcs that meet it."""
    drops: list[_Drop] = []
    deepest = 0.0
    ways: dict[int, list[Exit]] = defaultdict(list)
    for way in exits:
        ways[way.source].append(way)
    for at, outs in ways.items():
        column = columns[at]
        right = left_port.get(at, column.x + column.width) - 8
        room = max(40.0, right - column.x - _DROP_INSET)
        y = 14.0
        for way in outs:
            head = way.outcome if way.share >= 0.9995 else f"{percent(way.share)} {way.outcome}"
            if way.assumed:
                head += f" ({read.label['assumed']})"
            color = _exit_color(way)
            name = block(head, room, LABEL, weight="bold", color=color, max_lines=4)
            condition = block(way.condition, room, LABEL, color="ink-soft", max_lines=4)
            drops.append(_Drop(way, column.x + 16, y, name, condition))
            y += name.height + condition.height + 6
        deepest = max(deepest, y - 2)
    return drops, deepest


def draw(channel: Channel, top: float) -> tuple[Shape, ...]:
    """Draw arcs and exits beneath cards whose lower edge lies at `top`."""
    shapes: list[Shape] = []
    deepest_first = sorted(channel.arcs, key=lambda laid: -laid.level)
    shapes.extend(_arc(channel.columns, laid, top) for laid in deepest_first)
    stems: dict[float, float] = {}
    for drop in channel.drops:
        shapes.append(_drop(drop, top, stems.get(drop.x, 0.0)))
        stems[drop.x] = drop.y + 7
    return tuple(shapes)


def _arc(columns: tuple[Column, ...], laid: _Laid, top: float) -> Group:
    arc, level = laid.arc, round(top + laid.level, 2)
    source, target = columns[arc.source], columns[arc.target]
    link = Link(
        source.id,
        target.id,
        (Point(laid.start, top), Point(laid.start, level), Point(laid.end, level), Point(laid.end, top)),
        Paint(
            None,
            _COLORS[arc.kind],
            # Thickness says how many go this way; the dash tells a way back without its colour.
            thickness(arc.traffic),
            dash=(5.0, 3.0) if arc.kind == "loop" else (),
        ),
        rounded=10.0,
        id=f"route-{source.id}-{target.id}",
        role=f"route-{arc.kind}",
        title=" ".join(laid.label.lines),
    )
    if not laid.label.lines:
        return Group((link,), role="arc")
    label = laid.label.at(laid.label_x, level - laid.label.height - 3)
    return Group((link, label), role="arc", title=laid.label.whole)


def _exit_color(way: Exit) -> str:
    return "route" if way.success is None else "success" if way.success else "route-abandon"


def _drop(drop: _Drop, top: float, begun: float) -> Group:
    """Draw a way out: a stem from the card that bends to its label."""
    x, y = drop.x, round(top + drop.y + 7, 2)
    color = _exit_color(drop.way)
    start = top + begun
    stem = Path(
        (
            Segment("M", (Point(x, start),)),
            Segment("L", (Point(x, y - 6),)),
            Segment("Q", (Point(x, y), Point(x + 6, y))),
            Segment("L", (Point(x + 10, y),)),
        ),
        Paint(None, color, thickness(drop.way.traffic)),
        role="exit",
    )
    head = (
        Segment("M", (Point(x + 9, y - 4),)),
        Segment("L", (Point(x + 16, y),)),
        Segment("L", (Point(x + 9, y + 4),)),
        Segment("Z"),
    )
    shapes: list[Shape] = [stem, Path(head, Paint(color)), drop.name.at(x + _DROP_INSET - 16, top + drop.y)]
    if drop.condition.lines:
        shapes.append(drop.condition.at(x + _DROP_INSET - 16, top + drop.y + drop.name.height))
    return Group(tuple(shapes), role="exit", title=drop.name.whole or drop.condition.whole)
