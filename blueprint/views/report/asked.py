"""Questions put to the figures, tags and points: each answered with the author's own numbers."""

from __future__ import annotations

from typing import Any

from blueprint.analysis import points as scheme
from blueprint.analysis import tags, what_if
from blueprint.analysis.journey_damage import market_damage
from blueprint.analysis.market_inputs import IncompleteMarketError, value_of
from blueprint.figures import percent
from blueprint.model.customers import Customers
from blueprint.scene.report import Paragraph, Points, Section, Table
from blueprint.views.report.subject import JourneySubject, count, money, section


def asked(it: JourneySubject) -> Section | None:
    """Answer what the journey asks; claims of the sources stand beside, and are never computed with."""
    market = it.journey.market
    if market is None or market.what_if is None:
        return None
    parameters = it.standards.parameters.get(market.parameters or "")
    try:
        lost = market_damage(it.journey, parameters.values if parameters else {}).found.damage
    except IncompleteMarketError:
        lost = None
    page = what_if.told(market, value_of(it.journey), lost, it.standards)
    if page is None:
        return None
    told = [
        line for line in (_vips(it, page), _winning(it, page), _premium(it, page), _rise(it, page)) if line
    ]
    note = it.say(
        "Every number asked about is the author's; nothing is taken from the training sources.",
        "所用数字均由作者给出，未采用培训资料中的数字。",
    )
    return section(
        it.say("What if", "情景推演"),
        Points(tuple(told)) if told else None,
        Paragraph(note, quiet=True) if told else None,
    )


def _claimed(it: JourneySubject, one: dict[str, Any]) -> str:
    claim = one["claim"]
    if claim is None:
        return ""
    known = "" if claim["verified"] else it.say(", not looked up", "，未经核实")
    where = f"{claim['id']}, {claim['source']}{known}"
    return it.say(f" (claim {where})", f"（参见主张 {where}）")


def _vips(it: JourneySubject, page: dict[str, Any]) -> str:
    one, say, unit = page["vip_loss"], it.say, page["currency"]
    if one is None:
        return ""
    low, high = (money(end, unit) for end in one["money_range"])
    return say(
        f"Losing {count(one['vips'])} customers of high value costs {money(one['money'], unit)} "
        f"({low} to {high})",
        f"流失 {count(one['vips'])} 位高价值客户，损失 {money(one['money'], unit)}（{low} 至 {high}）",
    ) + _claimed(it, one)


def _winning(it: JourneySubject, page: dict[str, Any]) -> str:
    one, say, unit = page["replacement"], it.say, page["currency"]
    if one is None:
        return ""
    text = say(
        f"Winning a new customer costs {money(one['per_customer'], unit)}",
        f"获取一位新客的成本为 {money(one['per_customer'], unit)}",
    )
    if one["for_the_lost"] is not None:
        text += say(
            f", replacing those lost to problems {money(one['for_the_lost'], unit)}",
            f"，弥补因问题流失的客户需 {money(one['for_the_lost'], unit)}",
        )
    if one["kept_worth"] is not None:
        text += say(
            f"; keeping {count(one['kept'])} more is worth {money(one['kept_worth'], unit)}, "
            f"winning as many costs {money(one['winning_as_many'], unit)}",
            f"；多留住 {count(one['kept'])} 位价值 {money(one['kept_worth'], unit)}，获取同样多的新客需 "
            f"{money(one['winning_as_many'], unit)}",
        )
    return text + _claimed(it, one)


def _premium(it: JourneySubject, page: dict[str, Any]) -> str:
    one, say = page["premium"], it.say
    if one is None:
        return ""
    least, rise, most = (percent(end) for end in one["rise"])
    few, lost, many = (percent(end) for end in one["sales_that_may_be_lost"])
    return say(
        f"A price {rise} higher pays while no more than {lost} of the sales are lost "
        f"({few} to {many} for {least} to {most})",
        f"提价 {rise}，只要销量损失不超过 {lost} 就划算（提价 {least}–{most} 对应 {few}–{many}）",
    ) + _claimed(it, one)


def _rise(it: JourneySubject, page: dict[str, Any]) -> str:
    one, say = page["revenue"], it.say
    if one is None:
        return ""
    low, high = (percent(end) for end in one["share_range"])
    return say(
        f"The rise in satisfaction asked about would go with {percent(one['share'])} more revenue "
        f"({low} to {high})",
        f"所设满意度提升对应营收增加 {percent(one['share'])}（{low} 至 {high}）",
    ) + _claimed(it, one)


def membership(it: JourneySubject) -> Section | None:
    """Tell who has which tag, and what points cost."""
    customers = it.journey.customers or Customers()
    return section(
        it.say("Tags and points", "标签与积分"),
        _tags(it, customers),
        _points(it, customers),
        _owed(it, customers),
    )


def _tags(it: JourneySubject, customers: Customers) -> Table | None:
    say = it.say
    sheet = it.sheets.get(customers.data or "")
    found = tags.told(customers.tags, sheet.columns if sheet else None)
    if found is None:
        return None
    rows = []
    for id, one in found.items():
        tag, ends = customers.tags[id], one["interval"]
        rows.append(
            (
                say.read.say(tag.title) if tag.title else id,
                "–" if one["has"] is None else str(one["has"]),
                "–" if one["share"] is None else percent(one["share"]),
                "–" if ends is None else f"{percent(ends[0])}–{percent(ends[1])}",
                say.read.say(tag.action) if tag.action else "–",
            )
        )
    columns = (
        say("Tag", "标签"),
        say("Customers", "客户数"),
        say("Share", "占比"),
        say("95% interval", "95% 区间"),
        say("What is done", "动作"),
    )
    return Table(say("Customers by tag", "客户标签"), columns, tuple(rows), frozenset({1, 2, 3}))


def _points(it: JourneySubject, customers: Customers) -> Table | None:
    page, say = scheme.told(customers.points, customers.tiers), it.say
    if page is None or customers.points is None or not page["tiers"]:
        return None
    unit, rewards = page["currency"], customers.points.rewards
    rows = [
        (
            tier,
            count(one["points"]),
            percent(one["rebate"]),
            "–" if one["cost_of_all"] is None else money(one["cost_of_all"], unit),
            say.listed(
                [
                    f"{say.read.say(rewards[id].title)}{say.read.label.colon}{'–' if n is None else n}"
                    for id, n in one["visits_to_reward"].items()
                ]
            )
            or "–",
        )
        for tier, one in page["tiers"].items()
    ]
    columns = (
        say("Tier", "等级"),
        say("Points a year", "年积分"),
        say("Rebate", "返还率"),
        say("Cost a year", "年成本"),
        say("Visits to a reward", "兑换所需次数"),
    )
    return Table(say("Points by tier", "积分与等级"), columns, tuple(rows), frozenset({1, 2, 3}))


def _owed(it: JourneySubject, customers: Customers) -> Paragraph | None:
    page, say = scheme.told(customers.points, customers.tiers), it.say
    if page is None or page["liability"] is None:
        return None
    owed = money(page["liability"], page["currency"])
    return Paragraph(
        say(
            f"For points not spent yet the house owes {owed}, if {percent(customers.points.redeemed)} are "
            "ever spent.",
            f"按 {percent(customers.points.redeemed)} 的兑换率，未兑换积分的负债为 {owed}。",
        )
        if customers.points
        else owed
    )
