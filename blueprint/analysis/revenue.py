"""Satisfaction beside revenue, period by period: how they went together (S004, 满意度-营收关联).

Ordinary least squares with Student's t for the slope; the elasticity is the slope of the logarithms, so
that “1 % more satisfaction, x % more revenue” can be read off. Periods in a row resemble each other, which
makes intervals too narrow: Durbin and Watson's statistic (1950, Biometrika 37:409; 2 is none) stands beside
them. What went together need not have caused each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, isfinite, log, sqrt
from typing import TYPE_CHECKING, Any

from blueprint.analysis.distributions import t_p, t_two_sided
from blueprint.analysis.proportion import Interval
from blueprint.diagnostic import Message
from blueprint.model.feedback import RevenueLink
from blueprint.model.sheet import Sheet

if TYPE_CHECKING:
    from blueprint.model.standards import Standards

_LARGEST = 1e100
"""Beyond it squares leave the range of numbers; no revenue does."""
CLAIM = "c28"
"""The claim that the sources make: CSAT up by 1 %, yearly revenue up by 2.3 %."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through points."""

    n: int
    slope: float
    error: float
    """Standard error of the slope."""
    interval: Interval
    """Of the slope, 95 %, Student's t with n − 2 degrees of freedom."""
    p: float
    """Two-sided, of a slope of 0."""
    intercept: float
    explained: float
    """R²."""
    durbin_watson: float | None
    """Σ(eₜ − eₜ₋₁)²/Σeₜ²; below about 1.5 neighbours resemble each other. None on a perfect line."""


def line(xs: Sequence[float], ys: Sequence[float], *, confidence: float = 0.95) -> Line | None:
    """Lay the line of least squares; None below three points, or where xs or ys are all equal or absurd.

    Raises:
        ValueError: there is not one y per x.
    """
    n = len(xs)
    if n != len(ys):
        raise ValueError(f"{n} and {len(ys)} values are no pairs")
    if n < 3 or max(map(abs, (*xs, *ys))) > _LARGEST:
        return None
    x, y = fsum(xs) / n, fsum(ys) / n
    sxx = fsum((it - x) ** 2 for it in xs)
    syy = fsum((it - y) ** 2 for it in ys)
    if sxx <= 1e-24 * max(1.0, x * x) or syy <= 1e-24 * max(1.0, y * y):
        return None
    slope = fsum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sxx
    intercept = y - slope * x
    rest = [b - intercept - slope * a for a, b in zip(xs, ys, strict=True)]
    left = fsum(it * it for it in rest)
    error = sqrt(left / (n - 2) / sxx)
    half = t_two_sided(confidence, n - 2) * error
    watson = fsum((b - a) ** 2 for a, b in pairwise(rest)) / left if left else None
    return Line(
        n=n,
        slope=slope,
        error=error,
        interval=Interval(slope - half, slope + half),
        p=t_p(slope / error, n - 2) if error else 0.0,
        intercept=intercept,
        explained=min(1.0, 1 - left / syy),
        durbin_watson=watson,
    )


def elasticity(xs: Sequence[float], ys: Sequence[float]) -> Line | None:
    """Lay the line through the logarithms; None where a value is not above 0."""
    if min((*xs, *ys), default=0.0) <= 0:
        return None
    return line([log(it) for it in xs], [log(it) for it in ys])


def told(
    link: RevenueLink | None, sheets: Mapping[str, Sheet], standards: Standards | None = None
) -> dict[str, Any] | None:
    """Return the line as plain data; None where nothing is written."""
    if link is None:
        return None
    empty: dict[str, Any] = {
        "n": None, "slope": None, "interval": None, "p": None, "explained": None, "durbin_watson": None,
        "elasticity": None, "elasticity_interval": None, "claim": None,
    }  # fmt: skip
    points = points_of(link, sheets)
    if isinstance(points, Message):
        return empty | {"reason": points}
    xs, ys = [x for x, _ in points], [y for _, y in points]
    found = line(xs, ys)
    if found is None:
        why = Message(
            "a line needs three periods and figures that differ", "至少需要三期数据，且数值不能全部相同"
        )
        return empty | {"n": len(points), "reason": why}
    bent = elasticity(xs, ys)
    return {
        "n": found.n,
        "slope": found.slope,
        "interval": list(found.interval),
        "p": found.p,
        "explained": found.explained,
        "durbin_watson": found.durbin_watson,
        "elasticity": bent.slope if bent else None,
        "elasticity_interval": list(bent.interval) if bent else None,
        "claim": _claim(bent, standards),
        "reason": None,
    }


def _claim(found: Line | None, standards: Standards | None) -> dict[str, Any] | None:
    claim = standards.claims.get(CLAIM) if standards else None
    value = claim.figures[0].value if claim and claim.figures else None
    if claim is None or value is None or found is None:
        return None
    low, high = found.interval
    return {
        "id": CLAIM,
        "says": value,
        "source": claim.source,
        "verified": claim.verified,
        "compatible": low <= value <= high,
    }


def points_of(link: RevenueLink, sheets: Mapping[str, Sheet]) -> list[tuple[float, float]] | Message:
    """Return satisfaction and revenue per period, or why there are none; empty cells are left out."""
    if link.data is None:
        return [(pair[0], pair[1]) for pair in link.pairs]
    sheet = sheets.get(link.data)
    if sheet is None:
        return Message("the table could not be read", "无法读取表格")
    columns = []
    for name in (link.satisfaction, link.revenue):
        if name not in sheet.columns:
            return Message(f"the table has no column `{name}`", f"表格没有 `{name}` 列")
        columns.append(sheet.columns[name])
    found: list[tuple[float, float]] = []
    for row, (a, b) in enumerate(zip(*columns, strict=True), 1):
        if not a or not b:
            continue
        try:
            x, y = float(a), float(b)
        except ValueError:
            x = y = float("nan")
        if not (isfinite(x) and isfinite(y)):
            return Message(f"row {row} holds no figures", f"第 {row} 行不是数字")
        found.append((x, y))
    return found
