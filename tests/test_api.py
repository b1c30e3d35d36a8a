"""What programs may rely on, and how little is loaded for how much."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

import blueprint
from blueprint import api
from blueprint.analysis.as_json import as_json

PUBLIC = ["analyse", "check", "draw", "load", "render"]
JOURNEY = """\
journey: ticket
stages:
  - stage: plan
    touchpoints:
      - {id: search, title: Looks for a train, kinds: [first], emotion: 0}
      - {id: arrive, title: Arrives on time, kinds: [end], emotion: 1}
"""


def test_the_public_list() -> None:
    assert blueprint.__all__ == PUBLIC
    for verb in PUBLIC:
        assert getattr(blueprint, verb) is getattr(api, verb)
        assert inspect.getdoc(getattr(api, verb))
    with pytest.raises(AttributeError, match="no attribute 'paint'"):
        _ = blueprint.paint  # type: ignore[attr-defined]  # that is the point


def test_the_verbs_in_the_order_they_are_used(tmp_path: Path) -> None:
    (tmp_path / "ticket.yaml").write_text(JOURNEY)
    (tmp_path / "broken.yaml").write_text("journey: [")
    workspace = blueprint.load([tmp_path])
    broken, ticket = workspace.documents
    assert blueprint.check(ticket, workspace) == ()
    assert blueprint.check(broken, workspace)[0].code == "YM001"
    assert as_json(blueprint.analyse(ticket, workspace))["completion"] == pytest.approx(1)
    scene = blueprint.draw(ticket, workspace)
    for form in ("svg", "png", "pdf", "html", "json"):
        assert blueprint.render(scene, form, api.theme_named("light"))
    with pytest.raises(api.Uncomputable, match="could not be read"):
        blueprint.analyse(broken, workspace)
    with pytest.raises(api.NothingToDrawError, match="could not be read"):
        blueprint.draw(broken, workspace)
    with pytest.raises(ValueError, match=r"use `blueprint\.api\.dot`"):
        blueprint.render(scene, "dot", api.theme_named("light"))


def test_every_public_function_says_what_it_does() -> None:
    functions = [f for name, f in inspect.getmembers(api, inspect.isfunction)
                 if f.__module__.startswith(api.__name__)]  # fmt: skip
    assert len(functions) > 10
    for function in functions:
        assert inspect.getdoc(function), function.__name__


def loaded(*arguments: str, folder: Path) -> set[str]:
    """Return the packages that a command has imported when it is done."""
    program = (
        "import sys, json\nfrom blueprint.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit as leaving: assert leaving.code == 0, leaving.code\n"
        "packages = sorted({name.partition('.')[0] for name in sys.modules})\n"
        "print('\\n' + json.dumps(packages), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


HEAVY = {
    "numpy",
    "scipy",
    "networkx",
    "typst",
    "fontTools",
    "graphviz",
    "pygraphviz",
    "brotli",
    "jsonschema",
}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
def test_help_loads_next_to_nothing(arguments: list[str], tmp_path: Path) -> None:
    found = loaded(*arguments, folder=tmp_path)
    assert "click" in found
    light = {"pydantic", "yaml"} if arguments[0] != "check" else set()
    assert not found & (HEAVY | light)


def test_checking_a_small_journey_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "ticket.yaml").write_text(JOURNEY)
    found = loaded("check", "ticket.yaml", folder=tmp_path)
    assert "pydantic" in found
    assert not found & HEAVY
    assert "concurrent" not in found


def test_drawing_does_not_load_what_other_forms_need(tmp_path: Path) -> None:
    (tmp_path / "ticket.yaml").write_text(JOURNEY)
    found = loaded("render", "ticket.yaml", "-o", "p.svg", folder=tmp_path)
    assert not found & {"typst", "networkx", "scipy", "brotli", "graphviz", "pygraphviz"}
