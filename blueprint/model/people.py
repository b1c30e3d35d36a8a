"""What a house knows of its customers, asks of its roles and says of itself, beside what happens."""

from typing import Annotated, Literal

from pydantic import Field

from blueprint.model.values import (
    Day,
    Duration,
    Element,
    Figure,
    Flag,
    Id,
    Rating5,
    Share,
    Text,
    Whole,
    Words,
)

CustomerType = Literal["silent", "resisting", "complaining"]
"""How a customer meets the house: says little, resists, complains (S000: 沉默型、抗拒型、抱怨型)."""
Audience = Literal["driver", "talker", "steady", "analyst", "silent", "resisting", "complaining"]
"""For whom the words of a script are made: one of the styles, or one of the types."""
DataClass = Literal["basic", "behaviour", "interaction", "social"]
"""The four classes of a customer's profile (S004: 基础、行为、互动、社交)."""
NeedLevel = Literal["standard", "personal", "added-value"]
"""The ladder of needs, lowest first (S002: 规范、个性化、增值)."""
InnerCustomer = Literal["function", "rank", "process", "operation"]
"""Whose customer the next step is (S003: 职能、职级、流程、工序客户)."""
ServicePhase = Literal["strategy", "design", "transition", "operation"]
"""Where a service stands in its own cycle (S003: 战略、设计、转换、运营)."""
CultureAxis = Literal["drive", "direction", "difficulty"]
"""What a culture of customers is held against (S003: 动力、方向、难度)."""
CustomerGroup = Literal["high-value", "potential", "mass", "churning"]
"""The groups that are talked to differently (S004: 高价值、潜力、大众、流失)."""
Entitlement = Literal["manager", "package", "partners"]
"""What may belong to a tier (S004: 专属经理、服务包、跨界权益)."""


class Culture(Element):
    """Where somebody is at home: their language, what must not be said, what is done."""

    language: Words | None = None
    """The language they are spoken to in, such as zh."""
    taboos: tuple[Words, ...] = ()
    """Words that must not be said to them."""
    customs: tuple[Text, ...] = ()
    """What is done, and what is not."""


class Datum(Element):
    """One thing that is known about a customer."""

    data: Text
    """What is known."""
    purpose: Text | None = None
    """What it is used for; what serves nothing should not be collected."""


class Delight(Element):
    """A surprise for the customer, and how it is kept one."""

    what: Text
    """What they get."""
    share: Share | None = None
    """The share of visits at which it is given; every visit when left out."""
    again: Duration | None = None
    """How long the same customer does not get it again."""


class Automatic(Element):
    """A message that nobody sends by hand."""

    event: Text | None = None
    """What starts it."""
    delay: Duration | None = None
    """How long after that it goes out."""
    cap: Text | None = None
    """How often the same customer gets it at most."""
    stop: Text | None = None
    """What ends it before its time."""


class Standard(Element):
    """One standard of a role and the figure by which it is seen."""

    metric: Text | None = None
    """What is measured."""
    value: Figure | None = None
    """What it is."""
    target: Figure | None = None
    """What it should be."""
    better: Literal["higher", "lower"] = "higher"
    """Which way is good."""


class Competence(Element):
    """How well somebody must be able to do a thing, and how well they can."""

    needed: Rating5
    """1 has seen it … 5 teaches it."""
    has: Rating5 | None = None
    """How well they can today, over all of them; left out while nobody looked."""


class Goal(Element):
    """What somebody should reach, and by when."""

    goal: Text
    """What is reached."""
    after: Duration
    """How long after the beginning it is looked at: 30d, 60d, 90d."""


class Plan(Element):
    """A plan to grow: how learning is divided, and what is reached when."""

    work: Share | None = None
    """The part that is learned at work: 70 %."""
    others: Share | None = None
    """The part that is learned from others: 20 %."""
    courses: Share | None = None
    """The part that is learned in courses: 10 %."""
    goals: tuple[Goal, ...] = ()
    """What is reached when."""


class Relief(Element):
    """How somebody who meets upset customers gets their balance back."""

    after: Annotated[Whole, Field(ge=1)]
    """After how many hard contacts in a row."""
    rest: Duration | None = None
    """How long the break is."""
    exercise: Text | None = None
    """What helps, such as breathing 4-7-8."""
    by: Id | None = None
    """The actor who takes over meanwhile."""


class Governance(Element):
    """Where the service stands in its own cycle."""

    phase: ServicePhase
    """strategy, design, transition or operation."""
    since: Day | None = None
    """Since when."""


class Readiness(Element):
    """How far a house is, on one axis of a culture of customers."""

    score: Rating5 | None = None
    """1 not begun … 5 lived every day."""
    shows: Text | None = None
    """How one can see it."""


class Summary(Element):
    """What a team takes with it: so many things learned, so many ideas, so many actions."""

    form: Literal["5-3-1", "3-2-1"]
    """How many of each."""
    learned: tuple[Text, ...] = ()
    """What was learned."""
    ideas: tuple[Text, ...] = ()
    """What came to mind."""
    actions: tuple[Text, ...] = ()
    """What will be done."""


class Policy(Element):
    """How a group of customers is talked to."""

    contact: Text | None = None
    """Who talks to them, and how."""
    within: Duration | None = None
    """How soon they are answered."""
    automated: Share | None = None
    """The share of what they ask that a machine answers."""
    person: Flag | None = None
    """Whether there is always a way to a person."""
