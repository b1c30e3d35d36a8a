"""What the rules find, in one document and in all of them together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from blueprint.diagnostic import Diagnostic
from blueprint.source.document import Document
from blueprint.source.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from blueprint.lint.selection import Settings


def check(
    document: Document, workspace: Workspace, settings: Settings | None = None
) -> tuple[Diagnostic, ...]:
    """Return everything there is to say about a document, in the order of its text. Never raises.

    What the settings accept is left out.
    """
    from blueprint.lint.engine import check_document

    return _not_accepted(check_document(document, workspace, settings), settings)


def check_together(
    documents: Iterable[Document],
    settings: Settings | None = None,
    *,
    today: date | None = None,
    complete: bool = True,
) -> tuple[Diagnostic, ...]:
    """Return what shows only when documents are looked at together, file by file. Never raises.

    Args:
        documents: All that were checked one by one.
        settings: What to check; the default selection where left out.
        today: The day of the run; without it, rules about the passing of time are silent.
        complete: Whether these are all the documents there are, so that what they lack is missing.
    """
    from blueprint.lint.across import card_of, check_portfolio

    found = check_portfolio(map(card_of, documents), settings, today=today, complete=complete)
    return _not_accepted(found, settings)


def _not_accepted(found: tuple[Diagnostic, ...], settings: Settings | None) -> tuple[Diagnostic, ...]:
    """Leave out what the configuration accepts."""
    if settings is None or not settings.accepted:
        return found
    from blueprint.lint.accepted import held_against

    return tuple(held_against(found, settings.accepted, settings.root, settings.today).kept)
