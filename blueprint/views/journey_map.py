"""The journey map: stages, touchpoints, routes, emotions and all that is known of each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.scene.shapes import Group, Icon, Link, Paint, Path, Point, Rect, Scene, Segment, Shape
from blueprint.views import curve_lane, routes
from blueprint.views import map_rows as rows
from blueprint.views.cards import Card, card
from blueprint.views.curve_names import NAMES
from blueprint.views.figures import journey_figures, journey_heading
from blueprint.views.frame import MARGIN, NARROWEST, frame
from blueprint.views.header import type_scale
from blueprint.views.map_legend import legend
from blueprint.views.map_marks import marks_of
from blueprint.views.map_plan import WIDEST, Column, Step, base_width, columns_of, curves_of, ways_of
from blueprint.views.map_story import story
from blueprint.views.reading import Reading, reading
from blueprint.views.stage_bands import stage_band, stage_texts, stage_token
from blueprint.views.typeset import BODY, LABEL, block, line
from blueprint.views.view import CannotDrawError, Sitting, View
from blueprint.views.words import percent

LABELS = 136.0
"""Width of the row labels at the left edge at the usual size of type, px."""
_GUTTER = 20.0
_GUTTER_WITH_SHARES = 36.0


def draw(
    journey: Journey,
    analysis: JourneyAnalysis | None,
    *,
    personas: Mapping[str, Persona],
    language: str,
    file: str = "",
    digest: str = "",
    density: str = "normal",
    bare: bool = False,
    rows: frozenset[str] | None = None,
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
        bare: Leave out header and legend, and take no more room than needed.
        rows: Labels of the rows to draw (`emotion`, `pains`); all there are where it is None.

    Returns:
        The scene, as wide as its touchpoints ask for.
    """
    read = reading(language, journey.language)
    poster = _Map(journey, analysis, personas, read, density, rows)
    if not bare:
        poster.fill(NARROWEST - 2 * MARGIN)
    return frame(
        journey_heading(journey, personas, read, "map", persona=analysis.persona if analysis else None),
        poster.draw,
        width=poster.width,
        language=language,
        prefix=journey.id,
        view="map",
        description=story(journey, analysis, personas, read, poster.curves, poster.marks, poster.columns),
        figures=journey_figures(journey, analysis, read),
        legend=legend(journey, analysis, poster.curves, poster.arcs, poster.exits, read),
        file=file,
        digest=digest,
        bare=bare,
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
        wanted: frozenset[str] | None,
    ) -> None:
        self.journey, self.analysis, self.read, self.wanted = journey, analysis, read, wanted
        base = base_width(journey, density)
        many = sum(max(1, len(stage.touchpoints)) for stage in journey.stages)
        # What is read from afar (titles, names of rows, the curve) grows with the poster, half as fast as
        # its head; what is read from nearby keeps its size and the columns stay narrow instead.
        self.k = (1 + type_scale(LABELS + many * (base + _GUTTER))) / 2
        self.labels = LABELS * self.k
        self.columns = columns_of(journey, read, base, self.k)
        self.arcs, self.exits, self.steps = ways_of(journey, analysis, self.columns, read)
        shares = any(_tells_share(step) for step in self.steps)
        self.gutter = _GUTTER_WITH_SHARES if shares else _GUTTER
        self.curves = curves_of(journey, analysis, personas, self.columns, read)
        self.marks = marks_of(journey, analysis, self.curves, self.columns)
        self.names = NAMES * self.k if any(c.name for c in self.curves) else 0.0

    @property
    def width(self) -> float:
        """Of labels, columns and names of curves, px."""
        gutters = self.gutter * max(0, len(self.columns) - 1)
        return self.labels + sum(c.width for c in self.columns) + gutters + self.names

    def fill(self, width: float) -> None:
        """Let few columns grow to fill the narrowest sheet."""
        spare = (width - self.width) / max(1, len(self.columns))
        if spare > 0:
            self.columns = [c._replace(width=min(WIDEST, (c.width + spare) // 8 * 8)) for c in self.columns]

    def draw(self, x: float, y: float, width: float) -> tuple[Group, float]:
        """Draw everything between header and footer."""
        top = y
        self.left = x + self.labels
        self.right = x + width
        self.xs = _lefts(self.columns, self.left, self.gutter)
        places = [routes.Column(c.id, left, c.width) for c, left in zip(self.columns, self.xs, strict=True)]
        shapes: list[Shape] = []
        stages, y = self._stages(y)
        row, y = self._cards(y + 16, places)
        shapes += [stages, row]
        begin = y
        lanes: list[Shape] = []
        for lane in self._asked(rows.before(self.columns, self.gutter, self.read)):
            drawn, y = self._lane(lane, x, y)
            lanes.append(drawn)
        if any(any(c.scores) for c in self.curves) and (self.wanted is None or "emotion" in self.wanted):
            drawn, y = self._emotion(x, y)
            lanes.append(drawn)
        after = rows.after(self.columns, self.gutter, self.journey, self.analysis, self.read)
        for lane in self._asked(after):
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
            made.append((at, stage, left, right, stage_texts(stage, right - left - 40, self.read, self.k)))
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
                k=self.k,
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
        if not _tells_share(step):
            return Group((link,), role="step")
        text = line(percent(share), LABEL, color="ink-soft")
        return Group(
            (link, text.at((start + end) / 2, y - text.height - 3, "middle")), role="step", title=title
        )

    # -- rows ------------------------------------------------------------------------------------------

    def _asked(self, lanes: Sequence[rows.Lane]) -> list[rows.Lane]:
        if self.wanted is None:
            return list(lanes)
        names = {self.read.label[label] for label in self.wanted}
        return [lane for lane in lanes if lane.name in names]

    def _lane(self, lane: rows.Lane, x: float, y: float) -> tuple[Group, float]:
        shapes: list[Shape] = list(self._label(lane.name, lane.icon, x, y))
        for cell, left in zip(lane.cells, self.xs, strict=True):
            if cell:
                shapes.extend(cell.draw(left, y + rows.PAD))
        return Group(tuple(shapes), role="lane", title=lane.name), y + lane.height

    def _label(self, name: str, icon: str, x: float, y: float) -> tuple[Shape, ...]:
        k = self.k
        said = block(name, self.labels - 26 * k - 12, BODY * k, weight="bold", max_lines=3)
        return (
            Rect(x, y, self.right - x, 1, Paint("grid"), role="rule"),
            Icon(icon, x, y + rows.PAD - 1, 18 * k, "ink-soft"),
            said.at(x + 26 * k, y + rows.PAD + (18 * k - BODY * k * 1.4) / 2),
        )

    def _emotion(self, x: float, y: float) -> tuple[Group, float]:
        plot = curve_lane.plot_of(
            self.journey,
            y + 8,
            tuple(left + c.width / 2 for left, c in zip(self.xs, self.columns, strict=True)),
            (self.left, self.xs[-1] + self.columns[-1].width),
            self.width,
            self.k,
        )
        name = self.read.label["emotion"]
        drawn = curve_lane.draw(plot, self.curves, self.marks, self.read.label)
        shapes = (drawn[0], *self._label(name, "emotion", x, y), *drawn[1:])
        return Group(shapes, role="lane", title=name), y + plot.height + 16

    def _borders(self, top: float, begin: float, bottom: float) -> Group:
        """Draw a hairline through all rows where one stage ends and the next begins."""
        lines: list[Shape] = []
        for at in range(1, len(self.columns)):
            if self.columns[at].stage != self.columns[at - 1].stage:
                x = self.xs[at] - self.gutter / 2
                steps = (Segment("M", (Point(x, begin),)), Segment("L", (Point(x, bottom),)))
                lines.append(Path(steps, Paint(None, "grid", 1, dash=(2.0, 4.0))))
        return Group(tuple(lines), role="stage-borders")


def _tells_share(step: Step) -> bool:
    """Tell whether the arrow itself must say its share: one with a condition is listed under its card."""
    return step.share < 0.9995 and not step.condition


def _lefts(columns: Sequence[Column], left: float, gutter: float) -> list[float]:
    xs = []
    for column in columns:
        xs.append(left)
        left += column.width + gutter
    return xs


def _draw(given: Sitting) -> Scene:
    if given.journey is None:
        raise CannotDrawError("only a journey has this picture", "只有旅程才有这种图")
    return draw(
        given.journey,
        given.analysis,
        personas=given.personas,
        language=given.language,
        file=given.file,
        digest=given.digest,
        density=given.density,
        bare=given.bare,
        rows=given.rows,
    )


VIEW = View(_draw, of=("journey",))
