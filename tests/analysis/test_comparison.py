"""Two versions of a document: what changed, what it did, and that the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from itertools import permutations
from math import factorial
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.analysis.changes import journey_changes, match_journeys
from blueprint.analysis.comparison import compare
from blueprint.analysis.comparison_results import Around, Difference
from blueprint.analysis.contributions import contributions
from blueprint.analysis.differences import differences
from blueprint.analysis.journey import analyse_journey
from blueprint.analysis.matching import assign, match_touchpoints, moved, words_alike
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.source.document import read_document
from blueprint.source.text import Source

NOTHING = (Around({}), Around({}))
Data = dict[str, Any]


def journey(data: Data | str) -> Journey:
    text = data if isinstance(data, str) else yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    document = read_document(Source("j.yaml", text))
    assert isinstance(document.model, Journey), document.diagnostics
    assert not document.diagnostics
    return document.model


def delivery(text: str) -> ServiceBlueprint:
    document = read_document(Source("b.yaml", text))
    assert isinstance(document.model, ServiceBlueprint), document.diagnostics
    return document.model


BASE: Data = {
    "journey": "claim",
    "stages": [
        {
            "stage": "ask",
            "touchpoints": [
                {"id": "call", "title": "Calls", "kinds": ["first"], "emotion": -1, "channel": "phone",
                 "owner": "desk", "time": {"standard": "5m"}, "next": {"wait": 0.8, "dropped": 0.2}},
                {"id": "wait", "title": "Waits for an answer", "emotion": -1.5, "time": {"wait": "2d"},
                 "pains": [{"pain": "Nobody says how long", "severity": 7}]},
            ],
        },
        {
            "stage": "end",
            "touchpoints": [
                {"id": "paid", "title": "Is paid", "emotion": 1.5, "next": {"thanks": 0.9, "call": 0.1}},
                {"id": "thanks", "title": "Is thanked by name", "kinds": ["end"], "emotion": 2},
            ],
        },
    ],
}  # fmt: skip


def point(data: Data, id: str) -> Data:
    return next(p for stage in data["stages"] for p in stage["touchpoints"] if p["id"] == id)


def edited(**edits: Data) -> Data:
    data = deepcopy(BASE)
    for id, fields in edits.items():
        point(data, id).update(fields)
    return data


def figures(found: Difference) -> dict[str, Any]:
    return {figure.name: figure for figure in found.figures}


# -- what changed ----------------------------------------------------------------------------------------


def test_kinds_of_change_are_told_apart() -> None:
    data = edited(
        call={"emotion": 0.5, "next": {"wait": 0.6, "dropped": 0.4}, "time": {"standard": "7m"}},
        paid={"title": "Has the money", "channel": "app"},
    )
    data["stages"][1]["touchpoints"].append(
        {"id": "ask-back", "title": "Is asked how it went", "emotion": 1}
    )
    data["stages"][0]["touchpoints"].remove(point(data, "wait"))
    data["stages"][1]["touchpoints"].insert(0, {"id": "hear", "title": "Hears from a person", "emotion": 0})
    point(data, "call")["next"] = {"hear": 0.6, "dropped": 0.4}
    found = {
        (c.kind, c.element, c.id, c.field) for c in compare(journey(BASE), journey(data), NOTHING).changes
    }
    assert found == {
        ("removed", "touchpoint", "wait", ""),
        ("added", "touchpoint", "ask-back", ""),
        ("added", "touchpoint", "hear", ""),
        ("rescored", "touchpoint", "call", "emotion"),
        ("retimed", "touchpoint", "call", "time"),
        ("rerouted", "touchpoint", "call", "next"),
        ("renamed", "touchpoint", "paid", "title"),
        ("changed", "touchpoint", "paid", "channel"),
    }


def test_a_touchpoint_under_another_id_is_found_again_by_title_stage_and_neighbours() -> None:
    data = edited(thanks={"id": "farewell", "title": "Is thanked by her name"})
    point(data, "paid")["next"] = {"farewell": 0.9, "call": 0.1}
    old, new = journey(BASE), journey(data)
    assert match_touchpoints(old, new)["thanks"] == "farewell"
    found = compare(old, new, NOTHING)
    assert {(c.kind, c.id, c.field) for c in found.changes} == {
        ("renamed", "farewell", "id"), ("renamed", "farewell", "title"),
    }  # fmt: skip
    assert not any(figure.delta for figure in found.figures)


def test_something_else_in_the_same_place_is_not_the_same_touchpoint() -> None:
    data = edited(thanks={"id": "survey", "title": "Fills in forty questions", "emotion": -1})
    point(data, "paid")["next"] = {"survey": 0.9, "call": 0.1}
    old, new = journey(BASE), journey(data)
    assert "thanks" not in match_touchpoints(old, new)
    assert {c.kind for c in compare(old, new, NOTHING).changes} == {"added", "removed", "rerouted"}


def test_one_that_went_to_another_stage_and_one_that_went_back_moved() -> None:
    data = deepcopy(BASE)
    data["stages"][1]["touchpoints"].insert(0, data["stages"][0]["touchpoints"].pop())
    changes = compare(journey(BASE), journey(data), NOTHING).changes
    assert [(c.kind, c.id, c.before["stage"], c.after["stage"]) for c in changes] == [
        ("moved", "wait", "ask", "end")
    ]
    assert moved(list("abcde"), list("abdec")) == {"c"}
    assert moved(list("abc"), list("abc")) == frozenset()


def test_what_is_written_out_but_was_meant_before_is_no_change() -> None:
    data = edited(wait={"next": "paid"})
    assert compare(journey(BASE), journey(data), NOTHING).changes == ()


def test_an_inserted_item_of_a_list_is_one_difference() -> None:
    before = [{"pain": "Too slow", "severity": 5}, {"pain": "Too dear", "severity": 3}]
    after = [
        {"pain": "Unkind", "severity": 9},
        {"pain": "Too slow", "severity": 6},
        {"pain": "Too dear", "severity": 3},
    ]
    found = list(differences(before, after, ("pains",)))
    assert [(d.path, d.before, d.after) for d in found] == [
        (("pains", "Too slow", "severity"), 5, 6),
        (("pains", "Unkind"), None, {"pain": "Unkind", "severity": 9}),
    ]


def test_everything_that_differs_is_told_somewhere() -> None:
    """Whatever field of a touchpoint is changed, some change names it."""
    for field, value in {
        "doing": "Sings", "moment": "FMOT", "evidence": ["A letter"], "needs": [{"need": "Peace"}],
        "promises": [{"promise": "Today"}], "peak": "pride", "trigger": "company", "importance": 3,
        "complaint": {"priority": "P1"}, "x-team": "blue", "script": {"lines": [{"agent": "Hello"}]},
    }.items():  # fmt: skip
        changes = compare(journey(BASE), journey(edited(wait={field: value})), NOTHING).changes
        if not field.startswith("x-"):
            assert [(c.kind, c.id, c.field) for c in changes] == [("changed", "wait", field)]
    data = deepcopy(BASE) | {"owner": "Somebody", "outcomes": {"done": "success", "dropped": "success"}}
    found = {(c.element, c.id, c.field) for c in compare(journey(BASE), journey(data), NOTHING).changes}
    assert found == {("document", "claim", "owner"), ("outcome", "dropped", "")}


# -- what it did -----------------------------------------------------------------------------------------


def test_a_worse_ending_is_laid_at_the_door_of_what_made_it_worse() -> None:
    found = figures(
        compare(journey(BASE), journey(edited(thanks={"emotion": -1}, wait={"emotion": -1})), NOTHING)
    )
    ending = found["ending"]
    assert ending.regressed
    assert [(c.factor.kind, c.factor.ids) for c in ending.causes] == [("rescored", ("thanks",))]
    assert ending.causes[0].part == pytest.approx(ending.delta)
    assert {c.factor.ids for c in found["mean"].causes} == {("thanks",), ("wait",)}


EDITS: dict[str, tuple[str, Data]] = {
    "rescored thanks": ("thanks", {"emotion": -1}),
    "rescored wait": ("wait", {"emotion": 1.8}),
    "retimed wait": ("wait", {"time": {"wait": "1h"}}),
    "rerouted call": ("call", {"next": {"wait": 0.5, "dropped": 0.5}}),
    "rerouted paid": ("paid", {"next": {"thanks": 0.5, "call": 0.4, "dropped": 0.1}}),
}


def brute_force(names: list[str]) -> dict[str, dict[str, float]]:
    """Average over every order of making the edits, each version written as a file and analysed anew."""

    def value(made: frozenset[str]) -> Mapping[str, float]:
        data = deepcopy(BASE)
        for name in made:
            id, fields = EDITS[name]
            point(data, id).update(fields)
        found = analyse_journey(journey(data))
        assert found.peak_end is not None
        assert found.chain.seconds is not None
        return {
            "peak_end": found.peak_end.intensity.expected,
            "ending": found.peak_end.ending,
            "mean": found.peak_end.mean_visit_weighted,
            "completion": found.chain.completion,
            "time": found.chain.seconds,
        }

    known: dict[frozenset[str], Mapping[str, float]] = {}
    parts: dict[str, dict[str, float]] = {}
    for order in permutations(names):
        made: frozenset[str] = frozenset()
        for name in order:
            after = made | {name}
            for at in (made, after):
                if at not in known:
                    known[at] = value(at)
            for figure, number in known[after].items():
                gain = number - known[made][figure]
                mine = parts.setdefault(figure, {})
                mine[name] = mine.get(name, 0.0) + gain / factorial(len(names))
            made = after
    return parts


def test_attribution_is_the_mean_over_all_orders() -> None:
    data = deepcopy(BASE)
    for id, fields in EDITS.values():
        point(data, id).update(fields)
    found = figures(compare(journey(BASE), journey(data), NOTHING))
    for name, parts in brute_force(list(EDITS)).items():
        told = {f"{c.factor.kind} {c.factor.ids[0]}": c.part for c in found[name].causes}
        assert told == pytest.approx({k: v for k, v in parts.items() if abs(v) > 1e-9}, abs=1e-9), name
        assert found[name].exact


def test_a_touchpoint_that_came_is_one_cause_with_the_ways_to_it() -> None:
    data = edited(call={"next": {"greet": 1.0}})
    data["stages"][0]["touchpoints"].insert(
        1, {"id": "greet", "title": "Is greeted", "emotion": 1, "next": "wait"}
    )
    ending = figures(compare(journey(BASE), journey(data), NOTHING))["completion"]
    assert [(c.factor.kind, c.factor.ids, c.factor.ways) for c in ending.causes] == [
        ("structure", ("greet",), ("call",))
    ]


def test_where_nothing_halfway_can_be_computed_all_changes_did_it_together() -> None:
    """Each of two new ways alone would be a trap or leave a state without a way out."""
    old = edited(call={"next": "wait"}, wait={"next": "paid"}, paid={"next": "done"})
    old["stages"][1]["touchpoints"].pop()
    new = deepcopy(old)
    point(new, "wait")["next"] = "call"
    point(new, "call")["next"] = "paid"
    point(new, "paid")["emotion"] = -1
    back = compare(journey(old), journey(new), NOTHING)
    for figure in back.figures:
        if figure.delta:
            assert sum(c.part for c in figure.causes) == pytest.approx(figure.delta)


def test_no_figures_on_one_side_is_said_not_guessed() -> None:
    trap = edited(thanks={"next": "thanks"})
    found = compare(journey(BASE), journey(trap), NOTHING)
    assert found.uncomputable[0] is None
    assert found.uncomputable[1] is not None
    assert all(figure.delta is None and figure.after is None for figure in found.figures)


def test_emotions_on_another_scale_are_not_compared() -> None:
    data = deepcopy(BASE) | {"emotion_scale": [-3, 3]}
    found = compare(journey(BASE), journey(data), NOTHING)
    assert found.rescaled
    assert figures(found)["ending"].delta is None
    assert figures(found)["completion"].delta == 0


def test_tolerances_decide_what_is_a_regression() -> None:
    old, new = journey(BASE), journey(edited(thanks={"emotion": 1.9}))
    delta = figures(compare(old, new, NOTHING))["ending"].delta
    assert delta == pytest.approx(-0.1 * 0.9 * 0.8 / (1 - 0.1 * 0.8), rel=0.05)
    assert figures(compare(old, new, NOTHING))["ending"].regressed  # 1% of a scale of 4 is 0.04
    assert not figures(compare(old, new, NOTHING, {"ending": 0.05}))["ending"].regressed
    assert not figures(compare(old, new, NOTHING, {"ending": float("inf")}))["ending"].regressed


def test_a_budget_that_breaks_is_told_apart_from_one_that_was_broken() -> None:
    old = deepcopy(BASE) | {"budgets": {"ending": ">= 1", "completion": ">= 99%"}}
    new = edited(thanks={"emotion": -1}) | {"budgets": {"ending": ">= 1", "completion": ">= 99%"}}
    found = {b.name: b for b in compare(journey(old), journey(new), NOTHING).budgets}
    assert found["ending"].newly_broken
    assert (found["completion"].before, found["completion"].after) == ("broken", "broken")
    assert not found["completion"].newly_broken


def test_measured_and_assumed_are_kept_apart() -> None:
    data = edited(thanks={"emotion": {"mean": 2, "n": 40, "sd": 0.5}})
    found = compare(journey(BASE), journey(data), NOTHING)
    assert found.grounds is not None
    assert [(g.measured, g.assumed, g.unscored) for g in found.grounds] == [(0, 4, 0), (1, 3, 0)]
    assert [(c.kind, c.id) for c in found.changes] == [("rescored", "thanks")]


DELIVERY = """\
blueprint: claim-delivery
journey: claim
actors:
  agent: {title: Agent, zone: frontstage}
  back: {title: Assessor, zone: backstage}
steps:
  - {id: take, at: call, actor: agent, does: Takes the call, time: {standard: 5m}, next: judge}
  - {id: judge, at: wait, actor: back, does: Judges the claim, time: {standard: 20m, wait: 1d}}
"""


def test_blueprints_have_their_own_figures_and_causes() -> None:
    old = delivery(DELIVERY)
    new = delivery(
        DELIVERY.replace("wait: 1d", "wait: 2h").replace(
            "actor: back, does: Judges", "actor: agent, does: Judges"
        )
    )
    found = compare(old, new, (Around({}, journey=journey(BASE)), Around({}, journey=journey(BASE))))
    assert {(c.kind, c.element, c.id, c.field) for c in found.changes} == {
        ("changed", "step", "judge", "actor"), ("retimed", "step", "judge", "time"),
    }  # fmt: skip
    handoffs = figures(found)["handoffs"]
    assert (handoffs.before > 0, handoffs.after) == (True, 0)
    for figure in found.figures:
        if figure.delta:
            assert sum(c.part for c in figure.causes) == pytest.approx(figure.delta)


def test_a_step_that_came_is_a_cause() -> None:
    old = delivery(DELIVERY)
    new = delivery(
        DELIVERY.replace("next: judge}", "next: check}")
        + "  - {id: check, at: wait, actor: back, does: Checks, time: {standard: 9m}, next: judge}\n"
    )
    found = compare(old, new, NOTHING)
    critical = figures(found)["critical_path"]
    assert [(c.factor.kind, c.factor.ids) for c in critical.causes] == [("structure", ("check",))]
    assert critical.delta == pytest.approx(540)


# -- properties ------------------------------------------------------------------------------------------

NAMES = [f"t{at}" for at in range(6)]
TITLES = st.sampled_from(["Asks", "Waits in line", "Pays at the till", "Is thanked", "打开包裹", "Leaves"])


@st.composite
def journeys(draw: st.DrawFn) -> Data:
    """A journey whose ways lead on, out and back; every touchpoint can leave."""
    ids = draw(st.permutations(NAMES))[: draw(st.integers(2, 6))]
    points = []
    for at, id in enumerate(ids):
        targets = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
        shares = {t: round(0.8 / len(targets), 6) for t in targets}
        written: Data = {"id": id, "title": draw(TITLES)}
        if at == 0:
            written["kinds"] = ["first"]
        if draw(st.booleans()):
            written["emotion"] = draw(st.sampled_from([-2, -1, -0.5, 0, 0.5, 1, 2]))
        if draw(st.booleans()):
            written["time"] = {"standard": f"{draw(st.integers(1, 9))}m"}
        if draw(st.booleans()):
            written["next"] = shares | {draw(st.sampled_from(["done", "dropped"])): "rest"}
        points.append(written)
    cut = draw(st.integers(1, len(points)))
    stages = [{"stage": "one", "touchpoints": points[:cut]}]
    if points[cut:]:
        stages.append({"stage": "two", "touchpoints": points[cut:]})
    return {"journey": "j", "stages": stages}


@given(journeys())
@settings(max_examples=20)
def test_nothing_differs_from_itself(data: Data) -> None:
    found = compare(journey(data), journey(data), NOTHING)
    assert found.changes == ()
    assert not any(figure.delta or figure.causes for figure in found.figures)


@given(journeys(), journeys())
@settings(max_examples=30)
def test_the_parts_sum_to_the_whole_and_the_way_back_undoes_the_way(one: Data, other: Data) -> None:
    old, new = journey(one), journey(other)
    there, back = compare(old, new, NOTHING), compare(new, old, NOTHING)
    undo = figures(back)
    for figure in there.figures:
        if figure.delta is None:
            assert undo[figure.name].delta is None
            continue
        assert sum(c.part for c in figure.causes) == pytest.approx(figure.delta, abs=1e-7)
        assert undo[figure.name].delta == pytest.approx(-figure.delta)
        if figure.exact and undo[figure.name].exact and figure.causes:
            mine = sorted(c.part for c in figure.causes)
            assert sorted(-c.part for c in undo[figure.name].causes) == pytest.approx(mine, abs=1e-7)
    assert there.match is not None
    assert back.match is not None
    assert {n: o for o, n in there.match.touchpoints.items()} == back.match.touchpoints
    turned = {"added": "removed", "removed": "added"}

    def told(found: Difference) -> list[tuple[str, str, str]]:
        return sorted((c.kind, c.element, c.field) for c in found.changes)

    assert told(back) == sorted((turned.get(k, k), e, f) for k, e, f in told(there))


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(
            st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.7, 0.9, 1.0]), min_size=n, max_size=n),
            min_size=1,
            max_size=5,
        )
    )
)
def test_assignment_is_the_best_there_is(weights: list[list[float]]) -> None:
    pairs = assign(weights)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    rows, columns = len(weights), len(weights[0])
    wide = weights if rows <= columns else [list(row) for row in zip(*weights, strict=True)]
    best = max(
        sum(wide[r][c] for r, c in enumerate(chosen))
        for chosen in permutations(range(len(wide[0])), len(wide))
    )
    assert sum(weights[r][c] for r, c in pairs) == pytest.approx(best)


@given(st.integers(1, 6), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_contributions_are_shapley_values(count: int, random: Any) -> None:
    worth = {frozenset(s): random.uniform(-1, 1) for s in _subsets(count)}
    parts = contributions(count, lambda made: {"v": worth[made]})
    assert parts is not None
    for change in range(count):
        mean = 0.0
        for order in permutations(range(count)):
            before = frozenset(order[: order.index(change)])
            mean += (worth[before | {change}] - worth[before]) / factorial(count)
        assert parts["v"][change] == pytest.approx(mean)


def _subsets(count: int) -> list[tuple[int, ...]]:
    return [tuple(at for at in range(count) if mask >> at & 1) for mask in range(2**count)]


@given(st.integers(1, 7), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_two_orders_are_enough_where_no_three_changes_act_together(count: int, random: Any) -> None:
    alone = [random.uniform(-1, 1) for _ in range(count)]
    pairs = {(a, b): random.uniform(-1, 1) for a in range(count) for b in range(a)}

    def value(made: frozenset[int]) -> dict[str, float | None]:
        return {"v": sum(alone[a] for a in made) + sum(w for (a, b), w in pairs.items() if {a, b} <= made)}

    exact, quick = contributions(count, value, exact=8), contributions(count, value, exact=0)
    assert exact is not None
    assert quick is not None
    assert quick["v"] == pytest.approx(exact["v"])


def test_words_are_alike_by_letters() -> None:
    assert words_alike("Pays at the till", "pays  at the till") == 1
    assert words_alike("打开包裹", "打开了包裹") > 0.5
    assert words_alike("Pays at the till", "Is thanked") < 0.3


def test_changes_know_the_new_ids() -> None:
    old, new = journey(BASE), journey(edited(wait={"emotion": 0}))
    changes = journey_changes(old, new, match_journeys(old, new))
    assert [(c.id, c.before, c.after) for c in changes] == [("wait", {"mean": -1.5}, {"mean": 0.0})]


def test_a_text_in_several_languages_is_one_value() -> None:
    old = edited(wait={"doing": {"en": "Waits", "zh": "等待"}})
    new = edited(wait={"doing": {"en": "Waits", "zh": "等待，很久"}})
    changes = compare(journey(old), journey(new), NOTHING).changes
    assert [[(d.path, d.before, d.after) for d in c.details] for c in changes] == [
        [(("doing",), {"en": "Waits", "zh": "等待"}, {"en": "Waits", "zh": "等待，很久"})]
    ]
