"""Writes a tree in the canonical layout, line by line."""

from __future__ import annotations

from blueprint.source.in_line import (
    in_line,
    keeps_quotes_in,
    key_text,
    name_of,
    plain_or_quoted,
    with_properties,
)
from blueprint.source.order import Order
from blueprint.source.quoting import WIDTH, folded, quoted, verbatim, width
from blueprint.source.written import Entry, Written


class Writer:
    """Writes a tree, line by line."""

    def __init__(self, order: Order, *, moves: bool) -> None:
        self.order = order
        self.moves = moves
        """Whether keys may change places."""
        self.lines: list[str] = []
        self.keeps_end = False
        """Whether the last line belongs to a text that keeps its blank lines."""

    def document(self, root: Written) -> None:
        """Write everything."""
        if root.kind in ("map", "list") and root.entries and not (root.flow and self._fits(root, 0)):
            if root.properties:
                self.lines.append(f"--- {root.properties}" if not self.lines else root.properties)
            self._entries(root, 0, self.order, "")
        else:
            for line in root.tail:
                self.lines.append(line)
            self.lines.append(in_line(root, self.order if self.moves else None) or "")

    def _fits(self, node: Written, column: int) -> bool:
        line = in_line(node)
        return line is not None and column + width(line) <= WIDTH

    def _entries(self, node: Written, indent: int, order: Order, lead: str) -> None:
        """Write a list or mapping in block style; `lead` (`- `) begins its first line."""
        entries = node.entries
        if node.kind == "map" and self.moves:
            entries = [entries[at] for at in order.sorted(name_of(entry) for entry in entries)]
        keeps_quotes = keeps_quotes_in(node, order, in_brackets=False)
        pad = self._pad_to(node, indent)
        for at, entry in enumerate(entries):
            below = order.below(name_of(entry) if node.kind == "map" else at)
            self._entry(entry, indent, below, lead if at == 0 else "", at == 0, keeps_quotes, pad)
        self._comments(node.tail, indent)

    def _pad_to(self, node: Written, indent: int) -> int:
        """Return how far from their keys' beginning values stand, where the author aligned them; else 0."""
        if node.kind != "map" or len(node.entries) < 2:
            return 0
        offsets = set()
        for entry in node.entries:
            key, value = entry.key, entry.value
            if key is None or key.style or key.properties or not value.flow:
                return 0
            offsets.add(width(key.value) + value.start - key.end)
        widths = [width(entry.key.value) for entry in node.entries if entry.key]
        pad = max(widths) + 2
        if len(offsets) > 1 or len(set(widths)) == 1:
            return 0
        return pad if all(self._fits(entry.value, indent + pad) for entry in node.entries) else 0

    def _entry(
        self,
        entry: Entry,
        indent: int,
        order: Order,
        lead: str,
        is_first: bool,
        keeps_quotes: bool,
        pad: int,
    ) -> None:
        value = entry.value
        start = f"{key_text(entry.key)}:" if entry.key is not None else "-"
        column = indent + width(start) + 1
        before, beside = list(entry.before), [*entry.beside]
        block = value.kind in ("map", "list") and bool(value.entries) and not value.flow
        flat = None if block else self._flat(value, order, max(column, indent + pad), keeps_quotes)
        opens = block or (flat is None and value.flow)
        if value.flow and opens:
            # What a line of its own accepts or explains is several lines now: say it above them.
            before += beside
            beside = []
        if opens and (entry.key is None):
            before += entry.head
        elif not opens:
            beside = [*entry.head, *beside]
        # Where a dash stands before this key, what is above the key goes above the dash.
        place = indent - len(lead)
        margin = " " * place + lead
        if is_first and (indent or not self.lines):
            before = before[next((at for at, line in enumerate(before) if line), len(before)) :]
        self._comments(before, place)
        after = f" {value.properties}" if value.properties else ""
        if not opens:
            if flat is not None:
                gap = " " * max(1, pad - width(start)) if pad else " "
                self._line(f"{margin}{start}{gap if flat else ''}{flat}", beside)
                self.keeps_end = False
            else:
                self._block_text(f"{margin}{start}{after}", value, indent, beside)
            return
        head = entry.head if entry.key is not None else []
        if entry.key is None and not after:
            self._entries(value, indent + 2, order, f"{lead}- ")
            return
        self._line(f"{margin}{start}{after}", head)
        self._entries(value, indent + 2, order, "")
        if beside:
            self._comments(beside, indent + 2)

    def _line(self, line: str, beside: list[str]) -> None:
        self.lines.append("  ".join([line, *beside[:1]]) + "".join(f" {more}" for more in beside[1:]))

    def _comments(self, lines: list[str], indent: int) -> None:
        for line in lines:
            if line:
                self.lines.append(" " * indent + line)
                self.keeps_end = False
            elif self.lines and self.lines[-1] and not self.keeps_end:
                self.lines.append("")

    def _flat(self, value: Written, order: Order, column: int, keeps_quotes: bool) -> str | None:
        """Return a value that stands on the line of its key; None where it needs more lines."""
        if value.kind == "alias":
            return f"*{value.value}"
        if value.kind in ("map", "list"):
            line = in_line(value, order if self.moves else None)
            return (
                line if line is not None and (not value.entries or column + width(line) <= WIDTH) else None
            )
        if value.style == "|" or (value.style == ">" and ("\n" in value.value or not value.value)):
            return (
                None if verbatim(value.value) is not None else with_properties(value, quoted(value.value))
            )
        flat = plain_or_quoted(value, in_brackets=False, keeps_quotes=keeps_quotes)
        if column + width(flat) <= WIDTH or value.properties:
            return flat
        return None if folded(value.value, WIDTH - column) is not None else flat

    def _block_text(self, start: str, value: Written, indent: int, beside: list[str]) -> None:
        """Write a text that takes several lines."""
        text, margin = value.value, " " * (indent + 2)
        lines: list[str] | None
        if value.style == "|" or "\n" in text:
            chomp = "-" if not text.endswith("\n") else "+" if text.endswith("\n\n") else ""
            lines = verbatim(text) or []
            sign = "2" if next((line for line in lines if line), "").startswith((" ", "\t")) else ""
            style = "|"
            if value.style == ">" and "\n" not in text.removesuffix("\n"):
                again = folded(text.removesuffix("\n"), WIDTH - indent - 2)
                style, lines = (">", again) if again and not sign else ("|", lines)
            self._line(f"{start} {style}{sign}{chomp}", beside)
            self.keeps_end = chomp == "+"
        else:
            lines = folded(text, WIDTH - indent - 2)
            self._line(f"{start} >-", beside)
            self.keeps_end = False
        self.lines += [f"{margin}{line}" if line else "" for line in lines or []]
