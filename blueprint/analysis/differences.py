"""What is different between two pieces of plain data, value by value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from blueprint.analysis.matching import words_alike
from blueprint.model.values import LANGUAGE_PATTERN

Plain = Any
"""What JSON can say: the value as a file would have it, without what is left to its default."""

_NAMES = ("id", "pain", "need", "promise", "metric", "opportunity", "mode", "survey", "to", "what", "item")
"""What an item of a list goes by, the first that it has."""
_ALIKE = 0.6
_LANGUAGE = re.compile(LANGUAGE_PATTERN)


@dataclass(frozen=True, slots=True)
class Detail:
    """One value that is different."""

    path: tuple[str, ...]
    """From the field inwards: ("pains", "A long wait", "severity")."""
    before: Plain
    """None where it was not there."""
    after: Plain
    """None where it is gone."""


def plain(value: Any) -> Plain:
    """Return a value of a model as plain data; defaults are left out."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def differences(before: Plain, after: Plain, path: tuple[str, ...] = ()) -> Iterator[Detail]:
    """Yield every value that differs between two pieces of plain data.

    Items of lists are matched by what they go by, then by likeness, so that an inserted item is one
    difference and not a shift of all that follow.
    """
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict) and not (is_text(before) and is_text(after)):
        for key in dict.fromkeys((*before, *after)):
            yield from differences(before.get(key), after.get(key), (*path, str(key)))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _items(before, after, path)
    else:
        yield Detail(path, before, after)


def is_text(value: Plain) -> bool:
    """Whether plain data is one text in several languages."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(
            isinstance(words, str) and _LANGUAGE.fullmatch(language) for language, words in value.items()
        )
    )


def name_of(item: Plain) -> str:
    """Return what an item of a list goes by; of several languages the first."""
    if isinstance(item, dict):
        named = next((item[key] for key in _NAMES if key in item), None)
        if named is None and all(isinstance(value, str) for value in item.values()):
            named = next(iter(item.values()), "")
        item = next(iter(named.values()), "") if isinstance(named, dict) else named
    return "" if item is None else str(item)


def _items(before: list[Plain], after: list[Plain], path: tuple[str, ...]) -> Iterator[Detail]:
    old, new = list(range(len(before))), list(range(len(after)))
    pairs: list[tuple[int, int]] = []

    def settle(same: Any) -> None:
        for a in [*old]:
            b = next((b for b in new if same(before[a], after[b])), None)
            if b is not None:
                pairs.append((a, b))
                old.remove(a)
                new.remove(b)

    settle(lambda a, b: a == b)
    settle(lambda a, b: name_of(a) == name_of(b) != "")
    if len(old) * len(new) <= 2_500:
        settle(lambda a, b: isinstance(a, dict) and words_alike(name_of(a), name_of(b)) >= _ALIKE)
    for a, b in sorted(pairs, key=lambda pair: pair[1]):
        yield from differences(before[a], after[b], (*path, name_of(after[b]) or str(b + 1)))
    for a in old:
        yield Detail((*path, name_of(before[a]) or str(a + 1)), before[a], None)
    for b in new:
        yield Detail((*path, name_of(after[b]) or str(b + 1)), None, after[b])
    if not old and not new and all(before[a] == after[b] for a, b in pairs) and before != after:
        yield Detail(path, before, after)  # Only the order is different.
