"""The small values every document is made of: ids, texts, durations, money, shares, scores."""

import re
from datetime import date as Date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
Loc = tuple[str | int, ...]
"""A path into a document: ("stages", 0, "touchpoints", 2, "emotion")."""


class Element(BaseModel):
    """Base of everything a document contains: frozen, closed to unknown keys except `x-…`."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        allow_inf_nan=False,
        json_schema_extra={"patternProperties": {"^x-": {}}},
    )


Id = Annotated[str, Field(pattern=ID_PATTERN)]
"""kebab-case, up to 64 characters."""

Number = Annotated[float, Field(strict=True)]
"""A whole or decimal number; never a boolean, never text."""

Whole = Annotated[int, Field(strict=True)]
Rating10 = Annotated[int, Field(strict=True, ge=1, le=10)]
Rating5 = Annotated[int, Field(strict=True, ge=1, le=5)]
Flag = Annotated[bool, Field(strict=True)]
Words = Annotated[str, Field(min_length=1)]
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]


class Text(RootModel[Words | Annotated[dict[Language, Words], Field(min_length=1)]]):
    """Words in one language, or the same words in several: `Opens the parcel` or `{en: …, zh: …}`."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    def pick(self, *languages: str) -> str:
        """Return the words in the first language that is there, else the first written.

        `zh` finds `zh-Hant` and the other way round, so that a near language beats a far one.
        """
        if isinstance(self.root, str):
            return self.root
        for wanted in languages:
            if wanted in self.root:
                return self.root[wanted]
            near = wanted.split("-")[0].lower()
            for language, words in self.root.items():
                if language.split("-")[0].lower() == near:
                    return words
        return next(iter(self.root.values()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages written out; empty for a plain string."""
        return () if isinstance(self.root, str) else tuple(self.root)

    def __hash__(self) -> int:
        return hash(self.root if isinstance(self.root, str) else tuple(self.root.items()))


_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)")
_SHORT = re.compile(r"\s*(?:\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)\s*)+")
_ISO = re.compile(
    r"P(?=.)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?=.)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)


def seconds(written: Any) -> float:
    """Read `90s`, `2h 30m`, `3d` or ISO 8601 (`PT2H30M`) as seconds; a day is 24 h, a week 7 days."""
    if isinstance(written, str) and len(written) <= 64 and (found := _read_seconds(written)) is not None:
        return found
    if written == 0 and not isinstance(written, bool):
        return 0.0
    raise PydanticCustomError("duration", "not a duration", {"written": str(written)})


@lru_cache(1024)  # The same few durations are written again and again.
def _read_seconds(written: str) -> float | None:
    if _SHORT.fullmatch(written):
        return float(sum(float(n) * _UNITS[unit] for n, unit in _PART.findall(written)))
    if match := _ISO.fullmatch(written.strip()):
        scale = (604800, 86400, 3600, 60, 1)
        return float(sum(float(n) * s for n, s in zip(match.groups(), scale, strict=True) if n))
    return None


Duration = Annotated[
    float,
    BeforeValidator(seconds),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\s*(\d+(\.\d+)?\s*(ms|s|m|h|d|w)\s*)+$"},
                {"type": "string", "pattern": r"^P(?=.)"},
                {"const": 0},
            ],
            "examples": ["90s", "5m", "2h 30m", "3d", "PT2H30M"],
        }
    ),
]
"""Seconds. Written `90s`, `5m`, `2h 30m`, `3d`, `2w` or in ISO 8601."""


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(written: Any) -> Any:
    if isinstance(written, Date):
        return written
    try:
        if isinstance(written, str) and _DAY.fullmatch(written):
            return Date.fromisoformat(written)
    except ValueError:
        pass
    raise PydanticCustomError("day", "not a date", {"written": str(written)})


Day = Annotated[
    Date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]
"""A calendar date, written 2026-11-22; never a number of seconds."""


class Money(Element):
    """An amount in a currency: `340 CNY` or `{amount: 340, currency: CNY}`."""

    amount: Number
    """How much."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    """The currency's three capital letters: CNY, EUR, USD."""


_MONEY = re.compile(r"\s*(-?[\d,]*\.?\d+)\s*([A-Za-z]{3})\s*|\s*([A-Za-z]{3})\s*(-?[\d,]*\.?\d+)\s*")


def _money(written: Any) -> Any:
    if isinstance(written, (dict, Money)):
        return written
    if isinstance(written, str) and len(written) <= 64 and (match := _MONEY.fullmatch(written)):
        amount, currency = match[1] or match[4], match[2] or match[3]
        return {"amount": float(amount.replace(",", "")), "currency": currency.upper()}
    raise PydanticCustomError("money", "not an amount of money", {"written": str(written)})


_MONEY_SCHEMA = r"^\s*(-?[\d,]*\.?\d+\s*[A-Za-z]{3}|[A-Za-z]{3}\s*-?[\d,]*\.?\d+)\s*$"
Cash = Annotated[
    Money,
    BeforeValidator(_money, json_schema_input_type=Annotated[str, Field(pattern=_MONEY_SCHEMA)] | Money),
]
"""Money, written `340 CNY` or `{amount: 340, currency: CNY}`."""


def _share(written: Any) -> Any:
    if isinstance(written, str) and (match := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*%\s*", written)):
        return float(match[1]) / 100
    return written


Share = Annotated[
    float,
    Field(strict=True, ge=0, le=1),
    BeforeValidator(
        _share,
        json_schema_input_type=Annotated[float, Field(ge=0, le=1)]
        | Annotated[str, Field(pattern=r"^\s*0*(100(\.0+)?|\d{1,2}(\.\d+)?)\s*%\s*$")],
    ),
]
"""A part of a whole in [0, 1]; `80%` is read as 0.8."""


class Quantity(Element):
    """A figure as it was written: `0.91`, `91%` or `4.2`."""

    value: Number
    percent: Flag = False

    @property
    def number(self) -> float:
        """The figure itself; 91% is 0.91."""
        return self.value / 100 if self.percent else self.value


def _quantity(written: Any) -> Any:
    if isinstance(written, str) and (m := re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*%\s*", written)):
        return {"value": float(m[1]), "percent": True}
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        return {"value": written}
    if isinstance(written, Quantity):
        return written
    raise PydanticCustomError("quantity", "not a number or a percentage", {"written": str(written)})


Figure = Annotated[
    Quantity,
    BeforeValidator(
        _quantity,
        json_schema_input_type=float | Annotated[str, Field(pattern=r"^\s*-?\d+(\.\d+)?\s*%\s*$")],
    ),
]


class Score(Element):
    """How a touchpoint feels, on the journey's emotion scale: assumed (a number) or measured."""

    mean: Number
    """The score itself, on the journey's emotion scale."""
    sd: Annotated[float, Field(strict=True, ge=0)] | None = None
    """Standard deviation between customers."""
    n: Annotated[int, Field(strict=True, ge=1)] | None = None
    """How many customers were asked or observed."""
    source: Text | None = None
    """Where the figure comes from."""
    date: Day | None = None
    """When it was measured."""

    @property
    def measured(self) -> bool:
        """Whether somebody was asked: a sample size or a source is named."""
        return self.n is not None or self.source is not None

    @property
    def standard_error(self) -> float | None:
        """sd/√n, where both are given."""
        return None if self.sd is None or self.n is None else self.sd / self.n**0.5


def _score(written: Any) -> Any:
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        return {"mean": written}
    if isinstance(written, (dict, Score)):
        return written
    raise PydanticCustomError("emotion", "not an emotion score", {"written": str(written)})


Emotion = Annotated[Score, BeforeValidator(_score, json_schema_input_type=float | Score)]

Operator = Literal[">=", "<=", ">", "<"]
_BUDGET = re.compile(r"\s*(>=|<=|≥|≤|>|<)\s*(\S.*?)\s*")
_SIGNS: dict[str, Operator] = {"≥": ">=", "≤": "<=", ">=": ">=", "<=": "<=", ">": ">", "<": "<"}


class Budget(Element):
    """A promise about a figure: `>= 0.5`, `>= 80%`, `<= 3d`."""

    operator: Operator
    limit: Number
    unit: Literal["", "%", "s"] = ""
    written: Words

    @model_validator(mode="before")
    @classmethod
    def _read(cls, written: Any) -> Any:
        if isinstance(written, dict):
            return written
        match = _BUDGET.fullmatch(written) if isinstance(written, str) and len(written) < 64 else None
        if match is None:
            raise PydanticCustomError("budget", "not a budget", {"written": str(written)})
        base = {"operator": _SIGNS[match[1]], "written": written.strip()}
        if number := re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*(%?)", match[2]):
            return base | {
                "limit": float(number[1]) / (100 if number[2] else 1),
                "unit": number[2],
            }
        try:
            return base | {"limit": seconds(match[2]), "unit": "s"}
        except PydanticCustomError:
            raise PydanticCustomError("budget", "not a budget", {"written": written}) from None

    def holds(self, figure: float) -> bool:
        """Whether the figure keeps the promise; equality within 1e-9 counts as kept by >= and <=."""
        match self.operator:
            case ">=":
                return figure >= self.limit - 1e-9
            case "<=":
                return figure <= self.limit + 1e-9
            case ">":
                return figure > self.limit
            case "<":
                return figure < self.limit


def _written_budget(written: Any) -> Any:
    if isinstance(written, (str, Budget)):
        return written
    raise PydanticCustomError("budget", "not a budget", {"written": str(written)})


WrittenBudget = Annotated[
    Budget,
    BeforeValidator(
        _written_budget,
        json_schema_input_type=Annotated[
            str,
            Field(
                pattern=r"^\s*(>=|<=|≥|≤|>|<)\s*(-?\d+(\.\d+)?\s*%?|(\d+(\.\d+)?\s*(ms|s|m|h|d|w)\s*)+|P.+)\s*$",
                examples=[">= 0.5", ">= 80%", "<= 3d"],
            ),
        ],
    ),
]
"""A budget as a document has it: always text."""


def several(written: Any) -> Any:
    """Accept one thing where a list of things is meant."""
    return [written] if isinstance(written, (str, dict)) else written


Ids = Annotated[tuple[Id, ...], BeforeValidator(several, json_schema_input_type=Id | tuple[Id, ...])]
"""One id or a list of them."""

Style = Literal["driver", "talker", "steady", "analyst"]
"""How somebody likes to be spoken to."""
