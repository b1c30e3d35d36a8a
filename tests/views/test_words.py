"""Labels in two languages, and how numbers are written."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.model.values import seconds
from blueprint.views.words import number, percent, signed, words

EN, ZH = words("en"), words("zh")


@pytest.mark.parametrize(
    ("given_seconds", "english", "chinese"),
    [
        (0, "0 s", "0 秒"),
        (0.5, "0.5 s", "0.5 秒"),
        (45, "45 s", "45 秒"),
        (90, "1 min 30 s", "1 分 30 秒"),
        (9000, "2 h 30 min", "2 小时 30 分"),
        (3599, "59 min 59 s", "59 分 59 秒"),
        (3600, "1 h", "1 小时"),
        (86399, "1 d", "1 天"),
        (266400, "3 d 2 h", "3 天 2 小时"),
        (604800, "7 d", "7 天"),
        (1209600, "2 wk", "2 周"),
    ],
)
def test_durations_have_at_most_two_units(given_seconds: float, english: str, chinese: str) -> None:
    assert EN.duration(given_seconds) == english
    assert ZH.duration(given_seconds) == chinese


@given(st.floats(1, 5e7))
def test_a_written_duration_is_within_a_twentieth_of_what_it_says(value: float) -> None:
    short = EN.duration(value).replace("wk", "w").replace("min", "m").replace(" ", "")
    assert seconds(short) == pytest.approx(value, rel=0.05, abs=0.06)


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0, "0%"),
        (1, "100%"),
        (0.8, "80%"),
        (0.004, "0.4%"),
        (0.996, "99.6%"),
        (0.99999, ">99.9%"),
        (0.00001, "<0.1%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share: float, written: str) -> None:
    assert percent(share) == written


@pytest.mark.parametrize(("value", "written"), [(0, "0"), (-0.001, "0"), (1.5, "+1.5"), (-0.25, "−0.25")])
def test_emotions_carry_their_sign(value: float, written: str) -> None:
    assert signed(value) == written


def test_numbers_drop_needless_zeros_only_after_the_point() -> None:
    assert (number(100.0), number(1.50), number(2.345, 1)) == ("100", "1.5", "2.3")


def test_both_languages_name_the_same_things_with_the_same_blanks() -> None:
    for field in fields(EN):
        english, chinese = getattr(EN, field.name), getattr(ZH, field.name)
        if isinstance(english, dict) and field.name != "channels":
            assert english.keys() == chinese.keys()
            assert {k: v.count("{}") for k, v in english.items()} == {
                k: v.count("{}") for k, v in chinese.items()
            }


@pytest.mark.parametrize(
    ("tag", "own"), [("zh", "zh"), ("zh-Hant", "zh"), ("ZH-cn", "zh"), ("de", "en"), ("", "en")]
)
def test_other_languages_read_english(tag: str, own: str) -> None:
    assert words(tag).language == own


def test_channels_have_names_and_the_users_own_keep_theirs() -> None:
    assert EN.channel("in person") == EN.channel("In-Person") == "In person"
    assert ZH.channel("phone") == "电话"
    assert EN.channel("tea house") == "Tea house"


def test_counting() -> None:
    assert EN.count(1, "stage") == "1 stage"
    assert EN.count(2, "stage") == "2 stages"
    assert ZH.count(2, "stage") == "2 个阶段"
