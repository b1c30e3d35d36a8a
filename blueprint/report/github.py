"""Diagnostics as GitHub workflow commands, which become annotations of a pull request."""

from __future__ import annotations

from blueprint.diagnostic import Diagnostic, Severity
from blueprint.report.places import portable
from blueprint.report.run import Run

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(run: Run, *, language: str = "en") -> str:
    """Return one workflow command per finding; nothing for none.

    Columns are given only for findings on one line: GitHub refuses them for several.
    """
    return "".join(_command(d, run, language) + "\n" for d in run.found)


def _command(d: Diagnostic, run: Run, language: str) -> str:
    source = run.sources.get(d.file)
    properties = {"file": portable(d.file, run.base)}
    if source is not None:
        start = source.position(d.span.start)
        # The end is exclusive for us and inclusive for GitHub.
        end = source.position(max(d.span.start, d.span.end - 1))
        properties["line"] = str(start.line)
        properties["endLine"] = str(end.line)
        if start.line == end.line:
            properties["col"] = str(start.column)
            properties["endColumn"] = str(end.column)
    properties["title"] = f"{d.code} {d.name}".strip()
    text = d.message.pick(language)
    if d.help is not None:
        text += "\n" + d.help.pick(language)
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[d.severity]} {written}::{_data(text)}"


def _data(text: str) -> str:
    """Escape a message as GitHub's toolkit does; other control characters are written out."""
    text = "".join(c if c in "\r\n\t" or c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
