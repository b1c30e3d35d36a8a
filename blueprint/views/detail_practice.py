"""What the details say of how work is meant to be done: who answers, what may be granted, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from blueprint.model.complaint import Complaint
from blueprint.model.service import Leeway, Raci, ServiceBlueprint, Step
from blueprint.model.touchpoint import PersonalData, Touchpoint
from blueprint.model.values import Money
from blueprint.scene.page import Row
from blueprint.views.detail_words import DetailWords
from blueprint.views.reading import Reading
from blueprint.views.words import number, percent

_Names = Callable[[Iterable[str]], str]
"""Says the names of actors."""
_RACI = ("accountable", "responsible", "consulted", "informed")


def touchpoint_practice(touchpoint: Touchpoint, read: Reading, words: DetailWords) -> Iterator[Row]:
    """Yield who begins, what the customer must tell and gets, and what is learned about them."""
    say, label, more = read.say, read.label, words.practice
    yield Row(more["trigger"], (more[touchpoint.trigger] if touchpoint.trigger else "",))
    yield Row(more["asks"], tuple(map(say, touchpoint.asks)))
    if given := touchpoint.delight:
        again = more["again"].format(label.duration(given.again)) if given.again else ""
        share = "" if given.share is None else percent(given.share)
        yield Row(more["delight"], (label.pairs(say(given.what), share, again),))
    if touchpoint.complaint:
        yield Row(more["signals"], tuple(map(say, touchpoint.complaint.signals)))
        yield Row(more["remedy"], tuple(_remedy(touchpoint.complaint, read, words)))
    yield from _kept(touchpoint.personal_data, read, words)


def step_practice(
    blueprint: ServiceBlueprint, step: Step, read: Reading, words: DetailWords
) -> Iterator[Row]:
    """Yield who answers for a step, the procedure it follows, and how far that may be left."""
    more = words.practice

    def names(actors: Iterable[str]) -> str:
        return read.label.comma.join(read.say(blueprint.actor_heading(actor)) for actor in actors)

    yield Row(more["raci"], tuple(_answering(step.raci, names, read, words)))
    yield Row(more["procedure"], (step.standard or "",))
    yield Row(more["leeway"], tuple(_leeway(one, names, read, words) for one in step.exceptions))
    yield from _kept(step.personal_data, read, words)


def _answering(raci: Raci | None, names: _Names, read: Reading, words: DetailWords) -> Iterator[str]:
    for part in _RACI if raci else ():
        found = getattr(raci, part) or ()
        if said := names((found,) if isinstance(found, str) else found):
            yield f"{words.practice[part]}{read.label.colon}{said}"


def _leeway(leeway: Leeway, names: _Names, read: Reading, words: DetailWords) -> str:
    more = words.practice
    return read.label.pairs(
        read.say(leeway.when),
        names((leeway.who,)) if leeway.who else "",
        more["up-to"].format(_cash(leeway.limit)) if leeway.limit else "",
        more["up-to"].format(percent(leeway.share)) if leeway.share is not None else "",
        more["told"].format(names((leeway.told,))) if leeway.told else "",
    )


def _remedy(complaint: Complaint, read: Reading, words: DetailWords) -> Iterator[str]:
    label, more = read.label, words.practice
    for name in ("respond", "resolve", "follow_up"):
        if (seconds := getattr(complaint, name)) is not None:
            yield f"{more[name]}{label.colon}{label.duration(seconds)}"
    if complaint.compensation:
        yield f"{more['compensation']}{label.colon}{_cash(complaint.compensation)}"
    yield from map(read.say, complaint.alternatives)


def _kept(data: PersonalData | None, read: Reading, words: DetailWords) -> Iterator[Row]:
    if data is not None:
        kept = words.practice["kept"].format(read.label.duration(data.kept)) if data.kept else ""
        what = read.label.comma.join(map(read.say, data.data))
        yield Row(words.practice["data"], (read.label.pairs(what, read.say(data.purpose), kept),))


def _cash(cash: Money) -> str:
    return f"{number(cash.amount)} {cash.currency}"
