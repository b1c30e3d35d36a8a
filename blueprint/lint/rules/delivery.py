"""BP: the columns, waits, decisions and failures of a service blueprint."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.results import BlueprintAnalysis
from blueprint.figures import duration
from blueprint.lint import uses
from blueprint.lint.rule import Delivery, Finding, rule
from blueprint.lint.wording import both, ids
from blueprint.model.service import ServiceBlueprint, Step


def _zone(blueprint: ServiceBlueprint, step: Step) -> str | None:
    actor = blueprint.actors.get(step.actor)
    return actor.zone if actor else None


@rule("BP101", zh="触点没有前台步骤", whole=True)
def faceless_touchpoint(delivery: Delivery) -> Iterator[Finding]:
    """Work is done for a touchpoint, but nobody in the frontstage meets the customer there.

    Why: Every customer action has a counterpart the customer can see: a person, a page, a message. If
        all steps are behind the line of visibility, the customer talks to a wall.
    Why(zh): 客户的每个动作都应有一个看得见的对应：人、页面或消息。如果所有步骤都在可视线之后，客户就是
        在对着墙说话。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent: {zone: frontstage}
          clerk: {zone: backstage}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: clerk, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent: {zone: frontstage}
          clerk: {zone: backstage}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: clerk, does: Pays it out, next: tell}
          - {id: tell, at: paid, actor: agent, does: Tells the customer}
        ```

    Source: domain sheet 8, BP01; Bitner, Ostrom and Morgan 2008.
    """
    blueprint, journey = delivery
    for name in journey.touchpoints:
        here = [(at, step) for at, step in enumerate(blueprint.steps) if step.at == name]
        if not here or any(_zone(blueprint, step) in ("frontstage", None) for _, step in here):
            continue
        at, step = here[0]
        yield Finding(
            ("steps", at, "at"),
            both(
                f"nobody meets the customer at `{name}`: its steps are all behind the line of visibility",
                f"在 `{name}` 没有人面对客户：所有步骤都在可视线之后",
            ),
            both(
                "add a frontstage step there; self-service counts, with an actor marked `technology: true`",
                "在这里加一个前台步骤；自助服务也算，角色写 `technology: true`",
            ),
            step.id,
        )


@rule("BP122", severity="info", zh="触点没有任何步骤", whole=True)
def uncovered_touchpoint(delivery: Delivery) -> Iterator[Finding]:
    """A touchpoint of the journey has no step in the blueprint.

    Why: What nobody is named for, nobody delivers. A blueprint that is meant to cover only a part of the
        journey says so with an ignore and a reason.
    Why(zh): 没有指定给任何人的事，就没有人去做。只打算覆盖旅程一部分的蓝图，请用带理由的忽略注释写明。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 17, B04 (双图设计): each customer action has a column in the blueprint.
    """
    blueprint, journey = delivery
    covered = {step.at for step in blueprint.steps}
    missing = [name for name in journey.touchpoints if name not in covered]
    if missing and covered & set(journey.touchpoints):
        many = len(missing) > 1
        yield Finding(
            ("journey",),
            both(
                f"{len(missing)} of {len(journey.touchpoints)} touchpoints of `{journey.id}` "
                f"{'have' if many else 'has'} no step: {ids(missing)}",
                f"旅程 `{journey.id}` 的 {len(journey.touchpoints)} 个触点中有 {len(missing)} "
                "个没有步骤："
                f"{ids(missing, 'zh')}",
            ),
            both(
                "say who serves the customer there, or ignore this with a reason if the part is "
                "left out on purpose",
                "写明谁在那里服务客户；若有意略去这一部分，请写明理由并忽略",
            ),
            blueprint.id,
        )


@rule("BP102", severity="info", zh="前台步骤没有有形证据", calm=uses.evidence, whole=True)
def evidenceless_touchpoint(delivery: Delivery) -> Iterator[Finding]:
    """The frontstage acts at a touchpoint, but the customer sees or keeps nothing.

    Why: A service cannot be touched; evidence stands for it. A receipt, a card, a confirmation on the
        screen tells the customer that something has happened.
    Why(zh): 服务摸不着，有形证据代它出面。收据、卡片、屏幕上的确认，都在告诉客户：事情办了。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, evidence: [Claim number]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, evidence: [Claim number]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, evidence: [Receipt]}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP02; Shostack 1984, HBR 62(1).
    """
    blueprint, journey = delivery
    told: set[str] = set()
    for at, step in enumerate(blueprint.steps):
        point = journey.touchpoints.get(step.at)
        if point is None or point.evidence or step.at in told or _zone(blueprint, step) != "frontstage":
            continue
        told.add(step.at)
        yield Finding(
            ("steps", at, "at"),
            both(
                f"the customer is served at `{step.at}` but sees and keeps nothing",
                f"客户在 `{step.at}` 得到服务，却看不到也留不下任何东西",
            ),
            both(
                f"give `{step.at}` some `evidence:` in the journey: a receipt, a number, a confirmation",
                f"在旅程的 `{step.at}` 加上 `evidence:`：收据、编号或确认信息",
            ),
            step.id,
        )


@rule("BP104", severity="info", zh="有需求的触点没有后台支持", default=False)
def unsupported_need(delivery: Delivery) -> Iterator[Finding]:
    """A touchpoint has needs to meet, but only the frontstage works on them.

    Why: Promises of the frontstage are kept by people and systems behind it. If none is named, either
        they were forgotten or the frontstage is on its own.
    Why(zh): 前台的承诺要靠背后的人和系统兑现。一个都没写，不是忘了，就是前台在孤军奋战。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, needs: [{need: A quick yes}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, needs: [{need: A quick yes}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: check}
          - {id: check, at: ask, actor: clerk, does: Checks it, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP04.
    """
    blueprint, journey = delivery
    for name, point in journey.touchpoints.items():
        here = [(at, step) for at, step in enumerate(blueprint.steps) if step.at == name]
        if point.needs and here and all(_zone(blueprint, step) == "frontstage" for _, step in here):
            at, step = here[0]
            yield Finding(
                ("steps", at, "at"),
                both(
                    f"`{name}` has needs to meet, but no backstage or support step helps",
                    f"`{name}` 有需求要满足，却没有后台或支持步骤",
                ),
                both("name who or what makes it possible", "写明是谁或什么系统让它成为可能"),
                step.id,
            )


@rule("BP106", zh="失败点既无评分也无防错")
def unguarded_failure(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A fail point is named, but neither rated nor guarded against.

    Why: Naming a failure is the beginning. Without ratings nobody knows how urgent it is, without a
        guard it will happen again.
    Why(zh): 写出失败只是开始。没有评分，没人知道有多急；没有防错，它还会再发生。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out, fails: [{mode: Wrong account}]}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - id: pay
            at: paid
            actor: agent
            does: Pays it out
            fails: [{mode: Wrong account, poka_yoke: {who: server, mode: prevent}}]
        ```

    Source: domain sheet 8, BP06; Chase and Stewart 1994; AIAG-VDA 2019.
    """
    for at, step in enumerate(blueprint.steps):
        for n, failure in enumerate(step.fails):
            rated = None not in (failure.severity, failure.occurrence, failure.detection)
            if rated or failure.poka_yoke is not None:
                continue
            yield Finding(
                ("steps", at, "fails", n, "mode"),
                both(
                    f"`{step.id}` can fail here, but the failure is neither rated nor guarded against",
                    f"`{step.id}` 可能在此失败，却既没有评分，也没有防错措施",
                ),
                both(
                    "add `severity`, `occurrence` and `detection` (1-10), or a `poka_yoke` that "
                    "prevents it",
                    "补上 `severity`、`occurrence`、`detection`（1–10），或加上 `poka_yoke` 防错",
                ),
                step.id,
            )


@rule("BP107", zh="等待点没有上限或没有告知")
def unexplained_wait(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A wait point has no longest wait, or the customer is told nothing.

    Why: Uncertain and unexplained waits feel longer than they are.
    Why(zh): 不知道要等多久、也不知道为什么等，感觉会比实际更久。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay, wait: {max: 2d}}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            next: pay
            wait: {max: 2d, told: We are checking your photos}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP07; Maister 1985, The Psychology of Waiting Lines.
    """
    for at, step in enumerate(blueprint.steps):
        if step.wait is None or (step.wait.max is not None and step.wait.told is not None):
            continue
        endless, untold = step.wait.max is None, step.wait.told is None
        lacks = (
            both(
                "nobody says how long at most, nor what the customer is told", "既没有上限，也没有告知客户"
            )
            if endless and untold
            else both("nobody says how long at most", "没有上限")
            if endless
            else both("the customer is told nothing meanwhile", "其间没有告知客户")
        )
        yield Finding(
            ("steps", at, "wait"),
            both(f"there is a wait at `{step.id}`, but {lacks.en}", f"`{step.id}` 需要等待，但{lacks.zh}"),
            both(
                "write `wait: {max: 10m, told: what the customer hears}`",
                "写成 `wait: {max: 10m, told: 告诉客户的话}`",
            ),
            step.id,
        )


@rule("BP108", severity="error", zh="决策点的出口不完整")
def undecided_decision(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A decision point has fewer than two exits, exits without a label, or shares that do not sum to 1.

    Why: A decision is only as clear as its exits. Without labels everybody decides differently.
    Why(zh): 决策点有多清楚，取决于它的出口。没有标注，每个人的决定都不一样。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Checks the claim, decision: true, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Checks the claim
            decision: true
            next: {pay: {p: 0.9, when: complete}, ask-again: {p: 0.1, when: photos missing}}
          - {id: ask-again, at: ask, actor: agent, does: Asks for photos, next: take}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP08.
    """
    for at, step in enumerate(blueprint.steps):
        if not step.decision:
            continue
        links = [link for link in blueprint.links_between if link.loc[:2] == ("steps", at)]
        here = ("steps", at, "next" if step.next is not None else "decision")
        unlabelled = [link.target for link in links if link.spec.when is None]
        shares = [link.spec.p for link in links]
        written = [share for share in shares if isinstance(share, float)]
        open_ended = len(written) < len(shares)
        total = sum(written)
        if len(links) < 2:
            word = "one exit" if links else "no exit"
            fault = both(
                f"the decision `{step.id}` has {word}",
                f"决策点 `{step.id}` {'只有一个' if links else '没有'}出口",
            )
            advice = both(
                "a decision has at least two labelled exits; otherwise drop `decision: true`",
                "决策点至少要有两个带标签的出口；否则请去掉 `decision: true`",
            )
        elif unlabelled:
            fault = both(
                f"the decision `{step.id}` has exits without a label: {ids(unlabelled)}",
                f"决策点 `{step.id}` 有出口没有标签：{ids(unlabelled, 'zh')}",
            )
            advice = both(
                f"say when each is taken: `{unlabelled[0]}: {{when: complete}}`",
                f"写明各在什么情况下走：`{unlabelled[0]}: {{when: 材料齐全}}`",
            )
        elif written and (total > 1 + 1e-9 or (not open_ended and total < 1 - 1e-9)):
            fault = both(
                f"the shares of the decision `{step.id}` sum to {total:.10g}, not 1",
                f"决策点 `{step.id}` 的比例之和是 {total:.10g}，不是 1",
            )
            advice = both(
                "correct them, or give one exit `p: rest`", "更正比例，或让其中一个出口写 `p: rest`"
            )
        else:
            continue
        yield Finding(here, fault, advice, step.id)


@rule("BP109", severity="info", zh="步骤没有标准时间或容忍时间", calm=uses.step_times)
def untimed_step(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A step has no standard time or no tolerance, although others have.

    Why: A standard that can be seen and measured is what makes a service repeatable. One untimed step
        makes the time of the whole column unknown.
    Why(zh): 看得见、量得出的标准，服务才能重复。只要有一步没写时间，整列的时间就不得而知。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes, next: pay, time: {standard: 5m, tolerance: 8m}}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes, next: pay, time: {standard: 5m, tolerance: 8m}}
          - {id: pay, at: paid, actor: agent, does: Pays, time: {standard: 1h, tolerance: 1d}}
        ```

    Source: domain sheet 8, BP09; S003 (可视化可量化的服务标准).
    """
    for at, step in enumerate(blueprint.steps):
        lacks = [
            word
            for word, value in (
                ("standard", step.time.standard if step.time else None),
                ("tolerance", step.time.tolerance if step.time else None),
            )
            if value is None
        ]
        if not lacks:
            continue
        zh = {"standard": "标准时间", "tolerance": "容忍时间"}
        names = {"standard": "standard time", "tolerance": "tolerance"}
        yield Finding(
            ("steps", at, "time" if step.time is not None else "id"),
            both(
                f"`{step.id}` has no {' and no '.join(names[word] for word in lacks)}",
                f"`{step.id}` 没有{'和'.join(zh[word] for word in lacks)}",
            ),
            both(
                "say how long it should take and how long customers accept: `time: "
                "{standard: 5m, tolerance: 8m}`",
                "写明标准时间和客户可接受的上限：`time: {standard: 5m, tolerance: 8m}`",
            ),
            step.id,
        )


@rule("BP123", zh="步骤超出客户的容忍时间")
def overdue_step(analysis: BlueprintAnalysis) -> Iterator[Finding]:
    """A step takes longer than the customer accepts.

    Why: The tolerance is where patience ends. If one in ten customers waits longer (p90), one in ten is
        annoyed at a place that is already known.
    Why(zh): 容忍时间就是耐心的尽头。如果十个客户里有一个等得更久（p90），那么十个里就有一个在一个早已知
        道的地方不高兴。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            time: {standard: 5m, tolerance: 8m, observed: {p90: 12m}}
            next: pay
          - {id: pay, at: paid, actor: agent, does: Pays, time: {standard: 1h, tolerance: 1d}}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            time: {standard: 5m, tolerance: 8m, observed: {p90: 7m}}
            next: pay
          - {id: pay, at: paid, actor: agent, does: Pays, time: {standard: 1h, tolerance: 1d}}
        ```

    Source: domain sheet 8: observed p90 must not exceed the tolerance; Shostack 1984.
    """
    index = {step.id: at for at, step in reversed(list(enumerate(analysis.blueprint.steps)))}
    for breach in analysis.breaches:
        if breach.step not in index:
            continue
        over = breach.observed - breach.tolerance
        what = (
            both("one in ten takes longer than", "十分之一的客户耗时超过")
            if breach.basis == "p90"
            else both("the standard time is", "标准时间是")
        )
        yield Finding(
            ("steps", index[breach.step], "time", "observed" if breach.basis == "p90" else "standard"),
            both(
                f"`{breach.step}` is slower than customers accept: {what.en} "
                f"{duration(breach.observed)}, "
                f"the tolerance is {duration(breach.tolerance)} ({duration(over)} too long)",
                f"`{breach.step}` 超出客户的容忍：{what.zh} {duration(breach.observed, 'zh')}，"
                f"容忍时间是 {duration(breach.tolerance, 'zh')}（多出 {duration(over, 'zh')}）",
            ),
            both(
                "make it faster, or tell the customer early how long it will take",
                "加快它，或尽早告诉客户需要多久",
            ),
            breach.step,
        )
