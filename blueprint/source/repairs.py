"""Edits for mistakes of reading that take more than a word in the place of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from blueprint.diagnostic import Edit, Fix, Message, Range
from blueprint.source.mistakes import Mistake
from blueprint.source.salvage import Salvage
from blueprint.source.spans import Loc
from blueprint.source.text import Source

_NAMING = frozenset(
    {"id", "stage", "next", "entry", "at", "actor", "actors", "raci", "outcomes", "replaces"}
)
"""The keys whose values, or the keys below which, are ids of the same document."""
_HUNDRED = 0.5
"""How far from 100 shares may sum that were written as per cent and rounded."""


def per_cent(mistake: Mistake, salvage: Salvage, source: Source) -> Fix | None:
    """Put the `%` behind a share that was written as per cent.

    It is certain where all the shares beside it sum to a hundred.
    """
    path, value = mistake.path, mistake.value
    if not {"next", "entry"} & set(path) or not isinstance(value, int | float) or isinstance(value, bool):
        return None
    if not 1 < value <= 100:
        return None
    span = salvage.spans.closest(path)
    written = source.text[span.start : span.end]
    if not re.fullmatch(r"[0-9.]+", written):
        return None
    around = path[:-2] if path[-1] == "p" else path[:-1]
    shares = salvage.value(around)
    ways = list(shares.values()) if isinstance(shares, dict) else []
    numbers = [way.get("p") if isinstance(way, dict) else way for way in ways]
    total = sum(number for number in numbers if isinstance(number, int | float))
    safe = len(numbers) > 1 and abs(total - 100) <= _HUNDRED and all(_at_least_one(n) for n in numbers)
    title = Message(f"write {written}%", f"改为 {written}%")
    return Fix(title, (Edit(span.end, span.end, "%"),), safe)


def _at_least_one(number: object) -> bool:
    return isinstance(number, int | float) and number >= 1


def renamed(mistake: Mistake, salvage: Salvage, source: Source) -> Fix | None:
    """Write an id in kebab-case, wherever this document names it.

    Other documents may name it too, so this is never certain.
    """
    wrong = mistake.value
    if not isinstance(wrong, str) or not _names(mistake.path):
        return None
    right = re.sub(r"[^a-z0-9]+", "-", wrong.lower()).strip("-")[:64].strip("-")
    places = list(_places(salvage, wrong))
    if not right or right == wrong or not places or next(_places(salvage, right), None):
        return None
    edits = []
    for start, end in sorted(set(places)):
        if source.text[start:end].strip("\"'") != wrong:
            return None  # Written behind an alias or with escapes.
        edits.append(Edit(start, end, right))
    title = Message(
        f"write `{right}`, wherever this file names it", f"改为 `{right}`，包括本文件中的所有引用"
    )
    return Fix(title, tuple(edits), safe=False)


def _names(path: Loc) -> bool:
    return bool(_NAMING & {part for part in path if isinstance(part, str)})


def _places(salvage: Salvage, id: str) -> Iterator[Range]:
    """Yield where an id is written, as a value or as a key."""
    waiting: list[tuple[Loc, Any, bool]] = [((), salvage.value(()), False)]
    while waiting:
        loc, value, naming = waiting.pop()
        if isinstance(value, dict):
            for key, held in value.items():
                if naming and key == id:
                    yield salvage.spans.key((*loc, key))
                within = key in _NAMING or (naming and loc[-1:] in (("raci",),))
                waiting.append(((*loc, key), held, within))
        elif isinstance(value, list):
            waiting += [((*loc, at), held, naming and loc[-1] != "actors") for at, held in enumerate(value)]
        elif naming and value == id:
            yield salvage.spans.closest(loc)
