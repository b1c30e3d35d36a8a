"""What stands beneath a blueprint, column by column: the timeline, the whole time, the hand-overs."""

from __future__ import annotations

from dataclasses import dataclass

from blueprint.analysis.results import BlueprintAnalysis
from blueprint.scene.shapes import Group, Paint, Rect, Shape
from blueprint.views.blueprint_ground import ASIDE, Ground
from blueprint.views.handoff_row import HandoffCell, unsaid_of
from blueprint.views.time_strip import TimeCell, whole_strip
from blueprint.views.typeset import BODY, CARD, block
from blueprint.views.words import Words

_ABOVE = 24.0
"""Between one strip and the next, px."""


@dataclass(frozen=True, slots=True)
class Strips:
    """The strips of one sheet, measured."""

    times: dict[str, TimeCell]
    """By touchpoint."""
    handoffs: dict[str, HandoffCell]
    analysis: BlueprintAnalysis | None
    words: Words

    def draw(self, ground: Ground, top: float) -> tuple[list[Shape], float]:
        """Draw what there is from a y on; return it with the y where it ends."""
        shapes: list[Shape] = []
        y = top
        if self.times:
            drawn, y = self._timeline(ground, y + _ABOVE)
            shapes.append(drawn)
        if self.handoffs:
            if self.times:
                shapes.append(_rule(ground, y + _ABOVE / 2))
            drawn, y = self._handoffs(ground, y + _ABOVE)
            shapes.append(drawn)
        return shapes, y

    def _timeline(self, ground: Ground, y: float) -> tuple[Group, float]:
        label = self.words
        shapes: list[Shape] = [_name(ground, label["timeline"], y)]
        at = y + 24
        if self.analysis is not None:
            for name, seconds in (
                ("standard", self.analysis.standard_seconds),
                ("wait-time", self.analysis.wait_seconds),
            ):
                if seconds:
                    fact = block(
                        f"{label[name]} {label.duration(seconds)}", ASIDE - 32, BODY, color="ink-soft"
                    )
                    shapes.append(fact.at(ground.left + 16, at))
                    at += fact.height
        bottom = at
        for column in ground.placed.columns:
            if cell := self.times.get(column.id):
                left, _ = ground.content(column)
                shapes.append(cell.draw(left, y, column.id))
                bottom = max(bottom, y + cell.height)
        times = [
            (column.number, self.times[column.id].time)
            for column in ground.placed.columns
            if column.id in self.times
        ]
        if len(times) > 1 and any(time.standard or time.wait for _, time in times):
            y = bottom + _ABOVE
            left = ground.content(ground.placed.columns[0])[0]
            right = ground.content(ground.placed.columns[-1])[1]
            strip, height = whole_strip(times, left, y, right - left, label)
            shapes += [_name(ground, label["whole-time"], y), strip]
            bottom = y + height
        return Group(tuple(shapes), role="timeline"), bottom

    def _handoffs(self, ground: Ground, y: float) -> tuple[Group, float]:
        shapes: list[Shape] = [_name(ground, self.words["handoff-row"], y)]
        bottom = y + 20
        if unsaid := unsaid_of(self.handoffs, self.words, ASIDE - 32):
            shapes.append(unsaid.at(ground.left + 16, y + 24))
            bottom = y + 24 + unsaid.height
        for column in ground.placed.columns:
            if cell := self.handoffs.get(column.id):
                left, _ = ground.content(column)
                shapes.append(cell.draw(left, y, column.id))
                bottom = max(bottom, y + cell.height)
        return Group(tuple(shapes), role="handoff-row"), bottom


def _name(ground: Ground, name: str, y: float) -> Shape:
    return block(name, ASIDE - 32, CARD, weight="bold").at(ground.left + 16, y)


def _rule(ground: Ground, y: float) -> Rect:
    return Rect(ground.left, y, ground.right - ground.left, 1, Paint("grid"), role="rule")
