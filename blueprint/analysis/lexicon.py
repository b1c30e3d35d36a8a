"""Holds what employees say against a lexicon: words to avoid, red lines, and words that should be there.

A phrase is found where one of its cues matches, and then excused where the words do no harm (domain
15.4): what customers say, what is quoted, what one of its `unless` cues covers, what is said before its
`after` cue, and a refusal that an `alternative` follows within two clauses. Of overlapping finds the
longest stands, of equally long ones the more severe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from blueprint.analysis.cues import Folded, Span, chosen, clauses, find, fold, languages_of, quotations
from blueprint.analysis.protocol import Utterance
from blueprint.model.practice import Phrase

CLAUSES = 2
"""How many clauses after the one with a refusal may bring the alternative."""

NEAR = 400
"""Characters after a refusal in which those clauses are looked for."""

_GRAVITY = {"error": 2, "warning": 1, "info": 0}
_KINDS = ("avoid", "red-line")


@dataclass(frozen=True, slots=True)
class Remark:
    """Words of an employee that a phrase of the lexicon speaks of."""

    phrase: str
    """The id of the phrase."""
    code: str | None
    """L01 … L20, RL1 … RL5, or a team's own."""
    kind: Literal["avoid", "red-line"]
    line: int
    """The place of the line in the script."""
    span: Span
    """In the line as written."""
    text: str
    """The words, as written."""
    language: str
    severity: Literal["error", "warning", "info"]
    instead: str | None
    """The whole line with the words exchanged, where that is certain."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that should be there, or that tell something."""

    phrase: str
    kind: Literal["require", "encourage", "signal"]
    present: bool
    lines: tuple[int, ...]
    """Where they were found."""


def remarks(phrases: Mapping[str, Phrase], said: Sequence[Utterance]) -> tuple[Remark, ...]:
    """Return the words to avoid in what employees say, by place.

    Args:
        phrases: the lexicon, by id.
        said: the lines in order, in one language; the customer's are never judged.
    """
    judged = {name: p for name, p in phrases.items() if p.kind in _KINDS and p.cues}
    exempt = [p for p in phrases.values() if p.kind == "exempt"]
    found: list[Remark] = []
    agents = [at for at, u in enumerate(said) if u.speaker == "agent"]
    for at in agents:
        folded = fold(said[at].text)
        spoken = languages_of(folded.text, said[at].language)
        free = _marked([*quotations(folded), *_matches([p.cues for p in exempt], spoken, folded)], folded)
        hits = [
            (span, name)
            for name, phrase in judged.items()
            for span in _harmful(phrase, folded, spoken, said, at)
            if 0 in free[span.start : span.end]
        ]
        found += [
            _remark(phrases[name], name, span, folded, said[at])
            for span, name in _longest(hits, phrases, folded)
        ]
    return _tolerated(found, phrases, len(agents))


def _matches(
    several: Iterable[Mapping[str, Iterable[str]]], spoken: Sequence[str], folded: Folded
) -> list[Span]:
    return [span for cues in several for span in find(chosen(cues, spoken), folded)]


def _harmful(
    phrase: Phrase, folded: Folded, spoken: Sequence[str], said: Sequence[Utterance], at: int
) -> list[Span]:
    spans = find(chosen(phrase.cues, spoken), folded)
    if not spans:
        return []
    excused = _marked(find(chosen(phrase.unless, spoken), folded), folded)
    before = find(chosen(phrase.after, spoken), folded) if phrase.after else ()
    earliest = min((span.end for span in before), default=None)
    return [
        span
        for span in spans
        if 1 not in excused[span.start : span.end]
        and (not phrase.after or (earliest is not None and earliest <= span.start))
        and not (phrase.alternative and _mended(phrase, span, folded, spoken, said, at))
    ]


def _marked(spans: Iterable[Span], folded: Folded) -> bytearray:
    """Return a 1 for every character that lies in one of the spans."""
    marks = bytearray(len(folded.text))
    for start, end in spans:
        marks[start:end] = b"\x01" * (end - start)
    return marks


def _mended(
    phrase: Phrase,
    span: Span,
    folded: Folded,
    spoken: Sequence[str],
    said: Sequence[Utterance],
    at: int,
) -> bool:
    """Whether an alternative follows in the same clause or the next two, before the customer speaks."""
    rest = folded.text[span.end : span.end + NEAR]
    if len(rest) < NEAR and at + 1 < len(said) and said[at + 1].speaker == "agent":
        rest = f"{rest}\n{fold(said[at + 1].text).text}"
    following = clauses(rest)
    begun = bool(following) and following[0].start == 0
    window = following[: CLAUSES + begun]
    if not window:
        return False
    near = Folded(rest[: window[-1].end], tuple(range(window[-1].end + 1)))
    return bool(find(chosen(phrase.alternative, spoken), near))


def _longest(
    hits: Iterable[tuple[Span, str]], phrases: Mapping[str, Phrase], folded: Folded
) -> list[tuple[Span, str]]:
    kept: list[tuple[Span, str]] = []
    taken = _marked((), folded)

    def rank(hit: tuple[Span, str]) -> tuple[int, int, bool, int, str]:
        (start, end), name = hit
        phrase = phrases[name]
        return start - end, -_GRAVITY[phrase.severity], phrase.kind != "red-line", start, name

    for span, name in sorted(hits, key=rank):
        if 1 not in taken[span.start : span.end]:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            kept.append((span, name))
    return sorted(kept)


def _remark(phrase: Phrase, name: str, span: Span, folded: Folded, said: Utterance) -> Remark:
    where = folded.original(span)
    words = said.text[where.start : where.end]
    return Remark(
        phrase=name,
        code=phrase.code,
        kind="red-line" if phrase.kind == "red-line" else "avoid",
        line=said.line,
        span=where,
        text=words,
        language=said.language,
        severity=phrase.severity,
        instead=_exchanged(phrase, where, words, said),
    )


def _exchanged(phrase: Phrase, where: Span, words: str, said: Utterance) -> str | None:
    """Return the line with the words exchanged, where the lexicon has exactly these words.

    Nothing is put into a text in traditional characters but what was written for it.
    """
    primary = said.language.split("-")[0].lower()
    script = "zh-Hant" if primary == "zh" and fold(words).text != words else said.language
    for language, pairs in phrase.fix.items():
        if language not in (script, said.language) and not (language == primary and script != "zh-Hant"):
            continue
        for exact, better in pairs.items():
            if exact.lower() == words.lower():
                start = said.text[: where.start].rstrip()[-1:] in ("", *".!?")
                new = better[:1].upper() + better[1:] if start else better
                return said.text[: where.start] + new + said.text[where.end :]
    return None


def _tolerated(found: list[Remark], phrases: Mapping[str, Phrase], lines: int) -> tuple[Remark, ...]:
    """Drop what is tolerated once in so many lines."""
    left = {name: max(1, lines // phrase.per) if phrase.per else 0 for name, phrase in phrases.items()}
    kept: list[Remark] = []
    for remark in found:
        if left[remark.phrase] > 0:
            left[remark.phrase] -= 1
        else:
            kept.append(remark)
    return tuple(kept)


def cues_in(phrases: Mapping[str, Phrase], said: Sequence[Utterance]) -> tuple[Cue, ...]:
    """Return which required, encouraged and signalling words are there, in the order of the lexicon.

    Signals are looked for in what the customer says, the others in what the employee says. Phrases
    without a cue in the language are left out.
    """
    found: list[Cue] = []
    for name, phrase in phrases.items():
        if phrase.kind not in ("require", "encourage", "signal"):
            continue
        speaker = "customer" if phrase.kind == "signal" else "agent"
        searched = [(u, fold(u.text)) for u in said if u.speaker == speaker]
        if not any(chosen(phrase.cues, languages_of(f.text, u.language)) for u, f in searched):
            continue
        lines = tuple(
            dict.fromkeys(
                u.line
                for u, f in searched
                if find(chosen(phrase.cues, languages_of(f.text, u.language)), f)
            )
        )
        found.append(Cue(name, phrase.kind, bool(lines), lines))
    return tuple(found)
