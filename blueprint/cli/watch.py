"""Running a command again whenever a file it looks at is saved.

What has changed is found by looking at the files: sizes, times and numbers. `watchfiles`, where it is
installed, only says when to look; without it the files are looked at every now and then.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from blueprint.cli.speech import MisusedError, explain, say
from blueprint.source.folders import SKIPPED

_SUFFIXES = (".yaml", ".yml", ".toml", ".csv")
"""Documents, configurations, themes and the tables that documents refer to."""
_QUIET = 0.15
"""Seconds without a change after which a save is taken to be complete."""
_PATIENCE = 2.0
"""Seconds after which changes are acted on even if they go on."""
_PAUSE = 0.4
"""Seconds between two looks where nobody says when to look."""
_NEAR = 3
"""How deep to look around a file that belongs to no project."""

State = dict[str, tuple[int, int, int]]
"""File → time, size and number."""


def watchable(command: Callable[..., int]) -> Callable[..., int]:
    """Add --watch to a command that takes PATHS; to stand right above the function."""

    @click.option(
        "--watch", "-w", "watching", is_flag=True, help="Stay, and do it again whenever a file is saved."
    )
    @wraps(command)
    def run(*, paths: tuple[str, ...], watching: bool, **options: Any) -> int:
        def once() -> int:
            return command(paths=paths, **options)

        return keep(paths, once) if watching else once()

    return run


class Place(NamedTuple):
    """A folder to look at."""

    folder: str
    depth: int | None
    """How many folders deep; None for all."""


def keep(paths: Sequence[str], once: Callable[[], int]) -> int:
    """Run a command now, and again after each change, until it is interrupted.

    What is wrong with a file or the configuration is said, and the next save is waited for. A wrong
    option ends the program at once: no save would mend it.

    Args:
        paths: The files and folders that the command was given.
        once: Runs the command; returns its exit code.

    Raises:
        KeyboardInterrupt: this is how it ends.
    """
    if "-" in paths:
        raise MisusedError("standard input cannot be watched; name files", "无法监视标准输入；请指定文件")
    before = look(places(paths))
    _clear()
    code = once()
    while True:
        say("Watching for changes; Ctrl-C ends.", "正在监视改动；按 Ctrl-C 结束。")
        before = wait(before, lambda: look(places(paths)), folders=lambda: places(paths))
        _clear()
        code = _again(once, code)


def _again(once: Callable[[], int], code: int) -> int:
    try:
        return once()
    except click.ClickException as wrong:
        told = wrong.format_message()
        say(f"Error: {told}", f"错误：{told}")
    except OSError as failed:
        explain(failed)
    return code


def _clear() -> None:
    import sys

    if sys.stdout is not None and sys.stdout.isatty():
        click.clear()


def places(paths: Sequence[str]) -> list[Place]:
    """Return the folders that hold what a command looks at: the project's, and those named."""
    from blueprint.cli.project import open_project

    try:
        root = open_project(tuple(paths)).config.root
    except click.ClickException:
        root = None  # The configuration is wrong: it is near what was named.
    found = [Place(os.path.realpath(root), None)] if root is not None else []
    for path in paths or (".",):
        whole = os.path.isdir(path)
        folder = os.path.realpath(path if whole else os.path.dirname(path) or ".")
        if not any(Path(folder).is_relative_to(known.folder) for known in found if known.depth is None):
            found.append(Place(folder, None if whole else _NEAR))
    return found


def look(where: Sequence[Place]) -> State:
    """Return what can be seen of the files in some folders without reading them."""
    seen: State = {}
    for place in where:
        top = place.folder.rstrip(os.sep).count(os.sep)
        for folder, folders, names in os.walk(place.folder):
            deep = folder.rstrip(os.sep).count(os.sep) - top
            folders[:] = [
                name
                for name in folders
                if not name.startswith(".")
                and name not in SKIPPED
                and (place.depth is None or deep < place.depth)
            ]
            for name in names:
                if name.endswith(_SUFFIXES) and not name.startswith("."):
                    file = os.path.join(folder, name)
                    try:
                        about = os.stat(file)
                    except OSError:
                        continue  # It was deleted a moment ago.
                    seen[file] = (about.st_mtime_ns, about.st_size, about.st_ino)
    return seen


def wait(before: State, now: Callable[[], State], *, folders: Callable[[], Sequence[Place]]) -> State:
    """Wait until files have changed and are quiet again; return what they look like then."""
    for _ in _occasions(folders):
        current = now()
        if current == before:
            continue
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            time.sleep(_QUIET)
            last, current = current, now()
            if last == current:
                break
        if current != before:
            return current
    raise KeyboardInterrupt


def _occasions(folders: Callable[[], Sequence[Place]]) -> Iterator[None]:
    """Yield whenever it is worth while to look."""
    yield  # Files may have changed while the command ran.
    try:
        import watchfiles
    except ImportError:
        yield from _every_now_and_then()
        return
    there = [place.folder for place in folders() if os.path.isdir(place.folder)]
    try:
        for _ in watchfiles.watch(
            *there, watch_filter=None, debounce=200, rust_timeout=2_000, yield_on_timeout=True
        ):
            yield
    except (OSError, RuntimeError):
        # Too many folders to be told of, or one of them is gone.
        yield from _every_now_and_then()


def _every_now_and_then() -> Iterator[None]:
    pause = _PAUSE
    while True:
        time.sleep(pause)
        began = time.monotonic()
        yield
        # Looking at many files must not keep the machine busy.
        pause = max(_PAUSE, 10 * (time.monotonic() - began))
