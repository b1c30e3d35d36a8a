"""Findings that the configuration accepts: which, why, who answers for it, until when.

An ignore whose day has passed hides nothing any more and is reported itself, and so is one that has nothing
left to hide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from blueprint.diagnostic import Diagnostic, Message, Range, Severity
from blueprint.lint.selection import named

EXPIRED = ("IN104", "expired-ignore")
NEEDLESS = ("IN105", "needless-ignore")


class Accept(NamedTuple):
    """One `[[ignores]]` of a configuration."""

    rule: str
    """A code, the beginning of one, or a name."""
    reason: str
    owner: str
    files: tuple[str, ...] = ()
    """Patterns of paths, relative to the root; every file where there is none."""
    element: str = ""
    expires: date | None = None
    """The last day on which it holds."""
    place: str = ""
    """The file it is written in."""
    span: Range = Range(0, 0)

    def names(self, finding: Diagnostic) -> bool:
        """Whether it is about such findings, in whatever file."""
        return self.element in ("", finding.element) and named(self.rule, finding.code, finding.name)

    def over(self, today: date | None) -> bool:
        """Whether its last day has passed."""
        return self.expires is not None and today is not None and today > self.expires


class Sorted(NamedTuple):
    """What came of findings held against the ignores."""

    kept: list[Diagnostic]
    hidden: list[tuple[Diagnostic, Accept]]
    """In the order of the findings, each with the ignore that hides it."""
    met: frozenset[int]
    """Which ignores, by number, are about any of the findings, whether they still hide or not."""


def readable(finding: Diagnostic) -> bool:
    """Whether the file of a finding could be read as written there, and the rules could run."""
    unread = finding.code.startswith("YM") and finding.severity >= Severity.ERROR
    return not unread and finding.code != "IN001"


def acceptable(finding: Diagnostic) -> bool:
    """Whether anybody may accept a finding: no file that cannot be read, and no lapsed ignore."""
    return readable(finding) and finding.code not in (EXPIRED[0], NEEDLESS[0])


def covers(patterns: Sequence[str], file: str, root: str) -> bool:
    """Whether patterns fit a file; none at all fit every file."""
    if not patterns:
        return True
    from blueprint.source.folders import excluded

    return excluded(Path(file), Path(root), patterns)


def held_against(
    found: Iterable[Diagnostic], accepted: Sequence[Accept], root: str, today: date | None
) -> Sorted:
    """Sort findings into those that count and those that somebody accepts.

    Args:
        found: The findings.
        accepted: The ignores. Of several that fit, the first that still holds hides a finding.
        root: The folder in which patterns count.
        today: The day on which ignores must still hold; None where no day matters.
    """
    kept: list[Diagnostic] = []
    hidden: list[tuple[Diagnostic, Accept]] = []
    met: set[int] = set()
    for finding in found:
        fitting = [
            number
            for number, accept in enumerate(accepted)
            if accept.names(finding) and covers(accept.files, finding.file, root)
        ]
        met.update(fitting)
        holding = next((accepted[n] for n in fitting if not accepted[n].over(today)), None)
        if holding is not None and acceptable(finding):
            hidden.append((finding, holding))
        else:
            kept.append(finding)
    return Sorted(kept, hidden, frozenset(met))


def about(
    accepted: Sequence[Accept],
    met: frozenset[int],
    today: date | None,
    *,
    looked: Callable[[Accept], bool],
    ran: Callable[[Accept], bool],
    empty: Callable[[Accept], bool],
) -> Iterator[Diagnostic]:
    """Report the ignores whose day has passed, and those that have nothing to hide.

    Args:
        accepted: The ignores.
        met: Which of them are about any finding, from `held_against`.
        today: The day of the run.
        looked: Whether a file that an ignore is about was looked at.
        ran: Whether one of its rules really ran there, so that silence means something.
        empty: Whether it names files of which there is none at all.
    """
    for number, accept in enumerate(accepted):
        nothing = number not in met
        if accept.over(today) and looked(accept):
            yield _expired(accept, nothing and ran(accept))
        elif nothing and accept.files and empty(accept):
            shown = ", ".join(f"`{pattern}`" for pattern in accept.files)
            yield _remark(
                NEEDLESS,
                Severity.INFO,
                accept,
                Message(
                    f"this ignore of {accept.rule} is for {shown}, and no file is called so",
                    f"这条对 {accept.rule} 的忽略针对 {shown}，但没有这样的文件",
                ),
                Message(
                    "mend the pattern (it counts from the project's folder), or remove the ignore",
                    "请改正模式（相对于项目文件夹），或删除这条忽略",
                ),
            )
        elif nothing and looked(accept) and ran(accept):
            where = f" about `{accept.element}`" if accept.element else ""
            zh = f"关于 `{accept.element}` 的" if accept.element else ""
            yield _remark(
                NEEDLESS,
                Severity.INFO,
                accept,
                Message(
                    f"{accept.rule} finds nothing{where} there any more: this ignore is not needed",
                    f"{accept.rule} 已没有{zh}问题：不再需要这条忽略",
                ),
                Message("remove it, so that it cannot hide the next one", "请删除它，以免掩盖以后的问题"),
            )


def _expired(accept: Accept, nothing: bool) -> Diagnostic:
    day = accept.expires.isoformat() if accept.expires else ""
    advice = (
        Message("nothing is found there any more: remove the ignore", "那里已没有问题：请删除这条忽略")
        if nothing
        else Message(
            f"mend what it hid, or let {accept.owner} decide on a new day; it said: {accept.reason}",
            f"请解决它所掩盖的问题，或由 {accept.owner} 决定新的日期；当时的理由：{accept.reason}",
        )
    )
    return _remark(
        EXPIRED,
        Severity.WARNING,
        accept,
        Message(
            f"this ignore of {accept.rule} held until {day} and hides nothing any more",
            f"这条对 {accept.rule} 的忽略已于 {day} 到期，不再起作用",
        ),
        advice,
    )


def _remark(
    rule: tuple[str, str], severity: Severity, accept: Accept, message: Message, advice: Message
) -> Diagnostic:
    return Diagnostic(
        rule[0], severity, message, advice, accept.place, accept.span, rule[1], element=accept.element
    )
