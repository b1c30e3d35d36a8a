"""The page that opens a folder of pictures: every file a link, every word a word, nothing foreign."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from blueprint.analysis.journey import analyse_journey
from blueprint.export import gallery
from blueprint.model.journey import Journey
from blueprint.scene.page import Figure
from blueprint.scene.themes import THEMES
from blueprint.views import cover

HOSTILE = "<script>alert(1)</script>\"'&"


class Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.hrefs += [value or "" for name, value in attrs if name in ("href", "src")]


def journey(**emotion: float) -> Journey:
    touchpoints = [{"id": name, "title": name, "emotion": value} for name, value in emotion.items()]
    touchpoints[0] = {**touchpoints[0], "kinds": ["first"]}
    stages = [
        {"stage": "one", "touchpoints": touchpoints[:1]},
        {"stage": "two", "touchpoints": touchpoints[1:]},
    ]
    return Journey.model_validate({"journey": "tea", "title": HOSTILE, "stages": stages})


def page() -> str:
    model = journey(a=1, b=-2, c=2)
    exhibit = gallery.Exhibit(
        id="tea",
        title=HOSTILE,
        summary=HOSTILE,
        badge="To-be",
        figures=(Figure("Peak-end", "+1.2", HOSTILE, "good"), Figure("Worst pain", HOSTILE * 2, "", "bad")),
        drawings=(
            gallery.Drawing(
                "Journey map",
                (
                    gallery.Edition("English", (("html", "tea.map.en.html"), ("svg", "tea map.en.svg"))),
                    gallery.Edition("中文", (("pdf", "tea.map.zh.pdf"),)),
                ),
                4200,
            ),
        ),
        language="en",
        other_titles=(("zh", HOSTILE),),
        cover=cover.draw(model, analyse_journey(model), "en"),
    )
    return gallery.export((exhibit,), THEMES["light"], THEMES["dark"], title=HOSTILE).decode()


def test_every_file_is_a_link_and_the_curve_leads_to_the_page() -> None:
    links = Links(page())
    assert {"tea.map.en.html", "tea%20map.en.svg", "tea.map.zh.pdf"} <= set(links.hrefs)
    assert links.hrefs.count("tea.map.en.html") == 4  # curve, title, preview, link


def test_no_word_becomes_markup_and_nothing_is_asked_from_elsewhere() -> None:
    written = page()
    assert "script" not in Links(written).tags
    assert not re.search(r"(?:href|src)=\"?(?:https?:|//)", written)
    assert "default-src 'none'" in written


def test_the_curve_follows_light_and_dark() -> None:
    drawn = page().split("<svg", 1)[1].split("</svg>")[0]
    assert "var(--positive-tint)" in drawn
    assert not re.search(r"#[0-9a-f]{6}", drawn)


def test_without_a_curve_or_a_picture_there_is_still_an_entry() -> None:
    bare = gallery.Exhibit("x", "Behind", "", "", (), (), "en")
    written = gallery.export((bare,), THEMES["light"], THEMES["dark"], title="All").decode()
    assert "Behind" in written
    assert "<svg" not in written
