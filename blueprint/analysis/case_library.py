"""The library of cases: what was learned from complaints, and which types have none (S001, S004)."""

from __future__ import annotations

from typing import Any

from blueprint.model.journey import Journey

PARTS = ("cause", "solution", "learned")
"""What makes a record one that others can learn from."""


def told(journey: Journey) -> dict[str, Any] | None:
    """Return the library as plain data; None where no case is kept."""
    records = [
        (name, at, record)
        for name, point in journey.touchpoints.items()
        for at, record in enumerate(point.complaint.library if point.complaint else ())
    ]
    if not records:
        return None
    counted = dict.fromkeys(
        kind
        for point in journey.touchpoints.values()
        if point.complaint is not None
        for kind, n in point.complaint.cases.items()
        if n
    )
    kept = {record.type for _, _, record in records}
    return {
        "cases": [
            {
                "touchpoint": name,
                "index": at,
                "case": record.case.root,
                "type": record.type,
                "date": record.date.isoformat() if record.date else None,
                "missing": [part for part in PARTS if getattr(record, part) is None],
            }
            for name, at, record in records
        ],
        "complete": sum(all(getattr(it, part) is not None for part in PARTS) for _, _, it in records),
        "without_case": [kind for kind in counted if kind not in kept],
    }
