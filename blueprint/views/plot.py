"""What the emotion curve is drawn from: scores by column, marks, and the scale laid onto px."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import NamedTuple

from blueprint.model.values import Score
from blueprint.views.words import number, signed


@dataclass(frozen=True)
class Curve:
    """One persona's scores by column; None where nobody scored."""

    name: str
    """Written at its end; empty where it is the only one."""
    color: str
    scores: tuple[Score | None, ...]
    twin: bool = False
    """Another persona has this colour already: square dots and a double line tell the two apart."""


class Mark(NamedTuple):
    """A dot that carries a flag."""

    column: int
    curve: int | None = 0
    """Whose dot; None where the flag speaks of the column as a whole."""
    share: float = 1.0
    """Of the journeys that get here (for the end: that end here); 1 where nothing is known."""


@dataclass(frozen=True)
class Marks:
    """The highest, the lowest and the last dot, and how likely each column is the peak of a journey."""

    peak: Mark | None = None
    pit: Mark | None = None
    end: Mark | None = None
    likely: dict[int, float] = field(default_factory=dict)


class MarkNames(NamedTuple):
    """What the flags say; `reached` and `ended` take a share."""

    peak: str
    pit: str
    end: str
    reached: str = "{}"
    ended: str = "{}"


@dataclass(frozen=True)
class Plot:
    """The lane of the curve: the scale laid onto px."""

    low: float
    high: float
    neutral: float
    top: float
    centres: tuple[float, ...]
    """x of every column's middle."""
    left: float
    right: float
    height: float
    """Of the lane, px."""
    k: float = 1.0
    """How much larger than usual type, lines and dots are, so that a wide poster is read from afar."""
    edge: float = 40.0
    """Above and below the scale, where flags and figures stand, px at the usual size."""

    def y(self, emotion: float) -> float:
        """Return the height of an emotion; scores outside the scale stay at its end."""
        share = (min(self.high, max(self.low, emotion)) - self.low) / (self.high - self.low)
        edge = self.edge * self.k
        return self.top + self.height - edge - share * (self.height - 2 * edge)

    def error(self, score: Score, sign: int) -> float | None:
        """Return how far one standard error lies from the score on the drawing, px down."""
        error = score.standard_error
        return None if error is None else self.y(score.mean + sign * error) - self.y(score.mean)

    def written(self, emotion: float) -> str:
        """Write an emotion with one decimal: with its sign where neutral is zero."""
        text = f"{emotion:.1f}".replace("-", "−")
        if float(f"{emotion:.1f}") == 0:
            return "0.0"
        return text if self.neutral != 0 or text.startswith("−") else f"+{text}"

    def tick(self, emotion: float) -> str:
        """Write a value of the scale as short as it can be."""
        return signed(emotion, 1) if self.neutral == 0 else number(emotion, 1)

    def radius(self, marks: Marks, column: int, curves: int) -> float:
        """Return the radius of the dots of a column, px; several curves keep theirs small."""
        radius = dot_radius(marks.likely.get(column, 0.0))
        return round(self.k * (radius if curves == 1 else min(radius, 7.0)), 2)


def dot_radius(likely: float) -> float:
    """Return the radius of a dot whose area grows with the chance of being the peak, px."""
    return round(4.5 + 6 * sqrt(min(1.0, max(0.0, likely))), 2)
