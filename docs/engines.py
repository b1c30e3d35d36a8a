"""Write engines.md: for each engine a shipped document, figures, their formulas, sources and tests.

The rows are in engines.yaml; tests/content/test_engines.py follows every link in them. Run it with
`make docs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from blueprint import api
from blueprint.analysis.as_json import as_json
from blueprint.source.text import Source
from blueprint.source.tree import parse

HERE: Final = Path(__file__).parent
DATA: Final = HERE / "engines.yaml"
PAGE: Final = HERE / "engines.md"
JOURNEYS: Final = HERE.parent / "journeys"
SHOWN: Final = 4
"""Significant digits of a figure."""

_INTRO: Final = """\
# The engines, figure by figure

For each engine: a shipped document, a figure that `blueprint analyse FILE --format json` prints of it
([analysis.md](analysis.md)), how it is computed, where that comes from, and the tests that fail if it is
wrong. This page is made from `docs/engines.yaml` and the shipped documents.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an engine."""

    what: dict[str, str]
    at: str
    """The file in journeys/, without its ending."""
    key: str
    """Its path in the JSON; numbers are places in lists."""
    formula: str
    source: str
    module: str
    """In blueprint/analysis."""
    tests: tuple[str, ...]
    """In tests/analysis: `file::test`."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine with the figures that show it."""

    id: str
    title: dict[str, str]
    figures: tuple[Figure, ...]


def engines() -> tuple[Engine, ...]:
    """Read the rows."""
    data: Any = parse(Source(DATA.name, DATA.read_text("utf-8"))).data
    return tuple(
        Engine(
            row["id"],
            row["title"],
            tuple(Figure(**{**figure, "tests": tuple(figure["tests"])}) for figure in row["figures"]),
        )
        for row in data["engines"]
    )


def analysed(name: str, seen: dict[str, Any]) -> Any:
    """Return what `blueprint analyse --format json` prints of a shipped document."""
    if name not in seen:
        workspace = api.load([JOURNEYS])
        document = next(d for d in workspace.documents if Path(d.source.name).stem == name)
        analysis = api.analyse(document, workspace)
        seen[name] = as_json(analysis, workspace.standards, api.sheets_of(document))
    return seen[name]


def at(page: Any, key: str) -> Any:
    """Return the figure at a path."""
    for part in key.split("."):
        page = page[int(part) if isinstance(page, list) else part]
    return page


def page() -> str:
    """Return the page."""
    seen: dict[str, Any] = {}
    lines = [_INTRO]
    for engine in engines():
        lines += [f"## {engine.title['en']} / {engine.title['zh']}", ""]
        lines += [
            "| figure | of | printed | formula | source | code | tests |",
            "|---|---|---|---|---|---|---|",
        ]
        for it in engine.figures:
            value = at(analysed(it.at, seen), it.key)
            written = f"{value:.{SHOWN}g}" if isinstance(value, float) else str(value)
            what = f"{it.what['en']} / {it.what['zh']}"
            code = f"[{it.module}](../blueprint/analysis/{it.module}.py)"
            tests = ", ".join(
                f"[{test.rpartition('::')[2]}](../tests/analysis/{test.partition('::')[0]})"
                for test in it.tests
            )
            formula = it.formula.replace("|", "\\|")
            lines.append(
                f"| {what} | [{it.at}](../journeys/{it.at}.yaml) | `{it.key}` = {written} | {formula} "
                f"| {it.source} | {code} | {tests} |"
            )
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
