"""RA: personal requests, asked to the end (5W2H)."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.lint.rule import Finding, rule
from blueprint.lint.wording import both
from blueprint.model.journey import Journey

_ASK = {
    "what": ("what exactly is wanted?", "具体想要什么？"),
    "why": ("what is it for?", "是为了什么？"),
    "when": ("from when until when?", "从什么时候到什么时候？"),
    "where": ("where?", "在哪里？"),
    "who": ("for whom, and who comes?", "为谁，有哪些人？"),
    "how": ("in what way?", "怎么做？"),
    "how_much": ("for how many, and for how much money?", "多少人，多少预算？"),
}


@rule("RA111", zh="个性化需求没有问全")
def incomplete_request(journey: Journey) -> Iterator[Finding]:
    """A wish beyond the standard leaves some of the seven questions open.

    Why: What was not asked is guessed, and the guess is found out on the day itself. When and how much need
        a number. The advice is what to ask next.
    Why(zh): 没问的就只能猜，猜错了到当天才发现。时间和数量要有数字。建议中会写出接下来该问什么。

    Bad:
        ```yaml
        journey: feast
        stages:
          - stage: ask
            touchpoints:
              - id: wish
                title: Tells the wish
                kinds: [first, end]
                emotion: 1
                request: {what: A birthday dinner, who: Three generations, when: On Saturday evening}
        ```

    Good:
        ```yaml
        journey: feast
        stages:
          - stage: ask
            touchpoints:
              - id: wish
                title: Tells the wish
                kinds: [first, end]
                emotion: 1
                request:
                  what: A dinner
                  why: The 70th birthday
                  when: Saturday 18:00 to 22:00
                  where: In the garden
                  who: Three generations
                  how: A car fetches the grandparents
                  how_much: 15 people, 300k CNY
        ```

    Source: domain sheet 12, W5; 5W2H (S000), 5W1H (S004).
    """
    for loc, _, point in journey.places:
        if point.request is None:
            continue
        from blueprint.analysis.requests import completeness

        found = completeness(point.request)
        asks = (*found.missing, *found.vague)
        if not asks:
            continue
        open_ = [f"`{it}`" for it in found.missing]
        vague_en = f"; no number in {', '.join(f'`{it}`' for it in found.vague)}" if found.vague else ""
        vague_zh = f"；{'、'.join(f'`{it}`' for it in found.vague)} 没有数字" if found.vague else ""
        yield Finding(
            (*loc, "request"),
            both(
                f"the wish at `{point.id}` answers {7 - len(found.missing)} of 7 questions"
                + (f", not {', '.join(open_)}" if open_ else "")
                + vague_en,
                f"`{point.id}` 的需求回答了 7 个问题中的 {7 - len(found.missing)} 个"
                + (f"，缺 {'、'.join(open_)}" if open_ else "")
                + vague_zh,
            ),
            both(
                "ask: " + " ".join(_ask(it, 0) for it in asks),
                "接着问：" + "".join(_ask(it, 1) for it in asks),
            ),
            point.id,
        )


def _ask(question: str, language: int) -> str:
    words = _ASK[question][language]
    return words[0].upper() + words[1:]
