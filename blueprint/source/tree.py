"""YAML text → plain data and the place of every value, in one pass.

YAML 1.2's core schema: `no`, `on`, `12:30` and dates are text. libyaml supplies the events; everything
that decides what they mean (types, duplicate keys, aliases, limits) is here, iterative and bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blueprint.diagnostic import Diagnostic, Message, Range, Related
from blueprint.source.faults import (
    BROKEN_ALIAS,
    DUPLICATE_KEY,
    MERGE_KEY,
    NON_TEXT_KEY,
    NOT_TEXT,
    OVER_LIMIT,
    SEVERAL_DOCUMENTS,
    UNKNOWN_TAG,
    Fault,
)
from blueprint.source.spans import Branch, Loc, Node, SpanMap
from blueprint.source.syntax import explain
from blueprint.source.text import Source

if TYPE_CHECKING:
    from yaml.events import Event, MappingStartEvent, ScalarEvent, SequenceStartEvent

MAX_DEPTH = 64
MAX_NODES = 100_000

_CORE_TAGS = {
    f"tag:yaml.org,2002:{name}": name for name in ("str", "int", "float", "bool", "null", "map", "seq")
}
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    **{sign + inf: float(sign + "inf") for sign in ("", "+", "-") for inf in (".inf", ".Inf", ".INF")},
    **{nan: float("nan") for nan in (".nan", ".NaN", ".NAN")},
}  # fmt: skip
_INT = re.compile(r"[-+]?[0-9]{1,100}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,100}|[0-9]{1,100}(?:\.[0-9]{0,100})?)(?:[eE][-+]?[0-9]{1,9})?")
_BASED = re.compile(r"0o[0-7]{1,100}|0x[0-9a-fA-F]{1,100}")
_ILLEGIBLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_NUMERIC = frozenset("0123456789+-.")


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


def scalar(text: str) -> Any:
    """Read a plain scalar by the core schema of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMERIC:
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if _BASED.fullmatch(text):
            return int(text[2:], 8 if text[1] == "o" else 16)
    return text


def parse(source: Source) -> Tree:
    """Read the first document of a YAML text. Never raises: what is wrong becomes diagnostics."""
    return _Builder(source).run()


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


@dataclass(slots=True, eq=False)
class _Frame:
    """A list or mapping that is still open."""

    data: Any
    node: Branch
    mapping: bool
    flow: bool
    anchor: _Anchor | None
    count_before: int
    last_end: int
    """Where the last thing in it ends: a block ends there and not at the next token."""
    height: int = 1
    key: str | None = None
    """The key whose value comes next; None where that value has no place in the data."""
    key_span: tuple[int, int] = (0, 0)
    awaits_value: bool = False
    merging: bool = False
    merges: list[tuple[Any, Node]] | None = None


class _Stop(Exception):
    """Reading ends here; why is already reported."""


class _Builder:
    """Builds data and spans from the events of one text."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Diagnostic] = []
        self.anchors: dict[str, _Anchor] = {}
        self.stack: list[_Frame] = []
        self.count = 0
        self.root: Any = None
        self.root_node: Node | None = None

    def run(self) -> Tree:
        from yaml import YAMLError

        cut: Loc | None = None
        try:
            self.read(_events(self.legible()))
        except _Stop:
            cut = self.close_open()
        except YAMLError as error:
            self.found.append(explain(self.source, error))
            cut = self.close_open()
        found = sorted(self.found, key=lambda d: (d.span, d.code))
        return Tree(self.root, SpanMap(self.root_node), tuple(found), cut)

    def report(
        self,
        fault: Fault,
        start: int,
        end: int,
        message: Message,
        advice: Message | None,
        *related: Related,
    ) -> None:
        span = Range(start, end)
        self.found.append(fault.at(self.source.name, span, message, advice, related=related))

    def legible(self) -> str:
        """Return the text with what YAML forbids replaced, one character for one, and reported."""
        text = self.source.text
        if _ILLEGIBLE.search(text) is None:
            return text
        places = list(_ILLEGIBLE.finditer(text))
        for place in places[:3]:
            name = f"U+{ord(place[0]):04X}"
            more = len(places) - 3 if place is places[:3][-1] else 0
            self.report(
                NOT_TEXT, place.start(), place.end(),
                Message(
                    f"the invisible character {name} cannot stand in a YAML text"
                    + (f" ({more} more follow)" if more > 0 else ""),
                    f"YAML 文本中不能出现不可见字符 {name}" + (f"（后面还有 {more} 个）" if more > 0 else ""),
                ),
                Message("delete it", "请删除它"),
            )  # fmt: skip
        return _ILLEGIBLE.sub("\ufffd", text)

    def read(self, next_event: Callable[[], Event | None]) -> None:
        from yaml import events

        scalar_event, mapping_start, sequence_start = (
            events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent,
        )  # fmt: skip
        stack, documents = self.stack, 0
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is scalar_event:
                self.scalar(event)
            elif kind is mapping_start or kind is sequence_start:
                self.open(event, kind is mapping_start)
            elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                frame = stack.pop()
                self.close(frame, event.end_mark.index if frame.flow else frame.last_end)
            elif kind is events.AliasEvent:
                self.alias(event)
            elif kind is events.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.second_document(event, next_event())
                    return

    def count_node(self, size: int, start: int, end: int) -> None:
        self.count += size
        if self.count > MAX_NODES:
            self.report(
                OVER_LIMIT, start, end,
                Message(
                    f"the document holds more than {MAX_NODES:,} values once its aliases are expanded",
                    f"展开别名后，文档的值超过 {MAX_NODES:,} 个",
                ),
                Message("split it into several files, or use fewer aliases", "请拆成多个文件，或减少别名"),
            )  # fmt: skip
            raise _Stop

    def scalar(self, event: ScalarEvent) -> None:
        start, end, text = event.start_mark.index, event.end_mark.index, event.value
        self.count += 1
        if self.count > MAX_NODES:
            self.count_node(0, start, end)
        frame = self.stack[-1] if self.stack else None
        plain = event.implicit[0]
        if event.style in ("|", ">"):
            end = start + len(self.source.text[start:end].rstrip())
        if frame is not None and frame.mapping and not frame.awaits_value:
            self.key(frame, text, start, end, plain, event)
            return
        value = text
        if event.tag is not None:
            value = self.tagged(event.tag, text, start, end)
        elif plain and (text in _WORDS or text[0] in _NUMERIC):
            value = scalar(text)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(value, (start, end), done=True)
        self.place(frame, value, (start, end), end)

    def key(self, frame: _Frame, text: str, start: int, end: int, plain: bool, event: ScalarEvent) -> None:
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(text, (start, end), done=True)
        if plain and event.tag is None and not isinstance(scalar(text), str):
            self.report(
                NON_TEXT_KEY, start, end,
                Message(f"the key {text or '(nothing)'} is not text", f"键 {text or '（空）'} 不是文字"),
                Message("put it in quotes", "请给它加引号"),
            )  # fmt: skip
        frame.awaits_value, frame.last_end = True, end
        if text == "<<" and plain:
            self.report(
                MERGE_KEY, start, end,
                Message("YAML 1.2 has no merge key `<<`", "YAML 1.2 没有合并键 `<<`"),
                Message("write the keys out here", "请在这里写出这些键"),
            )  # fmt: skip
            frame.key, frame.merging = None, True
        elif text in frame.node.keys:
            first = frame.node.keys[text]
            self.report(
                DUPLICATE_KEY, start, end,
                Message(f"the key {text!r} is written twice; the first one counts".replace("'", "`"), f"键 `{text}` 重复；以第一个为准"),
                Message("keep one of the two", "请只保留一个"),
                Related(Message("first written here", "第一次写在这里"), self.source.name, Range(*first)),
            )  # fmt: skip
            frame.key = None
        else:
            frame.key = text
            frame.key_span = frame.node.keys[text] = (start, end)

    def place(self, frame: _Frame | None, value: Any, node: Node, end: int) -> None:
        if frame is None:
            self.root, self.root_node = value, node
            return
        frame.last_end = end
        if not frame.mapping:
            frame.data.append(value)
            frame.node.items.append(node)  # type: ignore[union-attr]  # a frame without keys is a list's
            return
        if not frame.awaits_value:  # A list, a mapping or an alias as a key.
            self.foreign_key(frame, value, node)
            return
        frame.awaits_value = False
        if frame.key is not None:
            frame.data[frame.key] = value
            frame.node.items[frame.key] = node  # type: ignore[call-overload]  # a frame with keys is a mapping's
        elif frame.merging:
            frame.merging = False
            frame.merges = [*(frame.merges or ()), (value, node)]

    def foreign_key(self, frame: _Frame, value: Any, node: Node) -> None:
        start, end = (node.start, node.end) if isinstance(node, Branch) else node
        frame.awaits_value, frame.key = True, None
        if isinstance(value, str) and value not in frame.node.keys:
            frame.key, frame.key_span = value, (start, end)
            frame.node.keys[value] = (start, end)
            return
        self.report(
            NON_TEXT_KEY, start, end,
            Message("a key must be text, not a list or a mapping", "键必须是文字，不能是列表或映射"),
            Message("write a word as the key; quote a text that begins with [ or {", "请用一个词作键；以 [ 或 { 开头的文字请加引号"),
        )  # fmt: skip

    def open(self, event: MappingStartEvent | SequenceStartEvent, mapping: bool) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self.count_node(1, start, max(end, start + 1))
        if len(self.stack) >= MAX_DEPTH:
            self.report(
                OVER_LIMIT, start, start + 1,
                Message(
                    f"lists and mappings lie more than {MAX_DEPTH} levels inside one another",
                    f"列表和映射嵌套超过 {MAX_DEPTH} 层",
                ),
                Message("no document needs that; check the brackets", "文档不需要这么深的嵌套，请检查括号"),
            )  # fmt: skip
            raise _Stop
        if (
            event.tag is not None
            and _CORE_TAGS.get(event.tag) != ("map" if mapping else "seq")
            and event.tag != "!"
        ):
            self.unknown_tag(event.tag, start)
        data: Any = {} if mapping else []
        node = Branch(start, end, {} if mapping else [], {})
        anchor = None
        if event.anchor is not None:
            anchor = self.anchors[event.anchor] = _Anchor(data, node)
        self.place(self.stack[-1] if self.stack else None, data, node, end)
        self.stack.append(_Frame(data, node, mapping, bool(event.flow_style), anchor, self.count - 1, end))

    def close(self, frame: _Frame, end: int) -> None:
        for value, node in frame.merges or ():
            _merge(frame, value, node)
        frame.node.end = end
        if frame.anchor is not None:
            frame.anchor.done = True
            frame.anchor.size = self.count - frame.count_before
            frame.anchor.height = frame.height
        if self.stack:
            parent = self.stack[-1]
            parent.last_end = end
            parent.height = max(parent.height, frame.height + 1)

    def close_open(self) -> Loc:
        """Close what is open after reading stopped, and return the path of the innermost."""
        path: list[str | int] = []
        for frame in self.stack[:-1]:
            part = frame.key if frame.mapping else len(frame.data) - 1
            if part is None:
                break
            path.append(part)
        while self.stack:
            frame = self.stack.pop()
            self.close(frame, frame.last_end)
        return tuple(path)

    def alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        anchor = self.anchors.get(event.anchor)
        frame = self.stack[-1] if self.stack else None
        if anchor is None or not anchor.done:
            self.count_node(1, start, end)
            self.report(
                BROKEN_ALIAS, start, end,
                Message(f"the alias *{event.anchor} stands for something that contains it", f"别名 *{event.anchor} 指向包含它自己的内容")
                if anchor
                else Message(f"nothing before is marked &{event.anchor}", f"前文没有标记 &{event.anchor}"),
                Message("write the value out here; quote a text that begins with *", "请在这里写出值；以 * 开头的文字请加引号"),
            )  # fmt: skip
            self.place(frame, None, (start, end), end)
            return
        self.count_node(anchor.size, start, end)
        if len(self.stack) + anchor.height > MAX_DEPTH:
            self.report(
                OVER_LIMIT, start, end,
                Message(
                    f"with this alias, lists and mappings lie more than {MAX_DEPTH} levels inside one another",
                    f"展开此别名后，列表和映射嵌套超过 {MAX_DEPTH} 层",
                ),
                Message("write the value out here", "请在这里写出值"),
            )  # fmt: skip
            self.place(frame, None, (start, end), end)
            return
        if frame is not None:
            frame.height = max(frame.height, anchor.height + 1)
        held = anchor.node
        node: Node = Branch(start, end, held.items, held.keys) if isinstance(held, Branch) else (start, end)
        self.place(frame, anchor.data, node, end)

    def tagged(self, tag: str, text: str, start: int, end: int) -> Any:
        name = "str" if tag == "!" else _CORE_TAGS.get(tag)
        if name == "str":
            return text
        value = scalar(text)
        kinds: dict[str, tuple[type, ...]] = {
            "int": (int,), "float": (int, float), "bool": (bool,), "null": (type(None),),
        }  # fmt: skip
        if name is None or type(value) not in kinds.get(name, ()):
            self.unknown_tag(tag, start)
        return value

    def unknown_tag(self, tag: str, start: int) -> None:
        written = re.compile(r"\S*").match(self.source.text, start)
        end = written.end() if written else start + 1
        shown = tag.removeprefix("tag:yaml.org,2002:")
        shown = f"!!{shown}" if shown != tag else tag
        self.report(
            UNKNOWN_TAG, start, end,
            Message(f"the tag {shown} means nothing here", f"标签 {shown} 在这里没有意义"),
            Message("remove it; quote a text that begins with !", "请删除它；以 ! 开头的文字请加引号"),
        )  # fmt: skip

    def second_document(self, event: Event, content: Event | None) -> None:
        if content is not None and getattr(content, "value", None) == "" and content.implicit[0]:
            return  # A closing `---` with nothing after it.
        start = event.start_mark.index
        self.report(
            SEVERAL_DOCUMENTS, start, start + 3,
            Message("a second YAML document begins here; only the first is read", "这里开始了第二个 YAML 文档；只读取第一个"),
            Message("put it in a file of its own", "请把它放进单独的文件"),
        )  # fmt: skip


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
                    frame.node.items[key] = held.items[key]  # type: ignore[call-overload]  # only mappings merge
                    frame.node.keys[key] = held.keys[key]


def _events(text: str) -> Callable[[], Event | None]:
    try:
        from yaml._yaml import CParser
    except ImportError:  # PyYAML without its C part: ten times slower, the same events.
        return _pure_events(text)
    next_event: Callable[[], Event | None] = CParser(text).get_event
    return next_event


def _pure_events(text: str) -> Callable[[], Event | None]:
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class PureParser(Reader, Scanner, Parser):
        def __init__(self) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)

    next_event: Callable[[], Event | None] = PureParser().get_event
    return next_event
