"""The lane of the emotion curve: the scale with its faces at the left, and the curves over it."""

from __future__ import annotations

from blueprint.model.journey import Journey
from blueprint.scene.shapes import Icon, Paint, Rect, Shape
from blueprint.views import curve
from blueprint.views.plot import Curve, MarkNames, Marks, Plot
from blueprint.views.typeset import LABEL, line
from blueprint.views.words import Words


def plot_of(
    journey: Journey,
    top: float,
    centres: tuple[float, ...],
    edges: tuple[float, float],
    width: float,
    k: float,
) -> Plot:
    """Lay the emotion scale into a lane.

    Args:
        journey: Whose scale it is.
        top: Of the lane, px.
        centres: x of every column's middle.
        edges: Where the first column begins and the last one ends.
        width: Of the whole map.
        k: How much larger than usual its type and lines are.
    """
    low, high = journey.emotion_scale
    # The curve stays the hero of a wide poster: about an eighth of its width, within reason.
    height = min(520.0, max(240.0, width / 8 // 8 * 8))
    return Plot(low, high, journey.neutral_emotion, top, centres, *edges, height, k)


def draw(plot: Plot, curves: tuple[Curve, ...], marks: Marks, label: Words) -> tuple[Shape, ...]:
    """Draw the ground, the scale and the curves."""
    ground = Rect(
        plot.left - 8, plot.top, plot.right - plot.left + 16, plot.height, Paint("card"), radius=8
    )
    face = 20 * plot.k
    scale: list[Shape] = []
    for at in range(5):
        value = plot.low + (plot.high - plot.low) * at / 4
        middle = plot.y(value)
        text = line(plot.tick(value), LABEL * plot.k, color="ink-soft")
        mood = "positive" if value > plot.neutral else "negative" if value < plot.neutral else "ink-soft"
        scale += [
            Icon(f"face-{at + 1}", plot.left - 14 - face, middle - face / 2, face, mood),
            text.at(plot.left - 22 - face, middle - text.height / 2, "end"),
        ]
    names = MarkNames(label["peak"], label["pit"], label["end"], label["reach"], label["end-here"])
    return (ground, *scale, curve.draw(plot, curves, marks, names))
