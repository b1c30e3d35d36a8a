"""SG: segments, tiers and styles of customers, and whether the journey knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Final, get_args

from blueprint.diagnostic import Message
from blueprint.figures import number, percent
from blueprint.lint import uses
from blueprint.lint.personas import personas_in
from blueprint.lint.rule import Finding, Judged, Scope, rule
from blueprint.lint.wording import both, did_you_mean, ids
from blueprint.model.customers import Customers, Lifecycle
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.values import Loc, Style

if TYPE_CHECKING:
    from blueprint.analysis.tables import UnfitTableError

_STYLES: Final[tuple[Style, ...]] = get_args(Style)
"""Other variants are for types of customers; of them SG204 speaks."""

_MATTERS = ("first", "high-perception", "end")
"""Kinds of touchpoints at which customers of a tier should feel the difference."""

_AXES = ("depth", "personalisation", "resources")

STYLES: Final[dict[str, dict[str, Style]]] = {
    "classical": {"D": "driver", "I": "talker", "S": "steady", "C": "analyst"},
    "swapped": {"D": "driver", "I": "steady", "S": "talker", "C": "analyst"},
}
"""The letters of DISC: as usual, and as S003 has them, with S and I the other way round."""


def _all_personas(journey: Journey, known: dict[str, Persona]) -> list[Persona]:
    found = [known.get(it) if isinstance(it, str) else it for it in journey.persona]
    return [persona for persona in found if persona is not None]


@rule("SG101", zh="VIP 触点与普通触点没有区别", calm=uses.tiers)
def undistinguished_tier(judged: Judged) -> Iterator[Finding]:
    """Customers of a tier get nothing of their own where it would be felt.

    Why: A tier that changes nothing is a card in a wallet. At the first, the high-perception and the end
        touchpoints it shows in depth, in personalisation or in resources. Speaks by default where some
        touchpoint says what a tier gets.
    Why(zh): 什么都不改变的等级，只是钱包里的一张卡。在首次、高感知和结束触点，应当从深度、个性化或资源
        上体现出来。默认只在有触点写了等级待遇时检查。

    Bad:
        ```yaml
        journey: refund
        persona: {persona: collector, tier: gold}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                tiers: {gold: {resources: A line of their own}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        persona: {persona: collector, tier: gold}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                tiers: {gold: {resources: A line of their own}}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                tiers: {gold: {personalisation: A call from the manager they know}}
        ```

    Source: domain sheet 10.3, W-VIP-NODIFF; S000, how serving VIPs differs (深度、个性化、资源).
    """
    journey = judged.journey
    tiers = dict.fromkeys(
        persona.tier.strip().casefold()
        for persona in _all_personas(journey, dict(judged.personas))
        if persona.tier is not None
    )
    for loc, _, point in journey.places:
        given = {name.casefold(): service for name, service in point.tiers.items()}
        for name, service in point.tiers.items():
            if all(getattr(service, axis) is None for axis in _AXES):
                yield _no_difference((*loc, "tiers", name), point.id, name)
        if any(kind in _MATTERS for kind in point.kinds):
            for tier in tiers:
                if tier not in given:
                    yield _no_difference((*loc, "tiers" if point.tiers else "id"), point.id, tier)


def _no_difference(loc: Loc, point: str, tier: str) -> Finding:
    shape = "{depth: …, personalisation: …, resources: …}"
    return Finding(
        loc,
        both(
            f"customers of tier `{tier}` get nothing of their own at `{point}`",
            f"`{tier}` 等级的客户在 `{point}` 没有任何不同",
        ),
        both(
            f"say what is different: `tiers: {{{tier}: {shape}}}`, one of the three is enough",
            f"写明区别：`tiers: {{{tier}: {shape}}}`，三者有其一即可",
        ),
        point,
    )


@rule("SG102", zh="DISC 标签有歧义")
def ambiguous_style_label(scope: Scope) -> Iterator[Finding]:
    """A persona has a DISC letter that can mean two things, or that contradicts its style.

    Why: One of the training sources swaps S and I: its S talks without end, its I is calm. Whoever reads
        the letter the other way round speaks to a calm customer like to a lively one. Styles say it without
        letters: driver, talker, steady, analyst. They describe how to speak, they diagnose nobody.
    Why(zh): 有一份培训材料把 S 和 I 写反了：它的 S 说个不停，它的 I 沉静。读反了字母，就会拿对活泼客户
        的方式去对待沉静的客户。风格用词就没有歧义：driver、talker、steady、analyst。它们只说明该怎么说
        话，不给人下诊断。

    Bad:
        ```yaml
        persona: collector
        disc: S
        ```

    Good:
        ```yaml
        persona: collector
        style: steady
        disc: S
        disc_of: classical
        ```

    Source: domain sheet 13, W-DISC-LABEL; DISC as in S003 and as usual.
    """
    for loc, persona in personas_in(scope):
        if persona.disc is None:
            continue
        letter = persona.disc
        meanings = {STYLES[use][letter] for use in STYLES}
        if persona.disc_of is not None:
            meanings = {STYLES[persona.disc_of][letter]}
        if len(meanings) > 1 and persona.style is None:
            usual, other = STYLES["classical"][letter], STYLES["swapped"][letter]
            yield Finding(
                (*loc, "disc"),
                both(
                    f"DISC {letter} usually means {usual}, but {other} in a source that swaps S and I",
                    f"DISC {letter} 通常指 {usual}，但有培训资料把 S 与 I 对调，指 {other}",
                ),
                both(
                    f"write `style: {usual}` or `style: {other}`, or `disc_of: classical`",
                    f"写 `style: {usual}` 或 `style: {other}`，或写 `disc_of: classical`",
                ),
                persona.id,
            )
        elif persona.style is not None and persona.style not in meanings:
            (meant, *_) = sorted(meanings)
            yield Finding(
                (*loc, "disc"),
                both(
                    f"DISC {letter} is {meant}, but the style is {persona.style}",
                    f"DISC {letter} 指 {meant}，但 style 写的是 {persona.style}",
                ),
                both("correct one of the two", "更正其中之一"),
                persona.id,
            )


@rule("SG103", severity="info", zh="话术没有适合该风格的版本", calm=uses.variants)
def unspoken_style(judged: Judged) -> Iterator[Finding]:
    """A script is written for some styles of customers, but not for one that comes here.

    Why: Who wants the conclusion first is lost after three friendly sentences; who wants to be heard is
        lost after one cold one. Speaks where a script has variants.
    Why(zh): 想先听结论的人，三句客套之后就走神了；想被倾听的人，一句冷话之后就走了。只检查写了多个版本
        的话术。

    Bad:
        ```yaml
        journey: refund
        persona:
          - {persona: hurried, style: driver}
          - {persona: careful, style: analyst}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                script:
                  lines: [{agent: Good morning}]
                  variants: {driver: [{agent: Your money is on the way.}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        persona:
          - {persona: hurried, style: driver}
          - {persona: careful, style: analyst}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                script:
                  lines: [{agent: Good morning}]
                  variants:
                    driver: [{agent: Your money is on the way.}]
                    analyst: [{agent: "These are the three steps, with their dates."}]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 13, DISC; style variants of scripts (S003, S004).
    """
    styles: dict[Style, str] = {}
    for persona in _all_personas(judged.journey, dict(judged.personas)):
        if persona.style is not None:
            styles.setdefault(persona.style, persona.id)
    for loc, _, point in judged.journey.places:
        script = point.script
        missing = {style: who for style, who in styles.items() if script and style not in script.variants}
        if script is not None and missing and any(style in script.variants for style in _STYLES):
            yield Finding(
                (*loc, "script", "variants"),
                both(
                    f"the script of `{point.id}` has no words for {ids(missing.values())} "
                    f"(style {', '.join(missing)})",
                    f"`{point.id}` 的话术没有适合 {ids(missing.values(), 'zh')} 的版本"
                    f"（风格 {'、'.join(missing)}）",
                ),
                both(
                    "add a variant: a driver wants the conclusion first, an analyst the facts, a talker "
                    "warmth, a steady customer calm",
                    "补上对应版本：driver 先说结论，analyst 讲依据，talker 先谈关系，steady 给安心",
                ),
                point.id,
            )


@rule("SG104", zh="等级客户多于可服务人数")
def overbooked_tier(journey: Journey) -> Iterator[Finding]:
    """A tier holds more customers than there are people and means for.

    Why: What everybody has is no privilege, and what nobody can deliver is a broken promise.
    Why(zh): 人人都有的不是特权，谁也兑现不了的是落空的承诺。

    Bad:
        ```yaml
        journey: refund
        customers: {tiers: {gold: 120, basic: 9000}, capacity: {gold: 80}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        customers: {tiers: {gold: 75, basic: 9000}, capacity: {gold: 80}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Source: domain sheet 10.3, capacity by tier; 资源调配 (S000).
    """
    if journey.customers is None:
        return
    for tier, count in journey.customers.tiers.items():
        able = journey.customers.capacity.get(tier)
        if able is not None and count > able:
            over = percent(count / able) if able else ""
            yield Finding(
                ("customers", "tiers", tier),
                both(
                    f"tier `{tier}` holds {count} customers and can serve {able}"
                    + (f" ({over})" if over else ""),
                    f"`{tier}` 等级有 {count} 位客户，只能服务 {able} 位" + (f"（{over}）" if over else ""),
                ),
                both("raise the bar of the tier, or its means", "提高等级门槛，或增加资源"),
                tier,
            )


@rule("SG105", severity="info", zh="流失风险无人挽留")
def unretained_customer(judged: Judged) -> Iterator[Finding]:
    """A persona shows signs of leaving, and no touchpoint of the journey is there to keep them.

    Why: A warning that nobody answers is a statistic. Two of five signs are enough: long absence, fewer
        purchases, an open complaint, low satisfaction, no recommendation.
    Why(zh): 没有人回应的预警只是统计数字。五个信号中有两个就够了：久未光顾、购买减少、投诉未结、满意度
        低、不愿推荐。

    Bad:
        ```yaml
        journey: refund
        persona: {persona: collector, churn: {open_complaint: true, csat: 2.0}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        persona: {persona: collector, churn: {open_complaint: true, csat: 2.0}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1, purpose: retain}
        ```

    Source: domain sheet 10.4, churn score; 流失预警 (S000), 触发回访 (S004).
    """
    risky = [it for it in _all_personas(judged.journey, dict(judged.personas)) if it.churn is not None]
    if not risky or any("retain" in point.purpose for point in judged.journey.touchpoints.values()):
        return
    from blueprint.analysis.lifetime import churn_score

    for persona in risky:
        score = churn_score(persona.churn, persona.rfm) if persona.churn else None
        if score is not None and score.at_risk:
            yield Finding(
                ("persona",),
                both(
                    f"`{persona.id}` shows {len(score.signs)} of 5 signs of leaving "
                    f"({', '.join(score.signs)}), and nothing here is there to keep them",
                    f"`{persona.id}` 出现 5 个流失信号中的 {len(score.signs)} 个"
                    f"（{'、'.join(_SIGNS_ZH[it] for it in score.signs)}），但没有挽留触点",
                ),
                both(
                    "plan the touchpoint that keeps them, and mark it `purpose: retain`",
                    "规划挽留触点，并标注 `purpose: retain`",
                ),
                persona.id,
            )


_SIGNS_ZH = {
    "recency": "久未购买",
    "frequency": "购买减少",
    "complaint": "投诉未解决",
    "csat": "满意度低",
    "nps": "不愿推荐",
}


@rule("SG106", severity="error", zh="生命周期的转移比例不成立")
def broken_lifecycle(journey: Journey) -> Iterator[Finding]:
    """The moves between phases of a lifecycle cannot be computed with.

    Why: Shares above 1 make customers out of nothing, and a phase that is not there takes them out of
        sight; either way no lifetime value can be said.
    Why(zh): 比例之和超过 1，等于凭空变出客户；指向不存在的阶段，客户就从视野里消失。无论哪种，终身价值
        都说不出来。

    Bad:
        ```yaml
        journey: refund
        customers: {lifecycle: {states: {new: {next: {new: 0.5, loyal: 0.6}}, loyal: {next: {loyal: 0.8}}}}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        customers: {lifecycle: {states: {new: {next: {new: 0.3, loyal: 0.6}}, loyal: {next: {loyal: 0.8}}}}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Source: domain sheet 10.4, lifecycle as an absorbing chain.
    """
    cycle = journey.customers.lifecycle if journey.customers else None
    if cycle is None:
        return
    base: Loc = ("customers", "lifecycle")
    yield from _unknown_phases(cycle, base)
    for name, state in cycle.states.items():
        total = sum(state.next.values())
        if total > 1 + 1e-6:
            yield Finding(
                (*base, "states", name, "next"),
                both(
                    f"the shares of `{name}` sum to {percent(total)}, more than everybody",
                    f"`{name}` 的比例之和为 {percent(total)}，超过全部客户",
                ),
                both(
                    "what is missing from 100% leaves; lower the shares",
                    "不足 100% 的部分表示流失；请降低比例",
                ),
                name,
            )
    money = {state.margin.currency for state in cycle.states.values() if state.margin is not None}
    if len(money) > 1:
        yield Finding(
            (*base, "states"),
            both(
                f"margins are in several currencies: {', '.join(sorted(money))}",
                f"利润使用了多种货币：{'、'.join(sorted(money))}",
            ),
            both("write all of them in one currency", "请统一为一种货币"),
            journey.id,
        )


@rule("SG209", zh="折现系数写成了折现率")
def discount_as_rate(journey: Journey) -> Iterator[Finding]:
    """A discount says that a sum one period from now is worth less than half of it today.

    Why: `discount` is the factor that sums of the next period are multiplied with, so 10% a period is
        written 0.91. A rate written there makes almost nothing of every customer, and the lifetime value
        looks like a figure.
    Why(zh): `discount` 是下一期金额要乘的系数，每期 10% 应写成 0.91。把折现率写在那里，客户的价值就几乎
        归零，而算出来的终身价值看上去还像个正经数字。

    Bad:
        ```yaml
        journey: refund
        customers: {lifecycle: {discount: 10%, states: {loyal: {margin: 90 EUR, next: {loyal: 0.8}}}}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        customers: {lifecycle: {discount: 0.91, states: {loyal: {margin: 90 EUR, next: {loyal: 0.8}}}}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Source: domain sheet 10.4, CLV = Σ δ^t · m · P(active); δ is what a sum one period from now is worth.
    """
    cycle = journey.customers.lifecycle if journey.customers else None
    if cycle is None or cycle.discount is None or not 0 < cycle.discount < 0.5:
        return
    meant = number(1 / (1 + cycle.discount))
    yield Finding(
        ("customers", "lifecycle", "discount"),
        both(
            f"a sum one period from now would be worth {percent(cycle.discount)} of itself today",
            f"下一周期的金额在今天只值 {percent(cycle.discount)}",
        ),
        both(
            f"if {percent(cycle.discount)} is the rate of a period, write {meant}",
            f"如果 {percent(cycle.discount)} 是每周期的折现率，请写 {meant}",
        ),
        journey.id,
    )


def _unknown_phases(cycle: Lifecycle, base: Loc) -> Iterator[Finding]:
    places: list[tuple[Loc, str]] = [
        ((*base, "states", name, "next", to), to)
        for name, state in cycle.states.items()
        for to in state.next
        if to not in cycle.states
    ]
    if cycle.start is not None and cycle.start not in cycle.states:
        places.append(((*base, "start"), cycle.start))
    for loc, name in places:
        yield Finding(
            loc,
            both(f"there is no phase `{name}`", f"没有阶段 `{name}`"),
            both(
                f"the phases are {ids(cycle.states)}; who is in none of them has left",
                f"已有阶段：{ids(cycle.states, 'zh')}；不在其中的客户即已流失",
            ),
            name,
        )


@rule("SG107", severity="error", zh="客户数据表无法使用")
def unusable_customer_table(scope: Scope) -> Iterator[Finding]:
    """The table of customers cannot be read, or does not hold what the journey says.

    Why: Nothing is scored from half a table. The file has to be UTF-8 CSV beside the document, with a
        header and without formulas; days and counts are not negative, and an empty cell is nobody's 0.
    Why(zh): 半张表评不了分。文件必须是与文档放在一起的 UTF-8 CSV，有表头，没有公式；天数和次数不能为
        负，空格不等于 0。

    Bad:
        ```yaml
        journey: refund
        customers: {data: data/not-there.csv}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        customers: {revenue: [500, 300, 50, 40, 30]}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Source: domain sheet 10.1 and 19: what is missing is not zero.
    """
    journey = scope.model
    customers = journey.customers if isinstance(journey, Journey) else None
    if customers is None or scope.neighbours is None:
        return
    cuts = {
        "recency_cuts": customers.recency_cuts,
        "frequency_cuts": customers.frequency_cuts,
        "monetary_cuts": customers.monetary_cuts,
    }
    if customers.method == "threshold":
        for key, limits in cuts.items():
            if len(limits) != 4 or any(low >= high for low, high in pairwise(limits)):
                shown = ", ".join(f"{limit:g}" for limit in limits)
                yield Finding(
                    ("customers", key if key in customers.model_fields_set else "method"),
                    both(
                        f"five scores need four limits that rise; `{key}` is {shown or 'left out'}",
                        f"五档分数需要四个递增的界限；`{key}` {f'是 {shown}' if shown else '没有写'}",
                    ),
                    both(
                        f"write four rising limits as `{key}:`, or score by rank: `method: midrank`",
                        f"在 `{key}:` 中写四个递增的界限，或按名次打分：`method: midrank`",
                    ),
                    scope.model.id,
                )
                return
    if customers.data is None:
        return
    sheet = scope.neighbours.sheet(scope.file, customers.data)
    if isinstance(sheet, Message):
        help_ = both(
            "save it as “CSV UTF-8” beside this document: a header, then one row per customer",
            "以“CSV UTF-8”格式存放在本文档旁：第一行为表头，其后每位客户一行",
        )
        yield Finding(("customers", "data"), sheet, help_, scope.model.id)
        return
    from blueprint.analysis.customer_table import customer_table
    from blueprint.analysis.tables import UnfitTableError

    try:
        customer_table(customers, sheet.columns)
    except UnfitTableError as bad:
        yield _unfit(customers, sheet.columns, bad, scope.model.id)


def _unfit(
    customers: Customers, columns: Mapping[str, object], bad: UnfitTableError, element: str
) -> Finding:
    loc: Loc = ("customers", bad.key if bad.key in customers.model_fields_set else "data")
    if not bad.row:
        known_en, known_zh = ids(columns), ids(columns, "zh")
        return Finding(
            loc,
            both(f"the table has no column `{bad.column}`", f"表格中没有 `{bad.column}` 列"),
            did_you_mean(
                bad.column,
                columns,
                both(
                    f"it has {known_en}; say which one it is: `{bad.key}: …`",
                    f"表格中有 {known_zh}；请写明是哪一列：`{bad.key}: …`",
                ),
            ),
            element,
        )
    cell = bad.cell[:40]
    return Finding(
        loc,
        both(
            f"row {bad.row} of column `{bad.column}` is `{cell}`, which is no figure of a customer",
            f"`{bad.column}` 列第 {bad.row} 行是 `{cell}`，不是客户数据",
        ),
        both(
            "plain numbers only; days and counts are not negative; leave a cell empty where nobody knows",
            "只能是普通数字；天数和次数不能为负；未知的格留空",
        ),
        element,
    )
