"""Measure checking, analysing and drawing, and write the table to benchmarks/results.md.

Whole processes are timed from outside, the rest in process; each figure is the median of several runs.
`python -m benchmarks --quick` makes fewer runs and writes nothing.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from benchmarks import corpus

HERE = Path(__file__).parent
PROGRAM = [sys.executable, "-m", "blueprint"]
FILES = 1000
memory = 0.0
"""Megabytes, once measured."""


def timed(work: Callable[[], object], runs: int) -> float:
    """Return the median seconds of several runs."""
    found = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def run(*arguments: str) -> None:
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")


def shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def line(job: str, spent: float, target: float | None) -> str:
    return f"| {job} | {shown(spent)} | {'≤ ' + shown(target) if target else ''} |"


def checking(folder: Path, runs: int) -> list[tuple[str, float, float | None]]:
    many = folder / "many"
    one = corpus.write(many, FILES)[0]
    picture = ("render", str(one), "--to", "svg", "-o", os.devnull)
    alone = timed(lambda: run("check", str(many), "-j1"), runs)
    global memory
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        ("check 1,000 files, one process", alone, None),
        ("check 1,000 files, two processes", timed(lambda: run("check", str(many), "-j2"), runs), 4.0),
        ("check one file, cold process", timed(lambda: run("check", str(one)), 3 * runs), 0.35),
        ("render one map to SVG, cold process", timed(lambda: run(*picture), runs), 0.5),
    ]


def analysing(runs: int) -> list[tuple[str, float, float | None]]:
    from blueprint.analysis.journey import analyse_journey
    from blueprint.model.journey import Journey

    rows: list[tuple[str, float, float | None]] = []
    for size, target in ((50, 0.005), (500, 0.1), (5000, 3.0)):
        # 5,000 full touchpoints are more values than a file may hold, so this goes around the reader.
        model = Journey.model_validate(yaml.load(corpus.journey(size), yaml.CSafeLoader))
        analyse_journey(model)
        found = timed(lambda model=model: analyse_journey(model), runs)
        rows.append((f"analyse {size:,} touchpoints, in process", found, target))
    return rows


def drawing(folder: Path, runs: int) -> list[tuple[str, float, float | None]]:
    from blueprint import api
    from blueprint.scene.themes import THEMES

    rows: list[tuple[str, float, float | None]] = []
    for size in (30, 300):
        at = folder / f"draw-{size}"
        at.mkdir()
        (at / "journey.yaml").write_text(corpus.journey(size), encoding="utf-8")
        (at / "delivery.yaml").write_text(corpus.blueprint(size), encoding="utf-8")
        workspace = api.load([at])
        by_kind = {document.kind.key: document for document in workspace.documents if document.kind}
        for view in ("map", "blueprint", "flow"):
            document = by_kind["blueprint" if view == "blueprint" else "journey"]

            def draw(document=document, view=view, workspace=workspace):
                return api.draw(document, workspace, view=view)

            def to_svg(draw=draw) -> bytes:
                return api.render(draw(), "svg", THEMES["light"])

            scene = draw()
            small = size == 30
            target = 0.02 if small and view != "flow" else None
            rows.append((f"{view} of {size} touchpoints: analyse, draw, SVG", timed(to_svg, runs), target))
            # 300 columns at scale 1 would be more pixels than a picture may have.
            scale = 1.0 if small else 0.25
            for form, target in (("png", 0.25), ("pdf", 0.1)):

                def to_form(scene=scene, form=form, scale=scale) -> bytes:
                    return api.render(scene, form, THEMES["light"], scale=scale)

                spent = timed(to_form, max(1, runs // 2))
                rows.append((f"{view} of {size} to {form.upper()}", spent, target if small else None))
    return rows


def main() -> None:
    quick = "--quick" in sys.argv
    runs = 1 if quick else 5
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # A process starts with its parent's memory on its account, so the small parent starts first.
        checked = checking(folder, runs)
        rows = [*analysing(runs), *drawing(folder, runs), *checked]
    lines = [
        "# Benchmarks",
        "",
        f"`make bench`, medians of {runs} runs. {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, {platform.system()}. Times move with the machine.",
        "",
        "| job | time | target |",
        "|---|---:|---:|",
        *(line(*row) for row in rows),
        f"| memory of one process checking 1,000 files | {memory:.0f} MB | ≤ 300 MB |",
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if not quick:
        (HERE / "results.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
