"""`check --fix` and `check --diff`: what findings say can be mended, mended in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from blueprint import api
from blueprint.cli.reports import Order, render, write_reports
from blueprint.cli.rewriting import difference, mark_of_standard_input, put, text_of
from blueprint.cli.speech import MisusedError, explain, say
from blueprint.cli.writing import write_out

if TYPE_CHECKING:
    from blueprint.cli.project import Project
    from blueprint.diagnostic import Diagnostic
    from blueprint.lint.mend import Mended
    from blueprint.lint.selection import Settings
    from blueprint.report.run import Run
    from blueprint.source.document import Document

_UNREADABLE = 2
"""The exit code where something could not be read or written."""


class Wish(NamedTuple):
    """What the command line wants done about findings."""

    unsafe: bool = False
    shows: bool = False
    is_standard_input: bool = False
    mark: bytes = b""
    """The byte-order mark with which standard input begins."""

    @classmethod
    def of(cls, paths: tuple[str, ...], *, fixes: bool, unsafe: bool, shows: bool) -> Wish:
        """Return what is wanted; to be called before standard input is read.

        Raises:
            MisusedError: options or paths do not go together.
        """
        if not (fixes or shows):
            raise MisusedError(
                "--unsafe-fixes says which fixes are made; add --fix to make them or --diff to see them",
                "--unsafe-fixes 只决定做哪些修改；请加上 --fix 写入修改，或加上 --diff 查看修改",
            )
        if "-" in paths and len(paths) > 1 and not shows:
            raise MisusedError(
                "with --fix, `-` stands alone: its text is written to standard output",
                "使用 --fix 时 `-` 只能单独使用：其文本会写到标准输出",
            )
        reads = "-" in paths
        return cls(unsafe, shows, reads, mark_of_standard_input() if reads else b"")


@dataclass
class Outcome:
    """What became of the files."""

    mended: dict[str, int] = field(default_factory=dict)
    """How many findings were mended, by file."""
    failed: int = 0
    """How many files could not be written."""


def mend_and_report(
    project: Project, settings: Settings, wanted: Wish, see: Callable[[], Run], reports: Sequence[Order]
) -> int:
    """Mend what was found, look again, and report what is left; with --diff only print the difference.

    The text of standard input goes to standard output, and what is reported about it to standard error.

    Args:
        project: The documents.
        settings: What is checked.
        wanted: What to do.
        see: Checks every document.
        reports: The reports to write.

    Returns:
        The exit code.
    """
    run = see()
    outcome = mend_all(project, run, settings, wanted)
    if wanted.shows:
        tell(outcome, wanted)
        unreadable = any(run.weigh(d) == _UNREADABLE for d in run.found)
        return _UNREADABLE if outcome.failed or unreadable else int(bool(outcome.mended))
    if outcome.mended:
        run = see()
    if wanted.is_standard_input:
        given = project.workspace.documents_given[0].source
        write_out(wanted.mark + given.text.encode("utf-8"), None)
        click.echo("".join(render(form, run) for form, file in reports if file is None), nl=False, err=True)
        reports = [order for order in reports if order.file is not None]
    unwritten = write_reports(run, reports)
    tell(outcome, wanted)
    worst = max((run.weigh(d) for d in run.found), default=0)
    return max(unwritten, worst, _UNREADABLE if outcome.failed else 0)


def mend_all(project: Project, run: Run, settings: Settings, wanted: Wish) -> Outcome:
    """Mend every file in which something was found, or print what that would change.

    A file is written whole or not at all. One that cannot be written is said, and the others are mended.
    """
    from blueprint.lint.mend import fixable

    outcome = Outcome()
    names = dict.fromkeys(d.file for d in fixable(run.found, unsafe=wanted.unsafe))
    given = {document.source.name: document for document in project.workspace.documents_given}
    for name in names:
        try:
            if name in given:
                _mend_given(project, given[name], run, settings, wanted, outcome)
            else:
                _mend_file(project, name, run, settings, wanted, outcome)
        except OSError as failed:
            outcome.failed += 1
            explain(failed)
        except click.ClickException as refused:
            outcome.failed += 1
            say(refused.message, refused.message)
    return outcome


def _mend_file(
    project: Project, name: str, run: Run, settings: Settings, wanted: Wish, outcome: Outcome
) -> None:
    path = Path(name)
    data = path.read_bytes()
    text = text_of(data)
    source = run.sources.get(name)
    if text is None or source is None or source.text != text:
        return  # It is not UTF-8, or no longer what was checked.
    document = project.workspace.read(path)
    done = _mended(document, run, settings, project, wanted)
    if done.text == text:
        return
    if wanted.shows:
        write_out(difference(name, text, done.text), None)
    else:
        put(path, data, done.text)
    outcome.mended[name] = len(done.applied)


def _mend_given(
    project: Project, document: Document, run: Run, settings: Settings, wanted: Wish, outcome: Outcome
) -> None:
    text = document.source.text
    done = _mended(document, run, settings, project, wanted)
    if done.text == text:
        return
    outcome.mended[document.source.name] = len(done.applied)
    if wanted.shows:
        write_out(difference(document.source.name, text, done.text), None)
    else:
        from blueprint.source.document import read_document
        from blueprint.source.text import Source

        project.workspace.replace(read_document(Source(document.source.name, done.text)))


def _mended(document: Document, run: Run, settings: Settings, project: Project, wanted: Wish) -> Mended:
    from blueprint.lint.mend import mend
    from blueprint.source.document import read_document
    from blueprint.source.text import Source

    name, workspace = document.source.name, project.workspace
    counted = [d for d in run.found if d.file == name]
    everything = api.check(document, workspace, settings)
    # What somebody answers for (a baseline, the configuration) is not mended behind their back.
    accepted = Counter(map(_told, everything)) - Counter(map(_told, counted))

    def look(text: str) -> list[Diagnostic] | None:
        again = read_document(Source(name, text))
        if again.model is None and document.model is not None:
            return None
        workspace.replace(again)
        return [d for d in api.check(again, workspace, settings) if _told(d) not in accepted]

    try:
        return mend(document.source.text, counted, look, unsafe=wanted.unsafe)
    finally:
        if any(given.source.name == name for given in workspace.documents_given):
            workspace.replace(document)
        else:
            workspace.forget(name)


def _told(d: Diagnostic) -> tuple[str, str]:
    return d.code, d.message.en


def tell(outcome: Outcome, wanted: Wish) -> None:
    """Say how much was mended."""
    many, files = sum(outcome.mended.values()), len(outcome.mended)
    findings = "1 finding" if many == 1 else f"{many} findings"
    in_files = "1 file" if files == 1 else f"{files} files"
    if wanted.shows:
        say(
            f"{findings} would be mended in {in_files}." if many else "Nothing would be mended.",
            f"将修正 {files} 个文件中的 {many} 个问题。" if many else "没有可修正的问题。",
        )
    elif many:
        say(f"{findings} mended in {in_files}.", f"已修正 {files} 个文件中的 {many} 个问题。")
