"""A repository of journeys as a team has one, and the program on its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = """\
journey: ticket
title: Buys a ticket
stages:
  - stage: plan
    touchpoints:
      - {id: search, title: Looks for a train, kinds: [first], emotion: 0}
  - stage: travel
    touchpoints:
      - {id: arrive, title: Arrives on time, kinds: [end], emotion: 1}
"""
WORSE = GOOD.replace("emotion: 1", "emotion: -2")
BROKEN = GOOD.replace("title: Looks", "titel: Looks")

if shutil.which("git") is None or shutil.which("bash") is None or os.name == "nt":
    collect_ignore_glob = ["test_*"]  # What is delivered runs on the platforms' own machines.


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Put programs called blueprint and python on the path; return the environment of a CI's step."""
    folder = tmp_path_factory.mktemp("bin")
    for name, command in (("blueprint", '-m blueprint "$@"'), ("python", '"$@"')):
        script = folder / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {command}\n')
        script.chmod(0o755)
    home = tmp_path_factory.mktemp("home")
    keep = {name: os.environ[name] for name in ("TMPDIR", "SSL_CERT_FILE") if name in os.environ}
    return {
        **keep,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
    }  # fmt: skip


Git = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return the folder of a repository whose name has spaces and Chinese in it."""
    folder = tmp_path / "our 旅程"
    (folder / "journeys").mkdir(parents=True)
    (folder / "journeys" / "ticket.yaml").write_text(GOOD, encoding="utf-8")
    return folder


@pytest.fixture
def git(repository: Path, program: dict[str, str]) -> Git:
    """Return a function that runs git in the repository, which has one commit."""

    def call(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=repository, env=program, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    call("init", "--quiet", "--initial-branch=main")
    call("add", ".")
    call("commit", "--quiet", "-m", "first")
    return call
