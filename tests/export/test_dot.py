"""DOT says what the document says, and nothing a title contains becomes markup."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blueprint.export import dot
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.source.document import read_document
from blueprint.source.text import Source

pygraphviz = pytest.importorskip("pygraphviz", exc_type=ImportError)
JOURNEYS = Path(__file__).parents[2] / "journeys"


def parsed(text: str) -> Any:
    return pygraphviz.AGraph(string=text)


def unescaped(label: str) -> str:
    """What Graphviz would show for a label: it reads a backslash and the character after it."""
    return re.sub(r"\\(.)", r"\1", label)


def journey_with(title: str, when: str) -> Journey:
    return Journey.model_validate(
        {
            "journey": "j",
            "title": title,
            "stages": [
                {
                    "stage": "s",
                    "title": title,
                    "touchpoints": [
                        {
                            "id": "a",
                            "title": title,
                            "next": {"b": {"p": 0.4, "when": when}, "dropped": "rest"},
                        },
                        {"id": "b", "title": "B"},
                    ],
                }
            ],
        }
    )


@given(
    st.text(min_size=1, max_size=60).filter(str.strip), st.text(min_size=1, max_size=20).filter(str.strip)
)
@example('"]; evil [label="x', "<b>")
@example("<table><tr><td>x</td></tr></table>", r"\N \G \E \l \n")
@example("ends in a backslash \\", '\\"')
@example("a\r\nb\tc", "&lt; &#0; &amp;")
@settings(max_examples=150, deadline=None)
def test_labels_come_back_as_they_were_written(title: str, when: str) -> None:
    text = dot.export(journey_with(title, when))
    graph = parsed(text)
    assert sorted(graph.nodes()) == ["o-done", "o-dropped", "t-a", "t-b"]
    assert unescaped(graph.get_node("t-a").attr["label"] or "") == dot.plain(title)
    assert unescaped(graph.get_edge("t-a", "t-b").attr["label"]) == f"40% {dot.plain(when)}".strip()
    assert len(graph.edges()) == 3
    line = next(line for line in text.splitlines() if line.strip().startswith('"t-a" [label='))
    assert not line.split("label=", 1)[1].startswith("<"), "an HTML label"


@pytest.mark.parametrize("path", sorted(JOURNEYS.glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_shipped_documents_become_valid_dot(path: Path, language: str) -> None:
    model = read_document(Source(path.name, path.read_text("utf-8"))).model
    if isinstance(model, Journey):
        graph = parsed(dot.export(model, language=language))
        assert len(graph.nodes()) == len(model.touchpoints) + len(model.outcomes)
        assert len(graph.edges()) == sum(len(routes) for routes in model.routes.values())
    elif isinstance(model, ServiceBlueprint):
        graph = parsed(dot.export(model, language=language))
        assert len(graph.nodes()) == len(model.steps)
        assert len(graph.edges()) == len(model.links_between)


def test_the_text_is_the_same_every_time() -> None:
    journey = journey_with("A", "b")
    assert dot.export(journey) == dot.export(journey)
