"""What is asked of the people in a blueprint: standards, competence, plans, hard contacts, stand-ins.

The five standards are S003's (客户满意5项标准), one indicator each. A plan divides learning 70-20-10 and is
looked at after 30, 60 and 90 days (S000). A hard contact is a meeting at a complaint touchpoint; a shift
sees `contacts per period · shift / (people · working time)` of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from blueprint.analysis.delivery import visits_of
from blueprint.analysis.process import process_of
from blueprint.analysis.raci import handoffs
from blueprint.analysis.roles import capacity_of
from blueprint.model.journey import Journey
from blueprint.model.people import InnerCustomer, Plan, Standard
from blueprint.model.service import Actor, ServiceBlueprint

if TYPE_CHECKING:
    from blueprint.model.standards import Standards

DAY: Final = 86400.0
SHARES: Final = {"work": 0.7, "others": 0.2, "courses": 0.1}
"""How learning is divided (S000: 70-20-10)."""
REVIEWS: Final = (30, 60, 90)
"""After how many days a plan is looked at (S000: 30/60/90天复习)."""
URGENT: Final = ("P0", "P1")


def standard_met(standard: Standard) -> bool | None:
    """Return whether a standard keeps its target; None where one of the two is not written."""
    if standard.value is None or standard.target is None:
        return None
    value, target = standard.value.number, standard.target.number
    return value >= target - 1e-9 if standard.better == "higher" else value <= target + 1e-9


def gaps(actor: Actor) -> dict[str, int]:
    """Return where somebody can less than they must, and by how much."""
    return {
        name: it.needed - it.has
        for name, it in actor.competence.items()
        if it.has is not None and it.has < it.needed
    }


def plan_faults(plan: Plan) -> tuple[dict[str, float], tuple[int, ...]]:
    """Return the shares that are not as taught, and the reviews (in days) that the plan leaves out."""
    written = {"work": plan.work, "others": plan.others, "courses": plan.courses}
    off = {name: it for name, it in written.items() if it is not None and abs(it - SHARES[name]) > 1e-6}
    there = {round(goal.after / DAY) for goal in plan.goals}
    return off, tuple(days for days in REVIEWS if days not in there)


@dataclass(frozen=True, slots=True)
class HardContacts:
    """How many upset customers a role meets."""

    per_journey: float
    per_period: float | None
    """None where the journey names no traffic."""
    per_shift: float | None
    """Of one person; None where people's working time or the shift is not written."""
    breaks: float | None
    """How many breaks the role's own rule gives in a shift; None where it has no rule."""


def hard_contacts(blueprint: ServiceBlueprint, journey: Journey | None) -> dict[str, HardContacts]:
    """Count meetings at complaint touchpoints, by the people of the frontstage.

    Several steps of one actor at one touchpoint are one meeting.
    """
    if journey is None:
        return {}
    hard = {name for name, point in journey.touchpoints.items() if "complaint" in point.kinds}
    process = process_of(blueprint, visits_of(journey))
    met: dict[str, dict[str, float]] = {}
    for step in blueprint.steps:
        actor = blueprint.actors.get(step.actor)
        if step.at in hard and actor is not None and actor.zone == "frontstage" and not actor.technology:
            here = met.setdefault(step.actor, {})
            here[step.at] = max(here.get(step.at, 0.0), process.executions.get(step.id, 0.0))
    found = {}
    for name, here in met.items():
        actor = blueprint.actors[name]
        each = sum(here.values())
        period = each * journey.traffic.journeys if journey.traffic else None
        able = capacity_of(actor)
        shift = period * actor.shift / able if period is not None and able and actor.shift else None
        rule = actor.relief.after if actor.relief else None
        found[name] = HardContacts(
            each, period, shift, shift // rule if shift is not None and rule is not None else None
        )
    return found


@dataclass(frozen=True, slots=True)
class Emergency:
    """Who is there for one urgent complaint."""

    touchpoint: str
    priority: str
    owner: bool
    """Somebody is named who answers for it."""
    pool: float
    """People of the roles that meet the customer there, as far as written; one where it is not."""
    stand_ins: tuple[str, ...]
    """Who takes over."""
    escalation: int
    """How many are called next."""

    @property
    def provided(self) -> bool:
        """Whether there is an owner, and more than one person or a stand-in."""
        return self.owner and (self.pool > 1 or bool(self.stand_ins))


def emergencies(blueprint: ServiceBlueprint, journey: Journey | None) -> tuple[Emergency, ...]:
    """Say of each urgent complaint who is there: owner, pool, stand-in (S000: 资源调配)."""
    found = []
    for name, point in journey.touchpoints.items() if journey is not None else ():
        if point.complaint is None or point.complaint.priority not in URGENT:
            continue
        people = {
            step.actor: blueprint.actors[step.actor]
            for step in blueprint.steps
            if step.at == name and step.actor in blueprint.actors
        }
        people = {id: it for id, it in people.items() if not it.technology}
        if people:
            found.append(
                Emergency(
                    name,
                    point.complaint.priority,
                    point.owner is not None,
                    sum(it.people or 1.0 for it in people.values() if it.zone == "frontstage"),
                    tuple(dict.fromkeys(it.stand_in for it in people.values() if it.stand_in)),
                    len(point.complaint.escalation),
                )
            )
    return tuple(found)


def inner_customers(blueprint: ServiceBlueprint) -> dict[str, Any] | None:
    """Count handovers that name whose customer the next step is (S003: 客户就是下一道工序).

    None where no handover names one.
    """
    every = [link.spec for link, _, _ in handoffs(blueprint)]
    named = [spec for spec in every if spec.customer is not None]
    if not named:
        return None
    kinds = [spec.customer for spec in named]
    return {
        "handovers": len(every),
        "named": len(named),
        "by_kind": {kind: kinds.count(kind) for kind in get_args(InnerCustomer)},
        "asked": sum(bool(spec.needs) for spec in named),
        "confirmed": sum(bool(spec.confirmed) for spec in named),
    }


def told(
    blueprint: ServiceBlueprint, journey: Journey | None, standards: Standards | None
) -> dict[str, Any] | None:
    """Return the `role_sheets` key of the analysis of a blueprint; None where no role has a sheet."""
    five = standards.coverage.get("five-standards") if standards is not None else None
    wanted = [item.id for item in five.items] if five is not None else []
    page: dict[str, Any] = {}
    met = hard_contacts(blueprint, journey)
    for name, actor in blueprint.actors.items():
        sheet: dict[str, Any] = {}
        if actor.standards:
            sheet["standards"] = {
                "met": {id: standard_met(it) for id, it in actor.standards.items()},
                "lacking": [id for id in wanted if id not in actor.standards],
            }
        if actor.competence:
            sheet["competence"] = {
                "gaps": gaps(actor),
                "unknown": [id for id, it in actor.competence.items() if it.has is None],
            }
        if actor.plan is not None:
            off, missing = plan_faults(actor.plan)
            sheet["plan"] = {
                "goals": len(actor.plan.goals),
                "not_as_taught": off,
                "reviews_missing": list(missing),
            }
        if name in met and (actor.relief is not None or actor.shift is not None):
            sheet["hard_contacts"] = {
                "per_journey": met[name].per_journey,
                "per_period": met[name].per_period,
                "per_shift": met[name].per_shift,
                "breaks_per_shift": met[name].breaks,
                "break_after": actor.relief.after if actor.relief else None,
            }
        if sheet:
            page[name] = sheet
    urgent = [
        {
            "touchpoint": it.touchpoint,
            "priority": it.priority,
            "owner": it.owner,
            "pool": it.pool,
            "stand_ins": list(it.stand_ins),
            "escalation": it.escalation,
            "provided": it.provided,
        }
        for it in emergencies(blueprint, journey)
    ]
    inner = inner_customers(blueprint)
    if not page and inner is None and not any(actor.stand_in for actor in blueprint.actors.values()):
        return None
    return {"roles": page, "emergencies": urgent, "inner_customers": inner}
