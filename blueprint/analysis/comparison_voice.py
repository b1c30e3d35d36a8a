"""How a comparison speaks: figures, ids and words of a document, for one reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from blueprint.analysis.compared import Compared
from blueprint.analysis.comparison import currencies
from blueprint.analysis.comparison_results import FigureChange
from blueprint.analysis.comparison_words import FIGURES
from blueprint.figures import duration, number, percent, signed
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.model.values import Text

LONG = 72
"""Longer texts of a document are cut, characters."""
FEW = 4
"""How many of several things are listed before the rest is counted."""


class Voice:
    """Writes the figures and names of one document.

    Args:
        compared: The document.
        language: The reader's.
        quote: Makes words of a document harmless, and sets them apart.
        code: Makes an id harmless, and sets it apart.
        few: How many names are listed before the rest is counted.
    """

    def __init__(
        self,
        compared: Compared,
        language: str,
        quote: Callable[[str], str] = "“{}”".format,
        code: Callable[[str], str] = "`{}`".format,
        few: int = FEW,
    ) -> None:
        self.compared = compared
        self.language = "zh" if language.split("-")[0].lower() == "zh" else "en"
        self.quote, self.code, self.few = quote, code, few
        model = compared.version.model
        self.fallback = getattr(model, "language", "en")
        self.neutral = model.neutral_emotion if isinstance(model, Journey) else 0.0
        self.currency = next(iter(sorted(currencies(model))), "") if isinstance(model, Journey) else ""

    def say(self, en: str, zh: str) -> str:
        """Return one of two ways to say the same."""
        return zh if self.language == "zh" else en

    def text(self, text: Text | None) -> str:
        """Return a text of the document as this reader gets it."""
        return "" if text is None else text.pick(self.language, self.fallback)

    @property
    def comma(self) -> str:
        """What stands between the members of a list."""
        return self.say(", ", "、")

    # -- figures ---------------------------------------------------------------------------------------

    def figure(self, name: str) -> str:
        """Return the name of a figure."""
        blueprint = isinstance(self.compared.version.model, ServiceBlueprint)
        known = FIGURES.get(f"{name}-blueprint") if blueprint else None
        return (known or FIGURES[name]).pick(self.language)

    def value(self, figure: FigureChange, value: float | None) -> str:
        """Write a figure in its unit."""
        if value is None:
            return self.say("none", "无")
        match figure.unit:
            case "emotion":
                return signed(value) if self.neutral == 0 else number(value)
            case "share":
                return percent(value)
            case "seconds":
                return duration(value, self.language)
            case "money":
                return f"{value:,.0f} {self.currency}".strip()
            case _:
                return number(value)

    def delta(self, figure: FigureChange, delta: float | None) -> str:
        """Write how far a figure moved, or what a cause did to it."""
        if delta is None:
            return "–"
        match figure.unit:
            case "share":
                points = round(delta * 100, 1)
                unit = " point" if abs(points) == 1 else " points"
                return signed(points) + self.say(unit, " 个百分点") if points else "0"
            case "seconds":
                return ("+" if delta > 0 else "") + duration(delta, self.language) if round(delta) else "0"
            case "money":
                return f"{delta:+,.0f} {self.currency}".strip().replace("-", "−")
            case _:
                return signed(delta)

    def worth(self, figure: FigureChange) -> bool:
        """Whether a figure moved as far as can be seen in the way it is written."""
        if figure.delta is None:
            return figure.before != figure.after
        least = {"share": 0.0005, "seconds": 0.5, "money": 0.5}.get(figure.unit, 0.005)
        return abs(figure.delta) >= least or figure.regressed

    def arrow(self, figure: FigureChange) -> str:
        """Return which way a figure went, and whether that is good: a word, never colour alone."""
        if not figure.delta:
            return "=" if figure.delta is not None else "?"
        way = "↑" if figure.delta > 0 else "↓"
        if not figure.better:
            return way
        return f"{way} " + (self.say("worse", "变差") if figure.worse else self.say("better", "变好"))

    def names(self, ids: Sequence[str]) -> str:
        """List ids, the first few of them."""
        shown = self.comma.join(self.code(id) for id in ids[: self.few])
        more = len(ids) - self.few
        return shown + (self.say(f" and {more} more", f" 等 {len(ids)} 个") if more > 0 else "")


def cut(text: str) -> str:
    """Return a text on one line, and not more of it than is needed to know it."""
    folded = " ".join(text.split())
    return folded if len(folded) <= LONG else folded[: LONG - 1].rstrip() + "…"
