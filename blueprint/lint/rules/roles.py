"""RA: who is responsible, who answers for it, who is asked and told, and whom the customer meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from blueprint.figures import percent
from blueprint.lint import uses
from blueprint.lint.rule import Finding, Note, rule
from blueprint.lint.wording import both, ids
from blueprint.model.service import ServiceBlueprint
from blueprint.model.values import Loc

if TYPE_CHECKING:
    from blueprint.analysis.raci import Fault, RaciFault


def _faults(blueprint: ServiceBlueprint, fault: Fault) -> Iterator[tuple[RaciFault, Loc]]:
    """Yield the faults of one kind with the place where each is written."""
    from blueprint.analysis.raci import raci_faults

    places = {step.id: at for at, step in reversed(list(enumerate(blueprint.steps)))}
    for it in raci_faults(blueprint):
        if it.fault == fault:
            yield it, ("actors", it.actors[0]) if it.step is None else ("steps", places[it.step], "raci")


@rule("RA101", zh="步骤没有当责人")
def unaccountable_step(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A step says who is responsible, consulted or informed, but not who answers for it.

    Why: Where several do the work and none answers for it, each believes it was another. Exactly one is
        accountable; the one who does it may be the same.
    Why(zh): 几个人一起做而没有人当责，每个人都以为是别人的事。当责者只能有一个，可以就是执行的人。

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
    Why(zh): 只有当责、没有人动手，责任就停在纸上。执行的人要写出来，哪怕就是当责的人。

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
    Why(zh): 其中任何一个人都能让事情停下来。如果必须问过四个人，等待就是这条规定本身造成的。

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
    from blueprint.analysis.raci import raci_faults

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
    Why(zh): 要么不需要这个岗位，要么忘了写它的职责。默认只在每个由人完成的步骤都有 RACI 时检查：矩阵才
        刚开始填，空格说明不了什么。

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
    Why(zh): 事事都由一个人当责，就事事都来不及。客户只有一个联络点是好事，所有的活压在一个人身上不是。
        默认只在矩阵填全时检查。

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
    from blueprint.analysis.raci import raci_faults

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
    Why(zh): 客户面前的人做不了该做的事，能做的人客户又看不到：“我去问一下同事”就是这样来的。屏幕类的步
        骤除外，它背后本来就有人在运行。

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
    Why(zh): 交接在现场完成了，下一步的当责人却要等出了错才知道。

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
    Why(zh): 单一联络点让客户不必从头再讲。有两个“单一”联络点，就等于没有。

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
