"""The cards above a comparison, and the notes beneath it: what became of each touchpoint."""

from __future__ import annotations

from collections.abc import Sequence

from blueprint.analysis.changes import Change
from blueprint.analysis.comparison_told import Teller
from blueprint.scene.shapes import Ellipse, Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.cards import PAD, Card
from blueprint.views.comparison_plan import Column
from blueprint.views.typeset import BODY, CARD, LABEL, Block, block, heading, line
from blueprint.views.words import signed

_DISC = 22.0
_LINES = 6
_NOTES = 6
_HEAD = 16
"""Before the name of an element, characters."""
STATUS = {
    "added": ("positive", "positive-tint"), "removed": ("negative", "negative-tint"),
    "changed": ("accent", "accent-tint"),
}  # fmt: skip
"""The colours of a status: of its sign and of what lies behind it."""


def sign(status: str, x: float, y: float, r: float) -> tuple[Shape, ...]:
    """Draw the sign of a status around (x, y): plus, minus, or a triangle for what changed."""
    color = STATUS[status][0]
    arm = r * 0.5

    def bar(dx: float, dy: float) -> Path:
        ends = Segment("M", (Point(x - dx, y - dy),)), Segment("L", (Point(x + dx, y + dy),))
        return Path(ends, Paint(None, "ink-inverse", 2))

    disc = Ellipse(x, y, r, r, Paint(color))
    if status == "added":
        return disc, bar(arm, 0), bar(0, arm)
    if status == "removed":
        return disc, bar(arm, 0)
    triangle = (
        Segment("M", (Point(x, y - arm * 1.1),)),
        Segment("L", (Point(x + arm, y + arm * 0.7),)),
        Segment("L", (Point(x - arm, y + arm * 0.7),)),
        Segment("Z"),
    )
    return disc, Path(triangle, Paint("ink-inverse"))


def card(column: Column, tell: Teller, stage_token: str, k: float) -> Card:
    """Make the card of a touchpoint: loud where something happened to it, quiet where nothing did."""
    if column.slim:
        return _slim(column, tell, stage_token)
    inner = column.width - 2 * PAD
    quiet = column.status == "same"
    color = "ink-soft" if column.status in ("same", "removed") else "ink"
    whole = tell.text(column.point.title)
    size = BODY if quiet else CARD * k
    title = (
        block(whole, inner, size, color=color, max_lines=_LINES)
        if quiet
        else heading(whole, inner, size, color=color, max_lines=_LINES)
    )
    word = "" if quiet else status_word(column, tell)
    label = block(
        word, inner - _DISC - 8, LABEL, weight="bold", color=color if quiet else STATUS[column.status][0]
    )
    top = max(_DISC, label.height)
    height = PAD + top + 8 + title.height + PAD

    def draw(x: float, y: float, tall: float) -> Group:
        fill = "band" if quiet else "card"
        edge = "grid" if quiet else STATUS[column.status][0]
        dash = (4.0, 3.0) if column.status == "removed" else ()
        outline = Paint(fill, edge, 1.5 if not quiet else 1.0, dash=dash)
        shapes: list[Shape] = [Rect(x, y, column.width, tall, outline, radius=8, role="card")]
        middle = y + PAD + _DISC / 2
        if quiet:
            number = line(column.number, LABEL, color="ink-soft")
            shapes += [
                Ellipse(x + PAD + _DISC / 2, middle, _DISC / 2, _DISC / 2, Paint(stage_token)),
                number.at(x + PAD + _DISC / 2, middle - number.height / 2, "middle"),
            ]
        else:
            shapes += sign(column.status, x + PAD + _DISC / 2, middle, _DISC / 2)
            shapes.append(label.at(x + PAD + _DISC + 8, y + PAD + (top - label.height) / 2))
        shapes.append(title.at(x + PAD, y + PAD + top + 8))
        spoken = f"{column.number}. {whole}" if column.number else whole
        return Group(
            tuple(shapes),
            id=f"tp-{'old-' if column.new is None else ''}{column.id}",
            role="touchpoint",
            title=f"{spoken} · {word}" if word else spoken,
            data=(("touchpoint", column.id),),
        )

    return Card(height, draw)


def _slim(column: Column, tell: Teller, stage_token: str) -> Card:
    """Make a card that shows its number alone; its title is told where one asks for it."""

    def draw(x: float, y: float, tall: float) -> Group:
        number = line(column.number, LABEL, color="ink-soft")
        middle = y + PAD + _DISC / 2
        shapes = (
            Rect(x, y, column.width, tall, Paint("band", "grid"), radius=8, role="card"),
            Ellipse(x + column.width / 2, middle, _DISC / 2, _DISC / 2, Paint(stage_token)),
            number.at(x + column.width / 2, middle - number.height / 2, "middle"),
        )
        spoken = f"{column.number}. {tell.text(column.point.title)}"
        return Group(
            shapes,
            id=f"tp-{column.id}",
            role="touchpoint",
            title=spoken,
            data=(("touchpoint", column.id),),
        )

    return Card(2 * PAD + _DISC, draw)


def status_word(column: Column, tell: Teller) -> str:
    """Say in a word or two what happened to a touchpoint."""
    number = f"{column.number} · " if column.number else ""
    return number + word_of(column.status, column.changes, tell)


def word_of(status: str, changes: Sequence[Change], tell: Teller) -> str:
    """Say in a word or two what happened."""
    if status in ("added", "removed"):
        return tell.say(status, {"added": "新增", "removed": "移除"}[status])
    kinds = {change.kind for change in changes}
    for kind, en, zh in (
        ("moved", "moved", "移位"),
        ("rescored", "rescored", "重新评分"),
        ("rerouted", "rerouted", "改道"),
        ("retimed", "retimed", "改时"),
        ("renamed", "renamed", "改名"),
    ):
        if kind in kinds:
            more = len(changes) - 1
            return tell.say(en, zh) + (f" +{more}" if more else "")
    return tell.say("changed", "有变化")


def delta_pill(column: Column, k: float) -> tuple[Block, str] | None:
    """Return how far a score moved, with the colour of its ground; None where it stayed."""
    if column.before is None or column.after is None:
        return None
    delta = column.after.mean - column.before.mean
    if abs(delta) < 0.005:
        return None
    token = "positive" if delta > 0 else "negative"
    way = "▲" if delta > 0 else "▼"
    return line(f"{way} {_tenths(delta)}", BODY * k, weight="bold", color="ink-inverse"), token


def _tenths(value: float) -> str:
    text = f"{value:+.1f}" if abs(value) >= 0.05 else signed(value)
    return text.replace("-", "−")


def notes(column: Column, tell: Teller) -> list[Block]:
    """Return what changed at a touchpoint, one block for each change."""
    if column.status in ("added", "removed", "same"):
        return []
    width = column.width - 12
    found = [note(change, tell) for change in column.changes if change.kind != "rescored"]
    found = [text for text in found if text]
    told = [block(text, width, BODY, max_lines=6) for text in found[:_NOTES]]
    if len(found) > _NOTES:
        more = len(found) - _NOTES
        told.append(block(tell.say(f"… {more} more", f"……另有 {more} 处"), width, LABEL, color="ink-soft"))
    return told


def note(change: Change, tell: Teller) -> str:
    """Say what changed, without whose change it is."""
    whose = tell.code(change.id)
    head, found, rest = tell.change(change).partition(whose)
    # Kinds of elements stand before their names, except for touchpoints.
    return rest.strip() if found and len(head) < _HEAD else head.strip()
