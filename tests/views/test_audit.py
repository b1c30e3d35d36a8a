"""The checker of drawings sees what it is there to see."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from blueprint.scene.shapes import Group, Icon, Link, Paint, Point, Rect, Scene, Shape, Text

sys.path.insert(0, str(Path(__file__).parent))
from audit import audit


def scene(*shapes: Shape) -> Scene:
    return Scene(400, 300, Group(shapes), "t", "d", "p")


CARD = Rect(100, 100, 80, 40, Paint("card", "line"), role="card")

LINK = Link("a", "c", (Point(50, 120), Point(200, 120)), Paint(None, "route"))


def card(name: str, x: float) -> Group:
    return Group((Rect(x, 100, 40, 40, Paint("card"), role="card"),), id=name, role="touchpoint")


@pytest.mark.parametrize(
    ("fault", "shapes"),
    [
        ("leaves the sheet", [Text(380, 50, ("much too long for this",), 12)]),
        ("overlaps", [Text(20, 50, ("one",), 12), Text(30, 52, ("two",), 12)]),
        ("overlaps", [Text(20, 50, ("one", "two"), 12, line_height=5)]),
        (
            "leaves its touchpoint",
            [Group((CARD, Text(110, 120, ("far too long a title",), 12)), role="touchpoint")],
        ),
        ("unknown colour", [Rect(0, 0, 9, 9, Paint("#ff0000"))]),
        ("unknown icon", [Icon("unicorn", 0, 0, 16)]),
        ("appears 2 times", [Group((), id="a"), Group((), id="a")]),
        ("type of 9 px", [Text(20, 50, ("small",), 9)]),
        ("without words", [Text(20, 50, (), 12)]),
        ("outside the sheet", [Rect(float("nan"), 0, 1, 1, Paint("ink"))]),
        (
            "crosses the card",
            [card("a", 10), card("b", 90), card("c", 200), LINK],
        ),
        (
            "runs through",
            [card("a", 10), card("c", 200), Text(100, 124, ("word",), 12), LINK],
        ),
        ("which is not there", [Link("a", "b", (Point(0, 0), Point(9, 9)), Paint(None, "route"))]),
    ],
)
def test_faults_are_found(fault: str, shapes: list[Shape]) -> None:
    assert any(fault in found for found in audit(scene(*shapes)))


def test_a_sound_scene_has_none() -> None:
    assert audit(scene(card("a", 10), card("c", 200), Text(100, 90, ("word",), 12), LINK)) == []
