"""How messages write figures, ids and lists, the same in every rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher, get_close_matches

from blueprint.diagnostic import Message
from blueprint.figures import duration

SHOWN = 5
"""How many members of a list a message names before it says "and n more"."""


def both(en: str, zh: str) -> Message:
    """Make a message; shorter than the name."""
    return Message(en, zh)


def ids(names: Iterable[str], language: str = "en") -> str:
    """List ids in backquotes, the first few of them."""
    every = [f"`{name}`" for name in names]
    comma, more = (", ", " and {} more") if language == "en" else ("、", " 等另外 {} 个")
    if len(every) <= SHOWN + 1:
        return comma.join(every)
    return comma.join(every[:SHOWN]) + more.format(len(every) - SHOWN)


def on_clock(seconds: float, clock: str) -> Message:
    """Write a length of time, and on which clock it runs where that is not the calendar's."""
    en, zh = duration(seconds), duration(seconds, "zh")
    return (
        Message(f"{en} on the business clock", f"{zh}（营业时间）") if clock == "business" else both(en, zh)
    )


def months_between(earlier: date, later: date) -> int:
    """Count the whole months from one date to a later one; below 0 where it is not later."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def meant(wrong: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to a wrong one, if any is near enough to be meant."""
    near = get_close_matches(wrong, sorted(set(known)), n=8, cutoff=0.6)

    def likeness(name: str) -> tuple[float, int]:
        # Of names equally like it, the one with the most characters in the same place: EX1O1 is EX101.
        return SequenceMatcher(None, name, wrong).ratio(), sum(
            a == b for a, b in zip(name, wrong, strict=False)
        )

    return max(sorted(near), key=likeness, default=None)


def did_you_mean(wrong: str, known: Iterable[str], otherwise: Message) -> Message:
    """Suggest the nearest known name, or give the other advice."""
    near = meant(wrong, known)
    if near is None:
        return otherwise
    return Message(f"did you mean `{near}`?", f"是否想写 `{near}`？")
