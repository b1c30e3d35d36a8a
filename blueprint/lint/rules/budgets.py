"""EX: promises about figures, held against what is computed."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.results import JourneyAnalysis
from blueprint.diagnostic import Message
from blueprint.figures import duration, number, percent
from blueprint.lint.rule import Finding, Kept, rule
from blueprint.lint.wording import both, ids
from blueprint.model.journey import BudgetFigure, Journey
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

    Source: language reference, "Budgets"; every figure is one that `blueprint analyse` prints.
    """
    from blueprint.analysis.journey import figures

    journey = kept.analysis.journey
    for delivery in kept.deliveries or (None,):
        values = figures(kept.analysis, delivery)
        for name, budget in journey.budgets.items():
            depends = name in ("handoffs", "crossings", "wait_share")
            if delivery is not None and delivery is not kept.deliveries[0] and not depends:
                continue  # said once, for the first blueprint
            value = values.get(name)
            if value is None or wrong_unit(name, budget) or budget.holds(value):
                continue
            where = both("", "")
            if delivery is not None and depends:
                where = both(f" in `{delivery.blueprint.id}`", f"（`{delivery.blueprint.id}`）")
            yield _broken(kept.analysis, name, budget, value, where)


def _broken(
    analysis: JourneyAnalysis, name: BudgetFigure, budget: Budget, value: float, where: Message
) -> Finding:
    title, gap = FIGURES[name], abs(value - budget.limit)
    low = budget.operator in (">=", ">")
    margin = {}
    for language in ("en", "zh"):
        text = _write(name, gap, language)
        if name in SHARES:
            text = number(round(gap * 100, 1)) + (" points" if language == "en" else " 个百分点")
        margin[language] = text
    equal = gap < 1e-12
    lever = _lever(analysis, name)
    return Finding(
        ("budgets", name),
        both(
            f"budget broken: {title.en}{where.en} {_write(name, value, 'en')}, promised "
            f"{budget.written}" + ("" if equal else f" ({margin['en']} {_TOO_EN[name == 'time', low]})"),
            f"突破预算：{title.zh}{where.zh} {_write(name, value, 'zh')}，承诺 {budget.written}"
            + ("" if equal else f"（{_TOO_ZH[name == 'time', low]} {margin['zh']}）"),
        ),
        lever,
        analysis.journey.id,
    )


def _largest(values: dict[str, float]) -> tuple[str, float]:
    name = max(values, key=lambda n: values[n])
    return name, values[name]


def _lever(analysis: JourneyAnalysis, name: BudgetFigure) -> Message | None:
    """Say where a change moves the figure most."""
    chain, journey, remembered = analysis.chain, analysis.journey, analysis.peak_end
    match name:
        case "peak_end" if remembered is not None:
            best = remembered.intensity.best_lever
            gain = remembered.intensity.gradient[best]
            return _gain(best, gain, both("peak-end", "峰终值"))
        case "ending":
            at, share = _largest(chain.last_touchpoint)
            return _gain(at, share, both("the ending", "结尾情绪"))
        case "mean":
            at, visits = _largest(chain.visits)
            return _gain(at, visits / chain.steps, both("the mean", "平均情绪"))
        case "completion":
            lost = {
                n: sum(
                    before.get(n, 0.0)
                    for outcome, before in chain.last_before.items()
                    if journey.outcomes[outcome].result == "failure"
                )
                for n in journey.touchpoints
            }
            at, share = _largest(lost)
            return both(
                f"most are lost at `{at}`: {percent(share)} of all journeys end there in failure",
                f"流失最多的是 `{at}`：{percent(share)} 的旅程在那里以失败告终",
            )
        case "time" | "wait_share":
            spent = {
                n: chain.visits[n] * _seconds(journey, n, waiting=name == "wait_share")
                for n in journey.touchpoints
            }
            at, seconds = _largest(spent)
            if seconds <= 0:
                return None
            what = both("most time is spent", "耗时最多的是")
            if name == "wait_share":
                what = both("customers wait most", "等待最久的是")
            return both(
                f"{what.en} at `{at}`: {duration(seconds)} per journey",
                f"{what.zh} `{at}`：平均每次旅程 {duration(seconds, 'zh')}",
            )
        case "steps" | "effort":
            at, visits = _largest(chain.visits)
            return both(
                f"`{at}` is visited most, {number(visits)} times per journey: save a round there",
                f"`{at}` 经过得最多，每次旅程 {number(visits)} 次：在那里省掉一轮",
            )
        case "rework":
            at, again = _largest(chain.rework)
            return both(
                f"most is done again at `{at}`: {number(again)} extra visits per journey",
                f"重来最多的是 `{at}`：每次旅程多出 {number(again)} 次",
            )
        case "longest_valley":
            valley = analysis.valleys[0].touchpoints
            return both(
                f"lift one of {ids(valley)} to neutral", f"把 {ids(valley, 'zh')} 中的一个提升到中性"
            )
        case _:
            return both(
                "let fewer people take part, or let one of them do more in one go",
                "减少参与的角色，或让同一角色一次做完更多",
            )


def _gain(name: str, gain: float, figure: Message) -> Message:
    return both(
        f"the best lever is `{name}`: one point more there lifts {figure.en} by {number(gain)}",
        f"最有效的着力点是 `{name}`：那里提高 1 分，{figure.zh}提高 {number(gain)}",
    )


def _seconds(journey: Journey, name: str, *, waiting: bool) -> float:
    time = journey.touchpoints[name].time
    if time is None:
        return 0.0
    return (time.wait if waiting else time.total) or 0.0


@rule("EX110", zh="预算无从检验")
def untestable_budget(kept: Kept) -> Iterator[Finding]:
    """A budget names a figure that cannot be computed from what is written.

    Why: A promise that nothing can break gives false comfort.

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
