"""The service blueprint: every arrow goes around every card, every word can be read, on any input."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprint.analysis.delivery import analyse_blueprint
from blueprint.export import svg
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.scene.shapes import Group, Link, Rect, Scene, Shape, Text
from blueprint.scene.shapes import Path as Outline
from blueprint.scene.themes import THEMES
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.views import service_blueprint
from blueprint.views.blueprint_plan import plan

sys.path.insert(0, str(Path(__file__).parent))
from audit import Box, audit, crosses, every, ink

JOURNEYS = Path(__file__).parents[2] / "journeys"
LANGUAGES = ("en", "zh")


def load(path: Path) -> Any:
    return read_document(Source(path.name, path.read_text("utf-8"))).model


def shipped() -> list[tuple[ServiceBlueprint, Journey | None]]:
    models = [load(path) for path in sorted(JOURNEYS.glob("*.yaml"))]
    journeys = {model.id: model for model in models if isinstance(model, Journey)}
    return [(model, journeys.get(model.journey)) for model in models if isinstance(model, ServiceBlueprint)]


def drawn(blueprint: ServiceBlueprint, journey: Journey | None, language: str = "en") -> Scene:
    return service_blueprint.draw(
        blueprint,
        journey,
        analyse_blueprint(blueprint, journey),
        None,
        language=language,
        file="b.yaml",
        digest="0" * 64,
    )


def of_role(shape: Shape, role: str) -> list[Shape]:
    return [found for found in every(shape) if found.role == role]


def bounds(shape: Shape) -> Box:
    if isinstance(shape, Rect):
        return Box(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
    assert isinstance(shape, Outline)
    points = [point for segment in shape.segments for point in segment.points]
    xs, ys = [p.x for p in points], [p.y for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def faults(scene: Scene) -> list[str]:
    """What is wrong; a label may stand on its own line, on a patch that hides it."""
    found = [fault for fault in audit(scene) if "runs through" not in fault]
    shapes = list(every(scene.root))
    links = [shape for shape in shapes if isinstance(shape, Link)]
    cards = [bounds(shape) for shape in shapes if shape.role == "card"]
    own = {
        id(text): label.title for label in shapes if label.role.endswith("label") for text in every(label)
    }
    texts = [(text, box) for text in shapes if isinstance(text, Text) for box in ink(text)]
    for link in links:
        for one, two in itertools.pairwise(link.points):
            found += [f"{link.id} crosses a card" for card in cards if crosses(one, two, card)]
            found += [
                f"{link.id} runs through {text.lines}"
                for text, box in texts
                if crosses(one, two, box, 0.0) and own.get(id(text)) != link.title
            ]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("blueprint", "journey"), shipped(), ids=lambda model: getattr(model, "id", ""))
def test_shipped_blueprints_can_be_read(
    blueprint: ServiceBlueprint, journey: Journey | None, language: str
) -> None:
    assert faults(drawn(blueprint, journey, language)) == []


def small(**more: Any) -> ServiceBlueprint:
    return ServiceBlueprint.model_validate(
        {
            "blueprint": "b",
            "journey": "j",
            "actors": {
                "agent": {"zone": "frontstage"},
                "tool": {"zone": "backstage", "technology": True},
                "boss": {"zone": "backstage"},
            },
            "steps": [
                {"id": "ask", "at": "call", "actor": "agent", "does": "Asks", "next": "look"},
                {
                    "id": "look",
                    "at": "call",
                    "actor": "tool",
                    "does": "Looks it up",
                    "decision": True,
                    "fails": [{"mode": "down"}],
                    "wait": {"max": "5m"},
                    "time": {"standard": "2m", "wait": "3m", "tolerance": "4m"},
                    "next": {"decide": {"p": 0.25, "when": "Over the limit"}, "ask": "rest"},
                },
                {"id": "decide", "at": "verdict", "actor": "boss", "does": "Decides"},
            ],
            **more,
        }
    )


JOURNEY = Journey.model_validate(
    {
        "journey": "j",
        "stages": [
            {
                "stage": "only",
                "touchpoints": [
                    {
                        "id": "call",
                        "title": "Calls",
                        "doing": "Dials",
                        "evidence": ["Card"],
                        "kinds": ["first"],
                    },
                    {"id": "idle", "title": "Nothing known here"},
                    {"id": "verdict", "title": "Hears the verdict", "trigger": "company"},
                ],
            }
        ],
    }
)


def test_rows_are_zones_in_their_order_parted_by_three_named_lines() -> None:
    scene = drawn(small(actors={**_actors(), "press": {"zone": "support"}}), JOURNEY)
    heights = []
    for name in ("line-interaction", "line-visibility", "line-internal-interaction"):
        (line,) = of_role(scene.root, name)
        (rule,) = of_role(line, "rule")
        box = bounds(rule)
        assert box.right - box.left >= scene.width - 2 * 48 - 1, "a line runs the full width"
        heights.append(box.top)
    assert heights == sorted(heights)
    step = {shape.id: bounds(of_role(shape, "card")[0]) for shape in of_role(scene.root, "step")}
    action = {shape.id: bounds(of_role(shape, "card")[0]) for shape in of_role(scene.root, "action")}
    assert action["action-call"].bottom < heights[0] < step["step-ask"].top
    assert step["step-ask"].bottom < heights[1] < step["step-look"].top


def _actors() -> dict[str, Any]:
    return {
        "agent": {"zone": "frontstage"},
        "tool": {"zone": "backstage", "technology": True},
        "boss": {"zone": "backstage"},
    }


def test_touchpoints_without_steps_and_without_doing_have_no_column() -> None:
    assert [column.id for column in plan(small(), JOURNEY).columns] == ["call", "verdict"]
    assert [column.number for column in plan(small(), JOURNEY).columns] == [1, 3]


def test_cards_carry_their_marks_and_links_say_what_they_mean() -> None:
    scene = drawn(small(), JOURNEY)
    (look,) = [shape for shape in of_role(scene.root, "step") if shape.id == "step-look"]
    letters = [
        text.lines for mark in of_role(look, "mark") for text in every(mark) if isinstance(text, Text)
    ]
    assert sorted(letters) == [("D",), ("F",), ("W",)]
    links = {(s.source, s.target): s for s in every(scene.root) if isinstance(s, Link)}
    assert links["step-ask", "step-look"].paint.dash, "to technology: dashed"
    assert not links["step-look", "step-decide"].paint.dash, "to people: solid"
    assert links["step-look", "step-decide"].role == "handoff"
    assert ("action-call", "step-ask") in links
    shown = [
        t.lines for label in of_role(scene.root, "link-label") for t in every(label) if isinstance(t, Text)
    ]
    assert sorted(" ".join(lines) for lines in shown) == ["25% · Over the limit", "75%"]
    assert len(of_role(scene.root, "handoff-mark")) == 3


def test_the_timeline_names_what_the_steps_take() -> None:
    scene = drawn(small(), JOURNEY)
    (row,) = of_role(scene.root, "timeline")
    words = " ".join(line for text in every(row) if isinstance(text, Text) for line in text.lines)
    assert "5 min" in words
    assert "Tolerance 4 min" in words


def said(shape: Shape) -> str:
    return " ".join(line for text in every(shape) if isinstance(text, Text) for line in text.lines)


def test_a_card_says_how_it_fails_and_how_long_the_wait_may_be() -> None:
    (look,) = [s for s in of_role(drawn(small(), JOURNEY).root, "step") if s.id == "step-look"]
    assert "down no guard" in said(look)
    assert "3 min · at most 5 min nothing is said" in said(look)


def test_what_is_handed_over_stands_beneath_the_column_it_leaves() -> None:
    assert of_role(drawn(small(), JOURNEY).root, "handoffs") == [], "nobody wrote what is handed over"
    order = {"look": {"hands_over": ["the order"], "within": "5m", "confirmed": False}}
    steps = [
        {"id": "ask", "at": "call", "actor": "agent", "does": "Asks", "next": order},
        {"id": "look", "at": "call", "actor": "tool", "does": "Looks it up"},
    ]
    scene = drawn(small(steps=steps), JOURNEY)
    (cell,) = of_role(scene.root, "handoffs")
    assert "agent → tool the order within 5 min · not confirmed" in said(cell)
    assert isinstance(cell, Group)
    assert dict(cell.data)["touchpoint"] == "call"


@pytest.mark.parametrize("silent", [3, 4])
def test_many_hand_overs_that_say_nothing_are_told_once_in_the_margin(silent: int) -> None:
    spoken = {"s1": {"hands_over": ["the order"]}}
    steps = [
        {
            "id": f"s{at}",
            "at": "call",
            "actor": ("agent", "tool")[at % 2],
            "does": "Works",
            **({"next": spoken if at == 0 else f"s{at + 1}"} if at <= silent else {}),
        }
        for at in range(silent + 2)
    ]
    scene = drawn(small(steps=steps), JOURNEY)
    (row,) = of_role(scene.root, "handoff-row")
    many = silent > 3
    assert faults(scene) == []
    assert said(row).count("not said what is handed over") == (0 if many else silent)
    assert (f"{silent} of {silent + 1} do not say what is handed over" in said(row)) == many
    assert said(row).count("tool → agent: ?") + said(row).count("agent → tool: ?") == (
        silent if many else 0
    )


def test_the_timeline_shows_at_one_place_what_is_accepted_and_what_goes_beyond() -> None:
    scene = drawn(small(), JOURNEY)
    (cell,) = of_role(scene.root, "time")
    assert "> Tolerance 4 min" in said(cell)
    assert any(isinstance(s, Rect) and s.paint.fill == "fail" for s in every(cell))


def test_a_wide_sheet_names_actors_and_lines_at_its_right_edge_too() -> None:
    (blueprint, journey), *_ = shipped()
    scene = drawn(blueprint, journey)
    for role in ("actor", "line-visibility"):
        texts = [t for group in of_role(scene.root, role)[:1] for t in every(group) if isinstance(t, Text)]
        assert len(texts) == 2
        assert min(t.x for t in texts) < 400 < scene.width - 300 < max(t.x for t in texts)


def test_without_a_journey_the_columns_come_from_the_steps() -> None:
    scene = drawn(small(), None)
    assert of_role(scene.root, "action") == []
    assert faults(scene) == []


def test_the_same_blueprint_gives_the_same_bytes() -> None:
    one, two = (svg.export(drawn(small(), JOURNEY), THEMES["light"]) for _ in range(2))
    assert one == two


texts = st.one_of(
    st.text(min_size=1, max_size=40).filter(str.strip),
    st.sampled_from(
        (
            "<script>alert(1)</script> ]]> \" & '",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
            "客户在门口当面验货，发现外箱破损，当场拍照并签字确认。" * 8,
            "مرحبا بالعالم",
            "x" * 5000,
        )
    ),
)
ids = st.integers(0, 5).map(lambda n: f"t{n}")


@st.composite
def blueprints(draw: st.DrawFn) -> tuple[ServiceBlueprint, Journey | None]:
    actors = {
        f"a{n}": {
            "title": draw(texts),
            "zone": draw(st.sampled_from(("frontstage", "backstage", "support"))),
            "technology": draw(st.booleans()),
        }
        for n in range(draw(st.integers(1, 5)))
    }
    count = draw(st.integers(1, 14))
    steps: list[dict[str, Any]] = []
    for at in range(count):
        targets = draw(st.lists(st.integers(0, count).map(lambda n: f"s{n}"), max_size=3, unique=True))
        exits = {
            t: {"p": draw(st.sampled_from((0.1, 0.5, "rest"))), "when": draw(texts)}
            if draw(st.booleans())
            else {}
            for t in targets
        }
        steps.append(
            {
                "id": f"s{at}",
                "at": draw(ids),
                "actor": draw(st.sampled_from((*actors, "nobody"))),
                "does": draw(texts),
                "decision": draw(st.booleans()),
                **({"next": exits} if exits else {}),
                **({"time": {"standard": "2m", "wait": "1d 3h"}} if draw(st.booleans()) else {}),
            }
        )
    blueprint = ServiceBlueprint.model_validate(
        {"blueprint": "b", "journey": "j", "title": draw(texts), "actors": actors, "steps": steps}
    )
    if draw(st.booleans()):
        return blueprint, None
    points = [
        {"id": f"t{n}", "title": draw(texts), "doing": draw(texts), "evidence": [draw(texts)]}
        for n in range(draw(st.integers(1, 6)))
    ]
    stages = [
        {"stage": "one", "title": draw(texts), "touchpoints": points[:2]},
        {"stage": "two", "touchpoints": points[2:]},
    ]
    return blueprint, Journey.model_validate({"journey": "j", "stages": stages})


@given(blueprints(), st.sampled_from(LANGUAGES))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_blueprint_can_be_read(pair: tuple[ServiceBlueprint, Journey | None], language: str) -> None:
    blueprint, journey = pair
    scene = service_blueprint.draw(blueprint, journey, None, None, language=language)
    assert faults(scene) == []


@given(blueprints())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_step_has_a_cell_of_its_own_in_its_column_and_lane(
    pair: tuple[ServiceBlueprint, Journey | None],
) -> None:
    blueprint, journey = pair
    placed = plan(blueprint, journey)
    spots = [(box.first, box.row) for box in placed.boxes.values()]
    assert len(spots) == len(set(spots))
    columns = {column.id: column for column in placed.columns}
    lanes = {lane.actor: lane for lane in placed.lanes}
    for step in blueprint.steps:
        if step.actor in blueprint.actors:
            box = placed.boxes[step.id]
            assert columns[step.at].first <= box.first <= columns[step.at].last
            assert lanes[step.actor].first <= box.row <= lanes[step.actor].last


def test_groups_say_which_step_they_are() -> None:
    scene = drawn(small(), JOURNEY)
    found = [shape for shape in of_role(scene.root, "step") if isinstance(shape, Group)]
    assert {dict(shape.data)["step"] for shape in found} == {"ask", "look", "decide"}
