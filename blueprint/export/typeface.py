"""Which characters a drawing uses, which of them our font lacks, and the font cut down to the rest."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache

from blueprint.scene.shapes import Group, Scene, Shape, Weight
from blueprint.scene.shapes import Text as TextShape
from blueprint.scene.text import FONT_FAMILY, FONT_FILES
from blueprint.scene.text import missing as lacking

FALLBACKS = (
    FONT_FAMILY,
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Segoe UI",
    "sans-serif",
)
"""What a reader's machine may have, best first; all of them have advances close to ours."""
_CSS_WEIGHT: dict[Weight, int] = {"regular": 400, "bold": 700}


def font_stack(families: Iterable[str] = FALLBACKS) -> str:
    """Return the fonts as CSS writes them."""
    return ", ".join(family if "-" in family else f"'{family}'" for family in families)


def characters(scene: Scene) -> dict[Weight, frozenset[str]]:
    """Return the characters a drawing writes, by weight."""
    found: dict[Weight, set[str]] = {"regular": set(), "bold": set()}
    rest: list[Shape] = [scene.root]
    while rest:
        shape = rest.pop()
        if isinstance(shape, Group):
            rest.extend(shape.children)
        elif isinstance(shape, TextShape):
            found[shape.weight].update(*shape.lines)
    return {weight: frozenset(used) for weight, used in found.items()}


def missing(scene: Scene) -> tuple[str, ...]:
    """Return the characters of a drawing that Blueprint Sans lacks; the reader's machine chooses a font."""
    return lacking("".join(sorted(frozenset().union(*characters(scene).values()))))


def font_faces(used: dict[Weight, frozenset[str]]) -> str:
    """Return `@font-face` rules that carry just the characters used, as OpenType in data URIs."""
    return "".join(
        f"@font-face{{font-family:'{FONT_FAMILY}';font-weight:{_CSS_WEIGHT[weight]};"
        f"src:url(data:font/otf;base64,{_cut_down(weight, letters)}) format('opentype')}}"
        for weight, letters in sorted(used.items())
        if letters
    )


@lru_cache(maxsize=8)
def _cut_down(weight: Weight, letters: frozenset[str]) -> str:
    """Return the font with only these characters, in base64.

    As OpenType: packing it as WOFF2 would save a fifth of the bytes and take a hundred times as long.
    """
    import uharfbuzz as harfbuzz

    wanted = harfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    wanted.layout_feature_tag_set.clear()
    wanted.name_id_set.update((0, 13, 14))  # the licence goes with the font
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    whole = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(FONT_FILES[weight])))
    return b64encode(harfbuzz.subset(whole, wanted).blob.data).decode("ascii")
