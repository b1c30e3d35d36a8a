from __future__ import annotations

import itertools
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import blueprint.analysis.chain as chain_module
from blueprint.analysis.chain import Chain
from blueprint.analysis.journey import analyse_journey
from blueprint.analysis.peak_end import peak_end
from blueprint.analysis.results import PeakEnd, PeakEndMode

MODES = ("intensity", "positive", "negative")


def compute(chain: Chain, emotions: dict[str, float], neutral: float = 0.0, weight: float = 0.5) -> PeakEnd:
    return peak_end(chain, emotions, neutral, seconds=[None] * len(chain.names), weight=weight)


def by_components(make: Callable[[], Chain], emotions: dict[str, float], large: int, few: int) -> PeakEnd:
    """Compute on the route for large journeys, taking out hubs of components beyond `large`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain_module, "SMALL", 0)
        patch.setattr("blueprint.analysis.peaks.SMALL", 0)
        patch.setattr("blueprint.analysis.components.LARGE", large)
        patch.setattr("blueprint.analysis.thresholds.FEW", few)
        patch.setattr("blueprint.analysis.thresholds.CELLS", 1)  # as many chunks as there can be
        return compute(make(), emotions)


# --- an independent reading of the definitions (domain 1.3), path by path


def peak_of(path: Sequence[int], emotions: Sequence[float], mode: str, neutral: float = 0.0) -> int:
    """The peak of one path; of equals intensity takes the negative one, then all the later one."""
    if mode == "positive":
        strongest = max(emotions[state] for state in path)
        return max(state for state in path if emotions[state] == strongest)
    if mode == "negative":
        strongest = min(emotions[state] for state in path)
        return max(state for state in path if emotions[state] == strongest)
    strongest = max(abs(emotions[state] - neutral) for state in path)
    tied = [state for state in path if abs(emotions[state] - neutral) == strongest]
    return max([state for state in tied if emotions[state] < neutral] or tied)


def paths(chain: Chain) -> Iterator[tuple[float, tuple[int, ...], int]]:
    """Every path of an acyclic chain: probability, states, outcome."""
    todo: list[tuple[float, tuple[int, ...]]] = [(p, (state,)) for state, p in chain.alpha.items()]
    while todo:
        p, path = todo.pop()
        for outcome, share in chain.r[path[-1]].items():
            yield p * share, path, outcome
        todo += [(p * share, (*path, target)) for target, share in chain.q[path[-1]].items()]


def walk(chain: Chain, luck: random.Random) -> tuple[tuple[int, ...], int]:
    state = luck.choices(list(chain.alpha), list(chain.alpha.values()))[0]
    path = [state]
    while True:
        ways = [*chain.q[state], *(-1 - outcome for outcome in chain.r[state])]
        state = luck.choices(ways, [*chain.q[state].values(), *chain.r[state].values()])[0]
        if state < 0:
            return tuple(path), -1 - state
        path.append(state)


# --- the worked example


def test_worked_example(j1) -> None:
    found = analyse_journey(j1).peak_end
    assert found is not None
    positive, intensity, negative = found.positive, found.intensity, found.negative
    assert positive.expected_peak == pytest.approx(2.98, abs=1e-6)
    assert positive.expected == pytest.approx(2.118571, abs=1e-6)
    assert dict(positive.distribution) == pytest.approx(
        {-1: 0.077143, 0.5: 0.128571, 1: 0.1, 2: 0.051429, 3: 0.642857}, abs=1e-6
    )
    assert positive.peak_probability == pytest.approx(
        {"s": 0.305714, "q": 0, "c": 0, "h": 0.642857, "e": 0.051429}, abs=1e-6
    )
    assert positive.by_outcome["done"] == pytest.approx(2.925926, abs=1e-6)
    assert positive.gradient == pytest.approx(
        {"s": 0.202857, "q": 0.064286, "c": 0.038571, "h": 0.321429, "e": 0.372857}, abs=1e-6
    )
    assert positive.best_lever == "e"
    assert intensity.expected == pytest.approx(1.803571, abs=1e-6)
    assert intensity.peak_probability == pytest.approx(
        {"s": 0.2125, "q": 0, "c": 0.144643, "h": 0.642857, "e": 0}, abs=1e-6
    )
    assert dict(intensity.distribution) == pytest.approx(
        {-3: 0.077143, -1.5: 0.016071, -0.5: 0.051429, 0.5: 0.1125, 1: 0.1, 3: 0.642857}, abs=1e-6
    )
    assert intensity.below_neutral == pytest.approx(0.077143 + 0.016071 + 0.051429, abs=1e-6)
    assert intensity.quantiles == pytest.approx({"p10": -0.5, "p50": 3, "p90": 3})
    assert negative.expected_peak == pytest.approx(-0.575, abs=1e-6)
    assert negative.peak_probability == pytest.approx({"s": 0.1, "q": 0.675, "c": 0.225, "h": 0, "e": 0})
    assert found.ending == pytest.approx(1.257143, abs=1e-6)
    assert found.ending_by_outcome["done"] == pytest.approx(2)
    assert found.mean_visit_weighted == pytest.approx(1.079529, abs=1e-6)
    assert found.mean_time_weighted == pytest.approx(0.354386, abs=1e-6)


@pytest.mark.parametrize(
    ("path", "mode", "peak", "remembered"),
    [
        ([1, 0, -3, 0, 4, 2], "intensity", 4, 3.0),
        ([1, 0, -4, 0, 4, 2], "intensity", -4, -1.0),
        # patients A and B (Kahneman, Thinking, Fast and Slow): same peak of pain, another end
        ([2, 5, 8, 7], "positive", 8, 7.5),
        ([2, 5, 8, 4, 3, 1], "positive", 8, 4.5),
    ],
)
def test_single_paths(path: list[float], mode: str, peak: float, remembered: float) -> None:
    size = len(path)
    q = [[float(j == i + 1) for j in range(size)] for i in range(size)]
    chain = Chain.from_matrices(
        q, [[float(i == size - 1)] for i in range(size)], [1.0] + [0.0] * (size - 1)
    )
    found: PeakEndMode = getattr(compute(chain, dict(zip(chain.names, path, strict=True))), mode)
    assert found.expected_peak == peak
    assert found.expected == remembered
    assert found.distribution == ((remembered, 1.0),)


# --- against brute force


@given(
    seed=st.integers(0, 10**6),
    size=st.integers(1, 10),
    small=st.booleans(),
    weight=st.sampled_from([0.5, 0.3]),
    neutral=st.sampled_from([0.0, 0.5, -1.0]),
)
@settings(max_examples=80, deadline=None)
def test_equals_every_path_enumerated(
    random_chain, seed: int, size: int, small: bool, weight: float, neutral: float
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if small:
            patch.setattr(chain_module, "SMALL", 0)
            patch.setattr("blueprint.analysis.peaks.SMALL", 0)
        chain, scores = random_chain(seed, size, loops=False)
        found = compute(chain, scores, neutral, weight)
    felt = [scores[name] for name in chain.names]
    for mode in MODES:
        values: dict[float, float] = defaultdict(float)
        peaks = dict.fromkeys(chain.names, 0.0)
        sums = [0.0] * len(chain.outcomes)
        for p, path, outcome in paths(chain):
            peak = peak_of(path, felt, mode, neutral)
            value = weight * felt[peak] + (1 - weight) * felt[path[-1]]
            values[round(value, 9)] += p
            peaks[chain.names[peak]] += p
            sums[outcome] += p * value
        got: PeakEndMode = getattr(found, mode)
        assert got.expected == pytest.approx(sum(sums), abs=1e-9)
        assert {round(value, 9): p for value, p in got.distribution} == pytest.approx(
            dict(values), abs=1e-9
        )
        assert got.peak_probability == pytest.approx(peaks, abs=1e-9)
        below = sum(p for value, p in values.items() if value < neutral)
        assert got.below_neutral == pytest.approx(below, abs=1e-9)
        for outcome, total in enumerate(sums):
            if chain.absorption[outcome] > 0:
                expected = total / chain.absorption[outcome]
                assert got.by_outcome[chain.outcomes[outcome]] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_agrees_with_random_walks_on_loopy_graphs(random_chain, seed: int) -> None:
    chain, scores = random_chain(seed, 12, loops=True)
    felt = [scores[name] for name in chain.names]
    found, luck, runs = compute(chain, scores), random.Random(seed), 6000
    walks = [walk(chain, luck) for _ in range(runs)]
    for mode in MODES:
        got: PeakEndMode = getattr(found, mode)
        peaks = [peak_of(path, felt, mode) for path, _ in walks]
        remembered = [
            (felt[peak] + felt[path[-1]]) / 2 for peak, (path, _) in zip(peaks, walks, strict=True)
        ]
        mean = sum(remembered) / runs
        error = math.sqrt(sum((value - mean) ** 2 for value in remembered) / runs / runs)
        assert got.expected == pytest.approx(mean, abs=6 * error + 1e-9)
        for state, name in enumerate(chain.names):
            p = got.peak_probability[name]
            assert peaks.count(state) / runs == pytest.approx(
                p, abs=6 * math.sqrt(p * (1 - p) / runs) + 1e-3
            )


# --- properties


@given(seed=st.integers(0, 10**6), size=st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_probabilities_and_gradients_sum_to_one(random_chain, seed: int, size: int) -> None:
    chain, scores = random_chain(seed, size, loops=True)
    found = compute(chain, scores)
    for mode in MODES:
        got: PeakEndMode = getattr(found, mode)
        assert sum(got.gradient.values()) == pytest.approx(1, abs=1e-9)
        assert sum(got.peak_probability.values()) == pytest.approx(1, abs=1e-9)
        assert sum(p for _, p in got.distribution) == pytest.approx(1, abs=1e-9)
        assert sum(value * p for value, p in got.distribution) == pytest.approx(got.expected, abs=1e-8)
        weighed = sum(
            got.by_outcome[name] * p
            for name, p in zip(chain.outcomes, chain.absorption, strict=True)
            if p > 0
        )
        assert weighed == pytest.approx(got.expected, abs=1e-9)


@given(
    seed=st.integers(0, 10**6),
    size=st.integers(2, 90),
    hubs_beyond=st.sampled_from([2, 5, 200]),
    few=st.sampled_from([1, 128]),
)
@settings(max_examples=80, deadline=None)
def test_all_routes_agree(random_chain, seed: int, size: int, hubs_beyond: int, few: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain_module, "SMALL", 100)
        patch.setattr("blueprint.analysis.peaks.SMALL", 100)
        chain, scores = random_chain(seed, size, loops=True, ways=2)
        small = compute(chain, scores)
    large = by_components(lambda: random_chain(seed, size, loops=True, ways=2)[0], scores, hubs_beyond, few)
    assert large.ending == pytest.approx(small.ending, abs=1e-9)
    for mode in MODES:
        one, other = getattr(small, mode), getattr(large, mode)
        assert one.expected == pytest.approx(other.expected, abs=1e-9)
        assert one.peak_probability == pytest.approx(other.peak_probability, abs=1e-9)
        assert one.gradient == pytest.approx(other.gradient, abs=1e-9)
        assert one.by_outcome == pytest.approx(other.by_outcome, abs=1e-9)
        assert one.below_neutral == pytest.approx(other.below_neutral, abs=1e-9)
        apart = dict(one.distribution)
        for value, p in other.distribution:
            apart[value] = apart.get(value, 0.0) - p
        assert max(map(abs, apart.values())) < 1e-9


@given(seed=st.integers(0, 10**6), size=st.integers(2, 15))
@settings(max_examples=25, deadline=None)
def test_gradient_is_the_finite_difference(random_chain, seed: int, size: int) -> None:
    chain, scores = random_chain(seed, size, loops=True, distinct=True)
    scores = {name: score + 0.003 for name, score in scores.items()}  # no ties in |emotion| either
    found = compute(chain, scores)
    for mode, name in itertools.product(MODES, chain.names):
        bumped = compute(chain, {**scores, name: scores[name] + 1e-4})
        slope = (getattr(bumped, mode).expected - getattr(found, mode).expected) / 1e-4
        assert getattr(found, mode).gradient[name] == pytest.approx(slope, abs=1e-7)


@given(seed=st.integers(0, 10**6), size=st.integers(2, 12), stay=st.floats(0.0, 0.95))
@settings(max_examples=30, deadline=None)
def test_duration_is_neglected(random_chain, seed: int, size: int, stay: float) -> None:
    """Lingering anywhere (a loop onto itself) changes visits, and nothing of what is remembered."""
    chain, scores = random_chain(seed, size, loops=True)
    slow = size // 2
    q = [
        {**{j: p * (1 - stay) for j, p in row.items()}, slow: row.get(slow, 0.0) * (1 - stay) + stay}
        if state == slow
        else dict(row)
        for state, row in enumerate(chain.q)
    ]
    r = [
        {b: p * (1 - stay) for b, p in row.items()} if state == slow else dict(row)
        for state, row in enumerate(chain.r)
    ]
    longer = Chain(chain.names, chain.outcomes, tuple(q), tuple(r), dict(chain.alpha))
    for mode in MODES:
        before, after = getattr(compute(chain, scores), mode), getattr(compute(longer, scores), mode)
        assert after.expected == pytest.approx(before.expected, abs=1e-9)
        assert after.peak_probability == pytest.approx(before.peak_probability, abs=1e-9)


@given(seed=st.integers(0, 10**6), size=st.integers(2, 12))
@settings(max_examples=30, deadline=None)
def test_splitting_a_touchpoint_in_two_alike_changes_nothing(random_chain, seed: int, size: int) -> None:
    chain, scores = random_chain(seed, size, loops=True)
    half = size // 2
    q = [dict(row) for row in chain.q] + [dict(chain.q[half])]
    r = [dict(row) for row in chain.r] + [dict(chain.r[half])]
    for row in q:
        if half in row:
            row[half], row[size] = row[half] / 2, row[half] / 2
    alpha = dict(chain.alpha)
    if half in alpha:
        alpha[half], alpha[size] = alpha[half] / 2, alpha[half] / 2
    twin = Chain((*chain.names, "twin"), chain.outcomes, tuple(q), tuple(r), alpha)
    one, two = compute(chain, scores), compute(twin, {**scores, "twin": scores[chain.names[half]]})
    for mode in MODES:
        assert getattr(two, mode).expected == pytest.approx(getattr(one, mode).expected, abs=1e-9)
        assert getattr(two, mode).quantiles == pytest.approx(getattr(one, mode).quantiles, abs=1e-9)
    assert two.mean_visit_weighted == pytest.approx(one.mean_visit_weighted, abs=1e-9)


@given(seed=st.integers(0, 10**6), size=st.integers(2, 12))
@settings(max_examples=30, deadline=None)
def test_names_and_order_carry_no_meaning(random_chain, seed: int, size: int) -> None:
    chain, scores = random_chain(seed, size, loops=True, distinct=True)
    to = list(range(size))
    random.Random(seed).shuffle(to)
    back = {new: old for old, new in enumerate(to)}
    moved = Chain(
        tuple(f"renamed-{back[new]}" for new in range(size)),
        chain.outcomes,
        tuple({to[j]: p for j, p in chain.q[back[new]].items()} for new in range(size)),
        tuple(dict(chain.r[back[new]]) for new in range(size)),
        {to[state]: p for state, p in chain.alpha.items()},
    )
    renamed = {f"renamed-{old}": scores[chain.names[old]] + 0.003 for old in range(size)}
    one = compute(chain, {name: score + 0.003 for name, score in scores.items()})
    other = compute(moved, renamed)
    for mode in MODES:
        before, after = getattr(one, mode), getattr(other, mode)
        assert after.expected == pytest.approx(before.expected, abs=1e-9)
        for old, name in enumerate(chain.names):
            assert after.gradient[f"renamed-{old}"] == pytest.approx(before.gradient[name], abs=1e-9)


# --- what is not scored, and sizes


def test_unscored_touchpoints_count_as_neutral_and_are_named(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"kinds": "first", "emotion": {"mean": 3, "n": 20}},
            "b": {},
            "c": {"kinds": "end", "emotion": 1.5},
        },
        emotion_scale=[0, 4],
    )
    found = analyse_journey(journey).peak_end
    assert found is not None
    assert found.unscored == ("b",)
    assert found.assumed == ("c",)
    assert found.negative.expected_peak == 1.5
    assert found.mean_visit_weighted == pytest.approx((3 + 2 + 1.5) / 3)
    assert found.mean_time_weighted is None


def test_a_journey_without_scores_has_no_peak_end(make_journey) -> None:
    assert analyse_journey(make_journey({"a": {"kinds": "first"}})).peak_end is None


def test_long_distributions_are_thinned_at_their_mean(random_chain) -> None:
    chain, scores = random_chain(3, 400, loops=True, distinct=True, ways=2)
    found = compute(chain, scores).intensity
    assert len(found.distribution) <= 1000
    assert sum(value * p for value, p in found.distribution) == pytest.approx(found.expected, abs=1e-9)
    assert [value for value, _ in found.distribution] == sorted(value for value, _ in found.distribution)
