"""Work held against protocols for work, and posts against their indicators."""

from __future__ import annotations

from blueprint.analysis import posts
from blueprint.analysis import work as conformance
from blueprint.analysis.results import BlueprintAnalysis
from blueprint.figures import percent
from blueprint.model.standards import Standards
from blueprint.scene.report import Section, Table
from blueprint.views.report.subject import Voice, section
from blueprint.views.words import number


def work(analysis: BlueprintAnalysis, standards: Standards, say: Voice) -> Section | None:
    """Tell each where it is written."""
    return section(
        say("Work and its standards", "工作与标准"),
        _protocols(analysis, standards, say),
        _posts(analysis, say),
    )


def _protocols(analysis: BlueprintAnalysis, standards: Standards, say: Voice) -> Table | None:
    rows = []
    for one in conformance.told(analysis, standards.protocols) or ():
        protocol = standards.protocols[one["protocol"]]
        names = {step.id: say.read.say(step.heading) for step in protocol.steps}
        comma = say(", ", "、")
        rows.append(
            (
                say.read.say(protocol.title) if protocol.title else one["protocol"],
                percent(one["coverage"]),
                percent(one["order"]),
                percent(one["score"]),
                comma.join(names[id] for id in one["missing"]) or "–",
                comma.join(names[id] for id in one["misplaced"]) or "–",
            )
        )
    if not rows:
        return None
    columns = (
        say("Protocol", "流程"),
        say("Steps taken", "步骤覆盖"),
        say("In order", "顺序"),
        say("Score", "得分"),
        say("Missing", "缺少"),
        say("Out of order", "顺序不对"),
    )
    return Table(
        say("Work against protocols", "工作与流程对照"), columns, tuple(rows), frozenset({1, 2, 3})
    )


def _posts(analysis: BlueprintAnalysis, say: Voice) -> Table | None:
    verdicts = {
        "met": say("met", "达成"),
        "missed": say("missed", "未达成"),
        "undetermined": say("undetermined", "无法判定"),
        None: "–",
    }
    rows = []
    for name, page in (posts.told(analysis.blueprint) or {}).items():
        for written, one in zip(
            analysis.blueprint.actors[name].indicators, page["indicators"], strict=True
        ):
            write = percent if written.value is not None and written.value.percent else number
            ends = one["interval"]
            rows.append(
                (
                    say.read.say(analysis.blueprint.actor_heading(name)),
                    say.read.say(written.indicator),
                    "–" if one["value"] is None else write(one["value"]),
                    "–" if ends is None else f"{write(ends[0])} … {write(ends[1])}",
                    "–" if one["target"] is None else write(one["target"]),
                    verdicts[one["verdict"]],
                )
            )
    if not rows:
        return None
    columns = (
        say("Post", "岗位"),
        say("Indicator", "指标"),
        say("Value", "数值"),
        say("95% interval", "95% 区间"),
        say("Target", "目标"),
        say("Verdict", "判定"),
    )
    return Table(say("Standards per post", "岗位服务满意标准"), columns, tuple(rows), frozenset({2, 3, 4}))
