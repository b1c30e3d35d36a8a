"""A wish beyond the standard in seven answers: 5W2H (S000), 5W1H without the price (S004)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from blueprint.model.touchpoint import Request

Question = Literal["what", "why", "when", "where", "who", "how", "how_much"]
QUESTIONS: Final[tuple[Question, ...]] = ("what", "why", "when", "where", "who", "how", "how_much")

_NUMBER = re.compile(r"\d|[零〇一二两兩三四五六七八九十百千万萬半]")
_NUMERIC: Final = ("when", "how_much")
"""Answers without a number in them are no answers: a time and an amount."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the seven questions a request answers."""

    missing: tuple[Question, ...]
    vague: tuple[Question, ...]
    """Answered without a number, where one is needed to act on it."""

    @property
    def score(self) -> float:
        """Answered questions over seven; vague answers count as answered."""
        return 1 - len(self.missing) / len(QUESTIONS)

    @property
    def complete(self) -> bool:
        """All seven are answered, and none vaguely."""
        return not self.missing and not self.vague


def completeness(request: Request) -> Completeness:
    """Say which of what, why, when, where, who, how and how much a request leaves open."""
    answers = {question: getattr(request, question) for question in QUESTIONS}
    return Completeness(
        missing=tuple(question for question in QUESTIONS if answers[question] is None),
        vague=tuple(
            question
            for question in QUESTIONS
            if question in _NUMERIC
            and answers[question] is not None
            and not _NUMBER.search(answers[question].pick("en"))
        ),
    )
