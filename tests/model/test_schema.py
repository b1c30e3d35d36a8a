"""The JSON Schema: valid itself, described throughout, and of one mind with our own validation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from blueprint.model.journey import Journey
from blueprint.model.outline import element_at, elements, keys_of
from blueprint.model.persona import Persona
from blueprint.model.playbook import Playbook
from blueprint.model.schema import json_schema
from blueprint.model.service import ServiceBlueprint
from blueprint.source.document import read_document
from blueprint.source.standards import builtin_sources
from blueprint.source.text import Source
from blueprint.source.tree import parse

JOURNEYS = Path(__file__).parents[2] / "journeys"
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def accepted(text: str) -> bool:
    return VALIDATOR.is_valid(parse(Source("t", text)).data)


def test_it_is_a_schema_of_its_draft() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"]
    for kind in ("journey", "blueprint", "persona", "playbook"):
        Draft202012Validator.check_schema(json_schema(kind))


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, definition in schema["$defs"].items():
        for key, field in definition.get("properties", {}).items():
            yield name, key, field


def test_every_field_is_described() -> None:
    fields = list(properties(SCHEMA))
    assert len(fields) > 100
    assert [f"{name}.{key}" for name, key, field in fields if not field.get("description")] == []


def test_every_key_of_every_model_is_in_it() -> None:
    for model in (Journey, ServiceBlueprint, Persona, Playbook):
        for element in elements(model):
            if element.__name__ in SCHEMA["$defs"]:
                assert set(keys_of(element)) == set(SCHEMA["$defs"][element.__name__]["properties"])
    assert {"Touchpoint", "Step", "Persona", "Pain", "Score", "HandoffSpec"} <= set(SCHEMA["$defs"])


@pytest.mark.parametrize("path", sorted(JOURNEYS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_documents_are_valid(path: Path) -> None:
    errors = [
        f"{e.json_path}: {e.message}"
        for e in VALIDATOR.iter_errors(parse(Source(path.name, path.read_text("utf-8"))).data)
    ]
    assert errors == []


@pytest.mark.parametrize("source", builtin_sources(), ids=lambda source: source.name)
def test_built_in_playbooks_are_valid(source: Source) -> None:
    errors = [f"{e.json_path}: {e.message}" for e in VALIDATOR.iter_errors(parse(source).data)]
    assert errors == []


def touchpoint(line: str) -> str:
    return f"journey: j\nstages:\n  - stage: s\n    touchpoints:\n      - {{id: a, title: x, {line}}}\n"


GOOD = [
    "emotion: 1",
    "emotion: {mean: 1, n: 3}",
    "emotion: {anna: 1, bob: {mean: 2}}",
    "emotion: ~",
    "x-own: {deep: [1]}",
    "next: b",
    "next: [b, c]",
    "next: {b: 0.5, c: 50%}",
    "next: {b: {p: rest, when: late}, c: 0.2}",
    "kinds: first",
    "kinds: [first, end]",
    "title: {en: x, zh-Hant: y}",
    "time: {standard: 5m, wait: PT2H, tolerance: 0}",
    "time: ~",
    "needs: [{need: x, kano: must-be}, {need: y, kano: {M: 3, O: 2}}]",
    "quality: {empathy: {expected: 4.5}}",
    "metrics: [{metric: NPS, value: -12, target: 91%, date: 2026-01-31}]",
    "complaint: {authority: 340 CNY}",
    "complaint: {authority: {amount: 3, currency: EUR}, escalation: [Boss, {to: Chief, after: 2h}]}",
    "script: {protocol: eoac, lines: [{agent: Hello}, {customer: Hi}]}",
    "pains: [{pain: x, severity: 10}]",
]
BAD = [
    "emotion: high",
    "emotion: {}",
    "emotion: {mean: x}",
    "emotion: {Anna B: 1}",
    "emotion: [1]",
    "next: 3",
    "next: []",
    "next: {}",
    "next: {b: 1.5}",
    "next: {b: 150%}",
    "next: {b: most}",
    "next: {B: 1}",
    "next: {b: {q: 1}}",
    "kinds: frist",
    "kinds: [first, 3]",
    "doing: 3",
    "doing: ''",
    "doing: {}",
    "doing: {english!: x}",
    "time: 30",
    "time: 30m",
    "time: {standard: 30}",
    "time: {standard: soon}",
    "time: {standrad: 3m}",
    "needs: [x]",
    "needs: {need: x}",
    "needs: [{need: x, kano: must}]",
    "needs: [{need: x, kano: {M: -1}}]",
    "quality: {speed: {}}",
    "evidence: x",
    "metrics: [{metric: x, value: good}]",
    "metrics: [{metric: x, date: 2026-13-01}]",
    "metrics: [{metric: x, date: 2026}]",
    "metrics: [{value: 3}]",
    "complaint: {authority: 340}",
    "complaint: {authority: lots}",
    "complaint: {priority: P9}",
    "pains: [{pain: x, severity: 11}]",
    "pains: [{pain: x, severity: 0}]",
    "unknown: 1",
    "emotoin: 1",
    "trigger: nobody",
]
STAGES = "stages: [{stage: s}]\n"
DOCUMENTS_GOOD = [
    "journey: j\n" + STAGES,
    "journey: j\npersona: anna\nemotion_scale: [0, 10]\n" + STAGES,
    "journey: j\npersona: [anna, {persona: bob, share: 40%}]\nbudgets: {time: '<= 3d', ending: '> 0'}\n"
    + STAGES,
    "journey: j\noutcomes: {won: success, lost: {result: failure}}\nstages: [{stage: s, x-own: 2}]\n",
    "journey: j\ntraffic: {journeys: 12, per: week, value: CNY 3.50}\nreviewed: 2026-01-01\n" + STAGES,
    "persona: anna\nstyle: driver\n",
    "blueprint: b\njourney: j\nactors: {a: {zone: support}}\n"
    "steps: [{id: s, at: t, actor: a, does: x, next: [u]}]\n",
]
DOCUMENTS_BAD = [
    "",
    "[]",
    "title: x\n",
    "journey: j\n",
    "journey: J\n" + STAGES,
    "journey: j\nstages: []\n",
    "persona: [a]\n",
    "journey: j\nstages: [{title: s}]\n",
    "journey: j\nbudgets: {ending: 3}\n" + STAGES,
    "journey: j\nbudgets: {ending: {operator: '>', limit: 1, written: x}}\n" + STAGES,
    "journey: j\nbudgets: {endng: '> 3'}\n" + STAGES,
    "journey: j\nsteps: []\n" + STAGES,
    "journey: j\nemotion_scale: [1, 2, 3]\n" + STAGES,
    "journey: j\noutcomes: {done: yes}\n" + STAGES,
    "journey: j\nlanguage: plain english\n" + STAGES,
    "persona: anna\nshare: 3\n",
    "persona: anna\nstyle: loud\n",
    "blueprint: b\nactors: {a: {zone: support}}\nsteps: [{id: s, at: t, actor: a, does: x}]\n",
    "blueprint: b\njourney: j\nactors: {}\nsteps: [{id: s, at: t, actor: a, does: x}]\n",
    "blueprint: b\njourney: j\nactors: {a: {zone: stage}}\nsteps: [{id: s, at: t, actor: a, does: x}]\n",
]


@pytest.mark.parametrize("text", [*(touchpoint(line) for line in GOOD), *DOCUMENTS_GOOD])
def test_both_accept(text: str) -> None:
    if "title: {" in text:
        text = text.replace("title: x, ", "")
    assert read_document(Source("t", text)).diagnostics == ()
    assert accepted(text)


@pytest.mark.parametrize("text", [*(touchpoint(line) for line in BAD), *DOCUMENTS_BAD])
def test_both_refuse(text: str) -> None:
    assert read_document(Source("t", text)).diagnostics != ()
    assert not accepted(text)


def test_paths_lead_to_elements() -> None:
    def name(model: type, *loc: str | int) -> str | None:
        element = element_at(model, loc)
        return element and element.__name__

    assert name(Journey) == "Journey"
    assert name(Journey, "stages", 0, "touchpoints", 3) == "Touchpoint"
    assert name(Journey, "stages", 0, "touchpoints", 3, "emotion") == "Score"
    assert name(Journey, "stages", 0, "touchpoints", 3, "next", "pay") == "RouteSpec"
    assert name(Journey, "persona", 0) == name(Journey, "persona") == "Persona"
    assert name(ServiceBlueprint, "actors", "agent") == "Actor"
    assert name(ServiceBlueprint, "steps", 0, "next", "s") == "HandoffSpec"
    assert name(Journey, "nowhere", 3) is None
