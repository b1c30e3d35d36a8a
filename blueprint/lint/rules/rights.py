"""BP: what customers have a right to: the price first, a choice, a way back, a word of explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from blueprint.lint.reach import reachable, ways
from blueprint.lint.rule import Delivery, Finding, Scope, rule
from blueprint.lint.wording import both
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint, Step
from blueprint.model.touchpoint import Purpose
from blueprint.model.values import Loc

_AFTERWARDS: frozenset[Purpose] = frozenset({"after-sales", "follow-up", "feedback", "thank"})


def _serving(delivery: Delivery, *purposes: Purpose) -> set[str]:
    """Return the touchpoints that are there for one of the purposes, by themselves or by a step."""
    blueprint, journey = delivery
    wanted = set(purposes)
    here = {name for name, point in journey.touchpoints.items() if wanted.intersection(point.purpose)}
    return here | {step.at for step in blueprint.steps if wanted.intersection(step.purpose)}


def _paid_for(delivery: Delivery) -> bool:
    """Somewhere the customer pays."""
    return bool(_serving(delivery, "pay"))


@rule("BP115", zh="付款前没有说明价格", calm=_paid_for, whole=True)
def price_after_payment(delivery: Delivery) -> Iterator[Finding]:
    """Customers can come to pay without having been told the price.

    Why: A price that shows only at the till is a surprise of the worst kind, and what is charged in between
        looks like a trick. Speaks where some touchpoint or step has `purpose: pay`; the price may be told
        in the same place, before the payment.

    Why(zh): 到付款时才知道价格是最糟的意外；中途加收的费用看起来像圈套。只在有触点或步骤写了
        `purpose: pay` 时才检查；也可以在同一处、付款之前说明价格。

    Bad:
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: settle, title: Settles the bill, purpose: pay, emotion: 0}
              - {id: works, title: It works, kinds: [end], emotion: 1, purpose: after-sales}
        ```
        ```yaml
        blueprint: repair-delivery
        journey: repair
        actors: {smith: {zone: frontstage}}
        steps:
          - {id: take, at: bring, actor: smith, does: Takes it in, next: bill}
          - {id: bill, at: settle, actor: smith, does: Prints the bill, next: hand}
          - {id: hand, at: works, actor: smith, does: Hands it over}
        ```

    Good:
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: settle, title: Settles the bill, purpose: pay, emotion: 0}
              - {id: works, title: It works, kinds: [end], emotion: 1, purpose: after-sales}
        ```
        ```yaml
        blueprint: repair-delivery
        journey: repair
        actors: {smith: {zone: frontstage}}
        steps:
          - {id: take, at: bring, actor: smith, does: Names the price, purpose: disclose-price, next: bill}
          - {id: bill, at: settle, actor: smith, does: Prints the bill, next: hand}
          - {id: hand, at: works, actor: smith, does: Hands it over}
        ```

    Source: domain sheet 8, BP15; S002 (顾客服务技巧五：收費標準要說明清楚).
    """
    blueprint, journey = delivery
    told = _serving(delivery, "disclose-price")
    graph = {name: targets for name, targets in ways(journey).items() if name not in told}
    unaware = reachable(graph, [route.target for route in journey.entries if route.share > 0])
    for name in sorted(_serving(delivery, "pay") & unaware - told):
        at, step = next(
            (
                (at, step)
                for at, step in enumerate(blueprint.steps)
                if step.at == name and "pay" in step.purpose
            ),
            next(((at, step) for at, step in enumerate(blueprint.steps) if step.at == name), (0, None)),
        )
        yield Finding(
            ("steps", at, "at") if step else ("journey",),
            both(
                f"customers can pay at `{name}` before anybody has told them the price",
                f"客户可能在 `{name}` 付款，而之前没有人说明价格",
            ),
            both(
                "tell it on every way there, and mark where: `purpose: disclose-price`",
                "在通往那里的每条路上先说明价格，并标明位置：`purpose: disclose-price`",
            ),
            step.id if step else blueprint.id,
        )


def _chosen(blueprint: ServiceBlueprint) -> bool:
    """Some decision says whether the customer makes it."""
    return any(step.decision and step.choice is not None for step in blueprint.steps)


@rule("BP116", severity="info", zh="决策点没有让客户选择", calm=_chosen)
def decided_for_customer(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A decision in front of the customer is not the customer's.

    Why: People accept what they chose themselves, and defend themselves against what was chosen for them.
        Not every decision can be theirs: an ignore with its reason says so. Unless asked, it speaks only of
        blueprints that say of some decision who makes it.

    Why(zh): 人们接受自己的选择，抵触别人替自己做的选择。并非每个决定都能交给客户：
        用带理由的忽略注释说明即可。默认只检查已为某个决策点写明由谁决定的蓝图。

    Bad:
        ```yaml
        blueprint: repair-delivery
        journey: repair
        actors: {smith: {zone: frontstage}}
        steps:
          - {id: look, at: bring, actor: smith, does: Offers repair or another one, decision: true,
             choice: false, next: {mend: {p: 0.5, when: worth it}, swap: {p: 0.5, when: not worth it}}}
          - {id: mend, at: works, actor: smith, does: Mends it}
          - {id: swap, at: works, actor: smith, does: Gives another one}
        ```
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        blueprint: repair-delivery
        journey: repair
        actors: {smith: {zone: frontstage}}
        steps:
          - {id: look, at: bring, actor: smith, does: Offers repair or another one, decision: true,
             choice: true, next: {mend: {p: 0.5, when: repair}, swap: {p: 0.5, when: another one}}}
          - {id: mend, at: works, actor: smith, does: Mends it}
          - {id: swap, at: works, actor: smith, does: Gives another one}
        ```
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 8, BP16; S002 (尊重選擇權).
    """
    for at, step in enumerate(blueprint.steps):
        actor = blueprint.actors.get(step.actor)
        if not step.decision or step.choice or actor is None or actor.zone != "frontstage":
            continue
        said = step.choice is False
        yield Finding(
            ("steps", at, "choice" if said else "decision"),
            both(
                f"at `{step.id}` the house decides in front of the customer"
                if said
                else f"`{step.id}` is a decision in front of the customer, and nobody says who makes it",
                f"`{step.id}` 由服务方当着客户的面替客户决定"
                if said
                else f"`{step.id}` 是客户面前的决策点，却没有写明由谁决定",
            ),
            both(
                "let the customer choose, and write `choice: true`",
                "让客户来选择，并写上 `choice: true`",
            ),
            step.id,
        )


def _dead_ends(scope: Scope) -> Iterator[tuple[Loc, str]]:
    """Yield what can be taken back, but from where no way leads back or to where it is cancelled."""
    model = scope.model
    if isinstance(model, Journey):
        order = {name: at for at, name in enumerate(model.touchpoints)}
        cancelling = {name for name, point in model.touchpoints.items() if "cancel" in point.purpose}
        graph = ways(model)
        for loc, _, point in model.places:
            if point.reversible and not _leads_back(point.id, graph.get(point.id, ()), order, cancelling):
                yield (*loc, "reversible"), point.id
    elif isinstance(model, ServiceBlueprint):
        order = {step.id: at for at, step in enumerate(model.steps)}
        cancelling = {step.id for step in model.steps if "cancel" in step.purpose}
        targets: dict[str, list[str]] = {}
        for link in model.links_between:
            targets.setdefault(link.source, []).append(link.target)
        for at, step in enumerate(model.steps):
            if step.reversible and not _leads_back(step.id, targets.get(step.id, ()), order, cancelling):
                yield ("steps", at, "reversible"), step.id


def _leads_back(name: str, targets: Iterable[str], order: dict[str, int], cancelling: set[str]) -> bool:
    """Whether a way leads to what comes before, or to where it is cancelled; a way elsewhere is unknown."""
    return name in cancelling or any(
        target in cancelling or order.get(target, len(order)) < order[name] for target in targets
    )


@rule("BP117", zh="可反悔之处没有回头路", whole=True)
def no_way_back(scope: Scope) -> Iterator[Finding]:
    """Customers may think better of it, but no way leads back.

    Why: A right to change one's mind that no route serves is a right on paper, and people who feel caught
        do not come back. Speaks where `reversible: true` is written.

    Why(zh): 写着可以反悔，却没有任何一条路可走，这样的权利只在纸面上；觉得被套住的人不会再来。
        只在写了 `reversible: true` 时才检查。

    Bad:
        ```yaml
        journey: order
        stages:
          - stage: shop
            touchpoints:
              - {id: choose, title: Chooses, kinds: [first], emotion: 1}
              - {id: commit, title: Orders, emotion: 0, reversible: true}
              - {id: got, title: It arrives, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: order
        stages:
          - stage: shop
            touchpoints:
              - {id: choose, title: Chooses, kinds: [first], emotion: 1}
              - {id: commit, title: Orders, emotion: 0, reversible: true, next: {choose: 0.1, got: rest}}
              - {id: got, title: It arrives, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 8, BP17; S002 (反悔的機會).
    """
    for loc, name in _dead_ends(scope):
        yield Finding(
            loc,
            both(
                f"`{name}` can be taken back, but no way leads back from it",
                f"`{name}` 可以反悔，却没有回头路",
            ),
            both(
                "lead to what comes before it, or to where it is cancelled (`purpose: cancel`)",
                "加一条回到之前的路，或通往取消之处（`purpose: cancel`）的路",
            ),
            name,
        )


@rule("BP118", severity="info", zh="付款之后没有售后", calm=_paid_for, whole=True)
def nothing_after_sale(delivery: Delivery) -> Iterator[Finding]:
    """Customers pay, and after that nobody is there for them.

    Why: After the sale it shows whether the house meant it. A call, a note, a place to go to: something
        that follows up, thanks, or asks. Speaks where some touchpoint or step has `purpose: pay`.

    Why(zh): 成交之后才看得出服务是否真心。一通电话、一张便条、一个可以去的地方：总要有回访、致谢或询问。
        只在有触点或步骤写了 `purpose: pay` 时才检查。

    Bad:
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Hears the price, kinds: [first], emotion: 0, purpose: disclose-price}
              - {id: settle, title: Pays and leaves, kinds: [end], purpose: pay, emotion: 1}
        ```
        ```yaml
        blueprint: repair-delivery
        journey: repair
        actors: {smith: {zone: frontstage}}
        steps:
          - {id: take, at: bring, actor: smith, does: Takes it in, next: bill}
          - {id: bill, at: settle, actor: smith, does: Prints the bill}
        ```

    Good:
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Hears the price, kinds: [first], emotion: 0, purpose: disclose-price}
              - {id: settle, title: Pays and leaves, kinds: [end], purpose: pay, emotion: 1}
        ```
        ```yaml
        blueprint: repair-delivery
        journey: repair
        actors: {smith: {zone: frontstage}}
        steps:
          - {id: take, at: bring, actor: smith, does: Takes it in, next: bill}
          - {id: bill, at: settle, actor: smith, does: Prints the bill, next: ring}
          - {id: ring, at: settle, actor: smith, does: Rings a week later, purpose: after-sales}
        ```

    Source: domain sheet 8, BP18; S002 (售後通報系統).
    """
    paying = _serving(delivery, "pay")
    if not paying or _serving(delivery, *sorted(_AFTERWARDS)):
        return
    yield Finding(
        ("journey",),
        both(
            f"customers pay at `{min(paying)}`, and no step follows the sale up",
            f"客户在 `{min(paying)}` 付款，之后没有任何售后步骤",
        ),
        both(
            "add a step that follows up, and mark it: `purpose: after-sales`",
            "加一个售后步骤，并标明：`purpose: after-sales`",
        ),
        delivery.blueprint.id,
    )


def _explained(blueprint: ServiceBlueprint) -> bool:
    """Some way on says what the customer is told about it."""
    return any(link.spec.told is not None for link in blueprint.links_between)


@rule("BP120", severity="info", zh="转交客户时没有说明", calm=_explained)
def wordless_transfer(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """The customer is passed on to somebody else, and nothing says what they are told about it.

    Why: Who is handed over without a word feels got rid of, and tells everything again. Counts ways from
        one person in the frontstage to another; systems need no farewell. Unless asked, it speaks only of
        blueprints that say of some way what the customer is told.

    Why(zh): 一句话不说就被转给别人，客户会觉得被打发了，还要从头讲起。
        只看前台人员之间的转交；系统不需要道别。默认只检查已为某个交接写明 `told` 的蓝图。

    Bad:
        ```yaml
        blueprint: repair-delivery
        journey: repair
        actors: {clerk: {zone: frontstage}, smith: {zone: frontstage}, boss: {zone: frontstage}}
        steps:
          - {id: take, at: bring, actor: clerk, does: Takes it in, next: {look: {hands_over: [it],
             within: 5m, confirmed: true, told: "Our smith knows these best; she is here in a minute"}}}
          - {id: look, at: bring, actor: smith, does: Looks at it, next: {bill: {hands_over: [it],
             within: 5m, confirmed: true}}}
          - {id: bill, at: works, actor: boss, does: Prints the bill}
        ```
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        blueprint: repair-delivery
        journey: repair
        actors: {clerk: {zone: frontstage}, smith: {zone: frontstage}}
        steps:
          - {id: take, at: bring, actor: clerk, does: Takes it in, next: {look: {hands_over: [it],
             within: 5m, confirmed: true, told: "Our smith knows these best; she is here in a minute"}}}
          - {id: look, at: works, actor: smith, does: Mends it}
        ```
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 8, BP20; S002 (注意事项二).
    """
    steps = {step.id: step for step in blueprint.steps}
    for link in blueprint.links_between:
        source, target = steps.get(link.source), steps.get(link.target)
        if source is None or target is None or source.actor == target.actor or link.spec.told is not None:
            continue
        if not (_meets(blueprint, source) and _meets(blueprint, target)):
            continue
        yield Finding(
            link.loc,
            both(
                f"the customer is passed from `{source.actor}` to `{target.actor}`, and is told nothing",
                f"客户从 `{source.actor}` 转到 `{target.actor}`，却没有任何说明",
            ),
            both(
                f'say who comes and why: `{target.id}: {{told: "…"}}`',
                f'写明由谁接手、为什么：`{target.id}: {{told: "…"}}`',
            ),
            source.id,
        )


def _meets(blueprint: ServiceBlueprint, step: Step) -> bool:
    """Whether a person whom the customer sees takes the step."""
    actor = blueprint.actors.get(step.actor)
    return actor is not None and actor.zone == "frontstage" and not actor.technology
