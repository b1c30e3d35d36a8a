"""The body of a compared service blueprint: both versions' steps and ways on one grid, times beneath."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.compared import Compared
from blueprint.analysis.comparison_results import Difference
from blueprint.analysis.comparison_told import Teller
from blueprint.figures import percent
from blueprint.model.service import ServiceBlueprint
from blueprint.scene.shapes import Group, Link, Paint, Rect, Shape
from blueprint.views.blueprint_ground import (
    ACTOR_WIDTH,
    ASIDE,
    LANE_LIFT,
    LINE_LIFT,
    REPEATED,
    ZONE_WIDTH,
    Ground,
    actor_name,
    draw_stages,
    draw_zones,
    stage_height,
)
from blueprint.views.blueprint_plan import Plan, known_steps, plan
from blueprint.views.comparison_below import draw_below
from blueprint.views.comparison_cards import STATUS, sign, word_of
from blueprint.views.comparison_merge import NOWHERE, Merged, Way, merge
from blueprint.views.comparison_plan import Status
from blueprint.views.comparison_steps import (
    PLAIN,
    WIDE,
    ColumnHead,
    TimePair,
    WorkCard,
    column_head,
    time_pair,
    work_card,
)
from blueprint.views.header import type_scale
from blueprint.views.link_labels import Area, Areas, needs, stand
from blueprint.views.reading import Reading, reading
from blueprint.views.routing import Grid
from blueprint.views.stage_bands import stage_token
from blueprint.views.tracks import Band, Layout, settle
from blueprint.views.typeset import BODY, CARD, LABEL, Block, block

MATTERS = ("critical_path", "standard_time", "wait_time", "handoffs", "crossings", "breaches")
_END, _COLUMN_GAP, _STEP_GAP, _LOWEST = 24.0, 40.0, 32.0, 48.0
_TITLE = 40
"""Longer titles are cut inside of sentences, characters."""
_LABEL = 120.0
"""Width of a label on a way, px."""
WAYS: dict[Status, Paint] = {
    "added": Paint(None, "positive", 2.5),
    "removed": Paint(None, "negative", 1.75, dash=(4.0, 4.0)),
    "changed": Paint(None, "accent", 2.5),
    "same": Paint(None, "ink-faint", 1.25),
}
"""How the ways between steps look."""


class WorkSheet:
    """Measures everything first, then draws from top to bottom."""

    def __init__(
        self,
        compared: Compared,
        old: ServiceBlueprint,
        new: ServiceBlueprint,
        difference: Difference,
        language: str,
    ) -> None:
        self.compared, self.difference = compared, difference
        self.read: Reading = reading(language, new.language)
        self._does = {step.id: step.does for step in (*reversed(old.steps), *reversed(new.steps))}
        self._names = {id: a.title for id, a in (*old.actors.items(), *new.actors.items()) if a.title}
        self.tell = Teller(compared, language, lambda words: f"“{words}”", self._called, few=2)
        self.merged: Merged = merge(old, new, difference)
        self.placed: Plan = plan(self.merged.blueprint, self.merged.journey)
        self.steps = known_steps(self.merged.blueprint)
        self.languages = (language, new.language)
        self.stages = {stage.id: at for at, stage in enumerate(self.merged.journey.stages)}
        self.breadths = self._breadths()
        self.cards = {key: self._card(key) for key in self.placed.boxes}
        self.ways = [w for w in self.merged.ways if {w.source, w.target} <= set(self.placed.boxes)]
        boxes = self.placed.boxes
        self.ends = [(boxes[way.source], boxes[way.target]) for way in self.ways]
        grid = Grid(self.placed.width, self.placed.height, [*boxes.values(), *self.placed.actions.values()])
        self.routes = grid.route_all(self.ends)
        self.labels = {at: text for at, way in enumerate(self.ways) if (text := self._label(way))}
        self.needs = needs(self.routes, self.labels)
        self.across = self._across()
        self.widths = {
            c.id: sum(band.size for band in self.across[2 * c.first + 1 : 2 * c.last + 2])
            for c in self.placed.columns
        }
        self.heads = {key: self._head(key) for key in self.placed.actions}
        self.times = self._times()
        self.layout: Layout = settle(
            self.routes,
            self.ends,
            self.across,
            self._down(),
            room=self.needs.room,
            heights={box: self.cards[key].height for key, box in boxes.items()},
        )
        self.repeated = self.layout.across[-1][1] > REPEATED
        self.width = ASIDE + self.layout.across[-1][1] + (ACTOR_WIDTH if self.repeated else 0.0)
        self.k = (1 + type_scale(self.width)) / 2

    def _called(self, id: str) -> str:
        """Return what an id is called on the drawing, where people read what is done."""
        known = self._does.get(id) or self._names.get(id)
        if known is None:
            return id
        title = " ".join(self.tell.text(known).split())
        return f"“{title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + '…'}”"

    # ---- sizes

    def _breadths(self) -> list[float]:
        """How wide each sub-column is: narrow where nothing happened to any step."""
        found = [PLAIN] * self.placed.width
        for key, box in self.placed.boxes.items():
            if self.merged.status[key] != "same":
                found[box.first] = WIDE
        return found

    def _card(self, key: str) -> WorkCard:
        step = self.steps[key]
        return work_card(
            key,
            step,
            self.merged.status[key],
            self.merged.changes.get(key, ()),
            self.tell,
            width=self.breadths[self.placed.boxes[key].first],
            technology=self.merged.blueprint.actors[step.actor].technology,
            actor=self.tell.text(self.merged.blueprint.actor_heading(step.actor)),
        )

    def _label(self, way: Way) -> Block | None:
        """Say where a way is taken, and how often, before and after."""
        if way.status == "removed":
            return None
        shares = [
            percent(link.share) if link is not None and link.share is not None and link.share < 1 else ""
            for link in (way.was, way.now)
        ]
        share = shares[1]
        if way.status == "changed" and shares[0] != shares[1]:
            share = " → ".join(one or "–" for one in shares)
        when = self.tell.text(way.now.spec.when) if way.now and way.now.spec.when else ""
        said = " · ".join(filter(None, (share, when)))
        if not said:
            return None
        if way.status == "same":
            return block(said, _LABEL, LABEL, color="ink-soft", max_lines=3)
        return block(said, _LABEL, LABEL, weight="bold", color=STATUS[way.status][0], max_lines=3)

    def _head(self, key: str) -> ColumnHead:
        place = next(c.place for c in self.placed.columns if c.id == key)
        assert place is not None  # only columns with a place have a head
        was, now = self.merged.columns[key]
        status: Status = "added" if was is None else "removed" if now is None else "same"
        stage = self.stages[place.stage.id]
        title = self.tell.text(place.touchpoint.title)
        number = self.merged.numbers.get(key, "–")
        return column_head(key, number, status, title, stage_token(stage), self.widths[key])

    def _across(self) -> list[Band]:
        starts = {column.first for column in self.placed.columns}
        bands: list[Band] = []
        for at in range(self.placed.width + 1):
            if at in (0, self.placed.width):
                band = Band(_END)
            else:
                band = Band(_COLUMN_GAP, tail=16.0) if at in starts else Band(_STEP_GAP)
            wanted = self.needs.sizes.get(("v", 2 * at), 0.0)
            bands.append(band._replace(size=max(band.size, wanted + band.tail)))
            if at < self.placed.width:
                bands.append(Band(self.breadths[at]))
        return bands

    def _down(self) -> list[Band]:
        heights = [0.0] * self.placed.height
        heights[0] = max((head.height for head in self.heads.values()), default=0.0)
        for key, box in self.placed.boxes.items():
            heights[box.row] = max(heights[box.row], self.cards[key].height)
        for lane in self.placed.lanes:
            name = actor_name(self.merged.blueprint, lane.actor, self.languages)
            need = (name.height + 28) / (lane.last - lane.first + 1)
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
        lane = {at: lane for lane in self.placed.lanes for at in range(lane.first, lane.last + 1)}
        if row + 1 not in lane:
            return Band(32.0)
        if row == 0 or lane[row].zone != lane[row + 1].zone:
            return Band(64.0, tail=LINE_LIFT + 6)
        return Band(32.0) if lane[row] is lane[row + 1] else Band(40.0, tail=LANE_LIFT + 4)

    def _times(self) -> dict[str, TimePair]:
        before, after = self.difference.times
        pairs = {
            c.id: (before.get(was) if was else None, after.get(now) if now else None)
            for c in self.placed.columns
            for was, now in (self.merged.columns.get(c.id, (None, None)),)
        }
        widths = {key: min(width, 320.0) for key, width in self.widths.items()}
        taken = [(widths[key], t.standard + t.wait) for key, pair in pairs.items() for t in pair if t]
        scale = min((width / seconds for width, seconds in taken if seconds > 0), default=0.0)
        return {
            key: time_pair(*pair, scale, widths[key], self.tell)
            for key, pair in pairs.items()
            if any(t and t.standard + t.wait > 0 for t in pair)
        }

    # ---- drawing

    def draw(self, x: float, y: float, width: float) -> tuple[Group, float]:
        """Draw everything between header and footer."""
        top = y
        stages = stage_height(self.placed, self.widths, self.read, 1.0)
        layout = self.layout.moved(x + ASIDE, y + stages)
        right = x + self.width
        ground = Ground(layout, self.placed, x, right, self.repeated, self.read.label, self.languages)
        shapes: list[Shape] = []
        if NOWHERE not in self.stages or len(self.stages) > 1:
            shapes += draw_stages(ground, self.stages, y, stages, self.read, 1.0)
        shapes += draw_zones(ground, self.merged.blueprint)
        shapes += self._actors(ground)
        shapes += self._work(ground)
        y = layout.down[-1][1]
        drawn, y = self._strip(ground, y)
        below, y = draw_below(self.compared, self.tell, MATTERS, x, y + 24, width, self.k)
        return Group((*shapes, drawn, below), role="comparison"), y - top

    def _actors(self, ground: Ground) -> Iterator[Shape]:
        """Mark the actors that came, went or changed, under their icons."""
        for lane in self.placed.lanes:
            status = self.merged.actors[lane.actor]
            if status != "same":
                y = (ground.row_top(lane.first) + ground.row_bottom(lane.last)) / 2
                yield Group(sign(status, ground.left + ZONE_WIDTH + 12, y + 22, 8), role="actor-sign")

    def _work(self, ground: Ground) -> list[Shape]:
        layout, taken = ground.layout, Areas()
        cards: list[Shape] = []
        for key, head in self.heads.items():
            left, top, right, bottom = layout.box(self.placed.actions[key])
            cards.append(head.draw(left, top, right - left, bottom - top))
            taken.add(Area(left, top, right, bottom))
        for key, card in self.cards.items():
            left, top, right, bottom = layout.box(self.placed.boxes[key])
            cards.append(card.draw(left, top, right - left, bottom - top))
            taken.add(Area(left, top, right, bottom))
        loud = {"same": 0, "removed": 1, "changed": 2, "added": 3}
        order = sorted(range(len(self.ways)), key=lambda at: (loud[self.ways[at].status], at))
        wires = [self._wire(at, layout) for at in order]
        for _, y in ground.edges()[1:]:
            taken.add(Area(layout.across[0][0], y - 2, layout.across[-1][1], y + 2))
        placed = stand(layout.routes, self.labels, taken, Area(*layout.edges))
        labels: list[Shape] = []
        for at, area in placed.items():
            paint = Paint(ground.at((area.top + area.bottom) / 2))
            w, h = round(area.right - area.left, 2), round(area.bottom - area.top, 2)
            patch = Rect(round(area.left, 2), round(area.top, 2), w, h, paint, radius=3)
            text = self.labels[at]
            said = text.at((area.left + area.right) / 2, area.top + 1, "middle")
            labels.append(Group((patch, said), role="link-label", title=text.whole))
        return [
            Group(tuple(wires), role="links"),
            Group(tuple(labels), role="link-labels"),
            Group(tuple(cards), role="cards"),
        ]

    def _wire(self, at: int, layout: Layout) -> Link:
        way = self.ways[at]
        ends = [self.tell.text(self.steps[key].does) for key in (way.source, way.target)]
        said = "" if way.status == "same" else f" · {word_of(way.status, (), self.tell)}"
        keys = [
            f"step-old-{key[1:]}" if key.startswith("-") else f"step-{key}"
            for key in (way.source, way.target)
        ]
        return Link(
            keys[0],
            keys[1],
            tuple(layout.routes[at]),
            WAYS[way.status],
            rounded=8.0,
            id=f"link-{at + 1}",
            role=f"way-{way.status}",
            title=f"{ends[0]} → {ends[1]}{said}",
        )

    def _strip(self, ground: Ground, y: float) -> tuple[Group, float]:
        """Draw under each column how long it takes, before and after."""
        if not self.times:
            return Group(()), y
        y += 16
        name = block(
            self.tell.say("Time, before and after", "之前与之后的时间"), ASIDE - 32, CARD, weight="bold"
        )
        hint = block(
            self.tell.say("work solid, waiting hollow", "实心为作业，空心为等待"),
            ASIDE - 32,
            BODY,
            color="ink-soft",
        )
        shapes: list[Shape] = [
            name.at(ground.left + 16, y),
            hint.at(ground.left + 16, y + name.height + 2),
        ]
        bottom = y + name.height + hint.height + 4
        for column in self.placed.columns:
            pair = self.times.get(column.id)
            if pair is not None:
                shapes.append(pair.draw(ground.content(column)[0], y))
                bottom = max(bottom, y + pair.height)
        return Group(tuple(shapes), role="times"), bottom
