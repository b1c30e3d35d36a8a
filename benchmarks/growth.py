"""How cost grows with size: measured, and drawn as a chart with the program's own shapes."""

from __future__ import annotations

from math import log10
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus
from benchmarks.jobs import analysed, journey_of, subject
from benchmarks.timing import run, shown, timed


class Course(NamedTuple):
    """A job at several sizes."""

    job: str
    color: str
    dash: tuple[float, ...]
    seconds: dict[int, float]
    """Size → seconds."""


def measured(folder: Path, runs: int) -> list[Course]:
    """Measure every job at several sizes; processes are timed without their start."""
    from blueprint import api
    from blueprint.scene.themes import THEMES

    light = THEMES["light"]
    start = timed(lambda: run("check", str(corpus.write(folder / "first", 1)[0]), "--no-cache"), runs)
    checked = {}
    for files in (30, 100, 300, 1000):
        many = str(corpus.write(folder / f"check-{files}", files)[0].parent)
        checked[files] = timed(lambda many=many: run("check", many, "-j1", "--no-cache"), runs) - start
    analysis = {}
    for size in (30, 100, 300, 1000, 3000):
        model = journey_of(size)
        analysis[size] = timed(lambda model=model: analysed(model), runs)
    drawn: dict[str, dict[int, float]] = {"map": {}, "blueprint": {}}
    for view, found in drawn.items():
        for size in (10, 30, 100, 300):
            draw = subject(folder, size, view)
            found[size] = timed(lambda draw=draw: api.render(draw(), "svg", light), runs)
    return [
        Course("check, by files", "curve-1", (), checked),
        Course("analyse, by touchpoints", "curve-2", (6, 3), analysis),
        Course("map to SVG, by touchpoints", "curve-3", (2, 3), drawn["map"]),
        Course("blueprint to SVG, by touchpoints", "curve-4", (8, 3, 2, 3), drawn["blueprint"]),
    ]


def table(courses: list[Course]) -> list[str]:
    """Return a table of cost against size, with how the cost of ten times the size grows."""
    lines = ["| job | " + "size: time |" + " ten times the size costs |", "|---|---|---:|"]
    for course in courses:
        pairs = ", ".join(f"{size:,}: {shown(spent)}" for size, spent in course.seconds.items())
        sizes = list(course.seconds)
        first, last = course.seconds[sizes[0]], course.seconds[sizes[-1]]
        steep = log10(last / first) / log10(sizes[-1] / sizes[0])
        lines.append(f"| {course.job} | {pairs} | × {10**steep:.0f} |")
    return lines


def chart(courses: list[Course]) -> bytes:
    """Draw cost against size on logarithmic scales; a line at 45° is growth in proportion."""
    from blueprint.export import svg
    from blueprint.scene.shapes import Ellipse, Group, Paint, Point, Scene, Segment, Shape
    from blueprint.scene.shapes import Path as Line
    from blueprint.scene.themes import THEMES
    from blueprint.views.charts.plane import Plane, axes, stroke
    from blueprint.views.typeset import line

    plane = Plane(64, 48, 400, 400, (1, 4), (-3, 1))
    across = [(at, f"{10**at:,}") for at in range(1, 5)]
    up = [(-3, "1 ms"), (-2, "10 ms"), (-1, "100 ms"), (0, "1 s"), (1, "10 s")]
    shapes: list[Shape] = axes(plane, (across, up), ("files or touchpoints", "time"))
    # Two guides: ten times the size, ten times the cost.
    shapes += [stroke(plane.at(1, at), plane.at(4, at + 3), "line", 1.0, (1, 4)) for at in (-3, -2)]
    for number, course in enumerate(courses):
        points = [plane.at(log10(size), log10(spent)) for size, spent in course.seconds.items()]
        way = (Segment("M", (points[0],)), *(Segment("L", (point,)) for point in points[1:]))
        shapes.append(Line(way, Paint(None, course.color, 2.0, course.dash)))
        shapes += [Ellipse(point.x, point.y, 3, 3, Paint(course.color)) for point in points]
        y = plane.top + 24 + 26 * number
        shapes.append(
            stroke(Point(plane.right + 24, y), Point(plane.right + 56, y), course.color, 2.0, course.dash)
        )
        words = line(course.job)
        shapes.append(words.at(plane.right + 64, y - words.height / 2))
    told = "; ".join(
        f"{course.job}: "
        + ", ".join(f"{size:,} in {shown(spent)}" for size, spent in course.seconds.items())
        for course in courses
    )
    scene = Scene(760, 500, Group(tuple(shapes)), "Cost against size", told, "growth")
    return svg.export(scene, THEMES["light"])
