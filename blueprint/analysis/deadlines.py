"""Finds the time that words name: within how long, or by when (S000: a definite time, nothing vague).

“Within two hours”, “by Friday”, “明天下午四点前” name one. “Soon”, “as soon as possible”, “尽快” do not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from blueprint.analysis.cues import Span, fold, pieces


class Deadline(NamedTuple):
    """A time that a text names."""

    span: Span
    """Where, in the text as written."""
    seconds: float | None
    """How long from now, where it is a length of time; None for a point in time."""


_UNIT = {
    "秒": 1.0, "分": 60.0, "刻": 900.0, "时": 3600.0, "天": 86400.0, "日": 86400.0, "周": 604800.0,
    "星": 604800.0, "礼": 604800.0, "月": 2592000.0,
    "sec": 1.0, "min": 60.0, "hou": 3600.0, "day": 86400.0, "wee": 604800.0, "mon": 2592000.0,
    "bus": 86400.0, "wor": 86400.0,
}  # fmt: skip
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS: dict[str, float] = {
    **{word: n for n, word in enumerate(_ONES)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
    "a": 1,
    "an": 1,
    "half an": 0.5,
    "a couple of": 2,
}

_NUMBER_ZH = r"(?:\d{1,4}(?:\.\d{1,2})?|[零〇一二两三四五六七八九十百]{1,5})"
_LENGTH_ZH = (
    rf"(?P<n>{_NUMBER_ZH}|半)个?(?P<half>半)?"
    r"(?P<unit>秒钟?|分钟?|刻钟|小时|钟头|工作日|自然日|天|日|周|星期|礼拜|月)半?"
)
_RANGE_ZH = rf"(?:{_NUMBER_ZH}[到至-])?{_LENGTH_ZH}"
_WITHIN_ZH = re.compile(rf"(?<![第\d]){_RANGE_ZH}(?:之?内|以内|后|之后|以后|左右)")
_AHEAD_ZH = re.compile(rf"提?前{_NUMBER_ZH}(?:分钟|个?小时|天)")
_BARE_ZH = re.compile(rf"(?:需要?|要|有|等|只要|最多|不超过|大约|约){_RANGE_ZH}")
_DAY_NAMES_ZH = "今天|今日|今晚|今早|明天|明日|明早|明晚|后天|当天|当日|当晚|本周|这周|下周"
_NOT_A_CLOCK = "击|赞|餐|评|心|开|到|了解|建议|意见|小|好|数"
_CLOCK_ZH = re.compile(
    rf"(?:{_DAY_NAMES_ZH}|周|星期|礼拜)?[一二三四五六日末]?"
    r"(?:早上|上午|中午|下午|傍晚|晚上|凌晨)?"
    r"(?:\d{1,2}:\d{2}|(?<![这那有快早晚差多少])"
    rf"(?:一(?=点[前半整钟])|(?!一点){_NUMBER_ZH})点(?!{_NOT_A_CLOCK})(?:半|一刻|三刻|{_NUMBER_ZH}分?)?)"
)
_DAY_ZH = re.compile(
    rf"(?:{_DAY_NAMES_ZH}|月底|本月|下个?月)"
    r"(?:[一二三四五六日末]|之?内|以内|之?前|上午|中午|下午|晚上|早上|下班|就)"
    r"|(?:周|星期|礼拜)[一二三四五六日天末]"
    r"|\d{1,2}月\d{1,2}[日号]|\d{1,2}号(?:之?前|上午|下午)"
    r"|(?:今天|明天|后天|今晚|明晚|明早)"
    r"(?=[^气]{0,12}(?:给[您你](?!添|带|造成|惹)|回复|答复|送到|送达|到账|联系您|完成|发给))"
)
_SMALL_EN = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBER_EN = (
    r"(?:\d{1,4}(?:\.\d{1,2})?|half an|a couple of|an?"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|ninety)(?:[- ](?:one|two|three|four|five|six|eight))?"
    rf"|{_SMALL_EN}|fifteen|eighteen)"
)
_UNIT_EN = r"(?:seconds?|secs?|minutes?|mins?|hours?|(?:business |working )?days?|weeks?|months?)"
_RANGE_EN = rf"(?:\d{{1,4}}-|{_NUMBER_EN} (?:to|or) )?(?P<n>{_NUMBER_EN})[ -](?P<unit>{_UNIT_EN})\b"
_WITHIN_EN = re.compile(
    r"\b(?:within|in|inside|under|in less than|in under|at most|no more than|no later than|for)"
    rf"(?: the)?(?: next| about| around)? {_RANGE_EN}",
    re.IGNORECASE,
)
_LATER_EN = re.compile(rf"\b{_RANGE_EN} (?:from now|at most|later)\b", re.IGNORECASE)
_AHEAD_EN = re.compile(rf"\b{_NUMBER_EN} (?:minutes|hours|days) (?:before|ahead)\b", re.IGNORECASE)
_DAYS = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTHS = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_HOUR = (
    r"(?:\d{1,2}(?::\d{2}| ?(?:am|pm|a\.m\.|p\.m\.|o'?clock))|noon|midday|midnight"
    rf"|(?:half past |quarter (?:past|to ))?(?:{_SMALL_EN})(?:[ -](?:thirty|fifteen|forty-five))?"
    r"(?: o'?clock| am| pm)?"
    rf"|\d{{1,2}}(?= (?:tomorrow|today|tonight|sharp|on {_DAYS}|in the)))"
)
_POINT_EN = re.compile(
    rf"\b(?:by|before|at|until|till|no later than|from|around|between)(?: about)? {_HOUR}(?![\w-]| of\b)"
    r"|\b(?:by|before|on|until|no later than|this|next|come)(?: the)?(?: end of)?(?: next| this)? "
    rf"(?:{_DAYS}|tomorrow|today|tonight|noon|the weekend|end of (?:the )?(?:day|week|month|business)"
    r"|close of business|month|week|morning|afternoon|evening)\b"
    r"|\b(?:by|before|on|at) the (?:\d{1,2}(?:st|nd|rd|th)|end of (?:the |this )?(?:day|week|month))\b"
    rf"|\b{_MONTHS} \d{{1,2}}\b"
    r"|\b(?:tomorrow|tonight|today|(?:the )?same day)(?: (?:morning|afternoon|evening|night)\b)?"
    rf"|\b{_DAYS}(?: (?:morning|afternoon|evening))?\b|\b\d{{1,2}}:\d{{2}}\b|\b\d{{1,2}} ?(?:am|pm)\b",
    re.IGNORECASE,
)

_PATTERNS = (
    _WITHIN_ZH,
    _BARE_ZH,
    _AHEAD_ZH,
    _WITHIN_EN,
    _LATER_EN,
    _AHEAD_EN,
    _CLOCK_ZH,
    _DAY_ZH,
    _POINT_EN,
)


def deadlines(text: str) -> tuple[Deadline, ...]:
    """Return the times that a text names, in the order in which they stand.

    Chinese and English, traditional characters too. A working day counts as a day of 24 hours, a month
    as 30 days; “左右” and “about” are read as the figure they surround.
    """
    folded = fold(text)
    found: list[tuple[Span, float | None]] = []
    for piece in pieces(folded.text):
        part = folded.text[piece.start : piece.end]
        for pattern in _PATTERNS:
            for match in pattern.finditer(part):
                span = Span(piece.start + match.start(), piece.start + match.end())
                if match.end() > match.start() and not any(span.overlaps(other) for other, _ in found):
                    found.append((span, _seconds(match)))
    return tuple(Deadline(folded.original(span), seconds) for span, seconds in sorted(found))


def _seconds(match: re.Match[str]) -> float | None:
    parts = match.groupdict()
    number, unit = parts.get("n"), parts.get("unit")
    if number is None or unit is None:
        return None
    word = unit.lower()
    key = next((k for k in ("时", "刻", "分", "秒") if k in word), None) or (
        "时" if "钟头" in word else "天" if word.endswith(("日", "天")) else None
    )
    scale = _UNIT[key] if key else _UNIT.get(word[:3]) or _UNIT[word[0]]
    amount = count(number)
    if amount is None:
        return None
    return (amount + (0.5 if parts.get("half") else 0.0)) * scale


def count(number: str) -> float | None:
    """Read a number written in digits, in Chinese or in English words; None where it is none."""
    written = number.lower().strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", written):
        return float(written)
    if written == "半":
        return 0.5
    if written in _WORDS:
        return float(_WORDS[written])
    if parts := re.fullmatch(r"([a-z]+)[- ]([a-z]+)", written):
        tens, ones = _WORDS.get(parts[1]), _WORDS.get(parts[2])
        return None if tens is None or ones is None else float(tens + ones)
    return _chinese(written)


def _chinese(written: str) -> float | None:
    """Read 二十四, 十五, 两百, 一百二十 … up to 999."""
    if not written or any(c not in _DIGITS and c not in "十百" for c in written):
        return None
    if not any(c in "十百" for c in written):
        return float("".join(str(_DIGITS[c]) for c in written))
    hundreds, _, rest = written.rpartition("百")
    total = 100 * (_DIGITS.get(hundreds, 1) if "百" in written else 0)
    rest = rest.lstrip("零")
    tens, ten, ones = rest.rpartition("十")
    if ten:
        total += 10 * (_DIGITS.get(tens, 1) if tens else 1)
    return float(total + (_DIGITS.get(ones, 0) if ones else 0))
