"""Measures and wraps text: the only place that knows the metrics of the font.

All drawings use Blueprint Sans (`scene/fonts`), which has no kerning and no ligatures: a line is as wide as
the sum of its advances, and those ship as a table. Characters the font lacks are drawn with a font of the
reader's machine and measured by their East Asian width; `missing` names them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from blueprint.scene.breaks import pieces
from blueprint.scene.shapes import Weight

FONT_FAMILY = "Blueprint Sans"
FONT_FOLDER = Path(__file__).parent / "fonts"
FONT_FILES: dict[Weight, Path] = {
    "regular": FONT_FOLDER / "BlueprintSans-Regular.otf",
    "bold": FONT_FOLDER / "BlueprintSans-Bold.otf",
}
ELLIPSIS = "…"

_ASCENT, _CAP_HEIGHT = 0.88, 0.733
"""Of an em."""
_LEADING = 1.4
_EMOJI_ADVANCE, _OTHER_ADVANCE = 1300, 620
"""Thousandths of an em for what the font lacks: generous, since nobody knows which font will draw it."""

_PARAGRAPH = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
_CLUSTERED = re.compile(
    r"[\u200d\ufe0f\u1100-\u11ff\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_SOFT_HYPHEN = "\u00ad"


class _Advances(dict[str, int]):
    """Advance of a character in thousandths of an em; fills itself as characters turn up."""

    def __init__(self, weight: Weight) -> None:
        super().__init__()
        self._weight: Weight = weight

    def __missing__(self, character: str) -> int:
        advance = _in_font(character, self._weight)
        if advance is None:
            advance = _guess(character)
        self[character] = advance
        return advance


_ADVANCES: dict[Weight, _Advances] = {"regular": _Advances("regular"), "bold": _Advances("bold")}


def measure(text: str, size: float, weight: Weight = "regular") -> float:
    """Return the width of one line of text in px at a font size in px."""
    return _units(text, weight) * size / 1000


def line_height(size: float) -> float:
    """Return the distance between two baselines, in px on a grid of halves."""
    return round(size * _LEADING * 2) / 2


def ascent(size: float) -> float:
    """Return how far above its baseline a line of this size begins, in px."""
    return _ASCENT * size


def cap_height(size: float) -> float:
    """Return the height of capitals: half of it below a middle line centres a label, in px."""
    return _CAP_HEIGHT * size


def missing(text: str) -> tuple[str, ...]:
    """Return the visible characters of a text that Blueprint Sans lacks, sorted, each once."""
    return tuple(
        sorted(
            character
            for character in set(text)
            if _in_font(character, "regular") is None
            and unicodedata.category(character) not in ("Cc", "Cf", "Zs", "Cs")
            and not "\ufe00" <= character <= "\ufe0f"
        )
    )


@lru_cache(maxsize=16384)
def wrap(
    text: str, width: float, size: float, weight: Weight = "regular", max_lines: int | None = None
) -> tuple[str, ...]:
    """Break a text into lines no wider than `width` px.

    Chinese and Japanese break between any two characters, save that no line begins with closing punctuation
    or ends with an opening one; Latin breaks between words and after a hyphen inside one. A word wider than
    the column is hyphenated, an address or id is cut after its punctuation. Newlines of the text stay, runs
    of spaces become one. A line is wider than the column only when a single character is.

    Args:
        text: What to say.
        width: Of the column, in px.
        size: Of the font, in px.
        weight: Of the font.
        max_lines: More lines than this are cut off with an ellipsis; None keeps all.

    Returns:
        The lines, none of them for a text that is blank.
    """
    limit = int(width * 1000 / size + 1e-6)
    lines: list[str] = []
    for paragraph in _PARAGRAPH.split(text.strip()):
        lines.extend(_fill(paragraph, limit, weight))
    while lines and not lines[-1]:
        lines.pop()
    if max_lines is not None and len(lines) > max_lines:
        lines = lines[:max_lines]
        if lines:
            lines[-1] = _elide(lines[-1], limit, weight)
    return tuple(lines)


def _fill(paragraph: str, limit: int, weight: Weight) -> list[str]:
    """Fill lines greedily; an empty paragraph is one empty line."""
    lines: list[str] = []
    line, used = "", 0
    blank = _ADVANCES[weight][" "]
    for token, spaced in pieces(paragraph):
        width = _units(token, weight)
        gap = blank if spaced and line else 0
        if line and used + gap + width <= limit:
            line += " " + token if gap else token
            used += gap + width
            continue
        if line:
            lines.append(line)
        if width > limit:
            *whole, token = _cut(token, limit, weight)
            lines.extend(whole)
            width = _units(token, weight)
        line, used = token, width
    lines.append(line)
    return lines


def _cut(token: str, limit: int, weight: Weight) -> list[str]:
    """Cut a piece that is wider than a line into parts that fit, between graphemes."""
    parts: list[str] = []
    clusters = list(_graphemes(token))
    is_word = sum(map(str.isalpha, token)) >= 0.8 * len(token) and not _wide(token)
    hyphen = _ADVANCES[weight]["-"] if is_word else 0
    start = 0
    while start < len(clusters):
        used, end = 0, start
        while end < len(clusters) and used + _units(clusters[end], weight) <= limit:
            used += _units(clusters[end], weight)
            end += 1
        if max(end, start + 1) == len(clusters):
            parts.append("".join(clusters[start:]))
            break
        end, mark = _cut_place(clusters, start, end, limit - used, hyphen, weight)
        parts.append("".join(clusters[start:end]) + mark)
        start = end
    return parts


def _cut_place(
    clusters: list[str], start: int, end: int, rest: int, hyphen: int, weight: Weight
) -> tuple[int, str]:
    """Return where a line that can hold clusters[start:end] should end, and what to write there."""
    end = max(end, start + 1)
    if not hyphen:
        for place in range(end, start + (end - start) // 2, -1):
            if clusters[place - 1] in "/._-?&=@:,;|\\+~#":
                return place, ""
        return end, ""
    while end > start + 1 and rest < hyphen:
        end -= 1
        rest += _units(clusters[end], weight)
    if rest < hyphen or not (clusters[end - 1].isalpha() and clusters[end].isalpha()):
        return end, ""
    soft = max(
        (place for place in range(start + 1, end + 1) if clusters[place - 1] == _SOFT_HYPHEN), default=0
    )
    if soft:
        return soft, "-"
    for place in range(min(end, len(clusters) - 2), max(start + 2, end - 4), -1):
        if _is_vowel(clusters[place - 1]) and not _is_vowel(clusters[place]):
            return place, "-"
    return end, "-"


def _is_vowel(cluster: str) -> bool:
    return unicodedata.normalize("NFD", cluster)[0].lower() in "aeiouyаеиоуыэюяαεηιουω"


def _elide(line: str, limit: int, weight: Weight) -> str:
    """End a line with an ellipsis, giving up as much of it as that needs."""
    room = limit - _ADVANCES[weight][ELLIPSIS]
    clusters = list(_graphemes(line))
    while clusters and _units("".join(clusters), weight) > room:
        clusters.pop()
    return "".join(clusters).rstrip(" ，。、；：,.;:-–—") + ELLIPSIS


@lru_cache(maxsize=65536)
def _units(text: str, weight: Weight) -> int:
    """Return the width of a text in thousandths of its size."""
    table = _ADVANCES[weight]
    if not text.isascii() and _CLUSTERED.search(text):
        return sum(_cluster_units(cluster, table) for cluster in _graphemes(text))
    return sum(map(table.__getitem__, text))


def _cluster_units(cluster: str, table: _Advances) -> int:
    if len(cluster) > 1 and _CLUSTERED.search(cluster):
        return max(map(table.__getitem__, cluster))
    return sum(map(table.__getitem__, cluster))


def _graphemes(text: str) -> Iterator[str]:
    """Yield what a reader takes for one character each."""
    if text.isascii():
        return iter(text)
    from wcwidth import iter_graphemes

    return iter(iter_graphemes(text))


def _wide(text: str) -> bool:
    return any(unicodedata.east_asian_width(character) in "WF" for character in text)


def _guess(character: str) -> int:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Mn", "Me"):
        return 0
    if "\U0001f000" <= character <= "\U0001faff":
        return _EMOJI_ADVANCE
    return 1000 if unicodedata.east_asian_width(character) in "WF" else _OTHER_ADVANCE


def _in_font(character: str, weight: Weight) -> int | None:
    """Return the advance of a character in thousandths of an em, None where the font lacks it."""
    from bisect import bisect_right

    firsts, lasts, advances = _runs()[weight]
    point = ord(character)
    place = bisect_right(firsts, point) - 1
    return advances[place] if place >= 0 and point <= lasts[place] else None


@lru_cache(maxsize=1)
def _runs() -> dict[Weight, tuple[memoryview, memoryview, memoryview]]:
    """Read `advances.bin`; its layout is told in `fonts/build.py`."""
    import sys
    from array import array

    data = (FONT_FOLDER / "advances.bin").read_bytes()
    runs: dict[Weight, tuple[memoryview, memoryview, memoryview]] = {}
    offset = 0
    for weight in islice(FONT_FILES, 2):
        count = int.from_bytes(data[offset : offset + 4], "little")
        offset += 4
        columns = []
        for kind, step in (("I", 4), ("I", 4), ("H", 2)):
            column = array(kind, data[offset : offset + count * step])
            if sys.byteorder == "big":
                column.byteswap()
            columns.append(memoryview(column))
            offset += count * step
        runs[weight] = (columns[0], columns[1], columns[2])
    return runs
