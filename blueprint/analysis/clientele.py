"""Personas held against what the journey does for them: traits, time, channels, culture, what is known.

Traits and needs are lists of the courses (S000: 要客特点4项), named by personas, answered by touchpoints;
the cost of time is what an hour is worth to somebody times the hours the journey keeps them busy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from blueprint.analysis.protocol import speeches
from blueprint.model.journey import Journey
from blueprint.model.people import DataClass
from blueprint.model.persona import Persona
from blueprint.model.touchpoint import Touchpoint

if TYPE_CHECKING:
    from blueprint.model.standards import Standards
    from blueprint.model.yardstick import Coverage


@dataclass(frozen=True, slots=True)
class Answered:
    """What a persona says of itself by a list, and which touchpoints answer it."""

    by: dict[str, tuple[str, ...]]
    """item → touchpoints that say they answer it."""
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taboo:
    """A word said that must not be said to a persona."""

    touchpoint: str
    loc: tuple[str | int, ...]
    """The path of the line, from the script on."""
    word: str
    text: str


def answered(id: str, entry: Coverage, persona: Persona, journey: Journey) -> Answered | None:
    """Say which touchpoints answer what a persona names of a list; None where it names nothing.

    None also where no touchpoint says anything by that list: silence is no gap. Only touchpoints of its
    kinds count; what a stage or the journey covers as a whole is felt by nobody in particular.
    """
    known = {name: item.id for item in entry.items for name in (item.id, *item.aliases)}
    named = list(dict.fromkeys(known[it] for it in persona.covers.get(id, ()) if it in known))
    points = journey.touchpoints.values()
    if not named or not any(id in point.covers for point in points):
        return None
    felt = [point for point in points if not entry.kinds or set(entry.kinds) & set(point.kinds)]
    said = {point.id: {known.get(it, it) for it in point.covers.get(id, ())} for point in felt}
    by = {item: tuple(name for name, items in said.items() if item in items) for item in named}
    return Answered(by, tuple(item for item, places in by.items() if not places))


def time_cost(persona: Persona, journey: Journey, visits: Mapping[str, float]) -> float | None:
    """Return what the time for which the journey keeps a persona busy is worth, in their hour's currency.

    Standard times by expected visits; waiting is left out, because life goes on meanwhile.
    """
    times = {p.id: p.time.standard for p in journey.touchpoints.values() if p.time and p.time.standard}
    if persona.value_of_time is None or not times:
        return None
    busy = sum(visits.get(name, 0.0) * time for name, time in times.items())
    return persona.value_of_time.amount * busy / 3600


def preferred_share(persona: Persona, journey: Journey, visits: Mapping[str, float]) -> float | None:
    """Return the share of visits on channels that a persona likes, of those whose channel is written."""
    with_channel = {p.id: p.channel for p in journey.touchpoints.values() if p.channel is not None}
    total = sum(visits.get(name, 0.0) for name in with_channel)
    if not persona.channels or total <= 0:
        return None
    liked = {word.casefold() for word in persona.channels}
    return sum(visits.get(name, 0.0) for name, it in with_channel.items() if it.casefold() in liked) / total


def missed_channels(persona: Persona, journey: Journey) -> tuple[str, ...]:
    """Return the channels that a persona likes and no touchpoint uses."""
    used = {point.channel.casefold() for point in journey.touchpoints.values() if point.channel is not None}
    return tuple(word for word in persona.channels if word.casefold() not in used)


def taboos_said(persona: Persona, journey: Journey) -> Iterator[Taboo]:
    """Find words in what employees say that must not be said to a persona.

    Words of alphabets are found whole, also in the plural and never inside others (`clock` is not in
    `o'clock`); Chinese has no such bounds.
    """
    taboos = persona.culture.taboos if persona.culture else ()
    words = {word: _whole(word) for word in taboos if word.strip()}
    for point in journey.touchpoints.values() if words else ():
        for speech in speeches(point.script, journey.language) if point.script else ():
            for said in speech.said:
                for word, pattern in words.items():
                    if said.speaker == "agent" and pattern.search(said.text):
                        yield Taboo(point.id, speech.loc(said.line), word, said.text)


def _whole(word: str) -> re.Pattern[str]:
    escaped = re.escape(word.strip())
    return re.compile(rf"(?<![\w'’]){escaped}(?:e?s)?(?!\w)" if word.isascii() else escaped, re.IGNORECASE)


def unspoken_at(persona: Persona, journey: Journey) -> tuple[str, ...]:
    """Return the touchpoints with a script that has no words in the persona's language."""
    wanted = persona.culture.language if persona.culture else None
    if wanted is None:
        return ()
    near = wanted.split("-")[0].lower()
    found = []
    for point in journey.touchpoints.values():
        spoken = speeches(point.script, journey.language) if point.script else ()
        if spoken and near not in {speech.language.split("-")[0].lower() for speech in spoken}:
            found.append(point.id)
    return tuple(found)


def _answers(persona: Persona, points: Mapping[str, Touchpoint]) -> str | None:
    """Return the touchpoint whose script has words for the persona's type, the first of them."""
    spoken = (p.id for p in points.values() if p.script is not None and persona.type in p.script.variants)
    return next(spoken, None)


def told(
    journey: Journey, visits: Mapping[str, float], standards: Standards, personas: Mapping[str, Persona]
) -> dict[str, Any] | None:
    """Return the `clientele` key of the analysis, by persona; None where nobody is known."""
    industries = standards.vocabularies.get("vip-industry")
    page: dict[str, Any] = {}
    for name, persona in personas.items():
        lists = {
            id: found
            for id, entry in standards.coverage.items()
            if entry.of in ("persona", "touchpoint")
            and (found := answered(id, entry, persona, journey)) is not None
        }
        cost = time_cost(persona, journey, visits)
        terms = industries.terms if industries is not None else ()
        page[name] = {
            "industry": next((it.id for it in terms if persona.industry in (it.id, *it.aliases)), None),
            "lists": {
                id: {
                    "answered_by": {item: list(places) for item, places in it.by.items()},
                    "unanswered": list(it.unanswered),
                }
                for id, it in lists.items()
            },
            "time_cost": None
            if cost is None or persona.value_of_time is None
            else {"amount": cost, "currency": persona.value_of_time.currency},
            "channels": {
                "share": preferred_share(persona, journey, visits),
                "missed": list(missed_channels(persona, journey)),
            }
            if persona.channels
            else None,
            "profile": {
                "classes": list(persona.profile),
                "missing": [it for it in get_args(DataClass) if it not in persona.profile],
                "without_purpose": sum(
                    datum.purpose is None for data in persona.profile.values() for datum in data
                ),
            }
            if persona.profile
            else None,
            "culture": {
                "taboos": len(persona.culture.taboos),
                "customs": len(persona.culture.customs),
                "said": [
                    {"touchpoint": it.touchpoint, "word": it.word} for it in taboos_said(persona, journey)
                ],
                "unspoken": list(unspoken_at(persona, journey)),
            }
            if persona.culture is not None
            else None,
            "type": persona.type,
            "type_script": _answers(persona, journey.touchpoints),
        }
    return page or None
