"""KN: needs asked by segment of customers."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.lint.rule import Finding, rule
from blueprint.lint.wording import both
from blueprint.model.journey import Journey
from blueprint.model.need import KanoCounts, Need
from blueprint.model.values import Loc

ALIKE = 0.05
"""Segments differ where they would answer so differently less often by chance."""


def _segmented(journey: Journey) -> bool:
    return next(_asked(journey), None) is not None


def _asked(journey: Journey) -> Iterator[tuple[Loc, str, Need]]:
    for loc, _, point in journey.places:
        for at, need in enumerate(point.needs):
            if need.segments:
                yield (*loc, "needs", at), point.id, need


@rule("KN109", severity="info", zh="不同客群对需求的看法不同", calm=_segmented)
def mixed_segments(journey: Journey) -> Iterator[Finding]:
    """Segments of customers put a need into different categories.

    Why: What one segment takes for granted delights another. The category of all customers together is
        that of nobody, and what is built for it pleases nobody.
    Why(zh): 一个客群视为理所当然的，另一个客群会感到惊喜。合并后的类别不代表任何人，
        照此设计也讨好不了任何人。

    Bad:
        ```yaml
        journey: parcel
        stages:
          - stage: way
            touchpoints:
              - id: track
                title: Looks where it is
                kinds: [first, end]
                emotion: 1
                needs:
                  - {need: To the minute, met: true, segments: {shop: {M: 70, A: 10}, home: {M: 10, A: 30}}}
        ```

    Good:
        ```yaml
        journey: parcel
        stages:
          - stage: way
            touchpoints:
              - id: track
                title: Looks where it is
                kinds: [first, end]
                emotion: 1
                needs:
                  - {need: To the minute, met: true, segments: {shop: {M: 70, A: 10}, home: {M: 33, A: 7}}}
        ```

    Source: domain sheet 3.8: mixing segments (test homogeneity by χ²); S003, KANO.
    """
    if not _segmented(journey):
        return
    from blueprint.analysis.kano import decide
    from blueprint.analysis.needs import WORDS, by_segment, segments_differ

    for loc, element, need in _asked(journey):
        test = segments_differ(need)
        if test is None or test.p >= ALIKE:
            continue
        found = {name: decide(tally, "cqm") for name, tally in by_segment(need).items()}
        if len(set(found.values())) < 2:
            continue
        told = [(name, " / ".join(WORDS[category] for category in kinds)) for name, kinds in found.items()]
        en = ", ".join(f"{kind} for `{name}`" for name, kind in told)
        zh = "，".join(f"`{name}` 为 {kind}" for name, kind in told)
        p = "p < 0.001" if test.p < 0.001 else f"p = {test.p:.3f}"
        yield Finding(
            (*loc, "segments"),
            both(f"“{need.need.pick('en')}” is {en} ({p})", f"“{need.need.pick('zh')}”：{zh}（{p}）"),
            both(
                "decide for each segment, or for the one that the journey is made for",
                "按客群分别决定，或以旅程所服务的客群为准",
            ),
            element,
        )


@rule("KN110", zh="各客群的计数与总数不符", calm=_segmented)
def segments_that_do_not_add_up(journey: Journey) -> Iterator[Finding]:
    """The counts of a need by segment are not its counts.

    Why: Somebody was left out, or counted twice, and nobody can say which of the two figures is right.
    Why(zh): 有人被漏掉，或被重复计算，没有人说得清哪个数字是对的。

    Bad:
        ```yaml
        journey: parcel
        stages:
          - stage: way
            touchpoints:
              - id: track
                title: Looks where it is
                kinds: [first, end]
                emotion: 1
                needs:
                  - {need: A map, met: true, kano: {M: 9, A: 40}, segments: {a: {A: 20}, b: {A: 15, M: 9}}}
        ```

    Good:
        ```yaml
        journey: parcel
        stages:
          - stage: way
            touchpoints:
              - id: track
                title: Looks where it is
                kinds: [first, end]
                emotion: 1
                needs:
                  - {need: A map, met: true, kano: {M: 9, A: 40}, segments: {a: {A: 20}, b: {A: 20, M: 9}}}
        ```

    Source: domain sheet 3.8.
    """
    for loc, element, need in _asked(journey):
        if not isinstance(need.kano, KanoCounts):
            continue
        for letter in KanoCounts.model_fields:
            whole = getattr(need.kano, letter)
            parts = sum(getattr(counts, letter) for counts in need.segments.values())
            if whole != parts:
                yield Finding(
                    (*loc, "segments"),
                    both(
                        f"the segments of “{need.need.pick('en')}” hold {parts} {letter}, together there "
                        f"are {whole}",
                        f"“{need.need.pick('zh')}”各客群的 {letter} 合计 {parts}，而总数为 {whole}",
                    ),
                    both(
                        "leave `kano:` out, and the segments are added up; or add the one that is missing",
                        "去掉 `kano:`，由各客群相加；或补上缺少的客群",
                    ),
                    element,
                )
                break
