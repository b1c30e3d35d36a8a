"""What a journey says about its customers, told: concentration, tiers, lifetime, personas at risk."""

from __future__ import annotations

from typing import Any

from blueprint.analysis.concentration import Concentration, concentration
from blueprint.analysis.lifetime import churn_score, lifetime_of
from blueprint.analysis.results import Uncomputable
from blueprint.analysis.segments import overbooked
from blueprint.model.journey import Journey
from blueprint.model.market import Customers, Lifecycle
from blueprint.model.persona import Persona


def told(journey: Journey) -> dict[str, Any] | None:
    """Return the `segments` key of the analysis as plain data; None where nothing of it is written.

    Personas in documents of their own are not looked at: only those written in the journey.
    """
    customers = journey.customers or Customers()
    personas = [it for it in journey.persona if isinstance(it, Persona)]
    found = {
        "concentration": _concentration(customers),
        "tiers": dict(customers.tiers) or None,
        "lifetime": _lifetime(customers.lifecycle) if customers.lifecycle else None,
        "personas": {it.id: _persona(it) for it in personas if it.churn or it.rfm} or None,
    }
    if all(part is None for part in found.values()):
        return None
    found["overbooked"] = overbooked(customers.tiers, customers.capacity)
    return found


def _concentration(customers: Customers) -> dict[str, Any] | None:
    found: Concentration | None = concentration(customers.revenue)
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
