"""RC: whether causes were followed to the end, and looked for everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from blueprint.lint.risk_rows import RiskRow, risk_rows
from blueprint.lint.rule import Finding, Note, Scope, rule
from blueprint.lint.wording import both

if TYPE_CHECKING:
    from blueprint.analysis.whys import WhyChain


def _chain(row: RiskRow, language: str = "en") -> WhyChain:
    from blueprint.analysis.whys import why_chain

    return why_chain([cause.pick(language) for cause in row.risk.causes])


@rule("RC101", zh="原因绕圈")
def circular_whys(scope: Scope) -> Iterator[Finding]:
    """A chain of whys comes back to a cause it named before.

    Why: "Late because understaffed, understaffed because late" explains nothing. Each why answers the one
        before it, and leads somewhere new.
    Why(zh): “晚了是因为人手不足，人手不足是因为晚了”，什么也没有解释。每一个为什么都回答前一个，并引向
        新的地方。

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
                pains:
                  - pain: Nobody answers
                    causes: [The desk is busy, Many ask twice, The desk is busy]
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
                pains:
                  - pain: Nobody answers
                    causes: [The desk is busy, Many ask twice, The process sends no receipt]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 9.3, RC01; 5 Whys (S000, S001, S004).
    """
    for row in risk_rows(scope):
        if not row.risk.causes:
            continue
        chain = _chain(row)
        for first, second in chain.repeats[:1]:
            yield Finding(
                (*row.loc, "causes", second),
                both(
                    f"the whys of “{row.en}” come back to where they were: cause {second + 1} is cause "
                    f"{first + 1}",
                    f"“{row.zh}”的追问绕回了原处：第 {second + 1} 个原因就是第 {first + 1} 个",
                ),
                both(
                    "ask what causes it instead of naming it again",
                    "继续追问它的原因，而不是再说一遍",
                ),
                row.element,
                (Note((*row.loc, "causes", first), both("the same cause", "同一个原因")),),
            )


@rule("RC102", zh="把原因归到人")
def blaming_whys(scope: Scope) -> Iterator[Finding]:
    """A chain of whys stops at somebody's fault.

    Why: "Careless" cannot be mended; the next careless person is already hired. Ask once more: what made it
        easy to do wrong? The last why is a process, a system or a rule that can be changed.
    Why(zh): “粗心”没法改；下一个粗心的人已经招进来了。再问一次：是什么让人容易出错？最后一个为什么应当
        落在可以改变的流程、系统或规则上。

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
                pains:
                  - pain: The wrong amount is paid
                    causes: [The amount is typed by hand, Digits are swapped, The agent was careless]
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
                pains:
                  - pain: The wrong amount is paid
                    causes: [The amount is typed by hand, Digits are swapped, The form has no check digit]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 9.3, RC02; S004: 响应慢 lies in a redundant process, not in too few people.
    """
    for row in risk_rows(scope):
        for language in ("en", "zh") if row.risk.causes else ():
            chain = _chain(row, language)
            if chain.stops_at_a_person:
                last = chain.length - 1
                word = next((word for at, word in chain.blames if at == last), "")
                yield Finding(
                    (*row.loc, "causes", last),
                    both(
                        f"the whys of “{row.en}” stop at a person: “{word}”",
                        f"“{row.zh}”的追问停在了人身上：“{word}”",
                    ),
                    both(
                        "ask once more: which process, system or rule made it easy to do wrong?",
                        "再问一次：是哪个流程、系统或规则让人容易出错？",
                    ),
                    row.element,
                )
                break


@rule("RC103", severity="info", zh="追问得不够")
def short_whys(scope: Scope, *, least: int = 3, most: int = 7) -> Iterator[Finding]:
    """The whys of a risk of action priority H are too few, or too many.

    Why: One or two whys name a symptom. Three to seven reach something that can be changed; more have
        usually left the subject. Speaks of risks of priority H with some cause written.
    Why(zh): 一两个为什么说的只是症状。三到七个才能触及可以改变的东西；再多，往往已经跑题。只检查优先级
        为 H 且写了原因的风险。

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
                pains:
                  - {pain: No answer, severity: 8, occurrence: 9, detection: 7, causes: [The desk is busy]}
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
                pains:
                  - pain: No answer
                    severity: 8
                    occurrence: 9
                    detection: 7
                    causes: [The desk is busy, Many ask twice, The process sends no receipt]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 9.3; 5 Whys (S001, S004).
    """
    for row in risk_rows(scope):
        count = len(row.risk.causes)
        if not count or least <= count <= most:
            continue
        reading = row.reading(scope)
        if reading is None or reading.priority != "H":
            continue
        few = count < least
        whys = "why" if count == 1 else "whys"
        yield Finding(
            (*row.loc, "causes"),
            both(
                f"“{row.en}” has priority H and {count} {whys}, {'fewer' if few else 'more'} than "
                f"{least if few else most}",
                f"“{row.zh}”的优先级为 H，却只追问了 {count} 次，少于 {least} 次"
                if few
                else f"“{row.zh}”的追问有 {count} 次，多于 {most} 次",
            ),
            both("ask on until something can be changed", "继续追问，直到找到可以改变的东西")
            if few
            else both("keep the chain that leads to what can be changed", "只保留通向可改变之处的那条链"),
            row.element,
        )


_BONES = {
    "people": "人",
    "process": "流程",
    "system": "系统",
    "environment": "环境",
    "policy": "政策",
    "information": "信息",
}


@rule("RC104", severity="info", zh="只在少数方面找原因")
def narrow_search(scope: Scope, *, least: int = 3) -> Iterator[Finding]:
    """Causes were looked for on too few bones of the fish.

    Why: Whoever looks only at people finds people. Three of people, process, system, environment, policy
        and information make it likely that the cause is among them.
    Why(zh): 只在人身上找，找到的就只有人。人、流程、系统、环境、政策、信息，六个方面至少看过三个，原因
        才大致会在其中。

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
                pains: [{pain: Nobody answers, considered: [people]}]
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
                pains: [{pain: Nobody answers, considered: [people, process, system]}]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 9.3; fishbone diagram (S000).
    """
    for row in risk_rows(scope):
        seen = dict.fromkeys(row.risk.considered)
        if 0 < len(seen) < least:
            yield Finding(
                (*row.loc, "considered"),
                both(
                    f"causes of “{row.en}” were looked for only in: {', '.join(seen)}",
                    f"“{row.zh}”的原因只在这些方面找过：{'、'.join(_BONES[it] for it in seen)}",
                ),
                both(
                    f"look at {least} or more of people, process, system, environment, policy, information",
                    f"至少查看六个方面中的 {least} 个：人、流程、系统、环境、政策、信息",
                ),
                row.element,
            )
