"""Finding documents, and what can be asked of one before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.source.document import Document
from blueprint.source.workspace import Workspace

if TYPE_CHECKING:
    from blueprint.model.sheet import Sheet


def load(
    paths: Iterable[Path | str], *, root: Path | None = None, exclude: Sequence[str] = ()
) -> Workspace:
    """Find the documents in files and folders. Files are read when they are needed.

    Args:
        paths: Files and folders; folders are walked for YAML files whose first key names a document.
        root: The folder in which references are looked up; each file's own folder where it is None.
        exclude: Patterns of paths, relative to the root, to leave out.
    """
    return Workspace(paths, root=root, exclude=exclude)


def sheets_of(document: Document) -> dict[str, Sheet]:
    """Return the tables that a journey names, by name; unreadable ones are left out."""
    if not isinstance(document.model, Journey):
        return {}
    from blueprint.source.sheets import sheets_of as read

    return read(document.source.name, document.model)


def views_of(document: Document) -> tuple[str, ...]:
    """Return the pictures a document has, the main one first; none for a persona or a broken file."""
    if isinstance(document.model, Journey):
        return ("map", "flow")
    return ("blueprint",) if isinstance(document.model, ServiceBlueprint) else ()


def personas_in(document: Document) -> tuple[str, ...]:
    """Return the personas whose own scores a journey holds."""
    if not isinstance(document.model, Journey):
        return ()
    scored = {persona for point in document.model.touchpoints.values() for persona in point.scores}
    return tuple(sorted(scored - {""}))


def name_of(document: Document) -> str:
    """Return what its pictures are called: a document's id; its file's name where the id is none."""
    id = getattr(document.model, "id", "")
    return id if id == document.id else Path(document.source.name).stem.strip("-") or "drawing"


def languages_of(document: Document) -> tuple[str, ...]:
    """Return the languages in which a document can be drawn: its own, and those of its title."""
    model = document.model
    if isinstance(model, (Journey, ServiceBlueprint)):
        return model.heading.languages or (model.language,)
    return ()
