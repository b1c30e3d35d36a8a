"""A scene as PDF: one page of its own size, vector, with the font in it and text that can be searched."""

from __future__ import annotations

from math import ceil

from blueprint.export.exporter import Exporter, Order
from blueprint.export.press import Page, print_page
from blueprint.export.svg import markup, printable
from blueprint.export.typeface import missing
from blueprint.scene.shapes import Scene
from blueprint.scene.theme import Theme


def export(scene: Scene, theme: Theme) -> bytes:
    """Write a scene as a one-page PDF, a px being 0.75 pt, without any date: the same bytes every time."""
    page = Page(
        svg=markup(scene, theme.colors.__getitem__, patterns=theme.patterns),
        width=ceil(scene.width),
        height=ceil(scene.height),
        title=printable(scene.title),
        description=printable(scene.description),
        language=scene.language,
        system_fonts=bool(missing(scene)),
    )
    return print_page(page, "pdf")


def _run(order: Order) -> bytes:
    return export(order.scene, order.theme)


EXPORTER = Exporter(_run)
