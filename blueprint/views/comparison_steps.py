"""The cards of a compared service blueprint: what became of each step, and how long a column takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from blueprint.analysis.changes import Change
from blueprint.analysis.comparison_told import Teller
from blueprint.analysis.results import ColumnTime
from blueprint.figures import duration
from blueprint.model.service import Step
from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.comparison_cards import STATUS, note, sign, word_of
from blueprint.views.comparison_plan import Status
from blueprint.views.comparison_plot import NEW, OLD
from blueprint.views.typeset import BODY, CARD, LABEL, Block, block, heading, line

PAD = 12.0
WIDE, PLAIN = 216.0, 152.0
"""Of cards in a column where something changed, and where nothing did; px."""
_DISC, _LINES, _NOTES, _CORNER = 20.0, 8, 6, 10.0
_BAR = 8.0


class WorkCard(NamedTuple):
    """A step of both versions, measured."""

    key: str
    step: Step
    status: Status
    word: Block
    text: Block
    notes: tuple[Block, ...]
    time: Block | None
    technology: bool
    story: str

    @property
    def height(self) -> float:
        """The least height the card needs, px."""
        loud = _DISC + 8 if self.status != "same" else 0.0
        height = 2 * PAD - 2 + loud + self.text.height
        height += 10 + sum(said.height + 4 for said in self.notes) if self.notes else 0.0
        return height + (self.time.height + 6 if self.time else 0.0)

    def draw(self, left: float, top: float, width: float, height: float) -> Group:
        """Draw the card with its top left corner at a place."""
        quiet = self.status == "same"
        edge = "line" if quiet else STATUS[self.status][0]
        shapes: list[Shape] = [self._ground(left, top, width, height, edge)]
        y = top + PAD - 2
        if not quiet:
            shapes += sign(self.status, left + PAD + _DISC / 2, y + _DISC / 2, _DISC / 2)
            shapes.append(self.word.at(left + PAD + _DISC + 8, y + (_DISC - self.word.height) / 2))
            y += _DISC + 8
        shapes.append(self.text.at(left + PAD, y))
        y += self.text.height
        if self.notes:
            shapes.append(Rect(left + PAD, y + 5, width - 2 * PAD, 1, Paint("grid")))
            y += 10
        for said in self.notes:
            shapes.append(Group((said.at(left + PAD, y),), role="note", title=said.whole))
            y += said.height + 4
        if self.time:
            shapes.append(Icon("clock", left + PAD, y + 6, 13, "ink-soft"))
            shapes.append(self.time.at(left + PAD + 18, y + 5))
        data = (("step", self.key.removeprefix("-")), ("touchpoint", self.step.at.removeprefix("-")))
        name = f"old-{self.key[1:]}" if self.key.startswith("-") else self.key
        return Group(tuple(shapes), id=f"step-{name}", role="step", title=self.story, data=data)

    def _ground(self, x: float, y: float, width: float, height: float, edge: str) -> Shape:
        dash = (4.0, 3.0) if self.status == "removed" else ()
        paint = Paint("band" if self.status == "same" else "card", edge, 1.0, dash=dash)
        if self.status != "same":
            paint = Paint("card", edge, 1.75, dash=dash)
        if not self.technology:
            return Rect(x, y, width, height, paint, radius=8, role="card")
        right, bottom, cut = x + width, y + height, _CORNER
        corners = (
            Point(x + cut, y), Point(right - cut, y), Point(right, y + cut), Point(right, bottom - cut),
            Point(right - cut, bottom), Point(x + cut, bottom), Point(x, bottom - cut), Point(x, y + cut),
        )  # fmt: skip
        ring = tuple(Segment("L" if at else "M", (corner,)) for at, corner in enumerate(corners))
        return Path((*ring, Segment("Z")), paint, role="card")


def work_card(
    key: str,
    step: Step,
    status: Status,
    changes: Sequence[Change],
    tell: Teller,
    *,
    width: float,
    technology: bool,
    actor: str,
) -> WorkCard:
    """Measure a step of both versions.

    Args:
        key: its place in the merged blueprint.
        step: the new step; the old one where it is gone.
        status: what became of it.
        changes: what is different about it, where it is in both versions.
        tell: speaks to the reader.
        width: of the card, px.
        technology: whether a system does it.
        actor: who does it, as people know them.
    """
    inner = width - 2 * PAD
    quiet = status == "same"
    said = tell.text(step.does)
    word = "" if quiet else word_of(status, changes, tell)
    color = "ink-soft" if status in ("same", "removed") else "ink"
    text = (
        block(said, inner, BODY, color=color, max_lines=_LINES)
        if quiet
        else heading(said, inner, CARD, color=color, max_lines=_LINES)
    )
    told = [t for change in changes if (t := note(change, tell))] if status == "changed" else []
    notes = [block(t, inner, BODY, max_lines=5) for t in told[:_NOTES]]
    if (more := len(told) - _NOTES) > 0:
        notes.append(block(tell.say(f"… {more} more", f"……另有 {more} 处"), inner, LABEL, color="ink-soft"))
    standard = step.time.standard if step.time else None
    return WorkCard(
        key,
        step,
        status,
        block(word, inner - _DISC - 8, LABEL, weight="bold", color=color if quiet else STATUS[status][0]),
        text,
        tuple(notes),
        line(duration(standard, tell.language), LABEL, color="ink-soft") if standard else None,
        technology,
        " · ".join(filter(None, (f"{actor}{tell.say(': ', '：')}{said}", word))),
    )


class ColumnHead(NamedTuple):
    """A touchpoint above its steps, measured."""

    key: str
    number: str
    status: Status
    title: Block
    token: str

    @property
    def height(self) -> float:
        """The least height it needs, px."""
        return max(_DISC, self.title.height) + 16

    def draw(self, left: float, top: float, width: float, height: float) -> Group:
        """Draw it over the whole width of its column."""
        quiet = self.status == "same"
        edge = "grid" if quiet else STATUS[self.status][0]
        dash = (4.0, 3.0) if self.status == "removed" else ()
        shapes: list[Shape] = [
            Rect(left, top, width, height, Paint("card", edge, 1.0 if quiet else 1.75, dash=dash), radius=8)
        ]
        x, y = left + PAD + _DISC / 2, top + height / 2
        if quiet:
            shapes.append(Ellipse(x, y, _DISC / 2, _DISC / 2, Paint(self.token)))
            number = line(self.number, LABEL)
            shapes.append(number.at(x, y - number.height / 2, "middle"))
        else:
            shapes += sign(self.status, x, y, _DISC / 2)
        shapes.append(self.title.at(left + PAD + _DISC + 8, y - self.title.height / 2))
        name = f"old-{self.key[1:]}" if self.key.startswith("-") else self.key
        data = (("touchpoint", self.key.removeprefix("-")),)
        return Group(tuple(shapes), id=f"at-{name}", role="column", title=self.title.whole, data=data)


def column_head(key: str, number: str, status: Status, title: str, token: str, width: float) -> ColumnHead:
    """Measure the head of a column, `width` px wide."""
    room = width - 2 * PAD - _DISC - 8
    return ColumnHead(key, number, status, block(title, room, BODY, weight="bold", max_lines=4), token)


class TimePair(NamedTuple):
    """What a column's steps take, before and after, measured."""

    before: ColumnTime | None
    after: ColumnTime | None
    moved: Block
    verdict: Block
    scale: float
    """Px to the second, the same under all columns."""

    @property
    def height(self) -> float:
        """Of the cell, px."""
        return self.moved.height + self.verdict.height + 8 + 2 * _BAR + 4

    def draw(self, x: float, y: float) -> Group:
        """Draw the cell with its top left corner at a place: the old bar above the new one."""
        shapes: list[Shape] = [self.moved.at(x, y)]
        y += self.moved.height
        if self.verdict.lines[0]:
            shapes.append(self.verdict.at(x, y))
        y += self.verdict.height + 8
        for time, token in ((self.before, OLD), (self.after, NEW)):
            if time is not None:
                shapes += _bar(time, token, x, y, self.scale)
            y += _BAR + 4
        return Group(tuple(shapes), role="time")


def _bar(time: ColumnTime, token: str, x: float, y: float, scale: float) -> list[Shape]:
    work, wait = time.standard * scale, time.wait * scale
    shapes: list[Shape] = []
    if work > 0:
        shapes.append(Rect(x, y, max(work, 1.5), _BAR, Paint(token)))
    if wait > 0:
        shapes.append(Rect(x + work, y, max(wait, 1.5), _BAR, Paint("band", token, 1.0, pattern="lines")))
    return shapes


def time_pair(
    before: ColumnTime | None, after: ColumnTime | None, scale: float, width: float, tell: Teller
) -> TimePair:
    """Measure what a column's steps take.

    Args:
        before: in the old version; None where it had no such column.
        after: in the new version.
        scale: px to the second.
        width: of the column, px.
        tell: speaks to the reader.
    """
    one, other = (t.standard + t.wait if t else None for t in (before, after))
    words = [duration(t, tell.language) if t is not None else "–" for t in (one, other)]
    delta = (other or 0.0) - (one or 0.0)
    said, color = "", "ink-soft"
    if one is not None and other is not None and abs(delta) >= 0.5:
        way, color = (tell.say("longer", "更长"), "negative") if delta > 0 else (
            tell.say("shorter", "更短"), "positive"
        )  # fmt: skip
        said = f"{'▲' if delta > 0 else '▼'} {duration(abs(delta), tell.language)} {way}"
    same = one == other
    moved = words[0] if same else f"{words[0]} → {words[1]}"
    return TimePair(
        before,
        after,
        block(
            moved, width, BODY, weight="regular" if same else "bold", color="ink-soft" if same else "ink"
        ),
        line(said, LABEL, weight="bold", color=color),
        scale,
    )
