"""Why the figures moved: for each of the figures that matter, bars of what did how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blueprint.analysis.comparison_results import Cause, FigureChange
from blueprint.analysis.comparison_told import Teller
from blueprint.scene.shapes import Group, Paint, Rect, Shape
from blueprint.views.typeset import BODY, CARD, LABEL, STAGE, block, line

_CAUSES = 5
_ROW, _BAR, _NAME = 22.0, 196.0, 172.0
"""Height of a cause, width of its bar to both sides, width of what names the figure; px."""
_LEAST, _MOST, _APART = 560.0, 760.0, 40.0
"""How narrow and how wide a figure may be, and what lies between two of them, px."""


def draw(
    figures: Sequence[FigureChange], tell: Teller, x: float, y: float, width: float, k: float = 1.0
) -> tuple[Group, float]:
    """Draw each figure with the changes that moved it, as many side by side as have room.

    Args:
        figures: What to explain.
        tell: Speaks to the reader.
        x: Where to begin.
        y: Where to begin.
        width: The room there is, px.
        k: How much larger than usual type is.

    Returns:
        The drawing and its height.
    """
    title = line(tell.say("What caused it", "原因"), STAGE * k, weight="bold")
    shapes: list[Shape] = [title.at(x, y)]
    bottom = [y + title.height + 12]
    beside = max(1, min(len(figures), int((width + _APART) // (_LEAST * k + _APART))))
    one = min((width + _APART) / beside - _APART, _MOST * k)
    bottom *= beside
    for figure in figures:
        # The next figure goes where most room is left; of equal columns, to the left.
        at = min(range(beside), key=lambda place: (round(bottom[place], 3), place))
        drawn, height = _figure(figure, tell, x + at * (one + _APART), bottom[at], one, k)
        shapes.append(drawn)
        bottom[at] += height + 16
    return Group(tuple(shapes), role="causes", title=title.lines[0]), max(bottom) - 16 - y


def _figure(
    figure: FigureChange, tell: Teller, x: float, y: float, width: float, k: float
) -> tuple[Group, float]:
    top = y
    tone = "negative" if figure.worse else "positive" if figure.better and figure.delta else "ink"
    shapes: list[Shape] = [Rect(x, y, width, 1, Paint("grid"))]
    y += 10
    names, bars = _NAME * k, _BAR * k
    moved = f"{tell.value(figure, figure.before)} → {tell.value(figure, figure.after)}"
    change = f"{tell.delta(figure, figure.delta)}  {tell.arrow(figure)}"
    left = y
    for text in (
        block(tell.figure(figure.name), names - 16, CARD * k, weight="bold"),
        block(moved, names - 16, BODY * k, color="ink-soft"),
        block(change, names - 16, CARD * k, weight="bold", color=tone),
    ):
        shapes.append(text.at(x, left))
        left += text.height + 2
    if figure.regressed:
        flag = line(tell.say("regression", "退步"), LABEL * k, weight="bold", color="ink-inverse")
        tall = flag.height + 4
        shapes += [
            Rect(x, left + 2, flag.width + 16, tall, Paint("negative"), radius=tall / 2),
            flag.at(x + 8, left + 4),
        ]
        left += flag.height + 8
    zero, room = x + names + bars / 2, width - names - bars - 16
    largest = max((abs(cause.part) for cause in figure.causes), default=1.0)
    start = y
    for cause in figure.causes[:_CAUSES]:
        text = block(tell.factor(cause), room, BODY * k, max_lines=3)
        tall = max(_ROW * k, text.height + 6)
        shapes.extend(_bar(figure, cause, tell, zero, y + tall / 2, abs(cause.part) / largest, k))
        said = text.at(x + names + bars + 16, y + (tall - text.height) / 2)
        shapes.append(Group((said,), role="why", title=text.whole))
        y += tall
    if figure.causes:
        shapes.insert(1, Rect(zero - 0.5, start, 1, y - start, Paint("line")))
    if more := figure.causes[_CAUSES:]:
        rest = tell.delta(figure, sum(cause.part for cause in more))
        told = tell.say(f"{len(more)} more together: {rest}", f"其余 {len(more)} 项合计：{rest}")
        text = block(told, room, LABEL * k, color="ink-soft")
        shapes.append(text.at(x + names + bars + 16, y + 2))
        y += text.height + 4
    spoken = "; ".join(tell.cause(figure, cause) for cause in figure.causes[:_CAUSES])
    spoken = f"{tell.figure(figure.name)} {moved}. {spoken}"
    return Group(tuple(shapes), role="cause", title=spoken), max(y, left) - top


def _bar(
    figure: FigureChange, cause: Cause, tell: Teller, zero: float, y: float, share: float, k: float
) -> Iterator[Shape]:
    """Draw what one cause did: to the right what raised the figure, in the colour of good or bad."""
    good = (cause.part > 0) == (figure.better != "lower")
    token = "ink-soft" if not figure.better else "positive" if good else "negative"
    paint = Paint(
        "grid" if not figure.better else f"{token}-tint", token, 1.5, pattern="dots" if good else "lines"
    )
    value = line(tell.delta(figure, cause.part), LABEL * k, weight="bold")
    long = max(2.0, share * (_BAR * k / 2 - value.width - 8))
    yield Rect(zero if cause.part > 0 else zero - long, y - 6 * k, long, 12 * k, paint, radius=2)
    if cause.part > 0:
        yield value.at(zero + long + 5, y - value.height / 2)
    else:
        yield value.at(zero - long - 5, y - value.height / 2, "end")
