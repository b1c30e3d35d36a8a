"""A persona: whose journey it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from blueprint.model.values import Element, Id, Share, Text, Words

Style = Literal["driver", "talker", "steady", "analyst"]


class Persona(Element):
    """A kind of customer, drawn as a person."""

    id: Annotated[Id, Field(alias="persona")]
    """The document's id, kebab-case, unique in the workspace."""
    title: Text | None = None
    """Name and role, as on the chip of a map; the id when left out."""
    quote: Text | None = None
    """What this person would say."""
    goals: tuple[Text, ...] = ()
    """What they want to reach."""
    frustrations: tuple[Text, ...] = ()
    """What gets in their way."""
    style: Style | None = None
    """How they like to be spoken to: driver, talker, steady, analyst."""
    tier: Words | None = None
    """Their tier, such as `vip`."""
    segment: Words | None = None
    """Their segment."""
    share: Share | None = None
    """Their share of all customers on the journey."""

    @property
    def heading(self) -> Text:
        """The title, or the id where no title is given."""
        return self.title or Text(self.id)
