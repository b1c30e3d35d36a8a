"""Figures held against the targets and benchmarks of the playbooks, by the interval (domain 6.1, 6.7).

A target that the sources name is a suggestion with a source, not a law: it is told beside a figure's own
target, never in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from blueprint.analysis.measures import Measured, Placed, texts
from blueprint.analysis.proportion import held_against
from blueprint.model.survey import Survey
from blueprint.model.touchpoint import Metric

if TYPE_CHECKING:
    from blueprint.model.standards import Standards
    from blueprint.model.yardstick import Benchmark, Target


def named_by(names: Iterable[str], words: Iterable[str]) -> int:
    """Return the length of the longest of the words that stands in one of the names; 0 for none.

    Latin words must stand alone, Chinese ones may stand anywhere.
    """
    texts_ = [name.casefold() for name in names]
    longest = 0
    for word in words:
        pattern = re.escape(word.casefold())
        if word.isascii():
            pattern = rf"(?<![a-z0-9]){pattern}(?![a-z0-9])"
        if any(re.search(pattern, text) for text in texts_):
            longest = max(longest, len(word))
    return longest


def _names(placed: Placed[Metric] | Placed[Survey]) -> tuple[str, ...]:
    it = placed.written
    return texts(it.metric) if isinstance(it, Metric) else (it.survey,)


def _words(entry: Target | Benchmark) -> tuple[str, ...]:
    return (*((entry.metric,) if entry.metric else ()), *entry.aliases)


def target_for(placed: Placed[Metric] | Placed[Survey], targets: Mapping[str, Target]) -> str | None:
    """Return the id of the target that names a figure best and is of its kind; None where none does."""
    found, best = None, 0
    for id, entry in targets.items():
        length = named_by(_names(placed), _words(entry))
        if length > best:
            found, best = id, length
    if found is None:
        return None
    entry = targets[found]
    fits = entry.target is not None and entry.target.unit != "s"
    return found if fits and entry.statistic == placed.measured.unit else None


Where = Literal["below", "within", "above", "undetermined"]


def where(found: Measured, low: float | None, high: float | None) -> Where:
    """Say where the whole interval lies: below a benchmark, within it, above it, or across an end."""
    if found.interval is None or (low is None and high is None):
        return "undetermined"
    least, most = found.interval
    if low is not None and most < low:
        return "below"
    if high is not None and least > high:
        return "above"
    inside = (low is None or least >= low) and (high is None or most <= high)
    return "within" if inside else "undetermined"


def told(
    placed: Iterable[Placed[Metric] | Placed[Survey]], standards: Standards | None
) -> list[dict[str, Any]]:
    """Return what the playbooks say about figures, as plain data."""
    if standards is None:
        return []
    found: list[dict[str, Any]] = []
    for it in placed:
        if it.measured.value is None:
            continue
        here = {
            "touchpoint": it.touchpoint,
            "in": "figures" if isinstance(it.written, Metric) else "surveys",
            "index": it.index,
        }
        if (id := target_for(it, standards.targets)) is not None:
            found.append(here | _told_target(id, standards.targets[id], it.measured))
        if it.measured.unit == "points":
            found += [
                here | _told_benchmark(id, entry, it.measured)
                for id, entry in standards.benchmarks.items()
                if named_by(_names(it), _words(entry))
            ]
    return found


def _told_target(id: str, entry: Target, found: Measured) -> dict[str, Any]:
    budget = entry.target
    verdict = None
    if budget is not None:
        better: Literal["higher", "lower"] = "higher" if budget.operator in (">=", ">") else "lower"
        verdict = held_against(found.interval, budget.limit, better)
    return {
        "standard": f"targets/{id}",
        "says": budget.written if budget else None,
        "verdict": verdict,
        "source": entry.source,
        "verified": entry.verified,
    }


def _told_benchmark(id: str, entry: Benchmark, found: Measured) -> dict[str, Any]:
    ends = [f"{end:g}" for end in (entry.low, entry.high) if end is not None]
    return {
        "standard": f"benchmarks/{id}",
        "says": "–".join(ends) if len(ends) == 2 else f">= {ends[0]}" if entry.low is not None else None,
        "verdict": where(found, entry.low, entry.high),
        "source": entry.source,
        "verified": entry.verified,
    }
