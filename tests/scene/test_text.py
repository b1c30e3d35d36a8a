"""Measuring against a shaping engine, and what must hold for any text that is wrapped."""

from __future__ import annotations

import re
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from blueprint.scene.text import FONT_FILES, cap_height, line_height, measure, missing, wrap

MIXED = st.text(
    st.one_of(
        st.sampled_from("客户拨打热线，。！？（）“”《》…—、 \n\tabcdefgh,.-/()'\"1234"),
        st.sampled_from("😀👨👩👧\u200d\ufe0f\u0301🇨🇳👍🏽한국어กำลังمرحباשלום\u00ad\u200b\u3000\u00a0é"),
        st.characters(),
    ),
    max_size=80,
)
WIDTHS = st.floats(min_value=4, max_value=300)


def squeezed(text: str) -> str:
    """Return what must survive wrapping: all but space, and hyphens that wrapping adds or shows."""
    return re.sub(r"[\s\u200b\x1c-\x1f\u00ad-]", "", text)


@given(MIXED, WIDTHS, st.sampled_from(["regular", "bold"]))
@example("()" * 30, 30.0, "regular")
@example("a\u0301" * 40, 20.0, "regular")
@example("汉\u0301字\ufe0f" * 9, 14.0, "regular")
@example("👨\u200d👩\u200d👧" * 5, 20.0, "bold")
@example("counterrevolutionaries", 40.0, "bold")
@settings(max_examples=400, deadline=None)
def test_any_text_wraps_within_the_width_and_whole(text, width, weight):
    lines = wrap(text, width, 12, weight)
    assert squeezed("".join(lines)) == squeezed(text)
    clusters = {cluster.strip() for cluster in iter_graphemes(text)}  # a mark on a space may lose the space
    for line in lines:
        parts = list(iter_graphemes(line.removesuffix("-")))
        assert measure(line, 12, weight) <= width + 1e-6 or len(parts) <= 1, line
        for part in parts:
            assert part.strip() in clusters or part.isspace() or part == "-", (part, line)


@given(MIXED, WIDTHS, st.integers(0, 4))
@settings(max_examples=150, deadline=None)
def test_a_limit_of_lines_keeps_the_beginning_and_says_that_more_follows(text, width, most):
    every, some = wrap(text, width, 12), wrap(text, width, 12, max_lines=most)
    if len(every) <= most:
        assert some == every
        return
    assert len(some) == most
    assert some[: most - 1] == every[: max(most - 1, 0)]
    if most:
        assert some[-1].endswith("…")
        assert measure(some[-1], 12) <= max(width, measure("…", 12)) + 1e-6


@given(
    st.text("客户热线等待，。！？；：、）》”’…（《“‘", min_size=2, max_size=60),
    st.floats(min_value=60, max_value=200),
)
@settings(max_examples=200, deadline=None)
def test_kinsoku_holds_unless_punctuation_alone_fills_a_line(text, width):
    lines = wrap(text, width, 12)
    for above, below in pairwise(lines):
        if any(
            len(run) * 12 > width - 12
            for run in re.findall(r"[，。！？；：、）》”’…（《“‘]+.?[，。！？；：、）》”’…]*", text)
        ):
            return
        assert below[0] not in "，。！？；：、）》”’…", lines
        assert above[-1] not in "（《“‘", lines


def test_chinese_breaks_anywhere_but_before_closing_and_after_opening_marks():
    assert wrap("客户拨打热线，等待很久。", 72, 12) == ("客户拨打热", "线，等待很", "久。")
    assert wrap("他在《旅行指南》里", 60, 12) == ("他在《旅行", "指南》里")
    assert wrap("我们读《旅行指南》", 48, 12) == ("我们读", "《旅行指", "南》")


def test_latin_breaks_between_words_and_after_a_hyphen():
    assert wrap("The peak-end rule", measure("The peak-", 12), 12) == ("The peak-", "end rule")
    assert wrap("don’t say (never) that", measure("don’t say", 12), 12) == ("don’t say", "(never)", "that")


def test_words_of_another_script_stay_whole_within_chinese():
    assert wrap("调用API返回错误", 60, 12) == ("调用API返", "回错误")


def test_a_word_wider_than_the_column_is_hyphenated_where_syllables_end():
    lines = wrap("counterrevolutionary", 70, 12)
    assert "".join(line.removesuffix("-") for line in lines) == "counterrevolutionary"
    assert all(line.endswith("-") for line in lines[:-1])


def test_an_address_is_cut_after_its_punctuation_without_a_hyphen():
    lines = wrap("https://example.com/claims/2026/form?id=12", 100, 12)
    assert "".join(lines) == "https://example.com/claims/2026/form?id=12"
    assert all(line[-1] in "/=?.&" for line in lines[:-1])


def test_newlines_of_the_author_stay_and_blank_text_is_no_line():
    assert wrap("one\n\ntwo\r\nthree\n", 200, 12) == ("one", "", "two", "three")
    assert wrap(" \n\t ", 200, 12) == ()
    assert wrap("", 200, 12) == ()


@pytest.mark.parametrize("weight", ["regular", "bold"])
@pytest.mark.parametrize(
    "text",
    [
        "Calls the hotline and waits — “don’t you see?”",
        "客户拨打热线，等待（约三分钟）…",
        "Größe Ångström 3 × 4 ± 2 → ①",
        "AVATAR To We",
    ],
)
def test_widths_agree_with_a_shaping_engine(text, weight):
    shaper = pytest.importorskip("uharfbuzz")
    face = shaper.Face(shaper.Blob.from_file_path(str(FONT_FILES[weight])))
    buffer = shaper.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    shaper.shape(shaper.Font(face), buffer)
    shaped = sum(position.x_advance for position in buffer.glyph_positions) * 16 / face.upem
    assert measure(text, 16, weight) == pytest.approx(shaped, abs=0.02)


def test_the_font_has_the_characters_that_drawings_need():
    hanzi = "".join(
        bytes((lead, trail)).decode("gb2312", "ignore")
        for lead in range(0xB0, 0xF8)
        for trail in range(0xA1, 0xFF)
    )
    assert len(hanzi) == 6763
    assert missing(hanzi) == ()
    assert (
        missing("ABC äöüßéñçøå €£¥ “” ‘’ … – — · • ← → ↑ ↓ × ÷ ± ≤ ≥ ≈ − ½ ² ① ⑩ ■ □ ● ○ ▲ ▼ ◆ ★ ☆ ✓ ｡")
        == ()
    )
    assert (
        missing("Zażółć gęślą jaźń, příliš žluťoučký kůň, árvíztűrő, yağız şoföre, țară și mâță, Łódź, İ")
        == ()
    )
    assert missing("顧客服務體驗記憶峰終") == ()
    assert missing("ok 😀\u200d\ufe0f ع\n") == ("ع", "😀")


def test_what_the_font_lacks_is_measured_by_its_east_asian_width():
    assert measure("𠮷", 10) == 10.0
    assert measure("😀", 10) > 10.0
    assert measure("👨\u200d👩\u200d👧", 10) == measure("👨", 10)
    assert measure("\u200b\u0007\u0301", 10) - measure("\u0301", 10) == 0
    assert unicodedata.east_asian_width("ع") == "N"
    assert 0 < measure("ع", 10) < 10


def test_lines_leave_room_for_what_they_hold():
    for size in (10.5, 12, 13, 16, 28):
        assert size * 1.3 <= line_height(size) <= size * 1.5
        assert cap_height(size) < size


def test_measuring_needs_no_font_and_is_quick():
    texts = [f"客户拨打热线 Call centre {number}" for number in range(2000)]
    measure("warm 热", 12)
    start = time.process_time()
    for text in texts:
        measure(text, 12)
    assert (time.process_time() - start) / len(texts) < 50e-6
