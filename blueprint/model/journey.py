"""A customer's journey: stages, touchpoints, and where each one leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from blueprint.model.persona import Persona
from blueprint.model.values import (
    Budget,
    Cash,
    Duration,
    Element,
    Emotion,
    Figure,
    Flag,
    Id,
    Language,
    Number,
    Rating5,
    Rating10,
    Score,
    Share,
    Text,
    Whole,
    Words,
    several,
)

Kind = Literal["first", "complaint", "high-frequency", "high-perception", "end"]
KanoCategory = Literal["must-be", "performance", "attractive", "indifferent", "reverse"]
PeakType = Literal["elevation", "insight", "pride", "connection"]
Principle = Literal["low-cost", "high-perception", "simple", "scalable"]
Dimension = Literal["reliability", "assurance", "tangibles", "empathy", "responsiveness"]
Priority = Literal["P0", "P1", "P2", "P3"]
BudgetFigure = Literal[
    "peak_end", "ending", "completion", "time", "steps", "rework", "effort", "mean",
    "longest_valley", "handoffs", "crossings", "wait_share",
]  # fmt: skip
Loc = tuple[str | int, ...]
"""A path into the document: ("stages", 0, "touchpoints", 2, "emotion")."""


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


class KanoCounts(Element):
    """Answers of a Kano questionnaire, counted by category."""

    M: Annotated[Whole, Field(ge=0)] = 0
    """must-be"""
    O: Annotated[Whole, Field(ge=0)] = 0  # noqa: E741 - the literature's letter
    """one-dimensional (performance)"""
    A: Annotated[Whole, Field(ge=0)] = 0
    """attractive"""
    I: Annotated[Whole, Field(ge=0)] = 0  # noqa: E741 - the literature's letter
    """indifferent"""
    R: Annotated[Whole, Field(ge=0)] = 0
    """reverse"""
    Q: Annotated[Whole, Field(ge=0)] = 0
    """questionable"""


def _word_or_mapping(written: Any) -> str:
    return "several" if isinstance(written, (dict, Element)) else "one"


class Need(Element):
    """What the customer needs here, and whether the service meets it."""

    need: Text
    """The need, in the customer's words."""
    kano: (
        Annotated[
            Annotated[KanoCategory, Tag("one")] | Annotated[KanoCounts, Tag("several")],
            Discriminator(_word_or_mapping),
        ]
        | None
    ) = None
    """Its Kano category, or the counts of a questionnaire."""
    met: Flag | None = None
    """Whether the service meets it today."""


class Pain(Element):
    """What hurts, how badly, how often, how late it is noticed, and why."""

    pain: Text
    """What hurts."""
    severity: Rating10 | None = None
    """1 unnoticed … 10 safety, law or data at risk."""
    occurrence: Rating10 | None = None
    """1 never … 10 one in ten journeys or more."""
    detection: Rating10 | None = None
    """1 always noticed before the customer does … 10 never."""
    causes: tuple[Text, ...] = ()
    """Why, and why that, and why that."""
    before: Text | None = None
    """What to do before it happens."""
    during: Text | None = None
    """What to do while it happens."""
    after: Text | None = None
    """What to do once it has happened."""
    action: Text | None = None
    """What is being done about it."""
    owner: Text | None = None
    """Who does it."""
    due: Date | None = None
    """By when."""


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
    date: Date | None = None
    """When it was taken."""


class Promise(Element):
    """What the customer is told will happen, and by when."""

    promise: Text
    """The promise, in the words used."""
    due: Duration | None = None
    """How long after it is given it must be kept."""


class Escalation(Element):
    """Who is called next, and after how long."""

    to: Text
    """Who."""
    after: Duration | None = None
    """After how long without a solution."""


def _escalation(written: Any) -> Any:
    return {"to": written} if isinstance(written, str) else written


class Complaint(Element):
    """How a complaint is graded and handled here."""

    priority: Priority | None = None
    """P0 (most urgent) … P3."""
    types: tuple[Words, ...] = ()
    """Types of complaint that arrive here."""
    signals: tuple[Text, ...] = ()
    """How it shows before it is said."""
    authority: Cash | None = None
    """How much the person in charge may grant without asking."""
    escalation: tuple[
        Annotated[Escalation, BeforeValidator(_escalation, json_schema_input_type=Words | Escalation)],
        ...,
    ] = ()
    """Who is called next, in order."""


class Line(Element):
    """One line of a script: who says what."""

    agent: Text | None = None
    """What the employee says."""
    customer: Text | None = None
    """What the customer says."""


class Script(Element):
    """What is said here, and the protocol it follows."""

    protocol: Id | None = None
    """The protocol, such as `eoac`."""
    lines: tuple[Line, ...] = ()
    """The lines, in order."""


class RouteSpec(Element):
    """One way on: how often, and when."""

    p: (
        Annotated[
            Annotated[Share, Tag("share")] | Annotated[Literal["rest"], Tag("rest")],
            Discriminator(lambda written: "rest" if written == "rest" else "share"),
        ]
        | None
    ) = None
    """The share of visits that go this way; `rest` takes what is left."""
    when: Text | None = None
    """The condition, in words."""


def _route(written: Any) -> Any:
    return written if isinstance(written, (dict, RouteSpec)) else {"p": written}


Exits = dict[
    Id,
    Annotated[
        RouteSpec, BeforeValidator(_route, json_schema_input_type=Share | Literal["rest"] | RouteSpec)
    ],
]


def shape_of_next(written: Any) -> str:
    """Tell the three ways to write `next` (and `entry`) apart."""
    if isinstance(written, (list, tuple)):
        return "list"
    return "mapping" if isinstance(written, dict) else "one"


Next = Annotated[
    Annotated[Id, Tag("one")]
    | Annotated[tuple[Id, ...], Field(min_length=1), Tag("list")]
    | Annotated[Exits, Field(min_length=1), Tag("mapping")],
    Discriminator(shape_of_next),
]


class Route(NamedTuple):
    """One way on from a touchpoint, resolved."""

    target: str
    """A touchpoint id or an outcome."""
    share: float
    """In [0, 1]; NaN never."""
    when: Text | None
    assumed: bool
    """The share was not written by anyone: equal shares were assumed."""
    loc: Loc
    """Where it is written: the path to the key, or to the touchpoint where `next` was left out."""


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
    pains: tuple[Pain, ...] = ()
    """What hurts here."""
    opportunities: tuple[Opportunity, ...] = ()
    """What could be better here."""
    quality: dict[Dimension, Quality] = {}
    """Quality per dimension, on one scale."""
    metrics: tuple[Metric, ...] = ()
    """Figures watched here."""
    promises: tuple[Promise, ...] = ()
    """What the customer is promised here."""
    complaint: Complaint | None = None
    """How a complaint is handled here."""
    script: Script | None = None
    """What is said here."""

    @property
    def scores(self) -> dict[str, Score]:
        """Scores by persona id; one score for everybody stands under the empty string."""
        if self.emotion is None:
            return {}
        return {"": self.emotion} if isinstance(self.emotion, Score) else dict(self.emotion)


class Stage(Element):
    """A column of the journey."""

    id: Annotated[Id, Field(alias="stage")]
    """kebab-case, unique in the journey."""
    title: Text | None = None
    """Its heading; the id when left out."""
    lifecycle: Words | None = None
    """Which phase of the customer's lifecycle it belongs to."""
    goal: Text | None = None
    """What the customer wants to reach here."""
    touchpoints: tuple[Touchpoint, ...] = ()
    """What happens here, in order."""

    @property
    def heading(self) -> Text:
        """The title, or the id where no title is given."""
        return self.title or Text(self.id)


class Traffic(Element):
    """How many journeys there are and what one is worth."""

    journeys: Annotated[float, Field(strict=True, gt=0)]
    """How many journeys begin in the period."""
    per: Literal["day", "week", "month", "quarter", "year"] = "year"
    """The period."""
    value: Cash | None = None
    """What one journey is worth."""


class Outcome(Element):
    """A way the journey ends."""

    result: Literal["success", "failure"]
    """Whether the customer got what they came for."""
    title: Text | None = None
    """Its name on drawings; the id when left out."""


def _outcome(written: Any) -> Any:
    return {"result": written} if isinstance(written, str) else written


def _scale(written: Any) -> Any:
    if (
        isinstance(written, (list, tuple))
        and len(written) == 2
        and all(isinstance(end, (int, float)) and not isinstance(end, bool) for end in written)
    ):
        if written[0] >= written[1]:
            raise PydanticCustomError("scale", "scale ends in the wrong order", {})
        return written
    raise PydanticCustomError("scale", "not a scale", {})


def _personas(written: Any) -> Any:
    return written if isinstance(written, (list, tuple)) else [written]


PersonaOrId = Annotated[
    Annotated[Id, Tag("one")] | Annotated[Persona, Tag("several")], Discriminator(_word_or_mapping)
]


class Place(NamedTuple):
    """A touchpoint with its place in the document."""

    loc: Loc
    stage: Stage
    touchpoint: Touchpoint


class Journey(Element):
    """A customer's journey as a graph of touchpoints."""

    id: Annotated[Id, Field(alias="journey")]
    """The document's id, kebab-case, unique in the workspace."""
    title: Text | None = None
    """Its name; the id when left out."""
    summary: Text | None = None
    """Who it is about and what happens, in a sentence or two."""
    owner: Text | None = None
    """Who answers for the journey as a whole."""
    reviewed: Date | None = None
    """When it was last reviewed."""
    language: Language = "en"
    """The language of its plain texts."""
    links: tuple[Words, ...] = ()
    """Where more can be read."""
    state: Literal["as-is", "to-be"] = "as-is"
    """How it is, or how it should be."""
    replaces: Id | None = None
    """For a to-be: the as-is journey it would replace."""
    persona: Annotated[
        tuple[PersonaOrId, ...],
        BeforeValidator(_personas, json_schema_input_type=PersonaOrId | tuple[PersonaOrId, ...]),
    ] = ()
    """Whose journey it is: ids of persona documents, or inline personas."""
    emotion_scale: Annotated[tuple[Number, Number], BeforeValidator(_scale)] = (-2.0, 2.0)
    """The lowest and the highest emotion."""
    neutral: Number | None = None
    """The neutral emotion; the middle of the scale when left out."""
    traffic: Traffic | None = None
    """How many journeys, and what one is worth."""
    entry: Next | None = None
    """Where journeys begin; every `first` touchpoint, equally, when left out."""
    outcomes: Annotated[
        dict[
            Id,
            Annotated[
                Outcome,
                BeforeValidator(_outcome, json_schema_input_type=Literal["success", "failure"] | Outcome),
            ],
        ],
        Field(min_length=1),
    ] = {"done": Outcome(result="success"), "dropped": Outcome(result="failure")}
    """How journeys end: name → success or failure."""
    budgets: dict[BudgetFigure, Budget] = {}
    """Promises the journey must keep, checked like tests."""
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    """The columns, in order."""

    @property
    def heading(self) -> Text:
        """The title, or the id where no title is given."""
        return self.title or Text(self.id)

    @property
    def neutral_emotion(self) -> float:
        """Where neither good nor bad is."""
        low, high = self.emotion_scale
        return (low + high) / 2 if self.neutral is None else self.neutral

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every touchpoint, in the order written, with its stage and its path in the document."""
        return tuple(
            Place(("stages", s, "touchpoints", t), stage, touchpoint)
            for s, stage in enumerate(self.stages)
            for t, touchpoint in enumerate(stage.touchpoints)
        )

    @cached_property
    def touchpoints(self) -> dict[str, Touchpoint]:
        """Touchpoints by id, in the order written; of two with one id, the first."""
        found: dict[str, Touchpoint] = {}
        for place in self.places:
            found.setdefault(place.touchpoint.id, place.touchpoint)
        return found

    @cached_property
    def routes(self) -> dict[str, tuple[Route, ...]]:
        """Where each touchpoint leads, with shares as written (they may not sum to 1: ST rules tell)."""
        places = self.places
        success = next((o for o, it in self.outcomes.items() if it.result == "success"), None)
        routes: dict[str, tuple[Route, ...]] = {}
        for at, (loc, _, touchpoint) in enumerate(places):
            if touchpoint.id in routes:
                continue
            if touchpoint.next is None:
                after = places[at + 1].touchpoint.id if at + 1 < len(places) else success
                routes[touchpoint.id] = () if after is None else (Route(after, 1.0, None, False, loc),)
            else:
                routes[touchpoint.id] = resolve_exits(touchpoint.next, (*loc, "next"))
        return routes

    @cached_property
    def entries(self) -> tuple[Route, ...]:
        """Where journeys begin; without `entry:`, every `first` touchpoint equally (assumed if several)."""
        if self.entry is not None:
            return resolve_exits(self.entry, ("entry",))
        firsts = [place for place in self.places if "first" in place.touchpoint.kinds]
        return tuple(
            Route(place.touchpoint.id, 1 / len(firsts), None, len(firsts) > 1, place.loc)
            for place in firsts
        )

    @property
    def persona_ids(self) -> tuple[str, ...]:
        """The ids of the personas named or written inline, in order."""
        return tuple(p if isinstance(p, str) else p.id for p in self.persona)


def resolve_exits(written: str | tuple[str, ...] | dict[str, RouteSpec], loc: Loc) -> tuple[Route, ...]:
    """Turn the three ways to write `next` into routes.

    `rest` takes what the other shares leave (never less than 0). Where no share is written at all,
    shares are equal and marked assumed; a missing share beside written ones also takes the rest.
    """
    if isinstance(written, str):
        return (Route(written, 1.0, None, False, loc),)
    if isinstance(written, tuple):
        equal = 1 / len(written)
        return tuple(
            Route(target, equal, None, len(written) > 1, (*loc, at)) for at, target in enumerate(written)
        )
    given = {t: spec.p for t, spec in written.items() if isinstance(spec.p, float)}
    open_ = [t for t, spec in written.items() if not isinstance(spec.p, float)]
    left = max(0.0, 1 - sum(given.values())) / len(open_) if open_ else 0.0
    guessed = {t for t in open_ if written[t].p is None} if len(open_) > 1 else set()
    return tuple(
        Route(t, given.get(t, left), spec.when, t in guessed, (*loc, t)) for t, spec in written.items()
    )
