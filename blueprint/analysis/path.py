"""The main path: the way most of those take who end in the commonest outcome."""

from __future__ import annotations

from blueprint.analysis.chain import Chain


def main_path(chain: Chain) -> tuple[str, ...]:
    """Return the touchpoints of the main path in order, then its outcome; loops are walked once.

    Among those who end in the commonest outcome b, `p_ij h_j / h_i` of the visits to i go on to j, where
    `h = N R_b` is the probability to end in b (Doob's transform of the chain). The path takes the most
    frequent of these ways each time, and the next most frequent where that would walk a loop again. The
    single most probable path would be another thing: it prefers short ways, however rare.
    """
    absorption = chain.absorption
    best = max(range(len(absorption)), key=lambda outcome: round(absorption[outcome], 12))
    hope = chain.factors.expected([row.get(best, 0.0) for row in chain.r])
    goal = -1

    def by_use(ways: dict[int, float], out: float) -> list[int]:
        use = {target: share * hope[target] for target, share in ways.items()}
        if out:
            use[goal] = out
        # the best comes last, to be popped; of equals, the one written first
        return sorted((t for t in reversed(use) if use[t] > 0), key=lambda t: round(use[t], 12))

    path: list[int] = []
    seen: set[int] = set()
    open_ways = [by_use(chain.alpha, 0.0)]
    while open_ways:
        if not open_ways[-1]:
            open_ways.pop()
            path.pop()
            continue
        state = open_ways[-1].pop()
        if state == goal:
            break
        if state not in seen:
            seen.add(state)
            path.append(state)
            open_ways.append(by_use(chain.q[state], chain.r[state].get(best, 0.0)))
    return (*(chain.names[state] for state in path), chain.outcomes[best])
