"""What can be wrong with a table that a document names: of a survey's answers, or of customers."""

from __future__ import annotations

from blueprint.diagnostic import ExplainedError


class UnfitTableError(ExplainedError):
    """A table does not hold what the document says it does.

    Attributes:
        key: the document's key that names the column.
        column: the column.
        row: the row below the header, from 1; 0 for the column as a whole.
        cell: what stands there.
    """

    def __init__(self, key: str, column: str, row: int = 0, cell: str = "") -> None:
        shown = cell[:40]
        super().__init__(
            f"row {row} of column {column} is {shown!r}" if row else f"there is no column {column}",
            f"{column} 列第 {row} 行是 {shown!r}" if row else f"没有 {column} 列",
        )
        self.key, self.column, self.row, self.cell = key, column, row, cell
