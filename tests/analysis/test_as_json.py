from __future__ import annotations

from pathlib import Path
from typing import Any

from blueprint.analysis.as_json import as_json
from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.journey import analyse_journey
from blueprint.diagnostic import Message
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


def _texts(found: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    """Every text of the shape by its path."""
    if isinstance(found, str):
        return {path: found}
    inner = (
        enumerate(found) if isinstance(found, list) else found.items() if isinstance(found, dict) else ()
    )
    return {at: text for key, part in inner for at, text in _texts(part, (*path, str(key))).items()}


def test_only_sentences_change_with_the_language(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"kinds": "first", "problems": {"rate": 0.2}},
            "b": {"kinds": "complaint", "complaint": {"priority": "P1"}},
        },
        customers={"data": "lost.csv", "lifecycle": {"states": {"new": {"next": {"new": 1.0}}}}},
        market={"problems": 0.3},
    )
    analysis = analyse_journey(journey)
    english, chinese = (_texts(as_json(analysis, language=language)) for language in ("en", "zh-Hans"))
    assert english.keys() == chinese.keys()
    differing = {path for path in english if english[path] != chinese[path]}
    sentences = {path for path in english if {"reason", "reasons"} & set(path)}
    assert differing == sentences
    assert {path[0] for path in sentences} >= {"kinds", "damage", "segments", "service_levels"}
    assert all(max(chinese[path]) >= "\u4e00" for path in sentences)
    assert not any(isinstance(part, Message) for part in as_json(analysis).values())
