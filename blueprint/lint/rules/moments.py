"""EX: the moments that decide a journey, and what is there to hold them."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.results import JourneyAnalysis
from blueprint.figures import number
from blueprint.lint.rule import Finding, rule
from blueprint.lint.wording import both


@rule("EX114", severity="info", default=False, zh="关键时刻没有话术或负责人")
def unheld_moment(analysis: JourneyAnalysis, *, top: int = 3) -> Iterator[Finding]:
    """One of the moments that decide the journey has no script or no owner.

    Why: A moment is critical when many get there, when it is felt strongly, and when they leave right after
        it. What is said there should not depend on who is on duty, and somebody should answer for it.
    Why(zh): 到的人多、感受强烈、随后又容易流失的时刻，就是关键时刻。在那里说什么不能取决于谁当班，也应
        当有人负责。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: told, title: Hears the answer, emotion: 1, next: {paid: 0.7, dropped: 0.3}}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                owner: Claims
                script: {lines: [{agent: It is on your account.}]}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: told
                title: Hears the answer
                emotion: 1
                owner: Claims
                script: {lines: [{agent: "I looked at it myself, and this is what I can do."}]}
                next: {paid: 0.7, dropped: 0.3}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                owner: Claims
                script: {lines: [{agent: It is on your account.}]}
        ```

    Source: domain sheet 2, criticality of moments of truth, a measure of this project; S003 (关键时刻).
    """
    from blueprint.analysis.moments import criticality

    places = {place.touchpoint.id: place for place in reversed(analysis.journey.places)}
    words = {"script": "话术", "owner": "负责人"}
    for rank, it in enumerate(criticality(analysis)[:top], 1):
        if it.missing and it.score > 0:
            yield Finding(
                (*places[it.touchpoint].loc, "id"),
                both(
                    f"`{it.touchpoint}` is moment {rank} of those that decide the journey (criticality "
                    f"{number(it.score)}) and has no {' and no '.join(it.missing)}",
                    f"`{it.touchpoint}` 是决定旅程的第 {rank} 个关键时刻（关键度 {number(it.score)}），"
                    f"却没有{'和'.join(words[part] for part in it.missing)}",
                ),
                both(
                    "write what is said there (`script:`) and who answers for it (`owner:`)",
                    "写明说什么（`script:`）、由谁负责（`owner:`）",
                ),
                it.touchpoint,
            )
