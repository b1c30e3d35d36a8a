"""The file format as a JSON Schema, for editors and for validators that are not ours."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from blueprint.model.journey import Journey
from blueprint.model.outline import elements
from blueprint.model.persona import Persona
from blueprint.model.playbook import Playbook
from blueprint.model.service import ServiceBlueprint

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:service-blueprint:schema"
# In the order in which a key decides: a blueprint also names its journey, and a journey its personas.
_KINDS: dict[str, type[BaseModel]] = {
    "blueprint": ServiceBlueprint,
    "journey": Journey,
    "persona": Persona,
    "playbook": Playbook,
}


def json_schema(kind: str | None = None) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of every kind of document, or of one.

    Shorthand forms are included, keys that begin with `x-` are allowed, every field is described.

    Args:
        kind: `journey`, `blueprint`, `persona` or `playbook`; all, told apart by their first key, where
            left out.

    Raises:
        KeyError: There is no such kind.
    """
    chosen = list(_KINDS.values()) if kind is None else [_KINDS[kind]]
    _, generated = models_json_schema([(model, "validation") for model in chosen])
    definitions = generated["$defs"]
    for model in chosen:
        for element in elements(model):
            if element.__name__ in definitions:
                _describe(element, definitions[element.__name__])
    _tidy(definitions)
    _split_emotion(definitions)
    definitions = _needed(definitions, [model.__name__ for model in chosen])
    root: dict[str, Any] = {"$schema": DIALECT, "$id": ID if kind is None else f"{ID}:{kind}"}
    if kind is not None:
        return root | {"$ref": f"#/$defs/{_KINDS[kind].__name__}", "$defs": definitions}
    refs = {key: {"$ref": f"#/$defs/{model.__name__}"} for key, model in _KINDS.items()}
    keys = {key: model.model_fields["id"].alias or "id" for key, model in _KINDS.items()}
    root |= {
        "title": "A document of blueprint",
        "description": "A journey, a service blueprint, a persona or a playbook; its first key says which.",
        "type": "object",
        # Told once more at the top, so that an editor can offer them in an empty file.
        "properties": {key: {"description": _KINDS[key].__doc__} for key in keys},
        "if": {"required": ["blueprint"]},
        "then": refs["blueprint"],
        "else": {"if": {"required": ["persona"], "not": {"required": ["journey"]}}}
        | {"then": refs["persona"]}
        | {
            "else": {"if": {"required": ["playbook"], "not": {"required": ["journey"]}}}
            | {"then": refs["playbook"], "else": refs["journey"]}
        },
        "$defs": definitions,
    }
    return root


@cache
def field_docs(element: type[BaseModel]) -> dict[str, str]:
    """Return what the docstrings under an element's fields say, by the field's name in Python.

    pydantic can do this for itself, but reads the source of every class whenever one is imported.
    """
    docs: dict[str, str] = {}
    for cls in reversed(element.__mro__):
        if issubclass(cls, BaseModel) and cls is not BaseModel:
            docs |= _docs_in(cls.__module__).get(cls.__name__, {})
    return docs


@cache
def _docs_in(module: str) -> dict[str, dict[str, str]]:
    try:
        tree = ast.parse(inspect.getsource(import_module(module)))
    except OSError:  # Shipped without sources: a schema without descriptions still validates.
        return {}
    found: dict[str, dict[str, str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            fields = found.setdefault(node.name, {})
            for field, after in zip(node.body, node.body[1:], strict=False):
                if (
                    isinstance(field, ast.AnnAssign)
                    and isinstance(field.target, ast.Name)
                    and isinstance(after, ast.Expr)
                    and isinstance(after.value, ast.Constant)
                    and isinstance(after.value.value, str)
                ):
                    fields[field.target.id] = inspect.cleandoc(after.value.value)
    return found


def _describe(element: type[BaseModel], schema: dict[str, Any]) -> None:
    docs = field_docs(element)
    for name, field in element.model_fields.items():
        written = schema.get("properties", {}).get(field.alias or name)
        if written is not None and name in docs:
            written["description"] = docs[name]


def _tidy(definitions: dict[str, Any]) -> None:
    """Take out what only pydantic needs, and close what pydantic leaves open."""
    waiting: list[Any] = [definitions]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        if not isinstance(part, dict):
            continue
        waiting += [
            value for key, value in part.items() if key not in ("default", "examples", "enum", "const")
        ]
        # A property may be called "title" itself; only a text under this key is an annotation.
        if isinstance(part.get("title"), str) and "properties" not in part:
            del part["title"]
        if "default" in part and not isinstance(part["default"], (str, bool)):
            del part["default"]
        if "oneOf" in part and isinstance(part["oneOf"], list):
            part["anyOf"] = part.pop("oneOf")  # Shorthand forms may overlap.
        if isinstance(part.get("patternProperties"), dict):
            part.setdefault("additionalProperties", False)
        if isinstance(part.get("patternProperties"), dict) and part["patternProperties"].get("^x-") == {}:
            part["patternProperties"]["^x-"] = {"description": "Your own: kept, never checked."}


def _needed(definitions: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """Return the named definitions and those that they refer to, however far."""
    found: set[str] = set()
    waiting: list[Any] = [{"$ref": f"#/$defs/{name}"} for name in names]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            name = str(part.get("$ref", "")).removeprefix("#/$defs/")
            if name in definitions and name not in found:
                found.add(name)
                waiting.append(definitions[name])
    return {name: definitions[name] for name in sorted(found)}


def _split_emotion(definitions: dict[str, Any]) -> None:
    """Tell a measured score from scores per persona by `mean`, as reading does."""
    if "Touchpoint" not in definitions:
        return
    waiting: list[Any] = [definitions["Touchpoint"]["properties"]["emotion"]]
    while waiting:
        part = waiting.pop()
        waiting += part.get("anyOf", [])
        if "patternProperties" in part:
            part |= {"not": {"required": ["mean"]}, "minProperties": 1}
