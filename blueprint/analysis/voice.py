"""The voice of the customer: what is said unasked, by channel and theme (S001 VOC, S004 舆情监测).

Counts arrive coded; nothing here reads words. Shares have Wilson's interval. A theme jumps where its share
of the last period lies above that of the period before by Fisher's exact test, after Holm over the themes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, NamedTuple

from blueprint.analysis.monitoring import holm
from blueprint.analysis.proportion import wilson
from blueprint.analysis.trials import Difference, share_difference
from blueprint.diagnostic import Message
from blueprint.model.feedback import Voice
from blueprint.model.journey import Journey
from blueprint.model.sheet import Sheet

ALARM = 0.05
SENTIMENTS = ("negative", "neutral", "positive")


class Said(NamedTuple):
    """One count."""

    channel: str
    theme: str | None
    sentiment: str | None
    date: Date | None
    n: int


@dataclass(frozen=True, slots=True)
class Jump:
    """A theme or a sentiment in the last period, held against the one before."""

    what: str
    now: int
    before: int
    change: Difference
    """Of its share of all that was said."""
    p_holm: float

    @property
    def alarm(self) -> bool:
        """Whether it is heard more than by chance."""
        return self.p_holm < ALARM and self.change.value > 0


class Jumps(NamedTuple):
    """What is heard more or less than in the period before."""

    period: Date
    against: Date
    n: int
    n_before: int
    changes: tuple[Jump, ...]
    """Those that rose most first."""


def heard(voice: Voice, sheets: Mapping[str, Sheet]) -> list[Said] | Message:
    """Return the counts of a voice, from the document or from its table."""
    if voice.data is None:
        return [Said(it.channel, it.theme, it.sentiment, it.date, it.n) for it in voice.feedback]
    sheet = sheets.get(voice.data)
    if sheet is None:
        return Message("the table could not be read", "无法读取表格")
    if lacking := [name for name in ("channel", "n") if name not in sheet.columns]:
        return Message(f"the table has no column `{lacking[0]}`", f"表格没有 `{lacking[0]}` 列")
    blank = ("",) * sheet.rows
    columns = [sheet.columns.get(name, blank) for name in ("channel", "theme", "sentiment", "date", "n")]
    found = []
    for row, (channel, theme, sentiment, date, n) in enumerate(zip(*columns, strict=True), 1):
        try:
            day = Date.fromisoformat(date) if date else None
        except ValueError:
            return Message(f"row {row}: `{date}` is no date", f"第 {row} 行：`{date}` 不是日期")
        if not (n.isascii() and n.isdigit()) or (sentiment and sentiment not in SENTIMENTS):
            return Message(
                f"row {row} holds no count, or a sentiment that is not negative, neutral or positive",
                f"第 {row} 行的次数不是整数，或情感不是 negative、neutral、positive",
            )
        found.append(Said(channel, theme or None, sentiment or None, day, int(n)))
    return found


def jumps(said: Sequence[Said], by: str) -> Jumps | None:
    """Hold the last period against the one before; None without two dated periods with counts.

    Args:
        said: the counts.
        by: `theme` or `sentiment`.
    """
    coded = [it for it in said if it.date is not None and getattr(it, by) is not None]
    days = sorted({it.date for it in coded if it.date is not None})
    if len(days) < 2:
        return None
    now = _counted((getattr(it, by), it.n) for it in coded if it.date == days[-1])
    before = _counted((getattr(it, by), it.n) for it in coded if it.date == days[-2])
    n, m = sum(now.values()), sum(before.values())
    if not n or not m:
        return None
    names = list(dict.fromkeys([*now, *before]))
    changes = {it: share_difference(now.get(it, 0), n, before.get(it, 0), m) for it in names}
    adjusted = holm({it: change.p for it, change in changes.items()})
    rows = [Jump(it, now.get(it, 0), before.get(it, 0), changes[it], adjusted[it]) for it in names]
    rows.sort(key=lambda row: -row.change.value)
    return Jumps(days[-1], days[-2], n, m, tuple(rows))


def unheard(journey: Journey, said: Iterable[Said]) -> tuple[str, ...]:
    """Return touchpoints from which nothing is heard: no survey, and no count from their channel."""
    channels = {it.channel.casefold() for it in said if it.n}
    return tuple(
        name
        for name, point in journey.touchpoints.items()
        if point.channel is not None and not point.surveys and point.channel.casefold() not in channels
    )


def told(journey: Journey, sheets: Mapping[str, Sheet]) -> dict[str, Any] | None:
    """Return the `voice` key of the analysis as plain data; None where nothing is counted."""
    if journey.voice is None:
        return None
    said = heard(journey.voice, sheets)
    empty: dict[str, Any] = {"n": None, "channels": {}, "themes": {}, "sentiments": {}, "by_channel": {}}
    empty |= {"jumps": {"theme": None, "sentiment": None}, "alarms": [], "unheard": []}
    if isinstance(said, Message):
        return empty | {"reason": said}
    total = sum(it.n for it in said)
    if not total:
        return empty | {"n": 0, "reason": Message("nothing was counted", "没有任何计数")}
    found = {by: jumps(said, by) for by in ("theme", "sentiment")}
    return {
        "n": total,
        "channels": _shares((it.channel, it.n) for it in said),
        "themes": _shares((it.theme, it.n) for it in said),
        "sentiments": _shares((it.sentiment, it.n) for it in said),
        "by_channel": {
            channel: _shares((it.sentiment, it.n) for it in said if it.channel == channel)
            for channel in dict.fromkeys(it.channel for it in said)
        },
        "jumps": {by: _jumps(it) for by, it in found.items()},
        "alarms": [
            row.what
            for by, it in found.items()
            for row in (it.changes if it else ())
            if row.alarm and (by == "theme" or row.what == "negative")
        ],
        "unheard": list(unheard(journey, said)),
        "reason": None,
    }


def _counted(counts: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, n in counts:
        if name is not None:
            found[name] = found.get(name, 0) + n
    return found


def _shares(counts: Iterable[tuple[str | None, int]]) -> dict[str, Any]:
    """Return each with its share of all that is coded, most first."""
    found = _counted(counts)
    total = sum(found.values())
    told = {}
    for name, n in sorted(found.items(), key=lambda it: (-it[1], it[0])):
        interval = wilson(n, total)
        if interval is not None:
            told[name] = {"n": n, "share": n / total, "interval": list(interval)}
    return told


def _jumps(found: Jumps | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "period": found.period.isoformat(),
        "against": found.against.isoformat(),
        "n": found.n,
        "n_before": found.n_before,
        "changes": [
            {
                "what": row.what,
                "now": row.now,
                "before": row.before,
                "difference": row.change.value,
                "interval": list(row.change.interval),
                "p_holm": row.p_holm,
                "alarm": row.alarm,
            }
            for row in found.changes
        ],
    }
