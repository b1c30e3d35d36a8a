"""What market damage is computed from: a journey's market and traffic, and the parameters of a playbook."""

from __future__ import annotations

from collections.abc import Mapping

from blueprint.analysis.damage import SHARES, ImpossibleInputsError
from blueprint.analysis.scenarios import HANDLING, Span, Uncertain
from blueprint.diagnostic import ExplainedError
from blueprint.model.journey import Journey
from blueprint.model.market import Market, Range, Trouble
from blueprint.model.values import Money

_IN_WORDS = {
    "customers": "`market.customers` or `traffic.journeys`",
    "value": "`market.value` or `traffic.value`",
    "problems": "`market.problems`",
    "complaints": "`market.complaints`",
    **{name: f"`market.{name}`" for name in HANDLING},
    **{n: f"`market.loyalty.{n.removeprefix('loyalty_')}`" for n in SHARES if n.startswith("loyalty_")},
}


class IncompleteMarketError(ExplainedError):
    """The market does not say enough to compute with, or says what cannot be; the text says what."""


def value_of(journey: Journey) -> Money | None:
    """Return what a customer is worth: by the market, else by the traffic."""
    if journey.market is not None and journey.market.value is not None:
        return journey.market.value
    return journey.traffic.value if journey.traffic is not None else None


def known_shares(
    source: Market | Trouble, parameters: Mapping[str, float] | None = None
) -> dict[str, Span]:
    """Return what is written, and of the shares of complainants the third where two are."""
    written: dict[str, Range | None] = {
        "problems": source.problems if isinstance(source, Market) else source.rate,
        "complaints": source.complaints,
        "satisfied": source.satisfied,
        "mollified": source.mollified,
        "dissatisfied": source.dissatisfied,
    }
    if isinstance(source, Market) and source.loyalty is not None:
        written |= {
            f"loyalty_{name}": getattr(source.loyalty, name) for name in type(source.loyalty).model_fields
        }
    found = {name: Span(it.low, it.likely, it.high) for name, it in written.items() if it is not None}
    if parameters and not found.keys() & set(HANDLING):
        found |= {name: Span.at(parameters[name]) for name in HANDLING if name in parameters}
    known = [found[name] for name in HANDLING if name in found]
    if len(known) == 2:
        one, other = known
        ends = (1 - one.high - other.high, 1 - one.likely - other.likely, 1 - one.low - other.low)
        third = next(name for name in HANDLING if name not in found)
        found[third] = Span(*(min(1.0, max(0.0, round(end, 12))) for end in ends))
    defaults = {name: Span.at(value) for name, value in (parameters or {}).items() if name in SHARES}
    return {name: span for name, span in defaults.items() if name not in HANDLING} | found


def inputs_from(
    customers: float | None,
    value: Money | None,
    spans: Mapping[str, Span],
    touchpoint: str = "",
    *,
    paradox: bool,
) -> Uncertain:
    """Put the inputs together.

    Raises:
        IncompleteMarketError: something is missing, or cannot be.
    """
    missing = [name for name, it in (("customers", customers), ("value", value)) if it is None]
    missing += [name for name in SHARES if name not in spans]
    if customers is None or value is None or missing:
        listed = _in_words(missing)
        zh = "、".join(listed).replace(" or ", " 或 ")
        raise IncompleteMarketError(
            f"{touchpoint and touchpoint + ': '}nothing says {', '.join(listed)}",
            f"{touchpoint and touchpoint + '：'}没有写明 {zh}",
        )
    try:
        return Uncertain(customers, value.amount, {name: spans[name] for name in SHARES}, paradox)
    except ImpossibleInputsError as error:
        why = error.reason
        raise IncompleteMarketError(
            f"{touchpoint and touchpoint + ': '}{why.en}", f"{touchpoint and touchpoint + '：'}{why.zh}"
        ) from error


def missing_inputs(
    journey: Journey, parameters: Mapping[str, float] | None = None, *, market: bool = True
) -> tuple[str, ...]:
    """Return what would have to be written so that damage can be computed, by the names of the format.

    Args:
        journey: the journey.
        parameters: what a playbook gives.
        market: whether the market as a whole is meant; a touchpoint has a problem rate of its own.
    """
    known = known_shares(journey.market or Market(), parameters)
    named = journey.market is not None and journey.market.customers is not None
    absent = [] if named or journey.traffic is not None else ["customers"]
    absent += [] if value_of(journey) else ["value"]
    absent += [name for name in SHARES if name not in known and (market or name != "problems")]
    if not market and _handled_everywhere(journey):
        absent = [name for name in absent if name not in (*HANDLING, "complaints")]
    return _in_words(absent)


def _in_words(absent: list[str]) -> tuple[str, ...]:
    """Name what is missing; of the three shares of complainants two are enough."""
    ways = [_IN_WORDS[name] for name in HANDLING if name in absent]
    found: list[str] = []
    for name in absent:
        if name not in HANDLING:
            found.append(_IN_WORDS[name])
        elif name == next(it for it in HANDLING if it in absent):
            found += [*ways[:1], " or ".join(ways[1:])] if len(ways) == 3 else [" or ".join(ways)]
    return tuple(found)


def _handled_everywhere(journey: Journey) -> bool:
    own = [known_shares(p.problems) for p in journey.touchpoints.values() if p.problems and p.problems.rate]
    return all({*HANDLING, "complaints"} <= known.keys() for known in own)
