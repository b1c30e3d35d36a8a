"""The JSON Schema of `blueprint.toml`, for editors that complete and check TOML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from blueprint.config.table import (
    COMPARED,
    DIFF,
    DIFF_FAIL_ON,
    FAIL_ON,
    FIGURES,
    FINDINGS,
    IGNORES,
    KEYS,
    PER_FILE,
    SEVERITIES,
    Key,
    Kind,
    field,
)

_SIGN = r"\s*(>=|<=|≥|≤|>|<)\s*"
_TIME = r"((\d+(\.\d+)?\s*(ms|s|m|h|d|w)\s*)+|P[0-9YMWDTHS.]+)"
_LIMITS = {
    "number": r"-?\d+(\.\d+)?",
    "share": r"((100(\.0+)?|\d{1,2}(\.\d+)?)\s*%|0(\.\d+)?|1(\.0+)?)",
    "time": rf"({_TIME}|0+(\.0+)?)",
}
_EXAMPLES = {"number": ">= 0.5", "share": ">= 80%", "time": "<= 3d"}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a configuration; keys may have dashes or underscores."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "blueprint.toml",
        "description": "Settings of a workspace of journeys and service blueprints.",
        **_table(KEYS),
    }


def _table(keys: Sequence[Key]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[dict[str, Any]] = []
    for key in keys:
        spellings = list(dict.fromkeys((key.name, field(key.name))))
        for name in spellings:
            properties[name] = {"description": key.about.en, **_KINDS[key.kind]()}
            if key.default.en:
                properties[name]["description"] += f" Without it: {key.default.en}."
        if key.required:
            required.append({"anyOf": [{"required": [name]} for name in spellings]})
    twice = [
        {"not": {"required": [key.name, field(key.name)]}} for key in keys if key.name != field(key.name)
    ]
    rules = [*required, *twice]
    shape: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**shape, "allOf": rules} if rules else shape


def _word() -> dict[str, Any]:
    return {"type": "string", "pattern": r"\S"}


def _words() -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "minLength": 1}}


def _severity() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": {"enum": list(SEVERITIES)}}


def _budgets() -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for figure, unit in FIGURES.items():
        for name in dict.fromkeys((figure.replace("_", "-"), figure)):
            properties[name] = {
                "type": "string",
                "pattern": f"^{_SIGN}{_LIMITS[unit]}\\s*$",
                "maxLength": 63,
                "examples": [_EXAMPLES[unit]],
            }
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _one_or_several() -> dict[str, Any]:
    return {"anyOf": [_word(), {**_words(), "minItems": 1}]}


def _tolerances() -> dict[str, Any]:
    share = {
        "anyOf": [
            {"type": "number", "minimum": 0, "exclusiveMaximum": 1_000_000},
            {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*%?\s*$"},
            {"enum": ["off", False]},
        ]
    }
    names = dict.fromkeys(name for figure in COMPARED for name in (figure.replace("_", "-"), figure))
    return {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(names, share)}


def _watched() -> dict[str, Any]:
    names = dict.fromkeys(name for figure in COMPARED for name in (figure.replace("_", "-"), figure))
    return {"type": "array", "items": {"enum": list(names)}}


_KINDS: dict[Kind, Callable[[], dict[str, Any]]] = {
    "word": _word,
    "words": _words,
    "file-or-files": _one_or_several,
    "language": lambda: {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    "fail-on": lambda: {"enum": list(FAIL_ON)},
    "folder-or-false": lambda: {"anyOf": [_word(), {"const": False}]},
    "severity": _severity,
    "rules": lambda: {"type": "object", "additionalProperties": {"type": "object"}},
    "budgets": _budgets,
    "per-file": lambda: {"type": "array", "items": _table(PER_FILE)},
    "ignores": lambda: {"type": "array", "items": _table(IGNORES)},
    "diff": lambda: _table(DIFF),
    "diff-fail-on": lambda: {"enum": list(DIFF_FAIL_ON)},
    "watched": _watched,
    "tolerances": _tolerances,
    "findings": lambda: {"enum": list(FINDINGS)},
    "date": lambda: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$", "format": "date"},
}
