"""SL: service levels, and who is called when they are not kept."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.figures import duration
from blueprint.lint.complaints import clocked, complaints
from blueprint.lint.rule import Finding, Judged, JudgedPlaybook, rule
from blueprint.lint.wording import both, ids, on_clock
from blueprint.model.journey import Journey
from blueprint.model.values import Loc


def _escalated(journey: Journey) -> bool:
    return any(c.escalation for _, _, c in complaints(journey))


@rule("SL101", severity="error", zh="响应时限晚于解决时限")
def response_after_solution(judged: Judged) -> Iterator[Finding]:
    """A complaint has to be answered later than it has to be solved.

    Why: Somebody must answer before the matter can be solved. A response clock that is longer than the
        resolution clock means that one of the two is a slip, and nobody can keep both.
    Why(zh): 先有人回应，事情才谈得上解决。回应的时限比解决的时限还长，说明其中一个写错了，两个谁也守不
        住。

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
                complaint: {priority: P1, respond: 4h, resolve: 2h}
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
                complaint: {priority: P1, respond: 15m, resolve: 2h, clock: calendar}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, windows by priority (处理窗口); SL01 of the domain sheet.
    """
    if next(complaints(judged.journey), None) is None:
        return
    from blueprint.analysis.service_levels import deadlines_of

    for loc, name, complaint in complaints(judged.journey):
        if complaint.respond is None and complaint.resolve is None:
            continue
        clocks = deadlines_of(complaint, judged.standards.ladders, judged.journey.hours)
        respond, resolve = clocks.respond, clocks.resolve
        if respond is not None and resolve is not None and respond > resolve:
            yield Finding(
                (*loc, "respond" if complaint.respond is not None else "resolve"),
                both(
                    f"`{name}` must be answered within {duration(respond)} but solved within "
                    f"{duration(resolve)}",
                    f"`{name}` 要在 {duration(respond, 'zh')}内响应，"
                    f"却要在 {duration(resolve, 'zh')}内解决",
                ),
                both(
                    "answer sooner, or give the solution more time",
                    "缩短响应时限，或放宽解决时限",
                ),
                name,
            )


@rule("SL102", severity="error", zh="时限阶梯自相矛盾")
def contradictory_ladder(judged: JudgedPlaybook) -> Iterator[Finding]:
    """A ladder of service levels is slower where it should be quicker.

    Why: A more urgent case must not wait longer than a less urgent one, in either clock, and nobody can
        answer after the matter is solved. A ladder out of order sends people to the wrong case.
    Why(zh): 更紧急的情况不能等得更久，两种时限都是如此；否则没有人能据此安排先后。

    Bad:
        ```yaml
        playbook: house
        ladders:
          ours:
            title: Our levels
            source: Service desk
            clock: calendar
            levels:
              - {priority: P0, respond: 5m, resolve: 4h}
              - {priority: P1, respond: 15m, resolve: 2h}
        ```

    Good:
        ```yaml
        playbook: house
        ladders:
          ours:
            title: Our levels
            source: Service desk
            clock: calendar
            levels:
              - {priority: P0, respond: 5m, resolve: 1h}
              - {priority: P1, respond: 15m, resolve: 2h}
        ```

    Source: S000, windows P0 to P3 (处理窗口); SL01 and SL02 of the domain sheet.
    """
    from blueprint.analysis.ladders import ladder_faults

    for name, ladder in judged.playbook.ladders.items():
        for fault in ladder_faults(ladder.levels):
            level, other = ladder.levels[fault.at], ladder.levels[fault.other]
            loc: Loc = ("ladders", name, "levels", fault.at, fault.clock)
            if fault.kind == "twice":
                message = both(
                    f"{level.priority} stands twice in `{name}`", f"`{name}` 中 {level.priority} 出现两次"
                )
            elif fault.kind == "respond-after-resolve":
                message = both(
                    f"{level.priority} is answered within {duration(level.respond)}, after it is solved",
                    f"{level.priority} 的响应时限 {duration(level.respond, 'zh')} 晚于解决时限",
                )
            else:
                word, word_zh = ("answered", "响应") if fault.clock == "respond" else ("solved", "解决")
                message = both(
                    f"{level.priority} is {word} later than {other.priority}, which is less urgent",
                    f"{level.priority} 的{word_zh}时限比不那么紧急的 {other.priority} 还长",
                )
            yield Finding(
                loc,
                message,
                both(
                    "give the more urgent level the shorter times: P0 ≤ P1 ≤ P2 ≤ P3",
                    "越紧急时限越短：P0 ≤ P1 ≤ P2 ≤ P3",
                ),
                name,
            )


@rule("SL103", zh="服务时限在现有流程上做不到", calm=clocked, whole=True)
def impossible_level(judged: Judged) -> Iterator[Finding]:
    """The quickest way to a confirmed solution takes longer than the service level allows.

    Why: A level that the standard times of the journey's own steps already exceed is broken in every case,
        and everybody but the customer knows it.
    Why(zh): 如果旅程自身步骤的标准时间已经超出时限，每一次都会违约，而且除了客户人人都知道。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: complain
                title: Complains
                kinds: [first, complaint]
                emotion: -0.5
                complaint: {priority: P0}
                time: {standard: 30m}
              - {id: solve, title: Is helped, emotion: 0, time: {standard: 1h}}
              - {id: confirm, title: Agrees, emotion: 1, time: {standard: 15m}, purpose: [confirm, learn]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: complain
                title: Complains
                kinds: [first, complaint]
                emotion: -0.5
                complaint: {priority: P1}
                time: {standard: 30m}
              - {id: solve, title: Is helped, emotion: 0, time: {standard: 1h}}
              - {id: confirm, title: Agrees, emotion: 1, time: {standard: 15m}, purpose: [confirm, learn]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: SL03 of the domain sheet: a level shorter than the shortest path to the solution.
    """
    if next(complaints(judged.journey), None) is None:
        return
    from blueprint.analysis.service_levels import feasibility

    journey = judged.journey
    places = {name: loc for loc, name, _ in complaints(journey)}
    for found in feasibility(journey, judged.standards.ladders, simulate=False) if places else ():
        shortest = found.way.shortest if found.way is not None else None
        resolve, span = found.deadlines.resolve, found.deadlines.resolve_span
        if found.possible is not False or shortest is None or resolve is None:
            continue
        seconds, way = shortest
        level = found.deadlines.priority or "the level"
        level_zh = found.deadlines.priority or "该时限"
        own = journey.touchpoints[found.touchpoint].complaint
        key = "resolve" if own is not None and own.resolve is not None else "priority"
        asked = on_clock(resolve, found.deadlines.resolve_clock)
        if span is not None and abs(span.least - resolve) > 1:
            asked = both(
                f"{asked.en} (at times only {duration(span.least)} by the calendar)",
                f"{asked.zh}（有时折合自然时间仅 {duration(span.least, 'zh')}）",
            )
        yield Finding(
            (*places[found.touchpoint], key),
            both(
                f"{level} asks for a solution within {asked.en}, but even the quickest way takes "
                f"{duration(seconds)}: {ids(way)}",
                f"{level_zh} 要求 {asked.zh}内解决，但最快的路也要 {duration(seconds, 'zh')}："
                f"{ids(way, 'zh')}",
            ),
            both(
                "shorten the steps on this way, add a quicker one for urgent cases, or promise a level "
                "that can be kept",
                "缩短这条路上的步骤，为紧急情况另开快速通道，或承诺一个守得住的时限",
            ),
            found.touchpoint,
        )


@rule("SL104", zh="紧急投诉没有升级责任人", calm=_escalated)
def unescalated_complaint(journey: Journey) -> Iterator[Finding]:
    """An urgent complaint names nobody who is called when time runs out.

    Why: Escalation that depends on who happens to be on duty comes late. Speaks of P0 and P1, and of
        escalations whose steps do not follow each other in time.
    Why(zh): 升级取决于当天谁在班，就一定来得太晚。只检查 P0 和 P1，以及各级时间顺序颠倒的升级。

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
                complaint: {priority: P1, escalation: [{to: Team lead, after: 2h}, {to: Head, after: 30m}]}
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
                complaint: {priority: P1, escalation: [{to: Team lead, after: 30m}, {to: Head, after: 2h}]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, escalation triggers (升级触发条件); SL04 of the domain sheet.
    """
    for loc, name, complaint in complaints(journey):
        if complaint.priority in ("P0", "P1") and not complaint.escalation:
            yield Finding(
                (*loc, "priority"),
                both(
                    f"`{name}` is {complaint.priority} and names nobody to call when time runs out",
                    f"`{name}` 为 {complaint.priority}，却没有写明超时找谁",
                ),
                both(
                    "name who is called next: `escalation: [{to: Team lead, after: 30m}]`",
                    "写明下一级责任人：`escalation: [{to: 主管, after: 30m}]`",
                ),
                name,
            )
        before = 0.0
        for at, rung in enumerate(complaint.escalation):
            if rung.after is not None and rung.after < before:
                yield Finding(
                    (*loc, "escalation", at, "after"),
                    both(
                        f"this step of the escalation comes after {duration(rung.after)}, sooner than the "
                        "one before it",
                        f"这一级升级在 {duration(rung.after, 'zh')}后触发，比上一级还早",
                    ),
                    both("put the steps in the order of their times", "按时间先后排列各级"),
                    name,
                )
            before = max(before, rung.after or 0.0)


@rule("SL106", severity="error", zh="没有声明时限按什么时钟计算", calm=clocked)
def undeclared_clock(judged: Judged) -> Iterator[Finding]:
    """A level of a day or more does not say whether its clock stops at night.

    Why: “Within three days” on Friday evening means Monday evening or Wednesday. Customer and house read
        such a level differently unless its clock is declared.
    Why(zh): 周五晚上说“三天之内”，可能是周一，也可能是周三。不声明时钟，客户和内部的理解就会不同。

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
                complaint: {respond: 2h, resolve: 3d}
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
                complaint: {respond: 2h, resolve: 3d, clock: business}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000 names 当日内 and 3日内 without a clock; E-SLA-CLOCK of the domain sheet.
    """
    if next(complaints(judged.journey), None) is None:
        return
    from blueprint.analysis.service_levels import deadlines_of

    for loc, name, complaint in complaints(judged.journey):
        if complaint.clock is not None:
            continue
        clocks = deadlines_of(complaint, judged.standards.ladders, judged.journey.hours)
        ladder = judged.standards.ladders.get(clocks.ladder or "")
        if complaint.resolve is None and ladder is not None and "clock" in ladder.model_fields_set:
            continue
        if clocks.end_of_day or (clocks.resolve is not None and clocks.resolve >= 86_400):
            resolve = clocks.resolve or 0.0
            yield Finding(
                (*loc, "resolve") if complaint.resolve is not None else loc,
                both(
                    f"`{name}` is to be solved within {duration(resolve)}, on a clock that nobody declared",
                    f"`{name}` 要在 {duration(resolve, 'zh')}内解决，却没有声明按什么时钟计算",
                ),
                both(
                    "say `clock: calendar` (always) or `clock: business` (only while the house is open)",
                    "写明 `clock: calendar`（自然时间）或 `clock: business`（营业时间）",
                ),
                name,
            )


@rule("SL108", severity="info", zh="时间线有空档")
def gap_in_timeline(judged: JudgedPlaybook) -> Iterator[Finding]:
    """A timeline leaves a stretch of time to nobody, or gives it to two parts at once.

    Why: In a crisis the hour between two plans is the hour in which nobody answers. The crisis plan of
        the sources itself has nothing between one hour and a day.
    Why(zh): 危机中两个阶段之间的那一小时，就是没有人回应的一小时。连来源自己的危机计划，在一小时到一天
        之间也是空白。

    Bad:
        ```yaml
        playbook: house
        timelines:
          outage:
            title: Outage
            source: Service desk
            moments:
              - {id: warn, title: Warn, end: 30m}
              - {id: report, title: Report, begin: 2h, end: 4h}
        ```

    Good:
        ```yaml
        playbook: house
        timelines:
          outage:
            title: Outage
            source: Service desk
            moments:
              - {id: warn, title: Warn, end: 30m}
              - {id: repair, title: Repair, begin: 30m, end: 2h}
              - {id: report, title: Report, begin: 2h, end: 4h}
        ```

    Source: S000, four stages of a crisis (危机处理四阶段); I-CRISIS-GAP of the domain sheet.
    """
    from blueprint.analysis.ladders import timeline_faults

    for name, timeline in judged.playbook.timelines.items():
        for fault in timeline_faults(timeline.moments):
            start, end = duration(fault.start), duration(fault.end)
            start_zh, end_zh = duration(fault.start, "zh"), duration(fault.end, "zh")
            said = {
                "gap": both(
                    f"nobody acts in `{name}` between {start} and {end}",
                    f"`{name}` 在 {start_zh}到 {end_zh}之间无人负责",
                ),
                "overlap": both(
                    f"two parts of `{name}` run at once from {start} to {end}",
                    f"`{name}` 有两个阶段在 {start_zh}到 {end_zh}之间重叠",
                ),
                "backwards": both(
                    f"this part of `{name}` ends before it begins", f"`{name}` 的这一阶段结束早于开始"
                ),
            }
            yield Finding(
                ("timelines", name, "moments", fault.at, "id"),
                said[fault.kind],
                both(
                    "let each part begin where the one before it ends, or say who stands by in between",
                    "让各阶段首尾相接，或写明空档期由谁值守",
                ),
                name,
            )


@rule("SL109", severity="info", zh="采用的危机时间线有空档")
def gap_in_followed_timeline(judged: Judged) -> Iterator[Finding]:
    """A journey follows a timeline in which nobody acts for a while.

    Why: The plan that the journey names leaves a hole, and the customer will fall into it. The crisis plan
        of the sources has one from one hour to one day.
    Why(zh): 旅程采用的计划留了一个洞，客户会掉进去。来源的危机计划在一小时到一天之间就有这样一个洞。

    Bad:
        ```yaml
        journey: refund
        timelines: crisis
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        timelines: rapid-response
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, four stages of a crisis (危机处理四阶段): nothing from 60 minutes to 24 hours.
    """
    followed: list[tuple[Loc, str]] = [
        (("timelines", at), name) for at, name in enumerate(judged.journey.timelines)
    ]
    followed += [
        ((*loc, "timeline"), complaint.timeline)
        for loc, _, complaint in complaints(judged.journey)
        if complaint.timeline is not None
    ]
    if not followed:
        return
    from blueprint.analysis.ladders import timeline_faults

    for where, name in followed:
        timeline = judged.standards.timelines.get(name)
        for fault in timeline_faults(timeline.moments) if timeline is not None else ():
            if fault.kind != "gap":
                continue
            yield Finding(
                where,
                both(
                    f"the timeline `{name}` has nobody act between {duration(fault.start)} and "
                    f"{duration(fault.end)}",
                    f"时间线 `{name}` 在 {duration(fault.start, 'zh')}到 "
                    f"{duration(fault.end, 'zh')}之间无人负责",
                ),
                both(
                    "say who stands by in between, in a playbook of your own that extends it",
                    "在自己的 `playbook:` 中用 `extends` 补上这段时间由谁值守",
                ),
                judged.journey.id,
            )


def _laned(judged: Judged) -> bool:
    return any(complaint.fast_lane for _, _, complaint in complaints(judged.journey))


@rule("SL120", zh="红色通道不够快", calm=_laned, whole=True)
def slow_fast_lane(judged: Judged) -> Iterator[Finding]:
    """The quick way for key problems breaks its level, is no quicker, or is not there.

    Why: A red channel that takes as long as the ordinary one only tells customers how urgent they are. It
        has to keep the service level in expectation, or it is a name.
    Why(zh): 红色通道若与普通通道一样慢，只是口头重视。它的预计用时必须在服务时限之内，否则只是个名字。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: complain
                title: Complains
                kinds: [first, complaint]
                emotion: -0.5
                complaint: {priority: P1, fast_lane: expert}
                next: {expert: 0.1, clerk: 0.9}
              - {id: expert, title: Is put through, emotion: 0, time: {standard: 3h}, next: confirm}
              - {id: clerk, title: Waits in line, emotion: 0, time: {standard: 1h}}
              - {id: confirm, title: Agrees, emotion: 1, time: {standard: 5m}, purpose: [confirm, learn]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: complain
                title: Complains
                kinds: [first, complaint]
                emotion: -0.5
                complaint: {priority: P1, fast_lane: expert}
                next: {expert: 0.1, clerk: 0.9}
              - {id: expert, title: Is put through, emotion: 0, time: {standard: 30m}, next: confirm}
              - {id: clerk, title: Waits in line, emotion: 0, time: {standard: 1h}}
              - {id: confirm, title: Agrees, emotion: 1, time: {standard: 5m}, purpose: [confirm, learn]}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, rapid response (关键问题走红色通道): the expected time of the lane is within the level.
    """
    if not _laned(judged):
        return
    from blueprint.analysis.fast_lane import fast_lane
    from blueprint.analysis.service_levels import deadlines_of

    journey = judged.journey
    for loc, name, complaint in complaints(journey):
        if complaint.fast_lane is None:
            continue
        clocks = deadlines_of(complaint, judged.standards.ladders, journey.hours)
        lane = fast_lane(journey, name, clocks)
        if lane is None:
            said = both(
                f"no way leads from `{name}` to its fast lane `{complaint.fast_lane}`",
                f"没有路从 `{name}` 通向红色通道 `{complaint.fast_lane}`",
            )
            help_ = both("name a touchpoint that `next:` leads to", "写一个 `next:` 能通向的触点")
        elif lane.keeps is False and lane.expected is not None and clocks.resolve is not None:
            asked = on_clock(clocks.resolve, clocks.resolve_clock)
            said = both(
                f"the fast lane of `{name}` is expected to take {duration(lane.expected)}; its level is "
                f"{asked.en}",
                f"`{name}` 的红色通道预计用时 {duration(lane.expected, 'zh')}，而时限是 {asked.zh}",
            )
            help_ = both("shorten the lane, or give the level more time", "缩短红色通道的用时，或放宽时限")
        elif lane.quicker is False and lane.expected is not None and lane.ordinary is not None:
            said = both(
                f"the fast lane of `{name}` is expected to take {duration(lane.expected)}, the ordinary "
                f"way {duration(lane.ordinary)}",
                f"`{name}` 的红色通道预计用时 {duration(lane.expected, 'zh')}，"
                f"普通通道 {duration(lane.ordinary, 'zh')}",
            )
            help_ = both("make the lane quicker, or drop it", "让红色通道更快，或取消它")
        else:
            continue
        yield Finding((*loc, "fast_lane"), said, help_, name)
