"""Satisfaction beside revenue: NIST's certified line, Durbin–Watson, elasticities that are known."""

from __future__ import annotations

import random

import pytest
from scipy import stats

from blueprint.analysis.revenue import elasticity, line, told
from blueprint.model.feedback import RevenueLink
from blueprint.model.sheet import Sheet
from blueprint.source.standards import builtin_standards

# NIST StRD, Norris: y, x of 36 calibrations of ozone monitors.
NORRIS = """
0.1 0.2 338.8 337.4 118.1 118.2 888.0 884.6 9.2 10.1 228.1 226.5 668.5 666.3 998.5 996.3 449.1 448.6
778.9 777.0 559.2 558.2 0.3 0.4 0.1 0.6 778.1 775.5 668.8 666.9 339.3 338.0 448.9 447.5 10.8 11.6
557.7 556.0 228.3 228.1 998.0 995.8 888.8 887.6 119.6 120.2 0.3 0.3 0.6 0.3 557.6 556.8 339.3 339.1
888.0 887.2 998.5 999.0 778.9 779.0 10.2 11.1 117.6 118.3 228.9 229.2 668.4 669.1 449.2 448.9 0.2 0.5
"""


def norris() -> tuple[list[float], list[float]]:
    numbers = [float(it) for it in NORRIS.split()]
    return numbers[1::2], numbers[0::2]


def test_nists_certified_line() -> None:
    found = line(*norris())
    assert found is not None
    assert found.n == 36
    assert found.slope == pytest.approx(1.00211681802045, rel=1e-12)
    assert found.error == pytest.approx(0.429796848199937e-03, rel=1e-10)
    assert found.intercept == pytest.approx(-0.262323073774029, rel=1e-10)
    assert found.explained == pytest.approx(0.999993745883712, rel=1e-12)


def test_small_samples_agree_with_scipy() -> None:
    luck = random.Random(3)
    xs = [luck.uniform(70, 90) for _ in range(9)]
    ys = [0.4 * x + luck.gauss(0, 3) for x in xs]
    found, known = line(xs, ys), stats.linregress(xs, ys)
    assert found is not None
    assert found.p == pytest.approx(known.pvalue, rel=1e-9)
    half = stats.t.ppf(0.975, 7) * known.stderr
    assert found.interval == pytest.approx((known.slope - half, known.slope + half), rel=1e-9)


def test_durbin_and_watson_tell_waves_from_noise() -> None:
    waves = line(range(8), [0, 1, 2, 1, 0, -1, -2, -1])
    zigzag = line(range(8), [0, 2, 0, 2, 0, 2, 0, 2])
    assert waves is not None
    assert zigzag is not None
    assert waves.durbin_watson is not None
    assert zigzag.durbin_watson is not None
    assert waves.durbin_watson < 1.5 < 3 < zigzag.durbin_watson


def test_elasticity_of_a_power_law_is_its_exponent() -> None:
    xs = [70.0, 75, 81, 88, 93]
    found = elasticity(xs, [3 * x**2.3 for x in xs])
    assert found is not None
    assert found.slope == pytest.approx(2.3)
    assert elasticity([0.0, 1, 2], [1.0, 2, 3]) is None


@pytest.mark.parametrize(
    ("xs", "ys"), [([1.0, 2], [1.0, 2]), ([1.0, 1, 1], [1.0, 2, 3]), ([1.0, 2, 3], [4.0, 4, 4])]
)
def test_no_line_without_anything_to_lay_it_through(xs, ys) -> None:
    assert line(xs, ys) is None


def test_the_claim_stands_beside_the_interval() -> None:
    xs = [70.0, 75, 81, 88, 93]
    link = RevenueLink.model_validate(
        {"pairs": [[x, 3 * x**2.3 * (1 + 0.01 * (-1) ** at)] for at, x in enumerate(xs)]}
    )
    page = told(link, {}, builtin_standards())
    assert page is not None
    assert page["claim"] == {
        "id": "c28",
        "says": 2.3,
        "source": "S004",
        "verified": False,
        "compatible": True,
    }


def test_tables_are_read_and_bad_ones_refused() -> None:
    link = RevenueLink.model_validate({"data": "r.csv", "satisfaction": "csat", "revenue": "sales"})
    good = Sheet({"csat": ("80", "82", "", "85"), "sales": ("10", "11", "12", "12.5")})
    page = told(link, {"r.csv": good})
    assert page is not None
    assert page["n"] == 3
    for sheets in (
        {},
        {"r.csv": Sheet({"csat": ("1",)})},
        {"r.csv": Sheet({"csat": ("x",), "sales": ("nan",)})},
    ):
        page = told(link, sheets)
        assert page is not None
        assert page["slope"] is None
        assert page["reason"].zh
