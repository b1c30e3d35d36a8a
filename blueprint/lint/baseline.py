"""The baseline: findings that were there when somebody decided to fail only on new ones.

Findings are known again by their fingerprint, so it survives whatever
`blueprint.lint.fingerprint` says a finding survives. A known finding that has grown is news: a debt may
shrink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from blueprint.diagnostic import Diagnostic, Message
from blueprint.lint.accepted import acceptable
from blueprint.lint.baseline_file import Entry
from blueprint.lint.fingerprint import Identity

_DIGITS = 6
"""Figures are compared after rounding to so many digits: another machine may add up in another order."""


class Recognised(NamedTuple):
    """What came of findings held against a baseline."""

    new: list[Diagnostic]
    """Not in the baseline, or worse than it says."""
    known: list[Diagnostic]
    missing: list[Entry]
    """Entries that no finding answers to."""


def entries_of(
    found: Sequence[Diagnostic],
    identities: Sequence[Identity],
    *,
    language: str,
    named: Callable[[str], str] = lambda file: file,
) -> list[Entry]:
    """Return the entries that would make findings known, but for those that nobody may accept.

    Args:
        found: The findings.
        identities: What each of them is about.
        language: The language of the messages that are kept.
        named: How a file is to be called.
    """
    return [
        Entry(
            identity.document,
            d.code,
            " · ".join(identity.place) or d.element,
            identity.fingerprint,
            d.message.pick(language),
            None if d.excess is None else round(d.excess, _DIGITS),
            named(d.file),
        )
        for d, identity in zip(found, identities, strict=True)
        if acceptable(d)
    ]


def recognise(
    found: Sequence[Diagnostic], identities: Sequence[Identity], entries: Iterable[Entry]
) -> Recognised:
    """Tell known findings from new ones."""
    by_name = {entry.fingerprint: entry for entry in entries}
    new: list[Diagnostic] = []
    known: list[Diagnostic] = []
    for d, identity in zip(found, identities, strict=True):
        entry = by_name.get(identity.fingerprint)
        if entry is None or not acceptable(d):
            new.append(d)
        elif _worse(d.excess, entry.excess):
            new.append(_grown(d, entry))
        else:
            known.append(d)
    met = {identity.fingerprint for identity in identities}
    return Recognised(new, known, [entry for entry in by_name.values() if entry.fingerprint not in met])


def _worse(now: float | None, then: float | None) -> bool:
    return now is not None and then is not None and round(now, _DIGITS) > then + 10.0**-_DIGITS


def _grown(d: Diagnostic, entry: Entry) -> Diagnostic:
    from dataclasses import replace

    advice = Message(
        f"it is known, but it has grown; when it was recorded: {entry.message}",
        f"这是已知问题，但变得更严重了；记录时为：{entry.message}",
    )
    if d.help is not None:
        advice = Message(f"{d.help.en}. {advice.en[0].upper()}{advice.en[1:]}", f"{d.help.zh}。{advice.zh}")
    return replace(d, help=advice)


def pruned(entries: Iterable[Entry], today: Iterable[Entry], gone: Iterable[Entry]) -> list[Entry]:
    """Return entries without those that are gone; what has shrunk is remembered as it is now."""
    dropped = {entry.fingerprint for entry in gone}
    now = {entry.fingerprint: entry for entry in today}
    kept = []
    for entry in entries:
        if entry.fingerprint in dropped:
            continue
        fresh = now.get(entry.fingerprint)
        if fresh is not None and not _worse(fresh.excess, entry.excess):
            entry = fresh
        kept.append(entry)
    return kept
