"""A touchpoint: what happens, how it feels, what hurts, and where it leads."""

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Discriminator, Field, Tag

from blueprint.model.feedback import Variant
from blueprint.model.market import Trouble
from blueprint.model.people import Audience, Delight, NeedLevel
from blueprint.model.survey import Count, Survey, SurveyKind
from blueprint.model.values import (
    Cash,
    Day,
    Duration,
    Element,
    Emotion,
    Figure,
    Flag,
    Id,
    Ids,
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
Clock = Literal["calendar", "business"]
"""Whether time runs always, or only while the house is open."""
Purpose = Literal[
    "greet", "disclose-price", "pay", "cancel", "acknowledge", "recover", "confirm", "follow-up", "learn",
    "after-sales", "feedback", "thank", "retain",
]  # fmt: skip
"""What a touchpoint or a step is there for, as far as rules ask about it."""
CauseCategory = Literal["people", "process", "system", "environment", "policy", "information"]
"""Where causes are looked for: the bones of the fish."""
Covered = dict[Id, Ids]
"""Which items of which lists (`coverage` in playbooks) are covered here."""
Loc = tuple[str | int, ...]
"""A path into the document: ("stages", 0, "touchpoints", 2, "emotion")."""


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


class Ratings(Element):
    """Severity, occurrence and detection, as they are expected to be after an action."""

    severity: Rating10 | None = None
    """1 unnoticed … 10 safety, law or data at risk."""
    occurrence: Rating10 | None = None
    """1 never … 10 one in ten or more."""
    detection: Rating10 | None = None
    """1 always noticed before the customer does … 10 never."""


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


def word_or_mapping(written: Any) -> str:
    """Tell a word from a mapping, for unions of the two."""
    return "several" if isinstance(written, (dict, Element)) else "one"


class Need(Element):
    """What the customer needs here, and whether the service meets it."""

    need: Text
    """The need, in the customer's words."""
    kano: (
        Annotated[
            Annotated[KanoCategory, Tag("one")] | Annotated[KanoCounts, Tag("several")],
            Discriminator(word_or_mapping),
        ]
        | None
    ) = None
    """Its Kano category, or the counts of a questionnaire."""
    met: Flag | None = None
    """Whether the service meets it today."""
    answers: (
        Annotated[
            tuple[Annotated[tuple[Count, ...], Field(min_length=5, max_length=5)], ...],
            Field(min_length=5, max_length=5),
        ]
        | None
    ) = None
    """Pairs of answers, counted: a row per answer to “if it is there”, a column per “if it is not”."""
    segments: dict[Id, KanoCounts] = Field(default_factory=dict)
    """The counts of the questionnaire by segment of customers; together they are its counts."""
    importance: Annotated[float, Field(strict=True, ge=1, le=9)] | None = None
    """How important customers say it is, 1 to 9."""
    type: Literal["explicit", "latent", "rational", "emotional"] | None = None
    """Whether customers say it, and whether it is about the matter or about feeling."""
    level: NeedLevel | None = None
    """Its rung on the ladder of needs: standard, personal, added-value."""
    source: Text | None = None
    """Where it was learned."""
    date: Day | None = None
    """When customers were asked."""


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
    considered: tuple[CauseCategory, ...] = ()
    """Where causes were looked for: people, process, system, environment, policy, information."""
    control: Text | None = None
    """What notices it today."""
    aim: Ratings | None = None
    """The ratings that the action should bring."""
    redesign: Text | None = None
    """What is built differently, where the severity should fall."""
    found_by: tuple[Literal["complaints", "survey", "interview", "comparison", "log"], ...] = ()
    """How it was found; two ways are better than one."""
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
    due: Day | None = None
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


class Promise(Element):
    """What the customer is told will happen, and by when."""

    promise: Text
    """The promise, in the words used."""
    due: Duration | None = None
    """How long after it is given it must be kept."""
    clock: Clock | None = None
    """Whether that time runs always, or only while the house is open."""
    about: Id | None = None
    """What it is about, such as `refund`: promises about one thing must not name different times."""
    feasible: Flag | None = None
    """Whether somebody checked that it can be kept every time."""
    made: Count | None = None
    """How often it was given."""
    kept: Count | None = None
    """How often it was kept."""


class Escalation(Element):
    """Who is called next, and after how long."""

    to: Text
    """Who."""
    after: Duration | None = None
    """After how long without a solution."""


def _escalation(written: Any) -> Any:
    return {"to": written} if isinstance(written, str) else written


class Period(Element):
    """How many complaints came in one period, by type."""

    date: Day
    """The last day of the period."""
    cases: dict[Id, Count]
    """How many, by type."""
    visits: Annotated[float, Field(strict=True, gt=0)] | None = None
    """How many customers were there in it; all periods count alike where it is left out."""


class CaseRecord(Element):
    """One case kept for others to learn from."""

    case: Text
    """What happened."""
    type: Id | None = None
    """Its type, as in `cases`."""
    date: Day | None = None
    """When."""
    cause: Text | None = None
    """What was behind it."""
    solution: Text | None = None
    """What solved it."""
    learned: Text | None = None
    """What is done differently since."""


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
    ladder: Id | None = None
    """The ladder of service levels that holds here; the only one there is when left out."""
    clock: Clock | None = None
    """Whether its times run always, or only while the house is open."""
    respond: Duration | None = None
    """How soon somebody answers here, where that is not what the ladder says."""
    resolve: Duration | None = None
    """By when it is solved here, where that is not what the ladder says."""
    follow_up: Duration | None = None
    """How long after the solution somebody asks whether it holds."""
    triggers: Ids = ()
    """What makes it urgent at once (see `vocabularies/hard-trigger`)."""
    alternatives: tuple[Text, ...] = ()
    """The solutions offered to choose from."""
    compensation: Cash | None = None
    """The most that is granted here."""
    cases: dict[Id, Count] = Field(default_factory=dict)
    """How many complaints there were, by type."""
    repeated: Count | None = None
    """How many of them came back with the same cause."""
    timeline: Id | None = None
    """The timeline of a playbook that it follows, such as a crisis."""
    fast_lane: Id | None = None
    """The touchpoint at which the quick way for key problems (the red channel) begins."""
    factors: dict[Id, Annotated[float, Field(strict=True, ge=0, le=3)]] = Field(default_factory=dict)
    """What makes it urgent, each from 0 to 3, by the weights of its ladder: severity, importance, scope,
    urgency, and resources (3: nobody is free)."""
    history: tuple[Period, ...] = ()
    """How many complaints there were, period by period."""
    library: tuple[CaseRecord, ...] = ()
    """Cases kept for others to learn from."""
    knowledge: dict[Id, Words] = Field(default_factory=dict)
    """Where it is written how each type was solved: type → article of the knowledge base."""


Feeling = Literal["calm", "uneasy", "upset", "angry"]
"""How high feelings run, lowest first."""


class Line(Element):
    """One line of a script: who says what."""

    agent: Text | None = None
    """What the employee says."""
    customer: Text | None = None
    """What the customer says."""
    feeling: Feeling | None = None
    """How high the customer's feelings run here: calm, uneasy, upset, angry."""


class Script(Element):
    """What is said here, and the protocol it follows."""

    protocol: Id | None = None
    """The protocol, such as `eoac`."""
    lines: tuple[Line, ...] = ()
    """The lines, in order."""
    language: Language | None = None
    """The language spoken; that of the document when left out."""
    variants: dict[Audience, tuple[Line, ...]] = Field(default_factory=dict)
    """The lines for customers of one style, or of one type: driver …, silent, resisting, complaining."""


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
    carries: tuple[Text, ...] = ()
    """What is known on arrival, so that the customer need not say it again."""


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

    @property
    def scores(self) -> dict[str, Score]:
        """Scores by persona id; one score for everybody stands under the empty string."""
        if self.emotion is None:
            return {}
        return {"": self.emotion} if isinstance(self.emotion, Score) else dict(self.emotion)


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
