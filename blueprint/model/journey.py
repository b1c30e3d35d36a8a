"""A customer's journey: stages of touchpoints, how they begin, how they end."""

from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from blueprint.model.customers import Customers
from blueprint.model.exits import Next, Route, resolve_exits
from blueprint.model.feedback import Forecast, RevenueLink, Scorecards, Voice
from blueprint.model.hours import Hours
from blueprint.model.market import Market
from blueprint.model.need import word_or_mapping
from blueprint.model.people import CultureAxis, Governance, Readiness, Summary
from blueprint.model.persona import Persona
from blueprint.model.survey import Survey
from blueprint.model.touchpoint import Covered, Metric, Touchpoint
from blueprint.model.values import (
    Cash,
    Day,
    Element,
    Id,
    Ids,
    Language,
    Loc,
    Number,
    Text,
    Words,
    WrittenBudget,
)

BudgetFigure = Literal[
    "peak_end", "ending", "completion", "time", "steps", "rework", "effort", "mean",
    "longest_valley", "handoffs", "crossings", "wait_share",
]  # fmt: skip
OF_DELIVERY: frozenset[BudgetFigure] = frozenset({"handoffs", "crossings", "wait_share"})
"""Figures of the service behind a journey, where a blueprint tells them."""


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
    covers: Covered = Field(default_factory=dict)
    """Items of lists (`coverage` in playbooks) that the stage covers."""
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
    Annotated[Id, Tag("one")] | Annotated[Persona, Tag("several")], Discriminator(word_or_mapping)
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
    reviewed: Day | None = None
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
    budgets: dict[BudgetFigure, WrittenBudget] = Field(default_factory=dict)
    """Promises the journey must keep, checked like tests."""
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    """The columns, in order."""
    surveys: tuple[Survey, ...] = ()
    """What customers answered about the journey as a whole."""
    metrics: tuple[Metric, ...] = ()
    """Figures watched for the journey as a whole."""
    scorecards: Scorecards = Field(default_factory=dict)
    """Scorecards of playbooks filled in: scorecard → part → what it came to."""
    voice: Voice | None = None
    """What customers say unasked, counted."""
    revenue: RevenueLink | None = None
    """Satisfaction and revenue of the same periods."""
    forecasts: tuple[Forecast, ...] = ()
    """What was foreseen of customers, and what came."""
    market: Market | None = None
    """What problems cost: who complains, who stays silent, who leaves."""
    customers: Customers | None = None
    """Who the customers are: a table of them, or figures about them."""
    hours: Hours | None = None
    """When the house is open; business clocks run only then."""
    timelines: Ids = ()
    """Timelines of playbooks that hold here, such as a crisis plan."""
    level: Id | None = None
    """The service level meant for the journey (see `vocabularies/service-level`)."""
    covers: Covered = Field(default_factory=dict)
    """Items of lists (`coverage` in playbooks) that the journey as a whole covers."""
    governance: Governance | None = None
    """Where the service stands in its own cycle: strategy, design, transition, operation."""
    culture: dict[CultureAxis, Readiness] = Field(default_factory=dict)
    """How far the house is with a culture of customers: drive, direction, difficulty."""
    lessons: Summary | None = None
    """What the team takes with it, 5-3-1 or 3-2-1."""
    cases: Ids = ()
    """Cases of other houses to learn from: claims of a playbook, such as c30."""

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
    def first_places(self) -> tuple[Place, ...]:
        """The places of `touchpoints`: of two with one id, the first."""
        return tuple(p for p in self.places if self.touchpoints[p.touchpoint.id] is p.touchpoint)

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
