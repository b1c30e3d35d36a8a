"""Checking many files: what is remembered is looked up, the rest is shared among processes.

The order of the report never depends on who was faster.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from datetime import date

    from blueprint.diagnostic import Diagnostic
    from blueprint.lint.cache import Cache, Result
    from blueprint.lint.portfolio import Card
    from blueprint.lint.selection import Settings
    from blueprint.source.document import Document
    from blueprint.source.text import Source
    from blueprint.source.workspace import Workspace

T = TypeVar("T")
Checked = tuple[list["Diagnostic"], dict[str, "Source"], int]
"""Findings (those that comments accept are marked), the texts they are about, and how many files were
looked at."""

_TOGETHER = "*"
"""The name under which findings about all files together are remembered."""
_WORTH_A_PROCESS = 64
"""So many files take longer to check than a second process takes to start."""


class Looked(NamedTuple):
    """What came of one file."""

    found: Sequence[Diagnostic]
    source: Source | None
    """The text, where something was found in it."""
    card: str
    """What rules over all files know of it, as JSON; empty for what was remembered: see `_cards`."""
    digest: str = ""
    """Of the file's bytes; empty where they could not be read."""
    result: Result | None = None
    """What may be remembered; None for what was."""


def check_all(
    workspace: Workspace,
    settings: Settings,
    jobs: int | None = None,
    cache: Cache | None = None,
    today: date | None = None,
) -> Checked:
    """Check every document of a workspace, and then all of them together.

    Args:
        workspace: The documents.
        settings: What to check.
        jobs: How many processes; by the number of files where it is None.
        cache: Where results are remembered, if they are.
        today: The day of the run, for rules about the passing of time.
    """
    settle()
    files = workspace.files
    if workspace.documents_given:
        cache = None  # What comes from standard input changes what references mean, for this once.
    known = dict(_known(workspace, settings, cache)) if cache else {}
    todo = [path for path in files if path not in known]
    jobs = jobs_for(len(todo), jobs)
    fresh = (
        _check_files(workspace, todo, settings)
        if jobs == 1
        else _check_apart(workspace, todo, settings, jobs)
    )
    known.update(zip(todo, fresh, strict=True))
    if cache:
        cache.remember(looked.result for looked in fresh if looked.result)
    given = [_look(document, workspace, settings) for document in workspace.documents_given]
    every = [*given, *(known[path] for path in files)]
    sources = {looked.source.name: looked.source for looked in every if looked.source is not None}
    names = [*(document.source.name for document in workspace.documents_given), *map(str, files)]
    found = {name: [*looked.found] for name, looked in zip(names, every, strict=True)}
    for d in _across(workspace, settings, names, every, cache, today):
        found.setdefault(d.file, []).append(d)
        found[d.file].sort(key=lambda d: (d.span, d.code, d.message.en))
        for name in (d.file, *(related.file for related in d.related)):
            if name not in sources and (source := _text(workspace, name)) is not None:
                sources[name] = source
    return [d for name in found for d in found[name]], sources, len(every)


def all_cards(workspace: Workspace, settings: Settings, cache: Cache | None) -> dict[Path, Card]:
    """Return what rules over all files know of those of a workspace; what is not remembered is read."""
    from blueprint.lint.portfolio import card_from
    from blueprint.plugins import active

    known = dict(_known(workspace, settings, cache)) if cache is not None else {}
    names = [str(path) for path in known]
    found = dict(zip(known, _cards(workspace, names, list(known.values()), cache), strict=True))
    todo = [path for path in workspace.files if path not in found]
    jobs = jobs_for(len(todo), None)
    if jobs > 1:
        given = (active().names, workspace, settings)
        parts = share_out(_cards_of, todo, jobs, start=_start, given=given)
        read = [card_from(card) for part in parts for card in part]
        found.update(zip(todo, read, strict=True))
    return found


def _cards_of(files: Sequence[Path]) -> list[list[Any]]:
    from blueprint.lint.across import card_of
    from blueprint.lint.portfolio import plain_of
    from blueprint.source.files import read_file

    return [plain_of(card_of(read_file(path))) for path in files]


def _cards(
    workspace: Workspace, names: Sequence[str], every: Sequence[Looked], cache: Cache | None
) -> list[Card]:
    """Return what rules over all files know of each; what is remembered of them is read only here."""
    import json

    from blueprint.lint.portfolio import card_from

    lacking = [name for name, looked in zip(names, every, strict=True) if not looked.card]
    kept = cache.recall_cards(lacking) if cache is not None else {}
    cards = []
    for name, looked in zip(names, every, strict=True):
        if written := looked.card or kept.get(name):
            cards.append(card_from(json.loads(written)))
        else:  # It was forgotten since: somebody cleared the cache.
            from blueprint.lint.across import card_of

            cards.append(card_of(workspace.read(Path(name))))
    return cards


def _across(
    workspace: Workspace,
    settings: Settings,
    names: Sequence[str],
    every: Sequence[Looked],
    cache: Cache | None,
    today: date | None,
) -> Sequence[Diagnostic]:
    """Return what there is to say about all files together."""
    if len(every) < 2 and not (settings.select or settings.extend):
        return ()
    headed = {workspace.absolute(head.path) for head in workspace.headings}
    complete = headed <= {workspace.absolute(path) for path in workspace.files}
    state = repr([today, complete, [(str(path)) for path in workspace.files], [it.digest for it in every]])
    if cache is not None:
        from blueprint.source.files import digest_of

        state = digest_of(state.encode("utf-8", "surrogateescape"))
        remembered = cache.recall([_TOGETHER]).get(_TOGETHER)
        if remembered is not None and remembered.digest == state:
            return remembered.found
    from blueprint.lint.across import examine_portfolio

    cards = _cards(workspace, names, every, cache)
    found = examine_portfolio(cards, settings, today=today, complete=complete)
    if cache is not None and all(looked.digest for looked in every):
        from blueprint.lint.cache import Result

        cache.remember([Result(_TOGETHER, state, found)])
    return found


def _text(workspace: Workspace, name: str) -> Source | None:
    from blueprint.source.files import read_data
    from blueprint.source.reading import read_source

    given = [document.source for document in workspace.documents_given if document.source.name == name]
    if given:
        return given[0]
    try:
        return read_source(name, read_data(name))[0]
    except (OSError, ValueError):
        return None


def _known(workspace: Workspace, settings: Settings, cache: Cache) -> Iterator[tuple[Path, Looked]]:
    """Yield the files of which everything that findings rest on is still as it was."""
    from blueprint.lint.cache import circumstances_of
    from blueprint.source.files import digest_at, digest_of, read_data
    from blueprint.source.reading import read_source

    cache.circumstances = circumstances_of(settings)
    remembered = cache.recall([str(path) for path in workspace.files])
    digests: dict[str, str] = {}

    def now(path: str) -> str:
        if path not in digests:
            digests[path] = digest_at(path)
        return digests[path]

    for path in workspace.files:
        result = remembered.get(str(path))
        if result is None or (result.index and result.index != workspace.fingerprint):
            continue
        try:
            data = read_data(path)
        except (OSError, ValueError):
            continue
        digests[workspace.absolute(path)] = digest = digest_of(data)
        if digest == result.digest and all(now(other) == was for other, was in result.files.items()):
            source = read_source(str(path), data)[0] if result.found else None
            yield path, Looked(result.found, source, "", digest)


def _check_apart(
    workspace: Workspace, files: Sequence[Path], settings: Settings, jobs: int
) -> list[Looked]:
    from blueprint.plugins import active

    # Once a process, not once a chunk: what a workspace found out about its files serves all of them.
    given = (active().names, workspace, settings)
    done = share_out(
        _check_chunk,
        files,
        jobs,
        alone=lambda chunk: _check_files(workspace, chunk, settings),
        start=_start,
        given=given,
    )
    return [looked for part in done for looked in part]


def share_out(
    work: Callable[[Sequence[Path]], list[T]],
    files: Sequence[Path],
    jobs: int,
    *,
    alone: Callable[[Sequence[Path]], list[T]] | None = None,
    start: Callable[..., None] | None = None,
    given: tuple[Any, ...] = (),
) -> Iterator[list[T]]:
    """Yield what comes of files, chunk by chunk in their order, worked on by several processes.

    Args:
        work: What a process does with a chunk; a function of a module.
        files: All files.
        jobs: How many processes.
        alone: What does the same in this process, where the others were killed; `work` itself if None.
        start: What a process begins with; it must let Ctrl-C reach only the one that started it.
        given: What `start` is given.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children

    size = max(16, -(-len(files) // (jobs * 4)))
    chunks = [files[at : at + size] for at in range(0, len(files), size)]
    crew = ProcessPoolExecutor(jobs, initializer=start or settle_apart, initargs=given)
    done = 0
    try:
        # Processes inherit what Ctrl-C does: it must reach only the one that answers for them all.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            parts = [crew.submit(work, chunk) for chunk in chunks]
        finally:
            signal.signal(signal.SIGINT, before)
        for part in parts:
            found = part.result()
            done += 1
            yield found
    except BrokenProcessPool:
        # A process was killed, perhaps for want of memory: go on alone.
        for chunk in chunks[done:]:
            yield (alone or work)(chunk)
    except (KeyboardInterrupt, GeneratorExit):
        # Nobody wants the rest any more.
        for process in active_children():
            process.terminate()
        raise
    finally:
        crew.shutdown(wait=False, cancel_futures=True)


def jobs_for(count: int, asked: int | None) -> int:
    """Return how many processes are worth it for so many files: as asked, else by their number."""
    jobs = asked or (os.cpu_count() or 1 if count >= 2 * _WORTH_A_PROCESS else 1)
    return max(1, min(jobs, count))


def settle_apart() -> None:
    """Begin in a process of one's own: the one that started it answers Ctrl-C and ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settle()


_given: tuple[Workspace, Settings]
"""What a process of the crew checks, and how."""


def _start(plugins: tuple[str, ...], workspace: Workspace, settings: Settings) -> None:
    global _given
    from blueprint.plugins import use

    use(plugins)
    settle_apart()
    _given = workspace, settings


def _check_chunk(files: Sequence[Path]) -> list[Looked]:
    workspace, settings = _given
    return _check_files(workspace, files, settings)


def settle() -> None:
    """Leave what is loaded out of garbage collection: documents hold no cycles worth looking for."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _check_files(workspace: Workspace, files: Sequence[Path], settings: Settings) -> list[Looked]:
    if not files:
        return []
    settle()
    return [_look_at(path, workspace, settings) for path in files]


def _look_at(path: Path, workspace: Workspace, settings: Settings) -> Looked:
    """Check a file, and take down what its findings rest on."""
    from blueprint.lint.cache import Result

    with workspace.noting() as asked:
        document = workspace.read(path)
        looked = _look(document, workspace, settings)
    asked.files.pop(workspace.absolute(path), None)
    if not document.digest or any(found.code == "IN001" for found in looked.found):
        return looked
    index = workspace.fingerprint if asked.index else ""
    found = tuple(looked.found)
    result = Result(str(path), document.digest, found, asked.files, index, looked.card)
    return looked._replace(digest=document.digest, result=result)


def _look(document: Document, workspace: Workspace, settings: Settings) -> Looked:
    import json

    from blueprint.lint.across import card_of
    from blueprint.lint.engine import examine
    from blueprint.lint.portfolio import plain_of

    found = examine(document, workspace, settings)
    return Looked(found, document.source if found else None, json.dumps(plain_of(card_of(document))))
