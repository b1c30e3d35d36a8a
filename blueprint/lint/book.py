"""The rule book: every rule of every family, and the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from blueprint.diagnostic import Message, RuleCard, Severity
from blueprint.lint import rules as _rules
from blueprint.lint.manual import markdown
from blueprint.lint.rule import RULES, Rule
from blueprint.lint.selection import UnknownRuleError, unknown
from blueprint.lint.wording import meant
from blueprint.plugins import Plugins, active
from blueprint.source.faults import YM_RULES

FAMILIES: dict[str, Message] = {
    "YM": Message("The YAML text", "YAML 文本"),
    "ST": Message("Structure of the journey", "旅程结构"),
    "RF": Message("References", "引用"),
    "TP": Message("The five kinds of touchpoint", "五类触点"),
    "EX": Message("Experience", "体验"),
    "BP": Message("Service blueprint", "服务蓝图"),
    "KN": Message("Needs", "需求"),
    "QU": Message("Service quality and its gaps", "服务质量与差距"),
    "CV": Message("Coverage of lists", "清单覆盖"),
    "DM": Message("What problems cost", "问题的代价"),
    "MT": Message("Measures", "测量"),
    "RK": Message("Risk", "风险"),
    "RC": Message("Root causes", "根本原因"),
    "RA": Message("Roles", "职责"),
    "SG": Message("Segments of customers", "客户细分"),
    "SL": Message("Service levels", "服务时限"),
    "CP": Message("Complaints and recovery", "投诉与补救"),
    "LX": Message("What is said", "用语与话术"),
    "WS": Message("The workspace", "工作区"),
    "IN": Message("The checker itself", "检查器自身"),
}

_INTERNAL = (
    RuleCard(
        "IN001",
        "crashed-rule",
        Severity.ERROR,
        Message("A rule crashed; the others still ran.", "某条规则崩溃，其余规则照常运行"),
        "**Why** · A rule that cannot cope with a file must not hide what the other rules found. "
        "It is a\n"
        "fault of the program, never of the file: please report it with the file that shows it.\n\n"
        "**为什么** · 规则处理不了某个文件，不能因此掩盖其他规则的发现。这是程序的错，不是文件的错：\n"
        "请附上能重现的文件向我们报告。",
    ),
    RuleCard(
        "IN101",
        "ignore-without-reason",
        Severity.WARNING,
        Message("A comment ignores a rule without saying why.", "忽略规则的注释没有写理由"),
        "**Why** · In half a year nobody knows whether the exception still holds.\n"
        "Write it as `# blueprint: ignore EX101 -- the reason`.\n\n"
        "**为什么** · 半年之后，没有人知道这个例外还成不成立。请写成 `# blueprint: ignore EX101 -- 理由`。",
    ),
    RuleCard(
        "IN102",
        "ignore-of-unknown-rule",
        Severity.WARNING,
        Message("A comment ignores a rule that does not exist.", "注释忽略了不存在的规则"),
        "**Why** · The comment looks as if it did something, and does nothing.\n\n"
        "**为什么** · 这条注释看起来在起作用，其实什么也没做。",
        fix="unsafe",
    ),
    RuleCard(
        "IN103",
        "unused-ignore",
        Severity.INFO,
        Message("A comment ignores a rule that finds nothing there.", "注释忽略的规则在那里没有发现问题"),
        "**Why** · An exception that is no longer needed would hide the next real finding.\n\n"
        "**为什么** · 已经不需要的例外，会掩盖下一个真正的问题。",
        fix="safe",
    ),
    RuleCard(
        "IN104",
        "expired-ignore",
        Severity.WARNING,
        Message("An ignore of the configuration has passed its day.", "配置中的忽略已经到期"),
        "**Why** · Somebody wanted to live with a finding until a day. The day is over: the ignore hides\n"
        "nothing any more. Mend what it hid, or let its owner decide on a new day.\n\n"
        "**为什么** · 有人决定在某一天之前先容忍这个问题。日子到了，这条忽略不再起作用：\n"
        "请解决它所掩盖的问题，或由负责人另定日期。",
    ),
    RuleCard(
        "IN105",
        "needless-ignore",
        Severity.INFO,
        Message("An ignore of the configuration has nothing to hide.", "配置中的忽略已没有可忽略的问题"),
        "**Why** · An exception that is no longer needed, or whose files are not there any more, would\n"
        "hide the next real finding.\n\n"
        "**为什么** · 已经不需要、或所指文件已不存在的例外，会掩盖下一个真正的问题。",
    ),
    RuleCard(
        "IN106",
        "unusable-plugin",
        Severity.ERROR,
        Message("A plugin cannot be used, or only in part.", "插件无法使用，或只能部分使用"),
        "**Why** · What a plugin checks is not checked, and nobody would notice. Everything\n"
        "else goes on.\n\n"
        "**为什么** · 插件该检查的没有检查，而且不会有人发现。其余检查照常进行。",
    ),
)


def load() -> Mapping[str, Rule]:
    """Import every rule module and return the rules that run over a model, by code."""
    return _load(active())


@cache
def _load(plugins: Plugins) -> Mapping[str, Rule]:
    own = f"{_rules.__name__}."
    for module in iter_modules(_rules.__path__):
        import_module(own + module.name)
    rules = {code: rule for code, rule in RULES.items() if rule.check.__module__.startswith(own)}
    if plugins.of("rules"):
        from blueprint.lint import borrowed

        rules |= borrowed.rules(plugins, rules, FAMILIES)
    return dict(sorted(rules.items()))


def families() -> Mapping[str, Message]:
    """Return every family of rules, in the order of the book: plugins stand before the checker itself."""
    load()  # Only a plugin's module can say what its families are about.
    last = "IN"
    added: Mapping[str, Message] = {}
    if active().of("rules"):
        from blueprint.lint import borrowed

        added = borrowed.families(active(), load())
    return {**{k: v for k, v in FAMILIES.items() if k != last}, **added, last: FAMILIES[last]}


def all_rules() -> tuple[RuleCard, ...]:
    """Return every code the program can report, in the order of the families."""
    return _all_rules(active())


@cache
def _all_rules(plugins: Plugins) -> tuple[RuleCard, ...]:
    cards = [
        RuleCard(f.code, f.name, f.severity, f.title, markdown(f.page), fix=f.fix)
        for f in YM_RULES.values()
    ]
    for rule in load().values():
        doc = markdown(rule.check.__doc__ or "")
        cards.append(
            RuleCard(
                rule.code, rule.name, rule.severity, rule.title, doc, rule.default, rule.options, rule.fix
            )
        )
    order = list(families())
    return tuple(sorted([*cards, *_INTERNAL], key=lambda c: (order.index(c.code[:2]), c.code)))


def words() -> Mapping[str, str]:
    """Return every word that names one rule: upper-case code or lower-case name → code."""
    return _words(active())


@cache
def _words(plugins: Plugins) -> Mapping[str, str]:
    # Every check asks, so this goes without the pages of the cards.
    named = [(fault.code, fault.name) for fault in YM_RULES.values()]
    named += [(rule.code, rule.name) for rule in _load(plugins).values()]
    named += [(card.code, card.name) for card in _INTERNAL]
    return {word: code for code, name in named for word in (code, name)}


def find(word: str) -> RuleCard:
    """Return the rule of a code or name.

    Raises:
        UnknownRuleError: no rule is called so; the message says which was probably meant.
    """
    code = words().get(word.upper()) or words().get(word.lower())
    if code is None:
        raise unknown(word, [c.code for c in all_rules()], [c.name for c in all_rules()])
    return next(card for card in all_rules() if card.code == code)


def check_words(selectors: Iterable[str]) -> None:
    """Make sure that every word of a selection names at least one rule.

    Raises:
        UnknownRuleError: one of them names none.
    """
    for word in selectors:
        is_prefix = re.fullmatch(r"[A-Za-z]{2}\d{0,3}", word) and any(
            card.code.startswith(word.upper()) for card in all_rules()
        )
        if not (word.upper() in ("ALL", "DEFAULT") or is_prefix):
            find(word)


def check_options(options: Mapping[str, Mapping[str, Any]]) -> None:
    """Make sure that every option belongs to its rule and is a number where a number is meant.

    Raises:
        UnknownRuleError: a rule, an option or the kind of its value is wrong.
    """
    for word, values in options.items():
        card = find(word)
        for name, value in values.items():
            if name not in card.options:
                near = meant(name, card.options)
                raise UnknownRuleError(_no_option(card, name, near))
            default = card.options[name]
            kinds = (int, float) if isinstance(default, float) else (type(default),)
            if not isinstance(value, kinds) or isinstance(value, bool) is not isinstance(default, bool):
                raise UnknownRuleError(
                    Message(
                        f"option `{name}` of {card.code} is {value!r}; it takes a value like {default!r}",
                        f"{card.code} 的选项 `{name}` 是 {value!r}；应是 {default!r} 这样的值",
                    )
                )


def _no_option(card: RuleCard, name: str, near: str | None) -> Message:
    known = ", ".join(f"`{option}`" for option in card.options)
    hint_en = f"did you mean `{near}`?" if near else f"it has {known or 'none'}"
    hint_zh = f"是否想写 `{near}`？" if near else f"它的选项有：{known or '无'}"
    return Message(
        f"{card.code} has no option `{name}`; {hint_en}", f"{card.code} 没有选项 `{name}`；{hint_zh}"
    )
