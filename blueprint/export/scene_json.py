"""A scene as JSON, for programs that draw it themselves and to compare two drawings; `load` reads it back.

The form is `blueprint.scene/1`: `format`, the facts of the scene, and `root`, a tree of shapes. Each shape
names its kind in `shape` and carries the fields of `scene.shapes` under their own names; fields at their
default are left out, places are `[x, y]`, a path's segments are `["M", [x, y]]`, colours are tokens, and
lengths are in px with at most two decimals.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from blueprint.export.exporter import Exporter, Order
from blueprint.scene.shapes import (
    Ellipse,
    Group,
    Icon,
    Link,
    Paint,
    Path,
    Point,
    Rect,
    Scene,
    Segment,
    Shape,
    Text,
)

FORMAT = "blueprint.scene/1"

_KINDS: dict[str, type[Shape]] = {
    "group": Group,
    "rect": Rect,
    "ellipse": Ellipse,
    "path": Path,
    "text": Text,
    "icon": Icon,
    "link": Link,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


class SceneFormatError(ValueError):
    """The JSON is not a scene that this version reads."""


def export(scene: Scene) -> bytes:
    """Write a scene as JSON in UTF-8, the same bytes for the same scene."""
    facts = {
        field.name: _plain(getattr(scene, field.name)) for field in fields(Scene) if field.name != "root"
    }
    whole = {"format": FORMAT, **facts, "root": _plain(scene.root)}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def load(data: bytes) -> Scene:
    """Read a scene back.

    Raises:
        SceneFormatError: If the data is not JSON of the form `blueprint.scene/1`.
    """
    try:
        whole = json.loads(data)
        if whole.pop("format") != FORMAT:
            raise SceneFormatError(f"not a scene of the form {FORMAT}")
        root = _shape(whole.pop("root"))
        if not isinstance(root, Group):
            raise SceneFormatError("the root of a scene is a group")
        return Scene(**whole, root=root)
    except (AttributeError, KeyError, TypeError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise SceneFormatError(f"not a scene of the form {FORMAT}: {error}") from error


def _plain(value: Any) -> Any:
    """Return shapes, paints, places and numbers as what JSON knows."""
    if isinstance(value, float):
        rounded = round(value, 2)
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(value, Segment):
        return [value.op, *map(_plain, value.points)]
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    if type(value) in _NAMES:
        return {"shape": _NAMES[type(value)], **_fields(value)}
    return _fields(value) if isinstance(value, Paint) else value


def _fields(value: Any) -> dict[str, Any]:
    found = {}
    kind: Any = type(value)
    for name, default in _defaults(kind):
        content = getattr(value, name)
        if default is MISSING or content != default:
            found[name] = _plain(content)
    return found


@cache
def _defaults(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a shape with their defaults; a drawing has thousands of shapes of few kinds."""
    return tuple((field.name, field.default) for field in fields(kind))


def _shape(value: dict[str, Any]) -> Shape:
    kind = _KINDS[value.pop("shape")]
    return kind(**{name: _field(name, content) for name, content in value.items()})


def _field(name: str, content: Any) -> Any:
    match name:
        case "paint":
            return Paint(**{**content, "dash": tuple(content.get("dash", ()))})
        case "children":
            return tuple(map(_shape, content))
        case "segments":
            return tuple(Segment(op, tuple(Point(*place) for place in places)) for op, *places in content)
        case "points":
            return tuple(Point(*place) for place in content)
        case "data":
            return tuple((key, fact) for key, fact in content)
        case _:
            return tuple(content) if isinstance(content, list) else content


def _run(order: Order) -> bytes:
    return export(order.scene)


EXPORTER = Exporter(_run)
