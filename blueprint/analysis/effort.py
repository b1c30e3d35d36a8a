"""Structural effort: what the journey asks of the customer, read off the graph (domain 6.3)."""

from __future__ import annotations

from blueprint.analysis.results import ChainFigures, Effort
from blueprint.model.journey import Journey

VISIT = 1.0
CHANNEL_SWITCH = 2.0
HANDOFF = 2.0
REWORK = 2.0
WAIT = 1.0
WAIT_UNIT = 600.0
"""Weights: one per visit, two per channel switch, per change of owner and per repeated visit, one per
ten minutes of waiting. They are a decision of this project, not a finding."""


def effort(journey: Journey, chain: ChainFigures) -> Effort:
    """Add up structural effort per journey.

    `Σ v_j + 2 Σ v_i p_ij [channel changes] + 2 Σ v_i p_ij [owner changes] + 2 Σ (v_j − H_j) +
    E[wait] / 10 min`. A touchpoint that names no channel or owner changes neither.
    """
    points = journey.touchpoints
    switches = handoffs = 0.0
    for (source, target), times in chain.traversals.items():
        if target in points:
            before, after = points[source], points[target]
            if before.channel and after.channel and before.channel != after.channel:
                switches += times
            if before.owner and after.owner and before.owner.root != after.owner.root:
                handoffs += times
    visits = sum(chain.visits.values())
    rework = sum(chain.rework.values())
    wait = 0.0 + sum(
        chain.visits[name] * point.time.wait
        for name, point in points.items()
        if point.time and point.time.wait is not None
    )
    return Effort(
        total=VISIT * visits
        + CHANNEL_SWITCH * switches
        + HANDOFF * handoffs
        + REWORK * rework
        + WAIT * wait / WAIT_UNIT,
        visits=visits,
        channel_switches=switches,
        handoffs=handoffs,
        rework=rework,
        wait_seconds=wait,
    )
