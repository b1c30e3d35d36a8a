"""Coverage matrices against brute force, and the lists of a playbook over a journey."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.coverage import cover, kinds_coverage, list_coverage, told
from blueprint.analysis.coverage_seen import AT_TOUCHPOINTS, IN_JOURNEYS
from blueprint.model.persona import Persona
from blueprint.model.playbook import Playbook
from blueprint.model.standards import standards_of
from blueprint.model.yardstick import Coverage as List
from blueprint.source.standards import builtin_standards

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


@pytest.mark.parametrize("of", ["role", "workspace"])
def test_what_no_journey_covers_is_not_judged(journey, of) -> None:
    assert list_coverage("five", listed(of), journey) is None


def test_a_list_of_complaints_needs_a_complaint_touchpoint(journey) -> None:
    assert list_coverage("five", listed("journey", kinds=["complaint"]), journey) is None
    ends = list_coverage("five", listed("journey", kinds=["end"]), journey)
    assert ends.covered == {"j": ("expert", "kept")}, "the first touchpoint is not asked, the journey is"


RICH = {
    "peak": ["pride", "insight"],
    "principles": ["simple"],
    "quality": {
        "reliability": {"perceived": 5, "competitor": 6},
        "empathy": {"expected": 6},
    },
    "tiers": {"vip": {"depth": "An own desk"}},
    "needs": [
        {"need": "a", "kano": "must-be", "type": "latent"},
        {"need": "b", "kano": {"M": 3, "O": 2, "A": 7}},
        {"need": "c", "kano": {"I": 9, "A": 7}},
    ],
    "pains": [{"pain": "p", "found_by": ["log", "survey"], "considered": ["policy"], "during": "Say so"}],
    "promises": [{"promise": "x", "due": "2h", "kept": 9, "made": 10}, {"promise": "y", "feasible": True}],
    "metrics": [{"metric": "CSAT", "class": "perceptual", "survey": "instant"}],
    "surveys": [{"survey": "nps", "type": "process"}],
    "reversible": True,
    "purpose": ["after-sales"],
}
SHOWN = {
    "peak-types": {"insight", "pride"},
    "peak-principles": {"simple"},
    "servqual-dimensions": {"reliability"},
    "reference-lines": {"customer", "competitor"},
    "vip-axes": {"depth"},
    "need-classes": {"must-be", "attractive"},
    "demand-types": {"latent"},
    "pain-sources": {"survey"},
    "cause-categories": {"policy"},
    "prevention-phases": {"during"},
    "promise-principles": {"sure", "time", "recorded", "followed"},
    "metric-classes": {"perceptual"},
    "survey-types": {"process", "instant"},
    "service-cautions6": {"undo", "after-sales"},
}


@pytest.mark.parametrize("id", AT_TOUCHPOINTS)
def test_fields_show_what_is_covered_of_the_shipped_lists(make_journey, id: str) -> None:
    journey = make_journey({"a": {"kinds": ["complaint", "high-perception"], **RICH}})
    found = list_coverage(id, builtin_standards().coverage[id], journey)
    (covered,) = found.covered.values()
    assert set(covered) == SHOWN[id]
    assert found.unknown == (), "what a field shows beyond the list is no mistake"


def test_every_list_that_is_read_ships() -> None:
    assert {*AT_TOUCHPOINTS, *IN_JOURNEYS} <= builtin_standards().coverage.keys()


def test_what_the_journey_measures_counts_for_the_journey(make_journey) -> None:
    journey = make_journey({"a": {}}, surveys=[{"survey": "nps", "type": "relational"}])
    found = list_coverage("survey-types", builtin_standards().coverage["survey-types"], journey)
    assert found.nowhere == ("process", "instant")


def test_kinds(journey) -> None:
    found = kinds_coverage(journey, {"hi": 1, "pay": 1, "bye": 2})
    assert found.nowhere == ("complaint", "high-frequency", "high-perception")
    assert found.visits_share == 0.75


def test_told_holds_what_is_covered_and_no_more(journey) -> None:
    playbook = Playbook.model_validate(
        {"playbook": "ours", "coverage": {"five": listed("journey").model_dump()}}
    )
    page = told(journey, {"hi": 1, "pay": 1, "bye": 1}, standards_of([playbook], builtin_standards()))
    assert list(page) == ["kinds", "peak-types", "servqual-dimensions", "reference-lines", "five"]
    assert page["five"]["nowhere"] == ["first-things"]
    assert page["five"]["unknown"] == [{"place": "j", "item": "typo"}]
    assert page["peak-types"]["short"] == {}, "one type of peak is enough"
    json.dumps(page, allow_nan=False)
    assert list(told(journey, {})) == ["kinds"]


def test_nothing_covered_nothing_told(make_journey) -> None:
    assert told(make_journey({"a": {}}), {"a": 1}, builtin_standards()) is None
