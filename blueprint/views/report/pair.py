"""An as-is and the to-be that would replace it, figure by figure."""

from __future__ import annotations

from blueprint.figures import percent
from blueprint.scene.report import Paragraph, Section, Table
from blueprint.views.report.subject import JourneySubject, section
from blueprint.views.words import number, signed


def pair(before: JourneySubject, after: JourneySubject) -> Section | None:
    """Tell what the to-be would change."""
    old, new, say = before.analysis, after.analysis, after.say
    if old is None or new is None:
        return None
    label, rows = say.read.label, []

    def add(name: str, one: float, other: float, kind: str = "number") -> None:
        if kind == "time":
            change = ("−" if other < one else "+") + label.duration(abs(other - one))
            rows.append((name, label.duration(one), label.duration(other), "0" if one == other else change))
        elif kind == "share":
            points = say("{} points", "{} 个百分点").format(signed((other - one) * 100, 1))
            rows.append((name, percent(one), percent(other), points))
        else:
            rows.append((name, number(one), number(other), signed(other - one)))

    a, b = old.peak_end, new.peak_end
    same = before.journey.emotion_scale == after.journey.emotion_scale
    if a is not None and b is not None and same:
        add(label["peak-end"], a.intensity.expected, b.intensity.expected)
        add(label["ending"], a.ending, b.ending)
        add(say("Mean over visits", "按到访加权的均值"), a.mean_visit_weighted, b.mean_visit_weighted)
    add(label["completion"], old.chain.completion, new.chain.completion, "share")
    if old.chain.seconds is not None and new.chain.seconds is not None:
        add(label["expected-time"], old.chain.seconds, new.chain.seconds, "time")
    add(say("Touchpoints visited", "到访触点数"), old.chain.steps, new.chain.steps)
    add(say("Effort", "客户费力度"), old.effort.total, new.effort.total)
    add(say("Repeated visits", "重复到访"), old.effort.rework, new.effort.rework)
    columns = (say("Figure", "指标"), label["as-is"], label["to-be"], say("Change", "变化"))
    title = say.read.say(before.journey.heading)
    note = say(
        "A to-be is a plan: its emotions are assumed until somebody is asked.",
        "目标旅程是计划：在调研之前，其情绪均为假设。",
    )
    return section(
        say("As-is and to-be, side by side", "现状与目标对照"),
        Table(say(f"Against “{title}”", f"对照“{title}”"), columns, tuple(rows), frozenset({1, 2, 3})),
        Paragraph(note, quiet=True),
    )
