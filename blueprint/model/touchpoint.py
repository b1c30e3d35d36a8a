"""A touchpoint: what happens, how it feels, what hurts, and where it leads."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from blueprint.model.complaint import Complaint, Promise
from blueprint.model.exits import Next
from blueprint.model.feedback import Variant
from blueprint.model.market import Trouble
from blueprint.model.need import Need
from blueprint.model.pain import Pain
from blueprint.model.people import Automatic, Delight
from blueprint.model.script import Script
from blueprint.model.survey import Survey, SurveyKind
from blueprint.model.values import (
    Day,
    Duration,
    Element,
    Emotion,
    Figure,
    Flag,
    Id,
    Ids,
    Number,
    Rating5,
    Score,
    Share,
    Text,
    Whole,
    Words,
    several,
)

Kind = Literal["first", "complaint", "high-frequency", "high-perception", "end"]
PeakType = Literal["elevation", "insight", "pride", "connection"]
Principle = Literal["low-cost", "high-perception", "simple", "scalable"]
Dimension = Literal["reliability", "assurance", "tangibles", "empathy", "responsiveness"]
Purpose = Literal[
    "greet", "disclose-price", "pay", "cancel", "acknowledge", "recover", "confirm", "follow-up", "learn",
    "after-sales", "feedback", "thank", "retain",
]  # fmt: skip
"""What a touchpoint or a step is there for, as far as rules ask about it."""
Covered = dict[Id, Ids]
"""Which items of which lists (`coverage` in playbooks) are covered here."""


class PersonalData(Element):
    """What is learned about a person, and how it is kept."""

    data: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Which data."""
    purpose: Text | None = None
    """What they are for."""
    access: Text | None = None
    """Who may see them."""
    encrypted: Flag | None = None
    """Whether they are encrypted."""
    kept: Duration | None = None
    """For how long they are kept."""
    consent: Flag | None = None
    """Whether the person agreed."""


class Observed(Element):
    """Times that were observed."""

    p50: Duration | None = None
    """Half of the customers needed no longer."""
    p90: Duration | None = None
    """Nine in ten customers needed no longer."""


class Times(Element):
    """How long something takes: what is normal, what is still accepted, what is only waiting."""

    standard: Duration | None = None
    """The time it normally takes."""
    tolerance: Duration | None = None
    """The time the customer still accepts."""
    wait: Duration | None = None
    """Time spent only waiting, besides the standard time."""
    observed: Observed | None = None
    """What was observed."""

    @property
    def total(self) -> float | None:
        """Seconds a visit takes, standard and wait together; None where neither is given."""
        if self.standard is None and self.wait is None:
            return None
        return (self.standard or 0.0) + (self.wait or 0.0)


class Opportunity(Element):
    """What could be better, what it would bring and what it would cost."""

    opportunity: Text
    """The idea."""
    impact: Rating5 | None = None
    """1 little … 5 much."""
    effort: Rating5 | None = None
    """1 little … 5 much."""


class Quality(Element):
    """One quality dimension seen from six sides, all on one scale (the five gaps)."""

    expected: Number | None = None
    """What customers expect."""
    believed: Number | None = None
    """What management believes they expect."""
    standard: Number | None = None
    """What the standard asks for."""
    delivered: Number | None = None
    """What is delivered."""
    promised: Number | None = None
    """What is promised outside."""
    perceived: Number | None = None
    """What customers perceive."""
    competitor: Number | None = None
    """What customers perceive at the strongest competitor."""
    best: Number | None = None
    """The best known anywhere."""
    weight: Share | None = None
    """How much the dimension counts; the weights of a touchpoint sum to 1."""
    n: Annotated[Whole, Field(ge=1)] | None = None
    """How many customers were asked."""
    sd: Annotated[float, Field(strict=True, ge=0)] | None = None
    """The standard deviation of perceived minus expected, customer by customer."""
    source: Text | None = None
    """Where the figures come from."""
    date: Day | None = None
    """When they were taken."""


class Metric(Element):
    """A figure somebody watches here."""

    metric: Text
    """Its name: CSAT, NPS, first-contact resolution."""
    class_: Annotated[Literal["descriptive", "perceptual", "outcome"] | None, Field(alias="class")] = None
    """descriptive (operations), perceptual (asked) or outcome (business)."""
    value: Figure | None = None
    """The figure; left out while nobody measures it."""
    n: Annotated[Whole, Field(ge=1)] | None = None
    """The sample size."""
    target: Figure | None = None
    """What it should be."""
    source: Text | None = None
    """Where it comes from."""
    date: Day | None = None
    """When it was taken."""
    sd: Annotated[float, Field(strict=True, ge=0)] | None = None
    """The standard deviation, for a mean."""
    survey: SurveyKind | None = None
    """For what is asked: relational, process or instant."""
    better: Literal["higher", "lower"] = "higher"
    """Which way is good: the target is a lower limit, or an upper one."""
    variants: dict[Id, Variant] = Field(default_factory=dict)
    """Ways that were tried on customers by lot, such as a and b."""


class Request(Element):
    """What a customer asks for beyond the standard, in seven answers."""

    what: Text | None = None
    """What is wanted."""
    why: Text | None = None
    """What for."""
    when: Text | None = None
    """When, from and until."""
    where: Text | None = None
    """Where."""
    who: Text | None = None
    """For whom."""
    how: Text | None = None
    """In what way."""
    how_much: Text | None = None
    """For how many, for how much."""


class TierService(Element):
    """What customers of a tier get here that others do not."""

    depth: Text | None = None
    """How much further the service goes."""
    personalisation: Text | None = None
    """What is made for them alone."""
    resources: Text | None = None
    """Who and what is set aside for them."""


def _emotion_shape(written: Any) -> str:
    if isinstance(written, dict) and "mean" not in written and written:
        return "personas"
    return "score"


class Touchpoint(Element):
    """A moment in which the customer meets the service."""

    id: Id
    """kebab-case, unique in the journey."""
    title: Text
    """What happens, from the customer's side."""
    kinds: Annotated[
        tuple[Kind, ...], BeforeValidator(several, json_schema_input_type=Kind | tuple[Kind, ...])
    ] = ()
    """first, complaint, high-frequency, high-perception, end; the first one named is primary."""
    channel: Words | None = None
    """Where it happens: web, app, phone, email, chat, store …"""
    moment: Words | None = None
    """Which moment of truth it is: ZMOT, FMOT, SMOT, TMOT or a label of your own."""
    owner: Text | None = None
    """Who answers for it."""
    trigger: Literal["customer", "company"] | None = None
    """Who starts it."""
    doing: Text | None = None
    """What the customer does."""
    thinking: Text | None = None
    """What the customer thinks, in the customer's words."""
    feeling: Text | None = None
    """What the customer feels, in words."""
    emotion: (
        Annotated[
            Annotated[Emotion, Tag("score")] | Annotated[dict[Id, Emotion], Tag("personas")],
            Discriminator(_emotion_shape),
        ]
        | None
    ) = None
    """A number on the scale (assumed), `{mean, sd, n, source, date}` (measured), or one per persona."""
    next: Next | None = None
    """Where it goes: an id, shares per id, or a list (equal shares, assumed)."""
    time: Times | None = None
    """How long it takes."""
    evidence: tuple[Text, ...] = ()
    """Physical evidence the customer sees, touches or keeps."""
    needs: tuple[Need, ...] = ()
    """What the customer needs here."""
    peak: Annotated[
        tuple[PeakType, ...],
        BeforeValidator(several, json_schema_input_type=PeakType | tuple[PeakType, ...]),
    ] = ()
    """The kind of peak designed here: elevation, insight, pride, connection."""
    principles: Annotated[
        tuple[Principle, ...],
        BeforeValidator(several, json_schema_input_type=Principle | tuple[Principle, ...]),
    ] = ()
    """Which of the four design principles the peak keeps: low-cost, high-perception, simple, scalable."""
    delight: Delight | None = None
    """A surprise that is given here."""
    pains: tuple[Pain, ...] = ()
    """What hurts here."""
    opportunities: tuple[Opportunity, ...] = ()
    """What could be better here."""
    quality: dict[Dimension, Quality] = Field(default_factory=dict)
    """Quality per dimension, on one scale."""
    metrics: tuple[Metric, ...] = ()
    """Figures watched here."""
    promises: tuple[Promise, ...] = ()
    """What the customer is promised here."""
    complaint: Complaint | None = None
    """How a complaint is handled here."""
    script: Script | None = None
    """What is said here."""
    purpose: Annotated[
        tuple[Purpose, ...],
        BeforeValidator(several, json_schema_input_type=Purpose | tuple[Purpose, ...]),
    ] = ()
    """What it is there for, as far as rules ask: pay, confirm, follow-up, learn, after-sales …"""
    difficulty: Ids = ()
    """What makes it hard (see `vocabularies/difficulty`), such as beyond-role."""
    importance: Annotated[float, Field(strict=True, ge=0)] | None = None
    """How much it counts for the whole, measured or judged; all count alike when left out."""
    level: Id | None = None
    """The service level or the level of experience meant (see `vocabularies`), such as outstanding."""
    covers: Covered = Field(default_factory=dict)
    """Items of lists (`coverage` in playbooks) that are covered here: `{five-standards: [fast]}`."""
    follows: Covered = Field(default_factory=dict)
    """Steps of protocols for work that this is, or stages of a course to keep away from:
    `{escalation-path5: heat}`."""
    surveys: tuple[Survey, ...] = ()
    """What customers answered about it."""
    problems: Trouble | None = None
    """How often something goes wrong here, and what becomes of the complaints."""
    tiers: dict[Id, TierService] = Field(default_factory=dict)
    """What customers of a tier get here that others do not."""
    request: Request | None = None
    """A wish beyond the standard, in seven answers."""
    asks: tuple[Text, ...] = ()
    """What the customer must tell here."""
    reversible: Flag | None = None
    """Whether the customer may think better of it; then there is a way back."""
    personal_data: PersonalData | None = None
    """What is learned about the customer here, and how it is kept."""
    automatic: Automatic | None = None
    """By what rules it goes out, where no person sends it."""

    @property
    def scores(self) -> dict[str, Score]:
        """Scores by persona id; one score for everybody stands under the empty string."""
        if self.emotion is None:
            return {}
        return {"": self.emotion} if isinstance(self.emotion, Score) else dict(self.emotion)
