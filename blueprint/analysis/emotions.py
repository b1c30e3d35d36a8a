"""One score per touchpoint: for one persona, or for all of them by share."""

from __future__ import annotations

from collections.abc import Mapping

from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.touchpoint import Touchpoint
from blueprint.model.values import Score


def shares_of_personas(journey: Journey, personas: Mapping[str, Persona]) -> dict[str, float]:
    """Return the share of each persona of a journey, by id, summing to 1 (empty without personas).

    Personas without a share divide equally what the others leave; where nothing is left or nothing is
    written, all count equally. Personas that only scores name count too.
    """
    known: dict[str, Persona | None] = {}
    for persona in journey.persona:
        if isinstance(persona, str):
            known[persona] = personas.get(persona)
        else:
            known[persona.id] = persona
    for point in journey.touchpoints.values():
        for name in point.scores:
            if name:
                known.setdefault(name, personas.get(name))
    written = {n: p.share for n, p in known.items() if p is not None and p.share is not None}
    silent = len(known) - len(written)
    left = max(0.0, 1 - sum(written.values())) / silent if silent else 0.0
    shares = {name: written.get(name, left) for name in known}
    total = sum(shares.values())
    return {name: share / total if total else 1 / len(shares) for name, share in shares.items()}


def emotions_of(
    journey: Journey, personas: Mapping[str, Persona], persona: str | None = None
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return the emotion per touchpoint, and the touchpoints whose emotion is assumed.

    A touchpoint without a score for anybody asked about is left out. For all personas together the score
    is the mean over those it scores, weighted by their shares. It is assumed as soon as one of the
    scores in it was measured by nobody.
    """
    shares = shares_of_personas(journey, personas)
    emotions: dict[str, float] = {}
    assumed: list[str] = []
    for name, point in journey.touchpoints.items():
        scores = _asked(point, shares, persona)
        total = sum(share for _, share in scores)
        if not scores:
            continue
        emotions[name] = (
            sum(score.mean * share for score, share in scores) / total
            if total > 0
            else sum(score.mean for score, _ in scores) / len(scores)
        )
        if not all(score.measured for score, _ in scores):
            assumed.append(name)
    return emotions, tuple(assumed)


def _asked(
    point: Touchpoint, shares: Mapping[str, float], persona: str | None
) -> list[tuple[Score, float]]:
    scores = point.scores
    if "" in scores:
        return [(scores[""], 1.0)]
    if persona is not None:
        return [(scores[persona], 1.0)] if persona in scores else []
    return [(score, shares[name]) for name, score in scores.items()]
