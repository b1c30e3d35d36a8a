"""What was computed about a service blueprint, for people at a terminal."""

from __future__ import annotations

from blueprint.analysis.results import BlueprintAnalysis
from blueprint.figures import duration, number, percent
from blueprint.report.analysis import COLUMNS, bar, row
from blueprint.report.display import clip, fold, pad, visible, width
from blueprint.report.labels import Words

_BAR = 16
"""Columns of the bars at the right."""


def lines_of(analysis: BlueprintAnalysis, language: str) -> list[str]:
    """Return the report of one blueprint, line by line."""
    w, blueprint = Words(language), analysis.blueprint
    title = visible(blueprint.heading.pick(w.language, blueprint.language))
    head = f"{title} ({blueprint.id})" if title != blueprint.id else title
    facts = [
        w(
            "delivery-size",
            steps=w.count(len(blueprint.steps), "step"),
            actors=w.count(len(blueprint.actors), "actor"),
            columns=w.count(len(analysis.columns), "column"),
        ),
        w("delivers", name=blueprint.journey),
    ]
    found = [*fold(head, COLUMNS), " · ".join(facts), "", w("delivery"), *_figures(analysis, w)]
    for heading, lines in (
        ("columns", _columns(analysis, w)),
        ("breaches", _breaches(analysis, w)),
        ("points", _points(analysis, w)),
    ):
        if lines:
            found += ["", w(heading), *lines]
    return found


def _figures(analysis: BlueprintAnalysis, w: Words) -> list[str]:
    lines = w.comma.join(f"{w(line)} {number(n)}" for line, n in analysis.crossings_by_line.items())
    found = row(w("crossings"), f"{w('per-execution', n=number(analysis.crossings))}   {lines}")
    found += row(w("handoffs"), w("per-execution", n=number(analysis.handoffs)))
    total = (analysis.standard_seconds or 0.0) + (analysis.wait_seconds or 0.0)
    if analysis.wait_share is not None:
        value = w("waiting-value", share=percent(analysis.wait_share), total=duration(total, w.language))
        found += row(w("waiting"), value)
    if analysis.critical_path_seconds is not None:
        path = " → ".join(analysis.critical_path)
        found += row(w("critical"), f"{duration(analysis.critical_path_seconds, w.language)}   {path}")
    if analysis.evidence_coverage is not None:
        found += row(w("evidence"), w("evidence-value", share=percent(analysis.evidence_coverage)))
    return found


def _columns(analysis: BlueprintAnalysis, w: Words) -> list[str]:
    if analysis.standard_seconds is None:
        return []
    longest = max((c.standard + c.wait for c in analysis.columns.values()), default=0.0) or 1.0
    rows = [[w(f"col-{name}") for name in ("steps", "standard", "wait", "tolerance")]]
    rows += [
        [
            str(column.steps),
            duration(column.standard, w.language),
            duration(column.wait, w.language),
            "–" if column.tolerance is None else duration(column.tolerance, w.language),
        ]
        for column in analysis.columns.values()
    ]
    cells = [max(map(width, values)) + 2 for values in zip(*rows, strict=True)]
    room = min(32, COLUMNS - _BAR - 4 - sum(cells))
    names = [w("col-name"), *analysis.columns]
    bars = ["", *(bar((c.standard + c.wait) / longest, _BAR) for c in analysis.columns.values())]
    return [
        f"  {pad(clip(name, room - 1), room)}"
        + "".join(pad(text, cell, right=True) for text, cell in zip(values, cells, strict=True))
        + f"  {drawn}"
        for name, values, drawn in zip(names, rows, bars, strict=True)
    ]


def _breaches(analysis: BlueprintAnalysis, w: Words) -> list[str]:
    found: list[str] = []
    for breach in analysis.breaches:
        text = w(
            f"breach-{breach.basis}",
            observed=duration(breach.observed, w.language),
            tolerance=duration(breach.tolerance, w.language),
        )
        found += fold(f"  `{breach.step}` {text}", COLUMNS, indent="    ")
    return found


def _points(analysis: BlueprintAnalysis, w: Words) -> list[str]:
    found: list[str] = []
    for name, steps in (
        ("fail-points", analysis.fail_points),
        ("wait-points", analysis.wait_points),
        ("decision-points", analysis.decision_points),
    ):
        if steps:
            found += row(w(name), f"{len(steps)}   {w.names(list(steps))}")
    return found
