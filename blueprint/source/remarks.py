"""What there is to say about a YAML text beyond its syntax: what is wrong, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

from blueprint.diagnostic import Message
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


class Remark(NamedTuple):
    """A fault in words."""

    fault: Fault
    message: Message
    advice: Message


FIRST_WRITTEN = Message("first written here", "第一次写在这里")

MERGE = Remark(
    MERGE_KEY,
    Message("YAML 1.2 has no merge key `<<`", "YAML 1.2 没有合并键 `<<`"),
    Message("write the keys out here", "请在这里写出这些键"),
)
COMPLEX_KEY = Remark(
    NON_TEXT_KEY,
    Message("a key must be text, not a list or a mapping", "键必须是文字，不能是列表或映射"),
    Message(
        "write a word as the key; quote a text that begins with [ or {",
        "请用一个词作键；以 [ 或 { 开头的文字请加引号",
    ),
)
SECOND_DOCUMENT = Remark(
    SEVERAL_DOCUMENTS,
    Message(
        "a second YAML document begins here; only the first is read",
        "这里开始了第二个 YAML 文档；只读取第一个",
    ),
    Message("put it in a file of its own", "请把它放进单独的文件"),
)


def duplicate_key(key: str) -> Remark:
    """A mapping has a key twice."""
    return Remark(
        DUPLICATE_KEY,
        Message(
            f"the key `{key}` is written twice; the first one counts", f"键 `{key}` 重复；以第一个为准"
        ),
        Message("keep one of the two", "请只保留一个"),
    )


def non_text_key(text: str) -> Remark:
    """A key reads as a number, a truth value or nothing."""
    if not text:
        return Remark(
            NON_TEXT_KEY,
            Message("the key before the colon is missing", "冒号前缺少键"),
            Message("write a word before the colon", "请在冒号前写一个词"),
        )
    return Remark(
        NON_TEXT_KEY,
        Message(f"the key {text} is not text", f"键 {text} 不是文字"),
        Message(f'put it in quotes: "{text}":', f'请加引号："{text}":'),
    )


def unknown_tag(tag: str) -> Remark:
    """A value carries a tag that the core schema does not know, or that does not fit."""
    return Remark(
        UNKNOWN_TAG,
        Message(f"the tag {tag} means nothing here", f"标签 {tag} 在这里没有意义"),
        Message("remove it; quote a text that begins with !", "请删除它；以 ! 开头的文字请加引号"),
    )


def broken_alias(name: str, *, circular: bool) -> Remark:
    """An alias stands for nothing, or for something that contains it."""
    return Remark(
        BROKEN_ALIAS,
        Message(
            f"the alias *{name} stands for something that contains it", f"别名 *{name} 指向包含它自己的内容"
        )
        if circular
        else Message(f"nothing before this is marked &{name}", f"前文没有标记 &{name}"),
        Message(
            "write the value out here; quote a text that begins with *",
            "请在这里写出值；以 * 开头的文字请加引号",
        ),
    )


def too_many(limit: int) -> Remark:
    """The document holds too many values."""
    return Remark(
        OVER_LIMIT,
        Message(
            f"the document holds more than {limit:,} values, aliases expanded",
            f"展开别名后，文档的值超过 {limit:,} 个",
        ),
        Message("split it into several files, or use fewer aliases", "请拆成多个文件，或减少别名"),
    )


def too_deep(limit: int, *, alias: bool) -> Remark:
    """Lists and mappings lie too deep inside one another."""
    return Remark(
        OVER_LIMIT,
        Message(
            f"lists and mappings lie more than {limit} levels inside one another"
            + (" once this alias is expanded" if alias else ""),
            ("展开此别名后，" if alias else "") + f"列表和映射嵌套超过 {limit} 层",
        ),
        Message("write the value out here", "请在这里写出值")
        if alias
        else Message("no document needs that; check the brackets", "文档不需要这么深的嵌套，请检查括号"),
    )


def illegible(char: str, more: int) -> Remark:
    """A control character or the like; `more` of them follow unreported."""
    return Remark(
        NOT_TEXT,
        Message(
            f"the invisible character U+{ord(char):04X} cannot stand in a YAML text"
            + (f" (and {more} more such characters follow)" if more else ""),
            f"YAML 文本中不能有不可见字符 U+{ord(char):04X}" + (f"（后面还有 {more} 个）" if more else ""),
        ),
        Message("delete it", "请删除它"),
    )
