"""The small vocabulary of every drawing: shapes that are frozen and keep their meaning.

Coordinates are in px at 1:1, x to the right, y down, origin at the top left of the scene; nothing is
relative to its group. Colours are token names of `theme.TOKENS`, never literals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Point(NamedTuple):
    """A place on the drawing."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Paint:
    """How a shape is filled and outlined; a token of None paints nothing."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    """Of the fill only, in [0, 1]; outlines and text are never see-through."""
    pattern: Literal["dots", "lines", "cross"] | None = None
    """A pattern over the fill, drawn by backends only in a theme that asks for patterns (print)."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with corners rounded by `radius`."""

    x: float
    y: float
    width: float
    height: float
    paint: Paint
    radius: float = 0.0
    id: str = ""
    role: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse around its centre."""

    x: float
    y: float
    rx: float
    ry: float
    paint: Paint
    id: str = ""
    role: str = ""
    title: str = ""


class Segment(NamedTuple):
    """A piece of a path: M and L take one point, Q two, C three, Z none."""

    op: Literal["M", "L", "Q", "C", "Z"]
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Lines and curves."""

    segments: tuple[Segment, ...]
    paint: Paint
    id: str = ""
    role: str = ""
    title: str = ""


Weight = Literal["regular", "bold"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Text:
    """Finished lines of text: already measured and wrapped, one baseline under the other."""

    x: float
    y: float
    """The baseline of the first line."""
    lines: tuple[str, ...]
    size: float
    color: str = "ink"
    weight: Weight = "regular"
    anchor: Anchor = "start"
    line_height: float = 0.0
    """Distance between baselines; 0 means `scene.text.line_height(size)`."""
    slant: bool = False
    id: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Icon:
    """A drawn sign from `scene.icons.ICONS`, on its 24 grid scaled to `size`, by its top left."""

    name: str
    x: float
    y: float
    size: float
    color: str = "ink"
    title: str = ""
    id: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A line from one shape to another; backends with connectors bind it to their ids."""

    source: str
    target: str
    points: tuple[Point, ...]
    paint: Paint
    rounded: float = 8.0
    """Radius of the corners; ignored where `smooth`."""
    smooth: bool = False
    """Points are cubic Bézier control points (1 + 3k of them) instead of corners."""
    arrow: Literal["end", "none"] = "end"
    id: str = ""
    role: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together: a lane, a card, a legend."""

    children: tuple[Shape, ...]
    id: str = ""
    role: str = ""
    title: str = ""
    """What a screen reader says on arriving here."""
    data: tuple[tuple[str, str], ...] = ()
    """Facts for pages that react (such as `("touchpoint", "search")`); never shown."""


Shape = Group | Rect | Ellipse | Path | Text | Icon | Link


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole drawing."""

    width: float
    height: float
    root: Group
    title: str
    description: str
    """The story of the drawing in words, for those who cannot see it."""
    prefix: str
    """The document's id; backends put it before every id so that two drawings can share a page."""
    language: str = "en"
    view: str = ""
    """Which view drew it: map, blueprint, flow."""
