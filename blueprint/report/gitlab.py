"""Diagnostics as GitLab's Code Quality report: a subset of Code Climate's issues."""

from __future__ import annotations

import json
from typing import Any

from blueprint.diagnostic import Diagnostic, Severity
from blueprint.report.display import visible
from blueprint.report.places import portable
from blueprint.report.run import Run

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(run: Run, *, language: str = "en") -> str:
    """Return the report; an empty list for nothing found. It needs the run's fingerprints."""
    issues = [
        _issue(d, print_, run, language)
        for d, print_ in zip(run.found, run.fingerprints[: len(run.found)], strict=True)
    ]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


def _issue(d: Diagnostic, fingerprint: str, run: Run, language: str) -> dict[str, Any]:
    source = run.sources.get(d.file)
    lines = {"begin": 1}
    if source is not None:
        # The end is exclusive for us and inclusive for GitLab.
        last = source.position(max(d.span.start, d.span.end - 1)).line
        lines = {"begin": source.position(d.span.start).line, "end": last}
    return {
        "type": "issue",
        "check_name": f"{d.code} {d.name}".strip(),
        "description": visible(d.message.pick(language)),
        "categories": ["Clarity"],
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[d.severity],
        # A name that is not UTF-8 has no place in JSON; GitLab shows it, but cannot link it.
        "location": {"path": visible(portable(d.file, run.base)), "lines": lines},
    }
