"""Diagnostics in one line each, for editors, grep and long lists."""

from __future__ import annotations

from blueprint.diagnostic import Diagnostic
from blueprint.report.display import visible
from blueprint.report.run import Run
from blueprint.report.text import mark, place


def render(run: Run, *, language: str = "en") -> str:
    """Return `path:line:column: CODE severity message` for every finding; nothing for none.

    Only the message is in the language asked for: programs read the rest.
    """
    return "".join(_line(d, run, language) + "\n" for d in run.found)


def _line(d: Diagnostic, run: Run, language: str) -> str:
    where = place(d.file, d.span, run.sources.get(d.file))
    return f"{where}: {d.code} {d.severity.word} {visible(d.message.pick(language))}{mark(d, language)}"
