"""QU: service quality by dimension, and where between expecting and perceiving it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from blueprint.figures import number
from blueprint.lint import uses
from blueprint.lint.rule import Finding, Note, rule
from blueprint.lint.wording import both, ids
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Dimension, Quality, Touchpoint
from blueprint.model.values import Loc

_ZH: dict[Dimension, str] = {
    "reliability": "可靠性",
    "assurance": "保证性",
    "tangibles": "有形性",
    "empathy": "移情性",
    "responsiveness": "响应性",
}
_SIDES = ("expected", "believed", "standard", "delivered", "promised", "perceived", "competitor", "best")
_UNKNOWN = {
    "believed": ("what management believes they expect", "管理层以为客户期望什么"),
    "standard": ("what the standard asks for", "标准要求多少"),
}
_SATISFACTION = ("csat", "satisf", "满意", "滿意")


def _asked(journey: Journey) -> Iterator[tuple[Loc, Touchpoint, Dimension, Quality]]:
    for loc, _, point in journey.places:
        for dimension, quality in point.quality.items():
            yield (*loc, "quality", dimension), point, dimension, quality


@rule("QU101", severity="info", zh="有质量维度从未测量", calm=uses.most_of_quality)
def unmeasured_dimension(journey: Journey) -> Iterator[Finding]:
    """A dimension of service quality is measured nowhere on the journey.

    Why: Customers judge a service by five dimensions. One that nobody asks about can ruin the journey
        without showing in any figure; reliability alone weighs about a third. In the default selection it
        speaks of journeys that measure most of them, or that ask the whole questionnaire somewhere.
    Why(zh): 客户从五个维度评判服务。没有人问的那个维度，可能毁了整段旅程，却不会出现在任何数字里；仅可
        靠性一项就约占三分之一。默认只检查已经测了大部分维度，或在某处使用整份问卷的旅程。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality:
                  reliability: {expected: 6.4, perceived: 5.9}
                  empathy: {expected: 5.8, perceived: 6.0}
                  assurance: {expected: 6.0, perceived: 6.0}
                  tangibles: {expected: 5.0, perceived: 5.1}
                evidence: [A receipt]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                time: {standard: 5m}
                quality:
                  reliability: {expected: 6.4, perceived: 5.9}
                  empathy: {expected: 5.8, perceived: 6.0}
                  assurance: {expected: 6.0, perceived: 6.0}
                  tangibles: {expected: 5.0, perceived: 5.1}
                  responsiveness: {expected: 6.2, perceived: 5.8}
                evidence: [A receipt]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: Parasuraman, Zeithaml and Berry 1988; S003, the five dimensions (五度); domain sheet 4.6.
    """
    measured = {k for _, _, k, quality in _asked(journey) if quality.perceived is not None}
    missing = [k for k in get_args(Dimension) if k not in measured]
    if measured and missing:
        yield Finding(
            ("journey",),
            both(
                f"nobody asks customers about {', '.join(missing)}: measured are only "
                f"{', '.join(k for k in get_args(Dimension) if k in measured)}",
                f"没有测量{'、'.join(_ZH[k] for k in missing)}：只测量了"
                f"{'、'.join(_ZH[k] for k in get_args(Dimension) if k in measured)}",
            ),
            both(
                "ask about it at the touchpoint where it matters most, and write `quality:` there",
                "在它最重要的触点询问客户，并写入 `quality:`",
            ),
            journey.id,
        )


@rule("QU102", severity="error", zh="承诺及时却没有时间标准")
def responsiveness_without_time(journey: Journey) -> Iterator[Finding]:
    """Responsiveness is scored where nothing says how soon.

    Why: Responding, answering and solving in time mean nothing without a time. A standard or tolerated
        time, a promise with a due time, or the times of a complaint make it something one can keep.
    Why(zh): 响应及时、答复及时、解决及时，没有时间就等于没说。写明标准时间或可容忍时间、带期限的承诺，
        或投诉的时限，才谈得上做到。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality: {responsiveness: {expected: 6.2, perceived: 5.0}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                time: {standard: 3m, tolerance: 10m}
                quality: {responsiveness: {expected: 6.2, perceived: 5.0}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S003: the time to respond, to answer and to solve is definite (响应、答复、解决的时间明确).
    """
    for loc, point, dimension, _ in _asked(journey):
        if dimension == "responsiveness" and not _timed(point):
            yield Finding(
                loc,
                both(
                    f"`{point.id}` scores responsiveness, but nothing says how soon customers are answered",
                    f"`{point.id}` 评了响应性，但没有写明多久之内响应",
                ),
                both(
                    "write `time: {standard: …, tolerance: …}`, or a promise with `due:`",
                    "写上 `time: {standard: …, tolerance: …}`，或带 `due:` 的承诺",
                ),
                point.id,
            )


def _timed(point: Touchpoint) -> bool:
    time, complaint = point.time, point.complaint
    if time is not None and (time.standard is not None or time.tolerance is not None):
        return True
    if complaint is not None and (complaint.priority or complaint.respond or complaint.resolve):
        return True
    return any(promise.due is not None for promise in point.promises)


@rule("QU103", zh="评了有形性却没有有形展示")
def tangibles_without_evidence(journey: Journey) -> Iterator[Finding]:
    """Tangibles are scored where the customer sees nothing.

    Why: Tangibles are what the customer sees, holds and keeps. A score without a piece of evidence is a
        score of nothing, and nobody knows what to improve.
    Why(zh): 有形性是客户看到、拿到和带走的东西。没有有形展示的打分，评的是空气，谁也不知道该改什么。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                quality: {tangibles: {expected: 5.4, perceived: 4.9}}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, evidence: [A form]}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                evidence: [A one-page statement of the refund]
                quality: {tangibles: {expected: 5.4, perceived: 4.9}}
        ```

    Source: Parasuraman, Zeithaml and Berry 1988; S003, tangibles (有形度: 服务设施、有形展示、仪容仪表).
    """
    for loc, point, dimension, _ in _asked(journey):
        if dimension == "tangibles" and not point.evidence:
            yield Finding(
                loc,
                both(
                    f"`{point.id}` scores tangibles, but names nothing the customer sees or keeps",
                    f"`{point.id}` 评了有形性，但没有写客户能看到、能留下什么",
                ),
                both("list it as `evidence:`", "用 `evidence:` 列出来"),
                point.id,
            )


@rule("QU104", severity="error", zh="承诺高于自己的标准")
def over_promise(journey: Journey, *, by: float = 0.5, even_planned: bool = False) -> Iterator[Finding]:
    """More is promised than the house's own standard asks for.

    Why: Nobody is even told to deliver it, so it will be broken; and the promise has raised what
        customers expect. Speaks from `by` points of the scale on, which is what counts as a difference to
        customers. A pain or an opportunity at the touchpoint shows that somebody works on it;
        `even_planned` reports these too.
    Why(zh): 内部没有人被要求做到，所以必然落空；而承诺已经抬高了客户的期望。高出 `by` 分起提示，这是客
        户能感觉到的差距。触点上写了痛点或机会点，说明有人在管；`even_planned` 连这些也报告。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality: {reliability: {expected: 6.4, believed: 6.2, standard: 5.4, promised: 6.6}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality: {reliability: {expected: 6.0, believed: 6.2, standard: 5.8, promised: 5.8}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S003, the gap of communication (避免过度宣传、杜绝过度承诺); S002: all promise and no delivery
        (只见承诺，不见兑现); S000: promise only what can be kept every time; domain sheet 5.
    """
    for loc, point, dimension, quality in _asked(journey):
        promised, standard = quality.promised, quality.standard
        if promised is None or standard is None or promised <= standard + 1e-9:
            continue
        planned = bool(point.pains or point.opportunities)
        if promised - standard < by - 1e-9 or (planned and not even_planned):
            continue
        zh = _ZH[dimension]
        yield Finding(
            (*loc, "promised"),
            both(
                f"`{point.id}` promises {number(promised)} in {dimension}, "
                f"but its own standard is {number(standard)}",
                f"`{point.id}` 在{zh}上承诺 {number(promised)}，而自己的标准只有 {number(standard)}",
            ),
            both(
                "promise what the standard asks for, or raise the standard and see that it is kept",
                "按标准来承诺，或提高标准并确保做到",
            ),
            point.id,
            notes=(Note((*loc, "standard"), both("the standard", "标准在此")),),
        )


@rule("QU105", zh="差距分析有盲点", calm=uses.gap_model)
def blind_gap(journey: Journey) -> Iterator[Finding]:
    """Customers were asked, but not what management believes they expect, or what the standard asks for.

    Why: The gap to customers is then known, and nobody can say where it comes from: from not listening,
        from a low standard, or from not keeping it. Each needs another remedy. In the default selection
        it speaks of journeys that look at these gaps somewhere.
    Why(zh): 只知道与客户期望有差距，却没人说得出差在哪里：是没有倾听，是标准太低，还是没有做到。三种情
        况各有各的治法。默认只检查在某处分析过这些差距的旅程。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality:
                  reliability: {expected: 6.4, believed: 6.2, standard: 6.0, perceived: 5.9}
                  empathy: {expected: 5.8, perceived: 4.9}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality:
                  reliability: {expected: 6.4, believed: 6.2, standard: 6.0, perceived: 5.9}
                  empathy: {expected: 5.8, believed: 5.0, standard: 5.0, perceived: 4.9}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: Parasuraman, Zeithaml and Berry 1985; S003, 5 GAP; domain sheet 5.
    """
    for loc, point, dimension, quality in _asked(journey):
        if quality.expected is None and quality.perceived is None:
            continue
        missing = [side for side in ("believed", "standard") if getattr(quality, side) is None]
        if missing:
            en = " and ".join(_UNKNOWN[side][0] for side in missing)
            zh = "、".join(_UNKNOWN[side][1] for side in missing)
            yield Finding(
                loc,
                both(
                    f"`{point.id}` asked customers about {dimension}, but does not say {en}: "
                    "where the gap comes from stays unknown",
                    f"`{point.id}` 向客户问了{_ZH[dimension]}，但没有写{zh}：差距从何而来无从得知",
                ),
                both(
                    f"ask management and read the standard, then write {ids(missing)} on the same scale",
                    f"询问管理层、查阅标准，再以同一量表写上 {ids(missing, 'zh')}",
                ),
                point.id,
            )


@rule("QU106", severity="info", zh="满意度没有对应的要求", calm=uses.needs)
def satisfaction_without_need(journey: Journey) -> Iterator[Finding]:
    """Satisfaction is measured where nothing says what customers require.

    Why: Satisfaction is how far requirements are felt to be met. Without a need, an expectation, a
        promise or a standard beside it, a low figure tells nobody what to mend. In the default selection
        it speaks of journeys that state needs somewhere.
    Why(zh): 满意度说的是要求满足了多少。旁边没有需求、期望、承诺或标准，数字低了也没人知道该改什么。默
        认只检查在某处写了需求的旅程。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, needs: [{need: To be believed}]}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                metrics: [{metric: CSAT, class: perceptual}]
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, needs: [{need: To be believed}]}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                needs: [{need: The whole amount, kano: must-be, met: true}]
                metrics: [{metric: CSAT, class: perceptual}]
        ```

    Source: ISO 9000:2000, 3.1.4, as quoted in S002; domain sheet 4.4.
    """
    for loc, _, point in journey.places:
        measured = next(_satisfaction(point), None)
        if measured is None or _required(point):
            continue
        where, name = measured
        yield Finding(
            (*loc, *where),
            both(
                f"`{point.id}` measures satisfaction (“{name}”), "
                "but nothing says what customers require there",
                f"`{point.id}` 测量满意度（“{name}”），但没有写客户在此要求什么",
            ),
            both(
                "write what they need (`needs:`), expect (`quality:`) or were promised (`promises:`)",
                "写上客户的需求（`needs:`）、期望（`quality:`）或得到的承诺（`promises:`）",
            ),
            point.id,
        )


def _satisfaction(point: Touchpoint) -> Iterator[tuple[Loc, str]]:
    for at, metric in enumerate(point.metrics):
        names = [metric.metric.pick(language) for language in ("en", "zh")]
        if any(sign in name.lower() for name in names for sign in _SATISFACTION):
            yield ("metrics", at), names[0]
    for at, survey in enumerate(point.surveys):
        if survey.survey in ("csat", "servqual", "servperf"):
            yield ("surveys", at), survey.survey


def _required(point: Touchpoint) -> bool:
    asked = any(q.expected is not None or q.standard is not None for q in point.quality.values())
    timed = point.time is not None and (point.time.standard is not None or point.time.tolerance is not None)
    return bool(point.needs or point.promises or asked or timed)


@rule("QU107", zh="同一维度混用了量表")
def gap_between_scales(journey: Journey) -> Iterator[Finding]:
    """The sides of one dimension lie on different scales.

    Why: A gap is a difference, and a difference between points out of 7 and points out of 100 is a number
        that means nothing.
    Why(zh): 差距是两数之差。7 分制的分数减去 100 分制的分数，得到的数没有意义。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality: {reliability: {expected: 6.4, believed: 6.2, standard: 95, perceived: 5.9}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality: {reliability: {expected: 6.4, believed: 6.2, standard: 6.3, perceived: 5.9}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 5: all six sides on one common scale, by an explicit function where one is a
        measure.
    """
    for loc, point, dimension, quality in _asked(journey):
        told = {side: value for side in _SIDES if (value := getattr(quality, side)) is not None}
        small = [side for side, value in told.items() if value <= 10]
        large = [side for side, value in told.items() if value > 10]
        if not small or not large:
            continue
        odd = large[0] if len(large) <= len(small) else small[0]
        other = small[0] if odd in large else large[0]
        yield Finding(
            (*loc, odd),
            both(
                f"{dimension} at `{point.id}` mixes scales: {odd} is {number(told[odd])}, "
                f"{other} is {number(told[other])}",
                f"`{point.id}` 的{_ZH[dimension]}混用了量表：`{odd}` 是 {number(told[odd])}，"
                f"`{other}` 是 {number(told[other])}",
            ),
            both(
                "write every side on the scale that customers were asked on",
                "所有数字都用询问客户时的那个量表",
            ),
            point.id,
        )


@rule("QU108", severity="error", zh="维度权重之和不是 1")
def weights_not_whole(journey: Journey) -> Iterator[Finding]:
    """The weights of a touchpoint's quality dimensions do not sum to 1.

    Why: Weights are shares of what matters to customers. If they do not sum to 1, somebody forgot a
        dimension or counted one twice, and the weighted score is a figure of neither.
    Why(zh): 权重是各维度在客户心中所占的份额。加起来不是 1，就是漏了一个维度或重复算了一个，加权分也就
        什么都不是。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality:
                  reliability: {expected: 6.4, perceived: 5.9, weight: 60%}
                  empathy: {expected: 5.8, perceived: 4.9, weight: 60%}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                quality:
                  reliability: {expected: 6.4, perceived: 5.9, weight: 60%}
                  empathy: {expected: 5.8, perceived: 4.9, weight: 40%}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: Zeithaml, Parasuraman and Berry 1990: customers share out 100 points; domain sheet 4.3.
    """
    for loc, _, point in journey.places:
        weighed = {k: q.weight for k, q in point.quality.items() if q.weight is not None}
        total = sum(weighed.values())
        if weighed and abs(total - 1) > 1e-6:
            unweighed = [k for k in point.quality if k not in weighed]
            yield Finding(
                (*loc, "quality"),
                both(
                    f"the weights of quality at `{point.id}` sum to {number(total)}, not to 1"
                    + (f"; {', '.join(unweighed)} has none" if unweighed else ""),
                    f"`{point.id}` 的质量权重之和为 {number(total)}，不是 1"
                    + (f"；{'、'.join(_ZH[k] for k in unweighed)}没有权重" if unweighed else ""),
                ),
                both("share out 1 (or 100%) among the dimensions", "把 1（或 100%）分给各维度"),
                point.id,
            )
