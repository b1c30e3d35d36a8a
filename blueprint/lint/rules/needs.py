"""KN: what customers need, and whether they get it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from blueprint.figures import number, percent
from blueprint.lint import uses
from blueprint.lint.rule import Finding, rule
from blueprint.lint.wording import both, months_between
from blueprint.model.journey import Journey

if TYPE_CHECKING:
    from blueprint.analysis.kano import Category
    from blueprint.analysis.needs import NeedReading

_ZH: dict[Category, str] = {
    "M": "必备需求",
    "O": "期望需求",
    "A": "兴奋需求",
    "I": "无差异需求",
    "R": "反向需求",
    "Q": "存疑回答",
}


def _readings(journey: Journey) -> tuple[NeedReading, ...]:
    """Read the needs; what does so is loaded only for journeys that state some."""
    if not uses.needs(journey):
        return ()
    from blueprint.analysis.needs import read_needs

    return read_needs(journey)


def _words(journey: Journey, reading: NeedReading) -> tuple[str, str]:
    text = reading.need.need
    return text.pick("en", journey.language), text.pick("zh", journey.language)


@rule("KN101", severity="error", zh="必备需求没有满足，也没有对策")
def unmet_must_be(journey: Journey, *, even_planned: bool = False) -> Iterator[Finding]:
    """A must-be need is not met, and nothing is planned about it.

    Why: Nobody thanks you for a must-be need, and whoever does not get it complains or leaves. A pain or an
        opportunity at the touchpoint shows that somebody works on it; `even_planned` reports these too.
    Why(zh): 必备需求满足了没人道谢，没满足就会投诉或离开。触点上写有痛点或机会，说明有人在处理；
        `even_planned` 连这些也一并报告。

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
                needs: [{need: The whole amount, kano: must-be, met: false}]
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
                needs: [{need: The whole amount, kano: must-be, met: false}]
                opportunities: [{opportunity: Add the shipping to the refund, impact: 4, effort: 1}]
        ```

    Source: Kano et al. 1984; S003: a basic need that is not met is sure to bring complaints
        (一旦没满足，必定引发客户投诉); domain sheet 3.8.
    """
    for reading in _readings(journey):
        point = reading.touchpoint
        planned = bool(point.pains or point.opportunities)
        if reading.need.met is False and reading.surely("M") and (even_planned or not planned):
            en, zh = _words(journey, reading)
            yield Finding(
                (*reading.loc, "met"),
                both(
                    f"`{point.id}` does not meet a must-be need: {en}",
                    f"`{point.id}` 没有满足必备需求：{zh}",
                ),
                both(
                    "meet it before anything else; until then say what hurts (`pains:`) or what would mend "
                    "it (`opportunities:`)",
                    "先满足它；在此之前写明痛点（`pains:`）或改进机会（`opportunities:`）",
                ),
                point.id,
            )


@rule("KN102", severity="info", zh="峰值与结尾处没有兴奋需求")
def no_attractive_need(journey: Journey, *, least: int = 3) -> Iterator[Finding]:
    """Needs are known, but no attractive one where the journey is remembered.

    Why: Must-be needs prevent anger; only what nobody asked for delights. It is remembered at the peak and
        at the end, so at one of them at least an attractive need should be known. Speaks of journeys that
        put needs of `least` touchpoints into a category.
    Why(zh): 必备需求只能避免愤怒，没人开口要的东西才会带来惊喜。记住的是峰值和结尾，至少其中一处应当知
        道有什么兴奋需求。

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
                needs: [{need: To be believed, kano: must-be, met: true}]
              - {id: form, title: Sends, emotion: 0, needs: [{need: A short form, kano: performance}]}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                needs: [{need: The whole amount, kano: must-be, met: true}]
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
                needs: [{need: To be believed, kano: must-be, met: true}]
              - {id: form, title: Sends, emotion: 0, needs: [{need: A short form, kano: performance}]}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                needs:
                  - {need: The whole amount, kano: must-be, met: true}
                  - {need: A word of thanks by hand, kano: attractive, met: true}
        ```

    Source: domain sheet 3.8; Kano et al. 1984; S003, delight needs and service that exceeds (超越服务).
    """
    readings = _readings(journey)
    remembered = [
        (loc, point)
        for loc, _, point in journey.places
        if point.peak or "high-perception" in point.kinds or "end" in point.kinds
    ]
    studied = {reading.touchpoint.id for reading in readings if reading.categories}
    if not remembered or len(studied) < least:
        return
    names = {point.id for _, point in remembered}
    if any("A" in reading.categories and reading.touchpoint.id in names for reading in readings):
        return
    loc, point = remembered[-1]
    yield Finding(
        (*loc, "needs" if point.needs else "id"),
        both(
            f"no attractive need is known at any of {len(names)} touchpoints that are remembered",
            f"会被记住的 {len(names)} 个触点都没有写明兴奋需求",
        ),
        both(
            f"ask what would delight at `{point.id}`, and note it: `{{need: …, kano: attractive}}`",
            f"问问在 `{point.id}` 什么会让客户惊喜，并写明：`{{need: …, kano: attractive}}`",
        ),
        point.id,
    )


@rule("KN103", zh="客户不想要的却提供了")
def reverse_need_present(journey: Journey) -> Iterator[Finding]:
    """Customers would rather not have something that the service gives them.

    Why: A reverse need costs money twice: to provide it, and in the customers it drives away. Where only
        some reject it, they are a segment of their own.
    Why(zh): 反向需求要花两次钱：提供它一次，被它赶走的客户又一次。如果只有一部分人反感，他们就是单独的
        客群。

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
                needs: [{need: Music while waiting, kano: reverse, met: true}]
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
                needs: [{need: Music while waiting, kano: reverse, met: false}]
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: Berger et al. 1993, Center for Quality of Management Journal 2(4); domain sheet 3.8.
    """
    for reading in _readings(journey):
        if reading.need.met and reading.surely("R"):
            en, zh = _words(journey, reading)
            yield Finding(
                (*reading.loc, "met"),
                both(
                    f"`{reading.touchpoint.id}` gives what customers would rather not have: {en}",
                    f"`{reading.touchpoint.id}` 提供了客户不想要的：{zh}",
                ),
                both(
                    "leave it out, or let customers choose; if only some reject it, ask by segment",
                    "取消它，或让客户自己选；若只有部分客户反感，请分客群调查",
                ),
                reading.touchpoint.id,
            )


@rule("KN104", zh="问卷的问法不清楚")
def unclear_questionnaire(journey: Journey, *, most: float = 0.05) -> Iterator[Finding]:
    """Too many answers to a Kano question contradict themselves.

    Why: Who likes a thing to be there and likes it to be missing has misread the question. With more than
        `most` of such answers it is the wording, and the other answers cannot be trusted either.
    Why(zh): 说“有它我喜欢”又说“没它我也喜欢”的人，是把题目看错了。这样的回答超过 `most`，问题在措辞，其
        余回答也不可信。

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
                needs: [{need: To be believed, kano: {M: 50, O: 20, A: 5, I: 5, Q: 12}}]
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                needs: [{need: Thanks, kano: attractive}]
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
                needs: [{need: To be believed, kano: {M: 60, O: 20, A: 5, I: 5, Q: 2}}]
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                needs: [{need: Thanks, kano: attractive}]
        ```

    Source: domain sheet 3.8 (c_Q/N above .02 to .05); Berger et al. 1993.
    """
    for reading in _readings(journey):
        share = reading.asked.measures.questionable_share if reading.asked else None
        if reading.asked and share is not None and share > most:
            count, n = reading.asked.counts.Q, reading.asked.counts.n
            yield Finding(
                _asked_at(reading),
                both(
                    f"{count} of {n} answers ({percent(share)}) contradict themselves; "
                    f"at most {percent(most)} should",
                    f"{n} 份回答中有 {count} 份（{percent(share)}）自相矛盾，不应超过 {percent(most)}",
                ),
                both(
                    "reword the two questions, try them on five people, and ask again",
                    "修改这两个问题的措辞，先找五个人试答，再重新调查",
                ),
                reading.touchpoint.id,
            )


def _asked_at(reading: NeedReading) -> tuple[str | int, ...]:
    return (*reading.loc, "answers" if reading.need.answers is not None else "kano")


@rule("KN105", zh="需求调查已过期")
def stale_need(journey: Journey, *, months: int = 24) -> Iterator[Finding]:
    """Customers were asked about a need too long before the journey was reviewed.

    Why: What delights today is expected tomorrow: attractive needs become performance needs and then
        must-be. After about `months` months a category has to be asked for again. Held against
        `reviewed`, never against today's date.
    Why(zh): 今天的惊喜，明天就是理所当然：兴奋需求会变成期望需求，再变成必备需求。大约 `months` 个月后
        就该重新调查。与 `reviewed` 比较，从不与当天日期比较。

    Bad:
        ```yaml
        journey: refund
        reviewed: 2025-06-01
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                needs: [{need: Money the same day, kano: attractive, met: true, date: 2023-05-01}]
        ```

    Good:
        ```yaml
        journey: refund
        reviewed: 2025-06-01
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                needs: [{need: Money the same day, kano: attractive, met: true, date: 2025-02-01}]
        ```

    Source: domain sheet 3.8: a survey older than 24 months is stale (A becomes O becomes M).
    """
    if journey.reviewed is None:
        return
    for reading in _readings(journey):
        asked = reading.need.date
        if asked is not None and reading.categories and months_between(asked, journey.reviewed) > months:
            yield Finding(
                (*reading.loc, "date"),
                both(
                    f"customers were asked on {asked}, more than {months} months before the review of "
                    f"{journey.reviewed}",
                    f"调查日期 {asked}，比评审日期 {journey.reviewed} 早了 {months} 个月以上",
                ),
                both(
                    "ask again: what delighted then may be taken for granted now",
                    "重新调查：当时的惊喜现在可能已是理所当然",
                ),
                reading.touchpoint.id,
            )


@rule("KN106", severity="info", zh="需求调查的样本太小")
def few_kano_answers(journey: Journey, *, least: int = 30) -> Iterator[Finding]:
    """A Kano category rests on too few answers.

    Why: With fewer than `least` answers the next sample may well say something else. The figures are still
        shown, with intervals that say how little is known.
    Why(zh): 少于 `least` 份回答，下一次抽样很可能得出别的结论。数据照样显示，区间会说明我们知道得多么
        少。

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
                needs: [{need: Money the same day, kano: {M: 1, O: 2, A: 9}}]
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
                needs: [{need: Money the same day, kano: {M: 10, O: 20, A: 90}}]
        ```

    Source: domain sheet 3.6.
    """
    for reading in _readings(journey):
        asked = reading.asked
        if asked is None or asked.counts.n >= least:
            continue
        en, zh = f"{asked.counts.n} answers are few", f"只有 {asked.counts.n} 份回答"
        if asked.measures.better_interval is not None:
            low, high = map(number, asked.measures.better_interval)
            en += f"; better lies anywhere from {low} to {high}"
            zh += f"，Better 系数可能在 {low} 到 {high} 之间"
        yield Finding(
            _asked_at(reading),
            both(en, zh),
            both(f"ask at least {least} customers", f"至少调查 {least} 位客户"),
            reading.touchpoint.id,
        )


@rule("KN107", severity="info", zh="需求类别难以分辨")
def undecided_need(journey: Journey, *, alpha: float = 0.05, least: int = 30) -> Iterator[Finding]:
    """The two commonest categories of a need cannot be told apart.

    Why: The largest count decides, but the next may be nearly as large: then the category is a toss-up, or
        two segments want different things. Tested exactly at `alpha`, from `least` answers on.
    Why(zh): 计数最大的一类说了算，但第二名可能只差一点：这时类别等于抛硬币，或者两个客群想要不同的东
        西。从 `least` 份回答起，按 `alpha` 做精确检验。

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
                needs: [{need: Money the same day, kano: {M: 5, O: 32, A: 40, I: 3}}]
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
                needs: [{need: Money the same day, kano: {M: 5, O: 12, A: 60, I: 3}}]
        ```

    Source: domain sheet 3.5: the exact binomial test of the two largest counts; Fong's test errs too often.
    """
    for reading in _readings(journey):
        asked = reading.asked
        if asked is None or asked.clarity is None or asked.counts.n < least or asked.clarity.p < alpha:
            continue
        from blueprint.analysis.kano import sample_size
        from blueprint.analysis.needs import WORDS

        clear, counts = asked.clarity, asked.counts.counts
        a, b, n = counts[clear.first], counts[clear.second], asked.counts.n
        more_en, more_zh = "ask by segment", "请分客群调查"
        if a > b:
            enough = sample_size(a / n, b / n)
            more_en = f"about {enough:,} answers would decide between shares like these; or ask by segment"
            more_zh = f"按这样的比例，约需 {enough:,} 份回答才能分辨；或分客群调查"
        yield Finding(
            _asked_at(reading),
            both(
                f"{WORDS[clear.first]} ({a} of {n}) and {WORDS[clear.second]} ({b}) cannot be told apart "
                f"(p = {number(clear.p)})",
                f"{_ZH[clear.first]}（{n} 份中 {a} 份）与{_ZH[clear.second]}（{b} 份）"
                f"无法分辨（p = {number(clear.p)}）",
            ),
            both(more_en, more_zh),
            reading.touchpoint.id,
        )


@rule("KN108", zh="需求类别与回答不符")
def contradicted_need(journey: Journey) -> Iterator[Finding]:
    """A need is put into one category, but the answers written beside it say another.

    Why: Two truths about one need cannot both be acted on. The answers are what customers said, and the
        analysis goes by them.
    Why(zh): 同一个需求有两种说法，就没法照着做。回答是客户说的，分析以回答为准。

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
                needs:
                  - need: Money the same day
                    kano: must-be
                    answers:
                      - [0, 9, 40, 2, 5]
                      - [0, 2, 3, 0, 4]
                      - [0, 0, 3, 0, 2]
                      - [0, 0, 0, 0, 0]
                      - [0, 0, 0, 0, 0]
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
                needs:
                  - need: Money the same day
                    kano: attractive
                    answers:
                      - [0, 9, 40, 2, 5]
                      - [0, 2, 3, 0, 4]
                      - [0, 0, 3, 0, 2]
                      - [0, 0, 0, 0, 0]
                      - [0, 0, 0, 0, 0]
        ```

    Source: domain sheet 3.3 and 3.4.
    """
    for reading in _readings(journey):
        if reading.asked is None or reading.need.answers is None or reading.need.kano is None:
            continue
        from blueprint.analysis.needs import WORDS, counts_of

        found, written = reading.asked, counts_of(reading.need)
        if written is not None and written != found.counts:
            en = ", ".join(f"{letter}: {count}" for letter, count in found.counts.counts.items())
            yield Finding(
                (*reading.loc, "kano"),
                both(
                    "these counts are not those of the answers below",
                    "这些计数与下面的回答不一致",
                ),
                both(f"leave the counts out; the answers give {{{en}}}", f"删去计数；由回答算出 {{{en}}}"),
                reading.touchpoint.id,
            )
        elif reading.declared is not None and reading.declared not in found.by_cqm:
            others = found.by_cqm
            yield Finding(
                (*reading.loc, "kano"),
                both(
                    f"declared {WORDS[reading.declared]}, but by the answers it is "
                    f"{' or '.join(WORDS[c] for c in others)}",
                    f"声明为{_ZH[reading.declared]}，但回答显示是{'或'.join(_ZH[c] for c in others)}",
                ),
                both("go by the answers, or ask again", "以回答为准，或重新调查"),
                reading.touchpoint.id,
            )
