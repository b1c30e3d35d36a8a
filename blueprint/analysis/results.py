"""What the analyses find, as frozen values: the contract between engines and those who show them.

Shares are in [0, 1], times in seconds, emotions on the journey's own scale. Maps are keyed by
touchpoint id in the order of the document. None means "cannot be said", never 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from blueprint.diagnostic import ExplainedError, Message
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.model.touchpoint import Kind


class ChainFigures(NamedTuple):
    """The touchpoint graph as an absorbing Markov chain, seen from the entry."""

    visits: dict[str, float]
    """Expected visits per journey."""
    ever_visited: dict[str, float]
    """Probability that a journey visits the touchpoint at all."""
    rework: dict[str, float]
    """Expected visits beyond the first."""
    outcomes: dict[str, float]
    """Probability of each outcome."""
    completion: float
    """Probability of ending in a success."""
    last_touchpoint: dict[str, float]
    """Probability that the touchpoint is the last one before any outcome."""
    last_before: dict[str, dict[str, float]]
    """The same, per outcome: outcome → touchpoint → joint probability."""
    steps: float
    """Expected touchpoint visits per journey."""
    steps_variance: float
    seconds: float | None
    """Expected time; None where no touchpoint names a time. Touchpoints without one count as 0."""
    seconds_variance: float | None
    traversals: dict[tuple[str, str], float]
    """Expected passages per journey: (touchpoint, touchpoint or outcome) → count."""
    assumed: tuple[str, ...]
    """Touchpoints whose shares nobody wrote (equal shares assumed); "entry" for the entry."""


class PeakEndMode(NamedTuple):
    """Peak-end under one meaning of "peak", with joint distribution of peak, end and outcome."""

    expected: float
    """E[w·peak + (1−w)·end]."""
    expected_peak: float
    by_outcome: dict[str, float]
    """Expected peak-end given the outcome; outcomes that never happen are left out."""
    quantiles: dict[str, float]
    """"p10", "p50", "p90" of peak-end."""
    below_neutral: float
    """P(peak-end < neutral)."""
    distribution: tuple[tuple[float, float], ...]
    """(peak-end, probability), ascending by value, summing to 1."""
    peak_probability: dict[str, float]
    """P(touchpoint is the peak); ties go by a fixed order of touchpoints, see the engine."""
    gradient: dict[str, float]
    """∂E[peak-end]/∂emotion; sums to 1."""
    best_lever: str
    """The touchpoint with the largest gradient."""


@dataclass(frozen=True, eq=False)
class PeakEnd:
    """Peak-end in three modes, and beside it always the means (Alaybek 2022: they do as well).

    A mode is computed when somebody looks at it: rules look at one, a report at all.
    """

    compute: Callable[[Literal["intensity", "positive", "negative"]], PeakEndMode]
    ending: float
    """Expected emotion of the last touchpoint."""
    ending_by_outcome: dict[str, float]
    mean_visit_weighted: float
    mean_time_weighted: float | None
    """None where no touchpoint names a time."""
    unscored: tuple[str, ...]
    """Touchpoints without an emotion, counted as neutral here."""
    assumed: tuple[str, ...]
    """Touchpoints whose emotion nobody measured."""
    weight: float
    """w, the weight of the peak."""

    @cached_property
    def intensity(self) -> PeakEndMode:
        """The peak is what is felt most strongly, good or bad."""
        return self.compute("intensity")

    @cached_property
    def positive(self) -> PeakEndMode:
        """The peak is the best moment."""
        return self.compute("positive")

    @cached_property
    def negative(self) -> PeakEndMode:
        """The peak is the worst moment."""
        return self.compute("negative")


class KindVerdict(NamedTuple):
    """Which of the five kinds a touchpoint declares, and which it turns out to be."""

    declared: tuple[Kind, ...]
    computed: tuple[Kind, ...]
    reasons: dict[Kind, Message]
    """Why each computed kind holds, with the figures."""


@dataclass(frozen=True, slots=True)
class RankedPain:
    """A pain with its weight: expected visits × severity."""

    touchpoint: str
    index: int
    """Its place in the touchpoint's `pains`."""
    visits: float
    severity: int | None
    """None where not scored; it then ranks with 5, the middle, and says so."""
    weight: float
    money_per_period: float | None
    """Value of the journeys per period that fail right after this touchpoint (the same for each of its
    pains); None where traffic names no value."""
    action_priority: Literal["H", "M", "L"] | None
    """Where severity, occurrence and detection are given (contested cells of the table: the severe one)."""


class Valley(NamedTuple):
    """Touchpoints in a row, as written, that all feel worse than neutral."""

    touchpoints: tuple[str, ...]
    depth: float
    """The lowest emotion in it."""


class Effort(NamedTuple):
    """Structural effort (domain 6.3), with its parts; weights a=1 s=2 h=2 r=2 w=1 per 10 min."""

    total: float
    visits: float
    channel_switches: float
    handoffs: float
    rework: float
    wait_seconds: float


@dataclass(frozen=True, eq=False)
class JourneyAnalysis:
    """Everything computed about one journey, for one persona or for all by share.

    What few ask for is computed when somebody does.
    """

    journey: Journey
    persona: str | None
    emotions: dict[str, float]
    """Score per touchpoint (mean over personas by share); unscored ones are left out."""
    chain: ChainFigures
    peak_end: PeakEnd | None
    """None where no touchpoint is scored."""
    kinds: dict[str, KindVerdict]
    valleys: tuple[Valley, ...]
    """Longest first."""
    rank_pains: Callable[[], tuple[RankedPain, ...]]
    sum_effort: Callable[[], Effort]
    find_main_path: Callable[[], tuple[str, ...]]

    @cached_property
    def pains(self) -> tuple[RankedPain, ...]:
        """Pains, worst first."""
        return self.rank_pains()

    @cached_property
    def effort(self) -> Effort:
        """Structural effort."""
        return self.sum_effort()

    @cached_property
    def main_path(self) -> tuple[str, ...]:
        """The most probable way through: touchpoints, then an outcome; loops walked once."""
        return self.find_main_path()


class ColumnTime(NamedTuple):
    """Times of one column (touchpoint) of a blueprint, seconds."""

    standard: float
    wait: float
    tolerance: float | None
    """Sum of the tolerances where every timed step has one."""
    steps: int


class ToleranceBreach(NamedTuple):
    """A step or touchpoint slower than the customer accepts."""

    step: str
    observed: float
    """p90 where observed, else the standard time."""
    tolerance: float
    basis: Literal["p90", "standard"]


class BlueprintAnalysis(NamedTuple):
    """Everything computed about one service blueprint."""

    blueprint: ServiceBlueprint
    journey: Journey | None
    crossings: float
    """Expected crossings of the three lines per execution (edge count where no shares are written)."""
    crossings_by_line: dict[str, float]
    """interaction, visibility, internal-interaction → crossings."""
    handoffs: float
    """Expected changes of actor per execution."""
    handoff_links: tuple[tuple[str, str], ...]
    wait_share: float | None
    """Σ wait / Σ (standard + wait); None without times."""
    standard_seconds: float | None
    wait_seconds: float | None
    columns: dict[str, ColumnTime]
    critical_path: tuple[str, ...]
    """The longest chain of steps by time; AND-joins wait for the slowest branch."""
    critical_path_seconds: float | None
    breaches: tuple[ToleranceBreach, ...]
    fail_points: tuple[str, ...]
    wait_points: tuple[str, ...]
    decision_points: tuple[str, ...]
    evidence_coverage: float | None
    """Share of columns whose touchpoint names physical evidence."""


class Uncomputable(ExplainedError):  # noqa: N818 - what a journey is, not a fault of the program
    """The graph allows no analysis: no entry, shares that do not sum to 1, or a trap.

    Attributes:
        reason: what is missing, in both languages.
        touchpoints: the ids concerned.
    """

    def __init__(self, en: str, zh: str, touchpoints: tuple[str, ...] = ()) -> None:
        super().__init__(en, zh)
        self.touchpoints = touchpoints
