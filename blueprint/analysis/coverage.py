"""Coverage: which items of a list are taken care of where, and which nowhere (domain 0, engine E9).

Most checklists of the trade are one matrix, items × places. What is computed is the same for all of them:
items that no place covers, places that cover too little, and how many visits meet enough.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Dimension, Kind, Metric, Need, PeakType, Principle, Touchpoint

if TYPE_CHECKING:
    from blueprint.model import yardstick
    from blueprint.model.persona import Persona
    from blueprint.model.standards import Standards


@dataclass(frozen=True, slots=True)
class Coverage:
    """A matrix of items and places, with its gaps."""

    items: tuple[str, ...]
    places: tuple[str, ...]
    covered: dict[str, tuple[str, ...]]
    """place → its items, in the order of the list."""
    nowhere: tuple[str, ...]
    """Items that no place covers."""
    short: dict[str, tuple[str, ...]]
    """Places that cover fewer than enough → what they lack."""
    unknown: tuple[tuple[str, str], ...]
    """(place, item) where something is said to be covered that is not on the list."""
    share: float | None
    """Filled cells of the matrix; None where it has none."""
    visits_share: float | None
    """Share of visits that meet a place which covers enough; None without visits."""

    @property
    def complete(self) -> bool:
        """Whether every item is covered somewhere."""
        return not self.nowhere


def cover(
    items: Sequence[str],
    covered: Mapping[str, Collection[str]],
    *,
    enough: int | None = None,
    visits: Mapping[str, float] | None = None,
) -> Coverage:
    """Fill the matrix of a list and find its gaps.

    Args:
        items: the list.
        covered: place → what is covered there; every place is a column, also one that covers nothing.
        enough: how many items of the list a place should cover; all where left out.
        visits: weights of the places.

    Raises:
        ValueError: an item stands twice on the list, or enough is not between 1 and its length.
    """
    if len(set(items)) < len(items):
        raise ValueError("an item stands twice on the list")
    needed = len(items) if enough is None else enough
    if enough is not None and not 1 <= enough <= len(items):
        raise ValueError(f"{enough} of {len(items)} items can never be covered")
    filled = {place: tuple(item for item in items if item in here) for place, here in covered.items()}
    anywhere = {item for here in filled.values() for item in here}
    cells = len(items) * len(filled)
    weight = {place: (visits or {}).get(place, 0.0) for place in filled}
    total = sum(weight.values())
    return Coverage(
        items=tuple(items),
        places=tuple(filled),
        covered=filled,
        nowhere=tuple(item for item in items if item not in anywhere),
        short={
            place: tuple(item for item in items if item not in here)
            for place, here in filled.items()
            if len(here) < needed
        },
        unknown=tuple((place, it) for place, here in covered.items() for it in here if it not in items),
        share=sum(map(len, filled.values())) / cells if cells else None,
        visits_share=sum(w for place, w in weight.items() if len(filled[place]) >= needed) / total
        if total > 0
        else None,
    )


def _metric_classes(metrics: Iterable[Metric]) -> set[str]:
    return {metric.class_ for metric in metrics if metric.class_ is not None}


def _need_types(needs: Iterable[Need]) -> set[str]:
    return {need.type for need in needs if need.type is not None}


NATIVE: Final[dict[str, tuple[tuple[str, ...], Callable[[Touchpoint], Collection[str]]]]] = {
    "kinds": (get_args(Kind), lambda point: point.kinds),
    "quality": (
        get_args(Dimension),
        lambda point: [k for k, asked in point.quality.items() if asked.perceived is not None],
    ),
    "peaks": (get_args(PeakType), lambda point: point.peak),
    "principles": (get_args(Principle), lambda point: point.principles),
    "metrics": (
        ("descriptive", "perceptual", "outcome"),
        lambda point: _metric_classes(point.metrics),
    ),
    "needs": (
        ("explicit", "latent", "rational", "emotional"),
        lambda point: _need_types(point.needs),
    ),
}
"""Lists that the format itself knows: name → (its items, what a touchpoint covers of them)."""


def native_coverage(name: str, journey: Journey, visits: Mapping[str, float] | None = None) -> Coverage:
    """Return the matrix of one of the `NATIVE` lists; one item at a touchpoint is enough.

    Raises:
        KeyError: there is no such list.
    """
    items, read = NATIVE[name]
    found = {point.id: read(point) for point in journey.touchpoints.values()}
    return cover(items, found, enough=1, visits=visits)


def list_coverage(
    id: str,
    entry: yardstick.Coverage,
    journey: Journey,
    *,
    visits: Mapping[str, float] | None = None,
    personas: Mapping[str, Persona] | None = None,
) -> Coverage | None:
    """Return the matrix of a list of a playbook over what should cover it.

    A list `of: touchpoint` is held against each touchpoint of its kinds, `of: stage` each stage with all
    its touchpoints, `of: persona` each persona, and `of: journey` the journey as a whole, which is
    what it, its stages and its touchpoints cover together. Aliases of items count.

    Returns:
        None for lists of roles and of workspaces, which no journey covers, and for an empty list.
    """
    if not entry.items or entry.of in ("role", "workspace"):
        return None
    names = {alias: item.id for item in entry.items for alias in (item.id, *item.aliases)}

    def here(covers: Mapping[str, Sequence[str]]) -> list[str]:
        return [names.get(item, item) for item in covers.get(id, ())]

    found: dict[str, list[str]] = {}
    if entry.of == "touchpoint":
        for point in journey.touchpoints.values():
            if not entry.kinds or set(entry.kinds) & set(point.kinds):
                found[point.id] = here(point.covers)
    elif entry.of == "persona":
        for name, persona in (personas or {}).items():
            found[name] = here(persona.covers)
    else:
        for stage in journey.stages:
            found[stage.id] = here(stage.covers) + [it for p in stage.touchpoints for it in here(p.covers)]
        if entry.of == "journey":
            found = {journey.id: [*here(journey.covers), *(it for its in found.values() for it in its)]}
    items = [item.id for item in entry.items]
    enough = None if entry.least is None else min(entry.least, len(items))
    return cover(
        items, {place: dict.fromkeys(its) for place, its in found.items()}, enough=enough, visits=visits
    )


def named_lists(journey: Journey, personas: Mapping[str, Persona] | None = None) -> tuple[str, ...]:
    """Return the ids of the lists that a journey or its personas say to cover something of, in order."""
    sources = (
        journey.covers,
        *(stage.covers for stage in journey.stages),
        *(point.covers for point in journey.touchpoints.values()),
        *(persona.covers for persona in (personas or {}).values()),
    )
    return tuple(dict.fromkeys(id for covers in sources for id in covers))


def told(
    journey: Journey, visits: Mapping[str, float], standards: Standards | None = None
) -> dict[str, Any] | None:
    """Return every matrix that a journey fills at all, as plain data; None where it fills none.

    Lists of playbooks that are not known here are left out: without the list there are no gaps to name.
    """
    page: dict[str, Any] = {}
    for name in NATIVE:
        found = native_coverage(name, journey, visits)
        if len(found.nowhere) < len(found.items):
            page[name] = _told(found) | {"short": {}}  # one item is enough, and few places need any
    for id in named_lists(journey):
        entry = standards.coverage.get(id) if standards is not None else None
        matrix = list_coverage(id, entry, journey, visits=visits) if entry is not None else None
        if matrix is not None:
            page[f"coverage/{id}"] = _told(matrix)
    return page or None


def _told(found: Coverage) -> dict[str, Any]:
    return {
        "items": list(found.items),
        "covered": {place: list(items) for place, items in found.covered.items() if items},
        "nowhere": list(found.nowhere),
        "short": {place: list(items) for place, items in found.short.items()},
        "unknown": [{"place": place, "item": item} for place, item in found.unknown],
        "share": found.share,
        "visits_share": found.visits_share,
    }
