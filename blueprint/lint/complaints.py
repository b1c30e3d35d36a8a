"""The complaints of a journey with their places, for the rules about handling them and their clocks."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.lint.rule import Judged
from blueprint.model.complaint import Complaint
from blueprint.model.journey import Journey
from blueprint.model.values import Loc


def complaints(journey: Journey) -> Iterator[tuple[Loc, str, Complaint]]:
    """Yield every complaint: its path, its touchpoint's id, and how it is handled."""
    for loc, _, touchpoint in journey.first_places:
        if touchpoint.complaint is not None:
            yield (*loc, "complaint"), touchpoint.id, touchpoint.complaint


def clocked(judged: Judged) -> bool:
    """Some complaint names a clock of its own, or its ladder; or the house says when it is open."""
    return judged.journey.hours is not None or any(
        c.ladder or c.clock or c.respond is not None or c.resolve is not None
        for _, _, c in complaints(judged.journey)
    )
