"""The standards in force: read from the YAML that ships with the program, and from a team's playbooks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from blueprint.diagnostic import Message, Severity
from blueprint.plugins import Plugins, active, modules
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


def plugin_playbooks() -> tuple[Playbook, ...]:
    """Return the playbooks that plugins bring; what cannot be read is left out and told."""
    return _plugin_playbooks(active()) if active().of("playbooks") else ()


@cache
def _plugin_playbooks(plugins: Plugins) -> tuple[Playbook, ...]:
    from blueprint.model.playbook import Playbook

    found: list[Playbook] = []
    for offer, package in modules(plugins, "playbooks"):
        texts = [entry for entry in files(package).iterdir() if entry.name.endswith((".yaml", ".yml"))]
        for entry in sorted(texts, key=lambda entry: entry.name):
            document = read_document(Source(f"{offer.plugin}/{entry.name}", entry.read_text("utf-8")))
            wrong = [d.message for d in document.diagnostics if d.severity >= Severity.ERROR]
            if isinstance(document.model, Playbook) and not wrong:
                found.append(document.model)
            else:
                why = wrong[0] if wrong else Message("it is no playbook", "它不是手册")
                plugins.blame(offer.plugin, f"{entry.name}: {why.en}", f"{entry.name}：{why.zh}")
    return tuple(found)


def shipped_standards() -> Standards:
    """Return the standards that stand below a team's own: the built-in ones, and over them the plugins'."""
    return _shipped(active()) if active().of("playbooks") else builtin_standards()


@cache
def _shipped(plugins: Plugins) -> Standards:
    from blueprint.model.standards import standards_of

    return standards_of(in_order(_plugin_playbooks(plugins)), builtin_standards())


def standards_with(playbooks: Iterable[Playbook]) -> Standards:
    """Put playbooks over those that ship: those that others build on first, else by id."""
    from blueprint.model.standards import standards_of

    ordered = in_order(playbooks)
    return standards_of(ordered, shipped_standards()) if ordered else shipped_standards()


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
