"""Coverage: which items of a list are taken care of where, and which nowhere (domain 0, engine E9).

Most checklists of the trade are one matrix, items × places. What is computed is the same for all of them:
items that no place covers, places that cover too little, and how many visits meet enough.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from blueprint.analysis.coverage_grounds import grounds
from blueprint.analysis.coverage_seen import seen_at, seen_in, seen_of
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Kind, Touchpoint

if TYPE_CHECKING:
    from blueprint.model import yardstick
    from blueprint.model.persona import Persona
    from blueprint.model.service import ServiceBlueprint
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
    its touchpoints, `of: persona` each persona, and `of: journey` the journey as a whole, which is what it,
    its stages and its touchpoints cover together. What is covered is what `covers:` says, by id or alias,
    and what the fields of the format show (`coverage_seen`).

    Returns:
        None for lists of roles and of workspaces, which no journey covers, for an empty list, and where no
        touchpoint is of the kinds that the list is for.
    """
    points = [p for p in journey.touchpoints.values() if not entry.kinds or set(entry.kinds) & set(p.kinds)]
    if not entry.items or entry.of in ("role", "workspace") or (entry.kinds and not points):
        return None
    names = {alias: item.id for item in entry.items for alias in (item.id, *item.aliases)}
    ids = {point.id for point in points}

    def said(covers: Mapping[str, Sequence[str]]) -> list[str]:
        return [names.get(item, item) for item in covers.get(id, ())]

    def at(point: Touchpoint) -> list[str]:
        return said(point.covers) + [item for item in seen_at(id, point) if item in names]

    found: dict[str, list[str]] = {}
    if entry.of == "touchpoint":
        found = {point.id: at(point) for point in points}
    elif entry.of == "persona":
        found = {
            name: said(persona.covers) + [item for item in seen_of(id, persona) if item in names]
            for name, persona in (personas or {}).items()
        }
    else:
        for stage in journey.stages:
            here = [item for point in stage.touchpoints if point.id in ids for item in at(point)]
            found[stage.id] = said(stage.covers) + here
        if entry.of == "journey":
            own = said(journey.covers) + [item for item in seen_in(id, journey) if item in names]
            found = {journey.id: own + [item for items in found.values() for item in items]}
    items = [item.id for item in entry.items]
    enough = None if entry.least is None else min(entry.least, len(items))
    covered = {place: dict.fromkeys(its) for place, its in found.items()}
    return cover(items, covered, enough=enough, visits=visits)


def role_coverage(id: str, entry: yardstick.Coverage, blueprint: ServiceBlueprint) -> Coverage | None:
    """Return the matrix of a list `of: role` over the people of a blueprint.

    A role covers what its `covers:` says, and of the five standards those it has a figure for.

    Returns:
        None for lists of anything else, and where no role says anything by the list.
    """
    if entry.of != "role" or not entry.items:
        return None
    names = {alias: item.id for item in entry.items for alias in (item.id, *item.aliases)}
    found: dict[str, dict[str, None]] = {}
    for name, actor in blueprint.actors.items():
        if not actor.technology:
            said = [names.get(item, item) for item in actor.covers.get(id, ())]
            held = actor.standards if id == "five-standards" else ()
            found[name] = dict.fromkeys((*said, *(item for item in held if item in names)))
    found = {name: items for name, items in found.items() if items}
    if not found:
        return None
    enough = None if entry.least is None else min(entry.least, len(entry.items))
    return cover([item.id for item in entry.items], found, enough=enough)


def told_roles(blueprint: ServiceBlueprint, standards: Standards | None = None) -> dict[str, Any] | None:
    """Return the `coverage` key of a blueprint's analysis: lists of roles; None where none is named."""
    page: dict[str, Any] = {}
    for id, entry in standards.coverage.items() if standards is not None else ():
        found = role_coverage(id, entry, blueprint)
        if found is not None:
            page[id] = _told(found) | {"of": entry.of}
    return page or None


def kinds_coverage(journey: Journey, visits: Mapping[str, float] | None = None) -> Coverage:
    """Return the matrix of the five kinds of touchpoint, of which one is enough at each."""
    kinds = {point.id: point.kinds for point in journey.touchpoints.values()}
    return cover(get_args(Kind), kinds, enough=1, visits=visits)


def told(
    journey: Journey,
    visits: Mapping[str, float],
    standards: Standards | None = None,
    personas: Mapping[str, Persona] | None = None,
) -> dict[str, Any] | None:
    """Return the matrix of every list of which anything is covered; None where nothing is.

    Args:
        journey: the journey.
        visits: expected visits per journey by touchpoint.
        standards: the playbooks in force; without their lists there are no gaps to name.
        personas: the journey's personas by id.
    """
    if not any(point.kinds for point in journey.touchpoints.values()):
        page: dict[str, Any] = {}
    else:
        page = {"kinds": _told(kinds_coverage(journey, visits)) | {"of": "journey", "short": {}}}
    for id, entry in standards.coverage.items() if standards is not None else ():
        found = list_coverage(id, entry, journey, visits=visits, personas=personas)
        if found is not None and (any(found.covered.values()) or found.unknown):
            page[id] = _told(found) | {"of": entry.of}
            held = grounds(id, found.items, found.covered, journey)
            if held is not None:
                page[id] |= {
                    "borne_out": {item: list(places) for item, places in held.at.items()},
                    "only_said": list(held.only_said),
                    "unsaid": list(held.unsaid),
                }
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
