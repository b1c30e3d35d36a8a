"""The page of engines: every figure is printed, every formula stands in its module, every test exists."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from blueprint.cli import group

ROOT = Path(__file__).parents[2]
ENGINES = {
    "graph", "survey", "kano", "gaps", "damage", "service-levels", "protocol", "lexicon", "coverage",
    "risk", "segments", "roles", "experience",
}  # fmt: skip


def _generator() -> Any:
    spec = importlib.util.spec_from_file_location("engines_page", ROOT / "docs" / "engines.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


PAGE = _generator()
ROWS = [(engine, figure) for engine in PAGE.engines() for figure in engine.figures]
each = pytest.mark.parametrize(
    ("engine", "figure"), ROWS, ids=[f"{engine.id}-{figure.key}" for engine, figure in ROWS]
)


@pytest.fixture(scope="module")
def printed() -> Callable[[str], Any]:
    seen: dict[str, Any] = {}

    def of(name: str) -> Any:
        if name not in seen:
            file = str(ROOT / "journeys" / f"{name}.yaml")
            told = CliRunner().invoke(group, ["analyse", file, "--format", "json", "--lang", "en"])
            assert told.exit_code == 0, told.output
            seen[name] = json.loads(told.stdout)
        return seen[name]

    return of


def test_every_engine_is_there_once() -> None:
    assert [engine.id for engine in PAGE.engines()] == list(dict.fromkeys(e.id for e in PAGE.engines()))
    assert {engine.id for engine in PAGE.engines()} == ENGINES


def test_the_page_is_as_generated() -> None:
    assert PAGE.PAGE.read_text("utf-8") == PAGE.page(), "run `python docs/engines.py`"


@each
def test_the_command_line_prints_the_figure(engine: Any, figure: Any, printed: Callable) -> None:
    value = PAGE.at(printed(figure.at), figure.key)
    assert value is not None
    assert not isinstance(value, float) or math.isfinite(value)
    assert figure.formula
    assert figure.source
    assert {"en", "zh"} == set(figure.what) == set(engine.title)


@each
def test_the_module_says_where_it_comes_from(engine: Any, figure: Any) -> None:
    module = importlib.import_module(f"blueprint.analysis.{figure.module}")
    assert len((module.__doc__ or "").split()) >= 8


@each
def test_its_tests_are_there_and_use_the_module(engine: Any, figure: Any) -> None:
    folder = ROOT / "tests" / "analysis"
    assert figure.tests
    for test in figure.tests:
        file, _, name = test.partition("::")
        tree = ast.parse((folder / file).read_text("utf-8"))
        tests = {
            node.name: node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test")
        }
        assert name in tests, f"{test} is not there"
        assert any(isinstance(it, ast.Assert) for it in ast.walk(tests[name])), test


def _written(name: str) -> Any:
    return yaml.safe_load((ROOT / "journeys" / f"{name}.yaml").read_text("utf-8"))


def test_some_of_the_figures_by_hand(printed: Callable) -> None:
    """From the numbers in the file by the formula on the page, without the engines."""
    parcel, page = _written("parcel-damage-claim"), printed("parcel-damage-claim")
    asked = [s for s in parcel["surveys"] if s["survey"] == "nps"]
    assert len(asked) == 4
    for at, wave in enumerate(asked):
        n = wave["promoters"] + wave["passives"] + wave["detractors"]
        score = 100 * (wave["promoters"] - wave["detractors"]) / n
        assert page["metrics"]["surveys"][at]["value"] == pytest.approx(score)
    points = [point for stage in parcel["stages"] for point in stage["touchpoints"]]
    counts = next(n["kano"] for p in points for n in p.get("needs", ()) if isinstance(n.get("kano"), dict))
    m, o, a, i = (counts.get(letter, 0) for letter in "MOAI")
    assert page["needs"]["stated"][0]["questionnaire"]["better"] == pytest.approx((a + o) / (a + o + m + i))
    promises = [promise for point in points for promise in point.get("promises", ()) if "made" in promise]
    kept, made = (sum(promise[key] for promise in promises) for key in ("kept", "made"))
    assert page["promises"]["kept"]["share"] == pytest.approx(kept / made)
    market, found = parcel["market"], page["damage"]["market"]

    def likely(written: Any) -> float:
        value = written[1] if isinstance(written, list) else written
        return float(str(value).rstrip("%")) / 100 if str(value).endswith("%") else float(value)

    loyal = {name: likely(value) for name, value in market["loyalty"].items()}
    problems = likely(market["customers"]) * likely(market["problems"])
    complaints = problems * likely(market["complaints"])
    shares = {
        name: likely(market[name]) for name in ("satisfied", "mollified", "dissatisfied") if name in market
    }
    for name in ("satisfied", "mollified", "dissatisfied"):
        shares.setdefault(name, 1 - sum(shares.values()))
    loyal["satisfied"] = min(loyal["satisfied"], loyal["untroubled"])
    lost = (problems - complaints) * (1 - loyal["silent"])
    lost += complaints * sum(share * (1 - loyal[name]) for name, share in shares.items())
    assert found["lost"] == pytest.approx(lost)
