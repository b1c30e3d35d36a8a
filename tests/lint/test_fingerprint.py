"""A finding keeps its name while the file is edited around it, and no two findings share one."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from blueprint.diagnostic import Diagnostic, Message, Range, Severity
from blueprint.lint.engine import check_document
from blueprint.lint.fingerprint import fingerprints, identities
from blueprint.lint.selection import Settings
from blueprint.source.document import read_document
from blueprint.source.spans import Branch, Node
from blueprint.source.text import Source
from blueprint.source.tree import parse

JOURNEY: dict[str, Any] = {
    "journey": "refund",
    "title": {"en": "Gets money back", "zh": "退款"},
    "budgets": {"ending": ">= 0", "completion": ">= 80%"},
    "stages": [
        {
            "stage": "ask",
            "touchpoints": [
                {
                    "id": "search",
                    "title": "Looks for the form",
                    "kinds": ["first"],
                    "emotion": -1,
                    "pains": [
                        {"pain": "Form is hidden", "severity": 4, "causes": ["no link", "no menu"]},
                        {"severity": 2, "pain": "Form is long"},
                    ],
                    "next": {"pay": 0.8, "call": {"p": 0.15, "when": "it fails"}, "dropped": "rest"},
                },
                {"id": "call", "title": "Calls", "emotion": -2, "next": ["pay", "search"]},
            ],
        },
        {
            "stage": "get",
            "touchpoints": [
                {
                    "id": "pay",
                    "title": "Is paid",
                    "kinds": ["end"],
                    "emotion": {"mean": 1, "n": 12},
                    "evidence": ["a letter", {"en": "a mail", "zh": "邮件"}],
                }
            ],
        },
    ],
}


def written(data: Any, style: str = "block") -> str:
    flow = {"block": False, "flow": True, "mixed": None, "quoted": False}[style]
    return str(
        yaml.safe_dump(
            data,
            sort_keys=False,
            allow_unicode=True,
            default_flow_style=flow,
            default_style='"' if style == "quoted" else None,
            width=60 if style == "flow" else 1000,
        )
    )


def everywhere(text: str, file: str = "a.yaml") -> list[Diagnostic]:
    """Pretend that a rule complains about every value of a text, and another one about every key."""
    source = Source(file, text)
    tree = parse(source)
    assert not tree.diagnostics

    def found(code: str, span: Range) -> Diagnostic:
        return Diagnostic(code, Severity.INFO, Message("x", "x"), None, file, span)

    made: list[Diagnostic] = []

    def walk(node: Node) -> None:
        if not isinstance(node, Branch):
            made.append(found("XX001", Range(*node)))
            return
        made.append(found("XX001", Range(node.start, node.end)))
        made.extend(found("XX002", Range(*key)) for key in node.keys.values())
        for child in node.items.values() if isinstance(node.items, dict) else node.items:
            walk(child)

    assert tree.spans.root is not None
    walk(tree.spans.root)
    return made


def names(text: str, file: str = "a.yaml") -> list[str]:
    return fingerprints(everywhere(text, file), {file: Source(file, text)})


BEFORE = names(written(JOURNEY))


def test_every_place_has_a_name_of_its_own() -> None:
    assert len(set(BEFORE)) == len(BEFORE) > 80


@given(st.randoms(use_true_random=False))
def test_comments_and_blank_lines_change_nothing(chance: random.Random) -> None:
    lines = written(JOURNEY).splitlines()
    for _ in range(chance.randint(1, 12)):
        lines.insert(
            chance.randint(0, len(lines)), chance.choice(["", "# a remark", "      # blueprint: x"])
        )
    assert names("\n".join(lines) + "\n") == BEFORE


@pytest.mark.parametrize("style", ["flow", "mixed"])
def test_layout_changes_nothing(style: str) -> None:
    assert set(names(written(JOURNEY, style))) == set(BEFORE)


@given(st.randoms(use_true_random=False))
def test_order_changes_nothing(chance: random.Random) -> None:
    def shuffled(value: Any, top: bool = False) -> Any:
        if isinstance(value, dict):
            items = [(key, shuffled(inside)) for key, inside in value.items()]
            if "en" not in value:
                chance.shuffle(items)
            return dict(items)
        if isinstance(value, list):
            inside = [shuffled(item) for item in value]
            chance.shuffle(inside)
            return inside
        return value

    assert set(names(written(shuffled(JOURNEY)))) == set(BEFORE)


@given(st.integers(0, 1), st.integers(0, 2), st.booleans())
def test_new_neighbours_change_nothing(stage: int, at: int, ahead: bool) -> None:
    data = copy.deepcopy(JOURNEY)
    new = {"id": "new", "title": "New", "emotion": 0, "pains": [{"pain": "Form is hidden", "severity": 1}]}
    data["stages"][stage]["touchpoints"].insert(at, new)
    data["stages"].insert(0 if ahead else 2, {"stage": "more", "touchpoints": []})
    data["stages"][1 if ahead else 0]["touchpoints"][0].setdefault("pains", []).insert(
        0, {"pain": "Quite another", "severity": 9}
    )
    assert set(BEFORE) < set(names(written(data)))


def test_a_renamed_neighbour_and_a_moved_touchpoint_change_nothing_of_the_others() -> None:
    data = copy.deepcopy(JOURNEY)
    (moved,) = data["stages"][1]["touchpoints"]
    data["stages"][1]["touchpoints"] = [data["stages"][0]["touchpoints"].pop(0)]
    data["stages"][0]["touchpoints"].append(moved)
    assert set(names(written(data))) == set(BEFORE)

    text = written(JOURNEY).replace("pay", "settle")
    found = everywhere(written(JOURNEY))
    of_pay = {
        name
        for name, identity in zip(
            BEFORE,
            identities(found, {"a.yaml": Source("a.yaml", written(JOURNEY))}),
            strict=True,
        )
        if identity.place[:1] == ("touchpoint pay",)
    }
    assert of_pay
    assert set(BEFORE) - set(names(text)) == of_pay


def test_a_renamed_file_keeps_the_names_and_a_renamed_document_does_not() -> None:
    text = written(JOURNEY)
    assert names(text, "elsewhere/b.yaml") == BEFORE
    assert not set(names(text.replace("journey: refund", "journey: repay"))) & set(BEFORE)


def test_a_translation_changes_nothing_that_was_there() -> None:
    data = copy.deepcopy(JOURNEY)
    data["stages"][0]["touchpoints"][0]["pains"][0]["pain"] = {"en": "Form is hidden", "zh": "表单难找"}
    data["stages"][0]["touchpoints"][0]["title"] = {"en": "Looks for the form", "zh": "找表单"}
    assert set(BEFORE) < set(names(written(data)))


def test_findings_alike_in_everything_are_numbered_whatever_the_order_of_the_report() -> None:
    text = written(JOURNEY)
    found = everywhere(text)
    twice = [*found, *found]
    told = fingerprints(twice, {"a.yaml": Source("a.yaml", text)})
    assert len(set(told)) == len(twice)
    assert set(BEFORE) < set(told)
    mixed = random.Random(7).sample(twice, len(twice))
    assert set(fingerprints(mixed, {"a.yaml": Source("a.yaml", text)})) == set(told)


def test_the_place_can_be_read() -> None:
    text = written(JOURNEY)
    found = everywhere(text)
    told = {i.place for i in identities(found, {"a.yaml": Source("a.yaml", text)})}
    assert ("touchpoint search", "pains", "[Form is long]", "severity") in told
    assert ("touchpoint search", "next", "*", "when") in told
    assert ("budgets", "ending") in told
    assert ("stage get",) in told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "journey: [",
        "just words",
        "- 1\n- 2\n",
        "journey: x\nstages: &a\n  - *a\n",
        "journey: x\nstages:\n  - stage: s\n    touchpoints: [{id: a}, {id: a}, 7]\n",
        "journey: 7\n? [a, b]\n: 3\n",
    ],
)
def test_broken_files_have_names_too(text: str) -> None:
    source = Source("a.yaml", text)
    found = check_document(read_document(source), None, Settings(select=("ALL",)))
    told = fingerprints(found, {"a.yaml": source})
    assert len(told) == len(set(told)) == len(found) > 0
    assert fingerprints(found, {}) != [""] * len(found)


def test_a_comment_in_the_way_is_told_by_its_words_not_by_where_it_stands() -> None:
    text = written(JOURNEY)
    remark = "# blueprint: ignore EX9999 -- because"

    def told(text: str) -> set[str]:
        source = Source("a.yaml", text)
        found = [d for d in check_document(read_document(source)) if d.code == "IN102"]
        assert found
        return set(fingerprints(found, {"a.yaml": source}))

    assert told(f"{remark}\n{text}") == told(f"{text}\n\n{remark}\n")


def test_real_findings_survive_what_an_editor_does() -> None:
    source = Source("a.yaml", written(JOURNEY))
    found = check_document(read_document(source), None, Settings(select=("ALL",)))
    assert len(found) > 5
    other = Source("b.yaml", "# moved\n\n" + written(JOURNEY, "flow"))
    again = check_document(read_document(other), None, Settings(select=("ALL",)))
    assert sorted(fingerprints(found, {"a.yaml": source})) == sorted(fingerprints(again, {"b.yaml": other}))
