"""`blueprint check`: the linter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from blueprint.cli.findings import exit_code
from blueprint.cli.project import Project, language_option, open_project, paths_argument
from blueprint.cli.reports import DEFAULT, FORMATS, orders, write_reports

if TYPE_CHECKING:
    from blueprint.lint.selection import Settings
    from blueprint.report.run import Run


@click.command()
@paths_argument
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)),
    help=f"The format of what is printed.  [default: {DEFAULT}]",
)  # fmt: skip
@click.option(
    "--output", "-o", "outputs", multiple=True, metavar="[FORMAT=]FILE",
    help="Write a report to a file, as in sarif=found.sarif, or a FORMAT alone to print it; may be "
    "repeated. A FILE alone takes what would be printed.",
)  # fmt: skip
@click.option(
    "--select", multiple=True, help="Codes, families or names to check, separated by commas; ALL for all."
)
@click.option("--ignore", multiple=True, help="Codes, families or names not to check.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]),
    help="The severity from which the exit code is 1.  [default: error]",
)  # fmt: skip
@click.option("--stdin-name", default="-", help="The file name to report for `-`.")
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), help="Processes.  [default: one per core for many files]"
)
@language_option
def check(
    paths: tuple[str, ...],
    form: str | None,
    outputs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    stdin_name: str,
    jobs: int | None,
) -> int:
    """Say what is wrong with journeys and blueprints, where, and what to do.

    PATHS are files and folders, `-` for standard input; without any, what the configuration names, else
    its folder, else the current one.
    """
    project = open_project(paths, stdin_name=stdin_name)
    wanted = orders(form, outputs)
    run = look(project, project.settings(select, ignore), jobs)
    least = fail_on or project.fail_on
    run = replace(run, weigh=lambda finding: exit_code((finding,), least))
    unwritten = write_reports(run, wanted)
    return max(unwritten, exit_code(run.found, least))


def look(project: Project, settings: Settings, jobs: int | None = None) -> Run:
    """Check every document of a project; each step takes the findings and gives back what is left."""
    from blueprint.cli.crew import check_all
    from blueprint.report.run import Run

    workspace = project.workspace
    found, sources, _ = check_all(workspace, settings, jobs)
    found = [*workspace.diagnostics, *found]
    files = [*(document.source.name for document in workspace.documents_given), *map(str, workspace.files)]
    return Run(found, sources, files)
