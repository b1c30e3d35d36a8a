"""What a market does after a problem: the inputs of market damage."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

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
)


class Range(Element):
    """A figure with its uncertainty: `0.4`, `[0.3, 0.4, 0.5]` or `{low, likely, high}`."""

    low: Number
    """The lowest value thought possible."""
    likely: Number
    """The value to compute with."""
    high: Number
    """The highest value thought possible."""

    @property
    def certain(self) -> bool:
        """Whether no range was given."""
        return self.low == self.high


def _number(written: Any) -> Any:
    if isinstance(written, str) and written.strip().endswith("%"):
        try:
            return float(written.strip().removesuffix("%")) / 100
        except ValueError:
            return written
    return written


def _range(written: Any) -> Any:
    if isinstance(written, Range):
        return written
    if isinstance(written, dict):
        read = {key: _number(value) for key, value in written.items()}
        ends = [read.get(key) for key in ("low", "likely", "high")]
        if set(read) == {"low", "likely", "high"} and all(_is_number(end) for end in ends):
            return _ordered(ends)
    elif isinstance(written, (list, tuple)) and len(written) == 3:
        ends = [_number(value) for value in written]
        if all(_is_number(end) for end in ends):
            return _ordered(ends)
    elif _is_number(value := _number(written)):
        return {"low": value, "likely": value, "high": value}
    raise PydanticCustomError("range", "not a figure or a range", {"written": str(written)})


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _ordered(ends: list[Any]) -> dict[str, Any]:
    if not ends[0] <= ends[1] <= ends[2]:
        raise PydanticCustomError("range", "a range in the wrong order", {"written": str(ends)})
    return dict(zip(("low", "likely", "high"), ends, strict=True))


_PERCENT = Annotated[str, Field(pattern=r"^\s*-?\d+(\.\d+)?\s*%\s*$")]
_One = float | _PERCENT
Estimate = Annotated[
    Range,
    BeforeValidator(
        _range,
        json_schema_input_type=_One
        | Annotated[tuple[_One, ...], Field(min_length=3, max_length=3)]
        | Range,
    ),
]
"""A figure, certain or not: `0.4`, `40%`, `[0.3, 0.4, 0.5]` or `{low: 0.3, likely: 0.4, high: 0.5}`."""


class Loyalty(Element):
    """The share that stays, by what happened to them."""

    untroubled: Estimate | None = None
    """Those who had no problem."""
    satisfied: Estimate | None = None
    """Those who complained and were satisfied."""
    mollified: Estimate | None = None
    """Those who complained and were half content."""
    dissatisfied: Estimate | None = None
    """Those who complained in vain."""
    silent: Estimate | None = None
    """Those who had a problem and said nothing."""


class WordOfMouth(Element):
    """How many others each tells, and what that does."""

    satisfied: Estimate | None = None
    """How many a satisfied complainant tells, with praise."""
    mollified: Estimate | None = None
    """How many a half content complainant tells."""
    dissatisfied: Estimate | None = None
    """How many a dissatisfied complainant tells."""
    silent: Estimate | None = None
    """How many a silent customer with a problem tells."""
    lost: Estimate | None = None
    """The share of those told the bad who would have come and do not."""
    won: Estimate | None = None
    """The share of those told the good who come because of it."""
    value: Cash | None = None
    """What a new customer is worth."""


class WhatIf(Element):
    """Questions put to the figures; every number is somebody's, none is taken from the sources unasked."""

    keeping: Cash | None = None
    """What keeping one customer costs over the horizon."""
    vips: Annotated[float, Field(strict=True, gt=0)] | None = None
    """How many customers of high value might be lost."""
    vip_factor: Estimate | None = None
    """How many ordinary customers one of them counts for."""
    retention: Share | None = None
    """How many more of the customers might stay, as a share of them all."""
    premium: Estimate | None = None
    """By how much the price might rise, as a share of it."""
    margin: Share | None = None
    """What is left of the price after the costs that grow with sales."""
    satisfaction: Estimate | None = None
    """By how many percent satisfaction might rise: 1 is one percent."""
    elasticity: Estimate | None = None
    """By how many percent revenue is thought to rise for each."""


class Market(Element):
    """From customers with a problem to customers lost: the inputs of market damage."""

    customers: Annotated[float, Field(strict=True, gt=0)] | None = None
    """How many customers there are."""
    value: Cash | None = None
    """What one customer is worth over the horizon."""
    horizon: Duration | None = None
    """The time over which that value counts."""
    problems: Estimate | None = None
    """The share of customers who have a problem."""
    complaints: Estimate | None = None
    """The share of those with a problem who complain."""
    satisfied: Estimate | None = None
    """The share of complainants who end satisfied."""
    mollified: Estimate | None = None
    """The share of complainants who end half content."""
    dissatisfied: Estimate | None = None
    """The share of complainants who end dissatisfied."""
    loyalty: Loyalty | None = None
    """Who stays, by what happened to them."""
    word_of_mouth: WordOfMouth | None = None
    """Who tells whom, and what it does."""
    parameters: Id | None = None
    """An entry of `parameters` in a playbook that gives what is left out here."""
    acquisition: Annotated[float, Field(strict=True, gt=0)] | None = None
    """How many times the cost of keeping a customer a new one costs."""
    what_if: WhatIf | None = None
    """Questions put to these figures: what losing a customer of high value, winning new ones, a higher
    price would mean."""
    paradox: Flag = False
    """Whether a complaint well handled may leave customers more loyal than no problem at all."""
    source: Text | None = None
    """Where the figures come from."""
    date: Day | None = None
    """When they were taken."""


class Trouble(Element):
    """Problems at one touchpoint, and what becomes of the complaints."""

    rate: Estimate | None = None
    """The share of visits with a problem."""
    complaints: Estimate | None = None
    """The share of those with a problem who complain."""
    satisfied: Estimate | None = None
    """The share of complainants who end satisfied."""
    mollified: Estimate | None = None
    """The share of complainants who end half content."""
    dissatisfied: Estimate | None = None
    """The share of complainants who end dissatisfied."""
    source: Text | None = None
    """Where the figures come from."""
