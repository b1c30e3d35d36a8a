"""Labels that only the details of a page need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DetailWords:
    """Labels in one language; `{}` takes the value."""

    here: str
    next: str
    time: str
    script: str
    agent: str
    customer: str
    fails: str
    p50: str
    p90: str
    visits: str
    peak: str
    lever: str
    hands_over: str
    confirmed: str
    guards: Mapping[str, str]
    sides: Mapping[str, str]
    """From which a quality dimension is seen."""
    practice: Mapping[str, str]
    """How work is meant to be done."""


_EN = DetailWords(
    here="In figures",
    next="Leads to",
    time="Time",
    script="Script",
    agent="Agent",
    customer="Customer",
    fails="Can fail",
    p50="Half take up to",
    p90="Nine in ten take up to",
    visits="{} visits per journey",
    peak="the peak of {} of journeys",
    lever="one point more here changes peak-end by {}",
    hands_over="hands over: {}",
    confirmed="confirmed",
    guards={"prevent": "prevented", "warn": "warned", "detect": "detected"},
    sides={
        "expected": "expected",
        "believed": "believed by management",
        "standard": "standard",
        "delivered": "delivered",
        "promised": "promised",
        "perceived": "perceived",
    },
    practice={
        "trigger": "Begun by",
        "customer": "the customer",
        "company": "the company",
        "asks": "The customer must tell",
        "delight": "Surprise",
        "again": "not again for {}",
        "signals": "How trouble shows",
        "remedy": "Putting it right",
        "respond": "answered within",
        "resolve": "solved within",
        "follow_up": "asked again after",
        "compensation": "compensation",
        "raci": "Who answers for it",
        "accountable": "accountable",
        "responsible": "responsible",
        "consulted": "consulted",
        "informed": "informed",
        "procedure": "Procedure",
        "leeway": "May be left",
        "up-to": "up to {}",
        "told": "{} is told",
        "data": "Personal data",
        "kept": "kept for {}",
    },
)
_ZH = DetailWords(
    here="数据",
    next="去向",
    time="时间",
    script="话术",
    agent="客服",
    customer="客户",
    fails="可能的失误",
    p50="半数客户用时不超过",
    p90="九成客户用时不超过",
    visits="每次旅程访问 {} 次",
    peak="是 {} 旅程的峰值",
    lever="此处提升 1 分，峰终值变化 {}",
    hands_over="移交：{}",
    confirmed="需确认",
    guards={"prevent": "已预防", "warn": "有警示", "detect": "可发现"},
    sides={
        "expected": "期望",
        "believed": "管理者认知",
        "standard": "标准",
        "delivered": "交付",
        "promised": "承诺",
        "perceived": "感知",
    },
    practice={
        "trigger": "发起方",
        "customer": "客户",
        "company": "企业",
        "asks": "客户须说明",
        "delight": "惊喜",
        "again": "{} 内不重复",
        "signals": "问题的迹象",
        "remedy": "如何补救",
        "respond": "答复时限",
        "resolve": "解决时限",
        "follow_up": "回访时间",
        "compensation": "补偿",
        "raci": "谁负责",
        "accountable": "最终负责",
        "responsible": "执行",
        "consulted": "事先征询",
        "informed": "事后告知",
        "procedure": "规程",
        "leeway": "可破例的情形",
        "up-to": "上限 {}",
        "told": "告知 {}",
        "data": "个人信息",
        "kept": "保存 {}",
    },
)


def detail_words(language: str) -> DetailWords:
    """Return the labels: Chinese for any `zh`, else English."""
    return _ZH if language.split("-")[0].lower() == "zh" else _EN
