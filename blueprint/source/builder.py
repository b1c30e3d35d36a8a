"""Events → plain data and the place of every value.

libyaml supplies the events; everything that decides what they mean is ours: types (YAML 1.2's core
schema: `no`, `on`, `12:30` and dates are text), duplicate keys, aliases, limits. The builder keeps its
own stack and counts before it expands, so that no text costs more than its size and the limits allow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from blueprint.diagnostic import Diagnostic, Range, Related
from blueprint.source import gaps, old_breaks, remarks, scalars
from blueprint.source.remarks import Remark
from blueprint.source.scalars import NUMERIC, WORDS
from blueprint.source.spans import Branch, Loc, Node, SpanMap
from blueprint.source.syntax import explain
from blueprint.source.text import Source

MAX_DEPTH = 64
MAX_NODES = 100_000

# Everything outside YAML's printable characters, and a byte-order mark in mid-text. Few texts hold any
# of it, so this is compiled when one does: that takes as long as reading a file.
_ILLEGIBLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_SHOWN_ILLEGIBLE = 3
_TAG = re.compile(r"\S*")


@dataclass(frozen=True, slots=True)
class Tree:
    """What a YAML text holds."""

    data: Any
    """Dictionaries, lists, text, numbers, booleans, None. Aliased parts are shared, not copied."""
    spans: SpanMap
    """Where every value and every key stands."""
    diagnostics: tuple[Diagnostic, ...] = ()
    cut: Loc | None = None
    """Where reading stopped early: the path of the innermost element still open; None if it did not."""
    spoilt: Loc | None = None
    """There, the outermost list or mapping in brackets still open: what it holds may be misread."""
    lost: tuple[Loc, ...] = ()
    """What is left out because of syntax errors: paths of keys, and of lists that lost an item."""
    lost_ids: frozenset[str] = frozenset()
    """The ids that seem to stand in what is left out."""


@dataclass(slots=True, eq=False)
class _Anchor:
    """What an alias would repeat."""

    data: Any = None
    node: Node = (0, 0)
    size: int = 1
    """How many nodes it holds, itself and its own aliases included."""
    height: int = 0
    """How many lists and mappings lie inside one another in it."""
    done: bool = False


class _Frame:
    """A list or mapping that is still open."""

    # What few have stands here: most are opened and closed with no more than `__init__` gives them.
    anchor: _Anchor | None = None
    height: int = 1
    key: str | None = None
    """The key whose value comes next; None where that value has no place in the data."""
    awaits_value: bool = False
    merging: bool = False
    merges: list[tuple[Any, Node]] | None = None

    def __init__(self, data: Any, node: Branch, mapping: bool, flow: bool, count_before: int) -> None:
        self.data = data
        self.node = node
        self.items: Any = node.items
        self.keys: dict[str, tuple[int, int]] | None = node.keys if mapping else None
        """Where a mapping's keys stand; None for a list."""
        self.flow = flow
        self.count_before = count_before


class _StopReading(Exception):  # noqa: N818 - it ends a loop and is no error
    """Reading ends here; why is already reported."""


class Builder:
    """Builds data and places from the events of one text."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text = text
        """The source's text, less the entries that are left out: spaces stand for them."""
        self.error: Diagnostic | None = None
        self.gap: Range | None = None
        self.lost: Loc = ()
        self.found: list[Diagnostic] = []
        self.anchors: dict[str, _Anchor] = {}
        self.stack: list[_Frame] = []
        self.count = 0
        self.last_end = 0
        """Where the last thing that was read ends: a block ends there and not at the next token."""
        self.root: Any = None
        self.root_node: Node | None = None
        self.hides_breaks = False

    def run(self) -> Tree:
        """Read to the end, or until a limit or a syntax error stops it."""
        from yaml import YAMLError

        cut: Loc | None = None
        spoilt: Loc | None = None
        try:
            self.read(events_of(self.legible()))
        except _StopReading:
            cut, spoilt = self.close_open()
        except YAMLError as error:
            self.error = explain(self.source, error)
            self.found.append(self.error)
            self.gap, self.lost = self.broken_entry(self.error.span.start)
            cut, spoilt = self.close_open()
        found = tuple(sorted(self.found, key=lambda d: (d.span, d.code)))
        return Tree(self.root, SpanMap(self.root_node), found, cut, spoilt)

    def broken_entry(self, at: int) -> tuple[Range | None, Loc]:
        """Return the lines of the entry that a syntax error broke, and the path of what is lost with it."""
        path: list[str | int] = []
        for frame, inner in zip_longest(self.stack, self.stack[1:]):
            if frame.flow:
                break
            part = len(frame.data) - 1 if frame.keys is None else frame.key
            if inner is not None and not inner.flow and part is not None:
                path.append(part)
                continue
            if inner is None and not frame.awaits_value:  # A line that is no entry: it alone is left out.
                return gaps.entry(self.text, at, at, listed=frame.keys is None), tuple(path)
            if isinstance(part, str):
                start = frame.node.keys[part][0]
                return gaps.entry(self.text, start, at, listed=False), (*path, part)
            if inner is not None and part is not None:
                return gaps.entry(self.text, inner.node.start, at, listed=True), tuple(path)
            break
        return None, ()

    def report(self, remark: Remark, start: int, end: int, *related: Related) -> None:
        span = Range(start, min(end, len(self.source.text)))
        self.found.append(
            remark.fault.at(self.source.name, span, remark.message, remark.advice, related=related)
        )

    def legible(self) -> str:
        """Return the text with what libyaml refuses replaced, one character for one, and reported."""
        from yaml.reader import Reader

        text = self.text
        if "\ufeff" in text or Reader.NON_PRINTABLE.search(text) is not None:
            places = [place.start() for place in re.finditer(_ILLEGIBLE, text)]
            shown = places[:_SHOWN_ILLEGIBLE]
            for at in shown:
                more = len(places) - len(shown) if at == shown[-1] else 0
                self.report(remarks.illegible(text[at], more), at, at + 1)
            text = re.sub(_ILLEGIBLE, "\ufffd", text)
        safe = old_breaks.hidden(text)
        self.hides_breaks = safe is not text
        return safe

    def read(self, next_event: Callable[[], Any]) -> None:
        """Follow the events to the end of the first document.

        Nearly all of the time goes by here, so the common scalars are written out, and what they change
        is kept in local names: the frame learns of it before anything else looks at it.
        """
        from yaml import events

        scalar_event, mapping_start, mapping_end, sequence_start, sequence_end = (
            events.ScalarEvent, events.MappingStartEvent, events.MappingEndEvent,
            events.SequenceStartEvent, events.SequenceEndEvent,
        )  # fmt: skip
        stack, documents = self.stack, 0
        words, numeric, plain = WORDS, NUMERIC, scalars.plain
        frame: _Frame | None = None
        data: Any = None
        items: Any = None
        keys: dict[str, tuple[int, int]] | None = None
        key: str | None = None
        awaits_value, usual, count, end = False, False, 0, 0
        try:
            while (event := next_event()) is not None:
                kind = type(event)
                if kind is scalar_event and usual and event.tag is None and event.anchor is None:
                    text, style = event.value, event.style
                    start, end = event.start_mark.index, event.end_mark.index
                    odd = not style and (text in words or text[0] in numeric)
                    count += 1
                    if count > MAX_NODES or style == "|" or style == ">":
                        self.count = count
                        end = self.block_end(start, end)
                    if keys is None:
                        items.append((start, end))
                        data.append(plain(text) if odd else text)
                        continue
                    if not awaits_value:
                        if not odd and text not in keys and text != "<<":
                            keys[text] = (start, end)
                            key = text
                            awaits_value = True
                            continue
                    elif key is not None:
                        items[key] = (start, end)
                        data[key] = plain(text) if odd else text
                        awaits_value = False
                        continue
                    count -= 1
                if frame is not None:
                    frame.key, frame.awaits_value = key, awaits_value
                self.count, self.last_end = count, end
                if kind is mapping_start or kind is sequence_start:
                    frame = self.open(event, kind is mapping_start)
                elif kind is mapping_end or kind is sequence_end:
                    frame = stack.pop()
                    self.close(frame, event.end_mark.index if frame.flow else end)
                    frame = stack[-1] if stack else None
                elif kind is scalar_event:
                    self.scalar(event)
                elif kind is events.AliasEvent:
                    self.alias(event)
                elif kind is events.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        self.second_document(event, next_event())
                        return
                count, end = self.count, self.last_end
                usual = frame is not None and not self.hides_breaks
                if frame is not None:
                    data, items, keys = frame.data, frame.items, frame.keys
                    key, awaits_value = frame.key, frame.awaits_value
        finally:
            if frame is not None and frame in stack:
                frame.key, frame.awaits_value = key, awaits_value
            self.count, self.last_end = count, end

    def block_end(self, start: int, end: int) -> int:
        """Return where a block scalar's last visible character ends, unless there are too many nodes."""
        self.count_nodes(0, start, end)
        return start + len(self.source.text[start:end].rstrip())

    def count_nodes(self, number: int, start: int, end: int) -> None:
        self.count += number
        if self.count > MAX_NODES:
            self.report(remarks.too_many(MAX_NODES), start, end)
            raise _StopReading

    def scalar(self, event: Any) -> None:
        """Read a scalar with a tag or an anchor, or one outside every list and mapping."""
        start, end, text = event.start_mark.index, event.end_mark.index, event.value
        self.count_nodes(1, start, end)
        if self.hides_breaks:
            text = old_breaks.restored(text)
        if event.style in ("|", ">"):
            end = self.block_end(start, end)
        is_plain = event.implicit[0] and event.tag is None
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.keys is not None and not frame.awaits_value:
            if event.anchor is not None:
                self.anchors[event.anchor] = _Anchor(text, (start, end), done=True)
            self.key(frame, text, start, end, is_plain)
            return
        value, known = (scalars.plain(text) if is_plain else text), True
        if event.tag is not None:
            value, known = scalars.tagged(event.tag, text)
        if not known:
            self.unknown_tag(event.tag, start)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(value, (start, end), done=True)
        self.place(frame, value, (start, end), end)

    def key(self, frame: _Frame, text: str, start: int, end: int, is_plain: bool) -> None:
        """Take a scalar as a key that may be no text, a duplicate or a merge."""
        keys = frame.node.keys
        frame.awaits_value, self.last_end = True, end
        if is_plain and not isinstance(scalars.plain(text), str):
            self.report(remarks.non_text_key(text), start, max(end, start + 1))
        if text == "<<" and is_plain:
            self.report(remarks.MERGE, start, end)
            frame.key, frame.merging = None, True
        elif text in keys:
            first = Related(remarks.FIRST_WRITTEN, self.source.name, Range(*keys[text]))
            self.report(remarks.duplicate_key(text), start, end, first)
            frame.key = None
        else:
            frame.key = text
            keys[text] = (start, end)

    def place(self, frame: _Frame | None, value: Any, node: Node, end: int) -> None:
        """Put a value where the next value belongs."""
        self.last_end = end
        if frame is None:
            self.root, self.root_node = value, node
            return
        if frame.keys is None:
            frame.data.append(value)
            frame.items.append(node)
            return
        if not frame.awaits_value:
            self.foreign_key(frame, value, node)
            return
        frame.awaits_value = False
        key = frame.key
        if key is not None:
            frame.data[key] = value
            frame.items[key] = node
        elif frame.merging:
            frame.merging = False
            frame.merges = [*(frame.merges or ()), (value, node)]

    def foreign_key(self, frame: _Frame, value: Any, node: Node) -> None:
        """Take a list, a mapping or an alias that stands where a key belongs."""
        start, end = (node.start, node.end) if isinstance(node, Branch) else node
        if isinstance(value, str):
            self.key(frame, value, start, end, is_plain=False)
        else:
            if all(outer.keys is None or outer.key is not None for outer in self.stack[:-1]):
                # What lies inside such a key is gone with it, and with it further keys of this kind.
                self.report(remarks.COMPLEX_KEY, start, max(end, start + 1))
            frame.awaits_value, frame.key = True, None

    def open(self, event: Any, mapping: bool) -> _Frame:
        """Begin a list or mapping."""
        start, end = event.start_mark.index, event.end_mark.index
        self.count += 1
        if self.count > MAX_NODES:
            self.count_nodes(0, start, max(end, start + 1))
        stack = self.stack
        if len(stack) >= MAX_DEPTH:
            self.report(remarks.too_deep(MAX_DEPTH, alias=False), start, start + 1)
            raise _StopReading
        if event.tag is not None and not scalars.fits(event.tag, mapping=mapping):
            self.unknown_tag(event.tag, start)
        data: Any = {} if mapping else []
        node = Branch(start, end, {} if mapping else [], {})
        frame = _Frame(data, node, mapping, event.flow_style, self.count - 1)
        if event.anchor is not None:
            frame.anchor = self.anchors[event.anchor] = _Anchor(data, node)
        self.place(stack[-1] if stack else None, data, node, end)
        stack.append(frame)
        return frame

    def close(self, frame: _Frame, end: int) -> None:
        """End a list or mapping."""
        if frame.merges is not None:
            for value, node in frame.merges:
                _merge(frame, value, node)
        frame.node.end = self.last_end = end
        if frame.anchor is not None:
            frame.anchor.done = True
            frame.anchor.size = self.count - frame.count_before
            frame.anchor.height = frame.height
        if self.stack:
            parent = self.stack[-1]
            if parent.height <= frame.height:
                parent.height = frame.height + 1

    def close_open(self) -> tuple[Loc, Loc | None]:
        """Close what is open after reading stopped.

        Returns:
            The path of the innermost list or mapping, and of the outermost one in brackets.
        """
        path: list[str | int] = []
        spoilt: Loc | None = None
        for depth, frame in enumerate(self.stack):
            if frame.flow and spoilt is None:
                spoilt = tuple(path)
            part = len(frame.data) - 1 if frame.keys is None else frame.key
            if part is None or depth == len(self.stack) - 1:
                break
            path.append(part)
        while self.stack:
            frame = self.stack.pop()
            self.close(frame, self.last_end)
        return tuple(path), spoilt

    def alias(self, event: Any) -> None:
        """Repeat an anchored value, if that stays within the limits."""
        start, end = event.start_mark.index, event.end_mark.index
        anchor = self.anchors.get(event.anchor)
        frame = self.stack[-1] if self.stack else None
        if anchor is None or not anchor.done:
            self.count_nodes(1, start, end)
            self.report(remarks.broken_alias(event.anchor, circular=anchor is not None), start, end)
            self.place(frame, None, (start, end), end)
            return
        self.count_nodes(anchor.size, start, end)
        if len(self.stack) + anchor.height > MAX_DEPTH:
            self.report(remarks.too_deep(MAX_DEPTH, alias=True), start, end)
            self.place(frame, None, (start, end), end)
            return
        if frame is not None:
            frame.height = max(frame.height, anchor.height + 1)
        held = anchor.node
        node: Node = Branch(start, end, held.items, held.keys) if isinstance(held, Branch) else (start, end)
        self.place(frame, anchor.data, node, end)

    def unknown_tag(self, tag: str, start: int) -> None:
        match = _TAG.match(self.source.text, start)
        self.report(remarks.unknown_tag(scalars.written(tag)), start, match.end() if match else start + 1)

    def second_document(self, event: Any, content: Any) -> None:
        """Report a second document, but not a closing `---` with nothing after it."""
        if getattr(content, "value", None) == "" and content.implicit[0]:
            return
        start = event.start_mark.index
        self.report(remarks.SECOND_DOCUMENT, start, min(start + 3, len(self.source.text)))


def _merge(frame: _Frame, value: Any, node: Node) -> None:
    """Take over the keys of a merged mapping, or of a list of them, that are not written out."""
    pairs = [(value, node)]
    if isinstance(value, list) and isinstance(node, Branch) and isinstance(node.items, list):
        pairs = list(zip(value, node.items, strict=False))
    for data, held in pairs:
        if isinstance(data, dict) and isinstance(held, Branch) and isinstance(held.items, dict):
            for key in data:
                if key not in frame.data and key in held.items:
                    frame.data[key] = data[key]
                    frame.items[key] = held.items[key]
                    frame.node.keys[key] = held.keys[key]


def events_of(text: str) -> Callable[[], Any]:
    """Return a function that yields the events of a text, one a call, and None at the end."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return pure_events(text)
    next_event: Callable[[], Any] = CParser(text).get_event
    return next_event


def pure_events(text: str) -> Callable[[], Any]:
    """Do the same where PyYAML was built without libyaml: ten times slower, the same events."""
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class PureParser(Reader, Scanner, Parser):
        def __init__(self) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)

    next_event: Callable[[], Any] = PureParser().get_event
    return next_event
