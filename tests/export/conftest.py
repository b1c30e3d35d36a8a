"""One small scene with every kind of shape."""

from __future__ import annotations

import pytest

from blueprint.scene.shapes import (
    Ellipse,
    Group,
    Icon,
    Link,
    Paint,
    Path,
    Point,
    Rect,
    Scene,
    Segment,
    Text,
)


@pytest.fixture
def scene() -> Scene:
    """Every shape, every option of a shape, both weights, both languages."""
    card = Group(
        (
            Rect(
                20,
                20,
                160,
                80,
                Paint("card", "line", 1.5),
                radius=8,
                id="card",
                role="card",
                title="A card",
            ),
            Text(32, 44, ("Calls the hotline", "拨打热线，等待"), 13, weight="bold", id="name"),
            Text(176, 90, ("3 min",), 10.5, "ink-faint", anchor="end", slant=True),
            Icon("phone", 32, 76, 16, "accent", title="Phone"),
        ),
        id="hotline",
        role="touchpoint",
        title="1 · Calls the hotline",
        data=(("touchpoint", "hotline"),),
    )
    wave = (
        Segment("M", (Point(20, 140),)),
        Segment("C", (Point(60, 110), Point(90, 170), Point(120, 140))),
        Segment("Q", (Point(130, 120), Point(150, 140))),
        Segment("L", (Point(20.126, 160),)),
        Segment("Z"),
    )
    way = (Point(180, 60), Point(220, 60), Point(220, 120), Point(260, 120))
    back = (Point(300, 90), Point(280, 190), Point(120, 190), Point(100, 100))
    shapes = (
        Rect(0, 0, 400, 200, Paint("paper")),
        card,
        Path(wave, Paint("pain-tint", "pain", dash=(4, 3), opacity=0.5, pattern="lines"), id="wave"),
        Ellipse(300, 60, 40, 30, Paint("positive-tint", "positive", 2, pattern="dots")),
        Link("hotline", "end", way, Paint(None, "route", 2), id="way", title="then"),
        Link("end", "hotline", back, Paint(None, "route-loop", dash=(5, 3)), smooth=True, arrow="none"),
    )
    return Scene(400, 200, Group(shapes, id="all"), "A call", "Someone calls.", "claim", "en", "map")
