"""What every entry of a playbook says about itself: its name, its source, whether that was looked up."""

from typing import Annotated, ClassVar, Self, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from blueprint.model.patterns import Pattern
from blueprint.model.values import Element, Flag, Id, Language, Text, Words

Cues = dict[Language, Annotated[tuple[Pattern, ...], Field(min_length=1)]]
"""Regular expressions by language, such as `{en: [...], zh: [...]}`; one match of any is enough."""

Phrases = dict[Language, Annotated[tuple[Words, ...], Field(min_length=1)]]
"""Things to say, by language."""

Reference = Annotated[str, Field(pattern=r"^[a-z_]+/[a-z0-9][a-z0-9-]{0,63}$")]
"""Another entry: its section and id, such as `clocks/follow-up-24h`."""


class Entry(Element):
    """One standard: what it says, who says so, and whether anybody looked it up."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source")
    """What an entry must say that does not take it from another one."""

    title: Text | None = None
    """Its name."""
    text: Text | None = None
    """What it says, in a sentence or two."""
    source: Words | None = None
    """Where it comes from: a document, a paper, a person."""
    verified: Flag = False
    """Whether the source was looked up, or the figure computed again; false for what is only told."""
    aliases: tuple[Words, ...] = ()
    """Other names for it."""
    contradicts: tuple[Reference, ...] = ()
    """Entries that say otherwise; both stand, and neither is called right."""
    note: Text | None = None
    """What to know before relying on it."""
    extends: Id | None = None
    """The entry of the same section from which this one takes whatever it does not say itself."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.extends is None:
            for field in self.needed:
                if getattr(self, field) in (None, (), {}):
                    raise PydanticCustomError("incomplete", "entry lacks {key}", {"key": field})
        return self


class Item(Element):
    """One thing on a list."""

    id: Id
    """kebab-case, unique on the list."""
    title: Text
    """Its name."""
    text: Text | None = None
    """What it means."""
    aliases: tuple[Words, ...] = ()
    """Other names for it, in any language."""
    source: Words | None = None
    """Where it comes from, where that is not where the list comes from."""


E = TypeVar("E", bound=Entry)


def sums_to_one(entry: E, weights: dict[str, float]) -> E:
    """Refuse weights that are not parts of one whole."""
    total = sum(weights.values())
    if weights and abs(total - 1) > 1e-6:
        raise PydanticCustomError("weights", "the weights do not sum to 1", {"sum": f"{total:g}"})
    return entry
