"""What may go wrong, row by row with its place, for the rules about risks and their causes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from blueprint.lint.rule import Scope
from blueprint.model.journey import Journey
from blueprint.model.pain import Pain
from blueprint.model.service import Failure, ServiceBlueprint
from blueprint.model.values import Loc

if TYPE_CHECKING:
    from blueprint.analysis.action_priority import Reading


class RiskRow(NamedTuple):
    """One row of the risk register, with its place."""

    loc: Loc
    element: str
    risk: Pain | Failure
    en: str
    """What may go wrong, for English readers."""
    zh: str

    def reading(self, scope: Scope) -> Reading | None:
        """Return what the table in force says; None where a rating is missing."""
        it = self.risk
        if it.severity is None or it.occurrence is None or it.detection is None:
            return None
        from blueprint.analysis.action_priority import table_in

        own = scope.neighbours.own_standards() if scope.neighbours else None
        return table_in(own).read(it.severity, it.occurrence, it.detection)


def risk_rows(scope: Scope) -> Iterator[RiskRow]:
    """Yield what may go wrong at touchpoints or steps, in the order of the document."""
    model = scope.model
    if isinstance(model, Journey):
        for loc, _, point in model.places:
            for at, pain in enumerate(point.pains):
                words = pain.pain
                yield RiskRow((*loc, "pains", at), point.id, pain, words.pick("en"), words.pick("zh", "en"))
    elif isinstance(model, ServiceBlueprint):
        for place, step in enumerate(model.steps):
            for at, failure in enumerate(step.fails):
                words = failure.mode
                yield RiskRow(
                    ("steps", place, "fails", at),
                    step.id,
                    failure,
                    words.pick("en"),
                    words.pick("zh", "en"),
                )
