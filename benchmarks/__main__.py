"""Measure checking, analysing and drawing, and write the table and the chart beside this file.

Whole processes are timed from outside, the rest in process; each figure is the median of several runs.
`python -m benchmarks --quick` makes fewer runs and writes nothing.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import growth, jobs, peers
from benchmarks.timing import Row, shown

HERE = Path(__file__).parent


def line(row: Row) -> str:
    return f"| {row.job} | {shown(row.seconds)} | {'≤ ' + shown(row.target) if row.target else ''} |"


def main() -> None:
    quick = "--quick" in sys.argv
    runs = 1 if quick else 5
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # A process starts with its parent's memory on its account, so the small parent starts first.
        checked, memory = jobs.checking(folder, runs)
        rows = [*jobs.analysing(runs), *jobs.drawing(folder, runs), *checked]
        courses = growth.measured(folder, max(1, runs // 2))
        others = peers.measured(folder, max(1, runs // 2))
    lines = [
        "# Benchmarks",
        "",
        f"`make bench`, medians of {runs} runs. {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, {platform.system()}. Times move with the machine.",
        "",
        "| job | time | target |",
        "|---|---:|---:|",
        *map(line, rows),
        f"| memory of one process checking 1,000 files | {memory:.0f} MB | ≤ 300 MB |",
        "",
        "## Cost against size",
        "",
        "![Cost against size](growth.svg)",
        "",
        *growth.table(courses),
        "",
        "## Beside peers",
        "",
        "Programs that do something near it, where they are installed; whole processes on the same files. "
        "Ours reads, validates, analyses and applies every rule of the default selection, in one process.",
        "",
        "| peer | theirs | ours | ours is faster by |",
        "|---|---:|---:|---:|",
        *(
            f"| {peer.job} | {shown(peer.theirs)} | {shown(peer.ours)} | × {peer.theirs / peer.ours:.2g} |"
            for peer in others
        ),
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if not quick:
        (HERE / "results.md").write_text(text, encoding="utf-8")
        (HERE / "growth.svg").write_bytes(growth.chart(courses))


if __name__ == "__main__":
    main()
