"""Several results as one: weighed (S000, 40/30/20/10) or each for itself (S004, KPI+满意度双考核).

A card is Σ w s over its parts, each scored 0 to 100; it has no figure while a part is missing. Where parts
have targets of their own they are keys: all must be reached, and none makes up for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from blueprint.analysis.survey import weighted
from blueprint.diagnostic import Message
from blueprint.model.feedback import Result, Scorecards
from blueprint.model.yardstick import Scorecard


@dataclass(frozen=True, slots=True)
class Scored:
    """A scorecard filled in."""

    card: str
    score: float | None
    """Σ w s of 0 to 100; None while a part is missing."""
    missing: tuple[str, ...]
    """Parts of the card that nobody scored."""
    unknown: tuple[str, ...]
    """Parts that were scored and are not on the card."""
    below: tuple[str, ...]
    """Parts that miss their own target."""
    passed: bool | None
    """Whether every part reaches its own target; None where a part or its target is missing."""
    reason: Message | None


def scored(id: str, card: Scorecard | None, results: Mapping[str, Result]) -> Scored:
    """Fill in a card.

    Args:
        id: its id in the playbooks.
        card: its parts and weights; None where no playbook has it.
        results: what the parts came to.
    """
    if card is None:
        why = Message(f"no playbook has the scorecard `{id}`", f"没有手册定义考核表 `{id}`")
        return Scored(id, None, (), tuple(results), (), None, why)
    parts = [part.id for part in card.parts]
    missing = tuple(part for part in parts if part not in results)
    unknown = tuple(part for part in results if part not in parts)
    there = [(part, results[part]) for part in parts if part in results]
    below = tuple(part for part, it in there if it.target is not None and it.score < it.target - 1e-12)
    keyed = not missing and all(it.target is not None for _, it in there)
    passed = not below if keyed else False if below else None
    if missing:
        names = ", ".join(missing)
        why = Message(f"not scored: {names}", f"未评分：{names}")
        return Scored(id, None, missing, unknown, below, passed, why)
    weights = [card.weights.get(part, 0.0) for part in parts] if card.weights else None
    return Scored(id, weighted([it.score for _, it in there], weights), (), unknown, below, passed, None)


def told(results: Scorecards, cards: Mapping[str, Scorecard]) -> list[dict[str, Any]]:
    """Return every card filled in as plain data, in the order written."""
    found = []
    for id, parts in results.items():
        it, card = scored(id, cards.get(id), parts), cards.get(id)
        found.append(
            {
                "card": id,
                "score": it.score,
                "parts": {
                    part: {
                        "score": result.score,
                        "weight": card.weights.get(part) if card else None,
                        "target": result.target,
                    }
                    for part, result in parts.items()
                },
                "missing": list(it.missing),
                "unknown": list(it.unknown),
                "below": list(it.below),
                "passed": it.passed,
                "source": card.source if card else None,
                "reason": it.reason,
            }
        )
    return found
