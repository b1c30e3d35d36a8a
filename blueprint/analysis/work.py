"""Work held against protocols for work: how complaints are handled, step by step (domain 2, 11.4).

A step of a blueprint takes a step of a protocol where it says so (`follows:`), else where the words of what
is done hold one of its cues. As for scripts, coverage = found / steps that can be found, order = longest
common run / found (1 for sets), score = coverage × order; the order of work is that of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from blueprint.analysis.cues import chosen, find, fold
from blueprint.analysis.delivery import visits_of
from blueprint.analysis.process import process_of
from blueprint.analysis.protocol import in_order
from blueprint.analysis.results import BlueprintAnalysis
from blueprint.model.practice import Protocol, ProtocolStep
from blueprint.model.service import Step


class Taken(NamedTuple):
    """A step of a protocol, and the step of work that takes it."""

    step: str
    by: str
    how: Literal["said", "words"]
    """Whether the work says so, or its words show it."""


@dataclass(frozen=True, slots=True)
class Conformance:
    """What work has of a protocol."""

    protocol: str
    found: tuple[Taken, ...]
    """In the order of the work."""
    missing: tuple[str, ...]
    misplaced: tuple[str, ...]
    unknown: tuple[str, ...]
    """Steps that the work claims and the protocol does not have."""
    coverage: float
    order: float
    score: float


def conformance(name: str, protocol: Protocol, work: Iterable[tuple[str, Step]]) -> Conformance | None:
    """Hold work against a protocol; None where the protocol has no step that work could take.

    Args:
        name: the protocol's id.
        protocol: the protocol.
        work: steps of work by id, in the order in which they are done.
    """
    steps = list(work)
    places = {id: at for at, (id, _) in enumerate(steps)}
    claimed: dict[str, str] = {}
    unknown: list[str] = []
    known = {it.id for it in protocol.steps}
    for id, step in steps:
        for wanted in step.follows.get(name, ()):
            if wanted in known:
                claimed.setdefault(wanted, id)
            else:
                unknown.append(wanted)
    taken: dict[str, Taken] = {}
    for it in protocol.steps:
        if it.id in claimed:
            taken[it.id] = Taken(it.id, claimed[it.id], "said")
        elif (by := _worded(it, steps)) is not None:
            taken[it.id] = Taken(it.id, by, "words")
    could = [it for it in protocol.steps if not it.optional or it.id in taken]
    if not could:
        return None
    rank = {it.id: at for at, it in enumerate(protocol.steps)}
    # Steps taken at the same place of the work stand in the order of the protocol.
    found = sorted(taken.values(), key=lambda it: (places[it.by], rank[it.step]))
    said = [it.step for it in found]
    run = in_order(said, list(rank)) if protocol.ordered else said
    coverage = len(found) / len(could)
    order = len(run) / len(said) if len(said) > 1 else 1.0
    return Conformance(
        protocol=name,
        found=tuple(found),
        missing=tuple(it.id for it in could if it.id not in taken),
        misplaced=tuple(it for it in said if it not in run),
        unknown=tuple(unknown),
        coverage=coverage,
        order=order,
        score=coverage * order,
    )


def _worded(wanted: ProtocolStep, steps: Iterable[tuple[str, Step]]) -> str | None:
    for id, step in steps:
        words = step.does.root
        for language, text in {"": words}.items() if isinstance(words, str) else words.items():
            spoken = [language] if language else ["en", "zh"]
            if find(chosen(wanted.cues, spoken), fold(text)):
                return id
    return None


def told(analysis: BlueprintAnalysis, protocols: Mapping[str, Protocol]) -> list[dict[str, Any]] | None:
    """Return every protocol that a step of the blueprint names; None where none does."""
    blueprint = analysis.blueprint
    steps: dict[str, Step] = {}
    for step in blueprint.steps:
        steps.setdefault(step.id, step)
    named = dict.fromkeys(name for step in steps.values() for name in step.follows)
    if not named:
        return None
    order = process_of(blueprint, visits_of(analysis.journey)).order
    work = [(id, steps[id]) for id in order]
    found = []
    for name in named:
        protocol = protocols.get(name)
        it = conformance(name, protocol, work) if protocol is not None else None
        if it is None:
            continue
        found.append(
            {
                "protocol": name,
                "coverage": it.coverage,
                "order": it.order,
                "score": it.score,
                "found": [taken._asdict() for taken in it.found],
                "missing": list(it.missing),
                "misplaced": list(it.misplaced),
                "unknown": list(it.unknown),
            }
        )
    return found
