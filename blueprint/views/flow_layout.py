"""What a layout of the flow says, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from blueprint.scene.shapes import Point
from blueprint.views.link_labels import Area

How = Literal["graphviz", "columns", "columns-by-size"]
"""By Graphviz; by our columns, because there is no Graphviz or they were asked for; because of the size."""


@dataclass(frozen=True, slots=True)
class FlowLayout:
    """Where everything lies, px from the left top of the drawing's body."""

    how: How
    width: float
    height: float
    nodes: dict[str, Area]
    ways: tuple[tuple[Point, ...], ...]
    """By index of the edge: Bézier control points where `smooth`, else corners."""
    smooth: bool
    labels: dict[int, Point]
    """Middles of the labels, by index of the edge."""
    stages: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Left and right edge of the column of a stage, where stages have columns."""

    def moved(self, dx: float, dy: float) -> FlowLayout:
        """The same layout elsewhere."""
        return replace(
            self,
            nodes={
                id_: Area(a.left + dx, a.top + dy, a.right + dx, a.bottom + dy)
                for id_, a in self.nodes.items()
            },
            ways=tuple(
                tuple(Point(round(x + dx, 2), round(y + dy, 2)) for x, y in way) for way in self.ways
            ),
            labels={at: Point(round(x + dx, 2), round(y + dy, 2)) for at, (x, y) in self.labels.items()},
            stages={at: (left + dx, right + dx) for at, (left, right) in self.stages.items()},
        )
