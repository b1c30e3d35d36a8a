"""Runs the command line as its users do, and says what came out."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from blueprint.cli import main

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
BAD = """\
journey: ticket
stages:
  - stage: plan
    touchpoints:
      - {id: search, titel: Looks for a train, kinds: [first], emotion: 7}
      - {id: arrive, title: Arrives, kinds: [end], emotion: 1}
"""
UNEASY = GOOD.replace("emotion: 1", "emotion: -1")
"""Nothing is wrong with it, but it ends badly: a warning."""


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody's locale, colours or folder decide over a test."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "BLUEPRINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the program here and never lets a traceback or a fault of it pass."""

    def call(*arguments: object, stdin: bytes | None = None, crashes: bool = False) -> Result:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as leaving:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        code = leaving.value.code
        assert isinstance(code, int)
        assert "Traceback" not in err
        assert crashes or ("internal error" not in err and code != 3), err
        return Result(code, out, err)

    return call


@pytest.fixture
def process() -> Callable[..., subprocess.Popen[bytes]]:
    """Return a function that starts the program as a process of its own."""

    def start(*arguments: object, shell: str = "", **more: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "blueprint", *map(str, arguments)]
        root = str(Path(__file__).parents[2])
        environment = {**os.environ, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}
        if os.name == "posix":
            # Jobs in the background of a shell inherit that Ctrl-C is ignored; a user does not start
            # them so.
            more.setdefault("preexec_fn", lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more
        )  # type: ignore[call-overload,no-any-return]  # what Popen takes is passed on

    return start


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "ticket.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.yaml"
    path.write_text(BAD, encoding="utf-8")
    return path


@pytest.fixture
def uneasy(tmp_path: Path) -> Path:
    path = tmp_path / "uneasy.yaml"
    path.write_text(UNEASY, encoding="utf-8")
    return path
