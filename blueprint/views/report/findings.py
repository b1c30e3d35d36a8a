"""The three findings that matter: what is remembered, what breaks, what it costs."""

from __future__ import annotations

from blueprint.analysis.journey_damage import JourneyDamage, MarketDamage
from blueprint.analysis.results import JourneyAnalysis, RankedPain
from blueprint.figures import percent
from blueprint.scene.page import Figure, Tone
from blueprint.scene.report import Figures, Paragraph, Points, Section
from blueprint.views.report.costs import along_of, market_of
from blueprint.views.report.grounds import resting
from blueprint.views.report.pains import ranked
from blueprint.views.report.subject import JourneySubject, count, money, section
from blueprint.views.words import number


def findings(it: JourneySubject) -> Section | None:
    """Say in three sentences what somebody who reads no further should know."""
    if it.analysis is None:
        why = it.say(
            "There are no figures, because the graph allows none"
            + (f": {it.reason.en}. " if it.reason else ". ")
            + "`blueprint check` says where.",
            "图结构不允许计算，因此没有数据"
            + (f"：{it.reason.zh}；" if it.reason else "；")
            + "`blueprint check` 会指出位置。",
        )
        return section(it.say("What matters", "要点"), Paragraph(why))
    told = tuple(
        s for s in (_remembered(it, it.analysis), _breaks(it, it.analysis), _costs(it, it.analysis)) if s
    )
    return section(
        it.say("What matters", "要点"),
        Points(told, numbered=True) if told else None,
        _figures(it, it.analysis),
        Paragraph(rests, quiet=True) if (rests := resting(it)) else None,
    )


def _remembered(it: JourneySubject, analysis: JourneyAnalysis) -> str:
    found = analysis.peak_end
    if found is None:
        return it.say(
            "Nobody knows how this journey feels: no touchpoint is scored.",
            "没有人知道这段旅程的感受：没有触点被评分。",
        )
    value, mean, end = (
        it.emotion(v) for v in (found.intensity.expected, found.mean_visit_weighted, found.ending)
    )
    lever = it.at(found.intensity.best_lever)
    gain = number(found.intensity.gradient.get(found.intensity.best_lever, 0.0))
    good = found.intensity.expected >= it.journey.neutral_emotion
    return it.say(
        f"What customers take home is {'good' if good else 'bad'}: remembered {value} (average of all "
        f"moments {mean}), with an ending of {end}. The best lever is “{lever}”: one point more there "
        f"moves what is remembered by {gain}.",
        f"客户带走的是{'好' if good else '不好'}的记忆：峰终值 {value}（全程均值 {mean}），结尾 {end}。"
        f"最有效的改进点是“{lever}”：此处提升 1 分，峰终值变化 {gain}。",
    )


def _breaks(it: JourneySubject, analysis: JourneyAnalysis) -> str:
    chain, outcomes = analysis.chain, it.journey.outcomes
    lost: dict[str, float] = {}
    for (source, target), times in chain.traversals.items():
        if target in outcomes and outcomes[target].result == "failure":
            lost[source] = lost.get(source, 0.0) + times
    sentences = []
    if lost and (failing := 1 - chain.completion) > 0.0005:
        worst = max(lost, key=lambda name: round(lost[name], 9))
        sentences.append(
            it.say(
                f"{percent(failing)} of journeys fail; most of them, {percent(lost[worst])} of all, right "
                f"after “{it.at(worst)}”.",
                f"{percent(failing)} 的旅程以失败结束；"
                f"其中最多的（占全部 {percent(lost[worst])}）发生在“{it.at(worst)}”之后。",
            )
        )
    if analysis.pains:
        sentences += _pains(it, analysis.pains[0])
    return it.say.join(*sentences)


def _pains(it: JourneySubject, heaviest: RankedPain) -> list[str]:
    """Name the pain that costs most, where money is known, and the one that weighs most on customers."""
    sentences, worth = [], it.journey.traffic.value if it.journey.traffic else None
    costliest = ranked(it)[0]
    if costliest.money_per_period and worth:
        words, place = _pain(it, costliest)
        lost = money(costliest.money_per_period, worth.currency)
        sentences.append(
            it.say(
                f"The pain that costs most is “{words}” at “{place}”: {lost} {it.period}.",
                f"代价最大的痛点是“{place}”处的“{words}”：{it.period} {lost}。",
            )
        )
    words, place = _pain(it, heaviest)
    sentences.append(
        it.say(
            f"The heaviest pain is “{words}” at “{place}”, met {number(heaviest.visits)}× per journey"
            + (
                f" at severity {heaviest.severity} of 10."
                if heaviest.severity is not None
                else "; nobody has rated how severe it is."
            ),
            f"最重的痛点是“{place}”处的“{words}”，每次旅程遇到 {number(heaviest.visits)} 次"
            + (
                f"，严重度 {heaviest.severity}/10。"
                if heaviest.severity is not None
                else "；尚未评定严重度。"
            ),
        )
    )
    return sentences


def _pain(it: JourneySubject, pain: RankedPain) -> tuple[str, str]:
    written = it.journey.touchpoints[pain.touchpoint].pains[pain.index]
    return it.say.read.say(written.pain), it.at(pain.touchpoint)


def _costs(it: JourneySubject, analysis: JourneyAnalysis) -> str:
    journey = it.journey
    found, along = market_of(it), along_of(it)
    if isinstance(found, MarketDamage):
        lowest, highest = (money(end, found.currency) for end in found.money_range)
        return it.say(
            f"Problems cost {money(found.found.money, found.currency)} ({lowest} to {highest}): "
            f"{count(found.found.damage)} customers are lost who would have stayed.",
            f"问题造成的损失为 {money(found.found.money, found.currency)}（{lowest} 至 {highest}）："
            f"流失了 {count(found.found.damage)} 位本会留下的客户。",
        )
    if isinstance(along, JourneyDamage):
        return it.say(
            f"Problems along the way cost {money(along.money, along.currency)}; "
            f"{percent(along.any_problem)} of journeys meet at least one.",
            f"途中的问题造成 {money(along.money, along.currency)} 损失；"
            f"{percent(along.any_problem)} 的旅程至少遇到一个问题。",
        )
    traffic, failing = journey.traffic, 1 - analysis.chain.completion
    if traffic is not None and traffic.value is not None and failing > 0.0005:
        begun, worth = traffic.journeys, traffic.value
        lost = money(begun * failing * worth.amount, worth.currency)
        each = money(worth.amount, worth.currency)
        return it.say(
            f"Failed journeys are worth {lost} {it.period}: {count(begun * failing)} of "
            f"{count(begun)} journeys, each worth {each}.",
            f"失败的旅程{it.period}价值 {lost}：{count(begun)} "
            f"次旅程中有 {count(begun * failing)} 次失败，每次价值 {each}。",
        )
    effort, label = analysis.effort, it.say.read.label
    time = analysis.chain.seconds
    if time is None:
        return ""
    waited = label.duration(effort.wait_seconds)
    return it.say(
        f"It costs the customer {label.duration(time)}, of which {waited} are only waiting, "
        f"{number(effort.visits, 1)} contacts and {number(effort.handoffs, 1)} handovers.",
        f"客户要付出 {label.duration(time)}（其中 {waited} 只是等待）"
        f"、{number(effort.visits, 1)} 次接触和 {number(effort.handoffs, 1)} 次转接。",
    )


def _figures(it: JourneySubject, analysis: JourneyAnalysis) -> Figures:
    label, neutral = it.say.read.label, it.journey.neutral_emotion
    shown: list[Figure] = []

    def tone(value: float) -> Tone:
        return "good" if value >= neutral else "bad"

    if found := analysis.peak_end:
        value = found.intensity.expected
        mean = f"{label['mean']} {it.emotion(found.mean_visit_weighted)}"
        shown.append(Figure(label["peak-end"], it.emotion(value), mean, tone(value)))
        shown.append(Figure(label["ending"], it.emotion(found.ending), "", tone(found.ending)))
    steps = label.count(analysis.chain.steps, "step")
    shown.append(Figure(label["completion"], percent(analysis.chain.completion), steps))
    if analysis.chain.seconds is not None:
        time = label.duration(analysis.chain.seconds)
        shown.append(Figure(label["expected-time"], time, label["per-journey"]))
    return Figures(tuple(shown))
