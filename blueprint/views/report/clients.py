"""Who the customers are: how much hangs on few of them, what one is worth, who may leave."""

from __future__ import annotations

from blueprint.analysis.concentration import concentration
from blueprint.analysis.lifetime import churn_score, lifetime_of
from blueprint.analysis.results import Uncomputable
from blueprint.analysis.segments import overbooked
from blueprint.figures import percent
from blueprint.model.market import Customers
from blueprint.scene.report import Points, Section, Table
from blueprint.views.report.subject import JourneySubject, count, money, section
from blueprint.views.words import number


def clients(it: JourneySubject) -> Section | None:
    """Tell concentration, lifetime, tiers and churn, each where it is written."""
    customers = it.journey.customers or Customers()
    told = [fact for fact in (_concentration(it, customers), _lifetime(it, customers)) if fact]
    say, read = it.say, it.say.read
    for persona in it.personas.values():
        if persona.churn is None:
            continue
        score = churn_score(persona.churn, persona.rfm)
        name, signs = read.say(persona.heading), len(score.signs)
        risk = (
            say("at risk of leaving", "有流失风险")
            if score.at_risk
            else say("nobody can tell whether at risk", "无法判断是否有流失风险")
            if score.at_risk is None
            else say("not at risk of leaving", "没有流失风险")
        )
        told.append(
            say(
                f"{name}: {risk} ({signs} of five signs are there).",
                f"{name}：{risk}（五个信号中出现 {signs} 个）。",
            )
        )
    return section(
        say("Who the customers are", "客户构成"),
        Points(tuple(told)) if told else None,
        _tiers(it, customers),
    )


def _concentration(it: JourneySubject, customers: Customers) -> str:
    found = concentration(customers.revenue)
    if found is None:
        return ""
    low, high = (percent(end) for end in found.top_interval)
    return it.say(
        f"The top fifth of {found.n} customers bring {percent(found.top_share)} of the revenue ({low} to "
        f"{high}); Gini {number(found.gini)}.",
        f"{found.n} 位客户中，前两成贡献了 {percent(found.top_share)} "
        f"的收入（{low} 至 {high}）；基尼系数 {number(found.gini)}。",
    )


def _lifetime(it: JourneySubject, customers: Customers) -> str:
    if customers.lifecycle is None:
        return ""
    try:
        found = lifetime_of(customers.lifecycle)
    except Uncomputable:
        return ""
    margins = [state.margin for state in customers.lifecycle.states.values() if state.margin is not None]
    if found.value is None or not margins:
        return ""
    worth, period = money(found.value, margins[0].currency), customers.lifecycle.period
    zh = {"week": "周", "month": "个月", "quarter": "个季度", "year": "年"}[period]
    stays = "" if found.expected is None else number(found.expected, 1)
    return it.say(
        f"A customer who begins as “{found.start}” is worth {worth}"
        + (f" and stays {stays} {period}s." if stays else "."),
        f"从“{found.start}”开始的客户价值 {worth}" + (f"，预计停留 {stays} {zh}。" if stays else "。"),
    )


def _tiers(it: JourneySubject, customers: Customers) -> Table | None:
    if not customers.tiers:
        return None
    say = it.say
    full = set(overbooked(customers.tiers, customers.capacity))
    rows = tuple(
        (
            tier,
            count(many),
            count(customers.capacity[tier]) if tier in customers.capacity else "–",
            say("too many", "超出") if tier in full else "–",
        )
        for tier, many in customers.tiers.items()
    )
    columns = (
        say("Tier", "等级"),
        say("Customers", "客户数"),
        say("Room for", "服务能力"),
        say("Overbooked", "超额"),
    )
    return Table(say("Customers by tier", "各等级客户"), columns, rows, frozenset({1, 2}))
