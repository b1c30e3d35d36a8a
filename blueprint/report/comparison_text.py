"""A comparison for people at a terminal."""

from __future__ import annotations

from blueprint.analysis.compared import Compared, Comparison
from blueprint.analysis.comparison_results import FigureChange
from blueprint.analysis.comparison_told import Teller, verdict
from blueprint.diagnostic import Diagnostic
from blueprint.report.display import fold, pad, visible, width

COLUMNS = 96
_CAUSES = 4


def render(comparison: Comparison, *, language: str = "en") -> str:
    """Return a readable comparison of at most 100 columns: what changed, by how much, and why."""
    lines = [visible(f"{comparison.old} → {comparison.new}"), visible(verdict(comparison, language))]
    for compared in comparison.documents:
        lines += ["", *_Document(compared, language).lines()]
    zh = language.split("-")[0].lower() == "zh"
    if comparison.unchanged:
        count = comparison.unchanged
        same = f"另有 {count} 个文档没有变化" if zh else f"{count} more unchanged"
        lines += ["", same]
    for file, why in comparison.skipped:
        lines.append(visible(("未读取 " if zh else "not read: ") + f"{file}: {why.pick(language)}"))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def plain_quote(words: str) -> str:
    """Set words of a document apart; they cannot steer the terminal."""
    return f"“{visible(words)}”"


def plain_code(id: str) -> str:
    """Set an id apart."""
    return f"`{visible(id)}`"


class _Document:
    def __init__(self, compared: Compared, language: str) -> None:
        self.compared = compared
        self.tell = Teller(compared, language, plain_quote, plain_code)
        self.language = language

    def lines(self) -> list[str]:
        old, new, say = self.compared.old, self.compared.new, self.tell.say
        files = [version.file for version in (old, new) if version]
        head = " → ".join(dict.fromkeys(files))
        lines = [visible(head), *self._fold("  " + self.tell.headline())]
        for version, which in ((old, say("old", "旧")), (new, say("new", "新"))):
            if version is not None and version.problem is not None:
                told = version.problem.pick(self.language)
                lines += self._fold("  " + visible(say(f"{which} version: {told}", f"{which}版本：{told}")))
        d = self.compared.difference
        if d is not None:
            if d.rescaled:
                lines += self._fold(
                    "  "
                    + say(
                        "The emotion scale is another, so emotions cannot be compared.",
                        "情绪量表不同，情绪数据无法比较。",
                    )
                )
            for reason, which in zip(d.uncomputable, (say("old", "旧"), say("new", "新")), strict=True):
                if reason is not None:
                    told = reason.pick(self.language)
                    lines += self._fold(
                        "  "
                        + visible(
                            say(f"{which} version has no figures: {told}", f"{which}版本没有数据：{told}")
                        )
                    )
            lines += self._figures([f for f in d.figures if self.tell.worth(f)])
            broken = [b for b in d.budgets if b.before != b.after and "none" not in (b.before, b.after)]
            lines += self._list(say("Budgets", "预算"), [self.tell.budget(budget) for budget in broken])
            lines += self._list(say("Changes", "变化"), [self.tell.change(change) for change in d.changes])
        gained, lost = self.compared.lines
        lines += self._list(
            say("Findings gained", "新增发现"), self._findings(self.compared.gained, gained)
        )
        lines += self._list(say("Findings lost", "消失的发现"), self._findings(self.compared.lost, lost))
        return lines

    def _figures(self, figures: list[FigureChange]) -> list[str]:
        if not figures:
            return []
        tell, say = self.tell, self.tell.say
        heads = (say("Figures", "数据"), say("before", "之前"), say("after", "之后"), say("change", "变化"))
        rows = [
            (
                tell.figure(f.name),
                tell.value(f, f.before),
                tell.value(f, f.after),
                tell.delta(f, f.delta),
                tell.arrow(f) + (say("  regression", "  退步") if f.regressed else ""),
            )
            for f in figures
        ]
        wide = [max(width(row[at]) for row in (heads, *rows)) for at in range(4)]
        lines = ["", "  " + self._row((*heads, ""), wide)]
        for figure, row in zip(figures, rows, strict=True):
            lines.append("  " + self._row(row, wide))
            for cause in figure.causes[:_CAUSES]:
                lines += self._fold(f"      {tell.cause(figure, cause)}", "        ")
            more = figure.causes[_CAUSES:]
            if more:
                rest = tell.delta(figure, sum(cause.part for cause in more))
                count = len(more)
                lines.append(
                    "      " + say(f"{count} more together: {rest}", f"其余 {count} 项合计：{rest}")
                )
            if figure.causes and not figure.exact:
                lines.append(
                    "      "
                    + say(
                        "(many changes: the mean over two orders of making them)",
                        "（变化较多：按两种先后顺序的均值分摊）",
                    )
                )
        return lines

    @staticmethod
    def _row(row: tuple[str, ...], wide: list[int]) -> str:
        name, *cells, arrow = row
        columns = [pad(cell, columns, right=True) for cell, columns in zip(cells, wide[1:], strict=True)]
        return "   ".join((pad(name, wide[0]), *columns, arrow)).rstrip()

    def _list(self, heading: str, items: list[str]) -> list[str]:
        if not items:
            return []
        lines = ["", f"  {heading}"]
        for item in items:
            lines += self._fold(f"    {item}", "      ")
        return lines

    def _findings(self, found: tuple[Diagnostic, ...], lines: tuple[int, ...]) -> list[str]:
        severities = {
            "error": self.tell.say("error", "错误"), "warning": self.tell.say("warning", "警告"),
            "info": self.tell.say("info", "提示"),
        }  # fmt: skip
        return [
            visible(
                f"{severities[d.severity.word]} {d.code} {self.tell.say(f'line {at}: ', f'第 {at} 行：')}"
                f"{d.message.pick(self.language)}"
            )
            for d, at in zip(found, lines, strict=True)
        ]

    @staticmethod
    def _fold(text: str, indent: str = "  ") -> list[str]:
        return fold(text, COLUMNS, indent=indent)
