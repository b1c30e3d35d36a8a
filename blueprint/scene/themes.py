"""The themes that ship, how a user's own theme is read, and which colours must stand out from which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from blueprint.scene.theme import TOKENS, Theme

LIGHT = Theme(
    "light",
    {
        # paper is warm and a little darker than the cards that lie on it
        "paper": "#fbf9f5", "panel": "#f4f1ea", "card": "#ffffff", "band": "#f7f4ee",
        "grid": "#e5e0d5", "line": "#8d867a", "shade": "#e9e4da",
        "ink": "#1b2230", "ink-soft": "#454d5d", "ink-faint": "#5e6573", "ink-inverse": "#ffffff",
        "stage-1": "#dfe8f1", "stage-2": "#dcebe6", "stage-3": "#e8ecd8", "stage-4": "#f5ead0",
        "stage-5": "#f6e2d6", "stage-6": "#f2dfe4", "stage-7": "#e6e1f0", "stage-8": "#e6e4de",
        "first": "#2a62a6", "complaint": "#b4432c", "high-frequency": "#6a4c9c",
        "high-perception": "#8a6000", "end": "#1d7462",
        "positive": "#23785a", "positive-tint": "#d9ebe0",
        "negative": "#b03a44", "negative-tint": "#f6dfdc",
        "neutral": "#6b655b",
        "curve-1": "#24456f", "curve-2": "#a3417c", "curve-3": "#8a5f0c", "curve-4": "#286f6c",
        "pain": "#a93640", "pain-tint": "#fae9e6", "opportunity": "#1f6d76", "opportunity-tint": "#e0efee",
        "need": "#5d4e98", "metric": "#335f8d", "promise": "#41702f", "evidence": "#70604a",
        "accent": "#2b4c87", "accent-tint": "#e5eaf4",
        "error": "#b02a23", "warning": "#8c5a00", "info": "#2c609c",
        "zone-evidence": "#f6f1e6", "zone-customer": "#e6edf5", "zone-frontstage": "#e6f0eb",
        "zone-backstage": "#f1ebf3", "zone-support": "#efede8",
        "technology": "#4c5c7a", "handoff": "#a84f22", "wait": "#8c5a00",
        "decision": "#5d4e98", "fail": "#b02a23",
        "route": "#525b6c", "route-recovery": "#1d7462",
        "route-loop": "#6a4c9c", "route-abandon": "#a93640",
        "success": "#23785a", "failure": "#a93640",
    },
)  # fmt: skip

DARK = Theme(
    "dark",
    {
        "paper": "#12161e", "panel": "#191e28", "card": "#202632", "band": "#161b24",
        "grid": "#2d3442", "line": "#7c8699", "shade": "#0c0f15",
        "ink": "#eef0f3", "ink-soft": "#bfc5d0", "ink-faint": "#9da5b4", "ink-inverse": "#11151c",
        "stage-1": "#22344a", "stage-2": "#1f3a38", "stage-3": "#303a26", "stage-4": "#3f3621",
        "stage-5": "#43302a", "stage-6": "#402c38", "stage-7": "#342f4c", "stage-8": "#33343a",
        "first": "#7fb2ee", "complaint": "#f48b78", "high-frequency": "#bda3ea",
        "high-perception": "#e5c45e", "end": "#6fcab0",
        "positive": "#72c9a0", "positive-tint": "#1d3a30",
        "negative": "#f0919a", "negative-tint": "#43272d",
        "neutral": "#a5a9b1",
        "curve-1": "#9cc2f2", "curve-2": "#eba0cd", "curve-3": "#e3b95a", "curve-4": "#7fd0cb",
        "pain": "#f0919a", "pain-tint": "#38242a", "opportunity": "#79c7cf", "opportunity-tint": "#1d3338",
        "need": "#bcaef0", "metric": "#93bdec", "promise": "#a5cf8c", "evidence": "#d0bd9f",
        "accent": "#9bb9f0", "accent-tint": "#243149",
        "error": "#f5938c", "warning": "#e6b45c", "info": "#8bbcf2",
        "zone-evidence": "#26241f", "zone-customer": "#1c2735", "zone-frontstage": "#1a2a28",
        "zone-backstage": "#282332", "zone-support": "#222429",
        "technology": "#a9b9da", "handoff": "#f0a576", "wait": "#e6b45c",
        "decision": "#bcaef0", "fail": "#f5938c",
        "route": "#b0b8c6", "route-recovery": "#6fcab0",
        "route-loop": "#bda3ea", "route-abandon": "#f0919a",
        "success": "#72c9a0", "failure": "#f0919a",
    },
    dark=True,
)  # fmt: skip

PRINT = Theme(
    "print",
    {
        # white paper, no large dark fills; every marker is dark enough to survive a black-and-white printer
        "paper": "#ffffff", "panel": "#f6f6f6", "card": "#ffffff", "band": "#fafafa",
        "grid": "#d9d9d9", "line": "#767676", "shade": "#e4e4e4",
        "ink": "#000000", "ink-soft": "#333333", "ink-faint": "#555555", "ink-inverse": "#ffffff",
        "stage-1": "#e9eef2", "stage-2": "#f4f4f4", "stage-3": "#e9eef2", "stage-4": "#f4f4f4",
        "stage-5": "#e9eef2", "stage-6": "#f4f4f4", "stage-7": "#e9eef2", "stage-8": "#f4f4f4",
        "first": "#1b4a80", "complaint": "#8c2a17", "high-frequency": "#4e3479",
        "high-perception": "#654500", "end": "#0d5346",
        "positive": "#0f5940", "positive-tint": "#eaf3ee",
        "negative": "#861f2a", "negative-tint": "#efe0e0",
        "neutral": "#595959",
        "curve-1": "#111111", "curve-2": "#7a2459", "curve-3": "#654500", "curve-4": "#0f5957",
        "pain": "#861f2a", "pain-tint": "#f3eaea", "opportunity": "#0f5059", "opportunity-tint": "#eaf2f2",
        "need": "#443577", "metric": "#1f4569", "promise": "#2b521c", "evidence": "#4f4331",
        "accent": "#1d3766", "accent-tint": "#e9edf4",
        "error": "#8c1a14", "warning": "#654200", "info": "#1d4776",
        "zone-evidence": "#ffffff", "zone-customer": "#f4f4f4", "zone-frontstage": "#ffffff",
        "zone-backstage": "#f4f4f4", "zone-support": "#ececec",
        "technology": "#36435a", "handoff": "#7d3512", "wait": "#654200",
        "decision": "#443577", "fail": "#8c1a14",
        "route": "#333333", "route-recovery": "#0d5346",
        "route-loop": "#4e3479", "route-abandon": "#861f2a",
        "success": "#0f5940", "failure": "#861f2a",
    },
    patterns=True,
)  # fmt: skip

THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK, PRINT)}

_STAGES = tuple(f"stage-{place}" for place in range(1, 9))
_ZONES = tuple(token for token in TOKENS if token.startswith("zone-"))
_TINTS = tuple(token for token in TOKENS if token.endswith("-tint"))
SURFACES = ("paper", "panel", "card", "band", *_STAGES, *_ZONES, *_TINTS)
"""What text may stand on."""
MARKS = (
    "first", "complaint", "high-frequency", "high-perception", "end", "positive", "negative", "neutral",
    "curve-1", "curve-2", "curve-3", "curve-4", "pain",
    "opportunity", "need", "metric", "promise", "evidence",
    "accent", "error", "warning", "info", "technology", "handoff", "wait", "decision", "fail",
    "route", "route-recovery", "route-loop", "route-abandon", "success", "failure",
)  # fmt: skip
"""Colours with a meaning: they draw marks and lines, and name them in small text."""


class Pair(NamedTuple):
    """A foreground on a background, and the contrast they need (WCAG 2.2: 4.5 for text, 3 for lines)."""

    front: str
    back: str
    least: float


def pairs() -> Iterator[Pair]:
    """Yield every pair of tokens that a drawing may lay upon each other."""
    for back in SURFACES:
        for ink in ("ink", "ink-soft", "ink-faint"):
            yield Pair(ink, back, 4.5)
    for mark in MARKS:
        for back in ("paper", "panel", "card", "band", *_ZONES):
            yield Pair(mark, back, 4.5)
        for back in (*_STAGES, *_TINTS):
            yield Pair(mark, back, 3.0)
        yield Pair("ink-inverse", mark, 4.5)
    for back in ("ink", "ink-soft"):
        yield Pair("ink-inverse", back, 4.5)
    for back in ("paper", "panel", "card", "band"):
        yield Pair("line", back, 3.0)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours (`#rrggbb`) from 1 to 21, after WCAG 2.2."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faint_pairs(theme: Theme) -> list[tuple[Pair, float]]:
    """Return the pairs of a theme with too little contrast, each with the contrast it has."""
    found = ((pair, contrast(theme.colors[pair.front], theme.colors[pair.back])) for pair in pairs())
    return [(pair, ratio) for pair, ratio in found if ratio < pair.least]


def _luminance(color: str) -> float:
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class ThemeProblem(NamedTuple):
    """What is wrong at one key of a theme file, in the languages of the program."""

    loc: tuple[str, ...]
    en: str
    zh: str


class ThemeError(ValueError):
    """A theme file that cannot be used; `problems` says everything that is wrong with it."""

    def __init__(self, problems: tuple[ThemeProblem, ...]) -> None:
        super().__init__(
            "; ".join(f"{'.'.join(problem.loc) or 'theme'}: {problem.en}" for problem in problems)
        )
        self.problems = problems


_COLOR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_KEYS = ("name", "base", "colors", "patterns", "dark")


def load_theme(data: object, *, name: str = "custom") -> Theme:
    """Make a theme of a user's mapping: a shipped `base`, some `colors` over it.

    Args:
        data: What the theme file says: `base` (light, dark or print), `colors` (token to `#rrggbb`), and
            optionally `name`, `patterns` and `dark`.
        name: The theme's name where the file gives none.

    Raises:
        ThemeError: With every problem of the file, each at its key.
    """
    if not isinstance(data, Mapping):
        raise ThemeError((ThemeProblem((), "must be a mapping with colors", "必须是含有 colors 的映射"),))
    problems = [_unknown((str(key),), str(key), _KEYS) for key in data if key not in _KEYS]
    base = data.get("base", "light")
    if not isinstance(base, str) or base not in THEMES:
        problems.append(_unknown(("base",), str(base), tuple(THEMES)))
        base = "light"
    colors = {} if data.get("colors") is None else data["colors"]
    if not isinstance(colors, Mapping):
        problems.append(ThemeProblem(("colors",), "must map tokens to colours", "必须把颜色名对应到颜色"))
        colors = {}
    chosen = dict(THEMES[base].colors)
    for token, color in colors.items():
        if token not in chosen:
            problems.append(_unknown(("colors", str(token)), str(token), TOKENS))
        elif not isinstance(color, str) or not _COLOR.fullmatch(color):
            problems.append(
                ThemeProblem(
                    ("colors", token),
                    f'{color!r} is not a colour: write it in quotes as "#rrggbb"',
                    f'{color!r} 不是颜色：请加引号写成 "#rrggbb"',
                )
            )
        else:
            chosen[token] = _six_digits(color)
    flags = {key: data.get(key, getattr(THEMES[base], key)) for key in ("patterns", "dark")}
    problems.extend(
        ThemeProblem((key,), "must be true or false", "必须是 true 或 false")
        for key, value in flags.items()
        if not isinstance(value, bool)
    )
    if not isinstance(data.get("name", name), str):
        problems.append(ThemeProblem(("name",), "must be text", "必须是文字"))
    if problems:
        raise ThemeError(tuple(problems))
    return Theme(str(data.get("name", name)), chosen, patterns=flags["patterns"], dark=flags["dark"])


def _six_digits(color: str) -> str:
    color = color.lower()
    return color if len(color) == 7 else "#" + "".join(digit * 2 for digit in color[1:])


def _unknown(loc: tuple[str, ...], word: str, known: tuple[str, ...]) -> ThemeProblem:
    near = get_close_matches(word, known, n=1)
    hint = (f", did you mean {near[0]}?", f"，是否想写 {near[0]}？") if near else ("", "")
    choice = ", ".join(known[:8]) + (" …" if len(known) > 8 else "")
    return ThemeProblem(
        loc,
        f"{word!r} is not known (there are {choice}){hint[0]}",
        f"没有 {word!r}（可用 {choice}）{hint[1]}",
    )
