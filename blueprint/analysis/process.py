"""The steps of a blueprint as a process: how often each is executed, and its longest chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from blueprint.analysis.executions import executions, kept
from blueprint.model.service import ServiceBlueprint, Step


@dataclass(frozen=True)
class Process:
    """Steps and the links between them.

    Attributes:
        order: the steps in an order in which every link leads ahead, except those that close a loop.
        passages: expected passages of each link per execution.
        ahead: per step the steps it leads to, without the links that close a loop.
        visits: expected visits per column (touchpoint); columns left out are visited once.
        executions: expected executions of each step per journey.
    """

    order: tuple[str, ...]
    passages: dict[tuple[str, str], float]
    ahead: dict[str, tuple[str, ...]]
    visits: Mapping[str, float]
    executions: Mapping[str, float]

    def longest(self, seconds: Mapping[str, float]) -> tuple[tuple[str, ...], float]:
        """Return the longest chain of steps by time and its length; loops are not walked again.

        Branches that begin at once are joined by the slowest, and of alternatives the slowest counts: it
        is the time that can be promised. Of equally long chains the one with more steps, then the one
        written first.
        """
        best: dict[str, tuple[float, int]] = {}
        following: dict[str, str | None] = {}
        for step in reversed(self.order):
            ways = [(best[target], target) for target in self.ahead[step]]
            (length, count), following[step] = max(ways, key=lambda way: way[0], default=((0.0, 0), None))
            best[step] = (length + seconds.get(step, 0.0), count + 1)
        place = {step: at for at, step in enumerate(self.ahead)}
        at: str | None = max(self.order, key=lambda step: (best[step], -place[step]))
        length = best[at][0] if at is not None else 0.0
        path: list[str] = []
        while at is not None:
            path.append(at)
            at = following[at]
        return tuple(path), length


def process_of(blueprint: ServiceBlueprint, visits: Mapping[str, float]) -> Process:
    """Read a blueprint as a process.

    A step that no other leads to is executed once per visit of its touchpoint. From there a written share
    passes on as written, `rest` takes what is left, all branches of a parallel fork are taken, and where
    nobody wrote shares each way counts fully (the count of edges). A way without a share into another
    column is taken as often as the journey's visits say. Links to unknown steps are left out.
    """
    steps: dict[str, Step] = {}
    for step in blueprint.steps:
        steps.setdefault(step.id, step)
    shares: dict[str, dict[str, float]] = {name: {} for name in steps}
    written: dict[str, list[tuple[str, float | str | None]]] = {name: [] for name in steps}
    for link in blueprint.links_between:
        place = link.loc[1]
        if isinstance(place, int) and blueprint.steps[place] is steps[link.source]:
            written[link.source].append((link.target, link.spec.p))
    fully: set[str] = set()
    for name, ways in written.items():
        given = sum(p for _, p in ways if isinstance(p, float))
        silent = sum(1 for _, p in ways if not isinstance(p, float))
        for target, p in ways:
            if target not in steps:
                continue
            if isinstance(p, float):
                share = p
            elif (given > 0 or p == "rest") and not steps[name].parallel:
                share = max(0.0, 1 - given) / silent
            else:
                share = kept(visits, steps[name].at, steps[target].at)
                if len(ways) > 1:
                    fully.add(name)
            shares[name][target] = shares[name].get(target, 0.0) + share
    order, closing = _ordered(shares)
    ahead = {
        name: tuple(target for target in ways if (name, target) not in closing)
        for name, ways in shares.items()
    }
    columns = {name: step.at for name, step in steps.items()}
    times = executions(columns, shares, order, closing, frozenset(fully), visits)
    passages = {
        (name, target): times[name] * share
        for name, ways in shares.items()
        for target, share in ways.items()
    }
    return Process(order, passages, ahead, visits, times)


def _ordered(
    ways: Mapping[str, Mapping[str, float]],
) -> tuple[tuple[str, ...], frozenset[tuple[str, str]]]:
    """Order steps so that links lead ahead; return also the links that close a loop.

    A depth-first walk in the order of the document: a link back to a step on the current
    walk closes a loop.
    """
    done: list[str] = []
    state: dict[str, bool] = {}
    closing: set[tuple[str, str]] = set()
    led_to = {target for targets in ways.values() for target in targets}
    starts = [name for name in ways if name not in led_to] + list(ways)
    for start in starts:
        if start in state:
            continue
        state[start] = False
        walk = [(start, iter(ways[start]))]
        while walk:
            name, targets = walk[-1]
            for target in targets:
                if target not in state:
                    state[target] = False
                    walk.append((target, iter(ways[target])))
                    break
                if not state[target]:
                    closing.add((name, target))
            else:
                state[name] = True
                done.append(name)
                walk.pop()
    return tuple(reversed(done)), frozenset(closing)
