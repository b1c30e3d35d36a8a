"""TP: the five kinds of touchpoint and what each of them owes the customer."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from blueprint.analysis.results import JourneyAnalysis
from blueprint.diagnostic import Message
from blueprint.figures import number
from blueprint.lint import uses
from blueprint.lint.reach import reachable, successes, ways
from blueprint.lint.rule import Finding, rule
from blueprint.lint.wording import both, ids
from blueprint.model.journey import Journey


@rule("TP101", zh="声明的触点类型与数据矛盾")
def contradicted_kind(analysis: JourneyAnalysis) -> Iterator[Finding]:
    """A touchpoint declares a kind that the journey's own figures contradict.

    Why: A kind brings obligations: a first touchpoint greets, a high-frequency one is fast, a
        high-perception one is worth a peak. A wrong kind sends the effort to the wrong place.
    Why(zh): 类型意味着义务：首触点要迎接，高频触点要快，高感知触点值得设计峰值。类型写错，力气就用错了
        地方。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: form, title: Fills in a form, emotion: -0.5, next: {form: 0.4, call: 0.1, paid: 0.5}}
              - {id: call, title: Calls, kinds: [high-frequency], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: form
                title: Fills in a form
                kinds: [high-frequency]
                emotion: -0.5
                next: {form: 0.4, paid: 0.6}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S003, the five kinds of touchpoint; the computable tests are this project's own.
    """
    journey, visits = analysis.journey, analysis.chain.visits
    spread = max(visits.values()) > 1.05 * min(visits.values())
    strengths = {n: abs(e - journey.neutral_emotion) for n, e in analysis.emotions.items()}
    for loc, _, touchpoint in journey.places:
        verdict, name = analysis.kinds[touchpoint.id], touchpoint.id
        if journey.touchpoints[name] is not touchpoint:
            continue
        if "first" in verdict.declared and "first" not in verdict.computed:
            yield _contradiction(
                (*loc, "kinds", verdict.declared.index("first")),
                name,
                "first",
                both("but `entry` starts no journey there", "但 `entry` 中没有旅程从这里开始"),
            )
        if spread and "high-frequency" in verdict.declared and "high-frequency" not in verdict.computed:
            middle = median(visits.values())
            yield _contradiction(
                (*loc, "kinds", verdict.declared.index("high-frequency")),
                name,
                "high-frequency",
                both(
                    f"but its visits per journey are {number(visits[name])}; the median is "
                    f"{number(middle)}",
                    f"但每次旅程只经过它 {number(visits[name])} 次，中位数是 {number(middle)} 次",
                ),
            )
        felt = strengths.get(name)
        if (
            felt is not None
            and "high-perception" in verdict.declared
            and "high-perception" not in verdict.computed
            and len(strengths) >= 5  # of fewer, "most" says little
            and felt < median(strengths.values())
        ):
            feels = number(analysis.emotions[name])
            yield _contradiction(
                (*loc, "kinds", verdict.declared.index("high-perception")),
                name,
                "high-perception",
                both(
                    f"but it feels like {feels}, nearer to neutral than most of the journey",
                    f"但情绪值是 {feels}，比旅程中多数触点更接近中性",
                ),
            )


_KIND_ZH = {"first": "首触点", "high-frequency": "高频触点", "high-perception": "高感知触点"}


def _contradiction(loc: tuple[str | int, ...], name: str, kind: str, but: Message) -> Finding:
    return Finding(
        loc,
        both(f"`{name}` is declared {kind}, {but.en}", f"`{name}` 声明为{_KIND_ZH[kind]}，{but.zh}"),
        both(
            f"take `{kind}` out of its kinds, or correct the figures that say otherwise",
            f"从 `kinds` 中去掉 `{kind}`，或更正与之矛盾的数据",
        ),
        name,
    )


@rule("TP102", zh="没有规划抱怨触点")
def no_complaint_touchpoint(journey: Journey, *, least: int = 8) -> Iterator[Finding]:
    """A full journey plans no place where customers complain.

    Why: Customers complain whether a place is planned or not; most of the unhappy ones leave without a
        word. "No complaints, no worries" is a misconception. Speaks of journeys with `least` touchpoints.
    Why(zh): 不管有没有规划，客户都会抱怨；大多数不满的客户一声不响就走了。“没有投诉，高枕无忧”是误区。
        只检查至少有 `least` 个触点的旅程。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: form, title: Opens the form, emotion: 0}
              - {id: photo, title: Adds a photo, emotion: 0}
              - {id: send, title: Sends it, emotion: 1}
          - stage: money
            touchpoints:
              - {id: receipt, title: Gets a receipt, emotion: 1}
              - {id: news, title: Hears how it goes, emotion: 0}
              - {id: approval, title: Is told yes, emotion: 1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: form, title: Opens the form, emotion: 0}
              - {id: photo, title: Adds a photo, emotion: 0}
              - {id: send, title: Sends it, emotion: 1}
          - stage: money
            touchpoints:
              - {id: receipt, title: Gets a receipt, emotion: 1}
              - {id: news, title: Hears how it goes, emotion: 0, next: {complain: 0.1, approval: 0.9}}
              - {id: complain, title: Complains about the wait, kinds: [complaint], emotion: -1}
              - {id: approval, title: Is told yes, emotion: 1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S002, misconception 8 (没有投诉，高枕无忧); S003, the complaint touchpoint (抱怨触点).
    """
    if len(journey.touchpoints) < least:
        return
    if any("complaint" in p.kinds or p.complaint is not None for p in journey.touchpoints.values()):
        return
    scored = {n: e for n, p in journey.touchpoints.items() if (e := uses.feeling(p)) is not None}
    worst = min(scored, key=lambda n: scored[n]) if scored else None
    hint_en = f"; `{worst}` feels worst and is a good place to begin" if worst else ""
    hint_zh = f"；`{worst}` 感受最差，可以从这里入手" if worst else ""
    yield Finding(
        ("journey",),
        both(
            f"none of {len(journey.touchpoints)} touchpoints is a complaint touchpoint",
            f"{len(journey.touchpoints)} 个触点中没有一个抱怨触点",
        ),
        both(
            f"plan where customers complain and how they are won back: `kinds: [complaint]`{hint_en}",
            f"规划客户在哪里抱怨、如何挽回：`kinds: [complaint]`{hint_zh}",
        ),
        journey.id,
    )


@rule("TP103", zh="抱怨之后无法挽回", whole=True)
def complaint_without_recovery(journey: Journey) -> Iterator[Finding]:
    """From a complaint touchpoint no success can be reached any more.

    Why: A complaint is a customer who still talks to us. If every way from there ends in failure, the
        complaint is collected and the customer is lost anyway.
    Why(zh): 抱怨的客户是还愿意和我们说话的客户。如果从那里出发的每条路都通向失败，投诉虽然收下了，客户
        还是丢了。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, complain: 0.1}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1, next: apology}
              - {id: apology, title: Reads an apology, emotion: 0, next: dropped}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, complain: 0.1}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1, next: apology}
              - {id: apology, title: Reads an apology, emotion: 0, next: {paid: 0.7, dropped: 0.3}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 0.2: at least one recovery way that does not lead to abandonment; S003.
    """
    graph, good = ways(journey), successes(journey)
    for loc, _, touchpoint in journey.places:
        if "complaint" not in touchpoint.kinds:
            continue
        goes_on = any(target in journey.touchpoints for target in graph.get(touchpoint.id, ()))
        if goes_on and not reachable(graph, [touchpoint.id]) & good:
            yield Finding(
                (*loc, "next" if touchpoint.next is not None else "id"),
                both(
                    f"after the complaint `{touchpoint.id}` the journey can only fail",
                    f"在 `{touchpoint.id}` 抱怨之后，旅程只会失败",
                ),
                both(
                    "add a recovery way: to a touchpoint that mends the matter and leads to a success",
                    "加一条挽回的路：通向能解决问题并走向成功的触点",
                ),
                touchpoint.id,
            )


@rule("TP104", zh="抱怨之后只有出口", whole=True)
def complaint_leads_out(journey: Journey) -> Iterator[Finding]:
    """Every way from a complaint touchpoint leaves the journey at once.

    Why: A complaint that is taken down and followed by nothing has not been handled. There should be a
        step in which the matter is solved and somebody follows up.
    Why(zh): 记下抱怨却没有下文，等于没有处理。应当有一步解决问题，并有人跟进。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, complain: 0.1}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1, next: dropped}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, complain: 0.1}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                next: {paid: 0.8, dropped: 0.2}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 0.2: a complaint has a recovery way and a follow-up step; S003.
    """
    graph = ways(journey)
    for loc, _, touchpoint in journey.places:
        targets = graph.get(touchpoint.id, [])
        if "complaint" in touchpoint.kinds and targets and all(t in journey.outcomes for t in targets):
            yield Finding(
                (*loc, "next" if touchpoint.next is not None else "id"),
                both(
                    f"after the complaint `{touchpoint.id}` everybody leaves: {ids(targets)}",
                    f"在 `{touchpoint.id}` 抱怨之后，所有人都直接离开：{ids(targets, 'zh')}",
                ),
                both(
                    "lead to the touchpoint where the matter is solved, or add one",
                    "通向解决问题的触点；没有的话就加一个",
                ),
                touchpoint.id,
            )


@rule("TP105", zh="高频触点没有标准时间", calm=uses.times)
def untimed_high_frequency(journey: Journey) -> Iterator[Finding]:
    """A high-frequency touchpoint has no standard time.

    Why: What happens most often decides how much effort the whole journey takes. Without a standard
        nobody can tell whether it is fast enough.
    Why(zh): 发生得最多的事，决定了整段旅程有多费力。没有标准，就没有人说得清它够不够快。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, high-frequency], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, time: {standard: 1d}}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, high-frequency], emotion: 0, time: {standard: 5m}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, time: {standard: 1d}}
        ```

    Source: S003, visible and measurable service standards (可视化可量化的服务标准); domain sheet 0.2.
    """
    for loc, _, touchpoint in journey.places:
        timed = touchpoint.time is not None and touchpoint.time.standard is not None
        if "high-frequency" in touchpoint.kinds and not timed:
            yield Finding(
                (*loc, "time" if touchpoint.time is not None else "id"),
                both(
                    f"`{touchpoint.id}` is a high-frequency touchpoint without a standard time",
                    f"高频触点 `{touchpoint.id}` 没有标准时间",
                ),
                both(
                    "say how long it should take and what is still accepted: `time: "
                    "{standard: 5m, tolerance: 8m}`",
                    "写明标准时间和可接受的上限：`time: {standard: 5m, tolerance: 8m}`",
                ),
                touchpoint.id,
            )


@rule("TP106", severity="info", zh="高感知触点没有峰值设计", calm=uses.peaks)
def undesigned_high_perception(journey: Journey) -> Iterator[Finding]:
    """A high-perception touchpoint has neither a designed peak nor a scored pain.

    Why: This is where customers feel most. Where it feels good, a peak makes it memorable; where it feels
        bad, its pain has to be scored and mended before anything else.
    Why(zh): 客户在这里感受最强。感受好，峰值能让它难忘；感受差，就要先给痛点评分，并优先改进。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, high-perception], emotion: 1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 2, peak: elevation}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, high-perception], emotion: 1, peak: connection}
              - {id: paid, title: Is paid, kinds: [end], emotion: 2, peak: elevation}
        ```

    Source: S003, the four kinds of peak (欣喜、认知、荣耀、连接); Heath and Heath, The Power of Moments.
    """
    for loc, _, touchpoint in journey.places:
        if "high-perception" not in touchpoint.kinds or touchpoint.peak:
            continue
        feels = uses.feeling(touchpoint)
        if any(pain.severity is not None for pain in touchpoint.pains):
            continue
        low = feels is not None and feels < journey.neutral_emotion
        name = touchpoint.id
        yield Finding(
            (*loc, "id"),
            both(
                f"`{name}` is felt strongly and badly, but no pain is scored there"
                if low
                else f"`{name}` is a high-perception touchpoint without a designed peak",
                f"`{name}` 感受强烈而且负面，却没有给痛点评分"
                if low
                else f"高感知触点 `{name}` 没有峰值设计",
            ),
            both(
                "write down what hurts and how badly: `pains: [{pain: …, severity: 7}]`"
                if low
                else "choose what customers should remember: `peak: elevation`, `insight`, "
                "`pride` or `connection`",
                "写下痛点和严重程度：`pains: [{pain: …, severity: 7}]`"
                if low
                else "选择希望客户记住什么：`peak: elevation`（欣喜）、"
                "`insight`（认知）、`pride`（荣耀）或 `connection`（连接）",
            ),
            name,
        )


@rule("TP107", severity="info", zh="首触点既无承诺也无有形证据", calm=uses.promises_or_evidence)
def bare_first(journey: Journey) -> Iterator[Finding]:
    """A first touchpoint promises nothing and shows nothing.

    Why: The first contact sets what the customer expects. Without a promise or something to see and
        keep, expectations come from elsewhere, and the service is measured against them all the same.
    Why(zh): 第一次接触决定客户的期望。没有承诺，也没有看得见、带得走的东西，期望就会来自别处，而服务照
        样要按它来衡量。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, evidence: [Bank statement]}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, promises: [{promise: A yes, due: 8h}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, evidence: [Bank statement]}
        ```

    Source: domain sheet 0.2; S000, managing promises (承诺管理).
    """
    for loc, _, touchpoint in journey.places:
        if "first" in touchpoint.kinds and not touchpoint.promises and not touchpoint.evidence:
            yield Finding(
                (*loc, "id"),
                both(
                    f"the first touchpoint `{touchpoint.id}` promises nothing and shows nothing",
                    f"首触点 `{touchpoint.id}` 既没有承诺，也没有有形证据",
                ),
                both(
                    "say what happens next and by when (`promises:`), or what the customer sees "
                    "(`evidence:`)",
                    "写明接下来会怎样、何时完成（`promises:`），或客户能看到什么（`evidence:`）",
                ),
                touchpoint.id,
            )


@rule("TP108", severity="info", zh="结束触点没有指标", calm=uses.metrics)
def unmeasured_end(journey: Journey) -> Iterator[Finding]:
    """An end touchpoint is measured by nothing.

    Why: The end is half of what is remembered and the natural place to ask. A journey that is measured
        everywhere but there misses the figure that matters most.
    Why(zh): 结尾占了记忆的一半，也是最自然的询问时机。处处都测、唯独这里不测，就漏掉了最重要的数字。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, metrics: [{metric: Calls per day}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, metrics: [{metric: Calls per day}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, metrics: [{metric: CSAT}]}
        ```

    Source: domain sheet 0.2: an end is measured (NPS or CSAT); S003.
    """
    for loc, _, touchpoint in journey.places:
        if "end" in touchpoint.kinds and not (touchpoint.metrics or touchpoint.surveys):
            yield Finding(
                (*loc, "id"),
                both(
                    f"nothing is measured at the end touchpoint `{touchpoint.id}`",
                    f"结束触点 `{touchpoint.id}` 没有任何指标",
                ),
                both(
                    "ask there, for example `metrics: [{metric: CSAT, class: perceptual}]`",
                    "在这里测量，例如 `metrics: [{metric: CSAT, class: perceptual}]`",
                ),
                touchpoint.id,
            )
