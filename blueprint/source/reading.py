"""Bytes → text: what a file may be before it is YAML."""

from __future__ import annotations

import codecs

from blueprint.diagnostic import Diagnostic, Message, Range
from blueprint.source.faults import NOT_TEXT, OVER_LIMIT
from blueprint.source.text import Source

MAX_BYTES = 10_000_000
_SHOWN = 3
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAVE_AS_UTF8 = Message("save it as UTF-8", "请另存为 UTF-8 编码")


def read_source(name: str, data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    """Decode a file and report what is no UTF-8 text in it.

    Text in another encoding that can be told with certainty is decoded all the same, so that its
    other mistakes are found too; stray bytes become U+FFFD.

    Returns:
        The source, None where the bytes are no text or too many, and the diagnostics.
    """
    if len(data) > MAX_BYTES:
        return None, [
            OVER_LIMIT.at(
                name,
                Range(0, 0),
                Message(
                    "the file is larger than 10 MB, the most that is read",
                    "文件超过 10 MB，这是可读取的上限",
                ),
                Message("split it into several files", "请拆成多个文件"),
            )
        ]
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _foreign(name, data)
    if "\0" in text:
        return _foreign(name, data)
    return Source(name, text), []


def _foreign(name: str, data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    """Read bytes that are not UTF-8, as far as they are text at all."""
    if wide := _wide(data):
        text, encoding = wide
        return Source(name, text), [_in_encoding(name, encoding)]
    if _binary(data):
        return None, [
            NOT_TEXT.at(
                name,
                Range(0, 0),
                Message("this is a binary file, not a text", "这是二进制文件，不是文本"),
                Message(
                    "name a YAML file; exclude others in blueprint.toml",
                    "请指定 YAML 文件；其他文件可在 blueprint.toml 中排除",
                ),
            )
        ]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _stray(name, data)
    return Source(name, text), []  # A few NULs in a text: the tree reports where they are.


def _stray(name: str, data: bytes) -> tuple[Source, list[Diagnostic]]:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        pass
    else:
        chinese = sum("一" <= char <= "鿿" for char in text)
        if chinese * 2 > sum(not char.isascii() for char in text):
            return Source(name, text), [_in_encoding(name, "GBK / GB18030")]
    text = data.decode("utf-8", errors="replace")
    places: list[Range] = []
    at = 0
    for piece in _pieces(data):
        if isinstance(piece, str):
            at += len(piece)
        else:
            places.append(Range(at, at + piece))
            at += piece
    found = [
        NOT_TEXT.at(
            name,
            place,
            Message("a byte here is not UTF-8 text", "此处的字节不是 UTF-8 文本"),
            _SAVE_AS_UTF8,
        )
        for place in places[:_SHOWN]
    ]
    return Source(name, text), found


def _pieces(data: bytes) -> list[str | int]:
    """Split into text and numbers of replacement characters, as `errors="replace"` writes them."""
    pieces: list[str | int] = []
    at = 0
    while at < len(data) and len(pieces) < 4 * _SHOWN:
        try:
            pieces.append(data[at:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            pieces.append(data[at : at + error.start].decode("utf-8"))
            pieces.append(1)
            at += error.end
    return pieces


def _in_encoding(name: str, encoding: str) -> Diagnostic:
    return NOT_TEXT.at(
        name,
        Range(0, 0),
        Message(f"the file is written in {encoding}, not in UTF-8", f"文件编码是 {encoding}，不是 UTF-8"),
        _SAVE_AS_UTF8,
    )


def _wide(data: bytes) -> tuple[str, str] | None:
    """Read UTF-16 or UTF-32, with a byte-order mark or told by where its zero bytes are."""
    for mark, codec, encoding in _WIDE:
        if data.startswith(mark):
            return data.decode(codec, errors="replace").removeprefix("\ufeff"), encoding
    head = data[:400]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 8 and max(even, odd) * 4 > len(head) and min(even, odd) * 20 < max(even, odd):
        codec = "utf-16-be" if even > odd else "utf-16-le"
        return data.decode(codec, errors="replace"), "UTF-16"
    return None


def _binary(data: bytes) -> bool:
    """Whether so much of the beginning is control characters that it cannot be a text."""
    head = data[:4096]
    strange = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    magic = (b"\x89PNG", b"%PDF", b"PK\x03\x04", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")
    return (strange > 3 and strange * 20 > len(head)) or head.startswith(magic)
