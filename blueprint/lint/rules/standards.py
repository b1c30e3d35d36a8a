"""RF: what a document names of the standards must be there, in a playbook or built in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from blueprint.lint.rule import Finding, Judged, JudgedDelivery, JudgedPlaybook, rule
from blueprint.lint.wording import both, did_you_mean
from blueprint.model.journey import Journey
from blueprint.model.values import Loc

_LIST = both(
    "see `blueprint playbook list`, or write it in a `playbook:` of your own",
    "查看 `blueprint playbook list`，或写进自己的 `playbook:`",
)


_BY_KEY = frozenset({"coverage", "protocols", "scorecards"})
"""Sections that documents name by the keys of a mapping."""


class _Named(NamedTuple):
    """A standard that a journey names: where, of which section, by which id, and which item of it."""

    loc: Loc
    section: str
    id: str
    element: str = ""
    within: str | None = None
    """The vocabulary that must have the id as a term; the id is an entry of the section where None."""


def _named(journey: Journey) -> Iterator[_Named]:
    for at, name in enumerate(journey.timelines):
        yield _Named(("timelines", at), "timelines", name)
    if journey.market is not None and journey.market.parameters is not None:
        yield _Named(("market", "parameters"), "parameters", journey.market.parameters)
    if journey.customers is not None and journey.customers.segmentation is not None:
        yield _Named(("customers", "segmentation"), "segmentations", journey.customers.segmentation)
    for card, parts in journey.scorecards.items():
        yield _Named(("scorecards", card), "scorecards", card)
        for part in parts:
            yield _Named(("scorecards", card, part), "scorecards", part, "", card)
    yield from _covered((), journey.covers, "")
    for at, stage in enumerate(journey.stages):
        yield from _covered(("stages", at), stage.covers, stage.id)
    for loc, _, point in journey.places:
        yield from _covered(loc, point.covers, point.id)
        yield from _followed(loc, point.follows, point.id)
        for at, name in enumerate(point.difficulty):
            yield _Named((*loc, "difficulty", at), "vocabularies", name, point.id, "difficulty")
        if point.complaint is None:
            continue
        if point.complaint.ladder is not None:
            yield _Named((*loc, "complaint", "ladder"), "ladders", point.complaint.ladder, point.id)
        if point.complaint.timeline is not None:
            yield _Named((*loc, "complaint", "timeline"), "timelines", point.complaint.timeline, point.id)
        if point.complaint.ladder is not None:
            for name in point.complaint.factors:
                yield _Named(
                    (*loc, "complaint", "factors", name), "ladders", name, point.id, point.complaint.ladder
                )
        for at, name in enumerate(point.complaint.triggers):
            yield _Named(
                (*loc, "complaint", "triggers", at), "vocabularies", name, point.id, "hard-trigger"
            )


def _covered(loc: Loc, covers: dict[str, tuple[str, ...]], element: str) -> Iterator[_Named]:
    for name, items in covers.items():
        yield _Named((*loc, "covers", name), "coverage", name, element)
        for at, item in enumerate(items):
            yield _Named((*loc, "covers", name, at), "coverage", item, element, name)


def _followed(loc: Loc, follows: dict[str, tuple[str, ...]], element: str) -> Iterator[_Named]:
    for name, steps in follows.items():
        yield _Named((*loc, "follows", name), "protocols", name, element)
        for at, step in enumerate(steps):
            yield _Named((*loc, "follows", name, at), "protocols", step, element, name)


def _names(judged: Judged) -> bool:
    return next(_named(judged.journey), None) is not None


def _known(judged: Judged | JudgedDelivery, named: _Named) -> Iterable[str] | None:
    """Return the ids that may stand there; None where the list itself is unknown, which is told already."""
    if named.within is None:
        return judged.standards.section(named.section)
    if named.section == "coverage":
        listed = judged.standards.coverage.get(named.within)
        return None if listed is None else [item.id for item in listed.items]
    if named.section == "protocols":
        protocol = judged.standards.protocols.get(named.within)
        return None if protocol is None else [step.id for step in protocol.steps]
    if named.section == "scorecards":
        card = judged.standards.scorecards.get(named.within)
        return None if card is None else [part.id for part in card.parts]
    if named.section == "ladders":
        ladder = judged.standards.ladders.get(named.within)
        return None if ladder is None else list(ladder.weights)
    vocabulary = judged.standards.vocabularies.get(named.within)
    return None if vocabulary is None else [term.id for term in vocabulary.terms]


@rule("RF108", severity="error", zh="引用了不存在的标准条目", calm=_names)
def unknown_standard(judged: Judged) -> Iterator[Finding]:
    """A journey names a ladder, a timeline, a list or another standard that no playbook has.

    Why: A misspelt name looks like a standard that is kept, and is held against nothing.
    Why(zh): 名字拼错了，看起来像是在遵守某个标准，其实什么也没有对上。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, covers: {five-standards: [fats]}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, covers: {five-standards: [fast]}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: language reference, "playbook"; `blueprint playbook list`.
    """
    yield from _unknown(judged, _named(judged.journey))


def _unknown(judged: Judged | JudgedDelivery, names: Iterable[_Named]) -> Iterator[Finding]:
    for named in names:
        known = _known(judged, named)
        if known is None or named.id in known:
            continue
        place = f"`{named.section}`" if named.within is None else f"`{named.within}`"
        key = named.loc[-1] == named.id and (named.within is not None or named.section in _BY_KEY)
        yield Finding(
            (*named.loc, "[key]") if key else named.loc,
            both(f"{place} of the playbooks has no `{named.id}`", f"手册的 {place} 中没有 `{named.id}`"),
            did_you_mean(named.id, known, _LIST),
            named.element,
        )


def _follows(judged: JudgedDelivery) -> bool:
    return any(step.follows for step in judged.blueprint.steps)


@rule("RF110", severity="error", zh="工作步骤引用了不存在的流程", calm=_follows)
def unknown_work_protocol(judged: JudgedDelivery) -> Iterator[Finding]:
    """A step of work says it takes a step of a protocol that no playbook has.

    Why: A misspelt name looks like a step that is taken, and counts for nothing.
    Why(zh): 名字拼错了，看起来像是做了这一步，其实不作数。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: paid, title: Is paid, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: pay, at: paid, actor: agent, does: Pays, follows: {std5: sovle}}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: paid, title: Is paid, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: pay, at: paid, actor: agent, does: Pays, follows: {std5: solve}}
        ```

    Source: language reference, "playbook"; `blueprint playbook list`.
    """
    for at, step in enumerate(judged.blueprint.steps):
        yield from _unknown(judged, _followed(("steps", at), step.follows, step.id))


@rule("RF109", severity="error", zh="手册所依据的条目或手册不存在")
def unknown_base(held: JudgedPlaybook) -> Iterator[Finding]:
    """A playbook extends or contradicts something that is not there, or extends itself by a detour.

    Why: An entry that extends nothing is left out as a whole, and everything that names it with it.
    Why(zh): 所扩展的条目不存在，整条就会被略去，引用它的一切也跟着落空。

    Bad:
        ```yaml
        playbook: ours
        targets:
          fast-answer: {extends: average-respones, target: "<= 10m"}
        ```

    Good:
        ```yaml
        playbook: ours
        targets:
          fast-answer: {extends: average-response, target: "<= 10m"}
        ```

    Source: language reference, "playbook"; `blueprint playbook list`.
    """
    from blueprint.model.standards import SECTIONS
    from blueprint.source.standards import shipped_standards

    ours, standards = held.playbook, held.standards
    for at, name in enumerate(ours.extends):
        if held.others is not None and name not in held.others:
            yield Finding(
                ("extends", at),
                both(f"no playbook is called `{name}`", f"没有叫 `{name}` 的手册"),
                did_you_mean(
                    name,
                    held.others,
                    both("the built-in standards are always there", "内置标准始终可用，无需写出"),
                ),
            )
    for section in SECTIONS:
        written = getattr(ours, section)
        base = shipped_standards().section(section)
        for id, entry in written.items():
            loc: Loc = (section, id)
            there = {*base, *written, *standards.section(section)}
            # An entry that extends nothing is left out; a built-in one of its id then stands in its place.
            if entry.extends is not None and (
                id not in standards.section(section) or entry.extends not in there
            ):
                known = there - {id}
                lost = entry.extends not in known
                yield Finding(
                    (*loc, "extends"),
                    both(
                        f"`{section}` has no `{entry.extends}` to extend"
                        if lost
                        else f"`{id}` extends itself by way of `{entry.extends}`",
                        f"`{section}` 中没有可扩展的 `{entry.extends}`"
                        if lost
                        else f"`{id}` 经由 `{entry.extends}` 又扩展了自己",
                    ),
                    did_you_mean(entry.extends, known | ({id} & base.keys()), _LIST)
                    if lost
                    else both("let one of them stand on its own", "请让其中一个独立成条"),
                    id,
                )
            for at, reference in enumerate(entry.contradicts):
                if not standards.find(reference):
                    yield Finding(
                        (*loc, "contradicts", at),
                        both(f"there is no entry `{reference}`", f"没有条目 `{reference}`"),
                        did_you_mean(reference, [it.reference for it in standards.entries()], _LIST),
                        id,
                    )
