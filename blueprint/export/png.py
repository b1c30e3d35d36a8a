"""A scene as PNG: for slides, chats and documents that cannot hold a vector drawing."""

from __future__ import annotations

import re
from math import ceil

from blueprint.export.exporter import CannotExportError, Exporter, Order
from blueprint.export.press import Page, print_page
from blueprint.export.svg import markup
from blueprint.export.typeface import missing
from blueprint.scene.shapes import Scene
from blueprint.scene.theme import Theme

MOST_PIXELS = 200_000_000
"""Drawing takes about 12 bytes a pixel: this is 2.4 GB, and few programs open anything larger."""

_SHY = 0.02
"""How far below whole pixels a size stays, px: more than rounding errors, less than anyone sees."""
_SIZE = re.compile(r' width="[^"]*" height="[^"]*" viewBox=')


class TooManyPixelsError(CannotExportError):
    """A raster would be too large; `largest_scale` is one that works."""

    def __init__(self, width: int, height: int, largest_scale: float) -> None:
        super().__init__(
            f"the picture would be {width:,} × {height:,} pixels, over {MOST_PIXELS // 1_000_000} million: "
            f"use a scale of at most {largest_scale:.2f}, or SVG or PDF, which have no pixels",
            f"图片将有 {width:,} × {height:,} 像素，超出上限；"
            f"请将缩放设为不超过 {largest_scale:.2f}，或改用没有像素的 SVG 或 PDF",
        )
        self.width, self.height, self.largest_scale = width, height, largest_scale


def export(scene: Scene, theme: Theme, *, scale: float = 2.0) -> bytes:
    """Write a scene as PNG with `scale` pixels for each px of the drawing.

    Raises:
        TooManyPixelsError: If the picture would have more than `MOST_PIXELS`.
        ValueError: If the scale is not positive.
    """
    if not 0 < scale < float("inf"):
        raise ValueError(f"scale must be positive, not {scale}")
    width, height = ceil(scene.width), ceil(scene.height)
    if width * scale * height * scale > MOST_PIXELS:
        largest = int((MOST_PIXELS / (width * height)) ** 0.5 * 100) / 100
        raise TooManyPixelsError(ceil(width * scale), ceil(height * scale), largest)
    drawing = markup(scene, theme.colors.__getitem__, patterns=theme.patterns)
    page = Page(
        svg=_to_the_pixel(drawing, width, height),
        width=width - 2 * _SHY,
        height=height - 2 * _SHY,
        title="",
        description="",
        language=scene.language,
        system_fonts=bool(missing(scene)),
    )
    return print_page(page, "png", ppi=96 * scale)


def _to_the_pixel(drawing: str, width: int, height: int) -> str:
    """Set the size of an SVG so that Typst rasters it with exactly the pixels of the page.

    It rounds up twice, the width and then the height from the width, and fits the raster to the page by
    leaving out a row or a column where there is one too many: letters at that height lose their tops. A
    hair below whole pixels, rounding up gives what was meant.
    """
    size = f' width="{width}" height="{height - _SHY}" preserveAspectRatio="none" viewBox='
    return _SIZE.sub(size, drawing, count=1)


def _run(order: Order) -> bytes:
    return export(order.scene, order.theme, scale=order.scale)


EXPORTER = Exporter(_run)
