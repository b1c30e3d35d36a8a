"""A persona: whose journey it is."""

from typing import Annotated, Literal

from pydantic import Field

from blueprint.model.customers import ChurnSigns, Recency
from blueprint.model.people import Culture, CustomerType, DataClass, Datum
from blueprint.model.touchpoint import Covered
from blueprint.model.values import Cash, Element, Id, Share, Style, Text, Words


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
    phase: Words | None = None
    """The phase of the lifecycle they are in (see `lifecycles`)."""
    rfm: Recency | None = None
    """How recently, how often and for how much they buy."""
    value: Cash | None = None
    """What they are worth in a year."""
    churn: ChurnSigns | None = None
    """What may tell that they are about to leave."""
    disc: Literal["D", "I", "S", "C"] | None = None
    """The letter of a DISC report; `style` says the same without the ambiguity."""
    disc_of: Literal["classical", "swapped"] | None = None
    """Whether S and I are used as usual, or the other way round as one of the training sources does."""
    channels: tuple[Words, ...] = ()
    """The channels they like best, first ones first."""
    value_of_time: Cash | None = None
    """What an hour of theirs is worth to them."""
    covers: Covered = Field(default_factory=dict)
    """Items of lists (`coverage` in playbooks) that describe them or are done for them."""
    industry: Words | None = None
    """The industry whose customers they are (see `vocabularies/vip-industry`): finance, luxury, b2b."""
    type: CustomerType | None = None
    """How they meet the house: silent, resisting or complaining."""
    culture: Culture | None = None
    """Where they are at home: language, taboos, customs."""
    profile: dict[DataClass, tuple[Datum, ...]] = Field(default_factory=dict)
    """What is known about them, by class: basic, behaviour, interaction, social."""

    @property
    def heading(self) -> Text:
        """The title, or the id where no title is given."""
        return self.title or Text(self.id)
