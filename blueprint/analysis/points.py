"""Points: what they cost the house, what they are worth to a member, how soon they buy something (S004).

Per member and year a tier gives spend × earn points. The rebate is the part of spending that comes back:
earn × value × redeemed. What the house owes for points not yet spent is outstanding × redeemed × value, the
estimate that accounting asks for (IFRS 15, B39–B43: breakage). A reward takes ⌈points / points per visit⌉
visits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, isfinite
from typing import Any

from blueprint.diagnostic import Message
from blueprint.model.customers import Points


@dataclass(frozen=True, slots=True)
class TierFigures:
    """What points come to in one tier."""

    points: float
    """Per member and year."""
    rebate: float
    """Share of spending that comes back."""
    cost: float
    """Per member and year, in the currency of the value."""
    members: int | None
    cost_of_all: float | None
    visits: dict[str, int | None]
    """Reward → visits until it is earned; None where nothing is earned or visits are not known."""


def tier_figures(points: Points, members: Mapping[str, int] | None = None) -> dict[str, TierFigures]:
    """Compute each tier.

    Args:
        points: the scheme.
        members: per tier, where the scheme does not say.
    """
    found: dict[str, TierFigures] = {}
    for name, tier in points.tiers.items():
        earned = tier.spend.amount * tier.earn
        count = tier.members if tier.members is not None else (members or {}).get(name)
        cost = earned * points.redeemed * points.value.amount
        a_visit = earned / tier.visits if tier.visits else None
        found[name] = TierFigures(
            points=earned,
            rebate=tier.earn * points.value.amount * points.redeemed,
            cost=cost,
            members=count,
            cost_of_all=None if count is None else cost * count,
            visits={id: _visits(reward.points, a_visit) for id, reward in points.rewards.items()},
        )
    return found


def _visits(points: float, a_visit: float | None) -> int | None:
    """Return how many visits it takes; None where no visit, or no number that can be said, is enough."""
    if not a_visit or not isfinite(points / a_visit):
        return None
    return ceil(points / a_visit - 1e-9)


def liability(points: Points) -> float | None:
    """Return what the house owes for points not yet spent; None where nobody counts them."""
    if points.outstanding is None:
        return None
    return points.outstanding * points.redeemed * points.value.amount


def told(points: Points | None, members: Mapping[str, int] | None = None) -> dict[str, Any] | None:
    """Return the scheme as plain data; None where there is none."""
    if points is None:
        return None
    currencies = {points.value.currency, *(tier.spend.currency for tier in points.tiers.values())}
    if len(currencies) > 1:
        return {
            "currency": None,
            "tiers": {},
            "liability": None,
            "yearly_cost": None,
            "rising": None,
            "reason": Message("amounts are in several currencies", "金额使用了多种货币"),
        }
    figures = tier_figures(points, members)
    costs = [it.cost_of_all for it in figures.values()]
    known = [it for it in costs if it is not None]
    rebates = [it.rebate for it in figures.values()]
    return {
        "currency": points.value.currency,
        "tiers": {
            name: {
                "points": it.points,
                "rebate": it.rebate,
                "cost": it.cost,
                "members": it.members,
                "cost_of_all": it.cost_of_all,
                "visits_to_reward": it.visits,
            }
            for name, it in figures.items()
        },
        "liability": liability(points),
        "yearly_cost": sum(known) if len(known) == len(costs) else None,
        "rising": all(a <= b + 1e-12 for a, b in pairwise(rebates)),
        "reason": None,
    }
