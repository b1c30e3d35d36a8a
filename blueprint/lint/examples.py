"""The examples of a rule's page, read and checked like files of a workspace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blueprint.diagnostic import Diagnostic
from blueprint.lint.across import card_of, check_portfolio
from blueprint.lint.engine import check_document
from blueprint.lint.selection import Settings
from blueprint.source.document import Document, read_document
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace

TODAY = date(2026, 2, 1)
"""The day on which examples are checked: the same on every day."""
_HEADING = re.compile(r"^(?:journey|blueprint|persona|playbook):[ \t]*([a-z0-9][a-z0-9-]*)", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A few documents that together form a workspace, and what the checker says of them."""

    documents: tuple[Document, ...]
    workspace: Workspace
    found: tuple[Diagnostic, ...]

    @property
    def sources(self) -> dict[str, Source]:
        """The texts by the names of their files."""
        return {document.source.name: document.source for document in self.documents}

    def of(self, document: Document) -> tuple[Diagnostic, ...]:
        """Return what was found in one of the documents."""
        return tuple(d for d in self.found if d.file == document.source.name)


def worked(texts: Sequence[str], code: str) -> Example:
    """Read an example and check it as everybody does who also selects the rule it is for.

    Args:
        texts: Its documents.
        code: The rule it is for.
    """
    names = _names(texts)
    documents = tuple(read_document(Source(name, text)) for name, text in zip(names, texts, strict=True))
    workspace, settings = Workspace.of(documents), Settings(select=("DEFAULT", code))
    found = [d for document in documents for d in check_document(document, workspace, settings)]
    found += check_portfolio(map(card_of, documents), settings, today=TODAY)
    return Example(documents, workspace, tuple(found))


def _names(texts: Sequence[str]) -> list[str]:
    """Call each document by its id, as most people do."""
    names: list[str] = []
    for text in texts:
        heading = _HEADING.search(text)
        stem = heading[1] if heading else "example"
        name, copy = f"{stem}.yaml", 1
        while name in names:
            copy += 1
            name = f"{stem}-{copy}.yaml"
        names.append(name)
    return names
