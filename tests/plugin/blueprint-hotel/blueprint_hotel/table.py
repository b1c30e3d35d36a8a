"""The touchpoints as a table for spreadsheets."""

from __future__ import annotations

import csv
import io

from blueprint.export.exporter import CannotExportError, Exporter, Order
from blueprint.model.journey import Journey


def export(order: Order) -> bytes:
    """Write a line for each touchpoint."""
    if not isinstance(order.model, Journey):
        raise CannotExportError("only a journey makes a table", "只有旅程能导出为表格")
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["stage", "touchpoint", "title"])
    for _, stage, point in order.model.places:
        table.writerow([stage.id, point.id, point.title.pick(order.language)])
    return out.getvalue().encode("utf-8")


EXPORTER = Exporter(export, of_model=True)
