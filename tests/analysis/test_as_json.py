from __future__ import annotations

from pathlib import Path
from typing import Any

from blueprint.analysis.as_json import as_json
from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.journey import analyse_journey
from blueprint.model.service import ServiceBlueprint

MAPS = {"columns", "contacts", "emotions", "kinds", "levels", "loads", "visits"}
"""Keyed by ids, not by words of the shape."""


def words(found: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Every path of words in the shape."""
    if not isinstance(found, dict) or (path and path[-1] in MAPS):
        return {path}
    return {path, *(it for key, value in found.items() for it in words(value, (*path, key)))} - {()}


def test_every_key_is_documented(j1) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
    of_journey, of_blueprint = manual.split("## A blueprint")
    blueprint = ServiceBlueprint.model_validate(
        {
            "blueprint": "b",
            "journey": "j1",
            "actors": {"a": {"zone": "frontstage"}},
            "steps": [{"id": "one", "at": "s", "actor": "a", "does": "Greets"}],
        }
    )
    shapes = ((of_journey, analyse_journey(j1)), (of_blueprint, analyse_blueprint(blueprint, j1)))
    ids = {*j1.touchpoints, *j1.outcomes}
    for page, analysis in shapes:
        known = page.replace("`", " ").replace(".", " ").replace(",", " ").split()
        for path in words(as_json(analysis)):
            named = [key for key in path if key not in ids]
            assert not named or named[-1] in known, path
