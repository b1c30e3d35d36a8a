"""LX3xx: what has to be said, and in which order: required words, protocols, deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from blueprint.figures import number
from blueprint.lint.rule import Finding, Judged, rule
from blueprint.lint.wording import both, did_you_mean, ids
from blueprint.model.script import Script
from blueprint.model.values import Loc

if TYPE_CHECKING:
    from blueprint.analysis.protocol import ScriptScore, Speech
    from blueprint.model.practice import Protocol


def _protocols(judged: Judged) -> bool:
    """Some script names a protocol."""
    scripts = (point.script for point in judged.journey.touchpoints.values())
    return any(script is not None and script.protocol is not None for script in scripts)


def _difficult(judged: Judged) -> bool:
    """Some touchpoint says what makes it hard."""
    return any(point.difficulty for point in judged.journey.touchpoints.values())


def _scripts(judged: Judged) -> Iterator[tuple[Loc, str, Script]]:
    for loc, _, touchpoint in judged.journey.first_places:
        if touchpoint.script is not None:
            yield (*loc, "script"), touchpoint.id, touchpoint.script


def _scores(judged: Judged) -> Iterator[tuple[Loc, str, Speech, ScriptScore, Protocol]]:
    if not _protocols(judged):
        return
    from blueprint.analysis.protocol import scored, speeches

    for loc, name, script in _scripts(judged):
        protocol = judged.standards.protocols.get(script.protocol or "")
        for speech in speeches(script, judged.journey.language) if protocol is not None else ():
            found = scored(script, speech, judged.standards.protocols)
            if found is not None and protocol is not None and found.score is not None:
                yield loc, name, speech, found, protocol


def _headings(protocol: Protocol, steps: tuple[str, ...], language: str) -> str:
    titles = {step.id: step.heading.pick(language) for step in protocol.steps}
    comma = "、" if language == "zh" else ", "
    return comma.join(f"“{titles[step]}”" for step in steps)


@rule("LX301", zh="没有这个话术流程")
def unknown_protocol(judged: Judged) -> Iterator[Finding]:
    """A script names a protocol that does not exist.

    Why: The script looks as if it were held against a standard, and is held against none.
    Why(zh): 这段话术看起来是按标准检查的，其实什么标准也没有对上。

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
                script: {protocol: eoca, lines: [{agent: May I ask what happened?}]}
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
                script: {lines: [{agent: May I ask what happened?}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: the protocols of the playbooks; `blueprint playbook list`.
    """
    for loc, name, script in _scripts(judged):
        if script.protocol is None or script.protocol in judged.standards.protocols:
            continue
        yield Finding(
            (*loc, "protocol"),
            both(
                f"no playbook knows the protocol `{script.protocol}`",
                f"没有手册定义过流程 `{script.protocol}`",
            ),
            did_you_mean(
                script.protocol,
                judged.standards.protocols,
                both(
                    "see `blueprint playbook list`, or write it in a `playbook:` of your own",
                    "查看 `blueprint playbook list`，或写进自己的 `playbook:`",
                ),
            ),
            name,
        )


@rule("LX302", severity="info", zh="话术没有走完流程", calm=_protocols)
def incomplete_script(judged: Judged) -> Iterator[Finding]:
    """A script leaves out steps of its protocol, or takes them in another order.

    Why: Each step has a use: who offers before exploring solves the wrong problem, who does not confirm
        hears about it later. The score is coverage × order. Steps are recognised by their words, so a step
        in other words may be overlooked: add the words to the protocol in a playbook.
    Why(zh): 每一步都有用处：没弄清就给方案，解决的是另一个问题；不确认，事后就会听到回音。得分 = 覆盖
        率 × 顺序。步骤靠用词识别，换了说法可能认不出来：请把这些说法加进手册里的流程。

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
                  protocol: eoac
                  lines:
                    - {agent: May I ask what happened?}
                    - {agent: I will call you by five today.}
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
                  protocol: eoac
                  lines:
                    - {agent: May I ask what happened?}
                    - {agent: I can send a new lamp.}
                    - {agent: I will call you by five today.}
                    - {agent: Is that all right with you?}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S003, EOAC (积极沟通模型); the score is defined in section 2 of the domain sheet.
    """
    said: set[tuple[str, str | None, tuple[str, ...], tuple[str, ...]]] = set()
    for loc, name, speech, found, protocol in _scores(judged):
        kind = (name, speech.style, found.missing, found.misplaced)
        if kind in said or not (found.missing or found.misplaced):
            continue
        said.add(kind)  # the same in another language is said once
        parts, parts_zh = [], []
        if found.missing:
            parts.append(f"lacks {_headings(protocol, found.missing, 'en')}")
            parts_zh.append(f"缺少{_headings(protocol, found.missing, 'zh')}")
        if found.misplaced:
            parts.append(f"has {_headings(protocol, found.misplaced, 'en')} in the wrong place")
            parts_zh.append(f"{_headings(protocol, found.misplaced, 'zh')}顺序不对")
        score = number(found.score or 0.0)
        variant = f" ({speech.style})" if speech.style else ""
        yield Finding(
            (*loc, "protocol"),
            both(
                f"the script of `{name}`{variant} scores {score} against `{found.protocol}`: it "
                f"{' and '.join(parts)}",
                f"`{name}`{variant} 的话术按 `{found.protocol}` 得 {score} 分：{'；'.join(parts_zh)}",
            ),
            both(
                "add or move the lines; where a step is there in other words, add them to its cues in a "
                "playbook",
                "补上或调整对应的话；如果只是说法不同，请在手册里为该步骤补充关键词",
            ),
            name,
        )


@rule("LX303", severity="error", zh="步骤中出现了不该说的话")
def spoiled_step(judged: Judged) -> Iterator[Finding]:
    """A step of a protocol contains words that spoil it.

    Why: Some words undo what the step is for: a “but” right after the understanding, a defence right
        after the apology. The protocol names them.
    Why(zh): 有些话会让这一步白做：刚表示理解就接“但是”，刚道歉就开始辩解。流程中写明了这些话。

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
                script: {protocol: thanks, lines: [{agent: "Thank you for calling, unfortunately."}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        playbook: house
        protocols:
          thanks:
            title: Thanks
            source: Service desk
            steps:
              - {id: thank, cues: {en: [thank you]}, forbidden: {en: [unfortunately]}}
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
                script: {protocol: thanks, lines: [{agent: Thank you for calling.}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        playbook: house
        protocols:
          thanks:
            title: Thanks
            source: Service desk
            steps:
              - {id: thank, cues: {en: [thank you]}, forbidden: {en: [unfortunately]}}
        ```

    Source: forbidden cues inside a step, section 2 of the domain sheet.
    """
    for loc, name, speech, found, protocol in _scores(judged):
        for spoiled in found.spoiled:
            yield Finding(
                (*loc, *speech.loc(spoiled.line), "agent"),
                both(
                    f"“{spoiled.text}” spoils the step {_headings(protocol, (spoiled.step,), 'en')}",
                    f"“{spoiled.text}”破坏了{_headings(protocol, (spoiled.step,), 'zh')}这一步",
                ),
                both("leave it out and pause instead", "去掉它，停顿一下"),
                name,
            )


@rule("LX304", zh="行动承诺没有时间")
def undated_action(judged: Judged) -> Iterator[Finding]:
    """A script promises an action and does not say by when.

    Why: The step of a protocol that commits to something has to name a time: definite, not vague.
    Why(zh): 流程里作出承诺的那一步必须说出时间，而且要确切，不能含糊。

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
                  protocol: eoac
                  lines:
                    - {agent: May I ask what happened?}
                    - {agent: I can send a new lamp.}
                    - {agent: I will call the courier.}
                    - {agent: Is that all right with you?}
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
                  protocol: eoac
                  lines:
                    - {agent: May I ask what happened?}
                    - {agent: I can send a new lamp.}
                    - {agent: I will call the courier by five today.}
                    - {agent: Is that all right with you?}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, managing promises (明确时间点，不含糊); E-PROMISE-NODUE of the domain sheet.
    """
    for loc, name, speech, found, protocol in _scores(judged):
        for hit in found.undated:
            yield Finding(
                (*loc, *speech.loc(hit.line), "agent"),
                both(
                    f"{_headings(protocol, (hit.step,), 'en')} has to name a time, and none is said",
                    f"{_headings(protocol, (hit.step,), 'zh')}要说出时间，这里没有",
                ),
                both("say by when: “by five today”", "说明何时完成：“今天下午五点前”"),
                name,
            )


@rule("LX305", zh="疑难场景没有对应话术", calm=_difficult)
def unscripted_difficulty(judged: Judged) -> Iterator[Finding]:
    """A touchpoint is marked as difficult and has no script for that difficulty.

    Why: What goes beyond the role, the department or the contract cannot be improvised. The protocols
        say for which difficulties they are made, EOAC for these three and for cross-department ones.
    Why(zh): 超出岗位、部门或合同范围的事，没法临场发挥。每个流程都写明适用于哪些疑难场景，EOAC 适用于上
        述三种以及跨部门的情形。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, difficulty: beyond-contract}
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
                difficulty: beyond-contract
                script:
                  protocol: eoac
                  lines:
                    - {agent: May I ask what happened?}
                    - {agent: I can send a new lamp.}
                    - {agent: I will call the courier by five today.}
                    - {agent: Is that all right with you?}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S003, when to use EOAC; W-NO-EOAC of the domain sheet.
    """
    if not _difficult(judged):
        return
    for loc, _, touchpoint in judged.journey.places:
        for at, difficulty in enumerate(touchpoint.difficulty):
            made = [n for n, p in judged.standards.protocols.items() if difficulty in p.difficulties]
            named = touchpoint.script.protocol if touchpoint.script is not None else None
            if made and named not in made:
                yield Finding(
                    (*loc, "difficulty", at),
                    both(
                        f"`{touchpoint.id}` is marked {difficulty}, but no script follows {ids(made)}",
                        f"`{touchpoint.id}` 标为 {difficulty}，却没有按 {ids(made, 'zh')} 写的话术",
                    ),
                    both(
                        f"write what is said there: `script: {{protocol: {made[0]}, lines: […]}}`",
                        f"写下那里怎么说：`script: {{protocol: {made[0]}, lines: […]}}`",
                    ),
                    touchpoint.id,
                )


@rule("LX306", severity="info", zh="投诉话术缺少必要的话", default=False)
def missing_words(judged: Judged) -> Iterator[Finding]:
    """A script for a complaint lacks words that belong into it.

    Why: Feelings come before the matter: without an apology and a word of understanding the best solution
        is heard as a payment. The lexicon says which words are required. Off by default: words can be right
        in ways that no list knows.
    Why(zh): 先处理心情，再处理事情：没有道歉和理解的话，再好的方案听起来也只是打发。词库写明了哪些话不
        能少。默认关闭，因为说得对的方式很多，任何清单都列不全。

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
                script: {lines: [{customer: It is broken!}, {agent: I will send a new one today.}]}
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
                script:
                  lines:
                    - {customer: It is broken!}
                    - {agent: "I understand, and I am sorry."}
                    - {agent: I will send a new one today.}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, empathy and apology (同理心表达、真诚道歉); S001, the golden flow, its third step.
    """
    points = judged.journey.touchpoints
    for loc, name, script in _scripts(judged):
        if "complaint" not in points[name].kinds and points[name].complaint is None:
            continue
        from blueprint.analysis.lexicon import cues_in
        from blueprint.analysis.protocol import speeches

        lexicon = judged.standards.lexicon
        for speech in speeches(script, judged.journey.language):
            cues = cues_in(lexicon, speech.said)
            lacks = [cue.phrase for cue in cues if cue.kind == "require" and not cue.present]
            if not lacks:
                continue
            titles = [(t.pick("en"), t.pick("zh")) for p in lacks if (t := lexicon[p].title)]
            yield Finding(
                (*loc, *(("lines",) if speech.style is None else ("variants", speech.style))),
                both(
                    f"what is said to the complaining customer in `{name}` lacks: "
                    f"{', '.join(en.lower() for en, _ in titles)}",
                    f"`{name}` 对投诉客户的话缺少：{'、'.join(zh for _, zh in titles)}",
                ),
                both(
                    "say it in your own name, before the matter itself",
                    "先以自己的名义说出来，再谈事情",
                ),
                name,
            )
