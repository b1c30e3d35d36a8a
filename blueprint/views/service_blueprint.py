"""The service blueprint: touchpoints across, evidence, customer and actors down, the work between them.

`blueprint_plan` says where every card stands, `routing` and `tracks` where every arrow runs,
`link_labels` where words find room on them, `blueprint_ground` what lies beneath, `blueprint_strips` the
times and hand-overs under it all; this module measures the cards, puts the parts together and hands them
to the frame.
"""

from __future__ import annotations

from functools import cached_property

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint, Step
from blueprint.scene.shapes import Group, Scene, Shape
from blueprint.views.action_cards import action_card
from blueprint.views.blueprint_ground import (
    ACTOR_WIDTH,
    ASIDE,
    LANE_LIFT,
    LINE_LIFT,
    REPEATED,
    Ground,
    actor_name,
    draw_evidence,
    draw_stages,
    draw_zones,
    evidence,
    repeat_line_names,
    stage_height,
)
from blueprint.views.blueprint_legend import figures, heading, legend, story, time_legend
from blueprint.views.blueprint_plan import Plan, known_steps, plan
from blueprint.views.blueprint_strips import Strips
from blueprint.views.blueprint_wires import draw_label, draw_wire, meetings, step_wires
from blueprint.views.frame import LegendEntry, frame
from blueprint.views.handoff_row import handoff_cells
from blueprint.views.header import type_scale
from blueprint.views.link_labels import Area, Areas, needs, stand
from blueprint.views.reading import reading
from blueprint.views.routing import Grid
from blueprint.views.stage_bands import stage_token
from blueprint.views.step_cards import WIDTH, StepCard, step_card
from blueprint.views.time_strip import TimeCell, time_cell
from blueprint.views.tracks import Band, Layout, settle
from blueprint.views.view import CannotDrawError, Sitting, View
from blueprint.views.words import Words

_END, _COLUMN_GAP, _STEP_GAP = 24.0, 44.0, 36.0
"""Gutters at the ends, between touchpoints and between the steps of one, px."""
_LOWEST = 56.0
"""Height of the lowest row, px."""


def draw(
    blueprint: ServiceBlueprint,
    journey: Journey | None,
    analysis: BlueprintAnalysis | None,
    journey_analysis: JourneyAnalysis | None = None,
    *,
    language: str,
    file: str = "",
    digest: str = "",
    bare: bool = False,
) -> Scene:
    """Draw a service blueprint.

    Args:
        blueprint: The delivery side.
        journey: The journey it delivers; without it the columns come from the steps alone.
        analysis: Figures of the delivery; without it neither timeline nor figures are drawn.
        journey_analysis: Not drawn here; part of what every view is given.
        language: Which of the document's languages to show, as a tag (`en`, `zh-Hant`).
        file: Name of the file, for the footer.
        digest: Hash of its content, for the footer.
        bare: Leave out header and legend, and take no more room than needed.
    """
    sheet = _Sheet(blueprint, journey, analysis, language)
    label, languages = sheet.words, sheet.languages
    return frame(
        heading(blueprint, journey, label, languages),
        sheet.body,
        width=sheet.width,
        language=language,
        prefix=blueprint.id,
        view="blueprint",
        description=story(blueprint, sheet.placed, sheet.steps, analysis, label, languages),
        figures=figures(analysis, label) if analysis else (),
        legend=sheet.legend,
        file=file,
        digest=digest,
        bare=bare,
    )


class _Sheet:
    """One blueprint on its way to paper: measured when made, placed by `body`."""

    def __init__(
        self,
        blueprint: ServiceBlueprint,
        journey: Journey | None,
        analysis: BlueprintAnalysis | None,
        language: str,
    ) -> None:
        self.blueprint, self.journey, self.analysis = blueprint, journey, analysis
        self.read = reading(language, blueprint.language)
        self.words: Words = self.read.label
        self.languages = (language, blueprint.language)
        self.placed: Plan = plan(blueprint, journey)
        self.stages = {stage.id: at for at, stage in enumerate(journey.stages)} if journey else {}
        self.steps: dict[str, Step] = known_steps(blueprint)
        path = analysis.critical_path if analysis else ()
        self.critical = frozenset(path)
        self.breaches = {breach.step: breach for breach in analysis.breaches} if analysis else {}
        self.cards = {id_: self._card(step) for id_, step in self.steps.items()}
        self.wires = [
            *step_wires(blueprint, self.placed, self.steps, path, self.words, self.languages),
            *meetings(blueprint, self.placed, self.steps),
        ]
        grid = Grid(
            self.placed.width,
            self.placed.height,
            [*self.placed.boxes.values(), *self.placed.actions.values()],
        )
        self.routes = grid.route_all([wire.ends for wire in self.wires])
        self.labels = {at: wire.label for at, wire in enumerate(self.wires) if wire.label}
        self.needs = needs(self.routes, self.labels)
        self.across = self._across()
        self.actions = {
            column.id: action_card(
                column.place,
                column.number,
                stage_token(self.stages[column.place.stage.id]),
                self.widths[column.id],
                words=self.words,
                languages=self.languages,
            )
            for column in self.placed.columns
            if column.place
        }
        self.evidence = [
            evidence(column, self.widths[column.id], self.languages) for column in self.placed.columns
        ]
        self.strips = Strips(
            self._times(),
            handoff_cells(blueprint, self.steps, self.widths, self.words, self.languages),
            analysis,
            self.words,
        )
        self.layout: Layout = settle(
            self.routes,
            [wire.ends for wire in self.wires],
            self.across,
            self._down(),
            room=self.needs.room,
            heights={box: self.cards[id_].height for id_, box in self.placed.boxes.items()},
        )
        self.repeated = self.layout.across[-1][1] > REPEATED
        self.width = ASIDE + self.layout.across[-1][1] + (ACTOR_WIDTH if self.repeated else 0.0)

    def _card(self, step: Step) -> StepCard:
        actor = self.blueprint.actor_heading(step.actor).pick(*self.languages)
        text = step.does.pick(*self.languages)
        return step_card(
            step,
            technology=self.blueprint.actors[step.actor].technology,
            text=text,
            story=self.words.sentence(f"{actor}{self.words.colon}{text}"),
            words=self.words,
            languages=self.languages,
            breach=self.breaches.get(step.id),
        )

    # ---- sizes

    def _across(self) -> list[Band]:
        starts = {column.first for column in self.placed.columns}
        bands: list[Band] = []
        for at in range(self.placed.width + 1):
            if at in (0, self.placed.width):
                band = Band(_END)
            elif at in starts:
                band = Band(_COLUMN_GAP, tail=16.0)
            else:
                band = Band(_STEP_GAP)
            wanted = self.needs.sizes.get(("v", 2 * at), 0.0)
            bands += [band._replace(size=max(band.size, wanted + band.tail)), Band(WIDTH)]
        return bands[:-1]

    @cached_property
    def widths(self) -> dict[str, float]:
        """How wide a column's content is at least, before any track is known to need more."""
        return {
            column.id: sum(band.size for band in self.across[2 * column.first + 1 : 2 * column.last + 2])
            for column in self.placed.columns
        }

    def _down(self) -> list[Band]:
        heights = [0.0] * self.placed.height
        heights[0] = max((card.height for card in self.actions.values()), default=0.0)
        for id_, box in self.placed.boxes.items():
            heights[box.row] = max(heights[box.row], self.cards[id_].height)
        for lane in self.placed.lanes:
            name = actor_name(self.blueprint, lane.actor, self.languages)
            need = (name.height + 16) / (lane.last - lane.first + 1)
            for row in range(lane.first, lane.last + 1):
                heights[row] = max(heights[row], need, _LOWEST)
        bands = [Band(16.0)]
        for row, height in enumerate(heights):
            gutter = self._gutter_below(row)
            wanted = self.needs.sizes.get(("h", 2 * row + 2), 0.0)
            size = max(gutter.size, wanted + gutter.tail)
            bands += [Band(-(-height // 8) * 8), gutter._replace(size=size)]
        return bands

    def _gutter_below(self, row: int) -> Band:
        """Lines of the blueprint want more room than rules between lanes, and those more than stacks."""
        lane = {at: lane for lane in self.placed.lanes for at in range(lane.first, lane.last + 1)}
        if row + 1 not in lane:
            return Band(32.0)
        if row == 0 and not self.placed.actions:
            return Band(0.0)
        if row == 0 or lane[row].zone != lane[row + 1].zone:
            return Band(64.0, tail=LINE_LIFT + 6)
        return Band(32.0) if lane[row] is lane[row + 1] else Band(40.0, tail=LANE_LIFT + 4)

    def _times(self) -> dict[str, TimeCell]:
        if self.analysis is None:
            return {}
        total = (self.analysis.standard_seconds or 0.0) + (self.analysis.wait_seconds or 0.0)
        return {
            column.id: time_cell(
                time, total, self.widths[column.id], self.words, self.breaches.get(column.id)
            )
            for column in self.placed.columns
            if (time := self.analysis.columns.get(column.id))
            and (time.standard or time.wait or time.tolerance)
        }

    @property
    def legend(self) -> tuple[LegendEntry, ...]:
        """The signs this sheet uses."""
        technology = any(self.blueprint.actors[step.actor].technology for step in self.steps.values())
        entries = legend(self.steps.values(), self.wires, technology, self.words)
        times = self.strips.times
        return entries + time_legend(self.words, times.values()) if times else entries

    # ---- drawing

    def body(self, x: float, y: float, width: float) -> tuple[Group, float]:
        """Draw everything between header and footer; its left top corner is (x, y)."""
        shapes: list[Shape] = []
        top = y
        k = (1 + type_scale(self.width)) / 2
        stages = stage_height(self.placed, self.widths, self.read, k)
        tall = max((found.height for found in self.evidence), default=0.0)
        evidence_height = tall + 34 if tall else 0.0
        layout = self.layout.moved(x + ASIDE, y + stages + evidence_height)
        ground = Ground(layout, self.placed, x, x + width, self.repeated, self.words, self.languages)
        shapes += draw_stages(ground, self.stages, y, stages, self.read, k)
        y += stages
        if tall:
            shapes += draw_evidence(ground, self.evidence, y, evidence_height)
        shapes += draw_zones(ground, self.blueprint)
        shapes += self._work(ground)
        y = layout.down[-1][1]
        drawn, y = self.strips.draw(ground, y)
        return Group((*shapes, *drawn), role="body"), y - top

    def _work(self, ground: Ground) -> list[Shape]:
        """Arrows, their labels, and the cards, which lie on top."""
        layout = ground.layout
        taken = Areas()
        cards: list[Shape] = []
        for column in self.placed.columns:
            if column.id in self.actions:
                left, top, right, bottom = layout.box(self.placed.actions[column.id])
                cards.append(self.actions[column.id].draw(left, top, right - left, bottom - top))
                taken.add(Area(left, top, right, bottom))
        for id_, card in self.cards.items():
            left, top, right, bottom = layout.box(self.placed.boxes[id_])
            cards.append(card.draw(left, top, right - left, bottom - top, critical=id_ in self.critical))
            taken.add(Area(left, top, right, bottom))
        wires: list[Shape] = []
        rings: list[Shape] = []
        # The critical path is drawn last, so that it lies over what it crosses.
        for at in sorted(range(len(self.wires)), key=lambda at: (self.wires[at].critical, at)):
            link, *ring = draw_wire(self.wires[at], layout.routes[at], at)
            wires.append(link)
            rings += ring
        for _, y in ground.edges()[1:]:
            taken.add(Area(layout.across[0][0], y - 2, layout.across[-1][1], y + 2))
        placed = stand(layout.routes, self.labels, taken, Area(*layout.edges))
        labels = [
            draw_label(self.labels[at], area, ground.at((area.top + area.bottom) / 2), self.wires[at].story)
            for at, area in placed.items()
        ]
        return [
            Group(tuple(wires), role="links"),
            Group(tuple(labels), role="link-labels"),
            Group(tuple(repeat_line_names(ground, taken)), role="line-names"),
            Group(tuple(cards), role="cards"),
            Group(tuple(rings), role="handoff-marks"),
        ]


def _draw(given: Sitting) -> Scene:
    if given.blueprint is None:
        raise CannotDrawError("only a service blueprint has this picture", "只有服务蓝图才有这种图")
    return draw(
        given.blueprint,
        given.journey,
        given.delivery,
        given.analysis,
        language=given.language,
        file=given.file,
        digest=given.digest,
        bare=given.bare,
    )


VIEW = View(_draw, of=("blueprint", "journey"), delivery=True)
