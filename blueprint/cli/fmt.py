"""`blueprint fmt`: one canonical layout for every document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

import click

from blueprint.cli.project import Project, language_option, open_project, paths_argument
from blueprint.cli.rewriting import difference, mark_of_standard_input, put, text_of
from blueprint.cli.speech import MisusedError, explain, say
from blueprint.cli.writing import write_out
from blueprint.diagnostic import Message

_NO_TEXT = Message("it is not UTF-8 text of at most 10 MB", "不是 10 MB 以内的 UTF-8 文本")


@dataclass
class _Tally:
    """What became of the files."""

    changed: list[str] = field(default_factory=list)
    kept: int = 0
    failed: int = 0


@click.command()
@paths_argument
@click.option("--check", "checks", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@click.option("--diff", "shows", is_flag=True, help="Print what would change instead of writing; exit 1.")
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), help="Processes.  [default: one per core for many files]"
)
@click.option("--stdin-name", default="-", help="The file name to report for `-`.")
@language_option
def fmt(paths: tuple[str, ...], checks: bool, shows: bool, jobs: int | None, stdin_name: str) -> int:
    """Lay documents out: order of keys, indentation, quotes, wrapped text. What they say never changes.

    PATHS are files and folders; without any, what the configuration names. `-` reads standard input and
    writes to standard output. Comments stay with what they belong to. YAML files that hold no document of
    ours, and files with syntax errors, are left alone.
    """
    if "-" in paths:
        if len(paths) > 1:
            raise MisusedError("`-` stands alone: nothing else can be laid out with it", "`-` 只能单独使用")
        return _standard_input(stdin_name, checks, shows)
    project = open_project(paths, stdin_name=stdin_name)
    tally = _Tally()
    for part in _parts(project.workspace.files, jobs):
        for laid in part:
            _take(laid, tally, writes=not (checks or shows), shows=shows)
    tally.failed += _troubles(project)
    for name in tally.changed if checks and not shows else ():
        click.echo(name)
    _sum_up(tally, would=checks or shows)
    return 2 if tally.failed else int(bool(tally.changed) and (checks or shows))


def _parts(files: Sequence[Path], jobs: int | None) -> Iterator[list[_Laid]]:
    """Yield what came of the files in their order, whoever laid them out."""
    from blueprint.cli.crew import jobs_for, settle, share_out

    jobs = jobs_for(len(files), jobs)
    if jobs > 1:
        yield from share_out(_lay_out, files, jobs)
        return
    settle()
    for path in files:
        yield [_laid(path)]


class _Laid(NamedTuple):
    """What came of laying out one file; the text before and after where they differ."""

    path: Path
    state: Literal["changed", "kept", "failed"]
    data: bytes = b""
    text: str = ""
    result: str = ""
    why: Message | OSError | None = None


def _lay_out(files: Sequence[Path]) -> list[_Laid]:
    return [_laid(path) for path in files]


def _laid(path: Path) -> _Laid:
    from blueprint.source.layout import NotLaidOutError, laid_out
    from blueprint.source.reading import MAX_BYTES
    from blueprint.source.text import Source

    try:
        data = path.read_bytes() if path.is_file() else _no_file(path)
        text = text_of(data)
        if text is None or len(data) > MAX_BYTES:
            return _Laid(path, "failed", why=_NO_TEXT)
        result = laid_out(Source(str(path), text))
    except NotLaidOutError as why:
        return _Laid(path, "kept" if why.is_foreign else "failed", why=why.message)
    except OSError as failed:
        return _Laid(path, "failed", why=failed)
    return _Laid(path, "kept") if result == text else _Laid(path, "changed", data, text, result)


def _take(laid: _Laid, tally: _Tally, *, writes: bool, shows: bool) -> None:
    """Write or show one file, or say why it is left alone."""
    name = str(laid.path)
    if isinstance(laid.why, OSError):
        explain(laid.why)
    elif laid.why is not None:
        say(f"{name}: left alone: {laid.why.en}", f"{name}：未改动：{laid.why.zh}")
    tally.kept += laid.state == "kept"
    tally.failed += laid.state == "failed"
    if laid.state != "changed":
        return
    try:
        if shows:
            write_out(difference(name, laid.text, laid.result), None)
        if writes:
            put(laid.path, laid.data, laid.result)
        tally.changed.append(name)
    except OSError as failed:
        tally.failed += 1
        explain(failed)
    except click.ClickException as refused:
        tally.failed += 1
        say(refused.message, refused.message)


def _no_file(path: Path) -> bytes:
    """Fail as opening fails, and also for what is no regular file and might never end."""
    import errno
    import os

    os.stat(path)
    raise OSError(errno.EINVAL, "not a regular file", str(path))


def _standard_input(name: str, checks: bool, shows: bool) -> int:
    from blueprint.source.layout import NotLaidOutError, laid_out

    mark = mark_of_standard_input()
    source = (document := open_project(("-",), stdin_name=name).workspace.documents_given[0]).source
    foreign = [found for found in document.diagnostics if found.code in ("YM010", "YM011")]
    try:
        if foreign:
            raise NotLaidOutError(*foreign[0].message)
        result = laid_out(source)
    except NotLaidOutError as why:
        say(f"{name}: left alone: {why.message.en}", f"{name}：未改动：{why.message.zh}")
        return 2
    if shows:
        write_out(difference(name, source.text, result), None)
    elif not checks:
        write_out(mark + result.encode("utf-8"), None)
    return int(result != source.text and (checks or shows))


def _troubles(project: Project) -> int:
    """Say which folders could not be read or hold nothing; return how many could not be read."""
    unreadable = 0
    for found in project.workspace.diagnostics:
        say(f"{found.file}: {found.message.en}", f"{found.file}：{found.message.zh}")
        unreadable += found.code == "YM010"
    return unreadable


def _sum_up(tally: _Tally, *, would: bool) -> None:
    changed, kept = len(tally.changed), tally.kept
    files = "1 file" if changed == 1 else f"{changed} files"
    done = f"{files} would be reformatted" if would else f"{files} reformatted"
    failed = f", {tally.failed} could not be laid out" if tally.failed else ""
    failed_zh = f"，{tally.failed} 个无法排版" if tally.failed else ""
    say(
        f"{done}, {kept} left alone{failed}.",
        f"{'将' if would else '已'}重新排版 {changed} 个文件，{kept} 个保持原样{failed_zh}。",
    )
