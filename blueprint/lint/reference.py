"""The rule book for readers: one page, all pages, a table, and data for programs."""

from __future__ import annotations

from blueprint.diagnostic import Message, RuleCard
from blueprint.lint.book import all_rules, families, find
from blueprint.lint.manual import in_language


def explain(word: str, language: str = "en") -> str:
    """Return the manual page of a rule as Markdown, in the reader's language as far as it is written.

    Raises:
        UnknownRuleError: no rule is called so; the message says which was probably meant.
    """
    return page(find(word), "#", language)


_FIXES = {
    "safe": Message("safe", "安全"),
    "unsafe": Message("unsafe", "不安全"),
    "safe or unsafe": Message("safe or unsafe, as the case may be", "视情况安全或不安全"),
}


def page(card: RuleCard, heading: str, language: str = "") -> str:
    """Return one rule's page as Markdown under a heading of the given depth, in one language or in both."""
    say = Message.pick
    lines = [f"{heading} {card.code} {card.name}", ""]
    lines += [card.title.pick(language) if language else f"{card.title.en} / {card.title.zh}", ""]
    state = "" if card.default else say(Message(" · off by default", " · 默认关闭"), language)
    severity = say(card.severity.words, language)
    lines += [f"{say(Message('Severity: ', '严重程度：'), language)}**{severity}**{state}", ""]
    if card.fix:
        kind = say(_FIXES[card.fix], language)
        lines += [f"{say(Message('Fix: ', '修正：'), language)}**{kind}**", ""]
    if card.markdown:
        lines += [in_language(card.markdown, language) if language else card.markdown, ""]
    if card.options:
        lines += [say(Message("Options:", "选项："), language), ""]
        default = say(Message("(default `{}`)", "（默认 `{}`）"), language)
        lines += [f"- `{name}` {default.format(repr(value))}" for name, value in card.options.items()]
        lines += [""]
    return "\n".join(lines)


def rules_markdown() -> str:
    """Return the whole rule book as one Markdown document, for those who want it in one piece."""
    out = [
        "# Rules",
        "",
        "Made from the rules themselves. `blueprint explain CODE` prints one page.",
        "",
    ]
    for family, title in families().items():
        members = [card for card in all_rules() if card.code.startswith(family)]
        out += [f"## {family} · {title.en} / {title.zh}", ""]
        out += ["| code | name | severity | finds |", "|---|---|---|---|"]
        for c in members:
            link, off = f"[{c.code}](#{c.code.lower()}-{c.name})", "" if c.default else " (off)"
            out.append(f"| {link} | {c.name} | {c.severity.word}{off} | {c.title.en} |")
        out.append("")
        out += [page(card, "###") for card in members]
    return "\n".join(out).rstrip() + "\n"


def rules_table(language: str = "en") -> str:
    """Return the rule book as a table for a terminal: code, severity, name, what it finds."""
    out: list[str] = []
    for family, title in families().items():
        out += ["", f"{family}  {title.pick(language)}"] if out else [f"{family}  {title.pick(language)}"]
        for card in (c for c in all_rules() if c.code.startswith(family)):
            off = "" if card.default else {"en": " (off by default)"}.get(language, "（默认关闭）")
            finds = card.title.pick(language)
            out.append(f"  {card.code}  {card.severity.word:<7}  {card.name:<27} {finds}{off}")
    return "\n".join(out) + "\n"


def rules_json() -> str:
    """Return the rule book as JSON for programs: a list of rules with titles, page and options."""
    import json

    rules = [
        {
            "code": card.code,
            "name": card.name,
            "severity": card.severity.word,
            "default": card.default,
            "title": {"en": card.title.en, "zh": card.title.zh},
            "options": dict(card.options),
            "fix": card.fix or None,
            "page": card.markdown,
        }
        for card in all_rules()
    ]
    return json.dumps(rules, indent=2, ensure_ascii=False) + "\n"
