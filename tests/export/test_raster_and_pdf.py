"""PNG and PDF: their size, their font, their words, and the same bytes every time."""

from __future__ import annotations

import itertools
import re
import struct
import zlib
from dataclasses import replace

import pytest

from blueprint.export import pdf, png
from blueprint.scene.shapes import Group, Paint, Rect, Scene, Text
from blueprint.scene.themes import THEMES


def pixels(data: bytes) -> tuple[int, int, list[bytes]]:
    """Decode a PNG of eight-bit RGB or RGBA by the book (PNG specification, sections 7 and 9)."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    place, packed = 8, b""
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, depth, color = struct.unpack(">IIBB", body[:10])
            assert depth == 8
        packed += body if kind == b"IDAT" else b""
        place += 12 + length
    step = {2: 3, 6: 4}[color]
    raw, rows, above = zlib.decompress(packed), [], bytes(width * step)
    for start in range(0, len(raw), width * step + 1):
        rule, row = raw[start], bytearray(raw[start + 1 : start + 1 + width * step])
        for i in range(len(row)):
            left, up, corner = (
                (row[i - step] if i >= step else 0),
                above[i],
                (above[i - step] if i >= step else 0),
            )
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda one, to=guess: abs(to - one))
            row[i] = (row[i] + (0, left, up, (left + up) // 2, paeth)[rule]) % 256
        rows.append(bytes(row))
        above = bytes(row)
    return width, height, rows


def color_at(data: bytes, x: int, y: int) -> tuple[int, ...]:
    width, _, rows = pixels(data)
    step = len(rows[0]) // width
    return tuple(rows[y][x * step : x * step + 3])


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_a_png_has_the_size_of_the_scene_times_the_scale(scene, scale):
    data = png.export(scene, THEMES["light"], scale=scale)
    assert struct.unpack(">II", data[16:24]) == (400 * scale, 200 * scale)


def test_a_png_shows_the_colours_of_the_theme_where_the_shapes_are():
    shapes = (Rect(0, 0, 60, 40, Paint("paper")), Rect(20, 10, 20, 20, Paint("accent")))
    little = Scene(60, 40, Group(shapes), "t", "d", "p")
    for theme in THEMES.values():
        data = png.export(little, theme, scale=1)
        for (x, y), token in {(5, 5): "paper", (30, 20): "accent", (55, 35): "paper"}.items():
            expected = tuple(int(theme.colors[token][i : i + 2], 16) for i in (1, 3, 5))
            assert color_at(data, x, y) == expected


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(30, 216, 1), (30, 464, 1), (30, 824, 1), (79, 600, 2), (83.4, 320, 1)],
)
def test_no_row_and_no_column_of_pixels_is_left_out(width, height, scale):
    lines = [Rect(0, y, width, 1, Paint("ink")) for y in range(0, height, 2)]
    posts = [Rect(x, 0, 1, 20, Paint("ink")) for x in range(0, int(width), 2)]
    paper = [Rect(0, 0, width, height, Paint("paper")), *lines, Rect(0, 0, width, 20, Paint("paper"))]
    striped = Scene(width, height, Group((*paper, *posts)), "t", "d", "p")
    across, _, rows = pixels(png.export(striped, THEMES["print"], scale=scale))
    step = len(rows[0]) // across
    down = [row[0] for row in rows[20 * scale :]]
    along = [rows[4][x * step] for x in range(int(width) // 2 * 2 * scale)]
    for found in (down, along):
        runs = [len(list(run)) for _, run in itertools.groupby(found)]
        assert set(runs) == {scale}, "each stripe is as thick as every other"


def test_text_is_drawn_in_both_weights_and_both_scripts():
    def ink(weight: str, line: str) -> int:
        shapes = (Rect(0, 0, 100, 30, Paint("card")), Text(5, 22, (line,), 18, weight=weight))
        _, _, rows = pixels(
            png.export(Scene(100, 30, Group(shapes), "t", "d", "p"), THEMES["print"], scale=1)
        )
        return sum(255 - value for row in rows for value in row)

    assert ink("regular", "") == 0
    assert 0 < ink("regular", "Hotline") < ink("bold", "Hotline")
    assert 0 < ink("regular", "热线") < ink("bold", "热线")


def test_a_raster_too_large_is_refused_with_a_scale_that_works():
    wide = Scene(20000, 4000, Group((Rect(0, 0, 9, 9, Paint("ink")),)), "t", "d", "p")
    with pytest.raises(png.TooManyPixelsError, match="200 million") as caught:
        png.export(wide, THEMES["light"], scale=2)
    assert caught.value.largest_scale == 1.58
    assert 20000 * 4000 * caught.value.largest_scale**2 <= png.MOST_PIXELS
    for scale in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError):
            png.export(wide, THEMES["light"], scale=scale)


def test_the_same_scene_gives_the_same_bytes(scene):
    for theme in THEMES.values():
        assert pdf.export(scene, theme) == pdf.export(scene, theme)
        assert png.export(scene, theme) == png.export(scene, theme)


def pdf_objects(data: bytes) -> bytes:
    """Return a PDF with its compressed streams opened."""
    opened = [data]
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            opened.append(zlib.decompressobj().decompress(data[match.end() :]))
        except zlib.error:
            continue
    return b"\n".join(opened)


def test_a_pdf_has_the_page_of_the_scene_its_title_and_both_fonts(scene):
    data = pdf.export(scene, THEMES["light"])
    opened = pdf_objects(data)
    assert re.search(rb"/MediaBox\s*\[0 0 300 150\]", opened)
    assert opened.count(b"/FontFile3") == 2
    assert set(re.findall(rb"\+BlueprintSans-(Regular|Bold)", opened)) == {b"Regular", b"Bold"}
    assert b"A call" in opened
    assert b"/Subtype/Image" not in opened.replace(b" ", b""), "everything is a vector"
    assert not re.search(rb"/CreationDate|/ModDate|xmp:CreateDate", opened), "no clock"
    assert b"/ToUnicode" in opened


def test_any_text_prints(scene):
    for nasty in (
        "<script>&\"'",
        "]]>",
        "\x00\ud800\ufffe",
        "مرحبا",
        "😀",
        '#set page(width: 1pt) "\\',
        "x" * 5000,
    ):
        shapes = (Text(10, 20, (nasty,), 12),)
        odd = replace(
            scene, title=nasty, description=nasty, language=nasty[:9], root=Group(shapes, title=nasty)
        )
        assert re.search(rb"/MediaBox\s*\[0 0 300 150\]", pdf_objects(pdf.export(odd, THEMES["light"])))
        assert struct.unpack(">II", png.export(odd, THEMES["light"], scale=1)[16:24]) == (400, 200)
