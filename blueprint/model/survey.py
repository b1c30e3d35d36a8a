"""What customers answered: surveys as counts, as figures, or as a table beside the document."""

from typing import Annotated, Literal

from pydantic import Field

from blueprint.model.values import Day, Element, Id, Number, Share, Text, Whole, Words

DATA_PATTERN = r"^([^./\\:*?<>|][^/\\:*?<>|]*/){0,8}[^./\\:*?<>|][^/\\:*?<>|]*\.[cC][sS][vV]$"
DataFile = Annotated[str, Field(pattern=DATA_PATTERN, max_length=200)]
"""A CSV file, named from the folder of the document, such as `data/nps.csv`; never outside of it."""

Count = Annotated[Whole, Field(ge=0)]
SurveyKind = Literal["relational", "process", "instant"]
"""About the whole relation, about one process, or right after one touchpoint."""


class Survey(Element):
    """One wave of a survey: answers counted, or a table with one row per answer sheet."""

    survey: Id
    """Its instrument: nps, csat, ces, servqual, servperf, or one of a playbook."""
    title: Text | None = None
    """Its name."""
    type: SurveyKind | None = None
    """relational (the whole relation), process (one process) or instant (right after a touchpoint)."""
    date: Day | None = None
    """When it was asked; waves of one survey are told apart by it."""
    source: Text | None = None
    """Where the answers come from."""
    invited: Annotated[Whole, Field(ge=1)] | None = None
    """How many were asked."""
    answers: tuple[Count, ...] = ()
    """How often each answer was given, from the lowest of the scale to the highest."""
    promoters: Count | None = None
    """NPS: answers 9 and 10, where the single answers are not known."""
    passives: Count | None = None
    """NPS: answers 7 and 8."""
    detractors: Count | None = None
    """NPS: answers 0 to 6."""
    satisfied: Count | None = None
    """CSAT, CES: how many counted as satisfied (or as finding it easy)."""
    n: Annotated[Whole, Field(ge=1)] | None = None
    """How many answered, where it does not follow from the counts."""
    mean: Number | None = None
    """The mean answer, where only that is known."""
    sd: Annotated[float, Field(strict=True, ge=0)] | None = None
    """The standard deviation of the answers."""
    target: Number | None = None
    """What it should be: a share for CSAT, points for NPS."""
    baseline: Share | None = None
    """The share that counts as no change, where it is compared with one."""
    data: DataFile | None = None
    """A CSV file with one row per answer sheet, beside this document."""
    column: Words | None = None
    """The column of the file that holds the answers."""
    before: Words | None = None
    """The column that holds the same customers' earlier answers, for a paired comparison."""
    bands: dict[Id, Number] = Field(default_factory=dict)
    """What figures are called from where on, lowest first: the house's own cut points, such as those
    between good, excellent and outstanding."""
    drivers: tuple[Words, ...] = ()
    """Columns that may explain the answers."""
    segment: Words | None = None
    """The column that says to which segment a customer belongs, to see whether segments answer alike."""
    weight: Words | None = None
    """The column that says how many customers a row stands for."""
