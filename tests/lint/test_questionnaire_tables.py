"""Tables of questionnaires with a column per item, on disk beside their document."""

from __future__ import annotations

from pathlib import Path

import pytest

from blueprint.lint.engine import check_document
from blueprint.lint.selection import Settings
from blueprint.source.files import read_file
from blueprint.source.standards import builtin_standards
from blueprint.source.workspace import Workspace

ITEMS = [i.id for d in builtin_standards().instruments["servperf"].dimensions for i in d.items]
JOURNEY = """journey: bank
surveys: [{survey: servperf, data: asked.csv}]
stages:
  - stage: ask
    touchpoints:
      - {id: come, title: Comes, kinds: [first], emotion: 0}
      - {id: leave, title: Leaves, kinds: [end], emotion: 1}
"""


@pytest.mark.parametrize(
    ("header", "cell", "said"),
    [
        (ITEMS, "5", []),
        (ITEMS, "", []),
        (ITEMS[1:], "5", [f"the table has no column `{ITEMS[0]}`"]),
        (ITEMS, "9", [f"row 1 of column `{ITEMS[0]}` is `9`, not a number from 1 to 7"]),
    ],
)
def test_a_column_per_item(tmp_path: Path, header: list[str], cell: str, said: list[str]) -> None:
    (tmp_path / "bank.yaml").write_text(JOURNEY, "utf-8")
    cells = [cell, *["4"] * (len(header) - 1)]
    (tmp_path / "asked.csv").write_text(f"{','.join(header)}\n{','.join(cells)}\n", "utf-8")
    document = read_file(tmp_path / "bank.yaml")
    found = check_document(document, Workspace.of([document]), Settings(select=("MT113",)))
    assert [d.message.en for d in found] == said
    assert all(d.span.start > 0 and "`expected-`" in d.help.en for d in found)
