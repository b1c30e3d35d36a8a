"""A journey at a glance: the curve alone, with its peak, pit and end, for pages that list journeys."""

from __future__ import annotations

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.scene.shapes import Group, Paint, Rect, Scene, Shape
from blueprint.views import curve
from blueprint.views.map_marks import marks_of
from blueprint.views.map_plan import columns_of, curves_of
from blueprint.views.map_story import extremes
from blueprint.views.plot import Plot
from blueprint.views.reading import reading
from blueprint.views.stage_bands import stage_token

WIDTH, HEIGHT = 1200.0, 232.0
_STRIP = 12.0
"""Height of the strip that shows the stages, px."""
_SIDE = 28.0


def draw(journey: Journey, analysis: JourneyAnalysis | None, language: str) -> Scene | None:
    """Draw the curve of a journey without a word; None where nothing is scored.

    The colours of the stages run along its foot, so that it is seen where in the journey one is.
    """
    read = reading(language, journey.language)
    columns = columns_of(journey, read, 200.0, 1.0)
    curves = curves_of(journey, analysis, {}, columns, read)
    if not any(score for line in curves for score in line.scores):
        return None
    step = (WIDTH - 2 * _SIDE) / len(columns)
    centres = tuple(round(_SIDE + step * (at + 0.5), 2) for at in range(len(columns)))
    plot = Plot(
        *journey.emotion_scale,
        journey.neutral_emotion,
        0,
        centres,
        0,
        WIDTH,
        HEIGHT - _STRIP,
        k=1.6,
        edge=14,
    )
    marks = marks_of(journey, analysis, curves, columns)
    shapes: list[Shape] = [Rect(0, 0, WIDTH, HEIGHT, Paint("card"))]
    edge = 0.0
    for stage in range(len(journey.stages)):
        passed = sum(column.stage <= stage for column in columns)
        right = WIDTH if passed == len(columns) else round(_SIDE + step * passed, 2)
        tint = Paint(stage_token(stage))
        shapes.append(Rect(edge, HEIGHT - _STRIP, round(right - edge, 2), _STRIP, tint, role="stage"))
        edge = right
    shapes += curve.silhouette(plot, curves)
    for mark, token in ((marks.end, "ink"), (marks.pit, "negative"), (marks.peak, "positive")):
        if mark is None:
            continue
        # An end that belongs to nobody in particular is marked on the first curve that has it.
        owners = range(len(curves)) if mark.curve is None else (mark.curve,)
        score = next((s for which in owners if (s := curves[which].scores[mark.column])), None)
        if score is not None:
            paint = Paint(token, "card", 3)
            shapes.append(curve.dot(plot.centres[mark.column], round(plot.y(score.mean), 2), 10, paint))
    title = read.say(journey.heading)
    told = [read.label.sentence(one) for one in extremes(journey, curves, marks, columns, read)]
    return Scene(
        WIDTH,
        HEIGHT,
        Group(tuple(shapes)),
        title,
        " ".join(told),
        f"{journey.id}-cover",
        language,
        "cover",
    )
