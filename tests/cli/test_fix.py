"""`check --fix`, `--unsafe-fixes` and `--diff`: files are mended, and nothing else about them changes."""

from __future__ import annotations

import codecs
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SLIPPED = b"""\
# about\r
journey: ticket\r
titel: Buys a ticket   # why\r
stages:\r
  - stage: plan\r
    touchpoints:\r
      - {id: search, title: Looks, kinds: [frist], emotion: 0, next: arive}\r
      - {id: arrive, title: 'Arrives', emotion: 1}"""
MENDED = (
    SLIPPED.replace(b"titel", b"title")
    .replace(b"frist", b"first")
    .replace(b"arive", b"arrive")
    .replace(b"'Arrives',", b"'Arrives', kinds: [end],")
)

Run = Callable[..., Any]


@pytest.fixture
def slipped(tmp_path: Path) -> Path:
    path = tmp_path / "slipped.yaml"
    path.write_bytes(codecs.BOM_UTF8 + SLIPPED)
    path.chmod(0o640)
    return path


def test_fix_mends_to_the_byte_and_reports_what_is_left(run: Run, slipped: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to("slipped.yaml")
    result = run("check", "--fix", "link.yaml")
    assert slipped.read_bytes() == codecs.BOM_UTF8 + MENDED
    assert (result.code, link.is_symlink()) == (0, True)
    assert stat.S_IMODE(slipped.stat().st_mode) == 0o640
    assert "4 findings mended in 1 file." in result.err
    assert run("check", "--fix", "link.yaml").err == ""
    assert slipped.read_bytes() == codecs.BOM_UTF8 + MENDED


def test_diff_writes_nothing_and_git_applies_it(run: Run, slipped: Path, tmp_path: Path) -> None:
    slipped.write_bytes(SLIPPED)
    result = run("check", "--diff", "slipped.yaml")
    assert (result.code, slipped.read_bytes()) == (1, SLIPPED)
    assert "would be mended" in result.err
    if shutil.which("git"):
        patch = result.out.replace("--- ", "--- a/", 1).replace("+++ ", "+++ b/", 1).encode()
        subprocess.run(["git", "apply", "-"], input=patch, cwd=tmp_path, check=True)
        assert slipped.read_bytes() == MENDED
        assert run("check", "--diff", "slipped.yaml").code == 0


def test_standard_input_goes_to_standard_output(process: Callable[..., Any]) -> None:
    started = process("check", "--fix", "-", stdin=subprocess.PIPE)
    out, err = started.communicate(codecs.BOM_UTF8 + SLIPPED)
    assert (started.returncode, out) == (0, codecs.BOM_UTF8 + MENDED)
    assert b"mended" in err


def test_unsafe_fixes_are_asked_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = MENDED.replace(b"id: search", b"id: Search").decode()
    path.write_text(text, newline="")
    assert run("check", "--fix", "a.yaml").code == 1
    assert path.read_bytes() == text.encode()
    assert run("check", "--fix", "--unsafe-fixes", "a.yaml").code == 0
    assert path.read_bytes() == MENDED
    told = run("check", "--unsafe-fixes", "a.yaml")
    assert told.code == 2
    assert "--diff" in told.err


def test_what_cannot_be_written_is_said_and_the_others_are_mended(
    run: Run, slipped: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.yaml"
    other.write_bytes(SLIPPED.replace(b"journey: ticket", b"journey: other"))
    slipped.chmod(0o440)
    if os.access(slipped, os.W_OK):
        pytest.skip("this user may write everything")
    result = run("check", "--fix", ".")
    assert result.code == 2
    assert "slipped.yaml" in result.err
    assert slipped.read_bytes() == codecs.BOM_UTF8 + SLIPPED
    assert b"titel" not in other.read_bytes()


def test_another_encoding_is_left_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    data = SLIPPED.decode().replace("Buys a ticket", "买一张票回家过年").encode("gb18030")
    path.write_bytes(data)
    assert run("check", "--fix", "gbk.yaml").code == 1
    assert path.read_bytes() == data


def test_what_the_configuration_accepts_is_not_mended_behind_anybodys_back(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "blueprint.toml").write_text('ignore = ["ST102"]\n')
    path = tmp_path / "a.yaml"
    path.write_bytes(SLIPPED)
    run("check", "--fix", "a.yaml")
    assert path.read_bytes() == MENDED.replace(b" kinds: [end],", b"")
