"""The report as PDF: pages of A4, our font, words that stay words, the same bytes every time."""

from __future__ import annotations

import re
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blueprint.export import report_pdf
from blueprint.scene.shapes import Group, Paint, Rect, Scene

sys.path.insert(0, str(Path(__file__).parent))
from report_samples import everywhere, whole

SCENE = Scene(60, 40, Group((Rect(0, 0, 60, 40, Paint("paper")),), id="g"), "T", "D", "p")


def unpacked(data: bytes) -> bytes:
    """Return the file with its streams inflated."""
    parts = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def tagged(data: bytes, tag: bytes) -> int:
    """Count the elements of a kind in the tree that screen readers walk."""
    return len(re.findall(rb"/S\s*" + tag + rb"\b", unpacked(data)))


def pages(data: bytes) -> list[tuple[int, int]]:
    found = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", unpacked(data))
    return [(round(float(width)), round(float(height))) for width, height in found]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_set_on_a4_with_the_poster_across(language: str) -> None:
    data = report_pdf.export(whole(language))
    assert data.startswith(b"%PDF-")
    sizes = pages(data)
    assert sizes.count((842, 595)) == 1
    assert sizes.count((595, 842)) == len(sizes) - 1 >= 4
    assert data == report_pdf.export(whole(language))
    assert b"BlueprintSans" in unpacked(data)
    assert b"CreationDate" not in unpacked(data)


@given(st.text(min_size=1, max_size=30))
@settings(max_examples=15, deadline=None)
@example("#panic(1) $x$ *a* _b_ `c` @d <e> \\u{1} // c /* d */ = e")
@example(']#eval("1")[ " \\ \n = heading')
@example("- a\n+ b\n1. c")
def test_no_text_becomes_markup(text: str) -> None:
    # What is markup to Typst would fail, or make other pages than words do.
    data = report_pdf.export(everywhere(text, SCENE))
    assert set(pages(data)) == {(595, 842)}
    plain = report_pdf.export(everywhere("x", SCENE))
    for tag in (b"/H1", b"/H2", b"/TH", b"/LI", b"/Figure"):
        assert tagged(data, tag) == tagged(plain, tag) > 0
