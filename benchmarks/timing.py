"""How figures are measured: medians of several runs, whole processes from outside."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

PROGRAM = [sys.executable, "-m", "blueprint"]


class Row(NamedTuple):
    """One line of the table."""

    job: str
    seconds: float
    target: float | None = None


def timed(work: Callable[[], object], runs: int) -> float:
    """Return the median seconds of several runs."""
    found = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def run(*arguments: str, environment: Mapping[str, str] = {}) -> None:
    """Run the program as a user would, and stop where it fails."""
    done = subprocess.run(
        [*PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")


def shown(seconds: float) -> str:
    """Write a time with as many digits as it deserves."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"
