"""The GitLab template: valid for GitLab, and its scripts run as a runner runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

from .conftest import BROKEN, ROOT, WORSE, Git

TEMPLATE: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "gitlab-ci.yml").read_text(encoding="utf-8"))


def run(
    job: str, repository: Path, program: dict[str, str], **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a job's script line by line in one shell, as GitLab does."""
    script = "set -eo pipefail\n" + "\n".join(TEMPLATE[job]["script"])
    environment = {**program, "CI_PROJECT_DIR": str(repository), "CI": "true", **variables}
    return subprocess.run(
        ["bash", "-c", script], cwd=repository, env=environment, capture_output=True, text=True, timeout=120
    )


def test_gitlab_accepts_it() -> None:
    pytest.importorskip("check_jsonschema")
    done = subprocess.run(
        [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci",
         "--data-transform", "gitlab-ci", ROOT / "docs" / "gitlab-ci.yml"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_findings_become_the_reports_that_the_job_hands_in(
    repository: Path, git: Git, program: dict[str, str]
) -> None:
    (repository / "journeys" / "坏.yaml").write_text(BROKEN.replace("ticket", "bad"), encoding="utf-8")
    done = run("blueprint", repository, program)
    assert done.returncode == 1
    assert "error[YM003]" in done.stdout
    reports = TEMPLATE["blueprint"]["artifacts"]["reports"]
    issues = json.loads((repository / reports["codequality"]).read_text(encoding="utf-8"))
    (issue,) = [issue for issue in issues if issue["severity"] == "major"]
    assert issue["location"]["path"] == "journeys/坏.yaml"
    assert JUnitXml.fromfile(str(repository / reports["junit"])).failures == 1


def test_a_worse_ending_is_stopped_with_a_picture_of_why(
    repository: Path, git: Git, program: dict[str, str], tmp_path: Path
) -> None:
    base = git("rev-parse", "HEAD")
    (repository / "journeys" / "ticket.yaml").write_text(WORSE)
    git("commit", "--quiet", "-am", "worse")
    git("config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    git("clone", "--quiet", "--depth=1", f"file://{repository}", str(clone))
    done = run("blueprint-diff", clone, program, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 1, done.stderr
    assert "<svg" in (clone / TEMPLATE["blueprint-diff"]["artifacts"]["paths"][0]).read_text(
        encoding="utf-8"
    )
