"""ST: the shape of a journey - how it begins, where it goes, how it ends."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.lint.reach import reachable, reversed_graph, successes, ways
from blueprint.lint.rule import Add, Drop, Finding, Note, Repair, rule
from blueprint.lint.wording import both, ids
from blueprint.model.journey import Journey, Place


def _marked_as_end(place: Place, *, safe: bool) -> Repair:
    """Add `end` to the kinds of a touchpoint."""
    kinds = place.touchpoint.kinds
    add = Add((*place.loc, "kinds"), "end") if kinds else Add(place.loc, "[end]", "kinds", "title")
    name = place.touchpoint.id
    return Repair(both(f"mark `{name}` as `end`", f"把 `{name}` 标为结束触点"), (add,), safe)


@rule("ST101", severity="error", zh="旅程没有首触点", whole=True)
def no_first_touchpoint(journey: Journey) -> Iterator[Finding]:
    """No touchpoint is marked `first`, so the journey has no beginning.

    Why: Every figure starts where the customer starts. Without a first touchpoint nothing can be
        computed, and nobody designs the greeting, the first promise and the first impression.
    Why(zh): 所有数据都从客户出发的地方算起。没有首触点就无法计算，也没有人去设计迎接、第一个承诺和第一
        印象。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, emotion: 0}
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

    Source: S003, the five kinds of touchpoint (首触点).
    """
    if journey.entry is None and not journey.entries and journey.places:
        place = journey.places[0]
        yield Finding(
            (*place.loc, "id"),
            both(
                "no touchpoint is marked `first`: the journey has no beginning",
                "没有标记首触点：旅程没有开头",
            ),
            both(
                "add `kinds: [first]` to the touchpoint where customers arrive, probably "
                f"`{place.touchpoint.id}`",
                f"在客户到达的触点上加 `kinds: [first]`，很可能就是 `{place.touchpoint.id}`",
            ),
            place.touchpoint.id,
        )


@rule("ST102", severity="error", zh="旅程没有结束触点", whole=True, fix="safe or unsafe")
def no_end_touchpoint(journey: Journey) -> Iterator[Finding]:
    """No touchpoint is marked `end`, so nobody designs how the journey is remembered.

    Why: The end is half of what is remembered. A journey without a marked end is one whose last
        impression is left to chance.
    Why(zh): 记忆的一半是结尾。没有标明结尾的旅程，最后印象全凭运气。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, emotion: 1}
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

    Source: S003, the five kinds of touchpoint (结束触点); Redelmeier and Kahneman 1996, Pain 66:3-8.
    """
    places = journey.places
    if not places or any("end" in place.touchpoint.kinds for place in places):
        return
    good = successes(journey)
    last = next(
        (p for p in reversed(places) if any(r.target in good for r in journey.routes[p.touchpoint.id])),
        places[-1],
    )
    ends = [p for p in places if _always_succeeds(journey, p)]
    yield Finding(
        (*last.loc, "id"),
        both(
            "no touchpoint is marked `end`: nobody designs the last impression",
            "没有标记结束触点：没有人设计客户最后的印象",
        ),
        both(
            "add `kinds: [end]` to the touchpoint that closes the journey, probably "
            f"`{last.touchpoint.id}`",
            f"在旅程收尾的触点上加 `kinds: [end]`，很可能就是 `{last.touchpoint.id}`",
        ),
        last.touchpoint.id,
        fix=_marked_as_end(last, safe=ends == [last]),
    )


def _always_succeeds(journey: Journey, place: Place) -> bool:
    """Whether the journey succeeds right after a touchpoint, whatever happens."""
    targets = {r.target for r in journey.routes[place.touchpoint.id] if r.share > 0}
    return bool(targets) and targets <= set(successes(journey))


@rule("ST104", zh="标为结束触点，旅程却还在继续", fix="unsafe")
def end_goes_on(journey: Journey) -> Iterator[Finding]:
    """A touchpoint is marked `end`, but the journey never succeeds right after it.

    Why: The end touchpoint is where a successful journey stops. If it always leads to another
        touchpoint, the real last impression is somewhere else and stays undesigned.
    Why(zh): 成功的旅程在结束触点停下。如果它总是通向另一个触点，真正的最后印象就在别处，而且没有人设
        计。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first, end], emotion: 0}
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

    Source: S003, the five kinds of touchpoint; an end is a touchpoint with P(next = success) > 0.
    """
    good = successes(journey)
    for loc, _, touchpoint in journey.places:
        routes = journey.routes[touchpoint.id]
        if "end" not in touchpoint.kinds or any(r.target in good and r.share > 0 for r in routes):
            continue
        targets = [r.target for r in routes if r.share > 0]
        goes_en = f"always goes on to {ids(targets)}" if targets else "leads nowhere"
        goes_zh = f"之后总是去往 {ids(targets, 'zh')}" if targets else "没有去向"
        yield Finding(
            (*loc, "kinds"),
            both(
                f"`{touchpoint.id}` is marked `end` but {goes_en}",
                f"`{touchpoint.id}` 标为结束触点，{goes_zh}",
            ),
            both(
                "mark the touchpoint that really closes the journey, or lead from here to "
                f"{ids(sorted(good)) or 'a success outcome'}",
                f"把标记移到真正收尾的触点，或让它通向 {ids(sorted(good), 'zh') or '一个成功结局'}",
            ),
            touchpoint.id,
            fix=Repair(
                both("take the mark `end` away", "去掉结束触点标记"),
                (Drop((*loc, "kinds", touchpoint.kinds.index("end"))),),
                safe=False,
            ),
        )


@rule("ST105", zh="旅程在未标记的触点结束", whole=True, fix="safe")
def unmarked_end(journey: Journey) -> Iterator[Finding]:
    """The journey always succeeds right after a touchpoint that is not marked `end`.

    Why: Whatever is last is remembered. A last touchpoint that nobody marked has no obligations
        (thanks, confirmation, a measure) and is easily forgotten by its designers.
    Why(zh): 最后发生的会被记住。没有标记的最后触点不承担任何义务（感谢、确认、测量），也容易被设计者忘
        掉。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, voucher: 0.1}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, next: done}
              - {id: voucher, title: Takes a voucher, emotion: 1, next: done}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, voucher: 0.1}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, next: done}
              - {id: voucher, title: Takes a voucher, kinds: [end], emotion: 1, next: done}
        ```

    Source: S003, the five kinds of touchpoint (结束触点).
    """
    if not any("end" in place.touchpoint.kinds for place in journey.places):
        return  # no-end-touchpoint says it once
    for place in journey.places:
        loc, _, touchpoint = place
        if "end" not in touchpoint.kinds and _always_succeeds(journey, place):
            yield Finding(
                (*loc, "id"),
                both(
                    f"`{touchpoint.id}` always closes the journey but is not marked `end`",
                    f"旅程总是在 `{touchpoint.id}` 之后结束，它却没有标为结束触点",
                ),
                both(
                    "add `end` to its kinds, or say where it leads with `next:`",
                    "在 `kinds` 中加上 `end`，或用 `next:` 写明去向",
                ),
                touchpoint.id,
                fix=_marked_as_end(place, safe=True),
            )


@rule("ST106", zh="走不到的触点", whole=True)
def unreachable_touchpoint(journey: Journey) -> Iterator[Finding]:
    """No way from the entry leads to a touchpoint.

    Why: A touchpoint that no customer can reach is drawn and maintained for nobody. Usually a `next:`
        before it was forgotten or points past it.
    Why(zh): 没有客户能走到的触点，画了、维护了，却不为任何人。多半是前面的 `next:` 忘了写，或绕过了它。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: paid}
              - {id: track, title: Follows the claim, emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {track: 0.4, paid: 0.6}}
              - {id: track, title: Follows the claim, emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: graph theory; a state that is never visited has no part in any figure.
    """
    starts = [route.target for route in journey.entries if route.share > 0]
    if not starts:
        return
    found = reachable(ways(journey), starts)
    if not found <= {*journey.touchpoints, *journey.outcomes}:
        return  # what follows a name nobody has may be what the writer meant
    for loc, _, touchpoint in journey.places:
        if touchpoint.id not in found:
            yield Finding(
                (*loc, "id"),
                both(f"no customer can reach `{touchpoint.id}`", f"没有客户能走到 `{touchpoint.id}`"),
                both(
                    f"name `{touchpoint.id}` in the `next:` of the touchpoint before it, or remove it",
                    f"在它之前的触点的 `next:` 中写上 `{touchpoint.id}`，或者删除它",
                ),
                touchpoint.id,
            )


@rule("ST107", severity="error", zh="走不出去的触点（陷阱）", whole=True)
def trap(journey: Journey) -> Iterator[Finding]:
    """From a touchpoint no outcome can be reached: the customer walks in circles for ever.

    Why: A journey has to end somehow, even badly. A trap makes every expected figure infinite, and
        in real life it is the customer who is sent from desk to desk.
    Why(zh): 旅程总要结束，哪怕结局不好。陷阱会让所有期望值变成无穷大；在现实里，就是客户被从一个窗口推
        到另一个窗口。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, wait: 0.1}}
              - {id: wait, title: Waits in a queue, emotion: -1, next: wait}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, wait: 0.1}}
              - {id: wait, title: Waits in a queue, emotion: -1, next: {paid: 0.8, dropped: 0.2}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: Grinstead and Snell, chapter 11: absorption needs a way to an absorbing state.
    """
    graph = ways(journey)
    out = reachable(reversed_graph(graph), journey.outcomes)
    known = set(journey.routes) | set(journey.outcomes)
    # An unknown target is another rule's fault and may well be the way out.
    after = {name: reachable(graph, [name]) for name in journey.routes if name not in out}
    places = {p.touchpoint.id: p for p in reversed(journey.places)}  # Of two with one id, the first.
    stuck = [p for id_, p in reversed(places.items()) if id_ in after and after[id_] <= known]
    if not stuck:
        return
    # The heart of a trap is what can be reached from everywhere in it; the rest only leads there.
    heart = min(stuck, key=lambda place: len(after[place.touchpoint.id]))
    name = heart.touchpoint.id
    inside = [p.touchpoint.id for p in stuck if p.touchpoint.id in after[name]]
    circle_en, circle_zh = "it only leads back to itself", "它只通向自己"
    if not graph[name]:
        circle_en, circle_zh = "it leads nowhere", "它没有去向"
    elif len(inside) > 1:
        circle_en = f"only {ids(inside)} can follow, for ever"
        circle_zh = f"之后只会一直在 {ids(inside, 'zh')} 之间打转"
    here = "next" if heart.touchpoint.next is not None else "id"
    yield Finding(
        (*heart.loc, here),
        both(
            f"no outcome can be reached from `{name}`: {circle_en}",
            f"从 `{name}` 走不到任何结局：{circle_zh}",
        ),
        both(
            f"add a way out to its `next:`, to {ids(journey.outcomes)} or to a touchpoint that leads there",
            f"在它的 `next:` 中留一条出路：{ids(journey.outcomes, 'zh')}，或能到达结局的触点",
        ),
        name,
        tuple(
            Note(
                (*p.loc, "id"), both(f"`{p.touchpoint.id}` leads into it", f"`{p.touchpoint.id}` 会走进去")
            )
            for p in stuck
            if p is not heart
        )[:5],
    )


@rule("ST110", severity="info", zh="阶段过于拥挤")
def crowded_stage(journey: Journey, *, most: int = 9) -> Iterator[Finding]:
    """A stage holds more touchpoints than a reader can take in as one chapter.

    Why: A stage is a chapter of the customer's story. With too many touchpoints it says nothing any
        more, and its column makes the poster hard to read.
    Why(zh): 阶段是客户故事里的一章。触点太多，它就什么也没说，图上的那一列也难以阅读。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: form, title: Opens the form, emotion: 0}
              - {id: name, title: Gives a name, emotion: 0}
              - {id: number, title: Gives the order number, emotion: 0}
              - {id: reason, title: Gives a reason, emotion: 0}
              - {id: photo, title: Adds a photo, emotion: 0}
              - {id: bank, title: Gives an account, emotion: 0}
              - {id: help, title: Complains, kinds: [complaint], emotion: 0}
              - {id: send, title: Sends it, emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: form, title: Fills in one form, emotion: 0}
          - stage: money
            touchpoints:
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: design decision of this project; nine is what fits one column group of an A3 sheet.
    """
    for at, stage in enumerate(journey.stages):
        if len(stage.touchpoints) > most:
            yield Finding(
                ("stages", at, "stage"),
                both(
                    f"stage `{stage.id}` holds {len(stage.touchpoints)} touchpoints, more than {most}",
                    f"阶段 `{stage.id}` 有 {len(stage.touchpoints)} 个触点，超过 {most} 个",
                ),
                both("split it where the customer's goal changes", "在客户目标发生变化的地方拆成两个阶段"),
                stage.id,
            )


@rule("ST111", zh="阶段没有触点")
def empty_stage(journey: Journey) -> Iterator[Finding]:
    """A stage has no touchpoints.

    Why: An empty column tells the reader that something happens there, and then not what.
    Why(zh): 空的一列告诉读者这里有事发生，却不说是什么事。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
          - stage: afterwards
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
          - stage: afterwards
            touchpoints:
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S003, journey maps along the whole lifecycle: every phase has at least one touchpoint.
    """
    for at, stage in enumerate(journey.stages):
        if not stage.touchpoints:
            yield Finding(
                ("stages", at, "stage"),
                both(f"stage `{stage.id}` has no touchpoints", f"阶段 `{stage.id}` 没有触点"),
                both(
                    "add what the customer does there, or remove the stage",
                    "补上客户在这里做的事，或删除这个阶段",
                ),
                stage.id,
            )


@rule("ST112", severity="info", zh="首触点出现得太晚", whole=True)
def late_first(journey: Journey) -> Iterator[Finding]:
    """The earliest touchpoint marked `first` stands in a later stage than the first one.

    Why: People read a journey from left to right. If it begins in the middle, either the stages are in
        the wrong order or the real first contact has not been found yet.
    Why(zh): 人们从左往右读旅程。如果它从中间开始，要么阶段顺序错了，要么真正的首次接触还没有找到。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: money
            touchpoints:
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, next: done}
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: paid}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: paid}
          - stage: money
            touchpoints:
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, next: done}
        ```

    Source: S003, journey maps follow the logic of time (时间逻辑).
    """
    opening = next((s for s, stage in enumerate(journey.stages) if stage.touchpoints), None)
    first = next((p for p in journey.places if "first" in p.touchpoint.kinds), None)
    if first is None or opening is None or first.loc[1] == opening:
        return
    before = sum(1 for p in journey.places if p.loc < first.loc)
    yield Finding(
        (*first.loc, "id"),
        both(
            f"the first touchpoint `{first.touchpoint.id}` comes after {before} "
            f"other{'s' if before > 1 else ''}, in stage `{first.stage.id}`",
            f"首触点 `{first.touchpoint.id}` 排在另外 {before} 个触点之后，位于阶段 `{first.stage.id}`",
        ),
        both(
            "put its stage first, or mark the earlier contact where customers really begin",
            "把它所在的阶段移到最前，或标记客户真正开始的更早触点",
        ),
        first.touchpoint.id,
    )


@rule("ST113", severity="info", zh="没有路通向的结局", whole=True)
def unused_outcome(journey: Journey) -> Iterator[Finding]:
    """An outcome is declared, but no touchpoint leads to it.

    Why: An outcome nobody can reach hides a way the journey really ends, most often how it fails.
    Why(zh): 没有路通向的结局，掩盖了旅程真实的结束方式，多半是失败的那一种。

    Bad:
        ```yaml
        journey: refund
        outcomes: {paid-back: success, gave-up: failure}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        outcomes: {paid-back: success, gave-up: failure}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, gave-up: 0.1}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: design decision of this project.
    """
    if "outcomes" not in journey.model_fields_set:
        return
    used = {target for targets in ways(journey).values() for target in targets}
    for name in journey.outcomes:
        if name not in used:
            yield Finding(
                ("outcomes", name, "[key]"),
                both(f"no touchpoint leads to the outcome `{name}`", f"没有触点通向结局 `{name}`"),
                both(
                    f"name `{name}` in a `next:`, with its share, or remove it",
                    f"在某个 `next:` 中写上 `{name}` 和它的比例，或删除它",
                ),
                name,
            )
