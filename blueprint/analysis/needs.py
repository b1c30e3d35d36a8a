"""The needs of a journey as its document states them: category, strength, what is not met (domain 3.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from blueprint.analysis.kano import (
    CATEGORIES,
    Answers,
    Category,
    Clarity,
    Continuous,
    Measures,
    Tally,
    clarity,
    continuous,
    decide,
    measure,
    tally,
)
from blueprint.analysis.proportion import Interval
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.need import KanoCategory, KanoCounts, Need
from blueprint.model.touchpoint import Touchpoint
from blueprint.model.values import Loc

if TYPE_CHECKING:
    from blueprint.analysis.homogeneity import Homogeneity

WORDS: Final[Mapping[Category, str]] = {
    "M": "must-be",
    "O": "performance",
    "A": "attractive",
    "I": "indifferent",
    "R": "reverse",
    "Q": "questionable",
}
_LETTERS: Final[Mapping[KanoCategory, Category]] = {
    "must-be": "M",
    "performance": "O",
    "attractive": "A",
    "indifferent": "I",
    "reverse": "R",
}
EXPECTED_AT: Final = (("M", ("complaint", "high-frequency")), ("A", ("high-perception", "end")))
"""Which needs should be known at touchpoints of which kinds: must-be where much goes through or goes wrong,
attractive where it is remembered (one of the kinds is enough)."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What a Kano questionnaire found about a need."""

    counts: Tally
    by_mode: tuple[Category, ...]
    by_cqm: tuple[Category, ...]
    by_strength: tuple[Category, ...]
    measures: Measures
    clarity: Clarity | None
    scores: Continuous | None
    """Where the pairs of answers are known."""


@dataclass(frozen=True, slots=True)
class NeedReading:
    """A need where it stands, with its category."""

    loc: Loc
    touchpoint: Touchpoint
    index: int
    """Its place in the touchpoint's `needs`."""
    need: Need
    declared: Category | None
    """The category as a word."""
    asked: Questionnaire | None
    """None where nobody was asked, or nobody answered."""

    @property
    def categories(self) -> tuple[Category, ...]:
        """What was found (by `cqm`, two where it cannot decide), else what is declared."""
        if self.asked is not None:
            return self.asked.by_cqm
        return () if self.declared is None else (self.declared,)

    def surely(self, category: Category) -> bool:
        """Whether the need is of this category and of no other."""
        return self.categories == (category,)


def read_needs(journey: Journey) -> tuple[NeedReading, ...]:
    """Read every need of a journey, in the order written."""
    return tuple(
        _read((*place.loc, "needs", at), place.touchpoint, at, need)
        for place in journey.places
        for at, need in enumerate(place.touchpoint.needs)
    )


def _read(loc: Loc, touchpoint: Touchpoint, at: int, need: Need) -> NeedReading:
    declared = _LETTERS[need.kano] if isinstance(need.kano, str) else None
    pairs = pairs_of(need)
    counts = counts_of(need) if pairs is None else tally(pairs)
    asked = None
    if counts is not None and counts.n:
        asked = Questionnaire(
            counts,
            decide(counts, "mode"),
            decide(counts, "cqm"),
            decide(counts, "moai"),
            measure(counts),
            clarity(counts),
            None if pairs is None else continuous(pairs),
        )
    return NeedReading(loc, touchpoint, at, need, declared, asked)


def counts_of(need: Need) -> Tally | None:
    """Return the counts by category as written, those of all segments together; None for none."""
    written = [need.kano] if isinstance(need.kano, KanoCounts) else list(need.segments.values())
    if not written:
        return None
    return Tally(**{letter: sum(getattr(it, letter) for it in written) for letter in CATEGORIES})


def by_segment(need: Need) -> dict[str, Tally]:
    """Return the counts of each segment that answered."""
    every = {
        name: Tally(**{letter: getattr(it, letter) for letter in CATEGORIES})
        for name, it in need.segments.items()
    }
    return {name: found for name, found in every.items() if found.n}


def segments_differ(need: Need) -> Homogeneity | None:
    """Test whether segments answer alike; None where fewer than two answered."""
    tallies = by_segment(need)
    if len(tallies) < 2:
        return None
    from blueprint.analysis.homogeneity import homogeneity

    return homogeneity({name: list(found.counts.values()) for name, found in tallies.items()})


def pairs_of(need: Need) -> Answers | None:
    """Return how often each pair of answers was given; None where only categories are known."""
    if need.answers is None:
        return None
    return {
        (row, column): count
        for row, counts in enumerate(need.answers, 1)
        for column, count in enumerate(counts, 1)
    }


def unmet(readings: tuple[NeedReading, ...]) -> tuple[NeedReading, ...]:
    """Return the needs that are not met and would be missed or wished for: M before O before A."""
    order = "MOA"
    open_ = [r for r in readings if r.need.met is False and r.categories and r.categories[0] in order]
    return tuple(sorted(open_, key=lambda r: order.index(r.categories[0])))


def uncovered(journey: Journey, readings: tuple[NeedReading, ...]) -> dict[str, tuple[str, ...]]:
    """Return touchpoints that state no need of a category expected at their kind → these categories.

    Must-be is expected at every complaint and high-frequency touchpoint; attractive at one high-perception
    or end touchpoint of the journey at least, so without any, all of these are named.
    """
    held: dict[str, set[Category]] = {name: set() for name in journey.touchpoints}
    for reading in readings:
        held[reading.touchpoint.id].update(reading.categories)
    (_, everywhere), (_, somewhere) = EXPECTED_AT
    remembered = [name for name, p in journey.touchpoints.items() if set(somewhere) & set(p.kinds)]
    plain = not any("A" in held[name] for name in remembered)
    missing: dict[str, tuple[str, ...]] = {}
    for name, point in journey.touchpoints.items():
        lacking: list[str] = []
        if set(everywhere) & set(point.kinds) and "M" not in held[name]:
            lacking.append(WORDS["M"])
        if plain and name in remembered:
            lacking.append(WORDS["A"])
        if lacking:
            missing[name] = tuple(lacking)
    return missing


def told(journey: Journey) -> dict[str, Any] | None:
    """Return the `needs` key of the analysis as plain data; None where no need is stated."""
    readings = read_needs(journey)
    if not readings:
        return None
    kinds = [kind for reading in readings for kind in reading.categories[:1]]
    return {
        "stated": [_told(reading) for reading in readings],
        "count": {WORDS[category]: kinds.count(category) for category in CATEGORIES},
        "unclassified": sum(not reading.categories for reading in readings),
        "unmet": [{"touchpoint": r.touchpoint.id, "index": r.index} for r in unmet(readings)],
        "uncovered": {name: list(lacking) for name, lacking in uncovered(journey, readings).items()},
    }


def _told(reading: NeedReading) -> dict[str, Any]:
    need, asked = reading.need, reading.asked
    return {
        "touchpoint": reading.touchpoint.id,
        "index": reading.index,
        "need": need.need.root,
        "categories": [WORDS[category] for category in reading.categories],
        "basis": "questionnaire" if asked else "declared" if reading.declared else None,
        "met": need.met,
        "importance": need.importance,
        "questionnaire": None if asked is None else _told_questionnaire(need, asked),
    }


def _told_questionnaire(need: Need, asked: Questionnaire) -> dict[str, Any]:
    found, clear, scores = asked.measures, asked.clarity, asked.scores
    return {
        "n": found.n,
        "sufficient": found.sufficient,
        "counts": dict(asked.counts.counts),
        "by_rule": {
            "mode": [WORDS[c] for c in asked.by_mode],
            "cqm": [WORDS[c] for c in asked.by_cqm],
            "moai": [WORDS[c] for c in asked.by_strength],
        },
        "better": found.better,
        "better_interval": _pair(found.better_interval),
        "worse": found.worse,
        "worse_interval": _pair(found.worse_interval),
        "quadrant": found.quadrant,
        "reason": _why_unsaid(asked.counts),
        "total_strength": found.total_strength,
        "category_strength": found.category_strength,
        "reverse_share": found.reverse_share,
        "questionable_share": found.questionable_share,
        "clarity": None
        if clear is None
        else {
            "between": [WORDS[clear.first], WORDS[clear.second]],
            "p": clear.p,
            "significant": clear.significant,
            "fong_limit": clear.fong_limit,
            "fong_significant": clear.fong_significant,
        },
        "segments": _told_segments(need),
        "scores": None
        if scores is None
        else {
            "n": scores.n,
            "functional": scores.functional,
            "functional_error": scores.functional_error,
            "dysfunctional": scores.dysfunctional,
            "dysfunctional_error": scores.dysfunctional_error,
            "quadrant": scores.quadrant,
        },
    }


def _why_unsaid(counts: Tally) -> Message | None:
    """Return why better and worse cannot be said; None where they can."""
    if counts.usable:
        return None
    if not counts.n:
        return Message("nobody answered", "没有人回答")
    return Message(
        "every answer is reverse or questionable: none says how far the need satisfies",
        "全部回答都是反向或可疑：没有一份能说明该需求带来多少满意",
    )


def _told_segments(need: Need) -> dict[str, Any] | None:
    test = segments_differ(need)
    if test is None:
        return None
    return {
        "categories": {
            name: [WORDS[category] for category in decide(found, "cqm")]
            for name, found in by_segment(need).items()
        },
        **asdict(test),
    }


def _pair(interval: Interval | None) -> list[float] | None:
    return None if interval is None else list(interval)
