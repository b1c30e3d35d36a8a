"""A playbook: the standards of a trade or of one team, as data that engines and rules read."""

from typing import Annotated

from pydantic import Field

from blueprint.model.practice import (
    Authority,
    ChannelClock,
    ComplaintType,
    Ladder,
    Phrase,
    Protocol,
    Timeline,
)
from blueprint.model.values import Day, Element, Id, Ids, Language, Text, Words
from blueprint.model.yardstick import (
    Benchmark,
    Claim,
    Contradiction,
    Coverage,
    Instrument,
    Parameters,
    PriorityTable,
    Scale,
    Scorecard,
    Segmentation,
    Target,
    Vocabulary,
)


class Sections(Element):
    """The standards by section and id."""

    protocols: dict[Id, Protocol] = Field(default_factory=dict)
    """Steps of conversations and procedures."""
    ladders: dict[Id, Ladder] = Field(default_factory=dict)
    """Service levels by priority."""
    timelines: dict[Id, Timeline] = Field(default_factory=dict)
    """What happens when: rapid responses, crises, repairs."""
    clocks: dict[Id, ChannelClock] = Field(default_factory=dict)
    """How soon things must happen, by channel."""
    lexicon: dict[Id, Phrase] = Field(default_factory=dict)
    """Words to avoid, to say and to look out for."""
    instruments: dict[Id, Instrument] = Field(default_factory=dict)
    """Questionnaires."""
    scales: dict[Id, Scale] = Field(default_factory=dict)
    """What ratings mean."""
    action_priority: dict[Id, PriorityTable] = Field(default_factory=dict)
    """From ratings of a risk to its priority."""
    targets: dict[Id, Target] = Field(default_factory=dict)
    """What figures should reach."""
    scorecards: dict[Id, Scorecard] = Field(default_factory=dict)
    """Weights of results."""
    benchmarks: dict[Id, Benchmark] = Field(default_factory=dict)
    """Where others are said to stand."""
    authority: dict[Id, Authority] = Field(default_factory=dict)
    """How much may be granted without asking."""
    claims: dict[Id, Claim] = Field(default_factory=dict)
    """Numbers somebody stated."""
    coverage: dict[Id, Coverage] = Field(default_factory=dict)
    """Lists that should be covered."""
    tiers: dict[Id, Vocabulary] = Field(default_factory=dict)
    """Names of customers' tiers, lowest first."""
    lifecycles: dict[Id, Vocabulary] = Field(default_factory=dict)
    """Names of the phases of a customer's lifecycle, in order."""
    vocabularies: dict[Id, Vocabulary] = Field(default_factory=dict)
    """Other names: styles, difficulties, levels, moments."""
    segmentations: dict[Id, Segmentation] = Field(default_factory=dict)
    """How scores become groups of customers."""
    parameters: dict[Id, Parameters] = Field(default_factory=dict)
    """Numbers that models need."""
    complaint_types: dict[Id, ComplaintType] = Field(default_factory=dict)
    """Kinds of complaint, by industry."""
    contradictions: dict[Id, Contradiction] = Field(default_factory=dict)
    """Where sources disagree."""


class Playbook(Sections):
    """A team's own standards; they stand beside the built-in ones, or in their place."""

    id: Annotated[Id, Field(alias="playbook")]
    """The document's id, kebab-case, unique in the workspace."""
    title: Text | None = None
    """Its name; the id when left out."""
    summary: Text | None = None
    """What it is for, in a sentence or two."""
    owner: Text | None = None
    """Who answers for it."""
    reviewed: Day | None = None
    """When it was last reviewed."""
    language: Language = "en"
    """The language of its plain texts."""
    links: tuple[Words, ...] = ()
    """Where more can be read."""
    extends: Ids = ()
    """Other playbooks on which it builds; the built-in standards are always there."""

    @property
    def heading(self) -> Text:
        """The title, or the id where no title is given."""
        return self.title or Text(self.id)
