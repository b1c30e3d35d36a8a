"""What to ask customers next: the questions about needs whose answers nobody wrote."""

from __future__ import annotations

from blueprint.analysis.question_bank import due
from blueprint.scene.report import Section, Table
from blueprint.views.report.subject import JourneySubject, section

_SHOWN = 8


def questions(it: JourneySubject) -> Section | None:
    """List the first questions that are due, where visitors are most first."""
    say = it.say
    kinds = {
        "open": say("open", "开放式"),
        "closed": say("closed", "封闭式"),
        "confirm": say("confirming", "确认式"),
    }
    visits = it.analysis.chain.visits if it.analysis is not None else {}
    rows = [
        (-visits.get(name, 0.0), it.at(name), kinds[one.kind], say(one.ask.en, one.ask.zh))
        for name, point in it.journey.touchpoints.items()
        for need in point.needs
        for one in due(need)
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: row[0])
    columns = (say("Where", "触点"), say("Kind", "类型"), say("Question", "问题"))
    return section(
        say("What to ask next", "接下来该问什么"),
        Table(
            say(
                f"Questions about needs that nobody has answered: {min(_SHOWN, len(rows))} of {len(rows)}",
                f"尚无答案的需求问题：共 {len(rows)} 个，列出 {min(_SHOWN, len(rows))} 个",
            ),
            columns,
            tuple((place, kind, ask) for _, place, kind, ask in rows[:_SHOWN]),
        ),
    )
