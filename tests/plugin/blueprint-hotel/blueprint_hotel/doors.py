"""A picture of the stages as doors along a corridor."""

from __future__ import annotations

from blueprint.scene.shapes import Group, Paint, Rect, Scene, Text
from blueprint.scene.text import line_height, wrap
from blueprint.views.view import CannotDrawError, Sitting, View

_DOOR, _GAP, _SIZE = 150.0, 24.0, 15.0


def draw(given: Sitting) -> Scene:
    """Draw one door for each stage."""
    journey = given.journey
    if journey is None:
        raise CannotDrawError("there is no journey to draw", "没有可绘制的旅程")
    doors = []
    for number, stage in enumerate(journey.stages):
        left = _GAP + number * (_DOOR + _GAP)
        lines = wrap(stage.heading.pick(given.language), _DOOR - 20, _SIZE, max_lines=3)
        frame = Rect(left, 30, _DOOR, 220, Paint("card", "line"), 6, role="card")
        label = Text(left + 10, 70, lines, _SIZE, line_height=line_height(_SIZE))
        doors.append(Group((frame, label), id=f"stage-{stage.id}", role="stage"))
    title = journey.heading.pick(given.language)
    return Scene(
        width=_GAP + len(doors) * (_DOOR + _GAP),
        height=280,
        root=Group(tuple(doors), role="scene"),
        title=title,
        description=f"{title}: {len(doors)} doors",
        prefix="doors",
        language=given.language,
        view="doors",
    )


VIEW = View(draw, of=("journey",))
