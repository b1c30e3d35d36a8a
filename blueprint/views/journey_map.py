"""The journey map: stages, touchpoints, routes, emotions and all that is known of each column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.touchpoint import Touchpoint
from blueprint.scene.shapes import Group, Icon, Link, Paint, Path, Point, Rect, Scene, Segment, Shape
from blueprint.views import cell_contents as contents
from blueprint.views import cells, curve, routes
from blueprint.views.cards import Card, card
from blueprint.views.cells import Cell
from blueprint.views.figures import journey_figures, journey_heading
from blueprint.views.frame import MARGIN, NARROWEST, frame
from blueprint.views.map_legend import legend
from blueprint.views.map_plan import WIDEST, Column, Step, columns_of, curves_of, marks_of, ways_of
from blueprint.views.map_story import story
from blueprint.views.plot import Plot
from blueprint.views.reading import Reading, reading
from blueprint.views.stage_bands import stage_band, stage_texts, stage_token
from blueprint.views.typeset import BODY, LABEL, block, line
from blueprint.views.words import percent

LABELS = 136.0
"""Width of the row labels at the left edge, px."""
_WIDTHS: dict[str, float] = {"compact": 176.0, "normal": 200.0, "roomy": 240.0}
_GUTTER = 16.0
_GUTTER_WITH_SHARES = 40.0
_PAD = 14.0
"""Above and below the content of a row."""


@dataclass(frozen=True)
class _Lane:
    """One row of the map."""

    name: str
    icon: str
    cells: tuple[Cell | None, ...]

    @property
    def height(self) -> float:
        return max(cell.height for cell in self.cells if cell) + 2 * _PAD


def draw(
    journey: Journey,
    analysis: JourneyAnalysis | None,
    *,
    personas: Mapping[str, Persona],
    language: str,
    file: str = "",
    digest: str = "",
    density: str = "normal",
) -> Scene:
    """Draw a journey as a map.

    Args:
        journey: What to draw.
        analysis: Its figures; None draws the map without them.
        personas: Persona documents by id, for those the journey only names.
        language: The reader's; texts that lack it appear in the journey's own language.
        file: Name of the file, for the footer.
        digest: Hash of the file's content, for the footer.
        density: `compact`, `normal` or `roomy` columns.

    Returns:
        The scene, as wide as its touchpoints ask for.
    """
    read = reading(language, journey.language)
    poster = _Map(journey, analysis, personas, read, density)
    return frame(
        journey_heading(journey, personas, read, "map", persona=analysis.persona if analysis else None),
        poster.draw,
        width=poster.width,
        language=language,
        prefix=journey.id,
        view="map",
        description=story(journey, analysis, personas, read),
        figures=journey_figures(journey, analysis, read),
        legend=legend(journey, analysis, poster.curves, poster.arcs, poster.exits, read),
        file=file,
        digest=digest,
    )


class _Map:
    """Measures everything first, then draws from top to bottom."""

    def __init__(
        self,
        journey: Journey,
        analysis: JourneyAnalysis | None,
        personas: Mapping[str, Persona],
        read: Reading,
        density: str,
    ) -> None:
        self.journey, self.analysis, self.read = journey, analysis, read
        self.columns = columns_of(journey, read, _WIDTHS.get(density, _WIDTHS["normal"]))
        self.arcs, self.exits, self.steps = ways_of(journey, analysis, self.columns, read)
        self.gutter = _GUTTER_WITH_SHARES if any(step.share < 0.9995 for step in self.steps) else _GUTTER
        self.curves = curves_of(journey, analysis, personas, self.columns, read)
        self.names = curve.NAMES if any(c.name for c in self.curves) else 0.0
        gutters = self.gutter * max(0, len(self.columns) - 1)
        self._widen(NARROWEST - 2 * MARGIN - LABELS - self.names - gutters)
        self.width = LABELS + sum(c.width for c in self.columns) + gutters + self.names

    def _widen(self, room: float) -> None:
        """Let few columns grow to fill the narrowest sheet."""
        spare = (room - sum(column.width for column in self.columns)) / max(1, len(self.columns))
        if spare > 0:
            self.columns = [c._replace(width=min(WIDEST, (c.width + spare) // 8 * 8)) for c in self.columns]

    def draw(self, x: float, y: float, width: float) -> tuple[Group, float]:
        """Draw everything between header and footer."""
        top = y
        self.left = x + LABELS
        self.right = x + width
        self.xs = _lefts(self.columns, self.left, self.gutter)
        places = [routes.Column(c.id, left, c.width) for c, left in zip(self.columns, self.xs, strict=True)]
        shapes: list[Shape] = []
        stages, y = self._stages(y)
        row, y = self._cards(y + 16, places)
        shapes += [stages, row]
        begin = y
        lanes: list[Shape] = []
        for lane in self._lanes_before():
            drawn, y = self._lane(lane, x, y)
            lanes.append(drawn)
        if any(any(c.scores) for c in self.curves):
            drawn, y = self._emotion(x, y)
            lanes.append(drawn)
        for lane in self._lanes_after():
            drawn, y = self._lane(lane, x, y)
            lanes.append(drawn)
        shapes.insert(0, self._borders(top, begin, y))
        return Group((*shapes, *lanes), role="map"), y - top

    # -- stages and cards ------------------------------------------------------------------------------

    def _stages(self, y: float) -> tuple[Group, float]:
        bands = []
        made = []
        for at, stage in enumerate(self.journey.stages):
            first, last = self._span(at)
            left, right = self.xs[first], self.xs[last] + self.columns[last].width
            made.append((at, stage, left, right, stage_texts(stage, right - left - 40, self.read)))
        height = max(sum(text.height for text in texts) for *_, texts in made) + 24
        for at, stage, left, right, texts in made:
            bands.append(stage_band(at, stage, left, right, y, height, texts, at + 1 == len(made)))
        return Group(tuple(bands), role="stages"), y + height

    def _span(self, stage: int) -> tuple[int, int]:
        here = [at for at, column in enumerate(self.columns) if column.stage == stage]
        return here[0], here[-1]

    def _cards(self, y: float, places: list[routes.Column]) -> tuple[Group, float]:
        reach = self.analysis.chain.ever_visited if self.analysis else {}
        made: list[Card | None] = [
            card(
                c.touchpoint,
                c.order,
                stage_token(c.stage),
                c.width,
                self.read,
                scene_id=c.id,
                reach=reach.get(c.touchpoint.id),
            )
            if c.touchpoint
            else None
            for c in self.columns
        ]
        height = max((one.height for one in made if one), default=0.0)
        shapes: list[Shape] = [
            one.draw(left, y, height) for one, left in zip(made, self.xs, strict=True) if one
        ]
        links = [self._step(step, y + height / 2) for step in self.steps]
        channel = routes.lay_out(places, self.arcs, self.exits, self.read)
        under = routes.draw(channel, y + height)
        return Group((*under, *links, *shapes), role="touchpoints"), y + height + channel.height + 8

    def _step(self, step: Step, y: float) -> Group:
        """Draw the short way to the next card, with its share where not everybody takes it."""
        source, target, share = step.source, step.target, step.share
        start = self.xs[source] + self.columns[source].width
        end = self.xs[target]
        title = self.read.label.pairs(percent(share), step.condition)
        link = Link(
            self.columns[source].id,
            self.columns[target].id,
            (Point(start, y), Point(end, y)),
            Paint(None, "route", routes.thickness(step.traffic)),
            id=f"route-{self.columns[source].id}-{self.columns[target].id}",
            role="route-step",
            title=title,
        )
        if share >= 0.9995:
            return Group((link,), role="step")
        text = line(percent(share), LABEL, color="ink-soft")
        return Group(
            (link, text.at((start + end) / 2, y - text.height - 3, "middle")), role="step", title=title
        )

    # -- rows ------------------------------------------------------------------------------------------

    def _row(self, name: str, icon: str, make: Callable[[Touchpoint, float], Cell | None]) -> _Lane | None:
        made = tuple(make(c.touchpoint, c.width) if c.touchpoint else None for c in self.columns)
        return _Lane(self.read.label[name], icon, made) if any(made) else None

    def _lanes_before(self) -> list[_Lane]:
        say = self.read.say
        rows = (
            self._row("doing", "doing", lambda t, w: cells.paragraph(say(t.doing), w - 8)),
            self._row("thinking", "thinking", lambda t, w: cells.bubble(say(t.thinking), w)),
            self._row("feeling", "face-4", lambda t, w: cells.paragraph(say(t.feeling), w - 8)),
        )
        return [row for row in rows if row]

    def _lanes_after(self) -> list[_Lane]:
        read, say = self.read, self.read.say
        priority = {
            (pain.touchpoint, pain.index): pain.action_priority
            for pain in (self.analysis.pains if self.analysis else ())
        }

        def pains(t: Touchpoint, w: float) -> Cell | None:
            return cells.stack(
                contents.pain(pain, priority.get((t.id, at)), w, read) for at, pain in enumerate(t.pains)
            )

        rows = (
            self._row("needs", "need", lambda t, w: contents.needs(t, w - 8, read)),
            self._row("pains", "pain", pains),
            self._row(
                "opportunities",
                "opportunity",
                lambda t, w: cells.stack(contents.opportunity(idea, w, read) for idea in t.opportunities),
            ),
            self._row(
                "metrics",
                "metric",
                lambda t, w: cells.stack((contents.metric(m, w, read) for m in t.metrics), 10),
            ),
            self._row("peak-design", "peak", lambda t, w: contents.peak_design(t, w, read)),
            self._row(
                "complaint-handling", "complaint", lambda t, w: contents.complaint(t.complaint, w - 8, read)
            ),
            self._row("promises", "promise", lambda t, w: contents.promises(t, w - 8, read)),
            self._row(
                "evidence",
                "evidence",
                lambda t, w: cells.bulleted(map(say, t.evidence), "evidence", "evidence", w - 8),
            ),
            self._row("owner", "owner", lambda t, w: cells.paragraph(say(t.owner), w - 8)),
        )
        return [row for row in rows if row]

    def _lane(self, lane: _Lane, x: float, y: float) -> tuple[Group, float]:
        shapes: list[Shape] = list(self._label(lane.name, lane.icon, x, y))
        for cell, left in zip(lane.cells, self.xs, strict=True):
            if cell:
                shapes.extend(cell.draw(left, y + _PAD))
        return Group(tuple(shapes), role="lane", title=lane.name), y + lane.height

    def _label(self, name: str, icon: str, x: float, y: float) -> tuple[Shape, ...]:
        said = block(name, LABELS - 48, BODY, weight="bold", max_lines=3)
        return (
            Rect(x, y, self.right - x, 1, Paint("grid"), role="rule"),
            Icon(icon, x, y + _PAD, 18, "ink-soft"),
            said.at(x + 26, y + _PAD + 0.5),
        )

    def _emotion(self, x: float, y: float) -> tuple[Group, float]:
        low, high = self.journey.emotion_scale
        plot = Plot(
            low,
            high,
            self.journey.neutral_emotion,
            y + 8,
            tuple(left + c.width / 2 for left, c in zip(self.xs, self.columns, strict=True)),
            self.left,
            self.xs[-1] + self.columns[-1].width,
            _curve_height(self.width),
        )
        label = self.read.label
        shapes: list[Shape] = [
            Rect(
                plot.left - 8, plot.top, plot.right - plot.left + 16, plot.height, Paint("card"), radius=8
            ),
            *self._label(label["emotion"], "emotion", x, y),
        ]
        for at in range(5):
            value = low + (high - low) * at / 4
            middle = plot.y(value)
            text = line(plot.written(value), LABEL, color="ink-soft")
            shapes += [
                Icon(f"face-{at + 1}", self.left - 32, middle - 10, 20, _mood(value, plot.neutral)),
                text.at(self.left - 40, middle - text.height / 2, "end"),
            ]
        marks = marks_of(self.journey, self.analysis, self.curves, self.columns)
        shapes.append(curve.draw(plot, self.curves, marks, (label["peak"], label["pit"], label["end"])))
        return Group(tuple(shapes), role="lane", title=label["emotion"]), y + plot.height + 16

    def _borders(self, top: float, begin: float, bottom: float) -> Group:
        """Draw a hairline through all rows where one stage ends and the next begins."""
        lines: list[Shape] = []
        for at in range(1, len(self.columns)):
            if self.columns[at].stage != self.columns[at - 1].stage:
                x = self.xs[at] - self.gutter / 2
                steps = (Segment("M", (Point(x, begin),)), Segment("L", (Point(x, bottom),)))
                lines.append(Path(steps, Paint(None, "grid", 1, dash=(2.0, 4.0))))
        return Group(tuple(lines), role="stage-borders")


def _curve_height(width: float) -> float:
    """Let the curve stay the hero of a wide poster: about a ninth of its width, within reason."""
    return min(400.0, max(240.0, width / 9 // 8 * 8))


def _mood(value: float, neutral: float) -> str:
    return "positive" if value > neutral else "negative" if value < neutral else "ink-soft"


def _lefts(columns: Sequence[Column], left: float, gutter: float) -> list[float]:
    xs = []
    for column in columns:
        xs.append(left)
        left += column.width + gutter
    return xs
