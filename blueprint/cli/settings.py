"""What is to be checked: the words of the configuration and of the command line, for the checker."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from blueprint.cli.speech import MisusedError, RefusedError

if TYPE_CHECKING:
    from datetime import date

    from blueprint.config import At, Config, PerFile, Promised, Written
    from blueprint.lint.accepted import Accept
    from blueprint.lint.cache import Cache
    from blueprint.lint.selection import Local, Promise, Settings

_LISTS = ("select", "extend_select", "ignore")
Options = Mapping[str, Mapping[str, Any]]
Named = tuple[tuple[str | int, ...], str, Mapping[str, Any]]
"""Where a rule is named, its word, and the options it is given."""


def settings_of(
    config: Config,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    extend: tuple[str, ...] = (),
    today: str | None = None,
    cache: Cache | None = None,
) -> Settings:
    """Return what to check: --select replaces the configuration's, --ignore and --extend-select add to it.

    Args:
        config: The configuration.
        select: Words of --select.
        ignore: Words of --ignore.
        extend: Words of --extend-select.
        today: The day on which ignores must still hold, as written; by the clock where it is None.
        cache: Remembers which words are right, so that the book need not be opened for them again.

    Raises:
        MisusedError: a word of the command line names no rule, or `today` is no day.
        RefusedError: a word of the configuration names no rule or option.
    """
    from blueprint.lint.selection import Settings

    codes = _codes(config, (*select, *ignore, *extend), cache)
    return Settings(
        select=select,
        ignore=ignore,
        extend=extend,
        below=config.layers,
        options=_by_code(config.rules, codes),
        severity=_severities(config.severity),
        local=tuple(_local(config, table, codes) for table in config.per_file),
        budgets=_promises(config, config.budgets),
        accepted=tuple(_accept(config, number) for number in range(len(config.ignores))),
        today=_today(config, today),
        root=os.fspath(config.root or ""),
        plugins=_versions(config),
    )


def _versions(config: Config) -> tuple[str, ...]:
    if not config.plugins:
        return ()
    from blueprint.plugins import active

    return active().versions


def _today(config: Config, today: str | None) -> date | None:
    """Return the day of the run, if it matters to anything."""
    if today is None and not any(ignored.expires for ignored in config.ignores):
        return None
    from blueprint.cli.day import day_of

    return day_of(today)


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as seen from here, so that people can read it."""
    try:
        return os.path.relpath(path)
    except ValueError:  # Another drive.
        return os.fspath(path)


def _severities(words: Mapping[str, str]) -> dict[str, Any]:
    if not words:
        return {}
    from blueprint.diagnostic import Severity

    return {rule: Severity[word.upper()] for rule, word in words.items()}


def _codes(config: Config, given: tuple[str, ...], cache: Cache | None) -> Mapping[str, str]:
    """Make sure that every word names a rule; return the codes of those that are given options."""
    written = [(source, list(_words(source))) for source in config.sources]
    words = [given, [(word, options) for _, found in written for _, word, options in found]]
    if not any(words):
        return {}  # The book is worth opening only where somebody named a rule.
    words.append(_versions(config))  # Their rules have names and options too.
    known = cache.recall_words(words) if cache is not None else None
    if known is not None:
        return known
    from blueprint.lint.book import find

    _check_given(given)
    for source, found in written:
        _check_written(source, found)
    codes = {word: find(word).code for _, found in written for _, word, options in found if options}
    if cache is not None:
        cache.remember_words(words, codes)
    return codes


def _by_code(options: Options, codes: Mapping[str, str]) -> Options:
    """Return options by code, whether they are written by code or by name; the code's win."""
    found: dict[str, dict[str, Any]] = {}
    for word in sorted(filter(options.get, options), key=lambda word: word.upper() == codes[word]):
        found.setdefault(codes[word], {}).update(options[word])
    return found


def _local(config: Config, table: PerFile, codes: Mapping[str, str]) -> Local:
    from blueprint.lint.selection import Local

    return Local(
        table.files,
        table.layer,
        _by_code(table.rules, codes),
        _severities(table.severity),
        _promises(config, table.budgets),
    )


def _promises(config: Config, budgets: Mapping[str, Promised]) -> dict[str, Promise]:
    if not budgets:
        return {}
    from blueprint.lint.selection import Promise

    return {name: Promise(budget.written, _place(config, budget.at)) for name, budget in budgets.items()}


def _place(config: Config, at: At) -> str:
    file, line = config.written(at)
    return f"{file.name}:{line}"


def _accept(config: Config, number: int) -> Accept:
    from blueprint.diagnostic import Range
    from blueprint.lint.accepted import Accept

    ignored = config.ignores[number]
    source = config.sources[ignored.at.source]
    return Accept(
        rule=ignored.rule,
        reason=ignored.reason,
        owner=ignored.owner,
        files=ignored.files,
        element=ignored.element,
        expires=ignored.expires,
        place=shown(source.file),
        span=Range(*source.place(*ignored.at.path, "rule")),
    )


def _check_given(words: tuple[str, ...]) -> None:
    if not words:
        return
    from blueprint.lint.book import check_words
    from blueprint.lint.selection import UnknownRuleError

    try:
        check_words(words)
    except UnknownRuleError as unknown:
        raise MisusedError(*unknown.message) from unknown


def _check_written(written: Written, words: Sequence[Named]) -> None:
    """Make sure that every rule and option in a configuration file is one, or say where it is not."""
    from blueprint.lint.book import check_options, check_words
    from blueprint.lint.selection import UnknownRuleError

    for path, word, options in words:
        where = path
        try:
            check_words((word,))
            for option, value in options.items():
                where = (*path, option)
                check_options({word: {option: value}})
        except UnknownRuleError as unknown:
            raise refusal(written, where, *unknown.message) from unknown


def refusal(written: Written, path: tuple[str | int, ...], en: str, zh: str) -> RefusedError:
    """Make the error for something in a configuration file, with its place."""
    line = written.line(*path)
    place = shown(written.file) + (f":{line}" if line else "")
    return RefusedError(f"{place}: {en}", f"{place}：{zh}")


def _words(written: Written) -> Iterator[Named]:
    yield from _words_in((), written.values)
    for number, table in enumerate(written.values.get("per_file", ())):
        yield from _words_in(("per_file", number), table)


def _words_in(at: tuple[str | int, ...], values: Mapping[str, Any]) -> Iterator[Named]:
    for key in _LISTS:
        for number, word in enumerate(values.get(key, ())):
            yield (*at, key, number), word, {}
    for word in values.get("severity", {}):
        yield (*at, "severity", word), word, {}
    for word, options in values.get("rules", {}).items():
        yield (*at, "rules", word), word, options
