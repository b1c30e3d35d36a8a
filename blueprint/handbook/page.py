"""One rule's page in Markdown, for readers of both languages: what is wrong is shown, not only said."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from blueprint.diagnostic import Diagnostic, Message, RuleCard, Severity
from blueprint.handbook.pictures import Drawings, Pair, names, pair, svg
from blueprint.lint.examples import Example, worked
from blueprint.lint.manual import flowing
from blueprint.lint.mend import apply
from blueprint.lint.rule import Page
from blueprint.report import text
from blueprint.report.run import Run

MARK = "<!-- Made by `blueprint rules --format pages` from the rule itself: change the rule, not this. -->"
"""Begins every page, so that no file of somebody's own is ever overwritten."""
INDEX = "README.md"
DRAWINGS = "drawings"

_FIXES = {
    "": Message("none", "无"),
    "safe": Message("safe", "安全"),
    "unsafe": Message("unsafe", "不安全"),
    "safe or unsafe": Message("safe or unsafe, as the case may be", "视情况安全或不安全"),
}
_IN_THE_TEXT = Message(
    "There is no drawing: the fault is in the text, before there is anything to draw.",
    "没有图：问题出在文本本身，此时还没有可画的内容。",
)
_UNSEEN = Message(
    "There is no drawing: both examples look the same on the map and the blueprint. What this rule is "
    "about is only in the text.",
    "没有图：两个示例画出来是一样的，此规则针对的内容只在文本里。",
)
_MENDED = Message("The good example, in which this is mended.", "改正后的示例。")
_NO_SUBJECT = Message(
    "There is no drawing: what is at fault is no journey and no service blueprint.",
    "没有图：有问题的文档既不是旅程也不是服务蓝图。",
)


@dataclass(frozen=True)
class RulePage:
    """A rule with its examples, worked and drawn."""

    card: RuleCard
    manual: Page
    relatives: Sequence[RuleCard]
    """Other rules about the same matter."""

    @cached_property
    def bad(self) -> Example:
        """The bad example, checked."""
        return worked(self.manual.bad, self.card.code)

    @cached_property
    def good(self) -> Example:
        """The good example, checked."""
        return worked(self.manual.good, self.card.code)

    @cached_property
    def pictures(self) -> Pair:
        """The drawings of both examples; none of a text that cannot be read."""
        if self.card.code.startswith("YM") or not (self.manual.bad and self.manual.good):
            return Pair({}, {})
        return pair(self.bad, self.good)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the page and its drawings by their names in the folder."""
        yield f"{self.card.code}.md", self.markdown().encode("utf-8")
        for kind, drawings in (("bad", self.pictures.bad), ("good", self.pictures.good)):
            for document, name in names(self.card.code, kind, drawings):
                yield f"{DRAWINGS}/{name}", svg(drawings[document])

    def markdown(self) -> str:
        """Return the page."""
        card, manual = self.card, self.manual
        lines = [MARK, f"# {card.code} {card.name}", f"**{card.title.en}**<br>\n**{card.title.zh}**"]
        lines.append("\n".join(self._facts()))
        if manual.why or manual.why_zh:
            lines += ["## Why · 为什么", *map(flowing, filter(None, (manual.why, manual.why_zh)))]
        elif card.markdown:
            lines.append(card.markdown)
        if manual.bad:
            lines += ["## Bad · 错误示例", *self._bad()]
        if manual.good:
            lines += ["## Good · 正确示例", *self._drawn("good", self.pictures.good, _MENDED)]
            lines += _listing(self.good)
        lines += self._ignoring()
        if manual.source:
            lines += ["## Source · 出处", flowing(manual.source)]
        if self.relatives:
            near = " · ".join(f"[{other.code}]({other.code}.md) {other.name}" for other in self.relatives)
            lines += ["## Related · 相关规则", near]
        lines.append(f"[All rules · 全部规则]({INDEX})")
        return "\n\n".join(line.strip("\n") for line in lines) + "\n"

    def _facts(self) -> Iterator[str]:
        card = self.card
        on = Message("on", "开启") if card.default else Message("off", "关闭")
        options = "<br>".join(f"`{name}` = `{value!r}`" for name, value in card.options.items())
        yield "| Severity · 严重程度 | By default · 默认 | Fix · 修正 | Options · 选项 |"
        yield "|---|---|---|---|"
        said = (card.severity.words, on, _FIXES[card.fix])
        yield f"| {' | '.join(f'{word.en} · {word.zh}' for word in said)} | {options or '–'} |"

    def _bad(self) -> Iterator[str]:
        first = self.bad.found[0].message if self.bad.found else self.card.title
        yield from self._drawn("bad", self.pictures.bad, first)
        if not self.pictures.bad:
            yield _both(self._why_undrawn())
        yield from _listing(self.bad)
        yield "`blueprint check`:"
        yield fenced(self._output("en"), "text")
        yield "<details><summary>中文输出</summary>"
        yield fenced(self._output("zh"), "text")
        yield "</details>"
        yield from self._mended()

    def _output(self, language: str) -> str:
        return text.render(Run(self.bad.found, self.bad.sources), language=language)

    def _why_undrawn(self) -> Message:
        if self.card.code.startswith("YM"):
            return _IN_THE_TEXT
        at_fault = {d.file for d in self.bad.found}
        kinds = {d.kind.key for d in self.bad.documents if d.kind and d.source.name in at_fault}
        return _UNSEEN if kinds & {"journey", "blueprint"} else _NO_SUBJECT

    def _drawn(self, kind: str, drawings: Drawings, said: Message) -> Iterator[str]:
        for _, name in names(self.card.code, kind, drawings):
            yield f"![{_alt(said)}]({DRAWINGS}/{name})"

    def _mended(self) -> Iterator[str]:
        """Show what the first fix that there is would write."""
        found = next((d for d in self.bad.found if d.fix), None)
        if found is None or found.fix is None:
            return
        before = self.bad.sources[found.file].text
        after = apply(before, found.fix.edits)
        changes = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm=""))
        option = "--fix" if found.fix.safe else "--fix --unsafe-fixes"
        yield f"`blueprint check {option}`: {found.fix.title.en} · {found.fix.title.zh}"
        yield fenced("\n".join(line for line in changes[2:] if not line.startswith("@@")), "diff")

    def _ignoring(self) -> Iterator[str]:
        """Show how to live with the finding: in the file and in the configuration, with a reason."""
        if self.card.code.startswith("YM") and self.card.severity is Severity.ERROR:
            yield "## Ignore · 忽略"
            yield _both(
                Message(
                    "Errors of reading cannot be ignored: nothing could be said about what was not read.",
                    "读取错误不能忽略：读不到的内容无从检查。",
                )
            )
            return
        if not self.manual.bad or not self.bad.found:
            return
        code = self.card.code
        yield "## Ignore · 忽略"
        if line := ignoring(self.bad.found[0], self):
            yield "In the file, with the reason · 在文件中，写明理由："
            yield fenced(line, "yaml")
        element = self.bad.found[0].element
        yield "Or in the configuration, with somebody who answers for it · 或在配置中，写明负责人："
        yield fenced(
            f'[[ignores]]\nrule = "{code}"\nfiles = ["{self.bad.found[0].file}"]\n'
            + (f'element = "{element}"\n' if element else "")
            + 'reason = "why this is as it should be"\nowner = "who answers for it"',
            "toml",
        )


def ignoring(found: Diagnostic, page: RulePage) -> str:
    """Return how the bad example looks with a comment that accepts the finding, as far as it changes.

    The comment stands above the line where it can, else at its end, else on top for the whole file. Each is
    tried; empty where none of them silences the finding.
    """
    code, texts = page.card.code, list(page.manual.bad)
    at = [document.source.name for document in page.bad.documents].index(found.file)
    source = page.bad.documents[at].source
    lines = source.text.split("\n")
    number = source.position(found.span.start).line - 1
    line = lines[number]
    indent = line[: len(line) - len(line.lstrip())]
    remark = f"# blueprint: ignore {code} -- why this is as it should be"
    whole = f"# blueprint: ignore-file {code} -- why this is as it should be"
    for where, put in (
        (number, [f"{indent}{remark}", line]),
        (number, [f"{line.rstrip()}  {remark}"]),
        (0, [whole, lines[0]]),
    ):
        changed = "\n".join([*lines[:where], *put, *lines[where + 1 :]])
        left = worked([*texts[:at], changed, *texts[at + 1 :]], code).found
        if len(left) < len(page.bad.found) and not any(d.code.startswith("IN") for d in left):
            return textwrap.dedent("\n".join(put))
    return ""


def _listing(example: Example) -> Iterator[str]:
    for document in example.documents:
        if len(example.documents) > 1:
            yield f"`{document.source.name}`"
        yield fenced(document.source.text, "yaml")


def fenced(said: str, language: str) -> str:
    """Set a text as it is, whatever fences it holds itself."""
    fence = "```"
    while fence in said:
        fence += "`"
    return f"{fence}{language}\n{said.rstrip()}\n{fence}"


def _both(said: Message) -> str:
    return f"*{said.en}*<br>\n*{said.zh}*"


def _alt(said: Message) -> str:
    """Return what stands in place of a picture: no character of it may end the link."""
    return "".join(f"\\{c}" if c in "[]`*_\\<>" else c for c in " ".join(said.en.split()))


def relatives(card: RuleCard, every: Iterable[RuleCard]) -> tuple[RuleCard, ...]:
    """Return the other rules of a family, of a large one those of the same hundred."""
    family = [other for other in every if other.code[:2] == card.code[:2] and other.code != card.code]
    near = [other for other in family if other.code[:3] == card.code[:3]]
    return tuple(near if len(family) > 20 else family)
