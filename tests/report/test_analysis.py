"""The readable report of what was computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.journey import analyse_journey
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.report.analysis import render
from blueprint.report.curve import curve
from blueprint.report.labels import WORDS
from blueprint.source.document import read_document
from blueprint.source.text import Source

ROOT = Path(__file__).parents[2]


def read(text: str) -> Journey | ServiceBlueprint:
    model = read_document(Source("a.yaml", text)).model
    assert isinstance(model, (Journey, ServiceBlueprint))
    return model


CLAIM = """\
journey: claim
title: {en: A damaged parcel, zh: 破损的包裹}
traffic: {journeys: 1200, per: year, value: 340 CNY}
outcomes: {paid: {result: success, title: {en: Paid, zh: 已赔付}}, gone: failure}
stages:
  - stage: claim
    touchpoints:
      - id: open
        title: {en: Opens the parcel, zh: 打开包裹}
        kinds: [first]
        emotion: -1.5
        time: {standard: 2m}
        pains: [{pain: {en: The cup is in pieces, zh: 杯子碎了}, severity: 8, occurrence: 6, detection: 4}]
      - id: ask
        title: {en: Asks for help, zh: 求助}
        emotion: -0.5
        time: {standard: 5m, wait: 20m}
        next: {ask: 0.2, answer: 0.7, gone: 0.1}
        pains: [{pain: {en: Nobody answers, zh: 没人接听}}]
      - {id: answer, title: {en: Gets an answer, zh: 得到答复}, next: [money, gone]}
      - {id: money, title: {en: Is paid, zh: 收到赔付}, kinds: [end], emotion: {mean: 1.6, n: 80}}
"""
DELIVERY = """\
blueprint: claim-delivery
journey: claim
title: 理赔：服务蓝图
actors:
  agent: {zone: frontstage}
  clerk: {zone: backstage}
steps:
  - {id: greet, at: open, actor: agent, does: 问候, time: {standard: 2m, tolerance: 3m}, next: check}
  - {id: check, at: ask, actor: clerk, does: 核对, time: {standard: 1h, wait: 2h, tolerance: 2h}, next: pay,
     fails: [{mode: 查不到}]}
  - {id: pay, at: money, actor: agent, does: 打款, wait: {max: 1d}}
"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_journey(language: str, golden: Callable[[str, bytes], None]) -> None:
    journey = read(CLAIM)
    assert isinstance(journey, Journey)
    golden(f"claim.{language}.txt", render(analyse_journey(journey), language=language).encode())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_blueprint(language: str, golden: Callable[[str, bytes], None]) -> None:
    journey, blueprint = read(CLAIM), read(DELIVERY)
    assert isinstance(journey, Journey)
    assert isinstance(blueprint, ServiceBlueprint)
    found = render(analyse_blueprint(blueprint, journey), language=language)
    golden(f"claim-delivery.{language}.txt", found.encode())


def test_a_journey_without_scores_or_times_says_so() -> None:
    bare = "journey: a\nstages: [{stage: s, touchpoints: [{id: x, title: X, kinds: [first, end]}]}]\n"
    journey = read(bare)
    assert isinstance(journey, Journey)
    shown = render(analyse_journey(journey))
    assert "No touchpoint has an emotion" in shown
    assert "no touchpoint names a time" in shown


SHIPPED = [
    path for path in sorted(ROOT.glob("journeys/*.yaml")) if "\nplaybook:" not in path.read_text("utf-8")
]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_shipped_documents_fit_the_terminal(path: Path, language: str) -> None:
    model = read_document(Source(path.name, path.read_text("utf-8"))).model
    if isinstance(model, Journey):
        shown = render(analyse_journey(model), language=language)
    else:
        assert isinstance(model, ServiceBlueprint)
        shown = render(analyse_blueprint(model), language=language)
    assert max(map(wcswidth, shown.splitlines())) <= 100


def test_every_word_is_said_in_both_languages_with_the_same_figures() -> None:
    import re

    for word, message in WORDS.items():
        assert message.en, word
        assert message.zh, word
        assert set(re.findall(r"{\w+}", message.en)) == set(re.findall(r"{\w+}", message.zh)), word


class TestCurve:
    def dots(self, lines: list[str], column: int) -> list[int]:
        """Return the rows of a plot that have a dot in a column."""
        return [
            row
            for row, line in enumerate(lines[:-1])
            if len(line) > column and 0x2800 < ord(line[column]) < 0x2900
        ]

    def test_higher_emotions_stand_higher(self) -> None:
        lines = curve([-2, 0, 2], (-2, 2), 0, rows=5)
        at = [4 + 6 * n + 3 for n in range(3)]
        assert [self.dots(lines, column)[0] for column in at] == [4, 2, 0]

    def test_axis_names_the_scale_and_neutral(self) -> None:
        lines = curve([1, 10], (1, 10), 5.5)
        assert [line.split("┤")[0].strip() for line in lines if "┤" in line] == ["+10", "+5.5", "+1"]

    def test_a_missing_score_leaves_a_gap(self) -> None:
        whole = "".join(curve([1, 1, 1], (-2, 2), 0))
        gap = "".join(curve([1, None, 1], (-2, 2), 0))
        assert sum(0x2800 < ord(c) < 0x2900 for c in whole) > 12
        assert [c for c in gap if c not in " ┄│┤+−0123456789"] == ["•", "•"]

    @given(
        st.lists(st.none() | st.floats(-2, 2), min_size=1, max_size=400),
        st.floats(-2, 2),
        st.integers(30, 120),
    )
    def test_any_journey_fits(self, emotions: list[float | None], neutral: float, columns: int) -> None:
        lines = curve(emotions, (-2, 2), neutral, columns=columns, marks=["●"] * len(emotions))
        assert len(lines) == 8
        assert max(map(len, lines)) <= columns
