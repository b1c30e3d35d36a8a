"""What one run of `check` has to tell, whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from blueprint.diagnostic import Diagnostic, RuleCard, Severity
from blueprint.report.places import HERE, Base
from blueprint.source.text import Source


class Accepted(NamedTuple):
    """A finding that does not count because somebody answers for it."""

    finding: Diagnostic
    reason: str


class Gone(NamedTuple):
    """A finding that was known and is no longer there."""

    code: str
    message: str
    """What was said when it was recorded."""
    file: str
    """Where its document was then."""
    fingerprint: str


def _weight(finding: Diagnostic) -> int:
    return int(finding.severity >= Severity.ERROR)


@dataclass(frozen=True)
class Run:
    """The findings of a run and what they are about.

    The fields from `fingerprints` on are filled only for the formats that tell them.
    """

    found: Sequence[Diagnostic]
    """What counts, in the order to be shown."""
    sources: Mapping[str, Source]
    """Texts by file name; where one is missing only the message is shown."""
    files: Sequence[str] = ()
    """The names of all files looked at, in their order."""
    known: Sequence[Diagnostic] | None = None
    """Findings that the baseline remembers and that do not count; None where there is no baseline."""
    accepted: Sequence[Accepted] = ()
    """Findings that the configuration accepts."""
    commented: Sequence[Diagnostic] = ()
    """Findings that comments in their files accept, each with its reason."""
    gone: Sequence[Gone] = ()
    """What the baseline remembers and nothing answers to any more."""
    fingerprints: Sequence[str] = ()
    """One for each of `found`, then of `known`, of `accepted`, of `commented`."""
    rules: Sequence[RuleCard] = ()
    """The rule book."""
    version: str = ""
    """The program's version."""
    weigh: Callable[[Diagnostic], int] = _weight
    """The exit code that one finding is worth: 0 for none."""
    base: Base = HERE
    """Where the files are, for platforms that know them by their place in a repository."""

    @property
    def everything(self) -> list[Diagnostic]:
        """What counts, what is known and what is accepted: the order of `fingerprints`."""
        accepted = (accepted.finding for accepted in self.accepted)
        return [*self.found, *(self.known or ()), *accepted, *self.commented]
