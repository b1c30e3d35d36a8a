"""One canonical layout for every document: the order of keys, indentation, quotes, wrapped text.

What it may change is how things are written, never what they say. `laid_out` reads its own work again and
refuses to hand it over if data or comments differ.
"""

from __future__ import annotations

from blueprint.diagnostic import Message
from blueprint.source import margins, old_breaks, written
from blueprint.source.builder import Tree, events_of
from blueprint.source.faults import MERGE_KEY, NON_TEXT_KEY, UNKNOWN_TAG
from blueprint.source.kinds import kind_of
from blueprint.source.order import Order, order_of
from blueprint.source.sameness import says_the_same
from blueprint.source.text import Source
from blueprint.source.tree import parse
from blueprint.source.writer import Writer
from blueprint.source.written import TooUnusualError, Written

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
    if not says_the_same(tree, remarks, Source(source.name, result)):
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
    legible = old_breaks.hidden(text)
    root, prologue = written.read(legible, events_of(legible))
    remarks, loose = margins.settle(legible, root, len(prologue))
    kind = kind_of(tree.data)
    order = order_of(kind.model()) if kind is not None and kind.readable else Order(())
    writer = Writer(order, moves=_may_move(root))
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
    return result if legible is text else old_breaks.restored(result), remarks


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
