"""SERVQUAL and SERVPERF against published figures, brute force and simulation."""

from __future__ import annotations

import random
from math import sqrt
from statistics import fmean, stdev, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.reliability import cronbach, difference_reliability, mean_test, summary_test
from blueprint.analysis.servqual import check_weights, overall, service_quality
from blueprint.model.yardstick import Instrument
from blueprint.source.standards import builtin_standards

PZB = {"tangibles": 0.11, "reliability": 0.32, "responsiveness": 0.22, "assurance": 0.19, "empathy": 0.16}
ITEMS = {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5}
TURNED_1988 = {*range(9, 13), *range(17, 22)}
"""Items 10-13 and 18-22 of 1988 are worded negatively."""


def instrument(turned: set[int] = frozenset(), items: dict[str, int] = ITEMS, **fields) -> Instrument:
    numbers = iter(range(sum(items.values())))
    return Instrument.model_validate(
        {
            "title": "SERVQUAL",
            "source": "Parasuraman, Zeithaml and Berry 1988",
            "scale": [1, 7],
            "dimensions": [
                {
                    "id": name,
                    "title": name,
                    "weight": PZB.get(name),
                    "items": [
                        {"id": f"i{at}", "title": "?", "reversed": at in turned}
                        for at in (next(numbers) for _ in range(count))
                    ],
                }
                for name, count in items.items()
            ],
            **fields,
        }
    )


def rows(seed: int, respondents: int, items: int = 22) -> list[list[float]]:
    luck = random.Random(seed)
    return [[float(luck.randint(1, 7)) for _ in range(items)] for _ in range(respondents)]


# Table 2 of PMC6131925, 386 patients, five-point scale: expected, perceived.
PATIENTS = {
    "tangibles": (4.44, 4.19),
    "reliability": (4.49, 4.36),
    "responsiveness": (4.48, 4.35),
    "assurance": (4.50, 4.32),
    "empathy": (4.56, 4.40),
}


def test_published_survey_of_patients() -> None:
    gaps = {k: p - e for k, (e, p) in PATIENTS.items()}
    assert [round(gap, 2) for gap in gaps.values()] == [-0.25, -0.13, -0.13, -0.18, -0.16]
    assert overall(gaps) == pytest.approx(-0.170)
    assert overall(gaps, PZB) == pytest.approx(-0.1575)


def test_published_interval_of_the_patients_survey() -> None:
    # the interval printed for tangibles, [-.30, -.19], says sd = half · √n / t
    found = summary_test(-0.25, 0.055 * sqrt(386) / 1.96614, 386)
    assert (round(found.low, 3), round(found.high, 3)) == (-0.305, -0.195)
    assert found.t == pytest.approx(-0.25 / 0.055 * 1.96614, rel=1e-4)
    # the table's t of -4.87 for assurance contradicts its own interval, which gives about -7
    assurance = summary_test(-0.18, 0.05 * sqrt(386) / 1.96614, 386)
    assert assurance.t == pytest.approx(-7.08, abs=0.01)


def test_published_alphas() -> None:
    three = cronbach([[4, 5, 4], [3, 4, 3], [5, 5, 5], [2, 3, 2]])
    assert three is not None
    assert three.alpha == pytest.approx(0.979592, abs=1e-6)
    five = cronbach([[3, 4, 3], [2, 3, 4], [4, 4, 5], [3, 2, 3], [4, 4, 4]])
    assert five is not None
    assert five.alpha == pytest.approx(0.732558, abs=1e-6)
    assert (five.low, five.high) == pytest.approx((-0.351, 0.970), abs=5e-4)
    assert (five.items, five.n) == (3, 5)


def test_textbook_paired_t() -> None:
    # Student 1908, the additional hours of sleep of ten patients: t = -4.0621, p = 0.002833 (R's t.test)
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = mean_test([a - b for a, b in zip(first, second, strict=True)])
    assert found.t == pytest.approx(-4.0621, abs=5e-5)
    assert found.p == pytest.approx(0.002833, abs=5e-7)
    assert (found.low, found.high) == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)
    assert found.d == pytest.approx(-4.0621 / sqrt(10), abs=1e-4)


def test_feldt_interval_covers_what_it_says() -> None:
    # parallel items: x = true + noise of equal variance, so that alpha is known: 4·1/(4·1 + 1) = 0.8
    luck = random.Random(7)
    covered = 0
    for _ in range(600):
        true = [luck.gauss(0, 1) for _ in range(15)]
        found = cronbach([[t + luck.gauss(0, 1) for _ in range(4)] for t in true])
        assert found is not None
        covered += found.low <= 0.8 <= found.high
    assert 0.93 <= covered / 600 <= 0.97


def test_difference_reliability_is_that_of_simulated_differences() -> None:
    luck = random.Random(3)
    true, seen = [], []
    for _ in range(40_000):
        shared = luck.gauss(0, 1)
        p, e = shared + luck.gauss(0, 0.6), 0.8 * shared + luck.gauss(0, 0.4)
        true.append(p - e)
        seen.append(p + luck.gauss(0, 0.5) - e - luck.gauss(0, 0.5))
    # by construction: Var P = 1 + .36 + .25, Var E = .64 + .16 + .25, Cov = .8
    reliable_p, reliable_e = 1.36 / 1.61, 0.8 / 1.05
    told = difference_reliability(sqrt(1.61), reliable_p, sqrt(1.05), reliable_e, 0.8 / sqrt(1.61 * 1.05))
    assert told == pytest.approx(variance(true) / variance(seen), abs=0.01)
    assert told < min(reliable_p, reliable_e)
    assert difference_reliability(1, 0.9, 1, 0.9, 1) is None


def test_survey_by_brute_force() -> None:
    seen, hoped = rows(1, 30), rows(2, 30)
    found = service_quality(seen, hoped, instrument=instrument())
    start, means = 0, {}
    for name, count in ITEMS.items():
        places = range(start, start + count)
        each = [fmean(p[i] - e[i] for i in places) for p, e in zip(seen, hoped, strict=True)]
        score = found.dimensions[name].score
        assert score.mean == pytest.approx(fmean(each))
        assert score.t == pytest.approx(fmean(each) / (stdev(each) / sqrt(30)))
        assert found.dimensions[name].expected == pytest.approx(fmean(e[i] for e in hoped for i in places))
        alpha = found.dimensions[name].alpha_gap
        assert alpha is not None
        totals = variance(sum(p[i] - e[i] for i in places) for p, e in zip(seen, hoped, strict=True))
        parts = sum(variance(p[i] - e[i] for p, e in zip(seen, hoped, strict=True)) for i in places)
        assert alpha.alpha == pytest.approx(count / (count - 1) * (1 - parts / totals))
        means[name] = fmean(each)
        start += count
    assert found.unweighted is not None
    assert found.weighted is not None
    assert found.unweighted.mean == pytest.approx(fmean(means.values()))
    assert found.weighted.mean == pytest.approx(sum(PZB[k] * mean for k, mean in means.items()))
    # the mean of all items is another figure, because dimensions have four or five of them
    items = fmean(p[i] - e[i] for p, e in zip(seen, hoped, strict=True) for i in range(22))
    assert found.unweighted.mean != pytest.approx(items, abs=1e-6)


def test_servperf_is_servqual_without_expectations_and_is_not_tested_against_zero() -> None:
    seen = rows(4, 12)
    found = service_quality(seen, instrument=instrument())
    reliability = found.dimensions["reliability"]
    assert (
        reliability.score.mean
        == reliability.perceived
        == pytest.approx(fmean(row[i] for row in seen for i in range(4, 9)))
    )
    assert (reliability.expected, reliability.score.t, reliability.score.p, reliability.score.d) == (
        None,
    ) * 4
    assert reliability.score.low < reliability.perceived < reliability.score.high


def test_items_worded_negatively_are_turned() -> None:
    seen, hoped = rows(5, 9), rows(6, 9)

    def turn(answers):
        return [[8 - x if i in TURNED_1988 else x for i, x in enumerate(row)] for row in answers]

    as_written = service_quality(turn(seen), turn(hoped), instrument=instrument(TURNED_1988))
    assert as_written == service_quality(seen, hoped, instrument=instrument())


def test_weights_of_each_respondent() -> None:
    seen, hoped = rows(8, 3), rows(9, 3)
    one = dict.fromkeys(ITEMS, 0.0)
    allocations = [one | {"tangibles": 1.0}, one | {"empathy": 1.0}, dict.fromkeys(ITEMS, 0.2)]
    found = service_quality(seen, hoped, instrument=instrument(), allocations=allocations)
    gaps = [[p - e for p, e in zip(*pair, strict=True)] for pair in zip(seen, hoped, strict=True)]
    third = fmean(
        fmean(gaps[2][start : start + count])
        for start, count in zip((0, 4, 9, 13, 17), ITEMS.values(), strict=True)
    )
    assert found.weighted is not None
    assert found.weighted.mean == pytest.approx((fmean(gaps[0][:4]) + fmean(gaps[1][17:]) + third) / 3)


def test_missing_answers_leave_out_the_respondent_for_that_dimension_only() -> None:
    seen, hoped = rows(10, 6), rows(11, 6)
    torn = [list(row) for row in seen]
    torn[0][0] = None  # tangibles
    found = service_quality(torn, hoped, instrument=instrument())
    assert (
        found.dimensions["tangibles"]
        == service_quality(seen[1:], hoped[1:], instrument=instrument()).dimensions["tangibles"]
    )
    assert found.dimensions["empathy"].n == 6
    assert found.unweighted is not None
    assert found.unweighted.n == 5


def test_a_dimension_nobody_answered_is_named_not_zero() -> None:
    seen = [[None] * 4 + row[4:] for row in rows(12, 5)]
    found = service_quality(seen, instrument=instrument())
    assert found.unanswered == ("tangibles",)
    assert "tangibles" not in found.dimensions
    assert (found.unweighted, found.weighted) == (None, None)


def test_answers_that_are_all_alike_have_no_t_and_no_alpha() -> None:
    found = service_quality([[5.0] * 22] * 4, [[6.0] * 22] * 4, instrument=instrument())
    tangibles = found.dimensions["tangibles"]
    assert tangibles.score.mean == -1
    assert (tangibles.score.t, tangibles.score.d, tangibles.alpha_gap, tangibles.reliability_gap) == (
        None,
    ) * 4
    # a tenth added three times is not 0.3: rounding is no spread
    assert mean_test([0.1 + 0.2, 0.3, 0.3]).t is None


def test_one_respondent_has_a_mean_and_nothing_else() -> None:
    score = service_quality(rows(13, 1), instrument=instrument()).dimensions["empathy"].score
    assert (score.n, score.sd, score.low, score.high) == (1, None, None, None)


def test_nobody_was_asked() -> None:
    found = service_quality([], instrument=instrument())
    assert found.unanswered == tuple(ITEMS)
    assert found.unweighted is None


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ({k: w for k, w in PZB.items() if k != "empathy"}, "no weight for empathy"),
        (PZB | {"empathy": 0.2}, "sum to 1.04"),
        (PZB | {"empathy": -0.16, "tangibles": 0.43}, "negative"),
        (PZB | {"speed": 0.0}, "no dimension"),
        (PZB | {"empathy": float("nan")}, "negative|sum"),
    ],
)
def test_weights_that_are_no_parts_of_a_whole(weights, reason) -> None:
    with pytest.raises(ValueError, match=reason):
        check_weights(weights, list(ITEMS))


@pytest.mark.parametrize(
    ("perceived", "expected", "reason"),
    [
        ([[4.0] * 21], None, "21 answers"),
        ([[4.0] * 21 + [8.0]], None, "item 22: 8 is not between 1 and 7"),
        ([[4.0] * 21 + [float("nan")]], None, "item 22"),
        ([[4.0] * 22], [[4.0] * 22] * 2, "1 rows of perceptions, but 2"),
    ],
)
def test_answers_that_cannot_be(perceived, expected, reason) -> None:
    with pytest.raises(ValueError, match=reason):
        service_quality(perceived, expected, instrument=instrument())


@given(
    st.lists(st.lists(st.integers(1, 7).map(float), min_size=22, max_size=22), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_of_respondents_does_not_matter(seen, luck) -> None:
    mixed = list(seen)
    luck.shuffle(mixed)
    a, b = (service_quality(it, instrument=instrument()) for it in (seen, mixed))
    for name in ITEMS:
        assert a.dimensions[name].perceived == pytest.approx(b.dimensions[name].perceived)
    assert -6 <= a.unweighted.mean <= 7


def test_the_shipped_questionnaires_are_scored() -> None:
    shipped = builtin_standards().instruments
    for name in ("servqual", "servqual-1988"):
        assert sum(len(dimension.items) for dimension in shipped[name].dimensions) == 22
    seen, hoped = rows(20, 8), rows(21, 8)
    places = {}
    at = 0
    for dimension in shipped["servqual-1988"].dimensions:
        places[dimension.id] = range(at, at + len(dimension.items))
        at += len(dimension.items)
    turned = {i for name in ("responsiveness", "empathy") for i in places[name]}
    items = [item for dimension in shipped["servqual-1988"].dimensions for item in dimension.items]
    assert {i for i, item in enumerate(items) if item.reversed} == turned

    def turn(answers: list[list[float]]) -> list[list[float]]:
        return [[8 - x if i in turned else x for i, x in enumerate(row)] for row in answers]

    then = service_quality(turn(seen), turn(hoped), instrument=shipped["servqual-1988"])
    assert then == service_quality(seen, hoped, instrument=shipped["servqual"])
