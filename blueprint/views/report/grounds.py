"""What the figures stand on: what is measured and what assumed, and the standards and claims used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date

from blueprint.scene.report import Paragraph, Points, Section, Table
from blueprint.views.report.subject import JourneySubject, section


def grounds(it: JourneySubject) -> Section | None:
    """Count what is measured and what is assumed; name the smallest sample and the oldest date."""
    say, journey = it.say, it.journey
    scores = [score for point in journey.touchpoints.values() for score in point.scores.values()]
    measured = [score for score in scores if score.measured]
    bare = sum(not point.scores for point in journey.touchpoints.values())
    shares = it.analysis.chain.assumed if it.analysis else ()
    metrics = [metric for point in journey.touchpoints.values() for metric in point.metrics] + list(
        journey.metrics
    )
    sampled = [metric for metric in metrics if metric.value is not None and metric.n is not None]
    timed = [point for point in journey.touchpoints.values() if point.time is not None]
    observed = [point for point in timed if point.time and point.time.observed]
    table = Table(
        say("Measured and assumed", "实测与假设"),
        (say("What", "内容"), say("Measured", "实测"), say("Assumed", "假设"), say("Missing", "缺失")),
        (
            (say("Emotions", "情绪"), str(len(measured)), str(len(scores) - len(measured)), str(bare)),
            (say("Metrics", "指标"), str(len(sampled)), str(len(metrics) - len(sampled)), "–"),
            (
                say("Times", "时间"),
                str(len(observed)),
                str(len(timed) - len(observed)),
                str(len(journey.touchpoints) - len(timed)),
            ),
        ),
        frozenset({1, 2, 3}),
    )
    told = []
    if samples := [
        n for n in (*(score.n for score in scores), *(metric.n for metric in metrics)) if n is not None
    ]:
        told.append(say(f"The smallest sample has n = {min(samples)}.", f"最小样本量 n = {min(samples)}。"))
    if oldest := min(_dates(it), default=None):
        told.append(say(f"The oldest figure is of {oldest}.", f"最早的数据日期为 {oldest}。"))
    if shares:
        places = it.say.listed(
            [it.at(name) if name != "entry" else say("the entry", "入口") for name in shares]
        )
        told.append(
            say(
                f"Nobody wrote the shares at: {places}; equal ones are assumed.",
                f"以下位置未写比例，按均分假设：{places}。",
            )
        )
    return section(
        say("What is measured, what is assumed", "实测与假设"),
        table,
        Paragraph(say.join(*told)) if told else None,
    )


def resting(it: JourneySubject) -> str:
    """Say in one sentence how much of what the findings are made from was measured; nothing without any."""
    points = it.journey.touchpoints.values()
    scores = [score for point in points for score in point.scores.values()]
    timed = [point.time for point in points if point.time is not None]
    parts = [
        (it.say("emotions", "情绪"), sum(score.measured for score in scores), len(scores)),
        (it.say("times", "时间"), sum(bool(time.observed) for time in timed), len(timed)),
    ]
    told = [
        it.say(f"{measured} of {all_} {name}", f"{name} {measured}/{all_}")
        for name, measured, all_ in parts
        if all_
    ]
    if not told:
        return ""
    joined = it.say(" and ", "、").join(told)
    return it.say(f"Measured are {joined}; the others are assumed.", f"实测：{joined}；其余为假设。")


def _dates(it: JourneySubject) -> Iterable[Date]:
    for point in it.journey.touchpoints.values():
        stated = [score.date for score in point.scores.values()]
        stated += [metric.date for metric in point.metrics]
        stated += [quality.date for quality in point.quality.values()]
        yield from (date for date in stated if date is not None)


def standards_used(it: JourneySubject) -> Section | None:
    """List the standards that the figures rest on, their sources, and whether somebody checked them."""
    say, rows = it.say, list[tuple[str, str, str, str]]()
    claims: list[tuple[str, str, str, str]] = []
    known = set(_used(it))
    for standing in it.standards.entries():
        entry = standing.entry
        carried = getattr(entry, "entries", ()) if standing.section == "claims" else ()
        if standing.reference not in known and not known & set(map(str, carried)):
            continue
        checked = say("verified", "已核实") if entry.verified else say("not verified", "未核实")
        name = say.read.say(entry.title) or standing.id
        (claims if standing.section == "claims" else rows).append(
            (name, standing.reference, entry.source or "–", checked)
        )
    found = [*rows, *claims]
    if not found:
        return None
    columns = (say("Standard", "标准"), say("Entry", "条目"), say("Source", "来源"), say("Checked", "核实"))
    doubts = [
        say.read.say(one.text)
        for one in it.standards.contradictions.values()
        if one.text is not None and known & set(map(str, one.between))
    ]
    return section(
        say("Standards and claims used", "采用的标准与说法"),
        Table(say("Where the standards come from", "标准的出处"), columns, tuple(found)),
        Points(tuple(doubts)) if doubts else None,
    )


def _used(it: JourneySubject) -> Iterable[str]:
    market = it.journey.market
    if market is not None and market.parameters:
        yield f"parameters/{market.parameters}"
    yield from (f"timelines/{name}" for name in it.journey.timelines)
    only = next(iter(it.standards.ladders)) if len(it.standards.ladders) == 1 else None
    for point in it.journey.touchpoints.values():
        if point.script is not None and point.script.protocol:
            yield f"protocols/{point.script.protocol}"
        if point.complaint is not None:
            if (ladder := point.complaint.ladder or only) and point.complaint.priority:
                yield f"ladders/{ladder}"
            if point.complaint.timeline:
                yield f"timelines/{point.complaint.timeline}"
