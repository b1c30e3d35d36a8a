"""What the courses ask beside what happens: of personas, lifecycles, tiers, posts and the house itself."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.clientele import answered, preferred_share, time_cost
from blueprint.analysis.delights import delights
from blueprint.analysis.house import (
    COUNTS,
    as_taught,
    bare_tiers,
    counts,
    deliverables,
    reached,
    reversals,
    shut_gates,
)
from blueprint.analysis.known_cases import known_cases
from blueprint.analysis.lifecycles import lifecycle_cover
from blueprint.analysis.need_ladder import RUNGS, skipped
from blueprint.analysis.need_ladder import reached as rung_reached
from blueprint.analysis.results import BlueprintAnalysis
from blueprint.analysis.role_sheets import (
    emergencies,
    gaps,
    hard_contacts,
    inner_customers,
    plan_faults,
    standard_met,
)
from blueprint.figures import percent
from blueprint.model.persona import Persona
from blueprint.scene.report import Section, Table
from blueprint.views.report.subject import JourneySubject, Voice, money, section
from blueprint.views.words import number

_PHASES = {"strategy": "战略", "design": "设计", "transition": "转换", "operation": "运营"}
_AXES = {"drive": "动力", "direction": "方向", "difficulty": "难度"}
_GROUPS = {"high-value": "高价值", "potential": "潜力", "mass": "大众", "churning": "流失"}
_OUTPUTS = {
    "strategy": ("needs with a strategy", "需求×策略"),
    "touchpoints": ("planned touchpoints", "触点规划"),
    "standards": ("standards", "标准"),
    "scripts": ("scripts", "话术"),
    "gaps": ("gaps", "差距"),
}
_CLASSES = {"basic": "基础", "behaviour": "行为", "interaction": "互动", "social": "社交"}
_TYPES = {"silent": "沉默型", "resisting": "抗拒型", "complaining": "抱怨型"}
_RUNGS = {"standard": "规范", "personal": "个性化", "added-value": "增值"}

Row = tuple[str, str, str, str]
"""What is asked, by which source, what there is, what is missing."""


def taught(it: JourneySubject) -> Section | None:
    """Hold a journey, its personas and its house against what the courses ask, where it says anything."""
    if it.analysis is None:
        return None
    rows = [*_personas(it), *_journey(it), *_house(it)]
    return section(_title(it.say), _table(it.say, rows) if rows else None, _cases(it))


def taught_roles(analysis: BlueprintAnalysis, say: Voice) -> Section | None:
    """Hold the people of a blueprint against what the courses ask of them, where anything is written."""
    rows = [*_roles(analysis, say)]
    return section(_title(say), _table(say, rows)) if rows else None


def _title(say: Voice) -> str:
    return say("What the courses ask", "课程的要求")


def _table(say: Voice, rows: list[Row]) -> Table:
    columns = (say("Asked", "要求"), say("Source", "来源"), say("There is", "已有"), say("Missing", "缺少"))
    return Table(say("Held against the training courses", "与培训课程对照"), columns, tuple(rows))


def _listed(say: Voice, names: list[str]) -> str:
    return say(", ", "、").join(names) or "–"


def _of(say: Voice, asked: str, name: str) -> str:
    """Say of whom something is asked."""
    return f"{asked}{say.read.label.colon}{name}"


def _personas(it: JourneySubject) -> Iterator[Row]:
    say, read = it.say, it.say.read
    for persona in it.personas.values():
        name = read.say(persona.heading)
        for id, entry in it.standards.coverage.items():
            if entry.of not in ("persona", "touchpoint"):
                continue
            found = answered(id, entry, persona, it.journey)
            if found is None:
                continue
            titles = {item.id: read.say(item.title) for item in entry.items}
            there = [
                say(f"{titles[item]} ({at})", f"{titles[item]}（{at}）")
                for item, places in found.by.items()
                if (at := say.listed([it.at(place) for place in places]))
            ]
            lacking = [titles[item] for item in found.unanswered]
            yield (
                _of(say, read.say(entry.title), name),
                entry.source or "–",
                _listed(say, there),
                _listed(say, lacking),
            )
        yield from _person(it, persona, name)


def _person(it: JourneySubject, persona: Persona, name: str) -> Iterator[Row]:
    say, visits = it.say, it.analysis.chain.visits if it.analysis else {}
    cost = time_cost(persona, it.journey, visits)
    if cost is not None and persona.value_of_time is not None:
        worth = money(cost, persona.value_of_time.currency)
        yield _of(say, say("Time is worth something", "时间价值"), name), "S000", worth, "–"
    share = preferred_share(persona, it.journey, visits)
    if share is not None:
        told = say(f"{percent(share)} of the visits", f"{percent(share)} 的接触")
        yield _of(say, say("Preferred channels", "沟通偏好"), name), "S000", told, "–"
    if persona.profile:
        there = [say(key, _CLASSES[key]) for key in persona.profile]
        lacking = [say(key, zh) for key, zh in _CLASSES.items() if key not in persona.profile]
        asked = say("Four classes of data", "画像四类数据")
        yield _of(say, asked, name), "S004", _listed(say, there), _listed(say, lacking)
    if persona.type is not None:
        places = [
            it.at(point.id)
            for point in it.journey.touchpoints.values()
            if point.script is not None and persona.type in point.script.variants
        ]
        asked = say(f"Words for a {persona.type} customer", f"{_TYPES[persona.type]}客户的话术")
        yield (
            _of(say, asked, name),
            "S000",
            it.say.listed(places) or "–",
            "–" if places else say("words", "话术"),
        )


def _journey(it: JourneySubject) -> Iterator[Row]:
    say, read, journey = it.say, it.say.read, it.journey
    for id, entry in it.standards.lifecycles.items():
        found = lifecycle_cover(id, it.standards.lifecycles, journey, it.personas.values())
        if found is not None:
            served = [read.say(phase.term.title) for phase in found.phases if phase.served]
            lacking = [read.say(phase.term.title) for phase in found.phases if not phase.served]
            yield (
                read.say(entry.title) or id,
                entry.source or "–",
                _listed(say, served),
                _listed(say, lacking),
            )
    placed = [p for p in journey.touchpoints.values() if any(need.level for need in p.needs)]
    if placed:
        tops = [rung_reached(point) for point in placed]
        there = [f"{say(rung, _RUNGS[rung])} {tops.count(rung)}" for rung in RUNGS if rung in tops]
        lacking = [it.at(point.id) for point in placed if rung_reached(point) is None or skipped(point)]
        asked = say("Ladder of needs, touchpoints by rung reached", "需求层次（按达到的层级）")
        yield asked, "S002", _listed(say, there), it.say.listed(lacking) or "–"
    gifts = list(delights(journey, it.analysis.chain.visits if it.analysis else {}))
    if gifts:
        there = [f"{read.say(gift.delight.what)} × {number(gift.per_journey)}" for gift in gifts]
        worn = [read.say(gift.delight.what) for gift in gifts if gift.worn or not gift.kept]
        asked = say("Surprises, times in a journey", "感动时刻（每次旅程次数）")
        yield asked, "S000, S004", it.say.listed(there), it.say.listed(worn) or "–"
    known = known_cases(journey)
    if known and (cases := sum(one.cases for one in known)):
        share = percent(sum(one.written for one in known) / cases)
        there_text = say(f"{share} of {cases} cases", f"{cases} 起中的 {share}")
        lacking = [type_ for one in known for type_ in one.unwritten]
        yield say("Cases in the knowledge base", "知识库"), "S001", there_text, _listed(say, lacking)


def _house(it: JourneySubject) -> Iterator[Row]:
    say, journey, customers = it.say, it.journey, it.journey.customers
    if journey.governance is not None:
        last = reached(journey)
        there = "–" if last is None else say(last, _PHASES[last])
        shut = [say(phase, _PHASES[phase]) for phase in shut_gates(journey)]
        asked = say("Cycle of the service, reached", "服务周期管理（已达到）")
        yield asked, "S003", there, _listed(say, shut)
    if journey.culture:
        scored = [
            f"{say(axis, _AXES[axis])} {held.score}/5"
            for axis, held in journey.culture.items()
            if held.score
        ]
        lacking = [say(axis, zh) for axis, zh in _AXES.items() if axis not in journey.culture]
        yield (
            say("Culture of customers", "以客户为中心的文化"),
            "S003",
            _listed(say, scored),
            _listed(say, lacking),
        )
    if customers is not None and customers.policies:
        there_groups = [say(group, _GROUPS[group]) for group in customers.policies]
        lacking = [say(group, zh) for group, zh in _GROUPS.items() if group not in customers.policies]
        lacking += [
            say(f"{group}: the figure", f"{_GROUPS[group]}：未达到数字")
            for group, policy in customers.policies.items()
            if as_taught(group, policy) is False
        ]
        yield say("Talking by group", "分层沟通"), "S004", _listed(say, there_groups), _listed(say, lacking)
    if customers is not None and customers.entitlements:
        there_tiers = [f"{tier} {len(items)}/3" for tier, items in customers.entitlements.items()]
        lacking = [*bare_tiers(customers), *(f"{one.higher}: {one.item}" for one in reversals(customers))]
        asked = say("Manager, package, partners by tier", "专属经理、服务包、跨界权益")
        yield asked, "S004", _listed(say, there_tiers), _listed(say, lacking)
    if journey.lessons is not None:
        form = journey.lessons.form
        there = "-".join(map(str, counts(journey.lessons)))
        whole = counts(journey.lessons) == COUNTS[form]
        yield say("Lessons", "总结") + f" {form}", "S003", there, "–" if whole else form
    found = deliverables(journey)
    if journey.governance is not None or journey.culture:
        there_parts = [f"{say(*_OUTPUTS[name])} {count}" for name, count in found.items() if count]
        lacking = [say(*_OUTPUTS[name]) for name, count in found.items() if not count]
        asked = say("What a service design delivers", "服务设计成果物")
        yield asked, "S003", _listed(say, there_parts), _listed(say, lacking)


def _cases(it: JourneySubject) -> Table | None:
    say, read = it.say, it.say.read
    known = [(id, it.standards.claims[id]) for id in it.journey.cases if id in it.standards.claims]
    rows = tuple(
        (
            read.say(claim.title) or id,
            claim.source or "–",
            say("verified", "已核实") if claim.verified else say("not verified", "未核实"),
        )
        for id, claim in known
    )
    columns = (
        say("Case", "案例"),
        say("Source", "来源"),
        say("Checked", "核实"),
    )
    return Table(say("Cases of other houses", "跨行业标杆案例"), columns, rows) if rows else None


def _roles(analysis: BlueprintAnalysis, say: Voice) -> Iterator[Row]:
    blueprint = analysis.blueprint
    met = hard_contacts(blueprint, analysis.journey)
    for id, actor in blueprint.actors.items():
        name = say.read.say(blueprint.actor_heading(id))
        if actor.standards:
            kept = {one: standard_met(held) for one, held in actor.standards.items()}
            short = [one for one, holds in kept.items() if holds is False]
            there = say(
                f"{sum(holds is True for holds in kept.values())} of {len(kept)} kept",
                f"{len(kept)} 项中达标 {sum(holds is True for holds in kept.values())} 项",
            )
            yield (
                _of(say, say("Standards of the post", "岗位满意标准"), name),
                "S003",
                there,
                _listed(say, short),
            )
        if actor.competence:
            short = [f"{one} −{by}" for one, by in gaps(actor).items()]
            asked = say("Competence", "能力矩阵")
            yield _of(say, asked, name), "S000–S002", str(len(actor.competence)), _listed(say, short)
        if actor.plan is not None:
            off, missing = plan_faults(actor.plan)
            lacking = [f"{key} {percent(share)}" for key, share in off.items()]
            lacking += [say(f"after {days} days", f"第 {days} 天") for days in missing]
            there = say(f"{len(actor.plan.goals)} goals", f"{len(actor.plan.goals)} 个目标")
            yield (
                _of(say, say("70-20-10, 30/60/90", "70-20-10、30/60/90"), name),
                "S000",
                there,
                _listed(say, lacking),
            )
        if id in met and (per := met[id].per_shift) is not None:
            rule = actor.relief
            there = say(f"{number(per)} in a shift", f"每班 {number(per)} 位")
            rest = say("a break", "休息") if rule is None else "–"
            asked = say("Upset customers, and a break", "情绪自控：不满客户与休息")
            yield _of(say, asked, name), "S000", there, rest
    urgent = emergencies(blueprint, analysis.journey)
    if any(actor.stand_in for actor in blueprint.actors.values()) and urgent:
        lacking = [one.touchpoint for one in urgent if not one.provided]
        there = f"{sum(one.provided for one in urgent)}/{len(urgent)}"
        asked = say("Urgent complaints with owner, people and stand-in", "紧急投诉的负责人与后备")
        yield asked, "S000", there, _listed(say, lacking)
    inner = inner_customers(blueprint)
    if inner is not None:
        there = say(
            f"{inner['named']} of {inner['handovers']} handovers, {inner['asked']} asked what they need",
            f"{inner['handovers']} 次交接中 {inner['named']} 次，写明要求 {inner['asked']} 次",
        )
        open_ = inner["named"] - min(inner["asked"], inner["confirmed"])
        yield say("The next step is the customer", "客户就是下一道工序"), "S003", there, str(open_ or "–")
