"""Channels by the names in use: which of a vocabulary one is, and how much of a journey is private.

A channel is written in words of one's own; it is the term whose id, title or alias it equals, whatever
the case. Private channels are those in which the house reaches its customers without a platform between
them (S004, 私域): what is in the list is this project's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.yardstick import Vocabulary

PRIVATE: Final = "private-channel"
"""The vocabulary of private channels."""


def term_of(written: str | None, vocabulary: Vocabulary | None) -> str | None:
    """Return the term that a channel is; None where it is none."""
    if written is None or vocabulary is None:
        return None
    plain = written.strip().casefold()
    for term in vocabulary.terms:
        titles: Iterable[str] = (
            (term.title.root,) if isinstance(term.title.root, str) else term.title.root.values()
        )
        if plain in {it.casefold() for it in (term.id, *titles, *term.aliases)}:
            return term.id
    return None


def private(analysis: JourneyAnalysis, vocabulary: Vocabulary | None) -> dict[str, Any] | None:
    """Return how much of a journey runs through private channels; None where no channel is one.

    Args:
        analysis: of the journey.
        vocabulary: of the private channels.
    """
    points, chain = analysis.journey.touchpoints, analysis.chain
    found = {
        name: term
        for name, point in points.items()
        if (term := term_of(point.channel, vocabulary)) is not None
    }
    if not found:
        return None
    named = {name for name, point in points.items() if point.channel is not None}
    visits = sum(chain.visits[name] for name in named)
    moves = {"in": 0.0, "out": 0.0}
    for (source, target), times in chain.traversals.items():
        if source in named and target in named and (source in found) != (target in found):
            moves["in" if target in found else "out"] += times
    return {
        "touchpoints": found,
        "share": sum(chain.visits[name] for name in found) / visits if visits else None,
        "moves_in": moves["in"],
        "moves_out": moves["out"],
    }
