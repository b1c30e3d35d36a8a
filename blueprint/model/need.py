"""What a customer needs, and what a questionnaire after Kano said of it."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from blueprint.model.people import NeedLevel
from blueprint.model.survey import Count
from blueprint.model.values import Day, Element, Flag, Id, Text, Whole

KanoCategory = Literal["must-be", "performance", "attractive", "indifferent", "reverse"]


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
