"""The file of a baseline: JSON, by document and rule, a line per finding, in one order, without a clock."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from blueprint.diagnostic import Message

VERSION = 1
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)
_SHAPELESS = Message("it has not the shape of a baseline", "它不符合基线文件的结构")


class BaselineError(ValueError):
    """A baseline that cannot be used.

    Attributes:
        line: Where, from 1; 0 for the file as a whole.
        message: What is wrong.
        help: What to do about it.
    """

    def __init__(self, line: int, message: Message, help: Message) -> None:
        super().__init__(message.en)
        self.line = line
        self.message = message
        self.help = help


class Entry(NamedTuple):
    """One known finding."""

    document: str
    """Kind and id, such as `journey ticket`."""
    code: str
    at: str
    """Where in the document, in words."""
    fingerprint: str
    message: str
    """What was said when it was recorded."""
    excess: float | None
    """By how much it passed a limit when it was recorded."""
    file: str
    """Where the document was then, for readers; nothing is looked up by it."""


def dumped(entries: Iterable[Entry]) -> str:
    """Return a baseline as JSON: by document and code, a line per finding."""
    documents: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.document, e.code, e.at, e.message, e.fingerprint)):
        documents.setdefault(entry.document, []).append(entry)
    blocks = [_block(document, listed) for document, listed in documents.items()]
    inside = "{\n" + ",\n".join(blocks) + "\n  }" if blocks else "{}"
    return f'{{\n  "version": {VERSION},\n  "documents": {inside}\n}}\n'


def _block(document: str, entries: list[Entry]) -> str:
    codes: dict[str, list[str]] = {}
    for entry in entries:
        line: dict[str, Any] = {
            "at": entry.at,
            "message": entry.message,
            "fingerprint": entry.fingerprint,
        }
        if entry.excess is not None:
            line["excess"] = entry.excess
        codes.setdefault(entry.code, []).append(f"          {_json(line)}")
    findings = ",\n".join(
        f"        {_json(code)}: [\n" + ",\n".join(lines) + "\n        ]" for code, lines in codes.items()
    )
    file = min(entry.file for entry in entries)
    return (
        f"    {_json(document)}: {{\n"
        f'      "file": {_json(file)},\n'
        f'      "findings": {{\n{findings}\n      }}\n'
        "    }"
    )


def _json(value: Any) -> str:
    # A lone surrogate, of a file name that is no UTF-8, cannot be written as it is.
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() and _encodable(text) else json.dumps(value)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def loaded(data: bytes) -> list[Entry]:
    """Read a baseline.

    Raises:
        BaselineError: it is from a newer version, spoilt, or in the middle of a merge.
    """
    again = Message(
        "bring back an older copy, or delete it and run `blueprint baseline`",
        "请恢复旧副本，或删除它并运行 `blueprint baseline`",
    )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BaselineError(0, Message("it is not UTF-8 text", "它不是 UTF-8 文本"), again) from None
    if conflict := _CONFLICT.search(text):
        raise BaselineError(
            text.count("\n", 0, conflict.start()) + 1,
            Message("a merge has left both sides here", "合并冲突尚未解决"),
            Message(
                "keep the lines of both sides, then run `blueprint baseline --prune`",
                "请保留双方的行，然后运行 `blueprint baseline --prune`",
            ),
        )
    try:
        shape = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise BaselineError(
            error.lineno, Message(f"this is not JSON: {error.msg}", f"不是有效的 JSON：{error.msg}"), again
        ) from error
    except (RecursionError, ValueError):  # Nested too deeply, or a number of thousands of digits.
        raise BaselineError(0, _SHAPELESS, again) from None
    version = shape.get("version") if isinstance(shape, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        raise BaselineError(
            0, Message("it is no baseline: it has no `version`", "它不是基线文件：没有 `version`"), again
        )
    if version > VERSION:
        raise BaselineError(
            _line_of(text, "version"),
            Message(
                f"it was written by a newer blueprint (version {version}; this one reads {VERSION})",
                f"它由更新版本的 blueprint 写出（版本 {version}；本程序能读 {VERSION}）",
            ),
            Message("update blueprint", "请升级 blueprint"),
        )
    try:
        return [*_entries(shape["documents"])]
    except _TwiceError as twice:
        raise BaselineError(
            0,
            Message(f"it says `{twice}` twice", f"`{twice}` 出现了两次"),
            Message("join the two places, or run `blueprint baseline --update`", "请合并这两处"),
        ) from None
    except (LookupError, TypeError, AttributeError, ArithmeticError, ValueError):
        raise BaselineError(
            0, Message("it has not the shape of a baseline", "它不符合基线文件的结构"), again
        ) from None


class _TwiceError(ValueError):
    """A key that stands twice in one object, as careless merges leave it."""


class _Doubled(dict[str, Any]):
    """An object in which a key stands twice."""

    twice = ""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = _Doubled(pairs)
    if len(found) == len(pairs):
        return dict(pairs)
    names = [name for name, _ in pairs]
    found.twice = next(name for name in names if names.count(name) > 1)
    return found


def _line_of(text: str, key: str) -> int:
    return text.count("\n", 0, max(text.find(f'"{key}"'), 0)) + 1


def _entries(documents: Any) -> Iterable[Entry]:
    for document, said in _single(documents).items():
        for code, lines in _single(_single(said)["findings"]).items():
            for line in lines:
                entry, excess = _single(line), line.get("excess")
                yield Entry(
                    document,
                    code,
                    _text(entry["at"]),
                    _text(entry["fingerprint"]),
                    _text(entry["message"]),
                    None if excess is None else float(excess),
                    _text(said["file"]),
                )


def _single(value: Any) -> dict[str, Any]:
    if isinstance(value, _Doubled):
        raise _TwiceError(value.twice)
    if not isinstance(value, dict):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
