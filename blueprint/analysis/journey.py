"""Everything computed about one journey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from blueprint.analysis.chain import chain_figures, chain_of
from blueprint.analysis.effort import effort
from blueprint.analysis.emotions import emotions_of
from blueprint.analysis.kinds import kind_verdicts
from blueprint.analysis.pains import ranked_pains, valleys
from blueprint.analysis.path import main_path
from blueprint.analysis.peak_end import peak_end
from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.model.journey import BudgetFigure, Journey
from blueprint.model.persona import Persona

if TYPE_CHECKING:
    from blueprint.analysis.action_priority import ActionTable


def analyse_journey(
    journey: Journey,
    *,
    personas: Mapping[str, Persona] = {},
    persona: str | None = None,
    weight: float = 0.5,
    priorities: Callable[[], ActionTable] | None = None,
) -> JourneyAnalysis:
    """Analyse a journey, for one persona or for all of them by share.

    Args:
        journey: the journey.
        personas: persona documents by id, for their shares.
        persona: the persona whose scores count; None for all, weighted by share.
        weight: the weight of the peak in peak-end, in [0, 1].
        priorities: gives the table of action priorities in force, asked only where a pain is rated; the
            built-in table where it is None.

    Raises:
        Uncomputable: the graph allows no figures: no entry, unknown targets, shares that do not sum to
            1, or touchpoints from which no outcome can be reached.
    """
    chain = chain_of(journey)
    figures = chain_figures(journey, chain)
    emotions, assumed = emotions_of(journey, personas, persona)
    return JourneyAnalysis(
        journey=journey,
        persona=persona,
        emotions=emotions,
        chain=figures,
        peak_end=peak_end(
            chain,
            emotions,
            journey.neutral_emotion,
            seconds=[point.time.total if point.time else None for point in journey.touchpoints.values()],
            assumed=assumed,
            weight=weight,
        )
        if emotions
        else None,
        kinds=kind_verdicts(journey, figures, emotions),
        valleys=valleys(journey, emotions),
        rank_pains=lambda: ranked_pains(journey, figures, priorities),
        sum_effort=lambda: effort(journey, figures),
        find_main_path=lambda: main_path(chain),
    )


def figures(
    analysis: JourneyAnalysis, delivery: BlueprintAnalysis | None = None
) -> dict[BudgetFigure, float]:
    """Return the figures a budget can name; those that cannot be said are left out.

    With a blueprint, `handoffs` counts the changes of actor behind the scenes and `wait_share` its waits;
    without one, `handoffs` counts the changes of owner that the customer sees and `wait_share` the waits
    of the touchpoints by visits. `crossings` needs a blueprint. `longest_valley` counts touchpoints,
    `time` is in seconds.
    """
    chain, remembered = analysis.chain, analysis.peak_end
    found: dict[BudgetFigure, float | None] = {
        "peak_end": remembered.intensity.expected if remembered else None,
        "ending": remembered.ending if remembered else None,
        "mean": remembered.mean_visit_weighted if remembered else None,
        "completion": chain.completion,
        "time": chain.seconds,
        "steps": chain.steps,
        "rework": analysis.effort.rework,
        "effort": analysis.effort.total,
        "longest_valley": float(max((len(v.touchpoints) for v in analysis.valleys), default=0)),
        "handoffs": delivery.handoffs if delivery else analysis.effort.handoffs,
        "crossings": delivery.crossings if delivery else None,
        "wait_share": delivery.wait_share if delivery else _wait_share(analysis),
    }
    return {name: figure for name, figure in found.items() if figure is not None}


def _wait_share(analysis: JourneyAnalysis) -> float | None:
    total = analysis.chain.seconds
    return analysis.effort.wait_seconds / total if total else None
