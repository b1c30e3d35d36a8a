"""Lists that should be covered (kinds of touchpoint, standards, needs, peaks), and what nobody covers."""

from __future__ import annotations

from blueprint.analysis.coverage import kinds_coverage, list_coverage
from blueprint.analysis.coverage_grounds import grounds
from blueprint.figures import percent
from blueprint.scene.report import Section, Table
from blueprint.views.report.subject import JourneySubject, section


def covered(it: JourneySubject) -> Section | None:
    """Tell of every list of which something is covered how much is, and name what is not."""
    if it.analysis is None:
        return None
    say, visits, rows = it.say, it.analysis.chain.visits, []
    if any(point.kinds for point in it.journey.touchpoints.values()):
        kinds = kinds_coverage(it.journey, visits)
        names = [say.read.label.kinds[name] for name in kinds.nowhere]
        title = say("Kinds of touchpoint", "五类触点")
        rows.append((*_row(it, title, len(kinds.items), names, kinds.share), "–"))
    for id, entry in it.standards.coverage.items():
        found = list_coverage(id, entry, it.journey, visits=visits, personas=it.personas)
        if found is None or not (any(found.covered.values()) or found.unknown):
            continue
        titles = {item.id: say.read.say(item.title) for item in entry.items}
        missing = [titles.get(name, name) for name in found.nowhere]
        held = grounds(id, found.items, found.covered, it.journey)
        bare = say(", ", "、").join(titles.get(name, name) for name in held.only_said) if held else ""
        title = say.read.say(entry.title) or id
        rows.append((*_row(it, title, len(found.items), missing, found.share), bare or "–"))
    if not rows:
        return None
    columns = (
        say("List", "清单"),
        say("Covered", "已覆盖"),
        say("Cells filled", "矩阵填充率"),
        say("Nowhere covered", "无处覆盖"),
        say("Said, but nothing in the file shows it", "仅有声明，文件中无依据"),
    )
    return section(
        say("What is covered, and what is not", "覆盖情况"),
        Table(
            say("Lists held against the journey", "清单与旅程对照"), columns, tuple(rows), frozenset({1, 2})
        ),
    )


def _row(
    it: JourneySubject, title: str, count: int, missing: list[str], share: float | None
) -> tuple[str, ...]:
    told = it.say(", ", "、").join(missing) or "–"
    return title, f"{count - len(missing)}/{count}", "–" if share is None else percent(share), told
