"""Blocks of text know their size, and titles break evenly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.scene.text import measure
from blueprint.views.typeset import CARD, block, heading

WORDS = st.lists(
    st.sampled_from(["a", "the", "parcel", "arrives", "somewhere", "包裹", "破损，"]),
    min_size=1,
    max_size=20,
)


@given(WORDS, st.floats(60, 300))
def test_a_title_says_the_same_in_as_few_lines_and_no_wider(words: list[str], width: float) -> None:
    text = " ".join(words)
    plain, even = block(text, width, CARD, weight="bold"), heading(text, width, CARD)
    assert len(even.lines) == len(plain.lines)
    assert "".join(even.lines).replace(" ", "") == "".join(plain.lines).replace(" ", "")
    assert even.width <= max(width, plain.width) + 0.01


def test_no_last_word_stands_alone_where_it_need_not() -> None:
    text = "Is told that the fee stays as it"
    width = measure("Is told that the fee stays as", CARD, "bold") + 1
    assert block(text, width, CARD, weight="bold").lines[-1] == "it"
    assert len(heading(text, width, CARD).lines[-1]) > 8


@given(WORDS, st.integers(1, 3))
def test_what_is_left_out_is_kept_whole(words: list[str], lines: int) -> None:
    text = " ".join(words)
    cut = block(text, 80, max_lines=lines)
    assert len(cut.lines) <= lines
    assert cut.whole in ("", text)
    assert bool(cut.whole) == (len(block(text, 80).lines) > lines)


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_a_block_centres_by_its_height(anchor: str) -> None:
    one = block("Hxg", 100)
    text = one.at(50, 10, anchor)  # type: ignore[arg-type]  # parametrized over the literal's values
    middle_of_capitals = text.y - 0.733 * text.size / 2
    assert middle_of_capitals == pytest.approx(10 + one.height / 2, abs=0.5)


@given(
    st.lists(
        st.sampled_from(["low cost", "simple", "scalable", "n = 12", "可复制"]), min_size=2, max_size=8
    ),
    st.floats(80, 200),
)
def test_no_line_begins_with_a_separator(facts: list[str], width: float) -> None:
    lines = block(" · ".join(facts), width).lines
    assert not any(line.startswith("·") for line in lines)
    assert "".join(lines).replace(" ", "") == "·".join(facts).replace(" ", "")
    assert not any("\u00a0" in line for line in lines)
