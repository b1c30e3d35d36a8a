"""What will be remembered: peak-end, the means beside it, and where it can be moved."""

from __future__ import annotations

from blueprint.analysis.results import JourneyAnalysis, PeakEnd
from blueprint.figures import percent
from blueprint.scene.report import Paragraph, Section, Table
from blueprint.views.report.subject import JourneySubject, section
from blueprint.views.words import number

_SHOWN = 5


def remembered(it: JourneySubject) -> Section | None:
    """Tell peak-end in its three meanings, with the mean, and the touchpoints that move it."""
    if it.analysis is None or it.analysis.peak_end is None:
        return None
    found, say = it.analysis.peak_end, it.say
    below = percent(found.intensity.below_neutral)
    span = found.intensity.quantiles
    low, high = it.emotion(span["p10"]), it.emotion(span["p90"])
    text = say.join(
        say(
            f"On a scale from {it.emotion(it.journey.emotion_scale[0])} to "
            f"{it.emotion(it.journey.emotion_scale[1])}, eight in ten customers remember between {low} and "
            f"{high}, and {below} remember it as worse than neutral.",
            f"量表为 {it.emotion(it.journey.emotion_scale[0])} "
            f"至 {it.emotion(it.journey.emotion_scale[1])}；"
            f"八成客户的峰终值在 {low} 与 {high} 之间，{below} 的客户记得的比中性更差。",
        ),
        say(
            "Peak-end predicts about as well as the plain average, which is why both stand here.",
            "峰终值的预测力与均值相当，因此两者并列。",
        ),
    )
    return section(
        say("What will be remembered", "客户会记住什么"),
        Paragraph(text),
        _meanings(it, found),
        _levers(it, it.analysis, found),
    )


def _meanings(it: JourneySubject, found: PeakEnd) -> Table:
    say = it.say
    means = (
        [found.mean_visit_weighted]
        if found.mean_time_weighted is None
        else [found.mean_visit_weighted, found.mean_time_weighted]
    )
    names = [say("Mean over visits", "按到访加权的均值"), say("Mean over time", "按时间加权的均值")]
    modes = (
        (say("Peak-end, strongest moment", "峰终值（最强烈时刻）"), found.intensity),
        (say("Peak-end, best moment", "峰终值（最好时刻）"), found.positive),
        (say("Peak-end, worst moment", "峰终值（最差时刻）"), found.negative),
    )
    rows = [(name, it.emotion(mode.expected), it.at(mode.best_lever)) for name, mode in modes]
    rows += [(name, it.emotion(value), "") for name, value in zip(names, means, strict=False)]
    return Table(
        say("Five ways to sum up the journey", "总结旅程的几种方式"),
        (say("Figure", "指标"), say("Value", "数值"), say("Best lever", "最佳改进点")),
        tuple(rows),
        frozenset({1}),
    )


def _levers(it: JourneySubject, analysis: JourneyAnalysis, found: PeakEnd) -> Table | None:
    say = it.say
    by_effect = sorted(found.intensity.gradient.items(), key=lambda item: -round(item[1], 9))
    strongest = [(name, gain) for name, gain in by_effect if gain > 0.0005][:_SHOWN]
    rows = tuple(
        (
            it.at(name),
            it.emotion(analysis.emotions[name]) if name in analysis.emotions else "–",
            percent(analysis.chain.ever_visited.get(name, 0.0)),
            percent(found.intensity.peak_probability.get(name, 0.0)),
            number(gain),
        )
        for name, gain in strongest
    )
    if not rows:
        return None
    return Table(
        say("Where one point more changes most", "提升 1 分收效最大之处"),
        (
            say("Touchpoint", "触点"),
            say("Emotion", "情绪"),
            say("Get here", "到达"),
            say("Is the peak", "成为峰值"),
            say("Effect on peak-end", "对峰终值的影响"),
        ),
        rows,
        frozenset({1, 2, 3, 4}),
    )
