"""The standards in force: read from the YAML that ships with the program, and from a team's playbooks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from blueprint.source.document import Document, read_document
from blueprint.source.text import Source
from blueprint.source.tree import parse

if TYPE_CHECKING:
    from blueprint.model.playbook import Playbook
    from blueprint.model.standards import Standards

FOLDER = "playbooks"
"""The folder of the package that holds the built-in playbooks."""


def builtin_sources() -> tuple[Source, ...]:
    """Return the texts of the built-in playbooks, in the order of their names."""
    folder = files("blueprint") / FOLDER
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(Source(f"{FOLDER}/{name}", (folder / name).read_text("utf-8")) for name in names)


def builtin_documents() -> tuple[Document, ...]:
    """Read the built-in playbooks as any other document is read, with all checks."""
    return tuple(read_document(source) for source in builtin_sources())


@cache
def builtin_standards() -> Standards:
    """Return the standards that ship with the program; they are read once, when somebody asks."""
    from blueprint.model.patterns import TRUSTED
    from blueprint.model.playbook import Playbook
    from blueprint.model.standards import standards_of

    return standards_of(
        Playbook.model_validate(parse(source).data, context=TRUSTED) for source in builtin_sources()
    )


def standards_with(playbooks: Iterable[Playbook]) -> Standards:
    """Put playbooks over the built-in standards: those that others build on first, else by id."""
    from blueprint.model.standards import standards_of

    ordered = in_order(playbooks)
    return standards_of(ordered, builtin_standards()) if ordered else builtin_standards()


def in_order(playbooks: Iterable[Playbook]) -> tuple[Playbook, ...]:
    """Sort playbooks by id, each after those it extends; a detour back to itself is cut."""
    by_id: dict[str, Playbook] = {}
    for playbook in sorted(playbooks, key=lambda playbook: playbook.id):
        by_id.setdefault(playbook.id, playbook)
    placed: dict[str, Playbook] = {}
    while by_id:
        free = (id for id, it in by_id.items() if not any(o in by_id for o in it.extends if o != id))
        id = next(free, None) or next(iter(by_id))
        placed[id] = by_id.pop(id)
    return tuple(placed.values())
