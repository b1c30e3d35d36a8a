"""`blueprint playbook`: the standards in force, as people and programs see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import yaml

OWN = """\
playbook: ours
targets:
  fcr: {extends: fcr, title: {en: Ours, zh: 我们的}, source: team decision, target: ">= 70%"}
"""


def test_the_list_names_every_section_and_entry(run: Callable) -> None:
    code, out, err = run("playbook", "list")
    assert (code, err) == (0, "")
    rows = json.loads(run("playbook", "list", "--format", "json").out)
    assert len(rows) > 250
    words = set(out.split())
    assert all(row["id"] in words and row["section"] in words for row in rows)
    assert f"{len(rows)} entries" in out
    assert all({"en", "zh"} <= set(row["title"]) and row["source"] for row in rows)
    assert "EOAC 积极沟通" in run("playbook", "list", "--section", "protocols", "--lang", "zh").out


def test_one_section_alone(run: Callable) -> None:
    rows = json.loads(run("playbook", "list", "--section", "ladders", "--format", "json").out)
    assert {row["section"] for row in rows} == {"ladders"}


def test_a_team_s_own_entries_are_marked(run: Callable) -> None:
    Path("own.yaml").write_text(OWN, encoding="utf-8")
    out = run("playbook", "list").out
    line = next(line for line in out.splitlines() if line.split()[:2] == ["fcr", "Ours"])
    assert line.endswith("team decision  [ours]")
    shown = json.loads(run("playbook", "show", "fcr", "--format", "json").out)
    assert shown["playbook"] == "ours"
    assert shown["entry"]["target"] == ">= 70%"
    assert shown["entry"]["metric"] == "FCR"  # from the entry it extends


def test_one_entry_in_two_languages(run: Callable) -> None:
    english, chinese = (run("playbook", "show", "eoac", "--lang", lang).out for lang in ("en", "zh"))
    assert english.startswith("EOAC: explore, offer, act, confirm\nprotocols/eoac")
    assert chinese.startswith("EOAC 积极沟通")
    assert "探索需求" in chinese
    assert "探索需求" not in english


def test_what_is_shown_as_yaml_can_be_written_into_a_playbook(run: Callable) -> None:
    for name in (
        "protocols/eoac",
        "ladders/p0-p3",
        "timelines/crisis",
        "authority/ritz-carlton",
        "targets/fcr",
    ):
        out = run("playbook", "show", name, "--format", "yaml").out
        assert list(yaml.safe_load(out)) == [name.split("/")[0]]
        Path("copy.yaml").write_text(f"playbook: copy\n{out}", encoding="utf-8")
        assert run("check", "copy.yaml").code == 0, name
        assert run("playbook", "show", name, "--format", "yaml").out == out
        assert json.loads(run("playbook", "show", name, "--format", "json").out)["playbook"] == "copy"
        Path("copy.yaml").unlink()


def test_names_that_mean_nothing_or_several_things(run: Callable) -> None:
    code, out, err = run("playbook", "show", "eoak")
    assert (code, out) == (2, "")
    assert "did you mean `eoac`?" in err
    assert "是否应为 `eoac`？" in run("playbook", "show", "eoak", "--lang", "zh").err
    code, _, err = run("playbook", "show", "csat")
    assert code == 2
    assert "several sections" in err


def test_a_playbook_has_nothing_to_draw_or_compute(run: Callable) -> None:
    Path("own.yaml").write_text(OWN, encoding="utf-8")
    assert run("check", "own.yaml").code == 0
    assert "playbook" in run("analyse", "own.yaml").err
    assert "playbook" in run("render", "own.yaml").err
