"""Why a figure has no interval or no verdict, in words for people."""

from __future__ import annotations

from typing import Any, Final

from blueprint.analysis.measures import Placed, Reason
from blueprint.diagnostic import Message

WHY: Final[dict[Reason, Message]] = {
    "no-value": Message("no value is written", "未写数值"),
    "no-sample-size": Message("nobody wrote how many answered", "未写样本量"),
    "no-spread": Message("no spread is written", "未写标准差"),
    "one-answer": Message("one answer is no sample", "只有一份回答"),
    "no-target": Message("no target is written", "未写目标值"),
    "mixed-scales": Message("value and target are on different scales", "数值与目标的量纲不同"),
    "off-scale": Message("the value lies outside of its scale", "数值超出量表范围"),
    "no-answers": Message("no answers are written", "没有回答"),
    "wrong-number-of-answers": Message(
        "the counts do not fit the scale of the survey", "人数与调查量表的档数不符"
    ),
    "counts-do-not-fit": Message("the counts do not add up", "人数合计不符"),
    "no-table": Message("its table could not be read", "无法读取数据表"),
    "unfit-table": Message("its table cannot be used", "数据表无法使用"),
}
"""Code → words."""
_UNDECIDED: Final = Message("the interval holds the target", "区间包含目标值")


def why(placed: Placed[Any]) -> Message | None:
    """Return why there is no interval or no sure verdict; None where nothing is missing."""
    code = placed.measured.reason or placed.reason
    if code is not None:
        return WHY[code]
    return _UNDECIDED if placed.verdict == "undetermined" else None
