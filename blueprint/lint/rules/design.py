"""EX: how peaks, needs and moments of truth are designed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from blueprint.analysis.results import JourneyAnalysis
from blueprint.lint.rule import Finding, Note, rule
from blueprint.lint.wording import both
from blueprint.model.journey import Journey
from blueprint.model.need import Need
from blueprint.model.touchpoint import Principle

PRINCIPLES: tuple[Principle, ...] = get_args(Principle)
_PRINCIPLE_ZH = {
    "low-cost": "低成本",
    "high-perception": "高感知",
    "simple": "简流程",
    "scalable": "易推广",
}


@rule("EX108", zh="峰值设计违背原则")
def careless_peak_design(journey: Journey) -> Iterator[Finding]:
    """A peak is designed where it will not be remembered, or breaks one of the four principles.

    Why: A peak works at a moment that is felt strongly, or at the end. It lasts if it is low-cost,
        highly perceived, simple and scalable; otherwise it is cut in the first hard year.
    Why(zh): 峰值要放在感受强烈的时刻或结尾。低成本、高感知、简流程、易推广的峰值才能长久，否则头一个困
        难年份就会被砍掉。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, peak: elevation, principles: [simple]}
        ```

    Good:
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
                peak: elevation
                principles: [low-cost, high-perception, simple, scalable]
        ```

    Source: S003, designing peaks (低成本、高感知、简流程、易推广; 高峰或结束点).
    """
    for loc, _, touchpoint in journey.places:
        if not touchpoint.peak:
            continue
        name = touchpoint.id
        if not {"end", "high-perception"} & set(touchpoint.kinds):
            yield Finding(
                (*loc, "peak"),
                both(
                    f"a peak is designed at `{name}`, which is neither a high-perception nor an "
                    "end touchpoint",
                    f"`{name}` 设计了峰值，但它既不是高感知触点，也不是结束触点",
                ),
                both(
                    "move the peak to where customers feel most or to the end, or mark this touchpoint so",
                    "把峰值移到客户感受最强处或结尾，或给这个触点加上相应类型",
                ),
                name,
            )
        missing = [p for p in PRINCIPLES if p not in touchpoint.principles]
        if touchpoint.principles and missing:
            zh = "、".join(_PRINCIPLE_ZH[p] for p in missing)
            yield Finding(
                (*loc, "principles"),
                both(
                    f"the peak at `{name}` is not {' and not '.join(missing)}",
                    f"`{name}` 的峰值设计没有做到：{zh}",
                ),
                both(
                    "change the design until it keeps all four principles, or accept it here with a reason",
                    "调整设计，直到满足四项原则，或写明接受的理由",
                ),
                name,
            )


def _category(need: Need) -> str | None:
    if need.kano is None or isinstance(need.kano, str):
        return need.kano
    counts = need.kano
    by_rank = {
        "must-be": counts.M,
        "performance": counts.O,
        "attractive": counts.A,
        "indifferent": counts.I,
        "reverse": counts.R,
    }
    top = max(by_rank.values())
    return next(name for name, count in by_rank.items() if count == top) if top else None


@rule("EX112", zh="跳过了体验金字塔的层级")
def skipped_pyramid_level(journey: Journey) -> Iterator[Finding]:
    """A peak stands on a broken base: something delights while something basic is missing.

    Why: Levels build on each other: it works, it is easy, it is memorable. A surprise next to an unmet
        must-be need is remembered as a joke.
    Why(zh): 层级是一级一级搭起来的：先好用，再省心，然后才难忘。必备需求没有满足时给的惊喜，会被当成笑
        话记住。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid, with a handwritten card
                kinds: [end]
                emotion: 1
                peak: connection
                needs: [{need: The full amount, kano: must-be, met: false}]
                opportunities: [{opportunity: Refund the shipping too}]
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid, with a handwritten card
                kinds: [end]
                emotion: 1
                peak: connection
                needs: [{need: The full amount, kano: must-be, met: true}]
        ```

    Source: domain sheet 13; S003, the experience pyramid (体验金字塔).
    """
    for loc, _, touchpoint in journey.places:
        categories = [_category(need) for need in touchpoint.needs]
        delights = [
            at for at, need in enumerate(touchpoint.needs) if categories[at] == "attractive" and need.met
        ]
        if not touchpoint.peak and not delights:
            continue
        above = (*loc, "peak") if touchpoint.peak else (*loc, "needs", delights[0])
        for at, need in enumerate(touchpoint.needs):
            if categories[at] == "must-be" and need.met is False:
                words_en, words_zh = need.need.pick("en"), need.need.pick("zh", "en")
                yield Finding(
                    (*loc, "needs", at),
                    both(
                        f"`{touchpoint.id}` wants to delight, but a must-be need is not met: “{words_en}”",
                        f"`{touchpoint.id}` 想制造惊喜，但一项基本需求没有满足：“{words_zh}”",
                    ),
                    both("meet it first; the delight can wait", "先满足它，惊喜可以等"),
                    touchpoint.id,
                    (Note(above, both("the delight built on it", "建立在它之上的惊喜")),),
                )


@rule("EX113", severity="info", zh="关键时刻的顺序不对")
def disordered_moments(analysis: JourneyAnalysis) -> Iterator[Finding]:
    """Moments of truth come in the wrong order on the most probable way through.

    Why: The labels tell the story of a purchase: trigger, research, first encounter, waiting, use,
        telling others. If they run backwards, a label or the order of the journey is wrong.
        Labels of your own are left alone.
    Why(zh): 这些标签讲的是一次购买的故事：触发、研究、初见、等待、使用、分享。顺序倒了，不是标签错了，
        就是旅程的顺序错了。自定义的标签不受影响。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, moment: TMOT}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, moment: FMOT}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, moment: FMOT}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, moment: TMOT}
        ```

    Source: domain sheet 2 (W-MOT-ORDER): <ZMOT, ZMOT, FMOT, IMOT (AMOT), SMOT, TMOT; S003.
    """
    from blueprint.analysis.moments import MOMENTS, disordered

    places = {place.touchpoint.id: place for place in reversed(analysis.journey.places)}
    path = [name for name in analysis.main_path if name in places]
    for it in disordered((name, places[name].touchpoint.moment) for name in path):
        yield Finding(
            (*places[it.touchpoint].loc, "moment"),
            both(
                f"`{it.touchpoint}` is {it.moment}, but `{it.after}` before it is already "
                f"{it.after_moment}",
                f"`{it.touchpoint}` 是 {it.moment}，而它之前的 `{it.after}` 已经是 {it.after_moment}",
            ),
            both(
                f"the order is {' → '.join(MOMENTS)}: change the label, or begin a new journey here",
                f"顺序是 {' → '.join(MOMENTS)}：请更改标签，或从这里另起一段旅程",
            ),
            it.touchpoint,
            (Note((*places[it.after].loc, "moment"), both("the later moment", "更晚的时刻在这里")),),
        )
