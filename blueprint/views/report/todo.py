"""What to do next, ranked by effect."""

from __future__ import annotations

from typing import NamedTuple

from blueprint.analysis.needs import read_needs, unmet
from blueprint.analysis.results import BlueprintAnalysis
from blueprint.analysis.risk import register
from blueprint.diagnostic import Message
from blueprint.scene.report import Paragraph, Picture, Section, Table
from blueprint.views.charts.opportunity_matrix import Idea, opportunity_matrix
from blueprint.views.report.costs import market_of
from blueprint.views.report.delivery import actor_name, step_name
from blueprint.views.report.pains import ranked
from blueprint.views.report.subject import JourneySubject, Voice, money, section
from blueprint.views.words import number

_SHOWN = 10


class Task(NamedTuple):
    """One thing to do."""

    money: float
    """What it is about in money; 0 where that cannot be said."""
    weight: float
    """Visits per journey times severity, or twice the impact, both out of ten."""
    what: str
    where: str
    effect: str
    who: str


def todo(it: JourneySubject) -> Section | None:
    """Rank what can be done: by money where it can be said, then by visits times how much it matters."""
    if it.analysis is None:
        return None
    tasks = sorted(
        (*_damage(it), *_pains(it), *_lever(it), *_needs(it), *_ideas(it)),
        key=lambda task: (-round(task.money, 6), -round(task.weight, 9), task.what),
    )
    say = it.say
    note = say(
        "Ranked by the money at stake where it can be said, then by visits per journey times severity (of "
        "10); the impact of an idea (of 5) counts double.",
        "按可计的金额排序，其次按每次旅程到访次数 × 严重度（满分 10）；机会点的影响（满分 5）加倍计。",
    )
    if (more := len(tasks) - _SHOWN) > 0:
        note = say.join(
            note, say(f"{more} with less effect are left out.", f"另有 {more} 项效果较小，未列出。")
        )
    return section(
        say("What to do next", "下一步"),
        _table(tasks[:_SHOWN], say) if tasks else None,
        Paragraph(note, quiet=True) if tasks else None,
    )


def ideas(it: JourneySubject) -> Section | None:
    """Place ideas by what they would bring and what they would cost."""
    return section(it.say("What ideas would bring", "机会点"), _matrix(it))


def _table(tasks: list[Task], say: Voice) -> Table:
    rows = tuple(
        (f"{at}. {task.what}", task.where or "–", task.effect, task.who or "–")
        for at, task in enumerate(tasks, 1)
    )
    columns = (
        say("What", "做什么"),
        say("Where", "触点"),
        say("What it changes", "效果"),
        say("Who, by when", "负责人与期限"),
    )
    return Table(say("Ranked by effect", "按效果排序"), columns, rows)


def _damage(it: JourneySubject) -> list[Task]:
    found = market_of(it)
    if found is None or isinstance(found, Message):
        return []
    say = it.say
    names = {
        "fewer-problems": say("Prevent one problem in ten", "减少一成问题"),
        "more-complaints": say("Make it easier to complain", "降低投诉门槛"),
        "better-handling": say("Handle complaints better", "改善投诉处理"),
    }
    return [
        Task(
            one.saved,
            0.0,
            names.get(one.name, one.name),
            "",
            say(f"saves {money(one.saved, found.currency)}", f"节省 {money(one.saved, found.currency)}"),
            "",
        )
        for one in found.scenarios
        if one.saved > 0
    ]


def _pains(it: JourneySubject) -> list[Task]:
    say, read, tasks = it.say, it.say.read, []
    worth = it.journey.traffic.value if it.journey.traffic else None
    for pain in ranked(it):
        written = it.journey.touchpoints[pain.touchpoint].pains[pain.index]
        name = read.say(written.pain)
        what = read.say(written.action) or say(f"Decide what to do about “{name}”", f"决定如何处理“{name}”")
        effect = (
            say(f"eases “{name}”", f"缓解“{name}”")
            if written.action
            else say("a pain without an action", "尚无措施的痛点")
        )
        if pain.money_per_period and worth:
            amount = money(pain.money_per_period, worth.currency)
            effect += say(f"; {amount} {it.period} fail here", f"；{it.period}在此流失 {amount}")
        who = read.label.pairs(read.say(written.owner), written.due.isoformat() if written.due else "")
        tasks.append(
            Task(pain.money_per_period or 0.0, pain.weight, what, it.at(pain.touchpoint), effect, who)
        )
    return tasks


def _lever(it: JourneySubject) -> list[Task]:
    found = it.analysis.peak_end if it.analysis else None
    if found is None:
        return []
    name = found.intensity.best_lever
    gain = number(found.intensity.gradient.get(name, 0.0))
    point = it.journey.touchpoints.get(name)
    return [
        Task(
            0.0,
            10 * found.intensity.gradient.get(name, 0.0),
            it.say("Make this moment feel better", "改善这一时刻的感受"),
            it.at(name),
            it.say(f"each point moves peak-end by {gain}", f"每提升 1 分，峰终值变化 {gain}"),
            it.say.read.say(point.owner) if point else "",
        )
    ]


def _needs(it: JourneySubject) -> list[Task]:
    visits = it.analysis.chain.visits if it.analysis else {}
    say = it.say
    return [
        Task(
            0.0,
            10 * visits.get(reading.touchpoint.id, 0.0),
            say(
                f"Meet the need “{say.read.say(reading.need.need)}”",
                f"满足需求“{say.read.say(reading.need.need)}”",
            ),
            it.at(reading.touchpoint.id),
            say("a must-be need that is not met", "未满足的必备需求"),
            say.read.say(reading.touchpoint.owner),
        )
        for reading in unmet(read_needs(it.journey))
        if reading.surely("M")
    ]


def _ideas(it: JourneySubject) -> list[Task]:
    visits, read = it.analysis.chain.visits if it.analysis else {}, it.say.read
    tasks = []
    for name, point in it.journey.touchpoints.items():
        for idea in point.opportunities:
            if idea.impact is None:
                continue
            effect = f"{read.label['impact']} {idea.impact}/5"
            if idea.effort is not None:
                effect += f" · {read.label['effort']} {idea.effort}/5"
            weight = 2 * idea.impact * visits.get(name, 0.0)
            tasks.append(
                Task(0.0, weight, read.say(idea.opportunity), it.at(name), effect, read.say(point.owner))
            )
    return tasks


def _matrix(it: JourneySubject) -> Picture | None:
    ideas = [
        Idea(it.say.read.say(idea.opportunity), it.at(name), idea.impact, idea.effort)
        for name, point in it.journey.touchpoints.items()
        for idea in point.opportunities
        if idea.impact is not None and idea.effort is not None
    ]
    if not ideas:
        return None
    ideas.sort(key=lambda one: (one.effort - one.impact, one.effort))
    scene = opportunity_matrix(tuple(ideas), language=it.say.read.language, prefix=f"{it.journey.id}-ideas")
    return Picture(
        scene, it.say("What ideas would bring, and what they would cost.", "机会点的影响与投入。")
    )


def service_todo(analysis: BlueprintAnalysis, say: Voice) -> Section | None:
    """Rank what can be done about a service: the gravest risks first."""
    owners = {
        (step.id, at): (failure.action, failure.owner, failure.due)
        for step in analysis.blueprint.steps
        for at, failure in enumerate(step.fails)
    }
    tasks = []
    rated = [(risk, risk.rating) for risk in register(analysis) if risk.rating]
    for risk, rating in rated[:_SHOWN]:
        action, owner, due = owners.get((risk.element, risk.index), (None, None, None))
        name = say.read.say(risk.what)
        what = say.read.say(action) or say(f"Decide what to do about “{name}”", f"决定如何处理“{name}”")
        who = say.read.label.pairs(
            actor_name(analysis, owner, say) if owner else "", due.isoformat() if due else ""
        )
        effect = say(
            f"guards against “{name}” (priority {rating.reading.priority})",
            f"防止“{name}”（优先级 {rating.reading.priority}）",
        )
        tasks.append(Task(0.0, 0.0, what, step_name(analysis, risk.element, say), effect, who))
    if not tasks:
        return None
    return section(say("What to do next", "下一步"), _table(tasks, say))
