"""The page asks for nothing, shows every word as a word, and can be used by hand, by keys and by ear."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blueprint.export import html
from blueprint.export.page import CHINESE, ENGLISH
from blueprint.scene.page import Detail, Figure, FindingLine, Row
from blueprint.scene.shapes import Group, Paint, Rect, Scene, Text
from blueprint.scene.theme import TOKENS
from blueprint.scene.themes import THEMES, load_theme

VOID = {"meta"}


class Page(HTMLParser):
    """Reads a page and checks that every element is closed where it should be."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(data.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)

    def having(self, name, value=None):
        return [
            attrs for _, attrs in self.tags if name in attrs and (value is None or attrs[name] == value)
        ]


@pytest.fixture
def facts():
    return {
        "details": (
            Detail("touchpoint", "hotline", "Calls <b>", "Phone", (Row("Doing", ("Waits.", "等待")),)),
        ),
        "findings": (
            FindingLine(
                "warning", "EX101", "Low ending", "Recover", "claim.yaml:3:1", ("touchpoint", "hotline")
            ),
            FindingLine("error", "RF001", "Unknown id", target=("touchpoint", "nobody")),
        ),
        "figures": (Figure("Peak-end", "−0.8", "mean +0.4", "bad"), Figure("Completion", "82 %")),
    }


NASTY = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from("<>&\"'/\x00\ud800\u202e!-")), max_size=30
)


@given(NASTY, NASTY)
@example("</script><script>alert(1)</script>", "</style><!--")
@example('" autofocus onfocus="alert(1)', "javascript:alert(1)")
@settings(max_examples=25, deadline=None)
def test_no_word_becomes_markup(text, other):
    group = Group((Text(0, 9, (text,), 9),), id=text, title=other, data=(("touchpoint", text),))
    scene = Scene(90, 90, Group((group,)), other, text, text, "en")
    read = Page(
        html.export(
            scene,
            THEMES["dark"],
            details=(Detail("touchpoint", text, other, text, (Row(other, (text, other)),)),),
            findings=(FindingLine("info", text, other, text, other, ("touchpoint", text)),),
            figures=(Figure(text, other, text),),
        )
    )
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert [tag for tag, _ in read.tags].count("style") == 1
    assert not [
        name
        for _, attrs in read.tags
        for name in attrs
        if name.startswith("on") or name in ("src", "autofocus")
    ]
    assert {attrs["href"] for attrs in read.having("href")} == {"#panel"}


def test_the_policy_lets_this_script_run_and_nothing_else(scene, facts):
    data = html.export(scene, THEMES["light"], **facts)
    read = Page(data)
    (policy,) = (attrs["content"] for attrs in read.having("http-equiv", "Content-Security-Policy"))
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    script = re.search(rb"<script>(.*?)</script>", data, re.S)[1]
    assert rules["script-src"] == f"'sha256-{b64encode(sha256(script).digest()).decode()}'"
    assert "connect-src" not in rules
    outside = re.findall(rb"(?:url\(|src=|href=|@import)\W{0,2}(?!data:)(\w+:[^\s\"')]*)", data)
    assert outside == []


def test_everything_is_said_without_the_script(scene, facts):
    read = Page(html.export(scene, THEMES["light"], **facts))
    said = {text.strip() for texts in read.texts.values() for text in texts}
    for words in (
        "Calls <b>",
        "Phone",
        "Doing",
        "Waits.",
        "等待",
        "Low ending",
        "Recover",
        "−0.8",
        "82 %",
        "A call",
    ):
        assert words in said, words
    assert "hidden" not in {name for _, attrs in read.tags for name in attrs}


def test_what_can_be_pressed_has_a_name_and_can_be_reached(scene, facts):
    read = Page(html.export(scene, THEMES["light"], **facts))
    (card,) = read.having("role", "button")
    assert card["aria-label"] == "1 · Calls the hotline"
    assert card["tabindex"] == "0"
    assert card["data-touchpoint"] == "hotline"
    buttons = [attrs for tag, attrs in read.tags if tag == "button"]
    assert all(attrs.get("aria-label") or "data-for" in attrs for attrs in buttons)
    shows = [attrs for attrs in buttons if "data-for" in attrs]
    assert [attrs["data-for"] for attrs in shows] == ["hotline"], "no button leads nowhere"
    assert read.having("aria-live", "polite")
    ids = [attrs["id"] for attrs in read.having("id")]
    assert len(ids) == len(set(ids))
    for name in ("aria-labelledby", "aria-describedby"):
        assert {attrs[name] for attrs in read.having(name)} <= set(ids)


def test_light_follows_the_reader_and_other_themes_stay(scene):
    light = html.export(scene, THEMES["light"]).decode()
    assert "prefers-color-scheme: dark" in light
    assert all(f"--{token}:{THEMES['dark'].colors[token]};" in light for token in TOKENS)
    for theme in (
        THEMES["dark"],
        THEMES["print"],
        load_theme({"name": "acme", "colors": {"accent": "#aa0033"}}),
    ):
        other = html.export(scene, theme).decode()
        assert "@media (prefers-color-scheme: dark)" not in other
        assert f"--accent:{theme.colors['accent']};" in other
        assert 'data-act="theme"' not in other
    assert "#24456f" not in re.sub(r"<style>.*?</style>", "", light, flags=re.S), (
        "the drawing names tokens only"
    )


@pytest.mark.parametrize(
    ("language", "words"), [("zh", CHINESE), ("zh-Hans", CHINESE), ("en-GB", ENGLISH), ("de", ENGLISH)]
)
def test_the_controls_speak_the_readers_language(scene, language, words):
    data = html.export(scene, THEMES["light"], language=language).decode()
    assert f'lang="{language}"' in data
    assert words.skip in data
    assert words.no_findings in data
    assert f'aria-label="{words.zoom_in}"' in data


def test_the_font_has_the_characters_of_the_panel_too(scene, facts):
    from base64 import b64decode
    from io import BytesIO

    from fontTools.ttLib import TTFont

    data = html.export(scene, THEMES["light"], language="zh", **facts).decode()
    fonts = [TTFont(BytesIO(b64decode(found))) for found in re.findall(r"base64,([A-Za-z0-9+/=]+)", data)]
    assert len(fonts) == 2
    for font in fonts:
        assert set("检查结果关键数据−0.8等待%") <= set(map(chr, font.getBestCmap()))
    assert len(data) < 200_000


def test_the_same_scene_gives_the_same_bytes(scene, facts):
    assert html.export(scene, THEMES["light"], **facts) == html.export(scene, THEMES["light"], **facts)


def test_an_empty_drawing_is_a_page_too():
    read = Page(
        html.export(Scene(10, 10, Group((Rect(0, 0, 0, 0, Paint("paper")),)), "", "", ""), THEMES["light"])
    )
    assert not read.having("role", "button")
