"""Letters of Latin Extended-A that Noto Sans CJK lacks, put together from letters and marks that it has.

Polish, Czech, Hungarian, Turkish, Romanian and the Baltic languages need them. A mark is cut out of a
letter that carries it, or is a spacing accent, and is set over the middle of its letter. The letters are
drawn into glyphs that the subset has no other need of (`SPARE`): so the CID font keeps its character set.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

LETTERS = (
    "ĄąĆćĈĉĊċČčĎďĔĕĖėĘęĜĝĞğĠġĢģĤĥĬĭĮįİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŐőŔŕŖŗŘřŚś"
    "ŜŝŞşŠšŢţŤťŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžȘșȚț"
)  # fmt: skip
SPARE = range(0xAC00, 0xAC00 + 400)
"""Korean syllables whose glyphs are drawn over."""
X_HEIGHT, CAP_HEIGHT, ASCENDER = 543, 733, 760
_MARKS = {
    "\u0301": ("é", "e"), "\u0302": ("ê", "e"), "\u0306": ("ă", "a"), "\u0307": ("˙", ""),
    "\u0308": ("ë", "e"), "\u030a": ("å", "a"), "\u030c": ("ě", "e"), "\u0327": ("¸", ""),
}  # fmt: skip
"""Where a mark is cut from: a letter that carries it and that letter alone, or an accent by itself."""

Contours = list[list[tuple[str, tuple[Any, ...]]]]


def compose(font: TTFont, spare: list[str]) -> dict[int, str]:
    """Draw every letter that is lacking into a spare glyph; return the cmap entries."""
    cmap = font.getBestCmap()
    lacking = [letter for letter in LETTERS if ord(letter) not in cmap]
    entries: dict[int, str] = {}
    for letter, name in zip(lacking, spare, strict=False):
        contours, advance = _letter(font, letter)
        _draw(font, name, contours, advance)
        entries[ord(letter)] = name
    return entries


def _letter(font: TTFont, letter: str) -> tuple[Contours, int]:
    if letter == "ı":
        return _dotless(font), _advance(font, "i")
    if letter in "Łł":
        return _barred(font, "L" if letter == "Ł" else "l")
    base, mark = list(unicodedata.normalize("NFD", letter))
    above = mark not in "\u0327\u0328\u0326"
    body = _dotless(font) if base == "i" and above else _contours(font, base)
    left, _, right, _ = _bounds(body)
    if mark == "\u030c" and base in "dtlL":  # these carry the caron as an apostrophe
        comma = _contours(font, "’")
        box = _bounds(comma)
        return body + _moved(comma, right - box[0] + 30, ASCENDER - box[3]), _advance(font, base) + 110
    if mark == "\u030b":
        acute = _mark(font, "\u0301")
        wide = _bounds(acute)[2] - _bounds(acute)[0]
        accent = _moved(acute, -0.42 * wide, 0) + _moved(acute, 0.42 * wide, 0)
    elif mark == "\u0328":
        accent = [
            [(op, tuple((-x, y) for x, y in points)) for op, points in one] for one in _mark(font, "\u0327")
        ]
    elif mark == "\u0326":
        comma = _contours(font, ",")
        accent = _moved(comma, 0, -70 - _bounds(comma)[3])
    else:
        accent = _mark(font, mark)
    box = _bounds(accent)
    middle = right - 0.28 * (right - left) if mark == "\u0328" else (left + right) / 2
    rise = 0.0
    if above:
        height = CAP_HEIGHT if base.isupper() else ASCENDER if base in "hl" else X_HEIGHT
        rise = height + 55 - box[1]
    elif mark != "\u0326":
        rise = -box[3] + 8
    if base == "g" and mark == "\u0327":  # above the descender, turned
        comma = _contours(font, "‘")
        box = _bounds(comma)
        return body + _moved(comma, middle - (box[0] + box[2]) / 2, X_HEIGHT + 50 - box[1]), _advance(
            font, base
        )
    return body + _moved(accent, middle - (box[0] + box[2]) / 2, rise), _advance(font, base)


def _mark(font: TTFont, mark: str) -> Contours:
    source, base = _MARKS[mark]
    contours = _contours(font, source)
    if not base:
        return contours
    floor = _bounds(_contours(font, base))[3]
    return [one for one in contours if _bounds([one])[1] > floor]


def _dotless(font: TTFont) -> Contours:
    return [one for one in _contours(font, "i") if _bounds([one])[1] < X_HEIGHT / 2]


def _barred(font: TTFont, base: str) -> tuple[Contours, int]:
    body = _contours(font, base)
    left, _, right, top = _bounds(body)
    stem = 90 if base == "L" else (right - left) / 2
    x, y, reach, thick = left + stem / 2, top * 0.5, 150.0, 68.0
    bar = [
        ("moveTo", ((x - reach, y - 80 - thick / 2),)),
        ("lineTo", ((x + reach, y + 80 - thick / 2),)),
        ("lineTo", ((x + reach, y + 80 + thick / 2),)),
        ("lineTo", ((x - reach, y - 80 + thick / 2),)),
        ("closePath", ()),
    ]
    return [*body, bar], _advance(font, base)


def _contours(font: TTFont, letter: str) -> Contours:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[ord(letter)]].draw(pen)
    contours: Contours = []
    for op, points in pen.value:
        if op == "moveTo":
            contours.append([])
        contours[-1].append((op, points))
    return contours


def _replay(contours: Contours, pen: Any) -> None:
    recorded = RecordingPen()
    recorded.value = [step for contour in contours for step in contour]
    recorded.replay(pen)


def _bounds(contours: Contours) -> tuple[float, float, float, float]:
    pen = BoundsPen(None)
    _replay(contours, pen)
    left, bottom, right, top = pen.bounds
    return left, bottom, right, top


def _moved(contours: Contours, dx: float, dy: float) -> Contours:
    return [[(op, tuple((x + dx, y + dy) for x, y in points)) for op, points in one] for one in contours]


def _advance(font: TTFont, letter: str) -> int:
    return int(font["hmtx"][font.getBestCmap()[ord(letter)]][0])


def _draw(font: TTFont, name: str, contours: Contours, advance: int) -> None:
    top = font["CFF "].cff.topDictIndex[0]
    old = top.CharStrings[name]
    pen = T2CharStringPen(advance - old.private.nominalWidthX, None)
    _replay(contours, pen)
    new = pen.getCharString(old.private, old.globalSubrs)
    old.program, old.bytecode = new.program, None
    font["hmtx"][name] = (advance, round(_bounds(contours)[0]))
