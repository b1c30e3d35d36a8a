"""What comes back besides surveys: voices, trials, scorecards, revenue beside satisfaction, forecasts."""

from __future__ import annotations

from typing import Any

from blueprint.analysis import forecasts, revenue, scorecards, trials, voice
from blueprint.figures import percent
from blueprint.model.values import Text
from blueprint.scene.report import Paragraph, Points, Section, Table
from blueprint.views.report.subject import JourneySubject, section
from blueprint.views.words import number


def heard(it: JourneySubject) -> Section | None:
    """Tell each where it is written, with what it is worth."""
    say = it.say
    return section(
        say("What comes back", "各方反馈"),
        _voices(it),
        _alarms(it),
        _trials(it),
        _cards(it),
        _points(it),
    )


def _points(it: JourneySubject) -> Points | None:
    told = [line for line in (_revenue(it), *_forecasts(it)) if line]
    return Points(tuple(told)) if told else None


def _span(it: JourneySubject, ends: list[float] | None) -> str:
    return (
        "–"
        if ends is None
        else it.say(f"{percent(ends[0])} to {percent(ends[1])}", f"{percent(ends[0])}–{percent(ends[1])}")
    )


def _voices(it: JourneySubject) -> Table | None:
    page, say = voice.told(it.journey, it.sheets), it.say
    if page is None or not page["n"]:
        return None
    feelings = {
        "negative": say("negative", "负面"),
        "neutral": say("neutral", "中性"),
        "positive": say("positive", "正面"),
    }
    kinds: tuple[tuple[str, dict[str, Any], dict[str, str]], ...] = (
        (say("Channel", "渠道"), page["channels"], {}),
        (say("Theme", "主题"), page["themes"], {}),
        (say("Sentiment", "情感"), page["sentiments"], feelings),
    )
    rows = tuple(
        (kind, names.get(name, name), str(one["n"]), percent(one["share"]), _span(it, one["interval"]))
        for kind, found, names in kinds
        for name, one in found.items()
    )
    columns = (
        say("By", "维度"),
        say("What", "内容"),
        "n",
        say("Share", "占比"),
        say("95% interval", "95% 区间"),
    )
    return Table(say("What is said unasked", "客户之声"), columns, rows, frozenset({2, 3, 4}))


def _alarms(it: JourneySubject) -> Paragraph | None:
    page, say = voice.told(it.journey, it.sheets), it.say
    if page is None:
        return None
    told = []
    if page["reason"] is not None:
        told.append(say(f"Not counted: {page['reason'].en}.", f"无法统计：{page['reason'].zh}。"))
    if page["alarms"]:
        bad = say("what is said badly", "负面声音")
        names = say(", ", "、").join(bad if name == "negative" else name for name in page["alarms"])
        told.append(
            say(
                f"Heard more than by chance since the period before: {names}.", f"较上期显著增多：{names}。"
            )
        )
    if page["unheard"]:
        places = say.listed([it.at(name) for name in page["unheard"]])
        told.append(say(f"Nothing is heard from: {places}.", f"没有反馈来源的触点：{places}。"))
    return Paragraph(say.join(*told)) if told else None


def _trials(it: JourneySubject) -> Table | None:
    say, rows = it.say, []
    metrics = {(None, at): one for at, one in enumerate(it.journey.metrics)} | {
        (name, at): one
        for name, point in it.journey.touchpoints.items()
        for at, one in enumerate(point.metrics)
    }
    for one in trials.told(it.journey):
        metric = metrics[one["touchpoint"], one["index"]]
        titles = {id: say.read.say(way.title) if way.title else id for id, way in metric.variants.items()}
        shares = all(way.hits is not None for way in metric.variants.values())
        first, second = one["between"]
        ends = one["interval"]

        def write(value: float, shares: bool = shares) -> str:
            # What lies between two shares is counted in points of a percentage, not in percent.
            return (
                say(f"{number(100 * value, 1)} points", f"{number(100 * value, 1)} 个百分点")
                if shares
                else number(value)
            )

        rows.append(
            (
                say.read.say(metric.metric),
                f"{titles[first]} − {titles[second]}",
                "–" if one["difference"] is None else write(one["difference"]),
                "–" if ends is None else f"{write(ends[0])} … {write(ends[1])}",
                "–" if one["needed_each"] is None else str(one["needed_each"]),
                titles.get(one["better"] or "", say("undetermined", "无法判定"))
                if one["better"]
                else _why(it, one["reason"]),
            )
        )
    if not rows:
        return None
    columns = (
        say("Figure", "指标"),
        say("Between", "对比"),
        say("Difference", "差值"),
        say("95% interval", "95% 区间"),
        say("Needed each", "每组所需"),
        say("Better", "更优"),
    )
    return Table(say("Ways tried by lot", "随机对比试验"), columns, tuple(rows), frozenset({2, 3, 4}))


def _why(it: JourneySubject, reason: Any) -> str:
    return "–" if reason is None else it.say(reason.en, reason.zh)


def _cards(it: JourneySubject) -> Table | None:
    say, rows = it.say, []
    for one in scorecards.told(it.journey.scorecards, it.standards.scorecards):
        card = it.standards.scorecards.get(one["card"])
        names = {part.id: say.read.say(part.title) for part in card.parts} if card else {}
        parts = say.listed(
            [
                f"{names.get(id, id)} {number(part['score'])}"
                + ("" if part["weight"] is None else f" × {percent(part['weight'])}")
                for id, part in one["parts"].items()
            ]
        )
        passed = {
            True: say("every part reaches its own target", "各项均达标"),
            False: say(
                "below target: " + ", ".join(names.get(id, id) for id in one["below"]),
                "未达标：" + "、".join(names.get(id, id) for id in one["below"]),
            ),
            None: "–",
        }[one["passed"]]
        title = say.read.say(card.title) if card and card.title else one["card"]
        score = _why(it, one["reason"]) if one["score"] is None else number(one["score"])
        rows.append((title, parts, score, passed))
    if not rows:
        return None
    columns = (
        say("Scorecard", "考核表"),
        say("Parts", "各项"),
        say("Score", "得分"),
        say("Keys", "是否达标"),
    )
    return Table(say("Scorecards", "考核"), columns, tuple(rows), frozenset({2}))


def _revenue(it: JourneySubject) -> str:
    page, say = revenue.told(it.journey.revenue, it.sheets, it.standards), it.say
    if page is None:
        return ""
    if page["elasticity_interval"] is None:
        why = page["reason"]
        return say(f"Satisfaction and revenue: {why.en}.", f"满意度与营收：{why.zh}。") if why else ""
    low, high = (number(end) for end in page["elasticity_interval"])
    more = number(page["elasticity"])
    text = say(
        f"Over {page['n']} periods 1 % more satisfaction went together with {more} % more revenue "
        f"({low} to {high}); that is no cause.",
        f"在 {page['n']} 期数据中，满意度每高 1%，营收同期高 {more}%（{low} 至 {high}）；这不是因果关系。",
    )
    claim = page["claim"]
    if claim is None:
        return text
    told = say.join(
        text,
        say(
            f"The claim of {number(claim['says'])} % ({claim['source']}, not looked up) "
            + ("is compatible with that." if claim["compatible"] else "is not compatible with that."),
            f"{claim['source']} 所称的 {number(claim['says'])}%（未经核实）"
            + ("与此相容。" if claim["compatible"] else "与此不符。"),
        ),
    )
    return told


def _forecasts(it: JourneySubject) -> list[str]:
    say, found = it.say, []
    for one in forecasts.told(it.journey.forecasts):
        words = say.read.say(Text(one["forecast"]))
        if one["brier"] is None:
            continue
        ends = one["auc_interval"]
        area = "" if ends is None else f" ({number(ends[0])}–{number(ends[1])})"
        well = (
            say("every group came as foreseen", "各组预测与实际相符")
            if one["calibrated"]
            else say(
                f"{len(one['off'])} of its groups came otherwise than foreseen",
                f"{len(one['off'])} 组预测与实际不符",
            )
        )
        told_area = "–" if one["auc"] is None else number(one["auc"])
        found.append(
            say(
                f"Forecast “{words}”: Brier score {number(one['brier'], 3)} over {one['n']} cases, AUC "
                f"{told_area}{area}; {well}.",
                f"预测“{words}”：{one['n']} 例，Brier 分数 {number(one['brier'], 3)}，"
                f"AUC {told_area}{area}；{well}。",
            )
        )
    return found
