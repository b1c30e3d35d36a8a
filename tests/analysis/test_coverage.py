"""Coverage matrices against brute force, and the lists of a playbook over a journey."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.coverage import NATIVE, cover, list_coverage, named_lists, native_coverage, told
from blueprint.model.persona import Persona
from blueprint.model.playbook import Playbook
from blueprint.model.standards import standards_of
from blueprint.model.yardstick import Coverage as List

FIVE = ("fast", "expert", "first-things", "empathy", "kept")


def listed(of: str = "touchpoint", **fields) -> List:
    items = [{"id": id, "title": id} for id in FIVE]
    items[0]["aliases"] = ["quick"]
    return List.model_validate(
        {"title": "Five standards", "source": "S003", "of": of, "items": items, **fields}
    )


@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.dictionaries(st.sampled_from("xyz"), st.sets(st.sampled_from("abcdefgh"))),
    st.floats(0, 3),
)
def test_matrix_by_brute_force(items, covered, visits) -> None:
    found = cover(items, covered, visits=dict.fromkeys(covered, visits))
    cells = [(item, place) for item in items for place in covered if item in covered[place]]
    assert sorted((item, place) for place, its in found.covered.items() for item in its) == sorted(cells)
    assert set(found.nowhere) == set(items) - {item for item, _ in cells}
    assert found.complete == (not found.nowhere)
    for place in covered:
        lacking = [item for item in items if item not in covered[place]]
        assert list(found.short.get(place, ())) == lacking
    assert sorted(found.unknown) == sorted(
        (p, i) for p, its in covered.items() for i in its if i not in items
    )
    if items and covered:
        assert found.share == pytest.approx(len(cells) / len(items) / len(covered))
    else:
        assert found.share is None
    if covered and visits > 0:
        assert found.visits_share == pytest.approx((len(covered) - len(found.short)) / len(covered))


def test_share_of_visits_that_meet_enough() -> None:
    covered = {"a": ["fast", "kept"], "b": ["fast"], "c": []}
    found = cover(FIVE, covered, enough=2, visits={"a": 1.0, "b": 0.5, "c": 0.5})
    assert found.visits_share == 0.5
    assert list(found.short) == ["b", "c"]
    assert found.nowhere == ("expert", "first-things", "empathy")
    assert cover(FIVE, covered).visits_share is None


@pytest.mark.parametrize(("items", "enough"), [(("a", "a"), None), (("a", "b"), 3), (("a", "b"), 0)])
def test_lists_that_cannot_be(items, enough) -> None:
    with pytest.raises(ValueError):
        cover(items, {}, enough=enough)


@pytest.fixture
def journey(make_journey):
    return make_journey(
        {
            "hi": {"kinds": ["first"], "covers": {"five": ["quick", "empathy"], "own": ["x"]}},
            "pay": {"quality": {"reliability": {"perceived": 5}, "empathy": {"expected": 6}}},
            "bye": {"kinds": ["end"], "peak": "pride", "covers": {"five": ["kept", "typo"]}},
        },
        covers={"five": ["expert"]},
    )


def test_a_list_of_touchpoints_is_held_against_each_of_its_kinds(journey) -> None:
    found = list_coverage(
        "five", listed(kinds=["first", "end"], least=2), journey, visits={"hi": 1, "bye": 0.6}
    )
    assert found.covered == {"hi": ("fast", "empathy"), "bye": ("kept",)}, "an alias counts as its item"
    assert found.short == {"bye": ("fast", "expert", "first-things", "empathy")}
    assert found.unknown == (("bye", "typo"),)
    assert found.nowhere == ("expert", "first-things")
    assert found.visits_share == pytest.approx(1 / 1.6)


def test_a_list_of_the_journey_is_covered_by_all_of_it_together(journey) -> None:
    found = list_coverage("five", listed("journey"), journey)
    assert found.covered == {"j": ("fast", "expert", "empathy", "kept")}
    assert found.nowhere == ("first-things",)
    by_stage = list_coverage("five", listed("stage"), journey)
    assert by_stage.covered == {"all": ("fast", "empathy", "kept")}


def test_a_list_of_personas(journey) -> None:
    ann = Persona.model_validate({"persona": "ann", "covers": {"five": ["kept"]}})
    found = list_coverage("five", listed("persona"), journey, personas={"ann": ann})
    assert found.covered == {"ann": ("kept",)}
    assert named_lists(journey, {"ann": ann}) == ("five", "own")


@pytest.mark.parametrize("of", ["role", "workspace"])
def test_what_no_journey_covers_is_not_judged(journey, of) -> None:
    assert list_coverage("five", listed(of), journey) is None


def test_native_lists(journey) -> None:
    kinds = native_coverage("kinds", journey)
    assert kinds.nowhere == ("complaint", "high-frequency", "high-perception")
    assert native_coverage("quality", journey).covered["pay"] == ("reliability",), "only what was perceived"
    assert native_coverage("peaks", journey).nowhere == ("elevation", "insight", "connection")
    assert set(NATIVE) == {"kinds", "quality", "peaks", "principles", "metrics", "needs"}


def test_told_holds_what_is_filled_and_no_more(journey) -> None:
    playbook = Playbook.model_validate(
        {"playbook": "ours", "coverage": {"five": listed("journey").model_dump()}}
    )
    page = told(journey, {"hi": 1, "pay": 1, "bye": 1}, standards_of([playbook]))
    assert list(page) == ["kinds", "quality", "peaks", "coverage/five"]
    assert page["coverage/five"]["nowhere"] == ["first-things"]
    assert page["coverage/five"]["unknown"] == [{"place": "j", "item": "typo"}]
    json.dumps(page, allow_nan=False)
    assert list(told(journey, {})) == ["kinds", "quality", "peaks"]


def test_metric_classes_and_needs(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"metrics": [{"metric": "wait", "class": "descriptive"}, {"metric": "x"}]},
            "b": {"needs": [{"need": "calm", "type": "emotional"}]},
        }
    )
    assert native_coverage("metrics", journey).nowhere == ("perceptual", "outcome")
    assert native_coverage("needs", journey).covered == {"a": (), "b": ("emotional",)}
    assert told(make_journey({"a": {}}), {"a": 1}) is None
