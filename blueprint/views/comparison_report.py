"""A comparison as a page: a chapter for each document, with drawing, figures and what caused them."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.analysis.compared import Compared, Comparison
from blueprint.analysis.comparison_results import FigureChange
from blueprint.analysis.comparison_told import Teller, verdict
from blueprint.diagnostic import Diagnostic
from blueprint.scene.report import Chapter, Paragraph, Picture, Points, Report, Section, Table
from blueprint.views.comparison import can_be_drawn, draw_one

_CHANGES = 400


def report_of(comparison: Comparison, language: str) -> Report:
    """Return a comparison as a report, the worst document first."""
    zh = language.split("-")[0].lower() == "zh"
    worst = sorted(comparison.documents, key=lambda it: not it.regressions)
    chapters = tuple(_chapter(it, comparison, language) for it in worst)
    title = ("前后对照" if zh else "Before and after") + f" · {comparison.old} → {comparison.new}"
    if not chapters:
        said = verdict(comparison, language) + ("。" if zh else ".")
        chapters = (Chapter("none", title, said, (), ()),)
    return Report(title, "zh" if zh else "en", "目录" if zh else "Contents", chapters)


def _chapter(compared: Compared, comparison: Comparison, language: str) -> Chapter:
    tell = Teller(compared, language, "“{}”".format, "{}".format)
    files = tuple(dict.fromkeys(v.file for v in (compared.old, compared.new) if v))
    version = compared.version
    return Chapter(
        id=version.id or version.file,
        title=tell.title().strip("“”"),
        summary=tell.summary() + tell.say(".", "。"),
        facts=(" → ".join(files), f"{comparison.old} → {comparison.new}"),
        sections=tuple(_sections(compared, comparison, tell, language)),
    )


def _sections(compared: Compared, comparison: Comparison, tell: Teller, language: str) -> Iterator[Section]:
    say, d = tell.say, compared.difference
    problems = [
        Paragraph(say(f"{which} version: {told}", f"{which}版本：{told}"))
        for version, which in ((compared.old, say("Old", "旧")), (compared.new, say("New", "新")))
        if version is not None and version.problem is not None and (told := version.problem.pick(language))
    ]
    if d is not None:
        problems += [
            Paragraph(say(f"{which} version has no figures: {told}", f"{which}版本没有数据：{told}"))
            for reason, which in zip(d.uncomputable, (say("Old", "旧"), say("New", "新")), strict=True)
            if reason is not None and (told := reason.pick(language))
        ]
    if problems:
        yield Section(say("What could not be read", "无法读取之处"), tuple(problems))
    if d is not None:
        if can_be_drawn(compared):
            scene = draw_one(compared, (comparison.old, comparison.new), language=language)
            caption = say("Both versions on one grid", "两个版本画在同一张图上")
            yield Section(say("Picture", "图"), (Picture(scene, caption, wide=True),))
        moved = [f for f in d.figures if tell.worth(f)]
        if moved:
            yield Section(say("Figures", "数据"), (_figures(moved, tell), *_causes(moved, tell)))
        broken = [b for b in d.budgets if b.before != b.after and "none" not in (b.before, b.after)]
        if broken:
            items = tuple(tell.budget(budget) for budget in broken)
            yield Section(say("Promises", "承诺的预算"), (Points(items),))
    gained, lost = compared.lines
    for name, found, lines in (
        (say("Findings gained", "新增发现"), compared.gained, gained),
        (say("Findings gone", "消失的发现"), compared.lost, lost),
    ):
        if found:
            yield Section(name, (_findings(name, found, lines, tell, language),))
    if d is not None and d.changes:
        listed = [tell.change(change) for change in d.changes[:_CHANGES]]
        if (more := len(d.changes) - _CHANGES) > 0:
            listed.append(say(f"… {more} more", f"……另有 {more} 处"))
        yield Section(say("All changes", "全部变化"), (Points(tuple(listed)),))


def _figures(figures: list[FigureChange], tell: Teller) -> Table:
    say = tell.say
    rows = tuple(
        (
            tell.figure(f.name),
            tell.value(f, f.before),
            tell.value(f, f.after),
            tell.delta(f, f.delta),
            tell.arrow(f) + (say(" · regression", " · 退步") if f.regressed else ""),
        )
        for f in figures
    )
    columns = (
        say("Figure", "数据"), say("before", "之前"), say("after", "之后"), say("change", "变化"),
        say("verdict", "判断"),
    )  # fmt: skip
    return Table(say("Figures before and after", "前后数据"), columns, rows, frozenset({1, 2, 3}))


def _causes(figures: list[FigureChange], tell: Teller) -> Iterator[Table]:
    say = tell.say
    rows = tuple(
        (tell.figure(f.name), tell.factor(cause), tell.delta(f, cause.part))
        for f in figures
        for cause in f.causes
    )
    if rows:
        columns = (say("Figure", "数据"), say("Because", "原因"), say("by", "贡献"))
        yield Table(say("What caused it", "原因"), columns, rows, frozenset({2}))


def _findings(
    name: str, found: tuple[Diagnostic, ...], lines: tuple[int, ...], tell: Teller, language: str
) -> Table:
    say = tell.say
    severities = {
        "error": say("error", "错误"),
        "warning": say("warning", "警告"),
        "info": say("info", "提示"),
    }
    rows = tuple(
        (d.code, severities[d.severity.word], str(at), d.message.pick(language))
        for d, at in zip(found, lines, strict=True)
    )
    columns = (say("Rule", "规则"), say("Severity", "级别"), say("Line", "行"), say("What", "内容"))
    return Table(name, columns, rows, frozenset({2}))
