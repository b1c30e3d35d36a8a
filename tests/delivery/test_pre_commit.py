"""The hooks of `.pre-commit-hooks.yaml`, run by pre-commit itself in a scratch repository.

Only how the program gets there is another: pre-commit would install it, which needs a network, so here it
is on the path. Everything else of a hook is as it is delivered.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import BROKEN, GOOD, ROOT, WORSE, Git

pytest.importorskip("pre_commit")
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def hooks(repository: Path, git: Git, program: dict[str, str]) -> Any:
    local = [{**hook, "language": "system"} for hook in HOOKS]
    (repository / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]}), encoding="utf-8"
    )
    git("add", ".")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", *arguments],
            cwd=repository, env=program, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    return run


def test_the_manifest_is_what_pre_commit_reads() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"],
        timeout=60,
    )
    assert done.returncode == 0
    assert [hook["id"] for hook in HOOKS] == ["blueprint-check", "blueprint-fmt", "blueprint-build"]


def test_a_good_commit_passes_and_a_bad_one_is_stopped(repository: Path, git: Git, hooks: Any) -> None:
    assert hooks("install").returncode == 0
    journey = repository / "journeys" / "ticket.yaml"
    assert hooks("run", "blueprint-check", "--all-files").returncode == 0
    journey.write_text(BROKEN, encoding="utf-8")
    git("add", ".")
    stopped = hooks("run", "blueprint-check")
    assert stopped.returncode == 1
    assert "error[YM003]" in stopped.stdout
    assert "titel" in stopped.stdout
    with pytest.raises(subprocess.CalledProcessError):
        git("commit", "-m", "broken")
    assert git("log", "--format=%s") == "first"


def test_other_yaml_is_left_alone(repository: Path, git: Git, hooks: Any) -> None:
    text = "services:   {web: {image:   nginx}}\n"
    (repository / "compose.yaml").write_text(text)
    git("add", ".")
    assert hooks("run", "blueprint-check", "--all-files").returncode == 0
    done = hooks("run", "blueprint-fmt", "--files", "compose.yaml")
    assert done.returncode == 0, done.stdout
    assert (repository / "compose.yaml").read_text() == text


def test_what_is_laid_out_anew_is_shown_to_the_author(repository: Path, git: Git, hooks: Any) -> None:
    journey = repository / "journeys" / "ticket.yaml"
    journey.write_text(GOOD.replace("title: Buys a ticket", "title:    'Buys a ticket'"), encoding="utf-8")
    git("add", ".")
    first = hooks("run", "blueprint-fmt")
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stdout
    git("add", ".")
    assert hooks("run", "blueprint-fmt", "--all-files").returncode == 0


def test_pictures_that_are_out_of_date_are_named(
    repository: Path, git: Git, hooks: Any, program: dict[str, str]
) -> None:
    def build() -> None:
        subprocess.run(["blueprint", "build", "journeys"], cwd=repository, env=program, check=True,
                       capture_output=True)  # fmt: skip

    build()
    git("add", ".")
    done = hooks("run", "blueprint-build", "--all-files")
    assert done.returncode == 0, done.stdout
    (repository / "journeys" / "ticket.yaml").write_text(WORSE, encoding="utf-8")
    git("add", ".")
    stopped = hooks("run", "blueprint-build")
    assert stopped.returncode == 1
    assert "ticket.map.svg: out of date" in stopped.stdout
    build()
    git("add", ".")
    assert hooks("run", "blueprint-build", "--all-files").returncode == 0
