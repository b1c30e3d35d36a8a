"""Which rules run, and how, for which file: codes, prefixes, names, `ALL`, `DEFAULT`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from blueprint.config import Layer
from blueprint.diagnostic import Message, Severity
from blueprint.lint.wording import meant

if TYPE_CHECKING:
    from blueprint.lint.accepted import Accept
    from blueprint.lint.rule import Rule


class Promise(NamedTuple):
    """A budget that the configuration sets for every journey which makes none of its own."""

    written: str
    """Such as `>= 0.5`."""
    place: str
    """Where it is written: file and line."""


class Local(NamedTuple):
    """What is different for some files."""

    files: tuple[str, ...]
    """Patterns of paths, relative to the root."""
    layer: Layer
    options: Mapping[str, Mapping[str, Any]]
    severity: Mapping[str, Severity]
    budgets: Mapping[str, Promise]


@dataclass(frozen=True)
class Settings:
    """What the user wants checked. Words are checked before by `book.check_words` and `check_options`."""

    select: tuple[str, ...] = ()
    """Codes, prefixes (`EX`, `EX1`), names, `ALL`, `DEFAULT`; empty means what lies below, or `DEFAULT`."""
    ignore: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Code or name → option → value."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """Code, prefix or name → another severity than the rule's own; the most exact word wins."""
    extend: tuple[str, ...] = ()
    """Rules to run besides."""
    below: tuple[Layer, ...] = ()
    """What `select`, `extend` and `ignore` stand on: the configuration's own, the nearest last."""
    local: tuple[Local, ...] = ()
    """What is different for some files; later ones win."""
    budgets: Mapping[str, Promise] = field(default_factory=dict)
    """Figure → promise of every journey that makes none of its own about it."""
    accepted: tuple[Accept, ...] = ()
    """Findings that the configuration accepts; `api.check` leaves them out."""
    today: date | None = None
    """The day on which they must still hold; None where none of them ends."""
    root: str = ""
    """The folder in which patterns of files count."""
    plugins: tuple[str, ...] = ()
    """The plugins in use, with their versions: another version may find other things."""

    def of(self, file: str) -> Settings:
        """Return what holds for a file."""
        if not self.local:
            return self
        from blueprint.source.folders import excluded

        path, root = Path(file), Path(self.root)
        fitting = [local for local in self.local if excluded(path, root, local.files)]
        options, severity, budgets = dict(self.options), dict(self.severity), dict(self.budgets)
        for local in fitting:
            for rule, values in local.options.items():
                options[rule] = {**options.get(rule, {}), **values}
            severity |= local.severity
            budgets |= local.budgets
        layers = (local.layer for local in fitting if any(local.layer))
        return replace(
            self,
            below=(*self.below, *layers),
            options=options,
            severity=severity,
            budgets=budgets,
            local=(),
        )


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


_SETS = frozenset({"ALL", "all", "DEFAULT", "default"})


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


def named(word: str, code: str, name: str) -> bool:
    """Whether a word is a rule's code, the beginning of it, or its name."""
    return word not in _SETS and _weight(word, code, name, True) > 0


def chosen(rules: Mapping[str, Rule], settings: Settings) -> dict[str, tuple[Rule, bool]]:
    """Return the rules to run: code → (rule, whether the user asked for it by more than DEFAULT).

    In a layer the more exact word wins, and ignore wins a draw. A nearer layer overrules a farther one for
    the rules it names, and its `select` begins anew. Only the `select` of the nearest, the command line's,
    leaves alone what the others ignore by a more exact word: `ALL` wakes none that somebody put to bed.
    """
    top = Layer(settings.select, settings.extend, settings.ignore)
    result: dict[str, tuple[Rule, bool]] = {}
    for code, rule in sorted(rules.items()):
        runs, asked = _choice(code, rule.name, rule.default, settings.below, top)
        if runs:
            result[code] = (rule, asked)
    return result


@lru_cache(maxsize=4096)  # The same answers for every file of a run.
def _choice(code: str, name: str, default: bool, below: tuple[Layer, ...], top: Layer) -> tuple[bool, bool]:
    """Return whether a rule runs, and whether more than DEFAULT asked for it."""

    def weight(words: Iterable[str]) -> int:
        return max((_weight(word, code, name, default) for word in words), default=0)

    runs, asked, refusal = default, False, 0
    for number, layer in enumerate((*below, top)):
        words = (*layer.select, *layer.extend)
        wanted, refused = weight(words), weight(layer.ignore)
        plain = weight(word for word in words if word not in ("DEFAULT", "default")) > 0
        if layer.select:
            carried = refusal if number == len(below) else 0
            runs, asked = wanted > refused and wanted >= carried, plain
            refusal = max(refused, carried)
        elif wanted or refused:
            runs, asked = wanted > refused, asked or plain
            refusal = 0 if runs else refused
    return runs, asked


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
    answer = False
    for layer in (*settings.below, Layer(settings.select, settings.extend, settings.ignore)):
        if any(_weight(word, code, name, True) for word in layer.ignore):
            answer = True
        elif any(_weight(word, code, name, True) > 1 for word in (*layer.select, *layer.extend)):
            answer = False
    return answer
