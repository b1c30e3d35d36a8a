"""Brings wordings together that mean the same text, and finds cues in them, in bounded time.

Full and half width, traditional and simplified characters, curly and straight quotes, and spaces between
Chinese characters make no difference; where something was found is told in the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

LONGEST = 2_000
"""Characters that a cue is searched in at once; the playbook's bound on patterns counts with it."""

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_STRAIGHT = str.maketrans("‘’“”„‟‚‛´`‐‑–—", "''\"\"\"\"''''----")
_META = frozenset(".^$*+?{}[]\\|()")
_SENTENCE = re.compile(r"[。!?;…\n]+[\"'」』)]*|\.(?=\s|$)")
_CLAUSE = re.compile(r"[,、;:。!?…\n]+|\.(?=\s|$)|--+|\s-\s")

Cues = Mapping[str, Iterable[str]]
"""Regular expressions by language."""


class Span(NamedTuple):
    """A piece of a text in code points, half-open."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two have a character in common."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Folded:
    """A text brought to one form, with the way back."""

    text: str
    places: tuple[int, ...]
    """Per character of the folded text its place in the original, and the original's length at the end."""

    def original(self, span: Span) -> Span:
        """Return where a piece of the folded text stands in the original."""
        if span.start == span.end:
            return Span(self.places[span.start], self.places[span.start])
        return Span(self.places[span.start], self.places[span.end - 1] + 1)


@cache
def _simplified() -> dict[int, str]:
    table = files("blueprint.analysis").joinpath("traditional.txt").read_text("utf-8")
    pairs = (pair for line in table.splitlines() if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs} | {ord("妳"): "你"}


def _one(character: str) -> str:
    """Return the common form of a character: one character, or none for those nobody sees."""
    if character.isascii():
        return character
    if unicodedata.category(character) == "Cf":
        return ""
    composed = unicodedata.normalize("NFKC", character)
    return (composed if len(composed) == 1 else character).translate(_STRAIGHT).translate(_simplified())


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Bring a text to the form in which cues are searched.

    Spaces between two Chinese characters go, other runs of spaces become one.
    """
    kept: list[str] = []
    places: list[int] = []
    gap: int | None = None
    for at, written in enumerate(text):
        character = _one(written)
        if not character:
            continue
        if character.isspace():
            gap = at if gap is None else gap
            continue
        if gap is not None:
            if kept and not (_HAN.match(kept[-1]) and _HAN.match(character)):
                kept.append(" ")
                places.append(gap)
            gap = None
        kept.append(character)
        places.append(at)
    return Folded("".join(kept), (*places, len(text)))


@lru_cache(maxsize=4096)
def compiled(cue: str) -> re.Pattern[str]:
    """Return a cue made ready, its own characters folded like the text.

    A wide question mark stays the character and does not become an operator.
    """
    folded: list[str] = []
    for written in cue:
        character = _one(written) or written
        operator = character != written and character in _META and folded[-1:] != ["\\"]
        folded.append("\\" + character if operator else character)
    return re.compile("".join(folded), re.IGNORECASE)


def languages_of(text: str, written: str) -> tuple[str, ...]:
    """Return the languages whose cues apply: the one it is written in, and those its script shows.

    English words in a Chinese sentence, such as ASAP, are found this way; a text in a third language is
    held against its own cues alone.
    """
    base = written.split("-")[0].lower()
    found = [base]
    if "zh" not in found and _HAN.search(text):
        found.append("zh")
    if base == "zh" and _LATIN.search(text):
        found.append("en")
    return tuple(found)


def chosen(cues: Cues, languages: Iterable[str]) -> tuple[str, ...]:
    """Return the cues of the languages; `zh-Hant` counts as `zh`."""
    wanted = set(languages)
    return tuple(
        cue
        for language, several in cues.items()
        if language.split("-")[0].lower() in wanted
        for cue in several
    )


def find(cues: Iterable[str], folded: Folded) -> tuple[Span, ...]:
    """Return where cues match, in the folded text, by place, each place once.

    Texts beyond `LONGEST` are searched piece by piece, so that no cue needs more than its bound.
    """
    found: set[Span] = set()
    for piece in pieces(folded.text):
        part = folded.text[piece.start : piece.end]
        for cue in cues:
            for match in compiled(cue).finditer(part):
                if match.end() > match.start():
                    found.add(Span(piece.start + match.start(), piece.start + match.end()))
    return tuple(sorted(found))


def pieces(text: str) -> Iterator[Span]:
    """Cut a text into pieces of at most `LONGEST` characters, where it can be after a sentence."""
    start = 0
    while len(text) - start > LONGEST:
        last = max((text.rfind(mark, start, start + LONGEST) for mark in "。.!?\n"), default=-1)
        end = last + 1 if last >= start else start + LONGEST
        yield Span(start, end)
        start = end
    yield Span(start, len(text))


def sentences(text: str) -> tuple[Span, ...]:
    """Cut a folded text into sentences; the dot of a number ends none."""
    spans: list[Span] = []
    start = 0
    for match in _SENTENCE.finditer(text):
        spans.append(Span(start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return tuple(spans)


def clauses(text: str) -> tuple[Span, ...]:
    """Cut a folded text into clauses: what stands between marks of any kind."""
    spans: list[Span] = []
    start = 0
    for match in _CLAUSE.finditer(text):
        if match.start() > start:
            spans.append(Span(start, match.start()))
        start = match.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return tuple(spans)


_QUOTES = re.compile(
    r"\"([^\"]{1,200})\"|「([^」]{1,200})」|『([^』]{1,200})』|(?<![A-Za-z])'([^'\n]{1,80})'(?![A-Za-z])"
)


def quotations(folded: Folded) -> tuple[Span, ...]:
    """Return what is quoted, not said: text in quotes, unless the whole line is set in them."""
    inside = folded.text.strip()
    return tuple(
        Span(*match.span())
        for match in _QUOTES.finditer(folded.text)
        if len(match[0]) < len(inside.rstrip(".。!?"))
    )
