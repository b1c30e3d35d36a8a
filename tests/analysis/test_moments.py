from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.analysis.chain import Chain
from blueprint.analysis.journey import analyse_journey
from blueprint.analysis.moments import (
    MOMENTS,
    carlzon_count,
    credits,
    criticality,
    disordered,
    moment_rank,
    removal_effects,
    removal_effects_of,
)


def test_carlzon_counts_fifty_million_moments(make_journey) -> None:
    contacts = {f"employee-{at}": {"emotion": 0} for at in range(5)}
    contacts["employee-0"]["kinds"] = ["first"]
    journey = make_journey(contacts, traffic={"journeys": 10_000_000})
    assert carlzon_count(analyse_journey(journey)) == pytest.approx(50_000_000)
    assert carlzon_count(analyse_journey(make_journey(contacts))) is None


def test_labels_have_an_order_and_aliases() -> None:
    assert [moment_rank(label) for label in MOMENTS] == list(range(6))
    assert moment_rank("amot ") == moment_rank("IMOT")
    assert moment_rank("our own") is moment_rank(None) is None


def test_moments_out_of_order() -> None:
    path = [("a", "ZMOT"), ("b", None), ("c", "SMOT"), ("d", "mine"), ("e", "FMOT"), ("f", "TMOT")]
    (found,) = disordered(path)
    assert (found.touchpoint, found.after, found.after_moment) == ("e", "c", "SMOT")
    assert disordered([("a", "ZMOT"), ("b", "ZMOT"), ("c", "TMOT")]) == ()


def test_criticality_of_j1_by_hand(j1) -> None:
    ranked = criticality(analyse_journey(j1))
    # H · |e| · (1 + P(next = DROP)): H·4, E·2, S·1·1.1, C: .225·3·1.3, Q·0
    assert [(it.touchpoint, round(it.score, 6)) for it in ranked] == [
        ("h", round(0.642857142857 * 4, 6)),
        ("e", round(0.694285714286 * 2, 6)),
        ("s", 1.1),
        ("c", round(0.225 * 3 * 1.3, 6)),
        ("q", 0),
    ]


def test_importance_weighs(make_journey) -> None:
    points = {"a": {"kinds": ["first"], "emotion": 2}, "b": {"emotion": -1, "importance": 3}}
    first, second = criticality(analyse_journey(make_journey(points)))
    assert (first.touchpoint, first.score, second.score) == ("b", 3, 2)


def test_criticality_names_what_is_missing(make_journey) -> None:
    script = {"lines": [{"agent": "Good morning"}]}
    journey = make_journey(
        {
            "a": {"kinds": ["first"], "emotion": 2, "script": script, "owner": "Desk"},
            "b": {"emotion": -1, "script": {"protocol": "eoac"}},
            "c": {},
        }
    )
    ranked = criticality(analyse_journey(journey))
    assert {it.touchpoint: it.missing for it in ranked} == {"a": (), "b": ("script", "owner")}


def test_removal_effect_as_published() -> None:
    """Start → GA .8, mail .2; GA → conversion .5, mail .25, nothing .25; mail → conversion."""
    chain = Chain.from_matrices([[0, 0.25], [0, 0]], [[0.5, 0.25], [1, 0]], [0.8, 0.2], ("ga", "mail"))
    effects = removal_effects(chain, ["0"])
    assert effects == pytest.approx({"ga": 0.75, "mail": 0.5})
    assert credits(effects or {}, 4) == pytest.approx({"ga": 2.4, "mail": 1.6})


def test_removal_effect_of_j1(j1) -> None:
    effects = removal_effects_of(analyse_journey(j1))
    assert effects == pytest.approx({"s": 1, "q": 1, "c": 0.189815, "h": 0.925926, "e": 1}, abs=1e-6)


def test_nothing_can_be_lost_where_nobody_succeeds() -> None:
    chain = Chain.from_matrices([[0]], [[0, 1]], [1], ("a",))
    assert removal_effects(chain, ["0"]) is None
    assert credits({"a": 0.0}) == {}


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(2, 90), loops=st.booleans())
def test_removal_effect_is_what_really_removing_does(
    random_chain, seed: int, size: int, loops: bool
) -> None:
    chain, _ = random_chain(seed, size, loops=loops)
    effects = removal_effects(chain, ["good"])
    good = chain.absorption[0]
    if not good:
        assert effects is None
        return
    assert effects is not None
    for state in {0, size // 3, size // 2, size - 1}:
        q = [dict(row) for row in chain.q]
        r = [dict(row) for row in chain.r]
        q[state], r[state] = {}, {1: 1.0}
        without = Chain(chain.names, chain.outcomes, tuple(q), tuple(r), chain.alpha)
        assert effects[chain.names[state]] == pytest.approx(1 - without.absorption[0] / good, abs=1e-9)
