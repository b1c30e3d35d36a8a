"""What a journey says of its house: gates, lessons, groups, tiers, the ladder of needs, surprises."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.results import JourneyAnalysis
from blueprint.figures import duration, number, percent
from blueprint.lint.rule import Finding, Judged, Note, rule
from blueprint.lint.wording import both, did_you_mean, ids
from blueprint.model.journey import Journey

_PHASES_ZH = {"strategy": "战略", "design": "设计", "transition": "转换", "operation": "运营"}
_LACKING = {
    "owner": ("an owner", "负责人"),
    "persona": ("whose journey it is", "旅程属于谁"),
    "budgets": ("what it must keep (budgets)", "必须守住的底线（budgets）"),
    "needs": ("needs", "需求"),
    "first": ("a first touchpoint", "首触点"),
    "end": ("an end touchpoint", "结束触点"),
    "touchpoint-owners": ("an owner at every touchpoint", "每个触点的负责人"),
    "times": ("a time at every touchpoint", "每个触点的时间"),
    "complaint-scripts": ("words for complaints", "投诉话术"),
    "measured": ("a measured figure with its n", "带样本量的实测数据"),
    "reviewed": ("a date of review", "复审日期"),
}


@rule("ST201", zh="旅程尚未通过所称阶段的关口")
def shut_gate(journey: Journey) -> Iterator[Finding]:
    """A journey says it is further in the cycle of its service than what is written allows.

    Why: A service goes into operation long before it is ready, unless somebody asks at the gate. Strategy
        needs an owner, a persona and budgets; design needs, a first and an end touchpoint; transition an
        owner and a time at every touchpoint and words for complaints; operation a measured figure and a
        date of review.
    Why(zh): 如果没有人在关口把问，服务远没准备好就上线了。战略阶段要有负责人、画像和预算；设计阶段要有
        需求、首次触点和结束触点；过渡阶段要有负责人、每个触点的时间和投诉话术；运营阶段要有实测数字和复
        盘日期。

    Bad:
        ```yaml
        journey: refund
        owner: Claims
        persona: {persona: collector}
        budgets: {completion: ">= 80%"}
        governance: {phase: design}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        owner: Claims
        persona: {persona: collector}
        budgets: {completion: ">= 80%"}
        governance: {phase: design}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1, needs: [{need: My money}]}
        ```

    Source: domain sheet 17, A19 (服务周期管理, S003); the conditions are this project's.
    """
    if journey.governance is None:
        return
    from blueprint.analysis.house import shut_gates

    shut = shut_gates(journey)
    if not shut:
        return
    told_en = "; ".join(f"{ph}: {', '.join(_LACKING[it][0] for it in lacks)}" for ph, lacks in shut.items())
    told_zh = "；".join(
        f"{_PHASES_ZH[ph]}：{'、'.join(_LACKING[it][1] for it in lacks)}" for ph, lacks in shut.items()
    )
    phase = journey.governance.phase
    yield Finding(
        ("governance", "phase"),
        both(
            f"it is said to be in {phase}, but lacks what opens the gates ({told_en})",
            f"称处于“{_PHASES_ZH[phase]}”阶段，但关口未通过，缺少：{told_zh}",
        ),
        both("write what is missing, or an earlier phase", "补齐所缺内容，或改写为更早的阶段"),
        journey.id,
    )


@rule("ST202", severity="info", zh="总结的条数与形式不符")
def miscounted_lessons(journey: Journey) -> Iterator[Finding]:
    """A summary of lessons has more or fewer entries than its form asks for.

    Why: Five things learned, three ideas, one action (or three, two, one): the form forces a choice, and
        one action is done where five are forgotten.
    Why(zh): 五点收获、三个想法、一项行动（或者三、两、一）：形式逼人取舍。做成一项行动，胜过忘掉五项。

    Bad:
        ```yaml
        journey: refund
        lessons: {form: 3-2-1, learned: [Silence, Names], ideas: [A card, A call], actions: [Call back]}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        lessons: {form: 3-2-1, learned: [Tone, Names, Time], ideas: [A card, A call], actions: [Ring]}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Source: domain sheet 17, I11 (5-3-1 与 3-2-1 总结, S003).
    """
    if journey.lessons is None:
        return
    from blueprint.analysis.house import COUNTS, counts

    wanted, there = COUNTS[journey.lessons.form], counts(journey.lessons)
    keys = (("learned", "收获"), ("ideas", "启发"), ("actions", "行动"))
    for (key, zh), many, count in zip(keys, wanted, there, strict=True):
        if count != many:
            yield Finding(
                ("lessons", key) if count else ("lessons", "form"),
                both(
                    f"{journey.lessons.form} asks for {many} under `{key}`, and there are {count}",
                    f"{journey.lessons.form} 要求{zh} {many} 条，实有 {count} 条",
                ),
                both(
                    f"{'choose' if count > many else 'look for'} {many}",
                    f"请{'选出' if count > many else '补足'} {many} 条",
                ),
                journey.id,
            )


@rule("SG206", severity="info", zh="分层沟通缺一层或不达标")
def unspoken_group(journey: Journey) -> Iterator[Finding]:
    """Some groups of customers have a policy, and one of the four has none, or misses the figure for it.

    Why: Who is forgotten in the policy is forgotten at the desk. S004 answers high-value customers within
        24 hours by a contact of their own, tends the promising, lets machines answer 80 % of what most ask,
        and wins back who is leaving. Speaks where any group has a policy.
    Why(zh): 政策里忘了谁，柜台上就会忘了谁。S004 的做法：高价值客户由专人在 24 小时内答复；有潜力的悉心
        培育；大众客户的常见问题 80% 由机器回答；要流失的设法挽回。只在有任一群体写了政策时检查。

    Bad:
        ```yaml
        journey: refund
        customers:
          policies: {high-value: {within: 48h}, potential: {contact: A call}, mass: {automated: 80%}}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        customers:
          policies:
            high-value: {contact: Their own manager, within: 24h}
            potential: {contact: A call}
            mass: {automated: 80%}
            churning: {contact: A letter by hand}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Source: domain sheet 10.4 and 17, H05 (高价值专属24小时、潜力、大众、流失, S004), not verified.
    """
    policies = journey.customers.policies if journey.customers else {}
    groups = {"high-value": "高价值", "potential": "潜力", "mass": "大众", "churning": "流失"}
    missing = [group for group in groups if group not in policies]
    if policies and missing:
        yield Finding(
            ("customers", "policies"),
            both(
                f"nobody says how to talk to {', '.join(missing)} customers",
                f"没有写明如何与{'、'.join(groups[it] for it in missing)}客户沟通",
            ),
            both(
                f"write a policy: `{missing[0]}: {{contact: …}}`",
                f"补上策略：`{missing[0]}: {{contact: …}}`",
            ),
            journey.id,
        )
    if not policies:
        return
    from blueprint.analysis.house import ANSWER_WITHIN, AUTOMATED, as_taught

    for group, policy in policies.items():
        if as_taught(group, policy) is not False:
            continue
        key = "within" if group == "high-value" else "automated"
        limit = duration(ANSWER_WITHIN) if key == "within" else percent(AUTOMATED)
        limit_zh = duration(ANSWER_WITHIN, "zh") if key == "within" else percent(AUTOMATED)
        said = duration(policy.within or 0.0) if key == "within" else percent(policy.automated or 0.0)
        said_zh = duration(policy.within or 0.0, "zh") if key == "within" else said
        yield Finding(
            ("customers", "policies", group, key),
            both(
                f"{group} customers: {said}, where the course asks for {limit}",
                f"{groups[group]}客户：{said_zh}，课程要求 {limit_zh}",
            ),
            both(
                "keep the figure, or say in your own playbook why another one holds",
                "达到该数字，或在自己的 playbook 中说明为何采用别的数字",
            ),
            journey.id,
        )


@rule("SG207", zh="高等级的权益少于低等级")
def lesser_tier(journey: Journey) -> Iterator[Finding]:
    """A tier lacks something that the tier below it has, or nothing is said of what belongs to it.

    Why: Who rises and loses something has been punished for loyalty. Tiers are written lowest first; each
        keeps what the one below it has. Speaks where any tier has entitlements.
    Why(zh): 升了级反而少了东西，等于因为忠诚而受罚。等级从低到高写，每一级都保留下一级所有的权益。只在
        有等级写了权益时检查。

    Bad:
        ```yaml
        journey: refund
        customers:
          tiers: {silver: 900, gold: 75}
          entitlements: {silver: [package, partners], gold: [manager, package]}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        customers:
          tiers: {silver: 900, gold: 75}
          entitlements: {silver: [package], gold: [manager, package, partners]}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Source: domain sheet 10.3 and 17, H09 (专属经理、服务包、跨界权益, S004): every tier in the table.
    """
    if journey.customers is None or not journey.customers.entitlements:
        return
    from blueprint.analysis.house import bare_tiers, reversals

    names = {"manager": "专属经理", "package": "服务包", "partners": "跨界权益"}
    for it in reversals(journey.customers):
        yield Finding(
            ("customers", "entitlements", it.higher),
            both(
                f"`{it.higher}` has no `{it.item}`, which the tier below it, `{it.lower}`, has",
                f"`{it.higher}` 没有{names[it.item]}，而低一级的 `{it.lower}` 有",
            ),
            both(
                f"give it to `{it.higher}` too, or write tiers lowest first",
                f"`{it.higher}` 也应享有；等级须由低到高书写",
            ),
            it.higher,
            (Note(("customers", "entitlements", it.lower), both("the tier below", "低一级")),),
        )
    for tier in bare_tiers(journey.customers):
        yield Finding(
            ("customers", "tiers", tier),
            both(
                f"nothing is said of what belongs to tier `{tier}`",
                f"没有写明 `{tier}` 等级的权益",
            ),
            both(
                f"write `{tier}: [package]`, or an empty list", f"写明 `{tier}: [package]`，没有则写空列表"
            ),
            tier,
        )


@rule("KN201", zh="规范需求未满足就谈个性化与增值")
def added_before_standard(journey: Journey) -> Iterator[Finding]:
    """A personal or added need is met where a lower one at the same touchpoint is not.

    Why: A birthday cake does not make good the room that was not clean. The ladder is climbed from the
        standard over the personal to what is added; each rung rests on the one below.
    Why(zh): 房间没有打扫干净，送生日蛋糕也弥补不了。需求是一级一级上去的：先标准，再个性化，最后才是增
        值；每一级都站在下面一级之上。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                needs:
                  - {need: My money back, level: standard, met: false}
                  - {need: A gift, level: added-value, met: true}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                needs:
                  - {need: My money back, level: standard, met: true}
                  - {need: A gift, level: added-value, met: true}
        ```

    Source: domain sheet 17, A10 (需求层次：规范→个性化→增值, S002): a ladder, lower rungs first.
    """
    if not any(need.level for point in journey.touchpoints.values() for need in point.needs):
        return
    from blueprint.analysis.need_ladder import skipped

    zh = {"standard": "规范", "personal": "个性化", "added-value": "增值"}
    for loc, _, point in journey.places:
        for it in skipped(point):
            high, low = point.needs[it.met], point.needs[it.unmet]
            yield Finding(
                (*loc, "needs", it.met),
                both(
                    f"“{high.need.pick('en')}” ({high.level}) is met, but “{low.need.pick('en')}” "
                    f"({low.level}) below it is not",
                    f"已满足“{high.need.pick('zh')}”（{zh[high.level or '']}），"
                    f"却没有满足更基础的“{low.need.pick('zh')}”（{zh[low.level or '']}）",
                ),
                both("meet the lower need first", "先满足更基础的需求"),
                point.id,
                (Note((*loc, "needs", it.unmet), both("not met", "未满足")),),
            )


@rule("EX201", severity="info", zh="惊喜给得太频繁")
def worn_delight(analysis: JourneyAnalysis) -> Iterator[Finding]:
    """A surprise comes every time, or more than once in a journey.

    Why: What comes every time is expected the next time, and missed when it fails. A surprise is kept rare:
        given to a share of the visits, or not again to the same customer for a while.
    Why(zh): 每次都有的东西，下一次就成了理所当然，少了反而失望。惊喜要少见：只给一部分到访，或在一段时
        间内不再给同一位客户。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1, delight: {what: A card by hand}}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1, delight: {what: A pen, again: 90d}}
        ```

    Source: domain sheet 17, B20 (感动时刻、惊喜式服务, S000, S004): delight, kept from habit.
    """
    journey = analysis.journey
    if not any(point.delight for point in journey.touchpoints.values()):
        return
    from blueprint.analysis.delights import delights

    places = {place.touchpoint.id: place.loc for place in reversed(journey.places)}
    for it in delights(journey, analysis.chain.visits):
        if it.kept and not it.worn:
            continue
        many = number(it.per_journey)
        yield Finding(
            (*places[it.touchpoint], "delight"),
            both(
                f"the surprise at `{it.touchpoint}` comes {many} times in a journey"
                if it.worn
                else f"nothing keeps the surprise at `{it.touchpoint}` from coming every time",
                f"`{it.touchpoint}` 的惊喜每次旅程出现 {many} 次"
                if it.worn
                else f"`{it.touchpoint}` 的惊喜每次都会出现",
            ),
            both(
                "give it more rarely: `share: 20%`, or not again for a while: `again: 180d`",
                "降低频率：`share: 20%`，或间隔一段时间：`again: 180d`",
            ),
            it.touchpoint,
        )


@rule("CP201", severity="info", zh="已解决的投诉没有写入知识库")
def unwritten_case(journey: Journey) -> Iterator[Finding]:
    """Complaints of a type were counted, and no article says how they are solved.

    Why: What one person has found out, the next one finds out again, in front of the customer. Speaks at
        touchpoints that name an article for some type.
    Why(zh): 一个人查明的事，下一个人又要当着客户的面重新查一遍。只检查已经为某类投诉写了知识文章的触
        点。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                complaint: {cases: {late: 12, broken: 5}, knowledge: {late: KB-12}}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                complaint: {cases: {late: 12, broken: 5}, knowledge: {late: KB-12, broken: KB-31}}
        ```

    Source: domain sheet 17, I15 (知识库、经验分享, S001): every case solved leads to the knowledge base.
    """
    if not any(p.complaint and p.complaint.knowledge for p in journey.touchpoints.values()):
        return
    from blueprint.analysis.known_cases import known_cases

    places = {place.touchpoint.id: place.loc for place in reversed(journey.places)}
    for it in known_cases(journey):
        if it.unwritten:
            yield Finding(
                (*places[it.touchpoint], "complaint", "knowledge"),
                both(
                    f"no article says how {ids(it.unwritten)} was solved: {it.cases - it.written} of "
                    f"{it.cases} cases",
                    f"没有文章写明如何解决 {ids(it.unwritten, 'zh')}：{it.cases} 起中有 "
                    f"{it.cases - it.written} 起",
                ),
                both(
                    f"write it down and name it: `{it.unwritten[0]}: …`",
                    f"写成文章并在此注明：`{it.unwritten[0]}: …`",
                ),
                it.touchpoint,
            )


@rule("RF201", zh="引用了不存在的案例")
def unknown_case(judged: Judged) -> Iterator[Finding]:
    """A journey names a case of another house that no playbook has.

    Why: A case one cannot look up convinces nobody; its source and whether it was checked stand in the
        playbook.
    Why(zh): 查不到的案例说服不了任何人；来源和是否核实过，都写在手册里。

    Bad:
        ```yaml
        journey: refund
        cases: [c999]
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        cases: [c30]
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 1}
        ```

    Source: domain sheet 16 and 17, H11 (跨行业标杆案例, S000).
    """
    for at, id in enumerate(judged.journey.cases):
        if id not in judged.standards.claims:
            known = judged.standards.claims
            yield Finding(
                ("cases", at),
                both(f"no playbook has a claim `{id}`", f"playbook 中没有说法 `{id}`"),
                did_you_mean(
                    id,
                    known,
                    both(
                        "`blueprint playbook list` shows them all", "`blueprint playbook list` 可列出全部"
                    ),
                ),
                judged.journey.id,
            )
