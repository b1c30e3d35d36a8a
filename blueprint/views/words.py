"""The labels that drawings carry, in the languages the program speaks.

A document may be in any language; what the drawing itself says is English or Chinese, and English
where neither is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from blueprint.figures import rounded


class Units(NamedTuple):
    """How a duration is written, largest unit first."""

    week: str
    day: str
    hour: str
    minute: str
    second: str


_SECONDS = (604800, 86400, 3600, 60, 1)


@dataclass(frozen=True)
class Words:
    """Every label of the drawings in one language, and how it writes numbers."""

    language: str
    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    channels: Mapping[str, str]
    kano: Mapping[str, str]
    peaks: Mapping[str, str]
    principles: Mapping[str, str]
    zones: Mapping[str, str]
    dimensions: Mapping[str, str]
    """Of service quality, by the names researchers use."""
    units: Units
    separator: str
    """Between two facts of one line."""
    comma: str
    stop: str
    colon: str

    def __getitem__(self, label: str) -> str:
        """Return a label; a label nobody wrote is a mistake of ours and raises KeyError."""
        return self.labels[label]

    def channel(self, written: str) -> str:
        """Return the name of a channel; one of the user's own keeps its words."""
        name = written.strip()
        return self.channels.get(name.lower().replace(" ", "-"), name[:1].upper() + name[1:])

    def duration(self, seconds: float) -> str:
        """Write seconds with at most two units: `2 h 30 min`, `3 d 4 h`, `45 s`."""
        return _duration(seconds, self.units)

    def pairs(self, *facts: str) -> str:
        """Join the facts that are there with the separator."""
        return self.separator.join(fact for fact in facts if fact)

    def sentence(self, text: str) -> str:
        """Close a sentence."""
        return text if text.endswith((".", "。", "!", "?", "！", "？", "…")) else text + self.stop

    def count(self, many: float, label: str) -> str:
        """Write `1 stage`, `5 stages`, `1.2 steps`."""
        written = number(many, 1)
        return self.labels[f"{'one' if written == '1' else 'many'}-{label}"].format(written)


@lru_cache(maxsize=1024)
def _duration(seconds: float, units: Units) -> str:
    if seconds < 60:
        return f"{number(seconds, 1)} {units.second}"
    # Two units are enough to act on: round to the second one first, so that 59 min 59 s is 1 h.
    first = _first_unit(seconds)
    step = _SECONDS[min(first + 1, 4)]
    whole = round(seconds / step) * step
    first = _first_unit(whole)
    count, rest = divmod(whole, _SECONDS[first])
    text = f"{int(count)} {units[first]}"
    if first < 4 and (more := round(rest / _SECONDS[first + 1])):
        text += f" {more} {units[first + 1]}"
    return text


def _first_unit(seconds: float) -> int:
    # A week is worth its name from two of them on; "1 wk 3 d" reads worse than "10 d".
    for at, size in enumerate(_SECONDS):
        if seconds >= (2 * size if at == 0 else size):
            return at
    return 4


def number(value: float, digits: int = 2) -> str:
    """Write a number as drawings do: what is too small for its decimals is 0."""
    return rounded(value, digits)


def signed(value: float, digits: int = 2) -> str:
    """Write a number with its sign: `+1.5`, `−0.3`, `0`."""
    text = number(value, digits)
    return text if text == "0" or text.startswith("−") else f"+{text}"


def percent(share: float) -> str:
    """Write a share as a percentage: `85%`, `0.4%`, `<0.1%`."""
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.999 < share < 1:
        return ">99.9%"
    near_the_edge = share < 0.01 or 0.99 < share < 1
    return number(share * 100, 1 if near_the_edge else 0) + "%"


_EN = Words(
    language="en",
    labels={
        "map": "Journey map", "blueprint": "Service blueprint", "flow": "Journey flow",
        "as-is": "As-is", "to-be": "To-be",
        "persona": "Persona", "owner": "Owner", "reviewed": "Reviewed", "journey": "Journey",
        "replaces": "Replaces {}",
        # rows of the map
        "stages": "Stages", "touchpoints": "Touchpoints", "routes": "Paths", "doing": "Doing",
        "thinking": "Thinking", "feeling": "Feeling", "emotion": "Emotion", "needs": "Needs",
        "pains": "Pains", "opportunities": "Opportunities", "metrics": "Metrics",
        "peak-design": "Peak design",
        "promises": "Promises", "quality": "Quality", "evidence": "Evidence",
        "complaint-handling": "Complaint handling",
        # figures
        "peak-end": "Peak-end", "ending": "Ending", "mean": "mean", "completion": "Completion",
        "expected-time": "Expected time", "worst-pain": "Worst pain", "steps": "{} steps",
        "at": "at “{}”", "of-scale": "on {} … {}", "assumed-scores": "{} of {} assumed",
        "per-journey": "per journey", "of-journeys": "of journeys", "wait-share": "Wait share",
        "handoffs": "Handoffs", "crossings": "Line crossings", "standard-time": "Standard time",
        "wait-time": "Wait", "tolerance": "Tolerance", "standard": "Standard", "total": "Total",
        "breaches": "Tolerance breaches", "critical-path": "Critical path", "timeline": "Timeline",
        # the curve
        "peak": "Peak", "pit": "Pit", "end": "End", "neutral": "neutral", "not-scored": "not scored",
        "everybody": "Everybody",
        # cells
        "met": "met", "unmet": "unmet", "severity": "severity {}", "priority-H": "high priority",
        "priority-M": "medium priority", "priority-L": "low priority", "impact": "impact",
        "effort": "effort",
        "target": "target {}", "no-value": "not measured", "n": "n = {}", "due": "due {}",
        "within": "within {}",
        "reach": "{} get here", "end-here": "{} end here", "rework": "{}× per journey",
        "authority": "may grant {}",
        "escalates": "escalates to {}",
        "after": "after {}", "first-of": "{} more",
        # routes
        "done": "done", "dropped": "dropped", "assumed": "assumed", "loop": "back",
        # legend
        "legend": "Legend", "legend-measured": "measured emotion", "legend-assumed": "assumed emotion",
        "legend-gap": "not scored: gap", "legend-band": "± 1 standard error",
        "legend-likely": "larger: likelier to be the peak", "legend-above": "better than neutral",
        "legend-below": "worse than neutral", "legend-forward": "skips ahead", "legend-loop": "goes back",
        "legend-abandon": "ends in failure", "legend-success": "ends in success",
        "legend-kano": "Kano: {}", "legend-met": "need met", "legend-unmet": "need unmet",
        "legend-pain": "pain, with action priority", "legend-severity": "pain, with severity (of 10)",
        "legend-dots": "impact and effort (of 5)", "legend-metric": "metric with sample",
        "legend-metric-assumed": "no sample: assumed",
        "legend-quality": "expected, perceived and the gap",
        "legend-reach": "share of journeys that get here",
        "legend-moment": "moment of truth",
        "legend-marks": "highest, lowest and usual last point",
        "legend-fail": "F fail point", "legend-wait": "W wait point", "legend-decision": "D decision",
        "legend-handoff": "hand-over to people", "legend-handoff-technology": "hand-over to technology",
        "legend-technology": "system",
        "start": "Start",
        "legend-route": "usual way (thicker: more journeys)", "legend-recovery": "recovers a complaint",
        # blueprint
        "at-most": "at most {}", "told": "told: {}", "untold": "nothing is said",
        "guard-prevent": "prevented", "guard-warn": "warned of", "guard-detect": "noticed",
        "unguarded": "no guard", "legend-fails": "F fail point, its severity (of 10) and guard",
        "legend-waits": "W wait point, its longest wait and what is said",
        "handoff-row": "Hand-overs", "confirmed": "confirmed", "unconfirmed": "not confirmed",
        "unsaid": "not said what is handed over",
        "in-all": "{} in all",
        "unsaid-of": "{} of {} do not say what is handed over (?)",
        "whole-time": "Where the time goes", "legend-scale": "tolerance (the same place in every column)",
        "legend-over": "beyond tolerance",
        "line-interaction": "Line of interaction", "line-visibility": "Line of visibility",
        "line-internal-interaction": "Line of internal interaction",
        "crossed-interaction": "interaction", "crossed-visibility": "visibility",
        "crossed-internal-interaction": "internal",
        # the story
        "story-map": "Journey map “{}”", "story-for": "of {}", "story-size": "{} in {}",
        "one-stage": "{} stage", "many-stage": "{} stages", "one-touchpoint": "{} touchpoint",
        "many-touchpoint": "{} touchpoints",
        "one-actor": "{} actor", "many-actor": "{} actors", "one-step": "{} step",
        "many-step": "{} steps",
        "story-stage": "{}: {}", "story-score": "{} (emotion {})",
        "story-peak": "The highest point is “{}” ({})",
        "story-pit": "the lowest is “{}” ({})", "story-end": "it ends with “{}”",
        "story-peak-end": "Expected peak-end {}, mean {}", "story-completion": "{} of journeys succeed",
        "story-time": "the expected time is {}", "story-pain": "the worst pain is “{}”",
    },
    kinds={
        "first": "First contact", "complaint": "Complaint", "high-frequency": "High frequency",
        "high-perception": "High perception", "end": "Ending",
    },
    channels={
        "web": "Web", "website": "Website", "app": "App", "phone": "Phone", "email": "Email",
        "e-mail": "Email",
        "chat": "Chat", "store": "Store", "shop": "Shop", "mail": "Post", "post": "Post", "sms": "SMS",
        "letter": "Letter", "social": "Social media", "kiosk": "Kiosk", "counter": "Counter",
        "branch": "Branch",
        "desk": "Desk", "video": "Video", "in-person": "In person", "person": "In person",
        "courier": "Courier",
        "delivery": "Delivery", "hotel": "Hotel", "restaurant": "Restaurant", "home": "At home",
        "atm": "ATM",
        "hotline": "Hotline", "wechat": "WeChat", "messenger": "Messenger", "portal": "Portal",
        "office": "Office",
        "machine": "Machine", "vehicle": "Vehicle", "event": "Event", "self-service": "Self-service",
        "face-to-face": "Face to face",
    },
    kano={
        "must-be": "must-be", "performance": "performance", "attractive": "attractive",
        "indifferent": "indifferent", "reverse": "reverse",
    },
    peaks={"elevation": "Elevation", "insight": "Insight", "pride": "Pride", "connection": "Connection"},
    principles={
        "low-cost": "low cost", "high-perception": "high perception", "simple": "simple",
        "scalable": "scalable",
    },
    zones={
        "evidence": "Physical evidence", "customer": "Customer actions", "frontstage": "Frontstage",
        "backstage": "Backstage", "support": "Support processes",
    },
    dimensions={
        "tangibles": "Tangibles", "reliability": "Reliability", "responsiveness": "Responsiveness",
        "assurance": "Assurance", "empathy": "Empathy",
    },
    units=Units("wk", "d", "h", "min", "s"),
    separator=" · ", comma=", ", stop=".", colon=": ",
)  # fmt: skip

_ZH = Words(
    language="zh",
    labels={
        "map": "客户旅程图", "blueprint": "服务蓝图", "flow": "旅程流程图",
        "as-is": "现状", "to-be": "目标",
        "persona": "客户画像", "owner": "负责人", "reviewed": "复核日期", "journey": "旅程",
        "replaces": "取代 {}",
        "stages": "阶段", "touchpoints": "触点", "routes": "路径", "doing": "行为",
        "thinking": "想法", "feeling": "感受", "emotion": "情绪曲线", "needs": "需求",
        "pains": "痛点", "opportunities": "机会点", "metrics": "指标", "peak-design": "峰值设计",
        "promises": "承诺", "quality": "服务质量", "evidence": "有形展示", "complaint-handling": "投诉处理",
        "peak-end": "峰终值", "ending": "终值", "mean": "均值", "completion": "完成率",
        "expected-time": "预计用时", "worst-pain": "最大痛点", "steps": "{} 步",
        "at": "在“{}”", "of-scale": "量表 {} … {}", "assumed-scores": "{}/{} 为假设",
        "per-journey": "每次旅程", "of-journeys": "的旅程", "wait-share": "等待占比",
        "handoffs": "交接次数", "crossings": "跨线次数", "standard-time": "标准时间",
        "wait-time": "等待", "tolerance": "容忍时间", "standard": "标准", "total": "合计",
        "breaches": "超出容忍", "critical-path": "关键路径", "timeline": "时间轴",
        "peak": "峰值", "pit": "谷值", "end": "终点", "neutral": "中性", "not-scored": "未评分",
        "everybody": "全体客户",
        "met": "已满足", "unmet": "未满足", "severity": "严重度 {}", "priority-H": "高优先级",
        "priority-M": "中优先级", "priority-L": "低优先级", "impact": "影响", "effort": "投入",
        "target": "目标 {}", "no-value": "尚未测量", "n": "n = {}", "due": "{} 前", "within": "{} 内",
        "reach": "{} 会到达", "end-here": "{} 在此结束", "rework": "每次旅程 {} 次",
        "authority": "授权额度 {}",
        "escalates": "升级至 {}",
        "after": "{} 后", "first-of": "另有 {} 项",
        "done": "完成", "dropped": "流失", "assumed": "假设", "loop": "返回",
        "legend": "图例", "legend-measured": "实测情绪", "legend-assumed": "假设情绪",
        "legend-gap": "未评分：留空", "legend-band": "± 1 个标准误",
        "legend-likely": "越大越可能成为峰值", "legend-above": "优于中性",
        "legend-below": "劣于中性", "legend-forward": "跳过前行", "legend-loop": "返回",
        "legend-abandon": "以失败结束", "legend-success": "以成功结束",
        "legend-kano": "KANO：{}", "legend-met": "需求已满足", "legend-unmet": "需求未满足",
        "legend-pain": "痛点与措施优先级", "legend-severity": "痛点与严重度（满分 10）",
        "legend-dots": "影响与投入（满分 5）", "legend-metric": "有样本的指标",
        "legend-metric-assumed": "无样本：假设", "legend-quality": "期望、感知及其差距",
        "legend-reach": "到达此处的旅程占比",
        "legend-moment": "关键时刻", "legend-marks": "最高点、最低点与最常见的终点",
        "legend-fail": "F 失误点", "legend-wait": "W 等待点", "legend-decision": "D 决策点",
        "legend-handoff": "交接给人", "legend-handoff-technology": "交接给系统",
        "legend-technology": "系统",
        "start": "开始",
        "legend-route": "一般路径（越粗旅程越多）", "legend-recovery": "补救投诉",
        "at-most": "最长 {}", "told": "告知：{}", "untold": "等待中无告知",
        "guard-prevent": "有预防", "guard-warn": "有预警", "guard-detect": "可发现",
        "unguarded": "无防错", "legend-fails": "F 失误点、严重度（满分 10）与防错",
        "legend-waits": "W 等待点、最长等待与告知",
        "handoff-row": "交接", "confirmed": "有确认", "unconfirmed": "无确认",
        "unsaid": "未写明交接内容", "in-all": "合计 {}",
        "unsaid-of": "{} 次未写明交接内容（?），共 {} 次",
        "whole-time": "时间花在哪里", "legend-scale": "容忍时间（各列同一位置）",
        "legend-over": "超出容忍",
        "line-interaction": "互动线", "line-visibility": "可视线",
        "line-internal-interaction": "内部互动线",
        "crossed-interaction": "互动", "crossed-visibility": "可视",
        "crossed-internal-interaction": "内部",
        "story-map": "客户旅程图“{}”", "story-for": "客户：{}", "story-size": "{}，{}",
        "one-stage": "{} 个阶段", "many-stage": "{} 个阶段", "one-touchpoint": "{} 个触点",
        "many-touchpoint": "{} 个触点",
        "one-actor": "{} 个角色", "many-actor": "{} 个角色", "one-step": "{} 个步骤",
        "many-step": "{} 个步骤",
        "story-stage": "{}：{}", "story-score": "{}（情绪 {}）", "story-peak": "最高点是“{}”（{}）",
        "story-pit": "最低点是“{}”（{}）", "story-end": "终点是“{}”",
        "story-peak-end": "预计峰终值 {}，均值 {}", "story-completion": "{} 的旅程成功完成",
        "story-time": "预计用时 {}", "story-pain": "最大痛点是“{}”",
    },
    kinds={
        "first": "首触点", "complaint": "抱怨触点", "high-frequency": "高频触点",
        "high-perception": "高感知触点", "end": "结束触点",
    },
    channels={
        "web": "网页", "website": "网站", "app": "应用", "phone": "电话", "email": "邮件",
        "e-mail": "邮件",
        "chat": "在线聊天", "store": "门店", "shop": "门店", "mail": "邮寄", "post": "邮寄",
        "sms": "短信",
        "letter": "信函", "social": "社交媒体", "kiosk": "自助机", "counter": "柜台", "branch": "网点",
        "desk": "服务台", "video": "视频", "in-person": "面对面", "person": "面对面", "courier": "快递员",
        "delivery": "配送", "hotel": "酒店", "restaurant": "餐厅", "home": "家中", "atm": "自动取款机",
        "hotline": "热线", "wechat": "微信", "messenger": "即时通讯", "portal": "门户",
        "office": "办公室",
        "machine": "设备", "vehicle": "车辆", "event": "活动", "self-service": "自助服务", "room": "客房",
        "car": "车内",
        "airport": "机场", "door": "家门口", "parcel": "包裹", "train": "列车", "plane": "航班",
        "lobby": "大堂",
        "front-desk": "前台", "reception": "前台", "table": "餐桌", "bot": "机器人",
        "mini-program": "小程序",
        "face-to-face": "面对面", "search": "搜索", "advert": "广告", "document": "文件", "form": "表单",
    },
    kano={
        "must-be": "必备", "performance": "期望", "attractive": "魅力",
        "indifferent": "无差异", "reverse": "反向",
    },
    peaks={"elevation": "欣喜", "insight": "认知", "pride": "荣耀", "connection": "连接"},
    principles={"low-cost": "低成本", "high-perception": "高感知", "simple": "简单", "scalable": "可复制"},
    zones={
        "evidence": "有形展示", "customer": "客户行为", "frontstage": "前台",
        "backstage": "后台", "support": "支持流程",
    },
    dimensions={
        "tangibles": "有形性", "reliability": "可靠性", "responsiveness": "响应性", "assurance": "保证性",
        "empathy": "移情性",
    },
    units=Units("周", "天", "小时", "分", "秒"),
    separator=" · ", comma="，", stop="。", colon="：",
)  # fmt: skip


@lru_cache(maxsize=32)
def words(language: str) -> Words:
    """Return the labels for a language tag: Chinese for `zh…`, else English."""
    return _ZH if language.split("-")[0].lower() == "zh" else _EN
