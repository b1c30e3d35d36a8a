"""Who the customers are: how much hangs on few of them, what one is worth, who may leave."""

from __future__ import annotations

from blueprint.analysis.concentration import Concentration, concentration
from blueprint.analysis.customer_table import CustomerTable
from blueprint.analysis.customers import scored_table
from blueprint.analysis.lifetime import churn_score, lifetime_of
from blueprint.analysis.results import Uncomputable
from blueprint.analysis.segments import OTHERS, overbooked
from blueprint.figures import percent
from blueprint.model.customers import Customers
from blueprint.scene.report import Points, Section, Table
from blueprint.views.report.subject import JourneySubject, count, money, section
from blueprint.views.words import number


def clients(it: JourneySubject) -> Section | None:
    """Tell concentration, lifetime, tiers and churn, each where it is written."""
    customers = it.journey.customers or Customers()
    table = scored_table(
        customers, {name: sheet.columns for name, sheet in it.sheets.items()}, it.standards
    )
    uneven = concentration(customers.revenue) or (table.concentration if table else None)
    told = [fact for fact in (_concentration(it, uneven), _lifetime(it, customers)) if fact]
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
        _segments(it, customers, table) if table else None,
    )


def _segments(it: JourneySubject, customers: Customers, table: CustomerTable) -> Table | None:
    """Show how many customers of the table fall into each segment; None where they are not sorted."""
    known = it.standards.segmentations.get(customers.segmentation or "")
    scored, say = len(table.scores), it.say
    if not table.segments or not scored:
        return None
    names = {one.id: say.read.say(one.title) for one in known.segments if one.title} if known else {}
    rows = tuple(
        (
            names.get(name, say("none of these", "其他") if name == OTHERS else name),
            count(many),
            percent(many / scored),
        )
        for name, many in table.segments.items()
    )
    title = say(
        f"{scored} customers of `{customers.data}` by recency, frequency and value"
        + (f" ({table.incomplete} rows are incomplete)" if table.incomplete else ""),
        f"`{customers.data}` 中 {scored} 位客户的 RFM 分群"
        + (f"（{table.incomplete} 行不完整）" if table.incomplete else ""),
    )
    columns = (say("Segment", "客群"), say("Customers", "客户数"), say("Share", "占比"))
    return Table(title, columns, rows, frozenset({1, 2}))


def _concentration(it: JourneySubject, found: Concentration | None) -> str:
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
