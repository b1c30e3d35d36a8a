"""Tags by rules: every form of a condition, unknowns, and tables that do not fit."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.tags import UnfitTagError, count, holds, told
from blueprint.model.customers import Tag

SIGNS = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


def tag(*when: dict) -> Tag:
    return Tag.model_validate({"when": list(when)})


@given(st.sampled_from(sorted(SIGNS)), st.integers(-40, 40), st.integers(-40, 40))
def test_figures_compare_as_figures(sign: str, limit: int, cell: int) -> None:
    assert holds(f"{sign} {limit}", f" {cell}.0 ") is SIGNS[sign](cell, limit)


def test_words_compare_as_words_and_empty_cells_are_unknown() -> None:
    assert holds("= VIP", "vip")
    assert holds("!= closed", "open")
    assert holds(">= 3", " ") is None
    assert holds("≥ 3", "3")


@pytest.mark.parametrize(
    ("condition", "cell"),
    [(">= 3", "many"), ("> x", "3"), ("__import__('os')", "3"), (">= 3", "nan"), (">= 3", "1_000")],
)
def test_what_is_no_comparison_is_refused(condition: str, cell: str) -> None:
    with pytest.raises(UnfitTagError) as refused:
        holds(condition, cell)
    assert refused.value.reason.zh


@pytest.mark.parametrize("condition", ["5", "== 5", "> ", "> five", "a or b", "=" * 90])
def test_the_format_takes_only_the_known_forms(condition: str) -> None:
    with pytest.raises(ValueError, match="when"):
        tag({"parcels": condition})


def test_all_of_one_or_one_of_all() -> None:
    columns = {"r": ("10", "200", "200", ""), "f": ("5", "5", "1", "9")}
    assert count(tag({"r": "> 100", "f": "> 2"}), columns).has == 1
    either = count(tag({"r": "> 100"}, {"f": "> 2"}), columns)
    assert (either.has, either.n, either.unknown) == (4, 4, 0)
    # an empty cell decides nothing where another condition already fails, and everything where it does not
    both = count(tag({"r": "> 100", "f": "> 20"}), columns)
    assert (both.has, both.n, both.unknown) == (0, 4, 0)
    open_ = count(tag({"r": "> 100", "f": "> 2"}), columns)
    assert (open_.n, open_.unknown) == (3, 1)


def test_a_missing_table_or_column_has_a_reason() -> None:
    for columns in (None, {"r": ("1",)}):
        page = told({"gone": tag({"f": "> 2"})}, columns)
        assert page is not None
        assert page["gone"]["share"] is None
        assert page["gone"]["reason"].zh
    assert told({}, None) is None


def test_the_share_has_its_interval() -> None:
    page = told({"old": tag({"r": "> 100"})}, {"r": ("10", "200", "300", "4")})
    assert page is not None
    assert page["old"]["share"] == 0.5
    assert page["old"]["interval"] == pytest.approx([0.150, 0.850], abs=5e-4)  # Wilson, 2 of 4
