"""YAML text → plain data and the place of every value; after a syntax error, the rest of the text."""

from __future__ import annotations

from dataclasses import replace

from blueprint.diagnostic import Diagnostic
from blueprint.source import conflicts, gaps
from blueprint.source.builder import MAX_DEPTH, MAX_NODES, Builder, Tree
from blueprint.source.spans import Loc
from blueprint.source.text import Source

__all__ = ["MAX_DEPTH", "MAX_NODES", "Tree", "parse"]

_MAX_GAPS = 20
_MAX_MENDED = 200_000
"""Texts longer than this are read once only: each syntax error costs another reading."""


def parse(source: Source) -> Tree:
    """Read the first document of a YAML text. Never raises: what is wrong becomes diagnostics.

    After a syntax error the broken entry (a key or a list's item, told by indentation) is left out and
    the rest is read, so that one slip does not hide the next.
    """
    settled = conflicts.settle(source)
    text = settled.text
    errors: list[Diagnostic] = []
    lost: list[Loc] = []
    ids = set(settled.lost_ids)
    while True:
        builder = Builder(source, text)
        tree = builder.run()
        if builder.error is None:
            break
        onward = not errors or builder.error.span.start > errors[-1].span.start
        if builder.gap is None or not onward or len(errors) >= _MAX_GAPS or len(text) > _MAX_MENDED:
            break
        errors.append(builder.error)
        lost.append(builder.lost)
        ids |= gaps.ids_in(text, builder.gap)
        text = gaps.blanked(text, builder.gap)
    found = sorted({*settled.diagnostics, *errors, *tree.diagnostics}, key=lambda d: (d.span, d.code))
    return replace(tree, diagnostics=tuple(found), lost=tuple(lost), lost_ids=frozenset(ids))
