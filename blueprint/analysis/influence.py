"""Where a figure of a journey comes from: the one change that would move it most.

For every figure that a budget can name there is one kind of change, made at one touchpoint (or step) at a
time. Emotions are asked for one point, since the figures grow with them; everything else is asked what
would become of the figure without the thing that it counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from blueprint.analysis.chain import chain_of
from blueprint.analysis.effort import CHANNEL_SWITCH, HANDOFF, REWORK, VISIT, WAIT, WAIT_UNIT
from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.model.journey import BudgetFigure

Change = Literal[
    "emotion", "carry-on", "come-through", "time", "wait", "leave-out", "repeat", "effort", "lift", "hand"
]
_MOST = 400
"""So many ways to give a step to somebody else are tried; each costs another analysis."""
_NOTHING = 1e-12


class Influence(NamedTuple):
    """A change at one place, and what it does to a figure."""

    at: str
    """The touchpoint or step."""
    change: Change
    """`emotion`: feels one point better, or worse where the figure ought to fall (to first order).
    `carry-on`: those who give up there go on like the others. `come-through`: all of them succeed. `time`,
    `wait`: takes none. `leave-out`: is not passed at all. `repeat`: is passed once only. `effort`: asks
    nothing of the customer. `lift`: feels neutral. `hand`: is done by `by`."""
    effect: float
    """What is added to the figure, in its unit."""
    by: str = ""
    """Who would do it: an owner as written first, or an actor's id."""


def largest(
    analysis: JourneyAnalysis, figure: BudgetFigure, *, up: bool, delivery: BlueprintAnalysis | None = None
) -> Influence | None:
    """Return the change that moves a figure most in one direction; the first written of equal ones.

    Args:
        analysis: The journey.
        figure: The figure, as in `analysis.journey.figures`.
        up: Whether it ought to grow.
        delivery: The blueprint whose figure it is, for handoffs, crossings and waits.

    Returns:
        None where no single change moves it that way.
    """
    best: Influence | None = None
    for influence in influences(analysis, figure, up=up, delivery=delivery):
        gain = influence.effect if up else -influence.effect
        if gain > _NOTHING and (best is None or gain > abs(best.effect) + _NOTHING):
            best = influence
    return best


def influences(
    analysis: JourneyAnalysis, figure: BudgetFigure, *, up: bool, delivery: BlueprintAnalysis | None = None
) -> Iterator[Influence]:
    """Yield what each single change does to a figure; arguments as for `largest`."""
    match figure:
        case "peak_end" | "ending" | "mean":
            yield from _emotions(analysis, figure, up)
        case "completion":
            yield from _completion(analysis)
        case "longest_valley":
            yield from _valleys(analysis)
        case "crossings":
            yield from _steps(delivery, "crossings")
        case "handoffs" if delivery is not None:
            yield from _steps(delivery, "handoffs")
        case "handoffs":
            yield from _owners(analysis)
        case "wait_share" if delivery is not None:
            yield from _waits_of_steps(delivery)
        case _:
            yield from _amounts(analysis, figure)


def _emotions(analysis: JourneyAnalysis, figure: BudgetFigure, up: bool) -> Iterator[Influence]:
    """One point more or less, which is the gradient; what is at the end of the scale cannot go on."""
    chain, remembered, journey = analysis.chain, analysis.peak_end, analysis.journey
    if remembered is None:
        return
    if figure == "peak_end":
        slopes = remembered.intensity.gradient
    elif figure == "ending":
        slopes = chain.last_touchpoint
    else:
        slopes = {name: visits / chain.steps for name, visits in chain.visits.items()}
    end = journey.emotion_scale[1 if up else 0]
    for name, slope in slopes.items():
        if analysis.emotions.get(name) != end:
            yield Influence(name, "emotion", slope if up else -slope)


def _completion(analysis: JourneyAnalysis) -> Iterator[Influence]:
    """Those who fail right after a touchpoint go on in the proportions of the others there.

    Let c be the probability of success from a state, f the share that fails right after it and r that of
    coming back to it, 1 − 1/N_ii. Scaling the other ways by 1/(1 − f) makes of c the greater
    c' = c (1 − r)/(1 − f − r), and completion grows by H (c' − c), with H the probability of ever being
    there. Where nobody goes on, nobody shows the way, and at best all of them come through.
    """
    chain = chain_of(analysis.journey)
    results = [outcome.result == "success" for outcome in analysis.journey.outcomes.values()]
    done = [sum(p for o, p in row.items() if results[o]) for row in chain.r]
    ahead, visits = chain.factors.expected(done), chain.factors.returns()
    for state in chain.reached:
        failing = sum(p for o, p in chain.r[state].items() if not results[o])
        others = 1 / visits[state] - failing
        if failing and others > _NOTHING:
            gain = chain.ever[state] * ahead[state] * failing / others
            yield Influence(chain.names[state], "carry-on", gain)
        elif failing:
            yield Influence(chain.names[state], "come-through", chain.ever[state])


def _amounts(analysis: JourneyAnalysis, figure: BudgetFigure) -> Iterator[Influence]:
    """What a touchpoint contributes to a sum, or to a share of sums."""
    chain, journey = analysis.chain, analysis.journey
    times = {name: point.time for name, point in journey.touchpoints.items()}
    waits = {name: chain.visits[name] * ((t.wait if t else None) or 0.0) for name, t in times.items()}
    arriving = _changes_on_arrival(analysis) if figure == "effort" else {}
    total, waited = chain.seconds or 0.0, sum(waits.values())
    for name in journey.touchpoints:
        time = times[name]
        match figure:
            case "time":
                spent = chain.visits[name] * ((time.total if time else None) or 0.0)
                yield Influence(name, "time", -spent)
            case "wait_share":
                if 0 < waits[name] < total:
                    without = (waited - waits[name]) / (total - waits[name])
                    yield Influence(name, "wait", without - waited / total)
            case "steps":
                yield Influence(name, "leave-out", -chain.visits[name])
            case "rework":
                yield Influence(name, "repeat", -chain.rework[name])
            case "effort":
                asked = VISIT * chain.visits[name] + REWORK * chain.rework[name] + arriving[name]
                yield Influence(name, "effort", -(asked + WAIT * waits[name] / WAIT_UNIT))


def _changes_on_arrival(analysis: JourneyAnalysis) -> dict[str, float]:
    """Return per touchpoint the effort of changing channel and owner on the way into it."""
    points = analysis.journey.touchpoints
    found = dict.fromkeys(points, 0.0)
    for (source, target), times in analysis.chain.traversals.items():
        if target in points:
            before, after = points[source], points[target]
            if before.channel and after.channel and before.channel != after.channel:
                found[target] += CHANNEL_SWITCH * times
            if before.owner and after.owner and before.owner.root != after.owner.root:
                found[target] += HANDOFF * times
    return found


def _valleys(analysis: JourneyAnalysis) -> Iterator[Influence]:
    """Lifting one touchpoint to neutral cuts its valley in two."""
    lengths = [len(valley.touchpoints) for valley in analysis.valleys]
    if not lengths:
        return
    longest, second = lengths[0], lengths[1] if len(lengths) > 1 else 0
    for at, name in enumerate(analysis.valleys[0].touchpoints):
        yield Influence(name, "lift", float(max(at, longest - at - 1, second) - longest))


def _owners(analysis: JourneyAnalysis) -> Iterator[Influence]:
    """A touchpoint is done by the owner of one before or after it."""
    points = analysis.journey.touchpoints
    owners = {name: point.owner for name, point in points.items() if point.owner}
    links: dict[str, list[tuple[str, float]]] = {name: [] for name in owners}
    for (source, target), times in analysis.chain.traversals.items():
        if source in owners and target in owners and source != target and times:
            links[source].append((target, times))
            links[target].append((source, times))
    for name, around in links.items():
        others = dict.fromkeys(owners[other] for other, _ in around)
        for owner in others:
            effect = sum(
                times * ((owners[other].root != owner.root) - (owners[other].root != owners[name].root))
                for other, times in around
            )
            yield Influence(name, "hand", effect, owner.pick(analysis.journey.language))


def _steps(delivery: BlueprintAnalysis | None, figure: str) -> Iterator[Influence]:
    """A step is done by the actor of one before or after it; found out by analysing it so."""
    if delivery is None:
        return
    from blueprint.analysis.delivery import analyse_blueprint

    blueprint, journey = delivery.blueprint, delivery.journey
    before = getattr(delivery, figure)
    tried = 0
    for name, actors in _neighbours(delivery).items():
        for actor in actors:
            tried += 1
            if tried > _MOST:
                return
            steps = tuple(
                step.model_copy(update={"actor": actor}) if step.id == name else step
                for step in blueprint.steps
            )
            after = analyse_blueprint(blueprint.model_copy(update={"steps": steps}), journey)
            yield Influence(name, "hand", getattr(after, figure) - before, actor)


def _neighbours(delivery: BlueprintAnalysis) -> dict[str, list[str]]:
    """Return per step the actors of the steps next to it, itself left out."""
    actor = {step.id: step.actor for step in delivery.blueprint.steps}
    found: dict[str, dict[str, None]] = {name: {} for name in actor}
    for source, target in delivery.handoff_links:
        found[source][actor[target]] = None
        found[target][actor[source]] = None
    return {name: list(actors) for name, actors in found.items() if actors}


def _waits_of_steps(delivery: BlueprintAnalysis) -> Iterator[Influence]:
    waited, worked = delivery.wait_seconds or 0.0, delivery.standard_seconds or 0.0
    seen: set[str] = set()
    for step in delivery.blueprint.steps:
        wait = (step.time.wait if step.time else None) or 0.0
        if step.id not in seen and 0 < wait < waited + worked:
            without = (waited - wait) / (waited + worked - wait)
            yield Influence(step.id, "wait", without - waited / (waited + worked))
        seen.add(step.id)
