"""Completion, asked for by the shells themselves where they are installed, else as their scripts ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint.cli import COMMANDS
from blueprint.cli.start import templates

ROOT = Path(__file__).parents[2]
bash = pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="there is no bash")


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """Put a program called blueprint on the path, and return the environment in which it is found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "blueprint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m blueprint "$@"\n')
    script.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def in_bash(words: str, program: dict[str, str], folder: Path) -> list[str]:
    """Return what bash offers at the end of a line, by loading the script and calling its function."""
    typed = words.split(" ")
    script = (
        'eval "$(blueprint completion bash)"\n'
        f"COMP_WORDS=({' '.join(repr(word) for word in typed)})\n"
        f"COMP_CWORD={len(typed) - 1}\n"
        "compopt() { :; }\n"  # It works only while a line is being typed.
        "declare -F | grep -q _blueprint_completion || exit 9\n"
        "_blueprint_completion blueprint\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        env=program,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@bash
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("blueprint ch", {"check"}),
        ("blueprint check --for", {"--format"}),
        ("blueprint check --format j", {"json", "junit"}),
        ("blueprint check --select ex101", {"EX101"}),
        ("blueprint check --select low-ending,EX10", {f"low-ending,EX10{n}" for n in range(1, 10)}),
        ("blueprint check --ignore E", set()),
        ("blueprint check --output sar", {"sarif"}),
        ("blueprint explain EX101", {"EX101"}),
        ("blueprint build --to svg,p", {"svg,png", "svg,pdf"}),
        ("blueprint render --theme ", {"light", "dark", "print", "mine.toml"}),
        ("blueprint completion ", {"bash", "zsh", "fish"}),
        ("blueprint chekc --for", set()),
        ("blueprint init -t ", set(templates())),
    ],
)
def test_bash(words: str, expected: set[str], program: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("")
    offered = in_bash(words, program, tmp_path)
    if words.endswith("--ignore E"):
        assert {"EX", "EX101"} <= set(offered)
        assert all(word.startswith("E") for word in offered)
    else:
        assert set(offered) == expected


@bash
def test_the_script_is_bash(run: Callable, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(run("completion", "bash").out)
    assert subprocess.run(["bash", "-n", script], timeout=60).returncode == 0


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_scripts_are_what_their_shells_read(shell: str, run: Callable, tmp_path: Path) -> None:
    code, out, err = run("completion", shell)
    assert (code, err) == (0, "")
    assert f"_BLUEPRINT_COMPLETE={shell}_complete" in out
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed: its script was printed, not read")
    script = tmp_path / "script"
    script.write_text(out)
    assert subprocess.run([shell, "-n", script], timeout=60).returncode == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_is_offered(shell: str, run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_BLUEPRINT_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", "blueprint ")
    monkeypatch.setenv("COMP_CWORD", "" if shell == "fish" else "1")
    code, out, _ = run()
    assert code == 0
    assert set(COMMANDS) <= set(out.replace(",", " ").split())


def test_rules_are_explained_where_the_shell_shows_it(
    run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_BLUEPRINT_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", "blueprint explain EX101")
    monkeypatch.setenv("COMP_CWORD", "2")
    kind, word, about = run().out.splitlines()
    assert (kind, word) == ("plain", "EX101")
    assert len(about) > 10


def test_an_unknown_shell_is_refused(run: Callable) -> None:
    code, out, err = run("completion", "powershell")
    assert (code, out) == (2, "")
    assert "bash" in err
