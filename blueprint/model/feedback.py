"""What comes back: voices counted, trials of two ways, forecasts held against what came, revenue."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from blueprint.model.survey import Count, DataFile
from blueprint.model.values import Day, Element, Id, Number, Share, Text, Whole, Words

Sentiment = Literal["negative", "neutral", "positive"]


class Tally(Element):
    """How often one thing was said on one channel in one period."""

    channel: Words
    """Where it was said: the channel of a touchpoint, a store of apps, a public network."""
    theme: Words | None = None
    """What it was about, as it was coded."""
    sentiment: Sentiment | None = None
    """Whether it was meant badly, neither way or well."""
    date: Day | None = None
    """The last day of the period."""
    n: Count
    """How often."""


class Voice(Element):
    """What customers say unasked, counted by channel, theme and sentiment; the words stay elsewhere."""

    feedback: tuple[Tally, ...] = ()
    """The counts."""
    data: DataFile | None = None
    """A CSV file with the columns channel, theme, sentiment, date and n, beside this document."""
    source: Text | None = None
    """Who counted, and how it was coded."""


class Variant(Element):
    """One of the ways that were tried on customers by lot."""

    title: Text | None = None
    """What is different in it."""
    n: Annotated[Whole, Field(ge=1)]
    """How many met it."""
    hits: Count | None = None
    """With how many it worked, where the figure is a share."""
    mean: Number | None = None
    """The mean, where the figure is one."""
    sd: Annotated[float, Field(strict=True, ge=0)] | None = None
    """The standard deviation, for a mean."""


class Result(Element):
    """What one part of a scorecard came to."""

    score: Annotated[float, Field(strict=True, ge=0, le=100)]
    """From 0 to 100."""
    target: Annotated[float, Field(strict=True, ge=0, le=100)] | None = None
    """What it has to reach for itself."""
    source: Text | None = None
    """Where it comes from."""


def _pair(written: Any) -> Any:
    if (
        isinstance(written, (list, tuple))
        and len(written) == 2
        and all(isinstance(it, (int, float)) and not isinstance(it, bool) for it in written)
    ):
        return written
    raise PydanticCustomError("pair", "not a pair of numbers", {})


class RevenueLink(Element):
    """Satisfaction and revenue of the same periods, or of the same branches."""

    pairs: tuple[
        Annotated[
            tuple[Number, ...],
            BeforeValidator(
                _pair,
                json_schema_input_type=Annotated[tuple[Number, ...], Field(min_length=2, max_length=2)],
            ),
        ],
        ...,
    ] = ()
    """Satisfaction, then revenue, of each period, in the order of time."""
    data: DataFile | None = None
    """A CSV file with a row per period, beside this document."""
    satisfaction: Words = "satisfaction"
    """The column with the satisfaction."""
    revenue: Words = "revenue"
    """The column with the revenue."""
    source: Text | None = None
    """Where the figures come from."""


class Foreseen(Element):
    """Cases that a forecast gave about the same chance, and what became of them."""

    p: Share
    """The chance it gave them."""
    n: Annotated[Whole, Field(ge=1)]
    """How many there were."""
    came: Count
    """With how many it came true."""


class Forecast(Element):
    """A forecast held against what came."""

    forecast: Text
    """What was foreseen, such as leaving within 90 days."""
    bins: Annotated[tuple[Foreseen, ...], Field(min_length=1)]
    """Its cases, grouped by the chance it gave them."""
    source: Text | None = None
    """Where the figures come from."""
    date: Day | None = None
    """When what came was counted."""


Scorecards = dict[Id, dict[Id, Result]]
"""Scorecards of playbooks by id, and what their parts came to."""
