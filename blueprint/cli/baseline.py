"""`blueprint baseline`: record what is known, so that only new findings count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from blueprint.cli.memory import NAME, Asked, baseline_file, below_root, gone_of, load_baseline
from blueprint.cli.project import Project, language_option, near, open_project, paths_argument
from blueprint.cli.speech import MisusedError, RefusedError, say
from blueprint.cli.writing import write_out

if TYPE_CHECKING:
    from blueprint.lint.baseline_file import Entry
    from blueprint.lint.selection import Settings
    from blueprint.report.run import Run


@click.command()
@paths_argument
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False), metavar="FILE",
    help=f"The baseline.  [default: the configuration's, else {NAME} in the project's folder]",
)  # fmt: skip
@click.option(
    "--update",
    is_flag=True,
    help="Accept what is new as well, and forget what is gone, in the files looked at.",
)
@click.option("--prune", is_flag=True, help="Forget what is gone and accept nothing new.")
@click.option(
    "--today", metavar="DAY",
    help="The day on which ignores must still hold.  [default: SOURCE_DATE_EPOCH, else the clock's]",
)  # fmt: skip
@language_option
def baseline(
    paths: tuple[str, ...], output: str | None, update: bool, prune: bool, today: str | None
) -> int:
    """Record today's findings, so that `blueprint check` fails only on new ones.

    PATHS are files and folders; without any, what the configuration names. The file is meant to be kept
    with the journeys and read in reviews. A finding is known again by its rule, its document and its place
    in it, whatever happens to the lines around it; one that passes its limit by more than recorded is new.

    What nobody can live with is not recorded: a file that cannot be read as written. The exit code is 1
    then.
    """
    if update and prune:
        raise MisusedError("--update and --prune exclude each other", "--update 和 --prune 不能同时使用")
    if "-" in paths:
        raise MisusedError(
            "standard input has no place in a baseline; name files",
            "标准输入不能记入基线；请指定文件",
        )
    project = open_project(paths)
    asked = Asked(whole=not paths, baseline=output)
    file = baseline_file(project, asked) or near(project.config) / NAME
    known = _known(file, update or prune)
    settings = project.settings(today=today)
    run, entries = _look(project, settings, asked)
    missing = _missing(known, entries)
    gone = gone_of(missing, run, project, settings, asked)
    kept, added = _joined(known, entries, gone, new=not prune)
    from blueprint.lint.accepted import readable
    from blueprint.lint.baseline_file import dumped

    first = not file.exists()
    write_out(dumped(kept), str(file))
    code = _say(file, kept, added, gone, sum(not readable(d) for d in run.found))
    if first:
        _say_what_next(project, file)
    return code


def _known(file: Path, again: bool) -> list[Entry]:
    """Return what the file knows; refuse to take the place of one unasked."""
    if again:
        return load_baseline(file)
    if file.exists():
        raise RefusedError(
            f"{file} is there already; --update accepts what is new as well, --prune forgets what is gone",
            f"{file} 已存在；--update 会把新问题也记入，--prune 只去掉已不存在的问题",
        )
    return []


def _look(project: Project, settings: Settings, asked: Asked) -> tuple[Run, list[Entry]]:
    """Check the project and return what there is to remember."""
    from blueprint.cli.check import look
    from blueprint.cli.speech import has_chosen, spoken
    from blueprint.lint.baseline import entries_of
    from blueprint.lint.fingerprint import identities

    run = look(project, settings, asked=asked._replace(forget=True))
    accepted = [accepted.finding for accepted in run.accepted]
    about = identities([*run.found, *accepted], run.sources)[: len(run.found)]
    # The same file on every machine: what the configuration speaks, not the locale.
    language = spoken() if has_chosen() or project.config.language else "en"
    return run, entries_of(run.found, about, language=language, named=below_root(project))


def _missing(known: list[Entry], entries: list[Entry]) -> list[Entry]:
    found = {entry.fingerprint for entry in entries}
    return [entry for entry in known if entry.fingerprint not in found]


def _joined(
    known: list[Entry], entries: list[Entry], gone: list[Entry], *, new: bool
) -> tuple[list[Entry], int]:
    """Return what is to be written, and how much of it was not known."""
    from blueprint.lint.baseline import pruned

    before = {entry.fingerprint for entry in known}
    if not new:
        return pruned(known, entries, gone), 0
    today = {entry.fingerprint for entry in entries}
    dropped = {entry.fingerprint for entry in gone}
    others = [e for e in known if e.fingerprint not in today and e.fingerprint not in dropped]
    return [*others, *entries], sum(e.fingerprint not in before for e in entries)


def _say(file: Path, kept: list[Entry], added: int, gone: list[Entry], unfit: int) -> int:
    many = "1 finding" if len(kept) == 1 else f"{len(kept)} findings"
    say(
        f"{file}: {many} known ({added} new, {len(gone)} gone)",
        f"{file}：已知问题 {len(kept)} 个（新增 {added}，去掉 {len(gone)}）",
    )
    if unfit:
        what = "1 finding is" if unfit == 1 else f"{unfit} findings are"
        say(
            f"{what} not recorded, for files must be readable as written; `blueprint check` shows them",
            f"有 {unfit} 个问题没有记入，因为文件必须能按原文读取；`blueprint check` 会列出它们",
        )
    return 1 if unfit else 0


def _say_what_next(project: Project, file: Path) -> None:
    """Say from when on a new baseline counts: at once, or when the configuration names it."""
    used = baseline_file(project, Asked())
    if used is not None and used.resolve() == file.resolve():
        say(
            "From now on `blueprint check` fails only on others; commit it, so that this holds for all.",
            "从现在起，`blueprint check` 只对其余问题报错；请提交这个文件，让它对所有人生效。",
        )
        return
    name = below_root(project)(str(file))
    say(
        f'`blueprint check` uses it with `--baseline {file}`, or with `baseline = "{name}"` in the '
        "configuration.",
        f'要让 `blueprint check` 使用它，请加 `--baseline {file}`，或在配置中写 `baseline = "{name}"`。',
    )
