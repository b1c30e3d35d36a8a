"""How urgent complaints are, whether they come more often, how far conflicts run, what cases teach."""

from __future__ import annotations

from blueprint.analysis import case_library, complaint_trends, conflict, feelings, urgency
from blueprint.analysis.protocol import speeches
from blueprint.figures import percent
from blueprint.scene.report import Points, Section, Table
from blueprint.views.report.subject import JourneySubject, section
from blueprint.views.words import number


def conflicts(it: JourneySubject) -> Section | None:
    """Tell each where it is written."""
    if it.analysis is None:
        return None
    told = (*_course(it), *_library(it), *_moods(it))
    return section(
        it.say("Urgency, conflicts and what they teach", "轻重缓急、冲突与积累"),
        _urgency(it),
        _trends(it),
        Points(told) if told else None,
    )


def _urgency(it: JourneySubject) -> Table | None:
    say, types = it.say, it.standards.complaint_types
    rows = []
    for one in urgency.told(it.journey, it.standards) or ():
        kind = types.get(one["class"]) if one["class"] else None
        title = say.read.say(kind.title) if kind is not None and kind.title else one["class"]
        rows.append(
            (
                it.at(one["touchpoint"]),
                one["declared"] or "–",
                "–" if one["by_class"] is None else f"{one['by_class']} ({title})",
                "–" if one["by_factors"] is None else one["by_factors"],
                "–" if one["score"] is None else number(one["score"]),
                one["trigger"] or "–",
                say("yes", "是") if one["understated"] else say("no", "否"),
            )
        )
    if not rows:
        return None
    columns = (
        say("Complaint at", "投诉触点"),
        say("Declared", "所定等级"),
        say("By class", "按问题分类"),
        say("By factors", "按因素"),
        say("Score", "得分"),
        say("At once by", "直接触发"),
        say("Too low", "偏低"),
    )
    return Table(say("How urgent complaints are", "投诉的轻重缓急"), columns, tuple(rows), frozenset({4}))


def _trends(it: JourneySubject) -> Table | None:
    page, say = complaint_trends.told(it.journey), it.say
    if page is None:
        return None
    words = {
        "rising": say("rising", "上升"),
        "falling": say("falling", "下降"),
        "unclear": say("unclear", "不明显"),
        None: "–",
    }
    types = it.standards.complaint_types
    rows = []
    for kind, one in page["types"].items():
        known = types.get(kind)
        ends = one["interval"]
        rows.append(
            (
                say.read.say(known.title) if known is not None and known.title else kind,
                ", ".join(map(str, one["counts"])),
                "–" if one["per_period"] is None else f"× {number(one['per_period'])}",
                "–" if ends is None else f"{number(ends[0])}–{number(ends[1])}",
                words[one["trend"]],
            )
        )
    columns = (
        say("Type", "类型"),
        say("Period by period", "各期数量"),
        say("Per period", "每期倍数"),
        say("95% interval", "95% 区间"),
        say("Trend", "趋势"),
    )
    return Table(say("Complaints over time", "投诉趋势"), columns, tuple(rows), frozenset({2, 3}))


def _course(it: JourneySubject) -> tuple[str, ...]:
    if it.analysis is None:
        return ()
    say, found = it.say, []
    for name, page in (conflict.told(it.analysis, it.standards.protocols) or {}).items():
        protocol = it.standards.protocols[name]
        titles = {step.id: say.read.say(step.heading) for step in protocol.steps}
        stages = say.listed(
            [
                f"{titles[id]} {percent(stage['reached'])}"
                for id, stage in page["stages"].items()
                if stage["touchpoints"]
            ]
        )
        early = titles.get(page["earliest_exit"] or "", "–")
        title = say.read.say(protocol.title) if protocol.title else name
        found.append(
            say(
                f"{title}: journeys that come so far – {stages}. The earliest way out is at “{early}”.",
                f"{title}：各阶段到达率 – {stages}。最早的退出点在“{early}”。",
            )
        )
    return tuple(found)


def _library(it: JourneySubject) -> tuple[str, ...]:
    page, say = case_library.told(it.journey), it.say
    if page is None:
        return ()
    n = len(page["cases"])
    text = say(
        f"{n} case{'' if n == 1 else 's'} kept for others, {page['complete']} with cause, solution "
        "and lesson.",
        f"案例库 {n} 例，其中 {page['complete']} 例写明原因、解决和改进。",
    )
    if page["without_case"]:
        types = it.standards.complaint_types
        names = [
            say.read.say(types[id].title) if id in types and types[id].title else id
            for id in page["without_case"]
        ]
        text = say.join(
            text, say(f"No case is kept of: {', '.join(names)}.", f"尚无案例的类型：{'、'.join(names)}。")
        )
    return (text,)


def _moods(it: JourneySubject) -> tuple[str, ...]:
    say, found = it.say, []
    for name, point in it.journey.touchpoints.items():
        for speech in speeches(point.script, it.journey.language) if point.script else ():
            assert point.script is not None
            mood = feelings.mood(feelings.lines_of(point.script, speech), speech, it.standards.lexicon)
            if mood is None or not speech.language.startswith(it.say.read.label.language[:2]):
                continue
            taken = (
                say("every feeling is taken up", "情绪均得到回应")
                if not mood.unmirrored
                else say(
                    f"{len(mood.unmirrored)} feelings are passed over",
                    f"{len(mood.unmirrored)} 处情绪无人回应",
                )
            )
            end = (
                say("it settles", "情绪回落") if mood.settled else say("it does not settle", "情绪没有回落")
            )
            found.append(f"{it.at(name)}{say.read.label.colon}{taken}{say('; ', '；')}{end}")
    return tuple(found)
