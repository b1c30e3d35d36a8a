"""What stands around a blueprint: its heading, the figures that matter, the legend, the story in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from blueprint.analysis.results import BlueprintAnalysis
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint, Step
from blueprint.scene.shapes import Ellipse, Group, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.blueprint_plan import Plan
from blueprint.views.blueprint_wires import CRITICAL, Wire
from blueprint.views.frame import Figure, Heading, LegendEntry, Mark, line_mark
from blueprint.views.step_cards import mark, marks_of
from blueprint.views.time_strip import TimeCell
from blueprint.views.words import Words, number, percent


def heading(
    blueprint: ServiceBlueprint, journey: Journey | None, words: Words, languages: tuple[str, ...]
) -> Heading:
    """Say what the drawing is, whose it is and which journey it delivers."""
    facts: list[tuple[str, str]] = []
    if journey is not None:
        facts.append((words["journey"], journey.heading.pick(*languages)))
    if blueprint.owner:
        facts.append((words["owner"], blueprint.owner.pick(*languages)))
    if blueprint.reviewed:
        facts.append((words["reviewed"], blueprint.reviewed.isoformat()))
    return Heading(
        view=words["blueprint"],
        title=blueprint.heading.pick(*languages),
        summary=blueprint.summary.pick(*languages) if blueprint.summary else "",
        state=journey.state if journey else None,
        facts=tuple(facts),
    )


def figures(analysis: BlueprintAnalysis, words: Words) -> tuple[Figure, ...]:
    """Return what a director asks first: time, waiting, hand-overs, crossings, promises at risk."""
    found: list[Figure] = []
    if analysis.critical_path_seconds is not None:
        found.append(
            Figure(
                words["critical-path"],
                words.duration(analysis.critical_path_seconds),
                words.count(len(analysis.critical_path), "step"),
                "accent",
            )
        )
    if analysis.wait_share is not None:
        waited = analysis.wait_seconds
        note = f"{words['wait-time']} {words.duration(waited)}" if waited else ""
        found.append(
            Figure(
                words["wait-share"], percent(analysis.wait_share), note, "wait", share=analysis.wait_share
            )
        )
    found.append(Figure(words["handoffs"], number(analysis.handoffs, 1), ""))
    by_line = words.comma.join(
        f"{words[f'crossed-{name}']} {number(count, 1)}"
        for name, count in analysis.crossings_by_line.items()
        if count
    )
    found.append(Figure(words["crossings"], number(analysis.crossings, 1), by_line, told=bool(by_line)))
    if analysis.breaches:
        found.append(Figure(words["breaches"], str(len(analysis.breaches)), "", "fail"))
    return tuple(found)


def legend(
    steps: Iterable[Step], wires: Sequence[Wire], technology: bool, words: Words
) -> tuple[LegendEntry, ...]:
    """Explain the signs that this drawing really uses."""
    entries: list[LegendEntry] = []
    carried = {letter for step in steps for letter, _ in marks_of(step)}
    for letter, token, name in (
        ("F", "fail", "fails"),
        ("W", "wait", "waits"),
        ("D", "decision", "decision"),
    ):
        if letter in carried:
            entries.append(LegendEntry(_pill(letter, token), words[f"legend-{name}"]))
    if technology:
        entries.append(LegendEntry(_system, words["legend-technology"]))
    if any(wire.handoff and not wire.technology for wire in wires):
        entries.append(LegendEntry(_handoff(()), words["legend-handoff"]))
    if any(wire.handoff and wire.technology for wire in wires):
        entries.append(LegendEntry(_handoff((6.0, 4.0)), words["legend-handoff-technology"]))
    if any(wire.critical for wire in wires):
        entries.append(LegendEntry(line_mark(Paint(None, "accent", CRITICAL)), words["critical-path"]))
    return tuple(entries)


def time_legend(words: Words, cells: Iterable[TimeCell]) -> tuple[LegendEntry, ...]:
    """Explain the bars of the timeline."""
    shown = list(cells)
    entries = [LegendEntry(_bar("accent"), words["standard-time"])]
    if any(cell.time.wait for cell in shown):
        entries.append(LegendEntry(_bar("wait"), words["wait-time"]))
    if any(cell.time.tolerance or cell.beyond for cell in shown):
        entries.append(LegendEntry(_tick, words["legend-scale"]))
    if any(cell.beyond for cell in shown):
        entries.append(LegendEntry(_beyond, words["legend-over"]))
    return tuple(entries)


def _pill(letter: str, token: str) -> Mark:
    return lambda x, y: mark(letter, token, x - 1, y - 0.5)


def _system(x: float, y: float) -> Shape:
    corners = (
        Point(x + 5, y), Point(x + 23, y), Point(x + 28, y + 5), Point(x + 28, y + 11),
        Point(x + 23, y + 16), Point(x + 5, y + 16), Point(x, y + 11), Point(x, y + 5),
    )  # fmt: skip
    segments = tuple(Segment("L" if at else "M", (corner,)) for at, corner in enumerate(corners))
    return Path((*segments, Segment("Z")), Paint("card", "technology", 1.25, dash=(5.0, 3.5)))


def _handoff(dash: tuple[float, ...]) -> Mark:
    def draw(x: float, y: float) -> Shape:
        way = (Segment("M", (Point(x + 4, y + 8),)), Segment("L", (Point(x + 28, y + 8),)))
        return Group(
            (
                Path(way, Paint(None, "route", 1.5, dash)),
                Ellipse(x + 4, y + 8, 4, 4, Paint("card", "handoff", 2.0)),
            )
        )

    return draw


def _bar(token: str) -> Mark:
    paint = Paint(token, pattern="lines" if token == "wait" else None)
    return lambda x, y: Rect(x, y + 4, 28, 8, paint, radius=2)


def _beyond(x: float, y: float) -> Shape:
    return Rect(x, y, 28, 16, Paint("fail", pattern="cross"), radius=2)


def _tick(x: float, y: float) -> Shape:
    way = (Segment("M", (Point(x + 14, y),)), Segment("L", (Point(x + 14, y + 16),)))
    return Path(way, Paint(None, "ink", 2.0))


def story(
    blueprint: ServiceBlueprint,
    placed: Plan,
    steps: dict[str, Step],
    analysis: BlueprintAnalysis | None,
    words: Words,
    languages: tuple[str, ...],
) -> str:
    """Tell the blueprint in words: its size, its figures, then who does what at every touchpoint."""
    size = words.comma.join(
        (words.count(len(placed.columns), "touchpoint"), words.count(len(placed.lanes), "actor"),
         words.count(len(steps), "step"))
    )  # fmt: skip
    sentences = [f"{words['blueprint']}{words.colon}{blueprint.heading.pick(*languages)}", size]
    if analysis is not None:
        facts = [
            f"{words['handoffs']}{words.colon}{number(analysis.handoffs, 1)}",
            f"{words['crossings']}{words.colon}{number(analysis.crossings, 1)}",
        ]
        if analysis.wait_share is not None:
            facts.append(f"{words['wait-share']}{words.colon}{percent(analysis.wait_share)}")
        sentences.append(words.comma.join(facts))
    for column in placed.columns:
        title = column.place.touchpoint.title.pick(*languages) if column.place else column.id
        done = [
            f"{blueprint.actor_heading(step.actor).pick(*languages)} – {step.does.pick(*languages)}"
            for step in steps.values()
            if step.at == column.id
        ]
        sentences.append(f"{title}{words.colon}{words.comma.join(done)}" if done else title)
    gap = "" if words.language == "zh" else " "
    return gap.join(words.sentence(sentence) for sentence in sentences)
