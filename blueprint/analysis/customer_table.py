"""A table of customers: scored, sorted into segments, weighed (domain 10.1, 10.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from blueprint.analysis.concentration import Concentration, concentration
from blueprint.analysis.segments import Box, Purchases, Rfm, rfm_scores, segment_sizes
from blueprint.analysis.tables import UnfitTableError
from blueprint.model.customers import Customers
from blueprint.model.yardstick import Segmentation


@dataclass(frozen=True, slots=True)
class CustomerTable:
    """What a table of customers says."""

    scores: tuple[Rfm, ...]
    """Per complete row, in the order of the table."""
    incomplete: int
    """Rows that lack one of the three figures: not scored, and not taken for 0."""
    segments: dict[str, int]
    """Customers per segment; empty where no segmentation is named or known."""
    concentration: Concentration | None
    """Of the value of their purchases; None where it cannot be said."""


def customer_table(
    customers: Customers, columns: Mapping[str, Sequence[str]], boxes: Sequence[Box] = ()
) -> CustomerTable:
    """Score the customers of a table.

    Args:
        customers: which columns hold what, and how scores are given.
        columns: the cells of each column, as text; an empty one is a figure that nobody has.
        boxes: the segments, in the order in which they are tried.

    Raises:
        UnfitTableError: a column is missing, or a cell is no figure, or is negative where that cannot be.
        ValueError: `threshold` without four rising limits for each of the three.
    """
    recency = _figures(columns, "recency", customers.recency, negative=False)
    frequency = _figures(columns, "frequency", customers.frequency, negative=False)
    monetary = _figures(columns, "monetary", customers.monetary, negative=True)
    complete = [
        Purchases(r, f, m)
        for r, f, m in zip(recency, frequency, monetary, strict=True)
        if r is not None and f is not None and m is not None
    ]
    cuts = (customers.recency_cuts, customers.frequency_cuts, customers.monetary_cuts)
    scores = rfm_scores(complete, customers.method, cuts) if complete else []
    return CustomerTable(
        scores=tuple(scores),
        incomplete=len(recency) - len(complete),
        segments=segment_sizes(scores, boxes) if boxes else {},
        concentration=concentration([it.monetary for it in complete]),
    )


def boxes_of(segmentation: Segmentation) -> tuple[Box, ...]:
    """Return the segments of a playbook as boxes of scores."""
    return tuple(Box(it.id, it.recency, it.frequency, it.monetary) for it in segmentation.segments)


def _figures(
    columns: Mapping[str, Sequence[str]], key: str, column: str, *, negative: bool
) -> list[float | None]:
    if column not in columns:
        raise UnfitTableError(key, column)
    found: list[float | None] = []
    for row, cell in enumerate(columns[column], 1):
        text = cell.strip()
        if not text:
            found.append(None)
            continue
        try:
            value = float(text)
        except ValueError:
            raise UnfitTableError(key, column, row, cell) from None
        # Python reads 1_000 as a thousand; a table that means it has another mistake
        if not isfinite(value) or "_" in text or (value < 0 and not negative):
            raise UnfitTableError(key, column, row, cell)
        found.append(value)
    return found
