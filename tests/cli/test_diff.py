"""`blueprint diff`: both sides from files and from git, every format, and what fails a pull request."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Git = Callable[..., str]

OLD = """\
journey: ticket
title: Buys a ticket
stages:
  - stage: plan
    touchpoints:
      - {id: search, title: Looks for a train, kinds: [first], emotion: 0}
      - {id: choose, title: Picks a fare, emotion: -1}
  - stage: travel
    touchpoints:
      - {id: arrive, title: Arrives on time, kinds: [end], emotion: 2}
"""
WORSE = OLD.replace("emotion: 2", "emotion: -1")
BETTER = OLD.replace("emotion: -1", "emotion: 1")


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "repo"
    root.mkdir()
    monkeypatch.chdir(root)

    def call(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], capture_output=True, check=True).stdout.decode().strip()

    call("init", "-q", "-b", "main", ".")
    call("config", "user.email", "somebody@example.org")
    call("config", "user.name", "Somebody")
    write("ticket.yaml", OLD)
    call("add", ".")
    call("commit", "-q", "-m", "one")
    return call


def write(path: str, text: str | bytes) -> str:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def told(run: Run, *arguments: object) -> Any:
    return json.loads(run("diff", *arguments, "--to", "json").out)


def figure(data: Any, name: str, document: int = 0) -> Any:
    return next(f for f in data["documents"][document]["figures"] if f["name"] == name)


def test_two_files(run: Run) -> None:
    result = run("diff", write("old.yaml", OLD), write("new.yaml", WORSE), "--fail-on", "regression")
    assert result.code == 1
    assert "`arrive` rescored +2 → −1: −3" in result.out
    assert run("diff", "old.yaml", "new.yaml").code == 0
    assert run("diff", "new.yaml", "old.yaml", "--fail-on", "regression").code == 0
    assert run("diff", "new.yaml", "old.yaml", "--fail-on", "any").code == 1
    write("copy.yaml", "# The same in other words.\n" + OLD)
    for other in ("old.yaml", "copy.yaml"):
        same = run("diff", "old.yaml", other, "--fail-on", "any")
        assert (same.code, "Nothing is different" in same.out) == (0, True)


def test_a_pull_request_that_worsens_an_ending_is_stopped_with_a_picture_of_why(run: Run, git: Git) -> None:
    git("checkout", "-q", "-b", "topic")
    write("ticket.yaml", WORSE)
    git("commit", "-qam", "two")
    assert run("diff", "main...HEAD", "--fail-on", "regression").code == 1
    comment = run("diff", "main...HEAD", "--to", "markdown").out
    assert comment.startswith("<!-- blueprint diff -->\n### 🔴 Worse: `ticket`")
    assert "**Ending** | +2 | −1 | −3 | ↓ worse 🔴" in comment
    assert run("diff", "main...HEAD", "-o", "why.svg").code == 0
    assert Path("why.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert run("diff", "main...HEAD", "-o", "why.html").code == 0
    assert "Content-Security-Policy" in Path("why.html").read_text(encoding="utf-8")
    shown = run("diff", "main...HEAD", "--to", "markdown", "--picture", "why (1).svg").out
    assert "![Before and after](<why%20%281%29.svg>)" in shown


def test_the_last_commit_with_the_work_tree(run: Run, git: Git) -> None:
    assert "Nothing is different" in run("diff").out
    write("ticket.yaml", BETTER)
    data = told(run)
    assert (data["old"], data["new"], data["regressed"]) == ("HEAD", "work tree", False)
    assert figure(data, "mean")["delta"] > 0
    assert told(run, "HEAD", "ticket.yaml")["documents"] == data["documents"]
    assert told(run, "ticket.yaml")["documents"] == data["documents"]
    assert (
        told(run, "HEAD:ticket.yaml", "ticket.yaml")["documents"][0]["figures"]
        == data["documents"][0]["figures"]
    )


def test_a_document_that_was_renamed_is_still_the_same_one(run: Run, git: Git) -> None:
    git("mv", "ticket.yaml", "deep.yaml")
    write("deep.yaml", WORSE)
    data = told(run)
    assert [(d["old"]["file"], d["new"]["file"]) for d in data["documents"]] == [
        ("ticket.yaml", "deep.yaml")
    ]
    write("deep.yaml", WORSE.replace("journey: ticket", "journey: train-ticket"))
    data = told(run)
    assert [(d["old"]["id"], d["new"]["id"]) for d in data["documents"]] == [("ticket", "train-ticket")]
    assert figure(data, "ending")["delta"] == -3


def test_what_is_left_out_of_a_commit_is_no_news_in_the_work_tree(run: Run, git: Git) -> None:
    git("init", "-q", "-b", "main", "sub")
    write("sub/inside.yaml", OLD.replace("ticket", "inside"))
    git("-C", "sub", "add", ".")
    git("-C", "sub", "-c", "user.email=a@example.org", "-c", "user.name=A", "commit", "-q", "-m", "sub")
    Path("linked.yaml").symlink_to("ticket.yaml")
    git("add", ".")
    git("commit", "-q", "-m", "two")
    data = told(run)
    assert data["documents"] == []
    assert [skipped["file"] for skipped in data["skipped"]] == ["linked.yaml", "sub"]
    git("rm", "-q", "ticket.yaml")
    git("commit", "-q", "-m", "three")
    result = run("diff")
    assert (result.code, "left out: linked.yaml, a symbolic link" in result.err) == (2, True)


def test_a_repository_without_a_commit(run: Run, git: Git) -> None:
    git("update-ref", "-d", "HEAD")
    result = run("diff")
    assert (result.code, "nothing has been committed yet" in result.err) == (2, True)


def test_documents_that_came_and_went(run: Run, git: Git) -> None:
    write(
        "ticket.yaml",
        "journey: other\nstages:\n  - stage: x\n    touchpoints:\n      - {id: y, title: Z}\n",
    )
    data = told(run)
    assert [(d["old"] and d["old"]["id"], d["new"] and d["new"]["id"]) for d in data["documents"]] == [
        ("ticket", "other")
    ]
    Path("ticket.yaml").unlink()
    write("second.yaml", OLD.replace("journey: ticket", "journey: flight").replace("train", "plane") * 1)
    data = told(run)
    assert {(bool(d["old"]), bool(d["new"])) for d in data["documents"]} <= {
        (True, True),
        (True, False),
        (False, True),
    }
    assert run("diff", "--to", "markdown").code == 0


def test_one_side_that_cannot_be_read(run: Run, git: Git) -> None:
    write("ticket.yaml", "journey: ticket\nstages: [\n")
    result = run("diff", "--fail-on", "regression")
    assert result.code == 1
    assert "could not be read" in result.out
    data = told(run)
    assert data["documents"][0]["new"]["readable"] is False
    assert {"kind": "unreadable", "name": None} in data["documents"][0]["regressions"]
    git("commit", "-qam", "broken")
    write("ticket.yaml", OLD)
    assert run("diff", "--fail-on", "regression").code == 0
    for shape in ("text", "markdown", "html"):
        assert run("diff", "--to", shape).code == 0


def test_a_persona_that_changed_changes_the_journey_that_names_it(run: Run, git: Git) -> None:
    ana, ben = (
        "persona: {}\ntitle: {}\nshare: {}\n".format(*it)
        for it in (("ana", "Ana", 0.5), ("ben", "Ben", 0.5))
    )
    write("ana.yaml", ana)
    write("ben.yaml", ben)
    write("ticket.yaml", OLD.replace("title: Buys a ticket", "persona: [ana, ben]").replace(
        "emotion: 2", "emotion: {ana: 2, ben: -2}"))  # fmt: skip
    git("add", ".")
    git("commit", "-qm", "personas")
    write("ana.yaml", ana.replace("0.5", "0.1"))
    write("ben.yaml", ben.replace("0.5", "0.9"))
    data = told(run)
    journey = next(d for d in data["documents"] if d["new"]["kind"] == "journey")
    ending = next(f for f in journey["figures"] if f["name"] == "ending")
    assert [c["kind"] for c in ending["causes"]] == ["personas"]
    assert ending["delta"] == pytest.approx(-1.6)


def test_a_to_be_is_held_against_what_it_replaces(run: Run) -> None:
    write("a/as-is.yaml", OLD)
    write(
        "a/to-be.yaml",
        BETTER.replace("journey: ticket", "journey: ticket-next\nstate: to-be\nreplaces: ticket"),
    )
    data = told(run, "a/to-be.yaml")
    assert (data["documents"][0]["old"]["id"], data["documents"][0]["new"]["id"]) == (
        "ticket",
        "ticket-next",
    )
    Path("a/as-is.yaml").unlink()
    missing = run("diff", "a/to-be.yaml")
    assert (missing.code, "`ticket`" in missing.err) == (2, True)


def test_folders_are_compared_document_by_document(run: Run) -> None:
    write("one/a.yaml", OLD)
    flight = OLD.replace("ticket", "flight").replace("title: ", "title: Sits and ")
    write("one/b.yaml", flight)
    write("two/sub/a.yaml", WORSE)
    write("two/b.yaml", flight)
    data = told(run, "one", "two")
    assert [(d["old"]["file"], d["new"]["file"]) for d in data["documents"]] == [("a.yaml", "sub/a.yaml")]
    assert data["unchanged"] == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nothing"], "neither a file nor a revision"),
        (["main..nothing"], "neither a file nor a revision"),
        (["missing.yaml", "ticket.yaml"], "there is no such file"),
        (["HEAD", "nowhere"], "there is no journey"),
        (["HEAD:missing.yaml", "ticket.yaml"], "has no missing.yaml"),
        (["ticket.yaml", "."], "one side is a file and the other a folder"),
        (["-"], "not standard input"),
        (["--tolerance", "endin=1"], "did you mean `ending`"),
        (["--tolerance", "ending=much"], "write a share"),
        (["--theme", "drak"], "drak"),
        (["--to", "png"], "-o"),
        (["HEAD", "/"], "not in a git repository"),
    ],
)
def test_what_cannot_be_compared_is_explained(run: Run, git: Git, words: list[str], says: str) -> None:
    result = run("diff", *words)
    assert result.code == 2
    assert says in result.err
    assert result.out == ""


def test_outside_of_a_repository_and_without_git(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "not in a git repository" in run("diff", "main").err
    monkeypatch.setenv("PATH", "/nowhere")
    result = run("diff", "main")
    assert (result.code, "git is not installed" in result.err) == (2, True)


def test_nothing_is_left_behind_and_nothing_half_written(
    run: Run, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    write("ticket.yaml", WORSE)
    status = git("status", "--porcelain")
    assert run("diff", "--to", "svg", "-o", "x.svg").code == 0
    Path("x.svg").unlink()
    assert list(scratch.iterdir()) == []
    assert git("status", "--porcelain") == status
    Path("locked").mkdir(mode=0o555)
    if run("diff", "-o", "locked/x.svg").code:  # Not so for somebody who may do everything.
        assert list(Path("locked").iterdir()) == []


def test_both_languages(run: Run) -> None:
    result = run("diff", write("old.yaml", OLD), write("new.yaml", WORSE), "--lang", "zh")
    assert "变差：ticket" in result.out
    assert "重新评分" in result.out


def test_a_picture_needs_a_journey(run: Run) -> None:
    old = "persona: ana\ntitle: Ana\n"
    result = run("diff", write("a.yaml", old), write("b.yaml", old + "tier: gold\n"), "-o", "x.svg")
    assert (result.code, "there is no picture" in result.err) == (2, True)
    assert not Path("x.svg").exists()


def test_keys_of_ones_own_are_compared_too(run: Run) -> None:
    old = OLD.replace("emotion: 2}", "emotion: 2, x-team: blue}")
    new = OLD.replace("emotion: 2}", "emotion: 2, x-team: red}") + "x-cost: {centre: 7}\n"
    changes = told(run, write("old.yaml", old), write("new.yaml", new))["documents"][0]["changes"]
    assert [(c["element"], c["id"], c["field"], c["before"], c["after"]) for c in changes] == [
        ("touchpoint", "arrive", "x-team", "blue", "red"),
        ("document", "ticket", "x-cost", None, {"centre": 7}),
    ]
    assert "x-team: “blue” → “red”" in run("diff", "old.yaml", "new.yaml").out


def test_no_place_that_is_gone_is_told(run: Run, git: Git) -> None:
    write("again.yaml", OLD)
    git("add", ".")
    git("commit", "-qm", "one id twice")
    for shape in ("text", "json", "markdown"):
        out = run("diff", "HEAD~1..HEAD", "--to", shape).out
        assert "again.yaml" in out
        assert "blueprint-" not in out


def test_one_document_alone(run: Run) -> None:
    for folder, text in (("old", OLD), ("new", WORSE)):
        write(f"{folder}/ticket.yaml", text)
        write(f"{folder}/tram.yaml", text.replace("journey: ticket", "journey: tram-ride"))
        write(f"{folder}/same.yaml", OLD.replace("journey: ticket", "journey: same"))
    both = run("diff", "old", "new", "-o", "all.svg")
    assert both.code == 0
    assert "--document draws another (tram-ride)" in both.err
    assert 'id="diff-ticket' in Path("all.svg").read_text()
    assert run("diff", "old", "new", "--document", "tram-ride", "-o", "one.svg").err.count("Drew") == 0
    assert 'id="diff-tram-ride' in Path("one.svg").read_text()
    alone = told(run, "old", "new", "--document", "tram-ride")
    assert [it["new"]["id"] for it in alone["documents"]] == ["tram-ride"]
    assert run("diff", "old", "new", "--document", "same", "--fail-on", "any").code == 0
    wrong = run("diff", "old", "new", "--document", "tram-rid")
    assert (wrong.code, "did you mean `tram-ride`?" in wrong.err) == (2, True)
    assert run("diff", "old", "new", "--document", "same", "-o", "no.svg").code == 2
    assert not Path("no.svg").exists()


def test_findings_over_all_files_are_compared_as_well(run: Run) -> None:
    write("old/ticket.yaml", OLD)
    write("old/tram.yaml", OLD.replace("journey: ticket", "journey: tram"))
    write("new/ticket.yaml", OLD)
    write("new/tram.yaml", WORSE.replace("journey: ticket", "journey: tram"))
    assert "WS102" not in run("check", "old", "--select", "WS").out
    assert "WS102" in run("check", "new", "--select", "WS").out
    data = told(run, "old", "new")
    gained = {
        it["new"]["id"]: [finding["code"] for finding in it["findings"]["gained"]]
        for it in data["documents"]
    }
    # Also in the file that is the same: what it says is now contradicted, or its double is gone.
    assert any("WS102" in codes for codes in gained.values())
    back = told(run, "new", "old")
    lost = [finding["code"] for it in back["documents"] for finding in it["findings"]["lost"]]
    assert "WS102" in lost
    assert run("diff", "old", "old", "--fail-on", "any").code == 0
    assert told(run, "old/tram.yaml", "new/tram.yaml")["documents"][0]["findings"]["gained"] == [
        finding
        for finding in told(run, "old/tram.yaml", "new/tram.yaml")["documents"][0]["findings"]["gained"]
        if not finding["code"].startswith("WS")
    ]


def test_the_project_settles_what_a_regression_is(run: Run) -> None:
    write("ticket.yaml", OLD)
    write("new/ticket.yaml", WORSE)

    def code(table: str, *more: str) -> int:
        write("blueprint.toml", f"[diff]\n{table}\n")
        return int(run("diff", "ticket.yaml", "new/ticket.yaml", *more).code)

    never = 'findings = "never"\n'
    assert code("") == 0
    assert code('fail-on = "regression"') == 1
    assert code('fail-on = "regression"', "--fail-on", "never") == 0
    assert code(f'{never}watch = ["completion"]', "--fail-on", "regression") == 0
    assert code(f'{never}watch = ["ending"]', "--fail-on", "regression") == 1
    assert (
        code(f'{never}watch = ["ending"]\ntolerance = {{ending = "90%"}}', "--fail-on", "regression") == 0
    )
    assert code(
        f'{never}watch = ["ending"]\ntolerance = {{ending = "90%"}}',
        "--fail-on", "regression", "--tolerance", "ending=1%",
    ) == 1  # fmt: skip
    assert code('watch = []\nfindings = "info"', "--fail-on", "regression") == 1
    assert code('watch = []\nfindings = "error"', "--fail-on", "regression") == 0
    write("blueprint.toml", '[diff]\ntolerance = {pains = "off", ending = 0.25}\nfail-on = "any"\n')
    shown = run("config").out
    assert "diff.tolerance.pains" not in shown or '"off"' in shown
    assert '"any"' in shown


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('fail-om = "any"', "did you mean `fail-on`?"),
        ('fail-on = "error"', 'write one of "regression", "any", "never"'),
        ('watch = ["endng"]', "names `endng`, which is no figure"),
        ('watch = ["endng"]', "did you mean `ending`?"),
        ("watch = 3", "must be a list of words"),
        ('tolerance = {endng = "5%"}', "did you mean `ending`?"),
        ('tolerance = {ending = "a little"}', 'write a share such as ending = "5%"'),
        ("tolerance = {ending = true}", "cannot be True"),
        ('findings = "bad"', 'write one of "error", "warning", "info", "never"'),
    ],
)
def test_what_the_table_cannot_say(run: Run, table: str, said: str) -> None:
    write("blueprint.toml", f"[diff]\n{table}\n")
    write("ticket.yaml", OLD)
    result = run("diff", "ticket.yaml", "ticket.yaml")
    assert (result.code, said in result.err) == (2, True), result.err
    assert "blueprint.toml:2" in result.err


def test_the_table_knows_every_figure_that_can_be_worse() -> None:
    from blueprint.analysis.comparison_figures import BLUEPRINT_MEASURES, JOURNEY_MEASURES
    from blueprint.config.table import COMPARED

    measures = {**JOURNEY_MEASURES, **BLUEPRINT_MEASURES}
    assert set(COMPARED) == {name for name, measure in measures.items() if measure.better}
