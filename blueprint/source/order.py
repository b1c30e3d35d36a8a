"""In which order the keys of an element are written: that of its model."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from blueprint.model.outline import branches, is_element

_LAST = ("touchpoints", "stages", "steps", "next")
"""What a document is made of, and where it goes on from a touchpoint or step, is read last."""

Types = tuple[Any, ...]
"""What a value may be, as far as its place tells."""


class Order:
    """The types that stand at one place of a document, and the order of its keys."""

    __slots__ = ("_below", "_types")

    def __init__(self, types: Types) -> None:
        self._types = tuple(plain for annotation in types for plain in branches(annotation))
        self._below: dict[str | int, Order] = {}

    def below(self, part: str | int) -> Order:
        """Return the order one step down; every item of a list is alike."""
        part = 0 if isinstance(part, int) else part
        if part not in self._below:
            self._below[part] = Order(tuple(_below(self._types, part)))
        return self._below[part]

    @property
    def is_element(self) -> bool:
        """Whether the keys here are those of a model, and do not name things."""
        return any(is_element(plain) for plain in self._types)

    def sorted(self, keys: Iterable[str]) -> list[int]:
        """Return the positions of keys in the order in which they are written.

        Keys that the element does not have, such as `x-…`, follow the others as they came. Where keys
        name things instead (outcomes, actors, personas), they stay as they are.
        """
        written = list(keys)
        known = max(
            (_keys(plain) for plain in self._types if is_element(plain)),
            key=lambda names: sum(key in names for key in written),
            default={},
        )
        if not any(key in known for key in written):
            return list(range(len(written)))
        return sorted(range(len(written)), key=lambda at: known.get(written[at], len(known)))


@cache
def order_of(model: type[BaseModel]) -> Order:
    """Return the order of a document's keys."""
    return Order((model,))


@cache
def _keys(model: type[BaseModel]) -> dict[str, int]:
    """Return the place of each key of an element."""
    fields = dict(model.model_fields)
    if "id" in model.__annotations__:
        # A class that declares its own name leads with what it declares itself.
        fields = {name: fields[name] for name in (*model.__annotations__, *fields) if name in fields}
    names = [field.alias or name for name, field in fields.items()]
    first = [name for name in names if name not in _LAST]
    return {name: at for at, name in enumerate([*first, *(name for name in _LAST if name in names)])}


def _below(types: Types, part: str | int) -> Iterable[Any]:
    for plain in types:
        origin: Any = get_origin(plain)
        if origin is tuple and isinstance(part, int):
            yield get_args(plain)[0]
        elif origin is tuple:
            # One item may be written instead of a list.
            yield from _below(tuple(branches(get_args(plain)[0])), part)
        elif origin is dict and isinstance(part, str):
            yield get_args(plain)[1]
        elif is_element(plain) and isinstance(part, str):
            for name, field in plain.model_fields.items():
                if part == (field.alias or name):
                    yield field.annotation
