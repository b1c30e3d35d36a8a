"""Everything computed about one service blueprint (domain section 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from blueprint.analysis.chain import chain_of
from blueprint.analysis.process import Process, process_of
from blueprint.analysis.results import BlueprintAnalysis, ColumnTime, ToleranceBreach, Uncomputable
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint, Step
from blueprint.model.touchpoint import Times

LINES = ("interaction", "visibility", "internal-interaction")
"""The three lines, top to bottom: line k runs between lane k and lane k + 1."""

LANES = {"frontstage": 1, "backstage": 2, "support": 3}
"""Lane of each zone; the customer is lane 0."""


def analyse_blueprint(blueprint: ServiceBlueprint, journey: Journey | None = None) -> BlueprintAnalysis:
    """Analyse a service blueprint, weighted by the visits of its journey where there is one.

    A journey that allows no figures (no entry, a trap) counts as none for the weights: every column is
    then executed once.
    """
    steps: dict[str, Step] = {}
    for step in blueprint.steps:
        steps.setdefault(step.id, step)
    process = process_of(blueprint, visits_of(journey))
    by_line = _crossings(blueprint, steps, process)
    handoffs = {
        (source, target): times
        for (source, target), times in process.passages.items()
        if steps[source].actor != steps[target].actor
    }
    seconds = {name: _total(step.time) for name, step in steps.items()}
    timed = [step.time for step in steps.values() if step.time is not None and step.time.total is not None]
    standard = sum(time.standard or 0.0 for time in timed)
    wait = sum(time.wait or 0.0 for time in timed)
    path, length = process.longest(seconds) if timed else ((), None)
    return BlueprintAnalysis(
        blueprint=blueprint,
        journey=journey,
        crossings=sum(by_line.values()),
        crossings_by_line=by_line,
        handoffs=sum(handoffs.values(), 0.0),
        handoff_links=tuple(handoffs),
        wait_share=wait / (standard + wait) if standard + wait > 0 else None,
        standard_seconds=standard if timed else None,
        wait_seconds=wait if timed else None,
        columns=_columns(journey, steps.values()),
        critical_path=path,
        critical_path_seconds=length,
        breaches=_breaches(journey, steps),
        fail_points=tuple(name for name, step in steps.items() if step.fails),
        wait_points=tuple(name for name, step in steps.items() if step.wait is not None),
        decision_points=tuple(name for name, step in steps.items() if step.decision),
        evidence_coverage=_evidence(journey, steps.values()),
    )


def visits_of(journey: Journey | None) -> dict[str, float]:
    """Return expected visits per touchpoint; nothing where there is no journey or it allows no figures."""
    if journey is None:
        return {}
    try:
        chain = chain_of(journey)
    except Uncomputable:
        return {}
    return dict(zip(chain.names, chain.visits, strict=True))


def _crossings(
    blueprint: ServiceBlueprint, steps: Mapping[str, Step], process: Process
) -> dict[str, float]:
    """Expected crossings per line: an edge from lane i to lane j crosses the |i − j| lines between.

    The customer's action in a column is an edge too: to the frontstage where the column has a step
    there, else to the step that no other step leads to (it then jumps a line, which rules complain of).
    """
    crossings = dict.fromkeys(LINES, 0.0)

    def lane(step: Step) -> int | None:
        actor = blueprint.actors.get(step.actor)
        return LANES[actor.zone] if actor else None

    def cross(upper: int | None, lower: int | None, times: float) -> None:
        if upper is not None and lower is not None:
            for line in range(min(upper, lower), max(upper, lower)):
                crossings[LINES[line]] += times

    for (source, target), times in process.passages.items():
        cross(lane(steps[source]), lane(steps[target]), times)
    led_to = {target for _, target in process.passages}
    columns: dict[str, list[Step]] = {}
    for step in steps.values():
        columns.setdefault(step.at, []).append(step)
    for column, its in columns.items():
        starts = [lane(step) for step in its if step.id not in led_to or lane(step) == 1]
        known = [it for it in starts if it is not None]
        if known:
            cross(0, min(known), process.visits.get(column, 1.0))
    return crossings


def _total(time: Times | None) -> float:
    return (time.total or 0.0) if time else 0.0


def _columns(journey: Journey | None, steps: Iterable[Step]) -> dict[str, ColumnTime]:
    order = dict.fromkeys(journey.touchpoints if journey else ())
    by_column: dict[str, list[Times]] = {}
    counts: dict[str, int] = {}
    for step in steps:
        counts[step.at] = counts.get(step.at, 0) + 1
        times = by_column.setdefault(step.at, [])
        if step.time is not None:
            times.append(step.time)
    order |= dict.fromkeys(counts)
    found: dict[str, ColumnTime] = {}
    for column in order:
        if column in counts:
            times = [time for time in by_column[column] if time.total is not None]
            tolerances = [time.tolerance for time in times if time.tolerance is not None]
            found[column] = ColumnTime(
                standard=sum((time.standard or 0.0 for time in times), 0.0),
                wait=sum((time.wait or 0.0 for time in times), 0.0),
                tolerance=sum(tolerances) if times and len(tolerances) == len(times) else None,
                steps=counts[column],
            )
    return found


def _breaches(journey: Journey | None, steps: Mapping[str, Step]) -> tuple[ToleranceBreach, ...]:
    """Find what takes longer than is accepted: steps first, then the touchpoints they serve."""
    timed: list[tuple[str, Times | None]] = [(name, step.time) for name, step in steps.items()]
    if journey is not None:
        served = {step.at for step in steps.values()}
        timed += [(name, point.time) for name, point in journey.touchpoints.items() if name in served]
    found = []
    for name, time in timed:
        if time is None or time.tolerance is None:
            continue
        if time.observed is not None and time.observed.p90 is not None:
            if time.observed.p90 > time.tolerance:
                found.append(ToleranceBreach(name, time.observed.p90, time.tolerance, "p90"))
        elif time.standard is not None and time.standard > time.tolerance:
            found.append(ToleranceBreach(name, time.standard, time.tolerance, "standard"))
    return tuple(found)


def _evidence(journey: Journey | None, steps: Iterable[Step]) -> float | None:
    if journey is None:
        return None
    columns = {step.at for step in steps} & journey.touchpoints.keys()
    if not columns:
        return None
    return sum(bool(journey.touchpoints[column].evidence) for column in columns) / len(columns)
