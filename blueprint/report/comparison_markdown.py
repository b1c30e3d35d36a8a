"""A comparison as a comment on a pull request: the verdict first, then figures, causes, findings.

Everything a document says is escaped: nothing in it becomes markup, a link or a mention of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from blueprint.analysis.compared import Compared, Comparison
from blueprint.analysis.comparison_results import FigureChange
from blueprint.analysis.comparison_told import Teller, verdict
from blueprint.diagnostic import Diagnostic, Severity
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.report.display import visible
from blueprint.report.markup import inline, plain

MARKER = "<!-- blueprint diff -->"
"""The first line, by which the comment of an earlier run is found and replaced."""
ROOM = 60_000
"""Bytes: a comment on GitHub may have 65,536 characters."""
_CAUSES, _FINDINGS, _CHANGES = 4, 15, 150
_MARKS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}


def render(comparison: Comparison, *, language: str = "en", picture: str = "") -> str:
    """Return a comment of at most `ROOM` bytes; what found no place in it is counted.

    Args:
        comparison: What to tell.
        language: The reader's.
        picture: Where the drawing can be seen; without it the comment says how to draw it.
    """
    zh = language.split("-")[0].lower() == "zh"
    mark = "🔴" if comparison.regressed else "🟢" if comparison.documents else "⚪"
    head = f"{MARKER}\n### {mark} {inline(verdict(comparison, language, code))}\n\n"
    head += plain(visible(f"{comparison.old} → {comparison.new}")) + "\n"
    foot = "".join(_foot(comparison, picture, zh))
    documents = [_Document(it, language) for it in _worst_first(comparison)]
    room = ROOM - _size(head) - _size(foot) - 400
    told: list[str] = []
    for document in documents:
        text = document.text()
        if _size(text) > room:
            break
        room -= _size(text)
        told.append(text)
    for at, document in enumerate(documents[: len(told)]):
        folded = document.folded(room)
        room -= _size(folded)
        told[at] += folded
    if rest := len(documents) - len(told):
        left = f"篇幅所限，另有 {rest} 个文档未列出。" if zh else (
            f"{rest} more {'document finds' if rest == 1 else 'documents find'} no room here."
        )  # fmt: skip
        told.append(f"\n_{left}_\n")
    return "".join((head, *told, foot))


def _worst_first(comparison: Comparison) -> list[Compared]:
    return sorted(comparison.documents, key=lambda it: not it.regressions)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def code(id: str) -> str:
    """Set an id apart; what could end the code is left out."""
    return "`" + visible(id).replace("`", "") + "`"


def words(text: str) -> str:
    """Set words of a document apart, harmless inside a sentence that is escaped once more."""
    return f"“{visible(text)}”".replace("`", "'")


def _foot(comparison: Comparison, picture: str, zh: bool) -> Iterator[str]:
    drawn = any(
        it.difference is not None and isinstance(it.version.model, (Journey, ServiceBlueprint))
        for it in comparison.documents
    )
    if drawn and picture:
        yield f"\n![{'前后对照' if zh else 'Before and after'}](<{_address(picture)}>)\n"
    elif drawn:
        sides = plain(visible(f"{comparison.old} → {comparison.new}"))
        yield (
            f"\n_配图：{sides} 的前后对照，由 `blueprint diff --to svg` 绘制。_\n"
            if zh
            else f"\n_The picture that belongs to this is drawn by `blueprint diff --to svg`: {sides}._\n"
        )
    if comparison.unchanged:
        count = comparison.unchanged
        yield f"\n_另有 {count} 个文档没有变化。_\n" if zh else f"\n_{count} more unchanged._\n"
    for file, why in comparison.skipped[:10]:
        name, reason = plain(visible(file)), plain(why.zh if zh else why.en)
        yield f"\n_未读取 {name}：{reason}。_\n" if zh else f"\n_Not read: {name}: {reason}._\n"


def _address(picture: str) -> str:
    """Return an address as it may stand between angle brackets."""
    return quote(picture, safe="/:?&=#%+,;@~.-_")


class _Document:
    def __init__(self, compared: Compared, language: str) -> None:
        self.compared = compared
        self.tell = Teller(compared, language, words, code)
        self.language = language

    def text(self) -> str:
        """Return what everybody should see."""
        return "".join(self._text())

    def _text(self) -> Iterator[str]:
        compared, say = self.compared, self.tell.say
        files = dict.fromkeys(v.file for v in (compared.old, compared.new) if v)
        mark = "🔴 " if compared.regressions else ""
        yield f"\n#### {mark}{inline(self.tell.headline())}\n\n"
        yield " → ".join(plain(visible(file)) for file in files) + "\n"
        for version, which in ((compared.old, say("Old", "旧")), (compared.new, say("New", "新"))):
            if version is not None and version.problem is not None:
                told = plain(visible(version.problem.pick(self.language)))
                yield "\n" + say(f"{which} version: {told}", f"{which}版本：{told}") + "\n"
        d = compared.difference
        if d is not None:
            if d.rescaled:
                yield "\n" + say(
                    "The emotion scale is another, so emotions cannot be compared.\n",
                    "情绪量表不同，情绪数据无法比较。\n",
                )
            for reason, which in zip(d.uncomputable, (say("Old", "旧"), say("New", "新")), strict=True):
                if reason is not None:
                    told = plain(visible(reason.pick(self.language)))
                    yield "\n" + say(
                        f"{which} version has no figures: {told}\n", f"{which}版本没有数据：{told}\n"
                    )
            moved = [f for f in d.figures if self.tell.worth(f)]
            yield from self._figures(moved)
            yield from self._causes([f for f in moved if f.causes])
            broken = [b for b in d.budgets if b.before != b.after and "none" not in (b.before, b.after)]
            items = [("🔴 " if b.newly_broken else "") + inline(self.tell.budget(b)) for b in broken]
            yield from self._listed(say("Promises", "承诺的预算"), items)
        gained, lost = compared.lines
        yield from self._listed(say("Findings gained", "新增发现"), self._found(compared.gained, gained))
        yield from self._listed(say("Findings gone", "消失的发现"), self._found(compared.lost, lost))

    def _figures(self, figures: Sequence[FigureChange]) -> Iterator[str]:
        if not figures:
            return
        tell, say = self.tell, self.tell.say
        yield f"\n| {say('Figure', '数据')} | {say('before', '之前')} | {say('after', '之后')} | "
        yield f"{say('change', '变化')} | |\n|---|--:|--:|--:|---|\n"
        for f in figures:
            name = plain(tell.figure(f.name))
            flag = " 🔴" if f.regressed else ""
            yield (
                f"| {f'**{name}**' if f.regressed else name} | {plain(tell.value(f, f.before))} | "
                f"{plain(tell.value(f, f.after))} | {plain(tell.delta(f, f.delta))} | "
                f"{tell.arrow(f)}{flag} |\n"
            )

    def _causes(self, figures: Sequence[FigureChange]) -> Iterator[str]:
        """Say what moved the figures that became worse, or where none did, those that moved."""
        worst = [f for f in figures if f.regressed] or [f for f in figures if f.tolerance is not None]
        if not worst:
            return
        tell = self.tell
        yield f"\n**{tell.say('What caused it', '原因')}**\n\n"
        for f in worst:
            yield f"- {plain(tell.figure(f.name))} {plain(tell.delta(f, f.delta))}\n"
            for cause in f.causes[:_CAUSES]:
                yield f"  - {inline(tell.cause(f, cause))}\n"
            if more := f.causes[_CAUSES:]:
                rest = plain(tell.delta(f, sum(cause.part for cause in more)))
                yield "  - " + tell.say(
                    f"{len(more)} more together: {rest}", f"其余 {len(more)} 项合计：{rest}"
                )
                yield "\n"

    def _found(self, found: Sequence[Diagnostic], lines: Sequence[int]) -> list[str]:
        say = self.tell.say
        return [
            f"{_MARKS[d.severity]} {plain(d.code)} {say(f'line {at}: ', f'第 {at} 行：')}"
            f"{inline(visible(d.message.pick(self.language)))}"
            for d, at in zip(found, lines, strict=True)
        ]

    def _listed(self, name: str, items: Sequence[str]) -> Iterator[str]:
        if not items:
            return
        yield f"\n**{name}** ({len(items)})\n\n"
        yield from (f"- {item}\n" for item in items[:_FINDINGS])
        if (more := len(items) - _FINDINGS) > 0:
            yield f"- {self.tell.say(f'… {more} more', f'……另有 {more} 项')}\n"

    def folded(self, room: int) -> str:
        """Return every change, folded away, as far as there is room."""
        d = self.compared.difference
        if d is None or not d.changes:
            return ""
        say = self.tell.say
        rows = [f"- {inline(self.tell.change(change))}\n" for change in d.changes]
        head = f"\n<details><summary>{say('All changes', '全部变化')} ({len(rows)})</summary>\n\n"
        foot = "\n</details>\n"
        room -= _size(head) + _size(foot) + 80
        shown: list[str] = []
        for row in rows[:_CHANGES]:
            room -= _size(row)
            if room < 0:
                break
            shown.append(row)
        if not shown:
            return ""
        if more := len(rows) - len(shown):
            shown.append(f"- {say(f'… {more} more', f'……另有 {more} 处')}\n")
        return "".join((head, *shown, foot))
