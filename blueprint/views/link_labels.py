"""Labels on routes: which leg carries one, how much room that takes, and where it stands free of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from blueprint.scene.shapes import Point
from blueprint.views.routing import Axis, Leg, Route
from blueprint.views.tracks import Place
from blueprint.views.typeset import Block

_BESIDE = 10.0
"""Line to be seen on either side of a label that stands on it, px; twice that before an arrowhead."""

_COARSE = (0.5, 0.0, 0.25, 0.75, 1.0)
_FINE = tuple(
    step / 20 for step in (10, 8, 12, 6, 14, 4, 16, 2, 18, 0, 20, 9, 11, 7, 13, 5, 15, 3, 17, 1, 19)
)
"""Where along a piece of a line its label may stand, from 0 to 1."""

_HALF_CARD = 100.0


class Area(NamedTuple):
    """A rectangle by its edges, px."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Whether both share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Area) -> bool:
        """Whether the other lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


class Areas:
    """Areas that are taken, found by neighbourhood so that a label asks only those nearby."""

    _CELL = 160.0

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Area, int]]] = defaultdict(list)

    def add(self, area: Area, owner: int = -1) -> None:
        """Take an area; a label never minds what its own route takes."""
        for cell in self._over(area):
            self._cells[cell].append((area, owner))

    def free(self, area: Area, owner: int) -> bool:
        """Whether nothing of another owner is there."""
        return not any(
            other != owner and area.meets(taken)
            for cell in self._over(area)
            for taken, other in self._cells.get(cell, ())
        )

    def _over(self, area: Area) -> Iterator[tuple[int, int]]:
        size = self._CELL
        for x in range(int(area.left // size), int(area.right // size) + 1):
            for y in range(int(area.top // size), int(area.bottom // size) + 1):
                yield x, y


@dataclass(frozen=True, slots=True)
class Needs:
    """What labels ask of the bands: room across single legs, and least sizes of gutters."""

    room: dict[Place, float]
    sizes: dict[tuple[Axis, int], float]


def needs(routes: Sequence[Route], labels: Mapping[int, Block]) -> Needs:
    """Choose the leg that shall carry each label and say what that takes.

    A leg that passes a whole cell has the length and only needs breadth. Where there is none, the first leg
    carries the label, and the gutter it crosses must be long enough.
    """
    room: dict[Place, float] = {}
    sizes: dict[tuple[Axis, int], float] = {}
    crossed: tuple[Axis, int]
    for at, label in labels.items():
        host = _host(routes[at])
        leg = routes[at][host]
        if _goes_round(routes[at]):
            # From the middle of the card to the gutter beside it: half a card is there already.
            crossed = ("v", routes[at][1].band)
            room[at, 2] = label.height + 6
            sizes[crossed] = max(sizes.get(crossed, 0.0), 2 * (label.width + 4 * _BESIDE - _HALF_CARD))
            continue
        if _length(leg) >= 2 or (leg.axis == "v" and leg.band % 2 == 0):
            # It passes a whole cell, or runs in a gutter of its own: length it has, it needs breadth.
            room[at, host] = (label.height if leg.axis == "h" else label.width) + 6
        elif leg.axis == "h":
            crossed = ("v", 2 * round((leg.low + leg.high) / 4))
            sizes[crossed] = max(sizes.get(crossed, 0.0), label.width + 3 * _BESIDE + 12)
        else:
            crossed = ("h", 2 * round((leg.low + leg.high) / 4))
            sizes[crossed] = max(sizes.get(crossed, 0.0), label.height + 3 * _BESIDE + 6)
            room[at, host] = label.width + 14
    return Needs(room, sizes)


def _host(route: Route) -> int:
    """A level leg along a gutter, else an upright one, else a straight line's only leg, else the first."""
    if len(route) == 1:
        return 0
    level = [at for at, leg in enumerate(route) if leg.axis == "h" and _length(leg) >= 2]
    if level:
        return max(level, key=lambda at: (route[at].band % 2 == 0, min(_length(route[at]), 6.0), -at))
    upright = [at for at, leg in enumerate(route) if leg.axis == "v" and _length(leg) >= 2]
    return max(upright, key=lambda at: (_length(route[at]), -at)) if upright else 0


def _goes_round(route: Route) -> bool:
    """Whether a route ends where it began."""
    return len(route) == 4 and route[0].axis == "h" and _length(route[2]) <= 1


def gutters_of(route: Route) -> Iterator[tuple[Axis, int]]:
    """Yield the gutters that a route runs in or crosses: room there is room for its label."""
    for leg in route:
        if leg.band % 2 == 0:
            yield leg.axis, leg.band
        across: Axis = "v" if leg.axis == "h" else "h"
        for band in range(int(leg.low) + 1, int(leg.high) + 1):
            if band % 2 == 0:
                yield across, band


def _length(leg: Leg) -> float:
    return leg.high - leg.low


def stand(
    routes: Sequence[tuple[Point, ...]], labels: Mapping[int, Block], taken: Areas, within: Area
) -> dict[int, Area]:
    """Find a free place on its own line for every label; those without one are left out.

    Args:
        routes: The corners of all routes.
        labels: By index of their route; placed in this order.
        taken: Cards and other texts; routes and placed labels are added to it.
        within: Where the sheet ends.
    """
    for at, points in enumerate(routes):
        for one, two in pairwise(points):
            taken.add(_around(one, two, 2.0), at)
    found: dict[int, Area] = {}
    for at, label in labels.items():
        for area in _spots(routes[at], label):
            if within.holds(area) and taken.free(area, at):
                found[at] = area
                taken.add(area)
                break
    return found


def _around(one: Point, two: Point, margin: float) -> Area:
    return Area(
        min(one.x, two.x) - margin,
        min(one.y, two.y) - margin,
        max(one.x, two.x) + margin,
        max(one.y, two.y) + margin,
    )


def _spots(points: Sequence[Point], label: Block) -> Iterable[Area]:
    """Yield places for a label, the best first.

    On level pieces before upright ones, on middles before ends; then in finer steps; then beside the
    line, where the label hides nothing of it and needs no piece longer than itself.
    """
    pieces = list(enumerate(pairwise(points)))
    last = len(pieces) - 1
    half_width, half_height = label.width / 2 + 4, label.height / 2 + 1
    for parts in (_COARSE, _FINE):
        for level in (True, False):
            for at, (one, two) in pieces:
                if (one.y == two.y) is not level:
                    continue
                low, high = (one.x, two.x) if level else (one.y, two.y)
                half = half_width if level else half_height
                start, end = half + _BESIDE, half + (2 * _BESIDE if at == last else _BESIDE)
                length = abs(high - low)
                if length < start + end:
                    continue
                sign = 1.0 if high > low else -1.0
                for part in parts:
                    along = low + sign * (start + (length - end - start) * part)
                    x, y = (along, one.y) if level else (one.x, along)
                    yield Area(x - half_width, y - half_height, x + half_width, y + half_height)
    for _, (one, two) in pieces:
        for part in _FINE:
            x, y = one.x + (two.x - one.x) * part, one.y + (two.y - one.y) * part
            aside = (half_width + 4.0, 0.0) if one.x == two.x else (0.0, half_height + 4.0)
            for side in (1.0, -1.0):
                left, top = x + side * aside[0] - half_width, y + side * aside[1] - half_height
                yield Area(left, top, left + 2 * half_width, top + 2 * half_height)
