"""RA: whether people get what they need from one another, and have the time for what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.results import BlueprintAnalysis
from blueprint.figures import duration, percent
from blueprint.lint.rule import Finding, rule
from blueprint.lint.wording import both
from blueprint.model.service import ServiceBlueprint


@rule("RA109", zh="交接内容不完整")
def incomplete_handover(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """The next step needs something that is not handed over.

    Why: What is missing is asked again, of the colleague or of the customer. Say what the other side needs
        (`needs:`), and hand over all of it.
    Why(zh): 缺的内容会再问一遍，不是问同事，就是问客户。请写明对方需要什么（`needs:`），并全部交过去。

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
    Why(zh): 这样一来，纸上的标准时间实际上都变成了排队。工作量 = 预期执行次数 × 标准时间；可用工
        时 = `people` × `capacity`，按旅程流量所用的周期计算。

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
