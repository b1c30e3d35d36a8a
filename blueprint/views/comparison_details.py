"""What the page of one comparison says beside its drawing: touchpoints, figures, findings."""

from __future__ import annotations

from typing import Literal

from blueprint.analysis.compared import Compared
from blueprint.analysis.comparison_results import FigureChange
from blueprint.analysis.comparison_told import Teller
from blueprint.diagnostic import Diagnostic
from blueprint.scene.page import Detail, Figure, FindingLine, Row, Tone


def details_of(compared: Compared, language: str) -> tuple[Detail, ...]:
    """Return what changed at each touchpoint or step, in the order of the changes."""
    tell = Teller(compared, language, "“{}”".format, "{}".format)
    d = compared.difference
    rows: dict[str, list[Row]] = {}
    titles: dict[str, tuple[Literal["touchpoint", "step"], str]] = {}
    for change in d.changes if d else ():
        if change.element in ("touchpoint", "step"):
            head, _, said = tell.change(change).partition(change.id)
            name = tell.field(change.field) if change.field else tell.say("whole", "整体")
            rows.setdefault(change.id, []).append(Row(name, ((said or head).strip(),)))
            kind: Literal["touchpoint", "step"] = "step" if change.element == "step" else "touchpoint"
            titles.setdefault(change.id, (kind, tell.text(change.title) or change.id))
    for figure in d.figures if d else ():
        for cause in figure.causes:
            for id in cause.factor.ids:
                if id in rows and len(cause.factor.ids) == 1:
                    part = tell.delta(figure, cause.part)
                    rows[id].append(
                        Row(tell.say("did to", "影响"), (f"{tell.figure(figure.name)} {part}",))
                    )
    return tuple(Detail(titles[id][0], id, titles[id][1], id, tuple(it)) for id, it in rows.items())


def figures_of(compared: Compared, language: str) -> tuple[Figure, ...]:
    """Return the figures that moved, each with what moved it most."""
    tell = Teller(compared, language, "“{}”".format, "{}".format)
    d = compared.difference
    return tuple(_figure(f, tell) for f in (d.figures if d else ()) if tell.worth(f))


def _figure(figure: FigureChange, tell: Teller) -> Figure:
    was = f"{tell.say('was', '原为')} {tell.value(figure, figure.before)}"
    moved = f"{tell.delta(figure, figure.delta)} {tell.arrow(figure)}"
    why = tell.factor(figure.causes[0]) if figure.causes else ""
    note = tell.comma.join(filter(None, (was, moved, why)))
    better = figure.delta and figure.better and not figure.worse
    tone: Tone = "bad" if figure.worse else "good" if better else "plain"
    return Figure(tell.figure(figure.name), tell.value(figure, figure.after), note, tone)


def findings_of(compared: Compared, language: str) -> tuple[FindingLine, ...]:
    """Return the findings gained, then those that are gone."""
    tell = Teller(compared, language)
    gained, lost = compared.lines
    new, gone = tell.say("new", "新增"), tell.say("gone", "已消失")
    return (
        *(_line(d, at, new, language, compared) for d, at in zip(compared.gained, gained, strict=True)),
        *(_line(d, at, gone, language, compared) for d, at in zip(compared.lost, lost, strict=True)),
    )


def _line(finding: Diagnostic, line: int, state: str, language: str, compared: Compared) -> FindingLine:
    return FindingLine(
        finding.severity.word,
        f"{finding.code} · {state}",
        finding.message.pick(language),
        finding.help.pick(language) if finding.help else "",
        f"{compared.version.file}:{line}",
        ("touchpoint", finding.element) if finding.element else None,
    )
