"""A check that remembers says what a check from scratch says, whatever was edited in between."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from blueprint import api
from blueprint.cli.crew import check_all
from blueprint.diagnostic import Diagnostic
from blueprint.lint import engine
from blueprint.lint.cache import Cache
from blueprint.lint.selection import Settings

JOURNEY = """\
journey: {id}
persona: {persona}
surveys: [{{survey: csat, data: answers.csv}}]
stages:
  - stage: s
    touchpoints:
      - {{id: a, title: Asks, kinds: [first], emotion: {emotion}}}
      - {{id: b, title: Ends, kinds: [end], emotion: -1,
         script: {{protocol: {protocol}, lines: [{{agent: Hello}}]}}}}
"""
BLUEPRINT = """\
blueprint: {id}
journey: {journey}
actors: {{agent: {{zone: frontstage}}}}
steps: [{{id: s, at: {at}, actor: agent, does: x}}]
"""
PLAYBOOK = """\
playbook: {id}
protocols:
  {protocol}:
    title: Ours
    source: us
    steps: [{{id: hi, title: Hi, cues: {{en: [hello]}}}}]
"""


def texts(luck: random.Random, name: str) -> str:
    """Return what a file may hold: often what others refer to, sometimes nothing of use."""
    id = luck.choice(["one", "two", "three"])
    if luck.random() < 0.1:
        return luck.choice(["", "journey: [", "not: ours\n", "persona: 5\n"])
    if name == "answers.csv":
        return luck.choice(["score\n5\n4\n", "score\nx\n", "n\n", "=1+1\n"])
    kind = luck.choice(["journey", "journey", "blueprint", "persona", "playbook"])
    protocol = luck.choice(["house", "eoac", "none"])
    return {
        "journey": JOURNEY.format(
            id=id,
            persona=luck.choice(["anna", "bob"]),
            emotion=luck.choice([-2, 0, 2, 9]),
            protocol=protocol,
        ),
        "blueprint": BLUEPRINT.format(id=f"{id}-delivery", journey=id, at=luck.choice("abc")),
        "persona": f"persona: {luck.choice(['anna', 'bob'])}\n",
        "playbook": PLAYBOOK.format(id=f"book-{id}", protocol=protocol),
    }[kind]


def looked(folder: Path, paths: list[Path], settings: Settings, cache: Cache | None) -> list[Diagnostic]:
    found, sources, _ = check_all(api.load(paths, root=folder), settings, 1, cache)
    assert {d.file for d in found} <= set(sources) | {d.file for d in found if d.code == "YM010"}
    assert all(text.text == Path(name).read_text("utf-8") for name, text in sources.items())
    return found


@pytest.mark.parametrize("seed", range(12))
def test_remembering_never_changes_what_is_said(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    names = [*(f"{number}.yaml" for number in range(6)), "answers.csv"]
    folder, kept = tmp_path / "work", tmp_path / "kept"
    folder.mkdir()
    for step in range(25):
        name = luck.choice(names)
        if luck.random() < 0.2:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_text(texts(luck, name), encoding="utf-8")
        there = sorted(folder.glob("*.yaml"))
        paths = [folder] if luck.random() < 0.7 or not there else [luck.choice(there)]
        settings = luck.choice([Settings(), Settings(select=("ALL",))])
        remembered = looked(folder, paths, settings, Cache(kept))
        assert remembered == looked(folder, paths, settings, None), f"step {step}"


def test_nothing_is_checked_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        text = JOURNEY.format(id=f"j{number}", persona="anna", emotion=0, protocol="eoac")
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "anna.yaml").write_text("persona: anna\n", encoding="utf-8")
    (tmp_path / "answers.csv").write_text("score\n5\n4\n", encoding="utf-8")
    asked: list[str] = []
    honest = engine.examine
    monkeypatch.setattr(
        engine,
        "examine",
        lambda document, *rest: asked.append(Path(document.source.name).name) or honest(document, *rest),
    )

    def run() -> list[str]:
        asked.clear()
        looked(tmp_path, [tmp_path], Settings(), Cache(tmp_path / ".kept"))
        return sorted(asked)

    assert run() == ["0.yaml", "1.yaml", "2.yaml", "anna.yaml"]
    assert run() == []
    (tmp_path / "1.yaml").write_text(
        (tmp_path / "1.yaml").read_text("utf-8") + "# seen\n", encoding="utf-8"
    )
    assert run() == ["1.yaml"]
    (tmp_path / "answers.csv").write_text("score\n5\n3\n", encoding="utf-8")
    assert run() == ["0.yaml", "1.yaml", "2.yaml"]
    (tmp_path / "bob.yaml").write_text("persona: bob\n", encoding="utf-8")
    assert "bob.yaml" in run()
    assert run() == []


HEAVY = (
    "pydantic",
    "networkx",
    "numpy",
    "yaml",
    "blueprint.api",
    "blueprint.model.journey",
    "blueprint.lint.book",
)


def test_a_run_that_remembers_everything_loads_no_models(tmp_path: Path) -> None:
    text = JOURNEY.format(id="one", persona="anna", emotion=0, protocol="eoac")
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "blueprint.toml").write_text(
        'ignore = ["EX104"]\n[severity]\nEX101 = "error"\n', encoding="utf-8"
    )
    script = (
        "import sys\n"
        "from blueprint.cli import main\n"
        "try:\n    main(['check'])\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    environment = {**os.environ, "BLUEPRINT_CACHE_DIR": str(tmp_path / "kept")}
    first, second = (
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    )
    assert first.split("loaded:")[0] == second.split("loaded:")[0]
    assert "pydantic" in first.split("loaded:")[1]
    assert second.endswith("loaded: []\n")


UNUSED = (
    "networkx",
    "numpy",
    "tomllib",
    "blueprint.views",
    "blueprint.scene",
    "blueprint.export",
    "blueprint.handbook",
    "blueprint.playbooks",
    "blueprint.model.playbook",
    "blueprint.model.practice",
    "blueprint.model.yardstick",
    "blueprint.model.standards",
    "blueprint.source.standards",
    "blueprint.source.revisions",
    "blueprint.source.layout",
    "blueprint.lint.comparison",
    "blueprint.lint.mend",
)
"""What the check of a plain journey has no use for, with everything in it."""
ENGINES = {
    *("chain", "elimination", "emotions", "journey", "kinds", "moments", "pains", "path"),
    *("action_priority", "effort", "peak_end", "peaks", "results"),
}
"""The engines that it asks, and what those are made of."""


def test_a_first_check_loads_only_what_the_journey_asks_for(tmp_path: Path) -> None:
    (tmp_path / "ticket.yaml").write_text(
        "journey: ticket\n"
        "stages:\n"
        "  - stage: plan\n"
        "    touchpoints:\n"
        "      - {id: search, title: Looks for a train, kinds: [first], emotion: 0}\n"
        "      - {id: compare, title: Compares prices, emotion: 1}\n"
        "      - {id: pay, title: Pays by card, emotion: 0}\n"
        "      - {id: board, title: Boards the train, emotion: 1}\n"
        "      - {id: arrive, title: Arrives on time, kinds: [end], emotion: 2}\n",
        encoding="utf-8",
    )
    script = (
        "import sys\n"
        "from blueprint.cli import main\n"
        "try:\n    main(['check', '--no-cache', 'ticket.yaml'])\nexcept SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "print('loaded:', *sorted(sys.modules))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    loaded = said.split("loaded:")[1].split()
    assert [name for name in loaded if name.startswith(UNUSED)] == []
    engines = {name.split(".")[2] for name in loaded if name.startswith("blueprint.analysis.")}
    assert engines <= ENGINES, f"not asked for: {sorted(engines - ENGINES)}"
