"""The service behind a journey: where time goes, who does how much, what is handed over."""

from __future__ import annotations

from blueprint.analysis.raci import handoffs
from blueprint.analysis.results import BlueprintAnalysis
from blueprint.analysis.risk import register
from blueprint.analysis.roles import Handoff, handoff_of, loads
from blueprint.figures import percent
from blueprint.scene.page import Figure
from blueprint.scene.report import Figures, Paragraph, Points, Section, Table
from blueprint.views.report.subject import DeliverySubject, Voice, section
from blueprint.views.words import number

_SHOWN = 10


def step_name(analysis: BlueprintAnalysis, id: str, say: Voice) -> str:
    """Return what a step does."""
    return next((say.read.say(step.does) for step in analysis.blueprint.steps if step.id == id), id)


def actor_name(analysis: BlueprintAnalysis, id: str, say: Voice) -> str:
    """Return what an actor is called."""
    return say.read.say(analysis.blueprint.actor_heading(id))


def judged_handoffs(analysis: BlueprintAnalysis) -> list[Handoff]:
    """Judge every handover of a blueprint."""
    return [handoff_of(link.source, link.target, link.spec) for link, _, _ in handoffs(analysis.blueprint)]


def service_findings(it: DeliverySubject) -> Section | None:
    """Say in three sentences what matters about a service: time, handovers, what may fail."""
    say, analysis = it.say, it.analysis
    title = say("What matters", "要点")
    if analysis is None:
        why = (
            say(f"There are no figures: {it.reason.en}.", f"没有数据：{it.reason.zh}。")
            if it.reason
            else say("There are no figures.", "没有数据。")
        )
        return section(title, Paragraph(why))
    told, time = [], say.read.label.duration
    if analysis.wait_share is not None and analysis.critical_path_seconds is not None:
        told.append(
            say(
                f"{percent(analysis.wait_share)} of the time is waiting; the longest chain takes "
                f"{time(analysis.critical_path_seconds)}.",
                f"{percent(analysis.wait_share)} 的时间在等待；"
                f"最长的链条需要 {time(analysis.critical_path_seconds)}。",
            )
        )
    judged = judged_handoffs(analysis)
    if judged:
        open_ = sum(not one.complete for one in judged)
        told.append(
            say(
                f"{open_} of {len(judged)} handovers between people and systems do not say what, by when, "
                "and that it has arrived.",
                f"{len(judged)} 次交接中有 {open_} 次未写明内容、时限与确认。",
            )
        )
    if analysis.breaches:
        worst = max(analysis.breaches, key=lambda one: round(one.observed / max(one.tolerance, 1.0), 6))
        name = step_name(analysis, worst.step, say)
        told.append(
            say(
                f"{len(analysis.breaches)} times are beyond what customers accept, most of all “{name}”: "
                f"{time(worst.observed)} against {time(worst.tolerance)}.",
                f"{len(analysis.breaches)} 处超出客户容忍，"
                f"最严重的是“{name}”：{time(worst.observed)}，容忍 {time(worst.tolerance)}。",
            )
        )
    if len(told) < 3 and (risks := [risk for risk in register(analysis) if risk.rating]):
        risk = risks[0]
        what, where = say.read.say(risk.what), step_name(analysis, risk.element, say)
        told.append(
            say(
                f"The gravest way to fail is “{what}” at “{where}”"
                + ("." if risk.answered else ", and nobody has a date for it."),
                f"最严重的失误是“{where}”处的“{what}”" + ("。" if risk.answered else "，且尚无期限。"),
            )
        )
    return section(title, Points(tuple(told[:3]), numbered=True) if told else None, _figures(analysis, say))


def _figures(analysis: BlueprintAnalysis, say: Voice) -> Figures:
    label = say.read.label
    shown = []
    if analysis.wait_share is not None:
        shown.append(Figure(label["wait-share"], percent(analysis.wait_share)))
    if analysis.critical_path_seconds is not None:
        shown.append(Figure(label["critical-path"], label.duration(analysis.critical_path_seconds)))
    shown.append(Figure(label["handoffs"], number(analysis.handoffs, 1)))
    shown.append(Figure(label["crossings"], number(analysis.crossings, 1)))
    return Figures(tuple(shown))


def service(analysis: BlueprintAnalysis, say: Voice) -> Section | None:
    """Tell the gravest ways to fail, and the times beyond tolerance."""
    label, rows = say.read.label, []
    rated = [(risk, risk.rating) for risk in register(analysis) if risk.rating]
    for risk, rating in rated[:_SHOWN]:
        rows.append(
            (
                say.read.say(risk.what),
                step_name(analysis, risk.element, say),
                str(rating.severity),
                str(rating.occurrence),
                str(rating.detection),
                rating.reading.priority,
                say("yes", "是") if risk.answered else say("no", "否"),
            )
        )
    columns = (
        say("What may fail", "失误"),
        say("Step", "步骤"),
        say("Severity", "严重度"),
        say("Occurrence", "发生度"),
        say("Detection", "探测度"),
        say("Priority", "优先级"),
        say("Has action, owner and date", "有措施、负责人和期限"),
    )
    risks = Table(
        say("Risks, the gravest first", "风险（由重到轻）"), columns, tuple(rows), frozenset({2, 3, 4})
    )
    late = tuple(
        (step_name(analysis, one.step, say), label.duration(one.observed), label.duration(one.tolerance))
        for one in analysis.breaches
    )
    breaches = Table(
        label["breaches"],
        (say("Step", "步骤"), say("Takes", "用时"), label["tolerance"]),
        late,
        frozenset({1, 2}),
    )
    return section(
        say("What may fail, and what takes too long", "失误与超时"),
        risks if rows else None,
        breaches if late else None,
    )


def roles(analysis: BlueprintAnalysis, say: Voice) -> Section | None:
    """Tell how much each role has to do, and how complete the handovers are."""
    time, label = say.read.label.duration, say.read.label
    rows = tuple(
        (
            actor_name(analysis, one.actor, say),
            str(one.steps),
            time(one.seconds_per_journey),
            "–" if one.utilisation is None else percent(one.utilisation),
            str(one.untimed) if one.untimed else "–",
        )
        for one in loads(analysis.blueprint, analysis.journey)
    )
    columns = (
        say("Role", "角色"),
        say("Steps", "步骤"),
        say("Work per journey", "每次旅程工时"),
        say("Of capacity", "占产能"),
        say("Steps without a time", "未计时步骤"),
    )
    return section(
        say("Roles and handovers", "角色与交接"),
        Table(say("Who does how much", "各角色的工作量"), columns, rows, frozenset({1, 2, 3, 4}))
        if rows
        else None,
        *_handoffs(analysis, say, label["confirmed"]),
    )


def _handoffs(
    analysis: BlueprintAnalysis, say: Voice, confirmed: str
) -> tuple[Paragraph | Table | None, ...]:
    judged = judged_handoffs(analysis)
    if not judged:
        return ()
    whole = sum(one.complete for one in judged)
    text = say(
        f"{whole} of {len(judged)} handovers are complete: they say what is handed over and by when, and "
        "the other side confirms.",
        f"{len(judged)} 次交接中 {whole} 次完整：写明内容与时限，并由对方确认。",
    )
    rows = []
    for one in judged:
        if one.complete:
            continue
        lacking = [
            name
            for there, name in (
                (one.content, say("what", "内容")),
                (one.deadline, say("by when", "时限")),
                (one.confirmed, confirmed),
            )
            if not there
        ]
        lacking += [say.read.say(item) for item in one.missing]
        rows.append(
            (
                step_name(analysis, one.source, say),
                step_name(analysis, one.target, say),
                say(", ", "、").join(lacking),
            )
        )
    columns = (say("From", "从"), say("To", "到"), say("Missing", "缺少"))
    table = (
        Table(say("Handovers that lack something", "不完整的交接"), columns, tuple(rows)) if rows else None
    )
    return Paragraph(text), table
