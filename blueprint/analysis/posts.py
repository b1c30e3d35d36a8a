"""What each post is measured by, dimension by dimension (S003, 岗位服务满意标准1.0).

A figure is read and held against its target like any metric: met or missed by the whole interval, else not
yet decided.
"""

from __future__ import annotations

from typing import Any, get_args

from blueprint.analysis.measures import placed_metric
from blueprint.analysis.measures_told import why
from blueprint.model.service import ServiceBlueprint
from blueprint.model.touchpoint import Dimension, Metric


def told(blueprint: ServiceBlueprint) -> dict[str, Any] | None:
    """Return the sheet of each post that has one as plain data; None where none has."""
    found: dict[str, Any] = {}
    for name, actor in blueprint.actors.items():
        if not actor.indicators:
            continue
        rows = []
        for at, it in enumerate(actor.indicators):
            metric = Metric(
                metric=it.indicator,
                value=it.value,
                n=it.n,
                sd=it.sd,
                target=it.target,
                better=it.better,
                source=it.source,
            )
            read = placed_metric(("actors", name, "indicators", at), None, at, metric)
            rows.append(
                {
                    "indicator": it.indicator.root,
                    "dimension": it.dimension,
                    "value": read.measured.value,
                    "n": read.measured.n,
                    "interval": None if read.measured.interval is None else list(read.measured.interval),
                    "target": read.target,
                    "verdict": read.verdict,
                    "reason": read.measured.reason or read.reason,
                    "why": why(read),
                }
            )
        covered = {it.dimension for it in actor.indicators}
        found[name] = {
            "indicators": rows,
            "dimensions_missing": [it for it in get_args(Dimension) if it not in covered],
            "verdicts": {
                verdict: sum(row["verdict"] == verdict for row in rows)
                for verdict in ("met", "missed", "undetermined")
            },
        }
    return found or None
