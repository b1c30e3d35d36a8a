"""Make Blueprint Sans: a subset of Noto Sans CJK SC in two weights, and the table of its advances.

Run by hand, and only when the choice of characters changes; needs fontTools and the two collections of Noto
Sans CJK (Debian: `fonts-noto-cjk`, version 2.004)::

    python -m blueprint.scene.fonts.build NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc

The font is a Modified Version under the SIL Open Font License, so it goes by a name of its own. Layout
features and hints are left out: what is measured with the table is then exactly what is drawn.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from blueprint.scene.fonts.accents import LETTERS, SPARE, compose

FAMILY = "Blueprint Sans"
VERSION = "1.000"
FOLDER = Path(__file__).parent
WEIGHTS = (("Regular", 400), ("Bold", 700))
ALPHABETS = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x02B0, 0x036F), (0x0370, 0x03FF), (0x0400, 0x045F),
    (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x202F, 0x205E), (0x2070, 0x209F), (0x20A0, 0x20CF),
    (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x25FF),
    (0x2600, 0x27BF), (0x3000, 0x303F), (0x3041, 0x30FF), (0x3105, 0x312F), (0x3200, 0x32FF),
    (0xFE30, 0xFE4F), (0xFF01, 0xFF65), (0xFFE0, 0xFFE6), (0xFFFD, 0xFFFD),
)  # fmt: skip
WESTERN = "·‘’“”•"
"""Full width in the Chinese face, which tears English words apart: taken from the Japanese face."""
PROPORTIONAL_ELLIPSIS = "cid63163"
"""On the baseline; the default one hangs in the middle of the line, which English takes for a mistake."""


def characters() -> set[int]:
    """Return the code points wanted: alphabets and signs, GB 2312, and the frequent half of Big5."""
    wanted = {point for first, last in ALPHABETS for point in range(first, last + 1)}
    for codec, leads, trails in (
        ("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)),
        ("big5", range(0xA1, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
    ):
        for lead in leads:
            for trail in trails:
                try:
                    wanted.add(ord(bytes((lead, trail)).decode(codec)))
                except (UnicodeDecodeError, TypeError):
                    continue
    return wanted


def make(collection: Path, style: str, weight: int) -> TTFont:
    """Return one weight of the subset, named as its own family."""
    faces = {
        str(face["name"].getDebugName(1)).split(" CJK ")[1].split()[0]: face
        for face in TTCollection(collection).fonts[:5]
    }
    font, western = faces["SC"], faces["JP"].getBestCmap()
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            table.cmap.update({ord(sign): western[ord(sign)] for sign in WESTERN})
            table.cmap[ord("…")] = PROPORTIONAL_ELLIPSIS
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True,
        name_IDs=[0, 7, 8, 9, 11, 13, 14], name_languages=[0x409],
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"],
    )  # fmt: skip
    subsetter = subset.Subsetter(options)
    spare = [font.getBestCmap()[point] for point in SPARE]
    subsetter.populate(unicodes=characters(), glyphs=spare[: len(LETTERS)])
    subsetter.subset(font)
    composed = compose(font, spare[: len(LETTERS)])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(composed)
    name = font["name"]
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    for number, text in (
        (1, FAMILY), (2, style), (3, f"{VERSION};{postscript}"), (4, f"{FAMILY} {style}"),
        (5, f"Version {VERSION}; subset of Noto Sans CJK SC 2.004"), (6, postscript),
    ):  # fmt: skip
        name.setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = f"{FAMILY} {style}", FAMILY
    font["OS/2"].usWeightClass = weight
    font["head"].created = font["head"].modified = 3_600_000_000
    font.recalcTimestamp = False
    return font


def advances(fonts: list[TTFont]) -> bytes:
    """Return runs of code points with equal advances.

    For each weight a count (uint32), then the first and the last code point of every run (uint32) and then
    the advances in thousandths of an em (uint16); little-endian.
    """
    table = b""
    for font in fonts:
        metrics, scale = font["hmtx"].metrics, 1000 / font["head"].unitsPerEm
        runs: list[list[int]] = []
        for point, glyph in sorted(font.getBestCmap().items()):
            advance = round(metrics[glyph][0] * scale)
            if runs and runs[-1][1] == point - 1 and runs[-1][2] == advance:
                runs[-1][1] = point
            else:
                runs.append([point, point, advance])
        columns = list(zip(*runs, strict=True))
        table += struct.pack("<I", len(runs)) + b"".join(
            struct.pack(f"<{len(runs)}{kind}", *column) for kind, column in zip("IIH", columns, strict=True)
        )
    return table


def main() -> None:
    """Write both weights and the table of advances beside this file."""
    fonts = [make(Path(path), *weight) for path, weight in zip(sys.argv[1:3], WEIGHTS, strict=True)]
    for font, (style, _) in zip(fonts, WEIGHTS, strict=True):
        font.save(FOLDER / f"BlueprintSans-{style}.otf")
    (FOLDER / "advances.bin").write_bytes(advances(fonts))


if __name__ == "__main__":
    main()
