from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from itertools import product
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.action_priority import (
    STANDARD,
    VERSIONS,
    ActionTable,
    action_priority,
    table_in,
    table_of,
)
from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.journey import analyse_journey
from blueprint.analysis.risk import (
    OCCURRENCE_RATES,
    occurrence_of,
    pareto,
    rate,
    register,
    repeat_rate,
    right_first_time,
    vital_few,
)
from blueprint.analysis.risk_told import told
from blueprint.analysis.whys import why_chain
from blueprint.model.service import ServiceBlueprint
from blueprint.model.yardstick import PriorityTable
from blueprint.source.standards import builtin_standards

RATINGS = range(1, 11)


def test_letters_of_the_uncontested_table_count_as_published() -> None:
    plain = ActionTable()
    letters = Counter(plain.read(*cell).priority for cell in product(RATINGS, repeat=3))
    assert letters == {"H": 318, "M": 214, "L": 468}


def test_contested_cells_hold_three_letters_and_take_the_most_severe() -> None:
    readings = {cell: STANDARD.read(*cell) for cell in product(RATINGS, repeat=3)}
    contested = {cell: reading for cell, reading in readings.items() if reading.contested}
    assert len(contested) == 60
    assert all(len(reading.versions) == len(VERSIONS) for reading in contested.values())
    assert readings[10, 5, 1].versions == ("M", "H", "M")
    assert readings[10, 2, 3].versions == ("L", "H", "M")
    assert readings[3, 7, 9].versions == ("L", "L", "M")
    for reading in contested.values():
        assert reading.priority == min(reading.versions, key="HML".index)


def test_a_house_can_bring_its_own_table() -> None:
    house = ActionTable(rows=(("HHHH",) * 5, *(("LLLL",) * 5,) * 4))
    assert house.read(9, 1, 1).priority == "H"
    assert house.read(8, 10, 10).priority == "L"


@pytest.mark.parametrize(
    "rows",
    [(("HHHH",) * 5,) * 4, (("HHH",) * 5,) * 5, (("HHHX",) * 5,) * 5],
    ids=["rows", "width", "letter"],
)
def test_a_broken_table_is_refused(rows: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(ValueError):
        ActionTable(rows=rows)


def test_no_letter_falls_where_a_rating_rises_but_in_a_table_that_has_it_wrong() -> None:
    assert STANDARD.falls() == ()
    rows = (("HHHH",) * 5, ("LHHH", *("HHHH",) * 4), *(("LLLL",) * 5,) * 3)
    assert ActionTable(rows=rows).falls() == (((1, 0, 0), (1, 1, 0)), ((1, 0, 0), (1, 0, 1)))


def test_a_table_of_a_playbook_brings_its_own_bands() -> None:
    written = {
        "title": "House table", "source": "House copy",
        "severity": [{"lowest": 6, "highest": 10}, {"lowest": 1, "highest": 5}],
        "occurrence": [{"lowest": 1, "highest": 10}],
        "detection": [{"lowest": 4, "highest": 10}, {"lowest": 1, "highest": 3}],
        "rows": [["HM"], ["ML"]],
        "contested": [{"severity": 1, "occurrence": 1, "detection": 4, "readings": ["M", "H"]}],
    }  # fmt: skip
    table = table_of(PriorityTable.model_validate(written))
    found = [table.read(*ratings).priority for ratings in ((6, 1, 4), (10, 9, 3), (5, 1, 10), (1, 1, 3))]
    assert found == ["H", "M", "H", "L"]
    assert table.read(5, 1, 10).versions == ("M", "H")
    assert table_in(None) is STANDARD


def test_the_built_in_playbook_says_the_same() -> None:
    standards = builtin_standards()
    assert table_in(standards) == table_of(standards.action_priority["aiag-vda-2019"])
    for ratings in product(RATINGS, repeat=3):
        assert table_in(standards).read(*ratings) == STANDARD.read(*ratings)
    anchors = {anchor.rating: anchor.at_least for anchor in standards.scales["occurrence"].anchors}
    assert anchors == dict(OCCURRENCE_RATES) | {1: 0}


def test_the_old_product_is_as_uneven_as_the_domain_sheet_says() -> None:
    """Why it ranks nothing here."""
    products = [s * o * d for s, o, d in product(RATINGS, repeat=3)]
    assert len(set(products)) == 120
    assert mean(products) == 166.375
    assert median(products) == 105
    assert sum(it > 100 for it in products) == 501


def test_rank_is_priority_then_severity_then_the_rest() -> None:
    rows = [rate(5, 8, 10), rate(10, 10, 10), rate(3, 10, 10), rate(8, 7, 1), rate(8, 4, 2)]
    ranked = sorted(rows, key=lambda it: it.rank)
    assert [(it.reading.priority, it.severity) for it in ranked] == [
        ("H", 10), ("H", 5), ("M", 8), ("M", 8), ("M", 3),
    ]  # fmt: skip
    assert [it.occurrence * it.detection for it in ranked[2:4]] == [8, 7]


@pytest.mark.parametrize(
    ("share", "rating"),
    [(1, 10), (0.1, 10), (0.099, 9), (0.05, 9), (0.02, 8), (0.01, 7), (0.002, 6), (5e-4, 5), (1e-4, 4),
     (1e-5, 3), (1e-6, 2), (9e-7, 1), (0, 1)],
)  # fmt: skip
def test_occurrence_of_a_rate(share: float, rating: int) -> None:
    assert occurrence_of(share) == rating


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_occurrence_of_no_share(share: float) -> None:
    with pytest.raises(ValueError):
        occurrence_of(share)


def test_a_sound_chain_of_whys() -> None:
    chain = why_chain(
        ["Replies are slow", "Three people must sign", "The approval process has three steps"]
    )
    assert (chain.length, chain.repeats, chain.ending, chain.sound) == (3, (), "process", True)


@pytest.mark.parametrize(
    ("last", "ending"),
    [
        ("员工粗心", "person"),
        ("客服态度不好", "person"),
        ("The agent was careless", "person"),
        ("Human error", "person"),
        ("流程冗余", "process"),
        ("测试要求没有写进员工手册", "process"),
        ("The employees' handbook has no such step", "process"),
        ("Nobody owns the time between order and plate", "process"),
        ("It rained", None),
        ("下雨了", None),
    ],
)
def test_where_a_chain_of_whys_stops(last: str, ending: str | None) -> None:
    chain = why_chain(["回复慢", "等人签字", last])
    assert chain.ending == ending
    assert chain.stops_at_a_person == (ending == "person")
    assert chain.sound == (ending == "process")


def test_a_chain_that_goes_in_circles_is_found_in_other_clothes() -> None:
    chain = why_chain(["The list is wrong.", "Nobody checks the list", "the LIST is wrong"])
    assert chain.repeats == ((0, 2),)
    assert why_chain(["等待时间太长", "没有人手", "等待时间太长了"]).repeats == ()
    assert why_chain(["客户等待的时间实在太长了", "没有人手", "客户等待的时间实在太长"]).repeats == (
        (0, 2),
    )


def test_a_chain_of_thousands_is_judged_at_once() -> None:
    chain = why_chain([f"The cause with the number {at % 4000}" for at in range(5000)])
    assert chain.repeats[0] == (0, 4000)
    assert len(chain.repeats) == 1000


def test_a_chain_may_be_too_short_or_too_long() -> None:
    assert why_chain(["a", "b"]).short
    assert not why_chain(["a", "b", "c"]).short
    assert not why_chain(list("abcdefg")).long
    assert why_chain(list("abcdefgh")).long
    assert why_chain([]).ending is None


def test_pareto_orders_and_adds_up() -> None:
    rows = pareto({"service": 20, "price": 5, "product": 70, "environment": 5})
    assert [(row.cause, row.share, row.cumulative) for row in rows] == [
        ("product", 0.7, 0.7), ("service", 0.2, 0.9), ("price", 0.05, 0.95), ("environment", 0.05, 1.0),
    ]  # fmt: skip
    assert vital_few(rows) == ("product", "service")
    assert vital_few(rows, 0.7) == ("product",)
    assert pareto({}) == pareto({"none": 0}) == ()
    with pytest.raises(ValueError):
        pareto({"owed": -1})


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), max_size=9), st.floats(0.01, 1))
def test_the_vital_few_are_the_smallest_set(weights: dict[str, float], share: float) -> None:
    rows = pareto(weights)
    few = vital_few(rows, share)
    total = sum(weights.values())
    if not rows:
        assert few == ()
        return
    assert sum(weights[cause] for cause in few) >= (share - 1e-6) * total
    heaviest = sorted(weights.values(), reverse=True)[: len(few) - 1]
    assert sum(heaviest) < share * total + 1e-6 * total + 1e-12


def test_right_first_time_of_j1(j1) -> None:
    chain = analyse_journey(j1).chain
    assert right_first_time(chain.visits["q"], chain.ever_visited["q"]) == pytest.approx(0.7)
    assert right_first_time(3.88, 3.88 - 0.417857) == pytest.approx(
        sum(chain.ever_visited.values()) / sum(chain.visits.values()), abs=1e-6
    )
    assert right_first_time(0, 0) is None


def test_right_first_time_is_the_chance_never_to_come_back(j1) -> None:
    """Walk J1: of the customers who are at Q, how many are never there again."""
    luck, stays = random.Random(7), [0, 0]
    for _ in range(40_000):
        at = "q"
        while at in {"q", "c"}:
            draw = luck.random()
            if at == "q":
                at = "q" if draw < 0.2 else "c" if draw < 0.4 else "gone"
                again = at == "q"
            else:
                again = draw < 0.5
                at = "q" if again else "gone"
            if again:
                break
        stays[at == "gone"] += 1
    chain = analyse_journey(j1).chain
    assert stays[1] / sum(stays) == pytest.approx(
        right_first_time(chain.visits["q"], chain.ever_visited["q"]), abs=0.01
    )


def test_repeated_complaints_are_of_one_customer_one_cause_and_one_season() -> None:
    day = date(2026, 1, 1)
    complaints = [
        ("ann", "late", day + timedelta(90)),
        ("ann", "late", day),
        ("ann", "late", day + timedelta(181)),
        ("ann", "rude", day + timedelta(1)),
        ("ben", "late", day + timedelta(2)),
    ]
    assert repeat_rate(complaints) == pytest.approx(1 / 5)
    assert repeat_rate(complaints, window=91) == pytest.approx(2 / 5)
    assert repeat_rate([]) is None


def test_the_register_of_a_journey(make_journey) -> None:
    pains = [
        {"pain": "small", "severity": 2, "occurrence": 2, "detection": 2},
        {"pain": "unrated", "severity": 9},
        {
            "pain": "large", "severity": 9, "occurrence": 8, "detection": 7, "before": "check",
            "causes": ["a", "b", "员工粗心"],
        },
        {
            "pain": "answered", "severity": 8, "occurrence": 8, "detection": 7,
            "action": "mend", "owner": "me", "due": "2027-01-01", "aim": {"occurrence": 2},
            "considered": ["process", "system", "process"],
        },
    ]  # fmt: skip
    journey = make_journey(
        {
            "a": {"kinds": ["first"], "emotion": 0, "pains": pains, "next": {"a": 0.5, "b": 0.5}},
            "b": {"kinds": ["end"], "emotion": 1, "pains": [{"pain": "late", "severity": 4}]},
        }
    )
    analysis = analyse_journey(journey)
    assert [(it.element, it.index) for it in register(analysis)] == [
        ("a", 2), ("a", 3), ("a", 0), ("a", 1), ("b", 0),
    ]  # fmt: skip
    found = told(analysis)
    assert found is not None
    assert found["priorities"] == {"H": 2, "M": 0, "L": 1}
    assert (found["unrated"], found["unanswered"]) == (2, 1)
    assert found["register"][0]["controls"] == ["before"]
    assert found["register"][0]["aim"] is None
    assert found["register"][1]["aim"] == action_priority(8, 2, 7)
    assert found["register"][1]["considered"] == ["process", "system"]
    assert found["register"][0]["whys"]["ending"] == "person"
    assert found["right_first_time"]["touchpoints"] == {"a": pytest.approx(0.5), "b": pytest.approx(1)}
    assert found["right_first_time"]["journey"] == pytest.approx(2 / 3)
    # weights: visits 2 × severity 9, 9, 8, 2; visits 1 × 4
    assert [row["share"] for row in found["pareto"]] == pytest.approx(
        [18 / 60, 18 / 60, 16 / 60, 4 / 60, 4 / 60]
    )
    assert [row["vital"] for row in found["pareto"]] == [True, True, True, False, False]


def test_complaints_are_added_up_by_type(make_journey) -> None:
    journey = make_journey(
        {
            "a": {"kinds": ["first"], "complaint": {"cases": {"late": 30, "rude": 5}, "repeated": 7}},
            "b": {"complaint": {"cases": {"late": 50, "price": 15}}},
        }
    )
    found = told(analyse_journey(journey))
    assert found is not None
    complaints = found["complaints"]
    assert [(it["type"], it["cases"], it["vital"]) for it in complaints["types"]] == [
        ("late", 80, True), ("price", 15, False), ("rude", 5, False),
    ]  # fmt: skip
    assert complaints["repeat_rate"] == pytest.approx(7 / 35)
    assert found["register"] == []


def test_a_journey_without_risks_tells_nothing(j1) -> None:
    bare = j1.model_copy(update={"stages": tuple(_bare(stage) for stage in j1.stages)})
    assert told(analyse_journey(bare)) is None


def _bare(stage):
    points = tuple(point.model_copy(update={"pains": ()}) for point in stage.touchpoints)
    return stage.model_copy(update={"touchpoints": points})


def test_the_register_of_a_blueprint() -> None:
    blueprint = ServiceBlueprint.model_validate(
        {
            "blueprint": "b",
            "journey": "j",
            "actors": {"a": {"zone": "frontstage"}},
            "steps": [
                {
                    "id": "one", "at": "s", "actor": "a", "does": "Greets",
                    "fails": [
                        {"mode": "late", "severity": 5, "occurrence": 5, "detection": 6},
                        {"mode": "lost", "severity": 10, "occurrence": 2, "detection": 1,
                         "poka_yoke": {"who": "server", "mode": "detect"}},
                    ],
                }
            ],
        }
    )  # fmt: skip
    found = told(analyse_blueprint(blueprint))
    assert found is not None
    first, second = found["register"]
    assert (first["risk"], first["action_priority"], first["contested"]) == ("lost", "M", True)
    assert first["controls"] == ["detect"]
    assert (second["action_priority"], second["contested"]) == (action_priority(5, 5, 6), False)
    assert "pareto" not in found
