"""How long it takes from a complaint until it is solved, on the journey's own graph and times (domain 11).

A complaint is solved where the journey reaches a touchpoint that confirms the solution (`purpose:
confirm`). Where none lies on any way, the end of the journey in a success stands for it, and is marked so:
much may happen between a solution and the end. The clock starts when the complaint is made: the complaint
touchpoint's own time counts. A confirmation that is a follow-up comes later, on a clock of its own: what
is solved was solved before it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from math import exp, log
from statistics import NormalDist

from blueprint.analysis.business_time import BusinessTime
from blueprint.analysis.chain import Chain
from blueprint.analysis.proportion import Interval, wilson
from blueprint.analysis.results import Uncomputable
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Times, Touchpoint

RUNS = 10_000
"""Journeys that a simulation plays."""
SEED = 11
MOST_STEPS = 10_000
"""A simulated journey that takes more steps never arrives."""
_Z90 = NormalDist().inv_cdf(0.9)


@dataclass(frozen=True, slots=True)
class Stay:
    """How long one visit takes, seconds: fixed, or lognormal through observed p50 and p90."""

    plan: float
    """Standard time and wait; the median where only that is known."""
    median: float | None = None
    spread: float = 0.0
    """σ of the logarithm, ln(p90/p50) / z(0.9)."""

    @property
    def mean(self) -> float:
        """The expected time: exp(μ + σ²/2) for a lognormal."""
        return self.plan if self.median is None else self.median * exp(self.spread**2 / 2)

    def draw(self, source: random.Random) -> float:
        """Return one time at random."""
        return self.plan if self.median is None else source.lognormvariate(log(self.median), self.spread)


def stay(times: Times | None) -> Stay | None:
    """Read a touchpoint's time; None where it names none."""
    if times is None:
        return None
    plan, seen = times.total, times.observed
    if seen is not None and seen.p50 and seen.p90 and seen.p90 >= seen.p50:
        return Stay(seen.p50 if plan is None else plan, seen.p50, log(seen.p90 / seen.p50) / _Z90)
    known = plan if plan is not None else seen.p50 if seen is not None else None
    return None if known is None else Stay(known)


@dataclass(frozen=True, slots=True)
class Attainment:
    """How many complaints are solved within a level, by simulation."""

    share: float
    """Of those that are solved at all."""
    interval: Interval
    """Wilson's interval of that share: the error of the simulation alone, not of the data."""
    runs: int
    """How many simulated complaints were solved."""


@dataclass(frozen=True)
class Recovery:
    """The part of a journey between a complaint and its solution.

    Attributes:
        start: the complaint touchpoint.
        ways: per touchpoint the shares of those that follow, what is lost left out.
        solved: per touchpoint the share that is solved right after it.
        stays: times; touchpoints without one are left out and take no time.
        confirmed: whether a touchpoint confirms the solution, rather than the end of the journey.
    """

    start: str
    ways: dict[str, dict[str, float]]
    solved: dict[str, float]
    stays: dict[str, Stay]
    confirmed: bool = True

    @property
    def untimed(self) -> tuple[str, ...]:
        """Touchpoints on the way that name no time."""
        return tuple(name for name in self.ways if name not in self.stays)

    def _time(self, name: str) -> float:
        return self.stays[name].plan if name in self.stays else 0.0

    @cached_property
    def shortest(self) -> tuple[float, tuple[str, ...]] | None:
        """The quickest way by plan (Dijkstra): seconds and touchpoints; None where nothing is solved."""
        open_: list[tuple[float, str, str]] = [(self._time(self.start), self.start, "")]
        before: dict[str, str] = {}
        while open_:
            seconds, name, came_from = heappop(open_)
            if name in before:
                continue
            before[name] = came_from
            if self.solved.get(name, 0.0) > 0:
                way = [name]
                while before[way[-1]]:
                    way.append(before[way[-1]])
                return seconds, tuple(reversed(way))
            for target, share in self.ways[name].items():
                if share > 0 and target not in before:
                    heappush(open_, (seconds + self._time(target), target, name))
        return None

    @cached_property
    def _chain(self) -> Chain:
        names = tuple(self.ways)
        place = {name: at for at, name in enumerate(names)}
        return Chain(
            names,
            ("solved", "lost"),
            tuple({place[t]: p for t, p in self.ways[name].items() if p > 0} for name in names),
            tuple(self._out(name) for name in names),
            {place[self.start]: 1.0},
        )

    def _out(self, name: str) -> dict[int, float]:
        solved = self.solved.get(name, 0.0)
        lost = 1 - solved - sum(self.ways[name].values())
        return {at: p for at, p in enumerate((solved, lost)) if p > 1e-12}

    @property
    def solved_share(self) -> float:
        """Probability that a complaint is solved at all."""
        return self._chain.absorption[0]

    @property
    def expected(self) -> float | None:
        """Expected seconds of the complaints that are solved; None where none is.

        Σ v_j t_j h_j / h, with visits v from the complaint, mean times t and h_j the probability of a
        solution from j (each visit counts as often as its journey is solved).
        """
        chain = self._chain
        solved = chain.factors.expected([row.get(0, 0.0) for row in chain.r])
        if self.solved_share <= 0:
            return None
        total = sum(
            chain.visits[at] * self.stays[name].mean * solved[at]
            for at, name in enumerate(chain.names)
            if name in self.stays and chain.visits[at] > 0
        )
        return total / self.solved_share

    @property
    def at_first_contact(self) -> float:
        """Probability of a solution without coming back to the complaint (first-contact resolution)."""
        chain, home = self._chain, self._chain.names.index(self.start)
        back = tuple({t: p for t, p in row.items() if t != home} for row in chain.q)
        lost = tuple(
            {b: p for b, p in ((0, row.get(0, 0.0)), (1, row.get(1, 0.0) + q.get(home, 0.0))) if p > 0}
            for row, q in zip(chain.r, chain.q, strict=True)
        )
        return Chain(chain.names, chain.outcomes, back, lost, {home: 1.0}).absorption[0]

    @property
    def repeated(self) -> float:
        """Probability that a complaint comes back, 1 − 1/N_cc."""
        chain = self._chain
        return 1 - 1 / chain.factors.returns()[chain.names.index(self.start)]

    def within(
        self, seconds: float, business: BusinessTime | None = None, *, runs: int = RUNS, seed: int = SEED
    ) -> Attainment | None:
        """Simulate how many of the solved complaints are solved within so many seconds.

        Every run is seeded alike, so that the same journey gives the same figure. None where no run is
        solved.

        Args:
            seconds: the level.
            business: the openings of the house where the level runs only then; complaints are made at any
                open time alike.
            runs: how many complaints are played.
            seed: of the random numbers.
        """
        times = self._times(runs, seed)
        if not times:
            return None
        if business is None:
            kept = sum(time <= seconds + 1e-9 for time in times)
        else:
            allowed, source = business.working(seconds), random.Random(seed + 1)
            starts = [business.arrival(source.random()) for _ in times]
            kept = sum(
                business.open_between(start, start + time) <= allowed + 1e-6
                for start, time in zip(starts, times, strict=True)
            )
        interval = wilson(kept, len(times))
        return None if interval is None else Attainment(kept / len(times), interval, len(times))

    def _times(self, runs: int, seed: int) -> list[float]:
        source = random.Random(seed)
        wheel = {name: self._wheel(name) for name in self.ways}
        times: list[float] = []
        for _ in range(runs):
            name: str | None = self.start
            total, steps = 0.0, 0
            while name and steps < MOST_STEPS:
                if name in self.stays:
                    total += self.stays[name].draw(source)
                name, steps = _spun(wheel[name], source.random()), steps + 1
            if name == "":
                times.append(total)
        return times

    def _wheel(self, name: str) -> list[tuple[float, str]]:
        """Return cumulated shares; the empty name is the solution, what is left over is lost."""
        total, wheel = 0.0, []
        for target, share in (("", self.solved.get(name, 0.0)), *self.ways[name].items()):
            total += share
            wheel.append((total, target))
        return wheel


def _spun(wheel: list[tuple[float, str]], turn: float) -> str | None:
    return next((target for bound, target in wheel if turn < bound - 1e-12), None)


def _called_back(touchpoint: Touchpoint) -> bool:
    """Whether the customer is asked later, on a clock of its own, so that the solution came before."""
    return {"confirm", "follow-up"} <= set(touchpoint.purpose)


def recovery(journey: Journey, complaint: str) -> Recovery:
    """Return the way from a complaint touchpoint to its solution.

    Raises:
        Uncomputable: a way leads nowhere or round for ever, or shares do not sum to 1.
    """
    points, outcomes = journey.touchpoints, journey.outcomes
    ways: dict[str, dict[str, float]] = {}
    solved: dict[str, float] = {}
    confirmed = False
    open_ = [complaint]
    while open_:
        name = open_.pop()
        if name in ways:
            continue
        ways[name] = {}
        if "confirm" in points[name].purpose and name != complaint:
            solved[name], confirmed = 1.0, True
            continue
        total = sum(route.share for route in journey.routes[name])
        if abs(total - 1) > 1e-6:
            raise Uncomputable(
                f"the shares after '{name}' sum to {total:.6g}, not to 1",
                f"'{name}' 之后的比例之和为 {total:.6g}，而不是 1",
                (name,),
            )
        for route in journey.routes[name]:
            if route.share <= 0:
                continue
            if route.target in points and _called_back(points[route.target]):
                solved[name], confirmed = solved.get(name, 0.0) + route.share / total, True
            elif route.target in points:
                ways[name][route.target] = ways[name].get(route.target, 0.0) + route.share / total
                open_.append(route.target)
            elif route.target not in outcomes:
                raise Uncomputable(
                    f"a way leads to '{route.target}': no touchpoint and no outcome",
                    f"有一条路通向 '{route.target}'，它既不是触点也不是结局",
                    (name,),
                )
            elif outcomes[route.target].result == "success":
                solved[name] = solved.get(name, 0.0) + route.share / total
    stays = {name: found for name in ways if (found := stay(points[name].time)) is not None}
    way = Recovery(complaint, ways, solved, stays, confirmed)
    _ = way.solved_share  # a way round for ever has none, which callers expect to hear from here
    return way
