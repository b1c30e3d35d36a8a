"""Where stages and personas stand in a customer's lifecycle, and which phases nobody looks after.

S003 manages the whole cycle rather than single points (从单点到全周期); S000 and S004 name the phases.
A word belongs to a phase by its id, an alias or a title, or because another lifecycle lines it up with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blueprint.model.journey import Journey
from blueprint.model.persona import Persona

if TYPE_CHECKING:
    from blueprint.model.standards import Standards
    from blueprint.model.yardstick import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class PhaseCover:
    """One phase of a lifecycle: who serves it, who stands in it, what it asks."""

    phase: str
    stages: tuple[str, ...]
    personas: tuple[str, ...]
    term: Term

    @property
    def served(self) -> bool:
        """Whether any stage belongs to it."""
        return bool(self.stages)


@dataclass(frozen=True, slots=True)
class LifecycleCover:
    """A lifecycle held against the stages of a journey and its personas."""

    phases: tuple[PhaseCover, ...]
    unplaced: tuple[str, ...]
    """Stages that name a phase which this lifecycle does not know."""

    @property
    def nowhere(self) -> tuple[str, ...]:
        """Phases that no stage serves."""
        return tuple(it.phase for it in self.phases if not it.served)

    @property
    def unserved(self) -> dict[str, str]:
        """Personas who stand in a phase that no stage serves → that phase."""
        return {who: it.phase for it in self.phases if not it.served for who in it.personas}

    @property
    def share(self) -> float:
        """The part of the phases that some stage serves."""
        return 1 - len(self.nowhere) / len(self.phases)


def phase_of(word: str, id: str, lifecycles: Mapping[str, Vocabulary]) -> str | None:
    """Return the phase of a lifecycle that a word means; None where it means none.

    Args:
        word: as a stage or a persona has it.
        id: the lifecycle.
        lifecycles: all of them: where another one lines its phases up with this one, its words count too.
    """
    wanted = " ".join(word.casefold().split())
    own = lifecycles[id]
    for term in own.terms:
        if wanted in _names(term):
            return term.id
    for other in own.contradicts:
        section, _, name = other.partition("/")
        if section != "lifecycles" or name not in lifecycles:
            continue
        for term in lifecycles[name].terms:
            if wanted in _names(term) and term.phase in {mine.id for mine in own.terms}:
                return term.phase
    return None


def _names(term: Term) -> set[str]:
    titles = [term.title.root] if isinstance(term.title.root, str) else term.title.root.values()
    return {" ".join(name.casefold().split()) for name in (term.id, *term.aliases, *titles)}


def lifecycle_cover(
    id: str, lifecycles: Mapping[str, Vocabulary], journey: Journey, personas: Iterable[Persona] = ()
) -> LifecycleCover | None:
    """Hold a lifecycle against a journey; None where no stage or persona stands in any of its phases."""
    stages = {stage.id: stage.lifecycle for stage in journey.stages if stage.lifecycle is not None}
    people = {persona.id: persona.phase for persona in personas if persona.phase is not None}
    placed = {name: phase_of(word, id, lifecycles) for name, word in stages.items()}
    standing = {name: phase_of(word, id, lifecycles) for name, word in people.items()}
    if not any((*placed.values(), *standing.values())):
        return None
    phases = tuple(
        PhaseCover(
            phase=term.id,
            stages=tuple(name for name, phase in placed.items() if phase == term.id),
            personas=tuple(name for name, phase in standing.items() if phase == term.id),
            term=term,
        )
        for term in lifecycles[id].terms
    )
    return LifecycleCover(phases, tuple(name for name, phase in placed.items() if phase is None))


def told(journey: Journey, standards: Standards, personas: Mapping[str, Persona]) -> dict[str, Any] | None:
    """Return the `lifecycles` key of the analysis: each lifecycle that stages or personas stand in."""
    page: dict[str, Any] = {}
    for id in standards.lifecycles:
        found = lifecycle_cover(id, standards.lifecycles, journey, personas.values())
        if found is None:
            continue
        page[id] = {
            "phases": {
                it.phase: {
                    "stages": list(it.stages),
                    "personas": list(it.personas),
                    "asks": it.term.strategy.root if it.term.strategy is not None else None,
                }
                for it in found.phases
            },
            "nowhere": list(found.nowhere),
            "share": found.share,
            "unserved": found.unserved,
            "unplaced": list(found.unplaced),
        }
    return page or None
