"""BP: the ways from step to step - lines that are jumped, handoffs, loops, dead ends."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.figures import percent
from blueprint.lint import uses
from blueprint.lint.reach import reachable
from blueprint.lint.rule import Delivery, Finding, Note, rule
from blueprint.lint.wording import both, ids
from blueprint.model.service import ZONES, Link, ServiceBlueprint, Step
from blueprint.model.values import Loc

KEY = "[key]"


def _steps(blueprint: ServiceBlueprint) -> dict[str, Step]:
    found: dict[str, Step] = {}
    for step in blueprint.steps:
        found.setdefault(step.id, step)
    return found


def _target(blueprint: ServiceBlueprint, link: Link) -> Loc:
    """Return where a way on names its target: the key of a mapping, or the value."""
    at = link.loc[1]
    written = blueprint.steps[at].next if isinstance(at, int) else None
    return (*link.loc, KEY) if isinstance(written, dict) else link.loc


def _graph(blueprint: ServiceBlueprint) -> dict[str, list[str]]:
    graph: dict[str, list[str]] = {step.id: [] for step in blueprint.steps}
    for link in blueprint.links_between:
        if link.target in graph and link.spec.p != 0:
            graph[link.source].append(link.target)
    return graph


@rule("BP103", zh="一步跨过两条线")
def jumped_line(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A way on leads from the frontstage straight to support, or back, past the backstage.

    Why: People in the frontstage who have to reach into support processes themselves are alone with
        them, and nobody backstage knows what was asked. Systems that call systems are left alone.
    Why(zh): 前台人员若要自己伸手到支持流程里，就只能靠自己，后台也没人知道被要求做了什么。系统调用系统
        不受影响。

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
        actors: {agent: {zone: frontstage}, archive: {zone: support}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: search}
          - {id: search, at: ask, actor: archive, does: Finds the order, next: note}
          - {id: note, at: ask, actor: archive, does: Notes the result}
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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}, archive: {zone: support}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: look}
          - {id: look, at: ask, actor: clerk, does: Looks into it, next: search}
          - {id: search, at: ask, actor: archive, does: Finds the order}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP03.
    """
    steps = _steps(blueprint)
    for link in blueprint.links_between:
        ends = [steps.get(link.source), steps.get(link.target)]
        actors = [blueprint.actors.get(step.actor) for step in ends if step is not None]
        if len(actors) < 2 or actors[0] is None or actors[1] is None:
            continue
        start, end = actors[0], actors[1]
        far = abs(ZONES.index(start.zone) - ZONES.index(end.zone)) > 1
        if far and not (start.technology and end.technology):
            yield Finding(
                _target(blueprint, link),
                both(
                    f"`{link.source}` ({start.zone}) leads straight to `{link.target}` "
                    f"({end.zone}), past the backstage",
                    f"`{link.source}`（{_ZONE_ZH[start.zone]}）直接通到 "
                    f"`{link.target}`（{_ZONE_ZH[end.zone]}），跳过了后台",
                ),
                both(
                    "add the backstage step between them, or move one of the actors to the zone "
                    "it works in",
                    "补上中间的后台步骤，或把角色放到它真正所在的区域",
                ),
                link.source,
            )


_ZONE_ZH = {"frontstage": "前台", "backstage": "后台", "support": "支持"}


@rule("BP105", zh="没有连接的后台步骤", whole=True)
def orphan_step(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A backstage or support step that no way leads to and none leaves.

    Why: A process nobody calls and that serves nobody is either dead or, more often, held together by
        somebody's memory. Draw what it is connected to.
    Why(zh): 没人调用、也不服务任何人的流程，要么已经废弃，要么（更常见）全靠某个人的记忆维系。请画出它
        与谁相连。

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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: file, at: ask, actor: clerk, does: Files a copy}
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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: [file, pay], parallel: true}
          - {id: file, at: ask, actor: clerk, does: Files a copy}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP05.
    """
    linked = {end for link in blueprint.links_between for end in (link.source, link.target)}
    for at, step in enumerate(blueprint.steps):
        actor = blueprint.actors.get(step.actor)
        if actor is not None and actor.zone != "frontstage" and step.id not in linked:
            yield Finding(
                ("steps", at, "id"),
                both(
                    f"nothing leads to `{step.id}` or from it",
                    f"没有任何步骤通向 `{step.id}`，它也不通向任何步骤",
                ),
                both(
                    f"name `{step.id}` in the `next:` of the step that needs it",
                    f"在需要它的步骤的 `next:` 中写上 `{step.id}`",
                ),
                step.id,
            )


@rule("BP114", zh="走不到的步骤", whole=True)
def unreachable_step(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """No way leads to a step, although it is not where its column begins.

    Why: A column begins with its first step and with whatever the frontstage starts. Any other step has
        to be called by somebody.
    Why(zh): 一列从它的第一步和前台发起的动作开始。其他步骤都必须有人调用。

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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: check, at: ask, actor: clerk, does: Checks the photos, next: pay}
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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: check}
          - {id: check, at: ask, actor: clerk, does: Checks the photos, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP14.
    """
    graph = _graph(blueprint)
    called = {target for targets in graph.values() for target in targets}
    starts: set[str] = set()
    columns: set[str] = set()
    for step in blueprint.steps:
        actor = blueprint.actors.get(step.actor)
        begins = step.at not in columns
        columns.add(step.at)
        if begins or (step.id not in called and (actor is None or actor.zone == "frontstage")):
            starts.add(step.id)
    found = reachable(graph, starts)
    for at, step in enumerate(blueprint.steps):
        if step.id not in found and graph[step.id]:  # without a way out it is an orphan
            yield Finding(
                ("steps", at, "id"),
                both(f"no step leads to `{step.id}`", f"没有步骤通向 `{step.id}`"),
                both(
                    f"name `{step.id}` in the `next:` of the step before it",
                    f"在它前面的步骤的 `next:` 中写上 `{step.id}`",
                ),
                step.id,
            )


def _handoffs(blueprint: ServiceBlueprint) -> Iterator[tuple[Link, str, str]]:
    """Yield the ways on where a person takes over from somebody else: link, from, to."""
    steps = _steps(blueprint)
    for link in blueprint.links_between:
        if link.source in steps and link.target in steps:
            giver, taker = steps[link.source].actor, steps[link.target].actor
            actor = blueprint.actors.get(taker)
            if giver != taker and actor is not None and not actor.technology:
                yield link, giver, taker


@rule("BP110", zh="交接不完整", calm=uses.handovers)
def careless_handoff(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """Work is handed to somebody else without saying what, by when, or whether they confirm.

    Why: Things get lost between people. A handoff has three parts: what is handed over, until when, and
        a sign that it has arrived. Handing work to a system is left alone.
    Why(zh): 事情总是丢在人与人之间。交接有三个要素：交什么、何时前、怎样知道对方收到。交给系统的工作不
        受影响。

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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes it, next: {check: {hands_over: [photos]}}}
          - {id: check, at: ask, actor: clerk, does: Checks the photos}
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
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - id: take
            at: ask
            actor: agent
            does: Takes it
            next: {check: {hands_over: [photos], within: 30m, confirmed: true}}
          - {id: check, at: ask, actor: clerk, does: Checks the photos}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP10; S004 (服务交接标准化: 信息要素、交接时限、确认流程).
    """
    for link, giver, taker in _handoffs(blueprint):
        spec = link.spec
        lacks_en, lacks_zh = [], []
        if not spec.hands_over:
            lacks_en.append("what is handed over (`hands_over`)")
            lacks_zh.append("交接什么（`hands_over`）")
        if spec.within is None:
            lacks_en.append("by when (`within`)")
            lacks_zh.append("多久之内（`within`）")
        if spec.confirmed is None:
            lacks_en.append("whether it is confirmed (`confirmed`)")
            lacks_zh.append("是否确认（`confirmed`）")
        if lacks_en:
            yield Finding(
                _target(blueprint, link),
                both(
                    f"`{giver}` hands over to `{taker}` without saying {', '.join(lacks_en)}",
                    f"`{giver}` 交接给 `{taker}`，却没有写明{'、'.join(lacks_zh)}",
                ),
                both(
                    f"write `{link.target}: {{hands_over: […], within: 30m, confirmed: true}}`",
                    f"写成 `{link.target}: {{hands_over: […], within: 30m, confirmed: true}}`",
                ),
                link.source,
            )


@rule("BP111", zh="投诉被多次转手", whole=True)
def passed_on_complaint(delivery: Delivery, *, most: int = 2) -> Iterator[Finding]:
    """A complaint is handed from person to person more than `most` times.

    Why: One person should see a complaint through. Each handoff is a chance to lose it, and the customer
        tells the story again.
    Why(zh): 一件投诉应由一个人负责到底。每转一次手，就多一次丢失的机会，客户也要把事情再讲一遍。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Complains, kinds: [first, complaint], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}, chief: {zone: backstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes it down, next: check}
          - {id: check, at: ask, actor: clerk, does: Checks it, next: sign}
          - {id: sign, at: ask, actor: chief, does: Signs it, next: tell}
          - {id: tell, at: ask, actor: agent, does: Tells the customer, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Complains, kinds: [first, complaint], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}, clerk: {zone: backstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes it down, next: check}
          - {id: check, at: ask, actor: clerk, does: Checks and signs it, next: tell}
          - {id: tell, at: ask, actor: agent, does: Tells the customer, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP11; S000 (指定专人负责到底); S001 (部门互相推诿).
    """
    blueprint, journey = delivery
    steps = _steps(blueprint)
    for name, point in journey.touchpoints.items():
        if "complaint" not in point.kinds:
            continue
        inside = [
            (link, giver, taker)
            for link, giver, taker in _handoffs(blueprint)
            if steps[link.source].at == name and steps[link.target].at == name
        ]
        if len(inside) <= most:
            continue
        first = next(at for at, step in enumerate(blueprint.steps) if step.at == name)
        chain = [inside[0][1], *(taker for _, _, taker in inside)]
        yield Finding(
            ("steps", first, "at"),
            both(
                f"the complaint at `{name}` is handed on {len(inside)} times: {ids(chain)}",
                f"`{name}` 的投诉被转手 {len(inside)} 次：{ids(chain, 'zh')}",
            ),
            both(
                "let one person see it through, and give them the authority to decide",
                "由一个人负责到底，并授权其决定",
            ),
            blueprint.steps[first].id,
            tuple(
                Note(_target(blueprint, link), both(f"to `{taker}`", f"转给 `{taker}`"))
                for link, _, taker in inside[:5]
            ),
        )


@rule("BP112", zh="换渠道时没有传递上下文", calm=lambda d: uses.handovers(d.blueprint))
def forgotten_context(delivery: Delivery) -> Iterator[Finding]:
    """The customer changes the channel, and nothing is handed over from one step to the next.

    Why: "I already told your colleague" is what customers say when a channel forgets. Name what the
        next channel gets to know.
    Why(zh): “我已经跟你们同事说过了”——渠道不记事，客户就会这么说。请写明下一个渠道能知道什么。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, channel: chat}
              - {id: call, title: Calls, emotion: 0, channel: phone}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes it, next: talk}
          - {id: talk, at: call, actor: agent, does: Talks it over, next: {pay: {hands_over: [claim]}}}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, channel: chat}
              - {id: call, title: Calls, emotion: 0, channel: phone}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes it, next: {talk: {hands_over: [claim, photos]}}}
          - {id: talk, at: call, actor: agent, does: Talks it over, next: {pay: {hands_over: [claim]}}}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP12; S004 (全渠道同步).
    """
    blueprint, journey = delivery
    steps = _steps(blueprint)
    for link in blueprint.links_between:
        if link.target not in steps or link.spec.hands_over:
            continue
        before = journey.touchpoints.get(steps[link.source].at)
        after = journey.touchpoints.get(steps[link.target].at)
        if before is None or after is None or not before.channel or not after.channel:
            continue
        if before.channel != after.channel:
            yield Finding(
                _target(blueprint, link),
                both(
                    f"the customer changes from {before.channel} to {after.channel} "
                    f"between `{link.source}` and `{link.target}`, and nothing is handed over",
                    f"客户在 `{link.source}` 与 `{link.target}` 之间从 {before.channel} 换到 "
                    f"{after.channel}，"
                    "却没有传递任何信息",
                ),
                both(
                    f"name what goes along: `{link.target}: {{hands_over: [claim number, history]}}`",
                    f"写明传递什么：`{link.target}: {{hands_over: [单号, 沟通记录]}}`",
                ),
                link.source,
            )


@rule("BP113", zh="返工过多")
def frequent_rework(blueprint: ServiceBlueprint, *, most: float = 0.3) -> Iterator[Finding]:
    """A step is done again with a probability above `most`.

    Why: Rework costs the service twice and the customer more. Above a third the exception is part of the
        process, and the fault lies before the step. Speaks only where shares are written.
    Why(zh): 返工让服务付两次成本，让客户付得更多。超过三分之一，例外就成了流程的一部分，问题出在这一步
        之前。只检查写明比例之处。

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
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: {pay: 0.5, again: 0.5}}
          - {id: again, at: ask, actor: agent, does: Asks for photos, next: take}
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
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: {pay: 0.9, again: 0.1}}
          - {id: again, at: ask, actor: agent, does: Asks for photos, next: take}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: domain sheet 8, BP13.
    """
    graph = _graph(blueprint)
    shares = _shares(blueprint)
    told: set[str] = set()
    for at, step in enumerate(blueprint.steps):
        circle = {n for n in reachable(graph, graph[step.id]) if step.id in reachable(graph, [n])}
        if step.id not in circle or step.id in told:
            continue
        told |= circle
        chance = _return(step.id, circle, shares)
        if chance is not None and chance > most + 1e-9:
            yield Finding(
                ("steps", at, "id"),
                both(
                    f"`{step.id}` is done again in {percent(chance)} of cases",
                    f"`{step.id}` 有 {percent(chance)} 的情况要重做",
                ),
                both(
                    "look at what comes in: get it right before this step, or check it earlier",
                    "从输入找原因：在这一步之前就做对，或更早检查",
                ),
                step.id,
            )


def _shares(blueprint: ServiceBlueprint) -> dict[str, dict[str, float] | None]:
    """Return the written shares per step; None where it branches and nobody wrote any."""
    found: dict[str, dict[str, float] | None] = {}
    for at, step in enumerate(blueprint.steps):
        links = [link for link in blueprint.links_between if link.loc[:2] == ("steps", at)]
        if len(links) == 1 and links[0].spec.p is None:
            found.setdefault(step.id, {links[0].target: 1.0})
            continue
        if step.parallel or any(link.spec.p is None for link in links):
            found.setdefault(step.id, None)
            continue
        given = {link.target: link.spec.p for link in links if isinstance(link.spec.p, float)}
        rest = [link.target for link in links if link.spec.p == "rest"]
        left = max(0.0, 1 - sum(given.values())) / len(rest) if rest else 0.0
        found.setdefault(step.id, {**given, **dict.fromkeys(rest, left)})
    return found


def _return(start: str, circle: set[str], shares: dict[str, dict[str, float] | None]) -> float | None:
    """Return the probability of coming back to a step; None where a share on the way is unknown.

    Walks on from the step until nearly nothing is left inside the circle.
    """
    if any(shares.get(name) is None for name in circle):
        return None
    inside, back = {start: 1.0}, 0.0
    for _ in range(1000):
        following: dict[str, float] = {}
        for name, weight in inside.items():
            for target, share in (shares[name] or {}).items():
                if target == start:
                    back += weight * share
                elif target in circle:
                    following[target] = following.get(target, 0.0) + weight * share
        inside = {name: weight for name, weight in following.items() if weight > 1e-12}
        if not inside:
            break
    return min(back, 1.0)
