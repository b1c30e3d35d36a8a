"""What the README and the reference pages show is what the program prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from blueprint.api import check, load
from blueprint.cli import group
from blueprint.lint.reference import rules_markdown
from blueprint.model.schema import json_schema
from blueprint.source.document import read_document
from blueprint.source.text import Source

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_ten_lines_of_the_readme_pass_without_a_word(tmp_path: Path) -> None:
    (text,) = blocks("yaml")
    assert len(text.splitlines()) == 10
    document = read_document(Source("readme.yaml", text))
    assert document.model is not None
    assert check(document, load([])) == ()


def test_the_readme_shows_what_check_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "tests" / "data")
    assert group.main(["check", "late-train.yaml", "--lang", "en"], standalone_mode=False) == 1
    assert capsys.readouterr().out in README


def test_every_command_of_the_readme_is_one() -> None:
    named = set(re.findall(r"(?:^|`|\$ )blueprint (\w+)", README, re.MULTILINE))
    assert named <= set(group.list_commands(None))  # type: ignore[arg-type]  # the list needs no context
    assert {"check", "analyse", "render", "build", "init"} <= named


def test_the_readme_points_at_files_that_are_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert targets
    assert [t for t in targets if not (ROOT / t).is_file()] == []


def test_the_measured_figures_of_the_readme_come_from_the_benchmark() -> None:
    results = (ROOT / "benchmarks" / "results.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .+ \|$", README, re.MULTILINE)
    measured = [row for row in rows if re.search(r"\d (ms|s|MB) \|", row)]
    assert measured
    assert [row for row in measured if row not in results] == []


def test_reference_pages_are_as_generated() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_markdown()
    assert json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8")) == json_schema()


def test_the_architecture_names_only_places_that_are_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/.-]+(?:/|\.py|\.md|\.yml))`", text))
    assert len(named) > 30
    folders = [
        ROOT,
        *(path for path in (ROOT / "blueprint").rglob("*") if path.is_dir()),
        ROOT / "blueprint",
    ]
    assert {name for name in named if not any((folder / name).exists() for folder in folders)} == set()
