"""EX: what the customer will feel and remember."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.results import JourneyAnalysis
from blueprint.figures import number, percent
from blueprint.lint import uses
from blueprint.lint.rule import Finding, Note, rule
from blueprint.lint.wording import both, ids
from blueprint.model.journey import Journey, Place
from blueprint.model.values import Loc

PEAK = 0.4
"""How far from neutral to the top of the scale a touchpoint has to feel to be a peak."""


def _scored(analysis: JourneyAnalysis) -> Iterator[tuple[Place, float]]:
    journey = analysis.journey
    for place in journey.places:
        name = place.touchpoint.id
        if name in analysis.emotions and journey.touchpoints[name] is place.touchpoint:
            yield place, analysis.emotions[name]


def _at(journey: Journey, name: str) -> Loc:
    return next(place.loc for place in journey.places if place.touchpoint.id == name)


@rule("EX101", zh="结尾的感受偏低")
def low_ending(analysis: JourneyAnalysis, *, floor: float = 0.0) -> Iterator[Finding]:
    """A successful journey ends on a touchpoint that feels worse than neutral or than the journey's mean.

    Why: The end is half of what is remembered, and the cheapest half to mend. `floor` asks for more:
        how far above neutral an ending has to feel.
    Why(zh): 记忆的一半是结尾，而结尾又是最省钱就能改好的一半。`floor` 可以要求更高：结尾的感受至少要比
        中性高出多少。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: yes, title: Is told yes at once, emotion: 2}
              - {id: paid, title: Waits for the money, kinds: [end], emotion: -1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: yes, title: Is told yes at once, emotion: 1}
              - {id: paid, title: Is paid and thanked, kinds: [end], emotion: 2}
        ```

    Source: Redelmeier and Kahneman 1996, Pain 66:3-8; Kahneman et al. 1993; S003 (峰终定律).
    """
    journey, remembered = analysis.journey, analysis.peak_end
    if remembered is None:
        return
    neutral, mean = journey.neutral_emotion, remembered.mean_visit_weighted
    for place, emotion in _scored(analysis):
        name = place.touchpoint.id
        if "end" not in analysis.kinds[name].computed:
            continue
        if emotion < neutral + floor - 1e-9:
            wanted = neutral + floor
            word_en, word_zh = ("neutral", "中性") if floor == 0 else ("the floor", "下限")
        elif emotion < mean - 1e-9:
            wanted, word_en, word_zh = mean, "the journey's mean", "全程均值"
        else:
            continue
        yield Finding(
            (*place.loc, "emotion", "mean"),
            both(
                f"the journey ends at `{name}` with {number(emotion)}, below {word_en} ({number(wanted)})",
                f"旅程在 `{name}` 结束，情绪值 {number(emotion)}，低于{word_zh}（{number(wanted)}）",
            ),
            both(
                "design the last moment: a thank-you, a confirmation, a small surprise",
                "设计好最后一刻：一句感谢、一次确认、一个小惊喜",
            ),
            name,
            excess=neutral + floor - emotion,  # Not by the mean, which moves with other touchpoints.
        )


@rule("EX102", zh="旅程没有峰值")
def no_peak(analysis: JourneyAnalysis, *, height: float = PEAK) -> Iterator[Finding]:
    """No touchpoint feels good enough to be remembered as a peak.

    Why: A journey without a peak is forgotten, or remembered for its worst moment. A peak is a
        touchpoint that reaches `height` of the way from neutral to the top of the scale.
    Why(zh): 没有峰值的旅程会被忘掉，或者只因最糟的一刻被记住。从中性到量表顶端走完 `height` 这一段，才
        算峰值。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 0.5}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid within the hour, kinds: [end], emotion: 1.5}
        ```

    Source: domain sheet 1.7; Heath and Heath, The Power of Moments; S003 (峰终定律).
    """
    journey = analysis.journey
    neutral, top = journey.neutral_emotion, journey.emotion_scale[1]
    wanted = neutral + height * (top - neutral)
    if not analysis.emotions or max(analysis.emotions.values()) >= wanted - 1e-9:
        return
    best = max(analysis.emotions, key=lambda name: analysis.emotions[name])
    yield Finding(
        (*_at(journey, best), "emotion", "mean"),
        both(
            f"nothing stands out: the best touchpoint, `{best}`, feels "
            f"{number(analysis.emotions[best])}; "
            f"a peak begins at {number(wanted)}",
            f"没有亮点：最好的触点 `{best}` 情绪值是 {number(analysis.emotions[best])}，"
            f"峰值至少要 {number(wanted)}",
        ),
        both(
            "choose one touchpoint and make it memorable; one peak is worth more than many small repairs",
            "选一个触点做成难忘时刻；一个峰值胜过许多小修补",
        ),
        best,
    )


@rule("EX103", zh="客户很可能记住一个负面的峰值")
def negative_peak(analysis: JourneyAnalysis, *, most: float = 0.15) -> Iterator[Finding]:
    """Too many journeys have a bad moment as their most intense one.

    Why: The most intense moment is half of what is remembered. If it is a bad one for more than `most`
        of the customers, that is what they will tell others.
    Why(zh): 最强烈的一刻占了记忆的一半。如果超过 `most` 的客户遇到的是坏的一刻，他们讲给别人听的也就是
        它。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {doubt: 0.4, paid: 0.6}}
              - {id: doubt, title: Is not believed, emotion: -2}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {doubt: 0.1, paid: 0.9}}
              - {id: doubt, title: Is not believed, emotion: -2}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 1.7; Kahneman et al. 1993; S003 (峰终定律).
    """
    journey, remembered = analysis.journey, analysis.peak_end
    if remembered is None:
        return
    chances = remembered.intensity.peak_probability
    neutral, felt = journey.neutral_emotion, analysis.emotions
    bad = {name: p for name, p in chances.items() if p > 0 and felt.get(name, neutral) < neutral}
    total = sum(bad.values())
    if total <= most + 1e-9:
        return
    worst = sorted(bad, key=lambda name: -bad[name])
    share = percent(total)
    part = f" ({percent(bad[worst[0]])})" if len(worst) > 1 else ""
    yield Finding(
        (*_at(journey, worst[0]), "emotion", "mean"),
        both(
            f"for {share} of journeys the most intense moment is a bad one, "
            f"{'mostly ' if part else ''}`{worst[0]}`{part}; more than {percent(most)} is too many",
            f"{share} 的旅程里最强烈的时刻是负面的，{'主要是' if part else '即'} `{worst[0]}`"
            f"{part.replace(' (', '（').replace(')', '）')}，超过了 {percent(most)}",
        ),
        both(
            f"soften `{worst[0]}`, make it rarer, or follow it with something stronger and good",
            f"减轻 `{worst[0]}`、减少它的发生，或在其后安排更强烈的正面时刻",
        ),
        worst[0],
        tuple(
            Note(
                (*_at(journey, name), "emotion", "mean"),
                both(f"{percent(bad[name])} here", f"这里占 {percent(bad[name])}"),
            )
            for name in worst[1:4]
            if bad[name] > 0.005
        ),
    )


@rule("EX104", zh="低谷过长")
def long_valley(analysis: JourneyAnalysis, *, most: int = 3) -> Iterator[Finding]:
    """More than `most` touchpoints in a row feel worse than neutral.

    Why: One bad moment is forgiven, a long row of them wears people out: this is where they leave, and
        every further touchpoint costs more to win back.
    Why(zh): 一次不顺可以原谅，接连不顺会把人耗尽：客户正是在这里离开，之后每多一个触点，都要花更大力气
        挽回。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: -0.5}
              - {id: form, title: Fills in a form, emotion: -0.5}
              - {id: again, title: Fills it in again, emotion: -0.5}
              - {id: wait, title: Waits, emotion: -0.5}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: -0.5}
              - {id: form, title: Fills in a form, emotion: -0.5}
              - {id: news, title: Hears that all is well, emotion: 0.5}
              - {id: wait, title: Waits, emotion: -0.5}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S003 and S004, pits and blockages of a journey (堵点、痛点).
    """
    journey = analysis.journey
    for valley in analysis.valleys:
        if len(valley.touchpoints) <= most:
            continue
        first = valley.touchpoints[0]
        yield Finding(
            (*_at(journey, first), "id"),
            both(
                f"{len(valley.touchpoints)} touchpoints in a row feel worse than neutral, "
                f"down to {number(valley.depth)}: {ids(valley.touchpoints)}",
                f"连续 {len(valley.touchpoints)} 个触点低于中性，最低 {number(valley.depth)}："
                f"{ids(valley.touchpoints, 'zh')}",
            ),
            both(
                "break it up: some progress the customer can see, or a human word, about half-way",
                "在中间打断它：让客户看到进展，或有人主动说一声",
            ),
            first,
            excess=float(len(valley.touchpoints) - most),
        )


@rule("EX105", severity="info", zh="情绪曲线过平")
def flat_curve(analysis: JourneyAnalysis, *, least: float = 0.2, touchpoints: int = 5) -> Iterator[Finding]:
    """All touchpoints feel nearly the same.

    Why: Either the scores were filled in without asking anybody, or the journey leaves no trace. Speaks
        of journeys with so many scored `touchpoints` that use less than `least` of the scale.
    Why(zh): 要么情绪分是没问过客户就填的，要么这段旅程没有给人留下任何痕迹。只检查至少有 `touchpoints`
        个评分、且用到的量表范围不足 `least` 的旅程。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 1}
              - {id: form, title: Fills in a form, emotion: 1}
              - {id: sent, title: Sends it, emotion: 1}
              - {id: news, title: Hears that all is well, emotion: 1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: form, title: Fills in a form, emotion: -0.5}
              - {id: sent, title: Sends it, emotion: 0.5}
              - {id: news, title: Hears that all is well, emotion: 1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 2}
        ```

    Source: design decision of this project, after S003 (峰终定律).
    """
    journey, felt = analysis.journey, analysis.emotions
    low, high = journey.emotion_scale
    if len(felt) < touchpoints:
        return
    span = max(felt.values()) - min(felt.values())
    if span < least * (high - low) - 1e-9:
        yield Finding(
            ("journey",),
            both(
                f"all {len(felt)} scored touchpoints lie between {number(min(felt.values()))} and "
                f"{number(max(felt.values()))}: the curve is flat",
                f"{len(felt)} 个已打分触点都在 {number(min(felt.values()))} 和 "
                f"{number(max(felt.values()))} 之间：曲线几乎是平的",
            ),
            both(
                "check the scores with customers; if they hold, design a peak",
                "请客户核对这些分数；若属实，就设计一个峰值",
            ),
            journey.id,
        )


@rule("EX106", severity="info", zh="触点没有情绪分", calm=uses.scores)
def unscored_touchpoint(journey: Journey) -> Iterator[Finding]:
    """A touchpoint has no emotion although others have.

    Why: It is counted as neutral and leaves a gap in the curve. A rough guess that is marked as assumed
        is better than a guess of 0 that nobody made.
    Why(zh): 没有分数的触点按中性计算，曲线上会留下缺口。写一个标为假设的粗略估计，胜过没有人认过的 0
        分。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: domain sheet 19: missing is not 0.
    """
    low, high = journey.emotion_scale
    for loc, _, touchpoint in journey.places:
        if not touchpoint.scores:
            yield Finding(
                (*loc, "id"),
                both(
                    f"`{touchpoint.id}` has no emotion: it counts as neutral and leaves a gap in the curve",
                    f"`{touchpoint.id}` 没有情绪分：按中性计算，曲线在此断开",
                ),
                both(
                    f"add `emotion:`, a number from {number(low)} to {number(high)}",
                    f"加上 `emotion:`，取 {number(low)} 到 {number(high)} 之间的数",
                ),
                touchpoint.id,
            )


@rule("EX107", severity="info", zh="峰值没有数据支撑", calm=uses.measured_scores)
def assumed_peak(analysis: JourneyAnalysis) -> Iterator[Finding]:
    """The moment that customers remember most rests on an assumption, while other scores were measured.

    Why: The peak carries half of the result. If one touchpoint is worth asking customers about, it is
        this one.
    Why(zh): 峰值承载了一半的结果。如果只问客户一个触点，就该问这一个。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: {mean: 0.2, n: 80}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: {mean: 0.2, n: 80}}
              - {id: paid, title: Is paid, kinds: [end], emotion: {mean: 1.1, n: 75}}
        ```

    Source: design decision of this project: a guess is never passed off as a fact.
    """
    remembered = analysis.peak_end
    if remembered is None:
        return
    chances = remembered.intensity.peak_probability
    name = max(chances, key=lambda n: chances[n])
    if name not in remembered.assumed or name not in analysis.emotions:
        return
    yield Finding(
        (*_at(analysis.journey, name), "emotion", "mean"),
        both(
            f"`{name}` is the peak of {percent(chances[name])} of journeys, but its emotion is assumed",
            f"`{name}` 是 {percent(chances[name])} 的旅程的峰值，但它的情绪分只是假设",
        ),
        both(
            "ask customers there first, then write `emotion: {mean: …, n: …, source: …}`",
            "先在这里询问客户，再写成 `emotion: {mean: …, n: …, source: …}`",
        ),
        name,
    )
