"""What to do about a value that does not fit: the second line of a diagnostic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from blueprint.diagnostic import Message
from blueprint.model.outline import LISTED, MAPPED
from blueprint.source.spans import Loc
from blueprint.source.words import FLAG, LIST, MAPPING, NUMBER, TEXT, WHOLE, shown

if TYPE_CHECKING:
    from pydantic import BaseModel


class Form(NamedTuple):
    """How a kind of value is written."""

    what: Message
    advice: Message


FORMS: dict[str, Form] = {
    "duration": Form(
        Message("a duration", "时长"),
        Message(
            "write a number with its unit: 90s, 5m, 2h 30m, 3d, 2w",
            "请写数字加单位：90s、5m、2h 30m、3d、2w",
        ),
    ),
    "money": Form(
        Message("an amount of money", "金额"),
        Message("write the amount and the currency: 340 CNY", "请写金额和币种：340 CNY"),
    ),
    "quantity": Form(
        Message("a number or a percentage", "数字或百分比"),
        Message("write it like 4.2, 0.91 or 91%", "请写成 4.2、0.91 或 91%"),
    ),
    "emotion": Form(
        Message("an emotion score", "情绪分"),
        Message(
            "write a number on the scale, {mean: …, n: …} if it was measured, or one per persona",
            "请写量表上的数字；若为实测，写 {mean: …, n: …}；也可按画像分别写",
        ),
    ),
    "budget": Form(
        Message("a budget", "预算"),
        Message(
            'compare with a figure, in quotes: ">= 0.5", ">= 80%", "<= 3d"',
            '请用带引号的比较式：">= 0.5"、">= 80%"、"<= 3d"',
        ),
    ),
    "scale": Form(
        Message("an emotion scale", "情绪量表"),
        Message("write the lowest and the highest emotion: [-2, 2]", "请写最低和最高情绪：[-2, 2]"),
    ),
    "range": Form(
        Message("a figure or a range", "数值或区间"),
        Message(
            "write 0.4, 40%, or lowest, likely and highest: [0.3, 0.4, 0.5]",
            "请写 0.4、40%，或最低、最可能、最高：[0.3, 0.4, 0.5]",
        ),
    ),
    "condition": Form(
        Message("a condition", "条件"),
        Message(
            'compare with a figure or a word, in quotes: ">= 12", "< 90", "= vip"',
            '请用带引号的比较式：">= 12"、"< 90"、"= vip"',
        ),
    ),
    "pair": Form(
        Message("a pair of numbers", "一对数字"),
        Message("write satisfaction, then revenue: [86, 120.5]", "请先写满意度，再写营收：[86, 120.5]"),
    ),
    "pattern": Form(
        Message("a regular expression", "正则表达式"),
        Message(
            "mend its syntax; in a plain phrase put \\ before each of ( ) [ ] { } ? * + . | ^ $",
            "请改正语法；普通词句中的 ( ) [ ] { } ? * + . | ^ $ 前要加 \\",
        ),
    ),
    "slow_pattern": Form(
        Message("a regular expression that surely ends in time", "能保证及时结束的正则表达式"),
        Message(
            "repeat no repetitions, and write .{0,20} instead of .*",
            "不要在重复里再重复；请用 .{0,20} 代替 .*",
        ),
    ),
    "table": Form(
        Message("a table that fits its bands", "与分段相符的表"),
        Message(
            "give a row per band of severity, a cell per occurrence, a letter per detection",
            "每个严重度分段一行，每个频度一格，每个探测度一个字母",
        ),
    ),
    "day": Form(
        Message("a date", "日期"),
        Message("write year, month and day: 2026-11-22", "请写年-月-日：2026-11-22"),
    ),
}  # fmt: skip

PATTERNS: dict[str, Form] = {
    r"^[A-Z]{3}$": Form(
        Message("a currency", "币种"),
        Message("write its three capital letters: CNY, EUR, USD", "请写三个大写字母：CNY、EUR、USD"),
    ),
    r"^[a-z_]+/[a-z0-9][a-z0-9-]{0,63}$": Form(
        Message("a reference to an entry", "条目引用"),
        Message("write its section and its id: protocols/eoac", "请写分区和 id：protocols/eoac"),
    ),
    r"^([01]\d|2[0-3]):[0-5]\d$": Form(
        Message("a time of day", "时刻"),
        Message('write hours and minutes in quotes: "09:00"', '请写带引号的时和分："09:00"'),
    ),
    r"^[HML]+$": Form(
        Message("a row of priorities", "优先级字母"),
        Message("write H, M and L: HHMM", "请用 H、M、L 书写：HHMM"),
    ),
    r"^[a-z][a-z0-9_]{0,63}$": Form(
        Message("the name of a parameter", "参数名"),
        Message(
            "write small letters, digits and _: loyalty_silent", "请用小写字母、数字和 _：loyalty_silent"
        ),
    ),
    r"^([^./\\:*?<>|][^/\\:*?<>|]*/){0,8}[^./\\:*?<>|][^/\\:*?<>|]*\.[cC][sS][vV]$": Form(
        Message("a CSV file beside this document", "本文档旁的 CSV 文件"),
        Message(
            "write its path from here, without .. and without a drive: data/answers.csv",
            "请写相对路径，不含 .. 和盘符：data/answers.csv",
        ),
    ),
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$": Form(
        Message("a language", "语言"),
        Message("write its code: en, zh, zh-Hant", "请写语言代码：en、zh、zh-Hant"),
    ),
}

_LISTED: dict[str, Message] = {
    "stages": Message("stage", "阶段"),
    "touchpoints": Message("touchpoint", "触点"),
    "steps": Message("step", "步骤"),
    "actors": Message("actor", "参与者"),
    "needs": Message("need", "需求"),
    "pains": Message("pain", "痛点"),
    "opportunities": Message("opportunity", "机会"),
    "metrics": Message("metric", "指标"),
    "promises": Message("promise", "承诺"),
    "fails": Message("failure", "失效"),
    "lines": Message("line", "台词"),
    "persona": Message("persona", "画像"),
    "outcomes": Message("outcome", "结局"),
    "escalation": Message("escalation", "升级"),
    "surveys": Message("survey", "调查"),
    "levels": Message("level", "级别"),
    "moments": Message("moment", "时段"),
    "items": Message("item", "条目"),
    "terms": Message("term", "词条"),
    "anchors": Message("anchor", "锚点"),
    "figures": Message("figure", "数字"),
    "segments": Message("segment", "客群"),
    "dimensions": Message("dimension", "维度"),
    "protocols": Message("protocol", "话术流程"),
    "lexicon": Message("phrase", "用语"),
    "claims": Message("claim", "说法"),
}


def element_name(path: Loc) -> Message:
    """Name the element at a path: "this touchpoint", "`time`", "the document"."""
    if not path:
        return Message("the document", "文档")
    last = path[-1]
    if isinstance(last, int) or (len(path) > 1 and path[-2] in ("actors", "outcomes")):
        owner = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
        if noun := _LISTED.get(owner):
            return Message(f"this {noun.en}", f"这个{noun.zh}")
        return Message(f"this item of `{owner}`", f"`{owner}` 的这一项")
    if noun := _LISTED.get(last):
        return Message(f"this {noun.en}", f"这个{noun.zh}")
    return Message(f"`{last}`", f"`{last}`")


_KNOWN_BY_NAME = ("stages", "touchpoints", "steps", "actors")


def home_name(way: Sequence[str], document: Message) -> Message:
    """Name the element that a way through a model leads to: "a touchpoint", "`observed` in `time`".

    Args:
        way: As `model.outline.homes` gives it.
        document: What the document is called.
    """
    names = [part for part in way if part not in (LISTED, MAPPED)]
    if not names:
        return Message(f"{document.en} itself", f"{document.zh}本身")
    last = names[-1]
    if way[-1] in (LISTED, MAPPED):
        if last in _KNOWN_BY_NAME:
            noun = _LISTED[last]
            return Message(f"{'an' if noun.en[0] in 'aeiou' else 'a'} {noun.en}", noun.zh)
        if last == "next":
            return Message("a way on in `next`", "`next` 的去向")
        kind = Message("an item", "条目") if way[-1] == LISTED else Message("an entry", "条目")
        return Message(f"{kind.en} of `{last}`", f"`{last}` 的{kind.zh}")
    if len(names) > 1 and names[-2] not in _KNOWN_BY_NAME:
        return Message(f"`{last}` in `{names[-2]}`", f"`{names[-2]}` 的 `{last}`")
    return Message(f"`{last}`", f"`{last}`")


_MISSING: dict[str, Message] = {
    "id": Message("give it a short name: id: call-hotline", "请起一个短名：id: call-hotline"),
    "title": Message(
        "say what happens, in any language: title: Calls the hotline",
        "请写明发生了什么，语言不限：title: 拨打客服热线",
    ),
    "stage": Message("begin it with its id: - stage: plan", "请以 id 开头：- stage: plan"),
    "stages": Message(
        "add stages: with a list of stages and their touchpoints", "请添加 stages:，列出各阶段及其触点"
    ),
    "steps": Message("add steps: with a list of what each actor does", "请添加 steps:，列出各参与者做什么"),
    "actors": Message(
        "add actors: such as agent: {title: Agent, zone: frontstage}",
        "请添加 actors:，例如 agent: {title: 坐席, zone: frontstage}",
    ),
    "journey": Message(
        "name the journey it delivers: journey: buy-a-ticket", "请写出它所交付的旅程：journey: buy-a-ticket"
    ),
    "at": Message(
        "name the touchpoint it belongs to: at: call-hotline", "请写出所属触点：at: call-hotline"
    ),
    "actor": Message("name who does it: actor: agent", "请写出由谁来做：actor: agent"),
    "does": Message("say what is done: does: Checks the waybill", "请写明做什么：does: 核对运单"),
    "zone": Message(
        "write zone: frontstage, backstage or support", "请写 zone: frontstage、backstage 或 support"
    ),
    "mean": Message("write the score: mean: 1", "请写分值：mean: 1"),
    "persona": Message("begin it with its id: persona: anna", "请以 id 开头：persona: anna"),
}


def for_missing(key: str) -> Message:
    """Say what to write for a key that is missing."""
    return _MISSING.get(key) or Message(f"add `{key}:`", f"请添加 `{key}:`")


def for_form(kind: str, value: Any) -> Message:
    """Say how to write a value of a special form."""
    if kind == "duration" and isinstance(value, (int, float)) and not isinstance(value, bool):
        number = shown(value)
        return Message(
            f"say the unit: {number}s, {number}m, {number}h or {number}d",
            f"请写明单位：{number}s、{number}m、{number}h 或 {number}d",
        )
    if kind == "money" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return Message(f"say the currency: {shown(value)} CNY", f"请写明币种：{shown(value)} CNY")
    return FORMS[kind].advice


def bad_id(written: str) -> tuple[Message, Message]:
    """Say what is wrong with an id, and what could be written instead."""
    short = shown(written)
    slug = re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-")[:64].strip("-")
    if len(written) > 64:
        message = Message(
            f"the id `{short}` has {len(written)} characters", f"id `{short}` 有 {len(written)} 个字符"
        )
        return message, Message("use at most 64", "最多 64 个")
    message = Message(f"`{short}` cannot be an id", f"`{short}` 不能作为 id")
    rule = Message(
        "ids are lower-case letters a–z, digits and hyphens", "id 只能用小写字母 a–z、数字和连字符"
    )
    if slug and slug != written:
        return message, Message(f"{rule.en}: {slug}", f"{rule.zh}：{slug}")
    return message, Message(
        f"{rule.en}; words in any other writing go into the title", f"{rule.zh}；其他文字请写进 title"
    )


def bounds(model: type[BaseModel], path: Loc, context: dict[str, Any]) -> Message:
    """Say which numbers are possible, with both bounds where the model has two."""
    from blueprint.model.outline import limits

    low, high = limits(model, path)
    low = low if low is not None else context.get("ge")
    high = high if high is not None else context.get("le")
    if low is None and high == 1 and ("next" in path or "entry" in path):
        low = 0.0  # A share written short, without its `p:`.
    if low is not None and high is not None:
        return Message(f"from {low:g} to {high:g}", f"在 {low:g} 到 {high:g} 之间")
    if "gt" in context:
        return Message(f"more than {context['gt']:g}", f"大于 {context['gt']:g}")
    if low is not None:
        return Message(f"{low:g} or more", f"不小于 {low:g}")
    if high is not None:
        return Message(f"{high:g} or less", f"不大于 {high:g}")
    return Message("a finite number", "为有限的数")


def for_range(path: Loc, value: Any) -> Message | None:
    """Say what to write for a number out of range."""
    name = path[-1] if path else ""
    share = "next" in path or "entry" in path or name in ("share", "p")
    if share and isinstance(value, (int, float)) and 1 < value <= 100:
        return Message(
            f"a share is a part of 1: write {value / 100:g} or {value:g}%",
            f"比例是 1 的一部分：请写 {value / 100:g} 或 {value:g}%",
        )
    if name in ("severity", "occurrence", "detection") and "factors" not in path:
        return Message("rate it on the scale of ten that FMEA uses", "请按 FMEA 的十分制打分")
    return Message("correct the number", "请更正数字")


def for_type(path: Loc, value: Any, expected: Message) -> Message:
    """Say what to write instead of a value of the wrong kind."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    written = shown(value)
    if value is None:
        return Message("fill it in or delete the key", "请填写，或删除这个键")
    if name == "time" and expected is MAPPING:
        amount = written if isinstance(value, str) and written else f"{written or 5}m"
        return Message(
            f"say the unit and which time it is: time: {{standard: {amount}}}",
            f"请写明单位和时间种类：time: {{standard: {amount}}}",
        )
    if expected is TEXT and not isinstance(value, (list, dict)):
        return Message(f'put it in quotes: "{written}"', f'请加引号："{written}"')
    if expected is TEXT:
        return Message(
            "write text, or one text per language: {en: …, zh: …}",
            "请写文字，或按语言分别写：{en: …, zh: …}",
        )
    if expected is LIST:
        if isinstance(value, dict):
            return Message("begin each item with `- `", "每一项请以 `- ` 开头")
        return Message(f"write a list: [{written}]", f"请写成列表：[{written}]")
    if expected is MAPPING:
        return Message("write keys and values: {key: value}", "请写键和值：{键: 值}")
    if expected is FLAG:
        return Message("write true or false", "请写 true 或 false")
    if (
        isinstance(value, str)
        and re.fullmatch(r"\s*-?\d+(\.\d+)?\s*", value)
        and expected in (NUMBER, WHOLE)
    ):
        return Message(f"leave out the quotes: {value.strip()}", f"请去掉引号：{value.strip()}")
    return Message(f"write {expected.en}", f"请写{expected.zh}")
