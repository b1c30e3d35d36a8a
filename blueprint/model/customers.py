"""Who the customers are: tables of them, their tiers, points, marks, and the phases of their life."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from blueprint.model.people import CustomerGroup, Entitlement, Policy
from blueprint.model.survey import Count, DataFile
from blueprint.model.values import (
    Cash,
    Day,
    Duration,
    Element,
    Flag,
    Id,
    Number,
    Share,
    Text,
    Whole,
    Words,
    several,
)


class LifecycleState(Element):
    """One phase of a customer's life with the house, and where customers go from it each period."""

    margin: Cash | None = None
    """What a customer in it brings per period."""
    next: dict[Id, Share] = Field(default_factory=dict)
    """Shares that are in each phase one period later; what is missing from 1 has left."""


class Lifecycle(Element):
    """Customers moving between phases, period by period."""

    period: Literal["week", "month", "quarter", "year"] = "year"
    """How long one period is."""
    start: Id | None = None
    """The phase in which a customer begins; the first one when left out."""
    discount: Share | None = None
    """What a sum one period from now is worth today, as a share of it."""
    states: Annotated[dict[Id, LifecycleState], Field(min_length=1)]
    """The phases."""
    source: Text | None = None
    """Where the shares come from."""


_CONDITION = r"^\s*(>=|<=|>|<|≥|≤)\s*-?\d+(\.\d+)?\s*$|^\s*(=|!=)\s*[^\s=].*$"


def _condition(written: Any) -> Any:
    if isinstance(written, str) and len(written) <= 80 and re.match(_CONDITION, written):
        return written
    raise PydanticCustomError("condition", "not a condition", {"written": str(written)})


Condition = Annotated[
    str,
    BeforeValidator(
        _condition,
        json_schema_input_type=Annotated[
            str, Field(pattern=_CONDITION, max_length=80, examples=[">= 12", "< 90", "= vip"])
        ],
    ),
]
"""What a cell must be: `>= 12`, `< 90`, `= vip`, `!= closed`."""


class Tag(Element):
    """A mark that customers get by their figures."""

    title: Text | None = None
    """Its name; the id when left out."""
    when: Annotated[
        tuple[Annotated[dict[Words, Condition], Field(min_length=1)], ...],
        BeforeValidator(
            several,
            json_schema_input_type=dict[Words, Condition] | tuple[dict[Words, Condition], ...],
        ),
        Field(min_length=1),
    ]
    """Columns of the table and what must stand in them, all of them; of several such, one is enough."""
    action: Text | None = None
    """What is done for those who have it."""


class TierPoints(Element):
    """How points come and go in one tier, per member and year."""

    members: Count | None = None
    """How many there are; as in `tiers` when left out."""
    spend: Cash
    """What one of them spends."""
    visits: Annotated[float, Field(strict=True, gt=0)] | None = None
    """In how many visits."""
    earn: Annotated[float, Field(strict=True, ge=0)]
    """Points per unit of the currency."""


class Reward(Element):
    """What points buy."""

    title: Text
    """What it is."""
    points: Annotated[float, Field(strict=True, gt=0)]
    """How many points it costs."""
    cost: Cash | None = None
    """What it costs the house."""


class Points(Element):
    """Points, how they are earned, and what they are worth."""

    value: Cash
    """What one point costs the house when it is spent."""
    redeemed: Share
    """The share of points that is ever spent."""
    outstanding: Count | None = None
    """Points given and not yet spent or lapsed."""
    tiers: Annotated[dict[Id, TierPoints], Field(min_length=1)]
    """How they come, by tier."""
    rewards: dict[Id, Reward] = Field(default_factory=dict)
    """What they buy."""
    source: Text | None = None
    """Where the figures come from."""


class Customers(Element):
    """Who the customers are: a table of them, or figures about them."""

    data: DataFile | None = None
    """A CSV file with one row per customer, beside this document."""
    customer: Words = "customer"
    """The column with the customer's number."""
    recency: Words = "recency"
    """The column with the days since the last purchase."""
    frequency: Words = "frequency"
    """The column with the number of purchases."""
    monetary: Words = "monetary"
    """The column with the value of the purchases."""
    method: Literal["midrank", "threshold", "nested"] = "midrank"
    """How scores are given: by rank, by written limits, or by rank within rank."""
    recency_cuts: tuple[Number, ...] = ()
    """The limits between scores of recency, in days, rising."""
    frequency_cuts: tuple[Number, ...] = ()
    """The limits between scores of frequency, rising."""
    monetary_cuts: tuple[Number, ...] = ()
    """The limits between scores of value, rising."""
    segmentation: Id | None = None
    """The segmentation of a playbook by which scores become groups."""
    revenue: tuple[Number, ...] = ()
    """Revenue of single customers, where there is no table."""
    tiers: dict[Id, Count] = Field(default_factory=dict)
    """How many customers are in each tier."""
    capacity: dict[Id, Count] = Field(default_factory=dict)
    """For how many customers of each tier there are people and means."""
    tier_limits: dict[Id, Number] = Field(default_factory=dict)
    """The fewest points of each tier in a period."""
    tier_points: dict[Id, tuple[Number, ...]] = Field(default_factory=dict)
    """What single customers' periods brought, oldest first, to see which tier they come to."""
    patience: Annotated[int, Field(strict=True, ge=1)] = 2
    """How many periods in a row below a tier it takes to leave it."""
    lifecycle: Lifecycle | None = None
    """How customers move between phases."""
    tags: dict[Id, Tag] = Field(default_factory=dict)
    """Marks that customers get by the figures of the table."""
    points: Points | None = None
    """Points, what earns them and what they buy."""
    policies: dict[CustomerGroup, Policy] = Field(default_factory=dict)
    """How each group is talked to: high-value, potential, mass, churning."""
    entitlements: dict[Id, Annotated[tuple[Entitlement, ...], BeforeValidator(several)]] = Field(
        default_factory=dict
    )
    """What belongs to each tier, lowest tier first: manager, package, partners."""
    date: Day | None = None
    """The day from which recency is counted."""
    source: Text | None = None
    """Where the figures come from."""


class Recency(Element):
    """How recently, how often and for how much somebody buys."""

    recency: Duration | None = None
    """How long ago the last purchase was."""
    frequency: Annotated[float, Field(strict=True, ge=0)] | None = None
    """How many purchases in the window."""
    monetary: Cash | None = None
    """What they were worth."""
    scores: Annotated[tuple[Whole, ...], Field(min_length=3, max_length=3)] | None = None
    """Recency, frequency and value as scores of 1 to 5, where they are known already."""


class ChurnSigns(Element):
    """What may tell that a customer is about to leave."""

    usual_gap: Duration | None = None
    """The usual time between purchases (the median)."""
    frequency_trend: Number | None = None
    """The change in purchases per period; below 0 is less."""
    open_complaint: Flag | None = None
    """Whether a complaint is unsolved."""
    csat: Annotated[float, Field(strict=True, ge=1, le=5)] | None = None
    """The last satisfaction, 1 to 5."""
    nps: Annotated[Whole, Field(ge=0, le=10)] | None = None
    """The last likelihood to recommend, 0 to 10."""
