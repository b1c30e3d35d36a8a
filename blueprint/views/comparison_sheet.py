"""The body of a comparison: columns in one order, both curves over them, and why figures moved."""

from __future__ import annotations

from dataclasses import replace

from blueprint.analysis.compared import Compared
from blueprint.analysis.comparison_results import Difference
from blueprint.analysis.comparison_told import Teller
from blueprint.model.journey import Journey
from blueprint.model.values import Score
from blueprint.scene.shapes import Group, Icon, Paint, Rect, Shape
from blueprint.views import comparison_plot
from blueprint.views.comparison_below import draw_below
from blueprint.views.comparison_cards import card, delta_pill, notes
from blueprint.views.comparison_plan import Column, columns_of, stages_of
from blueprint.views.frame import MARGIN, NARROWEST
from blueprint.views.header import type_scale
from blueprint.views.plot import Plot
from blueprint.views.reading import Reading, reading
from blueprint.views.stage_bands import stage_band, stage_texts, stage_token
from blueprint.views.typeset import BODY, block

_LABELS = 136.0
_GUTTER = 12.0
_ENDS = 72.0
"""Where the curves are named, px."""
MATTERS = ("peak_end", "ending", "mean", "completion", "time")
_TITLE = 40
"""Longer titles are cut inside of sentences, characters."""


class Sheet:
    """Measures everything first, then draws from top to bottom."""

    def __init__(
        self, compared: Compared, old: Journey, new: Journey, difference: Difference, language: str
    ) -> None:
        self.compared, self.old, self.new, self.difference = compared, old, new, difference
        self.read: Reading = reading(language, new.language)
        self.tell = Teller(compared, language, lambda words: f"“{words}”", self._called, few=2)
        count = len(new.touchpoints) + len(old.touchpoints) / 3
        self.k = (1 + type_scale(_LABELS + count * 110)) / 2
        self.labels = _LABELS * self.k
        self.columns = columns_of(old, new, compared, self.tell, self.k)
        self._widen()
        self.xs = self._lefts(0.0)
        self.width = self.labels + sum(c.width + _GUTTER for c in self.columns) - _GUTTER + _ENDS * self.k

    def _lefts(self, left: float) -> list[float]:
        xs = []
        for column in self.columns:
            xs.append(left)
            left += column.width + _GUTTER
        return xs

    def _called(self, id: str) -> str:
        """Return what an id is called on the drawing, where people read titles."""
        known = self.new.touchpoints.get(id) or self.old.touchpoints.get(id)
        if known is None:
            return id
        title = " ".join(self.tell.text(known.title).split())
        return f"“{title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + '…'}”"

    def _widen(self) -> None:
        """Let few columns grow to fill the narrowest sheet."""
        gutters = _GUTTER * max(0, len(self.columns) - 1)
        room = NARROWEST - 2 * MARGIN - self.labels - _ENDS * self.k - gutters
        spare = (room - sum(c.width for c in self.columns)) / max(1, len(self.columns))
        if spare > 0:
            self.columns = [
                c if c.slim else c._replace(width=(c.width + spare) // 8 * 8) for c in self.columns
            ]

    def draw(self, x: float, y: float, width: float) -> tuple[Group, float]:
        """Draw everything between header and footer."""
        top = y
        self.xs = self._lefts(x + self.labels)
        shapes: list[Shape] = []
        for part in (self._stages, self._cards, self._curves, self._deltas, self._notes):
            drawn, y = part(x, y, width)
            shapes.append(drawn)
        drawn, y = draw_below(self.compared, self.tell, MATTERS, x, y + 24, width, self.k)
        shapes.append(drawn)
        return Group(tuple(shapes), role="comparison"), y - top

    def _stages(self, x: float, y: float, width: float) -> tuple[Group, float]:
        bands = stages_of(self.columns)
        made = []
        for stage, first, last in bands:
            left, right = self.xs[first], self.xs[last] + self.columns[last].width
            texts = stage_texts(stage, right - left - 40, self.read, self.k)[:1]
            made.append((stage, left, right, texts))
        height = max((sum(t.height for t in texts) for *_, texts in made), default=0.0) + 20
        shapes, seen = [], set()
        for at, (stage, left, right, texts) in enumerate(made):
            band = stage_band(at, stage, left, right, y, height, texts, at + 1 == len(made))
            # What is gone can part a stage in two; an id is there once.
            shapes.append(replace(band, id="") if stage.id in seen else band)
            seen.add(stage.id)
        return Group(tuple(shapes), role="stages"), y + height + 12

    def _cards(self, x: float, y: float, width: float) -> tuple[Group, float]:
        tokens = [
            stage_token(at) for at, (_, a, b) in enumerate(stages_of(self.columns)) for _ in range(a, b + 1)
        ]
        made = [card(c, self.tell, token, self.k) for c, token in zip(self.columns, tokens, strict=True)]
        height = max((one.height for one in made), default=0.0)
        shapes: list[Shape] = [one.draw(left, y, height) for one, left in zip(made, self.xs, strict=True)]
        return Group(tuple(shapes), role="touchpoints"), y + height + 16

    def _plot(self, y: float) -> Plot:
        low, high = self.new.emotion_scale
        centres = tuple(left + c.width / 2 for left, c in zip(self.xs, self.columns, strict=True))
        height = min(520.0, max(300.0, self.width / 7 // 8 * 8))
        ends = self.xs[0], self.xs[-1] + self.columns[-1].width
        return Plot(low, high, self.new.neutral_emotion, y, centres, *ends, height, self.k, edge=36.0)

    def shaded(self) -> frozenset[str]:
        """Return what the areas of this drawing say: gain, loss, both or nothing."""
        if self.difference.rescaled or not self.columns:
            return frozenset()
        return comparison_plot.shaded(self._plot(0.0), self.columns)

    def _curves(self, x: float, y: float, width: float) -> tuple[Group, float]:
        if not any(c.before or c.after for c in self.columns):
            return Group(()), y
        plot = self._plot(y)
        names = (self.tell.say("before", "之前"), self.tell.say("after", "之后"))
        columns = self.columns
        if self.difference.rescaled:
            columns = [c._replace(before=_onto(c, self.old, self.new)) for c in columns]
        drawn = comparison_plot.draw(plot, columns, names, areas=not self.difference.rescaled)
        name = self.read.label["emotion"]
        label = block(name, self.labels - 38 * self.k, BODY * self.k, weight="bold", max_lines=1)
        head = (Icon("emotion", x, y + 8, 18 * self.k, "ink-soft"), label.at(x + 24 * self.k, y + 8))
        shapes = (*comparison_plot.scale(plot), *head, drawn)
        return Group(shapes, role="lane", title=name), y + plot.height + 8

    def _deltas(self, x: float, y: float, width: float) -> tuple[Group, float]:
        """Write under each column how far its score moved."""
        pills = [delta_pill(column, self.k) for column in self.columns]
        if self.difference.rescaled or not any(pills):
            return Group(()), y + 8
        label = block(self.tell.say("Change", "变化"), self.labels - 12, BODY * self.k, weight="bold")
        tall = 22 * self.k
        shapes: list[Shape] = [label.at(x, y + (tall - label.height) / 2)]
        for column, left, pill in zip(self.columns, self.xs, pills, strict=True):
            if pill is not None:
                text, token = pill
                w, middle = text.width + 18, left + column.width / 2
                shapes += [
                    Rect(middle - w / 2, y, w, tall, Paint(token), radius=tall / 2, role="delta"),
                    text.at(middle, y + (tall - text.height) / 2, "middle"),
                ]
        return Group(tuple(shapes), role="lane", title=label.lines[0]), y + tall + 12

    def _notes(self, x: float, y: float, width: float) -> tuple[Group, float]:
        """Write under each column what else changed there."""
        told = [notes(column, self.tell) for column in self.columns]
        if not any(told):
            return Group(()), y
        label = block(
            self.tell.say("What else changed", "其他变化"), self.labels - 12, BODY * self.k, weight="bold"
        )
        right = self.xs[-1] + self.columns[-1].width
        shapes: list[Shape] = [Rect(x, y, right - x, 1, Paint("grid")), label.at(x, y + 10)]
        bottom = y + 10 + label.height
        for left, texts in zip(self.xs, told, strict=True):
            at = y + 10
            for text in texts:
                shapes.append(Group((text.at(left + 6, at),), role="note", title=text.whole))
                at += text.height + 5
            bottom = max(bottom, at)
        return Group(tuple(shapes), role="lane", title=label.lines[0]), bottom + 8


def _onto(column: Column, old: Journey, new: Journey) -> Score | None:
    """Lay a score of the old scale onto the new one, for its shape."""
    if column.before is None:
        return None
    (low, high), (a, b) = old.emotion_scale, new.emotion_scale
    mean = a + (column.before.mean - low) / (high - low) * (b - a)
    return column.before.model_copy(update={"mean": mean, "sd": None})
