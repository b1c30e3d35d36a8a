from __future__ import annotations

import pytest

from blueprint.analysis.customer_table import boxes_of, customer_table
from blueprint.analysis.segments import Box
from blueprint.analysis.tables import UnfitTableError
from blueprint.model.customers import Customers
from blueprint.source.standards import builtin_standards

COLUMNS = {
    "recency": ["205", "140", "194", "98", "132", ""],
    "frequency": ["6", "3", "4", "7", "5", "9"],
    "monetary": ["472", "340", "405", "596", "448", "10"],
}
THRESHOLD = {
    "method": "threshold",
    "recency_cuts": [115, 181, 297, 482],
    "frequency_cuts": [4, 5, 6, 8],
    "monetary_cuts": [256, 382, 506, 666],
}


def customers(**written: object) -> Customers:
    return Customers.model_validate(written)


def test_a_table_is_scored_as_published() -> None:
    found = customer_table(customers(**THRESHOLD), COLUMNS, [Box("best", (5, 5))])
    assert [str(it) for it in found.scores] == ["343", "412", "323", "544", "433"]
    assert found.incomplete == 1
    assert found.segments == {"best": 1, "others": 4}
    assert found.concentration is not None
    assert found.concentration.n == 5


def test_columns_may_have_other_names() -> None:
    other = {"天数": COLUMNS["recency"], "次数": COLUMNS["frequency"], "金额": COLUMNS["monetary"]}
    named = customers(**THRESHOLD, recency="天数", frequency="次数", monetary="金额")
    assert customer_table(named, other).scores == customer_table(customers(**THRESHOLD), COLUMNS).scores


@pytest.mark.parametrize(
    ("column", "cells", "row"),
    [
        ("recency", ["1", "yesterday"], 2),
        ("recency", ["-1", "1"], 1),
        ("frequency", ["1_0", "1"], 1),
        ("monetary", ["1", "nan"], 2),
        ("monetary", ["1", "1e999"], 2),
    ],
)
def test_a_cell_that_is_no_figure_is_named(column: str, cells: list[str], row: int) -> None:
    columns = {"recency": ["1", "2"], "frequency": ["1", "2"], "monetary": ["1", "-2"], column: cells}
    with pytest.raises(UnfitTableError) as caught:
        customer_table(customers(), columns)
    assert (caught.value.key, caught.value.row, caught.value.cell) == (column, row, cells[row - 1])


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UnfitTableError, match="no column monetary"):
        customer_table(customers(), {"recency": [], "frequency": []})


def test_limits_are_needed_for_thresholds() -> None:
    with pytest.raises(ValueError, match="limits"):
        customer_table(customers(method="threshold"), COLUMNS)


def test_of_no_customers_nothing_is_said() -> None:
    found = customer_table(customers(), {"recency": [], "frequency": [], "monetary": []})
    assert (found.scores, found.segments, found.concentration) == ((), {}, None)


def test_the_built_in_segmentation_leaves_nobody_in_two_boxes() -> None:
    boxes = boxes_of(builtin_standards().segmentations["rfm-champions"])
    columns = {key: [str(it) for it in range(20)] for key in ("frequency", "monetary")}
    columns["recency"] = [str(19 - it) for it in range(20)]
    found = customer_table(customers(), columns, boxes)
    assert sum(found.segments.values()) == 20
    assert found.segments["champions"] == 8
    assert found.segments["lost"] == 4
