"""docs/ci.md: what a newcomer copies from it is valid, and the commands it names do what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from blueprint.cli import COMMANDS
from blueprint.cli.reports import FORMATS

from .conftest import ROOT, Git

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def block(name: str) -> str:
    (text,) = [text for _, text in BLOCKS if text.startswith(f"# {name}\n")]
    return text


def test_the_hooks_are_those_delivered(tmp_path: Path) -> None:
    config = tmp_path / ".pre-commit-config.yaml"
    config.write_text(block(".pre-commit-config.yaml"))
    done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", config], timeout=60)
    assert done.returncode == 0
    named = [hook["id"] for hook in yaml.safe_load(config.read_text())["repos"][0]["hooks"]]
    delivered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert sorted(named) == sorted(hook["id"] for hook in delivered)


def test_the_workflow_is_one_and_gives_the_action_what_it_takes(tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema")
    file = tmp_path / "journeys.yml"
    file.write_text(block(".github/workflows/journeys.yml"), encoding="utf-8")
    checker = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run([checker, "--builtin-schema", "vendor.github-workflows", file], timeout=60)
    assert done.returncode == 0
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    given = yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]["blueprint"]["steps"][-1]["with"]
    assert set(given) <= set(inputs)
    assert {"fail-on", "fail-on-regression"} <= set(inputs)


def test_the_template_takes_the_variable_that_is_given() -> None:
    given = yaml.safe_load(block(".gitlab-ci.yml"))["variables"]
    template = yaml.safe_load((ROOT / "docs" / "gitlab-ci.yml").read_text(encoding="utf-8"))
    assert set(given) <= set(template["variables"])


def test_the_commands_run_in_a_newcomers_repository(
    repository: Path, git: Git, program: dict[str, str]
) -> None:
    (repository / "blueprint.toml").write_text(block("blueprint.toml"))
    commands = [
        line.removeprefix("$ ")
        for language, text in BLOCKS
        if language == "console"
        for line in text.splitlines()
    ]
    assert len(commands) >= 5
    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command], cwd=repository, env=program, capture_output=True, text=True, timeout=60
        )
        # The one journey there is as people write it: `fmt --check` may want it otherwise.
        allowed = (0, 1) if "fmt --check" in command else (0,)
        assert done.returncode in allowed, (command, done.stderr)
    for file in ("found.junit.xml", "found.sarif", "found.md"):
        assert (repository / file).stat().st_size > 0


def test_every_command_and_format_is_one() -> None:
    named = set(re.findall(r"(?:`|\$ |\()blueprint (\w+)", PAGE))
    assert named <= set(COMMANDS)
    assert {"check", "fmt", "baseline", "build", "completion"} <= named
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) - {"Containerfile"}
    assert told == set(FORMATS)


def test_it_points_at_files_that_are_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", PAGE)
    assert targets
    assert [t for t in targets if not (ROOT / "docs" / t).is_file()] == []
