"""Marks that customers get by their figures: rules over the columns of a table (S000, S004: 智能标签).

A rule is a list of conditions, each a column and what must stand in it, such as `>= 12` or `= vip`. It is
read by the few forms written here, never run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from blueprint.analysis.proportion import wilson
from blueprint.diagnostic import ExplainedError, Message
from blueprint.model.customers import Tag

_FORM = re.compile(r"\s*(>=|<=|!=|>|<|=|≥|≤)\s*(\S.*?)\s*")


class UnfitTagError(ExplainedError):
    """A rule asks for a column that is not there, or compares what is no figure."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """How many customers have a mark."""

    n: int
    """Rows that could be judged."""
    has: int
    unknown: int
    """Rows in which a cell that decides is empty."""


def holds(condition: str, cell: str) -> bool | None:
    """Say whether a cell fulfils a condition; None where the cell is empty.

    Words are compared without regard to case; sizes only between figures.

    Raises:
        UnfitTagError: the condition has no known form, or sizes are asked of something that is no figure.
    """
    match = _FORM.fullmatch(condition)
    if match is None:
        raise UnfitTagError(f"`{condition}` is no condition", f"`{condition}` 不是条件")
    sign, wanted, seen = match[1].replace("≥", ">=").replace("≤", "<="), match[2], cell.strip()
    if not seen:
        return None
    left, right = _figure(seen), _figure(wanted)
    if sign in ("=", "!="):
        same = seen.casefold() == wanted.casefold() if left is None or right is None else left == right
        return same == (sign == "=")
    if left is None or right is None:
        wrong = cell if left is None else wanted
        raise UnfitTagError(f"`{wrong}` is no figure", f"`{wrong}` 不是数字")
    return {">=": left >= right, "<=": left <= right, ">": left > right, "<": left < right}[sign]


def _figure(text: str) -> float | None:
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        return None
    value = float(text)
    return value if isfinite(value) else None


def judged(tag: Tag, row: Mapping[str, str]) -> bool | None:
    """Say whether a customer has a mark: all conditions of any alternative; None where nobody can tell.

    As in logic with unknowns: one known False settles an alternative, one known True settles the mark.

    Raises:
        UnfitTagError: a column is not there, or compares what is no figure.
    """
    open_ = False
    for alternative in tag.when:
        answers = []
        for column, condition in alternative.items():
            if column not in row:
                raise UnfitTagError(f"the table has no column `{column}`", f"表格没有 `{column}` 列")
            answers.append(holds(condition, row[column]))
        if all(answers):
            return True
        open_ = open_ or False not in answers
    return None if open_ else False


def count(tag: Tag, columns: Mapping[str, Sequence[str]]) -> Tagged:
    """Count the rows of a table that have a mark.

    Raises:
        UnfitTagError: a column is not there, or compares what is no figure.
    """
    needed = dict.fromkeys(name for alternative in tag.when for name in alternative)
    if lacking := [name for name in needed if name not in columns]:
        raise UnfitTagError(f"the table has no column `{lacking[0]}`", f"表格没有 `{lacking[0]}` 列")
    answers = [
        judged(tag, dict(zip(needed, cells, strict=True)))
        for cells in zip(*(columns[name] for name in needed), strict=True)
    ]
    known = [it for it in answers if it is not None]
    return Tagged(len(known), sum(known), len(answers) - len(known))


def told(
    tags: Mapping[str, Tag], columns: Mapping[str, Sequence[str]] | None
) -> dict[str, dict[str, Any]] | None:
    """Return each mark with how many customers have it; None where there are none."""
    found: dict[str, dict[str, Any]] = {}
    for name, tag in tags.items():
        page: dict[str, Any] = {"has": None, "n": None, "share": None, "interval": None, "unknown": None}
        try:
            if columns is None:
                raise UnfitTagError("there is no table of customers", "没有客户数据表")
            it = count(tag, columns)
        except UnfitTagError as unfit:
            found[name] = page | {"reason": unfit.reason}
            continue
        interval = wilson(it.has, it.n)
        found[name] = {
            "has": it.has,
            "n": it.n,
            "share": it.has / it.n if it.n else None,
            "interval": None if interval is None else list(interval),
            "unknown": it.unknown,
            "reason": None if it.n else Message("no row can be judged", "没有可判断的行"),
        }
    return found or None
