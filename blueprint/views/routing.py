"""Orthogonal routes on a grid of cells: around every box, with few bends and few crossings.

The sheet is cut into bands. Across, band 2g is the gutter before column g and band 2c + 1 is column c;
down, band 2h is the gutter above row h and band 2r + 1 is row r. A box fills one row of one or more
neighbouring columns (and the gutters between them). A route is a chain of legs, each running along one
band; which track of the band it takes is settled afterwards, for all routes together, in `tracks`.

Gutters between rows and the outermost gutters are never blocked, so a route always exists. The best of
a handful of shapes is taken, which is what keeps big sheets linear: no search over the grid.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import eq
from typing import Literal, NamedTuple

Axis = Literal["h", "v"]
PORT = 0.4
"""How far from the middle of its band a box's edge lies, in bands."""

_BEND = 46.0
_CROSSING = 34.0
_SHARED = 16.0
_AGAINST = 60.0
_STRETCH = 24
"""Bands of one stretch, by which routes are looked up."""
_ACROSS, _DOWN = 98.0, 57.0  # px from one band's middle to the next, on average


class Box(NamedTuple):
    """An obstacle and the end of routes: columns `first` to `last`, inclusive, of one row."""

    first: int
    last: int
    row: int


class Leg(NamedTuple):
    """A straight piece of a route: along `band`, between two places counted in bands across it.

    A place is the number of the band where the leg turns, or lies `PORT` off a box's band where it
    meets the box's edge.
    """

    axis: Axis
    band: int
    start: float
    end: float

    @property
    def low(self) -> float:
        """The smaller of both places."""
        return self.start if self.start < self.end else self.end

    @property
    def high(self) -> float:
        """The larger of both places."""
        return self.start if self.start > self.end else self.end


Route = tuple[Leg, ...]


class _Counts:
    """How many blocked cells lie before a place, per band."""

    def __init__(self) -> None:
        self._at: dict[int, list[int]] = defaultdict(list)

    def add(self, band: int, place: int) -> None:
        self._at[band].append(place)

    def seal(self) -> None:
        for places in self._at.values():
            places.sort()

    def between(self, band: int, low: float, high: float) -> bool:
        """Whether anything lies in [low, high]."""
        places = self._at.get(band)
        if not places:
            return False
        at = bisect_left(places, low)
        return at < len(places) and places[at] <= high


class Grid:
    """Boxes on a grid of `columns` × `rows` cells, and the routes found between them so far."""

    def __init__(self, columns: int, rows: int, boxes: Iterable[Box]) -> None:
        self.columns, self.rows = columns, rows
        self._in_row, self._in_column = _Counts(), _Counts()
        for box in boxes:
            for x in range(2 * box.first + 1, 2 * box.last + 2):
                self._in_row.add(2 * box.row + 1, x)
                self._in_column.add(x, 2 * box.row + 1)
        self._in_row.seal()
        self._in_column.seal()
        self._legs: dict[Axis, dict[tuple[int, int], list[Leg]]] = {
            "h": defaultdict(list),
            "v": defaultdict(list),
        }  # by band and stretch of the band, so that a wide sheet is not searched as a whole

    def route(self, source: Box, target: Box) -> Route:
        """Find the cheapest clear way from one box to another and keep its place."""
        best: Route | None = None
        lowest = float("inf")
        apart = _distance(source, target)
        for axis, bands in _shapes(source, target, self.columns):
            if apart + _BEND * (len(bands) - 1) >= lowest:
                break  # shapes come by number of bends: none that follows can be cheaper
            stops = _stops(axis, bands, source, target)
            if stops is None:
                continue
            cost = _plain_cost(axis, stops)
            if cost >= lowest:
                continue  # before any leg is made: most shapes end here
            legs = _legs(axis, bands, stops)
            if not all(map(self._clear, legs)):
                continue
            cost = self._with_traffic(cost, legs, lowest)
            if cost < lowest:
                best, lowest = legs, cost
        if best is None:
            raise AssertionError("outer gutters are never blocked")
        for leg in best:
            for stretch in _stretches(leg):
                self._legs[leg.axis][leg.band, stretch].append(leg)
        return best

    def route_all(self, links: Sequence[tuple[Box, Box]]) -> list[Route]:
        """Find ways for all links, short ones first: they stay straight and long ones go around them."""
        found: dict[int, Route] = {}
        for at in sorted(range(len(links)), key=lambda at: (_reach(*links[at]), at)):
            found[at] = self.route(*links[at])
        return [found[at] for at in range(len(links))]

    def _clear(self, leg: Leg) -> bool:
        counts = self._in_row if leg.axis == "h" else self._in_column
        start, end = leg.start, leg.end
        return not (
            counts.between(leg.band, start, end) if start < end else counts.between(leg.band, end, start)
        )

    def _with_traffic(self, cost: float, legs: Route, lowest: float) -> float:
        """Add what it costs to cross or to run beside routes that are there, until it is too much."""
        for leg in legs:
            low, high, at = leg.low, leg.high, leg.band
            beside = {
                other
                for stretch in _stretches(leg)
                for other in self._legs[leg.axis].get((at, stretch), ())
            }
            cost += _SHARED * sum(other.low <= high and low <= other.high for other in beside)
            across = self._legs["v" if leg.axis == "h" else "h"]
            stretch = at // _STRETCH
            for band in range(int(low) + 1, int(high - 0.01) + 1):
                for other in across.get((band, stretch), ()):
                    if other.start < at < other.end or other.end < at < other.start:
                        cost += _CROSSING
            if cost >= lowest:
                break
        return cost


def _stretches(leg: Leg) -> range:
    return range(int(leg.low) // _STRETCH, int(leg.high) // _STRETCH + 1)


def _reach(source: Box, target: Box) -> int:
    """How far apart two boxes are, in cells."""
    beside = max(target.first - source.last, source.first - target.last, 0)
    return beside + abs(source.row - target.row)


def _nearest(box: Box, column: int) -> int:
    return min(max(column, box.first), box.last)


def _shapes(s: Box, t: Box, columns: int) -> Iterator[tuple[Axis, tuple[int, ...]]]:
    """Yield the axis of the first leg and the bands of all legs, alternating; few bends before many."""
    row_s, row_t = 2 * s.row + 1, 2 * t.row + 1
    right, left, before, after = 2 * s.last + 2, 2 * s.first, 2 * t.first, 2 * t.last + 2
    above_s, below_s, above_t, below_t = row_s - 1, row_s + 1, row_t - 1, row_t + 1
    if s == t:
        yield "h", (row_s, right, above_s, 2 * s.last + 1)
        yield "h", (row_s, right, below_s, 2 * s.last + 1)
        return
    a = 2 * _nearest(s, t.first if t.first > s.last else t.last) + 1
    b = 2 * _nearest(t, s.last if s.last < t.first else s.first) + 1
    if row_s != row_t and t.first <= (a - 1) // 2 <= t.last:
        b = a
    if a == b:
        yield "v", (a,)
    if row_s == row_t:
        yield "h", (row_s,)
    else:
        yield "h", (row_s, b)
        yield "v", (a, row_t)
    for gutter in dict.fromkeys((right, before, left, after)):
        yield "h", (row_s, gutter, row_t)
    for gutter in dict.fromkeys((below_s, above_t, above_s, below_t)):
        yield "v", (a, gutter, b)
    for gutter in (above_t, below_t):
        for out in (right, left):
            yield "h", (row_s, out, gutter, b)
    for gutter in (below_s, above_s):
        for into in (before, after):
            yield "v", (a, gutter, into, row_t)
    for gutter in dict.fromkeys((below_s, above_s, above_t, below_t)):
        yield "h", (row_s, right, gutter, before, row_t)
    for first in (below_s, above_s):
        for last in (above_t, below_t):
            for x in dict.fromkeys((right, before, left, after, 0, 2 * columns)):
                yield "v", (a, first, x, last, b)


def _distance(s: Box, t: Box) -> float:
    """The nominal length that no route between two boxes goes below, px."""
    beside = max(t.first - s.last, s.first - t.last, 0)
    beneath = abs(s.row - t.row)
    # Two cells that touch are two bands apart from middle to middle, and a port saves part of one each.
    across = _ACROSS * max(2 * beside - 2 * PORT - 1e-6, 0.0)
    down = _DOWN * max(2 * beneath - 2 * PORT - 1e-6, 0.0)
    return across + down


def _stops(axis: Axis, bands: Sequence[int], s: Box, t: Box) -> list[float] | None:
    """Return the bands of all legs between the edges where the first begins and the last ends.

    Leg number n runs along band n, from stop n to stop n + 2. None where a leg would have no length or
    would turn back into its box.
    """
    last: Axis = axis if len(bands) % 2 else ("h" if axis == "v" else "v")
    ahead = bands[1] if len(bands) > 1 else _middle(t, axis)
    behind = bands[-2] if len(bands) > 1 else _middle(s, axis)
    stops: list[float] = [_edge(s, axis, ahead), *bands, _edge(t, last, behind)]
    if not _leaves(s, axis, stops[0], stops[2]) or not _leaves(t, last, stops[-1], stops[-3]):
        return None
    return None if any(map(eq, stops, stops[2:])) else stops


def _legs(axis: Axis, bands: Sequence[int], stops: Sequence[float]) -> Route:
    """Turn bands and stops into legs."""
    legs: list[Leg] = []
    for at, band in enumerate(bands):
        legs.append(Leg(axis, band, stops[at], stops[at + 2]))
        axis = "h" if axis == "v" else "v"
    return tuple(legs)


def _middle(box: Box, axis: Axis) -> int:
    """The middle of a box, in bands, along an axis; may fall on a gutter where a box is two cells wide."""
    return 2 * box.row + 1 if axis == "v" else box.first + box.last + 1


def _edge(box: Box, axis: Axis, toward: float) -> float:
    """The place on the box's edge that faces a band."""
    if axis == "v":
        middle = 2 * box.row + 1
        return middle + PORT if toward > middle else middle - PORT
    return 2 * box.last + 1 + PORT if toward > 2 * box.last + 1 else 2 * box.first + 1 - PORT


def _leaves(box: Box, axis: Axis, port: float, other: float) -> bool:
    """Whether a leg goes away from the box it touches, not through it."""
    return (other > port) if port > _middle(box, axis) else (other < port)


def _plain_cost(axis: Axis, stops: Sequence[float]) -> float:
    """What a route costs on an empty sheet: length, bends, and ends against the reading direction."""
    count = len(stops) - 2
    level = 0 if axis == "h" else 1
    cost = _BEND * (count - 1)
    for at in range(count):
        cost += (_ACROSS if at % 2 == level else _DOWN) * abs(stops[at + 2] - stops[at])
    if level == 0 and stops[2] < stops[0]:
        cost += _AGAINST
    if (count - 1) % 2 == level and stops[-1] < stops[-3]:
        cost += _AGAINST
    return cost
