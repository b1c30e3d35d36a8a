"""`blueprint analyse`: the figures, and what is said where there are none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

JOURNEYS = Path(__file__).parents[2] / "journeys"
PROMISED = (
    "peak_end.intensity.expected", "peak_end.positive.expected", "peak_end.negative.expected",
    "peak_end.intensity.peak_probability", "peak_end.positive.gradient", "mean.visit_weighted",
    "mean.time_weighted", "outcomes", "completion", "visits", "steps.expected", "steps.variance",
    "time.expected_seconds", "ever_visited", "last_touchpoint", "ending.expected", "pains",
)  # fmt: skip
MAPS = ("peak_end.intensity.peak_probability", "peak_end.positive.gradient", "outcomes", "visits",
        "ever_visited", "last_touchpoint")  # fmt: skip


OWN_TABLE = """\
playbook: house
action_priority:
  ours:
    title: Our table
    source: The handbook on our shelf
    severity: [{lowest: 3, highest: 10}, {lowest: 1, highest: 2}]
    occurrence: [{lowest: 1, highest: 10}]
    detection: [{lowest: 1, highest: 10}]
    rows: [[H], [L]]
"""


def at(figures: Any, path: str) -> Any:
    for key in path.split("."):
        figures = figures[key]
    return figures


COMPUTED = [
    path for path in sorted(JOURNEYS.glob("*.yaml")) if "\nplaybook: " not in path.read_text("utf-8")
]
"""Playbooks have nothing to compute."""


@pytest.mark.parametrize("file", COMPUTED, ids=lambda path: path.stem)
def test_every_promised_key_is_there(file: Path, run: Callable) -> None:
    code, out, err = run("analyse", file, "--format", "json")
    assert (code, err) == (0, "")
    figures = json.loads(out)
    if file.stem.endswith("-delivery"):
        assert figures["crossings"] is not None
        assert {"crossings", "handoffs", "wait_share", "critical_path"} <= figures.keys()
        return
    for path in PROMISED:
        at(figures, path)
    for path in MAPS:
        assert isinstance(at(figures, path), dict), path
    assert isinstance(figures["pains"], list)
    assert sum(figures["outcomes"].values()) == pytest.approx(1)
    assert sum(at(figures, "peak_end.intensity.peak_probability").values()) == pytest.approx(1)


def test_the_report_is_readable_in_both_languages(run: Callable, good: Path) -> None:
    code, english, err = run("analyse", good)
    assert (code, err) == (0, "")
    assert "Looks for a train" in english
    chinese = run("analyse", "--lang", "zh", good).out
    assert "Looks for a train" in chinese
    assert chinese != english


def test_figures_go_to_a_file_or_come_from_standard_input(run: Callable, good: Path) -> None:
    shown = run("analyse", good, "--format", "json").out
    assert run("analyse", "-", "--format", "json", stdin=good.read_bytes()).out == shown
    assert run("analyse", good, "--format", "json", "-o", "figures.json").out == ""
    assert Path("figures.json").read_text(encoding="utf-8") == shown


def test_one_persona_at_a_time(run: Callable, tmp_path: Path) -> None:
    path = tmp_path / "two.yaml"
    path.write_text(
        "journey: two\npersona: [{persona: ann, title: Ann}, {persona: bo, title: Bo}]\nstages:\n"
        "  - stage: s\n    touchpoints:\n"
        "      - {id: a, title: A, kinds: [first, end], emotion: {ann: 2, bo: -2}}\n"
    )
    ending = {}
    for persona in ("ann", "bo"):
        code, out, _ = run("analyse", path, "--persona", persona, "--format", "json")
        ending[persona] = at(json.loads(out), "ending.expected")
        assert code == 0
    assert ending == {"ann": 2, "bo": -2}
    code, out, err = run("analyse", path, "--persona", "cy")
    assert (code, out) == (2, "")
    assert "has no scores of a persona `cy`; there are those of ann, bo" in err


def test_a_persona_nobody_asked(run: Callable, good: Path) -> None:
    code, _, err = run("analyse", good, "--persona", "ann")
    assert code == 2
    assert "ticket.yaml has no scores of a persona `ann`" in err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ("title: Arrives on time, kinds: [end]", "title: A, kinds: [end], next: search"),
            "no outcome can be",
        ),
        (("emotion: 0", "emotion: 0, next: {arrive: 0.5, done: 0.2}"), "sum to 0.7, not 1"),
        (("kinds: [first], ", ""), "no touchpoint is marked `first`"),
    ],
)
def test_what_cannot_be_computed_is_explained(
    change: tuple[str, str], says: str, run: Callable, good: Path
) -> None:
    text = good.read_text()
    assert change[0] in text
    good.write_text(text.replace(*change))
    code, out, err = run("analyse", "ticket.yaml")
    assert (code, out) == (1, "")
    assert says in err
    assert "ticket.yaml:" in err
    assert "ticket.yaml: nothing computed: " in err.splitlines()[-1]
    assert run("analyse", "ticket.yaml", "-o", "x.txt").code == 1
    assert not Path("x.txt").exists()
    last = run("analyse", "ticket.yaml", "--lang", "zh").err.splitlines()[-1]
    why = last.removeprefix("ticket.yaml：未作计算：")
    assert why != last
    assert not re.search("[a-z] [a-z]", why), "a sentence of English in Chinese"


def test_a_file_read_in_part_is_computed_in_part_and_says_so(run: Callable, bad: Path) -> None:
    code, out, err = run("analyse", "bad.yaml")
    assert code == 1
    assert "Arrives" in out
    assert err == "bad.yaml: 2 places could not be read as written; `blueprint check` says more\n"


def test_a_persona_has_no_figures(run: Callable) -> None:
    persona = next((JOURNEYS / "personas").glob("*.yaml"))
    code, out, err = run("analyse", persona)
    assert (code, out) == (1, "")
    assert "a persona has nothing to compute" in err


def test_missing_files_and_folders(run: Callable, tmp_path: Path) -> None:
    code, _, err = run("analyse", "nowhere.yaml")
    assert code == 2
    assert "nowhere.yaml: error[YM010] there is no such file" in err
    code, _, err = run("analyse", tmp_path)
    assert code == 2
    assert "is a folder; name one file" in err


def test_pains_are_graded_by_the_teams_own_table(run: Callable, good: Path) -> None:
    risk = "pains: [{pain: Waits, severity: 3, occurrence: 1, detection: 1, action: One more counter}]"
    good.write_text(good.read_text().replace("emotion: 0", f"emotion: 0, {risk}"))

    def letters() -> tuple[str, str]:
        found = json.loads(run("analyse", good, "--format", "json").out)
        return found["pains"][0]["action_priority"], found["risk"]["register"][0]["action_priority"]

    assert letters() == ("L", "L")
    good.with_name("house.yaml").write_text(OWN_TABLE)
    assert letters() == ("H", "H")


def test_a_table_of_customers_is_told_at_the_terminal(run: Callable) -> None:
    parcel = JOURNEYS / "parcel-damage-claim.yaml"
    table = json.loads(run("analyse", parcel, "--format", "json").out)["segments"]
    for language, title in (("en", "\nCustomers\n"), ("zh", "\n客户\n")):
        shown = run("analyse", parcel, "--lang", language).out
        told = " ".join(shown[shown.index(title) :].split())
        assert str(table["table"]["scored"]) in told
        assert all(f"{name} {n} (" in told for name, n in table["table"]["segments"].items())
        assert f"{table['concentration']['gini']:.2f}" in told
        assert all(f"{tier} {n}" in told for tier, n in table["tiers"].items())


def test_a_table_that_does_not_fit_says_why_in_the_readers_language(run: Callable, good: Path) -> None:
    good.write_text(good.read_text() + "customers: {data: c.csv, segmentation: rfm-champions}\n")
    good.with_name("c.csv").write_text("recency,frequency,monetary\nsoon,1,2\n")
    assert "not computed: the table does not fit: row 1 of column recency" in run("analyse", good).out
    assert "表格不符：recency 列第 1 行是 'soon'" in run("analyse", good, "--lang", "zh").out
