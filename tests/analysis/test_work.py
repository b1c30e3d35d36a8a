"""Work against protocols: said, shown by words, out of order, and in the order of the graph."""

from __future__ import annotations

import json

import pytest

from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.work import told
from blueprint.model.service import ServiceBlueprint
from blueprint.source.standards import builtin_standards

PROTOCOLS = builtin_standards().protocols


def page(*steps: dict, **parts):
    written = {
        "blueprint": "b",
        "journey": "j",
        "actors": {"desk": {"zone": "frontstage"}},
        "steps": [{"at": "t", "actor": "desk", "does": "x", **step} for step in steps],
        **parts,
    }
    return told(
        analyse_blueprint(ServiceBlueprint.model_validate(json.loads(json.dumps(written)))), PROTOCOLS
    )


def follows(*steps: str) -> dict:
    return {"follows": {"std5": list(steps)}}


def test_the_whole_in_order() -> None:
    names = ["receive", "assess", "solve", "follow-up", "archive"]
    steps = [
        {"id": f"s{at}", "next": f"s{at + 1}" if at < 4 else None, **follows(name)}
        for at, name in enumerate(names)
    ]
    (found,) = page(*({k: v for k, v in it.items() if v is not None} for it in steps))
    assert (found["coverage"], found["order"], found["score"]) == (1, 1, 1)


def test_the_published_vector_of_the_engine() -> None:
    # domain sheet 2: three of four steps, two in order, give 3/4 · 2/3 = 1/2; here three of five.
    steps = ({"id": "a", "next": "b", **follows("receive")}, {"id": "b", "next": "c", **follows("solve")})
    (found,) = page(*steps, {"id": "c", **follows("assess")})
    assert found["coverage"] == pytest.approx(3 / 5)
    assert found["order"] == pytest.approx(2 / 3)
    assert found["score"] == pytest.approx(2 / 5)
    assert found["missing"] == ["follow-up", "archive"]
    assert len(found["misplaced"]) == 1


def test_order_is_that_of_the_graph_not_of_the_file() -> None:
    steps = ({"id": "late", **follows("solve")}, {"id": "early", "next": "late", **follows("receive")})
    (found,) = page(*steps)
    assert [it["by"] for it in found["found"]] == ["early", "late"]
    assert found["order"] == 1


@pytest.mark.parametrize("words", ["Investigates the cause", {"zh": "核实原因"}])
def test_words_show_what_is_not_said(words) -> None:
    (found,) = page({"id": "a", "next": "b", **follows("receive")}, {"id": "b", "does": words})
    assert found["found"][1] == {"step": "assess", "by": "b", "how": "words"}


def test_a_set_has_no_order_and_unknown_steps_are_named() -> None:
    steps = (
        {"id": "a", "next": "b", "follows": {"four-principles": ["senior", "typo"]}},
        {"id": "b", "follows": {"four-principles": "fast"}},
    )
    (found,) = page(*steps)
    assert (found["coverage"], found["order"]) == (0.5, 1)
    assert found["unknown"] == ["typo"]
    assert found["misplaced"] == []


def test_none_where_no_step_follows_anything() -> None:
    assert page({"id": "a"}) is None
