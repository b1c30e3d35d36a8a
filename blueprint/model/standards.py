"""The standards in force: the built-in ones, and what a team's playbooks add or put in their place."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, Field

from blueprint.model.entry import Entry
from blueprint.model.playbook import Playbook, Sections
from blueprint.model.values import Element

SECTIONS: tuple[str, ...] = tuple(Sections.model_fields)
"""The names of the sections, in the order in which they are listed."""

E = TypeVar("E", bound=BaseModel)


class Standing(NamedTuple):
    """An entry with its place among the standards."""

    section: str
    id: str
    entry: Entry
    origin: str
    """The id of the playbook that says it."""

    @property
    def reference(self) -> str:
        """Section and id, as other entries refer to it."""
        return f"{self.section}/{self.id}"


class Standards(Sections):
    """Every standard in force, by section and id; entries that extend others are made whole."""

    origins: dict[str, str] = Field(default_factory=dict)
    """Which playbook says an entry, by its reference `section/id`."""

    def section(self, name: str) -> dict[str, Entry]:
        """Return a section by its name."""
        found: dict[str, Entry] = getattr(self, name)
        return found

    def entries(self) -> Iterator[Standing]:
        """Yield every entry, section by section, in the order written."""
        for section in SECTIONS:
            for id, entry in self.section(section).items():
                yield Standing(section, id, entry, self.origins.get(f"{section}/{id}", ""))

    def find(self, name: str) -> tuple[Standing, ...]:
        """Return the entries of a name: `protocols/eoac` is one, `eoac` may stand in several sections."""
        section, _, id = name.rpartition("/")
        return tuple(
            standing
            for standing in self.entries()
            if standing.id == id and section in ("", standing.section)
        )


def standards_of(playbooks: Iterable[Playbook], base: Standards | None = None) -> Standards:
    """Put playbooks over the standards they build on, each over those before it.

    An entry replaces the one of its id. With `extends: <id>` it takes from that entry whatever it does
    not say itself: regular expressions and phrases are added to, items of lists are matched by their
    id, priority or rating, everything else is put in its place. What extends an entry that is
    not there, or itself by a detour, is left out.
    """
    sections: dict[str, dict[str, Entry]] = {
        name: dict(base.section(name)) if base else {} for name in SECTIONS
    }
    origins = dict(base.origins) if base else {}
    for playbook in playbooks:
        for name in SECTIONS:
            written: dict[str, Entry] = getattr(playbook, name)
            before = dict(sections[name])
            whole: dict[str, Entry | None] = {}
            for id in written:
                entry = resolve(id, written, before, whole)
                if entry is not None:
                    sections[name][id] = entry
                    origins[f"{name}/{id}"] = playbook.id
    fields: dict[str, Any] = {**sections, "origins": origins}
    return Standards.model_construct(**fields)


def resolve(
    id: str, written: dict[str, Entry], before: dict[str, Entry], whole: dict[str, Entry | None]
) -> Entry | None:
    """Return an entry made whole; None where what it extends is missing or leads back to itself.

    Args:
        id: The entry's id.
        written: The section of its playbook.
        before: The same section of the standards below.
        whole: What was made whole already; it grows.
    """
    chain: dict[str, Entry] = {}
    at, ground = id, None
    while at not in whole:
        if at in chain:  # It extends itself by a detour.
            whole |= dict.fromkeys(chain)
            return None
        entry = chain[at] = written[at]
        target = entry.extends
        if target is None:
            whole[at] = chain.pop(at)
        elif target == at or target not in written:
            ground = before.get(target)
            whole[at] = None if ground is None else over(ground, chain.pop(at))
        else:
            at = target
    found = whole[at]
    for name, entry in reversed(chain.items()):
        if name not in whole:
            found = whole[name] = None if found is None else over(found, entry)
    return whole[id]


def over(ground: E, new: E) -> E:
    """Return an element with what another one says put over it."""
    changes = {
        field: _joined(field, getattr(ground, field), getattr(new, field))
        for field in new.model_fields_set
        if field != "extends"
    }
    return ground.model_copy(update=changes)


def _joined(field: str, ground: Any, new: Any) -> Any:
    if isinstance(new, dict) and isinstance(ground, dict) and field != "weights":
        return ground | {key: _joined(key, ground.get(key), value) for key, value in new.items()}
    if isinstance(new, tuple) and isinstance(ground, tuple) and ground and new:
        if all(_name(item) is not None for item in (*ground, *new)):
            return _matched(ground, new)
        if all(isinstance(item, str) for item in (*ground, *new)):
            return tuple(dict.fromkeys((*ground, *new)))
    return new


def _matched(ground: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """Match list items by name: those known are put over, the others follow."""
    items = {_name(item): item for item in ground}
    for item in new:
        name = _name(item)
        items[name] = over(items[name], item) if name in items else item
    return tuple(items.values())


def _name(item: Any) -> object | None:
    """Return what tells an item of a list from the others: its id, its priority or its rating."""
    if not isinstance(item, Element):
        return None
    return next((getattr(item, key) for key in ("id", "priority", "rating") if hasattr(item, key)), None)
