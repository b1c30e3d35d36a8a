"""Which rules run: codes, prefixes, names, `ALL`, `DEFAULT`; the more exact word wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from blueprint.diagnostic import Message, Severity
from blueprint.lint.rule import Rule
from blueprint.lint.wording import meant


@dataclass(frozen=True)
class Settings:
    """What the user wants checked. Words are checked before by `book.check_words` and `check_options`."""

    select: tuple[str, ...] = ()
    """Codes, prefixes (`EX`, `EX1`), names, `ALL`, `DEFAULT`; empty means `DEFAULT`."""
    ignore: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Code or name → option → value."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """Code, prefix or name → another severity than the rule's own; the most exact word wins."""


class UnknownRuleError(KeyError):
    """A word names no rule.

    Attributes:
        message: what is wrong and what was probably meant, in both languages.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message

    def __str__(self) -> str:
        return self.message.en


def unknown(word: str, codes: Iterable[str], names: Iterable[str]) -> UnknownRuleError:
    """Make the error for a word that names no rule, with what was probably meant."""
    near = meant(word.upper(), codes) or meant(word.lower(), names)
    if near:
        return UnknownRuleError(
            Message(
                f"there is no rule `{word}`; did you mean `{near}`?",
                f"没有规则 `{word}`；是否想写 `{near}`？",
            )
        )
    return UnknownRuleError(
        Message(
            f"there is no rule `{word}`; `blueprint rules` lists them all",
            f"没有规则 `{word}`；`blueprint rules` 会列出全部规则",
        )
    )


@lru_cache(maxsize=4096)
def _weight(word: str, code: str, name: str, default: bool) -> int:
    """Return how exactly a word names a rule: 0 not at all, 1 as one of many, 9 by itself."""
    if word in ("ALL", "all"):
        return 1
    if word in ("DEFAULT", "default"):
        return 1 if default else 0
    if word.lower() == name or word.upper() == code:
        return 9
    return len(word) if len(word) >= 2 and code.startswith(word.upper()) else 0


def chosen(rules: Mapping[str, Rule], settings: Settings) -> dict[str, tuple[Rule, bool]]:
    """Return the rules to run: code → (rule, whether the user asked for it by more than DEFAULT).

    Where both select and ignore name a rule, the more exact word wins, and ignore wins a draw.
    """
    result: dict[str, tuple[Rule, bool]] = {}
    for code, rule in sorted(rules.items()):
        runs, asked = _choice(code, rule.name, rule.default, settings.select, settings.ignore)
        if runs:
            result[code] = (rule, asked)
    return result


@lru_cache(maxsize=4096)  # The same answers for every file of a run.
def _choice(
    code: str, name: str, default: bool, select: tuple[str, ...], ignore: tuple[str, ...]
) -> tuple[bool, bool]:
    """Return whether a rule runs, and whether more than DEFAULT asked for it."""
    select = select or ("DEFAULT",)
    wanted = max((_weight(w, code, name, default) for w in select), default=0)
    refused = max((_weight(w, code, name, default) for w in ignore), default=0)
    plain = [w for w in select if w not in ("DEFAULT", "default")]
    return wanted > refused, any(_weight(w, code, name, default) for w in plain)


def severity_of(rule: Rule, settings: Settings) -> Severity:
    """Return how bad a rule's findings are: its own severity, or what the most exact word says."""
    if not settings.severity:
        return rule.severity
    words = {w: _weight(w, rule.code, rule.name, rule.default) for w in settings.severity}
    best = max(words, key=lambda word: words[word], default=None)
    return settings.severity[best] if best is not None and words[best] else rule.severity


def options_of(rule: Rule, settings: Settings) -> dict[str, Any]:
    """Return the options somebody set for a rule; the code's win over the name's."""
    if not settings.options:
        return {}
    given = {word.lower(): values for word, values in settings.options.items()}
    return {**given.get(rule.name, {}), **given.get(rule.code.lower(), {})}


def refused(code: str, name: str, settings: Settings) -> bool:
    """Whether the settings ignore a diagnostic that no rule of the book made."""
    return any(_weight(word, code, name, True) for word in settings.ignore)
