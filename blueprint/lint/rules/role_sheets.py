"""RA2: whether people can do what is asked of them: competence, plans, rest, somebody to take over."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.results import BlueprintAnalysis
from blueprint.figures import number, percent
from blueprint.lint.rule import Finding, rule
from blueprint.lint.wording import both, ids
from blueprint.model.service import ServiceBlueprint


@rule("RA201", severity="info", zh="能力不足却没有成长计划")
def unplanned_gap(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A role can less than it must, and no plan closes the gap.

    Why: Asking for what somebody cannot do yet is a wish; with a plan it is a development. Competence is
        rated from 1 (has seen it) to 5 (teaches it).
    Why(zh): 要求别人做还不会做的事，只是愿望；有了计划才是培养。能力从 1（见过）评到 5（能教）。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage, competence: {listening: {needed: 4, has: 2}}}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent:
            zone: frontstage
            competence: {listening: {needed: 4, has: 2}}
            plan:
              goals:
                - {after: 30d, goal: Sits beside a good listener}
                - {after: 60d, goal: Takes calls with somebody beside}
                - {after: 90d, goal: Takes calls alone}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
        ```

    Source: domain sheet 17, I06 (核心素养、服务意识, S000, S001, S002): a matrix of competence.
    """
    for name, actor in blueprint.actors.items():
        short = {id: it for id, it in actor.competence.items() if it.has is not None and it.has < it.needed}
        if short and not (actor.plan and actor.plan.goals):
            worst = max(short, key=lambda id: short[id].needed - (short[id].has or 0))
            yield Finding(
                ("actors", name, "competence", worst),
                both(
                    f"`{name}` can less than needed in {ids(short)}, and no plan closes the gap",
                    f"`{name}` 的 {ids(short, 'zh')} 未达到要求，且没有成长计划",
                ),
                both(
                    "say what is reached by when: `plan: {goals: […]}`",
                    "写明何时达到：`plan: {goals: […]}`",
                ),
                name,
            )


@rule("RA202", zh="成长计划不合 70-20-10 或缺少复习")
def crooked_plan(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A plan to grow does not divide learning 70-20-10, or leaves out the look after 30, 60 or 90 days.

    Why: Most is learned at work and some of it from others; a plan made of courses changes a wall of
        certificates. And what nobody looks at again after a month is forgotten. Shares are compared only
        where they are written, reviews only where there are goals.
    Why(zh): 本领大多在工作中学会，一部分向别人学；全靠课程的计划，变出来的只是一墙证书。一个月不再回看
        的内容就忘了。只有写了比例才比较比例，只有写了目标才检查复习。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent:
            zone: frontstage
            plan: {work: 40%, others: 20%, courses: 40%, goals: [{after: 30d, goal: Takes easy claims}]}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent:
            zone: frontstage
            plan:
              work: 70%
              others: 20%
              courses: 10%
              goals:
                - {after: 30d, goal: Takes easy claims}
                - {after: 60d, goal: Takes all claims}
                - {after: 90d, goal: Teaches somebody}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
        ```

    Source: domain sheet 17, I08 (IDP、70-20-10、30/60/90天复习, S000); claim c15.
    """
    if not any(actor.plan for actor in blueprint.actors.values()):
        return
    from blueprint.analysis.role_sheets import SHARES, plan_faults

    for name, actor in blueprint.actors.items():
        if actor.plan is None:
            continue
        off, missing = plan_faults(actor.plan)
        if off:
            wrong = ", ".join(f"{key} {percent(share)}" for key, share in off.items())
            wrong_zh = "、".join(f"{_LEARNING_ZH[key]} {percent(share)}" for key, share in off.items())
            taught = ", ".join(f"{key} {percent(share)}" for key, share in SHARES.items())
            taught_zh = "、".join(f"{_LEARNING_ZH[key]} {percent(share)}" for key, share in SHARES.items())
            yield Finding(
                ("actors", name, "plan", next(iter(off))),
                both(
                    f"the plan of `{name}` divides learning otherwise than 70-20-10: {wrong}",
                    f"`{name}` 的成长计划不合 70-20-10：{wrong_zh}",
                ),
                both(f"the course asks for {taught}", f"课程要求：{taught_zh}"),
                name,
            )
        if actor.plan.goals and missing:
            days = ", ".join(map(str, missing))
            yield Finding(
                ("actors", name, "plan", "goals"),
                both(
                    f"nobody looks at the plan of `{name}` after {days} days",
                    f"`{name}` 的成长计划缺少第 {days.replace(', ', '、')} 天的复习",
                ),
                both(
                    "add what is reached by then: `{after: 60d, goal: …}`",
                    "补上届时的目标：`{after: 60d, goal: …}`",
                ),
                name,
            )


_LEARNING_ZH = {"work": "工作实践", "others": "向他人学习", "courses": "课程"}


@rule("RA203", severity="info", zh="连续应对投诉却没有休息")
def unrelieved_role(analysis: BlueprintAnalysis, *, most: int = 8) -> Iterator[Finding]:
    """Somebody meets more than `most` upset customers in a shift, and nothing gives them rest.

    Why: The ninth angry customer gets what the eighth left over. Hard contacts are meetings at complaint
        touchpoints: traffic times visits, divided by the shifts that there are. Speaks where a shift, the
        people, their working time and the journey's traffic are written.
    Why(zh): 第九位发火的客户，得到的是前八位剩下的耐心。高强度接触指投诉触点上的会面：流量乘以到访次
        数，除以班次数。只在写了班次、人数、工时和旅程流量时检查。

    Bad:
        ```yaml
        journey: refund
        traffic: {journeys: 2000, per: week}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, complaint], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage, people: 20, capacity: 40h, shift: 8h}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
          - {id: pay, at: paid, actor: agent, does: Pays}
        ```

    Good:
        ```yaml
        journey: refund
        traffic: {journeys: 2000, per: week}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, complaint], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent:
            zone: frontstage
            people: 20
            capacity: 40h
            shift: 8h
            relief: {after: 5, rest: 10m, exercise: Breathes 4-7-8 in the quiet room}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
          - {id: pay, at: paid, actor: agent, does: Pays}
        ```

    Source: domain sheet 17, I07 (情绪自控、4-7-8、压力, S000); the limit is this project's.
    """
    blueprint = analysis.blueprint
    if not any(actor.shift for actor in blueprint.actors.values()):
        return
    from blueprint.analysis.role_sheets import hard_contacts

    for name, met in hard_contacts(blueprint, analysis.journey).items():
        relief = blueprint.actors[name].relief
        if met.per_shift is None or met.per_shift <= most or (relief and relief.after <= most):
            continue
        yield Finding(
            ("actors", name, "relief", "after") if relief else ("actors", name, "shift"),
            both(
                f"`{name}` meets {number(met.per_shift)} upset customers in a shift"
                + (f" and rests only after {relief.after}" if relief else " without a break"),
                f"`{name}` 每班要面对 {number(met.per_shift)} 位不满的客户"
                + (f"，{relief.after} 位之后才休息" if relief else "，没有休息安排"),
            ),
            both(
                f"plan a break after at most {most}, and who takes over: `relief: {{after: …, by: …}}`",
                f"最多 {most} 位后安排休息和接替：`relief: {{after: …, by: …}}`",
            ),
            name,
        )


def _stand_ins(analysis: BlueprintAnalysis) -> bool:
    """Some role says who takes over where it is not there."""
    return any(actor.stand_in for actor in analysis.blueprint.actors.values())


@rule("RA204", severity="info", zh="紧急投诉没有后备人手", calm=_stand_ins)
def alone_in_emergency(analysis: BlueprintAnalysis) -> Iterator[Finding]:
    """An urgent complaint has no owner, or rests on one person whom nobody replaces.

    Why: The one who can help is on holiday on the day it happens. Each complaint of P0 or P1 has a named
        owner, and a pool of people or a stand-in. Speaks by default where some role names a stand-in.
    Why(zh): 能解决的那个人，偏偏那天休假。每个 P0、P1 投诉都要有指名的负责人，还要有人员池或替补。默认
        只在有角色写了替补时检查。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, complaint]
                emotion: 0
                owner: Claims
                complaint: {priority: P1, escalation: [Head of claims]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage, people: 1}, clerk: {zone: backstage, stand_in: agent}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
          - {id: pay, at: paid, actor: agent, does: Pays, next: file}
          - {id: file, at: paid, actor: clerk, does: Files it}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, complaint]
                emotion: 0
                owner: Claims
                complaint: {priority: P1, escalation: [Head of claims]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage, people: 1, stand_in: clerk}, clerk: {zone: backstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
          - {id: pay, at: paid, actor: agent, does: Pays, next: file}
          - {id: file, at: paid, actor: clerk, does: Files it}
        ```

    Source: domain sheet 17, F09 (资源调配, S000): a named owner, a pool, a way to fall back on.
    """
    blueprint, journey = analysis.blueprint, analysis.journey
    if journey is None or not any(
        p.complaint and p.complaint.priority for p in journey.touchpoints.values()
    ):
        return
    from blueprint.analysis.role_sheets import emergencies

    for it in emergencies(blueprint, journey):
        if it.provided:
            continue
        first = next(at for at, step in enumerate(blueprint.steps) if step.at == it.touchpoint)
        why_en = "nobody owns it" if not it.owner else "it rests on one person"
        why_zh = "没有负责人" if not it.owner else "只靠一个人"
        yield Finding(
            ("steps", first, "actor"),
            both(
                f"`{it.touchpoint}` is an urgent complaint ({it.priority}), and {why_en}",
                f"`{it.touchpoint}` 是紧急投诉（{it.priority}），却{why_zh}",
            ),
            both(
                "name an owner at the touchpoint, and a stand-in for the actor: `stand_in: …`",
                "在触点写明负责人，并为该岗位指定后备：`stand_in: …`",
            ),
            it.touchpoint,
        )


@rule("RA205", severity="info", zh="内部客户的要求没有写明")
def unasked_inner_customer(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A handover names whose customer the next step is, but not what that customer needs or confirms.

    Why: The next process is the customer; a customer whom nobody asked gets what is left over. Who is
        named as one (by function, rank, process or operation) says what they need and that it has come.
    Why(zh): 下一道工序就是客户；没有人问过他要什么，他就只能拿到剩下的。被写为内部客户（职能、级别、流
        程或作业）的一方，要说明需要什么，并确认已经收到。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}, finance: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            next: {pay: {customer: process, hands_over: [case], within: 1h, confirmed: true}}
          - {id: pay, at: ask, actor: finance, does: Pays}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}, finance: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            next: {pay: {customer: process, needs: [case], hands_over: [case], within: 1h, confirmed: true}}
          - {id: pay, at: ask, actor: finance, does: Pays}
        ```

    Source: domain sheet 17, A16 (客户就是下一道工序, S003): every step has a customer after it.
    """
    for link in blueprint.links_between:
        spec = link.spec
        if spec.customer is None or (spec.needs and spec.confirmed):
            continue
        lack_en = [
            name
            for there, name in ((spec.needs, "what it needs"), (spec.confirmed, "that it confirms"))
            if not there
        ]
        lack_zh = [
            name
            for there, name in ((spec.needs, "需要什么"), (spec.confirmed, "是否确认收到"))
            if not there
        ]
        yield Finding(
            link.loc,
            both(
                f"`{link.target}` is named as the customer of `{link.source}`, "
                f"but not {' or '.join(lack_en)}",
                f"`{link.target}` 是 `{link.source}` 的内部客户，却没有写明{'、'.join(lack_zh)}",
            ),
            both(
                "ask the next step, as one asks a customer: `needs: […]`, `confirmed: true`",
                "像对待客户一样询问下一道工序：`needs: […]`、`confirmed: true`",
            ),
            link.source,
        )
