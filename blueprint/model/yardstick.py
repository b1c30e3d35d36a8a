"""What a service is measured by: questionnaires, scales, targets, lists, names, claims, as entries."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from blueprint.model.entry import Cues, Entry, Item, Reference, sums_to_one
from blueprint.model.values import (
    Element,
    Flag,
    Id,
    Ids,
    Number,
    Rating10,
    Share,
    Text,
    Whole,
    Words,
    WrittenBudget,
    several,
)


class InstrumentItem(Element):
    """One question."""

    id: Id
    """kebab-case, unique in the instrument."""
    title: Text
    """The question."""
    reversed: Flag = False
    """Whether a high answer is bad, in the original wording."""


class InstrumentDimension(Element):
    """Questions that belong together, their weight and the names they go by."""

    id: Id
    """kebab-case, unique in the instrument."""
    title: Text
    """Its name."""
    text: Text | None = None
    """What it is about."""
    aliases: tuple[Words, ...] = ()
    """Other names, in any language; all are accepted."""
    weight: Share | None = None
    """Its part of the whole."""
    items: tuple[InstrumentItem, ...] = ()
    """Its questions."""


class Instrument(Entry):
    """A questionnaire: its scale, its questions and how they are weighed."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "scale")
    scale: tuple[Number, Number] | None = None
    """The lowest and the highest answer."""
    higher_is: Literal["better", "worse"] = "better"
    """Which way is good."""
    top: Number | None = None
    """From which answer on a customer counts as satisfied (or as a promoter)."""
    bottom: Number | None = None
    """Up to which answer a customer counts as dissatisfied (or as a detractor)."""
    question: Text | None = None
    """The question, where there is only one."""
    dimensions: tuple[InstrumentDimension, ...] = ()
    """Groups of questions."""

    @model_validator(mode="after")
    def _sums(self) -> Self:
        return sums_to_one(self, {d.id: d.weight for d in self.dimensions if d.weight is not None})


class Anchor(Element):
    """What one rating means."""

    rating: Whole
    """The rating."""
    title: Text
    """What it means."""
    at_least: Share | None = None
    """The rate from which it applies, where there is one."""


class Scale(Entry):
    """What the ratings of a scale mean."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "anchors")
    anchors: tuple[Anchor, ...] = ()
    """The ratings, highest first."""


class Band(Element):
    """Ratings that are read alike."""

    lowest: Rating10
    """The lowest of them."""
    highest: Rating10
    """The highest of them."""


Letters = Annotated[str, Field(pattern=r"^[HML]+$")]


class ContestedCell(Element):
    """A cell on which published versions of a table differ."""

    severity: Rating10
    """The lowest severity of its band."""
    occurrence: Rating10
    """The lowest occurrence of its band."""
    detection: Rating10
    """The lowest detection of its band."""
    readings: Annotated[tuple[Literal["H", "M", "L"], ...], Field(min_length=2)]
    """What each version says; the most severe is taken."""


class PriorityTable(Entry):
    """From severity, occurrence and detection to high, medium or low priority."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "severity", "occurrence", "detection", "rows")
    severity: tuple[Band, ...] = ()
    """Bands of severity, worst first: the rows."""
    occurrence: tuple[Band, ...] = ()
    """Bands of occurrence, worst first: the columns."""
    detection: tuple[Band, ...] = ()
    """Bands of detection, worst first: the letters of a cell."""
    rows: tuple[tuple[Letters, ...], ...] = ()
    """The table: a row per band of severity, a cell per band of occurrence, a letter per detection."""
    contested: tuple[ContestedCell, ...] = ()
    """Cells on which published versions differ."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        cells = [cell for row in self.rows for cell in row]
        if (
            len(self.rows) != len(self.severity)
            or any(len(row) != len(self.occurrence) for row in self.rows)
            or any(len(cell) != len(self.detection) for cell in cells)
        ):
            raise PydanticCustomError("table", "the table does not fit its bands", {})
        return self


class Target(Entry):
    """What a figure should reach."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "metric", "target")
    metric: Words | None = None
    """The figure: CSAT, FCR, response time."""
    target: WrittenBudget | None = None
    """What it should be, such as `>= 85%`."""
    statistic: Literal["share", "mean", "median", "p90"] = "share"
    """Which statistic of it."""


class Scorecard(Entry):
    """Weights by which several results become one."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "parts")
    parts: tuple[Item, ...] = ()
    """The results."""
    weights: dict[Id, Share] = Field(default_factory=dict)
    """The weight of each part; they sum to 1."""

    @model_validator(mode="after")
    def _sums(self) -> Self:
        return sums_to_one(self, self.weights)


class Benchmark(Entry):
    """Where others are said to stand."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "metric")
    metric: Words | None = None
    """The figure: NPS."""
    low: Number | None = None
    """The lower end of what is told."""
    high: Number | None = None
    """The upper end; open where it is left out."""
    sector: Text | None = None
    """Whose figure it is."""


class ClaimFigure(Element):
    """One number of a claim."""

    what: Text
    """What it is the number of."""
    value: Number | None = None
    """The number; the lower and upper end are given instead for a range."""
    low: Number | None = None
    """The lower end of a range."""
    high: Number | None = None
    """The upper end of a range; open where it is left out."""
    unit: Words
    """Its unit: share, ratio, seconds, points, count, USD …"""


class Claim(Entry):
    """A number somebody stated, kept with who said it and what it may be used for."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "use")
    use: Annotated[
        tuple[Literal["benchmark", "target", "level", "limit", "case", "lore"], ...],
        BeforeValidator(several),
    ] = ()
    """What it may be used for; lore and cases are shown, never computed with unasked."""
    figures: tuple[ClaimFigure, ...] = ()
    """Its numbers."""
    entries: tuple[Reference, ...] = ()
    """Entries that carry its figures."""


class Contradiction(Entry):
    """Where sources disagree; the program says so and does not decide."""

    needed: ClassVar[tuple[str, ...]] = ("title", "text", "source")
    between: tuple[Reference, ...] = ()
    """The entries that disagree."""


class CoverageItem(Item):
    """One thing that should be there, and how to see that it is."""

    indicator: Text | None = None
    """How to measure or see it."""
    cues: Cues = Field(default_factory=dict)
    """Words that show it, where it is looked for in text."""


class Coverage(Entry):
    """A list that should be covered: by each touchpoint, by the journey, by a role."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "items")
    of: Literal["touchpoint", "journey", "stage", "persona", "role", "workspace"] = "journey"
    """What should cover it."""
    kinds: Ids = ()
    """Only touchpoints of these kinds, where any are named."""
    least: Annotated[int, Field(strict=True, ge=1)] | None = None
    """How many of the items are enough; all where it is left out."""
    items: tuple[CoverageItem, ...] = ()
    """What should be there."""


class Term(Item):
    """One word of a vocabulary."""

    code: Words | None = None
    """Its short sign, such as 3.0 or FMOT."""
    strategy: Text | None = None
    """What to do for it."""
    phase: Words | None = None
    """What it is the same as in another vocabulary."""


class Vocabulary(Entry):
    """Names for the same kind of thing, with every alias that is in use."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "terms")
    ordered: Flag = False
    """Whether the order means something: lowest or earliest first."""
    terms: tuple[Term, ...] = ()
    """The names."""


Scores = tuple[
    Annotated[int, Field(strict=True, ge=1, le=5)], Annotated[int, Field(strict=True, ge=1, le=5)]
]


class Segment(Item):
    """A group of customers as a box of scores; the first that fits counts."""

    recency: Scores = (1, 5)
    """The least and the greatest recency score."""
    frequency: Scores = (1, 5)
    """The least and the greatest frequency score."""
    monetary: Scores = (1, 5)
    """The least and the greatest monetary score."""
    strategy: Text | None = None
    """What to do for them."""


class Segmentation(Entry):
    """How scores of recency, frequency and value become groups."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "segments")
    segments: tuple[Segment, ...] = ()
    """The groups, in the order in which they are tried."""


class Parameters(Entry):
    """Numbers that a model needs, with where they come from."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "values")
    model: Words | None = None
    """The computation that takes them, such as `damage`."""
    values: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")], Number] = Field(
        default_factory=dict
    )
    """The numbers, by the names that the computation uses."""
