"""The words of the controls of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What the controls are called."""

    skip: str
    drawing: str
    hint: str
    zoom_in: str
    zoom_out: str
    fit: str
    theme: str
    details: str
    figures: str
    findings: str
    no_findings: str
    nothing_chosen: str
    close: str
    show: str
    keys: str
    severities: dict[str, str]


ENGLISH = Words(
    skip="Skip to the figures and findings",
    drawing="Drawing",
    hint="Drag to move, scroll or pinch to zoom, press a card for its details. Keys: + − 0 and the arrows.",
    zoom_in="Zoom in",
    zoom_out="Zoom out",
    fit="Show all",
    theme="Light or dark",
    details="Details",
    figures="Figures",
    findings="Findings",
    no_findings="The check found nothing.",
    nothing_chosen="Press a card on the drawing, or move to it with Tab and press Enter.",
    close="Close",
    show="Show on the drawing",
    keys="Tab moves from card to card, Enter opens one, Escape closes it; + and − zoom, 0 shows all.",
    severities={"error": "Error", "warning": "Warning", "info": "Note"},
)
CHINESE = Words(
    skip="跳到数据与检查结果",
    drawing="图",
    hint="拖动可移动，滚轮或双指可缩放，点击卡片查看详情。按键：+ − 0 与方向键。",
    zoom_in="放大",
    zoom_out="缩小",
    fit="显示全图",
    theme="浅色或深色",
    details="详情",
    figures="关键数据",
    findings="检查结果",
    no_findings="检查未发现问题。",
    nothing_chosen="请点击图中的卡片，或用 Tab 键移到卡片后按回车。",
    close="关闭",
    show="在图中显示",
    keys="Tab 键逐张移动卡片，回车打开，Esc 关闭；+ 与 − 缩放，0 显示全图。",
    severities={"error": "错误", "warning": "警告", "info": "提示"},
)


def words(language: str) -> Words:
    """Return the words of the controls: Chinese for any `zh`, else English."""
    return CHINESE if language.split("-")[0].lower() == "zh" else ENGLISH
