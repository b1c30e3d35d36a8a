"""All documents of a run at once, each as a small card of plain values.

A card is made while its document is checked and can be remembered with what was found there, so that rules
which compare documents need none of them read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from blueprint.diagnostic import Range

if TYPE_CHECKING:
    from blueprint.lint.alike import Group


class Spot(NamedTuple):
    """A place in one of the files."""

    file: str
    span: Range


class Mood(NamedTuple):
    """How a touchpoint feels to one persona."""

    persona: str
    """The persona's id; empty for a score that counts for everybody."""
    value: float
    """Where it lies between the lowest emotion (−1), neutral (0) and the highest (1)."""
    error: float | None
    """The standard error on the same scale; None where it was not measured with one."""
    written: float
    """The score as it is written, on the journey's own scale."""


class Stop(NamedTuple):
    """A touchpoint of a journey, as JSON has it: of many thousand, few are ever told about."""

    id: str
    title: Sequence[Sequence[str]]
    """Language and words, in the order written."""
    channel: str
    stage: str
    scores: Sequence[Sequence[Any]]
    """The fields of its moods."""
    place: Sequence[int]
    """Start and end of its id."""
    emotion: Sequence[int]
    """Start and end of its emotion; of its id where it has none."""

    @property
    def moods(self) -> tuple[Mood, ...]:
        """How it feels, persona by persona."""
        return tuple(map(Mood._make, self.scores))

    @property
    def at(self) -> Range:
        """Where its id stands."""
        return Range._make(self.place)

    @property
    def felt(self) -> Range:
        """Where its emotion stands; that of its id where it has none."""
        return Range._make(self.emotion)


class Known(NamedTuple):
    """A persona of a journey."""

    id: str
    told: str
    """What is written about it in the journey, for comparison; empty where it is only named."""
    at: Range


class Exempt(NamedTuple):
    """A comment that accepts findings of a rule over all files."""

    code: str
    at: Range
    """Where the comment names the rule."""
    covers: Range
    """Findings that begin here are accepted."""
    reason: str = ""


class Card(NamedTuple):
    """What rules over all files know of a document."""

    file: str
    kind: str
    """`journey`, `blueprint`, `persona` or `playbook`; empty for what is none of them."""
    id: str
    whole: bool
    """Whether everything in it could be read; what it lacks may be missing only here."""
    at: Range
    """Where its id stands."""
    state: str = ""
    """For a journey: `as-is` or `to-be`."""
    subject: str = ""
    """The journey that a to-be would replace, or that a blueprint delivers."""
    subject_at: Range = Range(0, 0)
    owner: str = ""
    reviewed: str = ""
    """The day, as in 2026-03-31; empty where none is written."""
    reviewed_at: Range = Range(0, 0)
    links: tuple[str, ...] = ()
    personas: tuple[Known, ...] = ()
    stops: tuple[Stop, ...] = ()
    exempt: tuple[Exempt, ...] = ()
    latest: str = ""
    """The latest day on which something in it was reviewed, asked or measured; empty for none."""
    latest_at: Range = Range(0, 0)

    @property
    def family(self) -> str:
        """The journey it is about: one and what would replace it tell of the same service."""
        return self.subject or self.id

    @property
    def spot(self) -> Spot:
        """The place of its id."""
        return Spot(self.file, self.at)


def plain_of(card: Card) -> list[Any]:
    """Return a card as lists of plain values, as JSON writes it."""
    return list(card)


def card_from(plain: Sequence[Any]) -> Card:
    """Return the card that `plain_of` wrote, after any way through JSON.

    Raises:
        ValueError, TypeError, LookupError: this is no card.
    """
    (file, kind, id, whole, at, state, subject, subject_at, owner, reviewed, reviewed_at, links, personas,
     stops, exempt, latest, latest_at) = plain  # fmt: skip
    return Card(
        file, kind, id, whole, Range(*at), state, subject, Range(*subject_at), owner, reviewed,
        Range(*reviewed_at), tuple(links),
        tuple(Known(name, told, Range(*place)) for name, told, place in personas),
        tuple(map(Stop._make, stops)),
        tuple(Exempt(code, Range(*place), Range(*covers), why) for code, place, covers, why in exempt),
        latest, Range(*latest_at),
    )  # fmt: skip


class Placed(NamedTuple):
    """A touchpoint with the journey it belongs to."""

    card: Card
    stop: Stop

    @property
    def spot(self) -> Spot:
        """The place of its id."""
        return Spot(self.card.file, self.stop.at)


@dataclass(frozen=True, eq=False)
class Portfolio:
    """Every document of a run, in the order of its files."""

    cards: tuple[Card, ...]
    today: date | None = None
    """The day of the run; None where nobody asked which day it is."""
    complete: bool = True
    """Whether these are all the documents there are, so that what is missing here is missing."""

    def of_kind(self, kind: str) -> tuple[Card, ...]:
        """Return the cards of a kind, in their order."""
        return tuple(card for card in self.cards if card.kind == kind)

    @cached_property
    def _groups(self) -> dict[float, tuple[Group, ...]]:
        return {}

    @cached_property
    def journeys(self) -> Mapping[str, Card]:
        """The journeys by id; of several with one id, the first."""
        found: dict[str, Card] = {}
        for card in self.of_kind("journey"):
            found.setdefault(card.id, card)
        return found

    @cached_property
    def stops(self) -> tuple[Placed, ...]:
        """Every touchpoint of every journey."""
        return tuple(Placed(card, stop) for card in self.of_kind("journey") for stop in card.stops)

    def alike(self, least: float) -> Iterable[Group]:
        """Return the groups of touchpoints that say the same in the same channel, whatever the journey.

        Args:
            least: How alike titles must be, from 0 to 1: the share of their words that they have in common.
        """
        from blueprint.lint.alike import groups

        if least not in self._groups:
            self._groups[least] = tuple(groups(self.stops, least))
        return self._groups[least]
