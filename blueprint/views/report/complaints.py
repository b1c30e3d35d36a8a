"""When something goes wrong: service levels and whether they are possible, paths, scripts."""

from __future__ import annotations

from blueprint.analysis.lexicon import remarks
from blueprint.analysis.protocol import ScriptScore, scored, speeches
from blueprint.analysis.service_levels import Feasibility, feasibility
from blueprint.figures import percent
from blueprint.scene.report import Paragraph, Points, Section, Table
from blueprint.views.report.subject import JourneySubject, section
from blueprint.views.words import number


def levels(it: JourneySubject) -> Section | None:
    """Tell for every complaint touchpoint which level holds, and whether it can be kept."""
    if it.analysis is None:
        return None
    found, say = feasibility(it.journey, it.standards.ladders), it.say
    graded = [
        one for one in found if one.deadlines.respond is not None or one.deadlines.resolve is not None
    ]
    if not graded:
        return None
    impossible = [it.at(one.touchpoint) for one in graded if one.possible is False]
    kept = [(one.attained.share, one.touchpoint) for one in graded if one.attained is not None]
    sentences = [
        say(
            f"{len(graded)} complaint touchpoint{'s have' if len(graded) > 1 else ' has'} a service level.",
            f"{len(graded)} 个投诉触点定有服务等级。",
        )
    ]
    if impossible:
        places = say.listed(impossible)
        sentences.append(
            say(
                f"Not even the quickest way to a solution keeps it at: {places}.",
                f"即使走最快的路径也无法做到的：{places}。",
            )
        )
    if untold := [one for one in graded if one.possible is None]:
        why = untold[0].reason
        sentences.append(
            say(
                f"Of {len(untold)} nobody can tell whether it can be kept"
                + (f": {why.en}." if why else "."),
                f"其中 {len(untold)} 个无法判断能否做到" + (f"：{why.zh}。" if why else "。"),
            )
        )
    if kept:
        least, place = min(kept, key=lambda one: one[0])
        share = percent(least)
        sentences.append(
            say(
                f"The level kept least is that of “{it.at(place)}”: {share} of the complaints "
                "solved there are solved in time.",
                f"达成率最低的是“{it.at(place)}”：已解决的投诉中 {share} 按时解决。",
            )
        )
    note = say(
        "Shares come from journeys played by the file's own times and shares; intervals are those of "
        "the simulation.",
        "达成率由文件中的时间与比例模拟得出；区间仅反映模拟误差。",
    )
    return section(
        say("Service levels", "服务等级"),
        Paragraph(say.join(*sentences)),
        _levels(it, graded),
        Paragraph(note, quiet=True),
    )


def _levels(it: JourneySubject, graded: list[Feasibility]) -> Table:
    say, rows = it.say, []
    time = say.read.label.duration
    verdict = {True: say("yes", "可行"), False: say("no", "不可行"), None: "–"}
    for one in graded:
        clocks, way = one.deadlines, one.way
        shortest = way.shortest if way is not None and way.stays else None
        attained = "–"
        if one.attained:
            low, high = one.attained.interval
            attained = f"{percent(one.attained.share)} ({percent(low)}–{percent(high)})"
        rows.append(
            (
                it.at(one.touchpoint),
                clocks.priority or "–",
                "–" if clocks.respond is None else _on_clock(it, clocks.respond, clocks.clock),
                "–" if clocks.resolve is None else _on_clock(it, clocks.resolve, clocks.resolve_clock),
                "–" if shortest is None else time(shortest[0]),
                "–" if shortest is None or way is None or way.expected is None else time(way.expected),
                verdict[one.possible],
                attained,
            )
        )
    columns = (
        say("Complaint at", "投诉触点"),
        say("Level", "等级"),
        say("Answer within", "响应时限"),
        say("Solve within", "解决时限"),
        say("Quickest", "最快"),
        say("Expected", "预计"),
        say("Possible", "可行性"),
        say("In time", "按时率"),
    )
    return Table(
        say("Levels held against the journey's own times", "服务等级与旅程自身时间"),
        columns,
        tuple(rows),
        frozenset({2, 3, 4, 5, 7}),
    )


def _on_clock(it: JourneySubject, seconds: float, clock: str) -> str:
    written = it.say.read.label.duration(seconds)
    if clock == "business":
        return it.say(f"{written} (business)", f"{written}（营业时间）")
    return written


def paths(it: JourneySubject) -> Section | None:
    """Tell how complaints are handled: what is solved, at once or after detours, and who may grant what."""
    if it.analysis is None:
        return None
    say, rows = it.say, []
    for one in feasibility(it.journey, it.standards.ladders, simulate=False):
        complaint = it.journey.touchpoints[one.touchpoint].complaint
        if complaint is None:
            continue
        way = one.way
        escalation = " → ".join(
            say.read.say(rung.to)
            + (
                f" ({say.read.label['after'].format(say.read.label.duration(rung.after))})"
                if rung.after is not None
                else ""
            )
            for rung in complaint.escalation
        )
        authority = complaint.authority
        rows.append(
            (
                it.at(one.touchpoint),
                percent(it.analysis.chain.ever_visited.get(one.touchpoint, 0.0)),
                "–" if way is None else percent(way.solved_share),
                "–" if way is None or way.at_first_contact is None else percent(way.at_first_contact),
                "–" if authority is None else f"{number(authority.amount)} {authority.currency}",
                escalation or "–",
            )
        )
    if not rows:
        return None
    columns = (
        say("Complaint at", "投诉触点"),
        say("Get here", "到达"),
        say("Solved", "解决"),
        say("At first contact", "首次解决"),
        say("May grant", "授权额度"),
        say("Escalates to", "升级至"),
    )
    return section(
        say("Complaint paths", "投诉路径"),
        Table(
            say("What becomes of complaints", "投诉的去向"), columns, tuple(rows), frozenset({1, 2, 3, 4})
        ),
    )


def scripts(it: JourneySubject) -> Section | None:
    """Tell how far scripts follow their protocols, what is missing, and which words should not be said."""
    say, faults, words = it.say, list[str](), list[str]()
    rows: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for touchpoint, point in it.journey.touchpoints.items():
        for speech in speeches(point.script, it.journey.language) if point.script else ():
            spoken = speech.language if speech.style is None else f"{speech.language}, {speech.style}"
            place = f"{it.at(touchpoint)} ({spoken}){say.read.label.colon}"
            for remark in remarks(it.standards.lexicon, speech.said):
                better = say(f"; better: “{remark.instead}”", f"；建议：“{remark.instead}”")
                words.append(f"{place}“{remark.text}”" + (better if remark.instead else ""))
            result = scored(point.script, speech, it.standards.protocols) if point.script else None
            if result is None:
                continue
            shares = (result.coverage, result.order, result.score)
            told = tuple("–" if share is None else percent(share) for share in shares)
            # Scripts of one touchpoint that do equally well in several languages share a row.
            rows.setdefault((it.at(touchpoint), _protocol(it, result.protocol), told), []).append(spoken)
            if lacking := _faults(it, result):
                faults.append(f"{place}{lacking}")
    return section(
        say("What is said", "话术"),
        _scripts(it, tuple((at, by, " · ".join(spoken), *told) for (at, by, told), spoken in rows.items()))
        if rows
        else None,
        Points(tuple(faults)) if faults else None,
        Paragraph(say("Words that do harm, as they stand in the scripts:", "话术中有损体验的用语："))
        if words
        else None,
        Points(tuple(dict.fromkeys(words))) if words else None,
    )


def _scripts(it: JourneySubject, rows: tuple[tuple[str, ...], ...]) -> Table:
    say = it.say
    columns = (
        say("Script at", "话术触点"),
        say("Protocol", "话术模型"),
        say("Language", "语言"),
        say("Steps said", "步骤覆盖"),
        say("In order", "顺序"),
        say("Score", "得分"),
    )
    return Table(
        say("Scripts against their protocols", "话术与模型对照"), columns, rows, frozenset({3, 4, 5})
    )


def _protocol(it: JourneySubject, id: str) -> str:
    found = it.standards.protocols.get(id)
    return it.say.read.say(found.title) if found and found.title else id


def _faults(it: JourneySubject, result: ScriptScore) -> str:
    say = it.say
    protocol = it.standards.protocols.get(result.protocol)
    names = {step.id: say.read.say(step.heading) for step in protocol.steps} if protocol else {}

    def named(steps: tuple[str, ...]) -> str:
        return say(", ", "、").join(names.get(step, step) for step in steps)

    told = []
    if result.missing:
        told.append(say(f"missing: {named(result.missing)}", f"缺少：{named(result.missing)}"))
    if result.misplaced:
        told.append(say(f"out of order: {named(result.misplaced)}", f"顺序不对：{named(result.misplaced)}"))
    if result.spoiled:
        quoted = say(", ", "、").join(f"“{spoiled.text}”" for spoiled in result.spoiled)
        told.append(say(f"spoiled by {quoted}", f"被 {quoted} 破坏"))
    if result.undated:
        undated = tuple(hit.step for hit in result.undated)
        told.append(say(f"no time named: {named(undated)}", f"未给出时限：{named(undated)}"))
    if result.score is None and (why := result.reason):
        told.append(say(f"not scored: {why.en}", f"无法评分：{why.zh}"))
    return say.listed(told)
