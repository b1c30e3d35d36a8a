"""CSV files beside a document: read whole, within limits, or refused with the reason and the line."""

from __future__ import annotations

import csv
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blueprint.diagnostic import Message
from blueprint.model.sheet import Sheet

if TYPE_CHECKING:
    from blueprint.model.journey import Journey

MAX_BYTES: Final = 10_000_000
MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 200
_SEPARATORS: Final = ",;\t"
_FORMULA = re.compile(r"[=@]|[+-](?!\.?\d)")
"""What a spreadsheet would run instead of show; a sign before a figure is a figure."""


def read_sheet(document: str, name: str) -> Sheet | Message:
    """Read a CSV file that a document names, or say why it cannot be read. Never raises.

    Args:
        document: The path of the document.
        name: The file's path from the document's folder; it may not lead out of that folder, not by links
            either.
    """
    folder = Path(document).parent
    try:
        home, path = folder.resolve(), (folder / name).resolve()
        if not path.is_relative_to(home):
            return Message(
                f"`{name}` leads out of the document's folder", f"`{name}` 指向了文档所在文件夹之外"
            )
        if not path.exists():
            return Message(f"there is no file `{name}` beside the document", f"文档旁没有文件 `{name}`")
        if not stat.S_ISREG(path.stat().st_mode):
            return Message(f"`{name}` is not a regular file", f"`{name}` 不是普通文件")
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Message(f"`{name}` cannot be read: {reason}", f"`{name}` 无法读取：{reason}")
    return parse_sheet(data)


def sheets_of(document: str, journey: Journey) -> dict[str, Sheet]:
    """Return the tables that a journey names, by name; unreadable ones are left out.

    Args:
        document: The path of the journey's document.
        journey: The journey itself.
    """
    points = journey.touchpoints.values()
    surveys = (*journey.surveys, *(survey for point in points for survey in point.surveys))
    of_customers = journey.customers.data if journey.customers else None
    counted = journey.voice.data if journey.voice else None
    paired = journey.revenue.data if journey.revenue else None
    named = {*(survey.data for survey in surveys), of_customers, counted, paired}
    names = sorted(name for name in named if name is not None)
    found = {name: read_sheet(document, name) for name in names}
    return {name: sheet for name, sheet in found.items() if isinstance(sheet, Sheet)}


def parse_sheet(data: bytes) -> Sheet | Message:
    """Read the bytes of a CSV file: UTF-8, a header, then rows of as many cells, no formulas.

    Cells are separated by commas, semicolons or tabs, whichever the header has most of.
    """
    if len(data) > MAX_BYTES:
        return Message(
            f"the table is larger than {MAX_BYTES // 10**6} MB",
            f"表格超过 {MAX_BYTES // 10**6} MB",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Message(
            f"the table is not UTF-8 (line {line}); save it as “CSV UTF-8”",
            f"表格不是 UTF-8 编码（第 {line} 行），请另存为“CSV UTF-8”",
        )
    header = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=lambda mark: (header.count(mark), -_SEPARATORS.index(mark)))
    lines = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    names: list[str] = []
    rows: list[list[str]] = []
    try:
        for cells in lines:
            row = [cell.strip() for cell in cells]
            if not any(row):
                continue
            if (wrong := _wrong(row, names, lines.line_num)) is not None:
                return wrong
            if names:
                rows.append(row)
            else:
                names = row
            if len(rows) > MAX_ROWS:
                return Message(f"the table has more than {MAX_ROWS:,} rows", f"表格超过 {MAX_ROWS:,} 行")
    except csv.Error as error:
        at = lines.line_num
        return Message(f"line {at} is no CSV: {error}", f"第 {at} 行不是 CSV：{error}")
    if not names:
        return Message("the table is empty", "表格是空的")
    return Sheet({name: tuple(row[at] for row in rows) for at, name in enumerate(names)})


def _wrong(row: list[str], names: list[str], line: int) -> Message | None:
    """Say what is wrong with a row: the header where there are no names yet."""
    for at, cell in enumerate(row):
        if "\0" in cell:
            return Message(f"line {line} is no text", f"第 {line} 行不是文本")
        if _FORMULA.match(cell):
            column = names[at] if at < len(names) else str(at + 1)
            return Message(
                f"line {line}, column {column}: a formula; save the table with values",
                f"第 {line} 行 {column} 列是公式，请以数值保存表格",
            )
    if not names:
        if len(row) > MAX_COLUMNS:
            return Message(f"the table has more than {MAX_COLUMNS} columns", f"表格超过 {MAX_COLUMNS} 列")
        if not all(row):
            return Message("a column has no name", "有一列没有名称")
        if len(set(row)) < len(row):
            twice = next(name for name in row if row.count(name) > 1)
            return Message(f"two columns are called {twice}", f"有两列都叫 {twice}")
    elif len(row) != len(names):
        return Message(
            f"line {line} has {len(row)} cells, the header {len(names)}",
            f"第 {line} 行有 {len(row)} 格，表头有 {len(names)} 格",
        )
    return None
