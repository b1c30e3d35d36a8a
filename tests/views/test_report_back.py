"""What the report says of voices, trials, scorecards, urgency, questions and work: figures by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from blueprint.cli import group

JOURNEYS = Path(__file__).parents[2] / "journeys"


@pytest.fixture(scope="module", params=["en", "zh"])
def page(request) -> tuple[str, str]:
    files = [str(JOURNEYS / f"parcel-damage-claim{end}.yaml") for end in ("", "-delivery")]
    asked = ["report", *files, "--to", "md", "--lang", request.param, "-o", "-"]
    result = CliRunner().invoke(group, asked)
    assert result.exit_code == 0, result.output
    return request.param, result.stdout


SAID = [
    # 61+38+52+55+77+49 of 627 by telephone
    ("| Channel | phone | 332 | 53% |", "| 渠道 | phone | 332 | 53% |"),
    # 477/604 − 529/598
    (
        "| −9.5 points | −13.6 points … −5.3 points | 237 | Judged in the camera view |",
        "| −9.5 个百分点 | −13.6 个百分点 … −5.3 个百分点 | 237 | 取景时即时判断 |",
    ),
    # .4·90 + .3·80 + .2·70 + .1·88
    ("| 82.8 | – |", "| 82.8 | – |"),
    ("| 87 | below target: Satisfaction |", "| 87 | 未达标：满意度 |"),
    ("that is no cause", "这不是因果关系"),
    ("is not compatible with that", "与此不符"),
    ("| P1 | P1 (Stuck in the process) | P1 | 1.75 |", "| P1 | P1 (流程障碍) | P1 | 1.75 |"),
    (
        "| Price | 17, 12, 8, 4 | × 0.63 | 0.47–0.85 | falling |",
        "| 价格投诉 | 17, 12, 8, 4 | × 0.63 | 0.47–0.85 | 下降 |",
    ),
    ("No case is kept of: Product.", "尚无案例的类型：产品投诉。"),
    # 40 · [4, 6, 9] · 340 CNY
    ("costs 81,600 CNY (54,400 CNY to 122,400 CNY)", "损失 81,600 CNY（54,400 CNY 至 122,400 CNY）"),
    # .08 / (.08 + .38)
    ("no more than 17.4% of the sales", "销量损失不超过 17.4%"),
    ("claim c23, S004, not looked up", "参见主张 c23，S004，未经核实"),
    ("| Used to send, has gone quiet | 14 | 17.5% |", "| 曾经常寄，近来沉默 | 14 | 17.5% |"),
    # 300 points at 15 a visit; 41.8 million points · .62 · .01
    ("A packing box for cups: 20", "杯具专用包装盒：20"),
    ("the house owes 259,160 CNY", "未兑换积分的负债为 259,160 CNY"),
    (
        "| Before you answer | 75% | 100% | 75% | Assume the best |",
        "| 接受投诉的心理准备 | 75% | 100% | 75% | 积极心态 |",
    ),
    ("| 95.8% | 92.2% … 97.8% | 98% | missed |", "| 95.8% | 92.2% … 97.8% | 98% | 未达成 |"),
]


@pytest.mark.parametrize(("en", "zh"), SAID, ids=lambda words: words[:24])
def test_it_is_said_in_both_languages(page: tuple[str, str], en: str, zh: str) -> None:
    language, text = page
    assert (zh if language == "zh" else en).replace("c23，S004", "c23, S004") in text


def test_nothing_is_said_where_nothing_is_written() -> None:
    files = [str(JOURNEYS / "first-day.yaml")]
    result = CliRunner().invoke(group, ["report", *files, "--to", "md", "--lang", "en", "-o", "-"])
    assert result.exit_code == 0, result.output
    for title in ("What comes back", "What if", "Tags and points", "Work and its standards"):
        assert f"### {title}" not in result.stdout
