"""ST: the shares in which customers take the ways open to them."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.figures import number
from blueprint.lint.rule import Finding, Put, Repair, rule
from blueprint.lint.wording import both, ids
from blueprint.model.exits import Route
from blueprint.model.journey import Journey
from blueprint.model.values import Loc

_CLOSE = 1e-9
_HALF_A_DIGIT = 0.005
"""How far off a share is that was rounded to hundredths."""


def _branches(journey: Journey) -> Iterator[tuple[Loc, str, tuple[Route, ...]]]:
    if journey.entry is not None:
        yield ("entry",), "entry", journey.entries
    for loc, _, touchpoint in journey.first_places:
        if touchpoint.next is not None:
            yield (*loc, "next"), touchpoint.id, journey.routes[touchpoint.id]


@rule("ST103", severity="info", zh="有多个首触点，却没写各自的比例", whole=True)
def unweighted_entry(journey: Journey) -> Iterator[Finding]:
    """Several touchpoints are marked `first`, but nobody says how many customers begin at each.

    Why: Without shares every beginning counts the same. All figures that follow rest on that guess
        and are marked "assumed".
    Why(zh): 不写比例，每个开头就被看得一样重。之后所有数据都建立在这个猜测上，并标为“假设”。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: call, title: Calls, kinds: [first], emotion: 0, next: paid}
              - {id: chat, title: Opens the chat, kinds: [first], emotion: 0, next: paid}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        entry: {call: 0.3, chat: 0.7}
        stages:
          - stage: claim
            touchpoints:
              - {id: call, title: Calls, kinds: [first], emotion: 0, next: paid}
              - {id: chat, title: Opens the chat, kinds: [first], emotion: 0, next: paid}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: design decision of this project: a guess is never passed off as a fact.
    """
    firsts = [place for place in journey.places if "first" in place.touchpoint.kinds]
    if journey.entry is not None or len(firsts) < 2:
        return
    names = [place.touchpoint.id for place in firsts]
    shares = ", ".join(f"{name}: {number(1 / len(names))}" for name in names[:-1])
    yield Finding(
        (*firsts[1].loc, "id"),
        both(
            f"{len(names)} touchpoints are marked `first` ({ids(names)}); equal shares are assumed",
            f"有 {len(names)} 个首触点（{ids(names, 'zh')}），暂按相同比例计算",
        ),
        both(
            f"say how customers begin: `entry: {{{shares}, {names[-1]}: rest}}` with your own shares",
            f"写明客户从哪里开始：`entry: {{{shares}, {names[-1]}: rest}}`，换成你的比例",
        ),
        names[1],
    )


@rule("ST108", severity="error", zh="比例之和不等于 1", fix="unsafe")
def unbalanced_shares(journey: Journey) -> Iterator[Finding]:
    """The shares of `next` or `entry` do not sum to 1.

    Why: Shares say where customers go. If they sum to less, some customers vanish; if to more, some
        are counted twice. No figure can be computed from either.
    Why(zh): 比例说明客户去了哪里。加起来不到 1，就有客户凭空消失；超过 1，就有客户被算了两次。两种情况
        都算不出任何数据。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.8, dropped: 0.1}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.8, dropped: rest}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: probability; the sum must be 1 within 1e-9.
    """
    for loc, name, routes in _branches(journey):
        total = sum(route.share for route in routes)
        if abs(total - 1) <= _CLOSE:
            continue
        shares = " + ".join(f"{route.share:g}" for route in routes)
        where_en = "the entry" if name == "entry" else f"`{name}`"
        where_zh = "`entry`" if name == "entry" else f"`{name}`"
        over = total > 1
        last = routes[-1].target
        yield Finding(
            loc,
            both(
                f"the shares from {where_en} sum to {total:.10g}, not 1 ({shares})",
                f"{where_zh} 的各项比例之和是 {total:.10g}，不是 1（{shares}）",
            ),
            both(
                f"take away {total - 1:.10g} somewhere; no `rest` is left over"
                if over
                else f"add the missing {1 - total:.10g}, or write `{last}: rest` to give it what is left",
                f"减去多出的 {total - 1:.10g}；已没有剩余可分给 `rest`"
                if over
                else f"补上缺少的 {1 - total:.10g}，或写 `{last}: rest`，让它取剩余部分",
            ),
            "" if name == "entry" else name,
            fix=_rounded(loc, routes, total),
        )


def _rounded(loc: Loc, routes: tuple[Route, ...], total: float) -> Repair | None:
    """Give what rounding lost to the largest share, where no share needs to be off by more than that."""
    if abs(total - 1) > _HALF_A_DIGIT * len(routes) or any(route.assumed for route in routes):
        return None
    largest = max(routes, key=lambda route: route.share)
    share = f"{largest.share + 1 - total:.6g}"
    return Repair(
        both(f"let `{largest.target}` be {share}", f"把 `{largest.target}` 改为 {share}"),
        (Put((*largest.loc, "p"), share),),
        safe=False,
    )


@rule("ST109", severity="info", zh="分支比例只是假设")
def assumed_shares(journey: Journey) -> Iterator[Finding]:
    """A touchpoint branches, but nobody wrote how often each way is taken.

    Why: Equal shares are a placeholder. The drop-out rate, the expected time and the peak all move
        with them, so a result that rests on them says "assumed".
    Why(zh): 平均分配只是占位。流失率、预计用时和峰值都会随之改变，因此凡是依赖它的结果都写着“假设”。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: [paid, dropped]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, dropped: 0.1}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: design decision of this project: a guess is never passed off as a fact.
    """
    for loc, name, routes in _branches(journey):
        guessed = [route for route in routes if route.assumed]
        if not guessed:
            continue
        share, targets = guessed[0].share, [route.target for route in guessed]
        first = round(share * len(guessed) * 0.7, 2)
        example = f"{{{targets[0]}: {first:g}, {targets[-1]}: rest}}"
        where_en = "the entry" if name == "entry" else f"`{name}`"
        where_zh = "`entry`" if name == "entry" else f"`{name}`"
        yield Finding(
            # All of a list is a guess; of a mapping only the ways without a share are.
            loc if len(guessed) == len(routes) else (*guessed[0].loc, "[key]"),
            both(
                f"nobody says how often {where_en} leads to {ids(targets)}; {share:.3g} each is assumed",
                f"没有写明 {where_zh} 去往 {ids(targets, 'zh')} 的比例，暂按各 {share:.3g} 计算",
            ),
            both(
                f"write the shares, even rough ones: `{example}`",
                f"写上比例，粗略的也好：`{example}`",
            ),
            "" if name == "entry" else name,
        )
