"""Questions put to the figures: a customer of high value, winning instead of keeping, a higher price.

Nothing here is computed unasked: every number is written in the journey, and the claim of the sources that
is usually quoted for it stands beside the answer, with whether anybody looked it up (E03, A03, A23 of the
domain sheet). A price that rises by d pays as long as no more than d / (d + m) of the sales are lost,
m being what is left of the old price (Nagle and Holden, The Strategy and Tactics of Pricing: break-even
sales).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from blueprint.analysis.damage import replacement_cost
from blueprint.model.market import Market, Range, WhatIf
from blueprint.model.values import Money

if TYPE_CHECKING:
    from blueprint.model.standards import Standards


class Span(NamedTuple):
    """A figure from the least over the likely to the most it can be."""

    low: float
    likely: float
    high: float

    def times(self, factor: float) -> Span:
        """Return it times something above 0."""
        return Span(self.low * factor, self.likely * factor, self.high * factor)


def vip_loss(vips: float, factor: Range, value: float) -> Span:
    """Return what is lost with customers of high value: each counts for `factor` ordinary ones."""
    return Span(factor.low, factor.likely, factor.high).times(vips * value)


def break_even_lost(premium: float, margin: float) -> float:
    """Return the share of sales that a higher price may cost before it stops to pay: d / (d + m).

    Raises:
        ValueError: the price does not rise, or the margin is not in (0, 1].
    """
    if premium <= 0 or not 0 < margin <= 1:
        raise ValueError("a price that rises and a margin above 0 are needed")
    return premium / (premium + margin)


def told(
    market: Market, value: Money | None, lost: float | None, standards: Standards | None = None
) -> dict[str, Any] | None:
    """Return the answers as plain data; None where nothing is asked, null where a figure is missing.

    Args:
        market: with its `what_if`.
        value: what one customer is worth.
        lost: how many customers problems cost.
        standards: the playbooks in force, for the claims.
    """
    asked = market.what_if
    if asked is None:
        return None
    worth = value.amount if value else None
    return {
        "currency": value.currency if value else asked.keeping.currency if asked.keeping else None,
        "vip_loss": _vip(asked, worth, standards),
        "replacement": _replacement(market, asked, lost, worth, standards),
        "premium": _premium(asked, standards),
        "revenue": _revenue(market, asked, worth, standards),
    }


def _vip(asked: WhatIf, worth: float | None, standards: Standards | None) -> dict[str, Any] | None:
    if asked.vips is None or asked.vip_factor is None or worth is None:
        return None
    found = vip_loss(asked.vips, asked.vip_factor, worth)
    return {"vips": asked.vips, "money": found.likely, "money_range": [found.low, found.high]} | _claim(
        "c04", standards
    )


def _replacement(
    market: Market, asked: WhatIf, lost: float | None, worth: float | None, standards: Standards | None
) -> dict[str, Any] | None:
    keeping, ratio = asked.keeping, market.acquisition
    if keeping is None or ratio is None:
        return None
    stay = None
    if asked.retention is not None and market.customers is not None:
        stay = market.customers * asked.retention
    return {
        "per_customer": replacement_cost(1.0, ratio, keeping.amount),
        "for_the_lost": None if lost is None else replacement_cost(lost, ratio, keeping.amount),
        "kept": stay,
        "kept_worth": None if stay is None or worth is None else stay * worth,
        "winning_as_many": None if stay is None else replacement_cost(stay, ratio, keeping.amount),
    } | _claim("c16", standards)


def _premium(asked: WhatIf, standards: Standards | None) -> dict[str, Any] | None:
    rise, margin = asked.premium, asked.margin
    if rise is None or margin is None or rise.low <= 0 or margin <= 0:
        return None
    return {
        "rise": [rise.low, rise.likely, rise.high],
        "sales_that_may_be_lost": [
            break_even_lost(it, margin) for it in (rise.low, rise.likely, rise.high)
        ],
    } | _claim("c23", standards)


def _revenue(
    market: Market, asked: WhatIf, worth: float | None, standards: Standards | None
) -> dict[str, Any] | None:
    more, each = asked.satisfaction, asked.elasticity
    if more is None or each is None:
        return None
    corners = [a * b / 100 for a in (more.low, more.high) for b in (each.low, each.high)]
    share = Span(min(corners), more.likely * each.likely / 100, max(corners))
    base = None if worth is None or market.customers is None else worth * market.customers
    return {
        "share": share.likely,
        "share_range": [share.low, share.high],
        "money": None if base is None else share.likely * base,
        "money_range": None if base is None else [share.low * base, share.high * base],
    } | _claim("c28", standards)


def _claim(id: str, standards: Standards | None) -> dict[str, Any]:
    claim = standards.claims.get(id) if standards else None
    if claim is None:
        return {"claim": None}
    return {"claim": {"id": id, "source": claim.source, "verified": claim.verified}}
