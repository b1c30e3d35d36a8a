from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import blueprint.analysis.chain as chain_module
from blueprint.analysis.chain import Chain, chain_figures, chain_of
from blueprint.analysis.components import Components
from blueprint.analysis.results import Uncomputable


def drunkard(right: float) -> tuple[list[list[float]], list[list[float]]]:
    left = 1 - right
    return [[0, right, 0], [left, 0, right], [0, left, 0]], [[left, 0], [0, 0], [0, right]]


# Grinstead and Snell, Introduction to Probability, examples 11.13 and on: corners 1, 2, 3 of the walk
@pytest.mark.parametrize(
    ("right", "fundamental", "steps", "absorbed"),
    [
        (
            1 / 2,
            [[1.5, 1, 0.5], [1, 2, 1], [0.5, 1, 1.5]],
            [3, 4, 3],
            [[0.75, 0.25], [0.5, 0.5], [0.25, 0.75]],
        ),
        (2 / 3, [[1.4, 1.2, 0.8], [0.6, 1.8, 1.2], [0.2, 0.6, 1.4]], [3.4, 3.6, 2.2], [[7 / 15, 8 / 15]]),
    ],
)
@pytest.mark.parametrize("small", [64, 0], ids=["elimination", "components"])
def test_drunkards_walk(
    right: float,
    fundamental: list[list[float]],
    steps: list[float],
    absorbed: list[list[float]],
    small: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chain_module, "SMALL", small)
    for start in range(3):
        walk = Chain.from_matrices(*drunkard(right), [float(start == at) for at in range(3)])
        assert walk.visits == pytest.approx(fundamental[start], abs=1e-12)
        assert walk.moments([1.0] * 3)[0] == pytest.approx(steps[start], abs=1e-12)
        assert walk.ever == pytest.approx([fundamental[start][j] / fundamental[j][j] for j in range(3)])
        if start < len(absorbed):
            assert walk.absorption == pytest.approx(absorbed[start], abs=1e-12)


def test_worked_example(j1) -> None:
    found = chain_figures(j1, chain_of(j1))
    assert found.visits == pytest.approx(
        {"s": 1, "q": 1.285714, "c": 0.257143, "h": 0.642857, "e": 0.694286}, abs=1e-6
    )
    assert found.outcomes == pytest.approx({"done": 0.694286, "drop": 0.305714}, abs=1e-6)
    assert found.completion == pytest.approx(0.694286, abs=1e-6)
    assert (found.steps, found.steps_variance) == pytest.approx((3.88, 2.454171), abs=1e-6)
    assert found.seconds == pytest.approx(24.654286, abs=1e-6)
    assert found.ever_visited["c"] == pytest.approx(0.225, abs=1e-9)
    assert found.rework == pytest.approx({"s": 0, "q": 0.385714, "c": 0.032143, "h": 0, "e": 0}, abs=1e-6)
    assert found.last_touchpoint == pytest.approx(
        {"s": 0.1, "q": 0.128571, "c": 0.077143, "h": 0, "e": 0.694286}, abs=1e-6
    )
    assert found.last_before["drop"] == pytest.approx({"s": 0.1, "q": 0.128571, "c": 0.077143}, abs=1e-6)
    assert found.traversals["q", "c"] == pytest.approx(1.285714 * 0.2, abs=1e-6)
    assert found.assumed == ()


@given(seed=st.integers(0, 10**6), size=st.integers(1, 24))
@settings(max_examples=60, deadline=None)
def test_figures_equal_the_matrix_formulas(random_chain, seed: int, size: int) -> None:
    chain, _ = random_chain(seed, size, loops=True)
    q = np.array([[chain.q[i].get(j, 0.0) for j in range(size)] for i in range(size)])
    alpha = np.array([chain.alpha.get(i, 0.0) for i in range(size)])
    rewards = np.arange(1.0, size + 1)
    fundamental = np.linalg.inv(np.eye(size) - q)
    visits = alpha @ fundamental
    steps = fundamental @ np.ones(size)
    ahead = fundamental @ rewards
    assert chain.visits == pytest.approx(visits, abs=1e-9)
    assert chain.ever == pytest.approx(visits / fundamental.diagonal(), abs=1e-9)
    mean, variance = chain.moments([1.0] * size)
    assert mean == pytest.approx(alpha @ steps)
    # Kemeny and Snell: E[T²] = (2N − I) t
    assert variance == pytest.approx(
        alpha @ (2 * fundamental - np.eye(size)) @ steps - (alpha @ steps) ** 2, abs=1e-9
    )
    second = fundamental @ (2 * rewards * ahead - rewards**2)
    assert chain.moments(list(rewards))[1] == pytest.approx(alpha @ second - (alpha @ ahead) ** 2, abs=1e-7)
    assert sum(chain.absorption) == pytest.approx(1, abs=1e-12)
    assert sum(v * out for v, out in zip(chain.visits, chain.leave, strict=True)) == pytest.approx(1)


@given(seed=st.integers(0, 10**6), size=st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_all_routes_agree(random_chain, seed: int, size: int) -> None:
    """Elimination, components, and components with hubs taken out of those beyond 3 touchpoints."""
    found = []
    for small, large in ((64, 200), (0, 200), (0, 3)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chain_module, "SMALL", small)
            patch.setattr("blueprint.analysis.components.LARGE", large)
            chain, _ = random_chain(seed, size, loops=True, ways=2)
            found.append((chain.visits, chain.ever, chain.absorption, chain.moments([1.0] * size)))
    for first, *others in zip(*found, strict=True):
        for other in others:
            assert other == pytest.approx(first, rel=1e-8, abs=1e-11)


def test_a_home_page_everybody_returns_to_is_taken_out_as_a_hub() -> None:
    size = 300
    q = [[0.0] * size for _ in range(size)]
    for state in range(size - 1):
        q[state][0], q[state][state + 1] = 0.01, 0.99
    r = [[float(state == size - 1)] for state in range(size)]
    chain = Chain.from_matrices(q, r, [1.0] + [0.0] * (size - 1))
    assert isinstance(chain.factors, Components)
    assert chain.factors.hubs == (0,)
    # each try gets through with probability 0.99²⁹⁹, and tries go on until one does
    tries = 0.99 ** -(size - 1)
    assert chain.visits == pytest.approx([tries * 0.99**at for at in range(size)], rel=1e-9)
    assert chain.ever == pytest.approx([1.0] * size, abs=1e-9)
    assert chain.moments([1.0] * size)[0] == pytest.approx(sum(chain.visits), rel=1e-9)


def test_a_loop_almost_never_left_keeps_its_digits() -> None:
    stay = 1 - 1e-9
    chain = Chain.from_matrices([[0, 1, 0], [0, stay, 0], [0, 0, 0]], [[0], [1e-9], [1]], [1, 0, 0])
    assert chain.visits[1] == pytest.approx(1e9, rel=1e-7)
    assert chain.absorption == pytest.approx([1.0], abs=1e-12)
    assert chain.ever == pytest.approx([1, 1, 0], abs=1e-12)
    assert math.isfinite(chain.moments([1.0, 1.0, 1.0])[1])


def test_unreached_touchpoints_count_nothing_and_break_nothing(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"kinds": "first", "next": "z"},
            "lost": {"next": "stuck"},
            "stuck": {"next": "stuck"},
            "z": {"kinds": "end"},
        }
    )
    found = chain_figures(journey, chain_of(journey))
    assert found.visits == {"a": 1, "lost": 0, "stuck": 0, "z": 1}
    assert found.ever_visited["stuck"] == 0
    assert found.completion == 1


@pytest.mark.parametrize(
    ("touchpoints", "fields", "reason", "named"),
    [
        ({"a": {}}, {}, "first", ()),
        ({"a": {"kinds": "first", "next": "b"}}, {}, "'b'", ("a",)),
        ({"a": {}}, {"entry": "b"}, "'b'", ("b",)),
        ({"a": {"kinds": "first", "next": {"a": 0.5, "done": 0.4}}}, {}, "0.9", ("a",)),
        ({"a": {}, "b": {}}, {"entry": {"a": 0.5, "b": 0.2}}, "0.7", ()),
        ({"a": {"kinds": "first"}, "b": {"next": "c"}, "c": {"next": "b"}}, {}, "out", ("a", "b", "c")),
        ({"a": {"kinds": "first"}}, {"outcomes": {"lost": "failure"}}, "no outcome", ("a",)),
        ({"a": {"kinds": "first", "next": {"a": 1.0, "done": 0.0}}}, {}, "out", ("a",)),
    ],
    ids=["no-entry", "unknown", "unknown-entry", "short", "short-entry", "trap", "no-way-on", "zero-share"],
)
def test_says_why_nothing_can_be_computed(make_journey, touchpoints, fields, reason, named) -> None:
    with pytest.raises(Uncomputable) as caught:
        chain_of(make_journey(touchpoints, **fields))
    assert reason in caught.value.reason.en
    assert caught.value.reason.zh != caught.value.reason.en
    assert caught.value.touchpoints == named


def test_shares_written_with_few_digits_are_scaled_to_one(make_journey) -> None:
    third = 0.333333
    journey = make_journey({"a": {"kinds": "first", "next": {"a": third, "done": third, "dropped": third}}})
    chain = chain_of(journey)
    assert chain.absorption == pytest.approx([0.5, 0.5], abs=1e-12)


def test_assumed_shares_are_named(make_journey) -> None:
    journey = make_journey(
        {"a": {"kinds": "first", "next": ["b", "done"]}, "b": {"kinds": "first"}},
    )
    found = chain_figures(journey, chain_of(journey))
    assert found.assumed == ("entry", "a")
    assert found.visits == pytest.approx({"a": 0.5, "b": 0.75})
    assert found.seconds is None
    assert json.dumps(found.visits, allow_nan=False)
