"""Whether groups answer alike: against scipy, against every table written out, and on published figures."""

from __future__ import annotations

from itertools import product
from math import factorial, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from blueprint.analysis.homogeneity import chi_square_p, homogeneity
from blueprint.analysis.needs import read_needs, segments_differ, told

tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=2, max_size=4
    )
)


def test_hair_and_eyes() -> None:
    """Snee 1974, The American Statistician 28:9: X² = 138.29 on 9 degrees of freedom."""
    eyes = {
        "black": [68, 20, 15, 5],
        "brown": [119, 84, 54, 29],
        "red": [26, 17, 14, 14],
        "blond": [7, 94, 10, 16],
    }
    found = homogeneity(eyes)
    assert found is not None
    assert (round(found.statistic, 2), found.degrees, found.method) == (138.29, 9, "chi-square")
    assert found.p < 1e-20


def test_a_lady_tasting_tea() -> None:
    """Fisher 1935: three of four cups right, two-sided p = 34/70."""
    found = homogeneity({"milk first": [3, 1], "tea first": [1, 3]})
    assert found is not None
    assert found.method == "exact"
    assert found.p == pytest.approx(34 / 70)


@given(st.integers(1, 40), st.floats(0.001, 120))
def test_the_tail_of_chi_square_is_scipys(degrees: int, statistic: float) -> None:
    assert chi_square_p(statistic, degrees) == pytest.approx(stats.chi2.sf(statistic, degrees), rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_the_statistic_is_scipys(table: list[list[int]]) -> None:
    rows = [row for row in table if sum(row)]
    kept = [column for column in zip(*rows, strict=True) if sum(column)]
    found = homogeneity({str(at): row for at, row in enumerate(table)})
    if len(rows) < 2 or len(kept) < 2:
        assert found is None
        return
    told = stats.chi2_contingency(list(zip(*kept, strict=True)), correction=False)
    assert found is not None
    assert found.statistic == pytest.approx(told.statistic, abs=1e-9)
    assert found.degrees == told.dof
    if found.method == "chi-square":
        assert found.p == pytest.approx(told.pvalue, rel=1e-8, abs=1e-300)
    else:
        assert 0 < found.p <= 1


small = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=3)


@settings(max_examples=40, deadline=None)
@given(small)
def test_exact_p_is_that_of_every_table_written_out(table: list[list[int]]) -> None:
    found = homogeneity({str(at): row for at, row in enumerate(table)})
    if found is None:
        return
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]

    def chance(cells: list[list[int]]) -> float:
        return prod(map(factorial, [*rows, *columns])) / (
            factorial(sum(rows)) * prod(factorial(cell) for row in cells for cell in row)
        )

    ways = [
        [row for row in product(range(total + 1), repeat=len(columns)) if sum(row) == total]
        for total in rows
    ]
    every = [
        chance([list(row) for row in cells])
        for cells in product(*ways)
        if [sum(column) for column in zip(*cells, strict=True)] == columns
    ]
    assert sum(every) == pytest.approx(1)
    assert found.method == "exact"
    assert found.p == pytest.approx(sum(p for p in every if p <= chance(table) * (1 + 1e-9)))


def test_where_tables_are_too_many_they_are_drawn_and_always_alike() -> None:
    groups = {str(at): [3 + (at == answer) * 4 for answer in range(6)] for at in range(6)}
    found = homogeneity(groups)
    assert found is not None
    assert (found.method, found) == ("drawn", homogeneity(groups))
    assert found.p == pytest.approx(
        stats.chi2.sf(found.statistic, found.degrees), abs=0.05
    )  # expected counts of 4: χ² is only near


@pytest.mark.parametrize(
    "groups", [{}, {"a": [1, 2]}, {"a": [1, 0], "b": [4, 0]}, {"a": [0, 0], "b": [1, 2]}]
)
def test_one_group_or_one_answer_says_nothing(groups) -> None:
    assert homogeneity(groups) is None


def test_segments_of_a_need(make_journey) -> None:
    """Two thirds expect it, one third is delighted: together nobody's category."""
    segments = {"new": {"M": 40, "O": 5, "A": 5}, "old": {"A": 38, "I": 10, "M": 2}}
    journey = make_journey({"a": {"kinds": "first", "needs": [{"need": "Tracking", "segments": segments}]}})
    (reading,) = read_needs(journey)
    test = segments_differ(reading.need)
    assert test is not None
    assert test.p < 1e-10
    page = told(journey)
    assert page is not None
    asked = page["stated"][0]["questionnaire"]
    assert (asked["n"], asked["counts"]["A"]) == (100, 43)
    assert asked["segments"]["categories"] == {"new": ["must-be"], "old": ["attractive"]}
    assert asked["segments"]["p"] == test.p
