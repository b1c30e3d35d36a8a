"""Where a line may break: between words and Chinese characters, never before closing punctuation.

Every character belongs to one class, and the rules are one small expression over the classes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_OPENING = frozenset("([{“‘«‹〈《「『【〔〖〘〚〝（［｛｟｢￥＄￡﹁﹃")
_CLOSING = frozenset(
    ")]}”’»›〉》」』】〕〗〙〛〞〟）］｝｠｣，。、．：；？！,.:;?!%‰°℃…—–～〜·・‥々〻ー゛゜ゝゞヽヾ％￠"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ﹐﹑﹒﹔﹕﹖﹗﹂﹄"
)
_SPACES = frozenset(
    " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a"
    "\u200b\u2028\u2029\u205f\u3000"
)
"""What parts words; spaces that do not break (such as U+00A0) are letters to us."""
_CJK = (
    (0x1100, 0x11FF), (0x2E80, 0x2FFF), (0x3001, 0x33FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F), (0xFF01, 0xFFEF), (0x1B000, 0x1B2FF), (0x20000, 0x3FFFF),
)  # fmt: skip
_JOINERS = (
    (0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x200C, 0x200D),
    (0x2060, 0x2060), (0x20D0, 0x20FF), (0x302A, 0x302F), (0x3099, 0x309A),
    (0xFE00, 0xFE0F), (0xE0100, 0xE01EF),
)  # fmt: skip
"""Marks and joiners: they stay with the character before them."""

# s space · c Chinese, Japanese, Korean · m mark or joiner · w any other; of c, opening punctuation is O and
# closing punctuation X; o and x are the same outside of Chinese, where they may stand inside a word
_PIECE = re.compile("[oO]*(?:[cX](?:m+[cXO]?)*|[oxwm]*[xwm])[xXm]*|[oO]+")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_][-–—/])(?=[^\W\d_])")


class _Classes(dict[str, str]):
    """The class of a character; fills itself as characters turn up."""

    def __missing__(self, character: str) -> str:
        point = ord(character)
        if character in _SPACES:
            kind = "s"
        elif _within(point, _JOINERS):
            kind = "m"
        else:
            kind = "c" if _within(point, _CJK) else "w"
            if character in _OPENING:
                kind = "O" if kind == "c" else "o"
            elif character in _CLOSING:
                kind = "X" if kind == "c" else "x"
        self[character] = kind
        return kind


_CLASSES = _Classes()


def pieces(paragraph: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces between which a line may break, each with whether a space goes before it."""
    end = 0
    for match in _PIECE.finditer("".join(map(_CLASSES.__getitem__, paragraph))):
        start, before = match.start(), end
        end = match.end()
        piece = paragraph[start:end]
        spaced = start > before and bool(paragraph[before:start].strip("\u200b"))
        if len(piece) > 2 and ("-" in piece or "/" in piece or "–" in piece or "—" in piece):
            for part in _INSIDE_WORD.split(piece):
                yield part, spaced
                spaced = False
        else:
            yield piece, spaced


def _within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    place = bisect_right(ranges, (point, 0x110000)) - 1
    return place >= 0 and point <= ranges[place][1]
