"""What a document can see of its workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blueprint.lint.rule import Scope

if TYPE_CHECKING:
    from blueprint.source.document import Document
    from blueprint.source.workspace import Workspace


def scope_of(document: Document, workspace: Workspace | None) -> Scope | None:
    """Return a document among its neighbours; None where it could not be read."""
    if document.model is None:
        return None
    return Scope(document.source.name, document.model, None, {}, frozenset())
