"""A table of customers beside a journey: scored, or refused with the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from blueprint import api
from blueprint.analysis.as_json import as_json
from blueprint.lint.selection import Settings

JOURNEY = """\
journey: shop
customers: {data: data/who.csv, segmentation: rfm-champions, recency: days}
stages:
  - stage: all
    touchpoints:
      - {id: buy, title: Buys, kinds: [first, end], emotion: 1}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "shop.yaml").write_text(JOURNEY, "utf-8")
    return tmp_path


def said(shop: Path, table: str) -> list[tuple[str, str]]:
    (shop / "data" / "who.csv").write_text(table, "utf-8")
    workspace = api.load([shop])
    (document,) = workspace.documents
    found = api.check(document, workspace, Settings(select=("SG107",)))
    text = document.source.text
    return [(d.message.en, text[d.span.start : d.span.end]) for d in found]


def test_a_plain_table_is_scored(shop: Path) -> None:
    rows = "".join(f"{20 - it},{it},{it * 10}\n" for it in range(1, 20))
    assert said(shop, f"days,frequency,monetary\n{rows}") == []
    workspace = api.load([shop])
    (document,) = workspace.documents
    analysis = api.analyse(document, workspace)
    told = as_json(analysis, workspace.standards, api.sheets_of(document))["segments"]
    assert told["table"]["scored"] == 19
    assert told["table"]["segments"]["champions"] > 0
    assert told["concentration"]["n"] == 19


@pytest.mark.parametrize(
    ("table", "message", "place"),
    [
        ("days,frequency,monetary\n3,-1,5\n", "row 1 of column `frequency` is `-1`", "data/who.csv"),
        ("days,frequency,monetary\n3,1,5\nold,2,5\n", "row 2 of column `days` is `old`", "days"),
        ("day,frequency,monetary\n3,1,5\n", "the table has no column `days`", "days"),
    ],
)
def test_what_does_not_fit_is_shown_where_it_is_named(
    shop: Path, table: str, message: str, place: str
) -> None:
    ((found, where),) = said(shop, table)
    assert found.startswith(message)
    assert where == place
