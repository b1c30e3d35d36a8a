"""CV: lists of the trade, and what of them is covered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from blueprint.lint.rule import Finding, Judged, rule
from blueprint.lint.wording import both, ids
from blueprint.model.journey import Journey
from blueprint.model.values import Loc, Text


def _covers(journey: Journey) -> Iterator[tuple[Loc, Mapping[str, Sequence[str]]]]:
    yield ("covers",), journey.covers
    for at, stage in enumerate(journey.stages):
        yield ("stages", at, "covers"), stage.covers
    for loc, _, point in journey.places:
        yield (*loc, "covers"), point.covers


@rule("CV101", severity="info", zh="清单尚未全部覆盖", default=False)
def gap_in_list(judged: Judged) -> Iterator[Finding]:
    """A list that the journey goes by is not covered as a whole.

    Why: Whoever names a list wants to keep it. What nobody covers is easiest to mend while it is a gap on a
        list and not yet one in somebody's day. Speaks of lists that some `covers:` names; of a list for any
        touchpoint it asks only that each item is covered somewhere.
    Why(zh): 写下一份清单，就是想把它做全。没有人覆盖的条目，在清单上还只是空格时最容易补；等它落到客户
        身上就晚了。只检查被某个 `covers:` 提到的清单；若清单不限触点，只要求每一条在某处有人覆盖。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, covers: {trust3: [listen]}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, covers: {trust3: [listen, transparent]}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, covers: {trust3: keep-word}}
        ```

    Source: domain sheet 0, the engine of coverage: which items are taken care of nowhere.
    """
    journey = judged.journey
    named: dict[str, Loc] = {}
    for loc, covers in _covers(journey):
        for list_id in covers:
            named.setdefault(list_id, (*loc, list_id))
    if not named:
        return
    from blueprint.analysis.coverage import list_coverage

    for list_id, loc in named.items():
        entry = judged.standards.coverage.get(list_id)
        found = None if entry is None else list_coverage(list_id, entry, journey, personas=judged.personas)
        if entry is None or found is None:
            continue
        title = entry.title or Text(list_id)
        titles = {item.id: item.title for item in entry.items}
        lacking: tuple[str, ...]
        places: tuple[str, ...]
        if entry.of == "journey":
            lacking, places = found.nowhere if found.short else (), ()
        else:
            anywhere = entry.of == "touchpoint" and not entry.kinds
            lacking = found.nowhere if entry.least is None else ()
            places = () if anywhere else tuple(found.short)
        if not lacking and not places:
            continue
        said = [
            both(
                f"nothing covers {', '.join(titles[item].pick('en') for item in lacking)}",
                f"没有覆盖{'、'.join(titles[item].pick('zh') for item in lacking)}",
            )
        ] * bool(lacking)
        said += [both(f"too little at {ids(places)}", f"{ids(places, 'zh')} 做得不够")] * bool(places)
        message = both(
            f"“{title.pick('en')}”: {'; '.join(it.en for it in said)}",
            f"“{title.pick('zh')}”：{'；'.join(it.zh for it in said)}",
        )
        yield Finding(
            loc,
            message,
            both(
                "take care of it where it belongs and say so under `covers:`, or take the list out",
                "在合适的地方做到并写入 `covers:`，或去掉这份清单",
            ),
            journey.id,
        )


@rule("CV102", severity="info", zh="声称覆盖，文件中却没有依据", default=False)
def bare_claim(judged: Judged) -> Iterator[Finding]:
    """Something is said to be covered that no field of the file shows.

    Why: `covers:` is quickly written. Where it is true, something else is true as well: who foresees pains
        has written what is done before one, who keeps promises has counted them. A claim without any such
        sign convinces nobody, the team included. Speaks only of items that some field can show.
    Why(zh): `covers:` 写起来很容易。如果是真的，别处也会有痕迹：预见痛点的人会写下事前的措施，守承诺的
        人会统计兑现了多少。没有任何痕迹的声称说服不了谁，包括团队自己。只检查能由某个字段证明的条目。

    Bad:
        ```yaml
        journey: refund
        covers: {journey-strategies: [foresee]}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                pains: [{pain: Nobody answers}]
        ```

    Good:
        ```yaml
        journey: refund
        covers: {journey-strategies: [foresee]}
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first, end]
                emotion: 1
                pains: [{pain: Nobody answers, before: A second person is on call}]
        ```

    Source: domain sheet 17 (A08, B17, F16 …); breadth by assertion is no coverage.
    """
    journey = judged.journey
    claims = [(loc, covers) for loc, covers in _covers(journey) if covers]
    if not claims:
        return
    from blueprint.analysis.coverage import list_coverage
    from blueprint.analysis.coverage_grounds import grounds

    for list_id, entry in judged.standards.coverage.items():
        places = [(*loc, list_id) for loc, covers in claims if list_id in covers]
        found = list_coverage(list_id, entry, journey, personas=judged.personas) if places else None
        held = grounds(list_id, found.items, found.covered, journey) if found else None
        if held is None or not held.only_said:
            continue
        title = entry.title or Text(list_id)
        titles = {item.id: item.title for item in entry.items}
        yield Finding(
            places[0],
            both(
                f"“{title.pick('en')}”: nothing in the file shows "
                f"{', '.join(titles[item].pick('en') for item in held.only_said)}",
                f"“{title.pick('zh')}”：文件中没有内容体现"
                f"{'、'.join(titles[item].pick('zh') for item in held.only_said)}",
            ),
            both(
                "write what is done where it is done, or take the item out of `covers:`",
                "在做到的触点写明做法，或从 `covers:` 中去掉该项",
            ),
            journey.id,
        )
