"""How messages write figures, ids and lists, the same in every rule."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from blueprint.diagnostic import Message

SHOWN = 5
"""How many members of a list a message names before it says "and n more"."""


def number(value: float) -> str:
    """Write a figure with at most two decimals and a true minus: 1.5, −0.25, 3."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    if text in {"-0", "0"} and value and abs(value) < 0.005:
        text = f"{value:.1g}"
    return ("0" if text == "-0" else text).replace("-", "−")


def percent(share: float) -> str:
    """Write a share as a percentage with at most one decimal: 82%, 0.5%."""
    return f"{number(round(share * 100, 1))}%"


def duration(seconds: float, language: str = "en") -> str:
    """Write seconds in the two largest units that say something: 2h 30m, 3d, 45s; 2小时30分钟."""
    units = (("d", "天", 86400), ("h", "小时", 3600), ("m", "分钟", 60), ("s", "秒", 1))
    left = round(abs(seconds))
    parts: list[str] = []
    for en, zh, size in units:
        count, left = divmod(left, size)
        if count and len(parts) < 2:
            parts.append(f"{count}{en if language == 'en' else zh}")
        elif parts:
            break
    sign = "−" if seconds < 0 and parts else ""
    return sign + ((" " if language == "en" else "").join(parts) or ("0s" if language == "en" else "0秒"))


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


def meant(wrong: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to a wrong one, if any is near enough to be meant."""
    near = get_close_matches(wrong, sorted(set(known)), n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(wrong: str, known: Iterable[str], otherwise: Message) -> Message:
    """Suggest the nearest known name, or give the other advice."""
    near = meant(wrong, known)
    if near is None:
        return otherwise
    return Message(f"did you mean `{near}`?", f"是否想写 `{near}`？")
