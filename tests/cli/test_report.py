"""`blueprint report`: what is written where, in which format, and what happens to broken files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data" / "report.yaml"
JOURNEYS = Path(__file__).parents[2] / "journeys"
GOOD = """\
journey: ticket
title: Buys a ticket
stages:
  - stage: plan
    touchpoints:
      - {id: search, title: Looks for a train, kinds: [first], emotion: 0}
  - stage: travel
    touchpoints:
      - {id: arrive, title: Arrives on time, kinds: [end], emotion: 1}
"""
BETTER = GOOD.replace("journey: ticket", "journey: better-ticket\nstate: to-be\nreplaces: ticket").replace(
    "emotion: 1", "emotion: 2"
)
TRAPPED = GOOD.replace("kinds: [end], emotion: 1", "kinds: [end], emotion: 1, next: search")
PLAYBOOK = "playbook: ours\ntitle: Ours\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ticket.yaml"
    path.write_text(GOOD)
    return path


@pytest.mark.parametrize(
    ("form", "begins"), [("html", b"<!doctype html>"), ("md", b"# "), ("pdf", b"%PDF-")]
)
def test_the_format_is_said_or_told_by_the_name(
    run: Callable, file: Path, form: str, begins: bytes
) -> None:
    assert run("report", file, "--to", form).code == 0
    assert Path(f"ticket.report.{form}").read_bytes().startswith(begins)
    code, out, err = run("report", file, "-o", f"other.{form}")
    assert (code, out) == (0, "")
    assert err == f"Wrote other.{form}.\n"
    assert Path(f"other.{form}").read_bytes() == Path(f"ticket.report.{form}").read_bytes()


def test_a_format_nobody_knows(run: Callable, file: Path) -> None:
    code, _, err = run("report", file, "-o", "a.docx")
    assert code == 2
    assert ".html, .md, .pdf" in err


def test_a_small_journey_says_only_what_it_can(run: Callable, file: Path) -> None:
    out = run("report", file, "--to", "md", "-o", "-").out
    assert "## What matters" in out
    assert "## What will be remembered" in out
    for absent in (
        "Where it hurts",
        "What customers need",
        "Service quality",
        "Service levels",
        "What problems",
    ):
        assert absent not in out


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "Problems cost 75,038 EUR",
                "19% of journeys fail",
                "“Receives the parcel”",
                "## Service quality",
                "## What is said",
                "not verified",
                "smallest sample has n = 31",
                "oldest figure is of 2025-11-02",
            ),
        ),
        (
            "zh",
            (
                "问题造成的损失为 75,038 EUR",
                "19% 的旅程以失败结束",
                "“收到包裹”",
                "## 服务质量",
                "最小样本量 n = 31",
            ),
        ),
    ],
)
def test_everything_is_told_in_both_languages(run: Callable, language: str, words: tuple[str, ...]) -> None:
    out = run("report", DATA, "--to", "md", "--lang", language, "-o", "-").out
    assert [word for word in words if word not in out] == []


def test_as_is_and_to_be_stand_side_by_side(run: Callable, file: Path, tmp_path: Path) -> None:
    (tmp_path / "better.yaml").write_text(BETTER)
    out = run("report", file, "better.yaml", "--to", "md", "-o", "-").out
    assert out.startswith("# Report on 2 documents")
    assert "### As-is and to-be, side by side" in out
    ending = next(line for line in out.splitlines() if line.startswith("| Ending"))
    assert ending.split(" | ")[1:] == ["1", "2", "+1 |"]


def test_a_service_blueprint_has_a_chapter_of_its_own(run: Callable) -> None:
    out = run("report", JOURNEYS / "late-order-delivery.yaml", "--to", "md", "--lang", "en", "-o", "-").out
    assert "## Roles and handovers" in out
    assert "## What may fail" in out


def test_the_service_behind_a_journey_is_told_with_it(run: Callable) -> None:
    out = run("report", JOURNEYS / "late-order.yaml", "--to", "md", "--lang", "en", "-o", "-").out
    assert "## Roles and handovers" in out


def test_a_journey_without_figures_says_why(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "trap.yaml").write_text(TRAPPED)
    out = run("report", "trap.yaml", "--to", "md", "-o", "-").out
    assert "There are no figures" in out
    assert "blueprint check" in out


def test_a_broken_file_is_left_out_and_said(run: Callable, file: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("journey: [\n")
    code, out, err = run("report", file, "broken.yaml", "--to", "md", "-o", "-")
    assert code == 1
    assert "Buys a ticket" in out
    assert "broken.yaml: left out" in err


def test_with_nothing_to_report_on_nothing_is_written(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(PLAYBOOK)
    code, _, err = run("report", "ours.yaml")
    assert code == 2
    assert "no journey" in err
    (tmp_path / "broken.yaml").write_text("journey: [\n")
    assert run("report", "broken.yaml").code == 1
    assert run("report", "absent.yaml").code in (1, 2)
    assert not list(tmp_path.glob("*.report.*"))


def test_a_target_is_met_or_missed_only_where_the_whole_interval_says_so(run: Callable) -> None:
    out = run("report", DATA, "--to", "md", "--lang", "en", "-o", "-").out
    row = next(line for line in out.splitlines() if line.startswith("| CSAT"))
    # 82% of 210: Wilson's interval, computed by hand, holds 85%.
    assert row == "| CSAT | Receives the parcel | 82% | 76.2% … 86.6% | 210 | 85% | undetermined |"


def test_what_is_covered_nowhere_is_named(run: Callable) -> None:
    out = run("report", DATA, "--to", "md", "--lang", "en", "-o", "-").out
    row = next(line for line in out.splitlines() if line.startswith("| Kinds of touchpoint"))
    assert row == "| Kinds of touchpoint | 4/5 | 20% | High perception | – |"


def test_words_that_do_harm_are_quoted(run: Callable) -> None:
    out = run("report", JOURNEYS / "wrong-steak.yaml", "--to", "md", "--lang", "en", "-o", "-").out
    after = out.partition("Words that do harm")[2].splitlines()
    assert any("kitchen has a standard" in line for line in after[:5])
