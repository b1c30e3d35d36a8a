"""SL: what customers are promised, held against the levels, the clock and one another."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.lint.complaints import clocked, complaints
from blueprint.lint.rule import Finding, Judged, Note, rule
from blueprint.lint.wording import both, on_clock
from blueprint.model.complaint import Clock
from blueprint.model.journey import Journey
from blueprint.model.values import Loc


def _dated(journey: Journey) -> bool:
    return any(p.due is not None for point in journey.touchpoints.values() for p in point.promises)


@rule("SL105", zh="承诺超出服务时限", calm=clocked)
def promise_beyond_level(judged: Judged) -> Iterator[Finding]:
    """What is promised to a complaining customer takes longer than its service level allows.

    Why: The customer is told one time and the house is measured by another. Whoever keeps the promise
        breaks the level. Looks at `promises:` and at times spoken in the script.
    Why(zh): 客户听到的是一个时间，内部考核的是另一个时间。守住了承诺，就违反了时限。检查 `promises:` 和
        话术中说出的时间。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                evidence: [Receipt]
                next: {complain: 0.1, paid: 0.9}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                complaint: {priority: P1}
                promises: [{promise: A solution, due: 8h}]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                evidence: [Receipt]
                next: {complain: 0.1, paid: 0.9}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                complaint: {priority: P1}
                promises: [{promise: A solution, due: 2h}]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, managing promises (承诺管理); SL05 of the domain sheet.
    """
    if next(complaints(judged.journey), None) is None:
        return
    from blueprint.analysis.deadlines import deadlines
    from blueprint.analysis.protocol import speeches
    from blueprint.analysis.service_levels import deadlines_of

    journey = judged.journey
    for loc, name, complaint in complaints(journey):
        touchpoint = journey.touchpoints[name]
        if not touchpoint.promises and touchpoint.script is None:
            continue
        level = deadlines_of(complaint, judged.standards.ladders, journey.hours)
        if level.resolve is None:
            continue
        told: list[tuple[Loc, float, Clock]] = [
            ((*loc[:-1], "promises", at, "due"), promise.due, promise.clock or level.resolve_clock)
            for at, promise in enumerate(touchpoint.promises)
            if promise.due is not None
        ]
        for speech in speeches(touchpoint.script, journey.language) if touchpoint.script else ():
            told += [
                ((*loc[:-1], "script", *speech.loc(u.line), "agent"), found.seconds, level.resolve_clock)
                for u in speech.said
                if u.speaker == "agent"
                for found in deadlines(u.text)
                if found.seconds is not None
            ]
        for where, seconds, clock in {found[0]: found for found in told}.values():
            if level.allows(seconds, clock) is False:
                grade = complaint.priority or "its level"
                grade_zh = f" {complaint.priority} " if complaint.priority else "其时限"
                promised, asked = on_clock(seconds, clock), on_clock(level.resolve, level.resolve_clock)
                yield Finding(
                    where,
                    both(
                        f"`{name}` promises {promised.en}, but {grade} asks for a solution within "
                        f"{asked.en}",
                        f"`{name}` 承诺 {promised.zh}，但{grade_zh}要求 {asked.zh}内解决",
                    ),
                    both(
                        "promise no more time than the level allows, or grade the complaint anew",
                        "承诺的时间不要超过时限，或重新定级",
                    ),
                    name,
                )


@rule("SL107", zh="承诺没有期限", calm=_dated)
def undated_promise(journey: Journey) -> Iterator[Finding]:
    """A promise does not say by when it is kept.

    Why: Without a time the customer sets one, usually a shorter one, and counts the promise as broken
        when it passes. Nobody in the house can be reminded of it either.
    Why(zh): 没有期限，客户就会自己设一个，通常更短，过了就算食言。内部也没有人能被提醒。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, promises: [{promise: A slip, due: 1m}]}
              - {id: paid, title: Paid, kinds: [end], emotion: 1, promises: [{promise: A letter}]}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, promises: [{promise: A slip, due: 1m}]}
              - {id: paid, title: Paid, kinds: [end], emotion: 1, promises: [{promise: A letter, due: 2d}]}
        ```

    Source: S000, managing promises: a definite time, nothing vague (明确时间点，不含糊).
    """
    for loc, _, touchpoint in journey.places:
        for at, promise in enumerate(touchpoint.promises):
            if promise.due is not None:
                continue
            from blueprint.analysis.deadlines import deadlines

            words = promise.promise.pick("en")
            if not deadlines(words):
                yield Finding(
                    (*loc, "promises", at, "promise"),
                    both(
                        f"`{touchpoint.id}` promises “{words}” without a time",
                        f"`{touchpoint.id}` 承诺了“{promise.promise.pick('zh')}”，却没有期限",
                    ),
                    both("say by when: `due: 2h`", "写明期限：`due: 2h`"),
                    touchpoint.id,
                )


@rule("SL110", zh="对同一件事的承诺时间不一致", calm=_dated)
def colliding_promises(journey: Journey) -> Iterator[Finding]:
    """Two promises about one thing name different times.

    Why: The customer hears both and counts on the shorter. Whoever gave the longer one will be told that
        the house does not know what it says.
    Why(zh): 客户两个都听到了，只会记住较短的那个。说出较长时间的同事，会被认为“你们自己都说不清”。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                promises: [{promise: Money back, due: 3d}]
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                promises: [{promise: Money back, due: 10d}]
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                promises: [{promise: Money back, due: 3d}]
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                promises: [{promise: Money back, due: 3d}]
        ```

    Source: S000, consistent promises (服务承诺一致性).
    """
    if not _dated(journey):
        return
    from blueprint.analysis.promises import collisions, pledges

    places = {point.id: loc for loc, _, point in reversed(journey.places)}
    for first, second in collisions(pledges(journey)):
        if first.due is None or second.due is None:
            continue
        early, late = on_clock(first.due, first.clock), on_clock(second.due, second.clock)
        words = second.promise.promise
        before: Loc = (*places[first.touchpoint], "promises", first.index)
        yield Finding(
            (*places[second.touchpoint], "promises", second.index),
            both(
                f"`{second.touchpoint}` promises “{words.pick('en')}” within {late.en}, "
                f"`{first.touchpoint}` within {early.en}",
                f"`{second.touchpoint}` 承诺 {late.zh}内“{words.pick('zh')}”，"
                f"`{first.touchpoint}` 却说 {early.zh}",
            ),
            both(
                "promise one time wherever customers ask; if these are two things, say so: `about: …`",
                "同一件事处处承诺同一时间；若是两件事，请用 `about: …` 区分",
            ),
            second.touchpoint,
            (Note(before, both("the other promise", "另一处承诺")),),
        )
