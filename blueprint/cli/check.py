"""`blueprint check`: the linter."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from blueprint.cli.findings import exit_code
from blueprint.cli.project import Project, language_option, open_project, paths_argument
from blueprint.cli.speech import spoken
from blueprint.cli.writing import write_out

if TYPE_CHECKING:
    from blueprint.diagnostic import Diagnostic
    from blueprint.lint.selection import Settings
    from blueprint.source.text import Source


SHAPES = ("text", "json", "github", "sarif")


@click.command()
@paths_argument
@click.option(
    "--format", "shape", type=click.Choice(SHAPES), default="text", show_default=True,
    help="For people, programs, GitHub annotations or code scanning.",
)  # fmt: skip
@click.option(
    "--select", multiple=True, help="Codes, families or names to check, separated by commas; ALL for all."
)
@click.option("--ignore", multiple=True, help="Codes, families or names not to check.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]),
    help="The severity from which the exit code is 1.  [default: error]",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write the report to a file.")
@click.option("--stdin-name", default="-", help="The file name to report for `-`.")
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), help="Processes.  [default: one per core for many files]"
)
@language_option
def check(
    paths: tuple[str, ...],
    shape: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    output: str | None,
    stdin_name: str,
    jobs: int | None,
) -> int:
    """Say what is wrong with journeys and blueprints, where, and what to do.

    PATHS are files and folders, `-` for standard input; without any, what the configuration names, else
    its folder, else the current one.
    """
    project = open_project(paths, stdin_name=stdin_name)
    settings = project.settings(select, ignore)
    found, sources, checked = _check(project, settings, jobs)
    text = _report(shape, found, sources, checked, spoken(), output)
    write_out(text, output)
    return exit_code(found, fail_on or project.fail_on)


def _check(
    project: Project, settings: Settings, jobs: int | None
) -> tuple[list[Diagnostic], dict[str, Source], int]:
    from blueprint.cli.crew import check_all

    found, sources, checked = check_all(project.workspace, settings, jobs)
    return [*project.workspace.diagnostics, *found], sources, checked


def _report(
    shape: str,
    found: list[Diagnostic],
    sources: dict[str, Source],
    checked: int,
    language: str,
    output: str | None,
) -> str:
    match shape:
        case "json":
            from blueprint.report import as_json

            return as_json.render(found, sources, language=language)
        case "github":
            from blueprint.report import github

            return github.render(found, sources, language=language)
        case "sarif":
            from blueprint.lint.book import all_rules
            from blueprint.report import sarif

            return sarif.render(found, sources, language=language, rules=all_rules())
        case _:
            from blueprint.report import text

            color = output is None and _wants_color()
            return text.render(found, sources, language=language, color=color, checked=checked)


def _wants_color() -> bool:
    import os

    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())
