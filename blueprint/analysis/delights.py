"""Surprises, and whether they stay surprises: what always comes is expected (domain 17, B20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from blueprint.model.journey import Journey
from blueprint.model.people import Delight


@dataclass(frozen=True, slots=True)
class Given:
    """One surprise and how often a customer meets it."""

    touchpoint: str
    delight: Delight
    per_journey: float
    """Expected times per journey: visits × share."""

    @property
    def worn(self) -> bool:
        """Whether a customer is to meet it more than once in a journey."""
        return self.per_journey > 1 + 1e-9

    @property
    def kept(self) -> bool:
        """Whether anything keeps it from coming every time: a share below all, or a time in between."""
        return self.delight.again is not None or (self.delight.share is not None and self.delight.share < 1)


def delights(journey: Journey, visits: Mapping[str, float]) -> Iterator[Given]:
    """Yield the surprises of a journey in the order written."""
    for name, point in journey.touchpoints.items():
        if point.delight is not None:
            share = 1.0 if point.delight.share is None else point.delight.share
            yield Given(name, point.delight, visits.get(name, 0.0) * share)


def told(journey: Journey, visits: Mapping[str, float]) -> list[dict[str, Any]] | None:
    """Return the `delights` key of the analysis; None where there is none."""
    return [
        {
            "touchpoint": it.touchpoint,
            "what": it.delight.what.root,
            "per_journey": it.per_journey,
            "again_seconds": it.delight.again,
            "kept": it.kept,
            "worn": it.worn,
        }
        for it in delights(journey, visits)
    ] or None
