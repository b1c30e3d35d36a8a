"""What rules over all files find in two states of a workspace; what is the same is read once."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blueprint.diagnostic import Diagnostic
from blueprint.lint.pairs import File, Pair

if TYPE_CHECKING:
    from blueprint.lint.portfolio import Card
    from blueprint.lint.selection import Settings
    from blueprint.source.workspace import Workspace

_By = dict[str, list[Diagnostic]]


class Together(NamedTuple):
    """Findings over all files by the path of the file they are in."""

    old: _By
    new: _By

    def of(self, pair: Pair) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """Return what was and what is found in one document."""
        return _of(pair.old, self.old), _of(pair.new, self.new)

    def differs(self, pair: Pair) -> bool:
        """Whether there is news about a document, whose own text may be the same."""
        was, now = self.of(pair)
        return Counter((d.code, d.element) for d in was) != Counter((d.code, d.element) for d in now)


def _of(file: File | None, found: _By) -> list[Diagnostic]:
    return found.get(str(file.path), []) if file else []


def together(
    pairs: Sequence[Pair],
    old: Workspace,
    new: Workspace,
    settings: Settings | None,
    cards: Mapping[Path, Card] = {},
) -> Together:
    """Run the rules over all files on both sides.

    Rules about the passing of time are silent: what is due has nothing to do with the two states.

    Args:
        pairs: every document of both sides.
        old: the old state.
        new: the new state.
        settings: what is checked on both sides.
        cards: those known of files of the new state, which then need not be read.
    """
    if all(pair.same for pair in pairs):
        return Together({}, {})
    from blueprint.lint.across import card_of

    before: list[Card] = []
    after: list[Card] = []
    for pair in pairs:
        card = (cards.get(pair.new.path) or card_of(new.read(pair.new.path))) if pair.new else None
        if card is not None:
            after.append(card)
        if pair.old is not None:
            same = card is not None and pair.same and _called(card.file) == pair.old.path.name
            read = (
                card._replace(file=str(pair.old.path))
                if card and same
                else card_of(old.read(pair.old.path))
            )
            before.append(read)
    return Together(_found(before, old, settings), _found(after, new, settings))


def _called(file: str) -> str:
    return os.path.basename(file)


def _found(cards: list[Card], workspace: Workspace, settings: Settings | None) -> _By:
    from blueprint.lint.across import check_portfolio

    cards.sort(key=lambda card: card.file)
    headed = {os.path.abspath(head.path) for head in workspace.headings}
    complete = headed <= {os.path.abspath(card.file) for card in cards}
    found: _By = defaultdict(list)
    for finding in check_portfolio(cards, settings, complete=complete):
        found[finding.file].append(finding)
    return dict(found)
