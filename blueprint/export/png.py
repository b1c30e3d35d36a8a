"""A scene as PNG: for slides, chats and documents that cannot hold a vector drawing."""

from __future__ import annotations

from math import ceil

from blueprint.export.exporter import CannotExportError, Exporter, Order
from blueprint.export.press import Page, print_page
from blueprint.export.svg import markup
from blueprint.export.typeface import missing
from blueprint.scene.shapes import Scene
from blueprint.scene.theme import Theme

MOST_PIXELS = 200_000_000
"""Drawing takes about 12 bytes a pixel: this is 2.4 GB, and few programs open anything larger."""


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
        svg=drawing,
        width=width,
        height=height,
        title="",
        description="",
        language=scene.language,
        system_fonts=bool(missing(scene)),
    )
    return print_page(page, "png", ppi=96 * scale)


def _run(order: Order) -> bytes:
    return export(order.scene, order.theme, scale=order.scale)


EXPORTER = Exporter(_run)
