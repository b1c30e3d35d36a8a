"""MT: what is measured, with what, and whether the figures can be believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from blueprint.diagnostic import Message
from blueprint.lint import uses
from blueprint.lint.measured import current_measures, key_of, measures
from blueprint.lint.rule import Finding, rule
from blueprint.lint.wording import both, ids, months_between
from blueprint.model.journey import Journey

_OWED: Final = ("descriptive", "perceptual")
_OWING: Final = frozenset({"complaint", "high-perception", "end"})
_ZH: Final = {"descriptive": "描述性", "perceptual": "感知性"}


@rule("MT101", severity="info", zh="缺少一类指标", default=False)
def missing_metric_class(journey: Journey, *, even_unmeasured: bool = False) -> Iterator[Finding]:
    """A touchpoint that matters is measured from one side only.

    Why: Descriptive metrics (waiting time, first-contact resolution) say what happened, perceptual ones
        (CSAT, effort) how it was felt. With one alone nobody knows whether the right thing was mended.
        Speaks of complaint, high-perception and end touchpoints that have metrics with a class;
        `even_unmeasured` reports those without any too.
    Why(zh): 描述类指标（等待时间、首次解决率）说发生了什么，感知类指标（CSAT、费力度）说客户怎么感受。
        只有一类，就没人知道改对了没有。检查有分类指标的投诉、高感知和结束触点；`even_unmeasured` 连没有
        指标的也报告。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: CSAT, class: perceptual}]
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: CSAT, class: perceptual}, {metric: Days to pay, class: descriptive}]
        ```

    Source: S003, the three classes of metrics (描述性 · 感知性 · 结果性); domain sheet 6.4.
    """
    if not uses.metrics(journey):
        return
    for loc, _, point in journey.places:
        if not _OWING.intersection(point.kinds):
            continue
        classes: set[str] = {metric.class_ for metric in point.metrics if metric.class_ is not None}
        if not classes and not even_unmeasured:
            continue
        if point.surveys:
            classes.add("perceptual")
        lacking = [name for name in _OWED if name not in classes]
        if not lacking:
            continue
        yield Finding(
            (*loc, "metrics" if point.metrics else "id"),
            both(
                f"`{point.id}` has no {' and no '.join(lacking)} metric",
                f"`{point.id}` 没有{'和'.join(_ZH[name] for name in lacking)}指标",
            ),
            both(
                "measure what happens (`class: descriptive`) and how it is felt (`class: perceptual`)",
                "既测量发生了什么（`class: descriptive`），也测量客户的感受（`class: perceptual`）",
            ),
            point.id,
        )


@rule("MT102", severity="info", zh="没有结果性指标")
def no_outcome_metric(journey: Journey, *, least: int = 3) -> Iterator[Finding]:
    """A journey is measured in several places, but by no outcome.

    Why: Repurchase, churn, revenue and complaints show whether the service pays off. Without one, good
        figures on the way may hide customers who leave. Speaks of journeys with `least` metrics that have
        a class.
    Why(zh): 复购、流失、收入和投诉量说明服务值不值得。没有它们，过程数字再好看，也可能掩盖客户正在离
        开。只检查至少有 `least` 个已分类指标的旅程。

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
                metrics: [{metric: Asked once, class: descriptive}]
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: CSAT, class: perceptual}, {metric: Days to pay, class: descriptive}]
        ```

    Good:
        ```yaml
        journey: refund
        metrics: [{metric: Bought again within a year, class: outcome}]
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                metrics: [{metric: Asked once, class: descriptive}]
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: CSAT, class: perceptual}, {metric: Days to pay, class: descriptive}]
        ```

    Source: S003, result metrics (结果性指标); domain sheet 6.4.
    """
    every = [*journey.metrics, *(m for p in journey.touchpoints.values() for m in p.metrics)]
    classes = [metric.class_ for metric in every if metric.class_ is not None]
    if len(classes) >= least and "outcome" not in classes:
        yield Finding(
            ("metrics",) if journey.metrics else ("journey",),
            both(
                f"none of {len(classes)} metrics is an outcome",
                f"{len(classes)} 个指标中没有一个结果性指标",
            ),
            both(
                "add one for the journey: "
                "`metrics: [{metric: Bought again within a year, class: outcome}]`",
                "为整个旅程加一个：`metrics: [{metric: 一年内复购率, class: outcome}]`",
            ),
            journey.id,
        )


@rule("MT103", severity="error", zh="数值与目标的尺度不一致")
def mixed_scales(journey: Journey) -> Iterator[Finding]:
    """A figure and its target are not on one scale.

    Why: 85% and a target of 4.5 cannot be compared; whoever wrote one of them meant something else.
    Why(zh): 85% 和目标 4.5 没法比较；其中一个写的人想的是另一种量表。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: Satisfied, value: 85%, n: 200, target: 4.5, source: exit survey}]
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: Satisfied, value: 85%, n: 200, target: 80%, source: exit survey}]
        ```

    Source: domain sheet 6 and 19.
    """
    for placed in measures(journey):
        if placed.reason == "mixed-scales" and placed.target is not None:
            yield Finding(
                key_of(placed, "target"),
                both(
                    "the figure and its target are on different scales, one is a percentage",
                    "数值与目标的尺度不同，其中一个是百分比",
                ),
                both(
                    "write both as percentages, or both on the scale of the question",
                    "两者都写成百分比，或都用问卷的尺度",
                ),
                placed.touchpoint or journey.id,
            )


_IMPOSSIBLE: Final[dict[str, tuple[Message, Message]]] = {
    "off-scale": (
        both("this figure lies outside its scale", "数值超出了尺度"),
        both(
            "a share lies between 0% and 100%, an NPS between −100 and 100",
            "占比在 0% 到 100% 之间，NPS 在 −100 到 100 之间",
        ),
    ),
    "wrong-number-of-answers": (
        both("the answers do not fit the scale of the survey", "回答的个数与问卷的尺度不符"),
        both(
            "count the answers from the lowest to the highest: nps has 11 (0 to 10), csat 5, ces 7 (or 5)",
            "从最低分到最高分逐个计数：nps 有 11 个（0 到 10），csat 5 个，ces 7 个（或 5 个）",
        ),
    ),
    "counts-do-not-fit": (
        both("the counts of this survey do not add up", "这次调查的计数对不上"),
        both(
            "make the parts sum to `n`, or leave `n` out; for nps give promoters, passives and detractors",
            "让各部分之和等于 `n`，或删去 `n`；nps 请写 promoters、passives 和 detractors",
        ),
    ),
}


@rule("MT104", severity="error", zh="不可能的数值")
def impossible_figure(journey: Journey) -> Iterator[Finding]:
    """A figure or its counts cannot be true.

    Why: A share above 100%, more satisfied customers than customers, eleven answers on a scale of five:
        nothing can be computed from these, and nothing is.
    Why(zh): 超过 100% 的比例、比客户总数还多的满意客户、五点量表上的十一档回答：从这些数里什么也算不出
        来，也就什么都不算。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                surveys: [{survey: csat, satisfied: 90, n: 80, source: exit survey}]
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                surveys: [{survey: csat, satisfied: 72, n: 80, source: exit survey}]
        ```

    Source: domain sheet 6.1 to 6.3.
    """
    for placed in measures(journey):
        if (why := _IMPOSSIBLE.get(placed.measured.reason or "")) is not None:
            at = key_of(placed, "value", "answers", "satisfied", "promoters", "detractors", "passives")
            yield Finding(at, why[0], why[1], placed.touchpoint or journey.id)


@rule("MT105", zh="数据没有来源")
def unsourced_figure(journey: Journey) -> Iterator[Finding]:
    """A figure does not say where it comes from.

    Why: A figure that nobody can trace is an opinion with decimals. Source, date and sample size let
        others judge what it is worth.
    Why(zh): 查不到出处的数字，不过是带小数点的看法。写明来源、日期和样本量，别人才能判断它有多可信。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: CSAT, value: 91%}]
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: CSAT, value: 91%, n: 220, source: exit survey, date: 2025-03-31}]
        ```

    Source: domain sheet 19: provenance (source, date, n) is mandatory for every metric.
    """
    for placed in measures(journey):
        it, found = placed.written, placed.measured
        if found.value is None or it.source is not None:
            continue
        missing = ["source"]
        if it.date is None:
            missing.append("date")
        if found.n is None:
            missing.append("n")
        yield Finding(
            key_of(placed, "value"),
            both(f"a figure without {ids(missing)}", f"这个数据缺少 {ids(missing, 'zh')}"),
            both(
                "say where it comes from, when it was taken and from how many",
                "写明数据来源、采集时间和样本量",
            ),
            placed.touchpoint or journey.id,
        )


@rule("MT106", zh="数据已过期")
def stale_figure(journey: Journey, *, months: int = 12) -> Iterator[Finding]:
    """A figure was taken too long before the journey was reviewed.

    Why: A review that rests on last year's figures confirms last year. Held against `reviewed`, never
        against today's date; of several waves of a survey only the latest counts.
    Why(zh): 拿去年的数据做复盘，只能印证去年。以 `reviewed` 的日期为准，从不以今天为准；同一调查有多次
        测量时，只看最近一次。

    Bad:
        ```yaml
        journey: refund
        reviewed: 2025-06-01
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: CSAT, value: 91%, n: 220, source: exit survey, date: 2024-03-31}]
        ```

    Good:
        ```yaml
        journey: refund
        reviewed: 2025-06-01
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: CSAT, value: 91%, n: 220, source: exit survey, date: 2025-03-31}]
        ```

    Source: S004, a quarterly baseline (季度基线); the length is this project's choice.
    """
    if journey.reviewed is None:
        return
    for placed in current_measures(journey):
        taken = placed.written.date
        if taken is not None and months_between(taken, journey.reviewed) > months:
            yield Finding(
                key_of(placed, "date"),
                both(
                    f"taken on {taken}, more than {months} months before the review of {journey.reviewed}",
                    f"采集于 {taken}，比评审日期 {journey.reviewed} 早了 {months} 个月以上",
                ),
                both("measure again before you decide by it", "据此决策之前请重新测量"),
                placed.touchpoint or journey.id,
            )
