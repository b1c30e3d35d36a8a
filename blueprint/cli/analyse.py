"""`blueprint analyse`: the figures of one document."""

from __future__ import annotations

import json
from typing import Any

import click

from blueprint import api
from blueprint.cli.findings import say_partial, show_errors
from blueprint.cli.project import Project, language_option, one_document
from blueprint.cli.speech import MisusedError, say, spoken
from blueprint.cli.writing import write_out
from blueprint.model.journey import Journey
from blueprint.source.document import Document


@click.command()
@click.argument("file")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="For people or programs (docs/analysis.md).")  # fmt: skip
@click.option("--persona", help="Count only this persona's scores.")
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to a file.")
@language_option
def analyse(file: str, shape: str, persona: str | None, output: str | None) -> int:
    """Compute what customers will remember of FILE (or `-`), and where it hurts.

    Of a service blueprint: line crossings, handoffs, waits and the critical path. Exit code 1 where the
    file has errors: nothing is computed, or only what could be read of it.
    """
    project, document = one_document(file)
    name = document.source.name
    if document.model is not None:
        _look_up(persona, document)
    try:
        analysis = api.analyse(document, project.workspace, persona=persona)
    except api.Uncomputable as impossible:
        code = show_errors(document, project)
        why = impossible.reason
        say(f"{name}: nothing computed: {why.en}", f"{name}：未作计算：{why.zh}")
        return code
    if shape == "json":
        from blueprint.analysis.as_json import as_json

        model = document.model
        personas = project.workspace.personas_of(model) if isinstance(model, Journey) else {}
        told = as_json(
            analysis,
            project.workspace.standards,
            api.sheets_of(document),
            personas=personas,
            language=spoken(),
        )
        text = json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    else:
        from blueprint.report import analysis as report

        text = report.render(analysis, language=spoken(), segments=_segments(document, project))
    write_out(text, output)
    return say_partial([document])


def _segments(document: Document, project: Project) -> dict[str, Any] | None:
    """Return what there is to tell of a journey's customers; None without any."""
    journey = document.model
    if not isinstance(journey, Journey) or journey.customers is None:
        return None
    from blueprint.analysis import customers

    tables = {name: sheet.columns for name, sheet in api.sheets_of(document).items()}
    return customers.told(journey, tables, project.workspace.standards)


def _look_up(persona: str | None, document: Document) -> None:
    known = api.personas_in(document)
    if persona is not None and persona not in known:
        name, names = document.source.name, ", ".join(known)
        raise MisusedError(
            f"{name} has no scores of a persona `{persona}`; "
            + (f"there are those of {names}" if names else "its scores are of nobody in particular"),
            f"{name} 中没有画像 `{persona}` 的评分；"
            + (f"有评分的是 {names}" if names else "评分不分画像"),
        )
