"""Ignores with a day, baselines, and shared settings, as their users meet them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = """\
journey: ticket
title: Buys a ticket
stages:
  - stage: plan
    touchpoints:
      - {id: search, title: Looks for a train, kinds: [first], emotion: 1}
      - {id: arrive, title: Arrives on time, kinds: [end], emotion: -1}
"""
IGNORE = """
[[ignores]]
rule = "EX101"
files = ["a.yaml"]
element = "arrive"
reason = "the depot closes"
owner = "Li Na"
expires = 2026-12-31
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def timeless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798675200")  # 2026-12-31 00:00 UTC


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def codes(run: Run, *arguments: str) -> list[str]:
    _, out, _ = run("check", "--format", "json", "--no-cache", *arguments)
    return [finding["code"] for finding in json.loads(out)["findings"]]


def test_an_ignore_holds_until_its_day_and_is_then_reported_itself(run: Run) -> None:
    write("a.yaml", GOOD)
    write("blueprint.toml", IGNORE)
    assert "EX101" not in codes(run)
    assert "IN104" not in codes(run)
    assert {"EX101", "IN104"} <= set(codes(run, "--today", "2027-01-01"))
    _, out, _ = run("check", "--today", "2027-01-01")
    assert "blueprint.toml:3:1: warning[IN104] this ignore of EX101 held until 2026-12-31" in out
    assert "Li Na" in out
    assert "the depot closes" in out
    _, out, _ = run("check", "--today", "2027-01-01", "--lang", "zh")
    assert "已于 2026-12-31 到期" in out


def test_the_clock_is_the_builds_before_the_machines(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.yaml", GOOD)
    write("blueprint.toml", IGNORE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")  # 2027-01-01
    assert "IN104" in codes(run)
    assert "IN104" not in codes(run, "--today", "2026-12-31")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    code, _, err = run("check")
    assert (code, "SOURCE_DATE_EPOCH" in err) == (2, True)
    code, _, err = run("check", "--today", "tomorrow")
    assert (code, "2027-03-31" in err) == (2, True)


def test_an_ignore_with_nothing_to_hide_is_reported_where_silence_means_something(run: Run) -> None:
    write("a.yaml", GOOD.replace("-1", "1"))
    write("b.yaml", GOOD.replace("ticket", "other"))
    write("blueprint.toml", IGNORE)
    assert "IN105" in codes(run)
    assert "IN105" in codes(run, "a.yaml")
    assert "IN105" not in codes(run, "b.yaml")
    assert "IN105" not in codes(run, "--select", "ST")
    assert "IN105" not in codes(run, "--ignore", "IN")
    write("blueprint.toml", IGNORE.replace("a.yaml", "c.yaml"))
    _, out, _ = run("check")
    assert "no file is called so" in out
    assert "IN105" not in codes(run, "b.yaml")


@pytest.mark.parametrize(("rule", "said"), [("EX1O1", "did you mean `EX101`"), ("ALL", "is no rule")])
def test_an_ignore_of_no_rule_is_located(run: Run, rule: str, said: str) -> None:
    write("a.yaml", GOOD)
    write("blueprint.toml", IGNORE.replace("EX101", rule))
    code, out, err = run("check")
    assert (code, out) == (2, "")
    assert "blueprint.toml:3: " in err
    assert said in err


def test_words_of_a_shared_file_are_located_there(run: Run) -> None:
    write("a.yaml", GOOD)
    write("blueprint.toml", 'extends = "shared/team.toml"\n')
    for text, line, said in (
        ('select = [\n  "DEFAULT",\n  "EX1O1",\n]\n', 3, "did you mean `EX101`"),
        ('[severity]\nlow-endng = "error"\n', 2, "did you mean `low-ending`"),
        ("[rules.EX101]\n\nflor = 1\n", 3, "did you mean `floor`"),
        ('[rules.EX101]\nfloor = "x"\n', 2, "option `floor`"),
        ('[[per-file]]\nfiles = "a"\nignore = ["XX"]\n', 3, "no rule `XX`"),
    ):
        write("shared/team.toml", text)
        code, _, err = run("check")
        assert code == 2
        assert f"{os.path.join('shared', 'team.toml')}:{line}: " in err
        assert said in err


def test_pages_leave_out_what_is_accepted_as_well(run: Run) -> None:
    write("a.yaml", GOOD)
    run("render", "a.yaml", "-o", "before.html")
    write("blueprint.toml", IGNORE)
    run("render", "a.yaml", "-o", "after.html")
    assert "EX101" in Path("before.html").read_text(encoding="utf-8")
    assert "EX101" not in Path("after.html").read_text(encoding="utf-8")


def test_a_baseline_from_the_first_day_to_the_last(run: Run) -> None:
    write("a.yaml", GOOD)
    write("blueprint.toml", 'fail-on = "warning"\nbaseline = "debt.json"\n')
    code, _, err = run("check")
    assert (code, "blueprint.toml:2: " in err) == (2, True)
    code, _, err = run("baseline")
    assert (code, "new, 0 gone" in err) == (0, True)
    before = Path("debt.json").read_bytes()
    code, out, _ = run("check")
    assert code == 0
    assert "known to the baseline" in out
    # Again unasked it is not written over.
    assert run("baseline")[0] == 2
    assert Path("debt.json").read_bytes() == before
    # A renamed file, a comment, another language: all known.
    Path("a.yaml").rename("moved.yaml")
    write("moved.yaml", "# moved\n\n" + GOOD)
    assert run("check", "--lang", "zh")[0] == 0
    # Something new counts, what is known does not.
    write("b.yaml", GOOD.replace("ticket", "other"))
    code, out, _ = run("check", "--format", "json")
    assert code == 1
    assert {finding["file"] for finding in json.loads(out)["findings"]} == {"b.yaml"}
    assert run("check", "--no-baseline")[1].count("moved.yaml:") > 0
    # Only what was looked at can be gone.
    write("moved.yaml", GOOD.replace("-1", "2"))
    code, _, err = run("check", "b.yaml")
    assert "gone" not in err
    code, _, err = run("check", "moved.yaml")
    assert (code, "of debt.json" in err, "--prune" in err) == (0, True, True)
    assert "gone" not in run("check", "--select", "ST")[2]
    code, _, err = run("baseline", "--prune")
    assert (code, "(0 new, " in err) == (0, True)
    assert json.loads(Path("debt.json").read_text(encoding="utf-8"))["documents"] == {}
    assert run("check", "moved.yaml")[2] == ""
    assert run("baseline", "--update")[0] == 0
    assert list(json.loads(Path("debt.json").read_text(encoding="utf-8"))["documents"]) == ["journey other"]


def test_a_baseline_counts_from_the_moment_it_is_written(run: Run) -> None:
    write("journeys/a.yaml", GOOD)
    write("blueprint.toml", 'fail-on = "warning"\n')
    assert run("check")[0] == 1
    code, _, err = run("baseline")
    assert (code, "commit it" in err) == (0, True)
    assert run("check")[0] == 0
    assert run("check", "journeys/a.yaml")[0] == 0
    assert run("check", "--no-baseline")[0] == 1
    # One that was written elsewhere does not count by itself, and that is said.
    code, _, err = run("baseline", "-o", "debts/known.json")
    assert (code, 'baseline = "debts/known.json"' in err) == (0, True)
    Path("blueprint-baseline.json").unlink()
    assert run("check")[0] == 1
    write("blueprint.toml", 'fail-on = "warning"\nbaseline = "debts/known.json"\n')
    assert run("check")[0] == 0
    assert "known.json`" not in run("baseline", "--update")[2]


def test_a_budget_that_gets_worse_is_news_and_one_that_gets_better_is_kept_down(run: Run) -> None:
    text = GOOD.replace("stages:", 'budgets: {ending: ">= 1"}\nstages:')
    write("a.yaml", text)
    run("baseline", "-o", "b.json")
    assert run("check", "--baseline", "b.json")[0] == 0
    write("a.yaml", text.replace("-1", "-1.5"))
    code, out, _ = run("check", "--baseline", "b.json")
    assert code == 1
    assert "it has grown" in out
    assert "the ending −1, promised" in out
    write("a.yaml", text.replace("-1", "-0.5"))
    assert run("check", "--baseline", "b.json")[0] == 0
    run("baseline", "--prune", "-o", "b.json")
    write("a.yaml", text)
    assert run("check", "--baseline", "b.json")[0] == 1


def test_an_ending_that_gets_worse_is_news(run: Run) -> None:
    write("a.yaml", GOOD)
    run("baseline", "-o", "b.json")
    write("a.yaml", GOOD.replace("emotion: 1}", "emotion: 2}"))
    assert "EX101" not in codes(run, "--baseline", "b.json")  # Another touchpoint got better.
    write("a.yaml", GOOD.replace("-1", "-1.5"))
    assert "EX101" in codes(run, "--baseline", "b.json")


def test_a_document_that_is_gone_is_gone_from_the_baseline_when_all_is_looked_at(run: Run) -> None:
    write("a.yaml", GOOD)
    write("b.yaml", GOOD.replace("ticket", "other"))
    write("blueprint.toml", 'baseline = "b.json"\n')
    run("baseline")
    Path("a.yaml").unlink()
    assert "gone" in run("check")[2]
    assert "gone" not in run("check", "b.yaml")[2]
    # A file that cannot be read says nothing about what is gone.
    write("a.yaml", GOOD.replace("title: Buys", "titel: Buys"))
    assert "gone" not in run("check")[2]


def test_files_that_cannot_be_read_are_not_recorded(run: Run) -> None:
    write("a.yaml", GOOD.replace("title: Buys", "titel: Buys"))
    code, _, err = run("baseline")
    assert (code, "1 finding is not recorded" in err) == (1, True)
    assert "YM" not in Path("blueprint-baseline.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "b.json:1: this is not JSON"),
        ('{"version": 9}', "newer"),
        ("<<<<<<< x\n", "b.json:1: a merge"),
    ],
)
def test_a_spoilt_baseline_ends_the_check(run: Run, text: str, said: str) -> None:
    write("a.yaml", GOOD)
    write("b.json", text)
    for command in (["check", "--baseline"], ["baseline", "--update", "-o"], ["baseline", "--prune", "-o"]):
        code, out, err = run(*command, "b.json")
        assert (code, out) == (2, "")
        assert said in err
    assert Path("b.json").read_text(encoding="utf-8") == text
    assert run("check", "--baseline", "none.json")[0] == 2
    assert run("check", "--baseline", ".")[0] == 2
    assert run("baseline", "--update", "--prune")[0] == 2
    assert run("baseline", "-")[0] == 2


def test_the_baseline_is_the_same_wherever_it_is_written_from(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write("sub/a.yaml", GOOD)
    write("blueprint.toml", "")
    run("baseline", "-o", "one.json")
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    run("baseline", "..", "-o", "../two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert b'"file": "sub/a.yaml"' in (tmp_path / "one.json").read_bytes()


def test_config_says_what_holds_and_where_it_comes_from(run: Run) -> None:
    write("shared/team.toml", 'extend-select = ["LX"]\ntheme = "dark"\n[severity]\nEX101 = "error"\n')
    write("app/blueprint.toml", 'extends = "../shared/team.toml"\n\ntheme = "print"\n[[per-file]]\n'
                                'files = "x"\nseverity.EX101 = "info"\nselect = ["EX"]\n')  # fmt: skip
    write("app/x/a.yaml", GOOD)

    def settings(*arguments: str) -> dict[str, tuple[object, str | None, int | None]]:
        _, out, _ = run("config", *arguments, "--format", "json")
        return {s["key"]: (s["value"], s["file"], s["line"]) for s in json.loads(out)["settings"]}

    team, own = os.path.join("shared", "team.toml"), os.path.join("app", "blueprint.toml")
    whole = settings("app")
    assert whole["theme"] == ("print", own, 3)
    assert whole["extend-select"] == ("LX", team, 1)
    assert whole["severity.EX101"] == ("error", team, 4)
    assert whole["fail-on"] == (None, None, None)
    one = settings("app/x/a.yaml")
    assert one["severity.EX101"] == ("info", own, 6)
    assert one["select"] == (["EX"], own, 7)
    assert one["extend-select"] == (None, None, None)
    _, out, _ = run("config", "app")
    assert f"{own}:3" in out
    assert "默认" in run("config", "app", "--lang", "zh")[1]
    assert json.loads(run("config", "--schema")[1])["title"] == "blueprint.toml"
    assert run("config", "-")[0] == 2
    assert run("config", "nowhere")[0] == 2
    assert "No configuration" in run("config")[1]


def test_comments_reach_sarif_with_their_reasons_and_nothing_else(run: Run) -> None:
    commented = GOOD.replace("emotion: -1}", "emotion: -1} # blueprint: ignore EX101 -- the depot closes")
    write("a.yaml", commented)
    write(
        "b.yaml", commented.replace("journey: ticket", "journey: tram").replace("emotion: 1", "emotion: 2")
    )

    def results() -> list[dict[str, object]]:
        told = json.loads(run("check", "--format", "sarif", "--select", "DEFAULT")[1])
        return [it for it in told["runs"][0]["results"] if it["ruleId"] == "EX101"]

    cold, warm = results(), results()  # The second time from memory.
    assert cold == warm
    assert len(cold) == 2
    for result in cold:
        assert result["suppressions"] == [
            {"kind": "inSource", "status": "accepted", "justification": "the depot closes"}
        ]
    for form in ("text", "concise", "json", "github", "gitlab", "junit", "markdown"):
        assert "depot" not in run("check", "--format", form, "--select", "EX101")[1], form
    run("baseline")
    assert "EX101" not in Path("blueprint-baseline.json").read_text()


def test_comments_about_all_files_reach_sarif_too(run: Run) -> None:
    write("a.yaml", GOOD)
    other = GOOD.replace("journey: ticket", "journey: tram").replace("emotion: -1", "emotion: 2")
    write("b.yaml", "# blueprint: ignore-file WS102 -- other people ask\n" + other)
    write("c.yaml", "# blueprint: ignore-file WS102 -- other people ask\n" + GOOD.replace("ticket", "walk"))
    write("a.yaml", "# blueprint: ignore-file WS102 -- other people ask\n" + GOOD)
    for _ in range(2):
        told = json.loads(run("check", "--format", "sarif", "--select", "WS102")[1])["runs"][0]["results"]
        found = [it for it in told if it["ruleId"] == "WS102"]
        assert {it["suppressions"][0]["justification"] for it in found} == {"other people ask"}
    assert "WS102" not in codes(run, "--select", "WS102")


def test_what_the_baseline_had_and_is_gone_is_absent(run: Run) -> None:
    write("a.yaml", GOOD)
    run("baseline")
    write("a.yaml", GOOD.replace("emotion: -1", "emotion: 2"))
    told = json.loads(run("check", "--format", "sarif")[1])["runs"][0]["results"]
    absent = [it for it in told if it["baselineState"] == "absent"]
    assert "EX101" in {it["ruleId"] for it in absent}
    places = {it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for it in absent}
    assert places == {"a.yaml"}
