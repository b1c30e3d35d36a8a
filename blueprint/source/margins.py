"""Comments and blank lines: found in a text, and given to what they belong to.

libyaml drops comments, but it says where every value stands; whatever begins with `#` outside of them is
a comment. One at the end of a line belongs to what stands before it. One on a line of its own belongs to
what follows, unless it is indented deeper than that: then it closes the list or mapping it is aligned with.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from blueprint.source.written import Entry, Written

_IN_GAP = re.compile(r"&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*|(?P<comment>#[^\n]*)")
_ON_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")


class Comment(NamedTuple):
    """A comment and where it begins."""

    at: int
    text: str


class _Begin(NamedTuple):
    """Where an entry begins, or its value."""

    at: int
    entry: Entry
    owner: Written
    is_value: bool


class _End(NamedTuple):
    """Where something ends that a comment may stand beside."""

    at: int
    entry: Entry
    is_key: bool


@dataclass(slots=True)
class _Places:
    """Everything that begins and ends in a text, in its order."""

    leaves: list[tuple[int, int]] = field(default_factory=list)
    begins: list[_Begin] = field(default_factory=list)
    ends: list[_End] = field(default_factory=list)
    parents: dict[int, Written] = field(default_factory=dict)
    headers: list[tuple[Written, Entry]] = field(default_factory=list)


def comments(text: str, leaves: list[tuple[int, int]]) -> Iterator[Comment]:
    """Yield the comments of a text outside of its scalars.

    Args:
        text: The text.
        leaves: Where scalars and aliases stand, in order.
    """
    at = 0
    for begin, end in (*leaves, (len(text), len(text))):
        if at < begin and text.find("#", at, begin) >= 0:
            for found in _IN_GAP.finditer(text, at, begin):
                if found["comment"] is not None:
                    yield Comment(found.start(), found["comment"].rstrip())
        at = max(at, end)


def on_header(text: str, node: Written) -> list[str]:
    """Return the comment behind the `|` or `>` of a text that takes several lines, if there is one."""
    if node.style not in ("|", ">"):
        return []
    end = text.find("\n", node.start)
    found = _ON_HEADER.search(text, node.start, end if end >= 0 else len(text))
    return [found[1].rstrip()] if found else []


def settle(text: str, root: Written | None, start: int) -> tuple[list[str], list[str]]:
    r"""Give the comments and blank lines of a text to what they belong to.

    Args:
        text: The text, with `\n` for every line break.
        root: Its tree; comments are entered there.
        start: Where the document begins: what stands before belongs to nothing in it.

    Returns:
        Every comment, and those that belong to nothing: after the `---` of a document without entries.
    """
    if root is None or not root.entries:
        leaves = [] if root is None or root.kind not in ("scalar", "alias") else [(root.start, root.end)]
        alone = list(comments(text, leaves))
        return [found.text for found in alone], [found.text for found in alone if found.at >= start]
    places = _Places()
    _walk(root, places)
    places.begins.sort(
        key=lambda begin: begin.at
    )  # Stable: the outermost of those that begin together first.
    places.ends.sort(key=lambda end: end.at)
    begin_at = [begin.at for begin in places.begins]
    end_at = [end.at for end in places.ends]
    above: dict[int, list[str]] = {}
    every: list[str] = []
    for comment in comments(text, places.leaves):
        every.append(comment.text)
        if comment.at < start:
            continue
        line = text.rfind("\n", 0, comment.at) + 1
        last = bisect_right(end_at, comment.at) - 1
        if last >= 0 and places.ends[last].at > line:
            beside = places.ends[last]
            (beside.entry.head if beside.is_key else beside.entry.beside).append(comment.text)
            continue
        own = text[line : comment.at].isspace() or line == comment.at
        lines = ["", comment.text] if own and _blank_above(text, line) else [comment.text]
        following = bisect_left(begin_at, comment.at)
        coming = places.begins[following] if following < len(begin_at) else None
        if coming is not None and _dash_opened(text, comment.at, coming):
            # Behind the dash: it belongs to the first key of the item, not to the item.
            inner = places.begins[bisect_right(begin_at, coming.at) - 1]
            above.setdefault(id(inner.entry), []).extend(lines)
            continue
        begun = places.begins[following - 1] if following else None
        closed = _closed(places, begun, comment.at, comment.at - line, coming)
        if closed is not None:
            _close(closed, lines, places)
        elif coming is not None:
            above.setdefault(id(coming.entry), []).extend(lines)
    for begin in places.begins:
        if not begin.is_value:
            begin.entry.before = above.pop(id(begin.entry), [])
    _blank_lines(text, places)
    for node, entry in places.headers:
        found = on_header(text, node)
        entry.beside += found
        every += found
    return every, []


def _walk(owner: Written, places: _Places) -> None:
    for entry in owner.entries:
        value, key = entry.value, entry.key
        places.begins.append(_Begin(entry.start, entry, owner, is_value=False))
        if key is not None:
            places.leaves.append((key.start, key.end))
            places.ends.append(_End(key.end, entry, is_key=True))
        if value.kind in ("map", "list"):
            if value.flow and key is not None:
                places.begins.append(_Begin(value.start, entry, owner, is_value=True))
            places.parents[id(value)] = owner
            _walk(value, places)
            if value.flow:
                places.ends.append(_End(value.end, entry, is_key=False))
            continue
        if value.start == value.end:
            continue  # Nothing is written.
        places.leaves.append((value.start, value.end))
        if key is not None:
            places.begins.append(_Begin(value.start, entry, owner, is_value=True))
        if value.style in ("|", ">"):
            places.headers.append((value, entry))
        else:
            places.ends.append(_End(value.end, entry, is_key=False))


def _dash_opened(text: str, at: int, coming: _Begin) -> bool:
    """Whether what begins below a comment is a list's item whose dash stands above the comment."""
    if coming.is_value or coming.owner.kind != "list" or coming.owner.flow:
        return False
    lines = text[at : coming.at].split("\n")[1:]
    return not any(line.lstrip().startswith("-") for line in lines)


def _blank_above(text: str, line: int) -> bool:
    before = text.rfind("\n", 0, max(0, line - 1)) + 1
    return line > 0 and not text[before : line - 1].strip()


def _closed(
    places: _Places, begun: _Begin | None, at: int, column: int, coming: _Begin | None
) -> Written | None:
    """Return the list or mapping whose last lines a comment is; None where it belongs to what follows."""
    if begun is None:
        return None
    chain = [begun.entry.value] if begun.entry.value.flow else []
    owner: Written | None = begun.owner
    while owner is not None:
        chain.append(owner)
        owner = places.parents.get(id(owner))
    brackets = next((owner for owner in chain if owner.flow and owner.start < at < owner.end), None)
    if brackets is not None:
        return None if coming is not None and coming.at < brackets.end else brackets
    if coming is not None and coming.is_value:
        return None
    least = -1 if coming is None else coming.owner.column
    blocks = [owner for owner in chain if not owner.flow and least < owner.column]
    closed = blocks if coming is None else [owner for owner in blocks if owner.end <= at]
    fitting = [owner for owner in closed if owner.column <= column]
    return fitting[0] if fitting else chain[-1] if coming is None else None


def _close(owner: Written, lines: list[str], places: _Places) -> None:
    if owner.entries:
        owner.tail += lines
        return
    # Empty brackets cannot hold a comment once they stand in one line.
    around = next(begin.entry for begin in places.begins if begin.entry.value is owner)
    around.head += [line for line in lines if line]


def _blank_lines(text: str, places: _Places) -> None:
    """Note the blank line above each entry that begins a line."""
    seen = -1
    for begin in places.begins:
        if begin.is_value or begin.owner.flow or begin.at == seen:
            continue
        seen = begin.at
        line = text.rfind("\n", 0, begin.at) + 1
        if _blank_above(text, line) and not text[line : begin.at].strip("- \t?"):
            begin.entry.before.append("")
