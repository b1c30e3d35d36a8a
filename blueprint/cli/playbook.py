"""`blueprint playbook`: the standards in force, the built-in ones and a team's own."""

from __future__ import annotations

import json

import click

from blueprint.cli.project import Project, language_option, open_project
from blueprint.cli.speech import RefusedError, spoken
from blueprint.cli.writing import write_out
from blueprint.model.standards import SECTIONS, Standing


@click.group()
def playbook() -> None:
    """Show the standards in force: protocols, service levels, lexicon, scales, claims and more.

    The built-in ones, and over them what the playbooks of the workspace say.
    """


@playbook.command("list")
@click.argument("paths", nargs=-1)
@click.option("--section", type=click.Choice(SECTIONS), multiple=True, help="Only these sections.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="For people or programs.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to a file.")
@language_option
def list_(paths: tuple[str, ...], section: tuple[str, ...], shape: str, output: str | None) -> None:
    """List every entry: its id, its title, its source, and whether the source was looked up."""
    from blueprint.report import playbook as report

    project = open_project(paths)
    found = [it for it in project.workspace.standards.entries() if not section or it.section in section]
    if shape == "json":
        text = json.dumps(report.as_rows(found), indent=2, ensure_ascii=False) + "\n"
    else:
        text = report.as_table(found, spoken(), _builtin())
    write_out(text, output)


@playbook.command()
@click.argument("id")
@click.argument("paths", nargs=-1)
@click.option("--format", "shape", type=click.Choice(["text", "json", "yaml"]), default="text",
              show_default=True, help="For people, for programs, or to copy into a playbook.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to a file.")
@language_option
def show(id: str, paths: tuple[str, ...], shape: str, output: str | None) -> None:
    """Show the entry ID, such as `eoac` or `protocols/eoac`, with everything it says."""
    from blueprint.report import playbook as report

    standing = _one(open_project(paths), id)
    match shape:
        case "json":
            text = json.dumps(report.as_data(standing), indent=2, ensure_ascii=False) + "\n"
        case "yaml":
            text = report.as_yaml(standing)
        case _:
            text = report.as_text(standing, spoken())
    write_out(text, output)


def _one(project: Project, id: str) -> Standing:
    standards = project.workspace.standards
    found = standards.find(id)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(standing.reference for standing in found)
        raise RefusedError(
            f"`{id}` stands in several sections: write one of {names}",
            f"多个分区都有 `{id}`：请写 {names} 之一",
        )
    from difflib import get_close_matches

    known = [name for it in standards.entries() for name in (it.id, it.reference)]
    close = get_close_matches(id.lower(), known, n=1)
    raise RefusedError(
        f"no standard is called `{id}`; "
        + (f"did you mean `{close[0]}`?" if close else "`blueprint playbook list` lists them all"),
        f"没有叫 `{id}` 的条目；"
        + (f"是否应为 `{close[0]}`？" if close else "`blueprint playbook list` 可列出全部"),
    )


def _builtin() -> frozenset[str]:
    from blueprint.source.standards import builtin_standards

    return frozenset(builtin_standards().origins.values())
