"""What comparing two models finds, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from blueprint.analysis.changes import Change, JourneyMatch
from blueprint.analysis.comparison_figures import Better, Unit
from blueprint.analysis.hybrids import Factor
from blueprint.analysis.results import BlueprintAnalysis, ColumnTime
from blueprint.diagnostic import Message
from blueprint.model.journey import BudgetFigure, Journey
from blueprint.model.persona import Persona
from blueprint.model.playbook import Playbook
from blueprint.model.service import ServiceBlueprint
from blueprint.model.values import Score

Model = Journey | ServiceBlueprint | Persona | Playbook
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Cause:
    """What some changes, made together, did to a figure."""

    factor: Factor
    part: float
    """Of the figure's delta, in its unit."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure before and after."""

    name: str
    unit: Unit
    better: Better
    before: float | None
    after: float | None
    """None where it cannot be said."""
    delta: float | None
    """after − before; None where one of them is missing, or the emotion scale is another."""
    causes: tuple[Cause, ...]
    """What made the difference, the largest part first; the parts sum to the delta."""
    exact: bool
    """Whether the parts are Shapley values; else the mean over two orders (see `contributions`)."""
    tolerance: float | None
    """By how much it may become worse; None where nobody watches it."""

    @property
    def worse(self) -> bool:
        """Whether it is worse at all."""
        return self._loss > ROUNDING

    @property
    def regressed(self) -> bool:
        """Whether it is worse by more than is tolerated."""
        return self.tolerance is not None and self._loss > self.tolerance + ROUNDING

    @property
    def _loss(self) -> float:
        if self.delta is None or not self.better:
            return 0.0
        return -self.delta if self.better == "higher" else self.delta


BudgetState = Literal["kept", "broken", "untested", "none"]


@dataclass(frozen=True, slots=True)
class BudgetChange:
    """One promise before and after."""

    name: BudgetFigure
    before: BudgetState
    after: BudgetState
    limit: str
    """As written in the new version; in the old one where it is gone."""
    value: float | None
    """The new figure."""

    @property
    def newly_broken(self) -> bool:
        """Whether it is broken and was not."""
        return self.after == "broken" and self.before != "broken"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the emotions of a version rest on: numbers of touchpoints."""

    measured: int
    assumed: int
    unscored: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that is different between two models."""

    changes: tuple[Change, ...]
    figures: tuple[FigureChange, ...] = ()
    """Those that at least one version has."""
    budgets: tuple[BudgetChange, ...] = ()
    grounds: tuple[Grounds, Grounds] | None = None
    """Of journeys: before and after."""
    match: JourneyMatch | None = None
    """Of journeys."""
    felt: tuple[dict[str, Score], dict[str, Score]] = field(default=({}, {}))
    """Of journeys: the score of each touchpoint before and after, over all personas by share."""
    rescaled: bool = False
    """The emotion scale is another: emotions cannot be compared."""
    journeys: tuple[Journey | None, Journey | None] = (None, None)
    """Of service blueprints: the journeys they deliver, where known."""
    times: tuple[dict[str, ColumnTime], dict[str, ColumnTime]] = field(default=({}, {}))
    """Of service blueprints: what each touchpoint's steps take, before and after."""
    uncomputable: tuple[Message | None, Message | None] = (None, None)
    """Why the old, and the new, version has no figures."""


@dataclass(frozen=True, slots=True)
class Around:
    """What else a version rests on.

    Attributes:
        personas: persona documents by id.
        parameters: what the market leaves out (see `journey_damage`).
        deliveries: the analyses of the blueprints that deliver the journey, for its budgets.
        journey: of a blueprint: the journey it delivers.
    """

    personas: Mapping[str, Persona]
    parameters: Mapping[str, float] | None = None
    deliveries: tuple[BlueprintAnalysis, ...] = ()
    journey: Journey | None = None
