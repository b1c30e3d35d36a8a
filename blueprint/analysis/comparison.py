"""Two versions of a journey or a service blueprint: what changed, what that did to the figures, and why.

Which document is which, and what the rules found, is told from outside; this room knows only models.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from blueprint.analysis.changes import (
    JourneyMatch,
    blueprint_changes,
    document_changes,
    journey_changes,
    match_journeys,
)
from blueprint.analysis.comparison_figures import (
    BLUEPRINT_MEASURES,
    JOURNEY_MEASURES,
    Measure,
    blueprint_values,
    journey_values,
    tolerated,
)
from blueprint.analysis.comparison_results import (
    ROUNDING,
    Around,
    BudgetChange,
    BudgetState,
    Cause,
    Difference,
    FigureChange,
    Grounds,
    Model,
)
from blueprint.analysis.contributions import EXACT, contributions
from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.delivery_hybrids import BlueprintHybrids
from blueprint.analysis.emotions import emotions_of
from blueprint.analysis.hybrids import Factor, JourneyHybrids
from blueprint.analysis.journey import analyse_journey, figures
from blueprint.analysis.results import ColumnTime, Uncomputable
from blueprint.diagnostic import Message
from blueprint.model.journey import BudgetFigure, Journey
from blueprint.model.persona import Persona
from blueprint.model.service import ServiceBlueprint
from blueprint.model.values import Budget, Score, Text

EMOTIONS = frozenset(name for name, measure in JOURNEY_MEASURES.items() if measure.unit == "emotion")


def compare(
    old: Model, new: Model, around: tuple[Around, Around], tolerances: Mapping[str, float] = {}
) -> Difference:
    """Compare two versions of one document, or two documents of one kind.

    Args:
        old: the old version.
        new: the new version.
        around: what the old and the new version rest on.
        tolerances: by how much figures may become worse (see `tolerated`).
    """
    if isinstance(old, Journey) and isinstance(new, Journey):
        return _compare_journeys(old, new, around, tolerances)
    if isinstance(old, ServiceBlueprint) and isinstance(new, ServiceBlueprint):
        return _compare_blueprints(old, new, around, tolerances)
    if type(old) is not type(new):
        raise TypeError("documents of different kinds have nothing in common")
    return Difference(document_changes(old, new))


def _compare_journeys(
    old: Journey, new: Journey, around: tuple[Around, Around], tolerances: Mapping[str, float]
) -> Difference:
    match = match_journeys(old, new)
    rescaled = old.emotion_scale != new.emotion_scale
    before, after = (
        _attempt(partial(journey_values, journey, its.personas, its.parameters))
        for journey, its in zip((old, new), around, strict=True)
    )
    low, high = new.emotion_scale
    found = _plain_figures(JOURNEY_MEASURES, before[0], after[0], high - low, tolerances)
    if rescaled:
        found = [replace(it, delta=None) if it.name in EMOTIONS else it for it in found]
    if currencies(old) != currencies(new):
        found = [replace(it, delta=None) if it.unit == "money" else it for it in found]
    people = (around[0].personas, around[1].personas)
    parameters = (around[0].parameters, around[1].parameters)
    return Difference(
        changes=journey_changes(old, new, match),
        figures=_explained_journey(found, old, new, match, people, parameters),
        budgets=_budgets(old, new, around),
        grounds=(_grounds(old, people[0]), _grounds(new, people[1])),
        match=match,
        felt=(_felt(old, people[0]), _felt(new, people[1])),
        rescaled=rescaled,
        uncomputable=(before[1], after[1]),
    )


def currencies(journey: Journey) -> frozenset[str]:
    """Return the currencies in which a journey's customers are valued."""
    values = (journey.market and journey.market.value, journey.traffic and journey.traffic.value)
    return frozenset(value.currency for value in values if value)


def _attempt(compute: partial[dict[str, float | None]]) -> tuple[dict[str, float | None], Message | None]:
    try:
        return compute(), None
    except Uncomputable as impossible:
        return {}, impossible.reason


def _plain_figures(
    measures: Mapping[str, Measure],
    before: Mapping[str, float | None],
    after: Mapping[str, float | None],
    width: float,
    tolerances: Mapping[str, float],
) -> list[FigureChange]:
    found = []
    for name, measure in measures.items():
        one, other = before.get(name), after.get(name)
        if one is None and other is None:
            continue
        delta = None if one is None or other is None else other - one
        if delta is not None and abs(delta) <= ROUNDING:
            delta = 0.0
        limit = None if one is None else tolerated(measure, one, width, tolerances)
        found.append(FigureChange(name, measure.unit, measure.better, one, other, delta, (), True, limit))
    return found


def _explained_journey(
    found: list[FigureChange],
    old: Journey,
    new: Journey,
    match: JourneyMatch,
    people: tuple[Mapping[str, Persona], Mapping[str, Persona]],
    parameters: tuple[Mapping[str, float] | None, Mapping[str, float] | None],
) -> tuple[FigureChange, ...]:
    if not any(figure.delta for figure in found):
        return tuple(found)
    ways = [JourneyHybrids(old, new, match, people)]
    explained: _Explained = {}
    for rests_on, names in _groups(JOURNEY_MEASURES, found):
        told = _of_group(ways[0], rests_on, names, parameters[0])
        if not told:
            # Some graph in between allows no figures: what changes it is then made all at once.
            if len(ways) == 1:
                ways.append(JourneyHybrids(old, new, match, people, whole=True))
            told = _of_group(ways[1], rests_on, names, parameters[0])
        explained |= told
    return tuple(_with_causes(figure, explained, ways[0].factors) for figure in found)


def _of_group(
    hybrids: JourneyHybrids,
    rests_on: frozenset[str],
    names: frozenset[str],
    parameters: Mapping[str, float] | None,
) -> _Explained:
    def value(made: frozenset[Factor]) -> dict[str, float | None]:
        journey, personas = hybrids.build(made)
        values = journey_values(journey, personas, parameters, names)
        # Both ends have the figure. Where nobody names a time it takes none, where nobody scored all is
        # neutral: the way there can then be told step by step.
        empty = journey.neutral_emotion
        return {
            name: (empty if name in EMOTIONS else 0.0) if number is None else number
            for name, number in values.items()
        }

    return _causes(hybrids.factors, rests_on, names, value)


def _groups(
    measures: Mapping[str, Measure], found: list[FigureChange]
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return the figures that changed, by what they rest on."""
    groups: dict[frozenset[str], set[str]] = {}
    for figure in found:
        if figure.delta:
            groups.setdefault(measures[figure.name].rests_on, set()).add(figure.name)
    return [(rests_on, frozenset(names)) for rests_on, names in groups.items()]


_Explained = dict[str, tuple[tuple[Cause, ...], bool]]


def _causes(
    factors: tuple[Factor, ...],
    rests_on: frozenset[str],
    names: frozenset[str],
    value: Callable[[frozenset[Factor]], Mapping[str, float | None]],
) -> _Explained:
    having = tuple(factor for factor in factors if factor.kind in rests_on)
    try:
        parts = contributions(len(having), lambda made: value(frozenset(having[at] for at in made)))
    except Uncomputable:
        return {}
    exact = len(having) <= EXACT
    return {
        name: (tuple(Cause(*pair) for pair in zip(having, found, strict=True)), exact)
        for name, found in (parts or {}).items()
        if name in names
    }


def _with_causes(figure: FigureChange, explained: _Explained, factors: tuple[Factor, ...]) -> FigureChange:
    if not figure.delta:
        return figure
    causes, exact = explained.get(figure.name, ((), True))
    if abs(sum(cause.part for cause in causes) - figure.delta) > 1e-7 * max(1.0, abs(figure.delta)):
        # What lies between the two versions cannot be computed: the changes did it together.
        together = Factor("together", tuple(dict.fromkeys(id for it in factors for id in it.ids)))
        return replace(figure, causes=(Cause(together, figure.delta),), exact=False)
    told = [cause for cause in causes if abs(cause.part) > ROUNDING]
    told.sort(key=lambda cause: (-round(abs(cause.part), 9), cause.factor.kind, cause.factor.ids))
    return replace(figure, causes=tuple(told), exact=exact)


def _felt(journey: Journey, personas: Mapping[str, Persona]) -> dict[str, Score]:
    emotions, assumed = emotions_of(journey, personas)
    found = {}
    for id, mean in emotions.items():
        own = journey.touchpoints[id].scores.get("")
        source = None if id in assumed else Text("measured")
        found[id] = own or Score.model_construct(mean=mean, source=source)
    return found


def _grounds(journey: Journey, personas: Mapping[str, Persona]) -> Grounds:
    emotions, assumed = emotions_of(journey, personas)
    return Grounds(len(emotions) - len(assumed), len(assumed), len(journey.touchpoints) - len(emotions))


def _budgets(old: Journey, new: Journey, around: tuple[Around, Around]) -> tuple[BudgetChange, ...]:
    values = [_budget_values(journey, its) for journey, its in zip((old, new), around, strict=True)]
    found = []
    for name in dict.fromkeys((*new.budgets, *old.budgets)):
        states = [
            _state(journey.budgets.get(name), value.get(name))
            for journey, value in zip((old, new), values, strict=True)
        ]
        promise = new.budgets.get(name) or old.budgets[name]
        found.append(BudgetChange(name, states[0], states[1], promise.written, values[1].get(name)))
    return tuple(found)


def _budget_values(journey: Journey, its: Around) -> dict[BudgetFigure, float]:
    if not journey.budgets:
        return {}
    try:
        analysis = analyse_journey(journey, personas=its.personas)
    except Uncomputable:
        return {}
    return figures(analysis, its.deliveries[0] if its.deliveries else None)


def _state(promise: Budget | None, value: float | None) -> BudgetState:
    if promise is None:
        return "none"
    if value is None:
        return "untested"
    return "kept" if promise.holds(value) else "broken"


def _compare_blueprints(
    old: ServiceBlueprint,
    new: ServiceBlueprint,
    around: tuple[Around, Around],
    tolerances: Mapping[str, float],
) -> Difference:
    one, other = (old, around[0].journey), (new, around[1].journey)
    before, after = _attempt(partial(blueprint_values, *one)), _attempt(partial(blueprint_values, *other))
    found = _plain_figures(BLUEPRINT_MEASURES, before[0], after[0], 1.0, tolerances)
    if any(figure.delta for figure in found):
        hybrids = BlueprintHybrids(one, other)
        explained: _Explained = {}
        for rests_on, names in _groups(BLUEPRINT_MEASURES, found):
            explained |= _causes(
                hybrids.factors, rests_on, names, lambda made: blueprint_values(*hybrids.build(made))
            )
        found = [_with_causes(figure, explained, hybrids.factors) for figure in found]
    return Difference(
        changes=blueprint_changes(old, new),
        figures=tuple(found),
        journeys=(one[1], other[1]),
        times=(_times(*one), _times(*other)),
        uncomputable=(before[1], after[1]),
    )


def _times(blueprint: ServiceBlueprint, journey: Journey | None) -> dict[str, ColumnTime]:
    try:
        return analyse_blueprint(blueprint, journey).columns
    except Uncomputable:
        return {}
