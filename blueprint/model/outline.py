"""Which keys a document may have where: the models' own fields, by path."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel, RootModel


def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return an element's keys as they are written, with the types of their values."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def element_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the element that a path leads to; None where it leads to no element.

    A list's index may be left out of the path, as where one item is written instead of a list.
    """
    readings: list[Any] = [model]
    for part in loc:
        readings = [below for annotation in readings for below in _below(annotation, part)]
    for annotation in readings:
        for plain in _plain(annotation):
            if is_element(plain):
                return plain
    return None


def elements(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield an element and every element inside it, each once, outermost first."""
    yield from (element for element, _ in homes(model))


LISTED, MAPPED = "[]", "{}"
"""Parts of a way through a model: to the items of a list, and to the values of a mapping with free keys."""


def homes(model: type[BaseModel]) -> Iterator[tuple[type[BaseModel], tuple[str, ...]]]:
    """Yield what `elements` does, each with the shortest way there: ("stages", "[]")."""
    seen: set[type[BaseModel]] = set()
    waiting: list[tuple[Any, tuple[str, ...]]] = [(model, ())]
    while waiting:
        annotation, way = waiting.pop(0)
        for plain in branches(annotation):
            if not isinstance(plain, type):
                into = LISTED if get_origin(plain) is tuple else MAPPED
                waiting += [(arg, (*way, into)) for arg in get_args(plain) if arg is not Ellipsis]
            elif is_element(plain) and plain not in seen:
                seen.add(plain)
                yield plain, way
                waiting += [(annotation, (*way, key)) for key, annotation in keys_of(plain).items()]


def branches(annotation: Any) -> Iterator[Any]:
    """Yield the branches of a type without its annotations."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from branches(get_args(annotation)[0])
    elif origin is Union or origin is UnionType:
        for branch in get_args(annotation):
            yield from branches(branch)
    else:
        yield annotation


def is_element(plain: Any) -> TypeGuard[type[BaseModel]]:
    """Whether a branch of a type is an element with keys of its own."""
    return isinstance(plain, type) and issubclass(plain, BaseModel) and not issubclass(plain, RootModel)


def _plain(annotation: Any) -> Iterator[Any]:
    """Yield the branches of a type; of a list also what its items are."""
    for branch in branches(annotation):
        yield branch
        if get_origin(branch) is tuple:
            yield from _plain(get_args(branch)[0])


def _below(annotation: Any, part: str | int) -> Iterator[Any]:
    for plain in _plain(annotation):
        origin = get_origin(plain)
        if isinstance(part, int):
            if origin is tuple:
                yield get_args(plain)[0]
        elif origin is dict:
            yield get_args(plain)[1]
        elif isinstance(plain, type) and issubclass(plain, BaseModel) and part in (keys := keys_of(plain)):
            yield keys[part]


def limits(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[float | None, float | None]:
    """Return the least and the greatest number a field accepts; None where there is no such bound."""
    element = element_at(model, loc[:-1])
    if element is None or not loc:
        return None, None
    for name, field in element.model_fields.items():
        if loc[-1] == (field.alias or name):
            found = [*field.metadata, *_metadata(field.annotation)]
            return _bound(found, "ge"), _bound(found, "le")
    return None, None


def _metadata(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from get_args(annotation)[1:]
        annotation = get_args(annotation)[0]
        yield from _metadata(annotation)
    elif get_origin(annotation) in (Union, UnionType):
        for branch in get_args(annotation):
            yield from _metadata(branch)


def _bound(metadata: list[Any], name: str) -> float | None:
    for item in metadata:
        for held in (item, *getattr(item, "metadata", ())):
            if (bound := getattr(held, name, None)) is not None:
                return float(bound)
    return None
