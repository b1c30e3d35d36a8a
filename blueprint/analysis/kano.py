"""Kano: what a need does to satisfaction when it is met, and when it is not (domain 3).

Two questions per need, five answers each: "How do you feel if it is there?" (functional) and "… if it is
not?" (dysfunctional); 1 I like it, 2 I expect it, 3 neutral, 4 I can live with it, 5 I dislike it. A pair
of answers falls into one of six categories, M must-be, O one-dimensional (performance), A attractive,
I indifferent, R reverse, Q questionable; counts of categories decide.

Sources: Kano et al. 1984; Berger et al. 1993, Center for Quality of Management Journal 2(4), for the table,
better–worse and the rule of Blauth; DuMouchel ibid. for continuous analysis; Lee and Newcomb 1997 for the
strengths; Fong 1996 for the test that carries his name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, fsum, sqrt
from statistics import NormalDist
from typing import Final, Literal, NamedTuple, get_args

from blueprint.analysis.distributions import binomial_half_p
from blueprint.analysis.proportion import Interval, wilson

Category = Literal["M", "O", "A", "I", "R", "Q"]
Table = Literal["cqm", "pouliot"]
Decision = Literal["mode", "cqm", "moai"]
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
"""In the order of priority, which also settles ties: an unmet must-be hurts most."""

_CQM = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
_POULIOT = ("QAAAO", "RQIIM", "RIIIM", "RIIQM", "RRRRQ")
_TABLES: Final[Mapping[str, tuple[str, ...]]] = {"cqm": _CQM, "pouliot": _POULIOT}
"""Rows: the functional answer, columns: the dysfunctional one. Pouliot 1993 also calls it questionable to
expect a thing and its absence, or to live with both."""

FUNCTIONAL: Final = (4, 2, 0, -1, -2)
DYSFUNCTIONAL: Final = (-2, -1, 0, 2, 4)
"""DuMouchel's scores of the answers 1 to 5."""
ENOUGH: Final = 30
"""Fewer answers are shown with their intervals and called insufficient."""
FONG_Z: Final = 1.65


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers fell into each category.

    Raises:
        ValueError: a count is negative or not whole.
    """

    M: int = 0
    O: int = 0  # noqa: E741 - the literature's letter
    A: int = 0
    I: int = 0  # noqa: E741 - the literature's letter
    R: int = 0
    Q: int = 0

    def __post_init__(self) -> None:
        for category, count in self.counts.items():
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise ValueError(f"{category} is {count}; a count of answers is a whole number, 0 or more")

    @property
    def counts(self) -> dict[Category, int]:
        """Category → count, in the order of priority."""
        return {"M": self.M, "O": self.O, "A": self.A, "I": self.I, "R": self.R, "Q": self.Q}

    @property
    def n(self) -> int:
        """All answers."""
        return sum(self.counts.values())

    @property
    def usable(self) -> int:
        """A + O + M + I: the answers that better and worse rest on."""
        return self.M + self.O + self.A + self.I


def classify(functional: int, dysfunctional: int, table: Table = "cqm") -> Category:
    """Return the category of a pair of answers, each 1 (like) to 5 (dislike).

    Raises:
        ValueError: an answer is no whole number from 1 to 5.
    """
    for answer in (functional, dysfunctional):
        if isinstance(answer, bool) or not isinstance(answer, int) or not 1 <= answer <= 5:
            raise ValueError(f"{answer!r} is no answer; answers are 1 (like) to 5 (dislike)")
    letter = _TABLES[table][functional - 1][dysfunctional - 1]
    return next(category for category in CATEGORIES if category == letter)


Answers = Mapping[tuple[int, int], int]
"""Pair of answers (functional, dysfunctional) → how many people gave it."""


def tally(answers: Answers, table: Table = "cqm", *, inverted: bool = False) -> Tally:
    """Count pairs of answers by category.

    Args:
        answers: how often each pair was given.
        table: `cqm` (Berger 1993), or `pouliot`, which also questions (2, 2) and (4, 4).
        inverted: read the opposite requirement ("no music" for "music"): the two answers change places, so
            what was reverse becomes must-be, one-dimensional or attractive. Counts alone cannot tell which.

    Raises:
        ValueError: an answer is off the scale, or a count negative or not whole.
    """
    found = dict.fromkeys(CATEGORIES, 0)
    for (functional, dysfunctional), count in answers.items():
        pair = (dysfunctional, functional) if inverted else (functional, dysfunctional)
        category = classify(*pair, table)
        found[category] += Tally(**{category: count}).n
    return Tally(**found)


def decide(counts: Tally, rule: Decision = "cqm", *, threshold: float = 0.06) -> tuple[Category, ...]:
    """Return the category of a need; two where `cqm` cannot decide, none where nobody answered.

    - `mode`: the largest count.
    - `cqm` (Blauth): the largest of M, O, A where M + O + A > I + R + Q, of I, R, Q where it is less, and
      of each where the sums are equal.
    - `moai`: where the category strength is at most the threshold, the first of M, O, A, I among the two
      largest; otherwise the largest.

    Ties go to the first of M, O, A, I, R, Q.
    """
    if not counts.n:
        return ()
    held = counts.counts
    if rule == "mode":
        return (_largest(held, CATEGORIES),)
    if rule == "moai":
        first, second = _two_largest(counts)
        if held[first] - held[second] <= threshold * counts.n and held[second]:
            first = min(first, second, key=CATEGORIES.index)
        return (first,)
    wanted, other = counts.M + counts.O + counts.A, counts.I + counts.R + counts.Q
    top, rest = _largest(held, CATEGORIES[:3]), _largest(held, CATEGORIES[3:])
    return (top, rest) if wanted == other else (top,) if wanted > other else (rest,)


def _largest(held: Mapping[Category, int], among: Iterable[Category]) -> Category:
    return max(among, key=lambda category: (held[category], -CATEGORIES.index(category)))


def _two_largest(counts: Tally) -> tuple[Category, Category]:
    """Return the two commonest of M, O, A, I, R; Q where nobody gave any of these."""
    held = counts.counts
    if not counts.n - counts.Q:
        return "Q", "M"
    first = _largest(held, CATEGORIES[:5])
    return first, _largest(held, [c for c in CATEGORIES[:5] if c != first])


class Clarity(NamedTuple):
    """Whether the commonest category is really commoner than the next."""

    first: Category
    second: Category
    p: float
    """Exact two-sided binomial test of `first` out of both at ½."""
    significant: bool
    """p below 0.05."""
    fong_limit: float
    """1.65 √((a+b)(2N−a−b)/(2N)); Fong calls a larger difference of the counts significant."""
    fong_significant: bool
    """For comparison only, see `clarity`."""


def clarity(counts: Tally) -> Clarity | None:
    """Test the two largest counts a ≥ b against each other; None where nobody answered.

    Fong's formula treats a and b as independent. They are cells of one multinomial: under equal
    probabilities Var(a − b) = a + b, larger than his (a+b)(1 − (a+b)/2N), so his test finds differences too
    readily. The exact binomial test of a out of a + b at ½ is free of that and is the one to go by.
    """
    if not counts.n:
        return None
    first, second = _two_largest(counts)
    a, b = counts.counts[first], counts.counts[second]
    limit = FONG_Z * sqrt((a + b) * (2 * counts.n - a - b) / (2 * counts.n))
    p = binomial_half_p(a, a + b)
    return Clarity(first, second, p, p < 0.05, limit, a - b >= limit)


Quadrant = Literal["must-be", "performance", "attractive", "indifferent"]


@dataclass(frozen=True, slots=True)
class Measures:
    """What counts of a questionnaire say about a need; None where no usable answer was given."""

    n: int
    sufficient: bool
    """At least 30 answers."""
    better: float | None
    """(A + O) / (A + O + M + I): how far meeting the need satisfies."""
    better_interval: Interval | None
    worse: float | None
    """−(O + M) / (A + O + M + I): how far failing it dissatisfies."""
    worse_interval: Interval | None
    quadrant: Quadrant | None
    """By better and worse, cut at 0.5."""
    total_strength: float | None
    """(A + O + M) / N."""
    category_strength: float | None
    """Difference of the two largest of M, O, A, I, R, as a share of N."""
    reverse_share: float | None
    questionable_share: float | None


def measure(counts: Tally, *, confidence: float = 0.95) -> Measures:
    """Compute better–worse (Timko in Berger 1993) with Wilson intervals, and the strengths."""
    n, usable, held = counts.n, counts.usable, counts.counts
    first, second = _two_largest(counts) if n else ("M", "O")
    return Measures(
        n=n,
        sufficient=n >= ENOUGH,
        better=(better := _share(counts.A + counts.O, usable)),
        better_interval=wilson(counts.A + counts.O, usable, confidence=confidence),
        worse=None if (hurt := _share(counts.O + counts.M, usable)) is None else 0.0 - hurt,
        worse_interval=_mirrored(wilson(counts.O + counts.M, usable, confidence=confidence)),
        quadrant=None if better is None or hurt is None else _quadrant(better, hurt),
        total_strength=_share(counts.A + counts.O + counts.M, n),
        category_strength=None if not n - counts.Q else (held[first] - held[second]) / n,
        reverse_share=_share(counts.R, n),
        questionable_share=_share(counts.Q, n),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mirrored(interval: Interval | None) -> Interval | None:
    return None if interval is None else Interval(0.0 - interval.high, 0.0 - interval.low)


def _quadrant(better: float, worse: float) -> Quadrant:
    if better >= 0.5:
        return "performance" if worse >= 0.5 else "attractive"
    return "must-be" if worse >= 0.5 else "indifferent"


@dataclass(frozen=True, slots=True)
class Continuous:
    """Mean scores on DuMouchel's scale of −2 … 4, with standard errors (None below two answers)."""

    n: int
    functional: float
    functional_error: float | None
    dysfunctional: float
    dysfunctional_error: float | None
    quadrant: Quadrant
    """Cut at 2. The prototypes are M (0, 4), O (4, 4), A (4, 0), I (0, 0); the cut has no firm basis."""


def continuous(answers: Answers, table: Table = "cqm") -> Continuous | None:
    """Score pairs of answers, questionable ones left out; None where no other is there.

    Raises:
        ValueError: an answer is off the scale, or a count negative or not whole.
    """
    counts = tally(answers, table)
    n = counts.n - counts.Q
    if not n:
        return None
    kept = {pair: count for pair, count in answers.items() if classify(*pair, table) != "Q"}
    present, present_error = _mean([(FUNCTIONAL[f - 1], count) for (f, _), count in kept.items()], n)
    absent, absent_error = _mean([(DYSFUNCTIONAL[d - 1], count) for (_, d), count in kept.items()], n)
    return Continuous(
        n=n,
        functional=present,
        functional_error=present_error,
        dysfunctional=absent,
        dysfunctional_error=absent_error,
        quadrant=_quadrant(float(present >= 2), float(absent >= 2)),
    )


def _mean(scores: list[tuple[int, int]], n: int) -> tuple[float, float | None]:
    """Return mean and standard error of n scores, each with how often it was given."""
    mean = fsum(score * count for score, count in scores) / n
    if n < 2:
        return mean, None
    return mean, sqrt(fsum(count * (score - mean) ** 2 for score, count in scores) / (n - 1) / n)


def sample_size(first: float, second: float, *, alpha: float = 0.05, power: float = 0.8) -> int:
    """Return how many answers tell the two commonest categories apart, given their shares.

    n = [z_{α/2} √(p_a+p_b) + z_β √(p_a+p_b−(p_a−p_b)²)]² / (p_a−p_b)², McNemar's form; 225 for .40 and .25.

    Raises:
        ValueError: the shares are no two different shares of one whole.
    """
    if not (0 <= second < first <= 1 and first + second <= 1 + 1e-9):
        raise ValueError(f"{first} and {second} are no two different shares of one whole, the larger first")
    if not (0 < alpha < 1 and 0 < power < 1):
        raise ValueError("alpha and power lie between 0 and 1")
    z = NormalDist().inv_cdf
    both, apart = first + second, first - second
    root = z(1 - alpha / 2) * sqrt(both) + z(power) * sqrt(max(0.0, both - apart**2))
    return ceil((root / apart) ** 2 - 1e-9)
