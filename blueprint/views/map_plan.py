"""What a map shows, read from the journey before anything is placed: columns, ways, curves, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.touchpoint import Touchpoint
from blueprint.scene.text import measure
from blueprint.views import routes
from blueprint.views.cards import PAD
from blueprint.views.figures import curve_color, is_twin
from blueprint.views.plot import Curve
from blueprint.views.reading import Reading, people
from blueprint.views.typeset import BODY, CARD

WIDEST = 320.0
"""Of a column, px."""
_WIDTHS: dict[str, float] = {"compact": 176.0, "normal": 200.0, "roomy": 240.0}
_BUSY = 56.0
"""What a column gains whose ways on need it, px."""


class Column(NamedTuple):
    """One column of the map: a touchpoint, or a stage that has none."""

    order: int
    """From 1 for the first touchpoint; 0 where a stage has none."""
    touchpoint: Touchpoint | None
    stage: int
    width: float
    id: str


class Step(NamedTuple):
    """A way to the next card."""

    source: int
    target: int
    share: float
    condition: str
    traffic: float


def base_width(journey: Journey, density: str) -> float:
    """Return how wide a column begins: of a long journey narrower, so that its poster stays a poster.

    A sheet five times as wide as high hangs nowhere, and its type is small on every wall.
    """
    if density != "normal":
        return _WIDTHS.get(density, _WIDTHS["normal"])
    many = sum(max(1, len(stage.touchpoints)) for stage in journey.stages)
    return 200.0 if many <= 9 else 184.0 if many <= 13 else 176.0


def columns_of(journey: Journey, read: Reading, base: float, k: float) -> list[Column]:
    """One column per touchpoint (and one per stage without any), as wide as its longest word asks.

    Args:
        journey: What to lay out.
        read: The reader's language.
        base: Width where no word asks for more, px.
        k: How much larger than usual the titles of the cards are.
    """
    columns: list[Column] = []
    used: set[str] = set()
    order = 0
    for at, stage in enumerate(journey.stages):
        for touchpoint in stage.touchpoints:
            order += 1
            name, copy = f"tp-{touchpoint.id}", 1
            while name in used:  # the same id twice is a finding, not a reason to draw nothing
                copy += 1
                name = f"tp-{touchpoint.id}.{copy}"
            used.add(name)
            width = _width(touchpoint, read, base, k)
            if _is_busy(journey, touchpoint.id):
                width = min(WIDEST, width + _BUSY)
            columns.append(Column(order, touchpoint, at, width, name))
        if not stage.touchpoints:
            columns.append(Column(0, None, at, base, f"stage-{stage.id}"))
    return columns


def _is_busy(journey: Journey, touchpoint: str) -> bool:
    """Tell whether both a loop onto itself and a list of exits must find room under one card."""
    ways = journey.routes.get(touchpoint, ())
    return any(way.target == touchpoint for way in ways) and any(
        way.target in journey.outcomes or way.when for way in ways if way.target != touchpoint
    )


def _width(touchpoint: Touchpoint, read: Reading, base: float, k: float) -> float:
    wanted = base
    texts = [touchpoint.doing, touchpoint.thinking, *(pain.pain for pain in touchpoint.pains)]
    for word in read.say(touchpoint.title).split():
        if len(word) > 10 and word.isalpha() and ord(word[0]) < 0x2E80:
            wanted = max(wanted, measure(word, CARD * k, "bold") + 2 * PAD)
    for text in texts:
        for word in read.say(text).split():
            if len(word) > 18 and word.isalpha() and ord(word[0]) < 0x2E80:
                wanted = max(wanted, measure(word, BODY) + 24)
    return min(WIDEST, -(-wanted // 8) * 8)


def ways_of(
    journey: Journey, analysis: JourneyAnalysis | None, columns: Sequence[Column], read: Reading
) -> tuple[list[routes.Arc], list[routes.Exit], list[Step]]:
    """Sort the routes: to the next card, elsewhere, and out of the journey."""
    at: dict[str, int] = {}
    for place, column in enumerate(columns):
        if column.touchpoint:
            at.setdefault(column.touchpoint.id, place)
    arcs, exits, steps = [], [], []
    passages = analysis.chain.traversals if analysis else {}
    for source, ways in journey.routes.items():
        if source not in at:
            continue
        place = at[source]
        for way in ways:
            said = read.say(way.when)
            traffic = passages.get((source, way.target), way.share)
            if way.target in at:
                target = at[way.target]
                if target == place + 1:
                    steps.append(Step(place, target, way.share, said, traffic))
                    if said:
                        # The short way has no room for its condition: it is listed under the card.
                        order = f"→ {columns[target].order}"
                        exits.append(routes.Exit(place, order, way.share, None, said, way.assumed, traffic))
                else:
                    arcs.append(routes.Arc(place, target, way.share, said, way.assumed, traffic))
            elif outcome := journey.outcomes.get(way.target):
                name = read.say(outcome.title) or read.label.labels.get(way.target, way.target)
                good = outcome.result == "success"
                exits.append(routes.Exit(place, name, way.share, good, said, way.assumed, traffic))
    return arcs, exits, steps


def curves_of(
    journey: Journey,
    analysis: JourneyAnalysis | None,
    personas: Mapping[str, Persona],
    columns: Sequence[Column],
    read: Reading,
) -> tuple[Curve, ...]:
    """One curve per persona with scores of their own, else one for everybody."""
    scores = [c.touchpoint.scores if c.touchpoint else {} for c in columns]
    named = {who for here in scores for who in here if who}
    known = people(journey, personas, read)
    if analysis and analysis.persona:
        wanted = [analysis.persona]
    else:
        wanted = [who for who in known if who in named] + sorted(named - set(known))
    if not wanted:
        return (Curve("", curve_color(0), tuple(here.get("") for here in scores)),)
    order = list(known) + [who for who in wanted if who not in known]
    return tuple(
        Curve(
            known.get(who, (who, ""))[0] if len(wanted) > 1 else "",
            curve_color(order.index(who)),
            tuple(here.get(who, here.get("")) for here in scores),
            twin=is_twin(order.index(who)),
        )
        for who in wanted
    )
