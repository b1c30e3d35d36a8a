"""`blueprint check`: reports in four shapes, what is selected, what fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

JOURNEYS = Path(__file__).parents[2] / "journeys"


def test_a_clean_file_has_nothing_to_report(run: Callable, good: Path) -> None:
    code, out, err = run("check", good)
    assert (code, err) == (0, "")
    assert out == "Nothing to report in 1 file.\n"


def test_findings_show_the_line_the_place_and_the_advice(run: Callable, bad: Path) -> None:
    code, out, _ = run("check", "bad.yaml")
    assert code == 1
    lines = out.splitlines()
    where = next(at for at, line in enumerate(lines) if "[YM003]" in line)
    assert lines[where].startswith("bad.yaml:5:22: error[YM003] ")
    assert lines[where + 2].index("^") - lines[where + 1].index("titel") == 0
    assert "^^^^^ " not in lines[where + 2]
    assert lines[where + 2].count("^") == len("titel")
    assert "title" in lines[where + 3]
    assert lines[-2] == "2 errors in 1 file (1 checked)."
    assert lines[-1].startswith("1 of 2 can be mended with `blueprint check --")


def test_the_report_speaks_chinese(run: Callable, bad: Path) -> None:
    assert "2 个错误" in run("check", "--lang", "zh", bad).out


@pytest.mark.parametrize("variable", ["LC_ALL", "LC_MESSAGES", "LANG"])
def test_the_locale_chooses_the_language(
    variable: str, run: Callable, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "zh_CN.UTF-8")
    assert "个错误" in run("check", bad).out
    assert "errors" in run("check", "--lang", "en", bad).out


def test_json_is_for_programs(run: Callable, bad: Path) -> None:
    code, out, _ = run("check", "--format", "json", bad)
    found = json.loads(out)
    assert code == 1
    assert {finding["code"] for finding in found["findings"]} == {"YM003", "YM008"}


def test_github_annotates(run: Callable, bad: Path) -> None:
    out = run("check", "--format", "github", "bad.yaml").out
    assert out.startswith("::error file=bad.yaml,line=5,")
    assert len(out.splitlines()) == 2


def test_sarif_is_for_code_scanning(run: Callable, bad: Path) -> None:
    found = json.loads(run("check", "--format", "sarif", bad).out)
    assert found["version"] == "2.1.0"
    assert {result["ruleId"] for result in found["runs"][0]["results"]} == {"YM003", "YM008"}


@pytest.mark.parametrize("shape", ["text", "json", "github", "sarif"])
def test_reports_are_written_to_files_unchanged(
    shape: str, run: Callable, bad: Path, tmp_path: Path
) -> None:
    shown = run("check", "--format", shape, bad).out
    code, out, _ = run("check", "--format", shape, bad, "-o", "deep/er/report")
    assert (code, out) == (1, "")
    assert (tmp_path / "deep/er/report").read_text(encoding="utf-8") == shown


def test_standard_input_is_checked_under_its_name(run: Callable, bad: Path) -> None:
    text = bad.read_bytes()
    assert run("check", "-", stdin=text).out.startswith("-:5:22: error")
    named = run("check", "--stdin-name", "new.yaml", "-", stdin=text)
    assert (named.code, named.out.splitlines()[0][:15]) == (1, "new.yaml:5:22: ")


def test_nothing_in_standard_input_is_an_empty_file(run: Callable) -> None:
    code, out, _ = run("check", "-", stdin=b"")
    assert code == 1
    assert "the file is empty" in out


def test_standard_input_finds_the_documents_around_it(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "ticket.yaml").write_text(
        "journey: ticket\nstages: [{stage: a, touchpoints: [{id: x, title: X}]}]\n"
    )
    (tmp_path / "blueprint.toml").write_text("")
    service = (
        "blueprint: behind\njourney: ticket\nactors: {a: {title: A, zone: frontstage}}\n"
        "steps: [{id: s, at: x, actor: a, does: Helps}]\n"
    )
    assert "RF" not in run("check", "-", stdin=service.encode()).out
    missing = run("check", "-", stdin=service.replace("journey: ticket", "journey: tickets").encode())
    assert "did you mean `ticket`" in missing.out


def test_selection_on_the_command_line(run: Callable, uneasy: Path) -> None:
    assert "EX101" in run("check", uneasy).out
    assert "EX101" not in run("check", "--ignore", "EX101", uneasy).out
    assert "EX101" not in run("check", "--ignore", "TP,low-ending,EX103", uneasy).out
    assert "EX101" in run("check", "--select", "EX", uneasy).out
    assert "EX101" not in run("check", "--select", "ST", "--select", "YM,TP", uneasy).out


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("low-endng", "did you mean `low-ending`?"),
        ("EX1O1", "did you mean `EX101`?"),
        ("QQ9", "lists them all"),
    ],
)
def test_unknown_rules_are_refused(option: str, word: str, hint: str, run: Callable, good: Path) -> None:
    code, out, err = run("check", option, word, good)
    assert (code, out) == (2, "")
    assert f"there is no rule `{word}`" in err
    assert hint in err


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("never", 0)])
def test_what_fails(fail_on: str, code: int, run: Callable, uneasy: Path) -> None:
    assert run("check", "--fail-on", fail_on, uneasy).code == code


def test_nothing_fails_on_never(run: Callable, bad: Path) -> None:
    assert run("check", "--fail-on", "never", bad).code == 0


def test_the_configuration_above_counts(run: Callable, uneasy: Path, tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_text('fail_on = "warning"\nignore = ["EX103"]\nlanguage = "zh"\n')
    code, out, _ = run("check", uneasy)
    assert code == 1
    assert "警告[EX101]" in out
    assert "EX103" not in out
    assert "warning[EX101]" in run("check", "--lang", "en", uneasy).out


def test_configured_options_and_severities_count(run: Callable, uneasy: Path, tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_text('[severity]\nEX101 = "error"\n[rules.EX103]\nshare = 1.0\n')
    (tmp_path / "blueprint.toml").write_text('[severity]\nEX101 = "error"\n')
    code, out, _ = run("check", uneasy)
    assert code == 1
    assert "error[EX101]" in out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = 1", "blueprint.toml:1: `colour` is no setting; known keys:"),
        ("ignroe = []", "did you mean `ignore`?"),
        ("fail_on = 'always'", "blueprint.toml:1: `fail_on` cannot be 'always'; write one of"),
        ("\n[rules]\nEX101 = 3", "must hold one table per rule"),
        ("select = [", "this is not TOML"),
        ("select = ['low-endng']", "there is no rule `low-endng`; did you mean `low-ending`?"),
        ("[rules.EX101]\nflor = 1.0", "EX101 has no option `flor`; did you mean `floor`?"),
        ("[rules.EX101]\nfloor = 'high'", "takes a value like"),
    ],
)
def test_a_wrong_configuration_is_explained(
    text: str, says: str, run: Callable, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "blueprint.toml").write_text(text)
    code, out, err = run("check", good)
    assert (code, out) == (2, "")
    assert says in err


def test_a_configuration_in_no_encoding(run: Callable, good: Path, tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_bytes(b"theme = '\xff'")
    code, _, err = run("check", good)
    assert code == 2
    assert "not UTF-8" in err


def test_without_paths_the_configured_ones_are_checked(run: Callable, good: Path, tmp_path: Path) -> None:
    (tmp_path / "service").mkdir()
    good.rename(tmp_path / "service" / "ticket.yaml")
    (tmp_path / "blueprint.toml").write_text('paths = ["service"]\n')
    assert run("check").out == "Nothing to report in 1 file.\n"


def test_a_folder_without_documents_is_worth_a_warning(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("services: {}\n")
    code, out, _ = run("check", tmp_path)
    assert code == 0
    assert "warning[YM020] no journey, blueprint" in out
    assert run("check", "--fail-on", "warning", tmp_path).code == 1


def test_a_missing_file_does_not_keep_the_others_from_being_checked(run: Callable, bad: Path) -> None:
    code, out, _ = run("check", "nowhere.yaml", bad)
    assert code == 2
    assert "nowhere.yaml: error[YM010] there is no such file or folder" in out
    assert "error[YM003]" in out
    assert run("check", "--fail-on", "never", "nowhere.yaml", bad).code == 2


def test_several_processes_report_the_same(run: Callable, tmp_path: Path, bad: Path, uneasy: Path) -> None:
    for at in range(20):
        copy = tmp_path / f"copy-{at:02}.yaml"
        copy.write_text(uneasy.read_text().replace("journey: ticket", f"journey: ticket-{at}"))
    alone = run("check", "--jobs", 1, tmp_path)
    assert run("check", "--jobs", 2, tmp_path) == alone
    assert "checked" in alone.out


def test_colours_only_where_wanted(run: Callable, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("check", bad).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31m" in run("check", bad).out
    assert "\x1b" not in run("check", "--format", "github", bad).out
    run("check", bad, "-o", "report.txt")
    assert "\x1b" not in Path("report.txt").read_text(encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check", bad).out


def test_a_crashing_rule_is_a_fault_of_the_program(
    run: Callable, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from blueprint.analysis import journey

    def crash(*arguments: object, **more: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(journey, "analyse_journey", crash)
    code, out, _ = run("check", good, crashes=True)
    assert code == 3
    assert "error[IN001] the analysis of the journey crashed: ZeroDivisionError: by nothing" in out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_shipped_checks_clean(language: str, run: Callable) -> None:
    code, out, err = run("check", "--fail-on", "warning", "--lang", language, JOURNEYS)
    assert (code, err) == (0, ""), out
