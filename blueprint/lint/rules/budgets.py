"""EX: promises about figures, held against what is computed."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.diagnostic import Message
from blueprint.figures import duration, number, percent
from blueprint.lint.rule import Finding, Kept, rule
from blueprint.lint.wording import both
from blueprint.model.journey import OF_DELIVERY, BudgetFigure, Journey
from blueprint.model.values import Budget

SHARES = frozenset({"completion", "wait_share"})
FIGURES: dict[BudgetFigure, Message] = {
    "peak_end": Message("peak-end", "峰终值"),
    "ending": Message("the ending", "结尾情绪"),
    "completion": Message("completion", "完成率"),
    "time": Message("the expected time", "预期时长"),
    "steps": Message("the expected number of touchpoints", "预期触点数"),
    "rework": Message("rework", "返工"),
    "effort": Message("effort", "费力度"),
    "mean": Message("the mean emotion", "平均情绪"),
    "longest_valley": Message("the longest valley", "最长低谷"),
    "handoffs": Message("handoffs", "交接次数"),
    "crossings": Message("line crossings", "跨线次数"),
    "wait_share": Message("the share of waiting", "等待占比"),
}


# Keyed by: whether the figure is a time, whether it is below its limit.
_TOO_EN = {
    (False, True): "too low",
    (False, False): "too high",
    (True, True): "too short",
    (True, False): "too long",
}
_TOO_ZH = {(False, True): "低了", (False, False): "高了", (True, True): "短了", (True, False): "长了"}


def _write(figure: BudgetFigure, value: float, language: str) -> str:
    if figure == "time":
        return duration(value, language)
    return percent(value) if figure in SHARES else number(value)


@rule("EX109", severity="error", zh="突破了预算")
def broken_budget(kept: Kept) -> Iterator[Finding]:
    """A figure breaks the budget that the journey promises to keep.

    Why: A budget is a test: somebody decided what this journey must not fall below. The message names
        the figure, the limit, how far apart they are and the touchpoint where a change helps most.
    Why(zh): 预算就是测试：有人决定了这段旅程不能低于什么水平。提示会写明指标、界限、相差多少，以及在哪
        个触点改进最有效。

    Bad:
        ```yaml
        journey: refund
        budgets: {completion: ">= 90%"}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.7, dropped: 0.3}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        budgets: {completion: ">= 90%"}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.95, dropped: 0.05}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: language reference, "Budgets"; every figure is one that `blueprint analyse` prints. A budget
        that the configuration sets for all journeys is shown at the journey's first line, with its place.
    """
    from blueprint.analysis.journey import figures

    journey = kept.analysis.journey
    for delivery in kept.deliveries or (None,):
        values = figures(kept.analysis, delivery)
        for name, budget in kept.budgets.items():
            of_delivery = delivery if name in OF_DELIVERY else None
            if delivery is not None and delivery is not kept.deliveries[0] and of_delivery is None:
                continue  # said once, for the first blueprint
            value = values.get(name)
            if value is None or wrong_unit(name, budget) or budget.holds(value):
                continue
            from blueprint.lint.levers import lever

            where = both("", "")
            if of_delivery is not None:
                where = both(f" in `{of_delivery.blueprint.id}`", f"（`{of_delivery.blueprint.id}`）")
            promised = kept.promised.get(name, "")
            yield Finding(
                ("journey",) if promised else ("budgets", name),
                _broken(name, budget, value, where, promised),
                lever(kept.analysis, name, budget, of_delivery),
                name if promised else journey.id,
                excess=abs(value - budget.limit),
            )


def _broken(name: BudgetFigure, budget: Budget, value: float, where: Message, promised: str) -> Message:
    title, gap = FIGURES[name], abs(value - budget.limit)
    low = budget.operator in (">=", ">")
    by = {}
    for language in ("en", "zh"):
        text = _write(name, gap, language)
        if name in SHARES:
            text = number(round(gap * 100, 1)) + (" points" if language == "en" else " 个百分点")
        by[language] = text
    margin = both("", "")
    if gap >= 1e-12:
        margin = both(
            f" ({by['en']} {_TOO_EN[name == 'time', low]})",
            f"（{_TOO_ZH[name == 'time', low]} {by['zh']}）",
        )
    source = both(f" in {promised}", f"（{promised}）") if promised else both("", "")
    return both(
        f"budget broken: {title.en}{where.en} {_write(name, value, 'en')}, promised "
        f"{budget.written}{source.en}{margin.en}",
        f"突破预算：{title.zh}{where.zh} {_write(name, value, 'zh')}，承诺 {budget.written}"
        f"{source.zh}{margin.zh}",
    )


@rule("EX110", zh="预算无从检验")
def untestable_budget(kept: Kept) -> Iterator[Finding]:
    """A budget names a figure that cannot be computed from what is written.

    Why: A promise that nothing can break gives false comfort.
    Why(zh): 永远不会被打破的承诺，只给人虚假的安心。

    Bad:
        ```yaml
        journey: refund
        budgets: {time: "<= 3d"}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        budgets: {time: "<= 3d"}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, time: {standard: 5m}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, time: {wait: 2d}}
        ```

    Source: language reference, "Budgets".
    """
    from blueprint.analysis.journey import figures

    values = figures(kept.analysis, kept.deliveries[0] if kept.deliveries else None)
    for name in kept.analysis.journey.budgets:
        if name in values:
            continue
        title = FIGURES[name]
        if name == "crossings":
            lacks = both(
                "no blueprint of this journey is among the files", "所检查的文件中没有这段旅程的蓝图"
            )
            advice = both(
                "check the journey together with its blueprint", "把旅程和它的服务蓝图放在一起检查"
            )
        elif name in ("time", "wait_share"):
            lacks = both("no touchpoint says how long it takes", "没有触点写明时间")
            advice = both("add `time:` to the touchpoints", "给触点加上 `time:`")
        else:
            lacks = both("no touchpoint has an emotion", "没有触点有情绪分")
            advice = both("add `emotion:` to the touchpoints", "给触点加上 `emotion:`")
        yield Finding(
            ("budgets", name),
            both(
                f"this budget cannot be tested: no figure for {title.en}, since {lacks.en}",
                f"这项预算无从检验：算不出{title.zh}，因为{lacks.zh}",
            ),
            advice,
            kept.analysis.journey.id,
        )


def wrong_unit(name: BudgetFigure, budget: Budget) -> tuple[Message, Message] | None:
    """Say what is wrong with the unit of a budget and what to write; None where it fits its figure."""
    written = f"{budget.operator} {budget.limit:g}"
    if name == "time":
        if budget.unit != "s" and budget.limit:
            return both("needs a unit of time", "需要时间单位"), both(
                "write `<= 3d`, for example", "例如写成 `<= 3d`"
            )
    elif budget.unit == "s":
        return both("is not a time", "不是时间"), both("write a plain number", "请写普通数字")
    elif name in SHARES:
        if budget.limit > 1:
            fault = both("is a share and cannot pass 100%", "是比例，不会超过 100%")
            return fault, both(f"write `{written}%`", f"请写 `{written}%`")
    elif budget.unit == "%":
        return both("is not a share", "不是比例"), both("write a plain number", "请写普通数字")
    return None


@rule("EX111", severity="error", zh="预算的单位不对")
def misfit_budget(journey: Journey) -> Iterator[Finding]:
    """A budget has a unit that does not fit its figure.

    Why: `time: "<= 5"` could mean minutes or days, `completion: ">= 80"` can never be kept. Rather than
        guess, the check asks.
    Why(zh): `time: "<= 5"` 可能是分钟也可能是天，`completion: ">= 80"` 永远做不到。与其猜测，不如问清
        楚。

    Bad:
        ```yaml
        journey: refund
        budgets: {completion: ">= 80"}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        budgets: {completion: ">= 80%"}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: language reference, "Budgets".
    """
    for name, budget in journey.budgets.items():
        if found := wrong_unit(name, budget):
            fault, advice = found
            yield Finding(
                ("budgets", name),
                both(
                    f"`{budget.written}` does not fit: {FIGURES[name].en} {fault.en}",
                    f"`{budget.written}` 不合适：{FIGURES[name].zh}{fault.zh}",
                ),
                advice,
                journey.id,
            )
