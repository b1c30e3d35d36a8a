"""A whole comparison: documents old and new, what is different, and which of it is a regression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from blueprint.analysis.comparison_results import Difference, Model
from blueprint.diagnostic import Diagnostic, Message, Severity

RegressionKind = Literal["figure", "budget", "finding", "unreadable", "uncomputable"]


@dataclass(frozen=True, slots=True)
class Version:
    """One document in one state."""

    file: str
    """Its path as people know it."""
    kind: str
    """journey, blueprint, persona or playbook; empty where the file does not say."""
    id: str
    model: Model | None
    """None where it could not be read."""
    problem: Message | None = None
    """Why it could not be read, or only in part."""


@dataclass(frozen=True, slots=True)
class Regression:
    """One thing that became worse."""

    kind: RegressionKind
    name: str
    """The figure, the budget, or the code of the finding; empty for a document."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One document old and new."""

    old: Version | None
    """None where it is new."""
    new: Version | None
    """None where it is gone."""
    difference: Difference | None
    """None where one of them is missing or could not be read."""
    gained: tuple[Diagnostic, ...] = ()
    """Findings that were not there before, worst first."""
    lost: tuple[Diagnostic, ...] = ()
    """Findings that are gone."""
    lines: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    """Where the gained ones stand in the new file and the lost ones in the old: line numbers."""

    counts_from: Severity | None = Severity.WARNING
    """The severity from which a finding gained is a regression; None where none is."""

    @property
    def version(self) -> Version:
        """The new version, else the old one."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a comparison of nothing")
        return found

    @property
    def alike(self) -> bool:
        """Whether both versions say the same, whatever their files are called."""
        d = self.difference
        if d is None or d.changes or self.gained or self.lost:
            return False
        return not any(f.delta or f.before != f.after for f in d.figures)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        moved = self.old is None or self.new is None or self.old.file != self.new.file
        return self.alike and not moved

    @property
    def regressions(self) -> tuple[Regression, ...]:
        """What became worse: figures beyond their tolerance, budgets newly broken, findings that count."""
        found: list[Regression] = []
        if self.new is not None and self.new.model is None and (self.old is None or self.old.model):
            found.append(Regression("unreadable", ""))
        d = self.difference
        if d is not None:
            before, after = d.uncomputable
            if after is not None and before is None:
                found.append(Regression("uncomputable", ""))
            found += [Regression("figure", figure.name) for figure in d.figures if figure.regressed]
            found += [Regression("budget", budget.name) for budget in d.budgets if budget.newly_broken]
        if self.old is not None and self.old.model is None:
            return tuple(found)  # What could not be read had findings that nobody could see.
        broken = any(it.kind == "budget" for it in found)
        found += [
            Regression("finding", finding.code)
            for finding in self.gained
            if self.counts_from is not None
            and finding.severity >= self.counts_from
            and not (broken and finding.code == "EX109")
        ]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is different between two states of a workspace."""

    old: str
    """What the old state is called: a revision, a folder, a file."""
    new: str
    documents: tuple[Compared, ...]
    """Those with something to tell, in the order of their paths."""
    unchanged: int = 0
    """How many documents are the same."""
    skipped: tuple[tuple[str, Message], ...] = ()
    """Files that were not read, and why."""

    @property
    def regressed(self) -> bool:
        """Whether anything became worse."""
        return any(document.regressions for document in self.documents)
