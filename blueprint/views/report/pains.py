"""Where it hurts: pains by money where it can be said, else by how often and how badly."""

from __future__ import annotations

from blueprint.analysis.results import RankedPain
from blueprint.scene.report import Paragraph, Picture, Section, Table
from blueprint.views.charts.pain_matrix import Bubble, pain_matrix
from blueprint.views.report.subject import JourneySubject, money, section
from blueprint.views.words import number

_SHOWN = 12


def ranked(it: JourneySubject) -> list[RankedPain]:
    """Return the pains of a journey: by money, then by weight."""
    if it.analysis is None:
        return []
    return sorted(
        it.analysis.pains,
        key=lambda pain: (-round(pain.money_per_period or 0.0, 6), -round(pain.weight, 9)),
    )


def pains(it: JourneySubject) -> Section | None:
    """Rank the pains and place them by severity and likelihood."""
    found, say = ranked(it), it.say
    if not found:
        return None
    priced = any(pain.money_per_period is not None for pain in found)
    notes = [
        say(
            "Money is what the journeys are worth that fail right after the touchpoint; the pains of one "
            "touchpoint share it."
            if priced
            else "Ranked by expected visits times severity; with traffic and value written, by money.",
            "金额为在该触点之后失败的旅程价值，同一触点的痛点共同承担。"
            if priced
            else "按预期到访次数 × 严重度排序；写明流量与价值后按金额排序。",
        )
    ]
    if len(found) > _SHOWN:
        more = len(found) - _SHOWN
        notes.append(say(f"{more} lighter pains are left out.", f"另有 {more} 个较轻的痛点未列出。"))
    if unrated := sum(pain.severity is None for pain in found):
        notes.append(
            say(
                f"{unrated} are not rated and counted with severity 5.",
                f"{unrated} 个未评分，按严重度 5 计。",
            )
        )
    return section(
        say("Where it hurts", "痛点"),
        _table(it, found[:_SHOWN], priced),
        Paragraph(say.join(*notes), quiet=True),
        _matrix(it, found),
    )


def _table(it: JourneySubject, found: list[RankedPain], priced: bool) -> Table:
    say, read, currency = it.say, it.say.read, ""
    if it.journey.traffic and it.journey.traffic.value:
        currency = it.journey.traffic.value.currency
    rows = []
    for order, pain in enumerate(found, 1):
        written = it.journey.touchpoints[pain.touchpoint].pains[pain.index]
        done = read.label.pairs(
            read.say(written.action),
            read.say(written.owner),
            written.due.isoformat() if written.due else "",
        )
        row = [
            f"{order}. {read.say(written.pain)}",
            it.at(pain.touchpoint),
            "–" if pain.severity is None else str(pain.severity),
            number(pain.visits),
        ]
        if priced:
            row.append("–" if pain.money_per_period is None else money(pain.money_per_period, currency))
        rows.append((*row, pain.action_priority or "–", done or "–"))
    columns = [
        say("Pain", "痛点"),
        say("Where", "触点"),
        say("Severity", "严重度"),
        say("Per journey", "每次旅程"),
    ]
    if priced:
        columns.append(say(f"Money {it.period}", f"金额（{it.period}）"))
    columns += [say("Priority", "优先级"), say("What is done", "措施")]
    figures = {2, 3, 4} if priced else {2, 3}
    return Table(
        say("Pains, the costliest first", "痛点（代价由大到小）")
        if priced
        else say("Pains, the heaviest first", "痛点（由重到轻）"),
        tuple(columns),
        tuple(rows),
        frozenset(figures),
    )


def _matrix(it: JourneySubject, found: list[RankedPain]) -> Picture | None:
    bubbles = []
    unplaced = 0
    for order, pain in enumerate(found, 1):
        written = it.journey.touchpoints[pain.touchpoint].pains[pain.index]
        if written.severity is None or written.occurrence is None:
            unplaced += 1
            continue
        name = it.say.read.say(written.pain)
        place, likelihood = it.at(pain.touchpoint), written.occurrence
        bubbles.append(Bubble(name, place, written.severity, likelihood, pain.visits, str(order)))
    if not bubbles:
        return None
    say = it.say
    caption = say(
        "Severity against likelihood; the larger the circle, the more visits.",
        "严重度与发生可能性；圆越大，到访越多。",
    )
    if unplaced:
        caption = say.join(
            caption,
            say(
                f"{unplaced} pains without both ratings are not placed.",
                f"{unplaced} 个痛点缺少评分，未放入。",
            ),
        )
    scene = pain_matrix(tuple(bubbles), language=say.read.language, prefix=f"{it.journey.id}-pains")
    return Picture(scene, caption)
