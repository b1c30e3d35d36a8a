"""Several reports of one check: what goes where, what is refused, what if one cannot be written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from blueprint.cli.reports import FORMATS, Order, orders

full_device = pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no full device")


@pytest.mark.parametrize(
    ("form", "outputs", "expected"),
    [
        (None, [], [("text", None)]),
        ("json", [], [("json", None)]),
        (None, ["out.txt"], [("text", "out.txt")]),
        ("json", ["out.json"], [("json", "out.json")]),
        ("json", ["-"], [("json", None)]),
        (None, ["sarif=out.sarif"], [("sarif", "out.sarif")]),
        (None, ["sarif=out.sarif", "text"], [("sarif", "out.sarif"), ("text", None)]),
        (None, ["sarif=-"], [("sarif", None)]),
        ("github", ["sarif=out.sarif"], [("github", None), ("sarif", "out.sarif")]),
        ("github", ["sarif=out.sarif", "all.log"], [("sarif", "out.sarif"), ("github", "all.log")]),
        (None, ["text", "github"], [("text", None), ("github", None)]),
        (None, ["text", "text"], [("text", None)]),
        (None, ["json=a=b.json"], [("json", "a=b.json")]),
        (None, ["./text"], [("text", "./text")]),
        (None, ["./sarfi=x"], [("text", "./sarfi=x")]),
        (None, ["out dir/旅程.txt"], [("text", "out dir/旅程.txt")]),
        (None, ["C:\\a=b.txt"], [("text", "C:\\a=b.txt")]),
    ],
)
def test_what_goes_where(
    form: str | None, outputs: list[str], expected: list[tuple[str, str | None]]
) -> None:
    assert orders(form, outputs) == [Order(*order) for order in expected]


@pytest.mark.parametrize(
    ("outputs", "says"),
    [
        (["sarfi=x"], "did you mean `sarif`? For a file of this name write ./sarfi=x"),
        (["SARIF=x"], "did you mean `sarif`?"),
        (["pdf=x"], "there are text, json,"),
        (["json="], "--output json= names no file"),
        (["json", "text"], "json, text cannot share standard output"),
        (["json=a", "sarif=./a"], "two reports would be written to a"),
        (["text=./deep/../a", "a"], "two reports would be written to a"),
    ],
)
def test_what_is_refused(outputs: list[str], says: str, run: Callable, bad: Path, tmp_path: Path) -> None:
    given = [part for output in outputs for part in ("--output", output)]
    code, out, err = run("check", bad, *given)
    assert (code, out) == (2, "")
    assert says in err
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


def test_refusals_speak_chinese(run: Callable, bad: Path) -> None:
    assert "没有格式 `sarfi`" in run("check", "--lang", "zh", bad, "--output", "sarfi=x").err


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_report_is_the_same_in_a_file_and_printed(
    form: str, run: Callable, bad: Path, tmp_path: Path
) -> None:
    code, shown, err = run("check", "--format", form, bad)
    assert (code, err) == (1, "")
    code, out, err = run("check", bad, "--output", f"{form}=deep/er/report")
    assert (code, out, err) == (1, "", "")
    assert (tmp_path / "deep/er/report").read_text(encoding="utf-8") == shown
    assert "YM003" in shown


@pytest.mark.parametrize("form", list(FORMATS))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_to_complain_about(form: str, language: str, run: Callable, good: Path) -> None:
    code, out, err = run("check", "--lang", language, "--format", form, good)
    assert (code, err) == (0, "")
    match form:
        case "json" | "gitlab" | "sarif":
            assert json.loads(out) is not None
        case "junit":
            assert ElementTree.fromstring(out).get("tests") == "1"
        case "github" | "concise":
            assert out == ""
        case _:
            assert "1" in out


def test_all_at_once(run: Callable, bad: Path, tmp_path: Path) -> None:
    files = [part for form in FORMATS for part in ("-o", f"{form}={form}.out")]
    told = run("check", bad.name, *files, "-o", "concise").out
    assert told.startswith("bad.yaml:5:22: YM003 error")
    assert {path.stem for path in tmp_path.glob("*.out")} == set(FORMATS)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_that_may_not_be_written_to(run: Callable, bad: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert run("check", bad, "-o", "json=closed/a").code == 2


def test_a_report_that_cannot_be_written_does_not_keep_the_others(
    run: Callable, bad: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    code, out, err = run("check", bad, "-o", "json=file/a.json", "-o", "sarif=b.sarif", "-o", "concise")
    assert code == 2
    assert "file/a.json" in err
    assert len(out.splitlines()) == 2
    assert json.loads((tmp_path / "b.sarif").read_text(encoding="utf-8"))


@full_device
def test_a_full_device(run: Callable, good: Path) -> None:
    code, _, err = run("check", good, "-o", "json=/dev/full")
    assert code == 2
    assert "/dev/full" in err


def test_junit_fails_what_fails_the_run(run: Callable, uneasy: Path) -> None:
    def failures(*more: str) -> str | None:
        return ElementTree.fromstring(run("check", uneasy, "--format", "junit", *more).out).get("failures")

    assert failures() == "0"
    assert failures("--fail-on", "warning") != "0"
    assert failures("--fail-on", "never") == "0"
    gone = ElementTree.fromstring(run("check", "gone.yaml", "--format", "junit").out)
    assert gone.get("errors") == "1"


@pytest.mark.parametrize(
    ("variables", "link"),
    [
        (
            {"GITHUB_WORKSPACE": "{}", "GITHUB_SERVER_URL": "https://g", "GITHUB_REPOSITORY": "o/r",
             "GITHUB_SHA": "c"},
            "https://g/o/r/blob/c/shop/a%20b.yaml#L5",
        ),
        (
            {"CI_PROJECT_DIR": "{}", "CI_PROJECT_URL": "https://l/g/p", "CI_COMMIT_SHA": "c"},
            "https://l/g/p/-/blob/c/shop/a%20b.yaml#L5",
        ),
        ({"GITHUB_WORKSPACE": "{}"}, ""),
    ],
)  # fmt: skip
def test_platforms_know_a_file_by_its_place_in_the_repository(
    variables: dict[str, str],
    link: str,
    run: Callable,
    bad: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (
        "GITHUB_WORKSPACE",
        "GITHUB_SERVER_URL",
        "GITHUB_REPOSITORY",
        "GITHUB_SHA",
        "CI_PROJECT_DIR",
    ):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(tmp_path))
    (tmp_path / "shop").mkdir()
    bad.rename(tmp_path / "shop" / "a b.yaml")
    monkeypatch.chdir(tmp_path / "shop")
    told = run("check", "a b.yaml", "--format", "markdown").out
    assert (f"](<{link}>)" in told) == bool(link)
    assert "shop/a b.yaml:5:22" in told
    assert "file=shop/a b.yaml," in run("check", "a b.yaml", "--format", "github").out
    (issue, *_) = json.loads(run("check", "a b.yaml", "--format", "gitlab").out)
    assert issue["location"]["path"] == "shop/a b.yaml"
