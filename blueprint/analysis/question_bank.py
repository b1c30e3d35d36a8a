"""Asking by the problem: which questions are due for each need, which kinds a script asks (S002).

A need is known when it is written whether customers say it (`type`), how much it counts (`importance` or
its Kano category), whether it is met, and where that was learned. Each gap has its question: open where
nobody knows what is behind it, closed where one answer is missing, confirming where it was never checked
with a customer. The source names the method (问题导向法); the kinds and the wording are this project's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from blueprint.analysis.cues import chosen, find, fold, languages_of, sentences
from blueprint.analysis.protocol import Speech
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.need import Need

if TYPE_CHECKING:
    from blueprint.model.practice import Protocol

QuestionKind = Literal["open", "closed", "confirm"]
PROTOCOL: Final = "problem-questions"
"""The protocol whose steps are the kinds of question."""
LATENT: Final = "latent-questions3"
"""The protocol whose steps are the three kinds that bring latent needs to light (S000)."""

_GAPS: Final[dict[str, tuple[QuestionKind, Message]]] = {
    "type": (
        "open",
        Message("What is behind “{}” for you?", "关于“{}”，您最在意的是什么？"),
    ),
    "importance": (
        "closed",
        Message("From 1 to 9: how important is “{}” to you?", "从1到9，“{}”对您有多重要？"),
    ),
    "met": ("closed", Message("Did you find it so: “{}”?", "“{}”，这次做到了吗？")),
    "source": (
        "confirm",
        Message("We wrote down “{}”: is that right?", "我们记下的是“{}”，对吗？"),
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question that is due."""

    kind: QuestionKind
    about: str
    """What nobody wrote: type, importance, met or source."""
    ask: Message


def due(need: Need) -> tuple[Question, ...]:
    """Return the questions whose answers nobody wrote, open ones first, confirming ones last."""
    asked = need.answers is not None or not (need.kano is None or isinstance(need.kano, str))
    known = {
        "type": need.type is not None,
        "importance": need.importance is not None or need.kano is not None or asked,
        "met": need.met is not None,
        "source": need.source is not None or asked,
    }
    return tuple(
        Question(
            kind,
            gap,
            Message(words.en.format(_inner(need, "en")), words.zh.format(_inner(need, "zh"))),
        )
        for gap, (kind, words) in _GAPS.items()
        if not known[gap]
    )


def _inner(need: Need, language: str) -> str:
    """Return the words of a need as they stand inside quotation marks."""
    return need.need.pick(language).replace("“", "‘").replace("”", "’")


def told(journey: Journey) -> list[dict[str, Any]] | None:
    """Return the bank of questions as plain data; None where no need is written."""
    needs = [
        (name, at, need)
        for name, point in journey.touchpoints.items()
        for at, need in enumerate(point.needs)
    ]
    if not needs:
        return None
    return [
        {
            "touchpoint": name,
            "index": at,
            "need": need.need.root,
            "questions": [{"kind": it.kind, "about": it.about, "ask": it.ask} for it in questions],
        }
        for name, at, need in needs
        if (questions := due(need))
    ]


def kinds_asked(speech: Speech, protocol: Protocol | None) -> dict[str, int] | None:
    """Count what kinds of question an employee asks; None without a question or without cues.

    A sentence that confirms is a confirming one whatever else it holds; one that asks what or how is open
    even where it begins like a closed one, as in “May I ask what happened?”
    """
    if protocol is None:
        return None
    counts = {step.id: 0 for step in protocol.steps}
    for said in speech.said:
        if said.speaker != "agent":
            continue
        for span in sentences(said.text):
            text = said.text[span.start : span.end]
            folded = fold(text)
            spoken = languages_of(folded.text, said.language)
            kinds = [it.id for it in protocol.steps if find(chosen(it.cues, spoken), folded)]
            if kinds:
                counts[kinds[-1] if kinds[-1] == protocol.steps[-1].id else kinds[0]] += 1
    return counts if any(counts.values()) else None
