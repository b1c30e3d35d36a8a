"""What a layout of the flow says, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from blueprint.scene.shapes import Point
from blueprint.views.link_labels import Area

How = Literal["graphviz", "columns", "columns-by-size"]
"""Who placed the cards.

- `graphviz`: Graphviz.
- `columns`: our columns, because there is no Graphviz or they were asked for.
- `columns-by-size`: our columns, because Graphviz would take too long or they print larger.
"""


_AROUND = (96.0, 280.0)
"""What margins, header and footer add to width and height, about, px."""


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

    @property
    def scale(self) -> float:
        """How large it prints on a sheet of the A series of height 1, upright or across."""
        wide, tall = self.width + _AROUND[0], self.height + _AROUND[1]
        long = 2**0.5
        return max(min(long / wide, 1 / tall), min(1 / wide, long / tall))

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
