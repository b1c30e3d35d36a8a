"""Every key that quality, damage and coverage can print is described in the manual."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from blueprint.analysis.as_json import as_json
from blueprint.analysis.journey import analyse_journey

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
    return make_journey(points, market=market, traffic={"journeys": 900, "value": "20 EUR"})


@pytest.mark.parametrize("part", ["quality", "damage", "coverage"])
def test_every_key_is_described(full, part: str) -> None:
    page = as_json(analyse_journey(full))
    assert page[part] is not None
    json.dumps(page, allow_nan=False)
    manual = (Path(__file__).parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
    described = set(re.findall(r"[a-z_]+", manual.split("## A blueprint")[0]))
    names = {
        *full.touchpoints,
        "first",
        *(key for key in keys(page[part]) if "-" in key or key == "empathy"),
    }
    assert (
        keys(page[part]) - names - {"reliability", "responsiveness", "assurance", "tangibles"} <= described
    )
