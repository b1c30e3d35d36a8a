"""How a complaint is met: graded high enough, on a fitting channel, by a person, its feeling taken up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from blueprint.lint.complaints import complaints
from blueprint.lint.rule import Delivery, Finding, Judged, rule
from blueprint.lint.wording import both, ids
from blueprint.model.journey import Journey
from blueprint.model.values import Loc

_LIVE = frozenset({"face-to-face", "phone", "video"})
"""Channels on which one hears the other at once, and which leave nothing in writing."""


@rule("CP109", zh="投诉定级偏低")
def understated_priority(judged: Judged) -> Iterator[Finding]:
    """A complaint is graded lower than its own factors or triggers say.

    Why: A complaint that touches safety, the law, the media or personal data is P0 at once, whatever its
        score; any other is graded by the five factors its ladder weighs. Graded too low it waits behind
        what matters less. Speaks where `factors:` or `triggers:` are written.
    Why(zh): 涉及安全、法律、媒体或个人信息的投诉，不论得分多少，立即定为 P0；其余按所用阶梯的五个因素评
        定。定低了，它就排在不那么要紧的事情后面。只在写了 `factors:` 或 `triggers:` 时检查。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                complaint: {priority: P2, triggers: [legal-threat]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                complaint: {priority: P0, triggers: [legal-threat]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, five factors of priority (优先级五因素); S001, complaints that touch the law (法律合规);
        domain sheet 11.1, with this project's weights.
    """
    if not any(it.factors or it.triggers for _, _, it in complaints(judged.journey)):
        return
    from blueprint.analysis.urgency import urgency

    for loc, name, complaint in complaints(judged.journey):
        if not (complaint.factors or complaint.triggers) or complaint.priority is None:
            continue
        found = urgency(complaint, judged.standards.ladders, {})
        if not found.understated:
            continue
        why = (
            both(
                f"`{found.trigger}` makes it {found.by_factors}",
                f"`{found.trigger}` 直接列为 {found.by_factors}",
            )
            if found.trigger is not None
            else both(
                f"its factors come to {found.score:.2f}, which is {found.by_factors}",
                f"按各因素得分 {found.score:.2f}，应为 {found.by_factors}",
            )
        )
        yield Finding(
            (*loc, "priority"),
            both(
                f"`{name}` is graded {complaint.priority}, but {why.en}",
                f"`{name}` 定为 {complaint.priority}，但{why.zh}",
            ),
            both(
                f"grade it `priority: {found.by_factors}`, or correct what was rated",
                f"改为 `priority: {found.by_factors}`，或更正评级",
            ),
            name,
        )


@rule("CP106", zh="紧急投诉只用邮件处理")
def unfit_channel(judged: Judged) -> Iterator[Finding]:
    """An urgent complaint is handled by e-mail alone.

    Why: E-mail is formal and in writing, and slow and cold. Somebody whose matter cannot wait wants a
        voice; the letter may follow. Speaks of complaints graded P0 or P1 on a channel that the vocabulary
        `channel` calls e-mail, unless the next touchpoint is on the telephone, by video or face to face.
    Why(zh): 邮件正式、留有文字，但又慢又冷。事情等不得的人想听到人的声音，信可以随后再寄。只检查定
        为 P0 或 P1、且渠道在词表 `channel` 中属于电子邮件的投诉；下一个触点若是电话、视频或当面沟通，则
        不报。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                channel: mail
                emotion: -1
                complaint: {priority: P1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                channel: phone
                emotion: -1
                complaint: {priority: P1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, S004, which channel fits what (渠道适配); domain sheet 15.4.
    """
    journey = judged.journey
    urgent = [
        (loc, name, it)
        for loc, name, it in complaints(journey)
        if it.priority in ("P0", "P1") and journey.touchpoints[name].channel is not None
    ]
    if not urgent:
        return
    from blueprint.analysis.channels import term_of

    vocabulary = judged.standards.vocabularies.get("channel")
    for loc, name, complaint in urgent:
        if term_of(journey.touchpoints[name].channel, vocabulary) != "email":
            continue
        onward = [journey.touchpoints.get(route.target) for route in journey.routes[name]]
        if any(it is not None and term_of(it.channel, vocabulary) in _LIVE for it in onward):
            continue
        yield Finding(
            (*loc[:-1], "channel"),
            both(
                f"`{name}` is {complaint.priority}, and is handled by e-mail alone",
                f"`{name}` 为 {complaint.priority}，却只用邮件处理",
            ),
            both("call the customer, and confirm in writing afterwards", "先致电客户，再以书面确认"),
            name,
        )


def _promised(judged: Judged) -> bool:
    """Some promise names a time, and evidence is written somewhere."""
    points = judged.journey.touchpoints.values()
    return any(p.evidence for p in points) and any(it.due is not None for p in points for it in p.promises)


@rule("CP107", severity="info", zh="口头承诺没有书面记录", calm=_promised)
def spoken_promise(judged: Judged) -> Iterator[Finding]:
    """A promise with a time is only spoken, and nothing of it is kept in writing.

    Why: On the telephone and face to face a promise is quick and personal, and a week later each side
        remembers another hour. A formal commitment has a written record. Speaks of promises with `due:`
        on live channels of the vocabulary `channel`, where the touchpoint shows no `evidence:`.
    Why(zh): 电话里和当面的承诺又快又亲切，可一周之后双方记得的钟点就不一样了。正式的承诺要有书面记录。
        只检查实时渠道（词表 `channel`）上写了 `due:` 的承诺，而该触点没有任何 `evidence:`。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, evidence: [Receipt]}
              - id: call
                title: Is called
                channel: phone
                emotion: 0
                promises: [{promise: Paid tomorrow, due: 1d}]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, evidence: [Statement]}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, evidence: [Receipt]}
              - id: call
                title: Is called
                channel: phone
                emotion: 0
                evidence: [Message with the day]
                promises: [{promise: Paid tomorrow, due: 1d}]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, evidence: [Statement]}
        ```

    Source: S000, S004, formal commitments in writing (正式承诺须有书面记录); domain sheet 15.4.
    """
    journey = judged.journey
    spoken = [
        (loc, it)
        for loc, _, it in journey.places
        if it.channel is not None and not it.evidence and any(made.due is not None for made in it.promises)
    ]
    if not spoken:
        return
    from blueprint.analysis.channels import term_of

    vocabulary = judged.standards.vocabularies.get("channel")
    for loc, point in spoken:
        if term_of(point.channel, vocabulary) not in _LIVE:
            continue
        at = next(at for at, made in enumerate(point.promises) if made.due is not None)
        yield Finding(
            (*loc, "promises", at),
            both(
                f"`{point.id}` promises a time on {point.channel}, and nothing of it is in writing",
                f"`{point.id}` 在 {point.channel} 上承诺了时间，但客户没有书面凭据",
            ),
            both(
                "send the promise in writing, and name it under `evidence:`",
                "以书面形式发出承诺，并写入 `evidence:`",
            ),
            point.id,
        )


def _machines(delivery: Delivery) -> bool:
    """Some actor is a system."""
    return any(actor.technology for actor in delivery.blueprint.actors.values())


def _met_later(journey: Journey, start: str, fronts: Mapping[str, list[bool]]) -> bool:
    """Whether a person is met next, or by way of touchpoints that the house does not begin."""
    waiting, seen = [start], {start}
    while waiting:
        at = waiting.pop()
        for route in journey.routes[at]:
            point = journey.touchpoints.get(route.target)
            if point is None or point.id in seen:
                continue
            begun = point.trigger == "company"
            person = not all(fronts.get(point.id, [True]))
            if person and (at == start or not begun):
                return True
            if not begun:
                seen.add(point.id)
                waiting.append(point.id)
    return False


@rule("CP108", zh="只有机器，找不到人", calm=_machines)
def no_way_to_a_person(delivery: Delivery) -> Iterator[Finding]:
    """At a complaint or a strong moment the customer meets machines only, with no way on to a person.

    Why: A machine answers what is common. Somebody who complains, or to whom it matters, must be able to
        get past it. A way exists where a step of the touchpoint leads to a person at the front, through
        machines only, where the next touchpoint has one, or where customers come to one by touchpoints that
        they begin themselves.
    Why(zh): 常见的问题可以交给机器。投诉的人、事情要紧的人，必须能越过机器找到人。以下任何一种都算有出
        路：该触点的步骤只经过机器就能到达前台的人；下一个触点有人；或者客户经由自己发起的触点能找到人。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          bot: {zone: frontstage, technology: true}
        steps:
          - {id: greet, at: ask, actor: bot, does: Greets, next: answer}
          - {id: answer, at: complain, actor: bot, does: Answers from a list, next: pay}
          - {id: pay, at: paid, actor: bot, does: Tells of the payment}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          bot: {zone: frontstage, technology: true}
          agent: {zone: frontstage}
        steps:
          - {id: greet, at: ask, actor: bot, does: Greets, next: answer}
          - {id: answer, at: complain, actor: bot, does: Answers from a list, next: talk}
          - {id: talk, at: complain, actor: agent, does: Takes over, next: pay}
          - {id: pay, at: paid, actor: bot, does: Tells of the payment}
        ```

    Source: S001, digital platform, automation and AI (数字化平台、自动化、AI赋能); domain sheet 17, I13.
    """
    blueprint, journey = delivery
    steps = {step.id: step for step in reversed(blueprint.steps)}
    onward: dict[str, list[str]] = {}
    for link in blueprint.links_between:
        onward.setdefault(link.source, []).append(link.target)
    fronts: dict[str, list[bool]] = {}
    for step in steps.values():
        actor = blueprint.actors.get(step.actor)
        if actor is not None and actor.zone == "frontstage":
            fronts.setdefault(step.at, []).append(actor.technology)

    def a_person(id: str) -> bool | None:
        """Whether a step is a person's at the front; None where it is a machine's, which passes on."""
        actor = blueprint.actors.get(steps[id].actor) if id in steps else None
        if actor is None or not actor.technology:
            return actor is not None and actor.zone == "frontstage"
        return None

    for at, step in enumerate(blueprint.steps):
        point = journey.touchpoints.get(step.at)
        if point is None or step.at not in fronts or not all(fronts[step.at]):
            continue
        first = next(it for it in blueprint.steps if it.at == step.at)
        matters = point.complaint is not None or {"complaint", "high-perception"} & set(point.kinds)
        if first is not step or not matters:
            continue
        if _met_later(journey, point.id, fronts):
            continue
        waiting = [it.id for it in steps.values() if it.at == step.at and a_person(it.id) is None]
        seen, found = set(waiting), False
        while waiting and not found:
            for target in onward.get(waiting.pop(), ()):
                if target not in seen:
                    seen.add(target)
                    verdict = a_person(target)
                    found = found or bool(verdict)
                    if verdict is None:
                        waiting.append(target)
        if found:
            continue
        machines = dict.fromkeys(it.actor for it in blueprint.steps if it.at == step.at)
        names = [it for it in machines if blueprint.actors[it].zone == "frontstage"]
        yield Finding(
            ("steps", at, "actor"),
            both(
                f"at `{point.id}` customers meet only {ids(names)}, and there is no way on to a person",
                f"客户在 `{point.id}` 只能遇到 {ids(names, 'zh')}，没有转到人工的路径",
            ),
            both(
                "add a step by a person at the front, to which the machine hands over",
                "增加一个由前台人员承接的步骤，由机器转接",
            ),
            point.id,
        )


@rule("LX307", severity="info", zh="客户的情绪无人回应")
def unmirrored_feeling(judged: Judged) -> Iterator[Finding]:
    """The customer's feelings run high, and the next words do not take them up.

    Why: Whoever is upset hears nothing else until somebody has said that they see it. Speaks of lines that
        state a `feeling:` above calm; words that take it up are those of the lexicon for empathy,
        understanding, saying back and an apology of one's own.
    Why(zh): 心里有气的人，在有人说“我看到了”之前，什么也听不进去。只检查写了 `feeling:` 且高于平静的台
        词；算作回应的，是词库中共情、理解、复述和道歉的说法。

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
                script:
                  lines:
                    - {customer: This is the third time I call!, feeling: angry}
                    - {agent: Your case number please.}
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
                script:
                  lines:
                    - {customer: This is the third time I call!, feeling: angry}
                    - {agent: I understand what this means for you. May I have your case number?}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S004, reading and mirroring feelings (情绪识别与镜像).
    """
    journey = judged.journey
    felt = [
        (loc, point.id, point.script)
        for loc, _, point in journey.places
        if point.script is not None
        and any(
            it.feeling for lines in (point.script.lines, *point.script.variants.values()) for it in lines
        )
    ]
    if not felt:
        return
    from blueprint.analysis.feelings import lines_of, mood
    from blueprint.analysis.protocol import speeches

    for loc, name, script in felt:
        told: set[Loc] = set()
        for speech in speeches(script, journey.language):
            lines = lines_of(script, speech)
            found = mood(lines, speech, judged.standards.lexicon)
            for line in found.unmirrored if found else ():
                where = (*loc, "script", *speech.loc(line))
                if where in told:
                    continue
                told.add(where)
                yield Finding(
                    (*where, "feeling"),
                    both(
                        f"the customer is {lines[line].feeling} at `{name}`, and the next words "
                        "do not take it up",
                        f"客户在 `{name}` 情绪为 {lines[line].feeling}，接下来的话没有回应",
                    ),
                    both(
                        "say first what you see, as in “I understand what this means for you”",
                        "先回应情绪，例如“我理解这种情况对您的影响”",
                    ),
                    name,
                )
