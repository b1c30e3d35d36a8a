"""What the customer does at every touchpoint: the cards at the head of a blueprint's columns."""

from __future__ import annotations

from dataclasses import dataclass

from blueprint.model.journey import Place
from blueprint.scene.icons import channel_icon
from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Rect, Shape
from blueprint.views.typeset import BODY, CARD, LABEL, Block, block, heading, line
from blueprint.views.words import Words

PAD = 12.0
WIDEST = 320.0
"""No text of a column runs wider, px."""
_DISC = 24.0
_LINES = 8
"""Most lines of a text on a card; the whole text is in the title of its shape."""


@dataclass(frozen=True, slots=True)
class ActionCard:
    """A touchpoint, measured: it looks as it does on the map."""

    place: Place
    number: int
    stage: str
    """Token of its stage."""
    title: Block
    doing: Block
    channel: Block | None
    story: str

    @property
    def height(self) -> float:
        """The least height the card needs, px."""
        height = PAD + max(_DISC, self.title.height + 4)
        if self.doing.lines:
            height += 6 + self.doing.height
        if self.channel or self.place.touchpoint.kinds:
            height += 6 + 18
        return height + PAD - 2

    def draw(self, left: float, top: float, width: float, height: float) -> Group:
        """Draw the card with its top left corner at a place."""
        touchpoint = self.place.touchpoint
        number = line(str(self.number), LABEL, weight="bold")
        middle = top + PAD + _DISC / 2
        shapes: list[Shape] = [
            Rect(left, top, width, height, Paint("card", "grid", 1.5), radius=8, role="card")
        ]
        if touchpoint.kinds:
            bar = min(width, WIDEST) - 2 * PAD
            shapes.append(Rect(left + PAD, top - 1.5, bar, 4, Paint(touchpoint.kinds[0]), radius=2))
        shapes += [
            Ellipse(left + PAD + _DISC / 2, middle, _DISC / 2, _DISC / 2, Paint(self.stage)),
            number.at(left + PAD + _DISC / 2, middle - number.height / 2, "middle"),
            self.title.at(left + PAD + _DISC + 8, top + PAD + 4),
        ]
        if self.doing.lines:
            shapes.append(self.doing.at(left + PAD, top + PAD + max(_DISC, self.title.height + 4) + 6))
        foot = top + height - PAD - 16
        x = left + PAD
        if self.channel and touchpoint.channel:
            shapes.append(Icon(channel_icon(touchpoint.channel), x, foot + 1, 14, "ink-soft"))
            shapes.append(self.channel.at(x + 18, foot + 8 - self.channel.height / 2))
        x = left + width - PAD
        for kind in reversed(touchpoint.kinds[:3]):
            x -= 16
            shapes.append(Icon(kind, x, foot, 16, kind))
            x -= 4
        return Group(
            tuple(shapes),
            id=f"action-{touchpoint.id}",
            role="action",
            title=self.story,
            data=(("touchpoint", touchpoint.id),),
        )


def action_card(
    place: Place, number: int, stage: str, width: float, *, words: Words, languages: tuple[str, ...]
) -> ActionCard:
    """Measure a customer's action for a column `width` px wide."""
    touchpoint = place.touchpoint
    text = min(width, WIDEST) - 2 * PAD
    title = touchpoint.title.pick(*languages)
    doing = touchpoint.doing.pick(*languages) if touchpoint.doing else ""
    room = text - 18 - 20 * min(3, len(touchpoint.kinds))
    channel = words.channel(touchpoint.channel) if touchpoint.channel else ""
    return ActionCard(
        place,
        number,
        stage,
        heading(title, text - _DISC - 8, CARD, max_lines=5),
        block(doing, text, BODY, color="ink-soft", max_lines=_LINES),
        block(channel, room, LABEL, color="ink-soft", max_lines=1) if channel else None,
        words.sentence(words.colon.join(part for part in (title, doing) if part)),
    )
