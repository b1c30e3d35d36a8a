"""`action.yml`: valid for GitHub, and its own scripts run as a runner runs them."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from .conftest import BROKEN, ROOT, WORSE, Git

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {
    step.get("name", step.get("uses")): step for step in ACTION["runs"]["steps"]
}


@dataclass
class Runner:
    """A GitHub runner, as far as these scripts can tell."""

    repository: Path
    temp: Path
    environment: dict[str, str]
    inputs: dict[str, str]
    event: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)

    def say(self, text: str) -> str:
        """Fill in the expressions of the action."""

        def value(match: re.Match[str]) -> str:
            where = match[1].split(".")
            if where[0] == "inputs":
                return self.inputs[where[1]]
            if where[0] == "steps":
                return self.outputs.get(where[1], {}).get(where[3], "")
            return self.event[match[1]]

        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, text)

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run a step's script; keep what it puts out and what it adds to the summary."""
        step = STEPS[name]
        script = self.temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        files = {key: self.temp / key for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")}
        files["GITHUB_OUTPUT"].unlink(missing_ok=True)
        for file in files.values():
            file.touch()
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=self.repository / self.say(step.get("working-directory", ".")),
            env={
                **self.environment, "RUNNER_TEMP": str(self.temp), "GITHUB_WORKSPACE": str(self.repository),
                "GITHUB_REPOSITORY": "o/r", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_SHA": "abc",
                **{key: str(file) for key, file in files.items()},
                **{key: self.say(str(value)) for key, value in step.get("env", {}).items()},
            },
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        self.outputs[step.get("id", name)] = dict(line.split("=", 1) for line in lines)
        assert "Traceback" not in done.stderr
        return done

    @property
    def summary(self) -> str:
        return (self.temp / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")


@pytest.fixture
def runner(repository: Path, git: Git, program: dict[str, str], tmp_path: Path) -> Runner:
    temp = tmp_path / "runner temp"
    temp.mkdir()
    inputs = {name: str(about.get("default", "")) for name, about in ACTION["inputs"].items()}
    return Runner(repository, temp, program, inputs, {"github.action_path": str(ROOT)})


def test_github_accepts_it() -> None:
    builtin = pytest.importorskip("check_jsonschema.builtin_schemas")
    jsonschema.validate(ACTION, builtin.get_builtin_schema("vendor.github-actions"))


def test_no_script_holds_an_expression() -> None:
    """An expression in a script is text that the runner pastes in before a shell reads it."""
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert len(scripts) == 5
    assert not any("${{" in script for script in scripts)
    assert all(step["shell"] == "bash" for step in ACTION["runs"]["steps"] if "run" in step)


def test_a_clean_repository(runner: Runner) -> None:
    done = runner.run("Check")
    assert (done.returncode, done.stderr) == (0, "")
    assert runner.outputs["check"] == {"exit-code": "0"}
    assert "Nothing to report in 1 file" in runner.summary
    assert runner.run("Verdict").returncode == 0


def test_findings_annotate_fill_the_summary_and_fail_the_job(runner: Runner) -> None:
    (runner.repository / "journeys" / "bad 坏.yaml").write_text(
        BROKEN.replace("ticket", "bad"), encoding="utf-8"
    )
    runner.inputs |= {
        "paths": "journeys/bad 坏.yaml\njourneys/ticket.yaml",
        "sarif-file": "out/found.sarif",
    }
    done = runner.run("Check")
    assert done.returncode == 0, done.stderr
    assert (
        "::error file=journeys/bad 坏.yaml,line=6,endLine=6,col=22,endColumn=26,title=YM003" in done.stdout
    )
    assert "https://github.com/o/r/blob/abc/journeys/bad%20%E5%9D%8F.yaml#L6" in runner.summary
    assert runner.outputs["check"]["exit-code"] == "1"
    written = runner.outputs["check"]["sarif"]
    assert Path(written) == runner.repository / "out/found.sarif"
    log = json.loads(Path(written).read_text(encoding="utf-8"))
    places = [result["locations"][0]["physicalLocation"] for result in log["runs"][0]["results"]]
    assert places[0]["artifactLocation"]["uri"] == "journeys/bad%20%E5%9D%8F.yaml"
    assert runner.run("Verdict").returncode == 1


def test_places_are_seen_from_the_repository(runner: Runner) -> None:
    (runner.repository / "journeys" / "bad.yaml").write_text(BROKEN.replace("ticket", "bad"))
    runner.inputs["working-directory"] = "journeys"
    assert "::error file=journeys/bad.yaml,line=6" in runner.run("Check").stdout


def test_what_a_file_says_is_no_command_of_the_runner(runner: Runner) -> None:
    evil = "::warning::gotcha"
    file = runner.repository / "journeys" / f"{evil}.yaml"
    file.write_text(BROKEN.replace("ticket", "bad").replace("Looks for a train", "x ::error::gotcha"))
    runner.inputs["working-directory"] = "journeys"
    lines = runner.run("Check").stdout.splitlines()
    (stop,) = [at for at, line in enumerate(lines) if line.startswith("::stop-commands::")]
    token = lines[stop].rpartition("::")[2]
    again = lines.index(f"::{token}::")
    assert [
        line for line in lines[:stop] if "file=journeys/%3A%3Awarning%3A%3Agotcha.yaml," not in line
    ] == []
    assert any(line.startswith(evil) for line in lines[stop:again])
    assert lines[again + 1 :] == []


@pytest.mark.parametrize(("fail_on", "code"), [("", "0"), ("warning", "1"), ("sometimes", "2")])
def test_the_severity_that_fails(fail_on: str, code: str, runner: Runner) -> None:
    (runner.repository / "journeys" / "ticket.yaml").write_text(WORSE)
    runner.inputs["fail-on"] = fail_on
    runner.run("Check")
    assert runner.outputs["check"]["exit-code"] == code
    assert runner.run("Verdict").returncode == int(code)


def test_a_check_that_never_ended_fails_the_job(runner: Runner) -> None:
    assert runner.run("Verdict").returncode == 2


class TestPullRequest:
    @pytest.fixture
    def pull(self, runner: Runner, git: Git) -> Runner:
        base = git("rev-parse", "HEAD")
        (runner.repository / "journeys" / "ticket.yaml").write_text(WORSE)
        git("commit", "--quiet", "-am", "worse")
        runner.event |= {
            "github.event.pull_request.base.sha": base,
            "github.event.pull_request.number": "7",
        }
        runner.inputs["token"] = "secret"
        return runner

    def test_a_worse_ending_is_stopped_with_a_picture_of_why(self, pull: Runner) -> None:
        done = pull.run("Compare")
        assert done.returncode == 0, done.stderr
        assert pull.outputs["compare"]["exit-code"] == "1"
        folder = Path(pull.outputs["compare"]["folder"])
        page = (folder / "comparison.html").read_text(encoding="utf-8")
        assert "<svg" in page
        assert (folder / "comparison.md").read_text(encoding="utf-8") in pull.summary
        pull.run("Check")
        verdict = pull.run("Verdict")
        assert verdict.returncode == 1
        assert "makes a journey worse" in verdict.stdout

    def test_it_may_be_let_through(self, pull: Runner) -> None:
        pull.inputs["fail-on-regression"] = "false"
        pull.run("Compare")
        pull.run("Check")
        assert pull.run("Verdict").returncode == 0

    def test_a_shallow_clone_is_enough(self, pull: Runner, git: Git, tmp_path: Path) -> None:
        clone = tmp_path / "clone"
        git("config", "uploadpack.allowAnySHA1InWant", "true")
        git("clone", "--quiet", "--depth=1", f"file://{pull.repository}", str(clone))
        pull.repository = clone
        done = pull.run("Compare")
        assert done.returncode == 0, done.stderr
        assert pull.outputs["compare"]["exit-code"] == "1"

    def comment(self, pull: Runner, *, old: str, fails: bool = False) -> tuple[str, str]:
        """Run the step with a `gh` that notes how it is called; return its calls and the comment."""
        bin_, calls, body = (pull.temp / name for name in ("bin", "calls", "body"))
        bin_.mkdir(exist_ok=True)
        (bin_ / "gh").write_text(
            f'#!/bin/sh\necho "$@" >> "{calls}"\n'
            'case "$*" in *--paginate*) echo "$OLD"; exit 0;; esac\n'
            f'for part in "$@"; do case "$part" in body=@*) cp "${{part#body=@}}" "{body}";; esac; done\n'
            f"exit {int(fails)}\n"
        )
        (bin_ / "gh").chmod(0o755)
        pull.environment |= {"PATH": f"{bin_}:{pull.environment['PATH']}", "OLD": old}
        done = pull.run("Comment")
        assert done.returncode == 0, done.stderr
        assert ("::warning" in done.stdout) == fails
        return calls.read_text(), body.read_text(encoding="utf-8")

    def test_the_first_comment_is_written_and_the_next_takes_its_place(self, pull: Runner) -> None:
        pull.run("Compare")
        calls, body = self.comment(pull, old="")
        assert "--method POST repos/o/r/issues/7/comments" in calls
        assert body.startswith("<!-- blueprint -->\n")
        assert "ticket" in body
        calls, _ = self.comment(pull, old="99")
        assert "--method PATCH repos/o/r/issues/comments/99" in calls

    def test_a_token_that_may_only_read_is_no_failure(self, pull: Runner) -> None:
        pull.run("Compare")
        self.comment(pull, old="", fails=True)

    def test_a_comment_that_is_too_long_points_to_the_summary(self, pull: Runner) -> None:
        pull.run("Compare")
        file = Path(pull.outputs["compare"]["folder"]) / "comparison.md"
        file.write_text("很" * 30_000, encoding="utf-8")
        _, body = self.comment(pull, old="")
        assert len(body) < 200
        assert "summary" in body
