"""What drives satisfaction: how much each driver explains, and where to act first (domain 6.6).

Raw coefficients of correlated drivers mean nothing; the parts of R² that `relative_weights` shares out do.
Importance says nothing without its interval, which comes from samples of the respondents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from blueprint.analysis.proportion import Interval
from blueprint.analysis.relative_weights import johnson, lmg
from blueprint.diagnostic import ExplainedError, Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

EXACT: Final = 12
"""LMG looks at 2^k subsets; beyond twelve drivers Johnson's weights stand in."""
DRAWS: Final = 1000
SEED: Final = 20_260_101
"""Bootstrap draws are the same in every run."""


@dataclass(frozen=True, slots=True)
class Driver:
    """What one driver explains."""

    name: str
    importance: float
    """Its part of R²; the parts sum to R²."""
    interval: Interval | None
    """Percentile bootstrap over respondents; None where only correlations are known."""


@dataclass(frozen=True, slots=True)
class Importance:
    """What all drivers explain together, and each of them."""

    method: Literal["lmg", "johnson"]
    n: int | None
    r_squared: float
    drivers: tuple[Driver, ...]
    """In the order given."""
    ranked: bool
    """Whether the order by importance may be told: 30 answers or more, and the intervals of the first two
    do not overlap."""


class Unanswerable(ExplainedError):  # noqa: N818 - what the data are, not a fault of the program
    """The data allow no importance: too few rows, a column that never varies, or drivers that coincide."""


def importance(names: Sequence[str], rows: Sequence[Sequence[float]], *, draws: int = DRAWS) -> Importance:
    """Share out R² of the last column over the columns before it.

    Args:
        names: the drivers, in the order of the columns.
        rows: one per respondent: a score per driver, then the outcome.
        draws: bootstrap samples of respondents, at least 1000 for an interval worth telling; 0 for none.

    Raises:
        Unanswerable: the text says why.
    """
    import numpy as np

    k = len(names)
    if not k:
        raise Unanswerable("there are no drivers", "没有驱动因素")
    if any(len(row) != k + 1 for row in rows):
        raise Unanswerable(
            f"every row needs {k + 1} numbers: a score per driver, then the outcome",
            f"每行需要 {k + 1} 个数：每个驱动因素一个评分，最后是结果",
        )
    if len(rows) < k + 2:
        raise Unanswerable(
            f"{len(rows)} answers are too few for {k} drivers; at least {k + 2} are needed",
            f"{len(rows)} 份回答不足以分析 {k} 个驱动因素；至少需要 {k + 2} 份",
        )
    table: Numbers = np.array(rows, dtype=float)
    if not np.isfinite(table).all():
        raise Unanswerable("a score is missing or no number", "有评分缺失或不是数字")
    spoken = [*(Message(name, name) for name in names), Message("the outcome", "结果")]
    for name, column in zip(spoken, table.T, strict=True):
        if column.min() == column.max():
            raise Unanswerable(
                f"all scores of {name.en} are equal, so they explain nothing",
                f"{name.zh} 的评分全部相同，解释不了任何差异",
            )
    shares = _shares(_correlations(table))
    found = _bootstrap(table, draws)
    ends = None if found is None else np.percentile(found, [2.5, 97.5], axis=0)
    drivers = tuple(
        Driver(
            name,
            float(shares[j]),
            None if ends is None else Interval(float(ends[0, j]), float(ends[1, j])),
        )
        for j, name in enumerate(names)
    )
    return Importance(_method(k), len(table), float(shares.sum()), drivers, _ranked(drivers, len(table)))


def importance_of_correlations(
    names: Sequence[str], correlations: Sequence[Sequence[float]], *, n: int | None = None
) -> Importance:
    """Share out R² where only the correlations of drivers and outcome (last) are known.

    Raises:
        Unanswerable: they are no correlations, or drivers coincide.
    """
    import numpy as np

    k = len(names)
    if not k or len(correlations) != k + 1 or any(len(row) != k + 1 for row in correlations):
        raise Unanswerable(
            f"{k} drivers and the outcome need {k + 1} rows of {k + 1} correlations",
            f"{k} 个驱动因素加上结果需要 {k + 1} 行、每行 {k + 1} 个相关系数",
        )
    table: Numbers = np.array(correlations, dtype=float)
    if not (np.isfinite(table).all() and np.allclose(table, table.T) and np.allclose(np.diag(table), 1)):
        raise Unanswerable(
            "correlations mirror themselves and are 1 on the diagonal", "相关系数表必须对称，对角线为 1"
        )
    if np.linalg.eigvalsh(table)[0] < -1e-9:
        raise Unanswerable("no data can have these correlations", "没有数据会得出这些相关系数")
    shares = _shares(table)
    drivers = tuple(Driver(name, float(shares[j]), None) for j, name in enumerate(names))
    return Importance(_method(k), n, float(shares.sum()), drivers, ranked=False)


def _method(k: int) -> Literal["lmg", "johnson"]:
    return "lmg" if k <= EXACT else "johnson"


def _shares(correlations: Numbers) -> Numbers:
    if not _sound(correlations):
        raise Unanswerable(
            "one driver is a combination of others; leave it out",
            "有一个驱动因素可由其他因素合成；请去掉它",
        )
    return lmg(correlations) if correlations.shape[-1] - 1 <= EXACT else johnson(correlations)


def _sound(correlations: Numbers) -> bool:
    """Whether no driver is a combination of others."""
    import numpy as np

    return bool(np.linalg.eigvalsh(correlations[:-1, :-1])[0] > 1e-9)


def _correlations(table: Numbers) -> Numbers:
    import numpy as np

    return np.asarray(np.corrcoef(table, rowvar=False), dtype=float)


def _bootstrap(table: Numbers, draws: int) -> Numbers | None:
    """Return the shares in samples of respondents; None where too few samples allow any.

    A sample in which a column never varies or drivers coincide is drawn again.
    """
    import numpy as np

    luck = np.random.default_rng(SEED)
    samples: list[Numbers] = []
    for _ in range(2 * draws):
        if len(samples) == draws:
            break
        drawn = table[luck.integers(len(table), size=len(table))]
        if (drawn.max(axis=0) > drawn.min(axis=0)).all() and _sound(found := _correlations(drawn)):
            samples.append(found)
    if not draws or len(samples) < draws:
        return None
    stacked = np.stack(samples)
    return lmg(stacked) if table.shape[1] - 1 <= EXACT else johnson(stacked)


def _ranked(drivers: tuple[Driver, ...], n: int) -> bool:
    if len(drivers) < 2 or n < 30:
        return False
    first, second = sorted(drivers, key=lambda d: -d.importance)[:2]
    return bool(first.interval and second.interval and first.interval.low > second.interval.high)


Advice = Literal["keep-up", "concentrate-here", "low-priority", "possible-overkill"]


def importance_performance(points: Sequence[tuple[str, float, float]]) -> dict[str, Advice]:
    """Return the quadrant of each (name, performance, importance), cut at the means.

    Martilla and James 1977, Journal of Marketing 41:77. A point on a mean counts as above it.
    """
    if not points:
        return {}
    performance = sum(p for _, p, _ in points) / len(points)
    weight = sum(i for _, _, i in points) / len(points)
    return {name: _advice(p >= performance - 1e-12, i >= weight - 1e-12) for name, p, i in points}


def _advice(performs: bool, matters: bool) -> Advice:
    if matters:
        return "keep-up" if performs else "concentrate-here"
    return "possible-overkill" if performs else "low-priority"


@dataclass(frozen=True, slots=True)
class Contrast:
    """What a low score costs and a high one brings, against a middling one."""

    penalty: float
    """Change of the outcome at a low score, in its unit; below 0 it hurts."""
    reward: float
    """Change of the outcome at a high score."""
    kind: Literal["basic", "performance", "excitement"] | None
    """Basic where the penalty is clearly the larger, excitement where the reward is; None where a low score
    does not hurt or a high one does not please."""
    low: int
    middle: int
    high: int
    """How many gave a low, a middling, a high score."""


def penalty_reward(
    scores: Sequence[float], outcome: Sequence[float], *, low: float, high: float, alike: float = 0.2
) -> Contrast | None:
    """Contrast low and high scores of one driver (Brandt 1988), as a regression on two dummies.

    With nothing else in the regression its coefficients are differences of means. None where one of the
    three groups is empty.

    Args:
        scores: of the driver, one per respondent.
        outcome: of the same respondents.
        low: scores up to here are low.
        high: scores from here on are high.
        alike: penalty and reward that differ by less than this part of their sum count as equal.

    Raises:
        ValueError: the lists are not of one length, or low is not below high.
    """
    if len(scores) != len(outcome) or not low < high:
        raise ValueError("penalty and reward need a score and an outcome each, and low below high")
    groups: tuple[list[float], list[float], list[float]] = ([], [], [])
    for score, y in zip(scores, outcome, strict=True):
        groups[0 if score <= low else 2 if score >= high else 1].append(y)
    if not all(groups):
        return None
    bottom, middle, top = (sum(group) / len(group) for group in groups)
    penalty, reward = bottom - middle, top - middle
    gap = abs(penalty) - abs(reward)
    even = abs(gap) <= alike * (abs(penalty) + abs(reward))
    kind: Literal["basic", "performance", "excitement"] | None = (
        "performance" if even else "basic" if gap > 0 else "excitement"
    )
    if penalty > 0 or reward < 0:
        kind = None
    return Contrast(penalty, reward, kind, *(len(group) for group in groups))
