"""Tables of SERVQUAL answers: read by the ids of items, or refused with the row."""

from __future__ import annotations

import json
import random
from statistics import fmean

import pytest

from blueprint.analysis.questionnaires import UnscorableError, scored, told
from blueprint.model.sheet import Sheet
from blueprint.source.standards import builtin_standards

SERVQUAL = builtin_standards().instruments["servqual"]
ITEMS = {d.id: [item.id for item in d.items] for d in SERVQUAL.dimensions}


def table(
    respondents: int = 12, *, expectations: bool = True, points: bool = False
) -> dict[str, list[str]]:
    luck = random.Random(respondents)
    names = [item for items in ITEMS.values() for item in items]
    columns = {name: [str(luck.randint(1, 7)) for _ in range(respondents)] for name in names}
    if expectations:
        columns |= {f"expected-{n}": [str(luck.randint(4, 7)) for _ in range(respondents)] for n in names}
    if points:
        shares = dict(zip(ITEMS, ("40", "10", "10", "20", "20"), strict=True))
        columns |= {f"weight-{name}": [share] * respondents for name, share in shares.items()}
    return columns


def sheet(columns: dict[str, list[str]]) -> Sheet:
    return Sheet({name: tuple(cells) for name, cells in columns.items()})


def gap(columns: dict[str, list[str]], dimension: str) -> float:
    return fmean(
        float(p) - float(e)
        for item in ITEMS[dimension]
        for p, e in zip(columns[item], columns[f"expected-{item}"], strict=True)
    )


def test_items_are_found_by_their_ids_whatever_the_order_of_columns() -> None:
    columns = table()
    found = scored(sheet(dict(reversed(columns.items()))), SERVQUAL)
    assert found == scored(sheet(columns), SERVQUAL)
    for name, score in found.dimensions.items():
        assert score.score.mean == pytest.approx(gap(columns, name))
    assert found.weighted.mean == pytest.approx(
        sum(d.weight * gap(columns, d.id) for d in SERVQUAL.dimensions)
    )


def test_points_of_respondents_stand_before_the_usual_weights() -> None:
    columns = table(points=True)
    weighted = scored(sheet(columns), SERVQUAL).weighted.mean
    shares = dict(zip(ITEMS, (0.4, 0.1, 0.1, 0.2, 0.2), strict=True))
    assert weighted == pytest.approx(sum(w * gap(columns, name) for name, w in shares.items()))


def test_without_expectations_it_is_servperf() -> None:
    found = scored(sheet(table(expectations=False)), SERVQUAL)
    assert {score.expected for score in found.dimensions.values()} == {None}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"on-time": None}, "no column `on-time`"),
        ({"on-time": "8"}, "row 2 of column `on-time` is `8`, not a number from 1 to 7"),
        ({"on-time": "often"}, "row 2 of column `on-time` is `often`, not a number"),
        ({"on-time": "nan"}, "not a number"),
        ({"expected-on-time": None}, "no column `expected-on-time`"),
        ({"weight-empathy": "30"}, "row 2: the points of the dimensions"),
        ({"weight-empathy": ""}, "row 2: the points"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(change, reason) -> None:
    columns = table(points=True)
    for name, cell in change.items():
        if cell is None:
            del columns[name]
        else:
            columns[name][1] = cell
    with pytest.raises(UnscorableError, match=reason):
        scored(sheet(columns), SERVQUAL)


def test_an_empty_cell_is_no_answer() -> None:
    columns = table()
    columns["on-time"][0] = ""
    found = scored(sheet(columns), SERVQUAL)
    assert (found.dimensions["reliability"].n, found.dimensions["empathy"].n) == (11, 12)


def test_told_scores_what_it_can_and_says_why_not(make_journey) -> None:
    journey = make_journey(
        {
            "a": {
                "surveys": [
                    {"survey": "servqual", "data": "lost.csv"},
                    {"survey": "nps", "data": "nps.csv"},
                ]
            }
        },
        surveys=[{"survey": "servqual", "data": "all.csv"}],
    )
    sheets = {"all.csv": sheet(table()), "nps.csv": Sheet({"nps": ("9",)})}
    whole, lost = told(journey, builtin_standards(), sheets)
    assert (whole["touchpoint"], whole["reason"], len(whole["dimensions"])) == (None, None, 5)
    assert 0 < whole["dimensions"]["empathy"]["score"]["p"] <= 1
    assert (lost["touchpoint"], lost["dimensions"]) == ("a", None)
    assert lost["reason"].en == "the table lost.csv could not be read"
    json.dumps([whole, lost], allow_nan=False)
    assert told(journey, None, sheets) == []
