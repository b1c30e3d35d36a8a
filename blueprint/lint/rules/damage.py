"""DM: what problems cost, and what the figures about it can and cannot bear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from blueprint.figures import number, percent
from blueprint.lint import uses
from blueprint.lint.rule import Finding, Judged, Note, rule
from blueprint.lint.wording import both
from blueprint.model.journey import Journey
from blueprint.model.values import Loc

if TYPE_CHECKING:
    from blueprint.model.market import Market, Range, Trouble

_HANDLING = ("satisfied", "mollified", "dissatisfied")


def _parameters(judged: Judged) -> Mapping[str, float]:
    """Return the numbers of the entry that the market names; standards are read only then."""
    market = judged.journey.market
    if market is None or market.parameters is None:
        return {}
    entry = judged.standards.parameters.get(market.parameters)
    return entry.values if entry is not None else {}


@rule("DM101", severity="info", zh="投诉无果的客户比沉默的客户更不忠诚", calm=uses.market)
def worse_than_silence(judged: Judged) -> Iterator[Finding]:
    """Customers who complain in vain stay less often than those who say nothing.

    Why: In the 1970s it was the other way round, and much advice still rests on that. Where it is so, a
        complaint handled badly is worse than none, and asking for more complaints pays only while enough
        of them end well. The finding says which of the two holds.
    Why(zh): 二十世纪七十年代的结论正好相反，许多建议至今还建立在那上面。在这种情形下，处理不好的投诉还
        不如没有投诉；只有足够多的投诉得到圆满解决，鼓励投诉才划算。提示中会说明属于哪一种。

    Bad:
        ```yaml
        journey: refund
        market:
          customers: 10000
          value: 300 EUR
          problems: 40%
          complaints: 25%
          satisfied: 40%
          mollified: 35%
          dissatisfied: 25%
          loyalty: {untroubled: 90%, satisfied: 85%, mollified: 65%, dissatisfied: 38%, silent: 60%}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        market:
          customers: 10000
          value: 300 EUR
          problems: 40%
          complaints: 25%
          satisfied: 40%
          mollified: 35%
          dissatisfied: 25%
          loyalty: {untroubled: 90%, satisfied: 85%, mollified: 65%, dissatisfied: 62%, silent: 60%}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: Customer Care Measurement and Consulting 2020: 22 points less loyal; domain sheet 7.3.
    """
    journey = judged.journey
    if journey.market is None:
        return
    from blueprint.analysis.journey_damage import market_damage
    from blueprint.analysis.market_inputs import IncompleteMarketError

    try:
        found = market_damage(journey, _parameters(judged))
    except IncompleteMarketError:
        return  # DM103 says so
    order, likely = found.ordering, found.inputs.likely
    if not order.silent_above_dissatisfied:
        return
    slope = next(lever.lost for lever in found.levers if lever.name == "complaints") / 100
    helps_en = "still keeps" if order.soliciting_helps else "loses"
    helps_zh = "仍能多留住" if order.soliciting_helps else "会多失去"
    written = journey.market.loyalty is not None and journey.market.loyalty.dissatisfied is not None
    yield Finding(
        ("market", "loyalty", "dissatisfied") if written else ("market",),
        both(
            "those who complain in vain stay less often "
            f"({percent(likely.loyalty_dissatisfied)}) than those who say nothing "
            f"({percent(likely.loyalty_silent)}); each further point of complaints "
            f"{helps_en} {number(abs(slope))} customers",
            f"投诉无果的客户留存率（{percent(likely.loyalty_dissatisfied)}）低于沉默的客户"
            f"（{percent(likely.loyalty_silent)}）；投诉率每多一个百分点，"
            f"{helps_zh} {number(abs(slope))} 位客户",
        ),
        both(
            "mend how complaints end before asking for more of them; "
            "check both figures with your customers",
            "先改善投诉的处理结果，再鼓励投诉；并用自己的客户数据核对这两个数字",
        ),
        journey.id,
    )


@rule("DM102", severity="error", zh="损害模型的份额不成立")
def impossible_shares(journey: Journey) -> Iterator[Finding]:
    """Shares of the market cannot be: outside of 0 to 1, or parts of complainants that do not sum to 1.

    Why: Every complainant ends satisfied, half content or dissatisfied. If the three do not sum to 1,
        some are lost or counted twice, and no damage is computed.
    Why(zh): 每位投诉者的结果只有三种：满意、勉强接受、不满。三者之和不是 1，就有人被漏算或重复计算，损
        害便不再计算。

    Bad:
        ```yaml
        journey: refund
        market:
          customers: 10000
          value: 300 EUR
          problems: 40%
          complaints: 25%
          satisfied: 50%
          mollified: 35%
          dissatisfied: 25%
          loyalty: {untroubled: 90%, satisfied: 85%, mollified: 65%, dissatisfied: 62%, silent: 60%}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        market:
          customers: 10000
          value: 300 EUR
          problems: 40%
          complaints: 25%
          satisfied: 40%
          mollified: 35%
          dissatisfied: 25%
          loyalty: {untroubled: 90%, satisfied: 85%, mollified: 65%, dissatisfied: 62%, silent: 60%}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 7.1: s + m + u = 1.
    """
    if journey.market is not None:
        yield from _impossible(journey.market, ("market",), journey.id)
    for loc, _, point in journey.places:
        if point.problems is not None:
            yield from _impossible(point.problems, (*loc, "problems"), point.id)


def _impossible(source: Market | Trouble, loc: Loc, element: str) -> Iterator[Finding]:
    for where, share in _shares(source):
        if share.low < 0 or share.high > 1:
            wrong = share.low if share.low < 0 else share.high
            yield Finding(
                (*loc, *where),
                both(
                    f"`{'.'.join(where)}` is {number(wrong)}, but a share lies between 0 and 1",
                    f"`{'.'.join(where)}` 是 {number(wrong)}，而份额应在 0 到 1 之间",
                ),
                both("write a share such as `0.4` or `40%`", "写成 `0.4` 或 `40%` 这样的份额"),
                element,
            )
    for name in (*_HANDLING, "silent"):
        tellings = getattr(getattr(source, "word_of_mouth", None), name, None)
        if tellings is not None and tellings.low < 0:
            yield Finding(
                (*loc, "word_of_mouth", name),
                both(
                    f"`word_of_mouth.{name}` is {number(tellings.low)}, but nobody tells fewer than none",
                    f"`word_of_mouth.{name}` 是 {number(tellings.low)}，而转告的人数不会少于 0",
                ),
                both("write how many others one customer tells", "写上一位客户会告诉多少人"),
                element,
            )
    written = {name: share for name in _HANDLING if (share := getattr(source, name)) is not None}
    total = sum(share.likely for share in written.values())
    if (len(written) == len(_HANDLING) and abs(total - 1) > 1e-6) or total > 1 + 1e-6:
        first, *rest = written
        yield Finding(
            (*loc, first),
            both(
                f"{', '.join(written)} of those who complain sum to {percent(total)}, not to 100%",
                f"投诉者的 {'、'.join(f'`{name}`' for name in written)} 之和为 {percent(total)}，不是 100%",
            ),
            both(
                "count every complainant once; leave one of the three out and it is computed",
                "每位投诉者只算一次；三项中可以省略一项，由程序算出",
            ),
            element,
            notes=tuple(Note((*loc, name), both("counted with it", "一并计入")) for name in rest),
        )


def _shares(source: Market | Trouble) -> Iterator[tuple[tuple[str, ...], Range]]:
    for name in ("problems", "rate", "complaints", *_HANDLING):
        share = getattr(source, name, None)
        if share is not None:
            yield (name,), share
    for part in ("loyalty", "word_of_mouth"):
        written = getattr(source, part, None)
        names = type(written).model_fields if part == "loyalty" and written else ("lost", "won")
        for name in names:
            share = getattr(written, name, None)
            if share is not None:
                yield (part, name), share


@rule("DM103", zh="损害模型缺少数据", calm=uses.market)
def incomplete_market(judged: Judged) -> Iterator[Finding]:
    """A market or problem rates are written, but not enough of them to compute what problems cost.

    Why: Somebody collected these figures to see what problems cost. What is missing is never made up, so
        until it is there nothing is computed.
    Why(zh): 有人收集这些数字，是为了看清问题让企业损失多少。缺的数据绝不编造，所以补齐之前什么都不算。

    Bad:
        ```yaml
        journey: refund
        market: {problems: 40%, complaints: 25%}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        market:
          customers: 10000
          value: 300 EUR
          problems: 40%
          complaints: 25%
          satisfied: 40%
          mollified: 35%
          loyalty: {untroubled: 90%, satisfied: 85%, mollified: 65%, dissatisfied: 62%, silent: 60%}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 7.1.
    """
    journey = judged.journey
    rated = next((place for place in journey.places if place.touchpoint.problems is not None), None)
    if journey.market is None and rated is None:
        return
    from blueprint.analysis.market_inputs import missing_inputs

    needs_rate = journey.market is not None and rated is None
    missing = missing_inputs(journey, _parameters(judged), market=needs_rate)
    if missing:
        listed = ", ".join(missing)
        yield Finding(
            ("market",) if journey.market is not None else (*(rated.loc if rated else ()), "problems"),
            both(
                f"what problems cost cannot be computed: nothing says {listed}",
                f"无法计算问题的代价：没有写明 {listed.replace(' or ', ' 或 ').replace(', ', '、')}",
            ),
            both(
                "write them, or name an entry of a playbook as `parameters:` (`blueprint playbook list`)",
                "补上这些数据，或用 `parameters:` 引用手册中的条目（见 `blueprint playbook list`）",
            ),
            journey.id,
        )


@rule("DM104", severity="info", zh="把补救后的忠诚度算得高于没有问题的客户", calm=uses.market)
def recovery_above_no_problem(judged: Judged) -> Iterator[Finding]:
    """Recovery is said to leave customers more loyal than no problem at all.

    Why: That is the service recovery paradox. Over many studies it holds for satisfaction, and not for
        buying again: a failure is no way to win customers. The figure is counted as that of untroubled
        customers, unless the market says `paradox: true`.
    Why(zh): 这就是所谓“服务补救悖论”。大量研究表明，它对满意度成立，对再次购买并不成立：犯错不是赢得客
        户的办法。除非在市场数据中写明 `paradox: true`，否则按从未遇到问题的客户计算。

    Bad:
        ```yaml
        journey: refund
        market:
          customers: 10000
          value: 300 EUR
          problems: 40%
          complaints: 25%
          satisfied: 40%
          mollified: 35%
          dissatisfied: 25%
          loyalty: {untroubled: 85%, satisfied: 92%, mollified: 65%, dissatisfied: 62%, silent: 60%}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        market:
          customers: 10000
          value: 300 EUR
          problems: 40%
          complaints: 25%
          satisfied: 40%
          mollified: 35%
          loyalty: {untroubled: 92%, satisfied: 85%, mollified: 65%, dissatisfied: 62%, silent: 60%}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: de Matos, Henrique and Rossi 2007, Journal of Service Research 10:60–77; domain sheet 11.
    """
    market = judged.journey.market
    if market is None or market.loyalty is None or market.paradox:
        return
    after, without = market.loyalty.satisfied, market.loyalty.untroubled
    if after is None or without is None or after.likely <= without.likely:
        return
    yield Finding(
        ("market", "loyalty", "satisfied"),
        both(
            f"loyalty after a complaint that was solved ({percent(after.likely)}) is above that of "
            f"customers without a problem: it counts as theirs ({percent(without.likely)})",
            f"投诉得到解决的客户的忠诚度（{percent(after.likely)}）高于没有遇到问题的客户"
            f"（{percent(without.likely)}）：按 {percent(without.likely)} 计算",
        ),
        both(
            "compare who bought again, not who said they would; if it holds, write `paradox: true`",
            "请比较实际复购而不是口头意愿；若属实，写上 `paradox: true`",
        ),
        judged.journey.id,
        notes=(
            Note(
                ("market", "loyalty", "untroubled"), both("those without a problem", "没有遇到问题的客户")
            ),
        ),
    )
