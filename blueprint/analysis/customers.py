"""What a journey says about its customers, told: concentration, tiers, lifetime, personas at risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from blueprint.analysis import points, tags
from blueprint.analysis.concentration import Concentration, concentration
from blueprint.analysis.customer_table import CustomerTable, boxes_of, customer_table
from blueprint.analysis.lifetime import churn_score, lifetime_of
from blueprint.analysis.results import Uncomputable
from blueprint.analysis.segments import overbooked, tier_history
from blueprint.diagnostic import ExplainedError, Message
from blueprint.model.customers import Customers, Lifecycle
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona

if TYPE_CHECKING:
    from blueprint.model.standards import Standards


def told(
    journey: Journey,
    tables: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    standards: Standards | None = None,
) -> dict[str, Any] | None:
    """Return the `segments` key of the analysis as plain data; None where nothing of it is written.

    Personas in documents of their own are not looked at: only those written in the journey.

    Args:
        journey: the journey.
        tables: the tables it names, as columns of cells, by these names.
        standards: the playbooks in force, for the segmentation.
    """
    customers = journey.customers or Customers()
    personas = [it for it in journey.persona if isinstance(it, Persona)]
    table, scored = _table(customers, tables or {}, standards)
    uneven = concentration(customers.revenue) or (table.concentration if table else None)
    found = {
        "concentration": _concentration(uneven),
        "table": scored,
        "tiers": dict(customers.tiers) or None,
        "tags": tags.told(
            customers.tags, tables.get(customers.data) if tables and customers.data else None
        ),
        "points": points.told(customers.points, customers.tiers),
        "tier_history": _histories(customers),
        "lifetime": _lifetime(customers.lifecycle) if customers.lifecycle else None,
        "personas": {it.id: _persona(it) for it in personas if it.churn or it.rfm} or None,
    }
    if all(part is None for part in found.values()):
        return None
    found["overbooked"] = overbooked(customers.tiers, customers.capacity)
    return found


def scored_table(
    customers: Customers,
    tables: Mapping[str, Mapping[str, Sequence[str]]],
    standards: Standards | None = None,
) -> CustomerTable | None:
    """Return the customers of a journey's table, scored; None where none is named, or it does not fit."""
    return _table(customers, tables, standards)[0]


def _table(
    customers: Customers,
    tables: Mapping[str, Mapping[str, Sequence[str]]],
    standards: Standards | None,
) -> tuple[CustomerTable | None, dict[str, Any] | None]:
    """Return the scored table, and what is told of it; None and None where no table is named."""
    if customers.data is None:
        return None, None
    told: dict[str, Any] = {"scored": None, "incomplete": None, "segments": {}, "reason": None}
    known = standards.segmentations if standards else {}
    boxes = known.get(customers.segmentation) if customers.segmentation else None
    try:
        columns = tables[customers.data]
        table = customer_table(customers, columns, boxes_of(boxes) if boxes else ())
    except KeyError:
        return None, told | {"reason": Message("the table could not be read", "无法读取表格")}
    except ExplainedError as unfit:
        why = unfit.reason
        return None, told | {"reason": Message(f"the table does not fit: {why.en}", f"表格不符：{why.zh}")}
    return table, told | {
        "scored": len(table.scores),
        "incomplete": table.incomplete,
        "segments": table.segments,
    }


def _histories(customers: Customers) -> dict[str, Any] | None:
    """Return period by period the tier that each customer holds; None without points or limits."""
    if not customers.tier_limits or not customers.tier_points:
        return None
    return {
        name: [
            asdict(place)
            for place in tier_history(points, customers.tier_limits, patience=customers.patience)
        ]
        for name, points in customers.tier_points.items()
    }


def _concentration(found: Concentration | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "n": found.n,
        "top_share": found.top_share,
        "top_interval": list(found.top_interval),
        "gini": found.gini,
        "gini_interval": list(found.gini_interval),
        "few": found.few,
        "verdict": found.verdict,
    }


def _lifetime(lifecycle: Lifecycle) -> dict[str, Any]:
    try:
        found = lifetime_of(lifecycle)
    except Uncomputable as impossible:
        return {"reason": impossible.reason}
    margins = [state.margin for state in lifecycle.states.values() if state.margin is not None]
    return {
        "start": found.start,
        "period": lifecycle.period,
        "periods": found.periods,
        "expected": found.expected,
        "ever": found.ever,
        "value": found.value,
        "value_by_start": found.value_by_start,
        "currency": margins[0].currency if margins else None,
        "reason": None,
    }


def _persona(persona: Persona) -> dict[str, Any]:
    score = churn_score(persona.churn, persona.rfm) if persona.churn else None
    return {
        "scores": list(persona.rfm.scores) if persona.rfm and persona.rfm.scores else None,
        "signs": list(score.signs) if score else [],
        "unknown": list(score.unknown) if score else [],
        "churn": [score.low, score.high] if score else None,
        "at_risk": score.at_risk if score else None,
    }
