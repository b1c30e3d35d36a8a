"""Typst as a printing press: an SVG goes in, a page comes out, set in our own font.

Typst is a wheel without system libraries, draws text with fonts that are handed to it, and embeds them.
The fonts of the machine stay out, so that every machine prints the same bytes; only for characters that our
font lacks (`typeface.missing`) are they let in.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from blueprint.scene.text import FONT_FOLDER

if TYPE_CHECKING:
    import typst

POINTS_PER_PX = 0.75


class Page(NamedTuple):
    """What is printed on one page."""

    svg: str
    width: float
    """In px."""
    height: float
    """In px."""
    title: str
    description: str
    language: str
    system_fonts: bool
    """Whether the fonts of the machine may help out."""


_SOURCE = """
#let page-facts = json(bytes(sys.inputs.facts))
#set document(title: page-facts.title, description: page-facts.description, date: none)
#set text(lang: page-facts.language)
#set page(width: page-facts.width * 1pt, height: page-facts.height * 1pt, margin: 0pt)
#image(
  bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "stretch",
  alt: page-facts.description,
)
"""


def print_page(page: Page, form: Literal["png", "pdf"], *, ppi: float = 96.0) -> bytes:
    """Return the page as a PNG at `ppi` pixels per inch (96 is 1:1) or as a PDF.

    Raises:
        typst.TypstError: If the SVG cannot be read, which is a fault of ours.
    """
    import json

    facts = {
        "title": page.title,
        "description": page.description,
        "language": _language(page.language),
        "width": page.width * POINTS_PER_PX,
        "height": page.height * POINTS_PER_PX,
    }
    printed = _press(page.system_fonts).compile(
        input=_SOURCE.encode(),
        format=form,
        ppi=ppi,
        timestamp=0,
        sys_inputs={"svg": page.svg, "facts": json.dumps(facts)},
    )
    if not isinstance(printed, bytes):
        raise TypeError("expected one page")
    return printed


def press_report(source: str, data: str, pictures: Sequence[str], *, system_fonts: bool) -> bytes:
    """Return pages set from our own Typst source, as a PDF without any date.

    Args:
        source: What to do with the data; ours, never a document's.
        data: JSON, which the source reads from `sys.inputs.data`.
        pictures: SVG, as `sys.inputs.picture0` and so on.
        system_fonts: Whether the fonts of the machine may help out.

    Raises:
        typst.TypstError: If the source or a picture cannot be read, which is a fault of ours.
    """
    inputs = {"data": data, **{f"picture{at}": svg for at, svg in enumerate(pictures)}}
    printed = _press(system_fonts).compile(
        input=source.encode(), format="pdf", timestamp=0, sys_inputs=inputs
    )
    if not isinstance(printed, bytes):
        raise TypeError("expected one document")
    return printed


def _language(language: str) -> str:
    """Return the first part of a language tag, as Typst wants it: two or three letters."""
    first = language.split("-")[0].lower()
    return first if first.isascii() and first.isalpha() and 2 <= len(first) <= 3 else "en"


@lru_cache(maxsize=2)
def _press(system_fonts: bool) -> typst.Compiler:
    """Return the compiler with its fonts loaded: about 80 ms with those of the machine, 2 ms without."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=system_fonts, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
    )
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=not system_fonts)
