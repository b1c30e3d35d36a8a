"""Tables of answers: the figures of their rows, and refusals that say where."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from blueprint.analysis.answers import answered, told
from blueprint.analysis.dashboard import told as tell
from blueprint.analysis.drivers import importance
from blueprint.analysis.measures import measure_survey
from blueprint.analysis.survey import paired
from blueprint.analysis.tables import UnfitTableError
from blueprint.model.sheet import Sheet
from blueprint.model.survey import Survey


def survey(name: str, **fields) -> Survey:
    return Survey.model_validate({"survey": name, "data": "a.csv", **fields})


def sheet(**columns: str) -> Sheet:
    return Sheet({name: tuple(cells.split()) for name, cells in columns.items()})


def test_rows_are_counted_weighed_and_missing_ones_told() -> None:
    found = answered(survey("csat", column="q1"), Sheet({"q1": ("5", "4", "", "2", "4")}))
    assert (found.survey.answers, found.missing) == ((0, 1, 0, 2, 1), 1)
    assert measure_survey(found.survey).value == 0.75
    weighed = answered(survey("nps", weight="n"), sheet(nps="10 3", n="30 10"))
    assert measure_survey(weighed.survey).value == 50


def test_instruments_of_a_team_have_mean_and_spread() -> None:
    found = answered(survey("our-own", column="x"), sheet(x="1 2 6"))
    assert (found.survey.n, found.survey.mean) == (3, 3)
    assert found.survey.sd == pytest.approx(np.std([1, 2, 6], ddof=1))
    nobody = answered(survey("our-own", column="x"), Sheet({"x": ("", "")}))
    assert (nobody.survey.n, nobody.survey.mean, nobody.missing) == (None, None, 2)


def test_paired_nps_is_scored_by_person() -> None:
    found = answered(survey("nps", before="then"), sheet(nps="10 9 7 6 10 3", then="8 9 2 6 5 3"))
    assert found.change == paired([0, 1, -1, -1, -1, -1], [1, 1, 0, -1, 1, -1])
    same = answered(survey("nps", before="then"), sheet(nps="9 9", then="10 10"))
    assert same.change is None


def test_drivers_of_the_swiss_provinces() -> None:
    path = Path(__file__).parents[1] / "data" / "swiss.csv"
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    table = Sheet({name: tuple(row[name] for row in rows) for name in rows[0]})
    names = [name for name in rows[0] if name != "Fertility"]
    found = answered(survey("fertility", column="Fertility", drivers=names), table)
    assert found.importance == importance(
        names, [[float(r[n]) for n in (*names, "Fertility")] for r in rows]
    )
    assert found.quadrants["Agriculture"] == "possible-overkill"
    plain = json.loads(json.dumps(told(found), allow_nan=False))
    assert plain["drivers"]["importance"]["Education"]["share"] == pytest.approx(0.26013468)
    assert found.contrasts["Education"].penalty > 0 > found.contrasts["Education"].reward


def test_drivers_that_explain_nothing_say_why() -> None:
    found = answered(survey("csat", drivers=["a"]), sheet(csat="1 2 3 4 5", a="3 3 3 3 3"))
    assert found.importance is None
    assert found.reason is not None
    assert found.reason.en == "all scores of a are equal, so they explain nothing"
    assert told(found)["drivers"] is None


@pytest.mark.parametrize(
    ("written", "table", "key", "column", "row"),
    [
        (survey("csat"), sheet(rating="5"), "column", "csat", 0),
        (survey("csat"), sheet(csat="5 4 9"), "column", "csat", 3),
        (survey("csat"), sheet(csat="5 4.5"), "column", "csat", 2),
        (survey("csat"), sheet(csat="5 good"), "column", "csat", 2),
        (survey("csat"), sheet(csat="nan"), "column", "csat", 1),
        (survey("csat"), sheet(csat="1_0"), "column", "csat", 1),
        (survey("nps", before="then"), sheet(nps="9", then="11"), "before", "then", 1),
        (survey("nps", weight="n"), sheet(nps="9", n="1.5"), "weight", "n", 1),
        (survey("nps", weight="n"), sheet(nps="9", n="-1"), "weight", "n", 1),
        (survey("nps", drivers=["speed"]), sheet(nps="9"), "drivers", "speed", 0),
    ],
)
def test_unfit_tables_say_where(written: Survey, table: Sheet, key: str, column: str, row: int) -> None:
    with pytest.raises(UnfitTableError) as refused:
        answered(written, table)
    assert (refused.value.key, refused.value.column, refused.value.row) == (key, column, row)


def test_the_analysis_tells_the_table(make_journey) -> None:
    journey = make_journey({"one": {"surveys": [{"survey": "csat", "data": "a.csv"}]}})
    (found,) = tell(journey, {"a.csv": sheet(csat="5 4 1 4")})["surveys"]
    assert (found["value"], found["n"], found["table"]["missing"]) == (0.75, 4, 0)
    (without,) = tell(journey)["surveys"]
    assert (without["value"], without["reason"], without["table"]) == (None, "no-table", None)
    (unfit,) = tell(journey, {"a.csv": sheet(csat="6")})["surveys"]
    assert (unfit["value"], unfit["reason"]) == (None, "unfit-table")


def test_segments_are_told_apart_and_tested() -> None:
    rows = {
        "nps": ["10"] * 20 + ["2"] * 20 + ["9", "", "7"],
        "who": ["vip"] * 20 + ["guest"] * 21 + ["vip", ""],
    }
    survey = Survey.model_validate({"survey": "nps", "data": "n.csv", "segment": "who"})
    found = answered(survey, Sheet({k: tuple(v) for k, v in rows.items()}))
    assert found.segments == {"guest": (21, pytest.approx(49 / 21)), "vip": (20, 10.0)}
    assert found.segments_differ is not None
    # promoters and detractors of two groups: 20 and 0 against 1 and 20
    assert found.segments_differ.statistic == pytest.approx(
        41 * (20 * 20 - 0 * 1) ** 2 / (20 * 21 * 21 * 20)
    )
    page = told(found)
    assert page["segments"]["vip"] == {"n": 20, "mean": 10.0}
    assert page["segments_differ"]["degrees"] == 1
    with pytest.raises(UnfitTableError, match="no column who"):
        answered(survey, Sheet({"nps": ("1",)}))


def test_times_have_their_tail_beside_their_mean() -> None:
    minutes = tuple(str(at) for at in range(1, 101))
    survey = Survey.model_validate({"survey": "response-time", "data": "t.csv", "column": "minutes"})
    middle, tail = told(answered(survey, Sheet({"minutes": minutes})))["percentiles"]
    assert (middle["share"], middle["value"], tail["value"]) == (0.5, 50.0, 90.0)
    assert tuple(tail["interval"]) == (84.0, 96.0)  # the binomial of 100 and 0.9: ranks 84 and 96
