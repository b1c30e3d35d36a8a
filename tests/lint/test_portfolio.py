"""Rules over all files: the cards, what counts as alike, and how their findings are chosen and accepted."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.config import Layer
from blueprint.diagnostic import Diagnostic, Range, Severity
from blueprint.lint.across import card_of, check_portfolio
from blueprint.lint.alike import groups, likeness, pairs, words_of
from blueprint.lint.portfolio import Card, Mood, Placed, Stop, card_from, plain_of
from blueprint.lint.rule import RULES
from blueprint.lint.selection import Local, Settings
from blueprint.source.document import read_document
from blueprint.source.text import Source

DAY = date(2026, 2, 1)


def journey(id: str, *points: str, head: str = "") -> str:
    lines = "".join(f"      - {{{point}}}\n" for point in points)
    return f"journey: {id}\n{head}stages:\n  - stage: all\n    touchpoints:\n{lines}"


FORM = "id: form, title: Fills in the claim form, channel: web, kinds: [first], emotion: 0"
END = "id: over, title: It is over, kinds: [end], emotion: 1"


def cards(**texts: str) -> list[Card]:
    return [card_of(read_document(Source(f"{name}.yaml", text))) for name, text in texts.items()]


def found(*select: str, settings: Settings | None = None, complete: bool = True, **texts: str) -> list[str]:
    chosen = settings or Settings(select=select)
    return [
        f"{d.file}:{d.code}" for d in check_portfolio(cards(**texts), chosen, today=DAY, complete=complete)
    ]


# What counts as alike


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fills in the claim form.", {"fills", "in", "the", "claim", "form"}),
        ("在小程序付款", {"在小", "小程", "程序", "序付", "付款"}),
        ("用 App 付款", {"用", "app", "付款"}),
        ("ＡＰＰで払う", {"app", "で払", "払う"}),
        ("don't — stop!", {"don", "t", "stop"}),
        ("…", set()),
    ],
)
def test_words(text: str, words: set[str]) -> None:
    assert words_of(text) == words


def test_likeness_is_jaccards_index() -> None:
    assert likeness(frozenset("abc"), frozenset("bcd")) == 2 / 4
    assert likeness(frozenset(), frozenset()) == 0


_TITLES = st.lists(st.frozensets(st.sampled_from("abcdefghij"), min_size=1, max_size=8), max_size=30)


@given(_TITLES, st.floats(0.1, 1.0))
def test_pairs_are_those_that_every_one_against_every_other_finds(
    titles: Sequence[frozenset[str]], least: float
) -> None:
    brute = {
        frozenset((one, other))
        for one, other in combinations(range(len(titles)), 2)
        if likeness(titles[one], titles[other]) >= least - 1e-9
    }
    assert {frozenset(pair) for pair in pairs(titles, least)} == brute


def stops(titles: Sequence[str]) -> list[Placed]:
    nowhere = Range(0, 0)
    return [
        Placed(
            Card(f"{at}.yaml", "journey", f"j{at}", True, nowhere),
            Stop(f"s{at}", (("en", title),), "web", "a", (), nowhere, nowhere),
        )
        for at, title in enumerate(titles)
    ]


@pytest.mark.parametrize("shape", ["random", "numbered", "long"])
def test_ten_thousand_touchpoints_are_compared_in_seconds(shape: str) -> None:
    draw = random.Random(7)
    words = [f"word{number}" for number in range(3000)]
    titles = {
        "random": lambda at: " ".join(draw.choices(words, k=6)),
        "numbered": lambda at: f"Step {at} of the journey to the house",
        "long": lambda at: (
            f"The guest does thing {at} in the big house at the end of a long and winding road"
        ),
    }[shape]
    every = stops([titles(at) for at in range(10_000)])
    begun = time.process_time()
    list(groups(every, 0.9))
    assert time.process_time() - begun < 10  # Every pair would be 50 million.


# Cards


def test_a_card_survives_json_and_is_quickly_made() -> None:
    points = [
        f"id: p{at}, title: {{en: Does thing {at}, zh: 做事{at}}}, channel: web, "
        "emotion: {mean: 0.5, sd: 1, n: 30}"
        for at in range(40)
    ]
    document = read_document(
        Source("a.yaml", journey("a", *points, head="reviewed: 2026-01-01\nowner: Li\n"))
    )
    card = card_of(document)
    assert len(card.stops) == 40
    again = card_from(json.loads(json.dumps(plain_of(card))))
    assert json.dumps(plain_of(again)) == json.dumps(plain_of(card))
    assert again._replace(stops=()) == card._replace(stops=())
    for one, other in zip(again.stops, card.stops, strict=True):
        assert (one.moods, one.at, one.felt) == (other.moods, other.at, other.felt)
    begun = time.process_time()
    for _ in range(50):
        card_of(document)
    assert (time.process_time() - begun) / 50 < 0.003  # Ten times what it takes on a machine at rest.


def test_a_card_of_what_cannot_be_read_says_so() -> None:
    (card,) = cards(a="journey: a\nstages: 7\n")
    assert (card.kind, card.id, card.whole) == ("journey", "a", False)


def test_an_emotion_is_placed_between_the_ends_of_its_scale() -> None:
    text = journey(
        "a",
        "id: low, title: L, emotion: 0",
        "id: mid, title: M, emotion: 7",
        "id: top, title: T, emotion: {mean: 8.5, sd: 3, n: 9}",
        head="emotion_scale: [0, 10]\nneutral: 7\n",
    )
    (card,) = cards(a=text)
    assert [stop.moods for stop in card.stops] == [
        (Mood("", -1.0, None, 0),),
        (Mood("", 0.0, None, 7),),
        (Mood("", 0.5, 1 / 3, 8.5),),
    ]


# Findings


def test_a_single_file_says_nothing_unless_asked() -> None:
    old = journey("a", FORM, END, head="reviewed: 2001-01-01\n")
    assert found(a=old) == []
    assert found("WS104", a=old) == ["a.yaml:WS104"]
    assert found(a=old, b=journey("b", END)) == ["a.yaml:WS104"]


def test_a_month_more_or_less_decides_about_a_review() -> None:
    def overdue(day: str) -> bool:
        return found("WS104", a=journey("a", END, head=f"reviewed: {day}\n")) != []

    assert overdue("2025-01-31")
    assert not overdue("2025-02-01")
    assert not overdue("2026-02-01")


def test_without_a_day_time_does_not_pass() -> None:
    old = cards(a=journey("a", END, head="reviewed: 2001-01-01\n"), b=journey("b", END))
    assert check_portfolio(old) == ()


def test_another_channel_is_another_touchpoint() -> None:
    other = FORM.replace("web", "phone")
    assert found(a=journey("a", FORM, END), b=journey("b", FORM, "id: x, title: Y, emotion: 1")) == [
        "a.yaml:WS101"
    ]
    assert found(a=journey("a", FORM, END), b=journey("b", other, "id: x, title: Y, emotion: 1")) == []


def test_a_journey_and_its_replacement_are_one() -> None:
    soon = journey("b", FORM.replace("emotion: 0", "emotion: 2"), END, head="state: to-be\nreplaces: a\n")
    assert found(a=journey("a", FORM, END), b=soon) == []


@pytest.mark.parametrize(
    ("one", "other", "speaks"),
    [
        ("-1", "1", True),
        ("-1", "0.9", False),
        ("{mean: -1, sd: 1, n: 100}", "{mean: 1.5, sd: 1, n: 100}", True),
        ("{mean: -1, sd: 4, n: 4}", "{mean: 1.5, sd: 4, n: 4}", False),
        ("{mean: -1, sd: 4, n: 4}", "1.5", True),
        ("{anna: -1}", "{anna: 1}", True),
        ("{anna: -1}", "{otto: 1}", False),
        ("{anna: -1, otto: 1}", "1", True),
    ],
)
def test_scores_contradict_clearly_or_not_at_all(one: str, other: str, speaks: bool) -> None:
    head = "persona: [anna, otto]\n"
    told = found(
        "WS102",
        a=journey("a", FORM.replace("emotion: 0", f"emotion: {one}"), head=head),
        b=journey("b", FORM.replace("emotion: 0", f"emotion: {other}"), head=head),
    )
    assert told == (["a.yaml:WS102"] if speaks else [])


def test_what_is_missing_is_missing_only_where_all_was_looked_at() -> None:
    texts = {
        "a": journey("a", END, head="persona: lin\n"),
        "lin": "persona: lin\n",
        "otto": "persona: otto\n",
    }
    assert found(**texts) == ["otto.yaml:WS106"]
    assert found(complete=False, **texts) == []
    assert found(**{**texts, "b": "journey: b\nstages: 7\n"}) == [], "what could not be read may name it"


def test_severity_options_and_files_hold_as_for_any_rule() -> None:
    texts = {"a": journey("a", FORM, END), "b": journey("b", FORM)}

    def run(settings: Settings) -> tuple[Diagnostic, ...]:
        return check_portfolio(cards(**texts), settings)

    assert [d.code for d in run(Settings())] == ["WS101"]
    assert run(Settings(ignore=("WS",))) == ()
    assert run(Settings(select=("EX",))) == ()
    assert run(Settings(options={"WS101": {"journeys": 3}})) == ()
    assert run(Settings(severity={"WS": Severity.ERROR}))[0].severity is Severity.ERROR
    there = Local(("a.yaml",), Layer(ignore=("WS101",)), {}, {}, {})
    assert run(Settings(local=(there,))) == ()
    elsewhere = Local(("b.yaml",), Layer(ignore=("WS101",)), {}, {}, {})
    assert [d.file for d in run(Settings(local=(elsewhere,)))] == ["a.yaml"]
    louder = Local(("a.yaml",), Layer(), {}, {"WS101": Severity.ERROR}, {})
    assert run(Settings(local=(louder,)))[0].severity is Severity.ERROR


def test_a_comment_accepts_and_one_that_accepts_nothing_is_reported() -> None:
    accepting = journey("a", FORM, END).replace(
        "      - {id: form", "      # blueprint: ignore WS101 -- one form for all\n      - {id: form"
    )
    assert found(a=accepting, b=journey("b", FORM)) == []
    assert found(a=accepting, b=journey("b", END.replace("over", "o").replace("It is", "X"))) == [
        "a.yaml:IN103"
    ]
    assert found("WS102", a=accepting, b=journey("b", END)) == [], (
        "what did not run says nothing by its silence"
    )


def test_a_rule_that_crashes_takes_no_other_down(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from blueprint.lint import across, book

    def broken(portfolio: object) -> None:
        raise OSError("no disk")

    rules = {**book.load(), "WS101": replace(RULES["WS101"], check=broken)}
    monkeypatch.setattr(book, "load", lambda: rules)
    old = journey("a", FORM, END, head="reviewed: 2001-01-01\n")
    told = across.check_portfolio(cards(a=old, b=journey("b", FORM)), today=DAY)
    assert [d.code for d in told] == ["IN001", "WS104"]


def test_the_library_checks_documents_together_too() -> None:
    from blueprint import api
    from blueprint.lint.accepted import Accept

    texts = {"a.yaml": journey("a", FORM, END), "b.yaml": journey("b", FORM)}
    documents = [read_document(Source(name, text)) for name, text in texts.items()]
    assert [d.code for d in api.check_together(documents)] == ["WS101"]
    accepted = Settings(accepted=(Accept("WS101", "one form for all", "Li"),))
    assert api.check_together(documents, accepted) == ()


def test_an_orphan_is_one_among_journeys_that_are_linked() -> None:
    texts = {
        "a": journey("a", FORM),
        "b": journey("b", END),
        "c": journey("c", "id: x, title: Y, emotion: 1"),
    }
    assert found(**texts) == [], "nobody links anything here"
    soon = {**texts, "b": journey("b", END, head="state: to-be\nreplaces: a\n")}
    assert found(**soon) == [], "a replacement is no habit of linking"
    linked = {**texts, "b": journey("b", END, head="links: [plans/a.yaml]\n")}
    assert found(**linked) == ["c.yaml:WS103"]
    assert found(complete=False, **linked) == []
    assert found("WS103", **soon) == ["c.yaml:WS103"]
