"""Marks on a drawing: the ring is around what the finding names, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blueprint.api import draw
from blueprint.model.journey import Journey
from blueprint.scene.extents import Extent, extent
from blueprint.scene.shapes import Ellipse, Group, Rect, Scene, Text
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace
from blueprint.views import script
from blueprint.views.marked import Caption, Mark, captioned, dots_of, groups, mark

JOURNEY = """\
journey: refund
stages:
  - stage: claim
    title: 索赔
    touchpoints:
      - id: ask
        title: Asks
        kinds: [first]
        emotion: 0
        pains:
          - {pain: Nobody answers the second letter either, severity: 5}
          - {pain: Nobody answers, severity: 8}
        script: {lines: [{customer: "In vain?"}, {agent: "No, but come in. No."}, {agent: "No."}]}
      - {id: wait, title: 等待, emotion: -2}
      - {id: paid, title: Is paid, kinds: [end]}
"""
DELIVERY = """\
blueprint: refund-delivery
journey: refund
actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
steps:
  - {id: take, at: ask, actor: agent, does: Takes the claim, next: {pay: {hands_over: [claim]}}}
  - {id: pay, at: paid, actor: clerk, does: Pays it out}
"""
DOCUMENTS = [read_document(Source("a.yaml", JOURNEY)), read_document(Source("b.yaml", DELIVERY))]
SPACE = Workspace.of(DOCUMENTS)


@pytest.fixture(scope="module")
def map_() -> Scene:
    return draw(DOCUMENTS[0], SPACE, bare=True)


@pytest.fixture(scope="module")
def blueprint() -> Scene:
    return draw(DOCUMENTS[1], SPACE, bare=True)


def marked(scene: Scene, *place: str, also: bool = False) -> tuple[list[Rect | Ellipse], list[Text]]:
    """Return rings and codes that a mark adds, and make sure that it changes nothing else."""
    found = mark(scene, [Mark("EX101", "warning", place, "it is wrong", also)])
    *before, added = found.root.children
    assert tuple(before) == scene.root.children
    assert isinstance(added, Group)
    rings = [shape for shape in added.children if isinstance(shape, (Rect, Ellipse))]
    words = [child for part in added.children if isinstance(part, Group) for child in part.children]
    return rings, [word for word in words if isinstance(word, Text)]


def the(scene: Scene, id_: str) -> Extent:
    (found,) = (at for group in groups(scene.root) if group.id == id_ and (at := extent(group)))
    return found


def holds(outer: Rect | Ellipse, inner: Extent) -> bool:
    at = extent(outer)
    assert at is not None
    return (
        at.left <= inner.left
        and at.top <= inner.top
        and at.right >= inner.right
        and at.bottom >= inner.bottom
    )


@pytest.mark.parametrize(("place", "id_"), [("touchpoint wait", "tp-wait"), ("stage claim", "stage-claim")])
def test_an_element_of_a_map_is_ringed(map_: Scene, place: str, id_: str) -> None:
    (ring,), (code,) = marked(map_, place, "id")
    assert holds(ring, the(map_, id_))
    others = {"tp-ask", "tp-wait", "tp-paid"} - {id_}
    assert not any(holds(ring, the(map_, other)) for other in others)
    assert code.lines == ("EX101",)


@pytest.mark.parametrize(
    ("place", "id_"), [(("step pay", "next"), "step-pay"), (("actors", "agent"), "actor-agent")]
)
def test_an_element_of_a_blueprint_is_ringed(blueprint: Scene, place: tuple[str, ...], id_: str) -> None:
    (ring,), _ = marked(blueprint, *place)
    assert holds(ring, the(blueprint, id_))
    assert not holds(ring, the(blueprint, "step-take"))


def test_a_way_on_is_marked_at_its_step_and_where_it_says_what_goes_along(blueprint: Scene) -> None:
    (card, handed), codes = marked(blueprint, "step take", "next", "*")
    (cell,) = (at for group in groups(blueprint.root) if group.role == "handoffs" and (at := extent(group)))
    assert holds(card, the(blueprint, "step-take"))
    assert holds(handed, cell)
    assert len(codes) == 1


def test_a_score_is_ringed_at_its_dot(map_: Scene) -> None:
    (ring,), _ = marked(map_, "touchpoint wait", "emotion")
    assert isinstance(ring, Ellipse)
    dots = [dot for dot in dots_of(map_.root) if isinstance(dot, Ellipse)]
    assert [dot for dot in dots if abs(dot.x - ring.x) < 0.1 and abs(dot.y - ring.y) < 0.1]


def test_a_missing_score_is_ringed_where_it_should_be(map_: Scene) -> None:
    (ring,), _ = marked(map_, "touchpoint paid", "emotion")
    at, card = extent(ring), the(map_, "tp-paid")
    assert at is not None
    assert (at.left, at.right) == (card.left, card.right)
    assert at.top > card.bottom
    assert not any(holds(ring, place) for dot in dots_of(map_.root) if (place := extent(dot)))


def test_of_two_that_begin_alike_the_named_one_is_ringed(map_: Scene) -> None:
    (short,), _ = marked(map_, "touchpoint ask", "pains", "[Nobody answers]", "severity")
    (long,), _ = marked(map_, "touchpoint ask", "pains", "[Nobody answers the second letter either]")
    assert isinstance(short, Rect)
    assert isinstance(long, Rect)
    assert long.y + long.height <= short.y + 12
    assert long.y < short.y


def test_what_has_no_place_is_marked_as_a_whole(map_: Scene, blueprint: Scene) -> None:
    for scene in (map_, blueprint):
        for place in ((), ("outcomes", "gave-up"), ("touchpoint nobody", "id"), ("row owner",)):
            (ring,), _ = marked(scene, *place)
            assert isinstance(ring, Rect)
            assert ring.paint.dash
            assert ring.width > scene.width - 20


def test_a_row_is_ringed(map_: Scene) -> None:
    (ring,), _ = marked(map_, "row emotion")
    assert all(holds(ring, at) for dot in dots_of(map_.root) if (at := extent(dot)))
    assert not holds(ring, the(map_, "tp-ask"))


def test_another_place_of_a_finding_is_dashed_and_has_no_code(map_: Scene) -> None:
    (ring,), codes = marked(map_, "touchpoint ask", "id", also=True)
    assert ring.paint.dash
    assert codes == []


def test_a_line_of_a_script_is_ringed_alone() -> None:
    journey = DOCUMENTS[0].model
    assert isinstance(journey, Journey)
    scene = script.draw(journey, language="zh")
    said = [group for group in groups(scene.root) if group.role == "line"]
    assert len(said) == 3
    (ring,), _ = marked(scene, "touchpoint ask", "script", "lines", "[No.]", "agent")
    assert [holds(ring, at) for line in said if (at := extent(line))] == [False, False, True]


def test_codes_stay_on_the_sheet_and_off_one_another(map_: Scene) -> None:
    places = [("touchpoint ask", "id"), ("touchpoint ask", "kinds"), ("touchpoint paid", "id"), ()]
    marks = [Mark(f"EX10{at}", "error", place) for at, place in enumerate(places)]
    added = mark(map_, marks).root.children[-1]
    badges = [at for group in groups(added) if group.role == "finding-code" and (at := extent(group))]
    assert len(badges) == 4
    for number, badge in enumerate(badges):
        assert badge == badge.within(Extent(0, 0, map_.width, map_.height))
        assert not any(badge.meets(other) for other in badges[:number])


def test_the_story_begins_with_what_is_wrong(map_: Scene) -> None:
    assert mark(map_, [Mark("EX101", "info", (), "it is wrong")]).description.startswith(
        "EX101: it is wrong"
    )
    assert mark(map_, []) is map_


def test_a_caption_stands_under_the_drawing_in_every_language(map_: Scene) -> None:
    long = "nobody is told what became of the claim, " * 6
    captions = [
        Caption("EX101", "error", (f"`ask` {long}", "没有人告诉客户结果")),
        Caption("EX102", "info", ("x",)),
    ]
    told = captioned(map_, [*captions, captions[1]])
    added = told.root.children[-1]
    at = extent(added)
    assert at is not None
    assert at.top >= map_.height
    assert at == at.within(Extent(0, 0, told.width, told.height))
    sheet = map_.root.children[0]
    assert isinstance(sheet, Rect)
    assert told.root.children[0] == replace(sheet, height=told.height)
    assert told.root.children[1:-1] == map_.root.children[1:]
    said = "".join(
        "".join(text.lines) for group in groups(added) for text in group.children if isinstance(text, Text)
    )
    assert "没有人告诉客户结果" in said
    assert "`" not in said
    assert said.count("EX102") == 1
    assert captioned(map_, []) is map_
