"""SG2: what personas say of themselves, and whether the journey answers it."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.lint.personas import personas_in
from blueprint.lint.rule import Finding, Judged, Scope, rule
from blueprint.lint.wording import both, ids
from blueprint.model.values import Loc, Text


@rule("SG201", severity="info", zh="画像的特点没有触点回应")
def unanswered_trait(judged: Judged) -> Iterator[Finding]:
    """A persona names a trait or a need that no touchpoint answers.

    Why: A persona who wants privacy, on a journey that keeps none, is a drawing on a wall. Speaks of lists
        which the persona names and of which some touchpoint says what it covers; where a list is for
        high-perception touchpoints, only those count.
    Why(zh): 画像里的人看重隐私，旅程却毫不顾及，那画像只是墙上的一幅画。只检查画像提到、且有触点声明覆
        盖的清单；清单若只针对高感知触点，就只看这些触点。

    Bad:
        ```yaml
        journey: refund
        persona: {persona: collector, covers: {vip-traits: [time, privacy]}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1, covers: {vip-traits: time}}
        ```

    Good:
        ```yaml
        journey: refund
        persona: {persona: collector, covers: {vip-traits: [time, privacy]}}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                covers: {vip-traits: [time, privacy]}
        ```

    Source: domain sheet 17, A05 and A06 (要客特点4项、情感心理诉求, S000): persona × touchpoint coverage.
    """
    journey = judged.journey
    said = {id for point in journey.touchpoints.values() for id in point.covers}
    if not any(said & set(persona.covers) for persona in judged.personas.values()):
        return
    from blueprint.analysis.clientele import answered

    for persona in judged.personas.values():
        for id in persona.covers:
            entry = judged.standards.coverage.get(id)
            if entry is None or entry.of not in ("persona", "touchpoint"):
                continue
            found = answered(id, entry, persona, journey)
            if found is None or not found.unanswered:
                continue
            titles = {item.id: item.title for item in entry.items}
            lacking = [titles[item] for item in found.unanswered]
            title = entry.title or Text(id)
            yield Finding(
                ("persona",),
                both(
                    f"nothing answers what `{persona.id}` asks for: "
                    f"{', '.join(it.pick('en') for it in lacking)} (“{title.pick('en')}”)",
                    f"没有触点回应 `{persona.id}` 的{'、'.join(it.pick('zh') for it in lacking)}"
                    f"（“{title.pick('zh')}”）",
                ),
                both(
                    f"plan where it is answered and say so there: `covers: {{{id}: …}}`",
                    f"规划由哪个触点回应，并在那里写明：`covers: {{{id}: …}}`",
                ),
                persona.id,
            )


@rule("SG202", zh="话术说了客户忌讳的词")
def taboo_said(judged: Judged) -> Iterator[Finding]:
    """A script says a word that must not be said to one of its customers.

    Why: What is a harmless number here is a funeral there. A persona's `culture: {taboos: […]}` lists the
        words; they are looked for as written, in every line that employees say.
    Why(zh): 在这里普普通通的数字，到那里可能意味着丧事。忌讳的词写在画像
        的 `culture: {taboos: […]}` 里，按原样在员工说的每句话中查找。

    Bad:
        ```yaml
        journey: refund
        persona: {persona: collector, culture: {taboos: [clock]}}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                script: {lines: [{agent: As a gift we send you a clock.}]}
        ```

    Good:
        ```yaml
        journey: refund
        persona: {persona: collector, culture: {taboos: [clock]}}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                script: {lines: [{agent: As a gift we send you a tea set.}]}
        ```

    Source: domain sheet 17, G19 (跨文化, S000, S001, S004): variants by place, a list of taboos.
    """
    if not any(persona.culture and persona.culture.taboos for persona in judged.personas.values()):
        return
    from blueprint.analysis.clientele import taboos_said

    places = {place.touchpoint.id: place.loc for place in reversed(judged.journey.places)}
    for persona in judged.personas.values():
        seen: set[tuple[Loc, str]] = set()
        for it in taboos_said(persona, judged.journey):
            loc = (*places[it.touchpoint], "script", *it.loc)
            if (loc, it.word) in seen:
                continue
            seen.add((loc, it.word))
            yield Finding(
                loc,
                both(
                    f"“{it.word}” must not be said to `{persona.id}`",
                    f"对 `{persona.id}` 不能说“{it.word}”",
                ),
                both("say it in other words", "请换一种说法"),
                it.touchpoint,
            )


@rule("SG203", severity="info", zh="采集了没有用处的客户信息")
def purposeless_data(scope: Scope) -> Iterator[Finding]:
    """Something is known about a persona, and nobody says what for.

    Why: What serves nothing should not be collected: it costs trust, and one day it leaks. Each datum of a
        profile (basic, behaviour, interaction, social) names its purpose.
    Why(zh): 没有用处的信息就不该收集：它消耗信任，而且总有一天会泄露。画像里的每项数据（基础、行为、互
        动、社交）都要写明用途。

    Bad:
        ```yaml
        persona: collector
        profile: {basic: [{data: Birthday, purpose: A greeting on the day}], social: [{data: Her friends}]}
        ```

    Good:
        ```yaml
        persona: collector
        profile: {basic: [{data: Birthday, purpose: A greeting on the day}]}
        ```

    Source: domain sheet 17, H06 (画像：基础、行为、互动、社交, S004): classes of data, only what is needed.
    """
    for loc, persona in personas_in(scope):
        for kind, data in persona.profile.items():
            for at, datum in enumerate(data):
                if datum.purpose is None:
                    yield Finding(
                        (*loc, "profile", kind, at),
                        both(
                            f"“{datum.data.pick('en')}” is known of `{persona.id}`; nobody says what for",
                            f"采集了 `{persona.id}` 的“{datum.data.pick('zh')}”，却没有写用途",
                        ),
                        both(
                            "name what it is used for: `purpose: …`, or stop collecting it",
                            "写明用途：`purpose: …`，或不再采集",
                        ),
                        persona.id,
                    )


@rule("SG204", severity="info", zh="话术没有适合该类客户的版本")
def unspoken_type(judged: Judged) -> Iterator[Finding]:
    """A script has words for some types of customers, but not for all three, or not for one who comes here.

    Why: Who is silent is asked openly, who resists is accepted first and given facts, who complains is
        heard to the end. Whoever wrote one of the three knows that one way does not fit all.
    Why(zh): 沉默的人要用开放式问题问，抗拒的人要先接纳再给事实，抱怨的人要听他说完。已经写了其中一种的
        团队，自然知道一种说法不适合所有人。

    Bad:
        ```yaml
        journey: refund
        persona: {persona: hurried, style: driver}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                script:
                  lines: [{agent: Good morning}]
                  variants: {silent: [{agent: What would help you most?}]}
        ```

    Good:
        ```yaml
        journey: refund
        persona: {persona: hurried, style: driver}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                script:
                  lines: [{agent: Good morning}]
                  variants:
                    silent: [{agent: What would help you most?}]
                    resisting: [{agent: You are right to ask. Here is the date of the parcel.}]
                    complaining: [{agent: Please tell me all of it. I am writing it down.}]
        ```

    Source: domain sheet 17, F39 (沉默型、抗拒型、抱怨型对策, S000).
    """
    types = ("silent", "resisting", "complaining")
    for loc, _, point in judged.journey.places:
        script = point.script
        if script is None or not any(it in script.variants for it in types):
            continue
        missing = [it for it in types if it not in script.variants]
        if missing:
            who = [p.id for p in judged.personas.values() if p.type in missing]
            come_en = f"; {ids(who)} comes here" if who else ""
            come_zh = f"；{ids(who, 'zh')} 正是这类客户" if who else ""
            named = "、".join(_TYPES_ZH[it] for it in missing)
            yield Finding(
                (*loc, "script", "variants"),
                both(
                    f"`{point.id}` has no words for {' or '.join(missing)} customers{come_en}",
                    f"`{point.id}` 的话术没有适合{named}客户的版本{come_zh}",
                ),
                both(
                    "ask the silent openly and offer a choice; accept, then give facts to who resists; "
                    "listen to the end to who complains, then solve",
                    "沉默型：开放式提问并给出选择；抗拒型：先接纳再给事实；抱怨型：听完再解决",
                ),
                point.id,
            )


_TYPES_ZH = {"silent": "沉默型", "resisting": "抗拒型", "complaining": "抱怨型"}


@rule("SG205", severity="info", zh="画像所处的生命周期阶段没有人照料")
def unserved_phase(judged: Judged) -> Iterator[Finding]:
    """A persona stands in a phase of the lifecycle that no stage of the journey serves.

    Why: Who is about to leave is not helped by a journey made for newcomers. Stages name their phase
        (`lifecycle: retain`), personas the one they are in (`phase: declining`); names of one lifecycle
        count in the other where a playbook lines them up.
    Why(zh): 为新客户设计的旅程帮不了快要离开的人。阶段写明所属时期（`lifecycle: retain`），画像写明所处
        时期（`phase: declining`）；手册若把两套生命周期对应起来，一套的名称在另一套里同样有效。

    Bad:
        ```yaml
        journey: refund
        persona: {persona: collector, phase: declining}
        stages:
          - stage: claim
            lifecycle: acquire
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        persona: {persona: collector, phase: declining}
        stages:
          - stage: claim
            lifecycle: retain
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Source: domain sheet 10.4 and 17, H03, H04 (获客、培育、维护、挽留, S000; 新客、成长、成熟、衰退, S004).
    """
    personas = [persona for persona in judged.personas.values() if persona.phase is not None]
    if not personas or not any(stage.lifecycle for stage in judged.journey.stages):
        return
    from blueprint.analysis.lifecycles import lifecycle_cover

    lifecycles = judged.standards.lifecycles
    told: set[str] = set()
    for id in lifecycles:
        found = lifecycle_cover(id, lifecycles, judged.journey, personas)
        for who, phase in found.unserved.items() if found is not None else ():
            served = found is not None and len(found.nowhere) < len(found.phases)
            if who in told or not served:
                continue
            told.add(who)
            title = next(term.title for term in lifecycles[id].terms if term.id == phase)
            yield Finding(
                ("persona",),
                both(
                    f"`{who}` is in the phase “{title.pick('en')}”, and no stage serves it",
                    f"`{who}` 处于“{title.pick('zh')}”阶段，没有任何旅程阶段照料",
                ),
                both(
                    f"plan a stage for it and mark it `lifecycle: {phase}`",
                    f"为其规划旅程阶段，并标注 `lifecycle: {phase}`",
                ),
                who,
            )


@rule("SG208", severity="info", zh="客户偏好的渠道旅程中没有")
def unoffered_channel(judged: Judged) -> Iterator[Finding]:
    """A persona would rather talk on a channel that no touchpoint of the journey offers.

    Why: Who would rather write is rung up, and does not answer. The first channel that a persona names is
        the one they like best; it should be there at least once. Speaks where touchpoints name channels.
    Why(zh): 想用文字沟通的人接到的是电话，于是不接。画像写的第一个渠道是最喜欢的渠道，至少应当出现一
        次。只在触点写了渠道时检查。

    Bad:
        ```yaml
        journey: refund
        persona: {persona: collector, channels: [letter, phone]}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1, channel: phone}
        ```

    Good:
        ```yaml
        journey: refund
        persona: {persona: collector, channels: [letter, phone]}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1, channel: letter}
        ```

    Source: domain sheet 17, G21 (沟通偏好, S000): groups of customers by the channel they prefer.
    """
    choosy = any(persona.channels for persona in judged.personas.values())
    if not choosy or not any(point.channel for point in judged.journey.touchpoints.values()):
        return
    from blueprint.analysis.clientele import missed_channels

    for persona in judged.personas.values():
        if persona.channels and persona.channels[0] in missed_channels(persona, judged.journey):
            liked = persona.channels[0]
            yield Finding(
                ("persona",),
                both(
                    f"`{persona.id}` would rather talk by {liked}, and no touchpoint offers it",
                    f"`{persona.id}` 更愿意用“{liked}”沟通，但没有触点提供",
                ),
                both(
                    f"offer it where it matters most: `channel: {liked}`, or correct the persona",
                    f"在最要紧的触点提供：`channel: {liked}`，或更正画像",
                ),
                persona.id,
            )
