"""What a blueprint stands on: stages, evidence, zones with their three lines, lanes with their actors."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from blueprint.model.service import ServiceBlueprint, Zone
from blueprint.scene.shapes import Group, Icon, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.blueprint_plan import Column, Lane, Plan
from blueprint.views.header import on_grid
from blueprint.views.link_labels import Area, Areas
from blueprint.views.reading import Reading
from blueprint.views.stage_bands import stage_band, stage_texts
from blueprint.views.tracks import Layout
from blueprint.views.typeset import BODY, CARD, STAGE, Block, block
from blueprint.views.words import Words

ZONE_WIDTH, ACTOR_WIDTH = 120.0, 184.0
ASIDE = ZONE_WIDTH + ACTOR_WIDTH
"""Width of the names of zones and actors at the left, px."""
REPEATED = 2400.0
"""A sheet whose columns are wider names its actors at the right edge too, px."""
LINE_LIFT = 14.0
"""From a line of the blueprint down to the cards beneath it, px."""
LANE_LIFT = 8.0
"""From the rule between two lanes down to the cards beneath it, px."""
_ORDER = ("customer", "frontstage", "backstage", "support")
_EVERY = 1100.0
"""How far apart the names of a line are at least, px."""
_LINES = ("line-interaction", "line-visibility", "line-internal-interaction")
"""Between each zone and the next."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the rows lie on the sheet."""

    layout: Layout
    placed: Plan
    left: float
    """Of the sheet's body: names begin here."""
    right: float
    repeated: bool
    """Whether actors are named at the right edge too."""
    words: Words
    languages: tuple[str, ...]

    def row_top(self, row: int) -> float:
        """The top of a row of cards."""
        return self.layout.down[2 * row + 1][0]

    def row_bottom(self, row: int) -> float:
        """The bottom of a row of cards."""
        return self.layout.down[2 * row + 1][1]

    def zones(self) -> list[tuple[Zone, tuple[Lane, ...]]]:
        """Zones with their lanes, from top to bottom; empty zones are not there."""
        return [(zone, tuple(lanes)) for zone, lanes in groupby(self.placed.lanes, lambda lane: lane.zone)]

    def edges(self) -> list[tuple[str, float]]:
        """Every zone below the evidence with the y at which it begins, and the end of the last."""
        top, bottom = self.layout.down[0][0], self.layout.down[-1][1]
        starts: list[tuple[str, float]] = [("customer", top)] if self.placed.actions else []
        for zone, lanes in self.zones():
            starts.append((zone, self.row_top(lanes[0].first) - LINE_LIFT if starts else top))
        return [*starts, ("", bottom)]

    def at(self, y: float) -> str:
        """Token of the zone that a y lies in."""
        (found, _), *others = self.edges()[:-1]
        for zone, start in others:
            if y >= start:
                found = zone
        return f"zone-{found}"

    def content(self, column: Column) -> tuple[float, float]:
        """Left and right edge of a column's cards."""
        across = self.layout.across
        return across[2 * column.first + 1][0], across[2 * column.last + 1][1]


def draw_zones(ground: Ground, blueprint: ServiceBlueprint) -> list[Shape]:
    """Tints, names of zones and actors, rules between lanes, and the three lines."""
    shapes: list[Shape] = []
    edges = ground.edges()
    for (zone, top), (_, bottom) in pairwise(edges):
        shapes.append(_band(ground, top, bottom, f"zone-{zone}"))
    shapes += _columns(ground, edges[0][1], edges[-1][1])
    before = edges[0][0]
    for zone, top in edges[:-1]:
        shapes.append(_zone_name(ground, zone, top))
        if zone != edges[0][0]:
            shapes.append(_line(ground, before, zone, top))
        before = zone
    for _, lanes in ground.zones():
        for at, lane in enumerate(lanes):
            if at:
                y = ground.row_top(lane.first) - LANE_LIFT
                shapes.append(_rule(ground.left + ZONE_WIDTH, ground.right, y, Paint(None, "grid", 1.0)))
            shapes.append(_lane_name(ground, blueprint, lane))
    return shapes


def _band(ground: Ground, top: float, bottom: float, token: str) -> Rect:
    return Rect(ground.left, top, ground.right - ground.left, bottom - top, Paint(token), role="zone")


def _rule(left: float, right: float, y: float, paint: Paint) -> Path:
    return Path((Segment("M", (Point(left, y),)), Segment("L", (Point(right, y),))), paint, role="rule")


def _columns(ground: Ground, top: float, bottom: float) -> list[Shape]:
    """Fine dotted rules before every column but the first."""
    shapes: list[Shape] = []
    for column in ground.placed.columns[1:]:
        x = ground.layout.across[2 * column.first][1] - 12
        shapes.append(
            Path(
                (Segment("M", (Point(x, top),)), Segment("L", (Point(x, bottom),))),
                Paint(None, "grid", 1.25, dash=(2.0, 4.0)),
                role="rule",
            )
        )
    return shapes


def _zone_name(ground: Ground, zone: str, top: float) -> Group:
    name = block(ground.words.zones[zone], ZONE_WIDTH - 24, CARD, weight="bold")
    return Group((name.at(ground.left + 16, top + LINE_LIFT + 8),), role="zone-name")


def _line(ground: Ground, above: str, below: str, y: float) -> Group:
    """Draw a line between two zones, with its name above it at the left where no arrow runs.

    Where a zone has nobody in it, its lines fall together and the one line carries both names.
    """
    lines = _LINES[_ORDER.index(above) : _ORDER.index(below)]
    name = line_name(ground, above, below, ASIDE - 32)
    if "line-visibility" in lines:
        paint = Paint(None, "ink", 3.0)
    elif "line-interaction" in lines:
        paint = Paint(None, "ink-soft", 2.25, dash=(14.0, 6.0))
    else:
        paint = Paint(None, "ink-soft", 2.25, dash=(3.0, 5.0))
    shapes: list[Shape] = [_rule(ground.left, ground.right, y, paint)]
    shapes.append(name.at(ground.left + 16, y - name.height - 5))
    if ground.repeated:
        name = line_name(ground, above, below, ACTOR_WIDTH - 24)
        shapes.append(name.at(ground.right - 8, y - name.height - 5, "end"))
    return Group(tuple(shapes), role=lines[0], title=" ".join(name.lines))


def line_name(ground: Ground, above: str, below: str, width: float) -> Block:
    """Set the name of the line between two zones."""
    lines = _LINES[_ORDER.index(above) : _ORDER.index(below)]
    title = ground.words.separator.join(ground.words[name] for name in lines)
    return block(title, width, CARD, weight="bold")


def repeat_line_names(ground: Ground, taken: Areas) -> list[Shape]:
    """Name the lines again about every `_EVERY` px, in the first gap that no arrow and no card takes."""
    shapes: list[Shape] = []
    for (above, _), (below, y) in pairwise(ground.edges()[:-1]):
        name = line_name(ground, above, below, 320.0)
        last = ground.left
        for column in ground.placed.columns:
            x = ground.content(column)[0] + 4
            if x - last < _EVERY or (ground.repeated and ground.right - x < _EVERY / 2):
                continue
            area = Area(x - 6, y - name.height - 6, x + name.width + 6, y - 3)
            if area.right <= ground.right and taken.free(area, -2):
                shapes.append(name.at(x, y - name.height - 5))
                taken.add(area)
                last = x
    return shapes


def actor_name(blueprint: ServiceBlueprint, actor: str, languages: tuple[str, ...]) -> Block:
    """Set an actor's name for the left of its lane."""
    return block(
        blueprint.actor_heading(actor).pick(*languages), ACTOR_WIDTH - 48, STAGE, weight="bold", max_lines=4
    )


def _lane_name(ground: Ground, blueprint: ServiceBlueprint, lane: Lane) -> Group:
    top, bottom = ground.row_top(lane.first), ground.row_bottom(lane.last)
    name = actor_name(blueprint, lane.actor, ground.languages)
    technology = blueprint.actors[lane.actor].technology
    sign, token = ("technology", "technology") if technology else ("person", "ink-soft")
    y = (top + bottom) / 2
    shapes: list[Shape] = []
    places = [ground.left + ZONE_WIDTH]
    if ground.repeated:
        places.append(ground.right - ACTOR_WIDTH + 12)
    for x in places:
        shapes += [Icon(sign, x, y - 12, 24, token), name.at(x + 32, y - name.height / 2)]
    return Group(tuple(shapes), id=f"actor-{lane.actor}", role="actor")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The physical evidence of one column."""

    column: Column
    items: tuple[Block, ...]

    @property
    def height(self) -> float:
        """Of all items, px."""
        return sum(item.height + 6 for item in self.items)


def evidence(column: Column, width: float, languages: tuple[str, ...]) -> Evidence:
    """Measure a column's evidence, `width` px wide."""
    written = column.place.touchpoint.evidence if column.place else ()
    room = min(width, 320.0) - 20
    return Evidence(
        column, tuple(block(item.pick(*languages), room, BODY, max_lines=5) for item in written)
    )


def draw_evidence(ground: Ground, found: list[Evidence], top: float, height: float) -> list[Shape]:
    """The row of physical evidence."""
    name = block(ground.words.zones["evidence"], ASIDE - 32, CARD, weight="bold")
    shapes: list[Shape] = [
        _band(ground, top, top + height, "zone-evidence"),
        *_columns(ground, top, top + height),
        name.at(ground.left + 16, top + 20),
    ]
    for column in found:
        left, _ = ground.content(column.column)
        y = top + 20
        items: list[Shape] = []
        for item in column.items:
            items.append(Icon("evidence", left, y + 2, 13, "evidence"))
            items.append(item.at(left + 20, y))
            y += item.height + 6
        if items:
            shapes.append(Group(tuple(items), role="evidence", data=(("touchpoint", column.column.id),)))
    return shapes


def stage_height(placed: Plan, widths: dict[str, float], read: Reading, k: float) -> float:
    """Height of the stage bands and the gap beneath them; 0 where no column has a stage."""
    tall = [sum(text.height for text in texts) for _, texts in _stages(placed, widths, read, k)]
    return on_grid(max(tall) + 20) + 8 if tall else 0.0


def _stages(
    placed: Plan, widths: dict[str, float], read: Reading, k: float
) -> list[tuple[tuple[Column, ...], tuple[Block, ...]]]:
    named: list[tuple[tuple[Column, ...], tuple[Block, ...]]] = []
    for _, run in groupby(placed.columns, lambda column: column.place.stage.id if column.place else ""):
        columns = tuple(run)
        if columns[0].place is not None:
            room = sum(widths[column.id] for column in columns) + 40 * (len(columns) - 1)
            named.append((columns, stage_texts(columns[0].place.stage, room - 40, read, k)))
    return named


def draw_stages(
    ground: Ground, stages: dict[str, int], top: float, height: float, read: Reading, k: float
) -> list[Shape]:
    """A band over the columns of every stage, as on the map; its type k times as large as usual."""
    widths = {c.id: ground.content(c)[1] - ground.content(c)[0] for c in ground.placed.columns}
    shapes: list[Shape] = []
    named = _stages(ground.placed, widths, read, k)
    for index, (columns, texts) in enumerate(named):
        left, right = ground.content(columns[0])[0] - 8, ground.content(columns[-1])[1] + 8
        if columns[0].place is not None:
            stage = columns[0].place.stage
            last = index == len(named) - 1
            at = stages[stage.id]
            shapes.append(stage_band(at, stage, left, right, top, height - 8, texts, last))
    return shapes
