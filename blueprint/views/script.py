"""What is said: the scripts of a journey as a conversation, one bubble for every line."""

from __future__ import annotations

from collections.abc import Sequence

from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.script import Line, Script
from blueprint.model.touchpoint import Touchpoint
from blueprint.scene.shapes import Ellipse, Group, Paint, Rect, Scene, Shape
from blueprint.views.reading import Reading, reading
from blueprint.views.typeset import BODY, CARD, LABEL, block, line
from blueprint.views.view import CannotDrawError

_WIDTH, _RIM = 560.0, 16.0
_BUBBLE, _INSET = 400.0, 12.0
"""Width of the widest bubble and the room beside its words, px."""

_AGENT, _CUSTOMER = Message("Employee", "员工"), Message("Customer", "顾客")
_FEELINGS = {
    "calm": Message("calm", "平静"),
    "uneasy": Message("uneasy", "不安"),
    "upset": Message("upset", "恼火"),
    "angry": Message("angry", "愤怒"),
}
_AUDIENCES = {
    "driver": Message("To a driver", "对支配型顾客"),
    "talker": Message("To a talker", "对表达型顾客"),
    "steady": Message("To a steady customer", "对稳健型顾客"),
    "analyst": Message("To an analyst", "对分析型顾客"),
    "silent": Message("To a silent customer", "对沉默型顾客"),
    "resisting": Message("To a resisting customer", "对抵触型顾客"),
    "complaining": Message("To a complaining customer", "对抱怨型顾客"),
}


def draw(journey: Journey, *, language: str) -> Scene:
    """Draw what is said at every touchpoint that has a script.

    Args:
        journey: Whose scripts.
        language: The reader's; texts that lack it appear in the journey's own language.

    Raises:
        CannotDrawError: no touchpoint has a script.
    """
    read = reading(language, journey.language)
    spoken = [
        (order, point, point.script)
        for order, point in enumerate(journey.touchpoints.values(), 1)
        if point.script is not None
    ]
    if not spoken:
        raise CannotDrawError("no touchpoint of the journey has a script", "旅程中没有触点写有话术")
    shapes: list[Shape] = []
    y = _RIM
    for order, point, script in spoken:
        drawn, y = _touchpoint(order, point, script, y, read)
        shapes.append(drawn)
        y += 16
    height = -(-(y - 16 + _RIM) // 8) * 8
    sheet = Rect(0, 0, _WIDTH, height, Paint("paper"), role="sheet")
    return Scene(
        width=_WIDTH,
        height=height,
        root=Group((sheet, Group(tuple(shapes), role="script"))),
        title=read.say(journey.heading),
        description=" ".join(_told(point, script, read) for _, point, script in spoken),
        prefix=journey.id,
        language=language,
        view="script",
    )


def _touchpoint(
    order: int, point: Touchpoint, script: Script, y: float, read: Reading
) -> tuple[Group, float]:
    """Draw the head of a touchpoint, then its lines, then those for customers of a kind."""
    number = line(str(order), LABEL, weight="bold")
    title = block(read.say(point.title), _WIDTH - 2 * _RIM - 140, CARD, weight="bold")
    shapes: list[Shape] = [
        Ellipse(_RIM + 12, y + 12, 12, 12, Paint("stage-1")),
        number.at(_RIM + 12, y + 12 - number.height / 2, "middle"),
        title.at(_RIM + 34, y + 12 - line("x", CARD).height / 2),
    ]
    if script.protocol:
        followed = line(script.protocol, LABEL, color="ink-soft")
        shapes.append(followed.at(_WIDTH - _RIM, y + 12 - followed.height / 2, "end"))
    y += max(24.0, title.height + 6) + 10
    shapes.append(Rect(_RIM, y - 5, _WIDTH - 2 * _RIM, 1, Paint("grid"), role="rule"))
    drawn, y = _lines(script.lines, y, read)
    shapes += drawn
    for audience, lines in script.variants.items():
        said = line(_AUDIENCES[audience].pick(read.language), LABEL, weight="bold", color="ink-soft")
        shapes.append(said.at(_RIM, y + 8))
        drawn, y = _lines(lines, y + 8 + said.height, read)
        shapes.append(Group(tuple(drawn), role="variant", title=audience))
    return Group(tuple(shapes), id=f"tp-{point.id}", role="touchpoint"), y


def _lines(lines: Sequence[Line], y: float, read: Reading) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    for one in lines:
        for who, text in ((_CUSTOMER, one.customer), (_AGENT, one.agent)):
            if text is not None:
                feeling = one.feeling if who is _CUSTOMER else None
                drawn, tall = _bubble(who, read.say(text), feeling, y + 4, read)
                shapes.append(drawn)
                y += tall + 14
    return shapes, y


def _bubble(who: Message, text: str, feeling: str | None, y: float, read: Reading) -> tuple[Group, float]:
    """Draw the customer's words at the left and the employee's at the right, as in a chat."""
    name = who.pick(read.language)
    if feeling:
        name = f"{name} · {_FEELINGS[feeling].pick(read.language)}"
    label = line(name, LABEL, color="ink-soft")
    body = block(text, _BUBBLE - 2 * _INSET, BODY)
    width = max(body.width + 2 * _INSET, 72.0)
    tall = body.height + 16
    left = _RIM if who is _CUSTOMER else _WIDTH - _RIM - width
    paint = Paint("card", "line") if who is _CUSTOMER else Paint("accent-tint", "accent")
    caption = label.at(left + 2, y) if who is _CUSTOMER else label.at(_WIDTH - _RIM - 2, y, "end")
    bubble = Group(
        (
            Rect(left, y + label.height + 2, width, tall, paint, radius=10),
            body.at(left + _INSET, y + label.height + 10),
        )
    )
    return Group((caption, bubble), role="line", title=name), label.height + 2 + tall


def _told(point: Touchpoint, script: Script, read: Reading) -> str:
    said = [
        f"{who.pick(read.language)}: {read.say(text)}"
        for one in (*script.lines, *(line for lines in script.variants.values() for line in lines))
        for who, text in ((_CUSTOMER, one.customer), (_AGENT, one.agent))
        if text is not None
    ]
    return f"{read.say(point.title)}. {' '.join(said)}"
