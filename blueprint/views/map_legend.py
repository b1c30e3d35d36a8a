"""The legend of a map: only the signs that are really on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Quality
from blueprint.scene.shapes import Ellipse, Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views import cell_contents as contents
from blueprint.views.frame import LegendEntry, Mark, icon_mark, line_mark, patch_mark
from blueprint.views.plot import Curve
from blueprint.views.quality_cells import Scale, gap_bar, gap_of
from blueprint.views.reading import Reading
from blueprint.views.routes import Arc, Exit
from blueprint.views.typeset import line


def legend(
    journey: Journey,
    analysis: JourneyAnalysis | None,
    curves: Sequence[Curve],
    arcs: Sequence[Arc],
    exits: Sequence[Exit],
    read: Reading,
) -> tuple[LegendEntry, ...]:
    """Return what the signs on this map mean."""
    return (
        *_emotion(journey, analysis, curves, read),
        *_routes(arcs, exits, read),
        *_rows(journey, analysis, read),
    )


def _emotion(
    journey: Journey, analysis: JourneyAnalysis | None, curves: Sequence[Curve], read: Reading
) -> Iterator[LegendEntry]:
    label = read.label
    scores = [score for curve in curves for score in curve.scores]
    known = [score for score in scores if score]
    if not known:
        return
    color = curves[0].color
    if any(score.measured for score in known):
        yield LegendEntry(
            _dotted(Paint(None, color, 2.5), Paint(color, color, 2)), label["legend-measured"]
        )
    if not all(score.measured for score in known):
        dashed = Paint(None, color, 2, dash=(6.0, 4.0))
        yield LegendEntry(_dotted(dashed, Paint("paper", color, 2)), label["legend-assumed"])
    if any(score.standard_error for score in known):
        yield LegendEntry(patch_mark(Paint(color, opacity=0.22)), label["legend-band"])
    if len(known) < len(scores):
        yield LegendEntry(_unscored(color), label["legend-gap"])
    if analysis and analysis.peak_end and len(curves) == 1:
        yield LegendEntry(_sizes(color), label["legend-likely"])
    if analysis and analysis.peak_end:
        yield LegendEntry(_flag, label["legend-marks"])
    if known:
        neutral = journey.neutral_emotion
        if any(score.mean > neutral for score in known):
            yield LegendEntry(patch_mark(Paint("positive-tint", pattern="dots")), label["legend-above"])
        if any(score.mean < neutral for score in known):
            yield LegendEntry(patch_mark(Paint("negative-tint", pattern="lines")), label["legend-below"])


def _routes(arcs: Sequence[Arc], exits: Sequence[Exit], read: Reading) -> Iterator[LegendEntry]:
    label = read.label
    if any(arc.kind == "forward" for arc in arcs):
        yield LegendEntry(line_mark(Paint(None, "route", 2)), label["legend-forward"])
    if any(arc.kind == "loop" for arc in arcs):
        yield LegendEntry(line_mark(Paint(None, "route-loop", 2, dash=(5.0, 3.0))), label["legend-loop"])
    if any(way.success for way in exits):
        yield LegendEntry(_exit("success"), label["legend-success"])
    if any(way.success is False for way in exits):
        yield LegendEntry(_exit("route-abandon"), label["legend-abandon"])


def _rows(journey: Journey, analysis: JourneyAnalysis | None, read: Reading) -> Iterator[LegendEntry]:
    label = read.label
    touchpoints = [place.touchpoint for place in journey.places]
    needs = [need for touchpoint in touchpoints for need in touchpoint.needs]
    letters = {contents.kano_letter(need) for need in needs}
    for letter, name in contents.KANO_NAMES.items():
        if letter in letters:
            yield LegendEntry(_kano(letter), label["legend-kano"].format(label.kano[name]))
    if any(need.met is not None for need in needs):
        if any(need.met for need in needs):
            yield LegendEntry(lambda x, y: contents.verdict_sign(True, x + 9, y + 3), label["legend-met"])
        if any(need.met is False for need in needs):
            yield LegendEntry(
                lambda x, y: contents.verdict_sign(False, x + 9, y + 3), label["legend-unmet"]
            )
    if any(touchpoint.pains for touchpoint in touchpoints):
        graded = analysis is not None and any(pain.action_priority for pain in analysis.pains)
        yield LegendEntry(_card("pain-tint", "pain"), label["legend-pain" if graded else "legend-severity"])
    if any(idea.impact or idea.effort for touchpoint in touchpoints for idea in touchpoint.opportunities):
        yield LegendEntry(_card("opportunity-tint", "opportunity"), label["legend-dots"])
    metrics = [metric for touchpoint in touchpoints for metric in touchpoint.metrics]
    if any(contents.is_measured(metric) for metric in metrics):
        yield LegendEntry(lambda x, y: contents.metric_sign(True, x + 8, y + 8), label["legend-metric"])
    if not all(contents.is_measured(metric) for metric in metrics):
        yield LegendEntry(
            lambda x, y: contents.metric_sign(False, x + 8, y + 8), label["legend-metric-assumed"]
        )
    asked = [quality for touchpoint in touchpoints for quality in touchpoint.quality.values()]
    if any(gap_of(quality) is not None for quality in asked):
        yield LegendEntry(_gap, label["legend-quality"])
    if any(touchpoint.moment for touchpoint in touchpoints):
        yield LegendEntry(icon_mark("star", "ink-soft"), label["legend-moment"])


def _dotted(stroke: Paint, dot: Paint) -> Mark:
    def draw(x: float, y: float) -> Shape:
        steps = Segment("M", (Point(x, y + 8),)), Segment("L", (Point(x + 28, y + 8),))
        return Group((Path(steps, stroke), Ellipse(x + 14, y + 8, 4.5, 4.5, dot)))

    return draw


def _unscored(color: str) -> Mark:
    def draw(x: float, y: float) -> Shape:
        steps = (
            *(Segment("M", (Point(x, y + 8),)), Segment("L", (Point(x + 8, y + 8),))),
            *(Segment("M", (Point(x + 20, y + 8),)), Segment("L", (Point(x + 28, y + 8),))),
        )
        return Path(steps, Paint(None, color, 2.5))

    return draw


def _sizes(color: str) -> Mark:
    def draw(x: float, y: float) -> Shape:
        paint = Paint("paper", color, 2)
        return Group((Ellipse(x + 5, y + 8, 4, 4, paint), Ellipse(x + 20, y + 8, 7, 7, paint)))

    return draw


def _exit(color: str) -> Mark:
    def draw(x: float, y: float) -> Shape:
        steps = (
            Segment("M", (Point(x + 7, y + 1),)),
            Segment("Q", (Point(x + 7, y + 9), Point(x + 13, y + 9))),
            Segment("L", (Point(x + 16, y + 9),)),
        )
        head = (
            Segment("M", (Point(x + 15, y + 5),)),
            Segment("L", (Point(x + 22, y + 9),)),
            Segment("L", (Point(x + 15, y + 13),)),
            Segment("Z"),
        )
        return Group((Path(steps, Paint(None, color, 1.75)), Path(head, Paint(color))))

    return draw


def _flag(x: float, y: float) -> Shape:
    return Group(
        (
            Rect(x, y + 4, 12, 8, Paint("positive"), radius=4),
            Rect(x + 16, y + 4, 12, 8, Paint("negative"), radius=4),
        )
    )


def _kano(letter: str) -> Mark:
    return lambda x, y: contents.letter_badge(line(letter, weight="bold", color="need"), x + 5, y)


def _card(tint: str, edge: str) -> Mark:
    def draw(x: float, y: float) -> Shape:
        return Group(
            (Rect(x, y + 1, 28, 14, Paint(tint), radius=3), Rect(x, y + 1, 3, 14, Paint(edge), radius=1.5))
        )

    return draw


def _gap(x: float, y: float) -> Shape:
    return Group(tuple(gap_bar(Quality(expected=4, perceived=2), x, y + 8, 28, Scale(1, 5))))
