"""`blueprint fmt`: what it writes, shows and says, and what it never touches."""

from __future__ import annotations

import codecs
import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

UNTIDY = """\
# about
journey: ticket
stages:
- stage: plan
  touchpoints:
  - { title: Looks, id: search,  kinds: ["first"] }
  - {id: arrive, title: Arrives, kinds: [end], emotion: 1}
title:   'Buys a ticket'   # why
"""
TIDY = """\
# about
journey: ticket
title: Buys a ticket  # why
stages:
  - stage: plan
    touchpoints:
      - {id: search, title: Looks, kinds: [first]}
      - {id: arrive, title: Arrives, kinds: [end], emotion: 1}
"""
FOREIGN = "services:   {web:   {image: x}}\n"

Run = Callable[..., Any]


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "untidy.yaml"
    path.write_text(UNTIDY)
    return path


def test_files_are_laid_out_and_others_left_alone(
    run: Run, untidy: Path, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "compose.yaml").write_text(FOREIGN)
    untidy.chmod(0o600)
    result = run("fmt")
    assert (result.code, result.out) == (0, "")
    assert "1 file reformatted, 1 left alone." in result.err
    assert untidy.read_text() == TIDY
    assert stat.S_IMODE(untidy.stat().st_mode) == 0o600
    assert (tmp_path / "compose.yaml").read_text() == FOREIGN
    assert "0 files reformatted, 2 left alone." in run("fmt").err


def test_check_and_diff_write_nothing(run: Run, untidy: Path) -> None:
    checked = run("fmt", "--check")
    assert (checked.code, checked.out) == (1, "untidy.yaml\n")
    assert "1 file would be reformatted" in checked.err
    shown = run("fmt", "--diff")
    assert shown.code == 1
    assert shown.out.startswith("--- untidy.yaml\n+++ untidy.yaml\n@@")
    assert "\n+title: Buys a ticket  # why\n" in shown.out
    assert untidy.read_text() == UNTIDY
    untidy.write_text(TIDY)
    assert run("fmt", "--check").code == run("fmt", "--diff").code == 0


def test_standard_input(process: Callable[..., Any], run: Run) -> None:
    started = process("fmt", "-", stdin=subprocess.PIPE)
    out, _ = started.communicate(codecs.BOM_UTF8 + UNTIDY.replace("\n", "\r\n").encode())
    assert (started.returncode, out) == (0, codecs.BOM_UTF8 + TIDY.replace("\n", "\r\n").encode())
    assert run("fmt", "-", "--check", stdin=UNTIDY.encode()).code == 1
    broken = run("fmt", "-", stdin=b"journey: [")
    assert (broken.code, broken.out) == (2, "")
    assert run("fmt", "-", "a.yaml", stdin=b"").code == 2


def test_a_named_file_that_is_none_of_ours_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(FOREIGN)
    result = run("fmt", "compose.yaml")
    assert result.code == 0
    assert "no journey" in result.err
    assert (tmp_path / "compose.yaml").read_text() == FOREIGN


def test_broken_files_are_said_and_the_others_laid_out(run: Run, untidy: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("journey: j\ntitle: [\n")
    (tmp_path / "latin.yaml").write_bytes(b"journey: j\ntitle: caf\xe9\n")
    result = run("fmt")
    assert result.code == 2
    assert "broken.yaml: left alone: line" in result.err
    assert "latin.yaml: left alone" in result.err
    assert "1 file reformatted, 0 left alone, 2 could not be laid out." in result.err
    assert (untidy.read_text(), broken.read_text()) == (TIDY, "journey: j\ntitle: [\n")


def test_a_missing_or_read_only_file_is_said(run: Run, untidy: Path) -> None:
    assert "nowhere.yaml" in run("fmt", "nowhere.yaml").err
    untidy.chmod(0o400)
    if os.access(untidy, os.W_OK):
        pytest.skip("this user may write everything")
    result = run("fmt")
    assert result.code == 2
    assert untidy.read_text() == UNTIDY


def test_excluded_files_are_not_touched(run: Run, untidy: Path, tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_text('exclude = ["untidy.yaml"]\n')
    run("fmt")
    assert untidy.read_text() == UNTIDY


def test_it_speaks_chinese(run: Run, untidy: Path) -> None:
    assert "已重新排版 1 个文件" in run("fmt", "--lang", "zh").err


def test_several_processes_do_and_say_the_same_in_the_same_order(run: Run, untidy: Path) -> None:
    text = untidy.read_text(encoding="utf-8")
    for folder in ("first", "second"):
        Path(folder).mkdir()
        for number in range(40):
            name = f"j{number:02}.yaml"
            Path(folder, name).write_text(
                text.replace("journey: ", f"journey: n{number}-"), encoding="utf-8"
            )
        Path(folder, "j07.yaml").write_bytes(b"journey: \xff\n")
        Path(folder, "j21.yaml").write_text("journey: [a\n", encoding="utf-8")
    alone, together = run("fmt", "first", "-j", "1"), run("fmt", "second", "-j", "3")
    assert alone.code == together.code == 2
    assert together.err == alone.err.replace("first/", "second/")
    for file in sorted(Path("first").iterdir()):
        assert file.read_bytes() == Path("second", file.name).read_bytes()
    shown = [
        run("fmt", folder, "--diff", "-j", jobs).out for folder, jobs in (("first", "1"), ("second", "2"))
    ]
    assert shown[0].replace("first/", "second/") == shown[1]
