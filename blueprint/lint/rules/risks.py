"""RK: what may go wrong, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.lint import uses
from blueprint.lint.risk_rows import risk_rows
from blueprint.lint.rule import Finding, Scope, rule
from blueprint.lint.wording import both
from blueprint.model.journey import Journey
from blueprint.model.service import Failure
from blueprint.model.values import Loc

CATASTROPHIC = 9
"""From this severity on it is not enough to notice in time."""


def _listed(words: list[str], last: str) -> str:
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


_PARTS = (("action", "action", "措施"), ("owner", "owner", "负责人"), ("due", "date", "期限"))


@rule("RK101", zh="高优先级风险无人处理", calm=uses.actions)
def unanswered_risk(scope: Scope) -> Iterator[Finding]:
    """A risk of action priority H has no action, no owner or no date.

    Why: High priority means: act, or say why not. An action that nobody owns, or that is due some day, is
        a wish. Priority is read from severity, occurrence and detection, by the table of the team's
        playbook or the built-in one; where published versions differ, the most severe letter counts.
        Speaks by default where some risk has an action.
    Why(zh): 高优先级的意思是：要么行动，要么说明为什么不行动。没有负责人、没有期限的行动只是愿望。优先
        级由严重度、发生度和探测度按团队手册的表（没有则按内置的表）查出；已公布的各版本不一致时，取最严
        重的等级。默认只在有风险写了行动时检查。

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
                  - {pain: Nobody answers, severity: 8, occurrence: 9, detection: 7, action: More staff}
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
                    severity: 8
                    occurrence: 9
                    detection: 7
                    action: Claims get an evening shift
                    owner: Head of service
                    due: 2027-03-31
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 9.2, RK01; modelled on the action priority of AIAG–VDA FMEA 2019 (S000, S004).
    """
    for row in risk_rows(scope):
        reading, it = row.reading(scope), row.risk
        missing = [part for part in _PARTS if getattr(it, part[0]) is None]
        if reading is None or reading.priority != "H" or not missing:
            continue
        rated_en = f"severity {it.severity}, occurrence {it.occurrence}, detection {it.detection}"
        rated_zh = f"严重度 {it.severity}、频度 {it.occurrence}、探测度 {it.detection}"
        versions = "/".join(reading.versions)
        said_en = (
            f"; versions of the table say {versions}, the most severe counts" if reading.contested else ""
        )
        said_zh = f"；各版本的表给出 {versions}，取最严重的" if reading.contested else ""
        yield Finding(
            row.loc,
            both(
                f"“{row.en}” has action priority H ({rated_en}{said_en}), but no "
                + _listed([part[1] for part in missing], "or"),
                f"“{row.zh}”的措施优先级为 H（{rated_zh}{said_zh}），但没有"
                + "、".join(part[2] for part in missing),
            ),
            both(
                "say what is done, by whom and by when: `action:`, `owner:`, `due:`",
                "写明做什么、谁负责、何时完成：`action:`、`owner:`、`due:`",
            ),
            row.element,
        )


@rule("RK102", zh="严重风险只靠发现")
def detection_only(scope: Scope) -> Iterator[Finding]:
    """A risk of severity 9 or 10 is answered only by noticing it sooner.

    Why: Where safety, law or data are at stake it must not happen. Noticing it in time helps the next
        customer, not this one: make it rarer, or build it so that less is at stake.
    Why(zh): 涉及安全、法律或数据的事，根本不能发生。及时发现只帮得了下一位客户：要让它更少发生，或重新
        设计，让后果不再那么大。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Sends bank details
                kinds: [first]
                emotion: 0
                pains:
                  - pain: The details go to somebody else
                    severity: 10
                    occurrence: 3
                    detection: 8
                    action: A weekly look at the log
                    owner: Security
                    due: 2027-01-31
                    aim: {detection: 4}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Sends bank details
                kinds: [first]
                emotion: 0
                pains:
                  - pain: The details go to somebody else
                    severity: 10
                    occurrence: 3
                    detection: 8
                    action: Details are typed into the claim, never mailed
                    owner: Security
                    due: 2027-01-31
                    aim: {occurrence: 1, detection: 4}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 9.2, RK02.
    """
    for row in risk_rows(scope):
        it = row.risk
        if it.severity is None or it.severity < CATASTROPHIC:
            continue
        guard = it.poka_yoke if isinstance(it, Failure) else None
        if it.aim is not None:
            rarer = it.aim.occurrence is not None and it.aim.occurrence < (it.occurrence or 10)
            milder = it.aim.severity is not None and it.aim.severity < it.severity
            only = it.aim.detection is not None and not rarer and not milder
            loc: Loc = (*row.loc, "aim")
        else:
            only, loc = guard is not None and guard.mode == "detect", (*row.loc, "poka_yoke")
        if only:
            yield Finding(
                loc,
                both(
                    f"“{row.en}” has severity {it.severity}, and what is done only notices it sooner",
                    f"“{row.zh}”的严重度为 {it.severity}，而所做的只是更早发现",
                ),
                both(
                    "prevent it: lower the occurrence, or redesign so that less is at stake",
                    "要预防它：降低频度，或重新设计以减轻后果",
                ),
                row.element,
            )


@rule("RK103", zh="降低严重度却没有重新设计")
def severity_wished_away(scope: Scope) -> Iterator[Finding]:
    """An action is expected to lower the severity, but nothing is said to be built differently.

    Why: Severity is what happens to the customer when it goes wrong. Checks and training make it rarer or
        noticed earlier; only another design makes it less bad.
    Why(zh): 严重度说的是出错时客户会怎样。检查和培训只能让它少发生、早发现；只有换一种设计才能让后果变
        轻。

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
                  - pain: The claim is lost
                    severity: 8
                    occurrence: 3
                    detection: 5
                    action: Train the clerks
                    aim: {severity: 4}
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
                  - pain: The claim is lost
                    severity: 8
                    occurrence: 3
                    detection: 5
                    action: Customers keep a copy with the number
                    redesign: A lost claim is restored from the customer's copy within a minute
                    aim: {severity: 4}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 9.2, RK03.
    """
    for row in risk_rows(scope):
        it = row.risk
        aim = it.aim.severity if it.aim else None
        if aim is not None and it.severity is not None and aim < it.severity and it.redesign is None:
            yield Finding(
                (*row.loc, "aim", "severity"),
                both(
                    f"“{row.en}” is to fall from severity {it.severity} to {aim} without a redesign",
                    f"“{row.zh}”的严重度要从 {it.severity} 降到 {aim}，却没有任何重新设计",
                ),
                both(
                    "say what is built differently (`redesign:`), or leave the severity as it is",
                    "写明哪里改变了设计（`redesign:`），否则保持原来的严重度",
                ),
                row.element,
            )


@rule("RK104", zh="探测度写反了")
def inverted_detection(scope: Scope) -> Iterator[Finding]:
    """A risk is said to be always noticed before the customer does, but nothing notices it.

    Why: 1 means always noticed, 10 means never. The scale runs against intuition, and a detection of 1 with
        no control behind it is nearly always a 10 written the wrong way round; it hides the worst risks.
    Why(zh): 1 表示总能发现，10 表示永远发现不了。这个刻度与直觉相反：没有任何控制措施却写 1，多半是
        把 10 写反了，最糟的风险就此被藏起来。

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
                pains: [{pain: The claim is lost, severity: 6, occurrence: 3, detection: 1}]
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
                  - pain: The claim is lost
                    severity: 6
                    occurrence: 3
                    detection: 1
                    control: Every claim without an entry after ten minutes rings the desk
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 9.2, RK04.
    """
    for row in risk_rows(scope):
        it = row.risk
        guarded = it.poka_yoke if isinstance(it, Failure) else it.before
        if it.detection == 1 and it.control is None and guarded is None:
            yield Finding(
                (*row.loc, "detection"),
                both(
                    f"“{row.en}” has detection 1, always noticed in time, but no control notices it",
                    f"“{row.zh}”的探测度为 1，即总能及时发现，但没有任何控制手段",
                ),
                both(
                    "1 is always noticed, 10 never: turn it round, or write what notices it as `control:`",
                    "1 是总能发现，10 是从不发现：改正数值，或用 `control:` 写明靠什么发现",
                ),
                row.element,
            )


@rule("RK105", severity="info", default=False, zh="关键触点没有风险分析")
def unexamined_touchpoint(journey: Journey) -> Iterator[Finding]:
    """A complaint touchpoint, or a strongly felt bad one, names no pain.

    Why: Where customers complain something has gone wrong before. Without a row in the register nobody asks
        what, how often and why.
    Why(zh): 客户在哪里投诉，哪里之前就已经出了错。风险登记表里没有它，就没有人会问：会出什么错、多久一
        次、为什么。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, complain: 0.1}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1, next: {paid: 1}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, complain: 0.1}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                pains: [{pain: Tells it all again, severity: 6, occurrence: 8, detection: 7}]
                next: {paid: 1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 9.2, RK05.
    """
    for loc, _, point in journey.places:
        feels = uses.feeling(point)
        bad = feels is not None and feels < journey.neutral_emotion
        if not point.pains and ("complaint" in point.kinds or ("high-perception" in point.kinds and bad)):
            yield Finding(
                (*loc, "id"),
                both(
                    f"`{point.id}` is where it hurts, and no pain is written",
                    f"`{point.id}` 是客户受伤的地方，却没有写任何痛点",
                ),
                both(
                    "write what goes wrong before it and rate it: `pains: [{pain: …, severity: 6, "
                    "occurrence: 4, detection: 7}]`",
                    "写明之前出了什么问题并评级：`pains: [{pain: …, severity: 6, "
                    "occurrence: 4, detection: 7}]`",
                ),
                point.id,
            )
