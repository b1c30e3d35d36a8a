"""A service blueprint: who does what behind each touchpoint."""

from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Discriminator, Field, Tag

from blueprint.model.exits import RouteSpec, resolve_exits, shape_of_next
from blueprint.model.pain import CauseCategory, Ratings
from blueprint.model.people import Competence, InnerCustomer, Plan, Relief, Standard
from blueprint.model.touchpoint import Covered, Dimension, PersonalData, Purpose, Times
from blueprint.model.values import (
    Cash,
    Day,
    Duration,
    Element,
    Figure,
    Flag,
    Id,
    Language,
    Loc,
    Rating10,
    Share,
    Text,
    Whole,
    Words,
    several,
)

Zone = Literal["frontstage", "backstage", "support"]
ZONES: tuple[Zone, ...] = ("frontstage", "backstage", "support")


class Indicator(Element):
    """What a post is measured by."""

    indicator: Text
    """The figure."""
    dimension: Dimension | None = None
    """The dimension of quality it stands for."""
    value: Figure | None = None
    """What it is; left out while nobody measures it."""
    n: Annotated[Whole, Field(ge=1)] | None = None
    """The sample size."""
    sd: Annotated[float, Field(strict=True, ge=0)] | None = None
    """The standard deviation, for a mean."""
    target: Figure | None = None
    """What it should be."""
    better: Literal["higher", "lower"] = "higher"
    """Which way is good."""
    source: Text | None = None
    """Where it comes from."""


class Actor(Element):
    """A person, a team or a system: one row of the blueprint."""

    title: Text | None = None
    """Its name; the id when left out."""
    zone: Zone
    """frontstage (the customer sees it), backstage (unseen) or support."""
    technology: Flag = False
    """A system rather than a person."""
    people: Annotated[float, Field(strict=True, gt=0)] | None = None
    """How many of them there are, in full posts."""
    capacity: Duration | None = None
    """Working time of one of them in the period of the journey's traffic."""
    contact: Flag | None = None
    """Whether this is the customer's one contact."""
    authority: Cash | None = None
    """How much they may grant without asking."""
    covers: Covered = Field(default_factory=dict)
    """Items of lists (`coverage` in playbooks) that this role covers."""
    indicators: tuple[Indicator, ...] = ()
    """What this post is measured by, dimension by dimension."""
    shift: Duration | None = None
    """How long one shift is."""
    stand_in: Id | None = None
    """The actor who takes over where this one is not there."""
    standards: dict[Id, Standard] = Field(default_factory=dict)
    """What this role is held to (see `coverage/five-standards`), each with its figure."""
    competence: dict[Id, Competence] = Field(default_factory=dict)
    """What this role must be able to do, how well, and how well it can."""
    plan: Plan | None = None
    """How this role grows: 70-20-10, and what is reached after 30, 60 and 90 days."""
    relief: Relief | None = None
    """How this role gets its balance back after hard contacts."""


class Leeway(Element):
    """How far somebody may leave the written procedure for a customer."""

    when: Text
    """In which case."""
    who: Id | None = None
    """The actor who may."""
    limit: Cash | None = None
    """Up to which sum."""
    share: Share | None = None
    """Up to which part of the price."""
    told: Id | None = None
    """The actor who is told afterwards."""


class Wait(Element):
    """A wait the customer or the process sits through."""

    max: Duration | None = None
    """The longest wait that is acceptable."""
    told: Text | None = None
    """What the customer is told meanwhile."""


class Raci(Element):
    """Who answers, does, is asked, is told."""

    accountable: Id | None = None
    """The one who answers for it."""
    responsible: Annotated[
        tuple[Id, ...], BeforeValidator(several, json_schema_input_type=Id | tuple[Id, ...])
    ] = ()
    """Who does it."""
    consulted: Annotated[
        tuple[Id, ...], BeforeValidator(several, json_schema_input_type=Id | tuple[Id, ...])
    ] = ()
    """Who is asked before."""
    informed: Annotated[
        tuple[Id, ...], BeforeValidator(several, json_schema_input_type=Id | tuple[Id, ...])
    ] = ()
    """Who is told after."""


class PokaYoke(Element):
    """What keeps a mistake from happening or from passing unseen."""

    who: Literal["server", "customer"]
    """Whose mistake it guards against."""
    type: Literal["task", "treatment", "tangible", "preparation", "encounter", "resolution"] | None = None
    """Server: task, treatment, tangible. Customer: preparation, encounter, resolution."""
    mode: Literal["prevent", "warn", "detect"]
    """Whether it prevents, warns or detects."""


class Failure(Element):
    """A way a step can fail (one FMEA row)."""

    mode: Text
    """What goes wrong."""
    severity: Rating10 | None = None
    """1 unnoticed … 10 safety, law or data at risk."""
    occurrence: Rating10 | None = None
    """1 never … 10 one in ten or more."""
    detection: Rating10 | None = None
    """1 always noticed before the customer does … 10 never."""
    causes: tuple[Text, ...] = ()
    """Why, and why that, and why that."""
    considered: tuple[CauseCategory, ...] = ()
    """Where causes were looked for: people, process, system, environment, policy, information."""
    control: Text | None = None
    """What notices it today."""
    aim: Ratings | None = None
    """The ratings that the action should bring."""
    redesign: Text | None = None
    """What is built differently, where the severity should fall."""
    poka_yoke: PokaYoke | None = None
    """What guards against it."""
    action: Text | None = None
    """What is being done about it."""
    owner: Id | None = None
    """The actor who does it."""
    due: Day | None = None
    """By when."""


class HandoffSpec(RouteSpec):
    """One way on from a step, and what is handed over with it."""

    hands_over: tuple[Text, ...] = ()
    """What is handed over."""
    within: Duration | None = None
    """By when the other side must have taken it up."""
    confirmed: Flag | None = None
    """Whether the other side confirms."""
    needs: tuple[Text, ...] = ()
    """What the other side must have to go on; all of it should be handed over."""
    told: Text | None = None
    """What the customer is told about it."""
    customer: InnerCustomer | None = None
    """Whose customer the next step is: by function, rank, process or operation."""


def _handoff(written: Any) -> Any:
    return written if isinstance(written, (dict, HandoffSpec)) else {"p": written}


StepNext = Annotated[
    Annotated[Id, Tag("one")]
    | Annotated[tuple[Id, ...], Field(min_length=1), Tag("list")]
    | Annotated[
        dict[
            Id,
            Annotated[
                HandoffSpec,
                BeforeValidator(_handoff, json_schema_input_type=float | Literal["rest"] | HandoffSpec),
            ],
        ],
        Field(min_length=1),
        Tag("mapping"),
    ],
    Discriminator(shape_of_next),
]


class Link(NamedTuple):
    """One way on from a step, resolved."""

    source: str
    target: str
    spec: HandoffSpec
    loc: Loc
    share: float | None = None
    """How many of the executions go this way; None where no share is written."""


class Step(Element):
    """What one actor does for one touchpoint."""

    id: Id
    """kebab-case, unique in the blueprint."""
    at: Id
    """The touchpoint it belongs to, hence the column."""
    actor: Id
    """Who does it, hence the row."""
    does: Text
    """What is done."""
    time: Times | None = None
    """How long it takes."""
    wait: Wait | None = None
    """Marks a wait point (W)."""
    decision: Flag = False
    """Marks a decision point (D); its exits carry labels (`when`)."""
    parallel: Flag = False
    """All steps of the `next` list begin at once."""
    next: StepNext | None = None
    """Which steps follow; nothing when left out."""
    raci: Raci | None = None
    """Who answers, does, is asked, is told."""
    fails: tuple[Failure, ...] = ()
    """How it can fail (F)."""
    purpose: Annotated[
        tuple[Purpose, ...],
        BeforeValidator(several, json_schema_input_type=Purpose | tuple[Purpose, ...]),
    ] = ()
    """What it is there for, as far as rules ask: confirm, learn, after-sales …"""
    choice: Flag | None = None
    """Whether the customer decides here."""
    reversible: Flag | None = None
    """Whether it can be undone; then there is a way back."""
    personal_data: PersonalData | None = None
    """What is learned about the customer here, and how it is kept."""
    standard: Words | None = None
    """The written procedure it follows."""
    exceptions: tuple[Leeway, ...] = ()
    """Where the procedure may be left for a customer, by whom and how far."""
    follows: Covered = Field(default_factory=dict)
    """Steps of protocols for work that are taken here: `{std5: receive}`."""


class ServiceBlueprint(Element):
    """The delivery side of a journey."""

    id: Annotated[Id, Field(alias="blueprint")]
    """The document's id, kebab-case, unique in the workspace."""
    journey: Id
    """The journey it delivers."""
    title: Text | None = None
    """Its name; the id when left out."""
    summary: Text | None = None
    """What it covers, in a sentence or two."""
    owner: Text | None = None
    """Who answers for the delivery."""
    reviewed: Day | None = None
    """When it was last reviewed."""
    language: Language = "en"
    """The language of its plain texts."""
    links: tuple[Words, ...] = ()
    """Where more can be read."""
    actors: Annotated[dict[Id, Actor], Field(min_length=1)]
    """Who takes part: id → title, zone, technology."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    """What is done, in order."""

    @property
    def heading(self) -> Text:
        """The title, or the id where no title is given."""
        return self.title or Text(self.id)

    def actor_heading(self, actor: str) -> Text:
        """The actor's title, or the id where no title is given."""
        known = self.actors.get(actor)
        return (known.title if known else None) or Text(actor)

    @cached_property
    def links_between(self) -> tuple[Link, ...]:
        """Every way from step to step, in the order written."""
        return tuple(
            Link(step.id, target, spec, loc, share)
            for at, step in enumerate(self.steps)
            for target, spec, loc, share in _exits(step.next, ("steps", at, "next"))
        )


def _exits(
    written: str | tuple[str, ...] | dict[str, HandoffSpec] | None, loc: Loc
) -> list[tuple[str, HandoffSpec, Loc, float | None]]:
    if written is None:
        return []
    if isinstance(written, str):
        return [(written, HandoffSpec(), loc, None)]
    if isinstance(written, tuple):
        return [(target, HandoffSpec(), (*loc, at), None) for at, target in enumerate(written)]
    routes = resolve_exits(dict[str, RouteSpec](written), loc)
    return [
        (target, spec, route.loc, None if spec.p is None else route.share)
        for (target, spec), route in zip(written.items(), routes, strict=True)
    ]
