"""Documents: every mistake located, explained once, in two languages; what is left stays usable."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.diagnostic import Diagnostic, Range
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.service import ServiceBlueprint
from blueprint.source.complaints import MOST_EXPLAINED
from blueprint.source.document import Document, read_document
from blueprint.source.text import Source

RICH = """\
journey: send-a-parcel
title: {en: Sending a parcel, zh: 寄包裹}
persona: {persona: anna, title: Anna, style: analyst}
emotion_scale: [-2, 2]
traffic: {journeys: 12000, per: year, value: 340 CNY}
outcomes: {done: success, dropped: {result: failure, title: Gives up}}
budgets: {peak_end: ">= 0.5", time: "<= 3d"}
stages:
  - stage: send
    title: 寄件
    touchpoints:
      - id: pack
        title: Packs the parcel
        kinds: [first]
        emotion: {mean: 1, sd: 0.5, n: 40, source: survey}
        time: {standard: 5m, tolerance: 10m, observed: {p50: 4m, p90: 9m}}
        needs: [{need: A box that fits, kano: must-be, met: true}]
        next: {hand-over: 0.9, dropped: rest}
      - id: hand-over
        title: {en: Hands it over, zh: 交寄}
        kinds: high-perception
        emotion: {anna: 2}
        pains:
          - {pain: A queue, severity: 4, occurrence: 8, detection: 3, causes: [one clerk]}
        complaint: {priority: P2, authority: {amount: 50, currency: CNY}, escalation: [Supervisor]}
      - id: receipt
        title: Keeps the receipt
        kinds: end
        emotion: 0
        metrics: [{metric: CSAT, class: perceptual, value: 91%, n: 200, date: 2026-03-01}]
"""


STEPS = "steps: [{id: s, at: t, actor: a, does: x}]\n"


def read(text: str) -> Document:
    return read_document(Source("f.yaml", text))


def touchpoint(line: str) -> str:
    return (
        "journey: j\nstages:\n  - stage: s\n    touchpoints:\n"
        f"      - id: a\n        title: x\n        {line}\n      - {{id: b, title: y}}\n"
    )


def only(text: str) -> tuple[Diagnostic, str]:
    (found,) = read(text).diagnostics
    return found, text[found.span.start : found.span.end]


def test_a_rich_journey_is_read_without_a_word() -> None:
    document = read(RICH)
    assert document.diagnostics == ()
    assert isinstance(document.model, Journey)
    assert (document.id, document.kind.key if document.kind else "") == ("send-a-parcel", "journey")
    assert list(document.model.touchpoints) == ["pack", "hand-over", "receipt"]


def test_the_kind_does_not_depend_on_the_order_of_the_keys() -> None:
    blueprint = read("journey: j\nactors: {a: {zone: support}}\nblueprint: b\n" + STEPS)
    assert isinstance(blueprint.model, ServiceBlueprint)
    assert isinstance(read("persona: anna\njourney: j\nstages: [{stage: s}]\n").model, Journey)
    assert isinstance(read("persona: anna\ntitle: Anna\n").model, Persona)


# code, the text under the caret, words of the message, words of the help
TABLE = [
    (
        "emotion: 7",
        "YM008",
        "7",
        "emotion is 7 but this journey's scale is -2 … 2",
        "declare emotion_scale: or rescore",
    ),
    ("emotion: {anna: 5, bob: 1}", "YM008", "5", "emotion of anna is 5", "rescore"),
    ("emotion: {mean: -9, n: 3}", "YM008", "-9", "emotion is -9", "rescore"),
    ("emotion: happy", "YM019", "happy", "`emotion` is happy", "a number on the scale"),
    ("emotion: {}", "YM005", "{}", "`emotion` has no `mean`", "mean: 1"),
    ("emotion: .nan", "YM008", ".nan", "finite", ""),
    ("doing: 2024", "YM004", "2024", "a number (2024), but text", 'quotes: "2024"'),
    ("doing: true", "YM004", "true", "a truth value (true), but text", 'quotes: "true"'),
    ("doing: [a, b]", "YM004", "doing", "a list, but text", "one text per language"),
    ("doing: {en: 3}", "YM004", "3", "`en` is a number", "quotes"),
    ("doing: {e n: x}", "YM019", "e n", "`e n` is not a language", "en, zh"),
    ("doing: {}", "YM018", "{}", "`doing` is empty", "delete it"),
    ('doing: ""', "YM018", '""', "`doing` is empty", "delete it"),
    ("evidence:", "YM004", "evidence", "is empty, but a list", "delete the key"),
    ("evidence: a ticket", "YM004", "a ticket", "text (a ticket), but a list", "[a ticket]"),
    ("needs: {need: x}", "YM004", "needs", "a mapping, but a list", "`- `"),
    ("needs: [x]", "YM004", "x", "item 1 of `needs` is text", "{key: value}"),
    ("needs: [{met: true}]", "YM005", "met: true", "this need has no `need`", "`need:`"),
    ("needs: [{need: x, met: yes}]", "YM004", "yes", "but true or false", "true or false"),
    ("time: 30", "YM004", "30", "a number (30), but a mapping", "say the unit"),
    ("time: 30m", "YM004", "30m", "text (30m), but a mapping", "{standard: 30m}"),
    ("time: {standard: 30}", "YM019", "30", "not a duration", "say the unit: 30s, 30m, 30h or 30d"),
    ("time: {standard: soon}", "YM019", "soon", "not a duration", "2h 30m"),
    ("emotoin: 1", "YM003", "emotoin", "this touchpoint has no key `emotoin`", "did you mean `emotion`?"),
    ("lifecycle: x", "YM003", "lifecycle", "no key `lifecycle`", "belongs to `customers` or a stage"),
    ("causes: [x]", "YM003", "causes", "no key `causes`", "belongs to an item of `pains`"),
    ("raci: {a: R}", "YM003", "raci", "no key `raci`", "belongs to a step of a service blueprint"),
    ("p50: 3", "YM003", "p50", "no key `p50`", "belongs to `observed` in `time`"),
    ("stages: []", "YM003", "stages", "no key `stages`", "belongs to the journey itself"),
    ("quux: x", "YM003", "quux", "no key `quux`", "begin your own with `x-`"),
    ("kinds: [frist]", "YM009", "frist", "item 1 of `kinds` cannot be `frist`", "did you mean `first`?"),
    ("kinds: frist", "YM009", "frist", "`kinds` cannot be `frist`", "did you mean `first`?"),
    ("kinds: 3", "YM004", "3", "", ""),
    ("quality: {relyability: {}}", "YM009", "relyability", "`relyability`", "did you mean `reliability`?"),
    ("next: 3", "YM004", "3", "`next` is a number", "quotes"),
    ("next: {b: 80}", "YM008", "80", "from 0 to 1", "0.8 or 80%"),
    ("next: {b: {p: 80}}", "YM008", "80", "from 0 to 1", "0.8 or 80%"),
    ("next: {b: half}", "YM004", "half", "but a number", ""),
    ("next: []", "YM018", "[]", "`next` is empty", ""),
    ("next: {B b: .1}", "YM007", "B b", "cannot be an id", "b-b"),
    ("next: [打开]", "YM007", "打开", "cannot be an id", "title"),
    ("next: {mapping: x, b: 0.1}", "YM004", "x", "`mapping` is text", ""),
    ("pains: [{pain: x, severity: 11}]", "YM008", "11", "from 1 to 10", "FMEA"),
    ("pains: [{pain: x, severity: high}]", "YM004", "high", "a whole number", ""),
    ('pains: [{pain: x, severity: "5"}]', "YM004", '"5"', "text (5)", "leave out the quotes: 5"),
    ("pains: [{pain: x, due: 2024}]", "YM019", "2024", "not a date", "2026-11-22"),
    ("pains: [{pain: x, due: 2024-02-30}]", "YM019", "2024-02-30", "not a date", ""),
    ("metrics: [{metric: x, value: good}]", "YM019", "good", "not a number or a percentage", "91%"),
    ("complaint: {authority: 50}", "YM019", "50", "not an amount of money", "50 CNY"),
    ("complaint: {authority: {amount: 5, currency: yuan}}", "YM019", "yuan", "not a currency", "CNY"),
]


@pytest.mark.parametrize(
    ("line", "code", "place", "message", "help_"), TABLE, ids=[row[0] for row in TABLE]
)
def test_one_mistake_is_one_diagnostic_in_our_words(
    line: str, code: str, place: str, message: str, help_: str
) -> None:
    found, under = only(touchpoint(line))
    assert (found.code, under) == (code, place)
    assert message in found.message.en
    assert found.help is not None
    assert help_ in found.help.en
    assert found.element == "a"
    assert re.search("[一-鿿]", found.message.zh)
    assert re.search("[一-鿿]", found.help.zh)
    for wording in ("Input should", "valid string", "constrained", "pydantic", "discriminator", "type="):
        assert wording not in found.message.en + found.help.en


@pytest.mark.parametrize(
    ("line", "code", "place", "message", "help_"), TABLE, ids=[row[0] for row in TABLE]
)
def test_a_mistake_costs_no_more_than_itself(
    line: str, code: str, place: str, message: str, help_: str
) -> None:
    model = read(touchpoint(line)).model
    assert isinstance(model, Journey)
    assert list(model.touchpoints) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "code", "place", "help_"),
    [
        ("", "YM017", "", "journey:"),
        ("# nothing\n", "YM017", "", "journey:"),
        ("- a\n- b\n", "YM017", "- a\n- b", "journey:"),
        ("just text\n", "YM017", "just text", "journey:"),
        ("journy: x\nstages: []\n", "YM017", "journy", "`journey:`"),
        ("title: x\n", "YM017", "title", "journey:"),
        ("atlas: all\n", "YM017", "atlas", "journeys, blueprints"),
        ("journey: j\n", "YM005", "journey: j", "stages:"),
        ("journey: j\nstages: []\n", "YM018", "[]", "fill it in"),
        ("journey: j\nemotion_scale: [2, -2]\nstages: [{stage: s}]\n", "YM019", "[2, -2]", "[-2, 2]"),
        ("journey: j\nneutral: 5\nstages: [{stage: s}]\n", "YM008", "5", "on the scale"),
        (
            "journey: j\nbudgets: {peek_end: '>= 1'}\nstages: [{stage: s}]\n",
            "YM009",
            "peek_end",
            "`peak_end`",
        ),
        ("journey: j\nbudgets: {ending: 3}\nstages: [{stage: s}]\n", "YM019", "3", ">= 0.5"),
        ("journey: j\noutcomes: {done: sucess}\nstages: [{stage: s}]\n", "YM009", "sucess", "`success`"),
        ("journey: 2024\nstages: [{stage: s}]\n", "YM004", "2024", "quotes"),
        ("journey: j\nlanguage: Chinese\nstages: [{stage: s}]\n", "YM019", "Chinese", "zh"),
        ("persona: anna\nshare: 30\n", "YM008", "30", "30%"),
        (
            "blueprint: b\njourney: j\nactors: {a: {zone: onstage}}\n" + STEPS,
            "YM009",
            "onstage",
            "`frontstage`",
        ),
    ],
)
def test_mistakes_about_the_document(text: str, code: str, place: str, help_: str) -> None:
    found, under = only(text)
    assert (found.code, under) == (code, place)
    assert found.help is not None
    assert help_ in found.help.en


def test_a_scale_of_its_own_moves_the_bounds_and_a_broken_one_mutes_them() -> None:
    scaled = RICH.replace("[-2, 2]", "[0, 10]").replace("emotion: 0", "emotion: 11")
    assert [d.message.en for d in read(scaled).diagnostics] == [
        "emotion is 11 but this journey's scale is 0 … 10"
    ]
    assert [
        d.code
        for d in read(RICH.replace("[-2, 2]", "[x]").replace("emotion: 0", "emotion: 11")).diagnostics
    ] == ["YM019"]


def test_ones_own_keys_are_kept_everywhere_and_cost_nothing() -> None:
    text = touchpoint("x-ticket: ABC-1").replace("journey: j", "journey: j\nx-team: {lead: Anna}")
    document = read(text)
    assert document.diagnostics == ()
    assert document.pruned == ()
    assert document.extras == {
        ("x-team",): {"lead": "Anna"},
        ("stages", 0, "touchpoints", 0, "x-ticket"): "ABC-1",
    }
    assert isinstance(document.model, Journey)


def test_an_id_that_begins_with_x_is_an_id() -> None:
    document = read(touchpoint("next: {x-ray: 0.5, b: 0.5}"))
    assert document.extras == {}
    assert isinstance(document.model, Journey)
    assert isinstance(document.model.touchpoints["a"].next, dict)
    assert set(document.model.touchpoints["a"].next) == {"x-ray", "b"}


def test_what_is_dropped_is_named_and_places_follow_the_model() -> None:
    text = (
        "journey: j\nstages:\n  - stage: s\n    touchpoints:\n      - 3\n      - {id: Bad Id, title: one}\n"
        "      - {id: good, title: two, emotion: 9, doing: x}\n"
    )
    document = read(text)
    assert isinstance(document.model, Journey)
    assert [t.title.pick() for t in document.model.touchpoints.values()] == ["one", "two"]
    for place in document.model.places:
        span = document.spans[(*place.loc, "title")]
        assert text[span.start : span.end] == place.touchpoint.title.pick()
    touchpoints = ("stages", 0, "touchpoints")
    assert document.pruned == (touchpoints, (*touchpoints, 0, "id"), (*touchpoints, 1, "emotion"))
    assert document.lost_ids == {"Bad Id"}
    assert document.near_pruned((*touchpoints, 1))
    assert not document.near_pruned((*touchpoints, 1, "doing"))


def test_what_the_tree_reported_is_not_reported_again_and_costs_no_more() -> None:
    document = read("journey: j\nstages: [{stage: s, touchpoints: [{id: a, title: *gone, doing: x}]}]\n")
    assert [d.code for d in document.diagnostics] == ["YM016"]
    assert isinstance(document.model, Journey)
    assert document.model.touchpoints["a"].doing is not None


def test_a_misspelt_key_mutes_the_key_it_stands_for() -> None:
    pruned = read(touchpoint("emotoin: 1")).pruned
    assert ("stages", 0, "touchpoints", 0, "emotion") in pruned


def test_after_a_syntax_error_what_was_read_is_checked_and_nothing_seems_missing() -> None:
    text = "journey: j\nstages:\n  - stage: s\n    touchpoints:\n      - {id: a, title: 3}\n"
    text += "      - id: b\n        title: [\n"
    assert [d.code for d in read(text).diagnostics] == ["YM004", "YM001"]


MANY_SLIPS = """\
journey: j
title: a: b
stages:
  - stage: s
    touchpoints:
      - id: a
        title: Say: hello: you
        emotion: 9
      - {id: b, title: [}
      - id: c
        title: 'unclosed
      - id: d
        doing: 3
        title: ok
\temotion: 1
      - id: e
        titel: x
        nonsense
"""


def test_every_slip_is_reported_and_none_hides_the_next() -> None:
    document = read(MANY_SLIPS)
    assert [(d.code, document.source.position(d.span.start).line) for d in document.diagnostics] == [
        ("YM001", 2),
        ("YM001", 7),
        ("YM008", 8),
        ("YM001", 9),
        ("YM001", 11),
        ("YM004", 13),
        ("YM001", 15),
        ("YM003", 17),
        ("YM001", 18),
    ]
    assert isinstance(document.model, Journey)
    assert list(document.model.touchpoints) == ["a", "c", "d", "e"]
    assert document.lost_ids == {"b"}


SLIPS = ["title: a: b", "what: [1, 2", "nonsense", "- x", "x: 'y", "@: x", "\tx: y", "{", "]", "x: {a: b"]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("line", range(13, RICH.count("\n") + 1))
def test_a_slip_in_one_touchpoint_leaves_the_others_as_they_were(slip: str, line: int) -> None:
    lines = RICH.splitlines(keepends=True)
    indent = len(lines[line - 1]) - len(lines[line - 1].lstrip(" -"))
    lines.insert(line, " " * indent + slip + "\n")
    document, whole = read("".join(lines)), read(RICH).model
    assert "YM001" in [d.code for d in document.diagnostics]
    assert len(document.diagnostics) <= 3
    assert isinstance(whole, Journey)
    assert isinstance(document.model, Journey)
    kept = [t for id, t in document.model.touchpoints.items() if whole.touchpoints.get(id) == t]
    assert len(kept) >= 2


def test_the_safe_fix_of_a_number_puts_it_in_quotes() -> None:
    text = touchpoint("doing: 2024")
    found, _ = only(text)
    assert found.fix is not None
    assert found.fix.safe
    (edit,) = found.fix.edits
    assert read(text[: edit.start] + edit.text + text[edit.end :]).diagnostics == ()


ITEMS = "journey: j\nstages:\n- stage: s\n  touchpoints:\n"


@pytest.mark.parametrize(
    "text",
    [
        "journey: j\n" + "".join(f"key{n}: 1\n" for n in range(20_000)),
        ITEMS + "  - 3\n" * 20_000,
        ITEMS + "  - {id: a, title: {}}\n" * 10_000,
        ITEMS + "  - &a {id: 3, title: 3}\n" + "  - *a\n" * 10_000,
        ITEMS + "".join(f"  - {{id: a{n}, title: x, emotion: 9}}\n" for n in range(10_000)),
        "a: 1\n" * 20_000,
    ],
    ids=["unknown-keys", "no-mappings", "empty-texts", "aliases", "off-scale", "duplicates"],
)
def test_thousands_of_mistakes_are_neither_slow_nor_all_listed(text: str) -> None:
    begin = time.process_time()
    found = read(text).diagnostics
    assert time.process_time() - begin < 10
    assert len(found) == MOST_EXPLAINED + 1
    assert "more mistakes" in found[-1].message.en


# Anything ---------------------------------------------------------------------------------------------


OTHERS = ["3", "text", "[1, 2]", "{a: b}", "", "true", "-1e400", '""', "2024-01-01", "[]", "{}", "中", "~"]


def swap_values(text: str, rng: random.Random) -> str:
    document = read(text)
    spans = sorted(document.spans.values()) or [Range(0, len(text))]
    one = rng.choice(spans)
    other = rng.choice(
        ["3", "text", "[1, 2]", "{a: b}", "", "true", "-1e400", '""', "2024-01-01", "[]", "{}", "中", "~"]
    )
    return text[: one.start] + other + text[one.end :]


def swap_keys(text: str, rng: random.Random) -> str:
    keys = re.findall(r"[a-z_0-9]+(?=:)", text) or ["a"]
    return text.replace(f"{rng.choice(keys)}:", f"{rng.choice([*keys, 'x-own', '3', 'tilte'])}:", 1)


def drop_lines(text: str, rng: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[rng.randrange(len(lines))]
    return "".join(lines)


def drop_characters(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return (
        text[:at]
        + rng.choice(["", "\t", "\0", "'", "{", "- ", "\n", "&a ", "😀"])
        + text[at + rng.randrange(3) :]
    )


MUTATIONS: list[Callable[[str, random.Random], str]] = [swap_values, swap_keys, drop_lines, drop_characters]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=6), st.integers(0, 2**32))
def test_mutated_documents_never_raise_and_stay_located(
    mutations: list[Callable[[str, random.Random], str]], seed: int
) -> None:
    rng, text = random.Random(seed), RICH
    for mutate in mutations:
        text = mutate(text, rng) or RICH
    document = read(text)
    for found in document.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.message.en
        assert found.message.zh
    if document.model is None:
        assert document.diagnostics
    places = [(d.code, d.span, d.message) for d in document.diagnostics]
    assert len(set(places)) == len(places)
    if isinstance(document.model, Journey):
        for place in document.model.places:
            assert place.loc in document.spans
