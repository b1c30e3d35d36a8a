"""What the emotion curve is drawn from: scores by column, marks, and the scale laid onto px."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt

from blueprint.model.values import Score
from blueprint.views.words import number, signed

_EDGE = 40.0
"""Above and below the scale, where flags and figures stand."""


@dataclass(frozen=True)
class Curve:
    """One persona's scores by column; None where nobody scored."""

    name: str
    """Written at its end; empty where it is the only one."""
    color: str
    scores: tuple[Score | None, ...]


@dataclass(frozen=True)
class Marks:
    """Which columns are the peak, the pit and the end, and how likely each column is the peak."""

    peak: int | None = None
    pit: int | None = None
    end: int | None = None
    likely: dict[int, float] = field(default_factory=dict)
    shares: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Of the journeys of which this is the peak, the pit, the end; 1 where nothing is known."""


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

    def y(self, emotion: float) -> float:
        """Return the height of an emotion; scores outside the scale stay at its end."""
        share = (min(self.high, max(self.low, emotion)) - self.low) / (self.high - self.low)
        return self.top + self.height - _EDGE - share * (self.height - 2 * _EDGE)

    def error(self, score: Score, sign: int) -> float | None:
        """Return how far one standard error lies from the score on the drawing, px down."""
        error = score.standard_error
        return None if error is None else self.y(score.mean + sign * error) - self.y(score.mean)

    def written(self, emotion: float) -> str:
        """Write an emotion: with its sign where neutral is zero."""
        return signed(emotion, 1) if self.neutral == 0 else number(emotion, 1)


def dot_radius(likely: float) -> float:
    """Return the radius of a dot whose area grows with the chance of being the peak, px."""
    return round(4.5 + 6 * sqrt(min(1.0, max(0.0, likely))), 2)


def radius_at(marks: Marks, column: int, curves: int) -> float:
    """Return the radius of the dots of a column; several curves keep theirs small."""
    radius = dot_radius(marks.likely.get(column, 0.0))
    return radius if curves == 1 else min(radius, 7.0)
