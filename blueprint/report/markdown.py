"""Diagnostics as Markdown, for job summaries and comments on pull requests."""

from __future__ import annotations

from blueprint.diagnostic import Diagnostic, Message, Severity
from blueprint.report.display import visible
from blueprint.report.markup import inline, plain
from blueprint.report.places import portable, web
from blueprint.report.run import Run
from blueprint.report.text import closing, left_out, mendable

_ROOM = 60_000
"""Characters: a comment on GitHub may have 65,536."""
_MARKS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}
_HEAD = Message("| | Where | What |\n|---|---|---|\n", "| | 位置 | 内容 |\n|---|---|---|\n")


def render(run: Run, *, language: str = "en") -> str:
    """Return the counts, then a table with the worst findings first, as many as a comment has room for."""
    counts = plain(closing(run, language))
    parts = [f"**{counts}**\n"]
    if run.found:
        worst = sorted(run.found, key=lambda d: -d.severity)
        rows = [_row(d, run, language) for d in worst]
        shown, room = 0, _ROOM
        while shown < len(rows) and (room := room - len(rows[shown])) >= 0:
            shown += 1
        if shown:
            parts.append(_HEAD.pick(language) + "".join(rows[:shown]))
        if rest := len(rows) - shown:
            more = Message(
                f"{rest} more {'is' if rest == 1 else 'are'} not shown; `blueprint check` lists them all.",
                f"另有 {rest} 项未列出；`blueprint check` 会列出全部。",
            )
            parts.append(more.pick(language) + "\n")
        if mended := mendable(run.found, language):
            parts.append(inline(mended) + "\n")
    if hidden := left_out(run, language):
        parts.append(plain(hidden) + "\n")
    return "\n".join(parts)


def _row(d: Diagnostic, run: Run, language: str) -> str:
    source = run.sources.get(d.file)
    line, column = source.position(d.span.start) if source is not None else (1, 1)
    name = visible(portable(d.file, run.base))
    place = plain(f"{name}:{line}:{column}" if source is not None and source.text else name)
    if address := web(d.file, line, run.base):
        place = f"[{place}](<{address}>)"
    said = inline(visible(d.message.pick(language)))
    if d.help is not None:
        said += f"<br>{inline(visible(d.help.pick(language)))}"
    return f"| {_MARKS[d.severity]} {plain(d.code)} | {place} | {said} |\n"
