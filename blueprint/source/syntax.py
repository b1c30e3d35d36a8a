"""What the YAML parser complains about, in words that help."""

from __future__ import annotations

import re
from typing import NamedTuple

from yaml import MarkedYAMLError, YAMLError

from blueprint.diagnostic import Diagnostic, Message, Range, Related
from blueprint.source.faults import SYNTAX_ERROR
from blueprint.source.text import Source


class _Reading(NamedTuple):
    """How a complaint of the parser reads for people."""

    message: Message
    advice: Message


def _reading(en: str, zh: str, help_en: str, help_zh: str) -> _Reading:
    return _Reading(Message(en, zh), Message(help_en, help_zh))


_TAB = _reading(
    "a tab stands where YAML allows only spaces",
    "此处用了制表符，YAML 的缩进只能用空格",
    "replace the tab by spaces",
    "请把制表符换成空格",
)
_RESERVED = _reading(
    "`{char}` cannot begin a value",
    "值不能以 `{char}` 开头",
    "put the value in quotes",
    "请给这个值加引号",
)
_INDENT = _reading(
    "this line does not belong to the mapping above: its indentation or its colon is off",
    "这一行接不上面的映射：缩进不对，或缺少冒号",
    "indent it like the keys it belongs to, and write it as `key: value`",
    "请与同级的键对齐缩进，并写成 `键: 值`",
)

# Told apart by the parser's own sentence (libyaml 0.2 and PyYAML word most of them alike).
_READINGS: tuple[tuple[str, _Reading], ...] = (
    ("tab character", _TAB),
    (r"character '\\t' that cannot start", _TAB),
    ("cannot start any token", _RESERVED),
    (
        "mapping values are not allowed",
        _reading(
            "a second `: ` stands in one line, or the line is indented too far",
            "一行里出现了第二个 `: `，或缩进过深",
            "put a text that contains `: ` in quotes, or check the indentation",
            "含有 `: ` 的文字请加引号，或检查缩进",
        ),
    ),
    (
        "sequence entries are not allowed",
        _reading(
            "a list item `- ` cannot stand here",
            "列表项 `- ` 不能写在这里",
            "begin the list on the next line, or put the text in quotes",
            "请另起一行写列表；如果它是文字，请加引号",
        ),
    ),
    (
        r"could not find expected ':'",
        _reading(
            "this line has no `: `, so it is neither a key nor part of a list",
            "这一行没有 `: `，既不是键也不是列表项",
            "write `key: value`, or begin a list item with `- `",
            "请写成 `键: 值`，或用 `- ` 开始一个列表项",
        ),
    ),
    (
        r"expected '-' indicator",
        _reading(
            "a list is followed by something that is not a list item",
            "列表后面出现了不是列表项的内容",
            "begin the line with `- `, or indent it less if the list is finished",
            "请以 `- ` 开头；如果列表已结束，请减少缩进",
        ),
    ),
    (
        r"expected ',' or '\]'",
        _reading(
            "a list in brackets is not closed, or a comma is missing",
            "方括号列表没有闭合，或缺少逗号",
            "close it with `]`, or put a comma between the items",
            "请用 `]` 闭合，或在各项之间加逗号",
        ),
    ),
    (
        r"expected ',' or '}'",
        _reading(
            "a mapping in braces is not closed, or a comma is missing",
            "花括号映射没有闭合，或缺少逗号",
            "close it with `}`, or put a comma between the entries; quote a text that contains a comma",
            "请用 `}` 闭合，或在各项之间加逗号；含逗号的文字请加引号",
        ),
    ),
    (
        "did not find expected key|expected <block end>",
        _INDENT,
    ),
    (
        "unexpected end of stream|document indicator",
        _reading(
            "a text in quotes is not closed",
            "引号没有闭合",
            "close the quotes; to write a quote inside them, double a ' or put \\ before a \"",
            "请补上结尾的引号；引号内的 ' 要写两次，\" 前要加 \\",
        ),
    ),
    (
        "Unicode character escape",
        _reading(
            "this escape is no character, or only half of one",
            "此转义不是字符，或只是半个字符",
            "write the character itself",
            "请直接写出该字符",
        ),
    ),
    (
        "escape character|hexdecimal|hexadecimal|escape sequence",
        _reading(
            "an escape after \\ is unknown in a text in double quotes",
            "双引号文字中 \\ 后的转义无法识别",
            "write \\\\ for a backslash, or use single quotes",
            "反斜杠请写成 \\\\，或改用单引号",
        ),
    ),
    (
        "tag",
        _reading(
            "a word that begins with ! is a YAML tag, and this one is unknown",
            "以 ! 开头的词是 YAML 标签，这个标签无法识别",
            "put the text in quotes if it should begin with !",
            "如果文字本身以 ! 开头，请加引号",
        ),
    ),
    (
        "anchor|alias|alphabetic",
        _reading(
            "an anchor (&name) or alias (*name) is not written correctly",
            "锚点（&名称）或别名（*名称）写法不对",
            "put the text in quotes if it should begin with & or *",
            "如果文字本身以 & 或 * 开头，请加引号",
        ),
    ),
    (
        "directive|incompatible YAML|version",
        _reading(
            "a line that begins with % is a YAML directive, and this one cannot be used",
            "以 % 开头的行是 YAML 指令，这条指令不可用",
            "remove the line",
            "请删除这一行",
        ),
    ),
    (
        "expected <document start>|node content",
        _reading(
            "a value was expected here",
            "此处应有一个值",
            "check the punctuation before this place, or put the text in quotes",
            "请检查前面的标点；如果它是文字，请加引号",
        ),
    ),
)

_OTHER = _reading(
    "this is not YAML: {problem}",
    "无法按 YAML 读取：{problem}",
    "check quotes, colons and indentation around this place",
    "请检查此处前后的引号、冒号和缩进",
)
# The parser notices these only later; the mistake is where the thing begins.
_ON_BEGINNING = re.compile("could not find expected ':'|unexpected end of stream|document indicator")
_OPENED = Message("it begins here", "从这里开始")


def explain(source: Source, error: YAMLError) -> Diagnostic:
    """Turn the parser's complaint into a located diagnostic."""
    text, problem = source.text, str(error)
    at = getattr(error, "position", 0)
    begun: int | None = None
    if isinstance(error, MarkedYAMLError):
        problem = error.problem or error.context or problem
        mark = error.problem_mark or error.context_mark
        at = mark.index if mark else 0
        begun = error.context_mark.index if error.context_mark else None
    at = max(0, min(at, len(text)))
    apart = begun is not None and source.position(begun).line != source.position(at).line
    if begun is not None and (_ON_BEGINNING.search(problem) or (apart and "expected ','" in problem)):
        at, apart = begun, False
    char = text[at : at + 1]
    reading = _TAB if char == "\t" and "start any token" in problem else _find(problem)
    message = Message(*(_filled(sentence, char, problem) for sentence in reading.message))
    related: tuple[Related, ...] = ()
    if begun is not None and apart:
        related = (Related(_OPENED, source.name, Range(begun, min(begun + 1, len(text)))),)
    return SYNTAX_ERROR.at(source.name, _word(text, at), message, reading.advice, related=related)


def _filled(sentence: str, char: str, problem: str) -> str:
    return sentence.replace("{char}", char).replace("{problem}", problem)


def _find(problem: str) -> _Reading:
    for pattern, reading in _READINGS:
        if re.search(pattern, problem):
            return reading
    return _OTHER


def _word(text: str, at: int) -> Range:
    """Return the piece of the line from `at` on; at a text's end, its last visible character."""
    end = re.compile(r"[^\r\n]*?(?=\s*(?:[\r\n]|$)|\s#)").match(text, at)
    if end and end.end() > at:
        return Range(at, min(end.end(), at + 80))
    last = len(text[:at].rstrip())
    return Range(max(0, last - 1), last) if at >= len(text) else Range(at, min(at + 1, len(text)))
