"""Selecting, running, locating and accepting findings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from blueprint.analysis.results import JourneyAnalysis
from blueprint.diagnostic import Diagnostic, Message, Severity
from blueprint.lint import book, engine
from blueprint.lint.engine import check_document
from blueprint.lint.rule import RULES, Finding, Rule, rule
from blueprint.lint.selection import Settings
from blueprint.model.journey import Journey
from blueprint.source.document import Document, read_document
from blueprint.source.text import Source

FIRST = """\
journey: buy-a-ticket
stages:
  - stage: plan
    touchpoints:
      - {id: search, title: Looks for a train, kinds: [first], emotion: 0}
      - {id: choose, title: Picks a fare, emotion: -1}
  - stage: travel
    touchpoints:
      - {id: board, title: Boards with a QR code, kinds: [high-perception], emotion: 2}
      - {id: arrive, title: Arrives on time, kinds: [end], emotion: 1}
"""
LOW = FIRST.replace("kinds: [end], emotion: 1}", "kinds: [end], emotion: -1}")


def check(text: str, *select: str, **settings: Any) -> list[Diagnostic]:
    document = read_document(Source("a.yaml", text))
    return list(check_document(document, None, Settings(select=select, **settings)))


def codes(text: str, *select: str, **settings: Any) -> list[str]:
    return [d.code for d in check(text, *select, **settings)]


@pytest.fixture
def extra(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Rule]]:
    """Let a test enter rules of its own; the book forgets them afterwards."""
    before = dict(book.load())
    added: dict[str, Rule] = {}
    monkeypatch.setattr(engine.book, "load", lambda: {**before, **added})
    yield added
    for code in added:
        RULES.pop(code, None)


def test_a_first_journey_of_ten_lines_passes_without_a_word() -> None:
    assert check(FIRST) == []


def test_all_asks_more_of_the_same_journey() -> None:
    assert {"TP106", "TP107", "TP108"} <= set(codes(FIRST, "ALL"))


def test_finding_stands_exactly_under_the_value() -> None:
    (found,) = check(LOW, "EX101")
    assert LOW[found.span.start : found.span.end] == "-1"
    assert LOW[: found.span.start].count("\n") + 1 == 10
    assert (found.severity, found.name, found.element) == (Severity.WARNING, "low-ending", "arrive")


@pytest.mark.parametrize(
    ("select", "ignore", "runs"),
    [
        ((), (), True),
        (("EX",), (), True),
        (("low-ending",), (), True),
        (("ex101",), (), True),
        (("ST",), (), False),
        ((), ("EX",), False),
        (("EX101",), ("EX",), True),
        (("EX",), ("EX101",), False),
        (("EX101",), ("EX101",), False),
        (("ALL",), ("low-ending",), False),
        (("DEFAULT", "TP106"), (), True),
    ],
)
def test_the_more_exact_word_wins(select: tuple[str, ...], ignore: tuple[str, ...], runs: bool) -> None:
    assert ("EX101" in codes(LOW, *select, ignore=ignore)) is runs


def test_options_and_severities_can_be_set() -> None:
    assert codes(FIRST, "EX101", options={"low-ending": {"floor": 1.5}}) == ["EX101"]
    (found,) = check(LOW, "EX101", severity={"EX": Severity.INFO, "EX101": Severity.ERROR})
    assert found.severity is Severity.ERROR


def test_wrong_words_and_options_are_named() -> None:
    with pytest.raises(KeyError, match=r"did you mean `EX109`"):
        book.check_words(["EX1O9"])
    with pytest.raises(KeyError, match="low-ending"):
        book.find("low-endings")
    with pytest.raises(KeyError, match=r"did you mean `floor`"):
        book.check_options({"EX101": {"flor": 1}})
    with pytest.raises(KeyError, match="takes a value like"):
        book.check_options({"low-ending": {"floor": "high"}})
    book.check_words(["ALL", "default", "EX", "ex1", "EX101", "Low-Ending"])
    book.check_options({"ex101": {"floor": 1}})


def test_a_rule_that_crashes_becomes_a_finding_and_stops_nobody(extra: dict[str, Rule]) -> None:
    @rule("ZZ901", zh="崩溃")
    def broken(journey: Journey) -> Iterator[Finding]:
        """Crashes half-way."""
        yield Finding(("journey",), Message("one", "一"))
        raise RuntimeError("boom")

    extra["ZZ901"] = RULES["ZZ901"]
    found = check(LOW, "ZZ901", "EX101")
    assert [d.code for d in found] == ["IN001", "EX101"]
    assert "ZZ901" in found[0].message.en
    assert "boom" in found[0].message.en


def test_an_analysis_that_crashes_silences_only_the_rules_that_need_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def explode(*_: object, **__: object) -> JourneyAnalysis:
        raise ZeroDivisionError("in the analysis")

    monkeypatch.setattr("blueprint.analysis.journey.analyse_journey", explode)
    text = LOW.replace("stage: travel", "stage: empty\n  - stage: travel")
    assert codes(text) == ["IN001", "ST111"]


def test_a_graph_without_figures_silences_without_a_crash() -> None:
    text = LOW.replace("emotion: -1}", "emotion: -1, next: arrive}", 2)
    assert "ST107" in codes(text, "ALL")
    assert "IN001" not in codes(text, "ALL")


def test_findings_are_sorted_by_place() -> None:
    found = check(LOW.replace("kinds: [first], ", ""), "ALL")
    assert [d.span.start for d in found] == sorted(d.span.start for d in found)


def test_a_broken_touchpoint_brings_no_consequences() -> None:
    text = FIRST.replace("id: choose, title: Picks a fare", "id: choose").replace(
        "emotion: 0}", "emotion: 0, next: {choose: 0.5, board: 0.5}}"
    )
    assert {code[:2] for code in codes(text)} == {"YM"}


def test_what_could_not_be_read_is_not_called_missing() -> None:
    first_lost = FIRST.replace("kinds: [first]", "kinds: [frist]")
    end_lost = FIRST.replace("kinds: [end]", "kinds: [ned]")
    way_lost = FIRST.replace("emotion: -1}", "emotion: -1, next: {board: lots, choose: 1}}")
    for text in (first_lost, end_lost, way_lost):
        found = codes(text)
        assert len(found) == 1
        assert found[0].startswith("YM")


def test_errors_of_reading_cannot_be_ignored() -> None:
    text = FIRST.replace("emotion: 2", "emotion: far too much")
    found = codes(f"# blueprint: ignore-file YM019, YM004, YM008 -- no\n{text}", ignore=("YM",))
    assert any(code.startswith("YM") for code in found)


class TestComments:
    def test_at_the_end_of_a_line(self) -> None:
        text = LOW.replace("emotion: -1}\n", "emotion: -1}  # blueprint: ignore EX101 -- on purpose\n")
        assert codes(text) == ["IN103"], "the first one covers another line and finds nothing"
        end = LOW.removesuffix("\n") + " # blueprint: ignore EX101 -- on purpose"
        assert codes(end) == []

    def test_above_an_element_covers_it_whole(self) -> None:
        text = LOW.replace(
            "  - stage: travel",
            "\n  # blueprint: ignore EX101 -- on purpose\n  # and why\n  - stage: travel",
        )
        assert codes(text) == []
        other = LOW.replace("  - stage: plan", "  # blueprint: ignore EX101 -- on purpose\n  - stage: plan")
        assert codes(other) == ["IN103", "EX101"]

    def test_above_a_key_covers_its_value(self) -> None:
        budget = (
            "journey: buy-a-ticket\n# blueprint: ignore EX109 -- next year\nbudgets:\n  ending: '>= 2'\n"
        )
        assert codes(FIRST.replace("journey: buy-a-ticket\n", budget)) == []

    def test_above_the_first_line_does_not_cover_the_document(self) -> None:
        assert codes(f"# blueprint: ignore EX101 -- on purpose\n{LOW}") == ["IN103", "EX101"]

    def test_for_a_whole_file(self) -> None:
        assert codes(f"# blueprint: ignore-file low-ending -- on purpose\n{LOW}") == []

    def test_without_a_reason(self) -> None:
        found = check(f"# blueprint: ignore-file EX101\n{LOW}")
        assert [(d.code, d.name) for d in found] == [("IN101", "ignore-without-reason")]

    def test_of_a_rule_that_does_not_exist(self) -> None:
        found = check(f"# blueprint: ignore-file EX1O1, EX101 -- on purpose\n{LOW}")
        assert [d.code for d in found] == ["IN102"]
        assert found[0].help is not None
        assert found[0].help.en == "did you mean `EX101`?"
        assert found[0].span == (25, 30)

    @pytest.mark.parametrize(
        ("written", "mended"),
        [
            ("# blueprint: ingore-file EX101 -- x", "# blueprint: ignore-file EX101 -- x"),
            ("# blueprint: ignore_file EX101 -- x", "# blueprint: ignore-file EX101 -- x"),
            ("# blueprint: skip-file EX101 -- x", "# blueprint: ignore-file EX101 -- x"),
            ("# blueprint: disable EX101 -- x", "# blueprint: ignore EX101 -- x"),
            ("# blueprint: noqa", "# blueprint: ignore"),
            ("# blueprint ignore-file EX101 -- x", "# blueprint: ignore-file EX101 -- x"),
            ("# blueprint：ignore-file EX101 -- x", "# blueprint: ignore-file EX101 -- x"),
            ("# blueprint: ignore-file EXlOl -- x", "# blueprint: ignore-file EX101 -- x"),
        ],
    )
    def test_with_a_wrong_word(self, written: str, mended: str) -> None:
        text = f"{written}\n{FIRST}"
        (found,) = check(text)
        assert found.code == "IN102"
        assert found.fix is not None
        assert not found.fix.safe
        ((start, end, put),) = found.fix.edits
        assert (text[:start] + put + text[end:]).splitlines()[0] == mended

    @pytest.mark.parametrize(
        "remark",
        [
            "# blueprint: the delivery side is elsewhere",
            "# blueprint: skip this part on a first reading",
            "# blueprint ignores nothing",
            "# blueprint: complaint-delivery",
        ],
    )
    def test_a_remark_is_no_instruction(self, remark: str) -> None:
        assert codes(f"{remark}\n{FIRST}") == []

    @pytest.mark.parametrize(
        "value",
        [
            '"a # blueprint: ignore-file EX101 -- no"',
            "'a # blueprint: ignore-file EX101 -- no'",
            "|\n          text\n          # blueprint: ignore-file EX101 -- no\n",
        ],
    )
    def test_inside_a_value_is_text(self, value: str) -> None:
        text = LOW.replace("stage: plan", f"stage: plan\n    goal: {value}")
        assert codes(text) == ["EX101"]

    def test_unused_is_told_only_where_the_rule_ran(self) -> None:
        text = f"# blueprint: ignore-file EX101 -- on purpose\n{FIRST}"
        assert codes(text) == ["IN103"]
        assert codes(text, "ST") == []
        trap = text.replace("emotion: -1}", "emotion: -1, next: choose}")
        assert "ST107" in codes(trap)
        assert "IN103" not in codes(trap), "the rule could not run, so its silence means nothing"

    def test_windows_line_ends(self) -> None:
        text = (LOW.removesuffix("\n") + " # blueprint: ignore EX101 -- on purpose\n").replace("\n", "\r\n")
        assert codes(text) == []


def test_every_default_is_calm_about_unused_vocabulary() -> None:
    """Rules about parts of the language speak by default only where a journey uses that part."""
    timed = FIRST.replace("kinds: [first], emotion: 0}", "kinds: [first, high-frequency], emotion: 0}")
    assert codes(timed) == []
    used = timed.replace("emotion: -1}", "emotion: -1, time: {standard: 5m}}")
    assert codes(used) == ["TP105"]


def test_a_dropped_value_is_not_called_missing_at_its_touchpoint() -> None:
    """A rule shows what a touchpoint lacks at its id, which is no place of its own."""
    text = (
        "journey: one\nstages:\n  - stage: s\n    touchpoints:\n"
        "      - {id: a, title: A, kinds: [first], emotion: 1}\n"
        "      - {id: b, title: B, emotion: 7}\n"
        "      - {id: c, title: C, kinds: [end]}\n"
    )
    found = [(d.code, d.element) for d in check_document(read_document(Source("j.yaml", text)))]
    assert ("EX106", "c") in found
    assert ("EX106", "b") not in found


def test_a_document_goes_as_soon_as_nobody_holds_it() -> None:
    """Rings would keep all documents of a run in memory, or have them looked for again and again."""

    def held() -> list[str]:
        return [it.source.name for it in gc.get_objects() if isinstance(it, Document)]

    def look(name: str) -> None:
        document = read_document(Source(name, FIRST))
        assert engine.examine(document, None, Settings(select=("ALL",)))

    gc.disable()
    try:
        look("gone.yaml")
        assert "gone.yaml" not in held()
    finally:
        gc.enable()
