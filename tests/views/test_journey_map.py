"""The journey map: any journey gives a drawing on which everything can be read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprint.analysis.journey import analyse_journey
from blueprint.analysis.results import JourneyAnalysis, Uncomputable
from blueprint.export import scene_json
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.scene.shapes import Group, Link, Rect, Scene, Text
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.views import journey_map

sys.path.insert(0, str(Path(__file__).parent))
from audit import audit, every

JOURNEYS = Path(__file__).parents[2] / "journeys"


def load(path: Path) -> Any:
    return read_document(Source(path.name, path.read_text("utf-8"))).model


def shipped() -> list[Path]:
    return [path for path in sorted(JOURNEYS.glob("*.yaml")) if isinstance(load(path), Journey)]


@pytest.fixture(scope="module")
def personas() -> dict[str, Persona]:
    found = [load(path) for path in sorted((JOURNEYS / "personas").glob("*.yaml"))]
    return {persona.id: persona for persona in found if isinstance(persona, Persona)}


def analysis_of(journey: Journey, personas: dict[str, Persona] | None = None) -> JourneyAnalysis | None:
    try:
        return analyse_journey(journey, personas=personas or {})
    except Uncomputable:
        return None


def drawn(journey: Journey, language: str = "en", **options: Any) -> Scene:
    return journey_map.draw(
        journey,
        analysis_of(journey),
        personas={},
        language=language,
        file="a.yaml",
        digest="0" * 64,
        **options,
    )


def journey(*touchpoints: dict[str, Any], **more: Any) -> Journey:
    stages = more.pop("stages", [{"stage": "all", "touchpoints": list(touchpoints)}])
    return Journey.model_validate({"journey": "j", "stages": stages, **more})


def said(scene: Scene) -> str:
    return "\n".join(" ".join(s.lines) for s in every(scene.root) if isinstance(s, Text))


def role(scene: Scene, name: str) -> list[Any]:
    return [s for s in every(scene.root) if getattr(s, "role", "") == name]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_every_shipped_journey_can_be_read(path: Path, language: str, personas: dict[str, Persona]) -> None:
    model = load(path)
    assert isinstance(model, Journey)
    for analysis in (analysis_of(model, personas), None):
        scene = journey_map.draw(model, analysis, personas=personas, language=language, file=path.name)
        assert audit(scene) == []
        assert {s.id for s in role(scene, "touchpoint")} == {f"tp-{name}" for name in model.touchpoints}


def long_journey(size: int) -> Journey:
    """A journey of a given size with everything a touchpoint can say, skips, loops and exits."""
    everything = [
        {
            "id": f"t{at}",
            "title": f"Does the thing that comes as number {at}",
            "kinds": [["first"], ["high-frequency", "high-perception"], ["complaint"], ["end"]][at % 4],
            "channel": ["web", "phone", "store", "our own thing"][at % 4],
            "moment": "FMOT",
            "doing": "Signs, says thanks and carries the box inside",
            "thinking": "At last. Mum wrapped this one herself.",
            "feeling": "Looking forward",
            "emotion": {"mean": (at * 7 % 9 - 4) / 2, "sd": 1, "n": 30 + at} if at % 3 else (at % 5) - 2,
            "time": {"standard": "2h 30m", "wait": "3d"},
            "needs": [{"need": "To be told", "kano": "must-be", "met": bool(at % 2)}],
            "pains": [
                {"pain": "Nobody calls", "severity": 8, "occurrence": 7, "detection": 6, "action": "Call"}
            ],
            "opportunities": [{"opportunity": "Call first", "impact": 4, "effort": 2}],
            "metrics": [
                {"metric": "CSAT", "value": "91%", "n": 220, "target": "90%"},
                {"metric": "NPS", "value": 3},
            ],
            "peak": ["elevation"],
            "principles": ["simple"],
            "promises": [{"promise": "We call within the hour", "due": "1h"}],
            "evidence": ["A card"],
            "owner": "Claims",
        }
        for at in range(size)
    ]
    for at, touchpoint in enumerate(everything[:-1]):
        exits: dict[str, Any] = {
            f"t{at + 1}": "rest",
            "dropped": {"p": 0.05, "when": "no answer for two days"},
        }
        if at % 3 == 0:
            exits[f"t{max(0, at - 2)}"] = {"p": 0.1, "when": "something was missing from the form"}
        if at % 4 == 1 and at + 3 < size:
            exits[f"t{at + 3}"] = {"p": 0.2, "when": "in a hurry"}
        touchpoint["next"] = exits
    third = max(1, size // 3)
    parts = [everything[at : at + third] for at in range(0, size, third)]
    return journey(
        title="A journey of some length",
        stages=[
            {"stage": f"s{at}", "title": f"Stage {at}", "goal": "To be done", "touchpoints": part}
            for at, part in enumerate(parts)
        ],
    )


@pytest.mark.parametrize("density", ["compact", "normal", "roomy"])
@pytest.mark.parametrize("size", [1, 2, 3, 12, 40])
def test_any_size_can_be_read(size: int, density: str) -> None:
    scene = drawn(long_journey(size), density=density)
    assert audit(scene) == []
    assert len(role(scene, "touchpoint")) == size


HOSTILE = {
    "long": "word " * 1000,
    "one-word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3,
    "chinese": "包裹送到时已经破损，由一位专员全程负责。" * 40,
    "arabic": "مرحبا بكم في متجرنا الصغير " * 20,
    "emoji": "👩‍👩‍👧‍👦 🎉 " * 40,
    "markup": "<script>alert(']]>\"&amp;')</script> " * 8,
    "address": "https://example.org/a/very/long/path?with=parameters&and=more#" + "x" * 200,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_can_be_read(text: str) -> None:
    model = journey(
        {
            "id": "a",
            "title": text,
            "channel": text,
            "moment": text,
            "doing": text,
            "thinking": text,
            "feeling": text,
            "evidence": [text],
            "owner": text,
            "emotion": {"p": 1, "q": -2},
            "needs": [{"need": text, "kano": "attractive", "met": False}],
            "pains": [{"pain": text, "severity": 3, "action": text, "owner": text}],
            "opportunities": [{"opportunity": text, "impact": 1, "effort": 5}],
            "metrics": [{"metric": text, "value": 1234567.891, "target": 3}],
            "promises": [{"promise": text, "due": "3d"}],
            "next": {
                "b": {"p": 0.5, "when": text},
                "c": {"p": 0.3, "when": text},
                "dropped": {"when": text},
            },
        },
        {
            "id": "b",
            "title": text,
            "emotion": {"p": 1, "q": 1},
            "next": {"a": {"p": 0.5, "when": text}, "c": "rest"},
        },
        {
            "id": "c",
            "title": "ok",
            "next": {"c": {"p": 0.5, "when": text}, "done": {"p": 0.5, "when": text}},
        },
        title=text,
        summary=text,
        owner=text,
        outcomes={
            "done": {"result": "success", "title": text},
            "dropped": {"result": "failure", "title": text},
        },
        persona=[
            {"persona": "p", "title": text, "quote": text},
            {"persona": "q", "title": text, "quote": text},
        ],
    )
    assert audit(drawn(model)) == []


def test_what_is_cut_short_can_still_be_read_in_the_title() -> None:
    scene = drawn(journey({"id": "a", "title": "A", "doing": HOSTILE["long"]}))
    whole = HOSTILE["long"].strip()
    assert any(isinstance(s, Group) and s.title == whole for s in every(scene.root))
    assert "…" in said(scene)


def test_four_personas_are_four_curves_named_at_their_ends() -> None:
    names = {"a": "Ann", "b": "Bob", "c": "Cid", "d": "Dee"}
    model = journey(
        *({"id": f"t{at}", "title": "T", "emotion": dict.fromkeys(names, 1.0)} for at in range(5)),
        persona=[{"persona": p, "title": name} for p, name in names.items()],
    )
    scene = drawn(model)
    assert audit(scene) == []
    assert {" ".join(g.children[0].lines) for g in role(scene, "curve-name")} == set(names.values())


def test_unscored_touchpoints_are_gaps_and_no_scores_are_no_lane() -> None:
    gap = journey(
        *({"id": f"t{at}", "title": "T", **({} if at == 2 else {"emotion": 1})} for at in range(5))
    )
    assert len(role(drawn(gap), "emotion")) == 2
    assert len(role(drawn(gap), "dot")) == 4
    bare = drawn(journey({"id": "a", "title": "A"}))
    assert role(bare, "curve") == []
    assert "Emotion" not in said(bare)


def test_assumed_and_measured_never_look_alike() -> None:
    measured = {"mean": 1, "sd": 1, "n": 9}
    scene = drawn(
        journey(*({"id": f"t{at}", "title": "T", "emotion": measured if at < 2 else 1} for at in range(4)))
    )
    assert [bool(path.paint.dash) for path in role(scene, "emotion")] == [False, True]
    assert [dot.paint.fill == "paper" for dot in role(scene, "dot")] == [False, False, True, True]


def test_only_ways_that_skip_or_return_are_arcs() -> None:
    model = journey(
        {"id": "a", "title": "A", "next": {"b": 0.7, "c": 0.3}},
        {"id": "b", "title": "B", "next": {"a": 0.1, "b": 0.2, "c": "rest"}},
        {"id": "c", "title": "C"},
    )
    links = [s for s in every(drawn(model).root) if isinstance(s, Link)]
    found = {(link.source, link.target): link.role for link in links}
    assert found == {
        ("tp-a", "tp-b"): "route-step",
        ("tp-a", "tp-c"): "route-forward",
        ("tp-b", "tp-a"): "route-loop",
        ("tp-b", "tp-b"): "route-loop",
        ("tp-b", "tp-c"): "route-step",
    }


def test_rows_without_content_are_hidden_and_the_rest_keep_their_order() -> None:
    everything = [g.title for g in role(drawn(long_journey(3)), "lane")]
    assert everything == [
        "Doing", "Thinking", "Feeling", "Emotion", "Needs", "Pains", "Opportunities", "Metrics",
        "Peak design", "Promises", "Evidence", "Owner",
    ]  # fmt: skip
    assert [g.title for g in role(drawn(journey({"id": "a", "title": "A", "doing": "x"})), "lane")] == [
        "Doing"
    ]


def test_the_gap_between_expected_and_perceived_is_drawn_and_said() -> None:
    quality = {
        "empathy": {"expected": 6.5, "perceived": 3.1},
        "reliability": {"expected": 5, "perceived": 5.5},
        "tangibles": {"expected": 4},
        "assurance": {"promised": 6},
    }
    scene = drawn(journey({"id": "a", "title": "A", "quality": quality}))
    assert audit(scene) == []
    told = said(scene).split("\n")
    assert [word for word in told if "→" in word] == ["6.5 → 3.1", "5 → 5.5", "4 → ?"]
    assert {"Empathy", "−3.4", "Reliability", "+0.5"} <= set(told)
    assert "Assurance" not in told
    bars = [
        next(part for part in group.children if isinstance(part, Rect) and part.height == 4)
        for group in role(scene, "quality")[:2]
    ]
    # Both on one scale of 1 to 7, so that their lengths compare.
    assert bars[0].width / bars[1].width == pytest.approx(3.4 / 0.5, rel=0.01)
    assert [bar.paint.fill for bar in bars] == ["negative", "positive"]
    assert "移情性" in said(drawn(journey({"id": "a", "title": "A", "quality": quality}), "zh"))


def test_a_cell_of_a_sparse_row_reaches_into_the_empty_one_beside_it() -> None:
    promise = "We tell you by message within two hours of your call what will happen next, and when"
    alone = {"id": "a", "title": "A", "promises": [{"promise": promise}]}
    beside = journey(alone, {"id": "b", "title": "B"})
    crowded = journey(alone, {"id": "b", "title": "B", "promises": [{"promise": "Soon"}]})

    def lines(model: Journey) -> int:
        return next(len(t.lines) for t in every(role(drawn(model), "promise")[0]) if isinstance(t, Text))

    assert lines(beside) < lines(crowded)


def test_labels_follow_the_reader_and_texts_fall_back_to_the_document() -> None:
    model = journey({"id": "a", "title": {"en": "Opens", "zh": "打开"}, "doing": "Only English"})
    chinese = drawn(model, "zh")
    assert "行为" in said(chinese)
    assert "打开" in said(chinese)
    assert "Only English" in said(chinese)
    assert "Doing" in said(drawn(model, "ar"))


def test_twins_unknown_targets_and_empty_stages_are_drawn_all_the_same() -> None:
    model = journey(
        stages=[
            {
                "stage": "one",
                "touchpoints": [{"id": "a", "title": "A", "next": "nowhere"}, {"id": "a", "title": "B"}],
            },
            {"stage": "two"},
        ]
    )
    assert audit(drawn(model)) == []


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60
).filter(str.strip)
score = st.one_of(
    st.none(),
    st.floats(-3, 3, allow_nan=False),
    st.builds(
        lambda mean, sd, n: {"mean": mean, "sd": sd, "n": n},
        st.floats(-2, 2, allow_nan=False),
        st.floats(0, 3, allow_nan=False),
        st.integers(1, 500),
    ),
)


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    size = draw(st.integers(1, 9))
    touchpoints = []
    for at in range(size):
        touchpoint: dict[str, Any] = {"id": f"t{at}", "title": draw(words)}
        if (emotion := draw(score)) is not None:
            touchpoint["emotion"] = emotion
        for key in draw(
            st.sets(st.sampled_from(["doing", "thinking", "feeling", "owner", "channel", "moment"]))
        ):
            touchpoint[key] = draw(words)
        targets = draw(st.lists(st.integers(0, size), max_size=4, unique=True))
        if targets:
            touchpoint["next"] = {
                "done" if to == size else f"t{to}": {"p": 1 / len(targets), "when": draw(words)}
                for to in targets
            }
        touchpoints.append(touchpoint)
    return journey(*touchpoints, title=draw(words), summary=draw(words))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(journeys(), st.sampled_from(["en", "zh"]))
def test_any_journey_can_be_read(model: Journey, language: str) -> None:
    assert audit(drawn(model, language)) == []


TWO = journey(
    {
        "id": "order",
        "title": {"en": "Orders a cake", "zh": "订一个蛋糕"},
        "kinds": ["first"],
        "channel": "web",
        "thinking": {"en": "It has to be there by four.", "zh": "四点之前一定要到。"},
        "emotion": {"ann": {"mean": 0.5, "sd": 1, "n": 25}, "bo": 1},
        "time": {"standard": "5m"},
        "next": {"wait": {"p": 0.9}, "dropped": {"p": "rest", "when": {"en": "too dear", "zh": "太贵"}}},
    },
    {
        "id": "wait",
        "title": {"en": "Waits for it", "zh": "等着"},
        "kinds": ["complaint"],
        "emotion": {"ann": {"mean": -1.5, "sd": 1, "n": 25}, "bo": -1},
        "pains": [{"pain": {"en": "Nobody says where it is", "zh": "没人说送到哪了"}, "severity": 7}],
        "complaint": {
            "priority": "P1",
            "authority": "50 CNY",
            "escalation": [{"to": "Baker", "after": "10m"}],
        },
        "next": {"order": {"p": 0.2, "when": {"en": "orders another", "zh": "另订一个"}}, "blow": "rest"},
    },
    {"id": "call", "title": {"en": "Is called", "zh": "接到电话"}, "emotion": 0},
    {
        "id": "blow",
        "title": {"en": "Blows the candles out", "zh": "吹蜡烛"},
        "kinds": ["end"],
        "emotion": 2,
    },
    title={"en": "A cake, late", "zh": "迟到的蛋糕"},
    owner="Bakery",
    reviewed="2026-09-01",
    state="to-be",
    persona=[{"persona": "ann", "title": "Ann", "quote": "By four."}, {"persona": "bo", "title": "Bo"}],
)


@pytest.mark.parametrize(
    ("name", "model", "language"),
    [("everything", long_journey(2), "en"), ("two-personas", TWO, "en"), ("two-personas-zh", TWO, "zh")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_drawing_is_the_one_that_was_looked_at(
    name: str, model: Journey, language: str, golden: Callable[[str, bytes], None]
) -> None:
    golden(f"map-{name}.json", scene_json.export(drawn(model, language)))


def test_the_same_journey_gives_the_same_scene() -> None:
    assert drawn(long_journey(12)) == drawn(long_journey(12))
