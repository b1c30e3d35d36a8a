"""What to do about a figure: the change that moves it most, in words."""

from __future__ import annotations

from blueprint.analysis.influence import Influence, largest
from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.diagnostic import Message
from blueprint.figures import duration, number, percent
from blueprint.lint.wording import both
from blueprint.model.journey import BudgetFigure
from blueprint.model.values import Budget

_FELT: dict[str, Message] = {
    "peak_end": Message("peak-end", "峰终值"),
    "ending": Message("the ending", "结尾情绪"),
    "mean": Message("the mean", "平均情绪"),
}


def lever(
    analysis: JourneyAnalysis,
    figure: BudgetFigure,
    budget: Budget,
    delivery: BlueprintAnalysis | None = None,
) -> Message | None:
    """Say which single change brings a figure nearest to what was promised; None where none would."""
    up = budget.operator in (">=", ">")
    found = largest(analysis, figure, up=up, delivery=delivery)
    if found is None:
        return None
    if found.change == "emotion":
        return _felt(found, _FELT[figure], up)
    return _counted(found, figure, analysis, delivery)


def _felt(found: Influence, figure: Message, up: bool) -> Message:
    gain = number(abs(found.effect))
    if up:
        return both(
            f"the best lever is `{found.at}`: one point more there lifts {figure.en} by {gain}",
            f"最有效的着力点是 `{found.at}`：那里提高 1 分，{figure.zh}提高 {gain}",
        )
    return both(
        f"the best lever is `{found.at}`: one point less there lowers {figure.en} by {gain}",
        f"最有效的着力点是 `{found.at}`：那里降低 1 分，{figure.zh}降低 {gain}",
    )


def _counted(
    found: Influence, figure: BudgetFigure, analysis: JourneyAnalysis, delivery: BlueprintAnalysis | None
) -> Message:
    at, effect = found.at, abs(found.effect)
    match found.change:
        case "carry-on" | "come-through":
            like = both("went on like the others", "像其他人一样继续")
            if found.change == "come-through":
                like = both("came through", "都走到最后")
            lost = sum(
                before.get(at, 0.0)
                for outcome, before in analysis.chain.last_before.items()
                if analysis.journey.outcomes[outcome].result == "failure"
            )
            return both(
                f"most can be won at `{at}`, where {percent(lost)} of all journeys end in failure: if "
                f"these {like.en}, completion would gain {_points(effect)} points",
                f"最值得改进的是 `{at}`，{percent(lost)} 的旅程在那里以失败告终："
                f"若这些客户{like.zh}，完成率可提高 {_points(effect)} 个百分点",
            )
        case "time":
            return both(
                f"most time is spent at `{at}`: {duration(effect)} per journey",
                f"耗时最多的是 `{at}`：平均每次旅程 {duration(effect, 'zh')}",
            )
        case "wait":
            return both(
                f"waiting weighs most at `{at}`: without it the share falls by {_points(effect)} points",
                f"等待影响最大的是 `{at}`：没有这段等待，占比会降低 {_points(effect)} 个百分点",
            )
        case "leave-out":
            return both(
                f"`{at}` is passed most, {number(effect)} times per journey: save a round there, or do "
                "without it",
                f"`{at}` 经过得最多，每次旅程 {number(effect)} 次：在那里省掉一轮，或省去这个触点",
            )
        case "repeat":
            return both(
                f"most is done again at `{at}`: {number(effect)} extra visits per journey",
                f"重来最多的是 `{at}`：每次旅程多出 {number(effect)} 次",
            )
        case "effort":
            return both(
                f"`{at}` asks most of the customer: {number(effect)} of {number(analysis.effort.total)}",
                f"`{at}` 最费力：总共 {number(analysis.effort.total)}，其中 {number(effect)} 在这里",
            )
        case "lift":
            return both(
                f"lift `{at}` to neutral: the longest valley then has {number(effect)} fewer",
                f"把 `{at}` 提升到中性：最长低谷可缩短 {number(effect)}",
            )
    who, less = _who(found.by, delivery), found.effect < 0
    what = both("line crossings", "跨线") if figure == "crossings" else both("handoffs", "交接")
    moves = both("fall", "减少") if less else both("rise", "增加")
    return both(
        f"the best lever is `{at}`: done by {who}, {what.en} {moves.en} by {number(effect)}",
        f"最有效的着力点是 `{at}`：改由 {who} 来做，{what.zh}{moves.zh} {number(effect)} 次",
    )


def _who(by: str, delivery: BlueprintAnalysis | None) -> str:
    return f"`{by}`" if delivery is not None else f'"{by}"'


def _points(share: float) -> str:
    return number(round(share * 100, 1))
