"""Diagnostics for programs, as JSON. The shape is versioned: keys are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from blueprint.diagnostic import Diagnostic, Message, Range, Severity
from blueprint.report.run import Run
from blueprint.source.text import Source

VERSION = 1


def render(run: Run, *, language: str = "en") -> str:
    """Return findings and counts as JSON.

    `known` counts what the baseline knows (null without one) and `accepted` what the configuration accepts;
    neither is among the findings.
    Offsets count code points from 0; lines and columns count from 1, columns in code points, with
    `column_utf16` beside them for editors. `message` and `help` are in the language asked for.
    """
    shown = run.found
    shape = {
        "version": VERSION,
        "counts": {
            severity.word: sum(d.severity is severity for d in shown)
            for severity in sorted(Severity, reverse=True)
        },
        "known": None if run.known is None else len(run.known),
        "accepted": len(run.accepted),
        "findings": [_finding(d, run.sources, language) for d in shown],
    }
    return json.dumps(shape, indent=2, ensure_ascii=False) + "\n"


def _finding(d: Diagnostic, sources: Mapping[str, Source], language: str) -> dict[str, Any]:
    return {
        "code": d.code,
        "name": d.name,
        "severity": d.severity.word,
        "message": d.message.pick(language),
        "help": _said(d.help, language),
        "file": d.file,
        "element": d.element or None,
        **_range(d.span, sources.get(d.file)),
        "related": [
            {
                "message": other.message.pick(language),
                "file": other.file,
                **_range(other.span, sources.get(other.file)),
            }
            for other in d.related
        ],
        "fix": None
        if d.fix is None
        else {
            "title": d.fix.title.pick(language),
            "safe": d.fix.safe,
            "edits": [{"start": e.start, "end": e.end, "text": e.text} for e in d.fix.edits],
        },
    }


def _said(message: Message | None, language: str) -> str | None:
    return None if message is None else message.pick(language)


def _range(span: Range, source: Source | None) -> dict[str, Any]:
    return {"start": _place(span.start, source), "end": _place(span.end, source)}


def _place(offset: int, source: Source | None) -> dict[str, int]:
    if source is None:
        return {"offset": offset, "line": 1, "column": 1, "column_utf16": 1}
    line, column = source.position(offset)
    return {
        "offset": offset,
        "line": line,
        "column": column,
        "column_utf16": source.position(offset, utf16=True).column,
    }
