"""How figures are written for people: the same in findings and in reports."""

from __future__ import annotations

from math import floor


def rounded(value: float, digits: int) -> str:
    """Write a figure with at most so many decimals and a true minus: 1.5, −0.25, 3."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def number(value: float) -> str:
    """Write a figure with at most two decimals; of a smaller one the first digit that is not 0."""
    text = rounded(value, 2)
    if text == "0" and value and abs(value) < 0.005:
        return f"{value:.1g}".replace("-", "−")
    return text


def percent(share: float) -> str:
    """Write a share as a percentage with at most one decimal: 82%, 0.5%, <0.1%."""
    if 0 < share < 0.0005:
        return "<0.1%"
    if 0.9995 < share < 1:
        return ">99.9%"
    # Halves go up, whatever the last bit of a sum says: two shares that are equal must look equal.
    return f"{number(floor(share * 1000 + 0.5 + 1e-9) / 10)}%"


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


def signed(value: float) -> str:
    """Write a figure with its sign: +1.5, −0.25, 0."""
    text = number(value)
    return f"+{text}" if value > 0 and text != "0" else text
