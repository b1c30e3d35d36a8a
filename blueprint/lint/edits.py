"""What a rule wants changed → edits of the text, in the style in which the text is written.

Every edit is as small as can be: comments, quotes and line breaks around it stay. Where that is not
possible (a comment stands in what would go, the place is shared through an alias) there is no edit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from blueprint.diagnostic import Edit, Range
from blueprint.lint.rule import Add, Change, Drop, Put
from blueprint.source.document import Document
from blueprint.source.spans import KEY, Branch, Loc, Node

_BREAK = re.compile(r"\r\n|\r|\n")


class _ImpossibleError(Exception):
    """The text has no place for this change."""


def edits_for(changes: Sequence[Change], document: Document) -> tuple[Edit, ...] | None:
    """Return the edits that make some changes; None where one of them cannot be made."""
    surgeon = _Surgeon(document)
    try:
        return tuple(sorted(surgeon.edit(change) for change in changes))
    except _ImpossibleError:
        return None


class _Surgeon:
    """Knows where to cut."""

    def __init__(self, document: Document) -> None:
        self.text = document.source.text
        self.spans = document.spans

    def edit(self, change: Change) -> Edit:
        match change:
            case Put():
                return self.put(change)
            case Add():
                return self.add(change)
            case Drop():
                return self.drop(change.loc)

    def put(self, change: Put) -> Edit:
        on_key = change.loc[-1:] == (KEY,)
        # One item may be written instead of a list, and a share without its `p:`.
        loc = self.spans.resolve(change.loc[:-1] if on_key else change.loc)
        node = self.node(loc)
        if isinstance(node, Branch) and not on_key:
            raise _ImpossibleError
        span = self.spans.key(loc) if on_key else _span(node)
        if span.start == span.end or self.text[span.start] in "&*!|>":
            raise _ImpossibleError
        if loc and change.text in self.beside(loc, on_key=on_key):
            raise _ImpossibleError  # It would be there twice.
        return Edit(span.start, span.end, change.text)

    def beside(self, loc: Loc, *, on_key: bool) -> set[str]:
        """Return the keys that stand beside a key, or the items beside a list's item, as written."""
        around = self.spans.at(loc[:-1])
        if not isinstance(around, Branch):
            return set()
        if on_key:
            return set(around.items) if isinstance(around.items, dict) else set()
        if isinstance(around.items, dict):
            return set()
        spans = (_span(item) for at, item in enumerate(around.items) if at != loc[-1])
        return {self.text[start:end] for start, end in spans}

    def node(self, loc: Loc) -> Node:
        """Return the place of a value that no alias shares."""
        node = self.spans.root
        outer = Range(0, len(self.text))
        for depth in range(len(loc) + 1):
            node = self.spans.at(loc[:depth])
            if node is None:
                raise _ImpossibleError
            span = _span(node)
            shared = span.start < span.end and self.text[span.start] in "&*"
            if shared or not outer.start <= span.start <= span.end <= outer.end:
                raise _ImpossibleError
            outer = span
        if node is None:
            raise _ImpossibleError
        return node

    def branch(self, loc: Loc) -> tuple[Branch, bool]:
        """Return the place of a list or mapping, and whether it is written in brackets."""
        node = self.node(loc)
        if not isinstance(node, Branch):
            raise _ImpossibleError
        return node, self.text[node.start] in "[{"

    def add(self, change: Add) -> Edit:
        branch, flow = self.branch(change.loc)
        written = f"{change.key}: {change.text}" if change.key else change.text
        if isinstance(branch.items, list):
            if not branch.items:
                return Edit(branch.start + 1, branch.start + 1, written)
            if flow:
                end = _span(branch.items[-1]).end
                return Edit(end, end, f", {written}")
            return self.below(_span(branch.items[-1]), f"{self.margin(branch.start)}- {written}")
        if not change.key or change.key in branch.items or not branch.items:
            raise _ImpossibleError
        after = change.after if change.after in branch.items else list(branch.items)[-1]
        end = max(branch.keys[after][1], _span(branch.items[after]).end)
        if flow:
            return Edit(end, end, f", {written}")
        first = min(start for start, _ in branch.keys.values())
        return self.below(Range(end, end), f"{self.margin(first)}{written}")

    def margin(self, at: int) -> str:
        """Return the spaces with which to begin a line so that it is aligned with a place."""
        line = max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1
        return " " * (at - line)

    def below(self, span: Range, line: str) -> Edit:
        """Put a line under the one on which something ends."""
        newline = _BREAK.search(self.text, span.end)
        some = _BREAK.search(self.text)
        sign = some[0] if some else "\n"
        end = newline.start() if newline else len(self.text)
        return Edit(end, end, sign + line)

    def drop(self, loc: Loc) -> Edit:
        """Take a list's item or a mapping's entry out; the last one takes the list or mapping with it."""
        if not loc:
            raise _ImpossibleError
        branch, flow = self.branch(loc[:-1])
        self.node(loc)
        if len(branch.items) == 1:
            return self.drop(loc[:-1])
        if isinstance(branch.items, list):
            order = [_span(item) for item in branch.items]
            at = int(loc[-1])
        else:
            names = sorted(branch.items, key=lambda name: branch.keys[name][0])
            order = [
                Range(branch.keys[name][0], max(branch.keys[name][1], _span(branch.items[name]).end))
                for name in names
            ]
            at = names.index(str(loc[-1]))
        gone = order[at]
        if flow or (at == 0 and isinstance(branch.items, dict) and not self.begins_line(gone.start)):
            start, end = (
                (gone.start, order[at + 1].start) if at + 1 < len(order) else (order[at - 1].end, gone.end)
            )
            return self.cut(start, end)
        line = max(self.text.rfind("\n", 0, gone.start), self.text.rfind("\r", 0, gone.start)) + 1
        newline = _BREAK.search(self.text, gone.end)
        if self.text[line : gone.start].strip(" -") or not (newline or at):
            raise _ImpossibleError
        if isinstance(branch.items, list) and self.text[line : gone.start].count("-") != 1:
            raise _ImpossibleError
        return self.cut(line, newline.end() if newline else len(self.text))

    def begins_line(self, at: int) -> bool:
        line = max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1
        return not self.text[line:at].strip()

    def cut(self, start: int, end: int) -> Edit:
        if "#" in self.text[start:end] or "&" in self.text[start:end]:
            raise _ImpossibleError  # A comment would be lost, or what an alias needs.
        return Edit(start, end, "")


def _span(node: Node) -> Range:
    return Range(node.start, node.end) if isinstance(node, Branch) else Range(*node)
