"""What is said to be covered is held against the fields that would be there if it were true."""

from __future__ import annotations

from typing import Any

import pytest

from blueprint.analysis.coverage_grounds import SIGNS, grounds
from blueprint.model.journey import Journey
from blueprint.source.standards import builtin_standards

ITEMS = {
    id: tuple(item.id for item in entry.items)
    for id, entry in builtin_standards().coverage.items()
    if id in SIGNS
}


def journey(**fields: Any) -> Journey:
    point = {"id": "ask", "title": "Asks", **fields}
    other = {"id": "leave", "title": "Leaves"}
    return Journey.model_validate(
        {"journey": "j", "stages": [{"stage": "s", "touchpoints": [point, other]}]}
    )


@pytest.mark.parametrize("id", SIGNS)
def test_signs_belong_to_items_of_the_list(id: str) -> None:
    assert set(SIGNS[id]) <= set(ITEMS[id])


SHOWN: list[tuple[str, str, dict[str, Any]]] = [
    ("sales-phases", "before", {"moment": "ZMOT"}),
    ("sales-phases", "during", {"purpose": "pay"}),
    ("sales-phases", "after", {"moment": "tmot"}),
    ("service-traits", "intangible", {"evidence": ["A letter"]}),
    ("service-traits", "perceived", {"emotion": {"mean": 1.0, "n": 40}}),
    ("service-traits", "simultaneous", {"pains": [{"pain": "Late", "before": "A second line"}]}),
    ("service-traits", "varied", {"emotion": {"mean": 1.0, "sd": 0.4, "n": 40}}),
    ("journey-strategies", "loop", {"purpose": "learn"}),
    ("service-skills6", "choice", {"complaint": {"alternatives": ["Money", "A new one"]}}),
    ("service-skills6", "reassuring", {"purpose": "disclose-price"}),
    ("service-cautions6", "undo", {"reversible": True}),
    ("satisfaction-levers", "expectation", {"promises": [{"promise": "Today", "due": "8h"}]}),
    ("recovery-strategies7", "keep", {"promises": [{"promise": "Today", "made": 9, "kept": 8}]}),
    (
        "recovery-strategies7",
        "procedure",
        {"complaint": {"escalation": [{"to": "The head", "after": "1h"}]}},
    ),
    ("exception-routes", "threat", {"complaint": {"triggers": ["media"]}}),
    ("etiquette", "phone", {"channel": "电话"}),
    ("automation-rules", "delay", {"automatic": {"event": "No movement", "delay": "2h"}}),
    ("automation-rules", "cap", {"automatic": {"cap": "Once a day"}}),
]


@pytest.mark.parametrize(("id", "item", "fields"), SHOWN, ids=lambda it: it if isinstance(it, str) else "")
def test_a_field_shows_it_and_its_absence_does_not(id: str, item: str, fields: dict[str, Any]) -> None:
    said = {"j": (item,)}
    shown = grounds(id, ITEMS[id], said, journey(**fields))
    bare = grounds(id, ITEMS[id], said, journey())
    assert shown is not None
    assert bare is not None
    assert shown.at[item] == ("ask",)
    assert shown.only_said == ()
    assert bare.at[item] == ()
    assert bare.only_said == (item,)


@pytest.mark.parametrize(
    ("id", "item", "fields"),
    [
        ("service-skills6", "choice", {"complaint": {"alternatives": ["Money"]}}),
        ("recovery-strategies7", "keep", {"promises": [{"promise": "Today", "made": 9}]}),
        ("service-traits", "perceived", {"emotion": 1.0}),
        ("satisfaction-levers", "expectation", {"promises": [{"promise": "Soon"}]}),
        ("journey-strategies", "foresee", {"pains": [{"pain": "Late", "after": "We call"}]}),
    ],
)
def test_what_comes_close_does_not_show_it(id: str, item: str, fields: dict[str, Any]) -> None:
    found = grounds(id, ITEMS[id], {}, journey(**fields))
    assert found is not None
    assert found.at[item] == ()


def test_what_is_shown_without_being_said_is_told() -> None:
    found = grounds("service-traits", ITEMS["service-traits"], {}, journey(evidence=["A letter"]))
    assert found is not None
    assert found.unsaid == ("intangible",)
    assert found.only_said == ()


def test_items_without_a_sign_are_neither_borne_out_nor_blamed() -> None:
    found = grounds("service-parts", ITEMS["service-parts"], {"j": ("auxiliary",)}, journey())
    assert found is not None
    assert "auxiliary" not in found.at
    assert found.only_said == ()


def test_lists_that_no_field_can_show_have_none() -> None:
    assert grounds("trust3", ("listen",), {"j": ("listen",)}, journey()) is None
