"""What problems cost: market damage with its range, its levers, and the touchpoints it comes from."""

from __future__ import annotations

from blueprint.analysis.journey_damage import (
    JourneyDamage,
    MarketDamage,
    journey_damage,
    market_damage,
)
from blueprint.analysis.market_inputs import IncompleteMarketError
from blueprint.diagnostic import Message
from blueprint.figures import percent
from blueprint.scene.report import Block, Paragraph, Picture, Section, Table
from blueprint.views.charts.damage_waterfall import Step, damage_waterfall
from blueprint.views.report.subject import JourneySubject, count, money, section
from blueprint.views.words import number

_SHOWN = 10


def parameters(it: JourneySubject) -> dict[str, float] | None:
    """Return the numbers of the playbook entry that the market names, for what it leaves out."""
    market = it.journey.market
    entry = it.standards.parameters.get(market.parameters) if market and market.parameters else None
    return None if entry is None else {name: float(value) for name, value in entry.values.items()}


def market_of(it: JourneySubject) -> MarketDamage | Message | None:
    """Return what problems cost the market, why that cannot be said, or None where nobody asks."""
    if it.journey.market is None:
        return None
    try:
        return market_damage(it.journey, parameters(it))
    except IncompleteMarketError as error:
        return error.reason


def along_of(it: JourneySubject) -> JourneyDamage | Message | None:
    """Return what problems cost touchpoint by touchpoint, why that cannot be said, or None as above."""
    rated = any(p.problems and p.problems.rate for p in it.journey.touchpoints.values())
    if not rated or it.analysis is None:
        return None
    try:
        return journey_damage(it.journey, it.analysis.chain.visits, parameters(it))
    except IncompleteMarketError as error:
        return error.reason


def costs(it: JourneySubject) -> Section | None:
    """Tell what problems cost."""
    say, blocks = it.say, list[Block]()
    for found in (market_of(it), along_of(it)):
        if isinstance(found, MarketDamage):
            blocks += _market(it, found)
        elif isinstance(found, JourneyDamage):
            blocks += _along(it, found)
        elif found is not None:
            blocks.append(
                Paragraph(
                    say(
                        f"What problems cost cannot be said: {found.en}.", f"无法计算问题损失：{found.zh}。"
                    ),
                    quiet=True,
                )
            )
    return section(say("What problems cost", "问题的代价"), *blocks)


def _market(it: JourneySubject, found: MarketDamage) -> list[Block]:
    say, d = it.say, found.found
    low, high = (money(end, found.currency) for end in found.money_range)
    text = say(
        f"{count(d.problems)} customers have a problem; {count(d.complaints)} complain and "
        f"{count(d.silent)} stay silent. {count(d.damage)} are lost because of it, worth "
        f"{money(d.money, found.currency)} ({low} to {high} over everything that is not certain).",
        f"{count(d.problems)} 位客户遇到问题：{count(d.complaints)} 位投诉，{count(d.silent)} 位沉默。"
        f"因此流失 {count(d.damage)} 位，"
        f"价值 {money(d.money, found.currency)}（考虑不确定性为 {low} 至 {high}）。",
    )
    if found.iceberg is not None:
        fewest, most = (count(end) for end in found.iceberg.unhappy)
        about = fewest if fewest == most else f"{fewest}–{most}"
        text = say.join(
            text,
            say(
                f"Behind the {count(found.counted)} complaints counted stand about {about} unhappy "
                "customers.",
                f"已记录的 {count(found.counted)} 起投诉背后，约有 {about} 位不满的客户。",
            ),
        )
    value = found.inputs.value
    steps = [
        Step(name, amount * value, money(amount * value, found.currency))
        for name, amount in (
            (say("silent", "沉默者"), d.lost_silent),
            (say("complained, satisfied", "投诉后满意"), d.lost_satisfied),
            (say("complained, half content", "投诉后勉强"), d.lost_mollified),
            (say("complained in vain", "投诉无果"), d.lost_dissatisfied),
            (say("would have left anyway", "本会流失"), -d.baseline),
        )
    ]
    steps.append(Step(say("damage", "损害"), d.money, money(d.money, found.currency), total=True))
    scene = damage_waterfall(tuple(steps), language=say.read.language, prefix=f"{it.journey.id}-damage")
    caption = say("Who takes how much along.", "各类客户带走的价值。")
    return [Paragraph(text), Picture(scene, caption), _levers(it, found)]


def _levers(it: JourneySubject, found: MarketDamage) -> Table:
    say = it.say
    rows = []
    for one in found.scenarios:
        low, high = (money(end, found.currency) for end in one.saved_range)
        change, points = percent(one.change), number(one.change * 100, 1)
        names = {
            "fewer-problems": say(f"{change} fewer problems", f"问题减少 {change}"),
            "more-complaints": say(f"{points} points more complain", f"投诉率提高 {points} 个百分点"),
            "better-handling": say(
                f"{points} points more complainants end satisfied", f"投诉后满意率提高 {points} 个百分点"
            ),
        }
        rows.append((names.get(one.name, one.name), money(one.saved, found.currency), f"{low} … {high}"))
    columns = (say("Step", "措施"), say("Saves", "节省"), say("Range", "区间"))
    return Table(
        say("What one step would save", "每一步能节省多少"), columns, tuple(rows), frozenset({1, 2})
    )


def _along(it: JourneySubject, found: JourneyDamage) -> list[Block]:
    say = it.say
    text = say(
        f"Counted along this journey alone, with the problems written at its touchpoints, they cost "
        f"{money(found.money, found.currency)}; {percent(found.any_problem)} of journeys meet at least "
        "one.",
        f"仅按本旅程各触点写明的问题计算，损失为 {money(found.money, found.currency)}；"
        f"{percent(found.any_problem)} 的旅程至少遇到一个问题。",
    )
    if isinstance(market_of(it), MarketDamage):
        text = say.join(
            text,
            say(
                "The figure above is that of the whole market as the file states it, so the two do not "
                "add up.",
                "上方数字为文件所述整个市场的损失，两者口径不同，不可相加。",
            ),
        )
    rows = []
    for point in found.touchpoints[:_SHOWN]:
        low, high = (money(end, found.currency) for end in point.money_range)
        tied = say(", ", "、").join(it.at(name) for name in point.not_told_apart) or "–"
        amount = money(point.found.money, found.currency)
        rows.append(
            (
                it.at(point.touchpoint),
                number(point.problems_per_journey, 3),
                amount,
                f"{low} … {high}",
                tied,
            )
        )
    columns = (
        say("Touchpoint", "触点"),
        say("Problems per journey", "每次旅程的问题"),
        say("Damage", "损害"),
        say("Range", "区间"),
        say("Cannot be told apart from", "无法区分于"),
    )
    table = Table(say("Damage by touchpoint", "各触点的损害"), columns, tuple(rows), frozenset({1, 2, 3}))
    return [Paragraph(text), table]
