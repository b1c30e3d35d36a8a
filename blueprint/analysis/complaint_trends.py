"""Complaints over time: which types come more often than before (S001, S004: 投诉数据分析).

Counts of all touchpoints are added up by the last day of the period; a period counts for a type only where
every touchpoint that has a history names it, so that a missing month is no drop. p-values are adjusted by
Holm over the types.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from blueprint.analysis.monitoring import holm
from blueprint.analysis.trend import Trend, trend
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey


@dataclass(frozen=True, slots=True)
class History:
    """Complaints by period and type."""

    days: tuple[Date, ...]
    counts: dict[str, tuple[int, ...]]
    """Type → its count per period."""
    visits: tuple[float, ...] | None
    """Per period, where every period says."""


def history(journey: Journey) -> History | None:
    """Add up the histories of all touchpoints; None where none has one."""
    written = [
        p.complaint.history for p in journey.touchpoints.values() if p.complaint and p.complaint.history
    ]
    if not written:
        return None
    shared = set.intersection(*({it.date for it in periods} for periods in written))
    days = sorted(shared)
    kinds = dict.fromkeys(kind for periods in written for it in periods for kind in it.cases)
    counts = {kind: dict.fromkeys(days, 0) for kind in kinds}
    visits = dict.fromkeys(days, 0.0)
    known = True
    for periods in written:
        for it in periods:
            if it.date not in shared:
                continue
            known = known and it.visits is not None
            visits[it.date] += it.visits or 0.0
            for kind, n in it.cases.items():
                counts[kind][it.date] += n
    return History(
        tuple(days),
        {kind: tuple(by_day[day] for day in days) for kind, by_day in counts.items()},
        tuple(visits[day] for day in days) if known else None,
    )


def told(journey: Journey) -> dict[str, Any] | None:
    """Return the trend of each type as plain data; None where no touchpoint has a history."""
    found = history(journey)
    if found is None:
        return None
    trends = {
        kind: it for kind, counts in found.counts.items() if (it := trend(counts, found.visits)) is not None
    }
    adjusted = holm({kind: it.p for kind, it in trends.items()})
    few = Message("a trend needs three periods", "判断趋势至少需要三期")
    return {
        "periods": [day.isoformat() for day in found.days],
        "per_visit": found.visits is not None,
        "types": {
            kind: _told(counts, trends.get(kind), adjusted.get(kind))
            for kind, counts in found.counts.items()
        },
        "reason": few if len(found.days) < 3 else None,
    }


def _told(counts: tuple[int, ...], found: Trend | None, p: float | None) -> dict[str, Any]:
    rising = None
    if found is not None and p is not None:
        rising = "unclear" if p >= 0.05 else "rising" if found.z > 0 else "falling"
    return {
        "counts": list(counts),
        "n": sum(counts),
        "per_period": found.per_period if found else None,
        "interval": list(found.interval) if found and found.interval else None,
        "p_holm": p,
        "trend": rising,
    }
