"""The cards of a blueprint: what an actor does, what the customer does, and the marks they carry."""

from __future__ import annotations

from dataclasses import dataclass

from blueprint.model.journey import Place
from blueprint.model.service import Step
from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Path, Point, Rect, Segment, Shape
from blueprint.scene.text import line_height
from blueprint.views.typeset import BODY, CARD, LABEL, Block, block, line
from blueprint.views.words import Words

WIDTH = 184.0
"""Of a step card, px."""
PAD = 12.0
_MARK, _MARK_GAP, _FOOT, _SIGN = 30.0, 4.0, 18.0, 18.0
_CORNER = 10.0
_LINES = 8
"""Most lines of a text on a card; the whole text is in the title of its shape."""
MARKS = (("F", "fail"), ("W", "wait"), ("D", "decision"))
"""Letter and token, which is the icon's name too, of fail, wait and decision points."""


def marks_of(step: Step) -> tuple[tuple[str, str], ...]:
    """Return which of F, W and D a step carries."""
    carried = (bool(step.fails), step.wait is not None, step.decision)
    return tuple(mark for mark, has in zip(MARKS, carried, strict=True) if has)


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step, measured and ready to be drawn at the height of its row."""

    step: Step
    text: Block
    times: tuple[tuple[str, Block], ...]
    """Standard time and wait, each with its icon."""
    marks: tuple[tuple[str, str], ...]
    technology: bool
    story: str
    """What a screen reader says."""

    @property
    def height(self) -> float:
        """The least height the card needs, px."""
        foot = _FOOT + 8 if self.times or self.marks else 0.0
        # The marks stand beside the time; a long time sends them to a line of their own.
        return 2 * PAD - 2 + self.text.height + foot + (_FOOT + 2 if self._crowded else 0.0)

    @property
    def _crowded(self) -> bool:
        marks = len(self.marks) * (_MARK + _MARK_GAP)
        times = sum(_SIGN + time.width + 8 for _, time in self.times)
        return bool(self.times and self.marks) and times + marks > WIDTH - 2 * PAD

    def draw(self, left: float, top: float, width: float, height: float, *, critical: bool) -> Group:
        """Draw the card with its top left corner at a place."""
        shapes: list[Shape] = [self._ground(left, top, width, height, critical)]
        shapes.append(self.text.at(left + PAD, top + PAD - 2))
        foot = top + height - PAD - _FOOT + 4
        base = foot - (_FOOT + 2 if self._crowded else 0.0)
        x = left + PAD
        for icon, time in self.times:
            shapes.append(Icon(icon, x, base + 2, 13, time.color))
            shapes.append(time.at(x + _SIGN, base + (17 - time.height) / 2))
            x += _SIGN + time.width + 8
        x = left + width - PAD
        for letter, token in reversed(self.marks):
            x -= _MARK
            shapes.append(mark(letter, token, x, foot))
            x -= _MARK_GAP
        return Group(
            tuple(shapes),
            id=f"step-{self.step.id}",
            role="step",
            title=self.story,
            data=(("step", self.step.id), ("touchpoint", self.step.at)),
        )

    def _ground(self, x: float, y: float, width: float, height: float, critical: bool) -> Shape:
        stroke, weight = ("accent", 2.0) if critical else ("line", 1.0)
        if not self.technology:
            return Rect(x, y, width, height, Paint("card", stroke, weight), radius=8, role="card")
        # A system: cut corners and a dashed outline, so that people stand out without any colour.
        right, bottom, cut = x + width, y + height, _CORNER
        corners = (
            Point(x + cut, y), Point(right - cut, y), Point(right, y + cut), Point(right, bottom - cut),
            Point(right - cut, bottom), Point(x + cut, bottom), Point(x, bottom - cut), Point(x, y + cut),
        )  # fmt: skip
        segments = tuple(Segment("L" if at else "M", (corner,)) for at, corner in enumerate(corners))
        return Path(
            (*segments, Segment("Z")),
            Paint("card", stroke if critical else "technology", weight + 0.25, dash=(5.0, 3.5)),
            role="card",
        )


def mark(letter: str, token: str, x: float, y: float) -> Group:
    """Draw F, W or D as a pill of 30 × 17 px with its icon."""
    return Group(
        (
            Rect(x, y, _MARK, 17, Paint(token), radius=8.5),
            Icon(token, x + 4, y + 2.5, 12, "ink-inverse"),
            line(letter, LABEL, weight="bold", color="ink-inverse").at(x + 21.5, y + 1.2, "middle"),
        ),
        role="mark",
    )


def step_card(step: Step, *, technology: bool, text: str, story: str, words: Words) -> StepCard:
    """Measure a step."""
    standard = step.time.standard if step.time else None
    wait = step.time.wait if step.time else None
    times = [
        (icon, line(words.duration(seconds), LABEL, color=color))
        for icon, seconds, color in (("clock", standard, "ink-soft"), ("wait", wait, "wait"))
        if seconds is not None
    ]
    return StepCard(
        step,
        block(text, WIDTH - 2 * PAD, BODY, max_lines=_LINES),
        tuple(times),
        marks_of(step),
        technology,
        story,
    )


@dataclass(frozen=True, slots=True)
class ActionCard:
    """What the customer does at a touchpoint: the head of its column."""

    place: Place
    number: int
    title: Block
    doing: Block
    channel: Block | None
    story: str

    @property
    def height(self) -> float:
        """The least height the card needs, px."""
        gap = 4.0 if self.doing.lines else 0.0
        return 34.0 + self.title.height + gap + self.doing.height + PAD

    def draw(self, left: float, top: float, width: float, height: float) -> Group:
        """Draw the card with its top left corner at a place."""
        shapes: list[Shape] = [
            Rect(left, top, width, height, Paint("card", "line"), radius=8, role="card"),
            Ellipse(left + PAD + 9, top + 19, 9, 9, Paint("ink-soft")),
            line(str(self.number), LABEL, weight="bold", color="ink-inverse").at(
                left + PAD + 9, top + 19 - line_height(LABEL) / 2, "middle"
            ),
        ]
        x = left + width - PAD
        for kind in reversed(self.place.touchpoint.kinds[:3]):
            x -= 16
            shapes.append(Icon(kind, x, top + 11, 16, kind))
            x -= 4
        if self.channel:
            shapes.append(self.channel.at(left + PAD + 26, top + 19 - self.channel.height / 2))
        y = top + 34
        shapes.append(self.title.at(left + PAD, y))
        if self.doing.lines:
            shapes.append(self.doing.at(left + PAD, y + self.title.height + 4))
        touchpoint = self.place.touchpoint.id
        return Group(
            tuple(shapes),
            id=f"action-{touchpoint}",
            role="action",
            title=self.story,
            data=(("touchpoint", touchpoint),),
        )


def action_card(
    place: Place, number: int, width: float, *, words: Words, languages: tuple[str, ...]
) -> ActionCard:
    """Measure a customer's action for a column `width` px wide."""
    touchpoint = place.touchpoint
    text = min(width, 320.0) - 2 * PAD
    title = touchpoint.title.pick(*languages)
    doing = touchpoint.doing.pick(*languages) if touchpoint.doing else ""
    room = min(width, 320.0) - 2 * PAD - 26 - 20 * min(3, len(touchpoint.kinds))
    channel = words.channel(touchpoint.channel) if touchpoint.channel else ""
    return ActionCard(
        place,
        number,
        block(title, text, CARD, weight="bold", max_lines=5),
        block(doing, text, BODY, color="ink-soft", max_lines=_LINES),
        block(channel, room, LABEL, color="ink-soft", max_lines=1) if channel else None,
        words.sentence(words.colon.join(part for part in (title, doing) if part)),
    )
