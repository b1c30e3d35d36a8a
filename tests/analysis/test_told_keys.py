"""Every key that quality, damage and coverage can print is described in the manual."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from blueprint.analysis.as_json import as_json
from blueprint.analysis.journey import analyse_journey
from blueprint.model.sheet import Sheet
from blueprint.model.touchpoint import Dimension
from blueprint.source.standards import builtin_standards

SIDES = ("expected", "believed", "standard", "delivered", "promised", "perceived", "competitor", "best")


def keys(found: Any) -> set[str]:
    """Every key anywhere in plain data."""
    if isinstance(found, list):
        return {key for item in found for key in keys(item)}
    if not isinstance(found, dict):
        return set()
    return {*found, *(key for value in found.values() for key in keys(value))}


@pytest.fixture
def full(make_journey):
    span = [0.2, 0.3, 0.5]
    loyalty = dict.fromkeys(("untroubled", "satisfied", "mollified", "dissatisfied", "silent"), span)
    tellings = dict.fromkeys(("satisfied", "mollified", "dissatisfied", "silent", "lost", "won"), 0.5)
    market = {
        "problems": span, "complaints": span, "satisfied": 0.4, "mollified": 0.3, "dissatisfied": 0.3,
        "loyalty": loyalty, "word_of_mouth": tellings,
    }  # fmt: skip
    quality = dict(zip(SIDES, (6.2, 5.8, 5.5, 5.0, 6.4, 4.9, 5.5, 6.8), strict=True)) | {"n": 90, "sd": 1.1}
    points = {
        "a": {"kinds": ["first"], "quality": {"empathy": quality}, "problems": {"rate": 0.1}},
        "b": {"complaint": {"cases": {"late": 12}}, "peak": "pride"},
    }
    return make_journey(
        points,
        market=market,
        traffic={"journeys": 900, "value": "20 EUR"},
        surveys=[{"survey": "servqual", "data": "all.csv"}],
        covers={"trust3": ["listen", "typo"]},
    )


def answers() -> Sheet:
    items = [i.id for d in builtin_standards().instruments["servqual"].dimensions for i in d.items]
    columns = dict.fromkeys(items, ("5", "6", "3")) | {
        f"expected-{name}": ("6", "6", "7") for name in items
    }
    return Sheet(columns)


@pytest.mark.parametrize("part", ["quality", "damage", "coverage"])
def test_every_key_is_described(full, part: str) -> None:
    page = as_json(analyse_journey(full), builtin_standards(), {"all.csv": answers()})
    assert page[part] is not None
    json.dumps(page, allow_nan=False)
    manual = (Path(__file__).parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
    described = set(re.findall(r"[a-z_]+", manual.split("## A blueprint")[0]))
    lists = builtin_standards().coverage
    assert part != "coverage" or page[part]["trust3"]["unknown"] == [{"place": "j", "item": "typo"}]
    ids = {*full.touchpoints, *lists, *get_args(Dimension), "j"}
    words = {key for key in keys(page[part]) if "-" not in key}
    assert words - ids <= described
