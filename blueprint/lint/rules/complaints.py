"""CP: complaints and recovery: confirmed, learned from, with a choice, within somebody's authority."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.results import JourneyAnalysis
from blueprint.figures import number
from blueprint.lint.complaints import complaints
from blueprint.lint.reach import reachable, ways
from blueprint.lint.rule import Finding, Judged, rule
from blueprint.lint.wording import both, ids
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Purpose
from blueprint.model.values import Loc


def _purposes(journey: Journey) -> bool:
    """Some touchpoint says what it is there for."""
    return any(point.purpose for point in journey.touchpoints.values())


def _alternatives(journey: Journey) -> bool:
    return any(c.alternatives for _, _, c in complaints(journey))


def _without(journey: Journey, purposes: frozenset[Purpose]) -> Iterator[tuple[Loc, str]]:
    """Yield complaint touchpoints from which no touchpoint with one of the purposes can be reached."""
    graph = ways(journey)
    good = {name for name, point in journey.touchpoints.items() if purposes.intersection(point.purpose)}
    for loc, _, touchpoint in journey.places:
        about = touchpoint.complaint is not None or "complaint" in touchpoint.kinds
        if about and not reachable(graph, [touchpoint.id]) & good:
            yield loc, touchpoint.id


@rule("CP101", zh="投诉解决后无人确认", calm=_purposes, whole=True)
def unconfirmed_solution(journey: Journey) -> Iterator[Finding]:
    """After a complaint nobody asks whether the matter is really solved.

    Why: A case that the house closes is not yet solved for the customer. Without a call back the next
        complaint, or the silent farewell, is the only answer.
    Why(zh): 我们结了案，客户未必觉得解决了。没有回访，唯一的答复就是下一次投诉，或者无声的告别。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1}
              - {id: learn, title: Reads what was changed, emotion: 0, purpose: learn}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1}
              - {id: call, title: Is asked whether it works, emotion: 0, purpose: confirm}
              - {id: learn, title: Reads what was changed, emotion: 0, purpose: learn}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S001, error pattern “not called back after the solution” (解决后未回访确认); CP01.
    """
    for loc, name in _without(journey, frozenset({"confirm", "follow-up"})):
        yield Finding(
            (*loc, "id"),
            both(
                f"after the complaint `{name}` nobody confirms that it is solved",
                f"在 `{name}` 投诉之后，没有人确认是否真正解决",
            ),
            both(
                "add a touchpoint that asks the customer, with `purpose: confirm`",
                "加一个向客户确认的触点：`purpose: confirm`",
            ),
            name,
        )


@rule("CP102", severity="info", zh="投诉之后没有改进", calm=_purposes, whole=True)
def nothing_learned(journey: Journey) -> Iterator[Finding]:
    """After a complaint nothing is learned from it.

    Why: A complaint that is solved and not learned from will be made again by somebody else, and most of
        them will not complain but leave.
    Why(zh): 解决了却没有从中学习的投诉，会由别人再提一次；而其中大多数人不会投诉，只会离开。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1}
              - {id: call, title: Is asked whether it works, emotion: 0, purpose: confirm}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1}
              - {id: call, title: Is asked whether it works, emotion: 0, purpose: [confirm, learn]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S001, golden flow 听问应解谢改, its last step; S000, case review (复盘); CP02.
    """
    for loc, name in _without(journey, frozenset({"learn", "feedback"})):
        yield Finding(
            (*loc, "id"),
            both(
                f"nothing is learned from the complaint `{name}`",
                f"`{name}` 的投诉没有带来任何改进",
            ),
            both(
                "add the step that changes something, and tell the customer: `purpose: learn`",
                "加上推动改进并告知客户的一步：`purpose: learn`",
            ),
            name,
        )


@rule("CP103", zh="可选方案太少", calm=_alternatives)
def too_few_alternatives(journey: Journey, *, least: int = 2) -> Iterator[Finding]:
    """A complaining customer has too little to choose from.

    Why: One solution is an instruction, two are a choice; whoever chooses has a part in the solution.
        More than three are work again.
    Why(zh): 一个方案是命令，两个才是选择；能选择的人，也参与了解决。超过三个又成了负担。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                complaint: {alternatives: [A voucher]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                complaint: {alternatives: [A voucher, The money back]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, at least two choices; S004, two or three (协商式方案); CP03.
    """
    for loc, name, complaint in complaints(journey):
        offered = len(complaint.alternatives)
        if 0 < offered < least:
            yield Finding(
                (*loc, "alternatives"),
                both(
                    f"`{name}` offers {offered} solution{'s' if offered != 1 else ''} to choose from",
                    f"`{name}` 只提供 {offered} 个方案",
                ),
                both(
                    f"offer {least} or {least + 1}: `alternatives: [The money back, A new one]`",
                    f"提供 {least} 到 {least + 1} 个方案：`alternatives: [退款, 换新]`",
                ),
                name,
            )


@rule("CP104", severity="error", zh="补偿超出授权")
def grant_above_authority(judged: Judged) -> Iterator[Finding]:
    """More may be granted than anybody there is allowed to grant.

    Why: Whoever has to ask a superior while the customer waits has no authority, and the script that
        promises the sum makes a promise that the house does not keep.
    Why(zh): 让客户等着去请示上级的人，等于没有授权；承诺了这笔金额的话术，是公司不会兑现的承诺。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                complaint: {authority: 100 EUR, compensation: 250 EUR}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -1
                complaint: {authority: 250 EUR, compensation: 250 EUR}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S001, graded authority (授权分级); S000, authority of the single employee; CP04.
    """
    for loc, name, complaint in complaints(judged.journey):
        grant, may = complaint.compensation, complaint.authority
        if grant is None or may is None or grant.currency != may.currency or grant.amount <= may.amount:
            continue
        yield Finding(
            (*loc, "compensation"),
            both(
                f"`{name}` may cost up to {number(grant.amount)} {grant.currency}, but the person in "
                f"charge may grant {number(may.amount)} {may.currency}",
                f"`{name}` 最多补偿 {number(grant.amount)} {grant.currency}，但负责人只有 "
                f"{number(may.amount)} {may.currency} 的权限",
            ),
            both(
                "raise the authority, or name who decides about more in `escalation:`, and grant less",
                "提高授权额度；或降低补偿上限，超出部分在 `escalation:` 中写明由谁决定",
            ),
            name,
        )


@rule("CP105", severity="info", zh="靠失误来打动客户", default=False)
def peak_through_failure(analysis: JourneyAnalysis) -> Iterator[Finding]:
    """The best moment of the journey can only be reached through a complaint.

    Why: Customers who complained and were won back are more satisfied, but they do not buy or recommend
        more than those for whom nothing went wrong. A design that needs a failure in order to delight
        leaves everybody else without a peak. Off by default: a journey about a recovery is like this.
    Why(zh): 投诉后被挽回的客户更满意，但并不比从未出错的客户买得更多、推荐得更多。靠失误才能打动人的设
        计，让其他所有人都没有峰值。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1}
              - {id: flowers, title: Gets flowers, emotion: 2}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - {id: complain, title: Complains, kinds: [complaint], emotion: -1}
              - {id: flowers, title: Gets flowers, emotion: 1}
              - {id: paid, title: Is paid at once, kinds: [end], emotion: 2}
        ```

    Source: de Matos, Henrique and Rossi 2007, Journal of Service Research 10:60–77; I-SRP.
    """
    journey, emotions = analysis.journey, analysis.emotions
    if not emotions:
        return
    highest = max(emotions.values())
    if highest <= journey.neutral_emotion:
        return
    best = [name for name, emotion in emotions.items() if emotion == highest]
    through = {
        name
        for name, point in journey.touchpoints.items()
        if "complaint" in point.kinds or point.complaint is not None
    }
    graph = {name: targets for name, targets in ways(journey).items() if name not in through}
    starts = [route.target for route in journey.entries if route.target not in through]
    untroubled = reachable(graph, starts)
    if not through or not starts or any(name in untroubled for name in best):
        return
    loc = next(place.loc for place in journey.places if place.touchpoint.id == best[0])
    yield Finding(
        (*loc, "emotion"),
        both(
            f"only customers who complain reach the best moment, {ids(best)}",
            f"只有投诉过的客户才能到达最好的时刻 {ids(best, 'zh')}",
        ),
        both(
            "design a peak for those for whom everything goes well, too",
            "也为一切顺利的客户设计一个峰值",
        ),
        best[0],
    )
