"""A comparison as plain data: the documented, versioned shape that programs read (docs/diff.md)."""

from __future__ import annotations

from typing import Any, Final

from blueprint.analysis.changes import Change
from blueprint.analysis.compared import Compared, Comparison, Version
from blueprint.analysis.comparison_results import BudgetChange, Difference, FigureChange, Grounds
from blueprint.analysis.comparison_told import verdict
from blueprint.diagnostic import Diagnostic

SCHEMA: Final = "blueprint.diff/1"
"""Grows by new keys; a key never changes its meaning within one number."""


def as_json(comparison: Comparison, language: str = "en") -> dict[str, Any]:
    """Return a comparison as plain data; what cannot be said is null, never NaN.

    Shares are in [0, 1], times in seconds, emotions on the journey's own scale.
    """
    return {
        "schema": SCHEMA,
        "old": comparison.old,
        "new": comparison.new,
        "regressed": comparison.regressed,
        "verdict": verdict(comparison, language),
        "unchanged": comparison.unchanged,
        "skipped": [{"file": file, "reason": why.pick(language)} for file, why in comparison.skipped],
        "documents": [_document(compared, language) for compared in comparison.documents],
    }


def _document(compared: Compared, language: str) -> dict[str, Any]:
    d = compared.difference
    gained, lost = compared.lines
    return {
        "old": _version(compared.old, language),
        "new": _version(compared.new, language),
        "regressions": [{"kind": it.kind, "name": it.name or None} for it in compared.regressions],
        **_difference(d, language),
        "findings": {
            "gained": [_finding(it, at, language) for it, at in zip(compared.gained, gained, strict=True)],
            "lost": [_finding(it, at, language) for it, at in zip(compared.lost, lost, strict=True)],
        },
    }


def _version(version: Version | None, language: str) -> dict[str, Any] | None:
    if version is None:
        return None
    return {
        "file": version.file,
        "kind": version.kind or None,
        "id": version.id or None,
        "readable": version.model is not None,
        "problem": version.problem.pick(language) if version.problem else None,
    }


def _difference(d: Difference | None, language: str) -> dict[str, Any]:
    if d is None:
        return {"compared": False, "changes": [], "figures": [], "budgets": [], "touchpoints": None}
    return {
        "compared": True,
        "uncomputable": [reason.pick(language) if reason else None for reason in d.uncomputable],
        "rescaled": d.rescaled,
        "grounds": [_grounds(it) for it in d.grounds] if d.grounds else None,
        "touchpoints": d.match.touchpoints if d.match else None,
        "changes": [_change(change) for change in d.changes],
        "figures": [_figure(figure) for figure in d.figures],
        "budgets": [_budget(budget) for budget in d.budgets],
    }


def _grounds(it: Grounds) -> dict[str, int]:
    return {"measured": it.measured, "assumed": it.assumed, "unscored": it.unscored}


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "element": change.element,
        "id": change.id,
        "field": change.field or None,
        "before": change.before,
        "after": change.after,
        "details": [
            {"path": list(it.path), "before": it.before, "after": it.after} for it in change.details
        ],
    }


def _figure(figure: FigureChange) -> dict[str, Any]:
    return {
        "name": figure.name,
        "unit": figure.unit,
        "better": figure.better or None,
        "before": figure.before,
        "after": figure.after,
        "delta": figure.delta,
        "tolerance": figure.tolerance,
        "regressed": figure.regressed,
        "exact": figure.exact,
        "causes": [
            {
                "kind": cause.factor.kind,
                "ids": list(cause.factor.ids),
                "ways": list(cause.factor.ways),
                "part": cause.part,
            }
            for cause in figure.causes
        ],
    }


def _budget(budget: BudgetChange) -> dict[str, Any]:
    return {
        "name": budget.name,
        "limit": budget.limit,
        "value": budget.value,
        "before": budget.before,
        "after": budget.after,
    }


def _finding(finding: Diagnostic, line: int, language: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.word,
        "element": finding.element or None,
        "line": line,
        "message": finding.message.pick(language),
        "help": finding.help.pick(language) if finding.help else None,
    }
