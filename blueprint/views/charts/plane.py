"""What charts share: a plane with a scale on either side, numbered marks, and the key beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, sin
from typing import NamedTuple

from blueprint.scene.shapes import Ellipse, Group, Paint, Path, Point, Rect, Scene, Segment, Shape
from blueprint.views.typeset import BODY, LABEL, block, line

WIDTH = 640.0
"""Of every chart, px: what stands between the margins of an A4 page."""
PAD = 8.0
_KEY_GAP = 26.0
_KEY_STEP = 8.0
_DISC = 9.0


@dataclass(frozen=True, slots=True)
class Plane:
    """A rectangle of the drawing with a scale on either side."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    @property
    def right(self) -> float:
        """The right edge, px."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The bottom edge, px."""
        return self.top + self.height

    def at(self, x: float, y: float) -> Point:
        """Return where a pair of figures lies; what is off the scale lies on the edge."""
        across = (min(max(x, self.x[0]), self.x[1]) - self.x[0]) / (self.x[1] - self.x[0])
        up = (min(max(y, self.y[0]), self.y[1]) - self.y[0]) / (self.y[1] - self.y[0])
        return Point(round(self.left + across * self.width, 2), round(self.bottom - up * self.height, 2))


def stroke(
    a: Point, b: Point, color: str = "grid", width: float = 1.0, dash: tuple[float, ...] = ()
) -> Path:
    """Return a straight line."""
    return Path((Segment("M", (a,)), Segment("L", (b,))), Paint(None, color, width, dash))


def axes(
    plane: Plane,
    ticks: tuple[Sequence[tuple[float, str]], Sequence[tuple[float, str]]],
    names: tuple[str, str],
) -> list[Shape]:
    """Draw the grid, the figures along it and the names of the two scales."""
    shapes: list[Shape] = []
    for value, label in ticks[0]:
        foot = plane.at(value, plane.y[0])
        shapes.append(stroke(foot, Point(foot.x, plane.top)))
        shapes.append(line(label, color="ink-faint").at(foot.x, plane.bottom + 4, "middle"))
    for value, label in ticks[1]:
        side = plane.at(plane.x[0], value)
        shapes.append(stroke(side, Point(plane.right, side.y)))
        text = line(label, color="ink-faint")
        shapes.append(text.at(plane.left - 6, side.y - text.height / 2, "end"))
    corner = Point(plane.left, plane.bottom)
    shapes.append(stroke(corner, Point(plane.right, plane.bottom), "line", 1.2))
    shapes.append(stroke(corner, Point(plane.left, plane.top), "line", 1.2))
    bold = line(f"↑ {names[1]}", weight="bold", color="ink-soft")
    shapes.append(bold.at(plane.left - 4, plane.top - bold.height - 6))
    shapes.append(
        line(f"{names[0]} →", weight="bold", color="ink-soft").at(plane.right, plane.bottom + 20, "end")
    )
    return shapes


class Mark(NamedTuple):
    """One thing on the plane."""

    at: Point
    radius: float
    color: str
    tint: str
    title: str
    note: str
    label: str
    """Its number in the key, the same as in the table beside the chart."""


def apart(marks: Sequence[Mark], plane: Plane) -> list[Point]:
    """Move marks that cover one another aside, as little as needed; the same every time."""
    places = [mark.at for mark in marks]
    for turn in range(120):
        moved = False
        for a in range(len(marks)):
            for b in range(a + 1, len(marks)):
                one, other = places[a], places[b]
                need = marks[a].radius + marks[b].radius + 2
                away = hypot(other.x - one.x, other.y - one.y)
                if away >= need - 0.01:
                    continue
                moved = True
                # Marks at the very same place part along directions that differ from pair to pair.
                angle = 2.4 * (a + b) + turn
                dx, dy = (
                    ((other.x - one.x) / away, (other.y - one.y) / away)
                    if away > 0.5
                    else (cos(angle), sin(angle))
                )
                push = (need - away) / 2 + 0.1
                places[a] = _inside(Point(one.x - dx * push, one.y - dy * push), marks[a].radius, plane)
                places[b] = _inside(Point(other.x + dx * push, other.y + dy * push), marks[b].radius, plane)
        if not moved:
            break
    return [Point(round(x, 2), round(y, 2)) for x, y in places]


def _inside(at: Point, radius: float, plane: Plane) -> Point:
    edge = radius + 1
    return Point(
        min(max(at.x, plane.left + edge), plane.right - edge),
        min(max(at.y, plane.top + edge), plane.bottom - edge),
    )


def numbered(marks: Sequence[Mark], plane: Plane) -> list[Shape]:
    """Draw marks as discs with their number; a hair leads back to where one was moved from."""
    places = apart(marks, plane)
    hairs: list[Shape] = []
    discs: list[Shape] = []
    for mark, at in zip(marks, places, strict=True):
        if hypot(at.x - mark.at.x, at.y - mark.at.y) > mark.radius:
            hairs.append(stroke(mark.at, at, mark.color, 0.8))
            hairs.append(Ellipse(mark.at.x, mark.at.y, 1.8, 1.8, Paint(mark.color)))
        text = line(mark.label, weight="bold")
        disc = Ellipse(at.x, at.y, mark.radius, mark.radius, Paint(mark.tint, mark.color, 1.5))
        number = text.at(at.x, at.y - text.height / 2, "middle")
        discs.append(Group((disc, number), role="mark-on-plane", title=f"{mark.label} · {mark.title}"))
    return hairs + discs


def key(marks: Sequence[Mark], left: float, top: float, *, width: float) -> tuple[list[Shape], float]:
    """List what the numbers stand for; return the shapes and where the list ends."""
    shapes: list[Shape] = []
    for mark in marks:
        title = block(mark.title, width - _KEY_GAP, BODY, max_lines=2)
        note = block(mark.note, width - _KEY_GAP, LABEL, color="ink-faint", max_lines=1)
        number = line(mark.label, weight="bold")
        middle = top + title.height / len(title.lines) / 2 if title.lines else top + _DISC
        disc = Ellipse(left + _DISC, middle, _DISC, _DISC, Paint(mark.tint, mark.color, 1.2))
        texts = [
            number.at(left + _DISC, middle - number.height / 2, "middle"),
            title.at(left + _KEY_GAP, top),
        ]
        if note.lines:
            texts.append(note.at(left + _KEY_GAP, top + title.height))
        whole = title.whole or mark.title
        shapes.append(Group((disc, *texts), role="key", title=whole))
        top += title.height + note.height + _KEY_STEP
    return shapes, top


def chart(
    shapes: Sequence[Shape], height: float, title: str, description: str, *, prefix: str, language: str
) -> Scene:
    """Put the shapes on a sheet."""
    ground = Rect(0, 0, WIDTH, round(height, 2), Paint("paper"))
    root = Group((ground, *shapes), title=title)
    return Scene(WIDTH, round(height, 2), root, title, description, prefix, language, "chart")
