"""A forecast held against what came: Brier score, calibration, discrimination (S004, 预测分析).

Cases come grouped by the chance they were given. Brier = Σ n[ō(1−p)² + (1−ō)p²]/N, taken apart as
reliability − resolution + uncertainty (Murphy 1973, Journal of Applied Meteorology 12:595), which is exact
for groups. The AUC is the share of pairs of one that came and one that did not in which the first was given
the higher chance, ties half; its interval is Hanley and McNeil's (1982, Radiology 143:29).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Any, NamedTuple

from blueprint.analysis.distributions import z_two_sided
from blueprint.analysis.proportion import Interval, wilson
from blueprint.diagnostic import Message
from blueprint.model.feedback import Forecast


class Group(NamedTuple):
    """Cases that were given one chance."""

    p: float
    n: int
    came: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What a forecast is worth."""

    n: int
    base_rate: float
    """The share of all cases in which it came."""
    brier: float
    """0 is perfect; always to say the base rate gives `uncertainty`."""
    reliability: float
    """How far the chances given lie from what came; 0 is best."""
    resolution: float
    """How far groups lie apart in what came; more is better."""
    uncertainty: float
    """ō(1 − ō)."""
    skill: float | None
    """1 − Brier/uncertainty: what is gained over always saying the base rate."""
    auc: float | None
    """None where everybody or nobody came."""
    auc_interval: Interval | None
    off: tuple[int, ...]
    """Groups whose chance lies outside of Wilson's interval of what came, by their place."""


def judged(groups: Sequence[Group], *, confidence: float = 0.95) -> Judged | None:
    """Judge a forecast; None without cases.

    Raises:
        ValueError: more came than there were, or a chance outside [0, 1].
    """
    if any(not (0 <= g.p <= 1 and 0 <= g.came <= g.n) for g in groups):
        raise ValueError("a chance lies in [0, 1], and no more can come than there were")
    n, came = sum(g.n for g in groups), sum(g.came for g in groups)
    if not n:
        return None
    rate = came / n
    brier = fsum(g.came * (1 - g.p) ** 2 + (g.n - g.came) * g.p**2 for g in groups) / n
    # Groups with one chance are one group: only so the decomposition is exact.
    merged: dict[float, tuple[int, int]] = {}
    for g in groups:
        size, hit = merged.get(g.p, (0, 0))
        merged[g.p] = (size + g.n, hit + g.came)
    known = [(p, size, hit / size) for p, (size, hit) in merged.items() if size]
    reliability = fsum(size * (p - seen) ** 2 for p, size, seen in known) / n
    resolution = fsum(size * (seen - rate) ** 2 for _, size, seen in known) / n
    uncertainty = rate * (1 - rate)
    off = []
    for at, g in enumerate(groups):
        span = wilson(g.came, g.n, confidence=confidence)
        if span is not None and not span.low - 1e-12 <= g.p <= span.high + 1e-12:
            off.append(at)
    area = auc(groups)
    return Judged(
        n=n,
        base_rate=rate,
        brier=brier,
        reliability=reliability,
        resolution=resolution,
        uncertainty=uncertainty,
        skill=1 - brier / uncertainty if uncertainty else None,
        auc=area,
        auc_interval=None if area is None else auc_interval(area, came, n - came, confidence=confidence),
        off=tuple(off),
    )


def auc(groups: Sequence[Group]) -> float | None:
    """Return P(chance of one that came > chance of one that did not) + ½ P(equal)."""
    order = sorted(groups)
    came, not_ = sum(g.came for g in order), sum(g.n - g.came for g in order)
    if not came or not not_:
        return None
    below = 0
    wins = 0.0
    at = 0
    while at < len(order):
        same = [g for g in order[at:] if g.p == order[at].p]
        hits, misses = sum(g.came for g in same), sum(g.n - g.came for g in same)
        wins += hits * (below + misses / 2)
        below += misses
        at += len(same)
    return wins / (came * not_)


def auc_error(area: float, came: int, not_: int) -> float:
    """Return Hanley and McNeil's standard error: Q₁ = A/(2−A), Q₂ = 2A²/(1+A)."""
    one, two = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (came - 1) * (one - area * area) + (not_ - 1) * (two - area * area)
    return sqrt(max(0.0, spread) / (came * not_))


def auc_interval(area: float, came: int, not_: int, *, confidence: float = 0.95) -> Interval | None:
    """Return the interval of an AUC, within [0, 1]; None where the formula has no error left (0 or 1)."""
    half = z_two_sided(confidence) * auc_error(area, came, not_)
    return Interval(max(0.0, area - half), min(1.0, area + half)) if half else None


def told(forecasts: Sequence[Forecast]) -> list[dict[str, Any]]:
    """Return every forecast judged, as plain data."""
    found = []
    for written in forecasts:
        groups = [Group(it.p, it.n, it.came) for it in written.bins]
        empty = dict.fromkeys(
            ("n", "base_rate", "brier", "reliability", "resolution", "uncertainty", "skill", "auc")
        )
        page: dict[str, Any] = {"forecast": written.forecast.root, **empty}
        page |= {"auc_interval": None, "off": [], "calibrated": None, "reason": None}
        if any(group.came > group.n for group in groups):
            page["reason"] = Message("more came true than was foreseen", "实际发生数多于预测人数")
        elif (it := judged(groups)) is not None:
            page |= {
                "n": it.n,
                "base_rate": it.base_rate,
                "brier": it.brier,
                "reliability": it.reliability,
                "resolution": it.resolution,
                "uncertainty": it.uncertainty,
                "skill": it.skill,
                "auc": it.auc,
                "auc_interval": None if it.auc_interval is None else list(it.auc_interval),
                "off": list(it.off),
                "calibrated": not it.off,
            }
        found.append(page)
    return found
