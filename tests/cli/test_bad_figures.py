"""Figures that cannot be: a located message, a null with a reason, never NaN and never a number made up."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprint.analysis.as_json import as_json
from blueprint.api import Uncomputable, analyse
from blueprint.cli import group
from blueprint.model.sheet import Sheet
from blueprint.source.document import read_document
from blueprint.source.standards import builtin_standards
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace

JOURNEY = """\
journey: claim
title: A claim
{top}
stages:
  - stage: claim
    touchpoints:
      - {{id: ask, title: Asks, kinds: [first], emotion: 0}}
      - id: paid
        title: Is paid
        kinds: [end]
        emotion: 1
        {point}
"""
MARKET = (
    "market: {{customers: 1000, value: 10 EUR, problems: {0}, complaints: 0.1, satisfied: {1}, "
    "mollified: 0.3, dissatisfied: 0.2, loyalty: {{untroubled: 0.9, satisfied: 0.8, mollified: 0.6, "
    "dissatisfied: 0.3, silent: 0.4}}}}"
)


class Case(NamedTuple):
    code: str
    """The rule that must speak; empty where the input is allowed and only says nothing."""
    at: str
    """The words that the finding must point at."""
    null: str
    """The path in the JSON that must be null."""
    reason: str = ""
    """The path of its reason, and after `=` what it must say, where there is one."""
    top: str = ""
    point: str = ""


SURVEY = "metrics.surveys.0"
QUALITY = "quality.journey.customer.weighted"
CASES = {
    "weights-that-do-not-sum": Case(
        "QU108", "", QUALITY,
        point="quality: {reliability: {expected: 6, perceived: 5, weight: 0.9}, "
        "empathy: {expected: 6, perceived: 4, weight: 0.9}}",
    ),
    "handling-that-does-not-sum": Case(
        "DM102", "", "damage.market", "damage.reasons.0=sum to 1.3", top=MARKET.format(0.2, 0.8)
    ),
    "share-above-one": Case(
        "DM102", "1.2", "damage.market", "damage.reasons.0=problems", top=MARKET.format(1.2, 0.5)
    ),
    "negative-count": Case(
        "YM008", "-3", f"{SURVEY}.value", f"{SURVEY}.reason=no-answers",
        point="surveys: [{survey: csat, answers: [1, 2, -3, 4, 5]}]",
    ),
    "broken-count": Case(
        "YM004", "3.5", f"{SURVEY}.value", f"{SURVEY}.reason=no-answers",
        point="surveys: [{survey: csat, answers: [1, 2, 3.5, 4, 5]}]",
    ),
    "negative-group": Case(
        "YM008", "-5", "metrics",
        point="surveys: [{survey: nps, promoters: -5, passives: 20, detractors: 30, n: 60}]",
    ),
    "negative-kano": Case(
        "YM008", "-1", "needs.stated.0.questionnaire", point="needs: [{need: x, kano: {M: -1, O: 3}}]"
    ),
    "broken-kano": Case(
        "YM004", "1.5", "needs.stated.0.questionnaire", point="needs: [{need: x, kano: {M: 1.5, O: 3}}]"
    ),
    "kano-without-answers": Case(
        "", "", "needs.stated.0.questionnaire", point="needs: [{need: x, kano: {}}]"
    ),
    "kano-all-reverse": Case(
        "", "", "needs.stated.0.questionnaire.better", point="needs: [{need: x, kano: {R: 30}}]"
    ),
    "one-answer": Case(
        "", "", f"{SURVEY}.interval", f"{SURVEY}.reason=one-answer",
        point="surveys: [{survey: csat, mean: 4.2, sd: 0, n: 1, target: 4}]",
    ),
    "no-answers": Case(
        "YM008", "0", "metrics", point="surveys: [{survey: csat, mean: 4.2, sd: 1, n: 0}]"
    ),
    "missing-groups": Case(
        "MT104", "5", f"{SURVEY}.value", f"{SURVEY}.reason=counts-do-not-fit",
        point="surveys: [{survey: nps, promoters: 5}]",
    ),
    "wrong-scale": Case(
        "MT104", "[1, 2, 3, 4, 5]", f"{SURVEY}.value", f"{SURVEY}.reason=wrong-number-of-answers",
        point="surveys: [{survey: nps, answers: [1, 2, 3, 4, 5]}]",
    ),
    "mixed-scales": Case(
        "MT103", "90", f"{SURVEY}.verdict", f"{SURVEY}.reason=mixed-scales",
        point="surveys: [{survey: csat, satisfied: 80, n: 100, target: 90}]",
    ),
    "no-number": Case(
        "YM008", ".nan", f"{SURVEY}.value", f"{SURVEY}.reason=no-answers",
        point="surveys: [{survey: csat, mean: .nan, n: 10, sd: 1}]",
    ),
    "future": Case("WS109", "2999-01-01", "damage", top="reviewed: 2999-01-01"),
    "equal-scores": Case(
        "", "", f"{SURVEY}.table.drivers", f"{SURVEY}.table.no_drivers_because=all scores of a are equal",
        point="surveys: [{survey: nps, data: equal.csv, drivers: [a, b]}]",
    ),
    "negative-revenue": Case("", "", "segments", top="customers: {revenue: [1, -2, 3]}"),
}  # fmt: skip
TABLES = {
    "absent.csv": (b"other\n9\n", "no column `nps`", "unfit-table"),
    "formula.csv": (b'nps\n9\n=HYPERLINK("http://x.example")\n', "a formula", "no-table"),
    "utf16.csv": ("nps\n9\n".encode("utf-16"), "not UTF-8", "no-table"),
    "latin.csv": ("nps,who\n9,Zoë\n".encode("latin-1"), "not UTF-8", "no-table"),
    "gbk.csv": ("nps,客户\n9,张\n".encode("gbk"), "not UTF-8", "no-table"),
    "huge.csv": (b"nps\n" + b"9\n" * 5_300_000, "larger than 10 MB", "no-table"),
    "empty.csv": (b"", "empty", "no-table"),
    "ragged.csv": (b"nps,b\n9\n", "1 cells, the header 2", "no-table"),
    "eleven.csv": (b"nps\n11\n", "`11`", "unfit-table"),
    "nan.csv": (b"nps\nnan\n", "`nan`", "unfit-table"),
}


def found_at(figures: Any, path: str) -> Any:
    for key in path.split("."):
        if figures is None:
            return None
        figures = figures[int(key) if isinstance(figures, list) else key]
    return figures


def pointed_at(finding: Any, text: str) -> str:
    return text[finding["start"]["offset"] : finding["end"]["offset"]]


def strictly(text: str) -> Any:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} in JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture
def tables(tmp_path: Path) -> None:
    for name, (content, _, _) in TABLES.items():
        (tmp_path / name).write_bytes(content)
    rows = "\n".join(f"{k % 11},3,{k % 5}" for k in range(40))
    (tmp_path / "equal.csv").write_text(f"nps,a,b\n{rows}\n")


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_is_located_and_null(name: str, run: Callable, tmp_path: Path) -> None:
    case = CASES[name]
    file = tmp_path / "claim.yaml"
    file.write_text(JOURNEY.format(top=case.top, point=case.point))
    report = strictly(run("check", file, "--format", "json", "--select", "ALL").out)
    spoken = [d for d in report["findings"] if d["code"] == case.code]
    assert bool(spoken) == bool(case.code), report["findings"]
    if case.at:
        text = file.read_text()
        places = [pointed_at(d, text) for d in spoken]
        assert any(place == case.at for place in places), places
    figures = strictly(run("analyse", file, "--format", "json").out)
    assert found_at(figures, case.null) is None
    if case.reason:
        path, says = case.reason.split("=")
        assert says in found_at(figures, path)


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_cannot_be_used_is_located_and_null(name: str, run: Callable, tmp_path: Path) -> None:
    file = tmp_path / "claim.yaml"
    file.write_text(JOURNEY.format(top="", point=f"surveys: [{{survey: nps, data: {name}}}]"))
    _, says, reason = TABLES[name]
    (spoken,) = [
        d for d in strictly(run("check", file, "--format", "json").out)["findings"] if d["code"] == "MT113"
    ]
    assert says in spoken["message"]
    text = file.read_text()
    assert pointed_at(spoken, text) == name
    figures = strictly(run("analyse", file, "--format", "json").out)
    assert found_at(figures, f"{SURVEY}.value") is None
    assert found_at(figures, f"{SURVEY}.reason") == reason


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("way", ["../out.csv", "/etc/out.csv", "link.csv", "folder/out.csv", "C:/out.csv"])
def test_no_table_is_read_from_outside(way: str, run: Callable, tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "out.csv").write_text("nps\n9\n")
    (tmp_path / "out.csv").write_text("nps\n9\n")
    (inside / "link.csv").symlink_to(outside / "out.csv")
    (inside / "folder").symlink_to(outside)
    file = inside / "claim.yaml"
    file.write_text(JOURNEY.format(top="", point=f"surveys: [{{survey: nps, data: '{way}'}}]"))
    code, out, _ = run("check", file, "--format", "json")
    assert code == 1
    assert any(way in d["message"] for d in strictly(out)["findings"])
    assert found_at(strictly(run("analyse", file, "--format", "json").out), f"{SURVEY}.value") is None


# Mutations: any numbers in the places of figures.

numbers = st.one_of(
    st.integers(-3, 12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([0, 1, 1e308, -0.0, 5e-324, 0.5, "x", None, "90%", "1e3", True, [], {}]),
)


def written(value: object) -> str:
    if isinstance(value, float) and not isfinite(value):
        return ".nan" if value != value else ".inf" if value > 0 else "-.inf"
    return json.dumps(value)


@st.composite
def journeys(draw: st.DrawFn) -> str:
    def figure(honest: object) -> str:
        return written(draw(numbers)) if draw(st.integers(0, 5)) == 0 else written(honest)

    def mapping(**fields: object) -> str:
        kept = {key: it for key, it in fields.items() if draw(st.integers(0, 12))}
        return "{" + ", ".join(f"{key}: {figure(it)}" for key, it in kept.items()) + "}"

    answers = [figure(draw(st.integers(0, 30))) for _ in range(draw(st.sampled_from([5, 7, 11, 3])))]
    kano = mapping(M=9, O=10, A=1, I=2, R=3, Q=0)
    segments = f"{{old: {mapping(M=4, O=8)}, new: {mapping(A=7, I=3)}}}"
    others = mapping(expected=6, believed=5.5, standard=5, delivered=4, promised=7, perceived=5, weight=0.5)
    quality = (
        f"{{reliability: {mapping(expected=6, perceived=5, n=40, sd=1.2, weight=0.5)}, empathy: {others}}}"
    )
    loyalty = mapping(untroubled=0.9, satisfied=0.8, mollified=0.6, dissatisfied=0.3, silent=0.4)
    market = (
        f"{{customers: {figure(1000)}, value: 10 EUR, problems: {figure(0.2)}, complaints: {figure(0.1)}, "
        f"satisfied: {figure(0.5)}, mollified: {figure(0.3)}, dissatisfied: {figure(0.2)}, "
        f"loyalty: {loyalty}}}"
    )
    method = draw(st.sampled_from(["midrank", "nested", "threshold"]))
    top = (
        f"market: {market}\n"
        f"customers: {{data: c.csv, segmentation: rfm-champions, method: {method}, "
        f"revenue: [{', '.join(figure(n) for n in (5, 3, 1))}], tiers: {mapping(gold=3, plain=9)}}}"
    )
    point = (
        f"needs: [{{need: x, met: false, kano: {kano}, segments: {segments}}}]\n"
        f"        quality: {quality}\n"
        f"        problems: {mapping(rate=0.1, complaints=0.3)}\n"
        f"        pains: [{{pain: p, severity: {figure(7)}, occurrence: {figure(5)}, "
        f"detection: {figure(3)}}}]\n"
        f"        surveys: [{{survey: {draw(st.sampled_from(['nps', 'csat', 'ces', 'other']))}, "
        f"answers: [{', '.join(answers)}], target: {figure(0.9)}}}, "
        f"{{survey: nps, data: c.csv, column: monetary, segment: who, drivers: [recency, frequency]}}, "
        f"{{survey: servqual, data: c.csv}}, "
        f"{{survey: csat, mean: {figure(4.1)}, sd: {figure(0.9)}, n: {figure(30)}, target: {figure(4)}}}]"
    )
    return JOURNEY.format(top=top, point=point)


cells = st.one_of(
    st.integers(-2, 11).map(str), st.sampled_from(["", "nan", "inf", "1e308", "-1", "x", "9.5", "１"])
)
sheets = st.lists(st.tuples(cells, cells, cells, st.sampled_from(["a", "b", ""])), max_size=14).map(
    lambda rows: Sheet(
        dict(zip(("recency", "frequency", "monetary", "who"), zip(*rows, strict=True), strict=True))
        if rows
        else {"recency": (), "frequency": (), "monetary": (), "who": ()}
    )
)


def every_number(found: Any) -> Iterator[float]:
    if isinstance(found, float):
        yield found
    for inner in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from every_number(inner)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(journeys(), sheets)
def test_whatever_is_written_no_figure_is_none_of_the_real_numbers(text: str, sheet: Sheet) -> None:
    document = read_document(Source("claim.yaml", text))
    workspace = Workspace.of([document])
    try:
        page = as_json(analyse(document, workspace), builtin_standards(), {"c.csv": sheet})
    except Uncomputable:
        return
    told = json.dumps(page, allow_nan=False, ensure_ascii=False)
    assert strictly(told) == json.loads(told)
    assert all(map(isfinite, every_number(page)))
    low_high = [*_intervals(page)]
    assert all(low <= high for low, high in low_high)


def _intervals(found: Any, key: str = "") -> Iterator[tuple[float, float]]:
    if isinstance(found, dict):
        for name, inner in found.items():
            yield from _intervals(inner, name)
    elif isinstance(found, list):
        if key.endswith(("interval", "range")) and len(found) == 2:
            yield found[0], found[1]
        else:
            for inner in found:
                yield from _intervals(inner, key)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # each crashed once: an interval without end, a scale without a step, a reward never reached
        ("value: 5.6\n", "value: 1e308\n            sd: 1e308\n"),
        ("empathy: {expected: 5.8", "empathy: {expected: 999999999999999999999"),
        ("visits: 140, earn: 2", "visits: 140, earn: 1e-308"),
        ("date: 2026-08-31, n: 49}", "date: 2026-08-31, n: 999999999999999999999}"),
        ("date: 2026-08-31, n: 49}", "date: 2026-08-31, n: 1000000000}"),
    ],
    ids=["interval", "scale", "reward", "count", "largest-count"],
)
def test_numbers_beyond_measure_crash_nothing_and_are_never_made_up(
    old: str, new: str, tmp_path: Path
) -> None:
    folder = Path(__file__).parents[2] / "journeys"
    shutil.copytree(folder, tmp_path / "journeys")
    path = tmp_path / "journeys" / "parcel-damage-claim.yaml"
    written = path.read_text("utf-8")
    assert old in written
    path.write_text(written.replace(old, new), "utf-8")
    for args in (
        ["analyse", str(path), "--format", "json"],
        ["report", str(path), "--to", "md", "-o", "-"],
    ):
        result = CliRunner().invoke(group, args)
        assert result.exit_code in (0, 1), result.output
        assert not re.search(r"\b(nan|inf|infinity)\b", result.stdout, re.IGNORECASE)
