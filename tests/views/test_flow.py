"""The flow: the same graph with Graphviz and without, told apart by meaning, safe against any title."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprint.analysis.journey import analyse_journey
from blueprint.analysis.results import JourneyAnalysis, Uncomputable
from blueprint.export import svg
from blueprint.model.journey import Journey
from blueprint.scene.shapes import Group, Link, Point, Rect, Scene, Text
from blueprint.scene.themes import THEMES
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.views import flow, flow_graphviz

sys.path.insert(0, str(Path(__file__).parent))
from audit import Box, along, audit, crosses, every, ink

JOURNEYS = Path(__file__).parents[2] / "journeys"
LAYOUTS = ("graphviz", "columns")


def load(path: Path) -> Any:
    return read_document(Source(path.name, path.read_text("utf-8"))).model


def shipped() -> list[Journey]:
    models = [load(path) for path in sorted(JOURNEYS.glob("*.yaml"))]
    return [model for model in models if isinstance(model, Journey)]


def analysis_of(journey: Journey) -> JourneyAnalysis | None:
    try:
        return analyse_journey(journey)
    except Uncomputable:
        return None


def drawn(journey: Journey, layout: Any = "auto", language: str = "en") -> Scene:
    return flow.draw(
        journey, analysis_of(journey), language=language, file="j.yaml", digest="0", layout=layout
    )


def faults(scene: Scene) -> list[str]:
    """What is wrong; a label may stand on its own line, and Graphviz's curves are looked at elsewhere."""
    found = [
        fault for fault in audit(scene) if "runs through" not in fault and "crosses the card" not in fault
    ]
    if flow.layout_of(scene) == "graphviz":
        return found
    shapes = list(every(scene.root))
    cards = [
        Box(s.x, s.y, s.x + s.width, s.y + s.height)
        for s in shapes
        if isinstance(s, Rect) and s.role == "card"
    ]
    own = {id(t): g.title for g in shapes if g.role == "route-label" for t in every(g)}
    texts = [(text, box) for text in shapes if isinstance(text, Text) for box in ink(text)]
    for link in shapes:
        if isinstance(link, Link):
            for one, two in itertools.pairwise(link.points):
                found += [f"{link.id} crosses a card" for card in cards if crosses(one, two, card)]
                found += [
                    f"{link.id} runs through {text.lines}"
                    for text, box in texts
                    if crosses(one, two, box, 0.0) and own.get(id(text)) != link.title
                ]
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("journey", shipped(), ids=lambda journey: journey.id)
def test_shipped_journeys_can_be_read(journey: Journey, layout: str) -> None:
    for language in ("en", "zh"):
        scene = drawn(journey, layout, language)
        assert flow.layout_of(scene) == layout
        assert faults(scene) == []


@pytest.mark.parametrize("journey", shipped(), ids=lambda journey: journey.id)
def test_curves_of_graphviz_begin_and_end_at_their_cards(journey: Journey) -> None:
    scene = drawn(journey, "graphviz")
    cards = {
        group.id: next(s for s in every(group) if isinstance(s, Rect))
        for group in every(scene.root)
        if group.role in ("touchpoint", "outcome", "start")
    }
    for link in every(scene.root):
        if isinstance(link, Link):
            assert link.smooth
            assert len(link.points) % 3 == 1
            for id_, (x, y) in ((link.source, link.points[0]), (link.target, link.points[-1])):
                card = cards[id_]
                assert card.x - 2 <= x <= card.x + card.width + 2
                assert card.y - 2 <= y <= card.y + card.height + 2


JOURNEY = Journey.model_validate(
    {
        "journey": "j",
        "outcomes": {"done": "success", "lost": "failure"},
        "stages": [
            {
                "stage": "one",
                "touchpoints": [
                    {
                        "id": "ask",
                        "title": "Asks",
                        "kinds": ["first"],
                        "next": {"wait": 0.9, "lost": "rest"},
                    },
                    {
                        "id": "wait",
                        "title": "Waits",
                        "next": {"ask": {"p": 0.3, "when": "no answer"}, "rage": "rest"},
                    },
                ],
            },
            {
                "stage": "two",
                "touchpoints": [
                    {
                        "id": "rage",
                        "title": "Complains",
                        "kinds": ["complaint"],
                        "next": {"calm": 0.8, "lost": "rest"},
                    },
                    {"id": "calm", "title": "Is heard", "kinds": ["end"], "next": "done"},
                ],
            },
        ],
    }
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_routes_are_told_apart_by_colour_and_dash_and_thick_by_traffic(layout: str) -> None:
    links = {(s.source, s.target): s for s in every(drawn(JOURNEY, layout).root) if isinstance(s, Link)}
    roles = {ends: link.role for ends, link in links.items()}
    assert roles["touchpoint-wait", "touchpoint-ask"] == "loop"
    assert roles["touchpoint-rage", "touchpoint-calm"] == "recovery"
    lost = "outcome-lost 2" if layout == "columns" else "outcome-lost"
    assert roles["touchpoint-rage", lost] == "abandon"
    assert roles["touchpoint-calm", "outcome-done"] == "success"
    assert roles["start", "touchpoint-ask"] == "forward"
    looks = {(link.paint.stroke, link.paint.dash) for link in links.values()}
    assert len({dash for _, dash in looks}) >= 4, "not by colour alone"
    busy, rare = links["touchpoint-ask", "touchpoint-wait"], links["touchpoint-wait", "touchpoint-ask"]
    assert busy.paint.width > 2 * rare.paint.width


def test_terminals_carry_their_probability() -> None:
    scene = drawn(JOURNEY, "columns")
    words = {
        group.id: [line for text in every(group) if isinstance(text, Text) for line in text.lines]
        for group in every(scene.root)
        if group.role == "outcome"
    }
    # Absorption by hand: asks a = 1 + 0.27 a; lost = 0.1 a + 0.63 a · 0.2 with a = 1 / 0.73.
    assert words["outcome-lost 1"][0] == "14%"
    assert words["outcome-lost 2"][0] == "17%"
    assert words["outcome-lost"][0] == "31% in all"
    assert words["outcome-done"][0] == "69%"


def exits_of(scene: Scene) -> dict[str, tuple[float, set[str]]]:
    """Every terminal: its left edge, and from where people come to it."""
    found: dict[str, tuple[float, set[str]]] = {}
    for group in every(scene.root):
        if isinstance(group, Group) and group.role == "outcome":
            left = next(s.x for s in every(group) if isinstance(s, Rect))
            found[group.id] = (left, set())
    for link in every(scene.root):
        if isinstance(link, Link) and link.target in found:
            found[link.target][1].add(link.source.removeprefix("touchpoint-"))
    return found


def leaving(**ways: dict[str, Any] | str) -> Journey:
    """Three stages of one touchpoint each, with these ways on."""
    ends = {"outcomes": {"done": "success", "lost": "failure"}}
    stages: list[dict[str, Any]] = [
        {"stage": f"stage-{id_}", "touchpoints": [{"id": id_, "title": id_.upper(), "next": way}]}
        for id_, way in ways.items()
    ]
    stages[0]["touchpoints"][0]["kinds"] = ["first"]
    return Journey.model_validate({"journey": "j", "stages": stages, **ends})


def test_people_leave_by_the_terminal_of_the_stage_they_are_in() -> None:
    many = leaving(a={"b": "rest", "lost": 0.05}, b="c", c={"done": "rest", "lost": 0.1})
    found = exits_of(drawn(many, "columns"))
    assert {id_: sources for id_, (_, sources) in found.items()} == {
        "outcome-done": {"c"}, "outcome-lost": set(), "outcome-lost 1": {"a"}, "outcome-lost 3": {"c"},
    }  # fmt: skip
    places = {id_: left for id_, (left, _) in found.items()}
    assert places["outcome-lost 1"] < places["outcome-lost 3"] < places["outcome-lost"]

    one = exits_of(drawn(leaving(a={"b": "rest", "lost": 0.05}, b="c", c="done"), "columns"))
    assert one["outcome-lost"][1] == {"a"}
    assert one["outcome-lost"][0] < one["outcome-done"][0], "it has moved to its only stage"

    late = exits_of(drawn(leaving(a="b", b="c", c={"done": "rest", "lost": 0.1}), "columns"))
    assert late["outcome-lost"] == (late["outcome-done"][0], {"c"}), "the last stage has it beside it"


def test_without_graphviz_the_flow_is_drawn_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", "")
    scene = drawn(JOURNEY)
    assert flow.layout_of(scene) == "columns"
    assert svg.export(scene, THEMES["light"]) == svg.export(drawn(JOURNEY, "columns"), THEMES["light"])
    with pytest.raises(flow.GraphvizMissingError):
        drawn(JOURNEY, "graphviz")


def test_a_wheel_that_lacks_its_system_libraries_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pygraphviz.py").write_text(
        "raise ImportError('libX11.so.6: cannot open shared object file')"
    )
    monkeypatch.delitem(sys.modules, "pygraphviz", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PATH", "")
    assert flow.layout_of(drawn(JOURNEY)) == "columns"


def test_a_dot_on_the_path_is_the_second_choice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stand-in for the program answers with what the library said."""
    answers: list[bytes] = []
    in_process = flow_graphviz._in_process

    def listen(dot: str) -> bytes | None:
        answer = in_process(dot)
        answers.append(answer or b"")
        return answer

    monkeypatch.setattr(flow_graphviz, "_in_process", listen)
    expected = svg.export(drawn(JOURNEY, "graphviz"), THEMES["light"])
    monkeypatch.setattr(flow_graphviz, "_in_process", in_process)
    (tmp_path / "answer.json").write_bytes(answers[0])
    program = tmp_path / "dot"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.stdin.buffer.read()\n"
        f"sys.stdout.buffer.write(open({str(tmp_path / 'answer.json')!r}, 'rb').read())\n"
    )
    program.chmod(0o755)
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert svg.export(drawn(JOURNEY, "graphviz"), THEMES["light"]) == expected


def test_a_dot_that_fails_leaves_the_columns(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "dot"
    program.write_text(f"#!{sys.executable}\nraise SystemExit(1)\n")
    program.chmod(0o755)
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert flow.layout_of(drawn(JOURNEY)) == "columns"


@pytest.mark.parametrize("journey", shipped(), ids=lambda journey: journey.id)
def test_every_label_is_drawn_and_hardly_any_is_crossed(journey: Journey) -> None:
    graph = flow.flow_graph(journey, analysis_of(journey), flow.words("en"), ("en",))
    wanted = sum(edge.label is not None for edge in graph.edges)
    for layout in ("auto", "graphviz"):
        scene = drawn(journey, layout)
        labels = [group for group in every(scene.root) if group.role == "route-label"]
        assert len(labels) == wanted
        crossed = set()
        for label in labels:
            for text in every(label):
                if isinstance(text, Text):
                    for box, link in itertools.product(ink(text), every(scene.root)):
                        if isinstance(link, Link) and link.smooth:
                            for one, two in itertools.pairwise(along(link)):
                                if crosses(Point(*one), Point(*two), box, 0.0):
                                    crossed.add(label.title)
        # The densest journey leaves two labels no free place at all.
        assert len(crossed) <= (2 if journey.id == "hidden-fee" else 0), crossed


def test_the_layout_wins_that_prints_larger() -> None:
    """A chain of four stages is a strip for Graphviz and a landscape sheet in columns."""
    stages: list[dict[str, Any]] = [
        {
            "stage": f"s{n}",
            "touchpoints": [
                {"id": f"t{n}{m}", "title": f"Step {m}", **({"next": "done"} if (n, m) == (3, 3) else {})}
                for m in range(4)
            ],
        }
        for n in range(4)
    ]
    chain = Journey.model_validate({"journey": "j", "stages": stages})
    scene = drawn(chain)
    assert flow.layout_of(scene) == "columns-by-size"
    strip = drawn(chain, "graphviz")
    assert scene.width > scene.height
    assert strip.height > 1.5 * strip.width
    short = Journey.model_validate(
        {"journey": "j", "stages": [{**stages[3], "touchpoints": stages[3]["touchpoints"]}]}
    )
    assert flow.layout_of(drawn(short)) == "graphviz"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_journey_gives_the_same_bytes(layout: str) -> None:
    one, two = (svg.export(drawn(JOURNEY, layout), THEMES["light"]) for _ in range(2))
    assert one == two


texts = st.one_of(
    st.text(min_size=1, max_size=30).filter(str.strip),
    st.sampled_from(
        (
            '<b>"bold"</b>',
            r"back\slash \N \G \l",
            '"]; evil [label="',
            "a\nb\r\nc",
            "<<table></table>>",
            "x" * 5000,
        )
    ),
)


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    count = draw(st.integers(1, 9))
    targets = st.sampled_from([*(f"t{n}" for n in range(count)), "done", "dropped", "nowhere"])
    touchpoints = []
    for at in range(count):
        exits = draw(st.lists(targets, max_size=4, unique=True))
        touchpoints.append(
            {
                "id": f"t{at}",
                "title": draw(texts),
                "kinds": draw(st.sampled_from(([], ["first"], ["complaint", "end"]))),
                **({"next": {t: {"p": "rest", "when": draw(texts)} for t in exits}} if exits else {}),
            }
        )
    cut = draw(st.integers(0, count))
    return Journey.model_validate(
        {
            "journey": "j",
            "title": draw(texts),
            "stages": [
                {"stage": "one", "title": draw(texts), "touchpoints": touchpoints[:cut]},
                {"stage": "two", "touchpoints": touchpoints[cut:]},
            ],
        }
    )


@given(journeys(), st.sampled_from(LAYOUTS))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_journey_can_be_read(journey: Journey, layout: str) -> None:
    assert faults(drawn(journey, layout)) == []


def test_no_word_of_a_document_reaches_graphviz() -> None:
    seen: list[str] = []
    journey = JOURNEY.model_copy(update={"id": "secret"})
    graph = flow.flow_graph(journey, None, flow.words("en"), ("en",))
    seen.append(flow_graphviz._dot(graph, {node.id: (10.0, 10.0) for node in graph.nodes}))
    for word in ("Asks", "Waits", "answer", "ask", "rage", "lost"):
        assert word not in seen[0]


def test_a_graph_too_large_for_graphviz_is_drawn_in_columns_in_seconds() -> None:
    touchpoints = [
        {
            "id": f"t{n}",
            "title": f"Step {n}",
            "next": {f"t{n + 1}" if n < 299 else "done": "rest", "dropped": 0.02},
        }
        for n in range(300)
    ]
    stages = [{"stage": f"s{n}", "touchpoints": touchpoints[n * 30 : n * 30 + 30]} for n in range(10)]
    journey = Journey.model_validate({"journey": "j", "stages": stages})
    scene = flow.draw(journey, None, language="en")
    assert flow.layout_of(scene) == "columns-by-size"


def test_ranks_follow_the_order_of_the_document_whatever_goes_back() -> None:
    scene = drawn(JOURNEY, "graphviz")
    tops = {
        group.id: next(s for s in every(group) if isinstance(s, Rect)).y
        for group in every(scene.root)
        if group.role == "touchpoint"
    }
    assert sorted(tops, key=tops.__getitem__) == [f"touchpoint-{id_}" for id_ in JOURNEY.touchpoints]


@pytest.mark.parametrize("journey", shipped(), ids=lambda journey: journey.id)
def test_the_start_stays_a_dot_on_the_line_that_leaves_it(journey: Journey) -> None:
    scene = drawn(journey, "columns")
    (start,) = (s for s in every(scene.root) if isinstance(s, Group) and s.id == "start")
    (dot,) = (s for s in every(start) if isinstance(s, Rect))
    leaving = [s.points[0] for s in every(scene.root) if isinstance(s, Link) and s.source == "start"]
    assert len(leaving) == 1
    assert dot.height <= dot.width + 0.01
    assert dot.y <= leaving[0].y <= dot.y + dot.height
