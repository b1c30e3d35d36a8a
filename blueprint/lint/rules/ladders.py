"""SL: which ladder of service levels holds."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.lint.complaints import complaints
from blueprint.lint.rule import Finding, Judged, rule
from blueprint.lint.wording import both, ids
from blueprint.model.complaint import Complaint
from blueprint.model.journey import Journey
from blueprint.model.values import Loc


def _open(journey: Journey) -> Iterator[tuple[Loc, str, Complaint]]:
    """Yield the complaints whose level has to come from a ladder that they do not name."""
    for loc, name, complaint in complaints(journey):
        unsaid = complaint.respond is None or complaint.resolve is None
        if complaint.priority is not None and complaint.ladder is None and unsaid:
            yield (*loc, "priority"), name, complaint


def _measured(judged: Judged) -> bool:
    """Something in the journey is meant to be held to a clock."""
    journey = judged.journey
    complaints = [point.complaint for point in journey.touchpoints.values() if point.complaint]
    return journey.hours is not None or any(
        c.ladder or c.clock or c.respond is not None or c.resolve is not None for c in complaints
    )


@rule("SL121", zh="有多个时限阶梯，却没写用哪一个", calm=_measured)
def unnamed_ladder(judged: Judged) -> Iterator[Finding]:
    """A graded complaint does not say which of several ladders of service levels holds for it.

    Why: With one ladder a priority is enough. Once a playbook brings another, P1 may mean two things, and
        no level of the complaint is checked any more: whether it can be kept at all (SL103), whether a
        promise goes beyond it (SL105). Unless asked, it speaks only of journeys that hold complaints to a
        clock.

    Why(zh): 只有一个阶梯时，写优先级就够了。手册里再来一个，P1 就可能有两种意思，
        这个投诉的时限便不再被检查：能否做到（SL103）、承诺是否超出（SL105）。默认只检查为投诉规定了时限的旅程。

    Bad:
        ```yaml
        playbook: house
        ladders:
          vip:
            title: For our best customers
            source: Service manual
            clock: calendar
            levels: [{priority: P1, respond: 5m, resolve: 2h}]
        ```
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -0.5
                complaint: {priority: P1, clock: calendar}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, purpose: [confirm, learn]}
        ```

    Good:
        ```yaml
        playbook: house
        ladders:
          vip:
            title: For our best customers
            source: Service manual
            clock: calendar
            levels: [{priority: P1, respond: 5m, resolve: 2h}]
        ```
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {complain: 0.1, paid: 0.9}}
              - id: complain
                title: Complains
                kinds: [complaint]
                emotion: -0.5
                complaint: {priority: P1, clock: calendar, ladder: vip}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1, purpose: [confirm, learn]}
        ```

    Source: domain sheet 11: levels by priority, on a ladder; design decision of this project not to guess.
    """
    places = list(_open(judged.journey))
    ladders = judged.standards.ladders if places else {}
    if len(ladders) < 2:
        return
    for loc, name, complaint in places:
        several = [
            id for id, it in ladders.items() if any(v.priority == complaint.priority for v in it.levels)
        ]
        if len(several) < 2:
            continue
        yield Finding(
            loc,
            both(
                f"{complaint.priority} of `{name}` may mean several levels: {ids(several)}",
                f"`{name}` 的 {complaint.priority} 可能指多个时限：{ids(several, 'zh')}",
            ),
            both(
                f"say which holds: `ladder: {several[-1]}`",
                f"写明用哪一个：`ladder: {several[-1]}`",
            ),
            name,
        )
