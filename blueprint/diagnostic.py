"""What the program has to say about a document: located, coded, in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Literal, NamedTuple


class Severity(IntEnum):
    """How bad it is; larger is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> Literal["info", "warning", "error"]:
        """`info`, `warning` or `error`."""
        return "error" if self is Severity.ERROR else "warning" if self is Severity.WARNING else "info"

    @property
    def words(self) -> Message:
        """What it is called in the languages the program speaks."""
        return _SEVERITIES[self]


class Message(NamedTuple):
    """One sentence in the languages the program speaks."""

    en: str
    zh: str

    def pick(self, language: str) -> str:
        """Return the sentence in the language asked for; English where it is not spoken."""
        return self.zh if language.split("-")[0].lower() == "zh" else self.en


_SEVERITIES = {
    Severity.ERROR: Message("error", "错误"),
    Severity.WARNING: Message("warning", "警告"),
    Severity.INFO: Message("info", "提示"),
}


class ExplainedError(ValueError):
    """Something cannot be done or said, which is no fault of the program.

    Attributes:
        reason: why, in both languages: a clause, without a full stop.
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en, zh)
        self.reason = Message(en, zh)

    def __str__(self) -> str:
        """Return the reason in English."""
        return self.reason.en


class Range(NamedTuple):
    """A piece of a text in code points, half-open."""

    start: int
    end: int


class Edit(NamedTuple):
    """Replace the characters from start to end (code points) with other text."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """Text edits that mend what a diagnostic names."""

    title: Message
    edits: tuple[Edit, ...]
    safe: bool = True


class Related(NamedTuple):
    """Another place that belongs to a diagnostic."""

    message: Message
    file: str
    span: Range


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about one place in one file."""

    code: str
    """Family and number, such as `EX101`."""
    severity: Severity
    message: Message
    """What is wrong."""
    help: Message | None
    """What to do about it."""
    file: str
    """The name of the source, as it was given."""
    span: Range
    """Where, in code points; (0, 0) for the file as a whole."""
    name: str = ""
    """The rule's name, such as `low-ending`."""
    element: str = ""
    """The id of the touchpoint, step or document it is about."""
    related: tuple[Related, ...] = field(default=())
    fix: Fix | None = None
    excess: float | None = None
    """By how much a limit is passed, where the rule can say: a known finding that grows is news."""
    anchor: tuple[str, ...] = ()
    """The document (`journey ticket`) and the place in it, in words that survive editing; see
    `lint.anchor`."""
    accepted: str | None = None
    """Why a comment in its file accepts it, as written there; None where none does. What is accepted is
    told only by formats that have a place for it."""


class RuleCard(NamedTuple):
    """What can be said about a rule without running it: for lists, manual pages and SARIF."""

    code: str
    name: str
    severity: Severity
    title: Message
    """One line that says what it finds."""
    markdown: str
    """Why, Bad, Good, Source."""
    default: bool = True
    """Whether it runs when nobody selected anything."""
    options: Mapping[str, Any] = {}
    """Its options with their defaults."""
    fix: str = ""
    """Whether it offers a fix: `safe`, `unsafe`, or `safe or unsafe` as the case may be."""
