"""What is wrong with documents, for commands that wanted something else of them; and the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from blueprint.cli.speech import say, spoken
from blueprint.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from blueprint.cli.project import Project
    from blueprint.source.document import Document
    from blueprint.source.workspace import Workspace

_CODES = {"IN001": 3, "YM010": 2, "IN106": 2}
"""Findings that are more than findings: a rule crashed, a file cannot be read."""


def exit_code(found: Iterable[Diagnostic], fail_on: str = "error") -> int:
    """Return 3 where a rule crashed, 2 where a file could not be read, 1 where findings weigh enough."""
    least = {"error": Severity.ERROR, "warning": Severity.WARNING}.get(fail_on)
    return max(
        (_CODES.get(d.code, int(least is not None and d.severity >= least)) for d in found), default=0
    )


def show_errors(document: Document, project: Project) -> int:
    """Print what keeps a document from being read or computed; return the exit code that is due."""
    from blueprint import api
    from blueprint.report import text
    from blueprint.report.run import Run

    everything = api.check(document, project.workspace, project.settings())
    found = [diagnostic for diagnostic in everything if diagnostic.severity >= Severity.ERROR]
    if found:
        sources = {document.source.name: document.source}
        click.echo(text.render(Run(found, sources), language=spoken()), err=True, nl=False)
    return exit_code(found) or 1


def say_partial(documents: Sequence[Document]) -> int:
    """Say which documents could be read only in part; return the exit code that is due."""
    partial = 0
    for document in documents:
        broken = sum(found.severity >= Severity.ERROR for found in document.diagnostics)
        if document.model is None or not broken:
            continue
        partial += 1
        name, places = document.source.name, "1 place" if broken == 1 else f"{broken} places"
        say(
            f"{name}: {places} could not be read as written; `blueprint check` says more",
            f"{name}：有 {broken} 处无法按原文读取；`blueprint check` 会详细说明",
        )
    return int(partial > 0)


def say_figureless(documents: Sequence[Document], workspace: Workspace) -> int:
    """Say which documents are drawn without figures, and why; return the exit code that is due."""
    from blueprint import api

    figureless = 0
    for document in documents:
        if reason := api.why_no_figures(document, workspace):
            figureless = 1
            name = document.source.name
            say(
                f"{name}: drawn without figures: {reason.en}; `blueprint check` says more",
                f"{name}：图中没有数据，因为{reason.zh}；`blueprint check` 会详细说明",
            )
    return figureless
