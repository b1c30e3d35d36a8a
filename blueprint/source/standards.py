"""The standards in force: read from the YAML that ships with the program, and from a team's playbooks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from blueprint.source.document import Document, read_document
from blueprint.source.text import Source

if TYPE_CHECKING:
    from blueprint.model.playbook import Playbook
    from blueprint.model.standards import Standards

FOLDER = "playbooks"
"""The folder of the package that holds the built-in playbooks."""


def builtin_documents() -> tuple[Document, ...]:
    """Read the built-in playbooks, in the order of their names."""
    folder = files("blueprint") / FOLDER
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=_name)
    return tuple(
        read_document(Source(f"{FOLDER}/{entry.name}", entry.read_text("utf-8"))) for entry in found
    )


def _name(entry: object) -> str:
    return str(getattr(entry, "name", ""))


@cache
def builtin_standards() -> Standards:
    """Return the standards that ship with the program; they are read once, when somebody asks."""
    from blueprint.model.playbook import Playbook
    from blueprint.model.standards import standards_of

    models = (document.model for document in builtin_documents())
    return standards_of(model for model in models if isinstance(model, Playbook))


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

    def place(playbook: Playbook, above: frozenset[str]) -> None:
        for id in playbook.extends:
            if id in by_id and id not in above:
                place(by_id[id], above | {id})
        placed.setdefault(playbook.id, playbook)

    for id, playbook in by_id.items():
        place(playbook, frozenset({id}))
    return tuple(placed.values())
