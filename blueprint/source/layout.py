"""One canonical layout for every document: the order of keys, indentation, quotes, wrapped text.

What it may change is how things are written, never what they say. `laid_out` reads its own work again and
refuses to hand it over if data or comments differ.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from blueprint.diagnostic import Message
from blueprint.source import margins, written
from blueprint.source.builder import Tree, events_of
from blueprint.source.faults import MERGE_KEY, NON_TEXT_KEY, UNKNOWN_TAG
from blueprint.source.kinds import kind_of
from blueprint.source.order import Order, order_of
from blueprint.source.quoting import WIDTH, can_be_plain, folded, is_word, quoted, verbatim, width
from blueprint.source.text import Source
from blueprint.source.tree import parse
from blueprint.source.written import Entry, TooUnusualError, Written

_MODELINE = "# yaml-language-server:"
_HARMLESS = frozenset(fault.code for fault in (MERGE_KEY, NON_TEXT_KEY, UNKNOWN_TAG))


class NotLaidOutError(ValueError):
    """A text that is left as it is, and why."""

    def __init__(self, en: str, zh: str, *, is_foreign: bool = False) -> None:
        super().__init__(en)
        self.message = Message(en, zh)
        self.is_foreign = is_foreign
        """Whether it is no document of ours, and so none of our business."""


def laid_out(source: Source) -> str:
    """Return the text of a document in the canonical layout, with its own line breaks.

    Raises:
        NotLaidOutError: it is not YAML that can be read without doubt, or it is written in a way that
            has no canonical layout.
    """
    tree = parse(source)
    if isinstance(tree.data, dict) and kind_of(tree.data) is None and not tree.diagnostics:
        raise NotLaidOutError(
            "it is no journey, blueprint, persona or playbook",
            "不是旅程、服务蓝图、画像或手册",
            is_foreign=True,
        )
    trouble = [found for found in tree.diagnostics if found.code not in _HARMLESS]
    if trouble:
        line = source.position(trouble[0].span.start).line
        raise NotLaidOutError(
            f"line {line}: {trouble[0].message.en}; mend this first",
            f"第 {line} 行：{trouble[0].message.zh}；请先改正",
        )
    breaks = _line_break(source.text)
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    text = text if text.endswith("\n") or not text else text + "\n"
    try:
        result, remarks = _lay_out(text, tree)
    except TooUnusualError as unusual:
        raise NotLaidOutError(
            "a key is a list, a mapping or an alias; there is no layout for that",
            "有键是列表、映射或别名，没有对应的排版方式",
        ) from unusual
    if not _same(tree, remarks, Source(source.name, result)):
        raise NotLaidOutError(
            "it cannot be laid out without changing what it says; please report it with the file",
            "无法在不改变内容的前提下排版；请附上文件反馈",
        )
    return result if breaks == "\n" else result.replace("\n", breaks)


def _line_break(text: str) -> str:
    """Return the line break that a text uses most."""
    pairs = text.count("\r\n")
    return "\r\n" if pairs * 2 > text.count("\n") else "\n"


def _lay_out(text: str, tree: Tree) -> tuple[str, list[str]]:
    """Return the new text, and the comments of the old one."""
    legible = _legible(text)
    root, prologue = written.read(legible, events_of(legible))
    remarks, loose = margins.settle(legible, root, len(prologue))
    kind = kind_of(tree.data)
    order = order_of(kind.model()) if kind is not None and kind.readable else Order(())
    writer = _Writer(order, moves=_may_move(root))
    head = _head(root) if root is not None else []
    lines = [*prologue.rstrip("\n").split("\n")] if prologue else []
    lines += head
    if root is not None:
        writer.lines = lines
        writer.document(root)
    lines += loose
    while lines and not lines[-1] and not writer.keeps_end:
        lines.pop()
    result = "\n".join(lines) + "\n" if lines else ""
    return result if legible is text else result.translate(_BREAKS_RESTORED), remarks


_BREAKS_OF_1_1 = str.maketrans("\x85\u2028\u2029", "\uf8d5\uf8d6\uf8d7")
_BREAKS_RESTORED = str.maketrans("\uf8d5\uf8d6\uf8d7", "\x85\u2028\u2029")


def _legible(text: str) -> str:
    """Return a text without what libyaml takes for line breaks and YAML 1.2 does not: see the builder."""
    if text.isascii() or not any(character in text for character in "\x85\u2028\u2029"):
        return text
    return text.translate(_BREAKS_OF_1_1)


def _may_move(root: Written | None) -> bool:
    """Whether keys may change places: not where an alias could come before its anchor."""
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if node.kind == "alias":
            return False
        waiting += [entry.value for entry in node.entries]
    return True


def _head(root: Written) -> list[str]:
    """Take the comments at the top off the first key, for they stay there whichever key is first."""
    if not root.entries:
        return []
    first = root.entries[0]
    modelines = [line for line in first.before if line.startswith(_MODELINE)]
    lines = [line for line in first.before if not line.startswith(_MODELINE)]
    blanks = [at for at, line in enumerate(lines) if not line and at]
    if blanks:
        head, first.before = lines[: blanks[-1] + 1], lines[blanks[-1] + 1 :]
    else:
        head, first.before = lines, []
    head = [line for at, line in enumerate(head) if line or at]
    return [*modelines, *head]


class _Writer:
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
            self.lines.append(_in_line(root, self.order if self.moves else None) or "")

    def _fits(self, node: Written, column: int) -> bool:
        line = _in_line(node)
        return line is not None and column + width(line) <= WIDTH

    def _entries(self, node: Written, indent: int, order: Order, lead: str) -> None:
        """Write a list or mapping in block style; `lead` (`- `) begins its first line."""
        entries = node.entries
        if node.kind == "map" and self.moves:
            entries = [entries[at] for at in order.sorted(_name(entry) for entry in entries)]
        keeps_quotes = _keeps_quotes(node, order, in_brackets=False)
        pad = self._pad_to(node, indent)
        for at, entry in enumerate(entries):
            below = order.below(_name(entry) if node.kind == "map" else at)
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
        start = f"{_key(entry.key)}:" if entry.key is not None else "-"
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
            line = _in_line(value, order if self.moves else None)
            return (
                line if line is not None and (not value.entries or column + width(line) <= WIDTH) else None
            )
        if value.style == "|" or (value.style == ">" and ("\n" in value.value or not value.value)):
            return None if verbatim(value.value) is not None else _with(value, quoted(value.value))
        flat = _text(value, in_brackets=False, keeps_quotes=keeps_quotes)
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


def _name(entry: Entry) -> str:
    return entry.key.value if entry.key is not None else ""


def _key(key: Written | None) -> str:
    if key is None:
        return ""
    if key.style in ("'", '"', "|", ">"):
        plain = can_be_plain(key.value, in_brackets=True) and len(key.value) < 100
        return _with(key, key.value if plain else quoted(key.value))
    return _with(key, key.value)


def _with(node: Written, text: str) -> str:
    return f"{node.properties} {text}".rstrip() if node.properties else text


def _text(value: Written, *, in_brackets: bool, keeps_quotes: bool) -> str:
    """Write a text in one line."""
    text = value.value
    if not value.style:
        return _with(value, quoted(text) if "\n" in text else text)
    can = can_be_plain(text, in_brackets=in_brackets)
    if not can or keeps_quotes or value.properties:
        return _with(value, quoted(text))
    return text


def _keeps_quotes(node: Written, order: Order, *, in_brackets: bool) -> bool:
    """Whether texts of a list or mapping keep their quotes though some could do without.

    Texts that stand side by side look alike: the items of a list, a text's languages. Between brackets
    quotes also tell where a text ends, so there only single words are written without.
    """
    texts = [entry.value for entry in node.entries if entry.value.kind == "scalar" and entry.value.style]
    if in_brackets and all(entry.value.kind in ("scalar", "alias") for entry in node.entries):
        return not all(is_word(text.value) for text in texts)
    if node.kind == "map" and order.is_element:
        return False
    return not all(can_be_plain(text.value, in_brackets=in_brackets) for text in texts)


def _in_line(node: Written, order: Order | None = None) -> str | None:
    """Return a value in brackets in one line; None where a comment stands in it.

    Its keys stand in the order given, as they came where there is none.
    """
    if node.kind == "alias":
        return f"*{node.value}"
    if node.kind == "scalar":
        return _text(node, in_brackets=True, keeps_quotes=bool(node.style) and not is_word(node.value))
    if node.tail or not node.flow:
        return None
    parts = []
    keeps_quotes = _keeps_quotes(node, Order(()), in_brackets=True)
    entries = node.entries
    if order is not None and node.kind == "map":
        entries = [entries[at] for at in order.sorted(_name(entry) for entry in entries)]
    for entry in entries:
        if entry.before or entry.beside or entry.head:
            return None
        if entry.value.kind == "scalar":
            value: str | None = _text(
                entry.value,
                in_brackets=True,
                keeps_quotes=keeps_quotes or (bool(entry.value.style) and not is_word(entry.value.value)),
            )
        else:
            below = None if order is None else order.below(_name(entry) if node.kind == "map" else 0)
            value = _in_line(entry.value, below)
        if value is None:
            return None
        if entry.key is None:
            parts.append(value)
        else:
            # libyaml does not read `{a:}`; a key alone says the same.
            parts.append(f"{_key(entry.key)}: {value}" if value else _key(entry.key))
    left, right = ("{", "}") if node.kind == "map" else ("[", "]")
    return _with(node, left + ", ".join(parts) + right)


def _same(tree: Tree, remarks: list[str], result: Source) -> bool:
    """Whether a result says what its source says, to the type, and holds the same comments."""
    again = parse(result)
    if not _alike(tree.data, again.data) or len(tree.diagnostics) != len(again.diagnostics):
        return False
    return Counter(remarks) == _all_comments(result.text)


def _alike(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_alike(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other or (one != one and other != other))


def _all_comments(text: str) -> Counter[str]:
    """Count the comments of a text."""
    legible = _legible(text)
    root, _ = written.read(legible, events_of(legible))
    leaves: list[tuple[int, int]] = []
    headers: list[str] = []
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if node.kind in ("scalar", "alias"):
            if node.start < node.end:
                leaves.append((node.start, node.end))
            headers += margins.on_header(legible, node)
        for entry in node.entries:
            waiting.append(entry.value)
            if entry.key is not None:
                waiting.append(entry.key)
    found = margins.comments(legible, sorted(leaves))
    return Counter([*(comment.text for comment in found), *headers])
