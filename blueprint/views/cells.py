"""What stands in one cell of the map: text, bubbles, needs, pains, ideas, figures.

A cell is measured when it is made and placed later, once the height of its row is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from blueprint.scene.shapes import Group, Icon, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.typeset import BODY, Block, block


class Cell(NamedTuple):
    """Something of a known height that can be drawn at (x, y) of its top left."""

    height: float
    draw: Callable[[float, float], tuple[Shape, ...]]


LONGEST = 14
"""Lines of a cell's text; the rest is in its title."""


def stack(cells: Iterable[Cell], gap: float = 8) -> Cell | None:
    """Put cells under one another; None where there are none."""
    pile = tuple(cells)
    if not pile:
        return None

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        shapes: list[Shape] = []
        for cell in pile:
            shapes.extend(cell.draw(x, y))
            y += cell.height + gap
        return tuple(shapes)

    return Cell(sum(cell.height for cell in pile) + gap * (len(pile) - 1), draw)


def paragraph(
    text: str, width: float, *, color: str = "ink", size: float = BODY, inset: float = 0
) -> Cell | None:
    """Set plain words."""
    body = block(text, width, size, color=color, max_lines=LONGEST)
    if not body.lines:
        return None
    return Cell(body.height, lambda x, y: (_told(body.whole, body.at(x + inset, y)),))


def bubble(text: str, width: float) -> Cell | None:
    """Set words in a speech bubble whose tail points to the lower left."""
    body = block(text, width - 24, BODY, max_lines=LONGEST)
    if not body.lines:
        return None
    tall = body.height + 16

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        outline = Path(_bubble(x, y, min(width, max(72.0, body.width + 24)), tall), Paint("card", "line"))
        return (Group((outline, body.at(x + 12, y + 8)), role="thought", title=body.whole),)

    return Cell(tall + 8, draw)


def _bubble(x: float, y: float, width: float, height: float) -> tuple[Segment, ...]:
    r, right, bottom = 10.0, x + width, y + height
    return (
        Segment("M", (Point(x + r, y),)),
        Segment("L", (Point(right - r, y),)),
        Segment("Q", (Point(right, y), Point(right, y + r))),
        Segment("L", (Point(right, bottom - r),)),
        Segment("Q", (Point(right, bottom), Point(right - r, bottom))),
        Segment("L", (Point(x + 30, bottom),)),
        Segment("L", (Point(x + 18, bottom + 8),)),
        Segment("L", (Point(x + 20, bottom),)),
        Segment("L", (Point(x + r, bottom),)),
        Segment("Q", (Point(x, bottom), Point(x, bottom - r))),
        Segment("L", (Point(x, y + r),)),
        Segment("Q", (Point(x, y), Point(x + r, y))),
        Segment("Z"),
    )


def bulleted(texts: Iterable[str], icon: str, color: str, width: float) -> Cell | None:
    """Set one paragraph per text, each after a small icon."""
    cells = []
    for text in texts:
        body = block(text, width - 22, BODY, max_lines=LONGEST)
        if body.lines:
            cells.append(Cell(body.height, _bullet(body, icon, color)))
    return stack(cells, 6)


def _bullet(body: Block, icon: str, color: str) -> Callable[[float, float], tuple[Shape, ...]]:
    def draw(x: float, y: float) -> tuple[Shape, ...]:
        return (_told(body.whole, Icon(icon, x, y + 1, 14, color), body.at(x + 22, y)),)

    return draw


def note(
    texts: tuple[Block, ...], extra: Cell | None, tint: str, edge: str, width: float, role: str
) -> Cell:
    """Set blocks on a tinted card with a coloured edge, with something of its own beneath."""
    body = sum(text.height for text in texts) + 2 * (len(texts) - 1)
    tall = body + (extra.height + 4 if extra else 0) + 16

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        shapes: list[Shape] = [
            Rect(x, y, width, tall, Paint(tint), radius=4),
            Rect(x, y, 3, tall, Paint(edge), radius=1.5),
        ]
        top = y + 8
        for text in texts:
            shapes.append(text.at(x + 12, top))
            top += text.height + 2
        if extra:
            shapes.extend(extra.draw(x + 12, top + 2))
        return (Group(tuple(shapes), role=role, title=next((t.whole for t in texts if t.whole), "")),)

    return Cell(tall, draw)


def _told(whole: str, *shapes: Shape) -> Group:
    """Group shapes so that what was left out of their text can still be read."""
    return Group(shapes, title=whole)
