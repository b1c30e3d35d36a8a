"""Colours by an independent reading of WCAG, and what a theme file may say."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from blueprint.scene.theme import TOKENS
from blueprint.scene.themes import THEMES, ThemeError, contrast, faint_pairs, load_theme, pairs


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_every_token_has_a_colour(name):
    assert set(THEMES[name].colors) == set(TOKENS)
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in THEMES[name].colors.values())


def test_contrast_agrees_with_published_values():
    # the examples of the WCAG 2.2 understanding documents and of WebAIM's checker
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#0000ff") == pytest.approx(8.59, abs=0.01)
    assert contrast("#ff0000", "#ffffff") == pytest.approx(4.0, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_text_and_lines_stand_out_from_every_surface(name):
    assert faint_pairs(THEMES[name]) == []


def test_the_pairs_speak_of_text_on_every_surface_and_of_every_mark():
    spoken = {(pair.front, pair.back) for pair in pairs()}
    for ink in ("ink", "ink-soft", "ink-faint"):
        for back in TOKENS:
            if (
                back in ("paper", "panel", "card", "band")
                or back.startswith(("stage-", "zone-"))
                or back.endswith("-tint")
            ):
                assert (ink, back) in spoken
    silent = set(TOKENS) - {token for pair in spoken for token in pair}
    assert silent == {"grid", "shade"}, "only what carries no meaning may be faint"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_five_kinds_differ_from_each_other(name):
    colors = [
        THEMES[name].colors[kind]
        for kind in ("first", "complaint", "high-frequency", "high-perception", "end")
    ]
    for first, second in combinations(colors, 2):
        apart = sum((int(first[i : i + 2], 16) - int(second[i : i + 2], 16)) ** 2 for i in (1, 3, 5)) ** 0.5
        assert apart > 60, (first, second)


def test_only_print_shows_patterns_and_only_dark_is_dark():
    assert [theme.name for theme in THEMES.values() if theme.patterns] == ["print"]
    assert [theme.name for theme in THEMES.values() if theme.dark] == ["dark"]
    for theme in THEMES.values():
        assert (contrast(theme.colors["paper"], "#000000") < 10) is theme.dark


def test_a_theme_file_lays_its_colours_over_a_shipped_theme():
    theme = load_theme(
        {"name": "acme", "base": "dark", "colors": {"accent": "#F0a", "ink": "#FAFAFA"}, "patterns": True}
    )
    assert theme.name == "acme"
    assert theme.patterns
    assert theme.dark
    assert theme.colors["accent"] == "#ff00aa"
    assert theme.colors["ink"] == "#fafafa"
    assert theme.colors["paper"] == THEMES["dark"].colors["paper"]
    assert "acme" not in THEMES
    assert THEMES["dark"].colors["ink"] != "#fafafa"


def test_a_theme_file_is_told_everything_that_is_wrong_with_it_at_its_keys():
    with pytest.raises(ThemeError) as caught:
        load_theme(
            {
                "base": "ligth",
                "colour": {},
                "dark": "yes",
                "colors": {"acent": "#fff", "ink": "black", "line": 0x123, 7: "#fff"},
            }
        )
    found = {problem.loc: problem for problem in caught.value.problems}
    assert set(found) == {
        ("base",),
        ("colour",),
        ("dark",),
        ("colors", "acent"),
        ("colors", "ink"),
        ("colors", "line"),
        ("colors", "7"),
    }
    assert "did you mean light?" in found["base",].en
    assert "是否想写 accent" in found["colors", "acent"].zh
    assert "#rrggbb" in found["colors", "ink"].en


@pytest.mark.parametrize(
    "data", [None, [], "light", 7, {"colors": []}, {"colors": "#fff"}, {"base": ["light"]}, {"name": 1}]
)
def test_nonsense_is_refused(data):
    with pytest.raises(ThemeError):
        load_theme(data)


def test_a_pale_brand_colour_is_noticed():
    theme = load_theme({"colors": {"ink-soft": "#bbbbbb"}})
    assert {pair.front for pair, _ in faint_pairs(theme)} == {"ink-soft", "ink-inverse"}
