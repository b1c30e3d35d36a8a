"""Checking many files with several processes; the order of the report never depends on who was faster."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint import api

if TYPE_CHECKING:
    from blueprint.diagnostic import Diagnostic
    from blueprint.lint.selection import Settings
    from blueprint.source.document import Document
    from blueprint.source.text import Source
    from blueprint.source.workspace import Workspace

Checked = tuple[list["Diagnostic"], dict[str, "Source"], int]
"""Findings, the texts they are about, and how many files were looked at."""

_WORTH_A_PROCESS = 64
"""So many files take longer to check than a second process takes to start."""


def check_all(workspace: Workspace, settings: Settings, jobs: int | None = None) -> Checked:
    """Check every document of a workspace."""
    files = workspace.files
    jobs = jobs or (os.cpu_count() or 1 if len(files) >= 2 * _WORTH_A_PROCESS else 1)
    jobs = max(1, min(jobs, len(files)))
    found, sources, checked = _check_here(workspace.documents_given, workspace, settings)
    parts = (
        [_check_files(workspace, files, settings)]
        if jobs == 1
        else _check_apart(workspace, files, settings, jobs)
    )
    for more, texts, count in parts:
        found += more
        sources |= texts
        checked += count
    return found, sources, checked


def _check_apart(
    workspace: Workspace, files: Sequence[Path], settings: Settings, jobs: int
) -> list[Checked]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children

    size = max(16, -(-len(files) // (jobs * 4)))
    chunks = [files[at : at + size] for at in range(0, len(files), size)]
    crew = ProcessPoolExecutor(jobs, initializer=_start)
    try:
        # Processes inherit what Ctrl-C does: it must reach only the one that answers for them all.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            work = [crew.submit(_check_files, workspace, chunk, settings) for chunk in chunks]
        finally:
            signal.signal(signal.SIGINT, before)
        done = [part.result() for part in work]
    except BrokenProcessPool:
        # A process was killed, perhaps for want of memory: go on alone.
        done = [_check_files(workspace, chunk, settings) for chunk in chunks]
    except KeyboardInterrupt:
        for process in active_children():
            process.terminate()
        raise
    finally:
        crew.shutdown(wait=False, cancel_futures=True)
    return done


def _start() -> None:
    """Begin in a process of one's own: the one that started it answers Ctrl-C and ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _settle()


def _settle() -> None:
    """Leave what is loaded out of garbage collection: documents hold no cycles worth looking for."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _check_files(workspace: Workspace, files: Sequence[Path], settings: Settings) -> Checked:
    _settle()
    return _check_here((workspace.read(path) for path in files), workspace, settings)


def _check_here(documents: Iterable[Document], workspace: Workspace, settings: Settings) -> Checked:
    found: list[Diagnostic] = []
    sources: dict[str, Source] = {}
    checked = 0
    for document in documents:
        checked += 1
        diagnostics = api.check(document, workspace, settings)
        if diagnostics:
            found += diagnostics
            sources[document.source.name] = document.source
    return found, sources, checked
