"""The jobs that are measured."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks import corpus
from benchmarks.timing import Row, run, timed

FILES = 1000


def checking(folder: Path, runs: int) -> tuple[list[Row], float]:
    """Measure whole processes: checking, from scratch and remembered, and drawing one map.

    Returns:
        The rows, and the megabytes of one process that checks them all.
    """
    one = str(corpus.write(folder / "many", FILES)[0])
    many = str(folder / "many")
    kept = {"BLUEPRINT_CACHE_DIR": str(folder / "kept")}
    alone = timed(lambda: run("check", many, "-j1", "--no-cache"), runs)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows = [
        Row("check 1,000 files, one process, nothing remembered", alone),
        Row(
            "check 1,000 files, two processes, nothing remembered",
            timed(lambda: run("check", many, "-j2", "--no-cache"), runs),
            4.0,
        ),
        Row("check one file, cold process", timed(lambda: run("check", one, "--no-cache"), 3 * runs), 0.35),
    ]
    run("check", many, environment=kept)
    run("check", one, environment=kept)
    rows += [
        Row(
            "check 1,000 files, remembered", timed(lambda: run("check", many, environment=kept), runs), 0.4
        ),
        Row(
            "check one file, remembered", timed(lambda: run("check", one, environment=kept), 3 * runs), 0.15
        ),
    ]
    picture = ("render", one, "--to", "svg", "-o", os.devnull)
    rows.append(Row("render one map to SVG, cold process", timed(lambda: run(*picture), runs), 0.5))
    hundred = corpus.write(folder / "hundred", 100, 30)[0].parent
    # Folders of their own: what is drawn is not drawn again.
    places = iter([str(folder / f"drawn-{number}") for number in range(runs)])
    spent = timed(lambda: run("build", str(hundred), "--to", "svg", "--out", next(places)), runs)
    rows.append(Row("build 100 journeys of 30 touchpoints: 400 SVG, two views in two languages", spent))
    return rows, memory


def journey_of(size: int) -> Any:
    """Return a journey; 5,000 full touchpoints are more than a file may hold, so no file is read."""
    from blueprint.model.journey import Journey

    return Journey.model_validate(yaml.load(corpus.journey(size), yaml.CSafeLoader))


def analysed(journey: Any) -> None:
    """Compute everything about a journey, also what is computed only when somebody looks at it."""
    from blueprint.analysis.journey import analyse_journey

    found = analyse_journey(journey)
    _ = found.pains, found.effort, found.main_path
    if found.peak_end is not None:
        _ = found.peak_end.intensity, found.peak_end.positive, found.peak_end.negative


def analysing(runs: int) -> Iterator[Row]:
    """Measure the analysis of journeys of several sizes."""
    for size, target in ((50, 0.005), (500, 0.1), (5000, 3.0)):
        model = journey_of(size)
        analysed(model)
        found = timed(lambda model=model: analysed(model), runs)
        yield Row(f"analyse {size:,} touchpoints, in process", found, target)


def maps(folder: Path) -> None:
    """Read, analyse and draw the map of every journey in a folder as SVG."""
    from blueprint import api
    from blueprint.scene.themes import THEMES

    workspace = api.load([folder])
    for document in workspace.documents:
        api.render(api.draw(document, workspace, view="map"), "svg", THEMES["light"])


def subject(folder: Path, size: int, view: str) -> Any:
    """Return a function that analyses and draws a generated document of a size."""
    from blueprint import api

    at = folder / f"draw-{size}"
    if not at.is_dir():
        at.mkdir()
        (at / "journey.yaml").write_text(corpus.journey(size), encoding="utf-8")
        (at / "delivery.yaml").write_text(corpus.blueprint(size), encoding="utf-8")
    workspace = api.load([at])
    by_kind = {document.kind.key: document for document in workspace.documents if document.kind}
    document = by_kind["blueprint" if view == "blueprint" else "journey"]
    return lambda: api.draw(document, workspace, view=view)


def drawing(folder: Path, runs: int) -> Iterator[Row]:
    """Measure drawings of two sizes in every view and format."""
    from blueprint import api
    from blueprint.scene.themes import THEMES

    light = THEMES["light"]
    hundred = corpus.write(folder / "hundred-maps", 100, 30)[0].parent
    yield Row(
        "100 journeys of 30 touchpoints, read and drawn as maps, SVG",
        timed(lambda: maps(hundred), runs),
        3.0,
    )
    for size in (30, 300):
        small = size == 30
        for view in ("map", "blueprint", "flow"):
            draw = subject(folder, size, view)
            scene = draw()
            spent = timed(lambda draw=draw: api.render(draw(), "svg", light), runs)
            yield Row(
                f"{view} of {size} touchpoints: analyse, draw, SVG",
                spent,
                0.02 if small and view != "flow" else None,
            )
            # 300 columns at scale 1 would be more pixels than a picture may have.
            scale = 1.0 if small else 0.25
            for form, target in (("png", 0.25), ("pdf", 0.1)):
                spent = timed(
                    lambda scene=scene, form=form, scale=scale: api.render(scene, form, light, scale=scale),
                    max(1, runs // 2),
                )
                yield Row(f"{view} of {size} to {form.upper()}", spent, target if small else None)
