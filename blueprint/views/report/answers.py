"""What customers answered and what is watched: surveys and metrics with their intervals and targets."""

from __future__ import annotations

from math import ceil, log10

from blueprint.analysis.measures import Measured, Placed, read_metrics, read_surveys
from blueprint.analysis.measures_told import WHY
from blueprint.figures import percent
from blueprint.model.survey import Survey
from blueprint.model.touchpoint import Metric
from blueprint.scene.report import Paragraph, Section, Table
from blueprint.views.report.subject import JourneySubject, section
from blueprint.views.words import number


def answers(it: JourneySubject) -> Section | None:
    """List surveys and metrics, and say which targets are met; where an interval decides, it decides."""
    say = it.say
    rows, verdicts = [], []
    for survey in read_surveys(it.journey, it.sheets):
        rows.append(_row(it, survey, _named(it, survey.written)))
        verdicts.append(survey.verdict)
    for metric in read_metrics(it.journey):
        rows.append(_row(it, metric, say.read.say(metric.written.metric)))
        verdicts.append(metric.verdict)
    if not rows:
        return None
    met, missed, open_ = (verdicts.count(word) for word in ("met", "missed", "undetermined"))
    text = ""
    if met or missed or open_:
        text = say(
            f"Of {met + missed + open_} targets {met} are surely met and {missed} surely missed; "
            f"{open_} stay undetermined, because the interval holds the target or nobody knows it.",
            f"{met + missed + open_} 个目标中，{met} 个确定达成，{missed} "
            f"个确定未达成，{open_} 个因区间包含目标值或没有区间而无法判定。",
        )
    columns = (
        say("Figure", "指标"),
        say("Where", "触点"),
        say("Value", "数值"),
        say("95% interval", "95% 区间"),
        "n",
        say("Target", "目标"),
        say("Verdict", "判定"),
    )
    return section(
        say("What customers say, and what is watched", "客户评价与指标"),
        Paragraph(text) if text else None,
        Table(say("Surveys and metrics", "调查与指标"), columns, tuple(rows), frozenset({2, 3, 4, 5})),
    )


def _named(it: JourneySubject, survey: Survey) -> str:
    name = it.say.read.say(survey.title) or survey.survey.upper()
    return f"{name} ({survey.date.isoformat()})" if survey.date else name


def _decimals(placed: Placed[Survey] | Placed[Metric]) -> int:
    """Return how many decimals of a percentage it takes to tell the ends of its interval apart."""
    interval = placed.measured.interval
    width = 0.0 if interval is None else 100 * (interval.high - interval.low)
    return 1 if width <= 0 else max(1, min(4, ceil(-log10(width))))


def _row(it: JourneySubject, placed: Placed[Survey] | Placed[Metric], name: str) -> tuple[str, ...]:
    found, say = placed.measured, it.say
    verdicts = {
        "met": say("met", "达成"),
        "missed": say("missed", "未达成"),
        "undetermined": say("undetermined", "无法判定"),
    }
    exact = _decimals(placed)
    missing = None if found.reason is None or found.value is None else WHY[found.reason]
    interval = "–" if missing is None else say(missing.en, missing.zh)
    if found.interval is not None:
        low, high = (_written(found, end, exact) for end in (found.interval.low, found.interval.high))
        interval = f"{low} … {high}"
    return (
        name,
        say("the whole journey", "整个旅程") if placed.touchpoint is None else it.at(placed.touchpoint),
        "–" if found.value is None else _written(found, found.value, exact),
        interval,
        "–" if found.n is None else str(found.n),
        "–" if placed.target is None else _written(found, placed.target, exact),
        verdicts[placed.verdict] if placed.verdict else "–",
    )


def _written(found: Measured, value: float, decimals: int = 1) -> str:
    if found.unit == "share" and decimals > 1:
        return f"{100 * value:.{decimals}f}%"
    return percent(value) if found.unit == "share" else number(value, 1 if found.unit == "points" else 2)
