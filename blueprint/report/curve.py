"""The emotion curve in braille dots, for terminals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from blueprint.figures import signed
from blueprint.report.display import pad, width

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille character by row and column of its dots."""


def curve(
    emotions: Sequence[float | None],
    scale: tuple[float, float],
    neutral: float,
    *,
    marks: Sequence[str] = (),
    columns: int = 96,
    rows: int = 7,
) -> list[str]:
    """Draw emotions from left to right, with the scale at the left and numbers below.

    Touchpoints without an emotion leave a gap. The dashed line is neutral.

    Args:
        emotions: One per touchpoint, in order; None where nobody scored it.
        scale: The lowest and the highest emotion.
        neutral: Where neither good nor bad is.
        marks: One character per touchpoint to put on the curve, or a space.
        columns: The width not to pass.
        rows: The height in characters.
    """
    low, high = scale
    labels = {0: signed(high), rows - 1: signed(low)}
    zero = min(rows - 1, max(0, int((high - neutral) / (high - low) * (rows * 4 - 1)) // 4))
    labels.setdefault(zero, signed(neutral))
    margin = max(width(text) for text in labels.values())
    room = columns - margin - 2
    count = max(1, len(emotions))
    pitch = min(6.0, room / count)  # below 1, several touchpoints share a column
    span = max(1, int(pitch * count))
    cells = [[0] * span for _ in range(rows)]
    last = rows * 4 - 1
    dots = [
        (
            int((at + 0.5) * pitch * 2),
            None if e is None else min(last, max(0, round((high - e) / (high - low) * last))),
        )
        for at, e in enumerate(emotions)
    ]
    for (x0, y0), (x1, y1) in pairwise(dots):
        if y0 is not None and y1 is not None:
            _line(cells, x0, y0, x1, y1)
    for x, y in dots:
        if y is not None:
            _dot(cells, x, y)
    text = [
        [chr(0x2800 + cell) if cell else "┄" if row == zero else " " for cell in line]
        for row, line in enumerate(cells)
    ]
    for at, (x, y) in enumerate(dots):
        if y is None:
            continue
        alone = all(dots[near][1] is None for near in (at - 1, at + 1) if 0 <= near < len(dots))
        mark = marks[at] if at < len(marks) else " "
        if mark != " " or alone:  # one dot without a line is easily overlooked
            text[y // 4][min(span - 1, x // 2)] = "•" if mark == " " else mark
    lines = []
    for row, line in enumerate(text):
        axis = "┤" if row in labels else "│"
        lines.append(f"{pad(labels.get(row, ''), margin, right=True)} {axis}{''.join(line)}".rstrip())
    return [*lines, f"{' ' * margin}  {_numbers([x // 2 for x, _ in dots], span)}".rstrip()]


def _line(cells: list[list[int]], x0: int, y0: int, x1: int, y1: int) -> None:
    """Set the dots of a straight line; one per column, and those between where it is steep."""
    previous = y0
    for x in range(x0, x1 + 1):
        y = round(y0 + (y1 - y0) * (x - x0) / max(1, x1 - x0))
        step = 1 if y >= previous else -1
        for between in range(previous, y + step, step):
            _dot(cells, x, between)
        previous = y


def _dot(cells: list[list[int]], x: int, y: int) -> None:
    row, column = y // 4, min(x // 2, len(cells[0]) - 1)
    cells[row][column] |= _DOTS[y % 4][x % 2]


def _numbers(places: Sequence[int], room: int) -> str:
    """Number the touchpoints from 1 under their places, leaving out those there is no room for."""
    line = ""
    for at, place in enumerate(places):
        text = str(at + 1)
        start = max(0, place - (len(text) - 1) // 2)
        if (not line or start > len(line)) and start + len(text) <= max(room, 1):
            line = line.ljust(start) + text
    return line
