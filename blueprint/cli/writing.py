"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path
from typing import TextIO


def write_atomically(path: Path, data: bytes) -> None:
    """Write the whole file or nothing: a temporary file beside it takes its place when it is complete.

    A link stays a link, and a file keeps its permissions. A device or a pipe is written to, not replaced.

    Raises:
        OSError: the folder cannot be made, or there is no room or no permission; the old file is untouched.
    """
    target = Path(os.path.realpath(path))
    try:
        _replace(target, data, _mode(target))
    except OSError as failed:
        # Name the file that was asked for, not the temporary one.
        raise OSError(failed.errno, failed.strerror, str(path)) from failed


def _mode(target: Path) -> int | None:
    try:
        return os.stat(target).st_mode
    except FileNotFoundError:
        return None


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    if mode is not None and not stat.S_ISREG(mode):
        target.write_bytes(data)
        return
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def write_out(data: bytes | str, to: str | None) -> None:
    """Write to a file, or to standard output where `to` is None or `-`.

    A reader who has seen enough (`blueprint check | head`) is no trouble: the rest is dropped.

    Raises:
        OSError: it cannot be written.
    """
    if to is not None and to != "-":
        write_atomically(
            Path(to), data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
        )
        return
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
    try:
        if isinstance(data, str):
            stream.write(data)
        else:
            stream.flush()
            stream.buffer.write(data)
        stream.flush()
    except BrokenPipeError:
        let_go(stream)
    except OSError as failed:
        let_go(stream)
        raise OSError(failed.errno, failed.strerror, "standard output") from failed


def let_go(stream: TextIO) -> None:
    """Send what is still to come nowhere, so that Python does not complain once more when it exits."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
