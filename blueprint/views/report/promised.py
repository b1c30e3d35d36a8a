"""What customers are promised: how often it is kept, what has no time, what contradicts itself."""

from __future__ import annotations

from blueprint.analysis.promises import Pledge, collisions, pledges
from blueprint.analysis.service_levels import kept_promises
from blueprint.figures import percent
from blueprint.scene.report import Paragraph, Section, Table
from blueprint.views.report.subject import JourneySubject, section


def promised(it: JourneySubject) -> Section | None:
    """Tell the promises of a journey; None where there is none."""
    made, say = pledges(it.journey), it.say
    if not made:
        return None
    colliding = {
        (one.touchpoint, one.index): other
        for first, second in collisions(made)
        for one, other in ((first, second), (second, first))
    }
    rows = tuple(_row(it, pledge, colliding.get((pledge.touchpoint, pledge.index))) for pledge in made)
    sentences = []
    if kept := kept_promises(pledge.promise for pledge in made):
        low, high = (percent(end) for end in kept.interval)
        sentences.append(
            say(
                f"Of {kept.made} promises counted, {percent(kept.share)} were kept ({low} to {high}).",
                f"在统计的 {kept.made} 次承诺中，兑现 {percent(kept.share)}（{low} 至 {high}）。",
            )
        )
    if undated := sum(pledge.due is None for pledge in made):
        sentences.append(
            say(f"{undated} of {len(made)} name no time.", f"{len(made)} 项承诺中有 {undated} 项没有期限。")
        )
    if colliding:
        sentences.append(
            say("Some promise one thing for different times.", "有的承诺对同一件事给出了不同的时间。")
        )
    columns = (
        say("Promise", "承诺"),
        say("Given at", "触点"),
        say("Within", "期限"),
        say("Kept", "兑现"),
        say("Elsewhere", "他处说法"),
    )
    return section(
        say("Promises", "承诺"),
        Paragraph(say.join(*sentences)) if sentences else None,
        Table(say("What is promised, and by when", "承诺内容与期限"), columns, rows, frozenset({2, 3})),
    )


def _row(it: JourneySubject, pledge: Pledge, other: Pledge | None) -> tuple[str, ...]:
    kept = kept_promises([pledge.promise])
    return (
        it.say.read.say(pledge.promise.promise),
        it.at(pledge.touchpoint),
        _time(it, pledge),
        percent(kept.share) if kept else "–",
        f"{_time(it, other)} · {it.at(other.touchpoint)}" if other else "–",
    )


def _time(it: JourneySubject, pledge: Pledge) -> str:
    if pledge.due is None:
        return "–"
    written = it.say.read.label.duration(pledge.due)
    if pledge.clock == "business":
        return it.say(f"{written} (business)", f"{written}（营业时间）")
    return written
