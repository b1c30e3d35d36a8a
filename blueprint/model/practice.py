"""How a house serves: its protocols, service levels, words, limits and kinds of complaint, as entries."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from blueprint.model.complaint import Clock, Priority
from blueprint.model.entry import Cues, Entry, Item, Phrases, sums_to_one
from blueprint.model.hours import Hours
from blueprint.model.service import Failure
from blueprint.model.values import (
    Cash,
    Duration,
    Element,
    Flag,
    Id,
    Ids,
    Language,
    Number,
    Share,
    Text,
    Words,
)


class ProtocolStep(Element):
    """One step of a conversation or a procedure, and the words by which it can be recognised."""

    id: Id
    """kebab-case, unique in the protocol."""
    title: Text | None = None
    """Its name; the id when left out."""
    text: Text | None = None
    """What to do in it."""
    cues: Cues = Field(default_factory=dict)
    """Words that show that it was taken: regular expressions per language."""
    forbidden: Cues = Field(default_factory=dict)
    """Words that spoil it, such as “but” in a step that shows understanding."""
    deadline: Flag = False
    """Whether the words must name a time."""
    optional: Flag = False
    """Whether the protocol is complete without it."""

    @property
    def heading(self) -> Text:
        """The title, or the id where no title is given."""
        return self.title or Text(self.id)


class Protocol(Entry):
    """Steps to take, usually in order: a way to talk, to recover, to work together."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "steps")
    ordered: Flag = True
    """Whether the order counts; otherwise it is a set."""
    avoid: Flag = False
    """A course of events to keep away from, not to follow."""
    spoken: Flag = True
    """Whether it is held against the lines of a script, rather than against work."""
    difficulties: Ids = ()
    """The difficulties (see `vocabularies/difficulty`) that call for it."""
    kinds: Ids = ()
    """The kinds of touchpoint that it is made for."""
    steps: tuple[ProtocolStep, ...] = ()
    """The steps, in order."""


class Level(Element):
    """One rung: how soon somebody answers, and by when it is solved."""

    priority: Priority
    """P0 (most urgent) … P3."""
    title: Text | None = None
    """Its name."""
    text: Text | None = None
    """What belongs here."""
    respond: Duration
    """How soon somebody must answer."""
    resolve: Duration | None = None
    """By when it must be solved; left out where only the end of the day is named."""
    end_of_day: Flag = False
    """Whether it must be solved before the end of the business day on which it came in."""
    aliases: tuple[Words, ...] = ()
    """What other schemes call it."""
    triggers: Ids = ()
    """What makes a case belong here at once, whatever its score (see `vocabularies/hard-trigger`)."""


class Ladder(Entry):
    """Service levels by priority, and who is called when they are not kept."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "levels")
    clock: Clock = "calendar"
    """Whether time runs always, or only while the house is open."""
    hours: Hours | None = None
    """When the house is open, for a business clock; a journey's own hours come first."""
    levels: tuple[Level, ...] = ()
    """The rungs, most urgent first."""
    escalation: tuple[Item, ...] = ()
    """What moves a case upwards."""
    weights: dict[Id, Share] = Field(default_factory=dict)
    """What the priority of a case is made of; they sum to 1."""
    cuts: tuple[Number, ...] = ()
    """From which score on a case is P0, P1, P2; below the last it is P3."""

    @model_validator(mode="after")
    def _sums(self) -> Self:
        return sums_to_one(self, self.weights)


class Moment(Element):
    """One part of a timeline: from when to when, and what has happened by its end."""

    id: Id
    """kebab-case, unique on the timeline."""
    title: Text
    """Its name."""
    text: Text | None = None
    """What is done in it."""
    begin: Duration = 0.0
    """From how long after the beginning."""
    end: Duration
    """Until how long after the beginning."""
    golden: Duration | None = None
    """What the best manage, where that is less than the end."""


class Timeline(Entry):
    """What happens when, counted from one beginning: a rapid response, a crisis, a repair."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "moments")
    clock: Clock = "calendar"
    """Whether time runs always, or only while the house is open."""
    moments: tuple[Moment, ...] = ()
    """Its parts, in order."""


class ChannelClock(Entry):
    """How soon one thing must happen on one channel."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "within")
    event: Literal["first-reply", "complaint-reply", "follow-up", "report", "reminder", "alert"] | None = (
        None
    )
    """What must happen."""
    channel: Words | None = None
    """On which channel; on any where it is left out."""
    within: Duration | None = None
    """Within how long."""
    clock: Clock = "calendar"
    """Whether time runs always, or only while the house is open."""
    average: Flag = False
    """Whether the average must keep it, rather than every single case."""


class Phrase(Entry):
    """Words to avoid, to say or to look out for."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source", "kind")
    kind: Literal["avoid", "red-line", "require", "encourage", "signal", "exempt"] | None = None
    """avoid, red-line (never), require, encourage, signal (of the customer), exempt (no finding)."""
    code: Words | None = None
    """The rule that speaks of it: L01 … L20, RL1 … RL5."""
    cues: Cues = Field(default_factory=dict)
    """How it is recognised: regular expressions per language."""
    unless: Cues = Field(default_factory=dict)
    """The same words where they do no harm, such as “不行” in “行不行”."""
    alternative: Cues = Field(default_factory=dict)
    """Words that make it right when they follow within two clauses: an offer after a refusal."""
    after: Cues = Field(default_factory=dict)
    """It counts only when this came before it in the same line, such as an agreement before “but”."""
    prefer: Phrases = Field(default_factory=dict)
    """What to say instead, or what it looks like when it is done well."""
    fix: dict[Language, dict[Words, Words]] = Field(default_factory=dict)
    """Exact words that may be replaced without a second thought, and by what."""
    scope: Literal["line", "script"] = "line"
    """Whether each line counts, or the script as a whole."""
    severity: Literal["error", "warning", "info"] = "warning"
    """How bad it is."""
    per: Annotated[int, Field(strict=True, ge=1)] | None = None
    """Tolerated once in so many lines; never where it is left out."""


class Authority(Entry):
    """How much one person may grant without asking."""

    amount: Cash | None = None
    """The amount."""
    share: Share | None = None
    """The share of a price."""
    who: Text | None = None
    """Who may."""
    per: Text | None = None
    """For what: a guest, a case, a day."""


class ComplaintType(Entry):
    """A kind of complaint: how it is graded, how it shows, what usually fails."""

    needed: ClassVar[tuple[str, ...]] = ("title", "source")
    industry: Words | None = None
    """The industry it belongs to; any where it is left out."""
    priority: Priority | None = None
    """Its priority where nobody says otherwise."""
    legal: Flag = False
    """Whether the law makes it urgent, whatever else."""
    signals: tuple[Text, ...] = ()
    """How it shows before it is said."""
    response: Text | None = None
    """What to do first."""
    causes: tuple[Text, ...] = ()
    """Where it usually comes from."""
    failures: tuple[Failure, ...] = ()
    """Ways to fail that a service open to it should have thought of, with starting ratings."""
