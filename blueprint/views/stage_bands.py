"""The bands of the stages above the cards, each pointing to the next."""

from __future__ import annotations

from collections.abc import Sequence

from blueprint.model.journey import Stage
from blueprint.scene.shapes import Group, Paint, Path, Point, Segment, Shape
from blueprint.views.reading import Reading
from blueprint.views.typeset import BODY, STAGE, Block, block, heading

_TIP = 12.0
"""How far a stage points into the gutter, px."""


def stage_token(at: int) -> str:
    """Return the colour of a stage by its place; the ninth begins again."""
    return f"stage-{at % 8 + 1}"


def stage_texts(stage: Stage, width: float, read: Reading, k: float = 1.0) -> tuple[Block, ...]:
    """Set the name of a stage and, where given, its goal, k times as large as usual."""
    # The name grows twice as fast: it is what one looks for from across the room.
    title = heading(read.say(stage.heading), width, STAGE * (2 * k - 1), max_lines=3)
    goal = block(read.say(stage.goal), width, BODY * k, color="ink-soft", max_lines=4)
    return (title, goal) if goal.lines else (title,)


def stage_band(
    at: int,
    stage: Stage,
    left: float,
    right: float,
    y: float,
    height: float,
    texts: Sequence[Block],
    last: bool,
) -> Group:
    """Draw a stage as a band that points to the next one."""
    notch = _TIP if at else 0.0
    r, bottom, middle = 6.0, y + height, y + height / 2
    head = (
        (
            Segment("L", (Point(right - r, y),)),
            Segment("Q", (Point(right, y), Point(right, y + r))),
            Segment("L", (Point(right, bottom - r),)),
            Segment("Q", (Point(right, bottom), Point(right - r, bottom))),
        )
        if last
        else (
            Segment("L", (Point(right, y),)),
            Segment("L", (Point(right + _TIP, middle),)),
            Segment("L", (Point(right, bottom),)),
        )
    )
    tail = (
        (Segment("L", (Point(left, bottom),)), Segment("L", (Point(left + notch, middle),)))
        if at
        else (
            Segment("L", (Point(left + r, bottom),)),
            Segment("Q", (Point(left, bottom), Point(left, bottom - r))),
            Segment("L", (Point(left, y + r),)),
            Segment("Q", (Point(left, y), Point(left + r, y))),
        )
    )
    start = Segment("M", (Point(left if at else left + r, y),))
    outline = (start, *head, *tail, Segment("Z"))
    shapes: list[Shape] = [Path(outline, Paint(stage_token(at)), role="band")]
    top = y + (height - sum(text.height for text in texts)) / 2
    for text in texts:
        shapes.append(text.at(left + notch + 14, top))
        top += text.height
    whole = next((text.whole for text in texts if text.whole), "")
    return Group(tuple(shapes), id=f"stage-{stage.id}", role="stage", title=whole)
