"""Tracks: which of the parallel lines in a band each leg takes, and where everything then lies in px.

Two legs that could touch never share a track; legs that follow one another do, so a band is as wide as
its busiest place needs. Within a band the tracks are ordered so that routes cross where they must only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from blueprint.scene.shapes import Point
from blueprint.views.routing import Axis, Box, Leg, Route

PITCH = 14.0
"""Between the middles of two parallel lines, px."""
_CORNER = 14.0
"""From a corner of a box to the nearest line at its side, px."""

Place = tuple[int, int]
"""Which leg of which route."""


class Band(NamedTuple):
    """How large a band wants to be, px."""

    size: float
    """At least this."""
    margin: float = 8.0
    """Kept clear of lines on both sides."""
    tail: float = 0.0
    """Kept clear besides at its far side, for a line or a heading."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where bands lie and where routes run, px."""

    across: tuple[tuple[float, float], ...]
    """Start and end of every band from left to right."""
    down: tuple[tuple[float, float], ...]
    routes: tuple[tuple[Point, ...], ...]
    heights: Mapping[Box, float] = field(default_factory=dict)
    """Of boxes that do not fill their row: they stand in the middle of it."""

    def moved(self, dx: float, dy: float) -> Layout:
        """The same layout elsewhere."""
        return Layout(
            tuple((low + dx, high + dx) for low, high in self.across),
            tuple((low + dy, high + dy) for low, high in self.down),
            tuple(tuple(Point(round(x + dx, 2), round(y + dy, 2)) for x, y in way) for way in self.routes),
            self.heights,
        )

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of everything."""
        return self.across[0][0], self.down[0][0], self.across[-1][1], self.down[-1][1]

    def box(self, box: Box) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of a box."""
        top, bottom = self.down[2 * box.row + 1]
        spare = (bottom - top - self.heights.get(box, bottom - top)) / 2
        return (
            self.across[2 * box.first + 1][0],
            top + spare,
            self.across[2 * box.last + 1][1],
            bottom - spare,
        )


@dataclass(slots=True)
class _Member:
    place: Place
    leg: Leg
    room: float
    turns: tuple[tuple[float, int], ...]
    """Where it turns off, and to which side: -1 to smaller coordinates, +1 to larger."""
    level: int = 0
    offset: float = field(default=0.0)


def settle(
    routes: Sequence[Route],
    ends: Sequence[tuple[Box, Box]],
    across: Sequence[Band],
    down: Sequence[Band],
    *,
    room: Mapping[Place, float] = {},
    heights: Mapping[Box, float] = {},
) -> Layout:
    """Give every leg a track, every band its size and every route its corners.

    Args:
        routes: What `Grid.route` found.
        ends: The boxes each route joins, for its first and last point.
        across: Bands from left to right, gutters and columns in turn.
        down: Bands from top to bottom.
        room: Px that a leg needs across itself, where that is more than `PITCH` (for a label on it).
        heights: Least heights of boxes that shall not fill their row, px.
    """
    offsets: dict[Place, float] = {}
    need: dict[tuple[Axis, int], float] = {}
    for key, members in _bands(routes, room).items():
        need[key] = _share_out(members)
        offsets |= {member.place: member.offset for member in members}
    spans_across = _lay_out(across, "v", need)
    spans_down = _lay_out(down, "h", need)

    def middle(leg: Leg, place: Place) -> float:
        spans, bands = (spans_across, across) if leg.axis == "v" else (spans_down, down)
        low, high = spans[leg.band]
        return round((low + high - bands[leg.band].tail) / 2 + offsets[place], 2)

    layout = Layout(spans_across, spans_down, (), _heights(heights, routes, ends, offsets, spans_down))
    drawn: list[tuple[Point, ...]] = []
    for at, (route, (source, target)) in enumerate(zip(routes, ends, strict=True)):
        lines = [middle(leg, (at, index)) for index, leg in enumerate(route)]
        points = [_port(layout.box(source), route[0], route[0].start > route[0].end, lines[0])]
        for index in range(len(route) - 1):
            one, two = lines[index], lines[index + 1]
            points.append(Point(two, one) if route[index].axis == "h" else Point(one, two))
        points.append(_port(layout.box(target), route[-1], route[-1].end > route[-1].start, lines[-1]))
        drawn.append(tuple(points))
    return Layout(spans_across, spans_down, tuple(drawn), layout.heights)


def _heights(
    least: Mapping[Box, float],
    routes: Sequence[Route],
    ends: Sequence[tuple[Box, Box]],
    offsets: Mapping[Place, float],
    rows: Sequence[tuple[float, float]],
) -> dict[Box, float]:
    """Stretch boxes to where routes meet their sides, at most to their rows."""
    found = dict(least)
    for at, (route, (source, target)) in enumerate(zip(routes, ends, strict=True)):
        for box, index in ((source, 0), (target, len(route) - 1)):
            if box in found and route[index].axis == "h":
                found[box] = max(found[box], 2 * (abs(offsets[at, index]) + _CORNER))
    for box, height in found.items():
        top, bottom = rows[2 * box.row + 1]
        found[box] = min(2.0 * -(-height // 2), bottom - top)
    return found


def _port(edges: tuple[float, float, float, float], leg: Leg, near: bool, line: float) -> Point:
    """Where a leg meets a box: at its left or top edge where `near`, else at its right or bottom one."""
    left, top, right, bottom = edges
    if leg.axis == "h":
        return Point(round(left if near else right, 2), line)
    return Point(line, round(top if near else bottom, 2))


def _bands(routes: Sequence[Route], room: Mapping[Place, float]) -> dict[tuple[Axis, int], list[_Member]]:
    bands: dict[tuple[Axis, int], list[_Member]] = defaultdict(list)
    for at, route in enumerate(routes):
        for index, leg in enumerate(route):
            turns: list[tuple[float, int]] = []
            if index > 0:
                before = route[index - 1]
                turns.append((leg.start, -1 if before.start < before.end else 1))
            if index + 1 < len(route):
                after = route[index + 1]
                turns.append((leg.end, 1 if after.end > after.start else -1))
            place = (at, index)
            bands[leg.axis, leg.band].append(
                _Member(place, leg, max(PITCH, room.get(place, PITCH)), tuple(turns))
            )
    return bands


def _touch(one: Leg, two: Leg) -> bool:
    return one.low <= two.high and two.low <= one.high


def _crossings(first: _Member, second: _Member) -> float:
    """How often two legs that touch cross when the first takes the smaller coordinate."""
    count = 0.0
    for place, side in first.turns:
        if side > 0 and second.leg.low <= place <= second.leg.high:
            count += 1.0 if second.leg.low < place < second.leg.high else 0.5
    for place, side in second.turns:
        if side < 0 and first.leg.low <= place <= first.leg.high:
            count += 1.0 if first.leg.low < place < first.leg.high else 0.5
    return count


def _share_out(members: list[_Member]) -> float:
    """Give the legs of one band their offsets from its middle; return the px they need in all."""
    members.sort(key=lambda member: (member.leg.low, member.leg.high, member.place))
    widest = 0.0
    group: list[_Member] = []
    reach = float("-inf")
    for member in [*members, None]:
        if member is None or (group and member.leg.low > reach):
            widest = max(widest, _arrange(group))
            group, reach = [], float("-inf")
        if member is not None:
            group.append(member)
            reach = max(reach, member.leg.high)
    return widest


def _arrange(group: list[_Member]) -> float:
    """Order one knot of touching legs, stack them on levels, centre the levels."""
    order: list[_Member] = []
    for member in group:
        best, lowest = len(order), 0.0
        cost = 0.0
        for at in range(len(order) - 1, -1, -1):
            other = order[at]
            if _touch(member.leg, other.leg):
                cost += _crossings(member, other) - _crossings(other, member)
                if cost < lowest:
                    best, lowest = at, cost
        order.insert(best, member)
    for at, member in enumerate(order):
        member.level = max(
            (other.level + 1 for other in order[:at] if _touch(member.leg, other.leg)), default=0
        )
    sizes = [0.0] * (1 + max(member.level for member in order))
    for member in order:
        sizes[member.level] = max(sizes[member.level], member.room)
    total = sum(sizes)
    for member in order:
        member.offset = sum(sizes[: member.level]) + sizes[member.level] / 2 - total / 2
    return total


def _lay_out(
    bands: Sequence[Band], axis: Axis, need: Mapping[tuple[Axis, int], float]
) -> tuple[tuple[float, float], ...]:
    spans: list[tuple[float, float]] = []
    at = 0.0
    for index, band in enumerate(bands):
        wanted = need.get((axis, index), 0.0)
        size = max(band.size, wanted + 2 * band.margin + band.tail if wanted else 0.0)
        size = float(round(size + 0.4999))
        spans.append((at, at + size))
        at += size
    return tuple(spans)
