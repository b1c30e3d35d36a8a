"""What a check remembers: findings that the configuration accepts, and those of the baseline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blueprint.cli.project import near
from blueprint.cli.settings import refusal, shown
from blueprint.cli.speech import RefusedError, say

if TYPE_CHECKING:
    from blueprint.cli.project import Project
    from blueprint.diagnostic import Diagnostic
    from blueprint.lint.accepted import Accept
    from blueprint.lint.baseline_file import Entry
    from blueprint.lint.selection import Settings
    from blueprint.report.run import Run
    from blueprint.source.text import Source


NAME = "blueprint-baseline.json"
"""The baseline where nobody gives it a name: it counts by being there."""


class Asked(NamedTuple):
    """What the command line says about a run."""

    whole: bool = True
    """Whether no paths were named, so that the project as a whole is looked at."""
    narrowed: bool = False
    """Whether rules were selected or ignored for this run alone."""
    baseline: str | None = None
    """The baseline to use instead of the configuration's."""
    forget: bool = False
    """Whether to use no baseline at all."""


def bare(settings: Settings) -> Settings:
    """Return settings under which findings are the same whatever is accepted, and on whatever day."""
    return replace(settings, accepted=(), today=None) if settings.accepted or settings.today else settings


def without_accepted(run: Run, project: Project, settings: Settings, asked: Asked) -> Run:
    """Take out what the configuration accepts, and put in what is wrong with the ignores themselves.

    Raises:
        RefusedError: an ignore names no rule.
    """
    if not settings.accepted:
        return run
    from blueprint.lint.accepted import about, held_against
    from blueprint.lint.selection import refused
    from blueprint.report.run import Accepted

    kept, hidden, met = held_against(run.found, settings.accepted, settings.root, settings.today)
    _check_rules(project, settings, met)
    witness = _Witness(run.files, project, settings, asked)
    remarks = about(
        settings.accepted,
        met,
        settings.today,
        looked=lambda accept: asked.whole or bool(witness.files(accept)),
        ran=witness.ran,
        empty=witness.empty,
    )
    told = [d for d in remarks if not refused(d.code, d.name, settings)]
    return replace(
        run,
        found=[*kept, *told],
        sources={**run.sources, **_texts(project, told)},
        accepted=[Accepted(d, f"{accept.reason} ({accept.owner})") for d, accept in hidden],
    )


def _check_rules(project: Project, settings: Settings, met: frozenset[int]) -> None:
    """Make sure that every ignore names a rule; one that is about some finding does so plainly."""
    unsure = [number for number in range(len(settings.accepted)) if number not in met]
    if not unsure:
        return
    from blueprint.lint.book import check_words
    from blueprint.lint.selection import UnknownRuleError

    for number in unsure:
        ignored = project.config.ignores[number]
        written = project.config.sources[ignored.at.source]
        place = (*ignored.at.path, "rule")
        try:
            check_words((ignored.rule,))
        except UnknownRuleError as unknown:
            raise refusal(written, place, *unknown.message) from unknown
        if ignored.rule.upper() in ("ALL", "DEFAULT"):
            raise refusal(
                written,
                place,
                f"`{ignored.rule}` is no rule; name the rule or the family that is accepted",
                f"`{ignored.rule}` 不是规则；请写明接受哪条规则或哪一类",
            )


def _texts(project: Project, told: Iterable[Diagnostic]) -> dict[str, Source]:
    from blueprint.source.text import Source

    texts = {shown(written.file): written.text for written in project.config.sources}
    return {d.file: Source(d.file, texts[d.file]) for d in told if d.file in texts}


class _Witness:
    """Knows what a run looked at, for those who draw conclusions from silence."""

    def __init__(self, files: Sequence[str], project: Project, settings: Settings, asked: Asked) -> None:
        self._every = files
        self._project = project
        self._settings = settings
        self._asked = asked

    def files(self, accept: Accept) -> list[str]:
        from blueprint.lint.accepted import covers

        return [file for file in self._every if covers(accept.files, file, self._settings.root)]

    def ran(self, accept: Accept) -> bool:
        """Whether one of its rules ran for one of its files, and not only if it found it worth while."""
        from blueprint.lint import book
        from blueprint.lint.selection import chosen, named

        codes = {card.code for card in book.all_rules() if named(accept.rule, card.code, card.name)}
        if not codes & set(book.load()):
            return True  # Not of the book, and so never left out.
        for settings in {id(s): s for s in map(self._settings.of, self.files(accept))}.values():
            running = chosen(book.load(), settings)
            if any(code in running and (running[code][1] or not running[code][0].calm) for code in codes):
                return True
        return False

    def empty(self, accept: Accept) -> bool:
        """Whether there is no file that its patterns fit; only a look at the whole project can tell."""
        from blueprint.lint.accepted import covers

        if not self._asked.whole or self.files(accept):
            return False
        around = self._project.workspace.headings
        return not any(covers(accept.files, str(head.path), self._settings.root) for head in around)


def baseline_file(project: Project, asked: Asked) -> Path | None:
    """Return the baseline that is to be used: the command line's, the configuration's, the usual one."""
    if asked.forget:
        return None
    if asked.baseline:
        return Path(asked.baseline)
    named = project.config.baseline
    if named:
        return Path(shown((project.config.root or Path()) / named))
    usual = near(project.config) / NAME
    return usual if usual.is_file() else None


def known_to(project: Project, asked: Asked) -> list[Entry] | None:
    """Return what the baseline of a run knows; None where it has none.

    Raises:
        RefusedError: the baseline is not there, cannot be read, or is none.
    """
    file = baseline_file(project, asked)
    if file is None:
        return None
    if not asked.baseline and not file.exists():
        written = next(w for w in reversed(project.config.sources) if "baseline" in w.values)
        raise refusal(
            written,
            ("baseline",),
            f"`baseline` names {file}, which is not there; `blueprint baseline` writes it",
            f"`baseline` 指定的 {file} 不存在；可用 `blueprint baseline` 写出",
        )
    return load_baseline(file)


def load_baseline(file: Path) -> list[Entry]:
    """Read a baseline.

    Raises:
        RefusedError: it is not there, cannot be read, or is none.
    """
    from blueprint.lint.baseline_file import BaselineError, loaded

    try:
        return loaded(file.read_bytes())
    except FileNotFoundError:
        raise RefusedError(
            f"{file}: there is no such baseline; `blueprint baseline` writes one",
            f"{file}：没有这个基线文件；可用 `blueprint baseline` 写出",
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise RefusedError(
            f"{file}: the baseline cannot be read: {reason}", f"{file}：无法读取基线文件：{reason}"
        ) from error
    except BaselineError as wrong:
        place = f"{file}:{wrong.line}" if wrong.line else str(file)
        raise RefusedError(
            f"{place}: {wrong.message.en}; {wrong.help.en}", f"{place}：{wrong.message.zh}；{wrong.help.zh}"
        ) from wrong


def without_known(
    run: Run, entries: list[Entry] | None, project: Project, settings: Settings, asked: Asked
) -> Run:
    """Take out what the baseline knows, and say what it knows that is gone."""
    if entries is None:
        return run
    from blueprint.lint.baseline import recognise
    from blueprint.lint.fingerprint import identities

    # Those that are accepted count as well: two findings that are alike are told apart by their number.
    accepted = [accepted.finding for accepted in run.accepted]
    about = identities([*run.found, *accepted], run.sources)
    new, known, missing = recognise(run.found, about[: len(run.found)], entries)
    met = {identity.fingerprint for identity in about}
    gone = gone_of(
        [entry for entry in missing if entry.fingerprint not in met], run, project, settings, asked
    )
    if gone:
        many, file = len(gone), baseline_file(project, asked)
        counted = "1 finding" if many == 1 else f"{many} findings"
        say(
            f"{counted} of {file} {'is' if many == 1 else 'are'} gone; run `blueprint baseline --prune`",
            f"{file} 中有 {many} 个问题已不存在；请运行 `blueprint baseline --prune`",
        )
    from blueprint.report.run import Gone

    root = project.config.root or Path()
    told = tuple(
        Gone(entry.code, entry.message, str(root / entry.file) if entry.file else "", entry.fingerprint)
        for entry in gone
    )
    return replace(run, found=new, known=known, gone=told)


def gone_of(
    missing: Sequence[Entry], run: Run, project: Project, settings: Settings, asked: Asked
) -> list[Entry]:
    """Return the entries that nothing answers to because it is gone, not because nobody looked.

    A document that could not be read as written says nothing about what is gone from it.
    """
    if not missing:
        return []
    from blueprint.lint.accepted import readable

    torn = {d.file for d in run.found if not readable(d)}
    looked, unsure = _documents(project, torn)
    runs = _running(settings) if asked.narrowed else lambda code: True
    return [
        entry
        for entry in missing
        if runs(entry.code)
        and entry.document not in unsure
        and (entry.document in looked or (asked.whole and not torn))
    ]


def _running(settings: Settings) -> Callable[[str], bool]:
    from blueprint.lint import book
    from blueprint.lint.selection import chosen

    every, running = book.load(), chosen(book.load(), settings)
    return lambda code: code in running or code not in every


def _documents(project: Project, torn: set[str]) -> tuple[set[str], set[str]]:
    """Return the documents that were looked at, and those of them that could not be read as written."""
    from blueprint.source.folders import heading

    given = project.workspace.documents_given
    names = [(d.source.name, f"{d.kind.key} {d.id}") for d in given if d.kind is not None]
    heads = filter(None, map(heading, project.workspace.files))
    names += [(str(head.path), f"{head.kind} {head.id}") for head in heads]
    return {name for _, name in names}, {name for file, name in names if file in torn}


def below_root(project: Project) -> Callable[[str], str]:
    """Return how files are called in a baseline: from the project's folder, the same on every machine."""
    root = project.config.root or Path()

    def name(file: str) -> str:
        try:
            return Path(os.path.relpath(file, root)).as_posix()
        except ValueError:  # Another drive.
            return file

    return name
