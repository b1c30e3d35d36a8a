"""What is said unasked: shares, jumps by the exact test, silence, and tables that do not fit."""

from __future__ import annotations

import pytest
from scipy import stats

from blueprint.analysis.voice import told
from blueprint.model.sheet import Sheet


def voice(make_journey, feedback, **points):
    return make_journey(
        points or {"a": {"channel": "Phone"}, "b": {"channel": "mail"}}, voice={"feedback": feedback}
    )


def rows(date: str, **counts: int):
    return [{"channel": "phone", "theme": theme, "date": date, "n": n} for theme, n in counts.items()]


def test_a_theme_that_jumps_is_an_alarm_and_one_that_falls_is_none(make_journey) -> None:
    feedback = rows("2026-01-31", photos=20, silence=80) + rows("2026-02-28", photos=45, silence=55)
    page = told(voice(make_journey, feedback), {})
    assert page is not None
    assert page["alarms"] == ["photos"]
    photos = page["jumps"]["theme"]["changes"][0]
    known = stats.fisher_exact([[45, 55], [20, 80]]).pvalue
    assert photos["p_holm"] == pytest.approx(2 * known, rel=1e-6)  # Holm over two themes
    assert photos["difference"] == pytest.approx(0.25)


def test_only_the_last_two_periods_count_and_undated_ones_do_not_jump(make_journey) -> None:
    feedback = rows("2025-12-31", photos=90, silence=1) + rows("2026-01-31", photos=5, silence=5)
    feedback += [
        *rows("2026-02-28", photos=6, silence=4),
        {"channel": "phone", "theme": "photos", "n": 500},
    ]
    page = told(voice(make_journey, feedback), {})
    assert page is not None
    assert page["jumps"]["theme"]["n_before"] == 10
    assert page["alarms"] == []
    assert page["themes"]["photos"]["n"] == 601


def test_touchpoints_from_which_nothing_is_heard(make_journey) -> None:
    points = {
        "a": {"channel": "Phone"},
        "b": {"channel": "mail"},
        "c": {"channel": "mail", "surveys": [{"survey": "csat", "satisfied": 3, "n": 4}]},
        "d": {},
    }
    page = told(voice(make_journey, rows("2026-01-31", photos=3), **points), {})
    assert page is not None
    assert page["unheard"] == ["b"]


def test_shares_are_of_what_is_coded(make_journey) -> None:
    feedback = [{"channel": "phone", "n": 30}, {"channel": "phone", "sentiment": "negative", "n": 10}]
    page = told(voice(make_journey, feedback), {})
    assert page is not None
    assert page["sentiments"]["negative"]["share"] == 1
    assert page["n"] == 40


TABLE = {"channel": ("phone", "app"), "theme": ("late", ""), "n": ("4", "6"), "date": ("2026-01-31", "")}


def test_a_table_says_the_same(make_journey) -> None:
    journey = make_journey({"a": {}}, voice={"data": "v.csv"})
    page = told(journey, {"v.csv": Sheet(TABLE)})
    assert page is not None
    assert page["channels"]["app"]["share"] == 0.6


@pytest.mark.parametrize(
    "broken",
    [
        None,
        {"theme": ("a",)},
        TABLE | {"n": ("4", "-6")},
        TABLE | {"n": ("4", "6.5")},
        TABLE | {"date": ("2026-13-01", "")},
        TABLE | {"sentiment": ("angry", "")},
        {"channel": ("a",), "n": ("0",)},
    ],
)
def test_what_cannot_be_read_has_a_reason(make_journey, broken) -> None:
    journey = make_journey({"a": {}}, voice={"data": "v.csv"})
    page = told(journey, {} if broken is None else {"v.csv": Sheet(broken)})
    assert page is not None
    assert page["themes"] == {}
    assert page["reason"].zh


def test_none_without_a_voice(make_journey) -> None:
    assert told(make_journey({"a": {}}), {}) is None
