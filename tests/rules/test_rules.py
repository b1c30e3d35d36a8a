"""Every rule: its manual page is complete and true, and its findings read as they were accepted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from blueprint.diagnostic import Diagnostic
from blueprint.lint import book
from blueprint.lint.across import card_of, check_portfolio
from blueprint.lint.engine import check_document
from blueprint.lint.selection import Settings
from blueprint.report import text
from blueprint.report.run import Run
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace

HERE = Path(__file__).parent
RULES = book.load()
TODAY = date(2026, 2, 1)
BAD = sorted(HERE.glob("*/bad-*.yaml"))


def check(texts: dict[str, str], select: tuple[str, ...]) -> dict[str, list[Diagnostic]]:
    documents = [read_document(Source(name, written)) for name, written in texts.items()]
    workspace, settings = Workspace.of(documents), Settings(select=select)
    found = {d.source.name: list(check_document(d, workspace, settings)) for d in documents}
    for diagnostic in check_portfolio([card_of(d) for d in documents], settings, today=TODAY):
        found[diagnostic.file].append(diagnostic)
    return found


def example(pages: tuple[str, ...]) -> dict[str, str]:
    return {f"{at}.yaml": page for at, page in enumerate(pages, 1)}


@pytest.mark.parametrize("code", RULES)
def test_page_is_complete(code: str) -> None:
    rule = RULES[code]
    assert rule.page.why, "Why"
    assert rule.page.source, "Source"
    assert rule.page.bad, "Bad"
    assert rule.page.good, "Good"
    assert rule.title.en.endswith("."), rule.title.en
    assert any("\u4e00" <= character <= "\u9fff" for character in rule.title.zh), rule.title.zh


@pytest.mark.parametrize("code", RULES)
def test_bad_example_shows_this_fault_and_no_other(code: str) -> None:
    found = check(example(RULES[code].page.bad), ("DEFAULT", code))
    assert {d.code for diagnostics in found.values() for d in diagnostics} == {code}


@pytest.mark.parametrize("code", RULES)
def test_good_example_is_clean(code: str) -> None:
    found = check(example(RULES[code].page.good), ("DEFAULT", code))
    assert [d.message.en for diagnostics in found.values() for d in diagnostics] == []


def test_every_rule_has_a_fixture() -> None:
    assert sorted(RULES) == sorted({path.parent.name for path in BAD})


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_fixture(path: Path, request: pytest.FixtureRequest) -> None:
    code = path.parent.name
    texts = {p.name: p.read_text("utf-8") for p in sorted(path.parent.glob("*.yaml"))}
    found = [d for d in check(texts, (code,))[path.name] if d.code == code]
    assert found, f"{path.name} does not show {code}"
    sources = {name: Source(name, written) for name, written in texts.items()}
    shown = "".join(text.render(Run(found, sources), language=language) for language in ("en", "zh"))
    golden = path.with_suffix(".out")
    if request.config.getoption("--accept"):
        golden.write_text(shown, "utf-8")
    assert golden.exists(), "read the findings, then run pytest --accept"
    assert shown == golden.read_text("utf-8"), "the findings changed: read them, then run pytest --accept"


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_fixture_has_no_fault_of_reading(path: Path) -> None:
    document = read_document(Source(path.name, path.read_text("utf-8")))
    assert document.model is not None
    assert [d.message.en for d in document.diagnostics] == []


def test_codes_and_names_are_unique_and_well_formed() -> None:
    by_name = defaultdict(list)
    for card in book.all_rules():
        by_name[card.name].append(card.code)
        assert card.code[:2] in book.FAMILIES
    assert {name: codes for name, codes in by_name.items() if len(codes) > 1} == {}
