"""MT, continued: what the figures say about targets, and what two indices say together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from blueprint.figures import number
from blueprint.lint import uses
from blueprint.lint.measured import current_measures, shown
from blueprint.lint.rule import Finding, Judged, rule
from blueprint.lint.wording import both
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Metric
from blueprint.model.values import Loc

if TYPE_CHECKING:
    from blueprint.lint.measured import Measure


def _between(placed: Measure) -> tuple[str, str]:
    low, high = placed.measured.interval or (0.0, 0.0)
    return shown(low, placed), shown(high, placed)


@rule("MT107", zh="没有达到目标，也没有对策")
def missed_target(journey: Journey, *, even_planned: bool = False) -> Iterator[Finding]:
    """A target is missed by the whole interval, and nothing is planned about it.

    Why: A figure below its target may be bad luck; an interval below it is not. A pain or an opportunity at
        the touchpoint shows that somebody works on it; `even_planned` reports these too.
    Why(zh): 一个数低于目标可能是运气不好，整个区间都低于目标就不是了。触点上写了痛点或机会点，说明有人
        在管；`even_planned` 连这些也报告。

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
                metrics: [{metric: Paid in a day, value: 71%, n: 400, target: 80%, source: accounts}]
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
                metrics: [{metric: Paid in a day, value: 71%, n: 400, target: 80%, source: accounts}]
                opportunities: [{opportunity: Pay small amounts without a second pair of eyes}]
        ```

    Source: domain sheet 6.7: failed only if the upper end of the interval is below the target.
    """
    for placed in current_measures(journey):
        if placed.verdict != "missed" or placed.target is None:
            continue
        point = journey.touchpoints[placed.touchpoint] if placed.touchpoint is not None else None
        if point is not None and (point.pains or point.opportunities) and not even_planned:
            continue
        low, high = _between(placed)
        goal = shown(placed.target, placed)
        sign = "≥" if placed.measured.better == "higher" else "≤"
        yield Finding(
            (*placed.loc, "value" if isinstance(placed.written, Metric) else "target"),
            both(
                f"the target ({sign} {goal}) is missed: the 95% interval runs from {low} to {high}",
                f"没有达到目标（{sign} {goal}）：95% 置信区间为 {low} 到 {high}",
            ),
            both(
                "say what hurts (`pains:`) or what would mend it (`opportunities:`), or reconsider "
                "the target",
                "写明痛点（`pains:`）或改进机会（`opportunities:`），或重新考虑目标",
            ),
            placed.touchpoint or journey.id,
        )


@rule("MT108", severity="info", zh="样本太小，无法判断是否达标")
def undecided_target(journey: Journey, *, least: int = 30) -> Iterator[Finding]:
    """Too small a sample cannot tell whether a target is met.

    Why: Eighteen answers at 94% may stand for 74% or for 99%. Fewer than `least` answers whose interval
        spans the target decide nothing, whichever side the figure lies on.
    Why(zh): 十八份回答的 94%，真实值可能是 74%，也可能是 99%。回答少于 `least` 份而区间又跨过目标时，不
        论数值在哪一边，都下不了结论。

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
                metrics: [{metric: Paid in a day, value: 94%, n: 18, target: 90%, source: accounts}]
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
                metrics: [{metric: Paid in a day, value: 94%, n: 480, target: 90%, source: accounts}]
        ```

    Source: domain sheet 6.7 and 19.
    """
    for placed in current_measures(journey):
        found = placed.measured
        if (
            placed.verdict != "undetermined"
            or found.interval is None
            or found.n is None
            or found.n >= least
        ):
            continue
        low, high = _between(placed)
        yield Finding(
            (*placed.loc, "n" if "n" in placed.written.model_fields_set else "target"),
            both(
                f"{found.n} answers cannot tell: the 95% interval runs from {low} to {high}",
                f"{found.n} 份数据无法判断：95% 置信区间为 {low} 到 {high}",
            ),
            both("collect more before you call it met or missed", "样本更多之后再判断是否达标"),
            placed.touchpoint or journey.id,
        )


def _latest(journey: Journey, touchpoint: str | None, index: str) -> Loc:
    """Return the path of the latest dated wave of a survey at a place."""
    waves = [
        ((*loc, "surveys", at), survey.date)
        for loc, name, surveys in (
            ((), None, journey.surveys),
            *((place.loc, place.touchpoint.id, place.touchpoint.surveys) for place in journey.places),
        )
        for at, survey in enumerate(surveys)
        if name == touchpoint and survey.survey == index and survey.date is not None
    ]
    return max(waves, key=lambda wave: wave[1])[0]


_PARTING = {
    "transaction-fine-relationship-eroding": (
        "satisfaction rises while loyalty falls: the transaction is fine, the relationship erodes",
        "满意度上升而推荐度下降：单次服务不错，关系却在流失",
    ),
    "loyal-despite-friction": (
        "loyalty rises while satisfaction falls: customers stay in spite of the friction",
        "推荐度上升而满意度下降：客户在忍受摩擦中留下",
    ),
}


@rule("MT109", zh="CSAT 与 NPS 走势相反")
def parting_indices(journey: Journey) -> Iterator[Finding]:
    """CSAT and NPS of one place move in opposite directions.

    Why: Each index alone looks like noise or like success; together they say that transaction and
        relationship come apart. The last wave is held against up to four before it; both have to move
        by 1.28 standard errors.
    Why(zh): 单看哪一个都像偶然波动，或者像成功；放在一起才看得出，单次交易和长期关系正在分道扬镳。最近
        一次与此前最多四次比较，两项都要变动 1.28 个标准误以上。

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
                surveys:
                  - {survey: csat, satisfied: 340, n: 400, source: exit, date: 2025-03-31}
                  - {survey: csat, satisfied: 360, n: 400, source: exit, date: 2025-06-30}
                  - {survey: nps, promoters: 180, detractors: 80, n: 400, source: mail, date: 2025-03-31}
                  - {survey: nps, promoters: 160, detractors: 100, n: 400, source: mail, date: 2025-06-30}
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
                surveys:
                  - {survey: csat, satisfied: 340, n: 400, source: exit, date: 2025-03-31}
                  - {survey: csat, satisfied: 360, n: 400, source: exit, date: 2025-06-30}
                  - {survey: nps, promoters: 180, detractors: 80, n: 400, source: mail, date: 2025-03-31}
                  - {survey: nps, promoters: 188, detractors: 76, n: 400, source: mail, date: 2025-06-30}
        ```

    Source: S004, monitoring by two indices (NPS+CSAT双指标监测); domain sheet 6.5.
    """
    if not uses.surveys(journey):
        return
    from blueprint.analysis.dashboard import watch
    from blueprint.analysis.measures import read_surveys

    for found in watch(read_surveys(journey)):
        if found.dual is not None and found.dual.diverging and found.dual.quadrant in _PARTING:
            en, zh = _PARTING[found.dual.quadrant]
            yield Finding(
                (*_latest(journey, found.touchpoint, "nps"), "date"),
                both(en, zh),
                both(
                    "look at what happens between the transactions: price, silence, broken promises",
                    "看看两次服务之间发生了什么：价格、冷落、未兑现的承诺",
                ),
                found.touchpoint or journey.id,
            )


@rule("MT110", zh="指数明显下降")
def fallen_index(journey: Journey, *, alpha: float = 0.05) -> Iterator[Finding]:
    """The last wave of CSAT or NPS fell below the waves before it.

    Why: A fall that chance does not explain should be seen the quarter it happens. Of many places some fall
        by chance, so p is adjusted over all of them (Holm) before it is held against `alpha`.
    Why(zh): 不能用偶然解释的下降，应当在发生的那个季度就看到。地方多了，总有几处会碰巧下降，所以 p 值先
        按所有地方校正（Holm），再与 `alpha` 比较。

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
                surveys:
                  - {survey: csat, satisfied: 360, n: 400, source: exit, date: 2025-03-31}
                  - {survey: csat, satisfied: 330, n: 400, source: exit, date: 2025-06-30}
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
                surveys:
                  - {survey: csat, satisfied: 360, n: 400, source: exit, date: 2025-03-31}
                  - {survey: csat, satisfied: 355, n: 400, source: exit, date: 2025-06-30}
        ```

    Source: S004, a quarterly baseline; domain sheet 6.5 and 19; Holm 1979.
    """
    if not uses.surveys(journey):
        return
    from blueprint.analysis.dashboard import watch
    from blueprint.analysis.measures import read_surveys

    for found in watch(read_surveys(journey)):
        for index, moved in found.changes.items():
            p = found.adjusted_p[index]
            if moved.difference >= 0 or p >= alpha:
                continue
            fell = number(abs(moved.difference) * (100 if index == "csat" else 1))
            points = "个百分点" if index == "csat" else "分"
            chance = "p < 0.001" if p < 0.001 else f"p = {number(p)}"
            yield Finding(
                (*_latest(journey, found.touchpoint, index), "date"),
                both(
                    f"{index.upper()} fell by {fell} points against the waves before ({chance} after Holm)",
                    f"{index.upper()} 比之前各期下降了 {fell} {points}（Holm 校正后 {chance}）",
                ),
                both("find out what changed in that time", "查明这段时间里发生了什么变化"),
                found.touchpoint or journey.id,
            )


@rule("MT111", severity="info", zh="结尾没有即时调查")
def no_instant_survey(journey: Journey) -> Iterator[Finding]:
    """Customers are surveyed, but at no end touchpoint right away.

    Why: A yearly survey asks what is left of the memory. The end is the moment to ask about the visit
        itself. Speaks of journeys that say of which type their surveys are.
    Why(zh): 年度调查问的是记忆里还剩下什么。要问这一次的感受，最好的时机就是结尾。只检查写明了调查类型
        的旅程。

    Bad:
        ```yaml
        journey: refund
        surveys: [{survey: nps, type: relational, promoters: 60, detractors: 10, n: 99, source: mail}]
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, metrics: [{metric: Days to pay}]}
        ```

    Good:
        ```yaml
        journey: refund
        surveys: [{survey: nps, type: relational, promoters: 60, detractors: 10, n: 99, source: mail}]
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: Days to pay}]
                surveys: [{survey: csat, type: instant, satisfied: 91, n: 100, source: exit survey}]
        ```

    Source: S003, models of satisfaction (全面系统 · 重点业务 · 即时满意度); domain sheet 6.4.
    """
    points = journey.touchpoints.values()
    surveyed = [*journey.surveys, *(survey for point in points for survey in point.surveys)]
    typed = any(s.type for s in surveyed) or any(m.survey for p in points for m in p.metrics)
    ends = [place for place in journey.places if "end" in place.touchpoint.kinds]
    if not typed or not ends:
        return
    for place in ends:
        types = {survey.type for survey in place.touchpoint.surveys}
        types |= {metric.survey for metric in place.touchpoint.metrics}
        if "instant" in types:
            return
    yield Finding(
        (*ends[-1].loc, "id"),
        both(
            f"nobody is asked right away at {len(ends)} end touchpoint{'s' if len(ends) > 1 else ''}",
            f"结束触点（共 {len(ends)} 个）没有即时调查",
        ),
        both(
            "ask one question there: `surveys: [{survey: csat, type: instant, …}]`",
            "在那里只问一个问题：`surveys: [{survey: csat, type: instant, …}]`",
        ),
        ends[-1].touchpoint.id,
    )


_PAIRED = {1: "CSAT", 2: "CES", 3: "NPS"}


@rule("MT112", severity="info", zh="服务水平与指标不匹配")
def level_without_its_metric(judged: Judged, *, vocabulary: str = "service-level") -> Iterator[Finding]:
    """A touchpoint aims at a level of service, but measures something else.

    Why: Good service is measured by satisfaction, effortless service by effort, outstanding service by
        loyalty. Whoever aims at the third and measures the first will not see whether it was reached.
        The levels are those of the ordered `vocabulary`, lowest first.
    Why(zh): 好的服务看满意度，省力的服务看费力度，卓越的服务看忠诚度。目标是第三级却只测第一级，达没达
        到也看不出来。级别按有序的 `vocabulary`，从低到高。

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
                level: gold
                metrics: [{metric: CSAT}]
        ```
        ```yaml
        playbook: ours
        vocabularies:
          service-level:
            title: Our levels
            source: our own
            ordered: true
            terms: [{id: bronze, title: Good}, {id: silver, title: Easy}, {id: gold, title: Outstanding}]
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
                level: gold
                metrics: [{metric: NPS}]
        ```
        ```yaml
        playbook: ours
        vocabularies:
          service-level:
            title: Our levels
            source: our own
            ordered: true
            terms: [{id: bronze, title: Good}, {id: silver, title: Easy}, {id: gold, title: Outstanding}]
        ```

    Source: S003, levels of service and what measures them (满意度 · 费力度 · 忠诚度); domain sheet 13.
    """
    journey = judged.journey
    if not any(p.level is not None and (p.metrics or p.surveys) for p in journey.touchpoints.values()):
        return
    from blueprint.analysis.experience import metric_name
    from blueprint.analysis.measures import texts

    held = judged.standards.vocabularies.get(vocabulary)
    if held is None or not held.ordered:
        return
    order = {term.id: min(at, max(_PAIRED)) for at, term in enumerate(held.terms, 1)}
    for loc, _, point in journey.places:
        if point.level not in order or not (point.metrics or point.surveys):
            continue
        wanted = _PAIRED[order[point.level]]
        measured = {metric_name(texts(metric.metric)) for metric in point.metrics}
        measured |= {survey.survey.upper() for survey in point.surveys}
        if wanted not in measured:
            yield Finding(
                (*loc, "level"),
                both(
                    f"`{point.id}` aims at level `{point.level}`, which {wanted} would show; "
                    f"that is not measured",
                    f"`{point.id}` 的服务水平定为 `{point.level}`，应由 {wanted} 来衡量，但没有测量它",
                ),
                both(
                    f"measure {wanted} here, or aim at another level",
                    f"在这里测量 {wanted}，或调整服务水平",
                ),
                point.id,
            )
