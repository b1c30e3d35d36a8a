"""Which touchpoints say the same, found without holding every one against every other.

Two titles are as alike as the share of their words that they have in common (Jaccard's index: common words
by all words). Words are runs of letters and digits; Chinese, Japanese and Korean, which write no spaces,
are taken in pairs of characters. To be at least t alike, a title and a longer one must share a word among
the n − ⌈2t/(1 + t) · n⌉ + 1 rarest of the shorter and the n − ⌈t · n⌉ + 1 rarest of the longer (the prefix
filter of Chaudhuri, Ganti and Kaushik 2006 and of Xiao, Wang, Lin and Yu 2008), so each is held only
against those that share a rare word with it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import NamedTuple
from unicodedata import normalize

from blueprint.lint.portfolio import Placed

Words = frozenset[str]

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_PAIRED = re.compile(f"[{_UNSPACED}]")
_SLACK = 1e-9
_MOST = 50
"""A title is held against so many others for each rare word, the nearest in length: a word that stands in
more titles says nothing."""


class Group(NamedTuple):
    """Touchpoints that say the same in one channel."""

    members: tuple[Placed, ...]
    words: int
    """How many words the shortest of their titles has."""


def words_of(text: str) -> Words:
    """Return the words of a text; case, punctuation and the width of letters make no difference."""
    if text.isascii():
        return frozenset(_RUN.findall(text.casefold()))
    found: set[str] = set()
    for run in _RUN.findall(normalize("NFKC", text).casefold()):
        if len(run) > 1 and run[0] >= "\u3040" and _PAIRED.match(run):
            found.update(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found.add(run)
    return frozenset(found)


def likeness(one: Words, other: Words) -> float:
    """Return Jaccard's index of two sets of words; 0 where both are empty."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def pairs(titles: Sequence[Words], least: float) -> Iterator[tuple[int, int]]:
    """Yield every two different places in a list whose words are at least so alike, smaller ones first.

    Args:
        titles: Sets of words.
        least: Above 0, at most 1.
    """
    often = Counter(word for words in titles for word in words)
    rank = {word: at for at, word in enumerate(sorted(often, key=lambda w: (often[w], w)))}
    order = sorted(range(len(titles)), key=lambda at: (len(titles[at]), at))
    holding: dict[int, list[int]] = defaultdict(list)
    for at in order:
        words = sorted(rank[word] for word in titles[at])
        size = len(words)
        fewest = ceil(size * least - _SLACK)
        near: set[int] = set()
        for word in words[: size - fewest + 1]:
            near.update(other for other in holding[word][-_MOST:] if len(titles[other]) >= fewest)
        for word in words[: size - ceil(2 * least / (1 + least) * size - _SLACK) + 1]:
            holding[word].append(at)
        for other in sorted(near):
            if likeness(titles[at], titles[other]) >= least - _SLACK:
                yield other, at


def groups(stops: Iterable[Placed], least: float) -> Iterator[Group]:
    """Yield the groups of two touchpoints or more, in the order of their first members.

    Touchpoints are alike in any language both are written in; a chain of likenesses makes one group.
    """
    holders: dict[tuple[str, str, Words], list[int]] = defaultdict(list)
    every = list(stops)
    fewest: list[int] = []
    known: dict[str, Words] = {}
    """Nothing is written as often as what was copied."""
    for number, (_, stop) in enumerate(every):
        least_words = 0
        channel = stop.channel.casefold()
        for language, text in stop.title:
            words = known.get(text)
            if words is None:
                words = known[text] = words_of(text)
            if words:
                holders[channel, language.partition("-")[0].lower(), words].append(number)
                if not 0 < least_words < len(words):
                    least_words = len(words)
        fewest.append(least_words)
    sets = _Sets(len(every))
    rooms: dict[tuple[str, str], list[Words]] = defaultdict(list)
    for (channel, language, words), members in holders.items():
        rooms[channel, language].append(words)
        for member in members[1:]:
            sets.join(members[0], member)
    for room, titles in rooms.items():
        for one, other in pairs(titles, least):
            sets.join(holders[(*room, titles[one])][0], holders[(*room, titles[other])][0])
    for members in sets.several():
        yield Group(tuple(every[at] for at in members), min(fewest[at] for at in members))


class _Sets:
    """Numbers that belong together, joined two by two."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def _top(self, at: int) -> int:
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self._top(one), self._top(other)))
        self._above[high] = low

    def several(self) -> Iterator[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self._above)):
            found[self._top(at)].append(at)
        return (members for members in found.values() if len(members) > 1)
