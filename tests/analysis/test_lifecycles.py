from __future__ import annotations

import pytest

from blueprint.analysis.lifecycles import lifecycle_cover, phase_of, told
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.source.standards import builtin_standards

CYCLES = builtin_standards().lifecycles


def journey(**phases: str | None) -> Journey:
    stages = [
        {"stage": name, "lifecycle": phase, "touchpoints": [{"id": f"{name}-t", "title": name}]}
        for name, phase in phases.items()
    ]
    for stage in stages:
        if stage["lifecycle"] is None:
            del stage["lifecycle"]
    return Journey.model_validate({"journey": "j", "stages": stages})


@pytest.mark.parametrize(
    ("word", "id", "phase"),
    [
        ("acquire", "vip-lifecycle", "acquire"),
        ("获客", "vip-lifecycle", "acquire"),
        ("培育", "vip-lifecycle", "develop"),
        ("Win back", "vip-lifecycle", "retain"),
        ("  WIN  back ", "vip-lifecycle", "retain"),
        ("沉睡", "customer-lifecycle", "declining"),
        ("新客", "customer-lifecycle", "new"),
        ("成熟期", "customer-lifecycle", "mature"),
        # words of one lifecycle count in the other, where a playbook lines the two up
        ("挽留", "customer-lifecycle", "declining"),
        ("growing", "vip-lifecycle", "develop"),
        ("nonsense", "vip-lifecycle", None),
        ("战略", "customer-lifecycle", None),
    ],
)
def test_a_word_is_read_as_the_phase_it_means(word: str, id: str, phase: str | None) -> None:
    assert phase_of(word, id, CYCLES) == phase


def test_every_phase_of_one_lifecycle_has_its_match_in_the_other_and_back() -> None:
    for mine, other in (("vip-lifecycle", "customer-lifecycle"), ("customer-lifecycle", "vip-lifecycle")):
        for term in CYCLES[mine].terms:
            matched = phase_of(term.id, other, CYCLES)
            assert matched is not None
            assert phase_of(matched, mine, CYCLES) == term.id


def test_phases_nobody_serves_and_who_stands_in_them() -> None:
    people = [
        Persona.model_validate({"persona": "old", "phase": "declining"}),
        Persona.model_validate({"persona": "young", "phase": "new"}),
        Persona.model_validate({"persona": "any"}),
    ]
    found = lifecycle_cover(
        "customer-lifecycle", CYCLES, journey(a="新客", b="maintain", c="odd", d=None), people
    )
    assert found is not None
    assert found.nowhere == ("growing", "declining")
    assert found.share == pytest.approx(0.5)
    assert found.unserved == {"old": "declining"}
    assert found.unplaced == ("c",)


def test_a_lifecycle_nobody_stands_in_is_not_told() -> None:
    assert lifecycle_cover("service-management", CYCLES, journey(a="use"), []) is None
    assert told(journey(a=None), builtin_standards(), {}) is None
    page = told(journey(a="acquire"), builtin_standards(), {})
    assert page is not None
    assert list(page) == ["vip-lifecycle", "customer-lifecycle"]
    assert page["customer-lifecycle"]["phases"]["declining"]["asks"]["zh"] == "触发回访与挽回"
