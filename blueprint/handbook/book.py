"""The folder of pages: one per rule, their drawings, and the index that lists them by family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blueprint.diagnostic import RuleCard
from blueprint.handbook.page import INDEX, MARK, RulePage, relatives
from blueprint.lint import book
from blueprint.lint.rule import Page, page_of
from blueprint.source.faults import YM_RULES

_NO_PAGE = Page("", (), (), "")


def pages(select: Sequence[str] = ()) -> tuple[RulePage, ...]:
    """Return the pages of rules, those of plugins in use included.

    Args:
        select: Codes, beginnings of codes and names; every rule where there are none.

    Raises:
        UnknownRuleError: a word of the selection names no rule.
    """
    book.check_words(select)
    every = [card for card in book.all_rules() if chosen(card.code, card.name, select)]
    return tuple(RulePage(card, _manual(card.code), relatives(card, every)) for card in every)


def chosen(code: str, name: str, select: Sequence[str]) -> bool:
    """Whether a selection means a rule."""
    words = [word.upper() for word in select]
    return (
        not words or "ALL" in words or any(code.startswith(word) or name.upper() == word for word in words)
    )


def files(chosen: Sequence[RulePage]) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the folder by its name, the index first."""
    yield INDEX, index(chosen).encode("utf-8")
    for page in chosen:
        yield from page.files()


def index(chosen: Sequence[RulePage]) -> str:
    """Return the list of all rules, family by family."""
    out = [
        MARK,
        "",
        "# Rules · 规则",
        "",
        "Each page shows what a rule finds: a bad example with the place marked, and the same mended. In a "
        "terminal,",
        "`blueprint explain CODE` prints the words of it.",
        "",
        "每一页展示一条规则发现的问题：标出位置的错误示例，以及改正后的示例。",
        "在终端中可用 `blueprint explain 代码` 查看文字部分。",
        "",
    ]
    cards = [page.card for page in chosen]
    families = {
        family: [card for card in cards if card.code.startswith(family)] for family in book.families()
    }
    shown = {family: members for family, members in families.items() if members}
    out += [" · ".join(f"[{family}](#{family.lower()})" for family in shown), ""]
    for family, members in shown.items():
        title = book.families()[family]
        out += [f"## {family}", "", f"{title.en} · {title.zh}", ""]
        out += ["| code | name | severity | finds · 内容 |", "|---|---|---|---|"]
        out += [_row(card) for card in members]
        out.append("")
    return "\n".join(out).rstrip() + "\n"


def _row(card: RuleCard) -> str:
    off = "" if card.default else " (off · 默认关闭)"
    finds = f"{card.title.en}<br>{card.title.zh}".replace("|", "\\|")
    return f"| [{card.code}]({card.code}.md) | {card.name} | {card.severity.word}{off} | {finds} |"


def _manual(code: str) -> Page:
    if code in YM_RULES:
        return page_of(YM_RULES[code].page)
    rule = book.load().get(code)
    return rule.page if rule else _NO_PAGE
