"""Scores what is said against a protocol: coverage × order of its steps (domain 2, 11.4, 15.3).

A step is found where one of its cues stands in what the employee says; several steps never share one
match, so a protocol may ask for the same thing twice. With the steps in the order in which they are found,

* coverage = found / steps that could be found,
* order = LCS(found order, order of the protocol) / found, 1 for at most one step and for sets,
* score = coverage × order.

A step that must name a time is undated where no time is named in its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from blueprint.analysis.cues import Folded, Span, chosen, find, fold, languages_of
from blueprint.analysis.deadlines import deadlines
from blueprint.diagnostic import Message
from blueprint.model.practice import Protocol, ProtocolStep
from blueprint.model.script import Line, Script
from blueprint.model.values import Loc


class Utterance(NamedTuple):
    """One line of a script in one language."""

    line: int
    """Its place among the lines of the script."""
    speaker: str
    """`agent` or `customer`."""
    text: str
    language: str
    """As written, such as `zh-Hant`."""
    several: bool = False
    """Whether the line is written in several languages."""


class Hit(NamedTuple):
    """A step that was found."""

    step: str
    line: int
    span: Span
    """In the text of the line as written."""
    text: str


class Spoiled(NamedTuple):
    """Words inside a step that spoil it."""

    step: str
    line: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class ScriptScore:
    """What a script has of its protocol."""

    protocol: str
    language: str
    found: tuple[Hit, ...]
    """Steps in the order in which they are said."""
    missing: tuple[str, ...]
    """Steps that have to be there and are not, in the order of the protocol."""
    misplaced: tuple[str, ...]
    """Steps that stand outside of the longest run in the right order, in the order said."""
    blind: tuple[str, ...]
    """Steps without a cue in this language: nobody can tell, and they do not count."""
    spoiled: tuple[Spoiled, ...]
    """Forbidden words inside steps."""
    undated: tuple[Hit, ...]
    """Steps that must name a time and name none."""
    coverage: float | None
    """In [0, 1]; None where no step has a cue in this language."""
    order: float | None
    """In [0, 1]; None as above."""
    score: float | None
    reason: Message | None = None
    """Why there is no score."""

    @property
    def passed(self) -> bool | None:
        """Whether nothing is missing, misplaced, spoiled or undated; None where nobody can tell."""
        if self.score is None:
            return None
        return not (self.missing or self.misplaced or self.spoiled or self.undated)


class Speech(NamedTuple):
    """The lines of a script in one language, or one of its variants."""

    language: str
    style: str | None
    """The style for which the lines are made; None for the script itself."""
    said: tuple[Utterance, ...]

    def loc(self, line: int) -> Loc:
        """Return the path of a line, from the script on."""
        return ("lines", line) if self.style is None else ("variants", self.style, line)


def speeches(script: Script, language: str) -> tuple[Speech, ...]:
    """Return what is said, per language in which the employee speaks, the variants after the script.

    Args:
        script: the script.
        language: the language of plain texts, unless the script names its own.
    """
    plain = script.language or language
    wholes: list[tuple[str | None, tuple[Line, ...]]] = [(None, script.lines), *script.variants.items()]
    found: list[Speech] = []
    for style, lines in wholes:
        spoken = [line.agent for line in lines if line.agent is not None]
        languages = dict.fromkeys(it for text in spoken for it in (text.languages or (plain,)))
        found += [Speech(wanted, style, _said(lines, wanted, plain)) for wanted in languages]
    return tuple(found)


def _said(lines: Sequence[Line], wanted: str, plain: str) -> tuple[Utterance, ...]:
    return tuple(
        Utterance(at, speaker, text.pick(wanted), wanted, bool(text.languages))
        for at, line in enumerate(lines)
        for speaker, text in (("agent", line.agent), ("customer", line.customer))
        if text is not None and (wanted in text.languages or (not text.languages and wanted == plain))
    )


class _Place(NamedTuple):
    """A match in the lines: comparable by where it stands."""

    line: int
    start: int
    end: int


def score(protocol: Protocol, name: str, said: Sequence[Utterance], language: str) -> ScriptScore:
    """Score what is said against a protocol.

    Args:
        protocol: the protocol.
        name: its id.
        said: the lines in order; only the employee's are searched.
        language: the language of the lines.
    """
    folded = {u.line: fold(u.text) for u in said if u.speaker == "agent"}
    spoken = languages_of(" ".join(text.text for text in folded.values()), language)
    seen = {
        step.id: _occurrences(cues, folded)
        for step in protocol.steps
        if (cues := chosen(step.cues, spoken))
    }
    blind = tuple(step.id for step in protocol.steps if step.id not in seen)
    if not seen:
        why = Message("no step of the protocol has cues in this language", "话术模型没有这种语言的提示语")
        return _nothing(name, language, blind, why)
    taken = _assigned(seen)
    at = dict(sorted(taken.items(), key=lambda item: item[1]))
    canonical = [step.id for step in protocol.steps]
    needed = [step.id for step in protocol.steps if step.id in seen and not step.optional]
    kept = in_order(list(at), canonical) if protocol.ordered else list(at)
    coverage = sum(step in at for step in needed) / len(needed) if needed else 1.0
    order = len(kept) / len(at) if len(at) > 1 else 1.0
    hits = {step: _hit(step, place, folded) for step, place in at.items()}
    steps = {step.id: step for step in protocol.steps}
    segments = _segments(list(at.values()), said)
    return ScriptScore(
        protocol=name,
        language=language,
        found=tuple(hits.values()),
        missing=tuple(step for step in needed if step not in at),
        misplaced=tuple(step for step in at if step not in kept),
        blind=blind,
        spoiled=tuple(
            spoiled
            for step, segment in zip(at, segments, strict=True)
            for spoiled in _spoiled(steps[step], segment, folded, spoken)
        ),
        undated=tuple(
            hits[step]
            for step, segment in zip(at, segments, strict=True)
            if steps[step].deadline and not _dated(step, segment, seen, folded)
        ),
        coverage=coverage,
        order=order,
        score=coverage * order,
    )


def _nothing(name: str, language: str, blind: tuple[str, ...], reason: Message) -> ScriptScore:
    return ScriptScore(name, language, (), (), (), blind, (), (), None, None, None, reason)


def _occurrences(cues: Sequence[str], folded: Mapping[int, Folded]) -> tuple[_Place, ...]:
    return tuple(
        _Place(line, span.start, span.end) for line, text in folded.items() for span in find(cues, text)
    )


def _assigned(seen: Mapping[str, Sequence[_Place]]) -> dict[str, _Place]:
    """Give each step its first match; no match serves two steps, and as many steps as possible get one.

    Steps that share a match are told apart by augmenting paths (Kuhn), in the order of the protocol.
    """
    owner: dict[_Place, str] = {}

    def place(step: str, tried: set[_Place]) -> bool:
        free = next((match for match in seen[step] if match not in owner), None)
        if free is not None:
            owner[free] = step
            return True
        for match in seen[step]:
            if match not in tried:
                tried.add(match)
                if place(owner[match], tried):
                    owner[match] = step
                    return True
        return False

    for step in seen:
        place(step, set())
    return {step: match for match, step in owner.items()}


def in_order(found: Sequence[str], canonical: Sequence[str]) -> list[str]:
    """Return a longest common subsequence of the found order and the canonical one.

    Both name each step once, so that it is a longest rising run of canonical places; of several, the
    one that keeps the earliest steps of the protocol.
    """
    rank = {step: at for at, step in enumerate(canonical)}
    best: list[list[str]] = []
    for at, step in enumerate(found):
        before = [best[k] for k in range(at) if rank[found[k]] < rank[step]]
        longest = max(before, key=lambda run: (len(run), [-rank[s] for s in run]), default=[])
        best.append([*longest, step])
    return max(best, key=lambda run: (len(run), [-rank[s] for s in run]), default=[])


def _hit(step: str, place: _Place, folded: Mapping[int, Folded]) -> Hit:
    text = folded[place.line]
    span = Span(place.start, place.end)
    return Hit(step, place.line, text.original(span), text.text[place.start : place.end])


Segment = tuple[tuple[int, int, int], ...]
"""(line, start, end) per line that belongs to a step."""


def _segments(places: Sequence[_Place], said: Sequence[Utterance]) -> list[Segment]:
    """Return what belongs to each step: from its match to the next step's, or until the customer speaks."""
    order = [(u.line, u.speaker) for u in said]
    segments: list[Segment] = []
    for at, place in enumerate(places):
        following = places[at + 1] if at + 1 < len(places) else None
        parts: list[tuple[int, int, int]] = []
        for line, speaker in order:
            if line < place.line or (following is not None and line > following.line):
                continue
            if speaker != "agent":
                if line > place.line:
                    break
                continue
            end = following.start if following is not None and line == following.line else -1
            parts.append((line, place.start if line == place.line else 0, end))
        segments.append(tuple(parts))
    return segments


def _text(folded: Folded, start: int, end: int) -> tuple[int, str]:
    return start, folded.text[start:] if end < 0 else folded.text[start:end]


def _spoiled(
    step: ProtocolStep, segment: Segment, folded: Mapping[int, Folded], spoken: Sequence[str]
) -> list[Spoiled]:
    cues = chosen(step.forbidden, spoken)
    found: list[Spoiled] = []
    for line, start, end in segment if cues else ():
        for span in find(cues, folded[line]):
            if span.start >= start and (end < 0 or span.end <= end):
                where = folded[line].original(span)
                found.append(Spoiled(step.id, line, where, folded[line].text[span.start : span.end]))
    return found


def _dated(
    step: str, segment: Segment, seen: Mapping[str, Sequence[_Place]], folded: Mapping[int, Folded]
) -> bool:
    """Whether a time is named in the lines in which the step is taken, or before the next step."""
    lines = {place.line for place in seen[step]}
    if any(deadlines(folded[line].text) for line in sorted(lines)):
        return True
    return any(deadlines(_text(folded[line], start, end)[1]) for line, start, end in segment)


def scored(script: Script, speech: Speech, protocols: Mapping[str, Protocol]) -> ScriptScore | None:
    """Score what is said against the protocol that the script names; None where it names none."""
    if script.protocol is None:
        return None
    name, protocol = script.protocol, protocols.get(script.protocol)
    if protocol is None:
        return _nothing(name, speech.language, (), Message("no such protocol", "没有这个话术模型"))
    if protocol.avoid:
        why = Message("the protocol is a course of events to keep away from", "该模型描述的是要避免的过程")
        return _nothing(name, speech.language, (), why)
    if not protocol.spoken:
        why = Message("the protocol is for work, not for what is said", "该模型规范工作步骤，不是话术")
        return _nothing(name, speech.language, (), why)
    return score(protocol, name, speech.said, speech.language)
