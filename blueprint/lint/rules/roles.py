"""RA: who answers for what, whether they have the time, and whether they get what they need."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.raci import Fault, RaciFault, raci_faults
from blueprint.analysis.results import BlueprintAnalysis
from blueprint.figures import duration, percent
from blueprint.lint import uses
from blueprint.lint.rule import Finding, Note, rule
from blueprint.lint.wording import both, ids
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.model.touchpoint import Loc


def _faults(blueprint: ServiceBlueprint, fault: Fault) -> Iterator[tuple[RaciFault, Loc]]:
    """Yield the faults of one kind with the place where each is written."""
    places = {step.id: at for at, step in reversed(list(enumerate(blueprint.steps)))}
    for it in raci_faults(blueprint):
        if it.fault == fault:
            yield it, ("actors", it.actors[0]) if it.step is None else ("steps", places[it.step], "raci")


@rule("RA101", zh="步骤没有当责人")
def unaccountable_step(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A step says who is responsible, consulted or informed, but not who answers for it.

    Why: Where several do the work and none answers for it, each believes it was another. Exactly one is
        accountable; the one who does it may be the same.

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
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, raci: {responsible: [agent]}}
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
        actors: {agent: {zone: frontstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: agent, responsible: [agent]}
        ```

    Source: domain sheet 12, RA01; RACI (S000).
    """
    for it, loc in _faults(blueprint, "no-accountable"):
        yield Finding(
            loc,
            both(f"nobody is accountable for `{it.step}`", f"没有人对 `{it.step}` 当责"),
            both("name the one who answers for it: `accountable: …`", "写明唯一的当责人：`accountable: …`"),
            it.step or "",
        )


@rule("RA102", zh="步骤没有执行人")
def undone_step(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A step says who answers for it, but not who does it.

    Why: Accountability without hands stays on paper. Whoever does the step is named, even if it is the one
        who answers for it.

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
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, raci: {accountable: agent}}
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
        actors: {agent: {zone: frontstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: agent, responsible: [agent]}
        ```

    Source: domain sheet 12, RA02; RACI (S000).
    """
    for it, loc in _faults(blueprint, "no-responsible"):
        yield Finding(
            loc,
            both(f"nobody is responsible for doing `{it.step}`", f"没有人负责执行 `{it.step}`"),
            both("name who does it: `responsible: […]`", "写明由谁执行：`responsible: […]`"),
            it.step or "",
        )


@rule("RA103", severity="info", zh="太多人参与")
def crowded_step(blueprint: ServiceBlueprint, *, most: int = 3) -> Iterator[Finding]:
    """More than `most` roles are responsible for a step, or must be consulted before it.

    Why: Each of them can hold it up. If four must be asked, the rule that they must be asked is the wait.

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
        actors: {agent: {zone: frontstage}, a: {zone: backstage}, b: {zone: backstage}, c: {zone: support}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: agent, responsible: [agent, a, b, c]}
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
        actors: {agent: {zone: frontstage}, a: {zone: backstage}, b: {zone: backstage}, c: {zone: support}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: agent, responsible: [agent], consulted: [a], informed: [b, c]}
        ```

    Source: domain sheet 12, RA03; the limit is a working figure of this project.
    """
    places = {step.id: at for at, step in reversed(list(enumerate(blueprint.steps)))}
    for it in raci_faults(blueprint, crowd=most):
        if it.fault == "crowd" and it.step is not None and it.field is not None:
            en = "responsible for" if it.field == "responsible" else "consulted before"
            zh = "负责执行" if it.field == "responsible" else "需先征询"
            yield Finding(
                ("steps", places[it.step], "raci", it.field),
                both(
                    f"{len(it.actors)} roles are {en} `{it.step}`: {ids(it.actors)}",
                    f"`{it.step}` 有 {len(it.actors)} 个岗位{zh}：{ids(it.actors, 'zh')}",
                ),
                both(
                    f"keep at most {most}; inform the others afterwards (`informed:`)",
                    f"最多保留 {most} 个，其余事后告知（`informed:`）",
                ),
                it.step,
            )


@rule("RA104", severity="info", calm=uses.whole_raci, zh="岗位没有职责")
def role_without_entry(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A person or team takes part, but the RACI matrix gives them nothing to do or to know.

    Why: Either they are not needed, or their part was forgotten. Speaks by default where every step of a
        person has its RACI; of a matrix that is only begun a gap says nothing.

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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: agent, responsible: [agent]}
            next: {file: {hands_over: [claim], within: 5m, confirmed: true}}
          - id: file
            at: ask
            actor: clerk
            does: Files it
            raci: {accountable: agent, responsible: [agent]}
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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: agent, responsible: [agent]}
            next: {file: {hands_over: [claim], within: 5m, confirmed: true}}
          - id: file
            at: ask
            actor: clerk
            does: Files it
            raci: {accountable: agent, responsible: [clerk]}
        ```

    Source: domain sheet 12, RA04; the table of posts and duties (岗位与分工, S001).
    """
    for it, loc in _faults(blueprint, "no-entry"):
        yield Finding(
            loc,
            both(f"`{it.actors[0]}` stands in no RACI", f"`{it.actors[0]}` 没有出现在任何 RACI 中"),
            both(
                "say what they answer for, do, are asked or are told; or take them out",
                "写明其当责、执行、被征询或被告知的事项，否则去掉该岗位",
            ),
            it.actors[0],
        )


@rule("RA105", severity="info", calm=uses.whole_raci, zh="当责过于集中")
def overloaded_accountable(blueprint: ServiceBlueprint, *, most: float = 0.4) -> Iterator[Finding]:
    """One role is accountable for more than 40 % of the steps.

    Why: Whoever answers for nearly everything answers for nothing in time. One contact for the customer is
        good; one back for all the work is not. Speaks by default where the matrix is complete.

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
        actors: {agent: {zone: frontstage}, lead: {zone: frontstage}}
        steps:
          - {id: a, at: ask, actor: agent, does: A, raci: {accountable: lead, responsible: [agent]}}
          - {id: b, at: ask, actor: agent, does: B, raci: {accountable: lead, responsible: [agent]}}
          - {id: c, at: ask, actor: agent, does: C, raci: {accountable: lead, responsible: [agent]}}
          - {id: d, at: ask, actor: agent, does: D, raci: {accountable: lead, responsible: [agent]}}
          - {id: e, at: ask, actor: agent, does: E, raci: {accountable: agent, responsible: [agent]}}
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
        actors: {agent: {zone: frontstage}, lead: {zone: frontstage}, head: {zone: frontstage}}
        steps:
          - {id: a, at: ask, actor: agent, does: A, raci: {accountable: lead, responsible: [agent]}}
          - {id: b, at: ask, actor: agent, does: B, raci: {accountable: lead, responsible: [agent]}}
          - {id: c, at: ask, actor: agent, does: C, raci: {accountable: head, responsible: [agent]}}
          - {id: d, at: ask, actor: agent, does: D, raci: {accountable: agent, responsible: [agent]}}
          - {id: e, at: ask, actor: agent, does: E, raci: {accountable: agent, responsible: [agent]}}
        ```

    Source: domain sheet 12, RA05; the limit is a working figure of this project.
    """
    for it in raci_faults(blueprint, overload=most):
        if it.fault == "overload" and it.figure is not None:
            yield Finding(
                ("actors", it.actors[0]),
                both(
                    f"`{it.actors[0]}` is accountable for {percent(it.figure)} of the steps, more than "
                    f"{percent(most)}",
                    f"`{it.actors[0]}` 对 {percent(it.figure)} 的步骤当责，超过 {percent(most)}",
                ),
                both("let somebody else answer for some of them", "把其中一部分交给别人当责"),
                it.actors[0],
            )


@rule("RA106", severity="info", zh="前台步骤由后台的人执行")
def unseen_responsible(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A step in front of the customer is done by people who never stand there.

    Why: Then the one whom the customer sees cannot do what is needed, and the one who can is not seen: the
        beginning of "let me ask my colleague". Steps of a screen are left out: somebody behind it runs it.

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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: clerk, responsible: [clerk], informed: [agent]}
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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: clerk, responsible: [agent]}
        ```

    Source: domain sheet 12, RA06.
    """
    for it, loc in _faults(blueprint, "other-lane"):
        yield Finding(
            (*loc, "responsible"),
            both(
                f"`{it.step}` happens before the customer's eyes, done by people behind: {ids(it.actors)}",
                f"`{it.step}` 发生在客户眼前，但执行它的 {ids(it.actors, 'zh')} 不在前台",
            ),
            both(
                "make the one who stands there responsible, or move the step to the backstage",
                "让在场的人负责执行，或把这一步移到后台",
            ),
            it.step or "",
        )


@rule("RA107", zh="下一步的当责人不知情")
def uninformed_accountable(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """Work passes to a step that somebody else answers for, and nobody there is told.

    Why: The handover happens on the floor; the one who answers for the next step learns of it when it has
        gone wrong.

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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: agent, responsible: [agent]}
            next: {file: {hands_over: [claim], within: 5m, confirmed: true}}
          - id: file
            at: ask
            actor: clerk
            does: Files it
            raci: {accountable: clerk, responsible: [clerk]}
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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            raci: {accountable: agent, responsible: [agent], informed: [clerk]}
            next: {file: {hands_over: [claim], within: 5m, confirmed: true}}
          - id: file
            at: ask
            actor: clerk
            does: Files it
            raci: {accountable: clerk, responsible: [clerk]}
        ```

    Source: domain sheet 12, RA07; standardised handovers (服务交接标准化, S004).
    """
    places = {step.id: at for at, step in reversed(list(enumerate(blueprint.steps)))}
    for it, loc in _faults(blueprint, "uninformed"):
        after: Loc = ("steps", places[it.to or ""], "raci")
        yield Finding(
            loc,
            both(
                f"`{it.step}` leads to `{it.to}`, for which `{it.actors[0]}` answers, but nobody is told",
                f"`{it.step}` 之后是 `{it.to}`，由 `{it.actors[0]}` 当责，但那边没有人被告知",
            ),
            both(
                f"add `informed: [{it.actors[0]}]`, or let one role answer for both",
                f"加上 `informed: [{it.actors[0]}]`，或由同一岗位对两步当责",
            ),
            it.step or "",
            (Note(after, both("the next step", "下一个步骤")),),
        )


@rule("RA108", zh="客户联络点不唯一")
def no_single_contact(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """The customer's one contact is several, or is somebody the customer never meets.

    Why: A single contact spares the customer telling it all again. Two single contacts are none.

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
        actors: {agent: {zone: frontstage, contact: true}, seller: {zone: frontstage, contact: true}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
          - {id: calm, at: ask, actor: seller, does: Says sorry}
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
        actors: {agent: {zone: frontstage, contact: true}, seller: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim}
          - {id: calm, at: ask, actor: seller, does: Says sorry}
        ```

    Source: domain sheet 12, RA08; one contact for the customer (设立单一客户联络点, S000).
    """
    for it, loc in _faults(blueprint, "several-contacts"):
        first, *others = it.actors
        yield Finding(
            (*loc, "contact"),
            both(
                f"the customer has {len(it.actors)} “one” contacts: {ids(it.actors)}",
                f"客户的“单一联络点”有 {len(it.actors)} 个：{ids(it.actors, 'zh')}",
            ),
            both("keep the one who stays to the end", "只保留负责到底的那一个"),
            first,
            tuple(
                Note(("actors", other, "contact"), both("another contact", "另一个联络点"))
                for other in others
            ),
        )
    for it, loc in _faults(blueprint, "unseen-contact"):
        yield Finding(
            (*loc, "contact"),
            both(
                f"`{it.actors[0]}` is the customer's contact, but never stands before the customer",
                f"`{it.actors[0]}` 是客户联络点，却从不出现在客户面前",
            ),
            both(
                "name somebody in the frontstage who takes part, or give them a step there",
                "改为前台参与服务的人，或为其安排一个前台步骤",
            ),
            it.actors[0],
        )


@rule("RA109", zh="交接内容不完整")
def incomplete_handover(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """The next step needs something that is not handed over.

    Why: What is missing is asked again, of the colleague or of the customer. Say what the other side needs
        (`needs:`), and hand over all of it.

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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            next: {pay: {hands_over: [claim], needs: [claim, account], within: 5m, confirmed: true}}
          - {id: pay, at: ask, actor: clerk, does: Pays}
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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes the claim
            next: {pay: {hands_over: [claim, account], needs: [account], within: 5m, confirmed: true}}
          - {id: pay, at: ask, actor: clerk, does: Pays}
        ```

    Source: domain sheet 12, handoff quality; 必须传递的信息要素 (S004).
    """
    if not any(link.spec.needs for link in blueprint.links_between):
        return
    from blueprint.analysis.roles import handoff_of

    for link in blueprint.links_between:
        found = handoff_of(link.source, link.target, link.spec)
        if found.missing and found.payload is not None:
            en = ", ".join(f"“{item.pick('en')}”" for item in found.missing)
            zh = "、".join(f"“{item.pick('zh', 'en')}”" for item in found.missing)
            yield Finding(
                (*link.loc, "needs"),
                both(
                    f"`{link.target}` needs {en}, which `{link.source}` does not hand over "
                    f"({percent(found.payload)} complete)",
                    f"`{link.target}` 需要 {zh}，但 `{link.source}` 没有交接"
                    f"（完整度 {percent(found.payload)}）",
                ),
                both(
                    "add it to `hands_over:`, written with the same words",
                    "用同样的字词把它加进 `hands_over:`",
                ),
                link.source,
            )


@rule("RA110", zh="工作量超过可用工时")
def overloaded_role(analysis: BlueprintAnalysis, *, most: float = 1.0) -> Iterator[Finding]:
    """A role needs more time for the expected journeys than it has.

    Why: Then every standard time on paper is a queue in truth. Load is expected executions times standard
        time; capacity is `people` times `capacity` in the period of the journey's traffic.

    Bad:
        ```yaml
        journey: refund
        traffic: {journeys: 1000, per: week}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage, people: 2, capacity: 30h}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, time: {standard: 5m, tolerance: 8m}}
        ```

    Good:
        ```yaml
        journey: refund
        traffic: {journeys: 1000, per: week}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage, people: 4, capacity: 30h}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, time: {standard: 5m, tolerance: 8m}}
        ```

    Source: domain sheet 12, load per role against capacity (资源调配, S000).
    """
    blueprint = analysis.blueprint
    if not any(actor.capacity for actor in blueprint.actors.values()):
        return
    from blueprint.analysis.roles import loads

    for load in loads(blueprint, analysis.journey):
        if load.utilisation is None or load.utilisation <= most + 1e-9:
            continue
        needed, able = load.seconds_per_period or 0.0, load.capacity_seconds or 0.0
        yield Finding(
            ("actors", load.actor, "capacity"),
            both(
                f"`{load.actor}` needs {_hours(needed)} h for the expected journeys and has "
                f"{_hours(able)} h ({percent(load.utilisation)})",
                f"`{load.actor}` 完成预期旅程需要 {_hours(needed)} 小时，只有 {_hours(able)} 小时"
                f"（{percent(load.utilisation)}）",
            ),
            both(
                "add people, take steps away or shorten them: each journey takes them "
                f"{duration(load.seconds_per_journey)}",
                f"增加人手、减少或缩短步骤：每次旅程占用 {duration(load.seconds_per_journey, 'zh')}",
            ),
            load.actor,
        )


def _hours(seconds: float) -> str:
    hours = seconds / 3600
    return f"{hours:,.0f}" if hours >= 10 else f"{hours:.1f}"


_ASK = {
    "what": ("what exactly is wanted?", "具体想要什么？"),
    "why": ("what is it for?", "是为了什么？"),
    "when": ("from when until when?", "从什么时候到什么时候？"),
    "where": ("where?", "在哪里？"),
    "who": ("for whom, and who comes?", "为谁，有哪些人？"),
    "how": ("in what way?", "怎么做？"),
    "how_much": ("for how many, and for how much money?", "多少人，多少预算？"),
}


@rule("RA111", zh="个性化需求没有问全")
def incomplete_request(journey: Journey) -> Iterator[Finding]:
    """A wish beyond the standard leaves some of the seven questions open.

    Why: What was not asked is guessed, and the guess is found out on the day itself. When and how much need
        a number. The advice is what to ask next.

    Bad:
        ```yaml
        journey: feast
        stages:
          - stage: ask
            touchpoints:
              - id: wish
                title: Tells the wish
                kinds: [first, end]
                emotion: 1
                request: {what: A birthday dinner, who: Three generations, when: On Saturday evening}
        ```

    Good:
        ```yaml
        journey: feast
        stages:
          - stage: ask
            touchpoints:
              - id: wish
                title: Tells the wish
                kinds: [first, end]
                emotion: 1
                request:
                  what: A dinner
                  why: The 70th birthday
                  when: Saturday 18:00 to 22:00
                  where: In the garden
                  who: Three generations
                  how: A car fetches the grandparents
                  how_much: 15 people, 300k CNY
        ```

    Source: domain sheet 12, W5; 5W2H (S000), 5W1H (S004).
    """
    for loc, _, point in journey.places:
        if point.request is None:
            continue
        from blueprint.analysis.requests import completeness

        found = completeness(point.request)
        asks = (*found.missing, *found.vague)
        if not asks:
            continue
        open_ = [f"`{it}`" for it in found.missing]
        vague_en = f"; no number in {', '.join(f'`{it}`' for it in found.vague)}" if found.vague else ""
        vague_zh = f"；{'、'.join(f'`{it}`' for it in found.vague)} 没有数字" if found.vague else ""
        yield Finding(
            (*loc, "request"),
            both(
                f"the wish at `{point.id}` answers {7 - len(found.missing)} of 7 questions"
                + (f", not {', '.join(open_)}" if open_ else "")
                + vague_en,
                f"`{point.id}` 的需求回答了 7 个问题中的 {7 - len(found.missing)} 个"
                + (f"，缺 {'、'.join(open_)}" if open_ else "")
                + vague_zh,
            ),
            both(
                "ask: " + " ".join(_ask(it, 0) for it in asks),
                "接着问：" + "".join(_ask(it, 1) for it in asks),
            ),
            point.id,
        )


def _ask(question: str, language: int) -> str:
    words = _ASK[question][language]
    return words[0].upper() + words[1:]
