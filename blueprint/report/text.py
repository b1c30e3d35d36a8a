"""Diagnostics for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from blueprint.diagnostic import Diagnostic, Message, Range, Severity
from blueprint.report.display import visible, width
from blueprint.report.run import Run
from blueprint.source.text import Source

Paint = Callable[[str, str], str]
"""Wraps a text in an ANSI style, or leaves it alone."""

_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_BOLD, _DIM, _BLUE = "1", "2", "1;34"


def render(
    run: Run,
    *,
    language: str = "en",
    color: bool = False,
    columns: int = 100,
) -> str:
    """Return a report with the source line, a caret under the exact place, advice and counts.

    Args:
        run: What was found.
        language: `en` or `zh`.
        color: Whether to use ANSI colours.
        columns: The width that source lines must not pass.
    """
    paint = _ansi if color else _plain
    blocks = map(_Blocks(run.sources, language, paint, columns).of, run.found)
    mended = mendable(run.found, language)
    after = [line for line in (mended, left_out(run, language)) if line]
    return "\n".join([*blocks, closing(run, language, paint), *after]) + "\n"


def _plain(text: str, style: str) -> str:
    return text


def _ansi(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if text else ""


def place(file: str, span: Range, source: Source | None) -> str:
    """Write a place as `file:line:column`, or as the file alone where nothing more is known."""
    if source is None or not source.text:
        return visible(file)
    line, column = source.position(span.start)
    return f"{visible(file)}:{line}:{column}"


class _Blocks:
    """Writes one finding after the other; what many have in common is made once."""

    def __init__(self, sources: Mapping[str, Source], language: str, paint: Paint, columns: int) -> None:
        self.sources, self.language, self.paint, self.columns = sources, language, paint, columns
        self.tags: dict[tuple[Severity, str], str] = {}
        self.bar, self.sign = paint("|", _BLUE), paint("=", _BLUE)
        self.help, self.note, self.fix = map(
            self.label, (Message("help", "建议"), Message("note", "相关"), Message("fix", "修复"))
        )

    def label(self, word: Message) -> str:
        said = word.pick(self.language)
        return self.paint(f"{said}：", _BOLD) if said == word.zh else self.paint(f"{said}:", _BOLD) + " "

    def tag(self, severity: Severity, code: str) -> str:
        found = self.tags.get((severity, code))
        if found is None:
            word = severity.words.pick(self.language)
            found = self.tags[severity, code] = self.paint(f"{word}[{code}]", _STYLES[severity])
        return found

    def of(self, d: Diagnostic) -> str:
        language, paint = self.language, self.paint
        source = self.sources.get(d.file)
        said = visible(d.message.pick(language)) + mark(d, language)
        lines = [f"{paint(place(d.file, d.span, source), _BOLD)}: {self.tag(d.severity, d.code)} {said}"]
        gutter = ""
        if source is not None and source.text:
            number, excerpt, indent, length = _excerpt(source, d.span, self.columns)
            gutter = " " * len(str(number))
            lines.append(f" {paint(f'{number} |', _BLUE)} {excerpt}".rstrip())
            lines.append(f" {gutter} {self.bar} {' ' * indent}{paint('^' * length, _STYLES[d.severity])}")
        margin = f" {gutter} {self.sign} "
        if d.help is not None:
            lines.append(f"{margin}{self.help}{visible(d.help.pick(language))}")
        for other in d.related:
            where = place(other.file, other.span, self.sources.get(other.file))
            lines.append(f"{margin}{self.note}{where} {visible(other.message.pick(language))}")
        if d.fix is not None:
            lines.append(f"{margin}{self.fix}{visible(d.fix.title.pick(language))}")
        lines.append("")
        return "\n".join(lines)


def _excerpt(source: Source, span: Range, columns: int) -> tuple[int, str, int, int]:
    """Return the line number, what is shown of the line, where the carets stand, how many."""
    number, start, line = source.line_around(span.start)
    start = min(start, len(line))
    stop = min(start + max(0, span.end - span.start), len(line))
    stop = start + len(line[start:stop].rstrip())
    room = max(20, columns - len(str(number)) - 4)
    if len(line) <= room and line.isascii() and line.isprintable():
        return number, line, start, max(1, stop - start)
    left, right = _window(line, start, stop, room)
    before = ("…" if left else "") + visible(line[left:start])
    inside = visible(line[start : min(stop, right)])
    after = visible(line[stop:right]) + ("…" if right < len(line) else "")
    return number, before + inside + after, width(before), max(1, width(inside))


def _window(line: str, start: int, stop: int, room: int) -> tuple[int, int]:
    """Return which part of a long line to show: the span, and around it what there is room for."""
    if len(line) <= 2 * room and width(visible(line)) <= room:
        return 0, len(line)
    widths = _widths(line, start, room)
    room -= 2  # the ellipses
    left = right = start
    used = 0
    while right < min(stop, len(line)) and used + widths.get(right, room) <= room:
        used += widths[right]
        right += 1
    # Two thirds of what is left go before the span: that is where its key stands.
    before = (room - used) * 2 // 3
    while left > 0 and (cost := widths.get(left - 1, room)) <= before:
        left, before, used = left - 1, before - cost, used + cost
    while right < len(line) and used + widths.get(right, room) <= room:
        used += widths[right]
        right += 1
    while left > 0 and used + widths.get(left - 1, room) <= room:
        left, used = left - 1, used + widths[left - 1]
    return left, right


def _widths(line: str, around: int, room: int) -> dict[int, int]:
    """Measure the characters near a place; a line may be megabytes long and only a window is shown."""
    reach = range(max(0, around - 2 * room), min(len(line), around + 2 * room))
    return {at: _shown_width(line[at]) for at in reach}


@lru_cache(maxsize=4096)
def _shown_width(character: str) -> int:
    return width(visible(character))


def mark(d: Diagnostic, language: str) -> str:
    """Return what stands behind a message where the program can mend what it names."""
    if d.fix is None:
        return ""
    safe = Message("[fixable]", "[可修复]")
    unsafe = Message("[fixable, unsafe]", "[可修复，需确认]")
    return " " + (safe if d.fix.safe else unsafe).pick(language)


def mendable(found: Sequence[Diagnostic], language: str) -> str:
    """Return the line that says how many findings the program can mend; nothing for none."""
    safe = sum(d.fix is not None and d.fix.safe for d in found)
    unsafe = sum(d.fix is not None and not d.fix.safe for d in found)
    every = len(found)
    if not safe and not unsafe:
        return ""
    if not unsafe:
        return Message(
            f"{safe} of {every} can be mended with `blueprint check --fix`.",
            f"{every} 项中有 {safe} 项可用 `blueprint check --fix` 修复。",
        ).pick(language)
    if not safe:
        return Message(
            f"{unsafe} of {every} can be mended with `blueprint check --fix --unsafe-fixes`; "
            "look at the result.",
            f"{every} 项中有 {unsafe} 项可用 `blueprint check --fix --unsafe-fixes` 修复，请检查结果。",
        ).pick(language)
    return Message(
        f"{safe} of {every} can be mended with `blueprint check --fix`, "
        f"{unsafe} more with `--unsafe-fixes` besides; look at those.",
        f"{every} 项中有 {safe} 项可用 `blueprint check --fix` 修复，"
        f"另有 {unsafe} 项再加 `--unsafe-fixes` 可修复，请检查后者的结果。",
    ).pick(language)


def counts(diagnostics: Sequence[Diagnostic]) -> dict[Severity, int]:
    """Count the diagnostics by severity, worst first."""
    counted = Counter(d.severity for d in diagnostics)
    return {severity: counted[severity] for severity in sorted(Severity, reverse=True)}


def closing(run: Run, language: str, paint: Paint = _plain) -> str:
    """Return the line that counts what was found."""
    shown, checked = run.found, len(run.files) or None
    if not shown:
        if checked is None:
            return paint(Message("Nothing to report.", "没有发现问题。").pick(language), "32")
        files = "1 file" if checked == 1 else f"{checked} files"
        return paint(
            Message(f"Nothing to report in {files}.", f"检查了 {checked} 个文件，没有发现问题。").pick(
                language
            ),
            "32",
        )
    chinese = language.split("-")[0].lower() == "zh"
    parts = []
    for severity, count in counts(shown).items():
        if count and chinese:
            parts.append(paint(f"{count} 个{severity.words.zh}", _STYLES[severity]))
        elif count:
            plural = "s" if count > 1 and severity is not Severity.INFO else ""
            parts.append(paint(f"{count} {severity.words.en}{plural}", _STYLES[severity]))
    touched = len({d.file for d in shown})
    if chinese:
        among = f"（共检查 {checked} 个）" if checked is not None else ""
        return f"{'、'.join(parts)}，涉及 {touched} 个文件{among}。"
    among = f" ({checked} checked)" if checked is not None else ""
    return f"{', '.join(parts)} in {touched} file{'s' if touched > 1 else ''}{among}."


def left_out(run: Run, language: str) -> str:
    """Return the line that counts what is known or accepted, and so not shown; empty where nothing is."""
    known, accepted = len(run.known or ()), len(run.accepted)
    parts = []
    if known:
        parts.append(Message(f"{known} known to the baseline", f"基线中已知 {known} 个").pick(language))
    if accepted:
        parts.append(
            Message(f"{accepted} accepted by the configuration", f"配置接受 {accepted} 个").pick(language)
        )
    if not parts:
        return ""
    return (
        Message("Not shown: {}.", "未显示：{}。")
        .pick(language)
        .format(Message(", ", "，").pick(language).join(parts))
    )
