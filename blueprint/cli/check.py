"""`blueprint check`: the linter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from blueprint.cli.cache import cache_of
from blueprint.cli.findings import exit_code
from blueprint.cli.memory import Asked, bare, known_to, without_accepted, without_known
from blueprint.cli.project import (
    Project,
    language_option,
    open_project,
    paths_argument,
    plugin_troubles,
)
from blueprint.cli.reports import DEFAULT, FORMATS, orders, write_reports
from blueprint.cli.speech import say
from blueprint.cli.watch import watchable

if TYPE_CHECKING:
    from blueprint.lint.cache import Cache
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
@click.option("--extend-select", multiple=True, help="Codes, families or names to check besides.")
@click.option("--ignore", multiple=True, help="Codes, families or names not to check.")
@click.option(
    "--baseline", type=click.Path(dir_okay=False), metavar="FILE",
    help="Fail only on findings that this file does not know.  [default: the configuration's]",
)  # fmt: skip
@click.option("--no-baseline", is_flag=True, help="Look at every finding, known or not.")
@click.option(
    "--today", metavar="DAY",
    help="The day on which ignores must still hold.  [default: SOURCE_DATE_EPOCH, else the clock's]",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]),
    help="The severity from which the exit code is 1.  [default: error]",
)  # fmt: skip
@click.option("--stdin-name", default="-", help="The file name to report for `-`.")
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), help="Processes.  [default: one per core for many files]"
)
@click.option(
    "--fix", "fixes", is_flag=True, help="Mend what can be mended with certainty; report the rest."
)
@click.option(
    "--unsafe-fixes", "unsafe", is_flag=True, help="Also make fixes that may change what was meant."
)
@click.option("--diff", "shows", is_flag=True, help="Print what --fix would change; write nothing.")
@click.option("--no-cache", is_flag=True, help="Check every file anew, and remember nothing.")
@language_option
@watchable
def check(
    paths: tuple[str, ...],
    form: str | None,
    outputs: tuple[str, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: str | None,
    no_baseline: bool,
    today: str | None,
    fail_on: str | None,
    stdin_name: str,
    jobs: int | None,
    fixes: bool,
    unsafe: bool,
    shows: bool,
    no_cache: bool,
) -> int:
    """Say what is wrong with journeys and blueprints, where, and what to do.

    PATHS are files and folders, `-` for standard input; without any, what the configuration names, else
    its folder, else the current one.
    """
    wish = None
    if fixes or unsafe or shows:
        from blueprint.cli.mending import Wish, mend_and_report

        wish = Wish.of(paths, fixes=fixes, unsafe=unsafe, shows=shows)
    project = open_project(paths, stdin_name=stdin_name)
    wanted = orders(form, outputs)
    asked = Asked(not paths, bool(select or ignore), baseline, no_baseline)
    cache = None if no_cache else cache_of(project.config)
    settings = project.settings(select, ignore, extend_select, today, cache)
    least = fail_on or project.fail_on

    def see() -> Run:
        run = look(project, settings, jobs, asked, cache)
        return replace(run, weigh=lambda finding: exit_code((finding,), least))

    if wish is not None:
        return mend_and_report(project, settings, wish, see, wanted)
    run = see()
    unwritten = write_reports(run, wanted)
    return max(unwritten, exit_code(run.found, least))


def look(
    project: Project,
    settings: Settings,
    jobs: int | None = None,
    asked: Asked | None = None,
    cache: Cache | None = None,
) -> Run:
    """Check every document of a project; each step takes the findings and gives back what is left.

    Args:
        project: What to check.
        settings: How.
        jobs: How many processes; by the number of files where it is None.
        asked: What the command line says about baselines.
        cache: Where the results of files that have not changed are looked up and kept.
    """
    from blueprint.cli.crew import check_all
    from blueprint.cli.day import day_of
    from blueprint.report.run import Run

    workspace, asked = project.workspace, asked or Asked()
    entries = known_to(project, asked)  # First, for nobody waits for a check that then is refused.
    found, sources, _ = check_all(workspace, bare(settings), jobs, cache, settings.today or day_of())
    if cache is not None and cache.trouble is not None:
        say(*cache.trouble)
    troubles, texts = plugin_troubles(project.config, cache)
    found, sources = [*troubles, *workspace.diagnostics, *found], {**texts, **sources}
    files = [*(document.source.name for document in workspace.documents_given), *map(str, workspace.files)]
    commented = [d for d in found if d.accepted is not None]
    if commented:
        found = [d for d in found if d.accepted is None]
    run = without_accepted(Run(found, sources, files, commented=commented), project, settings, asked)
    return without_known(run, entries, project, settings, asked)
