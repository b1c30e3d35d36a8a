"""The touchpoint graph as an absorbing Markov chain (domain section 1.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from blueprint.analysis.elimination import Elimination
from blueprint.analysis.results import ChainFigures, Uncomputable
from blueprint.diagnostic import Message
from blueprint.model.exits import Route
from blueprint.model.journey import Journey

ROUNDING = 1e-6
"""How far written shares may be from 1 in sum; they are then scaled to 1."""

SMALL = 64
"""Up to so many touchpoints plain Python is quicker than importing numpy and networkx."""


class Factors(Protocol):
    """`I − Q` made ready to answer linear systems, over the states that the entry reaches."""

    def visits(self, start: Mapping[int, float]) -> list[float]:
        """Return `α N`; 0 for states never reached."""
        ...

    def expected(self, rewards: Sequence[float]) -> list[float]:
        """Return `N c`; only reached states have a meaning."""
        ...

    def returns(self) -> list[float]:
        """Return the diagonal of `N`; only reached states have a meaning."""
        ...


@dataclass(frozen=True)
class Chain:
    """An absorbing Markov chain: `P = [[Q, R], [0, I]]` with a start row α (Kemeny and Snell).

    Attributes:
        names: the states (touchpoints), in document order.
        outcomes: the absorbing states.
        q: per state the shares of the states that follow, zeros left out.
        r: per state the shares of the outcomes that follow, zeros left out.
        alpha: start shares by state, zeros left out.

    Raises:
        Uncomputable: shares of a reached state or of the entry do not sum to 1, or a reached state
            reaches no outcome. States that no journey reaches are not judged: they spoil no figure.
    """

    names: tuple[str, ...]
    outcomes: tuple[str, ...]
    q: tuple[dict[int, float], ...]
    r: tuple[dict[int, float], ...]
    alpha: dict[int, float]

    def __post_init__(self) -> None:
        if not self.names:
            raise Uncomputable("there is no touchpoint", "没有任何触点")
        if not self.alpha:
            raise Uncomputable(
                "no touchpoint is marked as first and no entry is written",
                "没有触点标为首触点，也没有写明入口",
            )
        alpha = _scaled(
            self.alpha, _total(self.alpha.values(), Message("the shares of the entry", "入口的比例"))
        )
        q, r = [*self.q], [*self.r]
        for state in self.reached:
            shares = (*q[state].values(), *r[state].values())
            total = _total(
                shares, Message("the shares after a touchpoint", "某触点之后的比例"), self.names[state]
            )
            q[state], r[state] = _scaled(q[state], total), _scaled(r[state], total)
        for name, scaled in (("alpha", alpha), ("q", tuple(q)), ("r", tuple(r))):
            object.__setattr__(self, name, scaled)
        trapped = self._trapped()
        if trapped:
            raise Uncomputable(
                "journeys get in here and never out: no outcome can be reached",
                "旅程进入此处后再也出不来：到不了任何结局",
                tuple(self.names[state] for state in trapped),
            )

    @classmethod
    def from_matrices(
        cls,
        q: Sequence[Sequence[float]],
        r: Sequence[Sequence[float]],
        alpha: Sequence[float],
        names: Sequence[str] | None = None,
        outcomes: Sequence[str] | None = None,
    ) -> Chain:
        """Build a chain from full matrices: Q (n × n), R (n × outcomes), α (n)."""
        return cls(
            tuple(names or (str(i) for i in range(len(q)))),
            tuple(outcomes or (str(i) for i in range(len(r[0]) if r else 0))),
            tuple({j: p for j, p in enumerate(row) if p > 0} for row in q),
            tuple({b: p for b, p in enumerate(row) if p > 0} for row in r),
            {i: p for i, p in enumerate(alpha) if p > 0},
        )

    @cached_property
    def reached(self) -> tuple[int, ...]:
        """The states that journeys reach, in document order."""
        return tuple(sorted(_closure(self.alpha, self.q)))

    def _trapped(self) -> list[int]:
        back: list[list[int]] = [[] for _ in self.names]
        for state in self.reached:
            for target in self.q[state]:
                back[target].append(state)
        out = _closure((state for state in self.reached if self.r[state]), back)
        return [state for state in self.reached if state not in out]

    @cached_property
    def leave(self) -> tuple[float, ...]:
        """Per state the probability that the journey ends right after it."""
        return tuple(sum(row.values()) for row in self.r)

    @cached_property
    def factors(self) -> Factors:
        """`I − Q`, ready to answer linear systems."""
        if len(self.reached) <= SMALL:
            rows = [{**row, -1: out} if out else row for row, out in zip(self.q, self.leave, strict=True)]
            return Elimination(rows, self.reached)
        from blueprint.analysis.components import Components

        return Components(self)

    @cached_property
    def visits(self) -> list[float]:
        """Expected visits per journey, `v = α N`."""
        return self.factors.visits(self.alpha)

    @cached_property
    def absorption(self) -> list[float]:
        """Probability of each outcome, `β = v R`."""
        shares = [0.0] * len(self.outcomes)
        for state in self.reached:
            for outcome, p in self.r[state].items():
                shares[outcome] += self.visits[state] * p
        return shares

    @cached_property
    def ever(self) -> list[float]:
        """Probability that a journey visits the state at all, `H_j = v_j / N_jj`."""
        returns = self.factors.returns()
        return [min(1.0, v / again) if v else 0.0 for v, again in zip(self.visits, returns, strict=True)]

    def moments(self, rewards: Sequence[float]) -> tuple[float, float]:
        """Return mean and variance per journey of a sum of fixed rewards, one per visit.

        With rewards d and τ = N d: mean α τ, second moment `v · (2 d∘τ − d∘d)`; for d = 1 this is
        `(2N − I)t − t∘t` of Kemeny and Snell, seen from the entry.
        """
        ahead = self.factors.expected(rewards)
        mean = sum(p * ahead[state] for state, p in self.alpha.items())
        second = sum(self.visits[s] * rewards[s] * (2 * ahead[s] - rewards[s]) for s in self.reached)
        return mean, max(0.0, second - mean * mean)


def _closure(start: Iterable[int], ways: Sequence[Iterable[int]]) -> set[int]:
    found = set(start)
    todo = list(found)
    while todo:
        for target in ways[todo.pop()]:
            if target not in found:
                found.add(target)
                todo.append(target)
    return found


def _total(shares: Iterable[float], what: Message, *where: str) -> float:
    """Sum up shares; raise Uncomputable where they are not 1 but for rounding."""
    shares = tuple(shares)
    if not shares:
        raise Uncomputable(
            "the journey stops here and reaches no outcome", "旅程在此中断，到不了任何结局", where
        )
    total = sum(shares)
    if not abs(total - 1) <= ROUNDING + 1e-12:
        raise Uncomputable(
            f"{what.en} sum to {total:.6g}, not to 1", f"{what.zh}之和为 {total:.6g}，而不是 1", where
        )
    return total


def _scaled(shares: dict[int, float], total: float) -> dict[int, float]:
    return shares if total == 1 else {target: share / total for target, share in shares.items()}


def chain_of(journey: Journey) -> Chain:
    """Read a journey as a chain. An id that is both touchpoint and outcome means the touchpoint.

    Raises:
        Uncomputable: there is no touchpoint or no entry, a way leads to an id that does not exist,
            shares do not sum to 1, or touchpoints reach no outcome.
    """
    names = tuple(journey.touchpoints)
    places = {name: at for at, name in enumerate(names)}
    ends = {name: at for at, name in enumerate(journey.outcomes)}
    unknown: dict[str, str] = {}
    q: list[dict[int, float]] = []
    r: list[dict[int, float]] = []
    for name in names:
        onward: dict[int, float] = {}
        out: dict[int, float] = {}
        for target, share in _shares(journey.routes[name]).items():
            if target in places:
                onward[places[target]] = share
            elif target in ends:
                out[ends[target]] = share
            else:
                unknown.setdefault(name, target)
        q.append(onward)
        r.append(out)
    if unknown:
        written = ", ".join(f"'{target}'" for target in dict.fromkeys(unknown.values()))
        raise Uncomputable(
            f"a way leads to {written}: no touchpoint and no outcome",
            f"有一条路通向 {written}，它既不是触点也不是结局",
            tuple(unknown),
        )
    alpha = {}
    for target, share in _shares(journey.entries).items():
        if target not in places:
            raise Uncomputable(
                f"the entry leads to '{target}', which is no touchpoint",
                f"入口通向 '{target}'，它不是触点",
                (target,),
            )
        alpha[places[target]] = share
    return Chain(names, tuple(journey.outcomes), tuple(q), tuple(r), alpha)


def _shares(routes: Sequence[Route]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for route in routes:
        if route.share > 0:
            shares[route.target] = shares.get(route.target, 0.0) + route.share
    return shares


def chain_figures(journey: Journey, chain: Chain) -> ChainFigures:
    """Compute what the chain says about a journey, seen from the entry (domain 1.4)."""
    names, visits, absorption = chain.names, chain.visits, chain.absorption
    steps, steps_variance = chain.moments([1.0] * len(names))
    times = [point.time.total if point.time else None for point in journey.touchpoints.values()]
    seconds, seconds_variance = (
        (None, None)
        if all(time is None for time in times)
        else chain.moments([time or 0.0 for time in times])
    )
    last_before: dict[str, dict[str, float]] = {outcome: {} for outcome in chain.outcomes}
    traversals: dict[tuple[str, str], float] = {}
    for state, name in enumerate(names):
        for route in journey.routes[name]:
            traversals[name, route.target] = 0.0
        for target, p in chain.q[state].items():
            traversals[name, names[target]] = visits[state] * p
        for outcome, p in chain.r[state].items():
            traversals[name, chain.outcomes[outcome]] = visits[state] * p
            last_before[chain.outcomes[outcome]][name] = visits[state] * p
    assumed = [name for name in names if any(route.assumed for route in journey.routes[name])]
    if any(route.assumed for route in journey.entries):
        assumed.insert(0, "entry")
    return ChainFigures(
        visits=dict(zip(names, visits, strict=True)),
        ever_visited=dict(zip(names, chain.ever, strict=True)),
        rework={n: max(0.0, v - e) for n, v, e in zip(names, visits, chain.ever, strict=True)},
        outcomes=dict(zip(chain.outcomes, absorption, strict=True)),
        completion=sum(
            p
            for (_, outcome), p in zip(journey.outcomes.items(), absorption, strict=True)
            if outcome.result == "success"
        ),
        last_touchpoint={n: v * out for n, v, out in zip(names, visits, chain.leave, strict=True)},
        last_before=last_before,
        steps=steps,
        steps_variance=steps_variance,
        seconds=seconds,
        seconds_variance=seconds_variance,
        traversals=traversals,
        assumed=tuple(assumed),
    )
