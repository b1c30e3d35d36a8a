"""SVG is well-formed whatever a document says, and draws every shape where it is."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blueprint.export import svg
from blueprint.export.outlines import outline
from blueprint.scene.shapes import Group, Icon, Link, Paint, Path, Point, Rect, Scene, Text
from blueprint.scene.theme import TOKENS, Theme
from blueprint.scene.themes import THEMES

NS = "{http://www.w3.org/2000/svg}"
NASTY = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from("<>&\"'`]/\x00\x0b\ud800\udfff\u202e\ufffe\U0001f600שע汉\r\n\t"),
    ),
    max_size=40,
)


def tree(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)


def shown(text: str) -> str:
    """Return a text as an XML reader gives it back, worked out character by character."""
    kept = (
        char
        for char in text
        if char in "\t\n\r" or " " <= char < "\ud800" or "\ue000" <= char < "\ufffe" or char > "\uffff"
    )
    return "".join(kept)


@given(NASTY, NASTY)
@example("<script>alert(1)</script>", "]]>")
@example('" onload="alert(1)', "\ud800\x00")
@settings(max_examples=200, deadline=None)
def test_any_text_is_shown_as_text(text, other):
    label = Text(10, 20, (text, other), 12, id=other, role=text)
    group = Group(
        (
            label,
            Rect(0, 0, 9, 9, Paint("ink"), id=text, role=other, title=text),
            Icon("end", 0, 0, 9, title=other),
        ),
        id=text,
        title=text,
        data=(("touchpoint", other),),
    )
    link = Link(text, other, (Point(0, 0), Point(50, 0)), Paint(None, "line"), title=text)
    root = tree(svg.export(Scene(100, 50, Group((group, link)), text, other, other, "en"), THEMES["light"]))
    known = {"svg", "g", "title", "desc", "text", "tspan", "rect", "path"}
    assert {element.tag.removeprefix(NS) for element in root.iter()} <= known
    assert {name for element in root.iter() for name in element.attrib if name.startswith("on")} == set()
    xml_lines = shown(text).replace("\r\n", "\n").replace("\r", "\n")
    assert root.findtext(f"{NS}title") == xml_lines
    groups = [element for element in root.iter(f"{NS}g") if element.get("data-touchpoint") is not None]
    assert len(groups) == 1


@given(NASTY)
@settings(max_examples=100, deadline=None)
def test_no_id_is_given_twice_and_none_has_a_space(text):
    shapes = (Rect(0, 0, 9, 9, Paint("ink"), id="x"), Group((Text(0, 0, ("a", "b"), 9, id="x"),), id=text))
    root = tree(svg.export(Scene(10, 10, Group(shapes, id="x"), "t", "d", text), THEMES["light"]))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert not any(re.search(r"\s", name) for name in ids)


def test_the_drawing_tells_its_story_and_names_its_parts(scene):
    root = tree(svg.export(scene, THEMES["light"]))
    assert root.get("role") == "img"
    assert root.get("viewBox") == "0 0 400 200"
    named = {element.get("id"): element for element in root.iter()}
    assert named[root.get("aria-labelledby")].text == "A call"
    assert named[root.get("aria-describedby")].text == "Someone calls."
    group = named["claim-hotline"]
    assert group.get("data-role") == "touchpoint"
    assert group.get("data-touchpoint") == "hotline"
    assert group.findtext(f"{NS}title") == "1 · Calls the hotline"
    assert named["claim-way"].get("data-source") == "hotline"
    assert all(name.startswith("claim-") for name in named if name)


def test_lines_stand_below_each_other_in_the_fonts_named(scene):
    root = tree(svg.export(scene, THEMES["light"]))
    first, second, third = root.iter(f"{NS}text")
    assert (first.text, second.text) == ("Calls the hotline", "拨打热线，等待")
    assert float(second.get("y")) - float(first.get("y")) == 18
    assert first.get("font-weight") == "700"
    assert third.get("text-anchor") == "end"
    assert "skew" not in third.get("transform")
    assert root.get("font-family").split(", ")[:2] == ["'Blueprint Sans'", "'Noto Sans CJK SC'"]
    assert not any(element.get("textLength") for element in root.iter())


def test_a_theme_gives_every_colour_and_print_alone_shows_patterns(scene):
    for theme in THEMES.values():
        data = svg.export(scene, theme).decode()
        assert set(re.findall(r"#[0-9a-f]{6}", data)) <= set(theme.colors.values())
        assert ("<pattern" in data) == theme.patterns
    odd = Theme("odd", dict.fromkeys(TOKENS, "#123456"))
    assert set(re.findall(r"#[0-9a-f]{6}", svg.export(scene, odd).decode())) == {"#123456"}


def test_the_same_scene_gives_the_same_bytes(scene):
    for embed in (False, True):
        assert svg.export(scene, THEMES["print"], embed_font=embed) == svg.export(
            scene, THEMES["print"], embed_font=embed
        )


def test_numbers_have_at_most_two_decimals(scene):
    odd = replace(scene, root=Group((Rect(1 / 3, -0.001, 2e-9, 1e6 + 1 / 7, Paint("ink")),)))
    data = svg.export(odd, THEMES["light"]).decode()
    assert '<rect x="0.33" y="0" width="0" height="1000000.14"' in data


def test_the_embedded_font_holds_just_the_characters_used(scene):
    from base64 import b64decode
    from io import BytesIO

    from fontTools.ttLib import TTFont

    style = tree(svg.export(scene, THEMES["light"], embed_font=True)).findtext(f"{NS}style")
    fonts = [TTFont(BytesIO(b64decode(data))) for data in re.findall(r"base64,([A-Za-z0-9+/=]+)", style)]
    held = [set(map(chr, font.getBestCmap())) for font in fonts]
    assert held == [set("Calls the hotline拨打热线，等待"), set("3 min")] or held == [
        set("3 min"),
        set("Calls the hotline拨打热线，等待"),
    ]
    assert all(font["name"].getDebugName(13) for font in fonts), "the licence goes with the font"


def test_what_the_font_lacks_takes_its_own_place():
    from blueprint.scene.text import measure

    line = "ok 😀 then"
    label = Text(100, 20, (line,), 12, anchor="middle")
    root = tree(svg.export(Scene(200, 50, Group((label,)), "t", "d", "p"), THEMES["light"]))
    spans = list(root.iter(f"{NS}tspan"))
    assert [span.text for span in spans] == ["ok ", "😀", " then"]
    start = 100 - measure(line, 12) / 2
    assert float(spans[0].get("x")) == pytest.approx(start, abs=0.01)
    assert float(spans[1].get("x")) == pytest.approx(start + measure("ok ", 12), abs=0.01)
    arabic = Text(0, 20, ("مرحبا (ok) بك",), 12)
    root = tree(svg.export(Scene(200, 50, Group((arabic,)), "t", "d", "p"), THEMES["light"]))
    assert root.find(f".//{NS}text").text == "مرحبا (ok) بك"


POINTS = st.lists(st.builds(Point, st.floats(-500, 500), st.floats(-500, 500)), min_size=2, max_size=7)


@given(POINTS, st.floats(0, 30), st.booleans(), st.sampled_from(["end", "none"]))
@settings(max_examples=200, deadline=None)
def test_a_link_starts_and_ends_where_it_should(points, radius, smooth, arrow):
    drawn = outline(
        Link("a", "b", tuple(points), Paint(None, "ink", 1.5), rounded=radius, smooth=smooth, arrow=arrow)
    )
    distinct = [
        p for p, q in zip(points, [None, *points], strict=False) if q is None or math.dist(p, q) > 1e-6
    ]
    if len(distinct) < 2:
        assert drawn == ((), ())
        return
    assert drawn.line[0].points[0] == points[0]
    end = drawn.line[-1].points[-1]
    if arrow == "end":
        assert math.dist(drawn.head[0].points[0], points[-1]) < 1e-5
        assert math.dist(end, points[-1]) <= 8
    else:
        assert drawn.head == ()
        assert math.dist(end, points[-1]) < 1e-5
    everywhere = [point for segment in (*drawn.line, *drawn.head) for point in segment.points]
    assert all(math.isfinite(value) for point in everywhere for value in point)


def test_corners_are_round_but_never_beyond_the_middle_of_a_leg():
    link = Link(
        "a",
        "b",
        (Point(0, 0), Point(100, 0), Point(100, 6), Point(200, 6)),
        Paint(None, "ink"),
        rounded=8,
        arrow="none",
    )
    assert svg.path_data(outline(link).line) == "M0 0L97 0Q100 0 100 3L100 3Q100 6 103 6L200 6"


def test_a_scene_of_six_hundred_cards_is_written_in_a_blink():
    import time

    cards = tuple(
        Group(
            (
                Rect(i, 0, 160, 80, Paint("card", "line"), 8),
                Text(i, 20, ("Calls", f"热线 {i}"), 12),
                Icon("phone", i, 40, 16),
            ),
            id=f"c{i}",
        )
        for i in range(600)
    )
    big = Scene(9000, 900, Group(cards), "t", "d", "p")
    svg.export(big, THEMES["light"])
    start = time.process_time()
    svg.export(big, THEMES["light"])
    assert time.process_time() - start < 0.25


def test_an_unknown_pattern_or_shape_is_no_silent_gap(scene):
    with pytest.raises(AssertionError):
        svg.export(replace(scene, root=Group(("not a shape",))), THEMES["light"])  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        svg.export(replace(scene, root=Group((Path((), Paint("no-such-token")),))), THEMES["light"])
