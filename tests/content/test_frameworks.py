"""The page of frameworks claims nothing that cannot be followed: entries, rules, figures, words."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from blueprint.analysis.journey import analyse_journey
from blueprint.cli import group
from blueprint.lint import book
from blueprint.lint.engine import check_document
from blueprint.lint.selection import Settings
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.service import ServiceBlueprint
from blueprint.scene.shapes import Scene, Text
from blueprint.source.document import read_document
from blueprint.source.files import read_file
from blueprint.source.standards import builtin_standards
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace
from blueprint.views import journey_map
from blueprint.views.details import journey_details

ROOT = Path(__file__).parents[2]


def _generator() -> Any:
    spec = importlib.util.spec_from_file_location("frameworks_page", ROOT / "docs" / "frameworks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


PAGE = _generator()
DATA = PAGE.read()
ROWS = PAGE.frameworks(DATA)
DONE = [row for row in ROWS if row.does != "not"]
SIZES = {"A": 23, "B": 27, "C": 19, "D": 13, "E": 5, "F": 39, "G": 30, "H": 12, "I": 22}


def some(does: str) -> Any:
    return pytest.mark.parametrize("row", [r for r in ROWS if r.does == does], ids=lambda row: row.id)


def test_every_row_is_there_once_and_in_order() -> None:
    expected = [f"{letter}{at:02}" for letter, size in SIZES.items() for at in range(1, size + 1)]
    assert [row.id for row in ROWS] == expected
    assert list(DATA["sections"]) == list(SIZES)


def test_every_row_names_its_framework_in_both_languages_and_its_source() -> None:
    for row in ROWS:
        assert set(row.title) == {"en", "zh"}, row.id
        assert row.source, row.id
        assert set(row.source) <= {"S000", "S001", "S002", "S003", "S004"}, row.id
        assert row.what, row.id


def test_the_page_is_as_generated() -> None:
    assert PAGE.PAGE.read_text("utf-8") == PAGE.page(DATA), "run `make docs`"


@pytest.mark.parametrize("row", DONE, ids=lambda row: row.id)
def test_entries_exist_and_are_not_of_our_own_wording(row: Any) -> None:
    for reference in row.entries:
        (standing,) = builtin_standards().find(reference)
        if row.does == "shown" and standing.section == "coverage":
            assert "worded by this project" not in (standing.entry.source or ""), reference
            note = standing.entry.note
            assert note is None or "wording" not in note.pick("en"), reference


@cache
def fires(code: str) -> bool:
    pages = book.load()[code].page.bad
    documents = [read_document(Source(f"{at}.yaml", text)) for at, text in enumerate(pages)]
    workspace = Workspace.of(documents)
    found = (d for doc in documents for d in check_document(doc, workspace, Settings(select=(code,))))
    return code in {d.code for d in found}


@pytest.mark.parametrize("row", DONE, ids=lambda row: row.id)
def test_rules_fire_on_their_bad_example(row: Any) -> None:
    assert [code for code in row.rules if not fires(code)] == []


@pytest.mark.parametrize("row", DONE, ids=lambda row: row.id)
def test_the_element_is_in_the_shipped_document(row: Any) -> None:
    assert row.seen is not None
    assert element(*row.seen) is not None


def element(file: str, name: str) -> Any:
    model = document(file)
    if name == "-":
        return model
    if isinstance(model, Journey):
        return model.touchpoints.get(name)
    assert isinstance(model, ServiceBlueprint)
    return next((step for step in model.steps if step.id == name), None)


@cache
def document(file: str) -> Any:
    return read_file(ROOT / "journeys" / f"{file}.yaml").model


@some("computed")
def test_computed(row: Any, analysed: Callable[[str], Any]) -> None:
    """The figure is in `analyse --format json` of that document, and it is about that element."""
    assert row.keys
    file, name = row.seen
    for key in row.keys:
        path, _, wanted = key.partition("=")
        found = list(values(analysed(file), path.split("."), "" if name == "-" else name))
        assert found, key
        assert any(value not in (None, {}, []) for value in found), key
        assert not wanted or wanted in found, key
    if name != "-":
        assert any(speaks_of(analysed(file), key, name) for key in row.keys), (
            "no figure is about that element"
        )


def speaks_of(data: Any, key: str, name: str) -> bool:
    """Whether a figure is one of that element: by its key, by what it lists, or by what it leaves out."""
    keys, _, wanted = key.partition("=")
    path = keys.split(".")
    here = list(values(data, path, name))
    named = (isinstance(value, dict | list) and name in value for value in here)
    return name in (*path, wanted) or any(named) or here != list(values(data, path, "nobody-has-this-id"))


@pytest.fixture(scope="module")
def analysed() -> Callable[[str], Any]:
    @cache
    def run(file: str) -> Any:
        path = ROOT / "journeys" / f"{file}.yaml"
        result = CliRunner().invoke(group, ["analyse", str(path), "--format", "json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return run


def values(data: Any, path: list[str], name: str) -> Iterator[Any]:
    """Follow keys into plain data, through lists; of what lists touchpoints, only the one named."""
    if isinstance(data, list):
        here = [
            it for it in data if not name or not isinstance(it, dict) or it.get("touchpoint", name) == name
        ]
        if not path:
            yield here
        for item in here if path else ():
            yield from values(item, path, name)
    elif not path:
        yield data
    elif isinstance(data, dict) and path[0] in data:
        yield from values(data[path[0]], path[1:], name)


@some("checked")
def test_checked(row: Any) -> None:
    """A rule says it, and the shipped element has what that rule looks at."""
    assert row.rules
    assert row.field
    looked_at = list(attributes(element(*row.seen), row.field.split(".")))
    assert any(value not in (None, (), {}, "") for value in looked_at), row.field


def attributes(model: Any, path: list[str]) -> Iterator[Any]:
    if isinstance(model, tuple):
        for item in model:
            yield from attributes(item, path)
    elif not path:
        yield model
    elif model is not None:
        yield from attributes(getattr(model, path[0]), path[1:])


@some("shown")
def test_shown(row: Any, analysed: Callable[[str], Any]) -> None:
    """The list is told whole, also in the report, or the words are in the drawing."""
    file, name = row.seen
    assert row.words or row.keys
    for key in row.keys:
        found = list(values(analysed(file), key.split("."), ""))
        assert found, key
        page = next(values(analysed(file), key.split(".")[:2], ""))
        (standing,) = builtin_standards().find("coverage/" + key.split(".")[1])
        assert page["items"] == [item.id for item in standing.entry.items], key
        assert any(page["covered"].values()), key
        assert name == "-" or name in page["covered"], key
        assert f"| {standing.entry.title.pick('en')} |" in report(file), key
    for words in row.words:
        assert words in "\n".join(said(file)), words


@cache
def report(file: str) -> str:
    path = ROOT / "journeys" / f"{file}.yaml"
    result = CliRunner().invoke(group, ["report", str(path), "--to", "md", "--lang", "en", "-o", "-"])
    assert result.exit_code == 0, result.output
    return result.stdout


@cache
def said(file: str) -> tuple[str, ...]:
    """Every text of a journey's map and of its details, in English."""
    journey = document(file)
    assert isinstance(journey, Journey)
    personas = {
        model.id: model
        for path in sorted((ROOT / "journeys" / "personas").glob("*.yaml"))
        if isinstance(model := read_file(path).model, Persona) and model.id in journey.persona_ids
    }
    analysis = analyse_journey(journey, personas=personas)
    scene = journey_map.draw(journey, analysis, personas=personas, language="en")
    lines = [line for d in journey_details(journey, analysis, "en") for row in d.rows for line in row.lines]
    titles = [d.title for d in journey_details(journey, analysis, "en")]
    return (*drawn(scene), *titles, *lines)


def drawn(scene: Scene) -> Iterator[str]:
    stack: list[Any] = [scene.root]
    while stack:
        shape = stack.pop()
        stack += getattr(shape, "children", ())
        if isinstance(shape, Text):
            yield " ".join(shape.lines)


def test_no_row_that_is_not_done_claims_a_link() -> None:
    assert [row.id for row in ROWS if row.does == "not" and (row.by or row.seen or row.field)] == []
