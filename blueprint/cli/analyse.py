"""`blueprint analyse`: the figures of one document."""

from __future__ import annotations

import json

import click

from blueprint import api
from blueprint.cli.project import Project, language_option, one_document
from blueprint.cli.writing import write_out
from blueprint.source.document import Document


@click.command()
@click.argument("file")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="For people or programs (docs/analysis.md).")  # fmt: skip
@click.option("--persona", help="Count only this persona's scores.")
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to a file.")
@language_option
def analyse(file: str, shape: str, persona: str | None, output: str | None, language: str | None) -> int:
    """Compute what customers will remember of FILE (or `-`), and where it hurts.

    Of a service blueprint: line crossings, handoffs, waits and the critical path.
    """
    project, document = one_document(file)
    if persona is not None and persona not in (known := api.personas_in(document)):
        names = ", ".join(known) or "none"
        raise click.UsageError(f"{document.source.name} scores no persona `{persona}`; it has: {names}.")
    try:
        analysis = api.analyse(document, project.workspace, persona=persona)
    except api.Uncomputable as impossible:
        return _refuse(project, document, impossible, language)
    if shape == "json":
        from blueprint.analysis.as_json import as_json

        text = json.dumps(as_json(analysis), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    else:
        from blueprint.report import analysis as report

        text = report.render(analysis, language=project.language(language))
    write_out(text, output)
    return 0


def _refuse(
    project: Project, document: Document, impossible: api.Uncomputable, language: str | None
) -> int:
    """Say why nothing can be computed, with the findings that name the place."""
    from blueprint.diagnostic import Severity
    from blueprint.report import text

    found = [
        diagnostic
        for diagnostic in api.check(document, project.workspace, project.settings())
        if diagnostic.severity >= Severity.ERROR
    ]
    if found:
        sources = {document.source.name: document.source}
        click.echo(text.render(found, sources, language=project.language(language)), err=True, nl=False)
    click.echo(f"{document.source.name}: nothing computed: {impossible.reason}", err=True)
    return 1
