"""What others need for the nearest thing they do, where they are installed: ratios travel, times do not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus
from benchmarks.timing import run, timed

SCHEMA = Path(__file__).parents[1] / "docs" / "schema.json"
FILES = 100


class Peer(NamedTuple):
    """A program that does something like it, and what we need for the same files."""

    job: str
    theirs: float
    ours: float


def measured(folder: Path, runs: int) -> list[Peer]:
    """Measure the peers that are installed beside the program, whole processes on the same files."""
    files = [str(path) for path in corpus.write(folder / "peers", FILES)]
    drawing = str(folder / "peers.svg")
    found = []
    for name, job, arguments, ours in (
        (
            "check-jsonschema",
            "against the JSON Schema alone",
            ("--schemafile", str(SCHEMA)),
            ("check", "--no-cache", "-j1"),
        ),
        ("yamllint", "the YAML text alone", ("-d", "relaxed"), ("check", "--no-cache", "-j1")),
    ):
        if (program := _found(name)) is None:
            continue
        for count in (1, FILES):
            files_text = "1 file" if count == 1 else f"{count} files"
            theirs = timed(lambda p=program, a=arguments, n=count: _call(p, *a, *files[:n]), runs)
            mine = timed(lambda a=ours, n=count: run(*a, *files[:n]), runs)
            found.append(Peer(f"{name}, {files_text}, {job}", theirs, mine))
    if (dot := _found("dot")) is not None:
        graph = str(folder / "peers.dot")
        run("render", files[0], "--to", "dot", "-o", graph)
        theirs = timed(lambda: _call(dot, "-Tsvg", graph, "-o", drawing), runs)
        mine = timed(lambda: run("render", files[0], "--view", "flow", "-o", drawing), runs)
        found.append(Peer("dot, the graph of 1 file as SVG", theirs, mine))
    return found


def _found(name: str) -> str | None:
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def _call(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]}: {done.stderr}")
