"""Market damage with uncertain inputs: ranges, which input matters most, and what changes would save.

Damage is linear in each input while the others stand (and rises or falls all the way in one that is
capped), so that over a box of inputs its extremes lie at corners: the ranges here are exact for
independent inputs, not simulated. Shares of complainants sum to 1,
so that their corners are those of the box cut by that plane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, NamedTuple

from blueprint.analysis.damage import SHARES, Damage, ImpossibleInputsError, Inputs, damage

HANDLING: Final = ("satisfied", "mollified", "dissatisfied")
LOYALTIES: Final = tuple(name for name in SHARES if name.startswith("loyalty_"))
_TINY = 1e-9


class Span(NamedTuple):
    """A figure between the lowest and the highest thought possible."""

    low: float
    likely: float
    high: float

    @classmethod
    def at(cls, value: float) -> Span:
        """Return a figure without uncertainty."""
        return cls(value, value, value)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Inputs of market damage as spans.

    Attributes:
        customers: how many.
        value: of one customer.
        spans: for each of `damage.SHARES`.
        paradox: whether a complaint well handled may leave customers more loyal than no problem; otherwise
            L_s counts as at most L₀, since recovery moves satisfaction but hardly repurchase (de Matos,
            Henrique and Rossi 2007).

    Raises:
        ImpossibleInputsError: a span in the wrong order or outside [0, 1], likely shares of complainants
            that do not sum to 1.
        ValueError: a span is missing.
    """

    customers: float
    value: float
    spans: Mapping[str, Span]
    paradox: bool = False

    def __post_init__(self) -> None:
        if set(self.spans) != set(SHARES):
            raise ValueError(f"spans are needed for exactly {', '.join(SHARES)}")
        for name, (low, likely, high) in self.spans.items():
            if not 0 <= low <= likely <= high <= 1:
                raise ImpossibleInputsError(
                    f"{name}: {low:g}, {likely:g}, {high:g} is no range of a share from low to high",
                    f"{name}：{low:g}、{likely:g}、{high:g} 不是由低到高的比例区间",
                )
        _ = self.likely  # which says what is wrong with it

    @property
    def likely(self) -> Inputs:
        """The inputs to compute with."""
        return self._at({name: span.likely for name, span in self.spans.items()})

    def _at(self, shares: dict[str, float]) -> Inputs:
        if not self.paradox:
            capped = min(shares["loyalty_satisfied"], shares["loyalty_untroubled"])
            shares = {**shares, "loyalty_satisfied": capped}
        return Inputs(self.customers, self.value, **shares)

    @property
    def certain(self) -> bool:
        """Whether no span has any width."""
        return all(span.low == span.high for span in self.spans.values())

    def handlings(self) -> tuple[tuple[float, float, float], ...]:
        """Return the corners of (satisfied, mollified, dissatisfied): inside their spans, summing to 1."""
        spans = [self.spans[name] for name in HANDLING]
        found: set[tuple[float, ...]] = set()
        if all(span.low == span.high for span in spans):  # which may sum to 1 only nearly
            return ((spans[0].likely, spans[1].likely, spans[2].likely),)
        for free in range(3):
            first, second = (at for at in range(3) if at != free)
            for one, other in product(_ends(spans[first]), _ends(spans[second])):
                rest = 1 - one - other
                if spans[free].low - _TINY <= rest <= spans[free].high + _TINY:
                    corner = [0.0, 0.0, 0.0]
                    corner[first], corner[second], corner[free] = one, other, min(1.0, max(0.0, rest))
                    found.add(tuple(round(share, 12) for share in corner))
        return tuple((a, b, c) for a, b, c in sorted(found))

    def corners(self) -> Iterator[Inputs]:
        """Yield every corner of the box."""
        free = [name for name in SHARES if name not in HANDLING]
        for handling in self.handlings():
            for ends in product(*(_ends(self.spans[name]) for name in free)):
                yield self._at(dict(zip((*HANDLING, *free), (*handling, *ends), strict=True)))

    def extremes(self) -> Iterator[Inputs]:
        """Yield the corners among which damage is least and greatest.

        Of loyalties two settings are enough, since damage rises with that of the untroubled and falls
        with all others, wherever the rest stands.
        """
        for worst in (False, True):
            ends = {
                name: (span.high if worst == (name == "loyalty_untroubled") else span.low)
                for name, span in self.spans.items()
                if name in LOYALTIES
            }
            settled = {name: Span.at(end) for name, end in ends.items()}
            yield from replace(self, spans={**self.spans, **settled}).corners()


def _ends(span: Span) -> tuple[float, ...]:
    return (span.low,) if span.low == span.high else (span.low, span.high)


def damage_range(uncertain: Uncertain, figure: Callable[[Damage], float]) -> tuple[float, float]:
    """Return the least and the greatest that a figure of the damage can be, such as its money."""
    found = [figure(damage(inputs)) for inputs in uncertain.extremes()]
    return min(found), max(found)


class Swing(NamedTuple):
    """What one uncertain input alone does to the damage."""

    name: str
    """The input; `handling` for the three shares of complainants together."""
    least: float
    """V·damage where the input is best for it, all others at their likely value."""
    greatest: float


def swings(uncertain: Uncertain) -> tuple[Swing, ...]:
    """Return which uncertain input matters most, widest first: what to find out before anything else."""
    settled = {name: Span.at(span.likely) for name, span in uncertain.spans.items()}
    groups: list[tuple[str, tuple[str, ...]]] = [(name, (name,)) for name in SHARES if name not in HANDLING]
    groups.append(("handling", HANDLING))
    found = []
    for name, members in groups:
        if all(uncertain.spans[m].low == uncertain.spans[m].high for m in members):
            continue
        alone = replace(uncertain, spans={**settled, **{m: uncertain.spans[m] for m in members}})
        found.append(Swing(name, *_money_over(alone.corners())))
    return tuple(sorted(found, key=lambda swing: -round(swing.greatest - swing.least, 9)))


def _money_over(corners: Iterator[Inputs]) -> tuple[float, float]:
    money = [damage(inputs).money for inputs in corners]
    return min(money), max(money)


class Scenario(NamedTuple):
    """What a change would do."""

    name: str
    """`fewer-problems`, `more-complaints` or `better-handling`."""
    change: float
    """A part of the problems, or percentage points as a share."""
    lost: float
    """Customers lost afterwards."""
    money: float
    """V·damage afterwards."""
    saved: float
    """What it saves, at the likely values; below 0 where it costs."""
    saved_range: tuple[float, float]
    """The same over every corner, before and after at the same one."""


def fewer_problems(inputs: Inputs, part: float) -> Inputs:
    """Return the same market with a part of its problems gone."""
    return replace(inputs, problems=inputs.problems * (1 - part))


def more_complaints(inputs: Inputs, points: float) -> Inputs:
    """Return the same market with so many more of the troubled speaking up."""
    return replace(inputs, complaints=inputs.complaints + points)


def better_handling(inputs: Inputs, points: float) -> Inputs:
    """Return the same market with so many complainants moved from dissatisfied to satisfied."""
    return replace(inputs, satisfied=inputs.satisfied + points, dissatisfied=inputs.dissatisfied - points)


def scenarios(uncertain: Uncertain, step: float = 0.1) -> tuple[Scenario, ...]:
    """Return what one step on each lever would save, most first.

    A step is a tenth of the problems, or ten points of complaints or handling; less where there is less
    room, so that the same step can be taken at every corner.

    Raises:
        ValueError: the step is not in (0, 1].
    """
    if not 0 < step <= 1:
        raise ValueError(f"a step lies in (0, 1], not at {step:g}")
    room_to_speak = 1 - uncertain.spans["complaints"].high
    room_to_mend = min(handling[2] for handling in uncertain.handlings())
    changes: tuple[tuple[str, float, Callable[[Inputs, float], Inputs]], ...] = (
        ("fewer-problems", step, fewer_problems),
        ("more-complaints", min(step, room_to_speak), more_complaints),
        ("better-handling", min(step, room_to_mend), better_handling),
    )
    corners = tuple(uncertain.corners())
    found = []
    for name, size, change in changes:
        if size <= _TINY:
            continue
        after = damage(change(uncertain.likely, size))
        saved = [damage(inputs).money - damage(change(inputs, size)).money for inputs in corners]
        before = damage(uncertain.likely).money
        found.append(
            Scenario(name, size, after.lost, after.money, before - after.money, (min(saved), max(saved)))
        )
    return tuple(sorted(found, key=lambda scenario: -round(scenario.saved, 9)))
