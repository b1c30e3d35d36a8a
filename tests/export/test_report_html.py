"""The report as a page: asks for nothing, shows words as words, and can be read by ear and on paper."""

from __future__ import annotations

import re
import sys
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blueprint.export import report_html
from blueprint.export.svg import printable
from blueprint.scene.shapes import Group, Paint, Rect, Scene, Text
from blueprint.scene.themes import THEMES

sys.path.insert(0, str(Path(__file__).parent))
from report_samples import everywhere, whole

SCENE = Scene(
    60, 40, Group((Rect(0, 0, 60, 40, Paint("paper")), Text(4, 20, ("x",), 12)), id="g"), "T", "D", "p"
)


class Page(HTMLParser):
    """Reads a page and checks that every element is closed where it should be."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(data.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_whole_and_asks_for_nothing(language: str) -> None:
    data = report_html.export(whole(language), THEMES["light"])
    page = Page(data)
    names = Counter(tag for tag, _ in page.tags)
    assert names["script"] == names["img"] == names["link"] == 0
    assert names["h1"] == 1
    assert next(facts["lang"] for tag, facts in page.tags if tag == "html") == language
    assert not re.findall(rb"""(?:src|href)=["'](?!#)""", data)
    assert set(re.findall(rb"url\((.{5})", data)) <= {b"data:", b"#"}
    policy = next(f["content"] for t, f in page.tags if f.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    ids = Counter(facts["id"] for _, facts in page.tags if "id" in facts)
    assert [name for name, times in ids.items() if times > 1] == []
    targets = {f["href"] for t, f in page.tags if t == "a"}
    assert targets
    assert {str(target)[1:] for target in targets} <= set(ids)
    assert data == report_html.export(whole(language), THEMES["light"])


def test_headings_step_down_and_tables_name_their_rows_and_columns() -> None:
    page = Page(report_html.export(whole("en"), THEMES["light"]))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    names = Counter(tag for tag, _ in page.tags)
    assert names["table"] == names["caption"] > 5
    assert all(facts.get("scope") in ("col", "row") for tag, facts in page.tags if tag == "th")
    assert names["figure"] == names["figcaption"] >= 6


def test_every_character_of_the_page_is_in_its_font() -> None:
    import base64

    import uharfbuzz as harfbuzz

    data = report_html.export(whole("zh"), THEMES["light"]).decode()
    shown = {c for where, text in Page(data.encode()).texts if where != "style" for c in text if c.strip()}
    for packed in re.findall(r"base64,([A-Za-z0-9+/=]+)\)", data):
        there = set(harfbuzz.Face(harfbuzz.Blob(base64.b64decode(packed))).unicodes)
        assert {c for c in shown if ord(c) not in there} == set()


def test_it_prints_on_a4() -> None:
    data = report_html.export(whole("en"), THEMES["light"]).decode()
    assert "size: A4 portrait" in data
    assert re.search(r"@media print.*nav { display: none; }", data, re.DOTALL)


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
@example("</style><script>alert(1)</script>\"'&lt;")
@example("</title><h1>]]>-->")
def test_no_text_becomes_markup(text: str) -> None:
    plain, said = (Page(report_html.export(everywhere(t, SCENE), THEMES["light"])) for t in ("x", text))
    assert [tag for tag, _ in plain.tags] == [tag for tag, _ in said.tags]
    wanted = printable(text)
    if wanted.strip() and "\r" not in wanted:
        cells = [told for where, told in said.texts if where == "td"]
        assert cells == [wanted] * len(cells) != []
