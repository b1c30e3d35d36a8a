"""Urgency from three sides: the six classes, the five factors, and what decides at once."""

from __future__ import annotations

import pytest

from blueprint.analysis.urgency import CLASSES, told, urgency
from blueprint.model.complaint import Complaint
from blueprint.source.standards import builtin_standards

STANDARDS = builtin_standards()
FACTORS = {"severity": 2, "importance": 1, "scope": 1, "urgency": 3, "resources": 1}


def judged(**written):
    return urgency(Complaint.model_validate(written), STANDARDS.ladders, STANDARDS.complaint_types)


@pytest.mark.parametrize(
    ("name", "priority"), list(zip(CLASSES, ("P0", "P0", "P0", "P1", "P2", "P3"), strict=True))
)
def test_the_six_classes_of_the_source(name: str, priority: str) -> None:
    # domain sheet 11.1: 安全隐患、财务风险、核心功能 最高; 流程障碍 高; 体验不佳 中; 信息咨询 一般
    assert judged(types=[name]).by_class == priority


def test_the_most_urgent_class_counts_and_classes_before_other_types() -> None:
    found = judged(types=["question", "poor-experience", "product"])
    assert (found.by_class, found.class_of) == ("P2", "poor-experience")
    assert judged(types=["product"]).class_of == "product"
    assert judged(types=["no such type"]).by_class is None


def test_the_score_by_hand() -> None:
    found = judged(factors=FACTORS, priority="P2")
    # .35·2 + .2·1 + .2·1 + .2·3 + .05·1 = 1.75, between the cuts 1.5 and 2.25: P1
    assert found.score == pytest.approx(1.75)
    assert found.by_factors == "P1"
    assert found.understated
    assert found.axes == (3, pytest.approx((0.35 * 2 + 0.2 + 0.2 + 0.05) / 0.8))


@pytest.mark.parametrize("trigger", ["safety", "legal-threat", "media", "data-breach"])
def test_what_decides_at_once(trigger: str) -> None:
    found = judged(triggers=[trigger], priority="P1")
    assert (found.by_factors, found.trigger, found.score) == ("P0", trigger, None)
    assert found.understated


def test_as_urgent_or_more_is_not_understated() -> None:
    assert not judged(factors=FACTORS, priority="P1").understated
    assert not judged(factors=FACTORS, priority="P0").understated
    assert not judged(factors=FACTORS).understated


def test_a_factor_that_nobody_rated_is_named() -> None:
    found = judged(factors={"severity": 3})
    assert found.by_factors is None
    assert found.missing == ("importance", "scope", "urgency", "resources")
    assert found.reason is not None
    assert "scope" in found.reason.zh


def test_silent_where_nothing_is_said(make_journey) -> None:
    assert told(make_journey({"a": {"complaint": {"priority": "P1"}}}), STANDARDS) is None
