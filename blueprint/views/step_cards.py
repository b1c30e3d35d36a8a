"""The cards of a blueprint's steps: what an actor does, how long it takes, where it fails and waits."""

from __future__ import annotations

from dataclasses import dataclass

from blueprint.analysis.results import ToleranceBreach
from blueprint.model.service import Step
from blueprint.scene.shapes import Group, Icon, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.typeset import CARD, LABEL, Block, block, line
from blueprint.views.words import Words

WIDTH = 200.0
"""Of a step card, px."""
PAD = 12.0
_MARK, _MARK_GAP, _FOOT, _SIGN = 30.0, 6.0, 18.0, 18.0
_CORNER = 10.0
_LINES = 8
"""Most lines of a text on a card; the whole text is in the title of its shape."""
_NOTES = 3
"""Most ways to fail that a card tells."""
MARKS = (("F", "fail"), ("W", "wait"), ("D", "decision"))
"""Letter and token, which is the icon's name too, of fail, wait and decision points."""


def marks_of(step: Step) -> tuple[tuple[str, str], ...]:
    """Return which of F, W and D a step carries."""
    carried = (bool(step.fails), step.wait is not None, step.decision)
    return tuple(mark for mark, has in zip(MARKS, carried, strict=True) if has)


@dataclass(frozen=True, slots=True)
class Note:
    """What a mark is about: how the step fails, how long the wait may be."""

    letter: str
    token: str
    head: Block
    detail: Block

    @property
    def height(self) -> float:
        """Of both texts, px; never lower than the mark."""
        return max(17.0, self.head.height + self.detail.height)

    def draw(self, left: float, top: float) -> list[Shape]:
        """Draw the mark with its texts beside it."""
        x = left + _MARK + _MARK_GAP
        first = self.head if self.head.lines else self.detail
        y = top + max(0.0, (17.0 - first.height) / 2) if len(first.lines) == 1 else top
        shapes: list[Shape] = [mark(self.letter, self.token, left, top)]
        if self.head.lines:
            shapes.append(self.head.at(x, y))
        if self.detail.lines:
            shapes.append(self.detail.at(x, y + self.head.height))
        return shapes


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step, measured."""

    step: Step
    text: Block
    notes: tuple[Note, ...]
    time: Block | None
    """The standard time."""
    late: Block | None
    """What is observed where the customer accepts less."""
    technology: bool
    story: str
    """What a screen reader says."""

    @property
    def height(self) -> float:
        """The least height the card needs, px."""
        height = 2 * PAD - 2 + self.text.height + sum(note.height + 6 for note in self.notes)
        if self.time or self.step.decision:
            height += _FOOT + 6
        return height + (self.late.height + 4 if self.late else 0.0)

    def draw(self, left: float, top: float, width: float, height: float, *, critical: bool) -> Group:
        """Draw the card with its top left corner at a place."""
        shapes: list[Shape] = [self._ground(left, top, width, height, critical)]
        shapes.append(self.text.at(left + PAD, top + PAD - 2))
        y = top + PAD - 2 + self.text.height
        for note in self.notes:
            y += 6
            shapes += note.draw(left + PAD, y)
            y += note.height
        foot = top + height - PAD - _FOOT + 4
        if self.late:
            foot -= self.late.height + 4
            shapes.append(Icon("fail", left + PAD, foot + _FOOT + 3, 13, "fail"))
            shapes.append(self.late.at(left + PAD + _SIGN, foot + _FOOT + 2))
        if self.time:
            shapes.append(Icon("clock", left + PAD, foot + 2, 13, self.time.color))
            shapes.append(self.time.at(left + PAD + _SIGN, foot + (17 - self.time.height) / 2))
        if self.step.decision:
            shapes.append(mark("D", "decision", left + width - PAD - _MARK, foot))
        return Group(
            tuple(shapes),
            id=f"step-{self.step.id}",
            role="step",
            title=self.story,
            data=(("step", self.step.id), ("touchpoint", self.step.at)),
        )

    def _ground(self, x: float, y: float, width: float, height: float, critical: bool) -> Shape:
        stroke, weight = ("accent", 2.5) if critical else ("line", 1.0)
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


def step_card(
    step: Step,
    *,
    technology: bool,
    text: str,
    story: str,
    words: Words,
    languages: tuple[str, ...],
    breach: ToleranceBreach | None = None,
) -> StepCard:
    """Measure a step.

    Args:
        step: What is done.
        technology: Whether a system does it.
        text: What is done, in the reader's language.
        story: What a screen reader says.
        words: Our labels.
        languages: The reader's language and the document's.
        breach: Where the step takes longer than the customer accepts.
    """
    standard = step.time.standard if step.time else None
    late = None
    if breach is not None:
        observed = words.duration(breach.observed)
        basis = f"p90 {observed}" if breach.basis == "p90" else f"{words['standard']} {observed}"
        late = block(
            f"{basis} > {words['tolerance']} {words.duration(breach.tolerance)}",
            WIDTH - 2 * PAD - _SIGN,
            LABEL,
            weight="bold",
            color="fail",
        )
    return StepCard(
        step,
        block(text, WIDTH - 2 * PAD, CARD, max_lines=_LINES),
        (*_fail_notes(step, words, languages), *_wait_note(step, words, languages)),
        line(words.duration(standard), LABEL, color="ink-soft") if standard is not None else None,
        late,
        technology,
        story,
    )


def _note(letter: str, token: str, head: str, detail: str) -> Note:
    room = WIDTH - 2 * PAD - _MARK - _MARK_GAP
    return Note(
        letter,
        token,
        block(head, room, LABEL, weight="bold", color=token, max_lines=4),
        block(detail, room, LABEL, color="ink-soft", max_lines=3),
    )


def _fail_notes(step: Step, words: Words, languages: tuple[str, ...]) -> list[Note]:
    """How it fails, the gravest first, and what guards against it."""
    gravest = sorted(step.fails, key=lambda fail: -(fail.severity or 0))
    notes: list[Note] = []
    for fail in gravest[:_NOTES]:
        severity = words["severity"].format(fail.severity) if fail.severity else ""
        guard = words[f"guard-{fail.poka_yoke.mode}"] if fail.poka_yoke else words["unguarded"]
        notes.append(_note("F", "fail", fail.mode.pick(*languages), words.pairs(severity, guard)))
    return notes


def _wait_note(step: Step, words: Words, languages: tuple[str, ...]) -> list[Note]:
    """How long the wait is, how long it may be, and what is said meanwhile."""
    if step.wait is None:
        return []
    waited = step.time.wait if step.time else None
    longest = step.wait.max
    over = waited is not None and longest is not None and waited > longest
    head = words.duration(waited) if waited is not None else words["wait-time"]
    if longest is not None:
        head = words.pairs(head, words["at-most"].format(words.duration(longest)))
    told = words["told"].format(step.wait.told.pick(*languages)) if step.wait.told else words["untold"]
    return [_note("W", "fail" if over else "wait", head, told)]
