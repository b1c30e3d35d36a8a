"""The flags of the curve stand where the eye looks for them."""

from __future__ import annotations

from typing import Any

from blueprint.analysis.journey import analyse_journey
from blueprint.model.journey import Journey
from blueprint.views.map_marks import marks_of
from blueprint.views.map_plan import columns_of, curves_of
from blueprint.views.plot import Mark, Marks
from blueprint.views.reading import reading


def marks(*touchpoints: dict[str, Any], analysed: bool = True, **more: Any) -> Marks:
    model = Journey.model_validate(
        {"journey": "j", "stages": [{"stage": "s", "touchpoints": list(touchpoints)}], **more}
    )
    read = reading("en", "en")
    columns = columns_of(model, read, 200, 1)
    analysis = analyse_journey(model) if analysed else None
    return marks_of(model, analysis, curves_of(model, analysis, {}, columns, read), columns)


ROUTE: tuple[dict[str, Any], ...] = (
    {"id": "a", "title": "A", "kinds": ["first"], "emotion": 1, "next": {"b": 0.8, "c": 0.2}},
    # Most journeys have their worst moment here, but it is not the lowest dot.
    {"id": "b", "title": "B", "emotion": -1, "next": "d"},
    {"id": "c", "title": "C", "emotion": -2, "next": "d"},
    {"id": "d", "title": "D", "kinds": ["end"], "emotion": 0.5, "next": "done"},
)


def test_the_pit_is_the_lowest_dot_though_few_get_there() -> None:
    found = marks(*ROUTE)
    assert found.pit == Mark(2, 0, 0.2)
    assert found.peak == Mark(0, 0, 1.0)
    assert found.end == Mark(3, 0, 1.0)


def test_without_figures_the_same_dots_are_marked_without_shares() -> None:
    found = marks(*ROUTE, analysed=False)
    assert (found.peak, found.pit, found.end) == (Mark(0), Mark(2), Mark(3))
    assert found.likely == {}


def test_of_several_personas_the_outermost_dot_is_marked_and_the_end_is_everybodys() -> None:
    found = marks(
        {"id": "a", "title": "A", "kinds": ["first"], "emotion": {"p": 1, "q": -2}},
        {"id": "b", "title": "B", "kinds": ["end"], "emotion": {"p": 1.5, "q": 2}},
        persona=["p", "q"],
    )
    assert found.peak == Mark(1, 1, 1.0)
    assert found.pit == Mark(0, 1, 1.0)
    assert found.end == Mark(1, None, 1.0)


def test_of_equal_dots_the_one_that_more_journeys_reach_is_marked() -> None:
    low = {**ROUTE[1], "emotion": -2}
    assert marks(ROUTE[0], low, ROUTE[2], ROUTE[3]).pit == Mark(1, 0, 0.8)


def test_nothing_good_is_a_pit_and_nothing_bad_a_peak() -> None:
    found = marks(
        {"id": "a", "title": "A", "kinds": ["first"], "emotion": 1},
        {"id": "b", "title": "B", "emotion": 2},
    )
    assert found.pit is None
    assert marks({"id": "a", "title": "A", "kinds": ["first"]}).end is None


def test_what_nobody_reaches_is_not_marked() -> None:
    unreachable = {"id": "x", "title": "X", "emotion": 2, "next": "done"}
    assert marks(*ROUTE, unreachable).peak == Mark(0, 0, 1.0)
