"""A complaint: how it is graded and handled, and what is promised along the way."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from blueprint.model.survey import Count
from blueprint.model.values import Cash, Day, Duration, Element, Flag, Id, Ids, Text, Words

Priority = Literal["P0", "P1", "P2", "P3"]
Clock = Literal["calendar", "business"]
"""Whether time runs always, or only while the house is open."""


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
