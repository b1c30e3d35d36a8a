"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Write the whole file or nothing: a temporary file beside it takes its place when it is complete.

    Raises:
        OSError: the folder cannot be made, or there is no room or no permission; the old file is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as failed:
        beside.unlink(missing_ok=True)
        # Name the file that was asked for, not the temporary one.
        raise OSError(failed.errno, failed.strerror, str(path)) from failed


def write_out(data: bytes | str, to: str | None) -> None:
    """Write to a file, or to standard output where `to` is None or `-`."""
    raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if to is not None and to != "-":
        write_atomically(Path(to), raw)
    elif isinstance(data, str):
        sys.stdout.write(data)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
