"""What a document can see of its workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blueprint.lint.rule import Scope
from blueprint.plugins import active

if TYPE_CHECKING:
    from blueprint.diagnostic import Message
    from blueprint.model.journey import Journey
    from blueprint.model.sheet import Sheet
    from blueprint.model.standards import Standards
    from blueprint.source.document import Document
    from blueprint.source.workspace import Workspace


class Around:
    """The documents of a workspace, as rules ask about them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return every id of a kind."""
        return self._workspace.ids(kind)

    def journey(self, id: str) -> Journey | None:
        """Return the journey with an id; None where there is none that could be read."""
        return self._workspace.journey(id)

    def lost(self, kind: str, id: str) -> frozenset[str]:
        """Return the ids inside a document that are written but could not be read."""
        document = self._workspace.find(id, kind)
        return document.lost_ids if document else frozenset()

    def sheet(self, file: str, name: str) -> Sheet | Message:
        """Return the table that a file names, or why it cannot be read."""
        from pathlib import Path

        from blueprint.source.sheets import read_sheet

        self._workspace.note_file(Path(file).parent / name)
        return read_sheet(file, name)

    def twins(self, id: str, file: str) -> tuple[str, ...]:
        """Return the other files that claim the same id."""
        return tuple(name for name in self._workspace.claims.get(id, ()) if name != file)

    def own_standards(self) -> Standards | None:
        """Return the standards in force where a team brings playbooks; None where it brings none."""
        brought = self._workspace.ids("playbook") or active().of("playbooks")
        return self._workspace.standards if brought else None


def scope_of(document: Document, workspace: Workspace | None) -> Scope | None:
    """Return a document among its neighbours; None where it could not be read."""
    if document.model is None:
        return None
    around = None if workspace is None else Around(workspace)
    return Scope(document.source.name, document.model, document.lost_ids, around)
