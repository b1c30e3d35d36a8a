"""Text as blocks that know their size before anything is placed."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from blueprint.scene.shapes import Anchor, Text, Weight
from blueprint.scene.text import ascent, line_height, measure, wrap

TITLE, STAGE, CARD, BODY, LABEL = 28.0, 16.0, 13.0, 12.0, 10.5
"""The five sizes of type on a drawing, px."""


@lru_cache(maxsize=64)
def _metrics(size: float) -> tuple[float, float]:
    """Return the height of a line and how far below its top the baseline lies, px.

    Half of the leading goes above the letters and half below, so that a block centres by its height.
    """
    tall = line_height(size)
    return tall, (tall - size) / 2 + ascent(size)


class Block(NamedTuple):
    """Finished lines of one size and colour."""

    lines: tuple[str, ...]
    size: float
    weight: Weight = "regular"
    color: str = "ink"
    slant: bool = False
    whole: str = ""
    """The whole text, where lines were left out; for the title of the element around it."""

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last, px."""
        return len(self.lines) * _metrics(self.size)[0]

    @property
    def width(self) -> float:
        """Of the longest line, px."""
        lines = self.lines
        if len(lines) == 1:
            return measure(lines[0], self.size, self.weight)
        return max((measure(line, self.size, self.weight) for line in lines), default=0.0)

    def at(self, x: float, top: float, anchor: Anchor = "start") -> Text:
        """Place the block by its top, and its left, middle or right."""
        baseline = top + _metrics(self.size)[1]
        return Text(x, baseline, self.lines, self.size, self.color, self.weight, anchor, slant=self.slant)


def block(
    text: str,
    width: float,
    size: float = BODY,
    *,
    weight: Weight = "regular",
    color: str = "ink",
    slant: bool = False,
    max_lines: int | None = None,
) -> Block:
    """Wrap a text into a block no wider than `width` px; white space is folded first."""
    folded = " ".join(text.split())
    # A separator belongs to the fact before it: no line begins with one.
    held = folded.replace(" · ", "\u00a0· ")
    lines = wrap(held, width, size, weight, max_lines) if folded else ()
    lines = tuple(line.replace("\u00a0·", " ·") for line in lines)
    left_out = max_lines is not None and len(lines) == max_lines and lines[-1].endswith("…")
    return Block(lines, size, weight, color, slant, folded if left_out else "")


def heading(
    text: str, width: float, size: float, *, color: str = "ink", max_lines: int | None = None
) -> Block:
    """Set a bold title whose lines are about equally long, so that no last word stands alone."""
    widest = block(text, width, size, weight="bold", color=color, max_lines=max_lines)
    if len(widest.lines) < 2 or widest.whole:
        return widest
    best = widest
    for share in (0.9, 0.8, 0.7, 0.6):
        narrower = block(text, width * share, size, weight="bold", color=color, max_lines=max_lines)
        # A narrower measure must cost neither a line nor a word cut in two.
        if len(narrower.lines) > len(widest.lines) or _letters(narrower) != _letters(widest):
            break
        best = narrower
    return best


def _letters(text: Block) -> str:
    return "".join(text.lines).replace(" ", "")


def line(text: str, size: float = LABEL, *, weight: Weight = "regular", color: str = "ink") -> Block:
    """Set a short label of our own on one line."""
    return Block((text,), size, weight, color)
